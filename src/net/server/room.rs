//! Live rooms: each a task that runs its machine, thirty ticks a second, in front of the connections of who is in it.

use super::connection::is_heard;
use super::homes::{self, Keeper};
use super::{Shared, wall_ms};
use crate::frame::{self, FrameError, Reader};
use crate::{Backend, Unavailable, backend::Wanted, lock};
use baro_sync::room::{Action, Entrant, Input, Opening, QUEUE, Room, TICKS_A_SECOND, Visit};
use baro_sync::{Actor, Attempts, Entering, Facts, Millis, Source, audit, code_of};
use baro_wire::limits::{CODE_BYTES, NAME_BYTES, NODE_BYTES, NODES, ROOM_BYTES};
use baro_wire::room::{Door, Offence};
use baro_wire::{
    Ask, Consents, List, PersonId, Refusal, Relation, Reply, Request, RoomAsk, RoomId, RoomTold, Text,
    Version, decode,
};
use quinn::SendStream;
use std::{
    collections::BTreeMap,
    hash::{BuildHasher as _, RandomState},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};
use tokio::{
    sync::{mpsc, watch},
    time::{MissedTickBehavior, interval, timeout},
};

/// People of whom it is asked at the same time what they agree to.
const ASKING: usize = 16;
/// Ticks after which it is looked which nodes there are.
const LOOK_AT_NODES: u64 = 2 * TICKS_A_SECOND;
/// Rooms of one server.
const ROOMS: usize = 1_024;
/// Inputs that wait for a room: a tick's datagrams of a full one, many times over.
const INBOX: usize = 1_024;
/// Datagrams of one person in a second; a program sends thirty, and fifty of somebody who speaks.
const DATAGRAMS_A_SECOND: u32 = 110;
/// How often it is looked how long the path's datagrams may be.
const LOOK_AT_PATH: Duration = Duration::from_secs(5);
/// How long the last words may take to be heard.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// All rooms of a server.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    open: Mutex<BTreeMap<RoomId, Handle>>,
    visits: AtomicU64,
    /// Guesses at invitations.
    attempts: Mutex<Attempts>,
    hasher: RandomState,
    /// What somebody agrees to is read and told one after the other, so that no older answer comes behind a newer one. By the person's last
    /// byte.
    asking: [tokio::sync::Mutex<()>; ASKING],
    /// One room after the other is taken over from a node that is gone.
    pub(super) taking: tokio::sync::Mutex<()>,
}

/// A room, from outside.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    inbox: mpsc::Sender<Note>,
    /// Changes when the leader asks for a new one.
    code: Arc<Mutex<Text<CODE_BYTES>>>,
}

#[derive(Debug)]
pub(super) enum Note {
    Comes(Box<Entrant>, Stay),
    Input(Input),
}

/// Somebody's connection.
#[derive(Debug)]
pub(super) struct Stay {
    quic: quinn::Connection,
    tell: mpsc::Sender<Tell>,
}

#[derive(Debug)]
enum Tell {
    Reply(Reply),
    Told(RoomTold),
}

/// Who comes in, how, and the stream on which they do.
pub(super) struct Way {
    pub actor: Actor,
    pub consents: Consents,
    pub entering: Entering,
    pub send: SendStream,
    pub reader: Reader,
}

impl Rooms {
    /// Everybody is told that their room goes on elsewhere.
    pub fn stop(&self) {
        for room in lock(&self.open).values() {
            let _ = room.inbox.try_send(Note::Input(Input::Stopping));
        }
    }

    fn by_code(&self, code: &str) -> Option<Handle> {
        let typed = typed(code);
        let open = lock(&self.open);
        let found = open.values().find(|room| lock(&room.code).eq_ignore_ascii_case(&typed));
        found.cloned()
    }

    pub(super) fn by_id(&self, id: RoomId) -> Option<Handle> {
        lock(&self.open).get(&id).cloned()
    }

    fn all(&self) -> Vec<Handle> {
        lock(&self.open).values().cloned().collect()
    }

    /// Somebody is erased: no room holds them any more.
    pub async fn gone(&self, person: PersonId) {
        for room in self.all() {
            let _ = room.inbox.send(Note::Input(Input::Gone(person))).await;
        }
    }

    /// Something about a person was changed at another server.
    pub async fn changed(&self, person: PersonId) {
        for room in self.all() {
            let _ = room.inbox.send(Note::Input(Input::Changed(person))).await;
        }
    }

    /// Guesses are counted by account: an address is shared by a clinic.
    fn source(&self, actor: Actor) -> Source {
        self.hasher.hash_one((b"room", actor.person))
    }
}

/// Somebody's stay in a room, from their request, which is allowed, to the end of the stream.
pub(super) async fn visit<B: Backend>(
    shared: &Arc<Shared<B>>,
    quic: &quinn::Connection,
    version: Version,
    way: Way,
    mut ending: watch::Receiver<bool>,
) {
    let Way { actor, consents, entering: Entering { door, called, shows }, mut send, mut reader } = way;
    let room = match behind(shared, actor, &door).await {
        Ok(room) => room,
        Err(reply) => {
            if let Reply::Refused { .. } = reply {
                shared.hub.counters.refused();
            }
            let _ = frame::write(&mut send, &reply, version).await;
            let _ = timeout(LAST_WORDS, is_heard(&mut send)).await;
            return;
        }
    };
    let visit = Visit(shared.rooms.visits.fetch_add(1, Relaxed));
    let seen = if let Door::Back { seen, .. } = door { Some(seen) } else { None };
    let path = path(quic);
    let entrant = Entrant { visit, actor, consents, called, shows, seen, path };
    let (tell, tells) = mpsc::channel(QUEUE + 8);
    let comes = Note::Comes(Box::new(entrant), Stay { quic: quic.clone(), tell });
    if room.inbox.send(comes).await.is_err() {
        return;
    }
    reader.limit(ROOM_BYTES);
    let mut writer = tokio::spawn(write(send, tells, version, visit, room.inbox.clone()));
    let lost = tokio::select! {
        _ = ending.wait_for(|ending| *ending) => Ok(()),
        lost = listen(&mut reader, version, visit, &room) => lost,
        () = datagrams(quic, visit, &room, path) => Ok(()),
        // The room has ended the stay, or nothing can be told any more; of a stay that is over this says nothing new.
        _ = &mut writer => Ok(()),
    };
    let end = match lost {
        Err(FrameError::Decode(_) | FrameError::Ends) => {
            shared.hub.counters.malformed();
            Input::Malformed(visit)
        }
        _ => Input::Lost(visit),
    };
    let told = matches!(end, Input::Malformed(_));
    let _ = room.inbox.send(Note::Input(end)).await;
    if told {
        let _ = timeout(LAST_WORDS, writer).await;
    }
}

/// The longest datagram that the path takes now.
fn path(quic: &quinn::Connection) -> usize {
    quic.max_datagram_size().unwrap_or_default()
}

/// The room behind a door, or what is answered instead.
async fn behind<B: Backend>(shared: &Arc<Shared<B>>, actor: Actor, door: &Door) -> Result<Handle, Reply> {
    let (rooms, refused) = (&shared.rooms, |refusal| Reply::Refused { refusal });
    match door {
        Door::Open { title } => open(shared, actor, title).map_err(refused),
        Door::Back { room, .. } => match rooms.by_id(*room) {
            Some(room) => Ok(room),
            None => homes::find(shared, Wanted::Room(*room)).await,
        },
        Door::Invited { code } => {
            let source = rooms.source(actor);
            if let Err(wait_ms) = lock(&rooms.attempts).check(shared.now(), source) {
                let wait_s = u32::try_from(wait_ms.div_ceil(1_000)).unwrap_or(u32::MAX);
                return Err(refused(Refusal::TooManyAttempts { wait_s }));
            }
            let found = match rooms.by_code(code) {
                Some(room) => Ok(room),
                None => homes::find(shared, Wanted::Code(Text::new(typed(code)).unwrap_or_default())).await,
            };
            if let Err(Reply::Refused { refusal: Refusal::NotFound }) = found {
                lock(&rooms.attempts).failed(shared.now(), source);
            }
            found
        }
    }
}

/// An invitation as people type it.
fn typed(code: &str) -> String {
    let signs = code.chars().filter(char::is_ascii_alphanumeric);
    signs.map(|sign| sign.to_ascii_uppercase()).collect()
}

/// A new room.
fn open<B: Backend>(
    shared: &Arc<Shared<B>>,
    actor: Actor,
    title: &Text<NAME_BYTES>,
) -> Result<Handle, Refusal> {
    let busy = Refusal::Busy { wait_ms: 1_000 };
    let (Some(id), Some(code)) = (random().map(RoomId), random().map(|bytes| code_of(&bytes))) else {
        return Err(busy);
    };
    let Actor { organisation, person: by, .. } = actor;
    let opening = Opening { id, organisation, title: title.clone(), code, by };
    begin(shared, Room::new(shared.now(), opening), 0)
}

/// A room begins on a task of its own, or goes on as another node kept it in this revision.
pub(super) fn begin<B: Backend>(shared: &Arc<Shared<B>>, room: Room, kept: u64) -> Result<Handle, Refusal> {
    let (inbox, notes) = mpsc::channel(INBOX);
    let code = Text::new(room.code()).unwrap_or_default();
    let handle = Handle { inbox, code: Arc::new(Mutex::new(code)) };
    let mut open = lock(&shared.rooms.open);
    if open.len() >= ROOMS {
        return Err(Refusal::ServerFull { wait_ms: 60_000 });
    }
    open.insert(room.id(), handle.clone());
    drop(open);
    let keeper = Keeper::start(shared, room.id(), kept, handle.inbox.clone());
    let (shared, stays, handle_of) = (Arc::clone(shared), BTreeMap::new(), handle.clone());
    let host = Host { shared, room, handle: handle_of, stays, keeper, nodes: Vec::new(), ticks: 0 };
    tokio::spawn(host.run(notes));
    Ok(handle)
}

fn random() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

async fn facts<B: Backend>(shared: &Shared<B>, actor: Actor, of: PersonId) -> Result<Facts, Unavailable> {
    Ok(shared.backend.look(actor, Request::ReadConsents { person: of }).await?.0)
}

/// What somebody agrees to has changed: the rooms know it before it is acknowledged.
pub(super) async fn agrees<B: Backend>(shared: &Shared<B>, actor: Actor, person: PersonId) {
    let rooms = shared.rooms.all();
    if !rooms.is_empty() {
        tell_consents(shared, actor, person, &rooms).await;
    }
}

async fn tell_consents<B: Backend>(shared: &Shared<B>, actor: Actor, person: PersonId, rooms: &[Handle]) {
    let at = usize::from(person.0[person.0.len() - 1]) % ASKING;
    let _in_turn = shared.rooms.asking[at].lock().await;
    let input = match facts(shared, actor, person).await {
        Ok(facts) if facts.erased => Input::Gone(person),
        Ok(facts) => Input::Consents(person, facts.consents),
        // Who can't be asked about agrees to nothing.
        Err(Unavailable) => Input::Consents(person, Consents::NONE),
    };
    for room in rooms {
        let _ = room.inbox.send(Note::Input(input.clone())).await;
    }
}

/// What somebody says on their stream, until it ends.
async fn listen(
    reader: &mut Reader,
    version: Version,
    visit: Visit,
    room: &Handle,
) -> Result<(), FrameError> {
    while let Some(payload) = reader.next().await? {
        let ask: RoomAsk = decode(&payload, version)?;
        if room.inbox.send(Note::Input(Input::Ask(visit, ask))).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// How somebody moves, until the connection ends. What is more than anybody needs is dropped here, so that it takes nobody's turn.
async fn datagrams(quic: &quinn::Connection, visit: Visit, room: &Handle, mut path_bytes: usize) {
    let mut look = interval(LOOK_AT_PATH);
    let (mut since, mut count) = (Instant::now(), 0);
    loop {
        let input = tokio::select! {
            datagram = quic.read_datagram() => {
                let Ok(bytes) = datagram else { return };
                if since.elapsed() >= Duration::from_secs(1) {
                    (since, count) = (Instant::now(), 0);
                }
                count += 1;
                if count > DATAGRAMS_A_SECOND {
                    continue;
                }
                Input::Datagram(visit, bytes.to_vec())
            }
            _ = look.tick() => {
                let now = path(quic);
                if now == path_bytes {
                    continue;
                }
                path_bytes = now;
                Input::Path(visit, now)
            }
        };
        // A room that is behind takes the next.
        let _ = room.inbox.try_send(Note::Input(input));
    }
}

/// Writes what the room tells, until it ends the stay.
async fn write(
    mut send: SendStream,
    mut tells: mpsc::Receiver<Tell>,
    version: Version,
    visit: Visit,
    inbox: mpsc::Sender<Note>,
) {
    while let Some(tell) = tells.recv().await {
        let (written, told) = match tell {
            Tell::Reply(reply) => (frame::write(&mut send, &reply, version).await, 0),
            Tell::Told(told) => (frame::write(&mut send, &told, version).await, 1),
        };
        if written.is_err() {
            return;
        }
        if told > 0 && inbox.send(Note::Input(Input::Sent(visit, told))).await.is_err() {
            break;
        }
    }
    let _ = timeout(LAST_WORDS, is_heard(&mut send)).await;
}

/// A room's task.
struct Host<B> {
    shared: Arc<Shared<B>>,
    room: Room,
    handle: Handle,
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
            open = self.act(now, input);
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
