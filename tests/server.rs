//! The server as its terminals and its operators meet it: the real router, database and programs, over real sockets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its ground is missing"
)]

mod server {
    mod link;
    mod outbox;
}
