//! Reads a record, whole or broken off.

use crate::{
    Digest, Event, FORMAT, Header, RecordError,
    format::{Block, MAGIC, MAX_BLOCK},
    header::header_v1,
};
use baro_motion::PoseFrame;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
};

/// Longer records are refused: a frame takes 3 kB of memory. It is five hours at 30 Hz.
const MAX_ENTRIES: usize = 540_000;

/// What a record holds after its header, in the order it happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// A frame that the coach saw.
    Frame(Box<PoseFrame>),
    /// Something that happened after the frame before it.
    Event(Event),
    /// The set was finished; the final report's digest.
    End(Digest),
}

/// A record in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What it was made with.
    pub header: Header,
    /// What happened.
    pub entries: Vec<Entry>,
    /// Bytes at the end that are no whole entry: the program was killed or the disk was damaged there.
    pub torn_bytes: u64,
}

impl Recording {
    /// Reads a record up to its end or to the first entry that is not whole.
    ///
    /// # Errors
    /// Where the file can't be opened, is no record, is of another format, or holds no whole header.
    pub fn read(path: &Path) -> Result<Self, RecordError> {
        let open = |source| RecordError::Open { path: path.to_owned(), source };
        let file = File::open(path).map_err(open)?;
        let total = file.metadata().map_err(open)?.len();
        Self::parse(path, BufReader::new(file), total)
    }

    /// Reads a record in memory.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        Self::parse(Path::new("the record"), bytes, bytes.len() as u64)
    }

    fn parse(path: &Path, mut file: impl Read, total: u64) -> Result<Self, RecordError> {
        let mut start = [0; MAGIC.len() + 2];
        if file.read_exact(&mut start).is_err() || start[..MAGIC.len()] != MAGIC {
            return Err(RecordError::NotARecord { path: path.to_owned() });
        }
        let found = u16::from_le_bytes([start[MAGIC.len()], start[MAGIC.len() + 1]]);
        if !(1..=FORMAT).contains(&found) {
            return Err(RecordError::Version { path: path.to_owned(), found, known: FORMAT });
        }

        let mut intact = start.len() as u64;
        let mut payload = Vec::new();
        let first = next_payload(&mut file, &mut payload, &mut intact);
        let header = first.and_then(|first| match found {
            1 => header_v1(first),
            _ => match postcard::from_bytes(first) {
                Ok(Block::Header(header)) => Some(header),
                _ => None,
            },
        });
        let Some(header) = header else {
            return Err(RecordError::NoHeader { path: path.to_owned() });
        };
        let mut entries = Vec::new();
        let mut whole = intact;
        while let Some(block) = next_block(&mut file, &mut payload, &mut intact) {
            if entries.len() == MAX_ENTRIES {
                return Err(RecordError::TooLong { path: path.to_owned(), most: MAX_ENTRIES });
            }
            entries.push(match block {
                Block::Frame(frame) => match frame.get() {
                    Some(frame) => Entry::Frame(Box::new(frame)),
                    None => break,
                },
                Block::Event(event) => Entry::Event(event),
                Block::End(digest) => Entry::End(digest),
                Block::Header(_) => break,
            });
            whole = intact;
        }
        Ok(Self { header, entries, torn_bytes: total.saturating_sub(whole) })
    }

    /// The frames alone.
    pub fn frames(&self) -> impl Iterator<Item = &PoseFrame> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Frame(frame) => Some(&**frame),
            Entry::Event(_) | Entry::End(_) => None,
        })
    }
}

/// The next whole block, or `None` at the end and at the first damage.
fn next_block(file: &mut impl Read, payload: &mut Vec<u8>, intact: &mut u64) -> Option<Block> {
    postcard::from_bytes(next_payload(file, payload, intact)?).ok()
}

/// The same, not yet decoded.
fn next_payload<'a>(file: &mut impl Read, payload: &'a mut Vec<u8>, intact: &mut u64) -> Option<&'a [u8]> {
    let (mut len, mut crc) = ([0; 4], [0; 4]);
    file.read_exact(&mut len).ok()?;
    file.read_exact(&mut crc).ok()?;
    let len = u32::from_le_bytes(len) as usize;
    if len > MAX_BLOCK {
        return None;
    }
    payload.resize(len, 0);
    file.read_exact(payload).ok()?;
    if crc32fast::hash(payload) != u32::from_le_bytes(crc) {
        return None;
    }
    *intact += (8 + len) as u64;
    Some(payload)
}
