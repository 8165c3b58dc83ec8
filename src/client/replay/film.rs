//! A record as moments to be shown.

use crate::{
    coaching::CAPTION_S,
    scene::{Body, Stream, Tempo},
};
use baro_coach::{CueId, Exercise, Feedback, Rep};
use baro_home::ExerciseFile;
use baro_record::{RecordError, Recording, ReplayError};
use std::{path::Path, sync::Arc};

/// Shown before a repetition begins, seconds.
const BEFORE_S: f64 = 0.6;
/// Shown after it has ended, seconds.
const AFTER_S: f64 = 0.8;

/// A record can't be shown.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum FilmError {
    #[error(transparent)]
    Record(#[from] RecordError),
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("nothing was seen in the record")]
    Empty,
}

/// One frame of a record.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Seconds from the beginning of the record.
    pub time_s: f64,
    /// The person; `None` where they were not seen.
    pub body: Option<Body>,
    /// What the coach said.
    pub feedback: Feedback,
    /// Where the trainer is then in its own movement, seconds.
    pub trainer_s: f64,
}

/// A record, scored again by the coach that it was made with.
#[derive(Debug, Clone)]
pub struct Film {
    /// The exercise as it was then.
    pub exercise: ExerciseFile,
    /// Is it shown as in a mirror? So people saw themselves when it was made.
    pub mirror: bool,
    /// The repetitions; times count from the beginning of the record.
    pub reps: Vec<Rep>,
    /// What the coach said, and when.
    pub cues: Vec<(f64, CueId)>,
    moments: Vec<Moment>,
}

impl Film {
    /// Reads a record. Takes a fraction of a second for each minute of it: not for the window's thread.
    ///
    /// # Errors
    /// Where the file is no record, the coach can't read what is in it, or nobody is in it.
    pub fn read(path: &Path) -> Result<Self, FilmError> {
        Self::of(&Recording::read(path)?)
    }

    /// The same of a record that was read.
    ///
    /// # Errors
    /// Where the coach can't read what is in it, or nobody is in it.
    pub fn of(recording: &Recording) -> Result<Self, FilmError> {
        let mut coach = recording.header.coach()?;
        let exercise = Exercise::from_toml(&recording.header.exercise_toml).map_err(ReplayError::from)?;
        let from_s = recording.frames().next().ok_or(FilmError::Empty)?.time_s;
        let (mut stream, tempo) = (Stream::default(), Tempo::new(&exercise));
        let mut film = Self {
            exercise: ExerciseFile {
                exercise: Arc::new(exercise.clone()),
                toml: recording.header.exercise_toml.as_str().into(),
            },
            mirror: recording.header.source == "camera",
            reps: Vec::new(),
            cues: Vec::new(),
            moments: Vec::new(),
        };
        for frame in recording.frames() {
            let time_s = frame.time_s - from_s;
            let feedback = coach.step(frame).clone();
            if let Some(cue) = &feedback.cue {
                film.cues.push((time_s, cue.clone()));
            }
            let body = frame.pose.as_ref().map(|pose| stream.step(frame.time_s, pose));
            let trainer_s = tempo.meet(&exercise, &feedback);
            film.moments.push(Moment { time_s, body, feedback, trainer_s });
        }
        film.reps.clone_from(&coach.finish().reps);
        for rep in &mut film.reps {
            (rep.start_s, rep.peak_s, rep.end_s) =
                (rep.start_s - from_s, rep.peak_s - from_s, rep.end_s - from_s);
        }
        let seen = film.moments.iter().any(|moment| moment.body.is_some());
        if seen { Ok(film) } else { Err(FilmError::Empty) }
    }

    /// How long it is, seconds.
    pub fn length_s(&self) -> f64 {
        self.moments.last().map_or(0.0, |moment| moment.time_s)
    }

    /// The newest moment at this time.
    pub fn at(&self, time_s: f64) -> &Moment {
        let after = self.moments.partition_point(|moment| moment.time_s <= time_s);
        &self.moments[after.saturating_sub(1)]
    }

    /// The person as they were seen last before this time, or first after it.
    pub fn body_near(&self, time_s: f64) -> Option<&Body> {
        let after = self.moments.partition_point(|moment| moment.time_s <= time_s);
        let (before, after) = self.moments.split_at(after);
        before.iter().rev().chain(after).find_map(|moment| moment.body.as_ref())
    }

    /// The repetition of this time, or the one before it; `None` before the first.
    pub fn rep_at(&self, time_s: f64) -> Option<usize> {
        self.reps.partition_point(|rep| rep.start_s - BEFORE_S <= time_s + 1e-6).checked_sub(1)
    }

    /// From when to when a repetition is shown, seconds.
    pub fn span(&self, rep: usize) -> Option<[f64; 2]> {
        let rep = self.reps.get(rep)?;
        Some([(rep.start_s - BEFORE_S).max(0.0), (rep.end_s + AFTER_S).min(self.length_s())])
    }

    /// The cue that was on the screen at this time.
    pub fn cue_at(&self, time_s: f64) -> Option<&CueId> {
        let before = self.cues.partition_point(|(said_s, _)| *said_s <= time_s);
        let (said_s, cue) = self.cues.get(before.checked_sub(1)?)?;
        (time_s - said_s < f64::from(CAPTION_S)).then_some(cue)
    }
}

/// What became of reading a record.
pub type Reading = Result<Arc<Film>, FilmError>;
