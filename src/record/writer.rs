//! Appends to a record while the session runs.

use crate::{
    Event, FORMAT, Header, RecordError,
    format::{Block, FrameBlock, MAGIC},
    reader::Blocks,
    replay::report_digest,
};
use baro_coach::Report;
use baro_motion::PoseFrame;
use std::{
    fs::{File, OpenOptions},
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::mpsc::{SyncSender, TrySendError, sync_channel},
    thread::{Builder, JoinHandle},
};

/// Session time between two requests to put the data on the disk itself.
const SYNC_EVERY_S: f64 = 0.5;

/// Writes one record. Every entry reaches the operating system at once, so killing the program loses none; the
/// disk is synced twice a second on a thread of its own, so a power cut loses at most the last second.
pub struct Recorder {
    file: File,
    /// Length of what is whole on disk; a failed write is cut back to here.
    len: u64,
    buffer: Vec<u8>,
    block: Option<FrameBlock>,
    synced_s: f64,
    sync: Option<(SyncSender<()>, JoinHandle<io::Result<()>>)>,
}

impl Recorder {
    /// Makes a new record; an existing file is never overwritten.
    ///
    /// # Errors
    /// [`RecordError::Create`] where the file exists or can't be made, [`RecordError::Write`] where the disk is full.
    pub fn create(path: &Path, header: Header) -> Result<Self, RecordError> {
        let fail = |source| RecordError::Create { path: path.to_owned(), source };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(fail)?;
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(fail)?;
        file.write_all(&MAGIC)
            .and_then(|()| file.write_all(&FORMAT.to_le_bytes()))
            .map_err(RecordError::Write)?;
        let sync = spawn_sync(file.try_clone().map_err(fail)?).map_err(fail)?;
        let len = (MAGIC.len() + size_of::<u16>()) as u64;
        let mut recorder = Self {
            file,
            len,
            buffer: Vec::new(),
            block: Some(FrameBlock::default()),
            synced_s: f64::NEG_INFINITY,
            sync: Some(sync),
        };
        recorder.append(&Block::Header(header))?;
        recorder.file.sync_all().map_err(RecordError::Write)?;
        Ok(recorder)
    }

    /// Appends one frame as the coach saw it.
    ///
    /// # Errors
    /// [`RecordError::Write`]; the record stays whole up to the entry before, and later calls try again.
    pub fn frame(&mut self, frame: &PoseFrame) -> Result<(), RecordError> {
        let mut block = self.block.take().unwrap_or_default();
        block.set(frame);
        let block = Block::Frame(block);
        let outcome = self.append(&block);
        if let Block::Frame(block) = block {
            self.block = Some(block); // its memory serves the next frame
        }
        if frame.time_s - self.synced_s >= SYNC_EVERY_S {
            self.synced_s = frame.time_s;
            self.request_sync()?;
        }
        outcome
    }

    /// Appends an event.
    ///
    /// # Errors
    /// As [`Self::frame`].
    pub fn event(&mut self, event: Event) -> Result<(), RecordError> {
        self.append(&Block::Event(event))
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
        self.append(&Block::End(report_digest(report)?))?;
        self.stop_sync().map_err(RecordError::Write)?;
        self.file.sync_all().map_err(RecordError::Write)
    }

    fn append(&mut self, block: &Block) -> Result<(), RecordError> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.extend([0; 8]);
        self.buffer = postcard::to_extend(block, buffer).map_err(RecordError::Encode)?;
        let (head, payload) = self.buffer.split_at_mut(8);
        head[..4].copy_from_slice(&(payload.len() as u32).to_le_bytes());
        head[4..].copy_from_slice(&crc32fast::hash(payload).to_le_bytes());
        match self.file.write_all(&self.buffer) {
            Ok(()) => {
                self.len += self.buffer.len() as u64;
                Ok(())
            }
            Err(error) => {
                // Half an entry would hide everything appended after it.
                let _ = self.file.set_len(self.len);
                let _ = self.file.seek(SeekFrom::Start(self.len));
                Err(RecordError::Write(error))
            }
        }
    }

    fn request_sync(&mut self) -> Result<(), RecordError> {
        match self.sync.as_ref().map(|(request, _)| request.try_send(())) {
            // Full: the disk is still busy with the last request, which will be followed by another.
            None | Some(Ok(()) | Err(TrySendError::Full(()))) => Ok(()),
            Some(Err(TrySendError::Disconnected(()))) => {
                let outcome = self.stop_sync();
                self.sync = Some(self.file.try_clone().and_then(spawn_sync).map_err(RecordError::Write)?);
                outcome.map_err(RecordError::Write)
            }
        }
    }

    fn stop_sync(&mut self) -> io::Result<()> {
        let Some((request, thread)) = self.sync.take() else { return Ok(()) };
        drop(request);
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs the disk failed")))
    }
}

/// Adds events to a record that was closed: what is said after the set, or the morning after. Half an entry at its end, which a
/// killed program leaves, is cut off before.
///
/// # Errors
/// Where the file is no whole record, is damaged before its end (nothing is added then), or can't be written.
pub fn append(path: &Path, events: impl IntoIterator<Item = Event>) -> Result<(), RecordError> {
    let open = |source| RecordError::Open { path: path.to_owned(), source };
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(open)?;
    let (mut blocks, _) = Blocks::open(path, BufReader::new(&file))?;
    while blocks.next().is_some() {}
    let len = blocks.whole;
    if !is_half_entry(&mut file, len).map_err(open)? {
        return Err(RecordError::Damaged { path: path.to_owned() });
    }
    file.set_len(len).map_err(RecordError::Write)?;
    file.seek(SeekFrom::Start(len)).map_err(RecordError::Write)?;
    let mut recorder =
        Recorder { file, len, buffer: Vec::new(), block: None, synced_s: f64::INFINITY, sync: None };
    events.into_iter().try_for_each(|event| recorder.event(event))?;
    recorder.file.sync_all().map_err(RecordError::Write)
}

/// Is what follows `from` nothing, or less than the entry that it begins?
fn is_half_entry(file: &mut File, from: u64) -> io::Result<bool> {
    let left = file.metadata()?.len().saturating_sub(from);
    if left < 8 {
        return Ok(true);
    }
    let mut len = [0; 4];
    file.seek(SeekFrom::Start(from))?;
    file.read_exact(&mut len)?;
    Ok(left - 8 < u64::from(u32::from_le_bytes(len)))
}

impl Drop for Recorder {
    fn drop(&mut self) {
        let _ = self.stop_sync();
    }
}

fn spawn_sync(file: File) -> io::Result<(SyncSender<()>, JoinHandle<io::Result<()>>)> {
    let (request, requests) = sync_channel(1);
    let thread = Builder::new()
        .name("record-sync".into())
        .spawn(move || requests.iter().try_for_each(|()| file.sync_data()))?;
    Ok((request, thread))
}
