//! What of the exercise can be seen in one frame.

use super::machine::{BLIND_S, BySide};
use crate::{Exercise, Kind, Position, Sides, Sight, Signal};
use baro_motion::{Joint, LandmarkId, Landmarks, MIN_VISIBILITY, Measures, Side};

/// Weight of a side whose landmarks are only just visible, so that it joins and leaves the mean without a jump.
const LEAST_WEIGHT: f32 = 0.02;

/// No joint moves faster, in spans from rest to target a second (for 80°: 640°/s). What does is a tracker's slip.
const FASTEST: f64 = 8.0;
/// After a longer gap, seconds, a signal may stand anywhere.
const FORGET_S: f64 = 0.5;
/// An arm that goes straight forward has no abduction: for longer than this, seconds, and it is another movement.
const UNDEFINED_S: f64 = 0.25;

/// Time constants, seconds, with which the resting level follows a signal that is below it, near it, and out in a movement.
const LEVEL_DOWN_S: f64 = 0.5;
const LEVEL_NEAR_S: f64 = 3.0;
const LEVEL_UP_S: f64 = 60.0;

/// What is remembered of each side's signal, so that slips and other movements are not taken for repetitions.
#[derive(Default)]
pub(super) struct Memory([SideMemory; 2]);

#[derive(Default)]
struct SideMemory {
    /// Where this person rests, for signals that are counted from there; and when that was last looked at.
    level: Option<(f64, f32)>,
    last: Option<(f64, f32)>,
    /// The signal was away: it is not believed before it has been seen below `reach` again.
    unsure: bool,
}

impl SideMemory {
    /// The joints are seen, but the measure is undefined in this posture.
    fn undefined(&mut self, time_s: f64) {
        self.unsure |= self.last.is_some_and(|(last_s, _)| time_s - last_s > UNDEFINED_S);
    }

    /// How far the value has gone from where this person rests. The resting level follows what lies below it at once, and
    /// what lies a little above it soon; movements it follows so slowly that repetitions and holds don't carry it along.
    fn gone_from_rest(&mut self, time_s: f64, value: f32, signal: &Signal) -> f32 {
        let (last_s, level) = self.level.unwrap_or((time_s, value));
        let time_constant_s = match value - level {
            below if below < 0.0 => LEVEL_DOWN_S,
            near if near < signal.back => LEVEL_NEAR_S,
            _ => LEVEL_UP_S,
        };
        let step = (time_s - last_s).max(0.0) / time_constant_s;
        let level = level + (value - level) * (step / (1.0 + step)) as f32;
        self.level = Some((time_s, level));
        value - level
    }

    /// The value to count with. Jumps are held to speeds that a body has, without delaying what moves at such speeds.
    /// `starts_short`: a side that has never been short of `reach` does not move but rests there (the bent leg beside a
    /// straight one that is raised).
    fn admit(&mut self, time_s: f64, value: f32, signal: &Signal, starts_short: bool) -> Option<f32> {
        let gap_s = self.last.map_or(0.0, |(last_s, _)| time_s - last_s);
        self.unsure |= gap_s > BLIND_S || (starts_short && self.last.is_none());
        self.unsure &= value >= signal.reach;
        if self.unsure {
            return None;
        }
        let value = match self.last {
            Some((_, from)) if gap_s < FORGET_S => {
                let most = (gap_s * FASTEST) as f32 * (signal.target - signal.rest);
                value.clamp(from - most, from + most)
            }
            _ => value,
        };
        self.last = Some((time_s, value));
        Some(value)
    }
}

/// One frame's view of the exercise.
pub(super) struct Seen {
    pub sight: Sight,
    /// What is counted on.
    pub signal: Option<f32>,
    /// The same on each side that may move and is seen.
    pub sides: BySide,
}

impl Seen {
    pub const NOBODY: Self = Self { sight: Sight::Lost, signal: None, sides: [None; 2] };

    /// `signal`: what is counted on, made rising ([`Signal::rising`]), if anything is. `allowed`: the sides that may move. One
    /// of them is enough: from the side only one is seen.
    pub fn new(
        exercise: &Exercise,
        signal: Option<&Signal>,
        allowed: [bool; 2],
        time_s: f64,
        world: &Landmarks,
        measures: &Measures,
        memory: &mut Memory,
    ) -> Self {
        let direction = exercise.signal.map_or(1.0, |signal| signal.direction());
        let starts_short = exercise.sides != Sides::Together && exercise.kind == Kind::Reps;
        let (mut missing, mut whole) = (None, false);
        let mut sides = [None; 2];
        let (mut sum, mut weights) = (0.0, 0.0);
        for side in Side::BOTH.into_iter().filter(|side| allowed[side.index()]) {
            if let Some(landmark) = first_missing(exercise, side, world) {
                missing = missing.or(Some(landmark));
                continue;
            }
            whole = true;
            let Some(signal) = signal else { continue };
            let memory = &mut memory.0[side.index()];
            let Some(estimate) = measures.get(signal.measure, side) else {
                memory.undefined(time_s);
                continue;
            };
            let value = match estimate.value * direction {
                value if signal.from_rest => memory.gone_from_rest(time_s, value, signal),
                value => value,
            };
            let Some(value) = memory.admit(time_s, value, signal, starts_short) else { continue };
            sides[side.index()] = Some(value);
            let weight = (estimate.visibility - MIN_VISIBILITY).max(0.0) + LEAST_WEIGHT;
            sum += value * weight;
            weights += weight;
        }
        let signal = match exercise.sides {
            Sides::Together => (weights > 0.0).then(|| sum / weights),
            Sides::Each | Sides::Alternate => {
                // A slip of the side that leads is no return: for a moment there is no signal rather than the other side's.
                let lost = |(memory, seen): (&SideMemory, &Option<f32>)| {
                    memory.last.filter(|(last_s, _)| seen.is_none() && time_s - last_s <= UNDEFINED_S)
                };
                let lost = memory.0.iter().zip(&sides).filter_map(lost).map(|(_, value)| value);
                let missed = lost.fold(f32::NEG_INFINITY, f32::max);
                sides.into_iter().flatten().reduce(f32::max).filter(|&highest| highest >= missed)
            }
        };
        let sight = match missing {
            Some(landmark) if !whole => Sight::Partial(landmark),
            // One side is enough. A posture in which the measure is undefined passes by itself.
            _ => Sight::Clear,
        };
        Self { sight, signal, sides }
    }
}

/// On the floor, where pose models see worst, a landmark must be seen better than elsewhere: as well as for a firm value.
const FLOOR_VISIBILITY: f32 = 0.65;

/// The first landmark that the exercise needs on this side and that is not seen.
fn first_missing(exercise: &Exercise, side: Side, world: &Landmarks) -> Option<LandmarkId> {
    let measure = exercise.signal.map(|signal| signal.measure);
    let (needs, needs_both) = measure.map_or((&[][..], &[][..]), |m| (m.needs(), m.needs_both()));
    let own = exercise.needs.iter().chain(needs).map(|&joint| joint.of(side));
    let both = needs_both.iter().flat_map(|&joint: &Joint| Side::BOTH.map(|side| joint.of(side)));
    let least = if exercise.about.position == Position::Floor { FLOOR_VISIBILITY } else { MIN_VISIBILITY };
    own.chain(both).find(|&id| {
        let landmark = &world[id];
        landmark.visibility.is_nan() || landmark.visibility < least || !landmark.position.is_finite()
    })
}
