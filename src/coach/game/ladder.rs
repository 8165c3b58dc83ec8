//! How hard the next task is: begins easy, a step up after two that were done, at once a larger step down after a miss.

use super::Level;

/// Share of the way from the level's easiest to its hardest at the beginning.
const START: f32 = 0.25;
const UP: f32 = 0.15;
const DOWN: f32 = 0.30;

/// One side's ladder.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ladder {
    share: f32,
    done_in_a_row: u32,
    missed_in_a_row: u32,
}

impl Default for Ladder {
    fn default() -> Self {
        Self { share: START, done_in_a_row: 0, missed_in_a_row: 0 }
    }
}

impl Ladder {
    /// What to ask for: radians or ratio.
    pub fn asked(&self, level: &Level) -> f32 {
        level.from + (level.to - level.from) * self.share
    }

    /// How much larger, nearer and slower the next one is: 0 for none missed, then 1, 2, 3 at most.
    pub fn ease(&self) -> f32 {
        self.missed_in_a_row.min(3) as f32
    }

    pub fn done(&mut self) {
        (self.done_in_a_row, self.missed_in_a_row) = (self.done_in_a_row + 1, 0);
        if self.done_in_a_row.is_multiple_of(2) {
            self.share = (self.share + UP).min(1.0);
        }
    }

    pub fn missed(&mut self) {
        (self.done_in_a_row, self.missed_in_a_row) = (0, self.missed_in_a_row + 1);
        self.share = (self.share - DOWN).max(0.0);
    }
}
