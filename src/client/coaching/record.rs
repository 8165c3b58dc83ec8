//! Keeps the session's record; a disk that fails must not stop the coaching.

use super::set::SetSpec;
use crate::capture::SourceNote;
use baro_coach::{Report, reference::Sensor};
use baro_motion::PoseFrame;
use baro_record::{Event, Header, KeyRing, Keys, RecordError, Recorder};
use jiff::Timestamp;
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Records of one second and exercise that may stand side by side.
const MAX_SAME_NAME: u32 = 50;

/// What the record says about how it was made.
pub fn header(spec: &SetSpec, note: &SourceNote, model: String, model_sha256: String) -> Header {
    Header {
        program: format!("baro {}", env!("CARGO_PKG_VERSION")),
        started_unix_ms: u64::try_from(Timestamp::now().as_millisecond()).unwrap_or_default(),
        source: note.kind().into(),
        exercise_toml: spec.exercise.toml.to_string(),
        side: spec.side,
        model,
        model_sha256,
        dose: spec.dose,
        sensor: Sensor::Camera,
        reference: None,
    }
}

/// The recorder, and what went wrong with it.
pub struct Keeper {
    recorder: Option<Recorder>,
    /// Its file, where there is to be one.
    path: Option<PathBuf>,
    /// Why nothing is being saved; `None` while all is well.
    pub not_saved: Option<Arc<str>>,
    /// Something is missing in the middle.
    incomplete: bool,
}

impl Keeper {
    /// Begins a record in `folder`, named by date, time and exercise; without a folder nothing is kept.
    pub fn create(folder: Option<&Path>, exercise: &str, header: Header) -> Self {
        let Some(folder) = folder else {
            return Self { recorder: None, path: None, not_saved: None, incomplete: false };
        };
        let name = format!("{}_{exercise}", Timestamp::now().strftime("%Y-%m-%d_%H-%M-%S"));
        let paths = (1..=MAX_SAME_NAME).map(|n| match n {
            1 => folder.join(format!("{name}.baro")),
            n => folder.join(format!("{name}_{n}.baro")),
        });
        let path = paths.into_iter().find(|path| !path.exists()).unwrap_or_else(|| folder.join(&name));
        // Signed by the person, sealed with what lies in their folder.
        let keys = Keys::of_folder(folder, &KeyRing::of_system()).map_err(RecordError::Keys);
        match keys.and_then(|keys| Recorder::create(&path, header, keys)) {
            Ok(recorder) => {
                Self { recorder: Some(recorder), path: Some(path), not_saved: None, incomplete: false }
            }
            Err(error) => {
                bevy::log::error!("{error}");
                Self {
                    recorder: None,
                    path: None,
                    not_saved: Some(error.to_string().into()),
                    incomplete: true,
                }
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

    /// Closes the record; its path (`None` where nothing was to be kept), or why it is not whole.
    pub fn finish(mut self, report: &Report) -> Result<Option<PathBuf>, Arc<str>> {
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
