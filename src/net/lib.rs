//! The machines of [`baro_sync`] over QUIC (`docs/protocol.md`). The store is behind [`Backend`] on the server.

mod backend;

pub use backend::{Backend, Unavailable};
