//! Which node has which class, over NATS.
//!
//! Each node says four times a second that it is there. Who has a room stands in a key-value bucket of JetStream, with all that another
//! node needs to go on; a key is written only over the revision that its writer knows, so a room never has two nodes. A room of a node
//! that is not heard any more is anybody's who is asked for it.
//!
//! Nothing here is needed by a room that runs: without NATS it goes on where it is.

mod beat;
mod rooms;

pub use rooms::{Free, Home, Wanted};

use async_nats::{Client, ConnectOptions, jetstream};
use baro_wire::limits::NODE_BYTES;
use baro_wire::{Cursor, DeviceId, PersonId, Text};
use beat::Beats;
use futures_util::StreamExt as _;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{sync::mpsc, task::JoinHandle, time::interval};

/// What NATS is given to answer.
const PATIENCE: Duration = Duration::from_secs(2);
const BEATS: &str = "baro.node";
const TELLS: &str = "baro.told";
/// What other nodes told and was not looked at yet. What is lost is found in the store later.
const TOLD: usize = 4_096;

/// What a process of a node is known by: another after each start.
pub(crate) type Id = [u8; 16];

/// NATS does not answer, or who is there is not known yet: ask again in a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("NATS does not answer")]
pub struct Unavailable;

/// Why a node can't join.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum JoinError {
    #[error("NATS is not reached: {0}")]
    Connect(#[from] async_nats::ConnectError),
    #[error("NATS has no JetStream for the rooms (start it with -js): {0}")]
    JetStream(String),
    #[error("NATS takes no subscription: {0}")]
    Subscribe(#[from] async_nats::SubscribeError),
    #[error("the operating system gives no random numbers")]
    Random,
}

/// A node, as it joins.
#[derive(Debug, Clone)]
pub struct Join {
    /// `nats://HOST:PORT`, several with commas.
    pub nats: String,
    /// Where devices reach this node.
    pub at: Text<NODE_BYTES>,
    /// NATS servers on which each room is kept.
    pub replicas: usize,
}

/// What a node tells all others, for the devices and rooms that they have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Told {
    /// What a person agrees to has changed, or they were erased.
    Consents(PersonId),
    /// A device was revoked.
    Revoked(DeviceId),
    /// Somebody's feed has grown.
    News(PersonId, Cursor),
}

/// This node among the others.
#[derive(Debug)]
pub struct Nodes {
    id: Id,
    at: Text<NODE_BYTES>,
    client: Client,
    rooms: jetstream::kv::Store,
    beats: Arc<Beats>,
    leaves: AtomicBool,
    tasks: [JoinHandle<()>; 2],
}

#[derive(Serialize, Deserialize)]
struct Beat {
    id: Id,
    at: Text<NODE_BYTES>,
    leaves: bool,
}

impl Nodes {
    /// Joins, and says so from now on. What the others tell comes out of the receiver.
    ///
    /// # Errors
    /// NATS is not there, or has no JetStream.
    pub async fn join(join: Join) -> Result<(Self, mpsc::Receiver<Told>), JoinError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| JoinError::Random)?;
        let addresses: Vec<&str> = join.nats.split(',').map(str::trim).collect();
        let options = ConnectOptions::new().name("baro-server").connection_timeout(PATIENCE);
        let client = options.ping_interval(PATIENCE).connect(addresses).await?;
        let rooms = rooms::bucket(&client, join.replicas).await?;
        let mut heard = client.subscribe(BEATS).await?;
        let mut told = client.subscribe(TELLS).await?;
        let beats = Arc::new(Beats::default());
        let (tell, tells) = mpsc::channel(TOLD);
        let listens = {
            let beats = Arc::clone(&beats);
            tokio::spawn(async move {
                loop {
                    tokio::select! {
                        Some(message) = heard.next() => {
                            if let Some(Beat { id: of, at, leaves }) = read(&message.payload) {
                                beats.heard(of == id, of, at, leaves);
                            }
                        }
                        Some(message) = told.next() => {
                            if let Some((of, what)) = read::<(Id, Told)>(&message.payload)
                                && of != id
                            {
                                let _ = tell.try_send(what);
                            }
                        }
                        else => return,
                    }
                }
            })
        };
        let says = {
            let (client, at) = (client.clone(), join.at.clone());
            tokio::spawn(async move {
                let mut again = interval(beat::EVERY);
                loop {
                    again.tick().await;
                    say(&client, BEATS, &Beat { id, at: at.clone(), leaves: false }).await;
                }
            })
        };
        let nodes = Self {
            id,
            at: join.at,
            client,
            rooms,
            beats,
            leaves: AtomicBool::new(false),
            tasks: [says, listens],
        };
        Ok((nodes, tells))
    }

    /// Where the nodes are, this one too.
    pub fn places(&self) -> Vec<Text<NODE_BYTES>> {
        self.beats.places()
    }

    /// Is NATS there?
    pub fn is_well(&self) -> bool {
        self.beats.is_well()
    }

    /// To all other nodes. Lost where NATS is away.
    pub async fn tell(&self, told: Told) {
        say(&self.client, TELLS, &(self.id, told)).await;
    }

    /// Its rooms are anybody's from now on, and it takes none.
    pub async fn leave(&self) {
        self.leaves.store(true, Relaxed);
        self.tasks[0].abort();
        say(&self.client, BEATS, &Beat { id: self.id, at: self.at.clone(), leaves: true }).await;
        let _ = tokio::time::timeout(PATIENCE, self.client.flush()).await;
    }
}

impl Drop for Nodes {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

async fn say(client: &Client, subject: &'static str, message: &(impl Serialize + Sync)) {
    if let Ok(bytes) = postcard::to_stdvec(message) {
        let _ = client.publish(subject, bytes.into()).await;
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
