//! What the server has behind it.

use baro_sync::{Account, Actor, Data, Facts, Keys, Write, Written, audit};
use baro_wire::limits::{CODE_BYTES, NODE_BYTES};
use baro_wire::{Cursor, DeviceId, PersonId, PostId, Request, RoomId, Text};

/// The store can't be asked now, or broke off in the middle of a write that may or may not have happened. The connection ends, the
/// client comes back and sends again what was not answered. A full disk is not this but [`Written::Full`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the store does not answer")]
pub struct Unavailable;

/// Which room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// By its id.
    Room(RoomId),
    /// By its invitation.
    Code(Text<CODE_BYTES>),
}

/// Where a room is that is not open on this server, of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// There is none.
    Nowhere,
    /// At another node.
    There(Text<NODE_BYTES>),
    /// Here.
    Mine(RoomId),
    /// Its node is gone: it is whose who keeps it first.
    Free {
        /// Over which to keep it.
        revision: u64,
        /// How it stood.
        snapshot: Vec<u8>,
        /// And how long ago.
        ago_ms: u32,
    },
}

/// A store and the server's keys. Called from many connections at once; how much of that runs at a time is the store's to decide.
///
/// A call that was begun runs to its end, even if the connection breaks in the meantime.
pub trait Backend: Send + Sync + 'static {
    /// The device of a sign-in, if there is one; a revoked one too.
    fn find(&self, device: DeviceId) -> impl Future<Output = Result<Option<Account>, Unavailable>> + Send;

    /// Facts and data for a request, read in one transaction.
    fn look(
        &self,
        actor: Actor,
        request: Request,
    ) -> impl Future<Output = Result<(Facts, Data), Unavailable>> + Send;

    /// Appends to the audit log. It is on the disk when this returns.
    fn log(&self, drafts: Vec<audit::Draft>) -> impl Future<Output = Result<(), Unavailable>> + Send;

    /// One transaction. What is reported would survive a power cut. Only [`Write::Pair`] has no actor.
    fn write(
        &self,
        actor: Option<Actor>,
        write: Write,
    ) -> impl Future<Output = Result<Written, Unavailable>> + Send;

    /// Digits of a second factor were right just now: writes down that they were used. It is on the disk when this returns, and only
    /// then is the sign-in answered. `false`: they were used before, as at another server on the same database.
    fn use_factor(&self, person: PersonId) -> impl Future<Output = Result<bool, Unavailable>> + Send;

    /// Whose feeds have this post in them, and at which place: who is connected is told. Asked after the post was written.
    fn news(&self, post: PostId) -> impl Future<Output = Vec<(PersonId, Cursor)>> + Send;

    /// The server's keys.
    fn keys(&self) -> &dyn Keys;

    // -- of several servers on one store; who is alone says nothing here

    /// Are there others, which take this one's rooms over when it is gone?
    fn is_one_of_many(&self) -> bool {
        false
    }

    /// Where the servers are now, this one too.
    fn nodes(&self) -> Vec<Text<NODE_BYTES>> {
        Vec::new()
    }

    /// Where a room is that is not open here.
    fn home(&self, _wanted: &Wanted) -> impl Future<Output = Result<Home, Unavailable>> + Send {
        async { Ok(Home::Nowhere) }
    }

    /// Keeps how a room of this server stands, over the revision that is known (0: a new one). None: another server has it.
    fn keep(
        &self,
        _room: RoomId,
        _code: &Text<CODE_BYTES>,
        _after: u64,
        _snapshot: Vec<u8>,
    ) -> impl Future<Output = Result<Option<u64>, Unavailable>> + Send {
        async { Ok(Some(0)) }
    }

    /// A room has this invitation from now on.
    fn name(
        &self,
        _room: RoomId,
        _code: &Text<CODE_BYTES>,
    ) -> impl Future<Output = Result<(), Unavailable>> + Send {
        async { Ok(()) }
    }

    /// A room has ended.
    fn ended(&self, _room: RoomId) -> impl Future<Output = Result<(), Unavailable>> + Send {
        async { Ok(()) }
    }
}
