//! What can go wrong with a record on disk.

use crate::{KeyError, SealError};
use std::{io, path::PathBuf};

/// A record could not be written or read.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum RecordError {
    #[error("can't create the record {path}: {source}; choose another folder with --records")]
    Create { path: PathBuf, source: io::Error },
    #[error("can't write to the record: {0}; what was recorded before is kept, free some disk space")]
    Write(#[source] io::Error),
    #[error("can't open the record {path}: {source}")]
    Open { path: PathBuf, source: io::Error },
    #[error("{path} is not a Baro record; give a file that ends in .baro and was made by `baro`")]
    NotARecord { path: PathBuf },
    #[error("{path} has record format {found}, this program reads formats up to {known}; update Baro")]
    Version { path: PathBuf, found: u16, known: u16 },
    #[error("the record {path} ends before its header is whole: nothing had been recorded yet")]
    NoHeader { path: PathBuf },
    #[error(
        "the record {path} is damaged before its end; nothing was added to it, so that what follows the damage stays"
    )]
    Damaged { path: PathBuf },
    #[error("the record {path} has more than {most} entries; it is longer than any session")]
    TooLong { path: PathBuf, most: usize },
    #[error("the record {path} was made with other keys than those of its folder")]
    OtherKeys { path: PathBuf },
    #[error(
        "the record {path} has format {found}, which is not signed: it can be read, but not checked or added to"
    )]
    Unsigned { path: PathBuf, found: u16 },
    #[error("the exercise and its reference motion are larger than a record can hold")]
    TooLarge,
    #[error("can't open the keys of the record: {0}")]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("an entry could not be encoded: {0}")]
    Encode(#[source] postcard::Error),
}
