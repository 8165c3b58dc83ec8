//! The device's side.

mod device;
mod dial;
mod link;
mod pair;
mod room;
mod shell;
mod voice;
mod ways;

pub use device::{Device, Known, NotDone};
pub use dial::Fault;
pub use link::{Link, StartError};
pub use pair::{NewDevice, PairError, Paired, pair};
pub use room::{Prove, RoomEvent, RoomLink, Visitor};
pub use voice::{Heard, VoiceLine};
