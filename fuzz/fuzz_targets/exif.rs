//! Whatever stands in a picture's EXIF block, the picture is read.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kortautomat_fuzz::quiet(), |bytes: &[u8]| {
    let block = [b"Exif\0\0", &bytes[..bytes.len().min(60_000)]].concat();
    let file = kortautomat_fuzz::with_segments(0xE1, std::iter::once(block));
    assert!(kortautomat_fuzz::decode(&file).is_ok());
});
