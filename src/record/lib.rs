//! The append-only record of a session, its replay, and its exports.
//!
//! A record holds what the coach saw (landmarks with their capture times), what it said and counted, and the exact
//! exercise, model and program that were used. No video. It can be replayed to the same score, bit for bit.
//! The file's layout stands in `docs/record-format.md`.

mod error;
mod files;
mod format;
mod header;
mod reader;
mod replay;
mod writer;

pub use error::RecordError;
pub use files::{
    FileError, MovementFile, format_jsonl_line, format_trc, is_by_markers, parse_jsonl, parse_mot, parse_trc,
    write_trc,
};
pub use format::{Digest, Event, FORMAT, sha256};
pub use header::Header;
pub use reader::{Entry, Recording};
pub use replay::{Replay, ReplayError, Verdict, replay};
pub use writer::{Recorder, append};
