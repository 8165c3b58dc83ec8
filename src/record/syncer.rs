//! Puts files on the disk while the coach goes on.

use std::{
    fs::File,
    io,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread::{Builder, JoinHandle},
};

/// Requests that wait at most: the disk is slow, and a later request covers the earlier ones.
const WAITING: usize = 4;

enum Job {
    Journal(Arc<File>),
    /// The record, which has so many chunks.
    Chunks(Arc<File>, u32),
}

/// A thread that syncs, and how far it is.
pub(crate) struct Syncer {
    /// Chunks that are on the disk.
    durable: Arc<AtomicU32>,
    thread: Option<(SyncSender<Job>, JoinHandle<io::Result<()>>)>,
}

impl Syncer {
    /// Starts the thread; so many chunks are on the disk.
    pub fn start(durable: u32) -> io::Result<Self> {
        let durable = Arc::new(AtomicU32::new(durable));
        Ok(Self { thread: Some(spawn(durable.clone())?), durable })
    }

    /// Asks for a journal to be synced.
    pub fn journal(&mut self, file: Arc<File>) -> io::Result<()> {
        self.ask(Job::Journal(file))
    }

    /// Asks for a record with so many chunks to be synced.
    pub fn chunks(&mut self, file: &Arc<File>, count: u32) -> io::Result<()> {
        self.ask(Job::Chunks(file.clone(), count))
    }

    /// Returns when so many chunks are on the disk: nearly always at once.
    pub fn wait_for(&self, file: &File, count: u32) -> io::Result<()> {
        if self.durable.load(Ordering::Acquire) < count {
            file.sync_data()?;
            self.durable.fetch_max(count, Ordering::AcqRel);
        }
        Ok(())
    }

    fn ask(&mut self, job: Job) -> io::Result<()> {
        match self.thread.as_ref().map(|(jobs, _)| jobs.try_send(job)) {
            None | Some(Ok(()) | Err(TrySendError::Full(_))) => Ok(()),
            Some(Err(TrySendError::Disconnected(_))) => {
                let outcome = self.stop();
                self.thread = Some(spawn(self.durable.clone())?);
                outcome
            }
        }
    }

    /// Ends the thread; how its last sync went.
    pub fn stop(&mut self) -> io::Result<()> {
        let Some((jobs, thread)) = self.thread.take() else { return Ok(()) };
        drop(jobs);
        thread.join().unwrap_or_else(|_| Err(io::Error::other("the thread that syncs the disk failed")))
    }
}

impl Drop for Syncer {
    fn drop(&mut self) {
        let _ = self.stop();
    }
}

fn spawn(durable: Arc<AtomicU32>) -> io::Result<(SyncSender<Job>, JoinHandle<io::Result<()>>)> {
    let (sender, jobs) = sync_channel(WAITING);
    let thread = Builder::new().name("record-sync".into()).spawn(move || run(&jobs, &durable))?;
    Ok((sender, thread))
}

fn run(jobs: &Receiver<Job>, durable: &AtomicU32) -> io::Result<()> {
    jobs.iter().try_for_each(|job| match job {
        Job::Journal(file) => file.sync_data(),
        Job::Chunks(file, count) => {
            file.sync_data()?;
            durable.fetch_max(count, Ordering::AcqRel);
            Ok(())
        }
    })
}
