//! The list of blocked cards: what the server signs of it, so that neither an old list nor a changed one passes for today's.

use sha2::{Digest, Sha256};

use crate::domain::card;

/// The hash of a list: SHA-256 of its numbers, a line each, hex.
pub fn hash(cards: &[card::Number]) -> String {
    let mut hash = Sha256::new();
    for card in cards {
        hash.update(format!("{card}\n"));
    }
    hex::encode(hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_tells_lists_apart() {
        let number = |serial| card::Number::with_check(serial).unwrap();
        assert_ne!(hash(&[number(1)]), hash(&[number(1), number(2)]));
        assert_ne!(hash(&[]), hash(&[number(0)]));
    }
}
