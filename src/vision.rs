//! What is seen on a photo: the networks, and the measurements that the rules judge.

pub mod models;
pub mod net;
