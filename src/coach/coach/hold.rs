//! The hold machine: how long a posture was right.
//!
//! ```text
//!        > leave         reached, and right             wrong for longer than the grace, or left
//! Resting ──────► Coming ──────────────────► Holding ───────────────────────────────────────────► ended, Coming
//!    ▲              │                           └── goal reached ──► ended, Leaving
//!    └── < back ────┴───────────────────────────────────────────────────────┘
//! ```

use super::{
    machine::{BLIND_S, BySide, Ended, Ending},
    trace::Sample,
};
use crate::{Hold, Phase, Signal};

/// A hold shorter than this, seconds, is no attempt, whatever the file says: rules need as long to be seen broken.
const LEAST_S: f64 = 0.5;

#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    /// In the start posture.
    Resting,
    /// On the way, or there but not right. `high`: how far it came; `held`: a hold of it has been entered already.
    Coming {
        start_s: f64,
        high: Sample,
        held: bool,
    },
    Holding(Holding),
    /// The goal is reached: nothing more to hold before the start posture has been seen.
    Leaving,
}

/// A hold under way.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Holding {
    start_s: f64,
    held_s: f64,
    /// The last frame in which the posture was right.
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
    /// The last frame with a signal, and whether the posture was right in it.
    last: Option<(f64, bool)>,
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
            last: None,
            phase: Phase::Rest,
            ended_held_s: 0.0,
        }
    }

    /// The signal of one frame, and whether a rule that breaks the hold is being broken.
    pub fn step(&mut self, now: Sample, sides: BySide, broken: bool) -> Option<Ended> {
        let right = now.value >= self.signal.reach && !broken;
        // What lies between two frames was right if both were; between nothing and a frame nothing is known.
        let lasted_s = match self.last {
            Some((last_s, true)) if right && now.time_s - last_s <= BLIND_S => now.time_s - last_s,
            _ => 0.0,
        };
        self.last = Some((now.time_s, right));
        let ended = self.advance(now, sides, right, lasted_s);
        self.phase = match self.state {
            State::Resting => Phase::Rest,
            State::Leaving => Phase::Return,
            _ if now.value >= self.signal.reach => Phase::Peak,
            State::Coming { held: false, .. } => Phase::Out,
            State::Coming { .. } | State::Holding(_) => Phase::Return,
        };
        ended
    }

    fn advance(&mut self, now: Sample, sides: BySide, right: bool, lasted_s: f64) -> Option<Ended> {
        match self.state {
            State::Resting | State::Leaving => {
                if now.value < self.signal.back {
                    self.state = State::Resting;
                }
                if self.state == State::Resting && now.value > self.signal.leave {
                    self.state = State::Coming { start_s: now.time_s, high: now, held: false };
                }
                None
            }
            State::Coming { start_s, high, held } => {
                let high = if now.value > high.value { now } else { high };
                self.state = State::Coming { start_s, high, held };
                if right {
                    self.state = State::Holding(Holding {
                        start_s: now.time_s,
                        held_s: 0.0,
                        right_s: now.time_s,
                        high: now,
                        peak: sides,
                    });
                } else if now.value < self.signal.back {
                    self.state = State::Resting;
                    return (!held).then(|| self.attempt(start_s, high, sides, now.time_s)).flatten();
                }
                None
            }
            State::Holding(mut holding) => {
                if right {
                    holding.held_s += lasted_s;
                    holding.right_s = now.time_s;
                }
                holding.take(now, sides);
                self.state = State::Holding(holding);
                if holding.held_s >= self.goal_s {
                    self.state = State::Leaving;
                    return self.close(&holding, Ending::Back);
                }
                let left = now.value < self.signal.back;
                if left || now.time_s - holding.right_s > self.grace_s {
                    self.state = if left {
                        State::Resting
                    } else {
                        State::Coming { start_s: now.time_s, high: now, held: true }
                    };
                    return self.close(&holding, Ending::Back);
                }
                None
            }
        }
    }

    /// Sight was lost for long, or the stream has ended.
    pub fn blind(&mut self) -> Option<Ended> {
        let state = std::mem::replace(&mut self.state, State::Resting);
        (self.last, self.phase) = (None, Phase::Rest);
        match state {
            State::Holding(holding) => self.close(&holding, Ending::GivenUp),
            State::Resting | State::Coming { .. } | State::Leaving => None,
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
    fn attempt(&mut self, start_s: f64, high: Sample, sides: BySide, end_s: f64) -> Option<Ended> {
        self.ended_held_s = 0.0;
        let ended = Ended {
            start_s,
            peak_s: high.time_s,
            end_s,
            ending: Ending::Back,
            turned: false,
            high: high.value,
            peak: sides,
            low: self.signal.rest,
            far_s: [high.time_s; 2],
        };
        let enough = high.value >= self.signal.attempt && end_s - start_s >= self.signal.min_s;
        enough.then_some(ended)
    }

    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// When the movement under way began; changes when a hold of it begins.
    pub fn start_s(&self) -> Option<f64> {
        match self.state {
            State::Coming { start_s, .. } => Some(start_s),
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
            State::Resting | State::Coming { .. } | State::Leaving => None,
        }
    }
}

impl Holding {
    fn take(&mut self, now: Sample, sides: BySide) {
        if now.value > self.high.value {
            self.high = now;
        }
        for (peak, value) in self.peak.iter_mut().zip(sides) {
            *peak = match (*peak, value) {
                (Some(peak), Some(value)) => Some(peak.max(value)),
                (peak, value) => peak.or(value),
            };
        }
    }
}
