//! A recording, coached: what `baro score` and `baro report` share.

use crate::{
    exercises::{find_exercise, known_exercises},
    recording::{Pictures, read_recording},
};
use anyhow::{Context as _, bail};
use baro_coach::{Coach, SideChoice};
use baro_record::{Header, MovementFile};
use baro_report::{Watch, Watched};
use std::{path::PathBuf, sync::Arc};

/// A recording, and how to coach it.
#[derive(clap::Args)]
pub struct Input {
    /// A video, a folder of pictures, a file of markers (`.trc`), joint angles (`.mot`, `.sto`) or landmarks (`.jsonl`), or a
    /// recorded session (`.baro`).
    pub input: PathBuf,
    /// Id of the exercise, or path of an exercise file (`.toml`), with its reference motion in the same folder. May be left out for a recorded session, which names its own.
    #[arg(long, value_name = "ID")]
    exercise: Option<String>,
    /// Side to score, for exercises that are done with each side on its own: `left`, `right` or `auto`.
    #[arg(long)]
    side: Option<SideChoice>,
    #[command(flatten)]
    pictures: Pictures,
}

impl Input {
    /// Coaches the recording; an error where nothing could be measured at all.
    pub fn coach(&self) -> anyhow::Result<Watched> {
        let exercise = self.exercise.as_deref().map(find_exercise).transpose()?;
        let is_session = MovementFile::of(&self.input) == Some(MovementFile::Baro);
        if exercise.is_none() && !is_session {
            bail!("say which exercise it is with --exercise; known are {}", known_exercises()?.join(", "));
        }
        let movement = read_recording(&self.input, &self.pictures)?;
        let done = movement.done.map(|done| Header { side: self.side.unwrap_or(done.side), ..done });
        let coach = match (exercise, done) {
            (Some(found), done) => {
                let side = self.side.or(done.map(|done| done.side)).unwrap_or_default();
                let coach = Coach::new(Arc::new(found.exercise), side).measured_by(movement.sensor);
                match found.reference {
                    Some(own) => coach.refer_to(Some(own)),
                    None => coach,
                }
            }
            (None, Some(done)) => {
                done.coach().with_context(|| format!("can't score {} again", self.input.display()))?
            }
            (None, None) => bail!("say which exercise it is with --exercise"),
        };
        let mut watch = Watch::new(coach);
        movement.frames.iter().for_each(|frame| watch.step(frame));
        let watched = Watched { safety: movement.safety, ..watch.finish() };
        self.check(&watched)?;
        Ok(watched)
    }

    fn check(&self, watched: &Watched) -> anyhow::Result<()> {
        let (input, exercise) = (self.input.display(), &watched.exercise.id);
        let [all, seen, clear] = watched.frames;
        match watched.missing {
            _ if all == 0 => bail!("{input} holds no frames; there is nothing to score"),
            _ if seen == 0 => bail!(
                "can't see anybody in {input} ({all} frames); the whole body should be in the picture, and well lit"
            ),
            Some(landmark) if clear == 0 => bail!(
                "can't see what {exercise} needs in {input}: {} is missing in all {all} frames; show the whole body, or choose \
                 another exercise",
                landmark.name(),
            ),
            _ => Ok(()),
        }
    }
}
