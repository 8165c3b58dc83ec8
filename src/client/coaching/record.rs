//! Keeps the session's record; a disk that fails must not stop the coaching.

use super::pipeline::Setup;
use crate::capture::SourceNote;
use baro_coach::{Report, reference::Sensor};
use baro_motion::PoseFrame;
use baro_record::{Event, Header, RecordError, Recorder};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

/// Records of one second and exercise that may stand side by side.
const MAX_SAME_NAME: u32 = 50;

/// What the record says about how it was made.
pub fn header(setup: &Setup, note: &SourceNote, model: String, model_sha256: String) -> Header {
    Header {
        program: format!("baro {}", env!("CARGO_PKG_VERSION")),
        started_unix_ms: u64::try_from(since_epoch().as_millis()).unwrap_or(u64::MAX),
        source: note.kind().into(),
        exercise_toml: setup.exercise.toml.to_string(),
        side: setup.side,
        model,
        model_sha256,
        dose: setup.dose,
        sensor: Sensor::Camera,
        reference: None,
    }
}

fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The recorder, and what went wrong with it.
pub struct Keeper {
    recorder: Option<Recorder>,
    path: PathBuf,
    /// Why nothing is being saved; `None` while all is well.
    pub not_saved: Option<Arc<str>>,
    /// Something is missing in the middle.
    incomplete: bool,
}

impl Keeper {
    /// Begins a record in `folder`, named by date, time and exercise.
    pub fn create(folder: &Path, exercise: &str, header: Header) -> Self {
        let name = format!("{}_{exercise}", stamp(since_epoch().as_secs()));
        let paths = (1..=MAX_SAME_NAME).map(|n| match n {
            1 => folder.join(format!("{name}.baro")),
            n => folder.join(format!("{name}_{n}.baro")),
        });
        let path = paths.into_iter().find(|path| !path.exists()).unwrap_or_else(|| folder.join(&name));
        match Recorder::create(&path, header) {
            Ok(recorder) => Self { recorder: Some(recorder), path, not_saved: None, incomplete: false },
            Err(error) => {
                bevy::log::error!("{error}");
                Self { recorder: None, path, not_saved: Some(error.to_string().into()), incomplete: true }
            }
        }
    }

    /// Appends a frame.
    pub fn frame(&mut self, frame: &PoseFrame) {
        self.note(|recorder| recorder.frame(frame));
    }

    /// Appends an event.
    pub fn event(&mut self, event: Event) {
        self.note(|recorder| recorder.event(event));
    }

    /// Appends the end of a repetition.
    pub fn rep_ended(&mut self, time_s: f64, report: &Report) {
        self.note(|recorder| recorder.rep_ended(time_s, report));
    }

    fn note(&mut self, append: impl FnOnce(&mut Recorder) -> Result<(), RecordError>) {
        let Some(recorder) = &mut self.recorder else { return };
        match append(recorder) {
            Ok(()) if self.incomplete => {}
            Ok(()) => self.not_saved = None,
            Err(error) => {
                if self.not_saved.is_none() {
                    bevy::log::error!("{error}");
                }
                self.incomplete = true;
                self.not_saved = Some(error.to_string().into());
            }
        }
    }

    /// Closes the record; its path, or why it is not whole.
    pub fn finish(mut self, report: &Report) -> Result<PathBuf, Arc<str>> {
        if let Some(recorder) = self.recorder.take()
            && let Err(error) = recorder.finish(report)
        {
            self.not_saved = Some(error.to_string().into());
        }
        match self.not_saved {
            None => Ok(self.path),
            Some(reason) => Err(reason),
        }
    }
}

/// `2026-11-22_03-15-07` (UTC) for seconds since 1970.
fn stamp(unix_s: u64) -> String {
    let (days, second) = (unix_s / 86_400, unix_s % 86_400);
    // Days to a date of the Gregorian calendar: Howard Hinnant, "chrono-compatible low-level date algorithms".
    let z = days + 719_468;
    let (era, day_of_era) = (z / 146_097, z % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    let (hour, minute) = (second / 3_600, second % 3_600 / 60);
    format!("{year:04}-{month:02}-{day:02}_{hour:02}-{minute:02}-{:02}", second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_right() {
        assert_eq!(stamp(0), "1970-01-01_00-00-00");
        assert_eq!(stamp(951_782_400), "2000-02-29_00-00-00");
        assert_eq!(stamp(1_795_317_307), "2026-11-22_03-15-07");
    }
}
