//! The voices of a class (`docs/room.md`): from a microphone to the network, and from the network to where in the room somebody stands.
//!
//! [`Mouth`] and [`Ears`] are machines without I/O: they take samples, speech and `now`. [`Headset`] runs them with this computer's
//! devices, on a thread of its own. Nothing that is said or heard is kept.

mod codec;
mod device;
mod ear;
mod ears;
mod gate;
mod headset;
mod level;
mod mouth;
mod note;
mod resample;
mod stretch;

pub use ear::Ear;
pub use ears::{Ears, Spot};
pub use headset::{Fault, Headset, Line, Status, Wish};
pub use mouth::{Mouth, Talk};
pub use note::{NoteError, decode_note};

/// Samples a second, everywhere in here.
pub const RATE: usize = 48_000;
/// Samples of the 20 ms that travel as one.
pub const FRAME: usize = RATE / 50;
/// Their milliseconds.
pub const FRAME_MS: f64 = 20.0;

/// Why there can be no voice.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoiceError {
    /// Opus refuses.
    #[error("Opus: {0}")]
    Opus(String),
    /// No thread.
    #[error("the voice's thread can't be started: {0}")]
    Thread(String),
}
