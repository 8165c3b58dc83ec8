//! The machines of [`baro_sync`] over QUIC (`docs/protocol.md`).
//!
//! [`Server`] runs a session for each connection, in front of a [`Backend`] with the store. [`pair`] makes a
//! device known to it, and from then on a [`Link`] runs its client on threads of its own, with a [`Device`] for disk and keys. A
//! [`RoomLink`] is somebody's stay in a live room.

mod backend;
mod client;
mod frame;
mod identity;
mod invite;
mod server;
mod tls;
mod transport;

pub use backend::{Backend, Home, Unavailable, Wanted};
pub use client::{
    Device, Fault, Heard, Known, Link, NewDevice, NotDone, PairError, Paired, Prove, RoomEvent, RoomLink,
    StartError, Visitor, VoiceLine, pair,
};
pub use identity::{Identity, IdentityError, NoPin, Pin};
pub use invite::{Address, Invite, InviteError};
pub use server::{BindError, Counts, Hub, Limits, SOCKET_BYTES, Server};
pub use tls::TlsError;

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a thread that panicked held is still as whole as it was: the machines change by whole inputs only.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
