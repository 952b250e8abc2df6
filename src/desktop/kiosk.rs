//! The kiosk: a student orders a card.

pub mod page;
pub mod photo;
