//! The words and decisions of the product. No I/O, no clock, no randomness, no serde, no SQL, no GUI.

pub mod audit;
pub mod calendar;
pub mod card;
pub mod number;
pub mod order;
pub mod person;
pub mod phone;
pub mod photo;
pub mod pin;
pub mod place;
pub mod replica;
pub mod rotation;
pub mod sequence;
