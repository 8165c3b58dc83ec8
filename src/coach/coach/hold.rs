//! The hold machine: how long a posture was right.
//!
//! ```text
//!        > leave         reached, and right             wrong for longer than the grace, or left
//! Resting ──────► Coming ──────────────────► Holding ───────────────────────────────────────────► ended, Coming
//!    ▲              │                           └── goal reached ──► ended, Leaving
//!    └── < back ────┴───────────────────────────────────────────────────────┘
//! ```

use super::{
    machine::{BySide, Ended, Ending, raise},
    trace::Sample,
};
use crate::{Hold, Phase, Signal};

/// A hold shorter than this, seconds, is no attempt, whatever the file says: rules need as long to be seen broken.
const LEAST_S: f64 = 0.5;
/// Between two frames in which the posture was right it was so too, but for this long at most, seconds: in more time a foot
/// can have been put down. A frame that is missing now and then, at 10 a second, is no gap.
const UNSEEN_S: f64 = 0.25;
/// Rounding must not end a hold.
const ROUNDING_S: f64 = 1e-6;

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// In the start posture.
    Resting,
    /// On the way, or there but not right.
    Coming(Coming),
    Holding(Holding),
    /// The goal is reached: nothing more to hold before the start posture has been seen.
    Leaving,
}

/// A movement towards the posture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Coming {
    start_s: f64,
    now_s: f64,
    /// How far it came, all in all and on each side.
    high: Sample,
    peak: BySide,
    /// A hold of it has been entered already.
    held: bool,
}

/// A hold under way.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Holding {
    start_s: f64,
    held_s: f64,
    /// The last frame, if the posture was right in it; and the last frame in which it was.
    last_s: Option<f64>,
    right_s: f64,
    high: Sample,
    peak: BySide,
}

pub(super) struct Holder {
    /// Rising.
    signal: Signal,
    least_s: f64,
    grace_s: f64,
    goal_s: f64,
    state: State,
    /// Phase of the last frame.
    phase: Phase,
    /// How long the hold that ended last was right, seconds.
    ended_held_s: f64,
}

impl Holder {
    /// `goal_s`: a hold ends by itself when it has lasted so long.
    pub fn new(signal: &Signal, hold: &Hold, goal_s: f64) -> Self {
        Self {
            signal: signal.rising(),
            least_s: hold.least_s,
            grace_s: hold.grace_s,
            goal_s,
            state: State::Resting,
            phase: Phase::Rest,
            ended_held_s: 0.0,
        }
    }

    /// The signal of one frame, and whether a rule that breaks the hold is being broken.
    pub fn step(&mut self, now: Sample, sides: BySide, broken: bool) -> Option<Ended> {
        let right = now.value >= self.signal.reach && !broken;
        let ended = self.unseen(now.time_s);
        let ended = self.advance(now, sides, right).or(ended);
        self.phase = match self.state {
            State::Resting => Phase::Rest,
            State::Leaving => Phase::Return,
            _ if now.value >= self.signal.reach => Phase::Peak,
            State::Coming(coming) if !coming.held => Phase::Out,
            State::Coming(_) | State::Holding(_) => Phase::Return,
        };
        ended
    }

    /// Nothing is known of this moment: a hold ends once that lasts longer than what is forgiven.
    pub fn unseen(&mut self, time_s: f64) -> Option<Ended> {
        let State::Holding(holding) = self.state else { return None };
        if time_s - holding.right_s <= self.grace_s.max(UNSEEN_S) + ROUNDING_S {
            return None;
        }
        let high = Sample { time_s, value: self.signal.reach };
        self.state = State::Coming(Coming::new(high, [None; 2], true));
        self.phase = Phase::Return;
        self.close(&holding, Ending::Back)
    }

    fn advance(&mut self, now: Sample, sides: BySide, right: bool) -> Option<Ended> {
        match self.state {
            State::Resting | State::Leaving => {
                if now.value < self.signal.back {
                    self.state = State::Resting;
                }
                if self.state == State::Resting && now.value > self.signal.leave {
                    self.state = State::Coming(Coming::new(now, sides, false));
                }
                None
            }
            State::Coming(mut coming) => {
                coming.now_s = now.time_s;
                higher(&mut coming.high, &mut coming.peak, now, sides);
                self.state = State::Coming(coming);
                if right {
                    self.state = State::Holding(Holding {
                        start_s: now.time_s,
                        held_s: 0.0,
                        last_s: Some(now.time_s),
                        right_s: now.time_s,
                        high: now,
                        peak: sides,
                    });
                } else if now.value < self.signal.back {
                    self.state = State::Resting;
                    return self.attempt(&coming, Ending::Back);
                }
                None
            }
            State::Holding(mut holding) => {
                if right {
                    holding.held_s +=
                        holding.last_s.map_or(0.0, |last_s| (now.time_s - last_s).min(UNSEEN_S));
                    holding.right_s = now.time_s;
                }
                holding.last_s = right.then_some(now.time_s);
                higher(&mut holding.high, &mut holding.peak, now, sides);
                self.state = State::Holding(holding);
                if holding.held_s >= self.goal_s {
                    self.state = State::Leaving;
                    return self.close(&holding, Ending::Back);
                }
                let left = now.value < self.signal.back;
                if left || now.time_s - holding.right_s > self.grace_s + ROUNDING_S {
                    self.state =
                        if left { State::Resting } else { State::Coming(Coming::new(now, sides, true)) };
                    return self.close(&holding, Ending::Back);
                }
                None
            }
        }
    }

    /// Sight was lost for long, or the stream has ended: what is under way ends here.
    pub fn blind(&mut self) -> Option<Ended> {
        let state = std::mem::replace(&mut self.state, State::Resting);
        self.phase = Phase::Rest;
        match state {
            State::Holding(holding) => self.close(&holding, Ending::GivenUp),
            State::Coming(coming) => self.attempt(&coming, Ending::GivenUp),
            State::Resting | State::Leaving => None,
        }
    }

    /// A hold is entered from when the posture was right first to when it was so last.
    fn close(&mut self, holding: &Holding, ending: Ending) -> Option<Ended> {
        self.ended_held_s = holding.held_s;
        let ended = Ended {
            start_s: holding.start_s,
            peak_s: holding.high.time_s,
            end_s: holding.right_s,
            ending,
            turned: false,
            high: holding.high.value,
            peak: holding.peak,
            low: self.signal.rest,
            far_s: [holding.start_s, holding.right_s],
        };
        (holding.held_s >= self.signal.min_s.max(LEAST_S)).then_some(ended)
    }

    /// A movement towards the posture that never got there.
    fn attempt(&mut self, coming: &Coming, ending: Ending) -> Option<Ended> {
        let &Coming { start_s, now_s, high, peak, held } = coming;
        if held || high.value < self.signal.attempt || now_s - start_s < self.signal.min_s {
            return None;
        }
        self.ended_held_s = 0.0;
        Some(Ended {
            start_s,
            peak_s: high.time_s,
            end_s: now_s,
            ending,
            turned: false,
            high: high.value,
            peak,
            low: self.signal.rest,
            far_s: [high.time_s; 2],
        })
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// When the movement under way began; changes when a hold of it begins.
    pub fn start_s(&self) -> Option<f64> {
        match self.state {
            State::Coming(coming) => Some(coming.start_s),
            State::Holding(holding) => Some(holding.start_s),
            State::Resting | State::Leaving => None,
        }
    }

    /// How long the hold that ended last was right.
    pub fn held_s(&self) -> f64 {
        self.ended_held_s
    }

    /// Is a hold of that length complete?
    pub fn is_enough(&self, held_s: f64) -> bool {
        held_s >= self.least_s
    }

    /// How long the hold under way has been right.
    pub fn holding_s(&self) -> Option<f64> {
        match self.state {
            State::Holding(holding) => Some(holding.held_s),
            State::Resting | State::Coming(_) | State::Leaving => None,
        }
    }
}

fn higher(high: &mut Sample, peak: &mut BySide, now: Sample, sides: BySide) {
    if now.value > high.value {
        *high = now;
    }
    raise(peak, sides);
}

impl Coming {
    fn new(now: Sample, sides: BySide, held: bool) -> Self {
        Self { start_s: now.time_s, now_s: now.time_s, high: now, peak: sides, held }
    }
}
