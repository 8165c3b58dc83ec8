//! Reads a record, whole or broken off.

use crate::{
    Author, Chunk, Digest, Event, FORMAT, Header, RecordError, RecordId,
    blocks::{Blocks, MAGIC},
    body::{First, Piece, unpack},
    chain::{Chain, folder_keys},
    old,
};
use baro_coach::safety::SafetyNote;
use baro_motion::PoseFrame;
use std::{
    fs::File,
    io::{BufReader, Read},
    path::Path,
    thread,
};

/// Longer records are refused: a frame takes 3 kB of memory. It is five hours at 30 Hz.
const MAX_ENTRIES: usize = 540_000;
/// Of records that came from others: an hour at 30 Hz.
const MOST_OF_OTHERS: usize = 108_000;
/// Chunks that are read before it is looked whether they hold too much: what a chunk holds is known only then.
const CHUNKS_AT_ONCE: usize = 64;
/// Chunks that are worth a thread.
const LEAST_PART: usize = 8;

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
    /// Who signed it, and which record it is; `None` before format 3.
    pub signed: Option<Signed>,
}

/// What a record says about itself since format 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed {
    /// Which record it is.
    pub id: RecordId,
    /// Whose it is.
    pub author: Author,
    /// Tells the person's devices apart; `None` where the system has no id.
    pub device: Option<Digest>,
}

impl Recording {
    /// Reads a record up to its end or to the first entry that is not whole and, since format 3, signed. A sealed one is opened
    /// with the keys of its folder.
    ///
    /// # Errors
    /// Where the file can't be opened, is no record, is of another format, or holds no whole header.
    pub fn read(path: &Path) -> Result<Self, RecordError> {
        let open = |source| RecordError::Open { path: path.to_owned(), source };
        let file = File::open(path).map_err(open)?;
        let total = file.metadata().map_err(open)?.len();
        Self::parse(path, BufReader::new(file), total, true)
    }

    /// Reads a record in memory that is not sealed.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, RecordError> {
        Self::parse(Path::new("the record"), bytes, bytes.len() as u64, false)
    }

    /// Of chunks that were stored elsewhere, up to the first that is not the next one; an hour of them at most.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn from_chunks(chunks: Vec<Chunk>) -> Result<Self, RecordError> {
        let path = Path::new("the record");
        let chain = Chain::of(chunks).ok_or_else(|| RecordError::NoHeader { path: path.to_owned() })?;
        Self::of_chain(path, &chain, None, chain.whole, MOST_OF_OTHERS)
    }

    fn parse(path: &Path, file: impl Read, total: u64, on_disk: bool) -> Result<Self, RecordError> {
        let (format, blocks) = Blocks::open(file, MAGIC);
        match format {
            None => Err(RecordError::NotARecord { path: path.to_owned() }),
            Some(found @ 1..FORMAT) => Self::parse_old(path, found, blocks, total),
            Some(FORMAT) => {
                let keys = || match on_disk {
                    true => folder_keys(path),
                    false => Err(RecordError::OtherKeys { path: path.to_owned() }),
                };
                let chain = Chain::read(path, blocks, keys)?;
                let journal = on_disk.then(|| chain.journal(path)).flatten();
                Self::of_chain(path, &chain, journal, total, MAX_ENTRIES)
            }
            Some(found) => Err(RecordError::Version { path: path.to_owned(), found, known: FORMAT }),
        }
    }

    fn of_chain(
        path: &Path,
        chain: &Chain,
        journal: Option<(Vec<Piece>, u64)>,
        total: u64,
        most: usize,
    ) -> Result<Self, RecordError> {
        let no_header = || RecordError::NoHeader { path: path.to_owned() };
        let begin = chain.chunks.first().ok_or_else(no_header)?;
        let (first, pieces) = unpack(&begin.body).ok_or_else(no_header)?;
        let First { header, device } = first.ok_or_else(no_header)?;
        let signed = Some(Signed { id: begin.record, author: begin.author, device });
        let mut entries: Vec<Entry> = pieces.into_iter().map(Piece::entry).collect();
        let rest = chain.chunks.get(1..).unwrap_or_default();
        let mut readable = 0;
        for part in rest.chunks(CHUNKS_AT_ONCE) {
            let read = read_all(part);
            readable += read.len();
            let whole = read.len() == part.len();
            entries.extend(read.into_iter().flatten());
            if entries.len() > most {
                return Err(RecordError::TooLong { path: path.to_owned(), most });
            }
            if !whole {
                break;
            }
        }
        // What is signed and can't be read is as good as torn.
        let unread: usize = rest.iter().skip(readable).map(|chunk| chunk.body.len()).sum();
        let mut torn_bytes = total.saturating_sub(chain.whole) + unread as u64;
        if let Some((pieces, torn)) = journal
            && unread == 0
        {
            entries.extend(pieces.into_iter().map(Piece::entry));
            // Half a chunk is made up for by its journal.
            torn_bytes = torn;
        }
        Ok(Self { header, entries, torn_bytes, signed })
    }

    fn parse_old<R: Read>(
        path: &Path,
        format: u16,
        mut blocks: Blocks<R>,
        total: u64,
    ) -> Result<Self, RecordError> {
        let header = old::header(format, &mut blocks);
        let header = header.ok_or_else(|| RecordError::NoHeader { path: path.to_owned() })?;
        let mut entries = Vec::new();
        while let Some(entry) = old::entry(&mut blocks) {
            if entries.len() == MAX_ENTRIES {
                return Err(RecordError::TooLong { path: path.to_owned(), most: MAX_ENTRIES });
            }
            entries.push(entry);
        }
        Ok(Self { header, entries, torn_bytes: total.saturating_sub(blocks.whole), signed: None })
    }

    /// What was said about pain, effort and health, in the order it was appended.
    pub fn safety(&self) -> impl Iterator<Item = &SafetyNote> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Event(Event::Safety(note)) => Some(note),
            Entry::Frame(_) | Entry::Event(_) | Entry::End(_) => None,
        })
    }

    /// The frames alone.
    pub fn frames(&self) -> impl Iterator<Item = &PoseFrame> + Clone {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Frame(frame) => Some(&**frame),
            Entry::Event(_) | Entry::End(_) => None,
        })
    }
}

/// What the chunks after the first hold, up to the first that can't be read; each core takes a part of them.
#[expect(clippy::disallowed_methods, reason = "a scope, for threads that have names")]
fn read_all(chunks: &[Chunk]) -> Vec<Vec<Entry>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let size = chunks.len().div_ceil(cores).max(LEAST_PART);
    let read = |part: &[Chunk]| part.iter().map_while(entries_of).collect::<Vec<_>>();
    thread::scope(|scope| {
        let parts: Vec<_> = chunks
            .chunks(size)
            .map(|part| {
                let builder = thread::Builder::new().name("record-read".into());
                (part, builder.spawn_scoped(scope, move || read(part)))
            })
            .collect();
        let mut all = Vec::with_capacity(chunks.len());
        for (part, thread) in parts {
            // Without a thread to be had it is read here.
            let read = thread.map_or_else(|_| read(part), |thread| thread.join().unwrap_or_default());
            let whole = read.len() == part.len();
            all.extend(read);
            if !whole {
                break;
            }
        }
        all
    })
}

/// What a chunk after the first holds.
fn entries_of(chunk: &Chunk) -> Option<Vec<Entry>> {
    match unpack(&chunk.body)? {
        (None, pieces) => Some(pieces.into_iter().map(Piece::entry).collect()),
        (Some(_), _) => None,
    }
}
