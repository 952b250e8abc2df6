//! Whatever stands in a picture's colour profile, the picture is read.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kortautomat_fuzz::quiet(), |bytes: &[u8]| {
    let parts = bytes.chunks(60_000).take(200);
    let count = parts.len() as u8;
    let parts = (1..).zip(parts).map(|(number, part)| [b"ICC_PROFILE\0", &[number, count][..], part].concat());
    let file = kortautomat_fuzz::with_segments(0xE2, parts);
    assert!(kortautomat_fuzz::decode(&file).is_ok());
});
