//! Memory of a person's picture, overwritten before it goes (invariant 5). As a whole and not byte by byte: thirty frames a
//! second pass through it.

use std::hint::black_box;
use std::ops::Deref;
use std::sync::atomic::{Ordering, compiler_fence};

use bytes::Bytes;

/// Bytes that are overwritten when they are dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Wiped(Vec<u8>);

impl Wiped {
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The same bytes, shared; overwritten with the last share.
    pub fn shared(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl Deref for Wiped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Wiped {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        self.0.fill(0);
        // nobody reads the zeros: without these the compiler would leave the writing out
        black_box(self.0.as_slice());
        compiler_fence(Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_stays_until_the_last_share_goes() {
        let shared = Wiped::new(vec![7; 64]).shared();
        let other = shared.clone();
        drop(shared);
        assert_eq!(other[..], [7; 64]);
    }
}
