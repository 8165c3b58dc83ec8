//! The repetition machine: one signal in, the beginnings, turning points and ends of repetitions out.
//!
//! ```text
//!          > leave              turns               settles, or turns up again
//! Waiting ────────► Moving (out) ──────► Moving (back) ────────────────────────► ended, Waiting
//!    ▲                   └──── blind, or too long ─────┴──► given up, Unsure
//!    └── at rest, or still somewhere below `reach` ──────────────────────┘
//! ```

use super::{
    trace::{Sample, Trace, first_above, last_above},
    tremble::Tremble,
};
use crate::{Phase, Signal};
use baro_motion::Side;

/// Longer than this without a signal and the coach is blind: whatever happened meanwhile is not counted.
pub(super) const BLIND_S: f64 = 1.0;
/// How far back from the crossing of `leave` the beginning of a movement is looked for.
pub(crate) const ONSET_LOOKBACK_S: f64 = 2.0;
/// A signal without a new low for this long has settled: a repetition is decided within 300 ms of its end, also at 5 fps,
/// where it is the next frame.
const SETTLED_S: f64 = 0.18;
/// Below `back`, a repetition is not kept open longer than this.
pub(crate) const LONGEST_SETTLING_S: f64 = 0.6;
/// Above `back` but most of the way back, who stands still for this long has finished.
const FINISHED_S: f64 = 1.0;
/// A turn halfway must last this long: a tracker's slip looks the same, but is over sooner.
const HALFWAY_TURN_S: f64 = 0.2;
/// Who stands still for this long is at rest, wherever that is.
const STILL_S: f64 = 0.5;

// Shares of the span from rest to target.
/// Off the resting level by this: moving.
const ONSET: f32 = 0.04;
/// Down from the highest by this: on the way back. Also how near to the highest "the far end" is for the tempo.
const TURN: f32 = 0.1;
/// A new low counts when it is lower by this.
const NEW_LOW: f32 = 0.01;
/// Up from the lowest by this, below `back`: the next repetition has begun.
const RISE_AT_REST: f32 = 0.06;
/// Up from the lowest by this, above `back`: turned round without coming back to the start.
const RISE_HALFWAY: f32 = 0.15;
/// At least this share of the way back must have been gone for such a turn to end a repetition.
const HALFWAY: f32 = 0.55;

/// A rise or fall of so many standard deviations of the tracker's tremble is a movement, and one of this share of the span always.
const SURE: f32 = 3.0;
const PLAIN: f32 = 0.45;

/// The signal on both sides at one moment.
pub(super) type BySide = [Option<f32>; 2];

/// Why a repetition ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Back at the start, or turned round for the next one.
    Back,
    /// Sight was lost, it took too long, or the stream ended.
    GivenUp,
}

/// A repetition that has ended; times in seconds, values in the signal's unit, of the signal made rising.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ended {
    pub start_s: f64,
    pub peak_s: f64,
    pub end_s: f64,
    pub ending: Ending,
    /// Did the signal turn back at all?
    pub turned: bool,
    /// The highest value of the signal.
    pub high: f32,
    /// The highest value on each side; `None` where the side was not seen.
    pub peak: BySide,
    /// The lowest value on the way back.
    pub low: f32,
    /// When the far end was reached and left.
    pub far_s: [f64; 2],
}

/// A repetition under way.
#[derive(Debug, Clone, Copy)]
struct Moving {
    start_s: f64,
    high: Sample,
    peak: BySide,
    turned: bool,
    low: Sample,
    /// The last low that was lower than the one before it by more than noise.
    new_low: Sample,
    /// When the signal fell below `back`.
    below_since_s: Option<f64>,
}

enum State {
    /// The start posture has not been seen since the beginning, or since sight was lost. `still`: since when, and
    /// where, the signal has not moved.
    Unsure {
        still: Option<Sample>,
    },
    /// `floor`: where the person rests, if that is above `leave`.
    Waiting {
        floor: f32,
    },
    Moving(Moving),
}

pub(super) struct Machine {
    /// Rising: whoever feeds the machine turns falling signals over ([`Signal::rising`]).
    signal: Signal,
    state: State,
    tremble: Tremble,
    /// Standard deviation of what [`Self::trace`] holds.
    noise: f32,
    trace: Trace,
    last: Option<Sample>,
    /// Repetitions don't overlap: the next one starts no earlier.
    free_from_s: f64,
}

impl Machine {
    pub fn new(signal: &Signal) -> Self {
        Self {
            signal: signal.rising(),
            state: State::Unsure { still: None },
            tremble: Tremble::new((signal.target - signal.rest).abs()),
            noise: 0.0,
            trace: Trace::new(),
            last: None,
            free_from_s: f64::NEG_INFINITY,
        }
    }

    fn share(&self, share: f32) -> f32 {
        share * (self.signal.target - self.signal.rest)
    }

    /// A change by this share of the span, or by more where the signal trembles.
    fn change(&self, share: f32) -> f32 {
        self.share(share).max((SURE * self.noise).min(self.share(PLAIN)))
    }

    /// Where in a repetition the last sample stands.
    pub fn phase(&self) -> Phase {
        let (State::Moving(moving), Some(last)) = (&self.state, self.last) else { return Phase::Rest };
        if last.value >= self.signal.reach {
            Phase::Peak
        } else if moving.turned || moving.high.value >= self.signal.reach {
            Phase::Return
        } else {
            Phase::Out
        }
    }

    /// Between repetitions, and not already drifting towards one.
    pub fn resting(&self) -> bool {
        let (State::Waiting { .. }, Some(last)) = (&self.state, self.last) else { return false };
        let recent = self.trace.between(last.time_s - ONSET_LOOKBACK_S, last.time_s);
        let lowest = recent.iter().fold(last.value, |low, s| low.min(s.value));
        last.value <= lowest + self.change(RISE_AT_REST)
    }

    /// From here on a movement is an attempt.
    pub fn attempt(&self) -> f32 {
        self.signal.attempt
    }

    /// From here on a repetition is complete.
    pub fn reach(&self) -> f32 {
        self.signal.reach
    }

    /// When the repetition under way passed `reach`, if it has.
    pub fn reached_s(&self) -> Option<f64> {
        let (State::Moving(moving), Some(last)) = (&self.state, self.last) else { return None };
        let far = moving.high.value >= self.signal.reach;
        far.then(|| first_above(self.trace.between(moving.start_s, last.time_s), self.signal.reach)).flatten()
    }

    /// Start of the repetition under way.
    pub fn start_s(&self) -> Option<f64> {
        match &self.state {
            State::Moving(moving) => Some(moving.start_s),
            State::Unsure { .. } | State::Waiting { .. } => None,
        }
    }

    /// The signal of one frame; times rise strictly. Call [`Self::blind`] first where there was none for too long.
    pub fn step(&mut self, now: Sample, sides: BySide) -> Option<Ended> {
        let (now, sides, noise) = self.tremble.step(now, sides);
        self.noise = noise;
        self.last = Some(now);
        self.trace.push(now);
        match &self.state {
            State::Unsure { still } => {
                self.state = self.look_for_rest(*still, now);
                None
            }
            State::Waiting { floor } => {
                let floor = floor.min(now.value);
                self.state = State::Waiting { floor };
                if now.value > self.signal.leave.max(floor + self.change(TURN)) {
                    self.begin(now, sides);
                } else {
                    self.trace.forget_before(now.time_s - ONSET_LOOKBACK_S);
                }
                None
            }
            State::Moving(moving) => {
                let moving = self.advance(*moving, now, sides);
                self.state = State::Moving(moving);
                self.decide(moving, now, sides)
            }
        }
    }

    /// Sight has been lost for long: the repetition under way is given up, and the start posture must be seen again.
    pub fn blind(&mut self) -> Option<Ended> {
        self.tremble.interrupt();
        self.give_up()
    }

    /// The stream has ended.
    pub fn finish(&mut self) -> Option<Ended> {
        match &self.state {
            State::Moving(moving) if moving.below_since_s.is_some() => {
                let moving = *moving;
                self.close(moving, Ending::Back)
            }
            _ => self.give_up(),
        }
    }

    fn give_up(&mut self) -> Option<Ended> {
        let ended = match &self.state {
            State::Moving(moving) => {
                let moving = *moving;
                self.close(moving, Ending::GivenUp)
            }
            State::Unsure { .. } | State::Waiting { .. } => None,
        };
        self.state = State::Unsure { still: None };
        ended
    }

    fn look_for_rest(&self, still: Option<Sample>, now: Sample) -> State {
        if now.value < self.signal.leave {
            return State::Waiting { floor: f32::NEG_INFINITY };
        }
        let still = still.filter(|since| (now.value - since.value).abs() <= self.share(ONSET)).unwrap_or(now);
        if now.value < self.signal.reach && now.time_s - still.time_s >= STILL_S {
            return State::Waiting { floor: now.value };
        }
        State::Unsure { still: Some(still) }
    }

    fn begin(&mut self, now: Sample, sides: BySide) {
        let from_s = (now.time_s - ONSET_LOOKBACK_S).max(self.free_from_s);
        let before = self.trace.between(from_s, now.time_s);
        let rest = before.iter().fold(now.value, |low, s| low.min(s.value));
        let onset = rest + self.share(ONSET);
        let still = before.iter().rposition(|s| s.value <= onset).unwrap_or(0);
        let start_s = before.get(still..).and_then(|moving| first_above(moving, onset)).unwrap_or(now.time_s);
        self.state = State::Moving(Moving {
            start_s,
            high: now,
            peak: sides,
            turned: false,
            low: now,
            new_low: now,
            below_since_s: None,
        });
    }

    fn advance(&self, mut moving: Moving, now: Sample, sides: BySide) -> Moving {
        raise(&mut moving.peak, sides);
        if now.value > moving.high.value {
            moving =
                Moving { high: now, turned: false, low: now, new_low: now, below_since_s: None, ..moving };
        } else if now.value < moving.high.value - self.change(TURN) {
            moving.turned = true;
        }
        if now.value < moving.low.value {
            moving.low = now;
            if now.value < moving.new_low.value - self.change(NEW_LOW) {
                moving.new_low = now;
            }
        }
        if now.value < self.signal.back && moving.below_since_s.is_none() {
            moving.below_since_s = Some(now.time_s);
        }
        moving
    }

    fn decide(&mut self, moving: Moving, now: Sample, sides: BySide) -> Option<Ended> {
        let rise = now.value - moving.low.value;
        if let Some(below_since_s) = moving.below_since_s {
            let settled = now.time_s - moving.new_low.time_s >= SETTLED_S
                || now.time_s - below_since_s >= LONGEST_SETTLING_S
                || rise > self.change(RISE_AT_REST);
            return if settled { self.close(moving, Ending::Back) } else { None };
        }
        let way_back = (moving.high.value - moving.low.value) / (moving.high.value - self.signal.rest);
        let low_for_s = now.time_s - moving.new_low.time_s;
        if moving.turned && way_back >= HALFWAY {
            if rise > self.change(RISE_HALFWAY) && low_for_s >= HALFWAY_TURN_S {
                let ended = self.close(moving, Ending::Back);
                self.begin(now, sides); // already on the way out again
                return ended;
            }
            if low_for_s >= FINISHED_S {
                let ended = self.close(moving, Ending::Back);
                self.state = State::Waiting { floor: now.value };
                return ended;
            }
        }
        (now.time_s - moving.start_s > self.signal.max_s).then(|| self.give_up()).flatten()
    }

    /// Ends the repetition; `None` where it was no attempt at one.
    fn close(&mut self, moving: Moving, ending: Ending) -> Option<Ended> {
        self.state = State::Waiting { floor: f32::NEG_INFINITY };
        let last_s = self.last.map_or(moving.low.time_s, |last| last.time_s);
        let after = self.trace.between(moving.high.time_s, last_s);
        let end_s = match ending {
            Ending::Back => {
                let near = moving.low.value + self.share(ONSET);
                after.iter().position(|s| s.value <= near).map_or(moving.low.time_s, |i| {
                    let until = after.get(..=i).unwrap_or_default();
                    last_above(until, near).unwrap_or(moving.low.time_s)
                })
            }
            Ending::GivenUp => last_s,
        };
        self.free_from_s = end_s;
        let attempt = moving.high.value >= self.signal.attempt && end_s - moving.start_s >= self.signal.min_s;
        let far = moving.high.value - self.change(TURN);
        let whole = self.trace.between(moving.start_s, end_s);
        let far_s =
            [first_above(whole, far), last_above(whole, far)].map(|t| t.unwrap_or(moving.high.time_s));
        let ended = Ended {
            start_s: moving.start_s,
            peak_s: moving.high.time_s,
            end_s,
            ending,
            turned: moving.turned,
            high: moving.high.value,
            peak: moving.peak,
            low: moving.low.value,
            far_s,
        };
        self.trace.forget_before(end_s);
        attempt.then_some(ended)
    }
}

/// Keeps the highest value of each side.
pub(super) fn raise(peak: &mut BySide, now: BySide) {
    for (peak, value) in peak.iter_mut().zip(now) {
        *peak = match (*peak, value) {
            (Some(peak), Some(value)) => Some(peak.max(value)),
            (peak, value) => peak.or(value),
        };
    }
}

/// The sides that took part: those that came at least halfway as far as the farther one, and made an attempt.
pub(super) fn sides_that_moved(peak: BySide, signal: &Signal) -> [bool; 2] {
    let highest = peak.into_iter().flatten().fold(f32::NEG_INFINITY, f32::max);
    let enough = signal.attempt.max(signal.rest + HALFWAY * (highest - signal.rest)).min(highest);
    Side::BOTH.map(|side| peak[side.index()].is_some_and(|peak| peak >= enough))
}
