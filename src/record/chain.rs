//! A file of format 3: who may open it, then the chunks, each held against the one before.

use crate::{
    Author, Chunk, Digest, FORMAT, Flaw, KeyRing, Keys, Link, RecordError, RecordId, Secret,
    blocks::{Blocks, Growing, MAGIC, Next, block, start},
    body::{First, Piece, pack},
    chunk::MAX_BODY,
    journal,
    seal::{Place, Sealer, WrappedKey},
};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, Read},
    path::Path,
    sync::Arc,
};

/// More chunks are refused: it is many hours.
const MAX_CHUNKS: usize = 20_000;
/// Entries of one chunk at most: 10 s at 60 Hz.
const MOST_PIECES: usize = 600;

/// First block of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    record: RecordId,
    /// `None`: not sealed.
    key: Option<WrappedKey>,
}

/// A file's chunks as far as they are good.
pub(crate) struct Chain {
    pub chunks: Vec<Chunk>,
    /// Behind the last good one.
    pub link: Link,
    pub sealer: Sealer,
    pub sealed: bool,
    /// What is wrong with the next one, where there is one.
    pub flaw: Option<Flaw>,
    /// Bytes from the start that are good.
    pub whole: u64,
}

impl Chain {
    /// Reads what comes after the format's number. `keys` are asked for where the file is sealed.
    pub fn read<R: Read>(
        path: &Path,
        mut blocks: Blocks<R>,
        keys: impl FnOnce() -> Result<Keys, RecordError>,
    ) -> Result<Self, RecordError> {
        let no_header = || RecordError::NoHeader { path: path.to_owned() };
        let Next::Payload(head) = blocks.next() else { return Err(no_header()) };
        blocks.accept(head.len());
        let Head { record, key } = postcard::from_bytes(&head).map_err(|_| no_header())?;
        let sealer = match &key {
            None => Sealer::plain(record),
            Some(wrapped) => keys()?
                .sealing()
                .and_then(|folder| Sealer::unwrap(record, folder, wrapped))
                .ok_or_else(|| RecordError::OtherKeys { path: path.to_owned() })?,
        };
        let (link, sealed) = (Link::first(record), key.is_some());
        let mut chain = Self { chunks: Vec::new(), link, sealer, sealed, flaw: None, whole: blocks.whole };
        chain.flaw = chain.follow(&mut blocks).err();
        chain.whole = blocks.whole;
        Ok(chain)
    }

    fn follow<R: Read>(&mut self, blocks: &mut Blocks<R>) -> Result<(), Flaw> {
        while self.chunks.len() < MAX_CHUNKS {
            let stored = match blocks.next() {
                Next::Payload(stored) => stored,
                Next::End => break,
                Next::Damaged => return Err(Flaw::Checksum),
            };
            let length = stored.len();
            let bytes = self.sealer.open(Place::Chunk(self.link.index), stored).ok_or(Flaw::Seal)?;
            self.take(Chunk::from_bytes(&bytes)?)?;
            blocks.accept(length);
        }
        Ok(())
    }

    /// Chunks without a file, as far as each follows the one before.
    pub fn of(chunks: Vec<Chunk>) -> Option<Self> {
        let record = chunks.first()?.record;
        let (link, sealer) = (Link::first(record), Sealer::plain(record));
        let mut chain = Self { chunks: Vec::new(), link, sealer, sealed: false, flaw: None, whole: 0 };
        chain.flaw = chunks.into_iter().try_for_each(|chunk| chain.take(chunk)).err();
        Some(chain)
    }

    /// The next chunk, if it is that.
    fn take(&mut self, chunk: Chunk) -> Result<(), Flaw> {
        self.link.follow(&chunk, self.author())?;
        self.chunks.push(chunk);
        Ok(())
    }

    /// Opens a file of format 3 by its path, with the keys of its folder.
    pub fn open(path: &Path) -> Result<Self, RecordError> {
        Self::read(path, blocks_of(path)?, || folder_keys(path))
    }

    /// Whose it is, as the first chunk says.
    pub fn author(&self) -> Option<Author> {
        self.chunks.first().map(|chunk| chunk.author)
    }

    /// What came since the last chunk, and how many bytes of that are no whole entry.
    pub fn journal(&self, path: &Path) -> Option<(Vec<Piece>, u64)> {
        journal::read(path, &self.sealer, &self.link)
    }
}

/// The blocks of a file of format 3.
fn blocks_of(path: &Path) -> Result<Blocks<BufReader<File>>, RecordError> {
    let file = File::open(path).map_err(|source| RecordError::Open { path: path.to_owned(), source })?;
    let (format, blocks) = Blocks::open(BufReader::new(file), MAGIC);
    match format {
        Some(FORMAT) => Ok(blocks),
        Some(found) if found == 0 || found > FORMAT => {
            Err(RecordError::Version { path: path.to_owned(), found, known: FORMAT })
        }
        Some(found) => Err(RecordError::Unsigned { path: path.to_owned(), found }),
        None => Err(RecordError::NotARecord { path: path.to_owned() }),
    }
}

/// The id of a record of format 3; no key is needed for it.
///
/// # Errors
/// It can't be read, or is no such record.
pub fn record_id(path: &Path) -> Result<RecordId, RecordError> {
    let no_header = || RecordError::NoHeader { path: path.to_owned() };
    let Next::Payload(head) = blocks_of(path)?.next() else { return Err(no_header()) };
    let head: Head = postcard::from_bytes(&head).map_err(|_| no_header())?;
    Ok(head.record)
}

/// The keys of the folder that a record lies in.
pub(crate) fn folder_keys(path: &Path) -> Result<Keys, RecordError> {
    Ok(Keys::find(path.parent().unwrap_or(Path::new(".")), &KeyRing::of_system())?)
}

/// A file's end, where chunks are written.
pub(crate) struct Tail {
    file: Growing,
    pub link: Link,
    pub sealer: Sealer,
}

impl Tail {
    /// Begins a new file; an existing one is never overwritten.
    pub fn create(path: &Path, record: RecordId, folder: Option<&Secret>) -> Result<Self, RecordError> {
        let fail = |source| RecordError::Create { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        let (sealer, key) = match folder {
            Some(folder) => Sealer::create(record, folder).map(|(sealer, key)| (sealer, Some(key)))?,
            None => (Sealer::plain(record), None),
        };
        let head = postcard::to_allocvec(&Head { record, key }).map_err(RecordError::Encode)?;
        let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
        let file = Growing::begin(file, MAGIC, FORMAT, &head).map_err(RecordError::Write)?;
        Ok(Self { file, link: Link::first(record), sealer })
    }

    /// A whole file of these chunks, as [`Self::put`] writes it, without a disk.
    pub fn bytes(record: RecordId, chunks: &[Chunk]) -> Result<Vec<u8>, RecordError> {
        let sealer = Sealer::plain(record);
        let head = postcard::to_allocvec(&Head { record, key: None }).map_err(RecordError::Encode)?;
        let mut all = [&start(MAGIC, FORMAT)[..], &block(&head)].concat();
        for chunk in chunks {
            all.extend(block(&sealer.seal(Place::Chunk(chunk.index), chunk.to_bytes()?)?));
        }
        Ok(all)
    }

    /// Goes on behind the last good chunk; what stands there is cut off.
    pub fn behind(path: &Path, chain: Chain) -> Result<Self, RecordError> {
        let open = |source| RecordError::Open { path: path.to_owned(), source };
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(open)?;
        let file = Growing::behind(file, chain.whole).map_err(RecordError::Write)?;
        Ok(Self { file, link: chain.link, sealer: chain.sealer })
    }

    /// To be put on the disk.
    pub const fn file(&self) -> &Arc<File> {
        &self.file.file
    }

    /// Signs and writes one chunk with as many of the pieces as it can hold; how many that is.
    pub fn chunk(
        &mut self,
        keys: &Keys,
        first: Option<First>,
        pieces: &[Piece],
        last: bool,
    ) -> Result<usize, RecordError> {
        let mut count = pieces.len().min(MOST_PIECES);
        let body = loop {
            match pack(first.clone(), &pieces[..count]).filter(|body| body.len() <= MAX_BODY) {
                Some(body) => break body,
                None if count == 0 => return Err(RecordError::TooLarge),
                None => count /= 2,
            }
        };
        let chunk = Chunk::sign(keys.person(), self.link, last && count == pieces.len(), body);
        self.put(&chunk)?;
        Ok(count)
    }

    /// Writes a chunk that is the next one.
    pub fn put(&mut self, chunk: &Chunk) -> Result<(), RecordError> {
        let sealed = self.sealer.seal(Place::Chunk(chunk.index), chunk.to_bytes()?)?;
        self.file.append(&sealed).map_err(RecordError::Write)?;
        let Link { record, index, .. } = self.link;
        self.link = Link { record, index: index + 1, previous: chunk.digest() };
        Ok(())
    }

    /// Writes all of these, the last of them as the record's end.
    pub fn close(&mut self, keys: &Keys, mut pieces: &[Piece]) -> Result<(), RecordError> {
        while !pieces.is_empty() {
            let count = self.chunk(keys, None, pieces, true)?;
            if count == 0 {
                return Err(RecordError::TooLarge);
            }
            pieces = &pieces[count..];
        }
        self.file().sync_all().map_err(RecordError::Write)
    }
}

/// Tells this computer from others without saying which it is; `None` where the system has no id.
pub(crate) fn device() -> Option<Digest> {
    let id = fs::read_to_string("/etc/machine-id").ok()?;
    let id = id.trim();
    (!id.is_empty()).then(|| crate::sha256(["baro record device\0", id].concat().as_bytes()))
}
