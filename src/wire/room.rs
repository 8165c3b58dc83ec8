//! The live room: what its people ask, and what they are told. Movement and speech go in datagrams beside it
//! ([`Up`], [`Down`], [`Speech`]).

mod datagram;
mod play;
mod speech;
mod told;

pub use datagram::{BadDatagram, DOWN_HEADER_BYTES, Down, ENTRY_HEADER_BYTES, Held, Key, Up, is_newer};
pub use play::{Ball, Beats, Play, PlayKind};
pub use speech::Speech;
pub use told::{Activity, DoingView, Ending, Form, Happening, MemberView, RoomTold, RoomView};

use crate::limits::{CHAT_BYTES, CODE_BYTES, CUE_BYTES, EXERCISE_BYTES, FAULTS, NAME_BYTES, SHAPE_BYTES};
use crate::schema::{Described, wire_enum, wire_struct};
use crate::{Ask, Bytes, List, RoomId, Text};
use serde::{Deserialize, Serialize};

/// A person's place in a room's lists: given at their entry, kept while they may come back.
pub type Slot = u8;

/// An exercise, by the id of its file.
pub type ExerciseId = Text<EXERCISE_BYTES>;

/// A cue, a fault or a variant, by its id in the exercise's file.
pub type CueId = Text<CUE_BYTES>;

wire_enum! {
    /// How somebody comes into a room.
    pub enum Door {
        /// A new room, led by who opens it.
        V3 Open { title: Text<NAME_BYTES> },
        /// With the invitation that the leader gave out.
        V3 Invited { code: Text<CODE_BYTES> },
        /// Back to the place that is kept.
        V3 Back {
            room: RoomId,
            /// The newest happening that was heard.
            seen: u64,
        },
    }
}

impl Door {
    /// By which it is allowed or refused.
    pub const fn ask(&self) -> Ask {
        match self {
            Self::Open { .. } => Ask::OpenRoom,
            Self::Invited { .. } | Self::Back { .. } => Ask::EnterRoom,
        }
    }
}

/// What of somebody there is to see. Each is a bit of [`Shows`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// Their moving figure, and its shape.
    Avatar,
    /// How often they did it.
    Repetitions,
    /// How well.
    Score,
    /// Their pulse.
    HeartRate,
    /// Phase, faults, and whether the camera sees them. Nobody shows it to a room: it is for who treats or leads them.
    Form,
    /// Pain, a fall, a stop. Told to who leads and who treats them.
    Alarm,
}

impl Aspect {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Avatar, Self::Repetitions, Self::Score, Self::HeartRate, Self::Form, Self::Alarm];

    /// What somebody asks to whom it would be shown.
    pub const fn to_see(self) -> Ask {
        match self {
            Self::Avatar => Ask::SeeAvatar,
            Self::Repetitions => Ask::SeeRepetitions,
            Self::Score => Ask::SeeScore,
            Self::HeartRate => Ask::SeeHeartRate,
            Self::Form => Ask::SeeForm,
            Self::Alarm => Ask::SeeAlarm,
        }
    }
}

/// What a person lets everybody in the room see: a bit for each of avatar, repetitions, score and heart rate. Nothing at first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shows(u8);

impl Shows {
    /// How everybody starts.
    pub const NOTHING: Self = Self(0);

    /// With this one shown or hidden. `Form` and `Alarm` are nobody's to show: no bit stands for them.
    #[must_use]
    pub const fn with(self, aspect: Aspect, shown: bool) -> Self {
        let bit = match aspect {
            Aspect::Avatar | Aspect::Repetitions | Aspect::Score | Aspect::HeartRate => 1 << aspect as u8,
            Aspect::Form | Aspect::Alarm => 0,
        };
        Self(if shown { self.0 | bit } else { self.0 & !bit })
    }

    /// Is it shown?
    pub const fn has(self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Avatar | Aspect::Repetitions | Aspect::Score | Aspect::HeartRate => {
                self.0 & (1 << aspect as u8) != 0
            }
            Aspect::Form | Aspect::Alarm => false,
        }
    }
}

impl Described for Shows {
    fn name() -> String {
        "Shows(u8, a bit for each of avatar, repetitions, score, heart rate)".into()
    }
}

wire_enum! {
    /// Where in a repetition somebody is.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Phase {
        V3 Rest,
        V3 Going,
        V3 Holding,
        V3 Returning,
        V3 Done,
    }
}

wire_struct! {
    /// What somebody's own program says of their exercise. Who sees what of it, the room decides.
    pub struct Doing {
        pub phase: Phase,
        pub repetitions: u16,
        /// 0 to 100.
        pub score: Option<u8>,
        /// Beats a minute.
        pub heart_rate: Option<u8>,
        pub faults: List<CueId, FAULTS>,
        /// Does the camera see them well enough to count?
        pub seen: bool,
    }
}

wire_enum! {
    /// Somebody needs somebody.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Alarm {
        /// The pain button.
        V3 Pain,
        /// The stop button, or a safety rule stopped the exercise.
        V3 Stopped,
        /// The camera saw a fall.
        V3 Fall,
    }
}

wire_enum! {
    /// Shown above an avatar for a moment.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Reaction {
        V3 Cheer,
        V3 Clap,
        V3 Heart,
        V3 Laugh,
        V3 Phew,
    }
}

wire_enum! {
    /// What is said often: it arrives in the reader's language.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Phrase {
        V3 Hello,
        V3 WellDone,
        V3 KeepGoing,
        V3 Together,
        V3 TakeABreak,
        V3 Slower,
        V3 CanYouSeeMe,
        V3 ICantHearYou,
        V3 HelpMe,
        V3 ThankYou,
        V3 GoodBye,
    }
}

impl Phrase {
    /// The Fluent message that tells it: `room-phrase-` and this.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hello => "hello",
            Self::WellDone => "well-done",
            Self::KeepGoing => "keep-going",
            Self::Together => "together",
            Self::TakeABreak => "take-a-break",
            Self::Slower => "slower",
            Self::CanYouSeeMe => "can-you-see-me",
            Self::ICantHearYou => "i-cant-hear-you",
            Self::HelpMe => "help-me",
            Self::ThankYou => "thank-you",
            Self::GoodBye => "good-bye",
        }
    }
}

wire_enum! {
    /// What somebody did that is not right here.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Offence {
        V3 Insulting,
        V3 Disturbing,
        V3 NotWhoTheySay,
        V3 Other,
    }
}

impl Offence {
    /// As which a report of it stands in the audit log.
    pub const fn ask(self) -> Ask {
        match self {
            Self::Insulting => Ask::ReportInsulting,
            Self::Disturbing => Ask::ReportDisturbing,
            Self::NotWhoTheySay => Ask::ReportNotWhoTheySay,
            Self::Other => Ask::ReportPerson,
        }
    }
}

wire_enum! {
    /// Said on the stream of who is in a room. The server numbers them from 1, to name those that it refuses.
    pub enum RoomAsk {
        V3 Leave,
        V3 Ready { ready: bool },
        /// What others see of me from now on.
        V3 Show { shows: Shows },
        /// My body's proportions, as the pose codec writes them.
        V3 Shape { shape: Bytes<SHAPE_BYTES> },
        V3 Doing { doing: Doing },
        V3 Alarm { alarm: Alarm },
        /// I am well; nobody need look after me any more.
        V3 Fine,
        V3 Hand { up: bool },
        V3 React { reaction: Reaction },
        V3 Phrase { phrase: Phrase },
        V3 Say { text: Text<CHAT_BYTES> },
        V3 Report { slot: Slot, offence: Offence },
        /// The answer to a hand-over.
        V3 TakeOver { accept: bool },
        /// The ball, to somebody. How long it flies is what the thrower's program saw.
        V3 Throw { to: Slot, flight_ms: u16 },
        /// Did I catch it?
        V3 Catch { caught: bool },
        /// The lowest point of a squat, in the room's time.
        V3 Beat { at_ms: u32 },
        // -- who leads
        V3 Start { exercise: ExerciseId },
        V3 StopAll,
        V3 StartPlay { kind: PlayKind },
        V3 EndPlay,
        V3 Mute { slot: Slot, muted: bool },
        V3 Remove { slot: Slot },
        V3 HandOver { to: Slot },
        /// The old invitation is worth nothing any more.
        V3 NewInvitation,
        V3 End,
        // -- who leads or treats them
        /// Somebody looked after an alarm or a raised hand.
        V3 Attend { slot: Slot },
        /// Only they hear it.
        V3 Cue { to: Slot, cue: CueId },
        /// They do it another way from now on; none: as it is.
        V3 Variant { to: Slot, variant: Option<CueId> },
        // -- everybody again
        /// From now on I hear the others' voices, and can be heard when I speak. Off at first.
        V3 Voice { on: bool },
    }
}
