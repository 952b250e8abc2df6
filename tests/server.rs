//! The server as its terminals and its operators meet it: the real router, database and programs, over real sockets. Each
//! module mirrors what it tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its ground is missing"
)]

mod server {
    mod link;
    mod outbox;
    mod world;

    mod access_system;
    mod alone;
    mod batches;
    mod cards;
    mod command_line;
    mod deeds;
    mod import;
    mod moves;
    #[cfg(feature = "desktop")]
    mod office;
    mod openapi;
    mod orders;
    mod pages;
    mod phone;
    mod photos;
    mod record;
    mod reports;
    mod search;
    mod sessions;
    mod simulation;
    mod terminals;
}
