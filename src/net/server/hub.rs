//! Who is connected: where news and revocations go, and what limits are counted by.

use super::counts::{Counters, Counts};
use crate::lock;
use baro_sync::{Actor, Event, Source};
use baro_wire::{Cursor, DeviceId, PersonId};
use std::{
    collections::BTreeMap,
    fmt,
    hash::{BuildHasher as _, RandomState},
    net::IpAddr,
    sync::{Mutex, Weak},
};
use tokio::sync::watch;

/// All connections of a server. A list that is walked through: thousands take less time than one signature.
#[derive(Default)]
pub struct Hub {
    open: Mutex<BTreeMap<u64, Entry>>,
    count: watch::Sender<usize>,
    pub(crate) counters: Counters,
    /// Keyed anew for each process, so that what is kept of an address is worth nothing elsewhere.
    hasher: RandomState,
}

pub(super) struct Entry {
    pub source: Source,
    /// Its handshake and sign-in are done; who it is.
    pub actor: Option<Actor>,
    pub connection: Weak<dyn Hears>,
}

/// A connection, as the hub sees it.
pub(super) trait Hears: Send + Sync {
    fn hear(&self, event: Event);
}

/// What is open when somebody knocks.
#[derive(Debug, Default)]
pub(super) struct Load {
    pub all: usize,
    pub of_source: usize,
    pub greeting: usize,
}

impl Hub {
    /// Somebody's feed has grown up to here: all their devices are told.
    pub fn news(&self, person: PersonId, cursor: Cursor) {
        self.tell(|actor| actor.is_some_and(|actor| actor.person == person), &Event::News(cursor));
    }

    /// A device was revoked just now, by whatever way: its connections end.
    pub fn revoked(&self, device: DeviceId) {
        self.tell(|actor| actor.is_some_and(|actor| actor.device == device), &Event::Revoked);
    }

    /// What was counted up to now.
    pub fn counts(&self) -> Counts {
        let open = lock(&self.open);
        let signed_in = open.values().filter(|entry| entry.actor.is_some()).count();
        self.counters.read(open.len(), signed_in)
    }

    pub(super) fn tell(&self, whom: impl Fn(Option<Actor>) -> bool, event: &Event) {
        let open = lock(&self.open);
        let found = open.values().filter(|entry| whom(entry.actor));
        let found: Vec<_> = found.filter_map(|entry| entry.connection.upgrade()).collect();
        drop(open);
        found.into_iter().for_each(|connection| connection.hear(event.clone()));
    }

    pub(super) fn add(&self, id: u64, entry: Entry) {
        let mut open = lock(&self.open);
        open.insert(id, entry);
        self.count.send_replace(open.len());
    }

    pub(super) fn signed_in(&self, id: u64, actor: Actor) {
        if let Some(entry) = lock(&self.open).get_mut(&id) {
            entry.actor = Some(actor);
        }
    }

    pub(super) fn remove(&self, id: u64) {
        let mut open = lock(&self.open);
        open.remove(&id);
        self.count.send_replace(open.len());
    }

    /// Waits until nobody is connected.
    pub(super) async fn emptied(&self) {
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }

    pub(super) fn load(&self, source: Source) -> Load {
        let mut load = Load::default();
        for entry in lock(&self.open).values() {
            load.all += 1;
            load.of_source += usize::from(entry.source == source);
            load.greeting += usize::from(entry.actor.is_none());
        }
        load
    }

    /// An address; of IPv6 its network, since who has one address has all of them.
    pub(super) fn source_of(&self, ip: IpAddr) -> Source {
        match ip.to_canonical() {
            IpAddr::V4(v4) => self.hasher.hash_one(v4),
            IpAddr::V6(v6) => self.hasher.hash_one(&v6.segments()[..4]),
        }
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("Hub").field("counts", &self.counts()).finish_non_exhaustive()
    }
}
