//! The systems around, each behind the shape that its real interface has.

pub mod access_system;
