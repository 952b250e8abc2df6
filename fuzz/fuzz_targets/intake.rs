#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kortautomat_fuzz::quiet(), |bytes: &[u8]| {
    let _ = kortautomat_fuzz::decode(bytes);
});
