//! Before an exercise: does the camera see what the exercise needs, and what to change if not. Advice is given one piece at a time.

mod advice;
mod countdown;
mod judge;
mod room;

pub use advice::{Advice, Check, State};
pub use countdown::{Countdown, Tick};

use crate::{CueId, Exercise, SideChoice};
use baro_motion::{LANDMARK_COUNT, LandmarkId, Light, Pose, ViewFilter};
use judge::{Needs, Sight};

/// Said once everything that is needed is seen.
pub const CUE_I_SEE_YOU: &str = "cue-i-see-you";

/// All that is needed has been right for this long, seconds: it is ready.
pub const READY_S: f64 = 1.5;
/// How long a check must show something else before it changes, seconds: to right; to wrong; to wrong once ready.
const TO_OK_S: f64 = 0.3;
const TO_NOT_S: f64 = 0.6;
const FROM_READY_S: f64 = 1.2;
/// An advice has stood for this long before it is spoken, seconds: who is still walking gets there alone.
const BEFORE_SAYING_S: f64 = 0.8;
/// At most one spoken piece of advice in this time, and the same one again only after the second, seconds.
const BETWEEN_S: f64 = 5.0;
const AGAIN_S: f64 = 10.0;
/// Time constant of the landmarks' visibility, seconds.
const VISIBILITY_S: f64 = 0.25;

/// What is known of a frame beside the body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Surroundings {
    /// The picture's width over its height.
    pub aspect: f32,
    /// How light it is, where it was measured.
    pub light: Option<Light>,
    /// How many people are in it, where they were counted.
    pub people: Option<usize>,
}

/// What to show and say with one frame.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Guide {
    /// The state of each check, in the order of [`Check::ALL`].
    pub checks: [State; Check::ALL.len()],
    /// The most important thing to change, if anything.
    pub advice: Option<Advice>,
    /// The exercise may begin.
    pub ready: bool,
    /// A cue to say now; most frames carry none.
    pub cue: Option<CueId>,
}

impl Guide {
    /// The state of one check.
    pub fn state(&self, check: Check) -> State {
        self.checks[check as usize]
    }
}

/// Guides one person to where the camera sees what one exercise needs.
///
/// Call [`Self::step`] for every frame in order of time; one whose time is not after the one before it, or is no number, changes nothing. A
/// step allocates nothing. Ready comes within three seconds of a good posture and does not flicker: checks change only when they have
/// shown something else for a while.
#[derive(Debug)]
pub struct SetUp {
    needs: Needs,
    view: ViewFilter,
    visibility: Option<[f32; LANDMARK_COUNT]>,
    last_s: Option<f64>,
    checks: [Settled; Check::ALL.len()],
    good_since_s: Option<f64>,
    voice: Voice,
    guide: Guide,
}

/// A check's state, and what it has shown lately instead.
#[derive(Debug, Clone, Copy, Default)]
struct Settled {
    state: State,
    other: Option<(State, f64)>,
}

impl SetUp {
    /// For one set. `side` matters only for exercises that are done with each side on its own.
    pub fn new(exercise: &Exercise, side: SideChoice) -> Self {
        Self {
            needs: Needs::new(exercise, side),
            view: ViewFilter::default(),
            visibility: None,
            last_s: None,
            checks: Default::default(),
            good_since_s: None,
            voice: Voice::new(exercise),
            guide: Guide::default(),
        }
    }

    /// Takes the next frame; `pose` is `None` where nobody is seen.
    pub fn step(&mut self, time_s: f64, pose: Option<&Pose>, around: &Surroundings) -> &Guide {
        self.guide.cue = None;
        if !time_s.is_finite() || self.last_s.is_some_and(|last_s| time_s <= last_s) {
            return &self.guide;
        }
        let dt = self.last_s.map_or(0.0, |last_s| time_s - last_s);
        self.last_s = Some(time_s);
        let before = self.guide.checks;
        let now = match pose {
            Some(pose) => {
                let view = self.view.step(time_s, pose);
                let visibility = self.visibility.get_or_insert_with(|| visibilities(pose));
                let share = (1.0 - libm::exp(-dt / VISIBILITY_S)) as f32;
                visibility.iter_mut().zip(visibilities(pose)).for_each(|(mean, now)| {
                    *mean += (now - *mean) * share;
                });
                let sight = Sight { pose, view: &view, visibility };
                judge::judge(&self.needs, Some(&sight), around, &before)
            }
            None => {
                self.visibility = None;
                judge::judge(&self.needs, None, around, &before)
            }
        };
        for (settled, now) in self.checks.iter_mut().zip(now) {
            settled.take(time_s, now, self.guide.ready);
        }
        self.guide.checks = self.checks.map(|check| check.state);
        self.guide.advice = most_important(&self.guide.checks);
        let good = Check::ALL
            .into_iter()
            .all(|check| !check.is_needed() || !matches!(self.guide.state(check), State::Not(_)));
        let good = good && self.guide.state(Check::Seen) == State::Ok;
        self.good_since_s = self.good_since_s.filter(|_| good).or(good.then_some(time_s));
        self.guide.ready = self.good_since_s.is_some_and(|since_s| time_s - since_s >= READY_S);
        self.guide.cue = self.voice.say(time_s, &self.guide);
        &self.guide
    }

    /// The state after the last frame.
    pub fn guide(&self) -> &Guide {
        &self.guide
    }
}

fn visibilities(pose: &Pose) -> [f32; LANDMARK_COUNT] {
    let sound = |visibility: f32| if visibility.is_finite() { visibility.clamp(0.0, 1.0) } else { 0.0 };
    LandmarkId::ALL.map(|id| sound(pose.world[id].visibility))
}

/// In the dark nobody is seen: the cause comes before what follows from it.
fn most_important(checks: &[State; Check::ALL.len()]) -> Option<Advice> {
    let not = |check: Check| match checks[check as usize] {
        State::Not(advice) => Some(advice),
        State::Ok | State::Unknown => None,
    };
    not(Check::Seen).and(not(Check::Light)).or_else(|| Check::ALL.into_iter().find_map(not))
}

impl Settled {
    fn take(&mut self, time_s: f64, now: State, ready: bool) {
        if now == self.state {
            self.other = None;
            return;
        }
        let wait_s = match (self.state, now) {
            // The first look.
            (State::Unknown, _) | (_, State::Ok) => TO_OK_S,
            _ if ready => FROM_READY_S,
            _ => TO_NOT_S,
        };
        // Another wrong thing than a moment ago is still not what it was.
        let since_s = match self.other {
            Some((other, since_s)) if std::mem::discriminant(&other) == std::mem::discriminant(&now) => {
                since_s
            }
            _ => time_s,
        };
        self.other = Some((now, since_s));
        if time_s - since_s >= wait_s {
            (self.state, self.other) = (now, None);
        }
    }
}

/// What was said, and when.
#[derive(Debug)]
struct Voice {
    cues: [CueId; Advice::FIXED.len()],
    show: CueId,
    see_you: CueId,
    /// The advice that stands, since when.
    standing: Option<(Advice, f64)>,
    last: Option<(CueId, f64)>,
    was_ready: bool,
}

impl Voice {
    fn new(exercise: &Exercise) -> Self {
        let key = |advice: Advice| advice.cue().unwrap_or(crate::CUE_UNSEEN);
        Self {
            cues: Advice::FIXED.map(|advice| CueId::from(key(advice))),
            show: exercise.unseen_cue.clone(),
            see_you: CUE_I_SEE_YOU.into(),
            standing: None,
            last: None,
            was_ready: false,
        }
    }

    fn say(&mut self, time_s: f64, guide: &Guide) -> Option<CueId> {
        let came_ready = guide.ready && !self.was_ready;
        self.was_ready = guide.ready;
        if self.standing.map(|(advice, _)| advice) != guide.advice {
            self.standing = guide.advice.map(|advice| (advice, time_s));
        }
        let silent_s = self.last.as_ref().map_or(f64::INFINITY, |(_, last_s)| time_s - last_s);
        let cue = match self.standing {
            _ if came_ready => self.see_you.clone(),
            // What would be better still is shown, not said.
            _ if guide.ready => return None,
            Some((advice, since_s)) if time_s - since_s >= BEFORE_SAYING_S && silent_s >= BETWEEN_S => {
                self.cue(advice)
            }
            _ => return None,
        };
        let again = self.last.as_ref().is_some_and(|(last, _)| *last == cue) && silent_s < AGAIN_S;
        if again {
            return None;
        }
        self.last = Some((cue.clone(), time_s));
        Some(cue)
    }

    fn cue(&self, advice: Advice) -> CueId {
        let place = Advice::FIXED.iter().position(|fixed| *fixed == advice);
        place.and_then(|place| self.cues.get(place)).unwrap_or(&self.show).clone()
    }
}
