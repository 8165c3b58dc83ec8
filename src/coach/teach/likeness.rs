//! Reference motion from the same recordings.

use super::TeachError;
use crate::{
    Coach, Exercise, SideChoice, Sides,
    reference::{Example, LearnSettings, Origin, Reference, Sensor, Summary, Track, learn},
};
use baro_motion::PoseFrame;
use std::sync::Arc;

/// Learns what the good repetitions of an exercise have in common, as the text of a file for `assets/references`.
///
/// `exercise`: what [`super::teach`] made of the same recordings, or its finished form; it says where the repetitions lie. Every
/// recording counts as another person. Without wrong repetitions to tell apart, every number counts alike: a start for editing by
/// hand (docs/scoring.md).
///
/// # Errors
/// Where nobody is seen, or the exercise counts no repetition; the message says what to do.
pub fn teach_reference(
    recordings: &[Vec<PoseFrame>],
    exercise: &Exercise,
    origin: Origin,
) -> Result<String, TeachError> {
    let takes = super::measured(recordings)?;
    let shared = Arc::new(exercise.clone());
    let mut found: Vec<(u32, Sensor, Summary)> = Vec::new();
    for (person, take) in (0..).zip(&takes) {
        let sensor = if take.from_picture { Sensor::Camera } else { Sensor::Markers };
        let mut coach = Coach::new(shared.clone(), SideChoice::Auto);
        let mut track = Track::default();
        let mut ended = Vec::new();
        for frame in &take.frames {
            if let Some(pose) = &frame.pose {
                // The whole recording is remembered: 17 s at full detail, longer ones thinned out.
                track.push(frame.time_s, &pose.world, Some(0.0));
            }
            ended.extend(coach.step(frame).ended_rep);
        }
        let reps = &coach.report().reps;
        let complete = ended.into_iter().filter_map(|i| reps.get(i)).filter(|rep| rep.complete);
        let summaries = complete.filter_map(|rep| track.summary(rep.start_s, rep.end_s));
        found.extend(summaries.map(|summary| (person, sensor, summary)));
    }
    let examples: Vec<Example> = found
        .iter()
        .map(|(person, sensor, summary)| Example { summary, person: *person, sensor: *sensor, correct: true })
        .collect();
    let symmetric = exercise.sides == Sides::Together;
    let learned = learn(&exercise.id, origin, symmetric, &examples, &LearnSettings::default());
    let text = learned.map_err(|error| TeachError::Reference(error.to_string()))?.to_text();
    Reference::from_text(&text).map_err(|error| TeachError::Reference(error.to_string()))?;
    Ok(text)
}
