//! The house rules that a test can hold: which part may know which, what each program is made of, and that nothing is said
//! in one language only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where its ground is missing"
)]

mod house {
    mod arrows;
    mod corpus;
    mod files;
    mod instructions;
    mod invariants;
    mod net;
    mod photos;
    mod quality;
    mod sources;
    mod texts;
    mod trees;
}
