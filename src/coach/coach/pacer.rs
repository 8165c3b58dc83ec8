//! The pace that is followed: its phases, and the cycles in which the person was seen.

use super::{
    counting::Done,
    machine::{BLIND_S, Ended, Ending},
};
use crate::{Pace, Phase, Sight};

/// A cycle counts if the person was seen for this share of it, and is entered as partial from the lower one on.
const SEEN: f64 = 0.8;
const PARTLY_SEEN: f64 = 0.2;
/// The posture of the first breath's beginning is the one that changes are measured from, seconds: longer, and a fault that comes
/// with the breath would be taken for a part of it.
const FRESH_S: f64 = 0.5;
/// Rounding must not add a cycle.
const ROUNDING: f64 = 1e-9;

pub(super) struct Pacer {
    pace: Pace,
    /// How many cycles the pace has.
    cycles: u64,
    /// When the first breath began: with the first frame in which all was seen.
    origin_s: Option<f64>,
    now_s: f64,
    last_seen_s: Option<f64>,
    /// The cycle under way, from 0, and how long the person has been seen in it.
    cycle: u64,
    seen_s: f64,
}

impl Pacer {
    pub fn new(pace: Pace) -> Self {
        // A cycle that has begun before the time is up is led to its end.
        let cycles = (60.0 * pace.minutes / pace.cycle_s() - ROUNDING).ceil().max(1.0) as u64;
        Self { pace, cycles, origin_s: None, now_s: 0.0, last_seen_s: None, cycle: 0, seen_s: 0.0 }
    }

    /// Takes a frame. True where a cycle begins with it; and the cycle that ended.
    pub fn step(&mut self, time_s: f64, sight: Sight) -> (bool, Option<Done>) {
        let starts = self.origin_s.is_none() && sight == Sight::Clear;
        if starts {
            self.origin_s = Some(time_s);
        }
        let Some(origin_s) = self.under_way() else { return (false, None) };
        self.now_s = time_s;
        let gap_s = self.last_seen_s.map_or(0.0, |last_s| time_s - last_s);
        if sight == Sight::Clear {
            self.last_seen_s = Some(time_s);
        }
        let cycle_s = self.pace.cycle_s();
        let cycle = ((time_s - origin_s) / cycle_s) as u64;
        let next = cycle > self.cycle;
        let ended = next.then(|| self.close(f64::INFINITY)).flatten();
        if next {
            (self.cycle, self.seen_s) = (cycle, 0.0);
        }
        if sight == Sight::Clear && gap_s <= BLIND_S {
            self.seen_s += gap_s;
        }
        (starts || (next && cycle < self.cycles), ended)
    }

    /// The stream has ended: the cycle under way ends with it, and by how much of it was seen it counts.
    pub fn finish(&mut self) -> Option<Done> {
        self.under_way()?;
        let ended = self.close(self.now_s);
        self.cycle = self.cycles;
        ended
    }

    /// The cycle under way, which ends at its end, or before that at `until_s`.
    fn close(&self, until_s: f64) -> Option<Done> {
        let (origin_s, cycle_s) = (self.origin_s?, self.pace.cycle_s());
        let start_s = origin_s + self.cycle as f64 * cycle_s;
        let end_s = (start_s + cycle_s).min(until_s);
        let far_s = [self.pace.in_s, self.pace.in_s + self.pace.hold_s].map(|s| (start_s + s).min(end_s));
        let whole = end_s < until_s;
        let share = self.seen_s / cycle_s;
        let ended = Ended {
            start_s,
            peak_s: far_s[0],
            end_s,
            ending: if whole { Ending::Back } else { Ending::GivenUp },
            turned: true,
            high: 1.0,
            peak: [None; 2],
            low: 0.0,
            far_s,
        };
        (share >= PARTLY_SEEN).then_some(Done { ended, complete: share >= SEEN, held_s: None, side: None })
    }

    /// When the pace began; `None` before that, and when all its cycles are done.
    fn under_way(&self) -> Option<f64> {
        self.origin_s.filter(|_| self.cycle < self.cycles)
    }

    /// `None` before the pace has begun, and after its end.
    pub fn phase(&self) -> Option<Phase> {
        self.under_way().map(|origin_s| self.pace.phase_at(self.now_s - origin_s).0)
    }

    /// How full the breath is, 0 to 1.
    pub fn fullness(&self) -> f32 {
        self.under_way().map_or(0.0, |origin_s| self.pace.phase_at(self.now_s - origin_s).1)
    }

    /// Has the pace only just begun?
    pub fn is_fresh(&self) -> bool {
        self.origin_s.is_none_or(|origin_s| self.now_s - origin_s < FRESH_S)
    }
}
