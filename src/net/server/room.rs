//! The way into live rooms, and everybody's stay in one: between their connection and the room's task.

use super::Shared;
use super::connection::is_heard;
use super::homes;
use super::host::{Handle, Note, Stay, Tell, begin, random};
use crate::frame::{self, FrameError, Reader};
use crate::{Backend, Unavailable, backend::Wanted, lock};
use baro_sync::room::{Entrant, Input, Opening, QUEUE, Room, Visit};
use baro_sync::{Actor, Attempts, Entering, Facts, Source, code_of};
use baro_wire::limits::{NAME_BYTES, ROOM_BYTES};
use baro_wire::room::Door;
use baro_wire::{Consents, PersonId, Refusal, Reply, Request, RoomAsk, RoomId, Text, Version, decode};
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
    task::consume_budget,
    time::{interval, timeout},
};

/// People of whom it is asked at the same time what they agree to.
const ASKING: usize = 16;
/// Datagrams of one person in a second; a program sends thirty, and fifty of somebody who speaks.
const DATAGRAMS_A_SECOND: u32 = 110;
/// How often it is looked how long the path's datagrams may be.
const LOOK_AT_PATH: Duration = Duration::from_secs(5);
/// How long the last words may take to be heard.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// All rooms of a server.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    pub(super) open: Mutex<BTreeMap<RoomId, Handle>>,
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
    // On its own, so that a datagram wakes nothing else of this.
    let mut mover = tokio::spawn(datagrams(Arc::clone(shared), quic.clone(), visit, room.clone()));
    let lost = tokio::select! {
        _ = ending.wait_for(|ending| *ending) => Ok(()),
        lost = listen(&mut reader, version, visit, &room) => lost,
        _ = &mut mover => Ok(()),
        () = watch_path(quic, visit, &room, path) => Ok(()),
        // The room has ended the stay, or nothing can be told any more; of a stay that is over this says nothing new.
        _ = &mut writer => Ok(()),
    };
    mover.abort();
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

pub(super) async fn facts<B: Backend>(
    shared: &Shared<B>,
    actor: Actor,
    of: PersonId,
) -> Result<Facts, Unavailable> {
    Ok(shared.backend.look(actor, Request::ReadConsents { person: of }).await?.0)
}

/// What somebody agrees to has changed: the rooms know it before it is acknowledged.
pub(super) async fn agrees<B: Backend>(shared: &Shared<B>, actor: Actor, person: PersonId) {
    let rooms = shared.rooms.all();
    if !rooms.is_empty() {
        tell_consents(shared, actor, person, &rooms).await;
    }
}

pub(super) async fn tell_consents<B: Backend>(
    shared: &Shared<B>,
    actor: Actor,
    person: PersonId,
    rooms: &[Handle],
) {
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

/// How somebody moves and speaks, until the connection ends. What is more than anybody needs is dropped here, so that it takes nobody's turn.
async fn datagrams<B: Backend>(shared: Arc<Shared<B>>, quic: quinn::Connection, visit: Visit, room: Handle) {
    let (mut since, mut count) = (Instant::now(), 0);
    while let Ok(bytes) = quic.read_datagram().await {
        if since.elapsed() >= Duration::from_secs(1) {
            (since, count) = (Instant::now(), 0);
        }
        count += 1;
        if count <= DATAGRAMS_A_SECOND {
            room.datagram(&shared, visit, &bytes);
        } else {
            consume_budget().await;
        }
    }
}

/// Tells the room when the path takes longer or shorter datagrams than before.
async fn watch_path(quic: &quinn::Connection, visit: Visit, room: &Handle, mut path_bytes: usize) {
    let mut look = interval(LOOK_AT_PATH);
    loop {
        look.tick().await;
        let now = path(quic);
        if now != path_bytes {
            path_bytes = now;
            let _ = room.inbox.try_send(Note::Input(Input::Path(visit, now)));
        }
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
