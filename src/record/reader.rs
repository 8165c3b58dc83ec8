//! Reads a record, whole or broken off.

use crate::{
    Digest, Event, FORMAT, Header, RecordError,
    format::{Block, MAGIC, MAX_BLOCK},
    header::header_v1,
};
use baro_coach::safety::SafetyNote;
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

    fn parse(path: &Path, file: impl Read, total: u64) -> Result<Self, RecordError> {
        let (mut blocks, header) = Blocks::open(path, file)?;
        let mut entries = Vec::new();
        for entry in &mut blocks {
            if entries.len() == MAX_ENTRIES {
                return Err(RecordError::TooLong { path: path.to_owned(), most: MAX_ENTRIES });
            }
            entries.push(entry);
        }
        Ok(Self { header, entries, torn_bytes: total.saturating_sub(blocks.whole) })
    }

    /// What was said about pain, effort and health, in the order it was appended.
    pub fn safety(&self) -> impl Iterator<Item = &SafetyNote> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Event(Event::Safety(note)) => Some(note),
            Entry::Frame(_) | Entry::Event(_) | Entry::End(_) => None,
        })
    }

    /// The frames alone.
    pub fn frames(&self) -> impl Iterator<Item = &PoseFrame> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Frame(frame) => Some(&**frame),
            Entry::Event(_) | Entry::End(_) => None,
        })
    }
}

/// The entries of a record, one after the other, up to the first that is not whole.
pub(crate) struct Blocks<R> {
    file: R,
    payload: Vec<u8>,
    /// Bytes from the start that are whole entries.
    pub whole: u64,
}

impl<R: Read> Blocks<R> {
    /// Reads what stands before the entries.
    ///
    /// # Errors
    /// Where it is no record, is of another format, or holds no whole header.
    pub fn open(path: &Path, mut file: R) -> Result<(Self, Header), RecordError> {
        let mut start = [0; MAGIC.len() + 2];
        if file.read_exact(&mut start).is_err() || start[..MAGIC.len()] != MAGIC {
            return Err(RecordError::NotARecord { path: path.to_owned() });
        }
        let found = u16::from_le_bytes([start[MAGIC.len()], start[MAGIC.len() + 1]]);
        if !(1..=FORMAT).contains(&found) {
            return Err(RecordError::Version { path: path.to_owned(), found, known: FORMAT });
        }
        let mut blocks = Self { file, payload: Vec::new(), whole: start.len() as u64 };
        let len = blocks.payload();
        let header = len.and_then(|_| match found {
            1 => header_v1(&blocks.payload),
            _ => match postcard::from_bytes(&blocks.payload) {
                Ok(Block::Header(header)) => Some(header),
                _ => None,
            },
        });
        let Some((len, header)) = len.zip(header) else {
            return Err(RecordError::NoHeader { path: path.to_owned() });
        };
        blocks.whole += len;
        Ok((blocks, header))
    }

    /// Reads the next block's payload; how long the block is, in bytes.
    fn payload(&mut self) -> Option<u64> {
        let (mut len, mut crc) = ([0; 4], [0; 4]);
        self.file.read_exact(&mut len).ok()?;
        self.file.read_exact(&mut crc).ok()?;
        let len = u32::from_le_bytes(len) as usize;
        if len > MAX_BLOCK {
            return None;
        }
        self.payload.resize(len, 0);
        self.file.read_exact(&mut self.payload).ok()?;
        (crc32fast::hash(&self.payload) == u32::from_le_bytes(crc)).then_some((8 + len) as u64)
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = Entry;

    /// The next entry; `None` at the end and at the first damage.
    fn next(&mut self) -> Option<Entry> {
        let len = self.payload()?;
        let entry = match postcard::from_bytes(&self.payload).ok()? {
            Block::Frame(frame) => Entry::Frame(Box::new(frame.get()?)),
            Block::Event(event) => Entry::Event(event),
            Block::End(digest) => Entry::End(digest),
            Block::Header(_) => return None,
        };
        self.whole += len;
        Some(entry)
    }
}
