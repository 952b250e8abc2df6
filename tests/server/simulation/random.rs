//! A generator whose numbers follow from its seed (SplitMix64).

use std::sync::{Arc, Mutex};

use kortautomat::system::Randomness;

#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// Below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap()
    }

    pub fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// Another one, which this one's later numbers say nothing about.
    pub fn fork(&mut self) -> Self {
        Self(self.next())
    }

    /// As the program's own generator.
    pub fn randomness(mut self) -> Randomness {
        let _first = self.next();
        let shared = Arc::new(Mutex::new(self));
        Randomness::of(move |bytes| {
            let mut random = shared.lock().unwrap();
            for part in bytes.chunks_mut(8) {
                let next = random.next().to_le_bytes();
                part.copy_from_slice(&next[..part.len()]);
            }
            Ok(())
        })
    }
}
