//! What goes into the client and comes out of it.

use crate::{Key, Row, Told};
use baro_wire::{
    ChunkId, Cursor, Digest, Entry, Hello, PersonProof, Push, Receipt, Reply, Request, Signature, Version,
    Welcome,
};

/// A connection; each attempt has a new number, and what comes from an older one is ignored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Conn(pub u64);

/// A request under way, on a stream of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A question of the program's own, such as a therapist's look at a record. It is asked once; without an answer it is told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AskId(pub u64);

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Time has passed.
    Tick,
    /// The network came back, or the person wants it now.
    TryNow,
    /// The connection stands.
    Connected(Conn),
    /// It broke, or could not be made.
    Lost(Conn),
    /// The server's greeting.
    Welcomed(Conn, Welcome),
    /// What was asked for with [`Action::Prove`].
    Proved(Conn, Signature, PersonProof),
    /// The answer on a request's stream.
    Replied(Conn, Ticket, Reply),
    /// Said unasked.
    Pushed(Conn, Push),
    /// The row is on the disk, with all that went with it.
    Stored(Key),
    /// It is not: no room.
    NotStored(Key),
    /// The disk's rows that were asked for, by number, without those that are settled.
    Page {
        /// Of [`Action::Page`].
        page: u64,
        /// At most as many as were asked for.
        rows: Vec<Row>,
        /// There are none behind these.
        end: bool,
    },
    /// A chunk's bytes; none where the record's file is gone.
    Loaded(ChunkId, Option<Vec<u8>>),
    /// The disk notes that the item is at the server.
    Settled(Key),
    /// It does not: no room.
    NotSettled(Key),
    /// Entries and cursor are on the disk.
    Kept(Cursor),
    /// They are not: no room.
    NotKept,
    /// A question of the program.
    Ask(AskId, Box<Request>),
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Connect to the server.
    Connect(Conn),
    /// End the connection.
    Close(Conn),
    /// The first frame.
    Greet(Conn, Hello),
    /// Sign `sign_in_proof` of this challenge with the device's key, and say whether the person is there.
    Prove(Conn, Digest),
    /// On a stream of its own, in this version's bytes.
    Send(Conn, Version, Ticket, Request),
    /// Put the row on the disk (where its key is there already, it stays as it is); then [`Input::Stored`].
    Store {
        /// It.
        row: Row,
    },
    /// Read rows that are not settled, by number; then [`Input::Page`].
    Page {
        /// Told again with the answer.
        page: u64,
        /// Behind this number.
        after: u64,
        /// At most so many.
        most: usize,
    },
    /// Read a chunk from its record's file; then [`Input::Loaded`].
    Load {
        /// Which.
        chunk: ChunkId,
    },
    /// Note on the disk that the server has it; then [`Input::Settled`].
    Settle {
        /// What.
        key: Key,
        /// Of an erasure: to be kept with it.
        receipt: Option<Box<Receipt>>,
    },
    /// Put entries and cursor on the disk in one transaction; then [`Input::Kept`].
    Keep {
        /// By cursor.
        entries: Vec<Entry>,
        /// Of the last.
        cursor: Cursor,
    },
    /// To a question of the program; none where the connection broke first.
    Answer(AskId, Option<Box<Reply>>),
    /// What the person is told now.
    Tell(Told),
}
