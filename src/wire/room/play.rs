//! Games of the whole room. The server holds their state; how a ball flies is drawn by each program for itself.

use super::Slot;
use crate::List;
use crate::limits::ROOM_PEOPLE;
use crate::schema::{wire_enum, wire_struct};

wire_enum! {
    /// Which.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum PlayKind {
        /// A ball goes round.
        V3 PassBall,
        /// All squat in one beat.
        V3 Squats,
    }
}

wire_enum! {
    /// Where the ball is. Times are the room's.
    #[derive(Copy)]
    pub enum Ball {
        V3 Held { by: Slot },
        V3 Flying { from: Slot, to: Slot, thrown_ms: u32, lands_ms: u32 },
    }
}

wire_struct! {
    /// How well the room squats together.
    pub struct Beats {
        pub rounds: u32,
        /// Rounds in which everybody was in time.
        pub together: u32,
        /// Between the first and the last of the round before.
        pub spread_ms: Option<u16>,
        /// Who was down already in this round.
        pub down: List<Slot, ROOM_PEOPLE>,
    }
}

wire_enum! {
    /// What is played, and how it stands.
    pub enum Play {
        V3 PassBall { ball: Ball, passes: u32, drops: u32 },
        V3 Squats { beats: Beats },
    }
}

impl Play {
    /// Which it is.
    pub const fn kind(&self) -> PlayKind {
        match self {
            Self::PassBall { .. } => PlayKind::PassBall,
            Self::Squats { .. } => PlayKind::Squats,
        }
    }
}
