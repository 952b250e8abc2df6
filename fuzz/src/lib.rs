//! The parts of the library that foreign pictures reach, and what the targets share.

#[cfg(feature = "check")]
#[path = "../../src"]
mod parts {
    pub mod domain;
    pub mod system;
    pub mod vision;
}

/// Without the judge, whose kernels take minutes to build.
#[cfg(not(feature = "check"))]
#[path = "../../src"]
mod parts {
    pub mod system;
    pub mod vision {
        pub mod intake;
        pub mod picture;
    }
}

#[cfg(feature = "check")]
pub use parts::domain;
pub use parts::{system, vision};

use std::time::Duration;

use vision::intake::{self, Decoded, Limits};

/// Small enough for thousands of pictures a second, and for libFuzzer's own limits to notice what does not keep to them. Time is
/// libFuzzer's alone: a machine that does other work as well says nothing about a picture.
pub const LIMITS: Limits =
    Limits { max_bytes: 1 << 20, max_pixels: 1_000_000, max_memory: 16 << 20, max_time: Duration::from_secs(60) };

/// A panic in a decoder is caught and answered, which is what is tested: only what a target itself finds is said.
pub fn quiet() {
    std::panic::set_hook(Box::new(|panic| {
        if panic.location().is_some_and(|at| at.file().starts_with("fuzz_targets") || at.file() == "src/lib.rs") {
            eprintln!("{panic}");
        }
    }));
}

/// Decodes as the programs do, and holds what [`intake::decode`] promises.
///
/// # Panics
///
/// When it does not.
pub fn decode(bytes: &[u8]) -> Result<Decoded, intake::Error> {
    let decoded = intake::decode(bytes, &LIMITS, &system::Stopwatch::system());
    if let Ok(Decoded { picture, .. }) = &decoded {
        let pixels = u64::from(picture.width()) * u64::from(picture.height());
        assert!(pixels > 0 && pixels <= LIMITS.max_pixels);
    }
    decoded
}

/// A small JPEG with a segment put in at its beginning.
pub fn with_segments(mark: u8, contents: impl Iterator<Item = Vec<u8>>) -> Vec<u8> {
    const PLAIN: &[u8] = include_bytes!("../../tests/fixtures/corpus/good/one-pixel.jpg");
    let (start, rest) = PLAIN.split_at(2);
    let mut file = start.to_vec();
    for content in contents {
        file.extend([0xFF, mark]);
        file.extend((content.len() as u16 + 2).to_be_bytes());
        file.extend(content);
    }
    file.extend(rest);
    file
}
