//! Memory of a person's picture, overwritten before it goes (invariant 5). As a whole and not byte by byte: thirty frames a
//! second pass through it.

use std::hint::black_box;
use std::mem;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{Ordering, compiler_fence};
use std::sync::{Arc, Mutex, PoisonError, Weak};

use bytes::Bytes;

/// Bytes that are overwritten when they are dropped.
#[derive(Clone, Default, PartialEq, Eq)]
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

/// Memory of pictures that is kept to be used again: one of a window's size is neither wiped nor asked of the system thirty
/// times a second. What is in it is overwritten when the pool goes, and what is out of it then with its last share.
#[derive(Default)]
pub struct Pool(Arc<Mutex<Vec<Wiped>>>);

impl Pool {
    /// Lends as long as the pool is there, and after that what is wiped at once.
    pub fn lender(&self) -> Lender {
        Lender(Arc::downgrade(&self.0))
    }
}

/// Lends memory of a [`Pool`]; by default of none.
#[derive(Clone, Default)]
pub struct Lender(Weak<Mutex<Vec<Wiped>>>);

impl Lender {
    /// So many bytes, of no meaning until they are written. What is kept in other sizes is given up.
    pub fn lend(&self, len: usize) -> Lent {
        let kept = self.0.upgrade().and_then(|kept| {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            kept.retain(|bytes| bytes.len() == len);
            kept.pop()
        });
        Lent { bytes: kept.unwrap_or_else(|| Wiped::new(vec![0; len])), home: self.clone() }
    }
}

/// Memory that goes back to its pool when it is dropped.
pub struct Lent {
    bytes: Wiped,
    home: Lender,
}

impl Lent {
    /// The same bytes, shared; they go back with the last share.
    pub fn shared(self) -> Bytes {
        Bytes::from_owner(self)
    }
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Deref for Lent {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl DerefMut for Lent {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.bytes.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let Some(kept) = self.home.0.upgrade() {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            // the next picture needs one
            if kept.is_empty() {
                kept.push(mem::take(&mut self.bytes));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lent_comes_back_with_its_last_share() {
        let pool = Pool::default();
        let lender = pool.lender();
        let mut first = lender.lend(64);
        let place = first.as_ptr();
        first.fill(7);
        let (shared, second) = (first.shared(), lender.lend(64));
        assert_ne!(second.as_ptr(), place, "nobody gets what another one still reads");
        let other = shared.clone();
        drop(shared);
        assert_eq!(other[..], [7; 64]);
        drop(other);
        assert_eq!(lender.lend(64).as_ptr(), place);
        assert_eq!(lender.lend(32).len(), 32, "a place of another size");
        let late = lender.lend(32);
        drop(pool);
        assert_eq!(late.len(), 32);
        drop(late);
        assert_eq!(lender.lend(16)[..], [0; 16], "without a pool it is new");
    }

    #[test]
    fn what_is_shared_stays_until_the_last_share_goes() {
        let shared = Wiped::new(vec![7; 64]).shared();
        let other = shared.clone();
        drop(shared);
        assert_eq!(other[..], [7; 64]);
    }
}
