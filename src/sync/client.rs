//! The device's side of a connection, and what runs over it.
//!
//! Call [`Client::handle`] with each input and at [`Client::wake_at`]; do its actions in their order. After a restart, build it anew
//! from what the disk holds; nothing else is kept.

mod types;

pub use types::{Action, AskId, Conn, Input, Ticket};

use crate::feed::Feed;
use crate::outbox::{About, Outbox};
use crate::{Backoff, Content, Key, Millis, OutboxFull, Told};
use baro_wire::{
    Bytes, ChunkId, Cursor, Described as _, DeviceId, Digest, Hello, HelloRefusal, PersonProof, Push,
    Refusal, Reply, Request, Role, Signature, Version, Welcome, limits::TOKEN_BYTES,
};
use std::collections::BTreeMap;

/// Questions of the program under way.
const ASKS: usize = 16;
/// Nothing heard for so long while something is awaited: the connection is dead. A chunk on bad cellular takes half of it.
const SILENCE_MS: u64 = 60_000;
/// A token is renewed when so much of its time has passed.
const RENEW_PART: (u64, u64) = (4, 5);

#[derive(Debug)]
enum Link {
    /// Until then.
    Off(Millis),
    Connecting(Conn),
    Greeting(Conn),
    SigningIn(Online),
    Open(Online, Role),
    /// For good, or until an update.
    Ended(Told),
}

#[derive(Debug, Clone, Copy)]
struct Online {
    conn: Conn,
    version: Version,
    challenge: Digest,
}

#[derive(Debug, Clone, Copy)]
enum Pending {
    SignIn,
    Resume,
    Feed,
    Outbox(About),
    Ask(AskId),
}

/// The device's side.
#[derive(Debug)]
pub struct Client {
    device: DeviceId,
    link: Link,
    last_conn: Conn,
    last_ticket: Ticket,
    pending: BTreeMap<Ticket, Pending>,
    /// Only in memory, and until when it is worth a try.
    token: Option<(Bytes<TOKEN_BYTES>, Millis)>,
    heard: Millis,
    backoff: Backoff,
    outbox: Outbox,
    feed: Feed,
    refused: Option<Refusal>,
    told: Option<Told>,
}

impl Client {
    /// From what the disk holds: the number behind its newest row, and the feed's cursor. The seed differs between devices.
    pub const fn new(device: DeviceId, next_number: u64, kept: Cursor, backoff: Backoff) -> Self {
        Self {
            device,
            link: Link::Off(Millis(0)),
            last_conn: Conn(0),
            last_ticket: Ticket(0),
            pending: BTreeMap::new(),
            token: None,
            heard: Millis(0),
            backoff,
            outbox: Outbox::new(next_number),
            feed: Feed::new(kept),
            refused: None,
            told: None,
        }
    }

    /// Something to be sent. It is the disk's when `Stored` comes, and safe from then on; a chunk must be durable in its record
    /// before. Adding a key again is harmless.
    pub fn add(&mut self, key: Key, content: Content) -> Result<Vec<Action>, OutboxFull> {
        self.outbox.add(key, content).map(|action| action.into_iter().collect())
    }

    /// When to call `handle` with [`Input::Tick`] if nothing happens before.
    pub fn wake_at(&self, now: Millis) -> Option<Millis> {
        let link = match self.link {
            Link::Off(at) => Some(at),
            Link::Connecting(_) | Link::Greeting(_) | Link::SigningIn(_) => {
                Some(self.heard.after(SILENCE_MS))
            }
            Link::Open(..) if !self.pending.is_empty() => Some(self.heard.after(SILENCE_MS)),
            Link::Open(..) | Link::Ended(_) => None,
        };
        let token = self.token.as_ref().filter(|_| self.is_open()).map(|(_, until)| *until);
        let feed = self.feed.wake_at().filter(|_| self.is_open());
        let all = [link, token, feed, self.outbox.wake_at(self.is_open())];
        // What is due already but can't be done waits for an event, not for time.
        all.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// The role under which the device is signed in now.
    pub const fn role(&self) -> Option<Role> {
        if let Link::Open(_, role) = self.link { Some(role) } else { None }
    }

    /// One input, and what follows from it.
    pub fn handle(&mut self, now: Millis, input: Input) -> Vec<Action> {
        let mut out = Vec::new();
        match input {
            Input::Tick => {}
            Input::TryNow => self.try_now(now),
            Input::Connected(conn) => self.connected(now, conn, &mut out),
            Input::Lost(conn) => self.lost(now, conn, &mut out),
            Input::Welcomed(conn, welcome) => self.welcomed(now, conn, welcome, &mut out),
            Input::Proved(conn, proof, person) => self.proved(conn, proof, person, &mut out),
            Input::Replied(conn, ticket, reply) => self.replied(now, conn, ticket, reply, &mut out),
            Input::Pushed(conn, push) => self.pushed(now, conn, push, &mut out),
            Input::Stored(key) => self.outbox.stored(key, &mut out),
            Input::NotStored(key) => self.outbox.not_stored(now, key),
            Input::Page { page, rows, end } => self.outbox.page(page, rows, end),
            Input::Loaded(chunk, bytes) => self.loaded(now, chunk, bytes, &mut out),
            Input::Settled(key) => {
                if self.outbox.settled(key) {
                    self.finish(Told::Erased, now, &mut out);
                }
            }
            Input::NotSettled(key) => self.outbox.not_settled(now, key),
            Input::Kept(cursor) => self.feed.kept(now, cursor),
            Input::NotKept => self.feed.not_kept(now),
            Input::Ask(id, request) => self.ask(id, *request, &mut out),
        }
        self.drive(now, &mut out);
        self.tell(&mut out);
        out
    }

    fn drive(&mut self, now: Millis, out: &mut Vec<Action>) {
        match self.link {
            Link::Off(at) if at <= now => {
                self.last_conn.0 += 1;
                self.heard = now;
                self.link = Link::Connecting(self.last_conn);
                out.push(Action::Connect(self.last_conn));
            }
            Link::Connecting(_) | Link::Greeting(_) | Link::SigningIn(_) if self.is_silent(now) => {
                self.hang_up(now, out);
            }
            Link::Open(..) if !self.pending.is_empty() && self.is_silent(now) => self.hang_up(now, out),
            Link::Open(online, _) if self.token.as_ref().is_none_or(|(_, until)| *until <= now) => {
                self.sign_in_again(online, out);
            }
            _ => {}
        }
        let open = if let Link::Open(online, _) = self.link { Some(online) } else { None };
        let Self { outbox, pending, last_ticket, feed, .. } = self;
        let mut wires = Wires { online: open, last_ticket, pending };
        outbox.drive(now, open.map(|open| open.version), out, |out, request, about| {
            wires.send(out, request, Pending::Outbox(about));
        });
        if open.is_some()
            && let Some((after, most)) = feed.due(now)
        {
            wires.send(out, Request::Feed { after, most }, Pending::Feed);
        }
    }

    const fn is_silent(&self, now: Millis) -> bool {
        now.0 >= self.heard.after(SILENCE_MS).0
    }

    const fn is_open(&self) -> bool {
        matches!(self.link, Link::Open(..))
    }

    const fn conn(&self) -> Option<Conn> {
        match self.link {
            Link::Connecting(conn) | Link::Greeting(conn) => Some(conn),
            Link::SigningIn(online) | Link::Open(online, _) => Some(online.conn),
            Link::Off(_) | Link::Ended(_) => None,
        }
    }

    fn try_now(&mut self, now: Millis) {
        self.backoff.reset();
        if let Link::Off(at) = &mut self.link {
            *at = now;
        }
    }

    fn connected(&mut self, now: Millis, conn: Conn, out: &mut Vec<Action>) {
        match self.link {
            Link::Connecting(ours) if ours == conn => {
                self.heard = now;
                self.link = Link::Greeting(conn);
                out.push(Action::Greet(conn, Hello::new(program())));
            }
            // Of an attempt that was given up.
            _ => out.push(Action::Close(conn)),
        }
    }

    fn lost(&mut self, now: Millis, conn: Conn, out: &mut Vec<Action>) {
        if self.conn() == Some(conn) {
            let at = now.after(self.backoff.next_ms());
            self.end(Link::Off(at), now, out);
        }
    }

    fn hang_up(&mut self, now: Millis, out: &mut Vec<Action>) {
        if let Some(conn) = self.conn() {
            out.push(Action::Close(conn));
            self.lost(now, conn, out);
        }
    }

    /// The connection is over: what was under way is forgotten here, and known by the disk.
    fn end(&mut self, link: Link, now: Millis, out: &mut Vec<Action>) {
        self.link = link;
        self.outbox.closed();
        self.feed.again(now);
        for pending in std::mem::take(&mut self.pending).into_values() {
            if let Pending::Ask(id) = pending {
                out.push(Action::Answer(id, None));
            }
        }
    }

    fn welcomed(&mut self, now: Millis, conn: Conn, welcome: Welcome, out: &mut Vec<Action>) {
        if !matches!(self.link, Link::Greeting(ours) if ours == conn) {
            return;
        }
        self.heard = now;
        match welcome {
            Welcome::Accepted { version, challenge, .. } => {
                let Some(&version) = Version::SERVED.iter().find(|v| v.number() == version) else {
                    return self.hang_up(now, out);
                };
                let online = Online { conn, version, challenge };
                self.link = Link::SigningIn(online);
                match self.token.clone().filter(|(_, until)| *until > now) {
                    Some((token, _)) => self.send(online, Request::Resume { token }, Pending::Resume, out),
                    None => out.push(Action::Prove(conn, challenge)),
                }
            }
            Welcome::Refused { refusal } => {
                out.push(Action::Close(conn));
                self.refused_greeting(now, refusal, out);
            }
        }
    }

    /// Until one side is updated there is no use in trying; a client is updated by being started anew, a server some day.
    fn refused_greeting(&mut self, now: Millis, refusal: HelloRefusal, out: &mut Vec<Action>) {
        let link = match refusal {
            HelloRefusal::ClientTooOld | HelloRefusal::SchemaDiffers => Link::Ended(Told::Update(refusal)),
            HelloRefusal::ServerTooOld | HelloRefusal::NotBaro => Link::Off(now.after(Backoff::MOST_MS)),
        };
        self.end(link, now, out);
    }

    fn proved(&mut self, conn: Conn, proof: Signature, person: PersonProof, out: &mut Vec<Action>) {
        let (Link::SigningIn(online) | Link::Open(online, _)) = self.link else { return };
        if online.conn == conn {
            let request = Request::SignIn { device: self.device, proof, person };
            self.send(online, request, Pending::SignIn, out);
        }
    }

    fn sign_in_again(&mut self, online: Online, out: &mut Vec<Action>) {
        self.token = None;
        self.link = Link::SigningIn(online);
        out.push(Action::Prove(online.conn, online.challenge));
    }

    fn replied(&mut self, now: Millis, conn: Conn, ticket: Ticket, reply: Reply, out: &mut Vec<Action>) {
        if self.conn() != Some(conn) {
            return;
        }
        self.heard = now;
        let Some(pending) = self.pending.remove(&ticket) else { return };
        if let Reply::Refused { refusal } = &reply
            && self.is_over(now, *refusal, pending, out)
        {
            return;
        }
        match (pending, reply) {
            (Pending::SignIn, Reply::SignedIn { token, role, valid_s }) => {
                let (part, whole) = RENEW_PART;
                self.token = Some((token, now.after(u64::from(valid_s) * 1_000 * part / whole)));
                self.open(now, role);
            }
            (Pending::Resume, Reply::Resumed { role }) => self.open(now, role),
            (Pending::SignIn | Pending::Resume, _) => self.hang_up(now, out),
            (Pending::Feed, Reply::Feed { entries, more }) => {
                match self.feed.page(now, entries.into_inner(), more) {
                    Ok(Some((entries, cursor))) => out.push(Action::Keep { entries, cursor }),
                    Ok(None) => {}
                    Err(_) => self.hang_up(now, out),
                }
            }
            (Pending::Feed, _) => {
                let at = now.after(self.backoff.next_ms());
                self.feed.again(at);
            }
            (Pending::Outbox(about), reply) => self.outbox_replied(now, about, &reply, out),
            (Pending::Ask(id), reply) => out.push(Action::Answer(id, Some(Box::new(reply)))),
        }
    }

    fn open(&mut self, now: Millis, role: Role) {
        let (Link::SigningIn(online) | Link::Open(online, _)) = self.link else { return };
        self.link = Link::Open(online, role);
        self.refused = None;
        self.backoff.reset();
        self.feed.opened(now);
    }

    /// Refusals that are about the device and not about the request. The token may be over; the device or its person gone.
    fn is_over(&mut self, now: Millis, refusal: Refusal, pending: Pending, out: &mut Vec<Action>) -> bool {
        if let (Refusal::DeviceRevoked | Refusal::Erased, Pending::Ask(id)) = (refusal, pending) {
            out.push(Action::Answer(id, None));
        }
        match (refusal, pending) {
            (Refusal::DeviceRevoked, _) => self.finish(Told::Revoked, now, out),
            // One of the person's devices still waits for the receipt.
            (Refusal::Erased, Pending::Feed) if self.outbox.may_hold_erasure() => {
                self.feed.again(now.after(Backoff::FIRST_MS));
            }
            (Refusal::Erased, Pending::Outbox(_)) => return false,
            (Refusal::Erased, _) => self.finish(Told::Erased, now, out),
            (Refusal::SignIn, Pending::Resume) => {
                if let Link::SigningIn(online) = self.link {
                    self.sign_in_again(online, out);
                }
            }
            (_, Pending::SignIn | Pending::Resume) => {
                self.refused = Some(refusal);
                self.hang_up(now, out);
                if let (Link::Off(at), Refusal::TooManyAttempts { wait_s }) = (&mut self.link, refusal) {
                    *at = now.after(self.backoff.asked_ms(wait_s.saturating_mul(1_000)));
                }
            }
            (Refusal::SignIn, pending) => {
                if let Link::Open(online, _) = self.link {
                    self.sign_in_again(online, out);
                }
                match pending {
                    Pending::Outbox(_) => return false,
                    Pending::Feed => self.feed.again(now),
                    Pending::Ask(id) => out.push(Action::Answer(id, None)),
                    Pending::SignIn | Pending::Resume => {}
                }
            }
            _ => return false,
        }
        true
    }

    fn finish(&mut self, told: Told, now: Millis, out: &mut Vec<Action>) {
        if let Some(conn) = self.conn() {
            out.push(Action::Close(conn));
        }
        self.token = None;
        self.end(Link::Ended(told), now, out);
    }

    fn pushed(&mut self, now: Millis, conn: Conn, push: Push, out: &mut Vec<Action>) {
        if self.conn() != Some(conn) {
            return;
        }
        self.heard = now;
        match push {
            Push::News { cursor } => self.feed.news(now, cursor),
            Push::Revoked => self.finish(Told::Revoked, now, out),
            Push::GoingAway { wait_ms } => {
                let at = now.after(self.backoff.asked_ms(wait_ms));
                out.push(Action::Close(conn));
                self.end(Link::Off(at), now, out);
            }
        }
    }

    fn outbox_replied(&mut self, now: Millis, about: About, reply: &Reply, out: &mut Vec<Action>) {
        let open = self.online();
        let Self { outbox, pending, last_ticket, backoff, .. } = self;
        let mut wires = Wires { online: open, last_ticket, pending };
        outbox.reply(now, about, reply, backoff, out, |out, request, about| {
            wires.send(out, request, Pending::Outbox(about));
        });
    }

    fn loaded(&mut self, now: Millis, chunk: ChunkId, bytes: Option<Vec<u8>>, out: &mut Vec<Action>) {
        let open = self.online();
        let Self { outbox, pending, last_ticket, .. } = self;
        let mut wires = Wires { online: open, last_ticket, pending };
        outbox.loaded(now, chunk, bytes, out, |out, request, about| {
            wires.send(out, request, Pending::Outbox(about));
        });
    }

    fn ask(&mut self, id: AskId, request: Request, out: &mut Vec<Action>) {
        let asked = self.pending.values().filter(|pending| matches!(pending, Pending::Ask(_))).count();
        match self.link {
            // An older server has no answer to a newer question.
            Link::Open(online, _) if asked < ASKS && request.since() <= online.version => {
                self.send(online, request, Pending::Ask(id), out);
            }
            _ => out.push(Action::Answer(id, None)),
        }
    }

    const fn online(&self) -> Option<Online> {
        match self.link {
            Link::SigningIn(online) | Link::Open(online, _) => Some(online),
            _ => None,
        }
    }

    fn send(&mut self, online: Online, request: Request, pending: Pending, out: &mut Vec<Action>) {
        let mut wires =
            Wires { online: Some(online), last_ticket: &mut self.last_ticket, pending: &mut self.pending };
        wires.send(out, request, pending);
    }

    fn tell(&mut self, out: &mut Vec<Action>) {
        let told = self.what_matters_most();
        if self.told != Some(told) {
            self.told = Some(told);
            out.push(Action::Tell(told));
        }
    }

    fn what_matters_most(&self) -> Told {
        if let Link::Ended(told) = self.link {
            return told;
        }
        if self.outbox.is_disk_full() || self.feed.is_disk_full() {
            return Told::DeviceFull;
        }
        match self.link {
            Link::Open(..) => match self.outbox.trouble() {
                Some(trouble) => trouble,
                None if self.outbox.is_empty() && !self.feed.is_busy() => Told::UpToDate,
                None => Told::Busy,
            },
            _ => self.refused.map_or(Told::Offline, Told::SignIn),
        }
    }
}

/// Where requests go, and where it is noted what their answer is for.
struct Wires<'a> {
    online: Option<Online>,
    last_ticket: &'a mut Ticket,
    pending: &'a mut BTreeMap<Ticket, Pending>,
}

impl Wires<'_> {
    fn send(&mut self, out: &mut Vec<Action>, request: Request, pending: Pending) {
        let Some(Online { conn, version, .. }) = self.online else { return };
        self.last_ticket.0 += 1;
        self.pending.insert(*self.last_ticket, pending);
        out.push(Action::Send(conn, version, *self.last_ticket, request));
    }
}

fn program() -> baro_wire::Text<{ baro_wire::limits::NAME_BYTES }> {
    baro_wire::Text::new(concat!("baro ", env!("CARGO_PKG_VERSION"))).unwrap_or_default()
}
