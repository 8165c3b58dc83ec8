//! Threads that each hold one connection to the store: one that writes, several that only read. Async code hands them work
//! through bounded queues and never waits for a disk itself.

use crate::metrics::Metrics;
use anyhow::Context as _;
use baro_store::{Store, StoreError};
use baro_sync::{Actor, Write, Written, audit};
use std::{
    sync::{Arc, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Instant,
};
use tokio::sync::{mpsc, oneshot};

/// Work that waits for the thread that writes; who has more waits before handing it in.
const WRITES_WAITING: usize = 256;
/// Work that waits for those that read.
const READS_WAITING: usize = 256;
/// Writes that share one transaction, and so one wait for the disk.
const MOST_TOGETHER: usize = 64;

type Answer<T> = Result<T, StoreError>;
type Work = Box<dyn FnOnce(&mut dyn Store) + Send>;
/// One of a server's connections to its store.
pub type Connection = Box<dyn Store + Send>;

enum Job {
    /// Share their transaction with others of their kind.
    Log(Vec<audit::Draft>, oneshot::Sender<bool>),
    Write(Option<Actor>, Write, oneshot::Sender<Answer<Written>>),
    /// Has its own.
    Work(Work),
}

/// The threads' queues. They end when the last of these is gone and what waited is done.
#[derive(Clone)]
pub struct Pool {
    writes: mpsc::Sender<Job>,
    reads: mpsc::Sender<Work>,
    metrics: Arc<Metrics>,
}

/// The store's threads, to be waited for.
pub struct Threads(Vec<JoinHandle<()>>);

impl Threads {
    /// Until what was handed in is done.
    pub fn join(self) {
        for thread in self.0 {
            if thread.join().is_err() {
                tracing::error!("a thread of the store broke off");
            }
        }
    }
}

impl Pool {
    /// Starts the threads: the first connection writes.
    pub fn start(
        writer: Connection,
        readers: Vec<Connection>,
        metrics: Arc<Metrics>,
    ) -> anyhow::Result<(Self, Threads)> {
        let (writes, jobs) = mpsc::channel(WRITES_WAITING);
        let (reads, work) = mpsc::channel::<Work>(READS_WAITING);
        let work = Arc::new(Mutex::new(work));
        let start = |name: String, run: Box<dyn FnOnce() + Send>| {
            thread::Builder::new().name(name).spawn(run).context("a thread of the store can't be started")
        };
        let mut threads = vec![start("store-write".into(), Box::new(move || write(writer, jobs)))?];
        for (n, mut reader) in readers.into_iter().enumerate() {
            let work = Arc::clone(&work);
            let next = move || work.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
            let run = move || {
                while let Some(work) = next() {
                    work(&mut *reader);
                }
            };
            threads.push(start(format!("store-read-{n}"), Box::new(run))?);
        }
        Ok((Self { writes, reads, metrics }, Threads(threads)))
    }

    /// Reads in one of the connections that only read.
    pub async fn read<T: Send + 'static>(
        &self,
        what: &'static str,
        read: impl FnOnce(&mut dyn Store) -> Answer<T> + Send + 'static,
    ) -> Option<T> {
        let (work, answer) = with_answer(read);
        let begun = Instant::now();
        self.reads.send(work).await.ok()?;
        self.answered(what, begun, answer.await.ok()?)
    }

    /// Does something to the store that is no [`Write`], in its turn.
    pub async fn change<T: Send + 'static>(
        &self,
        what: &'static str,
        change: impl FnOnce(&mut dyn Store) -> Answer<T> + Send + 'static,
    ) -> Option<T> {
        let (work, answer) = with_answer(change);
        let begun = Instant::now();
        self.writes.send(Job::Work(work)).await.ok()?;
        self.answered(what, begun, answer.await.ok()?)
    }

    /// Writes, and reports when it is on the disk.
    pub async fn write(&self, actor: Option<Actor>, write: Write) -> Option<Written> {
        let (to, answer) = oneshot::channel();
        let begun = Instant::now();
        self.writes.send(Job::Write(actor, write, to)).await.ok()?;
        self.answered("write", begun, answer.await.ok()?)
    }

    /// Appends to the audit log.
    pub async fn log(&self, drafts: Vec<audit::Draft>) -> Option<()> {
        let (to, answer) = oneshot::channel();
        let begun = Instant::now();
        self.writes.send(Job::Log(drafts, to)).await.ok()?;
        let logged = answer.await.ok()?;
        self.metrics.store("log", begun.elapsed(), logged);
        logged.then_some(())
    }

    /// How much waits: to be written, to be read.
    pub fn waiting(&self) -> (usize, usize) {
        let of = |most: usize, free: usize| most.saturating_sub(free);
        (of(WRITES_WAITING, self.writes.capacity()), of(READS_WAITING, self.reads.capacity()))
    }

    fn answered<T>(&self, what: &'static str, begun: Instant, answer: Answer<T>) -> Option<T> {
        self.metrics.store(what, begun.elapsed(), answer.is_ok());
        answer.inspect_err(|error| tracing::error!(%error, what, "the store could not do it")).ok()
    }
}

fn with_answer<T: Send + 'static>(
    ask: impl FnOnce(&mut dyn Store) -> Answer<T> + Send + 'static,
) -> (Work, oneshot::Receiver<Answer<T>>) {
    let (to, answer) = oneshot::channel();
    // Who asked may have gone; it is done all the same.
    let work: Work = Box::new(move |store| drop(to.send(ask(store))));
    (work, answer)
}

/// Takes what waits, as much of it together as may be. Nothing of it was answered yet, so its order means nothing to anybody.
fn write(mut store: Connection, mut jobs: mpsc::Receiver<Job>) {
    let mut waiting = Vec::with_capacity(MOST_TOGETHER);
    while jobs.blocking_recv_many(&mut waiting, MOST_TOGETHER) > 0 {
        let (mut lines, mut loggers) = (Vec::new(), Vec::new());
        let (mut writes, mut writers) = (Vec::new(), Vec::new());
        let mut rest = Vec::new();
        for job in waiting.drain(..) {
            match job {
                Job::Log(drafts, answer) => {
                    lines.extend(drafts);
                    loggers.push(answer);
                }
                Job::Write(actor, write, answer) => {
                    writes.push((actor, write));
                    writers.push(answer);
                }
                Job::Work(work) => rest.push(work),
            }
        }
        if !loggers.is_empty() {
            let logged =
                store.log(&lines).inspect_err(|error| tracing::error!(%error, "the audit log takes no line"));
            // Who asked may have gone; it is on the disk all the same.
            for answer in loggers {
                let _ = answer.send(logged.is_ok());
            }
        }
        if !writes.is_empty() {
            write_all(&mut *store, &writes, writers);
        }
        rest.into_iter().for_each(|work| work(&mut *store));
    }
}

fn write_all(
    store: &mut dyn Store,
    writes: &[(Option<Actor>, Write)],
    writers: Vec<oneshot::Sender<Answer<Written>>>,
) {
    for (written, answer) in store.write_many(writes).into_iter().zip(writers) {
        let _ = answer.send(written);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_store::{Options, Sqlite};
    use baro_sync::Invitation;
    use baro_wire::{DeviceId, Digest, OrganisationId, Outcome, PersonId, PublicKey, Role, Text};

    fn pairing(n: u8) -> Write {
        let (code, key) = (Digest([n; 32]), PublicKey([n; 32]));
        Write::Pair { code, key, person_key: key, name: Text::default(), paired_ms: 5 }
    }

    /// More at once than the queue holds: each is answered, and on the disk when the threads have ended.
    #[test]
    fn what_was_handed_in_is_done() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let open = || -> Connection { Box::new(Sqlite::open(&path, Options::default()).unwrap()) };
        let mut writer = open();
        let organisation = OrganisationId([1; 16]);
        writer.add_organisation(organisation, "").unwrap();
        for n in 0..200 {
            let invitation =
                Invitation { organisation, person: PersonId([n; 16]), role: Role::Patient, ends_ms: 9 };
            assert!(writer.invite(Digest([n; 32]), &invitation).unwrap());
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let (pool, threads) = Pool::start(writer, vec![open(), open()], Metrics::new()).unwrap();
        runtime.block_on(async {
            let handed: Vec<_> = (0..400_u16)
                .map(|n| {
                    let pool = pool.clone();
                    tokio::spawn(async move { pool.write(None, pairing((n % 200) as u8)).await })
                })
                .collect();
            let (mut created, mut there) = (0, 0);
            for one in handed {
                match one.await.unwrap() {
                    Some(Written::Paired { outcome: Outcome::Created, .. }) => created += 1,
                    Some(Written::Paired { outcome: Outcome::Exists, .. }) => there += 1,
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!((created, there), (200, 200));
            assert_eq!(pool.waiting(), (0, 0));
            let draft = audit::Draft {
                at_ms: 1,
                actor: PersonId([1; 16]),
                device: DeviceId::default(),
                ask: baro_wire::Ask::Feed,
                about: PersonId([1; 16]),
            };
            // Handed in by somebody who does not wait for it.
            tokio::select! {
                biased;
                _ = pool.change("log", move |store| store.log(&[draft])) => {}
                () = std::future::ready(()) => {}
            }
        });
        drop((pool, runtime));
        threads.join();
        let mut store = open();
        assert_eq!(store.people(organisation).unwrap().len(), 200);
        assert_eq!(store.audit(0, 9).unwrap().len(), 1);
    }
}
