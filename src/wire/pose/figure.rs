//! What is sent of a person, before it is coded.

/// Joints of a figure.
pub const JOINTS: usize = 22;

/// What carries each joint, parents first: pelvis, three of the spine, neck, head; clavicle, upper arm, forearm and hand of the left
/// and of the right; thigh, calf, foot and ball of the left and of the right. The bones of `baro-figure`.
pub const PARENTS: [Option<usize>; JOINTS] = [
    None,
    Some(0),
    Some(1),
    Some(2),
    Some(3),
    Some(4),
    Some(3),
    Some(6),
    Some(7),
    Some(8),
    Some(3),
    Some(10),
    Some(11),
    Some(12),
    Some(0),
    Some(14),
    Some(15),
    Some(16),
    Some(0),
    Some(18),
    Some(19),
    Some(20),
];

/// Phases that a [`State`] can tell apart.
pub const PHASES: u8 = 8;

/// A person at one moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// Head of the pelvis, metres in the room's frame (y up). Sent within ±16 m, from 1 m below the floor to 3 m above it.
    pub root_m: [f32; 3],
    /// Each joint's turn from rest, in the room's frame and not relative to its parent: unit quaternions x, y, z, w.
    pub turns: [[f32; 4]; JOINTS],
    /// Which joints the sender's camera sees.
    pub seen: Seen,
    /// How the exercise goes.
    pub state: State,
    /// From a heart-rate sensor, beats a minute, 1 to 255.
    pub heart_rate_bpm: Option<u8>,
}

impl Default for Figure {
    fn default() -> Self {
        Self {
            root_m: [0.0; 3],
            turns: [[0.0, 0.0, 0.0, 1.0]; JOINTS],
            seen: Seen::ALL,
            state: State::default(),
            heart_rate_bpm: None,
        }
    }
}

/// A set of joints.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(u32);

impl Seen {
    /// Every joint.
    pub const ALL: Self = Self((1 << JOINTS) - 1);
    /// None.
    pub const NONE: Self = Self(0);

    /// The joints whose bits are set, from the lowest.
    pub const fn from_bits(bits: u32) -> Self {
        Self(bits & Self::ALL.0)
    }

    /// A bit a joint, from the lowest.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// Is it in the set?
    pub const fn has(self, joint: usize) -> bool {
        joint < JOINTS && self.0 >> joint & 1 == 1
    }
}

/// How the exercise goes: what others may see of it is the sender's choice ([`crate::pose::Head::redact`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    /// Phase of the exercise as the coach counts them, below [`PHASES`].
    pub phase: u8,
    /// Repetitions so far.
    pub repetitions: u8,
    flags: u8,
}

/// What else can be true of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Flag {
    /// The camera does not see the person.
    NotSeen = 1 << 3,
    /// They said that something hurts.
    Pain = 1 << 4,
    /// They fell, pressed stop, or asked for help.
    NeedsHelp = 1 << 5,
    /// They raise the hand.
    RaisedHand = 1 << 6,
    /// They pause.
    Paused = 1 << 7,
}

impl State {
    /// All flags.
    pub const FLAGS: [Flag; 5] = [Flag::NotSeen, Flag::Pain, Flag::NeedsHelp, Flag::RaisedHand, Flag::Paused];

    /// Without flags.
    pub const fn new(phase: u8, repetitions: u8) -> Self {
        Self { phase, repetitions, flags: 0 }
    }

    /// Is it so?
    pub const fn is(self, flag: Flag) -> bool {
        self.flags & flag as u8 != 0
    }

    /// The same with this flag.
    #[must_use]
    pub const fn with(mut self, flag: Flag, on: bool) -> Self {
        self.flags = if on { self.flags | flag as u8 } else { self.flags & !(flag as u8) };
        self
    }

    pub(super) const fn to_bytes(self) -> [u8; 2] {
        let phase = if self.phase < PHASES { self.phase } else { PHASES - 1 };
        [self.flags | phase, self.repetitions]
    }

    pub(super) const fn from_bytes([first, repetitions]: [u8; 2]) -> Self {
        Self { phase: first % PHASES, repetitions, flags: first & !(PHASES - 1) }
    }
}

/// What each joint's turn is measured on: its parent, but for thighs and feet, which turn less in the room than on what carries them
/// (a foot stands while all above it moves).
pub(super) const CARRIED: [Option<usize>; JOINTS] = {
    let mut carried = PARENTS;
    [carried[14], carried[16], carried[18], carried[20]] = [None; 4];
    carried
};
