//! The desktop program, screen by screen: drawn without a window, with real key presses.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its ground is missing"
)]

mod desktop {
    mod counter;
}
