//! What a terminal sends and asks. Sending is planned purely ([`plan`]) and then carried out ([`outbox`]); [`client`] is the
//! only HTTP client of the terminals.

pub mod answer;
pub mod care;
pub mod client;
pub mod enrol;
mod order;
pub mod outbox;
pub mod phone;
pub mod plan;
pub mod replica;
pub mod report;
pub mod setup;
pub mod terminal;
