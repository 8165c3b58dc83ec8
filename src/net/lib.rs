//! The machines of [`baro_sync`] over QUIC (`docs/protocol.md`).
//!
//! [`Server`] runs a session for each connection, in front of a [`Backend`] with the store. [`pair`] makes a device known to it.

mod backend;
mod client;
mod frame;
mod identity;
mod invite;
mod server;
mod tls;
mod transport;

pub use backend::{Backend, Unavailable};
pub use client::{Fault, NewDevice, PairError, Paired, pair};
pub use identity::{Identity, IdentityError, NoPin, Pin};
pub use invite::{Address, Invite, InviteError};
pub use server::{BindError, Counts, Hub, Limits, Server};
pub use tls::TlsError;
