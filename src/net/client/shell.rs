//! Runs a [`Client`]: every thread brings its inputs here, and what follows is put on its way under the same lock, so in order.

use super::dial::{Dialer, Fault, PATIENCE, new_socket, way_to};
use super::pair::exchange;
use crate::frame::{self, FrameError};
use crate::lock;
use baro_sync::{Action, AskId, Client, Conn, Content, Input, Key, Millis, OutboxFull, Row, Ticket, Told};
use baro_wire::{ChunkId, Cursor, Digest, Entry, Hello, Receipt, Reply, Request, Role, Version, Welcome};
use quinn::{Connection, Endpoint, ReadError, WriteError};
use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, mpsc},
    time::{Duration, Instant},
};
use tokio::{
    runtime::Handle,
    sync::{
        Notify,
        mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    },
    task::AbortHandle,
    time::{interval, sleep, sleep_until, timeout},
};

/// How often it is looked whether the machine's own address changed.
const LOOK_AROUND: Duration = Duration::from_secs(2);
/// How long the end of a connection may take to be said.
const FAREWELL: Duration = Duration::from_secs(1);

/// For the disk. As many as the machine lets be under way: about as many as its window has items.
pub(super) enum Job {
    Store(Row),
    Page { page: u64, after: u64, most: usize },
    Load(ChunkId),
    Settle(Key, Option<Box<Receipt>>),
    Keep(Vec<Entry>, Cursor),
    Prove(Conn, Digest),
}

#[derive(Debug)]
pub(super) struct Shell {
    dialer: Dialer,
    runtime: Handle,
    began: Instant,
    state: Mutex<State>,
    changed: Notify,
    closing: Notify,
}

#[derive(Debug)]
struct State {
    client: Client,
    wake_at: Option<Millis>,
    /// None when it is closed.
    disk: Option<UnboundedSender<Job>>,
    line: Option<Line>,
    /// Where the server was last, and from which of our addresses.
    way: Option<(SocketAddr, Option<IpAddr>)>,
    last_ask: AskId,
    asked: BTreeMap<AskId, mpsc::SyncSender<Option<Reply>>>,
    told: Told,
    fault: Option<Fault>,
}

/// The connection of now, or the attempt at one.
#[derive(Debug)]
struct Line {
    conn: Conn,
    attempt: AbortHandle,
    open: Option<(Endpoint, Connection)>,
}

impl Shell {
    pub fn new(client: Client, dialer: Dialer, runtime: Handle) -> (Arc<Self>, UnboundedReceiver<Job>) {
        let (disk, jobs) = unbounded_channel();
        let state = State {
            client,
            wake_at: None,
            disk: Some(disk),
            line: None,
            way: None,
            last_ask: AskId(0),
            asked: BTreeMap::new(),
            told: Told::Offline,
            fault: None,
        };
        let shell = Self {
            dialer,
            runtime,
            began: Instant::now(),
            state: Mutex::new(state),
            changed: Notify::new(),
            closing: Notify::new(),
        };
        (Arc::new(shell), jobs)
    }

    /// Time, for the machine, until it is closed.
    pub async fn run(self: Arc<Self>) {
        self.input(Input::Tick);
        let mut around = interval(LOOK_AROUND);
        loop {
            let wake_at = self.state().wake_at;
            tokio::select! {
                () = self.closing.notified() => break,
                () = self.changed.notified() => {}
                () = self.until(wake_at) => self.input(Input::Tick),
                _ = around.tick() => self.look_around(),
            }
        }
        let line = self.state().line.take();
        if let Some(Line { open: Some((endpoint, connection)), .. }) = line {
            connection.close(0u8.into(), b"");
            let _ = timeout(FAREWELL, endpoint.wait_idle()).await;
        }
    }

    pub fn input(self: &Arc<Self>, input: Input) {
        let mut state = self.state();
        if state.disk.is_none() {
            return;
        }
        let now = self.now();
        let actions = state.client.handle(now, input);
        // Asked with the same time, or what comes due in between would be missed.
        state.wake_at = state.client.wake_at(now);
        self.act(&mut state, actions);
        drop(state);
        self.changed.notify_one();
    }

    pub fn add(self: &Arc<Self>, key: Key, content: Content) -> Result<(), OutboxFull> {
        let mut state = self.state();
        let actions = state.client.add(key, content)?;
        self.act(&mut state, actions);
        Ok(())
    }

    pub fn ask(self: &Arc<Self>, request: Request) -> mpsc::Receiver<Option<Reply>> {
        let (answer, answered) = mpsc::sync_channel(1);
        let mut state = self.state();
        state.last_ask.0 += 1;
        let id = state.last_ask;
        state.asked.insert(id, answer);
        drop(state);
        self.input(Input::Ask(id, Box::new(request)));
        answered
    }

    pub fn told(&self) -> Told {
        self.state().told
    }

    pub fn fault(&self) -> Option<Fault> {
        self.state().fault
    }

    pub fn role(&self) -> Option<Role> {
        self.state().client.role()
    }

    pub fn close(&self) {
        self.state().disk = None;
        self.closing.notify_one();
    }

    /// A job of the disk that is tried again.
    pub fn later(self: &Arc<Self>, wait: Duration, job: Job) {
        let shell = Arc::clone(self);
        self.runtime.spawn(async move {
            sleep(wait).await;
            if let Some(disk) = &shell.state().disk {
                let _ = disk.send(job);
            }
        });
    }

    /// The connection is of no use: the machine is told that it is lost, and waits before the next.
    pub fn hang_up(&self, conn: Conn) {
        if let Some(connection) = self.connection(conn) {
            connection.close(0u8.into(), b"");
        }
    }

    /// The connection goes on from a new socket; where there is none, it is tried at once.
    pub fn moved(self: &Arc<Self>) {
        let state = self.state();
        if let Some((endpoint, connection)) = state.line.as_ref().and_then(|line| line.open.as_ref()) {
            let _within = self.runtime.enter();
            if let Ok(socket) = new_socket(connection.remote_address()) {
                let _ = endpoint.rebind(socket);
            }
        } else {
            drop(state);
            self.input(Input::TryNow);
        }
    }

    fn look_around(self: &Arc<Self>) {
        let Some((server, before)) = self.state().way else { return };
        let now = way_to(server);
        if now != before {
            self.state().way = Some((server, now));
            if now.is_some() {
                self.moved();
            }
        }
    }

    fn act(self: &Arc<Self>, state: &mut State, actions: Vec<Action>) {
        for action in actions {
            match action {
                Action::Connect(conn) => {
                    let attempt = self.runtime.spawn(Arc::clone(self).connect(conn)).abort_handle();
                    state.line = Some(Line { conn, attempt, open: None });
                }
                Action::Close(conn) => {
                    if let Some(line) = state.line.take_if(|line| line.conn == conn) {
                        line.attempt.abort();
                        if let Some((_, connection)) = line.open {
                            connection.close(0u8.into(), b"");
                        }
                    }
                }
                Action::Greet(conn, hello) => {
                    self.runtime.spawn(Arc::clone(self).greet(conn, hello));
                }
                Action::Send(conn, version, ticket, request) => {
                    self.runtime.spawn(Arc::clone(self).request(conn, version, ticket, request));
                }
                Action::Answer(id, reply) => {
                    if let Some(answer) = state.asked.remove(&id) {
                        let _ = answer.try_send(reply.map(|reply| *reply));
                    }
                }
                Action::Tell(told) => state.told = told,
                Action::Prove(conn, challenge) => state.to_disk(Job::Prove(conn, challenge)),
                Action::Store { row } => state.to_disk(Job::Store(row)),
                Action::Page { page, after, most } => state.to_disk(Job::Page { page, after, most }),
                Action::Load { chunk } => state.to_disk(Job::Load(chunk)),
                Action::Settle { key, receipt } => state.to_disk(Job::Settle(key, receipt)),
                Action::Keep { entries, cursor } => state.to_disk(Job::Keep(entries, cursor)),
            }
        }
    }

    /// From the attempt to the end of the connection.
    async fn connect(self: Arc<Self>, conn: Conn) {
        if let Err(fault) = self.reach(conn).await {
            self.state().fault = Some(fault);
        }
        self.input(Input::Lost(conn));
    }

    async fn reach(self: &Arc<Self>, conn: Conn) -> Result<(), Fault> {
        let addresses = self.dialer.addresses().await?;
        // Another one with each attempt.
        let to = addresses[usize::try_from(conn.0).unwrap_or(0).wrapping_sub(1) % addresses.len()];
        self.state().way = Some((to, way_to(to)));
        let (endpoint, connecting) = self.dialer.dial(to)?;
        // With a ticket of the connection before, the greeting goes at once.
        let connection = match connecting.into_0rtt() {
            Ok((connection, _)) => connection,
            Err(connecting) => match timeout(PATIENCE, connecting).await {
                Ok(connected) => connected.map_err(|error| Fault::of(&error))?,
                Err(_) => return Err(Fault::Unreachable),
            },
        };
        match self.state().line.as_mut().filter(|line| line.conn == conn) {
            Some(line) => line.open = Some((endpoint, connection.clone())),
            None => {
                connection.close(0u8.into(), b"");
                return Ok(());
            }
        }
        self.input(Input::Connected(conn));
        Err(Fault::of(&self.listen(conn, &connection).await))
    }

    /// The server's notes, until the connection ends.
    async fn listen(self: &Arc<Self>, conn: Conn, connection: &Connection) -> quinn::ConnectionError {
        if let Ok(mut notes) = connection.accept_uni().await {
            while let Ok(Some(push)) = frame::read_next(&mut notes, Version::NEWEST).await {
                self.input(Input::Pushed(conn, push));
            }
            // It ends only with the connection.
            connection.close(0u8.into(), b"");
        }
        connection.closed().await
    }

    async fn greet(self: Arc<Self>, conn: Conn, hello: Hello) {
        let Some(connection) = self.connection(conn) else { return };
        let greet = async {
            let answer = exchange::<_, Welcome>(&connection, &hello, Version::V1).await;
            // The server knows nothing of the ticket; now the handshake is done.
            if answer.as_ref().is_err_and(is_rejected) {
                return exchange(&connection, &hello, Version::V1).await;
            }
            answer
        };
        match timeout(PATIENCE, greet).await {
            Ok(Ok(welcome)) => {
                self.state().fault = None;
                self.input(Input::Welcomed(conn, welcome));
            }
            Ok(Err(_)) | Err(_) => self.hang_up(conn),
        }
    }

    async fn request(self: Arc<Self>, conn: Conn, version: Version, ticket: Ticket, request: Request) {
        let Some(connection) = self.connection(conn) else { return };
        match exchange::<_, Reply>(&connection, &request, version).await {
            Ok(reply) => self.input(Input::Replied(conn, ticket, reply)),
            // Nobody answers on this stream any more; on a new connection somebody will.
            Err(_) => self.hang_up(conn),
        }
    }

    async fn until(&self, at: Option<Millis>) {
        match at {
            Some(Millis(ms)) => sleep_until((self.began + Duration::from_millis(ms)).into()).await,
            None => std::future::pending().await,
        }
    }

    fn connection(&self, conn: Conn) -> Option<Connection> {
        let state = self.state();
        let line = state.line.as_ref().filter(|line| line.conn == conn)?;
        line.open.as_ref().map(|(_, connection)| connection.clone())
    }

    fn now(&self) -> Millis {
        Millis(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl State {
    fn to_disk(&self, job: Job) {
        if let Some(disk) = &self.disk {
            let _ = disk.send(job);
        }
    }
}

const fn is_rejected(error: &FrameError) -> bool {
    matches!(
        error,
        FrameError::Read(ReadError::ZeroRttRejected) | FrameError::Write(WriteError::ZeroRttRejected)
    )
}
