//! What a functional test measures over a set.

use super::{
    counting::{News, State},
    machine::BLIND_S,
};
use crate::{FunctionalTest, Phase, TestResult, TestUnit};

/// A stand under way counts when time is up if it is more than half done: CDC STEADI, "Assessment: 30-second chair stand".
const HALF_DONE: f32 = 0.5;
/// A recording that is cut at the end of the test may be shorter than it by this, seconds.
const CUT_S: f64 = 0.25;

/// Watches one test. The clock starts with the movement that first gets there (its onset): a fidget before it starts nothing.
pub(super) struct TestClock {
    test: FunctionalTest,
    start_s: Option<f64>,
    now_s: f64,
    reached: u32,
    value: Option<f64>,
    /// When the signal was seen last, and whether it was out of sight for too long while the clock ran.
    seen_s: f64,
    void: bool,
}

impl TestClock {
    pub fn new(test: FunctionalTest) -> Self {
        Self { test, start_s: None, now_s: 0.0, reached: 0, value: None, seen_s: 0.0, void: false }
    }

    /// One frame. `moving_since_s`: onset of the movement under way. `state`: how far it has gone.
    pub fn step(&mut self, time_s: f64, news: &News, moving_since_s: Option<f64>, state: State) {
        self.now_s = time_s;
        if let (Some(reached_s), None) = (news.reached_s, self.start_s) {
            self.start_s = Some(moving_since_s.unwrap_or(reached_s));
        }
        self.look(time_s, state.value.is_some());
        match self.test {
            FunctionalTest::CountInTime { seconds } => self.count(seconds, news.reached_s, state),
            FunctionalTest::TimeForCount { count } => {
                if let (Some(reached_s), Some(start_s)) = (news.reached_s, self.start_s) {
                    self.reached += 1;
                    if self.reached == count {
                        self.value = Some(reached_s - start_s);
                    }
                }
            }
            FunctionalTest::LongestHold { .. } => self.longest(news),
        }
    }

    /// The recording has ended: the hold under way was one too.
    pub fn finish(&mut self, news: &News) {
        self.longest(news);
    }

    fn longest(&mut self, news: &News) {
        let FunctionalTest::LongestHold { max_s } = self.test else { return };
        let held = news.done.iter().flatten().filter_map(|done| done.held_s);
        let longest_s = held.fold(self.value.unwrap_or(0.0), f64::max).min(max_s);
        self.value = (longest_s > 0.0).then_some(longest_s);
    }

    /// What was done out of sight is not known, so that there is no result. (A hold ends by itself.)
    fn look(&mut self, time_s: f64, seen: bool) {
        let end_s = match (self.test, self.start_s) {
            (FunctionalTest::CountInTime { seconds }, Some(start_s)) => start_s + seconds,
            _ => f64::INFINITY,
        };
        let runs = self.start_s.is_some() && self.value.is_none() && self.seen_s < end_s - CUT_S;
        self.void |= runs && time_s.min(end_s) - self.seen_s > BLIND_S;
        if seen {
            self.seen_s = time_s;
        }
    }

    fn count(&mut self, seconds: f64, reached_s: Option<f64>, state: State) {
        let Some(start_s) = self.start_s.filter(|_| self.value.is_none()) else { return };
        let end_s = start_s + seconds;
        if reached_s.is_some_and(|reached_s| reached_s <= end_s) {
            self.reached += 1;
        }
        if self.now_s > end_s {
            let nearly =
                state.phase == Phase::Out && state.progress.is_some_and(|progress| progress > HALF_DONE);
            self.value = Some(f64::from(self.reached + u32::from(nearly)));
        }
    }

    /// What was measured; `None` where the test was not done to its end, or not seen all the time.
    pub fn result(&self) -> Option<TestResult> {
        if self.void && !matches!(self.test, FunctionalTest::LongestHold { .. }) {
            return None;
        }
        let (value, unit) = match self.test {
            FunctionalTest::CountInTime { seconds } => {
                let over = self.start_s.is_some_and(|start_s| self.now_s >= start_s + seconds - CUT_S);
                (self.value.or(over.then_some(f64::from(self.reached))), TestUnit::Count)
            }
            FunctionalTest::TimeForCount { .. } | FunctionalTest::LongestHold { .. } => {
                (self.value, TestUnit::S)
            }
        };
        value.map(|value| TestResult { value: super::score::round(value), unit })
    }
}
