//! What came since the last chunk was closed, entry by entry, so that killing the program loses none of it.
//!
//! Two files take turns: the entries of a chunk stay in theirs until the chunk is safely on the disk, which a thread
//! sees to while the other file fills.

use crate::{
    RecordError, RecordId,
    blocks::{Blocks, Growing, Next},
    body::Piece,
    chunk::Link,
    seal::{Place, Sealer},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::BufReader,
    path::{Path, PathBuf},
    sync::Arc,
};

const MAGIC: [u8; 6] = *b"BAROJ\n";
const FORMAT: u16 = 3;

#[derive(Serialize, Deserialize, PartialEq, Eq)]
struct Head {
    record: RecordId,
    /// The chunk that is not yet written.
    index: u32,
}

/// Where the entries of this chunk are kept.
fn path_of(record: &Path, index: u32) -> PathBuf {
    let mut name = record.as_os_str().to_owned();
    name.push(if index.is_multiple_of(2) { ".open0" } else { ".open1" });
    name.into()
}

/// The journal of one chunk.
pub(crate) struct Journal {
    file: Growing,
    index: u32,
    /// Entries in it.
    pub written: u32,
}

impl Journal {
    /// Begins the journal of the chunk at `link`, over that of the chunk before the last.
    pub fn begin(record: &Path, link: &Link) -> Result<Self, RecordError> {
        let mut options = OpenOptions::new();
        let path = path_of(record, link.index);
        let file = options.write(true).create(true).truncate(true).open(path).map_err(RecordError::Write)?;
        let head = Head { record: link.record, index: link.index };
        let head = postcard::to_allocvec(&head).map_err(RecordError::Encode)?;
        let file = Growing::begin(file, MAGIC, FORMAT, &head).map_err(RecordError::Write)?;
        Ok(Self { file, index: link.index, written: 0 })
    }

    /// Appends the next entry.
    pub fn append(&mut self, sealer: &Sealer, piece: &Piece) -> Result<(), RecordError> {
        let plain = piece.to_bytes().map_err(RecordError::Encode)?;
        let sealed = sealer.seal(Place::Entry(self.index, self.written), plain)?;
        self.file.append(&sealed).map_err(RecordError::Write)?;
        self.written += 1;
        Ok(())
    }

    /// To be put on the disk.
    pub fn file(&self) -> Arc<File> {
        self.file.file.clone()
    }
}

/// What a journal holds for the chunk at `link`: the entries, and how many bytes are no whole entry. `None` where there is none.
pub(crate) fn read(record: &Path, sealer: &Sealer, link: &Link) -> Option<(Vec<Piece>, u64)> {
    let file = File::open(path_of(record, link.index)).ok()?;
    let total = file.metadata().ok()?.len();
    let (format, mut blocks) = Blocks::open(BufReader::new(file), MAGIC);
    let Next::Payload(head) = blocks.next() else { return None };
    let expected = Head { record: link.record, index: link.index };
    if format != Some(FORMAT) || postcard::from_bytes::<Head>(&head).ok()? != expected {
        return None;
    }
    blocks.accept(head.len());
    let mut pieces = Vec::new();
    while let Next::Payload(sealed) = blocks.next() {
        let length = sealed.len();
        let place = Place::Entry(link.index, pieces.len() as u32);
        let Some(piece) = sealer.open(place, sealed).and_then(|plain| Piece::from_bytes(&plain)) else {
            break;
        };
        blocks.accept(length);
        pieces.push(piece);
    }
    Some((pieces, total.saturating_sub(blocks.whole)))
}

/// Removes both files: everything is in chunks that are on the disk.
pub(crate) fn remove(record: &Path) {
    for index in 0..2 {
        // One that stays is of a chunk that is there, so nobody reads it.
        let _ = fs::remove_file(path_of(record, index));
    }
}
