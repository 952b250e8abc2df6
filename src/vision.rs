//! Pixels in, measurements and findings out.
//!
//! | module | what it is |
//! |---|---|
//! | [`intake`] | files to pictures, within limits |
//! | [`judge`] | a picture and a policy in, findings and the card picture's place out; each frame of a camera |
//! | [`coach`], [`burst`] | steady words from unsteady frames; the best of several frames |
//! | [`policy`] | the rules' numbers, as data |
//! | [`crop`], [`hand`] | where the card picture lies, by the rules or by hand, and cutting it out |
//! | [`measure`] | what is measured on a face: lengths, eyes, mouth, light, sharpness, background |
//! | [`detect`], [`mesh`], [`expression`], [`pose`], [`person`], [`classes`] | what each network answers, in words |
//! | [`ofiq`] | components of ISO/IEC 29794-5, for comparison |
//! | [`picture`], [`sample`] | upright pictures, their smaller copies, turned pieces of them |
//! | [`models`], [`net`] | the published networks: finding their files, running them |

pub mod burst;
pub mod classes;
pub mod coach;
pub mod crop;
pub mod detect;
pub mod expression;
pub mod hand;
pub mod intake;
pub mod judge;
pub mod measure;
pub mod mesh;
pub mod models;
pub mod net;
pub mod ofiq;
pub mod person;
pub mod picture;
pub mod policy;
pub mod pose;
pub mod sample;
