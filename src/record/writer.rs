//! Appends to a record while the session runs.

use crate::{
    Chunk, Event, Header, Keys, RecordError, RecordId,
    body::{First, Piece},
    chain::{Chain, Tail, device, folder_keys},
    grid::Grid,
    journal::{self, Journal},
    replay::report_digest,
    syncer::Syncer,
};
use baro_coach::Report;
use baro_motion::PoseFrame;
use std::path::{Path, PathBuf};

/// Session time between two requests to put the data on the disk itself.
const SYNC_EVERY_S: f64 = 0.5;
/// A chunk is closed after so many entries: 10 s at 30 Hz.
const CHUNK_PIECES: usize = 300;
/// Where a chunk could not be written, it is tried again after so many entries more.
const RETRY_PIECES: usize = 30;
/// Entries that wait in memory for a full disk at most: two minutes.
const MOST_WAITING: usize = 3600;

/// Writes one record. Every entry reaches the operating system at once, so killing the program loses none; the
/// disk is synced twice a second on a thread of its own, so a power cut loses at most the last second.
pub struct Recorder {
    path: PathBuf,
    keys: Keys,
    tail: Tail,
    /// What is in no chunk yet.
    open: Vec<Piece>,
    /// The same on the disk; `None` where it could not be begun.
    journal: Option<Journal>,
    close_at: usize,
    synced_s: f64,
    syncer: Syncer,
}

impl Recorder {
    /// Makes a new record; an existing file is never overwritten. Its id and its header are on the disk when this returns.
    ///
    /// # Errors
    /// [`RecordError::Create`] where the file exists or can't be made, [`RecordError::Write`] where the disk is full.
    pub fn create(path: &Path, header: Header, keys: Keys) -> Result<Self, RecordError> {
        let mut tail = Tail::create(path, RecordId::now(), keys.sealing())?;
        tail.chunk(&keys, Some(First { header, device: device() }), &[], false)?;
        tail.file().sync_all().map_err(RecordError::Write)?;
        let syncer = Syncer::start(tail.link.index)
            .map_err(|source| RecordError::Create { path: path.to_owned(), source })?;
        let mut recorder = Self {
            path: path.to_owned(),
            keys,
            tail,
            open: Vec::with_capacity(CHUNK_PIECES),
            journal: None,
            close_at: CHUNK_PIECES,
            synced_s: f64::NEG_INFINITY,
            syncer,
        };
        recorder.keep()?;
        Ok(recorder)
    }

    /// Which record this is.
    pub const fn id(&self) -> RecordId {
        self.tail.link.record
    }

    /// Appends one frame as the coach saw it: on the grid ([`crate::snap`]), or the replay won't match.
    ///
    /// # Errors
    /// [`RecordError::Write`]; what could not be written is tried again with the next entries, for two minutes.
    pub fn frame(&mut self, frame: &PoseFrame) -> Result<(), RecordError> {
        let outcome = self.push(Piece::Frame(Grid::of(frame)));
        if frame.time_s - self.synced_s >= SYNC_EVERY_S {
            self.synced_s = frame.time_s;
            if let Some(journal) = &self.journal {
                self.syncer.journal(journal.file()).map_err(RecordError::Write)?;
            }
        }
        outcome
    }

    /// Appends an event.
    ///
    /// # Errors
    /// As [`Self::frame`].
    pub fn event(&mut self, event: Event) -> Result<(), RecordError> {
        self.push(Piece::Event(event))
    }

    /// Notes that a repetition ended with the frame appended last.
    ///
    /// # Errors
    /// As [`Self::frame`].
    pub fn rep_ended(&mut self, time_s: f64, report: &Report) -> Result<(), RecordError> {
        self.event(Event::RepEnded { time_s, report: report_digest(report)? })
    }

    /// Closes the record with the digest of the final report and waits until the disk holds it.
    ///
    /// # Errors
    /// As [`Self::frame`].
    pub fn finish(mut self, report: &Report) -> Result<(), RecordError> {
        // Where the end fits into no journal, it may still fit into the last chunk.
        self.open.push(Piece::End(report_digest(report)?));
        let kept = self.keep();
        self.tail.close(&self.keys, &self.open).map_err(|error| kept.err().unwrap_or(error))?;
        self.open.clear();
        self.syncer.stop().map_err(RecordError::Write)?;
        journal::remove(&self.path);
        Ok(())
    }

    fn push(&mut self, piece: Piece) -> Result<(), RecordError> {
        if self.open.len() >= MOST_WAITING {
            self.close()?;
        }
        self.open.push(piece);
        if self.open.len() >= self.close_at { self.close() } else { self.keep() }
    }

    /// Brings the journal up to what is open.
    fn keep(&mut self) -> Result<(), RecordError> {
        if self.journal.is_none() {
            // The file that this one takes the place of has the chunk before the last.
            let before = self.tail.link.index.saturating_sub(1);
            self.syncer.wait_for(self.tail.file(), before).map_err(RecordError::Write)?;
            self.journal = Some(Journal::begin(&self.path, &self.tail.link)?);
        }
        let Some(journal) = &mut self.journal else { return Ok(()) };
        while let Some(piece) = self.open.get(journal.written as usize) {
            journal.append(&self.tail.sealer, piece)?;
        }
        Ok(())
    }

    /// Closes a chunk. Where that can't be, everything stays open and in the journal.
    fn close(&mut self) -> Result<(), RecordError> {
        match self.tail.chunk(&self.keys, None, &self.open, false) {
            Ok(count) => {
                self.open.drain(..count);
                self.close_at = CHUNK_PIECES;
                self.journal = None;
                self.syncer.chunks(self.tail.file(), self.tail.link.index).map_err(RecordError::Write)?;
                self.keep()
            }
            Err(error) => {
                self.close_at = self.open.len() + RETRY_PIECES;
                // The journal may have room where the record has none.
                let _ = self.keep();
                Err(error)
            }
        }
    }
}

/// Adds events to a record that was closed: what is said after the set, or the morning after. What a killed program left in
/// its journal becomes a chunk before; half a chunk is cut off.
///
/// # Errors
/// Where the file is no record of this format, is damaged before its end (nothing is added then), is somebody else's, or can't be
/// written.
pub fn append(path: &Path, events: impl IntoIterator<Item = Event>) -> Result<(), RecordError> {
    let chain = Chain::open(path)?;
    if chain.flaw.is_some() {
        return Err(RecordError::Damaged { path: path.to_owned() });
    }
    let keys = keys_of(path, &chain)?;
    let mut pieces = chain.journal(path).map(|(pieces, _)| pieces).unwrap_or_default();
    pieces.extend(events.into_iter().map(Piece::Event));
    Tail::behind(path, chain)?.close(&keys, &pieces)?;
    journal::remove(path);
    Ok(())
}

/// Copies a record without its seal, for somebody who shall read it: signed as it was. Records of older formats are copied as
/// they are.
///
/// # Errors
/// As reading and writing.
pub fn copy_unsealed(from: &Path, to: &Path) -> Result<(), RecordError> {
    let chain = match Chain::open(from) {
        Err(RecordError::Unsigned { .. }) => {
            return std::fs::copy(from, to)
                .map(|_| ())
                .map_err(|source| RecordError::Create { path: to.to_owned(), source });
        }
        chain => chain?,
    };
    let mut tail = Tail::create(to, chain.link.record, None)?;
    chain.chunks.iter().try_for_each(|chunk| tail.put(chunk))?;
    match chain.journal(from) {
        Some((open, _)) if !open.is_empty() => tail.close(&keys_of(from, &chain)?, &open),
        _ => tail.file().sync_all().map_err(RecordError::Write),
    }
}

/// Writes a new record of chunks that were stored elsewhere, signed as they were and without a seal. They are not checked: that is for
/// `verify` to say.
///
/// # Errors
/// As writing; where there is no chunk.
pub fn write_chunks(to: &Path, chunks: &[Chunk]) -> Result<(), RecordError> {
    let first = chunks.first().ok_or_else(|| RecordError::NoHeader { path: to.to_owned() })?;
    let mut tail = Tail::create(to, first.record, None)?;
    chunks.iter().try_for_each(|chunk| tail.put(chunk))?;
    tail.file().sync_all().map_err(RecordError::Write)
}

/// The same file in memory, to be sent.
///
/// # Errors
/// No chunks, or one that can't be written.
pub fn chunks_to_bytes(chunks: &[Chunk]) -> Result<Vec<u8>, RecordError> {
    let first = chunks.first().ok_or_else(|| RecordError::NoHeader { path: "memory".into() })?;
    Tail::bytes(first.record, chunks)
}

/// The keys of the folder, where they are those that the record was signed with.
fn keys_of(path: &Path, chain: &Chain) -> Result<Keys, RecordError> {
    let Some(author) = chain.author() else { return Err(RecordError::NoHeader { path: path.to_owned() }) };
    let keys = folder_keys(path)?;
    if keys.author() == author { Ok(keys) } else { Err(RecordError::OtherKeys { path: path.to_owned() }) }
}
