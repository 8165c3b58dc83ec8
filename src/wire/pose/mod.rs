//! The pose codec of the live room: one person's figure as one small blob a tick.
//!
//! A blob is a [`Head`], which the server reads and passes on without any key, and a body for [`Decoder`]s. A body is either a
//! whole figure (a *key*) or what changed since a key that everybody has acknowledged, so a lost blob costs nothing but itself.
//! The bytes are described in `docs/room.md`. No clocks, no sockets, no allocation, integers only in what is coded.

mod coder;
#[cfg(test)]
mod count;
mod decoder;
mod encoder;
mod figure;
mod head;
mod model;
mod odds;
mod quat;
mod shape;

pub use decoder::Decoder;
pub use encoder::Encoder;
pub use figure::{Figure, Flag, JOINTS, PARENTS, PHASES, Seen, State};
pub use head::{Head, KeyId, Kind, PoseError, Shown};
pub use shape::Shape;

pub use crate::limits::BLOB_BYTES;
/// Keys that a decoder holds. An encoder bases nothing on an older one.
pub const KEYS: usize = 8;
