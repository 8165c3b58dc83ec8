//! What goes into a session and comes out of it.

use crate::{Account, Actor, Attempts, Data, Facts, Millis, Write, Written, audit};
use baro_wire::room::{Door, Shows};
use baro_wire::{
    ChunkId, Consents, Cursor, DeviceId, Digest, Hello, PersonId, PublicKey, Push, Reply, Request, Signature,
    Text, Version, Welcome, limits,
};

/// A request's stream; the shell's name for it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stream(pub u64);

/// The keys and what is checked with them: real cryptography in the server, handed in.
pub trait Keys {
    /// Did this key sign this?
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool;
    /// The server's own key, to check tokens with.
    fn own(&self) -> PublicKey;
    /// Signs with it.
    fn sign(&self, message: &[u8]) -> Signature;
    /// Whose signature is under a chunk, if its bytes are the chunk of this name (record, index and digest) with this predecessor.
    fn author(&self, chunk: &ChunkId, previous: &Digest, bytes: &[u8]) -> Option<PublicKey>;
    /// Are these the digits of the person's second factor now (ms since 1970)?
    fn factor(&self, person: PersonId, digits: u32, now_ms: i64) -> bool;
}

/// What a session is given with each event.
pub struct Context<'a> {
    /// The clock that never goes back.
    pub now: Millis,
    /// The server's wall clock, ms since 1970.
    pub wall_ms: i64,
    /// Of the server.
    pub keys: &'a dyn Keys,
    /// Shared by all sessions.
    pub attempts: &'a mut Attempts,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first frame.
    Hello(Hello),
    /// On a stream of its own.
    Request(Stream, Request),
    /// A stream's bytes are no message.
    Malformed(Stream),
    /// The device of a sign-in, if there is one.
    Found(Stream, Option<Account>),
    /// What the store saw in one transaction.
    Looked(Stream, Facts, Data),
    /// The lines are in the audit log, on the disk.
    Logged(Stream),
    /// What became of a write; of `Written::Done` and its like, the disk has it for good.
    Written(Stream, Written),
    /// Somebody's feed has grown; for the session of whom it concerns.
    News(Cursor),
    /// This device was revoked just now.
    Revoked,
    /// The server stops.
    Stopping,
    /// Time has passed.
    Tick,
}

/// [`Request::EnterRoom`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entering {
    /// How.
    pub door: Door,
    /// What the others call them.
    pub called: Text<{ limits::CALLED_BYTES }>,
    /// What the others see of them.
    pub shows: Shows,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionAction {
    /// The greeting's answer.
    Welcome(Welcome),
    /// Answer on a stream, in this version's bytes.
    Reply(Stream, Version, Reply),
    /// Say on the push stream.
    Push(Push),
    /// End the connection when all before is sent.
    Close,
    /// Find a device; then [`Event::Found`].
    Find(Stream, DeviceId),
    /// Read facts and data for a request in one transaction; then [`Event::Looked`].
    Look(Stream, Actor, Request),
    /// Append to the audit log; then [`Event::Logged`].
    Log(Stream, Vec<audit::Draft>),
    /// Store; then [`Event::Written`].
    Write(Stream, Option<Actor>, Write),
    /// They may into a room, and agree to this now: its stream stays open, and the room answers.
    Enter(Stream, Actor, Consents, Entering),
}
