//! Where a room is, and what it needs to go on elsewhere.

use crate::{Id, JoinError, Nodes, PATIENCE, Unavailable, read};
use async_nats::{
    Client,
    jetstream::{
        self,
        kv::{Entry, Operation, Store, UpdateErrorKind},
        stream::{Config, DiscardPolicy, StorageType},
    },
};
use baro_wire::limits::{CODE_BYTES, NODE_BYTES};
use baro_wire::{RoomId, Text};
use serde::{Deserialize, Serialize};
use std::{
    sync::atomic::Ordering::Relaxed,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::time::timeout;

const BUCKET: &str = "baro-rooms";
/// Longer than any room lasts.
const KEPT: Duration = Duration::from_secs(7 * 60 * 60);

/// Which room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// By its id.
    Room(RoomId),
    /// By its invitation, in capitals and digits.
    Code(Text<CODE_BYTES>),
}

/// Where a room is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// There is none.
    Nowhere,
    /// At another node.
    There(Text<NODE_BYTES>),
    /// Here, as this one.
    Mine(RoomId),
    /// Its node is gone: it is whose who keeps it first.
    Free(Free),
}

/// A room without its node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Free {
    /// Over which to keep it.
    pub revision: u64,
    /// How it stood.
    pub snapshot: Vec<u8>,
    /// And how long ago.
    pub ago_ms: u32,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    holder: Id,
    at: Text<NODE_BYTES>,
    code: Text<CODE_BYTES>,
    wall_ms: i64,
    snapshot: Vec<u8>,
}

pub(crate) async fn bucket(client: &Client, replicas: usize) -> Result<Store, JoinError> {
    let jetstream = jetstream::new(client.clone());
    if let Ok(store) = jetstream.get_key_value(BUCKET).await {
        return Ok(store);
    }
    // As a key-value bucket is made; the client's own way asks what servers before 2.10 answer otherwise.
    let config = Config {
        name: format!("KV_{BUCKET}"),
        subjects: vec![format!("$KV.{BUCKET}.>")],
        description: Some("Which node has which class".to_owned()),
        max_messages: -1,
        max_bytes: -1,
        max_messages_per_subject: 1,
        max_age: KEPT,
        discard: DiscardPolicy::New,
        allow_rollup: true,
        deny_delete: true,
        allow_direct: true,
        storage: StorageType::File,
        num_replicas: replicas,
        ..Config::default()
    };
    // Another node may make it in this moment.
    let made = jetstream.create_stream(config).await.map(drop);
    let found = jetstream.get_key_value(BUCKET).await;
    found.map_err(|error| {
        JoinError::JetStream(made.err().map_or_else(|| error.to_string(), |error| error.to_string()))
    })
}

impl Nodes {
    /// Where a room is now.
    ///
    /// # Errors
    /// It can't be said now.
    pub async fn home(&self, wanted: &Wanted) -> Result<Home, Unavailable> {
        if self.leaves.load(Relaxed) || !self.is_well() {
            return Err(Unavailable);
        }
        let room = match wanted {
            Wanted::Room(room) => *room,
            Wanted::Code(code) => match self.named(code).await? {
                Some(room) => room,
                None => return Ok(Home::Nowhere),
            },
        };
        let Some((revision, kept)) = self.kept(room).await? else { return Ok(Home::Nowhere) };
        if matches!(wanted, Wanted::Code(code) if *code != kept.code) {
            return Ok(Home::Nowhere);
        }
        if kept.holder == self.id {
            return Ok(Home::Mine(room));
        }
        Ok(match self.beats.is_gone(kept.holder) {
            None => return Err(Unavailable),
            Some(false) => Home::There(kept.at),
            Some(true) => {
                let ago_ms = u32::try_from(wall_ms() - kept.wall_ms).unwrap_or_default();
                Home::Free(Free { revision, snapshot: kept.snapshot, ago_ms })
            }
        })
    }

    /// Keeps how a room of this node stands, over the revision that it knows (0: a new room). None: it is another node's.
    ///
    /// # Errors
    /// It is not known whether it is kept.
    pub async fn keep(
        &self,
        room: RoomId,
        code: &Text<CODE_BYTES>,
        after: u64,
        snapshot: Vec<u8>,
    ) -> Result<Option<u64>, Unavailable> {
        let (holder, at, code) = (self.id, self.at.clone(), code.clone());
        let kept = Kept { holder, at, code, wall_ms: wall_ms(), snapshot };
        let bytes = postcard::to_stdvec(&kept).map_err(|_| Unavailable)?;
        if let Some(revision) = self.write(room, bytes.clone(), after).await? {
            return Ok(Some(revision));
        }
        // One's own word whose answer was lost, or JetStream lost its disk.
        let after = match self.entry(room_key(room)).await? {
            None => 0,
            Some(entry) if entry.operation != Operation::Put => entry.revision,
            Some(entry) => match read::<Kept>(&entry.value) {
                Some(kept) if kept.holder == self.id => entry.revision,
                _ => return Ok(None),
            },
        };
        self.write(room, bytes, after).await
    }

    /// The room's invitation from now on. An older one leads nowhere.
    ///
    /// # Errors
    /// It is not known whether it is kept.
    pub async fn name(&self, room: RoomId, code: &Text<CODE_BYTES>) -> Result<(), Unavailable> {
        let Some(key) = code_key(code) else { return Err(Unavailable) };
        let put = timeout(PATIENCE, self.rooms.put(key, room.0.to_vec().into())).await;
        put.map_err(|_| Unavailable)?.map(drop).map_err(|_| Unavailable)
    }

    /// A room has ended.
    ///
    /// # Errors
    /// It is not known whether it is written down.
    pub async fn end(&self, room: RoomId) -> Result<(), Unavailable> {
        let purged = timeout(PATIENCE, self.rooms.purge(room_key(room))).await;
        purged.map_err(|_| Unavailable)?.map_err(|_| Unavailable)
    }

    async fn named(&self, code: &str) -> Result<Option<RoomId>, Unavailable> {
        let Some(key) = code_key(code) else { return Ok(None) };
        let entry = self.entry(key).await?;
        Ok(entry.and_then(|entry| <[u8; 16]>::try_from(&*entry.value).ok()).map(RoomId))
    }

    async fn kept(&self, room: RoomId) -> Result<Option<(u64, Kept)>, Unavailable> {
        let entry = self.entry(room_key(room)).await?.filter(|entry| entry.operation == Operation::Put);
        Ok(entry.and_then(|entry| Some((entry.revision, read(&entry.value)?))))
    }

    async fn entry(&self, key: String) -> Result<Option<Entry>, Unavailable> {
        let entry = timeout(PATIENCE, self.rooms.entry(key)).await;
        entry.map_err(|_| Unavailable)?.map_err(|_| Unavailable)
    }

    async fn write(&self, room: RoomId, bytes: Vec<u8>, after: u64) -> Result<Option<u64>, Unavailable> {
        let written = timeout(PATIENCE, self.rooms.update(room_key(room), bytes.into(), after)).await;
        match written.map_err(|_| Unavailable)? {
            Ok(revision) => Ok(Some(revision)),
            Err(error) if error.kind() == UpdateErrorKind::WrongLastRevision => Ok(None),
            Err(_) => Err(Unavailable),
        }
    }
}

fn room_key(room: RoomId) -> String {
    let hex: String = room.0.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("room.{hex}")
}

/// What people type may be anything.
fn code_key(code: &str) -> Option<String> {
    let fits = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| format!("code.{code}"))
}

fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
