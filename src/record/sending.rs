//! A record as it is sent: its signed chunks, unsealed, in their order.

use crate::{Chunk, RecordError, RecordId, body::unpack, chain::Chain};
use std::{fs::File, path::Path};

/// What of a record may be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sending {
    /// Which record it is.
    pub record: RecordId,
    /// Start by the computer's clock, milliseconds since 1970 (UTC).
    pub started_unix_ms: u64,
    /// From the first on; each is on the disk for good.
    pub chunks: Vec<Chunk>,
}

impl Sending {
    /// Reads the chunks of a file that are good. What is in its journal only is not signed yet and not among them.
    ///
    /// # Errors
    /// As [`crate::verify`]; or not even the first chunk is good.
    pub fn of(path: &Path) -> Result<Self, RecordError> {
        let open = |source| RecordError::Open { path: path.to_owned(), source };
        // Whoever sends a chunk must be able to send it again after a power cut.
        File::open(path).and_then(|file| file.sync_data()).map_err(open)?;
        let chain = Chain::open(path)?;
        let first = chain.chunks.first().and_then(|chunk| unpack(&chunk.body)?.0);
        let first = first.ok_or_else(|| RecordError::NoHeader { path: path.to_owned() })?;
        Ok(Self {
            record: chain.link.record,
            started_unix_ms: first.header.started_unix_ms,
            chunks: chain.chunks,
        })
    }
}
