//! What the people of a room are told.
//!
//! How things stand (`Room`, `Member`, `Doing`, `Shape`) is told whole, to each what they may see, whenever it changed; who comes
//! back is told all of it. What happens (`Happened`) is numbered, so that who comes back hears what was missed, once.

use super::{Alarm, CueId, ExerciseId, Phase, Phrase, Play, Reaction, Shows, Slot};
use crate::limits::{
    CALLED_BYTES, CHAT_BYTES, CODE_BYTES, FAULTS, NAME_BYTES, NODE_BYTES, NODES, SHAPE_BYTES,
};
use crate::schema::{wire_enum, wire_struct};
use crate::{Bytes, List, PersonId, Refusal, Role, Text};

wire_enum! {
    /// What the room does. Times are the room's.
    pub enum Activity {
        V3 Rest,
        /// All begin at the same moment.
        V3 Starting { exercise: ExerciseId, starts_ms: u32 },
        V3 Moving { exercise: ExerciseId, since_ms: u32 },
        /// Everybody stops, at once.
        V3 Stopped { at_ms: u32 },
    }
}

wire_struct! {
    /// The room as it stands.
    pub struct RoomView {
        pub title: Text<NAME_BYTES>,
        pub leader: Option<Slot>,
        /// To whom the lead is offered.
        pub offered: Option<Slot>,
        pub activity: Activity,
        pub play: Option<Play>,
        /// For those who may invite.
        pub invitation: Option<Text<CODE_BYTES>>,
    }
}

wire_struct! {
    /// Somebody in the room.
    pub struct MemberView {
        pub slot: Slot,
        pub called: Text<CALLED_BYTES>,
        pub role: Role,
        /// Which person it is; for who treats or leads them, and themselves.
        pub person: Option<PersonId>,
        /// Where they stand (`docs/room.md`); 0 is the leader's place.
        pub place: u8,
        /// Connected now.
        pub here: bool,
        pub ready: bool,
        pub hand: bool,
        pub muted: bool,
        pub shows: Shows,
        /// The way they do the exercise, where it was changed; for themselves and who may change it.
        pub variant: Option<CueId>,
        /// They hear the others, and can be heard unless they are muted.
        pub voice: bool,
    }
}

wire_struct! {
    /// Phase, faults, and whether the camera sees them.
    pub struct Form {
        pub phase: Phase,
        pub faults: List<CueId, FAULTS>,
        pub seen: bool,
    }
}

wire_struct! {
    /// What somebody may see of another one's exercise.
    pub struct DoingView {
        pub slot: Slot,
        pub repetitions: Option<u16>,
        pub score: Option<u8>,
        pub heart_rate: Option<u8>,
        pub form: Option<Form>,
        pub alarm: Option<Alarm>,
    }
}

wire_enum! {
    /// What happens, once.
    pub enum Happening {
        V3 Reacted { by: Slot, reaction: Reaction },
        V3 Phrase { by: Slot, phrase: Phrase },
        V3 Said { by: Slot, text: Text<CHAT_BYTES> },
        /// To its reader alone.
        V3 Cued { by: Slot, cue: CueId },
        /// To the staff who are here.
        V3 Reported { by: Slot, slot: Slot },
        V3 Caught { by: Slot },
        V3 Dropped { by: Slot },
        V3 Round { together: bool, spread_ms: Option<u16> },
    }
}

wire_enum! {
    /// Why somebody is in a room no more.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Ending {
        /// They left.
        V3 Left,
        /// Who leads ended it.
        V3 Ended,
        /// Who leads sent them away.
        V3 Removed,
        /// Their consent to classes was withdrawn.
        V3 NotAgreed,
        /// They came in from another device.
        V3 Elsewhere,
        /// Their program sent more than a person can do, or what is no message.
        V3 TooMuch,
        /// Nobody was there for long, or they were away for too long.
        V3 Over,
        /// The server stops; the room goes on elsewhere, or here in a moment.
        V3 Moving,
        /// The room was open for as long as a room may be.
        V3 TooLong,
        /// Their data at the clinic was erased.
        V3 Erased,
    }
}

wire_enum! {
    /// Said on the stream of who is in a room, behind [`crate::Reply::InRoom`].
    pub enum RoomTold {
        V3 Room { room: RoomView },
        V3 Member { member: MemberView },
        /// Nobody has this slot any more.
        V3 Gone { slot: Slot },
        V3 Doing { doing: DoingView },
        /// Their body's proportions; none: not to be seen.
        V3 Shape { slot: Slot, shape: Option<Bytes<SHAPE_BYTES>> },
        V3 Happened {
            number: u64,
            /// The one before it that was for this reader: what is missing between is no longer known.
            after: u64,
            what: Happening,
        },
        /// This ask was not done.
        V3 Not { ask: u32, why: Refusal },
        /// The last.
        V3 Over { why: Ending },
        /// Where else the room may go on when this node is gone.
        V3 Nodes { at: List<Text<NODE_BYTES>, NODES> },
    }
}
