//! From blobs to figures.

use super::coder::Reader;
use super::figure::CARRIED;
use super::model::{self, Change};
use super::quat::{IDENTITY, Quat, mul, unit};
use super::{Figure, Head, JOINTS, KEYS, KeyId, Kind, PoseError, Seen};

/// What changes are put on: a key, or rest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    /// Each joint's turn on what carries it.
    turns: [Quat; JOINTS],
    seen: Seen,
}

impl Base {
    pub(super) const REST: Self = Self { turns: [IDENTITY; JOINTS], seen: Seen::ALL };

    pub(super) fn turn(&self, joint: usize) -> Quat {
        self.turns[joint]
    }

    /// Joints seen otherwise; and the other way round.
    pub(super) fn unlike(&self, seen: Seen) -> Seen {
        Seen::from_bits(self.seen.bits() ^ seen.bits())
    }

    pub(super) fn with(&self, change: &Change) -> Option<Self> {
        let mut turns = self.turns;
        for (turn, change) in turns.iter_mut().zip(change.turns) {
            *turn = unit(mul(*turn, change.turn()?));
        }
        Some(Self { turns, seen: self.unlike(change.seen) })
    }

    /// Each joint's turn in the room.
    fn in_room(&self) -> [Quat; JOINTS] {
        let mut turns = self.turns;
        for joint in 0..JOINTS {
            if let Some(parent) = CARRIED[joint] {
                turns[joint] = unit(mul(turns[parent], turns[joint]));
            }
        }
        turns
    }
}

/// Reads one person's blobs, in whatever order they come.
#[derive(Debug, Clone)]
pub struct Decoder {
    keys: [Option<(KeyId, Base)>; KEYS],
    /// Where the next key goes: on the one that came first.
    next: usize,
}

impl Default for Decoder {
    fn default() -> Self {
        Self { keys: [None; KEYS], next: 0 }
    }
}

impl Decoder {
    /// The figure of a blob. A key is kept for the deltas to come; whoever holds it acknowledges it.
    ///
    /// # Errors
    /// Where the bytes are no blob of this version, or its key did not come, or is no longer held.
    pub fn decode(&mut self, blob: &[u8]) -> Result<Figure, PoseError> {
        let (head, body) = Head::split(blob)?;
        let base = match head.kind {
            Kind::Key(_) | Kind::Whole => Base::REST,
            Kind::Delta(id) => self.key(id).ok_or(PoseError::MissingKey(id))?,
        };
        let is_whole = !matches!(head.kind, Kind::Delta(_));
        let mut reader = Reader::new(body);
        let change = model::code(&mut reader, &Change::NONE, is_whole, false).ok_or(PoseError::Nonsense)?;
        if !reader.is_at_end() {
            return Err(PoseError::Nonsense);
        }
        let now = base.with(&change).ok_or(PoseError::Nonsense)?;
        if let Kind::Key(id) = head.kind {
            self.keep(id, now);
        }
        Ok(Figure {
            root_m: head.root_m,
            turns: now.in_room(),
            seen: now.seen,
            state: head.state,
            heart_rate_bpm: head.heart_rate_bpm,
        })
    }

    /// Is this key held?
    pub fn holds(&self, id: KeyId) -> bool {
        self.key(id).is_some()
    }

    fn key(&self, id: KeyId) -> Option<Base> {
        self.keys.iter().flatten().find(|(held, _)| *held == id).map(|(_, base)| *base)
    }

    fn keep(&mut self, id: KeyId, base: Base) {
        // A key that comes twice pushes no other out.
        if !self.holds(id) {
            self.keys[self.next] = Some((id, base));
            self.next = (self.next + 1) % KEYS;
        }
    }
}
