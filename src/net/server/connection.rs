//! One connection: its session, and the streams that feed it.
//!
//! Each stream is a task of its own: what a session says to one stream's event is for that stream, so the task does it and brings
//! what became of it, until there is an answer. Only pushes and the end are for the whole connection.

use super::hub::{Entry, Hears};
use super::{Shared, room, wall_ms};
use crate::frame::{self, FrameError, Reader};
use crate::transport::FRIEND_BYTES;
use crate::{Backend, Unavailable, lock};
use baro_sync::{
    Actor, Attempts, Context, Event, GREETING_MS, OPEN_REQUESTS, Session, SessionAction, Source, Stream,
    Write, Written,
};
use baro_wire::{
    DeviceId, Digest, Hello, Message, PersonId, PostBody, PostId, Push, Refusal, Reply, Request, Version,
    Welcome, decode,
};
use quinn::{RecvStream, SendStream, VarInt, ZeroRttAccepted};
use std::{
    sync::{
        Arc, Mutex, Weak,
        atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};
use tokio::{
    sync::{Notify, RwLock, Semaphore, watch},
    time::{sleep, timeout},
};

/// How long the last words may take.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// Somebody who is in a room and asks into another one waits for the end of their stay.
const ONE_ROOM_MS: u32 = 1_000;
/// Streams at once of who was greeted and has not signed in.
const STRANGER_STREAMS: u32 = 4;
const STREAMS: u32 = OPEN_REQUESTS as u32;
/// The codes with which a connection ends: for who looks at the network, programs don't read them.
const OVER: VarInt = VarInt::from_u32(0);
const STORE_SILENT: VarInt = VarInt::from_u32(1);
const NO_GREETING: VarInt = VarInt::from_u32(2);

pub(super) struct Connection<B> {
    id: u64,
    shared: Arc<Shared<B>>,
    quic: quinn::Connection,
    session: Mutex<Session>,
    /// Held to write while somebody signs in: what they ask waits until what that used up is on the disk.
    signing_in: RwLock<()>,
    version: Mutex<Version>,
    /// The newest note that was not pushed yet; a later one makes it needless.
    note: Mutex<Option<Push>>,
    noted: Notify,
    ending: watch::Sender<bool>,
    streams: Arc<Semaphore>,
    in_room: AtomicBool,
}

impl<B: Backend> Connection<B> {
    pub fn run(shared: &Arc<Shared<B>>, quic: quinn::Connection, greeted: ZeroRttAccepted, source: Source) {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let mut challenge = Digest::default();
        if getrandom::fill(&mut challenge.0).is_err() {
            return quic.close(OVER, b"");
        }
        let connection = Arc::new(Self {
            id: NEXT.fetch_add(1, Relaxed),
            shared: Arc::clone(shared),
            quic,
            session: Mutex::new(Session::new(shared.now(), source, challenge)),
            signing_in: RwLock::default(),
            version: Mutex::new(Version::V1),
            note: Mutex::default(),
            noted: Notify::new(),
            ending: watch::Sender::new(false),
            streams: Arc::new(Semaphore::new(OPEN_REQUESTS)),
            in_room: AtomicBool::new(false),
        });
        let weak: Weak<Self> = Arc::downgrade(&connection);
        shared.hub.add(connection.id, Entry { source, actor: None, connection: weak });
        tokio::spawn(async move {
            connection.serve(greeted).await;
            connection.shared.hub.remove(connection.id);
        });
    }

    async fn serve(self: &Arc<Self>, greeted: ZeroRttAccepted) {
        let (connected, mut notes) = (AtomicBool::new(false), None);
        tokio::select! {
            () = self.accept() => {}
            () = self.connect(greeted, &connected) => {}
            () = self.send_away_in_time() => {}
            () = self.push(&mut notes) => {}
        }
        if !connected.load(Relaxed) {
            self.shared.hub.counters.handshake_failed();
        }
        let last_words = async {
            let _ = self.streams.acquire_many(STREAMS).await;
            if let Some(notes) = &mut notes {
                is_heard(notes).await;
            }
        };
        let _ = timeout(LAST_WORDS, last_words).await;
        self.quic.close(OVER, b"");
    }

    /// Takes streams in until the connection is gone. What they began with the store runs to its end, even then.
    async fn accept(self: &Arc<Self>) {
        while let Ok((send, recv)) = self.quic.accept_bi().await
            && let Ok(permit) = Arc::clone(&self.streams).acquire_owned().await
        {
            let connection = Arc::clone(self);
            tokio::spawn(async move {
                connection.stream(send, recv).await;
                drop(permit);
            });
        }
    }

    async fn connect(&self, greeted: ZeroRttAccepted, connected: &AtomicBool) {
        greeted.await;
        if self.quic.close_reason().is_none() {
            connected.store(true, Relaxed);
            self.shared.hub.counters.connected();
        }
        std::future::pending().await
    }

    async fn send_away_in_time(&self) {
        sleep(Duration::from_millis(GREETING_MS + 1)).await;
        self.hear(Event::Tick);
        std::future::pending().await
    }

    /// Writes notes as they come, and ends with the last.
    async fn push(&self, stream: &mut Option<SendStream>) {
        let mut ending = self.ending.subscribe();
        loop {
            let last = tokio::select! {
                biased;
                _ = ending.wait_for(|ending| *ending) => true,
                () = self.noted.notified() => false,
            };
            let note = lock(&self.note).take();
            if let Some(note) = note
                && !matches!(timeout(LAST_WORDS, self.write_note(stream, &note)).await, Ok(Ok(())))
            {
                return;
            }
            if last {
                return;
            }
        }
    }

    async fn write_note(&self, stream: &mut Option<SendStream>, note: &Push) -> Result<(), FrameError> {
        let stream = match stream {
            Some(stream) => stream,
            none => none.insert(self.quic.open_uni().await.map_err(|_| FrameError::Ends)?),
        };
        let version = self.version();
        let bytes = frame::write(stream, note, version).await?;
        self.shared.hub.counters.went(bytes);
        Ok(())
    }

    async fn stream(self: &Arc<Self>, send: SendStream, recv: RecvStream) {
        let mut ending = self.ending.subscribe();
        let mut reader = Reader::new(recv, lock(&self.session).frame_bytes());
        let event = tokio::select! {
            _ = ending.wait_for(|ending| *ending) => return,
            event = self.first_event(&mut reader) => event,
        };
        let done = match event {
            Some(event) => self.carry_out(event, send, reader).await,
            None => return,
        };
        if done.is_err() {
            self.shared.hub.counters.unavailable();
            self.quic.close(STORE_SILENT, b"");
        }
    }

    /// What came on a stream; none where it broke off.
    async fn first_event(&self, reader: &mut Reader) -> Option<Event> {
        let (counters, stream) = (&self.shared.hub.counters, Stream(reader.recv.id().index()));
        let read = async {
            let payload = reader.next().await?.ok_or(FrameError::Ends)?;
            counters.came(payload.len());
            // Each connection's first stream greets.
            let event = if stream == Stream(0) {
                decode::<Hello>(&payload, Version::V1).map(Event::Hello)
            } else {
                decode(&payload, self.version()).map(|request| Event::Request(stream, request))
            };
            // Behind all but these the stream is over.
            if !matches!(event, Ok(Event::Request(_, Request::EnterRoom { .. }))) {
                reader.end().await?;
            }
            Ok(event?)
        };
        let event = match read.await {
            Err(FrameError::Read(_)) => return None,
            event => event,
        };
        if let Ok(Event::Request(_, request)) = &event {
            counters.asked(request.ask());
        }
        let recv = &reader.recv;
        if event.is_err() {
            counters.malformed();
        } else if recv.is_0rtt() {
            counters.early_greeting();
        }
        match event {
            Ok(event) => Some(event),
            Err(_) if stream == Stream(0) => {
                self.quic.close(NO_GREETING, b"");
                None
            }
            Err(_) => Some(Event::Malformed(stream)),
        }
    }

    /// From the event to the answer.
    async fn carry_out(
        self: &Arc<Self>,
        event: Event,
        mut send: SendStream,
        reader: Reader,
    ) -> Result<(), Unavailable> {
        let guess = matches!(event, Event::Request(_, Request::Pair { .. } | Request::SignIn { .. }));
        let mut alone = if guess { Some(self.signing_in.write().await) } else { None };
        let was = self.actor();
        let mut action = {
            let _others = if guess { None } else { Some(self.signing_in.read().await) };
            self.handle(event, guess)
        };
        while let Some(asked) = action {
            let event = match asked {
                SessionAction::Welcome(welcome) => {
                    self.greet(&welcome);
                    self.answer(&mut send, &welcome, Version::V1).await;
                    break;
                }
                SessionAction::Reply(_, version, reply) => {
                    if matches!(reply, Reply::Refused { .. }) {
                        self.shared.hub.counters.refused();
                    }
                    let actor = self.actor();
                    if let (Reply::SignedIn { role, .. }, Some(actor)) = (&reply, actor)
                        && role.is_staff()
                        && !self.shared.backend.use_factor(actor.person).await?
                    {
                        self.quic.close(OVER, b"");
                        return Ok(());
                    }
                    drop(alone.take());
                    if let Some(actor) = actor.filter(|_| actor != was) {
                        self.let_in(actor);
                    }
                    self.answer(&mut send, &reply, version).await;
                    if actor != was {
                        return self.check_again().await;
                    }
                    break;
                }
                // Its stream stays open.
                SessionAction::Enter(_, actor, consents, entering) => {
                    let way = room::Way { actor, consents, entering, send, reader };
                    self.stay(way).await;
                    break;
                }
                asked => self.ask_store(asked).await?,
            };
            action = self.handle(event, guess);
        }
        Ok(())
    }

    /// In a room. One at a time: its datagrams are the connection's.
    async fn stay(&self, mut way: room::Way) {
        if self.in_room.swap(true, Relaxed) {
            let refusal = Refusal::Busy { wait_ms: ONE_ROOM_MS };
            self.shared.hub.counters.refused();
            return self.answer(&mut way.send, &Reply::Refused { refusal }, self.version()).await;
        }
        room::visit(&self.shared, &self.quic, self.version(), way, self.ending.subscribe()).await;
        self.in_room.store(false, Relaxed);
    }

    /// What follows for the stream; pushes and the end are seen to here.
    fn handle(&self, event: Event, guess: bool) -> Option<SessionAction> {
        // Only who may be guessing is counted, so all others don't wait for each other's signatures to be checked.
        let mut uncounted = Attempts::default();
        let mut session = lock(&self.session);
        let mut attempts = guess.then(|| lock(&self.shared.attempts));
        let mut context = Context {
            now: self.shared.now(),
            wall_ms: wall_ms(),
            keys: self.shared.backend.keys(),
            attempts: attempts.as_deref_mut().unwrap_or(&mut uncounted),
        };
        let actions = session.handle(&mut context, event);
        drop((attempts, session));
        let mut of_stream = None;
        for action in actions {
            match action {
                SessionAction::Push(push) => {
                    *lock(&self.note) = Some(push);
                    self.noted.notify_one();
                }
                SessionAction::Close => {
                    self.ending.send_replace(true);
                }
                other => of_stream = Some(other),
            }
        }
        of_stream
    }

    async fn ask_store(self: &Arc<Self>, action: SessionAction) -> Result<Event, Unavailable> {
        let backend = &self.shared.backend;
        Ok(match action {
            SessionAction::Find(stream, device) => Event::Found(stream, backend.find(device).await?),
            SessionAction::Look(stream, actor, request) => {
                let (facts, data) = backend.look(actor, request).await?;
                Event::Looked(stream, facts, data)
            }
            SessionAction::Log(stream, drafts) => {
                backend.log(drafts).await?;
                Event::Logged(stream)
            }
            SessionAction::Write(stream, actor, write) => {
                let (post, agrees) = (posted(&write), changes_consents(&write));
                let written = backend.write(actor, write).await?;
                if matches!(written, Written::Done(_) | Written::Erased { .. }) {
                    self.spread(post);
                    match (agrees, actor) {
                        (Some((person, true)), _) => self.shared.rooms.gone(person).await,
                        (Some((person, false)), Some(actor)) => {
                            room::agrees(&self.shared, actor, person).await;
                        }
                        _ => {}
                    }
                }
                Event::Written(stream, written)
            }
            // `handle` keeps these, and an answer ends the stream.
            SessionAction::Welcome(_)
            | SessionAction::Enter(..)
            | SessionAction::Reply(..)
            | SessionAction::Push(_)
            | SessionAction::Close => {
                return Err(Unavailable);
            }
        })
    }

    /// Tells whom a post concerns that it is there.
    fn spread(&self, post: Option<(PostId, Option<DeviceId>)>) {
        let Some((post, revoked)) = post else { return };
        if let Some(device) = revoked {
            self.shared.hub.revoked(device);
        }
        let shared = Arc::clone(&self.shared);
        tokio::spawn(async move {
            for (person, cursor) in shared.backend.news(post).await {
                shared.hub.news(person, cursor);
            }
        });
    }

    fn version(&self) -> Version {
        *lock(&self.version)
    }

    fn actor(&self) -> Option<Actor> {
        lock(&self.session).actor()
    }

    fn greet(&self, welcome: &Welcome) {
        if let Welcome::Accepted { version, .. } = welcome {
            let agreed = Version::SERVED.iter().find(|served| served.number() == *version);
            *lock(&self.version) = agreed.copied().unwrap_or(Version::V1);
            self.quic.set_max_concurrent_bi_streams(STRANGER_STREAMS.into());
        }
    }

    fn let_in(&self, actor: Actor) {
        self.shared.hub.signed_in(self.id, actor);
        self.quic.set_max_concurrent_bi_streams(STREAMS.into());
        self.quic.set_receive_window(FRIEND_BYTES.into());
    }

    /// A device that was revoked before the hub knew its connection was not told, and a token does not know.
    async fn check_again(&self) -> Result<(), Unavailable> {
        if let Some(actor) = self.actor() {
            let account = self.shared.backend.find(actor.device).await?;
            if account.is_none_or(|account| account.revoked) {
                self.hear(Event::Revoked);
            }
        }
        Ok(())
    }

    /// Returns when the other side has it, or the connection is gone.
    async fn answer<M: Message + Sync>(&self, send: &mut SendStream, message: &M, version: Version) {
        if let Ok(bytes) = frame::write(send, message, version).await {
            self.shared.hub.counters.went(bytes);
            is_heard(send).await;
        }
    }
}

/// Whose consents a write changes, and whether it erases them.
const fn changes_consents(write: &Write) -> Option<(PersonId, bool)> {
    match write {
        Write::Post { post, .. } => match post.body {
            PostBody::Consent { .. } => Some((post.about, false)),
            PostBody::Erase => Some((post.about, true)),
            _ => None,
        },
        _ => None,
    }
}

/// A post that is to be written, and the device that it revokes.
const fn posted(write: &Write) -> Option<(PostId, Option<DeviceId>)> {
    match write {
        Write::Post { post, .. } => match post.body {
            PostBody::RevokeDevice { device } => Some((post.id, Some(device))),
            _ => Some((post.id, None)),
        },
        _ => None,
    }
}

pub(super) async fn is_heard(stream: &mut SendStream) {
    if stream.finish().is_ok() {
        let _ = stream.stopped().await;
    }
}

impl<B: Backend> Hears for Connection<B> {
    fn hear(&self, event: Event) {
        // Nothing of this is a stream's.
        let _ = self.handle(event, false);
    }
}
