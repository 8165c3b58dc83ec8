//! The live room (`docs/room.md`): on the server a [`Room`] each, on the device a [`Guest`] and what it receives with
//! ([`receive`]).
//!
//! As all machines here they take `now` and one input and return actions. What somebody may see is decided in one place (`see`), each
//! time anew from what is so now, and told where it differs from what they were told before: a consent or a choice that is taken back
//! hides at once, and who comes back sees what they may see now.

mod bucket;
mod flush;
mod guest;
mod lead;
mod log;
mod member;
mod place;
mod play;
pub mod receive;
mod relay;
mod see;
mod server;
mod snapshot;
mod speech;
mod types;

pub use guest::{Guest, GuestAction, GuestInput, Over, Person, View};
pub use place::{Place, SPACE_M, place};
pub use server::Room;
pub use snapshot::Snapshot;
pub use speech::VOICES;
pub use types::{Action, Entrant, Input, Opening, Visit};

/// Ticks of a room in a second.
pub const TICKS_A_SECOND: u64 = 30;
/// Somebody whose connection is gone has their place for so long.
pub const KEEP_MS: u64 = 120_000;
/// Who leads is gone for so long, and somebody else leads.
pub const LEADER_GONE_MS: u64 = 20_000;
/// From the leader's word to the first movement: everybody has heard it by then.
pub const COUNTDOWN_MS: u64 = 5_000;
/// A room in which nobody is ends.
pub const EMPTY_MS: u64 = 300_000;
/// No room is open for longer.
pub const LIFE_MS: u64 = 6 * 3_600_000;
/// Frames that were told to somebody and did not reach the network yet; more waits, and what is outdated meanwhile is never told.
pub const QUEUE: usize = 128;
/// Happenings that are kept for who comes back.
pub const KEPT_HAPPENINGS: usize = 128;
/// People who were sent away from a room and stay so.
pub const SENT_AWAY: usize = 64;
