//! What the outbox holds, as the disk has it.

use super::STORING;
use baro_wire::{Digest, Post, PostId, RecordId};

/// What an item is called; the disk has each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A chunk of a record.
    Chunk(RecordId, u32),
    /// The end of a record that has so many chunks; what is said the next morning makes it longer, with a new end.
    Seal(RecordId, u32),
    /// A post.
    Post(PostId),
}

/// What an item is. A chunk's bytes stay in the record's file, and are durable there before the chunk is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Of [`Key::Chunk`].
    Chunk {
        /// Of its bytes.
        digest: Digest,
        /// Of the chunk before it.
        previous: Digest,
        /// When the record began, ms since 1970.
        started_ms: i64,
    },
    /// Of [`Key::Seal`].
    Seal {
        /// How many chunks it has.
        chunks: u32,
        /// Digest of the last.
        last: Digest,
        /// When the record began, ms since 1970.
        started_ms: i64,
    },
    /// Of [`Key::Post`].
    Post(Box<Post>),
}

/// An item as the disk holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Grows in the order in which items were added.
    pub number: u64,
    /// Its name.
    pub key: Key,
    /// What it is.
    pub content: Content,
}

/// Too much waits for the disk; the caller keeps what it has and tries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the device's disk is too slow or full: {STORING} items wait for it")]
pub struct OutboxFull;
