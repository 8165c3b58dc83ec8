//! How a session reaches the clinic once, whole, and only those who may see it: state machines without I/O.
//!
//! Each machine takes `now` and one input and returns actions. Whoever runs it (the net crate, the server, the simulation)
//! does the actions in their order and reports what became of them. A disk action is reported only when it would survive
//! a power cut. Nothing here reads a clock, opens a file or waits.
//!
//! | machine | where | does |
//! |---|---|---|
//! | [`Client`] | on the device | connects, signs in, and runs the two below |
//! | `outbox` | on the device | sends records and posts until they are acknowledged |
//! | `feed` | on the device | fetches plans, messages and notes |
//! | [`Session`] | on the server, one a connection | greets, signs in, decides, receives, answers |
//! | [`Attempts`] | on the server | slows down whoever guesses |
//! | [`audit::Log`] | on the server | the chain of who looked at what |
//! | [`room::Guest`], [`room::receive`] | on the device | its own side of a room, and everybody's figure as it is drawn |
//! | [`room::Room`] | on the server | a live room: who is in it, who sees what, who leads |

pub mod audit;
mod backoff;
mod client;
pub mod erasure;
mod facts;
mod feed;
mod outbox;
mod pairing;
pub mod room;
mod session;
mod told;

pub use backoff::Backoff;
pub use client::{Action, AskId, Client, Conn, Input, Ticket};
pub use facts::{Account, Actor, Data, Facts, Invitation, Write, Written};
pub use outbox::{Content, Key, OutboxFull, Row};
pub use pairing::{Attempts, Source, code_hash, code_of};
pub use session::{
    Context, Entering, Event, GREETING_MS, Keys, OPEN_REQUESTS, Session, SessionAction, Stream,
};
pub use told::Told;

/// Milliseconds of a clock that never goes back, from any beginning. Wall clocks jump; they are only ever data.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

impl Millis {
    /// So many milliseconds later.
    #[must_use]
    pub const fn after(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}
