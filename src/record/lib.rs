//! The append-only record of a session, its replay, and its exports.
//!
//! A record holds what the coach saw (landmarks with their capture times), what it said and counted, and the exact
//! exercise, model and program that were used. No video. It can be replayed to the same score, bit for bit. It is signed by
//! the person chunk by chunk, and sealed at rest.
//! The file's layout stands in `docs/record-format.md`.

mod blocks;
mod body;
mod chain;
mod chunk;
mod error;
mod exports;
mod files;
mod format;
mod frames;
mod grid;
mod header;
mod identity;
mod journal;
mod keys;
mod old;
mod reader;
mod replay;
mod seal;
mod sending;
mod syncer;
mod verify;
mod writer;

pub use chain::record_id;
pub use chunk::{Chunk, Flaw, Link, MAX_CHUNK, RecordId};
pub use error::RecordError;
pub use exports::{
    ExportError, ExportFormat, FhirError, export, fhir_bundle, format_bvh, format_csv, format_mot,
};
pub use files::{
    FileError, MovementFile, format_jsonl_line, format_trc, is_by_markers, parse_jsonl, parse_mot, parse_trc,
    write_trc,
};
pub use format::{Digest, Event, FORMAT, sha256};
pub use grid::snap;
pub use header::Header;
pub use identity::{Author, NotAnAuthor, PersonKey};
pub use keys::{
    KEY_FILE, KEYS_VARIABLE, KeptIn, KeyError, KeyRing, Keys, PASSPHRASE_VARIABLE, forget_keys, is_locked,
    kept_in,
};
pub use reader::{Entry, Recording, Signed};
pub use replay::{Replay, ReplayError, Verdict, replay};
pub use seal::{SealError, Secret};
pub use sending::Sending;
pub use verify::{Integrity, Verification, verify};
pub use writer::{Recorder, append, chunks_to_bytes, copy_unsealed, write_chunks};
