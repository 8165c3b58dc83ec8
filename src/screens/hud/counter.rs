//! What is counted, for every kind of exercise: one ring, one large number, and what is asked for.

use super::HudView;
use crate::Texts;
use baro_coach::{FunctionalTest, Kind};

/// The counting part of the screen, in words and shares.
#[derive(Debug, Clone, PartialEq)]
pub struct Counter {
    /// What is counted.
    pub heading: String,
    /// How full the ring is, 0 to 1.
    pub share: f32,
    /// The large number in it.
    pub inside: String,
    /// What is asked for, or what is left; may be empty.
    pub below: String,
    /// A second line; may be empty.
    pub note: String,
    /// How full the breath is, 0 to 1, where a pace is followed.
    pub breath: Option<f32>,
    /// All of it in one sentence.
    pub said: String,
}

/// What to show for this kind of exercise.
pub fn counter(view: &HudView, texts: &Texts) -> Counter {
    match (&view.exercise.test, &view.exercise.kind) {
        (Some(test), _) => test_counter(view, *test, texts),
        (None, Kind::Reps) => reps(view, texts),
        (None, Kind::Hold(hold)) => holds(view, view.asked.hold_s.unwrap_or(hold.target_s), texts),
        (None, Kind::Paced(pace)) => {
            paced(view, 60.0 * view.asked.minutes.unwrap_or(pace.minutes), pace.cycle_s(), texts)
        }
    }
}

fn partial(view: &HudView, texts: &Texts) -> String {
    let count = view.feedback.partial;
    if count > 0 { texts.with("label-partial", [("count", count.into())]) } else { String::new() }
}

fn of(count: Option<u32>, texts: &Texts) -> String {
    count.map(|of| texts.with("hud-of", [("of", of.into())])).unwrap_or_default()
}

fn reps(view: &HudView, texts: &Texts) -> Counter {
    let count = view.feedback.count;
    Counter {
        heading: texts.text("label-reps"),
        share: view.feedback.progress,
        inside: count.to_string(),
        below: of(view.asked.reps, texts),
        note: partial(view, texts),
        breath: None,
        said: texts.with("result-reps", [("count", count.into())]),
    }
}

fn holds(view: &HudView, target_s: f64, texts: &Texts) -> Counter {
    let held_s = view.feedback.held_s.unwrap_or(0.0);
    let count = view.feedback.count;
    let asked = view.asked.reps.unwrap_or(1).max(1);
    let seconds = [held_s, target_s].map(whole);
    let now = (count + u32::from(view.feedback.held_s.is_some())).clamp(1, asked);
    Counter {
        heading: texts.text("hud-hold"),
        share: share(held_s, target_s),
        inside: seconds[0].to_string(),
        below: texts.with("hud-of-seconds", [("of", seconds[1].into())]),
        note: if asked > 1 {
            texts.with("hud-hold-number", [("hold", now.into()), ("of", asked.into())])
        } else {
            partial(view, texts)
        },
        breath: None,
        said: texts.with("hud-said-hold", [("held", seconds[0].into()), ("of", seconds[1].into())]),
    }
}

fn paced(view: &HudView, total_s: f64, cycle_s: f64, texts: &Texts) -> Counter {
    let gone_s = view.clock_s.unwrap_or(0.0);
    // A cycle that has begun is led to its end.
    let total_s = (total_s / cycle_s).ceil() * cycle_s;
    let left = texts.with("hud-left", [("time", clock((total_s - gone_s).max(0.0)).into())]);
    let breaths = texts.with("hud-breaths", [("count", view.feedback.count.into())]);
    Counter {
        heading: texts.text("hud-pace"),
        share: share(gone_s, total_s),
        inside: view.feedback.count.to_string(),
        said: format!("{breaths}. {left}"),
        below: left,
        note: String::new(),
        breath: Some(view.feedback.progress.clamp(0.0, 1.0)),
    }
}

fn test_counter(view: &HudView, test: FunctionalTest, texts: &Texts) -> Counter {
    let (count, gone_s) = (view.feedback.count, view.clock_s.unwrap_or(0.0));
    let heading = texts.text("hud-test");
    let (share, inside, below) = match test {
        FunctionalTest::CountInTime { seconds } => {
            let left = texts.with("hud-left", [("time", clock((seconds - gone_s).max(0.0)).into())]);
            (share(gone_s, seconds), count.to_string(), left)
        }
        FunctionalTest::TimeForCount { count: asked } => {
            let below =
                texts.with("hud-count-of", [("count", count.min(asked).into()), ("of", asked.into())]);
            (share(f64::from(count), f64::from(asked)), format!("{gone_s:.0}"), below)
        }
        FunctionalTest::LongestHold { max_s } => {
            let held_s = view.feedback.held_s.unwrap_or(0.0);
            let below = texts.with("hud-of-seconds", [("of", whole(max_s).into())]);
            (share(held_s, max_s), whole(held_s).to_string(), below)
        }
    };
    let unit = match test {
        FunctionalTest::CountInTime { .. } => texts.with("result-reps", [("count", count.into())]),
        FunctionalTest::TimeForCount { .. } | FunctionalTest::LongestHold { .. } => {
            texts.with("value-s", [("value", inside.clone().into())])
        }
    };
    let note = if view.clock_s.is_none() && view.feedback.held_s.is_none() {
        texts.text("hud-test-waits")
    } else {
        String::new()
    };
    Counter { heading, share, inside, said: format!("{unit}. {below}"), below, note, breath: None }
}

fn share(part: f64, whole: f64) -> f32 {
    if whole > 0.0 { (part / whole).clamp(0.0, 1.0) as f32 } else { 0.0 }
}

/// Whole seconds that are over.
fn whole(seconds: f64) -> u32 {
    seconds.max(0.0) as u32
}

/// `1:05`; the second under way counts, so that 0:00 is the end.
pub fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0).ceil() as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}
