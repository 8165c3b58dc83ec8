//! The link of a device to its server, for programs that don't wait: it works on two threads of its own.

use super::device::{Device, Known};
use super::dial::{Dialer, Fault};
use super::shell::{Job, Shell};
use crate::{Address, TlsError};
use baro_sync::{Backoff, Client, Content, Input, Key, OutboxFull, Told};
use baro_wire::{Reply, Request, Role};
use std::{
    io,
    sync::{Arc, mpsc},
    thread::{Builder, JoinHandle},
    time::Duration,
};
use tokio::sync::mpsc::UnboundedReceiver;

/// A page that the disk could not read is read again.
const PAGE_RETRY: Duration = Duration::from_secs(5);

/// Why a link can't start.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum StartError {
    #[error(transparent)]
    Tls(#[from] TlsError),
    #[error("this device can't open a connection: {0}")]
    Io(#[from] io::Error),
}

/// A device's way to its server, for as long as the program runs. No call here waits, but to end it.
#[derive(Debug)]
pub struct Link {
    shell: Arc<Shell>,
    threads: Vec<JoinHandle<()>>,
}

impl Link {
    /// Connects, signs in, and sends what the disk holds.
    pub fn start(server: Address, known: Known, device: impl Device) -> Result<Self, StartError> {
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).map_err(io::Error::from)?;
        let backoff = Backoff::new(u64::from_le_bytes(seed));
        let client = Client::new(known.device, known.next_number, known.kept, backoff);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (shell, jobs) = Shell::new(client, Dialer::new(server)?, runtime.handle().clone());
        let mut link = Self { shell: Arc::clone(&shell), threads: Vec::new() };
        let disk = Builder::new().name("sync-disk".to_owned());
        link.threads.push(disk.spawn({
            let shell = Arc::clone(&shell);
            move || work(&shell, device, jobs)
        })?);
        let net = Builder::new().name("sync-net".to_owned());
        link.threads.push(net.spawn(move || runtime.block_on(shell.run()))?);
        Ok(link)
    }

    /// Something to be sent. A chunk must be durable in its record before. Adding a key again is harmless. It is safe, and never
    /// needs to be added again, when [`Device::store`] has it.
    pub fn add(&self, key: Key, content: Content) -> Result<(), OutboxFull> {
        self.shell.add(key, content)
    }

    /// A question of the program's own. Its answer comes here; none where there is no connection, or it broke first.
    pub fn ask(&self, request: Request) -> mpsc::Receiver<Option<Reply>> {
        self.shell.ask(request)
    }

    /// What the person is told now.
    pub fn told(&self) -> Told {
        self.shell.told()
    }

    /// Why the last attempt to connect failed; none while connected.
    pub fn fault(&self) -> Option<Fault> {
        self.shell.fault()
    }

    /// The role under which the device is signed in now.
    pub fn role(&self) -> Option<Role> {
        self.shell.role()
    }

    /// The network came back, or the person wants it now.
    pub fn try_now(&self) {
        self.shell.input(Input::TryNow);
    }

    /// The network is another one. Changes of the machine's own address are noticed within seconds; what knows of others tells here.
    pub fn moved(&self) {
        self.shell.moved();
    }

    /// Ends the connection, and waits until the disk has done what it was given.
    pub fn close(self) {
        drop(self);
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.shell.close();
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

/// The disk's thread: jobs in their order.
fn work(shell: &Arc<Shell>, mut device: impl Device, mut jobs: UnboundedReceiver<Job>) {
    while let Some(job) = jobs.blocking_recv() {
        let input = match job {
            Job::Store(row) => match device.store(&row) {
                Ok(()) => Input::Stored(row.key),
                Err(_) => Input::NotStored(row.key),
            },
            Job::Page { page, after, most } => match device.page(after, most) {
                Ok((rows, end)) => Input::Page { page, rows, end },
                Err(_) => {
                    shell.later(PAGE_RETRY, Job::Page { page, after, most });
                    continue;
                }
            },
            Job::Load(chunk) => Input::Loaded(chunk, device.load(&chunk)),
            Job::Settle(key, receipt) => match device.settle(&key, receipt.as_deref()) {
                Ok(()) => Input::Settled(key),
                Err(_) => Input::NotSettled(key),
            },
            Job::Keep(entries, cursor) => match device.keep(entries, cursor) {
                Ok(()) => Input::Kept(cursor),
                Err(_) => Input::NotKept,
            },
            Job::Prove(conn, challenge) => match device.prove(&challenge) {
                Some((signature, person)) => Input::Proved(conn, signature, person),
                None => {
                    shell.hang_up(conn);
                    continue;
                }
            },
        };
        shell.input(input);
    }
}
