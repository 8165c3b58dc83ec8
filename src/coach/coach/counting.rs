//! What is counted: repetitions or holds, together or side by side, or the cycles of a pace.

use super::{
    hold::Holder,
    machine::{BLIND_S, BySide, Ended, Ending, Machine},
    pacer::Pacer,
    sight::Seen,
    trace::Sample,
};
use crate::{Exercise, FunctionalTest, Kind, Phase, Sides, Signal};
use baro_motion::Side;

/// A repetition, hold or cycle that has ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Done {
    pub ended: Ended,
    /// Did it get there and come back, or last long enough?
    pub complete: bool,
    /// How long the posture was held, seconds.
    pub held_s: Option<f64>,
    /// The side, where each is counted on its own.
    pub side: Option<Side>,
}

/// What one frame brought. At most two of each side: one that was given up when sight came back, and one that ended.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct News {
    pub done: [Option<Done>; 4],
    /// The sides on which a movement has begun.
    pub began: [bool; 2],
    /// When the signal passed `reach`, if it just did so for the first time in a repetition.
    pub reached_s: Option<f64>,
}

impl News {
    fn push(&mut self, done: Option<Done>) {
        if let Some(free) = self.done.iter_mut().find(|place| place.is_none()) {
            *free = done;
        }
    }
}

/// A gap between frames counts at most this much in what a movement is.
const LONGEST_FRAME_S: f64 = 0.25;

/// What to show of one frame.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct State {
    pub phase: Phase,
    /// How far the movement has gone, 0 at rest, 1 at the target.
    pub progress: Option<f32>,
    /// What is counted on, as it was measured.
    pub value: Option<f32>,
    /// How long the hold under way has been right.
    pub held_s: Option<f64>,
}

/// One machine and the signal it works on.
struct Unit {
    /// Its side, where each is counted on its own.
    side: Option<Side>,
    /// Both sides move together.
    together: bool,
    worker: Worker,
    signal_s: Option<f64>,
    reached: bool,
    /// How long the movement under way has been past `attempt`, and how long of that it was another movement, seconds.
    far_s: [f64; 2],
}

enum Worker {
    Reps(Box<Machine>),
    Hold(Holder),
}

/// All machines of an exercise.
pub(super) struct Counting {
    /// Made rising; `None` where a pace is followed.
    pub signal: Option<Signal>,
    direction: f32,
    sides: Sides,
    units: Vec<Unit>,
    pacer: Option<Pacer>,
}

impl Counting {
    /// `allowed`: the sides that may move.
    pub fn new(exercise: &Exercise, allowed: [bool; 2]) -> Self {
        let unit = |side| {
            let signal = exercise.signal?;
            let worker = match &exercise.kind {
                Kind::Reps => Worker::Reps(Box::new(Machine::new(&signal))),
                Kind::Hold(hold) => Worker::Hold(Holder::new(&signal, hold, goal_s(exercise, hold.target_s))),
                Kind::Paced(_) => return None,
            };
            let together = exercise.sides == Sides::Together;
            Some(Unit { side, together, worker, signal_s: None, reached: false, far_s: [0.0; 2] })
        };
        let units = match exercise.sides {
            Sides::Together | Sides::Each => unit(None).into_iter().collect(),
            Sides::Alternate => {
                let own = Side::BOTH.into_iter().filter(|side| allowed[side.index()]);
                own.filter_map(|side| unit(Some(side))).collect()
            }
        };
        Self {
            signal: exercise.signal.map(|signal| signal.rising()),
            direction: exercise.signal.map_or(1.0, |signal| signal.direction()),
            sides: exercise.sides,
            units,
            pacer: match exercise.kind {
                Kind::Paced(pace) => Some(Pacer::new(pace)),
                Kind::Reps | Kind::Hold(_) => None,
            },
        }
    }

    /// Takes what was seen in one frame. `broken`: the sides on which a rule that breaks a hold is being broken. `other`:
    /// whether each side does another movement by the guards, `None` where that can't be told.
    pub fn step(&mut self, time_s: f64, seen: &Seen, broken: [bool; 2], other: [Option<bool>; 2]) -> News {
        let mut news = News::default();
        if let Some(pacer) = &mut self.pacer {
            let (begins, done) = pacer.step(time_s, seen.sight);
            news.began = [begins; 2];
            news.push(done);
        }
        for unit in &mut self.units {
            let since_s = unit.signal_s.map_or(0.0, |last_s| time_s - last_s);
            unit.step(time_s, seen, broken, &mut news);
            // After the step: a quick movement may be past `attempt` in the frame that it begins with.
            unit.guard(since_s, seen, other);
        }
        news
    }

    /// The stream has ended.
    pub fn finish(&mut self) -> News {
        let mut news = News::default();
        news.push(self.pacer.as_mut().and_then(Pacer::finish));
        for unit in &mut self.units {
            news.push(unit.finish());
        }
        news
    }

    /// Where each side is in its repetition; `None` where its form is not watched. The arm that rests breaks no rule.
    pub fn phases(&self, seen: &Seen, allowed: [bool; 2]) -> [Option<Phase>; 2] {
        if let Some(pacer) = &self.pacer {
            // There is no rest between breaths as far as posture goes.
            let phase = pacer.phase().map(|phase| if phase == Phase::Rest { Phase::Return } else { phase });
            return [phase; 2];
        }
        let leave = self.signal.map_or(f32::INFINITY, |signal| signal.leave);
        Side::BOTH.map(|side| {
            let unit = self.units.iter().find(|unit| unit.side.is_none_or(|own| own == side))?;
            let moves = match self.sides {
                Sides::Together => true,
                Sides::Each | Sides::Alternate => seen.sides[side.index()].is_some_and(|value| value > leave),
            };
            (moves && allowed[side.index()]).then(|| unit.phase())
        })
    }

    /// Is the person at rest, both sides? The movement of one leans and turns what the other's rules look at.
    pub fn resting(&self) -> bool {
        if let Some(pacer) = &self.pacer {
            return pacer.is_fresh();
        }
        self.units.iter().all(|unit| match &unit.worker {
            Worker::Reps(machine) => machine.resting(),
            Worker::Hold(holder) => holder.phase() == Phase::Rest,
        })
    }

    /// What to show. Where the sides take turns, that of the side that moves, or has gone farther.
    pub fn state(&self, seen: &Seen) -> State {
        if let Some(pacer) = &self.pacer {
            let phase = pacer.phase().unwrap_or_default();
            return State { phase, progress: Some(pacer.fullness()), ..State::default() };
        }
        let order =
            |unit: &&Unit| (unit.phase() != Phase::Rest, unit.value(seen).unwrap_or(f32::NEG_INFINITY));
        let farthest = self.units.iter().max_by(|a, b| {
            let (a, b) = (order(a), order(b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        let (Some(unit), Some(signal)) = (farthest, &self.signal) else { return State::default() };
        let value = unit.value(seen);
        State {
            phase: unit.phase(),
            progress: value.map(|value| signal.progress(value).max(0.0)),
            value: value.map(|value| value * self.direction),
            held_s: match &unit.worker {
                Worker::Hold(holder) => holder.holding_s(),
                Worker::Reps(_) => None,
            },
        }
    }

    /// Start of the movement under way, of whichever side.
    pub fn start_s(&self) -> Option<f64> {
        let starts = self.units.iter().filter_map(Unit::start_s);
        starts.reduce(f64::min)
    }
}

/// When a hold ends by itself: at its target, or in a test at the test's end.
fn goal_s(exercise: &Exercise, target_s: f64) -> f64 {
    match exercise.test {
        Some(FunctionalTest::LongestHold { max_s }) => max_s,
        _ => target_s,
    }
}

impl Unit {
    fn value(&self, seen: &Seen) -> Option<f32> {
        match self.side {
            None => seen.signal,
            Some(side) => seen.sides[side.index()],
        }
    }

    /// Gathers whether the movement under way is another one, for the time since the frame before. Where either side may move, the
    /// farther one tells; where both move together, both must be at something else.
    fn guard(&mut self, since_s: f64, seen: &Seen, other: [Option<bool>; 2]) {
        let (Worker::Reps(machine), Some(value)) = (&self.worker, self.value(seen)) else { return };
        if machine.start_s().is_none() || value < machine.attempt() {
            return;
        }
        let farther = match seen.sides {
            [Some(left), Some(right)] if left != right => {
                Some(if left > right { Side::Left } else { Side::Right })
            }
            _ => None,
        };
        let told = match (self.side, self.together, farther) {
            (Some(side), ..) | (None, false, Some(side)) => other[side.index()],
            _ => match other {
                [Some(left), Some(right)] => Some(left && right),
                [left, right] => left.or(right),
            },
        };
        let Some(told) = told else { return };
        let lasted_s = since_s.min(LONGEST_FRAME_S);
        self.far_s[0] += lasted_s;
        self.far_s[1] += if told { lasted_s } else { 0.0 };
    }

    fn step(&mut self, time_s: f64, seen: &Seen, broken: [bool; 2], news: &mut News) {
        if self.signal_s.is_some_and(|last_s| time_s - last_s > BLIND_S) {
            let given_up = match &mut self.worker {
                Worker::Reps(machine) => machine.blind(),
                Worker::Hold(holder) => holder.blind(),
            };
            news.push(given_up.and_then(|ended| self.done(ended)));
            self.reached = false;
        }
        let Some(value) = self.value(seen) else {
            let ended = match &mut self.worker {
                Worker::Reps(_) => None,
                Worker::Hold(holder) => holder.unseen(time_s),
            };
            news.push(ended.and_then(|ended| self.done(ended)));
            return;
        };
        self.signal_s = Some(time_s);
        let sides: BySide = match self.side {
            None => seen.sides,
            Some(side) => Side::BOTH.map(|other| seen.sides[other.index()].filter(|_| other == side)),
        };
        let before = self.start_s();
        let now = Sample { time_s, value };
        let ended = match &mut self.worker {
            Worker::Reps(machine) => machine.step(now, sides),
            Worker::Hold(holder) => {
                let broken = Side::BOTH
                    .into_iter()
                    .any(|side| broken[side.index()] && self.side.is_none_or(|own| own == side));
                holder.step(now, sides, broken)
            }
        };
        news.push(ended.and_then(|ended| self.done(ended)));
        let after = self.start_s();
        if after.is_some() && after != before {
            self.reached = false;
            self.far_s = [0.0; 2];
            Side::BOTH.into_iter().filter(|&side| self.side.is_none_or(|own| own == side)).for_each(|side| {
                news.began[side.index()] = true;
            });
        }
        if let Worker::Reps(machine) = &self.worker
            && after.is_some()
            && !self.reached
            && let Some(reached_s) = machine.reached_s()
        {
            self.reached = true;
            news.reached_s = Some(reached_s);
        }
    }

    /// `None` where it mostly was another movement.
    fn done(&self, ended: Ended) -> Option<Done> {
        let done = match &self.worker {
            Worker::Reps(machine) => Done {
                ended,
                complete: ended.ending == Ending::Back && ended.high >= machine.reach(),
                held_s: None,
                side: self.side,
            },
            Worker::Hold(holder) => {
                let held_s = holder.held_s();
                Done { ended, complete: holder.is_enough(held_s), held_s: Some(held_s), side: self.side }
            }
        };
        (self.far_s[1] <= self.far_s[0] / 2.0).then_some(done)
    }

    fn finish(&mut self) -> Option<Done> {
        let ended = match &mut self.worker {
            Worker::Reps(machine) => machine.finish(),
            Worker::Hold(holder) => holder.blind(),
        };
        ended.and_then(|ended| self.done(ended))
    }

    fn phase(&self) -> Phase {
        match &self.worker {
            Worker::Reps(machine) => machine.phase(),
            Worker::Hold(holder) => holder.phase(),
        }
    }

    fn start_s(&self) -> Option<f64> {
        match &self.worker {
            Worker::Reps(machine) => machine.start_s(),
            Worker::Hold(holder) => holder.start_s(),
        }
    }
}
