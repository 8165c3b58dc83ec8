//! What happened, by number, for a while.

use super::KEPT_HAPPENINGS;
use baro_wire::PersonId;
use baro_wire::room::{Happening, Slot};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// More than can happen between a snapshot and the end of its server.
const TAKEN_OVER: u64 = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    number: u64,
    /// To whom; none: to all.
    to: Option<PersonId>,
    what: Happening,
}

/// The newest happenings. Bounded: who comes back later than that is told that something is missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Log {
    lines: VecDeque<Line>,
    /// Of the newest.
    number: u64,
    /// Of the newest that is no longer known.
    forgotten: u64,
}

impl Log {
    /// Taken over from another server, whose newest may have been heard and are not known here: their numbers are not given again.
    pub const fn taken_over(&mut self) {
        self.number += TAKEN_OVER;
    }

    pub const fn newest(&self) -> u64 {
        self.number
    }

    pub fn add(&mut self, to: Option<PersonId>, what: Happening) {
        self.number += 1;
        self.lines.push_back(Line { number: self.number, to, what });
        if self.lines.len() > KEPT_HAPPENINGS
            && let Some(line) = self.lines.pop_front()
        {
            self.forgotten = self.forgotten.max(line.number);
        }
    }

    /// The next behind this number for somebody: its number, the one before it, and it.
    pub fn next(&self, person: PersonId, heard: u64) -> Option<(u64, u64, &Happening)> {
        let behind = self.lines.partition_point(|line| line.number <= heard);
        let line = self.lines.range(behind..).find(|line| line.to.is_none_or(|to| to == person))?;
        // Forgotten may be what was for others alone: who was away for so long is told too much rather than too little.
        let after =
            if heard < self.forgotten && self.forgotten < line.number { self.forgotten } else { heard };
        Some((line.number, after, &line.what))
    }

    /// The slot is somebody else's now: what its owner before did would look like theirs.
    pub fn forget(&mut self, slot: Slot) {
        let is_of = |what: &Happening| match what {
            Happening::Reacted { by, .. }
            | Happening::Phrase { by, .. }
            | Happening::Said { by, .. }
            | Happening::Cued { by, .. }
            | Happening::Caught { by }
            | Happening::Dropped { by } => *by == slot,
            Happening::Reported { by, slot: about } => *by == slot || *about == slot,
            Happening::Round { .. } => false,
        };
        let last = self.lines.iter().rev().find(|line| is_of(&line.what)).map(|line| line.number);
        self.forgotten = self.forgotten.max(last.unwrap_or(0));
        self.lines.retain(|line| !is_of(&line.what));
    }
}
