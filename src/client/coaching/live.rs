//! What the coaching thread shows and the window reads: the newest state, and the few things that must be heard.

use crate::capture::{Preview, SourceNote};
use baro_coach::{CueId, Feedback, Rep, Report, gesture::Hands, setup::Guide};
use baro_motion::{Pose, Side};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Where a session is.
#[derive(Debug, Clone, Default)]
pub enum Status {
    /// Opening source and model.
    #[default]
    Starting,
    /// The person is looked at, and nothing is scored.
    Watching,
    /// Frames are scored.
    Running,
    /// The person paused.
    Paused,
    /// The camera went away; it is being looked for.
    CameraLost,
    /// The set is over.
    Ended(Outcome),
    /// The set could not begin, or had to end.
    Failed(Failure),
}

/// A finished set.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// What was done.
    pub report: Arc<Report>,
    /// The record's file (`None` where nothing was to be kept), or why there is none.
    pub saved: Result<Option<PathBuf>, Arc<str>>,
}

impl Outcome {
    /// Name of the record in its folder, where one was kept.
    pub fn record(&self) -> Option<String> {
        Some(self.saved.as_ref().ok()?.as_ref()?.file_name()?.to_str()?.to_owned())
    }
}

/// What went wrong, and what was kept.
#[derive(Debug, Clone)]
pub struct Failure {
    /// What part of the work failed; chooses the sentence that says what to do.
    pub kind: FailureKind,
    /// The cause in the words of whoever found it, English.
    pub detail: Arc<str>,
    /// What was done until then, where the set had begun.
    pub outcome: Option<Outcome>,
}

impl Failure {
    pub(super) fn new(kind: FailureKind, detail: impl ToString) -> Self {
        Self { kind, detail: detail.to_string().into(), outcome: None }
    }
}

/// Which part of the work failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureKind {
    /// Camera or file.
    Source,
    /// Pose model or inference library.
    Model,
    /// Something inside the program.
    Program,
}

impl FailureKind {
    /// Key of the sentence that says what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Source => "failure-source",
            Self::Model => "failure-model",
            Self::Program => "failure-program",
        }
    }
}

/// The newest state of a session.
#[derive(Debug, Default)]
pub struct Live {
    /// Where the session is.
    pub status: Status,
    /// The window's number of the set that this is about.
    pub set: u32,
    /// Where the picture comes from, once that is known.
    pub source: Option<SourceNote>,
    /// What the coach said about the newest frame.
    pub feedback: Feedback,
    /// What the camera sees of what the exercise needs, while it is set up.
    pub guide: Guide,
    /// What the raised hands are doing; [`Event::Hand`] tells of a choice.
    pub hands: Hands,
    /// How long the clock of a test or a pace has been running, seconds; `None` before the first movement.
    pub clock_s: Option<f64>,
    /// How long the phase under way has lasted, seconds.
    pub phase_s: f64,
    /// The repetition that ended last.
    pub last_rep: Option<Rep>,
    /// Is the picture shown as in a mirror, as people know themselves? The pose is not.
    pub mirror: bool,
    /// The body in the newest frame.
    pub pose: Option<Pose>,
    /// Frames scored so far.
    pub frames: u64,
    /// Camera frames that were too old by the time the tracker was free.
    pub dropped: u64,
    /// Frames scored in each second, lately.
    pub fps: f32,
    /// Why nothing can be saved at the moment.
    pub not_saved: Option<Arc<str>>,
    /// The picture, small.
    pub preview: Preview,
}

/// Something that happened between two looks.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The coach gives a cue.
    Cue(CueId),
    /// A raised hand has chosen.
    Hand(Side),
    /// A raised hand is about to choose: say this number.
    HandCount(u32),
    /// The text of a QR code before the camera.
    Code(String),
    /// A repetition ended; the number of complete ones so far.
    RepEnded {
        /// Did it count?
        complete: bool,
        /// Complete repetitions so far.
        count: u32,
    },
}

/// A slot of one: the coaching thread overwrites it, the window takes the newest.
#[derive(Debug, Default)]
pub struct Slot(Mutex<Shared>);

#[derive(Debug, Default)]
struct Shared {
    fresh: bool,
    preview_fresh: bool,
    live: Live,
}

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Shared> {
        // A panic of the other side leaves plain data behind, nothing half-linked.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state. Short: the window may be waiting.
    pub fn publish(&self, change: impl FnOnce(&mut Live)) {
        let mut shared = self.lock();
        change(&mut shared.live);
        shared.fresh = true;
    }

    /// Shows a new picture; gives back a buffer for the next one.
    pub fn publish_preview(&self, preview: &mut Preview) {
        let mut shared = self.lock();
        std::mem::swap(&mut shared.live.preview, preview);
        shared.fresh = true;
        shared.preview_fresh = true;
    }

    /// Takes over what changed since the last look; false where nothing did.
    pub fn take(&self, into: &mut Live) -> Taken {
        let mut shared = self.lock();
        if !shared.fresh {
            return Taken::Nothing;
        }
        shared.fresh = false;
        let preview_fresh = std::mem::take(&mut shared.preview_fresh);
        let live = &mut shared.live;
        if preview_fresh {
            std::mem::swap(&mut into.preview, &mut live.preview);
        }
        into.status.clone_from(&live.status);
        into.set = live.set;
        into.source.clone_from(&live.source);
        into.feedback.clone_from(&live.feedback);
        into.guide.clone_from(&live.guide);
        into.hands = live.hands;
        (into.clock_s, into.phase_s) = (live.clock_s, live.phase_s);
        into.last_rep.clone_from(&live.last_rep);
        into.not_saved.clone_from(&live.not_saved);
        into.mirror = live.mirror;
        into.pose = live.pose;
        into.frames = live.frames;
        into.dropped = live.dropped;
        into.fps = live.fps;
        if preview_fresh { Taken::WithPicture } else { Taken::State }
    }
}

/// What a look at the slot found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Nothing new.
    Nothing,
    /// A new state, the picture is the old one.
    State,
    /// A new state and a new picture.
    WithPicture,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_wins_and_is_seen_once() {
        let (slot, mut seen) = (Slot::default(), Live::default());
        assert_eq!(slot.take(&mut seen), Taken::Nothing);
        for n in 1..=3 {
            slot.publish(|live| live.frames = n);
        }
        assert_eq!(slot.take(&mut seen), Taken::State);
        assert_eq!(seen.frames, 3);
        assert_eq!(slot.take(&mut seen), Taken::Nothing);
    }

    #[test]
    fn a_picture_stays_until_the_next_one() {
        let (slot, mut seen) = (Slot::default(), Live::default());
        let mut preview = Preview { width: 2, height: 1, rgba: vec![7; 8] };
        slot.publish_preview(&mut preview);
        assert_eq!(slot.take(&mut seen), Taken::WithPicture);
        assert_eq!(seen.preview.rgba, vec![7; 8]);
        slot.publish(|live| live.frames = 9);
        assert_eq!(slot.take(&mut seen), Taken::State);
        assert_eq!(seen.preview.width, 2);
    }
}
