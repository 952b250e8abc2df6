//! The program with windows as a person meets it, screen by screen: drawn without a window, driven by real pointer and
//! key events, with the real camera layer, judge and files behind the photo.
#![cfg(feature = "desktop")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where its ground is missing"
)]

mod desktop {
    mod check;
    mod counter;
    mod kiosk;
    mod photo {
        mod booth;
        mod by_hand;
        mod capture;
        mod choice;
        mod files;
        mod review;
        mod trouble;
    }
}
