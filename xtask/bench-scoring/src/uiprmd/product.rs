//! The program's own final score: the coach counts and judges each repetition with the exercise file's rules and the reference.

use super::{Folds, MOVEMENTS, Rep, figures::Judged, path_of_exercise};
use anyhow::{Context, Result};
use baro_coach::{
    Coach, Exercise, SideChoice,
    reference::{Reference, Sensor},
};
use baro_motion::PoseFrame;
use std::sync::Arc;

/// Stillness before and after each recorded repetition, seconds: they are cut where the movement begins and ends.
pub const STILL_S: f64 = 1.0;
/// Between frames of stillness, seconds.
const STILL_STEP_S: f64 = 1.0 / 30.0;

/// The ten exercises, in UI-PRMD's order.
pub fn exercises() -> Result<Vec<Arc<Exercise>>> {
    let read = |(id, _): (&str, bool)| {
        let path = path_of_exercise(id);
        let text =
            std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
        Ok(Arc::new(Exercise::from_toml(&text).with_context(|| format!("{}", path.display()))?))
    };
    MOVEMENTS.into_iter().map(read).collect()
}

/// Judges each repetition with the reference that was learned without the person.
pub fn judge<'a>(
    reps: impl Iterator<Item = &'a Rep>,
    exercises: &[Arc<Exercise>],
    folds: &Folds,
) -> Vec<Judged> {
    let judged = |rep: &Rep| {
        let reference = folds[&(rep.movement, rep.person)].clone();
        let found = longest(&exercises[rep.movement], rep.sensor, Some(reference), &rep.frames);
        Judged { unseen: found.is_none(), ..Judged::new(rep, found.map_or(0.0, |found| found.score)) }
    };
    reps.map(judged).collect()
}

/// What the coach makes of a padded recording: its longest repetition, complete or partial.
pub fn longest(
    exercise: &Arc<Exercise>,
    sensor: Sensor,
    reference: Option<Reference>,
    frames: &[PoseFrame],
) -> Option<baro_coach::Rep> {
    let coach = Coach::new(exercise.clone(), SideChoice::Auto);
    let mut coach = coach.measured_by(sensor).refer_to(reference);
    for frame in frames {
        coach.step(frame);
    }
    let found = coach.finish().reps.iter();
    found.max_by(|a, b| (a.end_s - a.start_s).total_cmp(&(b.end_s - b.start_s))).cloned()
}

/// The recording between stretches of stillness.
pub fn padded(frames: &[PoseFrame]) -> Vec<PoseFrame> {
    let still = (STILL_S / STILL_STEP_S) as usize;
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else { return Vec::new() };
    let before = (0..still).map(|i| PoseFrame { time_s: i as f64 * STILL_STEP_S, ..*first });
    let own = frames.iter().map(|frame| PoseFrame { time_s: STILL_S + frame.time_s, ..*frame });
    let end_s = STILL_S + last.time_s;
    let after = (1..=still).map(|i| PoseFrame { time_s: end_s + i as f64 * STILL_STEP_S, ..*last });
    before.chain(own).chain(after).collect()
}

/// The recording without the stillness around it.
pub fn recorded(frames: &[PoseFrame]) -> &[PoseFrame] {
    let still = (STILL_S / STILL_STEP_S) as usize;
    frames.get(still..frames.len() - still).unwrap_or_default()
}
