//! Is a record whole, unaltered, and whose? Answered offline, from the file alone.

use crate::{Author, Flaw, RecordError, RecordId, body::unpack, chain::Chain};
use std::{fmt, path::Path};

/// What a record's signatures say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verification {
    /// Which record it is.
    pub id: RecordId,
    /// Who signed it; whether that is the right person is for the caller to say. `None` where not even the first chunk is good.
    pub author: Option<Author>,
    /// Chunks that are good.
    pub chunks: u32,
    /// Is the file sealed?
    pub sealed: bool,
    /// Entries that are in the journal only: unsigned as yet.
    pub open_entries: usize,
    /// What came out.
    pub verdict: Integrity,
}

/// Is a record as its author signed it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Integrity {
    /// From the first chunk to its end.
    Whole,
    /// Every chunk is good, but the end is missing: the program was killed, or the file was cut off.
    BrokenOff {
        /// Half a chunk stands at the end.
        half_a_chunk: bool,
    },
    /// This chunk (they count from 0) is not as it was signed, or not the one that belongs here.
    Altered {
        /// Its number.
        chunk: u32,
        /// What is wrong with it.
        flaw: Flaw,
    },
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "record  {}", self.id)?;
        if let Some(author) = self.author {
            writeln!(f, "author  {author}")?;
        }
        writeln!(f, "chunks  {}, {}", self.chunks, if self.sealed { "sealed" } else { "not sealed" })?;
        if self.open_entries > 0 {
            writeln!(f, "open    {} entries, not signed yet", self.open_entries)?;
        }
        write!(f, "result  ")?;
        match self.verdict {
            Integrity::Whole => write!(f, "whole and unaltered"),
            Integrity::BrokenOff { half_a_chunk: false } => {
                write!(f, "truncated: unaltered, but without its end")
            }
            Integrity::BrokenOff { half_a_chunk: true } => {
                write!(f, "truncated: unaltered, but it breaks off within chunk {}", self.chunks)
            }
            Integrity::Altered { chunk, flaw } => write!(f, "altered: chunk {chunk}: {flaw}"),
        }
    }
}

/// Checks every checksum, seal, signature and link of a record. A sealed one is opened with the keys of its folder.
///
/// # Errors
/// Where it can't be opened, is no record, or is of a format before 3, which nobody signed.
pub fn verify(path: &Path) -> Result<Verification, RecordError> {
    let total =
        std::fs::metadata(path).map_err(|source| RecordError::Open { path: path.to_owned(), source })?.len();
    let chain = Chain::open(path)?;
    let unread = chain.chunks.iter().position(|chunk| match unpack(&chunk.body) {
        Some((first, _)) => first.is_some() != (chunk.index == 0),
        None => true,
    });
    let flaw =
        unread.map(|at| (at as u32, Flaw::Content)).or(chain.flaw.map(|flaw| (chain.link.index, flaw)));
    let verdict = match (flaw, chain.chunks.last()) {
        (Some((chunk, flaw)), _) => Integrity::Altered { chunk, flaw },
        (None, Some(chunk)) if chunk.last && chain.whole == total => Integrity::Whole,
        (None, _) => Integrity::BrokenOff { half_a_chunk: chain.whole != total },
    };
    let open_entries = chain.journal(path).map_or(0, |(pieces, _)| pieces.len());
    Ok(Verification {
        id: chain.link.record,
        author: chain.author(),
        chunks: chain.link.index,
        sealed: chain.sealed,
        open_entries,
        verdict,
    })
}
