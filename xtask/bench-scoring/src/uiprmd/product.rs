//! The program's own final score: the coach counts and judges each repetition with the exercise file's rules and the reference.

use super::{Folds, MOVEMENTS, Rep, figures::Judged, path_of_exercise};
use anyhow::{Context, Result};
use baro_coach::{Coach, Exercise, SideChoice, reference::Reference};
use baro_motion::PoseFrame;
use std::sync::Arc;

/// Stillness before and after each recorded repetition, seconds: they are cut where the movement begins and ends.
const STILL_S: f64 = 1.0;
/// Between frames of stillness, seconds.
const STILL_STEP_S: f64 = 1.0 / 30.0;

/// Judges each repetition with the reference that was learned without the person. `None` while an exercise file is missing.
pub fn judge(reps: &[Rep], folds: &Folds) -> Result<Option<Vec<Judged>>> {
    let mut exercises = Vec::new();
    for (id, _) in MOVEMENTS {
        let path = path_of_exercise(id);
        let Ok(text) = std::fs::read_to_string(&path) else {
            println!("{} is missing: the final score is not measured", path.display());
            return Ok(None);
        };
        let exercise = Exercise::from_toml(&text).with_context(|| format!("{}", path.display()))?;
        exercises.push(Arc::new(exercise));
    }
    let judged = reps.iter().map(|rep| {
        let score = score(&exercises[rep.movement], rep, &folds[&(rep.movement, rep.person)]);
        Judged { unseen: score.is_none(), ..Judged::new(rep, score.unwrap_or(0.0)) }
    });
    Ok(Some(judged.collect()))
}

/// The score of the longest repetition that the coach finds, complete or partial.
fn score(exercise: &Arc<Exercise>, rep: &Rep, reference: &Reference) -> Option<f64> {
    let coach = Coach::new(exercise.clone(), SideChoice::Auto);
    let mut coach = coach.measured_by(rep.sensor).refer_to(Some(reference.clone()));
    for frame in padded(&rep.episode.frames) {
        coach.step(&frame);
    }
    let found = coach.finish().reps.iter();
    let longest = found.max_by(|a, b| (a.end_s - a.start_s).total_cmp(&(b.end_s - b.start_s)));
    longest.map(|rep| rep.score)
}

/// The recording between stretches of stillness.
fn padded(frames: &[PoseFrame]) -> Vec<PoseFrame> {
    let still = (STILL_S / STILL_STEP_S) as usize;
    let (Some(first), Some(last)) = (frames.first(), frames.last()) else { return Vec::new() };
    let before = (0..still).map(|i| PoseFrame { time_s: i as f64 * STILL_STEP_S, ..*first });
    let own = frames.iter().map(|frame| PoseFrame { time_s: STILL_S + frame.time_s, ..*frame });
    let end_s = STILL_S + last.time_s;
    let after = (1..=still).map(|i| PoseFrame { time_s: end_s + i as f64 * STILL_STEP_S, ..*last });
    before.chain(own).chain(after).collect()
}
