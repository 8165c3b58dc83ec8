//! The device's side.

mod dial;
mod pair;

pub use dial::Fault;
pub use pair::{NewDevice, PairError, Paired, pair};
