//! What a device has behind its link: its disk and its keys.

use baro_sync::{Key, Row};
use baro_wire::{ChunkId, Cursor, Digest, Entry, PersonProof, Receipt, Signature};

/// The disk did not do it: it is full or failed. It is asked again later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the disk is full or failed")]
pub struct NotDone;

/// A device's disk and keys. Called on a thread of its own, one call after the other, and may take its time. What is reported as
/// done would survive a power cut.
pub trait Device: Send + 'static {
    /// Keeps a row; where its key is there already, it stays as it is.
    fn store(&mut self, row: &Row) -> Result<(), NotDone>;
    /// Rows that are not settled, behind this number, in its order; at most so many, and whether there are none behind these.
    fn page(&mut self, after: u64, most: usize) -> Result<(Vec<Row>, bool), NotDone>;
    /// A chunk's bytes from its record's file; none where they can't be had.
    fn load(&mut self, chunk: &ChunkId) -> Option<Vec<u8>>;
    /// Notes that the server has it; of an erasure with its receipt, in one transaction.
    fn settle(&mut self, key: &Key, receipt: Option<&Receipt>) -> Result<(), NotDone>;
    /// Entries of the feed and the cursor of the last, in one transaction.
    fn keep(&mut self, entries: Vec<Entry>, cursor: Cursor) -> Result<(), NotDone>;
    /// The signature of the device's key over `baro_wire::sign_in_proof` of this challenge, and whether the person is there; none
    /// where the key can't be had now.
    fn prove(&mut self, challenge: &Digest) -> Option<(Signature, PersonProof)>;
}

/// What the disk knows when the program starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The device, as it was paired.
    pub device: baro_wire::DeviceId,
    /// Above the number of every row that is there.
    pub next_number: u64,
    /// The feed's cursor.
    pub kept: Cursor,
}
