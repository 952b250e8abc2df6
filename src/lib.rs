//! Kortautomat: student cards at a university, from the camera to the hand.
//!
//! | module | what it is |
//! |---|---|
//! | [`domain`] | the words and decisions of the product: orders, cards, photo verdicts, PIN rules, places, working days |
//! | [`texts`] | every text a person reads, in bokmål, nynorsk and English |
//! | [`wire`] | the versioned messages between terminals and server |
//! | [`system`] | the one place that reads the clock and the generator of randomness |

pub mod domain;
pub mod system;
pub mod texts;
pub mod wire;
