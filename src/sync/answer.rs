//! The messages that the [client](super::client) takes and answers with, for those who may not name the wire.

pub use crate::wire::report::{self, SignedBy};
pub use crate::wire::session::{Account, ForbiddenPin, Person, Session, Token};
pub use crate::wire::terminal::{Enrolment, Status};
pub use crate::wire::{Impossible, Problem, ProblemCode, card, order, production, replica};
