//! A live room's task: runs its machine, thirty ticks a second, in front of the connections of who is in it.

use super::homes::Keeper;
use super::room::{facts, tell_consents};
use super::{Shared, wall_ms};
use crate::{Backend, lock};
use baro_sync::room::{Action, Entrant, Input, Room, TICKS_A_SECOND, Visit};
use baro_sync::{Actor, Facts, Millis, audit, code_of};
use baro_wire::limits::{CODE_BYTES, NODE_BYTES, NODES};
use baro_wire::room::{Offence, Speech};
use baro_wire::{Ask, List, PersonId, Refusal, Relation, Reply, RoomTold, Text};
use std::{
    collections::BTreeMap,
    mem,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};

/// Ticks after which it is looked which nodes there are.
const LOOK_AT_NODES: u64 = 2 * TICKS_A_SECOND;
/// Rooms of one server.
const ROOMS: usize = 1_024;
/// Inputs that wait for a room, and datagrams: a tick's of a full one, many times over.
const INBOX: usize = 1_024;

/// A room, from outside.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    pub inbox: mpsc::Sender<Note>,
    /// How people moved since the last note. The room sends figures on at its ticks, so none needs to wake it.
    moves: Arc<Mutex<Vec<Move>>>,
    /// Changes when the leader asks for a new one.
    pub code: Arc<Mutex<Text<CODE_BYTES>>>,
}

/// A datagram, and when it came.
type Move = (Millis, Visit, Vec<u8>);

#[derive(Debug)]
pub(super) enum Note {
    Comes(Box<Entrant>, Stay),
    Input(Input),
}

/// Somebody's connection.
#[derive(Debug)]
pub(super) struct Stay {
    pub quic: quinn::Connection,
    pub tell: mpsc::Sender<Tell>,
}

#[derive(Debug)]
pub(super) enum Tell {
    Reply(Reply),
    Told(RoomTold),
}

impl Handle {
    /// A datagram of somebody's: speech goes on at once, movement at the next tick. A room that is behind takes the next.
    pub fn datagram<B>(&self, shared: &Shared<B>, visit: Visit, bytes: &[u8]) {
        if bytes.first() == Some(&Speech::UP) {
            let _ = self.inbox.try_send(Note::Input(Input::Datagram(visit, bytes.to_vec())));
            return;
        }
        let mut moves = lock(&self.moves);
        if moves.len() < INBOX {
            moves.push((shared.now(), visit, bytes.to_vec()));
        }
    }
}

/// A room begins on a task of its own, or goes on as another node kept it in this revision.
pub(super) fn begin<B: Backend>(shared: &Arc<Shared<B>>, room: Room, kept: u64) -> Result<Handle, Refusal> {
    let (inbox, notes) = mpsc::channel(INBOX);
    let code = Text::new(room.code()).unwrap_or_default();
    let handle = Handle { inbox, moves: Arc::default(), code: Arc::new(Mutex::new(code)) };
    let mut open = lock(&shared.rooms.open);
    if open.len() >= ROOMS {
        return Err(Refusal::ServerFull { wait_ms: 60_000 });
    }
    open.insert(room.id(), handle.clone());
    drop(open);
    let keeper = Keeper::start(shared, room.id(), kept, handle.inbox.clone());
    let host = Host {
        shared: Arc::clone(shared),
        room,
        handle: handle.clone(),
        heard: Vec::new(),
        stays: BTreeMap::new(),
        keeper,
        nodes: Vec::new(),
        ticks: 0,
    };
    tokio::spawn(host.run(notes));
    Ok(handle)
}

/// A room's task.
struct Host<B> {
    shared: Arc<Shared<B>>,
    room: Room,
    handle: Handle,
    /// What was heard of [`Handle::moves`] last, empty.
    heard: Vec<Move>,
    stays: BTreeMap<Visit, Stay>,
    keeper: Option<Keeper>,
    /// What its people were told of where else it may go on.
    nodes: Vec<Text<NODE_BYTES>>,
    ticks: u64,
}

impl<B: Backend> Host<B> {
    async fn run(mut self, mut notes: mpsc::Receiver<Note>) {
        let mut tick = interval(Duration::from_nanos(1_000_000_000 / TICKS_A_SECOND));
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let (mut open, mut moves) = (true, false);
        while open {
            let note = tokio::select! {
                biased;
                _ = tick.tick() => Note::Input(Input::Tick),
                Some(note) = notes.recv() => note,
            };
            // What came before this is before it.
            open = self.hear_moves();
            let now = self.shared.now();
            let input = match note {
                Note::Input(input) => input,
                Note::Comes(entrant, stay) => {
                    self.stays.insert(entrant.visit, stay);
                    Input::Enter(entrant)
                }
            };
            let lost = if let Input::Lost(visit) = &input { Some(*visit) } else { None };
            moves = matches!(input, Input::Stopping);
            if let Some(keeper) = &mut self.keeper {
                keeper.comes(now, &input, &self.room);
                self.see_nodes(&input);
            }
            open &= self.act(now, input);
            if let Some(visit) = lost {
                self.stays.remove(&visit);
            }
        }
        lock(&self.shared.rooms.open).remove(&self.room.id());
        let refusal = match self.keeper.take() {
            // Asked again, they are told where it is.
            Some(_) if moves => Refusal::Busy { wait_ms: 500 },
            Some(keeper) => {
                keeper.ends();
                Refusal::NotFound
            }
            None => Refusal::NotFound,
        };
        // Who came in meanwhile is told that there is no such room.
        notes.close();
        while let Some(note) = notes.recv().await {
            if let Note::Comes(_, stay) = note {
                let _ = stay.tell.try_send(Tell::Reply(Reply::Refused { refusal }));
            }
        }
    }

    /// How people moved since it was heard last; false at the room's end.
    fn hear_moves(&mut self) -> bool {
        let mut moves = mem::take(&mut self.heard);
        mem::swap(&mut moves, &mut *lock(&self.handle.moves));
        let mut open = true;
        for (at, visit, bytes) in moves.drain(..) {
            open &= self.act(at, Input::Datagram(visit, bytes));
        }
        self.heard = moves;
        open
    }

    /// Who is in the room knows where else it may go on.
    fn see_nodes(&mut self, input: &Input) {
        if !matches!(input, Input::Tick) {
            return;
        }
        self.ticks += 1;
        if self.ticks % LOOK_AT_NODES != 1 {
            return;
        }
        let nodes = self.shared.backend.nodes();
        if nodes != self.nodes {
            self.nodes = nodes;
            let all: Vec<Visit> = self.stays.keys().copied().collect();
            all.into_iter().for_each(|visit| self.tell_nodes(visit));
        }
    }

    fn tell_nodes(&mut self, visit: Visit) {
        let at: Vec<_> = self.nodes.iter().take(NODES).cloned().collect();
        if let Ok(at) = List::new(at) {
            self.tell(visit, Tell::Told(RoomTold::Nodes { at }));
        }
    }

    /// One input, and what follows; false at the room's end.
    fn act(&mut self, now: Millis, input: Input) -> bool {
        let mut open = true;
        for action in self.room.handle(now, input) {
            match action {
                Action::Datagram(visit, bytes) => {
                    if let Some(stay) = self.stays.get(&visit) {
                        // Full: the oldest is dropped. Longer than the path takes by now: the next one is shorter.
                        let _ = stay.quic.send_datagram(bytes.into());
                    }
                }
                Action::Welcome(visit, reply) => {
                    self.tell(visit, Tell::Reply(reply));
                    if !self.nodes.is_empty() {
                        self.tell_nodes(visit);
                    }
                }
                Action::Refuse(visit, refusal) => {
                    self.tell(visit, Tell::Reply(Reply::Refused { refusal }));
                    self.stays.remove(&visit);
                }
                Action::Tell(visit, told) => self.tell(visit, Tell::Told(told)),
                Action::Close(visit) => {
                    self.stays.remove(&visit);
                }
                Action::Relate { viewer, of, known } => self.relate(viewer, of, known),
                Action::Look(actor) => self.look(actor),
                Action::Report(by, of, offence) => self.report(by, of, offence),
                Action::NewInvitation => self.invite(now),
                Action::End => open = false,
            }
        }
        open
    }

    fn tell(&mut self, visit: Visit, tell: Tell) {
        let Some(stay) = self.stays.get(&visit) else { return };
        // The machine keeps within the queue, so who does not take this is gone.
        if stay.tell.try_send(tell).is_err() {
            self.stays.remove(&visit);
        }
    }

    fn relate(&self, viewer: Actor, of: PersonId, known: Option<Relation>) {
        let (shared, inbox) = (Arc::clone(&self.shared), self.handle.inbox.clone());
        tokio::spawn(async move {
            let Ok(Facts { relation, .. }) = facts(&shared, viewer, of).await else { return };
            if known == Some(relation) {
                return;
            }
            let logged = shared.backend.log(vec![draft(viewer, Ask::SeeForm, of)]).await;
            // What can't be logged is not looked at.
            let relation = logged.map_or(Relation::Classmate, |()| relation);
            let related = Input::Related { viewer: viewer.person, of, relation };
            let _ = inbox.send(Note::Input(related)).await;
        });
    }

    fn look(&self, actor: Actor) {
        let (shared, room) = (Arc::clone(&self.shared), self.handle.clone());
        tokio::spawn(async move { tell_consents(&shared, actor, actor.person, &[room]).await });
    }

    fn report(&self, by: Actor, of: PersonId, offence: Offence) {
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            if shared.backend.log(vec![draft(by, offence.ask(), of)]).await.is_err() {
                shared.hub.counters.unavailable();
            }
        });
    }

    fn invite(&mut self, now: Millis) {
        let Some(code) = random().map(|bytes| code_of(&bytes)) else { return };
        lock(&self.handle.code).clone_from(&code);
        self.act(now, Input::Invitation(code));
    }
}

fn draft(actor: Actor, ask: Ask, about: PersonId) -> audit::Draft {
    audit::Draft { at_ms: wall_ms(), actor: actor.person, device: actor.device, ask, about }
}

pub(super) fn random() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}
