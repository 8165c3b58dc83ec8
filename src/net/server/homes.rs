//! Rooms of a clinic with several nodes: where one is, how it comes here when its node is gone, and what of it is kept for the others.

use super::Shared;
use super::host::{Handle, Note, begin};
use crate::backend::{Home, Wanted};
use crate::{Backend, Unavailable};
use baro_sync::Millis;
use baro_sync::room::{Input, Room, Snapshot, TICKS_A_SECOND};
use baro_wire::{Refusal, Reply, RoomAsk, RoomId, Text};
use std::{sync::Arc, time::Duration};
use tokio::{
    sync::{mpsc, watch},
    time::sleep,
};

/// How a room stands is kept once a second where it changed, and so many ticks after what nobody should have to do again.
const SOON: u64 = 3;
/// While it can't be kept, it is tried so often.
const AGAIN: Duration = Duration::from_millis(500);
/// A room that ended and can't be taken out is left to its age.
const ENDS: u32 = 1_200;
/// Who asks for a room of which it is not known where it is asks again after this.
const BUSY: Reply = Reply::Refused { refusal: Refusal::Busy { wait_ms: 500 } };
const NOT_FOUND: Reply = Reply::Refused { refusal: Refusal::NotFound };

/// A room that is not open here: to whom it is, if not to this server from now on.
pub(super) async fn find<B: Backend>(shared: &Arc<Shared<B>>, wanted: Wanted) -> Result<Handle, Reply> {
    match ask(shared, &wanted).await? {
        Home::Nowhere => return Err(NOT_FOUND),
        Home::There(at) => return Err(Reply::Elsewhere { at }),
        Home::Mine(_) | Home::Free { .. } => {}
    }
    // A whole class asks at once: one takes the room over, and the others find it.
    let _one = shared.rooms.taking.lock().await;
    match ask(shared, &wanted).await? {
        Home::Nowhere => Err(NOT_FOUND),
        Home::There(at) => Err(Reply::Elsewhere { at }),
        Home::Mine(room) => shared.rooms.by_id(room).ok_or(NOT_FOUND),
        Home::Free { revision, snapshot, ago_ms } => take(shared, revision, snapshot, ago_ms).await,
    }
}

async fn ask<B: Backend>(shared: &Arc<Shared<B>>, wanted: &Wanted) -> Result<Home, Reply> {
    shared.backend.home(wanted).await.map_err(|Unavailable| BUSY)
}

async fn take<B: Backend>(
    shared: &Arc<Shared<B>>,
    revision: u64,
    bytes: Vec<u8>,
    ago_ms: u32,
) -> Result<Handle, Reply> {
    let snapshot = Snapshot::from_bytes(&bytes).ok_or(NOT_FOUND)?;
    let (room, code) = (snapshot.id(), Text::new(snapshot.code()).unwrap_or_default());
    let kept = shared.backend.keep(room, &code, revision, bytes).await.map_err(|Unavailable| BUSY)?;
    // Another node was first: it is asked for there.
    let revision = kept.ok_or(BUSY)?;
    tracing::info!(ago_ms, "a class goes on here");
    let room = Room::restore(shared.now(), snapshot.later(ago_ms));
    begin(shared, room, revision).map_err(|refusal| Reply::Refused { refusal })
}

/// What of a room is kept for the other nodes.
pub(super) struct Keeper {
    /// None: it has ended.
    latest: watch::Sender<Option<Snapshot>>,
    ticks: u64,
    soon: bool,
}

impl Keeper {
    /// None for a server that is alone.
    pub fn start<B: Backend>(
        shared: &Arc<Shared<B>>,
        room: RoomId,
        revision: u64,
        inbox: mpsc::Sender<Note>,
    ) -> Option<Self> {
        if !shared.backend.is_one_of_many() {
            return None;
        }
        let (latest, snapshots) = watch::channel(None);
        tokio::spawn(keep(Arc::clone(shared), room, revision, snapshots, inbox));
        Some(Self { latest, ticks: SOON, soon: true })
    }

    /// What came in before the room has done it.
    pub fn comes(&mut self, now: Millis, input: &Input, room: &Room) {
        match input {
            Input::Tick => self.ticks += 1,
            // The last of it here.
            Input::Stopping => self.keep(now, room),
            Input::Enter(_) | Input::Invitation(_) => self.soon = true,
            Input::Ask(_, ask) => {
                self.soon |=
                    !matches!(ask, RoomAsk::Doing { .. } | RoomAsk::React { .. } | RoomAsk::Beat { .. });
            }
            _ => {}
        }
        if self.ticks >= TICKS_A_SECOND || (self.soon && self.ticks > SOON) {
            self.keep(now, room);
        }
    }

    fn keep(&mut self, now: Millis, room: &Room) {
        let snapshot = room.snapshot(now);
        (self.ticks, self.soon) = (0, false);
        if self.latest.borrow().as_ref().is_none_or(|last| snapshot.differs(last)) {
            self.latest.send_replace(Some(snapshot));
        }
    }

    /// It is over, for all nodes.
    pub fn ends(self) {
        self.latest.send_replace(None);
    }
}

/// Writes the newest; what can't be written now is, or something newer.
async fn keep<B: Backend>(
    shared: Arc<Shared<B>>,
    room: RoomId,
    mut revision: u64,
    mut snapshots: watch::Receiver<Option<Snapshot>>,
    inbox: mpsc::Sender<Note>,
) {
    let mut named = String::new();
    while snapshots.changed().await.is_ok() {
        loop {
            let Some(snapshot) = snapshots.borrow_and_update().clone() else {
                return end(&shared, room).await;
            };
            match write(&shared, revision, &snapshot, &named).await {
                Ok(Some(newer)) => {
                    (revision, named) = (newer, snapshot.code().to_owned());
                    break;
                }
                // Another node has taken it, since this one was not heard: its people go there.
                Ok(None) => {
                    let _ = inbox.send(Note::Input(Input::Stopping)).await;
                    return;
                }
                Err(Unavailable) => sleep(AGAIN).await,
            }
        }
    }
}

async fn write<B: Backend>(
    shared: &Shared<B>,
    revision: u64,
    snapshot: &Snapshot,
    named: &str,
) -> Result<Option<u64>, Unavailable> {
    let code = Text::new(snapshot.code()).unwrap_or_default();
    if named != &*code {
        shared.backend.name(snapshot.id(), &code).await?;
    }
    shared.backend.keep(snapshot.id(), &code, revision, snapshot.to_bytes()).await
}

async fn end<B: Backend>(shared: &Shared<B>, room: RoomId) {
    for _ in 0..ENDS {
        match shared.backend.ended(room).await {
            Ok(()) => return,
            Err(Unavailable) => sleep(AGAIN).await,
        }
    }
}
