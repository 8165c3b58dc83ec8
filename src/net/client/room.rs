//! Somebody's way into a live room: a connection of its own, so that a class and a session's chunks don't wait for each other.

use super::dial::{Dialer, Fault, PATIENCE};
use super::link::StartError;
use super::pair::exchange;
use super::voice::{SAID, VoiceLine};
use super::ways::{Silence, Ways};
use crate::{Address, frame, lock, transport};
use baro_sync::Backoff;
use baro_sync::Millis;
use baro_sync::room::{
    Guest, GuestAction, GuestInput, Over, TICKS_A_SECOND, View,
    receive::{Drawn, Receiver},
};
use baro_wire::limits::CALLED_BYTES;
use baro_wire::pose::{Encoder, Figure};
use baro_wire::room::{Door, Down, Happening, Shows, Slot, Speech};
use baro_wire::{
    DeviceId, Digest, Hello, PersonProof, Refusal, Reply, Request, RoomAsk, RoomTold, Signature, Text,
    Version, Welcome,
};
use quinn::{Connection, RecvStream, SendStream};
use std::{
    collections::VecDeque,
    io,
    sync::{Arc, Mutex, MutexGuard},
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};
use tokio::{
    sync::{
        Notify,
        mpsc::{Receiver as Queue, Sender, channel},
    },
    time::{MissedTickBehavior, interval, sleep, sleep_until, timeout},
};

/// What is asked and not yet on its way; more is refused: nobody presses so fast.
const ASKS: usize = 64;
/// What happened and was not fetched; the oldest is forgotten.
const EVENTS: usize = 256;
/// What came on the room's stream and was not looked at.
const TOLD: usize = 64;
/// A stream that takes nothing for so long is given up.
const STUCK: Duration = Duration::from_secs(5);
/// A class shows that its people are there: a home router's way stays open, and who is gone is noticed soon.
const FAREWELL: Duration = Duration::from_secs(1);

/// Who enters, and where.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The server.
    pub server: Address,
    /// The device, as it was paired.
    pub device: DeviceId,
    /// Which room.
    pub door: Door,
    /// What the others call them.
    pub called: Text<CALLED_BYTES>,
    /// What the others see of them.
    pub shows: Shows,
}

/// Signs the connection's challenge with the device's key, and shows that the person is there.
pub type Prove = Box<dyn Fn(&Digest) -> Option<(Signature, PersonProof)> + Send>;

/// What happened, to be told to the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RoomEvent {
    /// Inside, also after a break.
    Entered,
    /// Something in the room; `missed`: something before it is no longer known.
    Happened {
        /// What.
        what: Happening,
        /// Was something lost before it?
        missed: bool,
    },
    /// What was asked is not done.
    Refused(Refusal),
    /// That was it.
    Over(Over),
}

/// Somebody's stay in a live room, on a thread of its own. No call here waits, but to end it.
#[derive(Debug)]
pub struct RoomLink {
    shared: Arc<Shared>,
    asks: Sender<RoomAsk>,
    voice: VoiceLine,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
struct Shared {
    began: Instant,
    state: Mutex<State>,
    closing: Notify,
}

#[derive(Debug)]
struct State {
    guest: Guest,
    receiver: Receiver,
    encoder: Encoder,
    /// The newest own figure; none: nobody is to be seen.
    figure: Option<Figure>,
    events: VecDeque<RoomEvent>,
    fault: Option<Fault>,
    over: bool,
}

impl RoomLink {
    /// Connects, signs in and enters; comes back after every break.
    pub fn enter(visitor: Visitor, prove: Prove) -> Result<Self, StartError> {
        let mut seed = [0; 8];
        getrandom::fill(&mut seed).map_err(io::Error::from)?;
        let backoff = Backoff::new(u64::from_le_bytes(seed));
        let Visitor { server, device, door, called, shows } = visitor;
        let state = State {
            guest: Guest::new(door, called, shows, backoff),
            receiver: Receiver::default(),
            encoder: Encoder::default(),
            figure: None,
            events: VecDeque::new(),
            fault: None,
            over: false,
        };
        let shared =
            Arc::new(Shared { began: Instant::now(), state: Mutex::new(state), closing: Notify::new() });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let ways = Ways::new((server.host.clone(), server.port));
        let dialer = Dialer::with(server, transport::room())?;
        let ((asks, asked), (say, said)) = (channel(ASKS), channel(SAID));
        let voice = VoiceLine { said: say, heard: Arc::default() };
        let stay = Stay {
            shared: Arc::clone(&shared),
            dialer,
            ways,
            device,
            prove,
            token: None,
            asked,
            said,
            voice: voice.clone(),
        };
        let thread =
            Builder::new().name("room-net".to_owned()).spawn(move || runtime.block_on(stay.run()))?;
        Ok(Self { shared, asks, voice, thread: Some(thread) })
    }

    /// Says something in the room. False: too much is waiting, or it is over.
    pub fn ask(&self, ask: RoomAsk) -> bool {
        self.asks.try_send(ask).is_ok()
    }

    /// For a microphone and what plays the others. Nothing comes before [`RoomAsk::Voice`].
    pub fn voice(&self) -> VoiceLine {
        self.voice.clone()
    }

    /// The own figure from now on, in the room's frame; none: not to be seen.
    pub fn show(&self, figure: Option<Figure>) {
        self.shared.state().figure = figure;
    }

    /// What happened since this was asked last.
    pub fn events(&self) -> Vec<RoomEvent> {
        self.shared.state().events.drain(..).collect()
    }

    /// Looks at how things stand: the room and its people, of the time before while the connection is lost.
    pub fn look<R>(&self, at: impl FnOnce(&View, Option<Slot>) -> R) -> R {
        let state = self.shared.state();
        at(state.guest.view(), state.guest.slot())
    }

    /// Everybody's figure to be drawn now.
    pub fn draw(&self) -> Vec<(Slot, Drawn)> {
        let now = self.shared.now();
        self.shared.state().receiver.draw(now)
    }

    /// The room's time, milliseconds.
    pub fn room_ms(&self) -> f64 {
        let now = self.shared.now();
        self.shared.state().receiver.room_ms(now)
    }

    /// Is it in the room now?
    pub fn is_inside(&self) -> bool {
        self.shared.state().guest.is_inside()
    }

    /// Why the server was not reached; none while it is.
    pub fn fault(&self) -> Option<Fault> {
        self.shared.state().fault
    }
}

impl Drop for RoomLink {
    fn drop(&mut self) {
        self.shared.closing.notify_one();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn now(&self) -> Millis {
        Millis(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// One input for the guest; what is to be sent comes back.
    fn input(&self, input: GuestInput) -> Vec<GuestAction> {
        let now = self.now();
        let mut state = self.state();
        let mut out = Vec::new();
        for action in state.guest.handle(now, input) {
            match action {
                GuestAction::Enter(_)
                | GuestAction::Say(_)
                | GuestAction::SignIn
                | GuestAction::Elsewhere(_)
                | GuestAction::Nodes(_) => out.push(action),
                GuestAction::Entered { time_ms, .. } => {
                    state.receiver.enter(now, time_ms);
                    state.encoder = Encoder::default();
                    state.note(RoomEvent::Entered);
                }
                GuestAction::Happened { what, missed } => state.note(RoomEvent::Happened { what, missed }),
                GuestAction::Hidden(slot) => state.receiver.hidden(slot),
                GuestAction::Refused(why) => state.note(RoomEvent::Refused(why)),
                GuestAction::Over(over) => {
                    state.over = true;
                    state.note(RoomEvent::Over(over));
                }
            }
        }
        out
    }

    fn is_over(&self) -> bool {
        self.state().over
    }

    /// The datagram of this tick; none while not inside.
    fn up(&self) -> Option<Vec<u8>> {
        let now = self.now();
        let mut state = self.state();
        if !state.guest.is_inside() {
            return None;
        }
        let mut blob = Vec::new();
        if let Some(figure) = state.figure {
            let time_ms = state.receiver.room_ms(now) as u64 as u16;
            state.encoder.encode(time_ms, &figure, &mut blob);
        }
        let mut bytes = Vec::new();
        state.receiver.up(now, blob).write(&mut bytes);
        Some(bytes)
    }

    fn down(&self, bytes: &[u8]) {
        // What can't be read is not for this version.
        let Ok(down) = Down::read(bytes) else { return };
        let now = self.now();
        let mut state = self.state();
        for key in state.receiver.came(now, &down) {
            state.encoder.acknowledged(key);
        }
    }
}

impl State {
    fn note(&mut self, event: RoomEvent) {
        if self.events.len() == EVENTS {
            self.events.pop_front();
        }
        self.events.push_back(event);
    }
}

/// What came on the room's stream, by the number of the stream.
enum Came {
    Reply(Reply),
    Told(RoomTold),
    End,
}

/// The thread's own.
struct Stay {
    shared: Arc<Shared>,
    dialer: Dialer,
    ways: Ways,
    device: DeviceId,
    prove: Prove,
    /// Of the last sign-in: who leads is not asked for new digits after each break.
    token: Option<Vec<u8>>,
    asked: Queue<RoomAsk>,
    said: Queue<Vec<u8>>,
    voice: VoiceLine,
}

/// One stream after the other on one connection.
struct Stream {
    number: u64,
    send: SendStream,
}

impl Stay {
    async fn run(mut self) {
        let shared = Arc::clone(&self.shared);
        let mut closing = std::pin::pin!(shared.closing.notified());
        while !shared.is_over() {
            let visit = self.visit();
            let fault = tokio::select! {
                () = &mut closing => return,
                fault = visit => fault,
            };
            shared.state().fault = fault;
            shared.input(GuestInput::Offline);
            if shared.is_over() {
                return;
            }
            let wait = self.ways.wait(shared.began.elapsed().subsec_nanos());
            tokio::select! {
                () = &mut closing => return,
                () = sleep(wait) => {}
            }
        }
    }

    /// From the attempt to the end of one connection; why it was not one.
    async fn visit(&mut self) -> Option<Fault> {
        let (endpoint, connection) = match self.ways.reach(&self.dialer).await {
            Ok(reached) => reached,
            Err(fault) => return Some(fault),
        };
        // Ends the connection also where this is dropped in the middle.
        let _end = Ends(connection.clone());
        self.shared.state().fault = None;
        if let Ok(Some(version)) = timeout(PATIENCE, self.sign_in(&connection)).await {
            self.stay(&connection, version).await;
        }
        connection.close(0u8.into(), b"");
        let farewell = async move { timeout(FAREWELL, endpoint.wait_idle()).await };
        if self.shared.is_over() {
            let _ = farewell.await;
        } else {
            // Who comes back does not wait for a server that may be gone.
            tokio::spawn(farewell);
        }
        None
    }

    /// Greets and signs in: with the token of before where that is still good.
    async fn sign_in(&mut self, connection: &Connection) -> Option<Version> {
        let program = Text::new(concat!("baro ", env!("CARGO_PKG_VERSION"))).unwrap_or_default();
        let welcome = exchange(connection, &Hello::new(program), Version::V1).await.ok()?;
        let Welcome::Accepted { version, challenge, .. } = welcome else {
            return self.refused(Refusal::Malformed);
        };
        let version = *Version::SERVED.iter().find(|served| served.number() == version)?;
        if version < Version::V3 {
            return self.over(Over::OldServer);
        }
        if let Some(token) = self.token.clone()
            && let Ok(bytes) = baro_wire::Bytes::new(token)
        {
            let resume = Request::Resume { token: bytes };
            // A break in the middle says nothing about the token.
            if let Reply::Resumed { .. } = exchange(connection, &resume, version).await.ok()? {
                return Some(version);
            }
            self.token = None;
        }
        let Some((proof, person)) = (self.prove)(&challenge) else {
            return self.refused(Refusal::SignIn);
        };
        let request = Request::SignIn { device: self.device, proof, person };
        match exchange(connection, &request, version).await.ok()? {
            Reply::SignedIn { token, .. } => {
                self.token = Some(token.to_vec());
                Some(version)
            }
            Reply::Refused { refusal: Refusal::Busy { .. } | Refusal::ServerFull { .. } } => None,
            Reply::Refused { refusal } => self.refused(refusal),
            _ => None,
        }
    }

    fn refused<T>(&self, why: Refusal) -> Option<T> {
        self.over(Over::Refused(why))
    }

    /// There is no use in trying again.
    fn over<T>(&self, why: Over) -> Option<T> {
        let mut state = self.shared.state();
        state.over = true;
        state.note(RoomEvent::Over(why));
        None
    }

    /// In and out of the room until the connection ends.
    async fn stay(&mut self, connection: &Connection, version: Version) {
        let (tell, mut told) = channel(TOLD);
        let mut tick = interval(Duration::from_micros(1_000_000 / TICKS_A_SECOND));
        tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
        let (mut stream, mut number, mut silence) = (None::<Stream>, 0, Silence::new());
        let mut actions: VecDeque<_> = self.shared.input(GuestInput::Online).into();
        loop {
            while let Some(action) = actions.pop_front() {
                let done = match action {
                    GuestAction::Enter(request) => {
                        number += 1;
                        stream = open(connection, &request, version, number, &tell).await;
                        stream.is_some()
                    }
                    GuestAction::Say(ask) => match &mut stream {
                        Some(open) => say(open, &ask, version).await,
                        None => true,
                    },
                    // With the next connection, and without the token that is over.
                    GuestAction::SignIn => {
                        self.token = None;
                        return;
                    }
                    GuestAction::Elsewhere(at) => {
                        self.ways.sent_to(&at);
                        return;
                    }
                    GuestAction::Nodes(at) => {
                        self.ways.nodes(at.iter().map(|at| &**at));
                        true
                    }
                    _ => true,
                };
                if !done {
                    stream = None;
                    actions.extend(self.shared.input(GuestInput::Closed));
                }
            }
            if self.shared.is_over() {
                return;
            }
            let wake_at = self.shared.state().guest.wake_at();
            let input = tokio::select! {
                _ = connection.closed() => return,
                datagram = connection.read_datagram() => {
                    let Ok(bytes) = datagram else { return };
                    match bytes.first() {
                        Some(&Speech::DOWN) => self.voice.came(&bytes),
                        _ => self.shared.down(&bytes),
                    }
                    continue;
                }
                _ = tick.tick() => {
                    if let Some(bytes) = self.shared.up() {
                        if !self.ways.inside(&mut silence, connection) {
                            return;
                        }
                        // Too large for the path now, or full: the next one says it anew.
                        let _ = connection.send_datagram(bytes.into());
                    }
                    continue;
                }
                Some(bytes) = self.said.recv() => {
                    if self.shared.state().guest.is_inside() {
                        let _ = connection.send_datagram(bytes.into());
                    }
                    continue;
                }
                Some(ask) = self.asked.recv() => GuestInput::Ask(ask),
                Some((of, came)) = told.recv() => match came {
                    _ if stream.as_ref().is_none_or(|stream| stream.number != of) => continue,
                    Came::Reply(reply) => GuestInput::Answered(reply),
                    Came::Told(told) => GuestInput::Told(told),
                    Came::End => GuestInput::Closed,
                },
                () = until(self.shared.began, wake_at) => GuestInput::Tick,
            };
            actions.extend(self.shared.input(input));
        }
    }
}

/// A connection that ends when nobody holds on to it any more.
struct Ends(Connection);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.close(0u8.into(), b"");
    }
}

async fn until(began: Instant, at: Option<Millis>) {
    match at {
        Some(Millis(ms)) => sleep_until((began + Duration::from_millis(ms)).into()).await,
        None => std::future::pending().await,
    }
}

/// A stream for the room; what comes on it is told by its number.
async fn open(
    connection: &Connection,
    request: &Request,
    version: Version,
    number: u64,
    tell: &Sender<(u64, Came)>,
) -> Option<Stream> {
    let (mut send, recv) = timeout(STUCK, connection.open_bi()).await.ok()?.ok()?;
    timeout(STUCK, frame::write(&mut send, request, version)).await.ok()?.ok()?;
    tokio::spawn(listen(recv, version, number, tell.clone()));
    Some(Stream { number, send })
}

async fn say(stream: &mut Stream, ask: &RoomAsk, version: Version) -> bool {
    matches!(timeout(STUCK, frame::write(&mut stream.send, ask, version)).await, Ok(Ok(_)))
}

/// The answer, then what is told, until the stream ends.
async fn listen(mut recv: RecvStream, version: Version, number: u64, tell: Sender<(u64, Came)>) {
    if let Ok(Some(reply)) = frame::read_next(&mut recv, version).await {
        let mut came = Came::Reply(reply);
        while tell.send((number, came)).await.is_ok() {
            match frame::read_next(&mut recv, version).await {
                Ok(Some(told)) => came = Came::Told(told),
                _ => break,
            }
        }
    }
    let _ = tell.send((number, Came::End)).await;
}
