//! From a few good repetitions to an exercise file that a person finishes by hand.
//!
//! The recordings are measured, each measure is tried as what to count on, and the one that moves farthest and most cleanly,
//! and that counts the recordings right, is taken. What stayed constant becomes form rules, the mean repetition becomes the
//! trainer. Nothing is written that the recordings don't bear out: the file is counted on them, and rehearsed.

mod form;
mod likeness;
mod shape;
mod signal;
mod take;
mod words;
mod write;

use crate::{Avoid, Equipment, Exercise, ExerciseError, Muscle, Names, Region, rehearsal::complaints};
use baro_motion::PoseFrame;
use form::Proposal;
pub use likeness::teach_reference;
use signal::Choice;
use take::Take;
use write::Draft;

/// What a person knows of the exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeachOptions {
    /// Its id: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name, in any language; it is noted in the file, for the locale files.
    pub name: String,
    /// What else is known of it. `None`: the file says where a person is to write it.
    pub told: Option<Told>,
}

/// What only a person can tell of an exercise: with it, the file is finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What it is called.
    pub names: Names,
    /// What it is for; empty: the part that moves most.
    pub body: Vec<Region>,
    /// What it works.
    pub muscles: Vec<Muscle>,
    /// What one needs.
    pub equipment: Vec<Equipment>,
    /// Who should not do it.
    pub avoid: Vec<Avoid>,
    /// Where it comes from: authors, year, where it appeared; or whose own it is.
    pub source: String,
}

/// No file could be made. Each message says what to do.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum TeachError {
    #[error("there is no recording; give at least one, with one to ten good repetitions in it")]
    NoRecording,
    #[error(
        "recording {number} shows a body with hips and shoulders in only {frames} frames; stand so that the whole body is in the \
         picture, or give another recording"
    )]
    NobodySeen { number: usize, frames: usize },
    #[error(
        "nothing in the recordings moves far enough and comes back (the most: {measure}, by {range}); begin and end every \
         recording in the start posture, and do the whole movement"
    )]
    NothingMoves { measure: &'static str, range: String },
    #[error(
        "the repetitions are too different to count them alike: the best that was found, {measure}, counts {right} of {total} \
         recordings right; leave out recordings with other movements or with breaks, or record them anew"
    )]
    TooDifferent { measure: &'static str, right: usize, total: usize },
    #[error(
        "the movement can't be shown by the trainer: {0}; record it once more with the whole body in the picture, or write the file \
         by hand"
    )]
    Trainer(String),
    #[error("the id or the name can't be used: {0}")]
    Options(ExerciseError),
    #[error("no reference motion can be learned: {0}; record whole repetitions of this exercise")]
    Reference(String),
}

/// At least this share of the recordings must be counted right by what was learned from them.
const LEAST_RIGHT: f64 = 0.8;
/// So often a file is mended after a rehearsal before it is given up.
const MOST_MENDS: usize = 12;

/// Makes the text of an exercise file from recordings of good repetitions.
///
/// Every recording begins and ends in the start posture and holds one or more repetitions of the same movement. More people
/// give better limits. The text passes [`Exercise::from_toml`] and the linter; lines marked `FILL IN` are for a person.
///
/// # Errors
/// Where there is nothing to learn from; the message says what to do.
pub fn teach(recordings: &[Vec<PoseFrame>], options: &TeachOptions) -> Result<String, TeachError> {
    let takes = measured(recordings)?;
    let all: Vec<&Take> = takes.iter().collect();
    let (choices, most) = signal::choices(&all);
    let bare = |choice: &Choice| Exercise::from_toml(&Draft::bare(choice, options).text());
    // An id that can't be used is refused before anything else is tried.
    if let Some(choice) = choices.first() {
        bare(choice).map_err(TeachError::Options)?;
    }
    let mut best: Option<(f64, Choice, signal::Counted)> = None;
    for choice in choices {
        let Ok(exercise) = bare(&choice) else { continue };
        let counted = signal::count(&exercise, &all, &choice.reps);
        let others = signal::from_others(&choice, &all, |choice| bare(choice).ok());
        // Twice: to count those that it was not learned from is what matters.
        let worth = counted.share() * others * others * choice.worth;
        if counted.share() > 0.0 && best.as_ref().is_none_or(|(other, ..)| worth > *other) {
            best = Some((worth, choice, counted));
        }
    }
    let Some((_, choice, counted)) = best else {
        let (measure, range) = most;
        return Err(TeachError::NothingMoves { measure, range });
    };
    if counted.share() < LEAST_RIGHT {
        let (right, total) = (counted.right, takes.len());
        return Err(TeachError::TooDifferent { measure: choice.measure.name(), right, total });
    }
    let draft = Draft::full(&choice, options, &takes, &counted);
    mend(draft)
}

fn measured(recordings: &[Vec<PoseFrame>]) -> Result<Vec<Take>, TeachError> {
    if recordings.is_empty() {
        return Err(TeachError::NoRecording);
    }
    let take = |(i, frames): (usize, &Vec<PoseFrame>)| {
        Take::new(frames).map_err(|frames| TeachError::NobodySeen { number: i + 1, frames })
    };
    recordings.iter().enumerate().map(take).collect()
}

/// Rehearses a draft and takes out, or shows more clearly, what it can't keep.
fn mend(mut draft: Draft) -> Result<String, TeachError> {
    let mut last = String::new();
    for _ in 0..MOST_MENDS {
        let text = draft.text();
        let exercise = Exercise::from_toml(&text).map_err(TeachError::Options)?;
        let found = complaints(&exercise);
        if found.is_empty() {
            return Ok(text);
        }
        for complaint in found {
            match &complaint.rule {
                Some(rule) => draft.mend_rule(rule),
                None => draft.mend_trainer(&exercise),
            }
            last = complaint.message;
        }
    }
    Err(TeachError::Trainer(last))
}

/// The value below which a share of the values lies, interpolated; `None` without values.
fn percentile(values: &[f32], share: f32) -> Option<f32> {
    let mut values: Vec<f32> = values.iter().copied().filter(|v| v.is_finite()).collect();
    values.sort_by(f32::total_cmp);
    let last = values.len().checked_sub(1)?;
    let place = share.clamp(0.0, 1.0) * last as f32;
    let (low, high) = (values[place as usize], values[(place as usize + 1).min(last)]);
    Some(low + (high - low) * place.fract())
}

fn median(values: &[f32]) -> Option<f32> {
    percentile(values, 0.5)
}

#[cfg(test)]
mod tests;
