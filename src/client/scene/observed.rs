//! What the bodies in the room show: what the coach sees now, or a moment of a record.

use crate::{
    coaching::{Caption, Session, Status, ViewSettings},
    replay::Replay,
};
use baro_coach::{CueId, Feedback};
use baro_motion::{Pose, Steady, View, ViewFilter};
use bevy::prelude::*;

/// What is going on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Doing {
    /// Nobody is looked for yet.
    #[default]
    Waiting,
    /// The person is looked at, and nothing is scored.
    Watching,
    /// The movement goes on.
    Moving,
    /// The movement stands still.
    Paused,
    /// There is nothing more to see.
    Over,
}

impl Doing {
    /// Is a set under way?
    pub const fn in_set(self) -> bool {
        matches!(self, Self::Moving | Self::Paused)
    }

    const fn of(status: &Status) -> Self {
        match status {
            Status::Starting => Self::Waiting,
            Status::Watching | Status::CameraLost => Self::Watching,
            Status::Running => Self::Moving,
            Status::Paused => Self::Paused,
            Status::Ended(_) | Status::Failed(_) => Self::Over,
        }
    }
}

/// What the bodies show in this frame.
#[derive(Resource, Debug, Clone, Default)]
pub struct Observed {
    /// What is going on.
    pub doing: Doing,
    /// The person and the view they are seen in; steadied.
    pub body: Option<Body>,
    /// What the coach says about it.
    pub feedback: Feedback,
    /// The cue on the screen.
    pub cue: Option<CueId>,
    /// Shown as in a mirror: the person's left is the avatar's right.
    pub mirror: bool,
    /// The trainer's time, seconds; `None`: it keeps its own, and meets the person's.
    pub trainer_s: Option<f64>,
    /// Who stands in the trainer's place, as they were recorded on another day; `None`: the trainer.
    pub beside: Option<Body>,
    /// How far both bodies are turned about the upright to be seen from another side, radians.
    pub turn_rad: f32,
}

/// A body as it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Body {
    /// The pose, steadied.
    pub pose: Pose,
    /// Where it was seen from.
    pub view: View,
}

impl Body {
    /// The pose, upright however the camera is tilted.
    pub fn upright(&self) -> Pose {
        Pose { world: self.view.level(&self.pose.world), ..self.pose }
    }
}

/// Steadies a stream of poses and learns its view, as the coach does.
#[derive(Debug, Default)]
pub struct Stream {
    steady: Steady,
    view: ViewFilter,
    last_s: f64,
}

impl Stream {
    /// The body of this frame; a time before the last one begins a new stream.
    pub fn step(&mut self, time_s: f64, pose: &Pose) -> Body {
        if time_s < self.last_s {
            *self = Self::default();
        }
        self.last_s = time_s;
        let pose = self.steady.step(time_s, pose);
        Body { view: self.view.step(time_s, &pose), pose }
    }
}

/// Takes over what there is to show in this frame.
pub(super) fn observe(
    session: Res<Session>,
    caption: Res<Caption>,
    view: Res<ViewSettings>,
    replay: Res<Replay>,
    mut stream: Local<Stream>,
    mut observed: ResMut<Observed>,
) {
    if let Some(moment) = replay.observed() {
        *observed = moment;
        return;
    }
    let live = &session.live;
    let time_s = live.feedback.time_s;
    observed.doing = Doing::of(&live.status);
    // Where nothing is scored the time stands still, and the pose is shown as it comes.
    if time_s != stream.last_s || observed.doing != Doing::Moving {
        observed.body = live.pose.map(|pose| stream.step(time_s, &pose));
    }
    observed.feedback.clone_from(&live.feedback);
    observed.cue.clone_from(&caption.cue);
    observed.mirror = live.mirror && view.mirror;
    (observed.trainer_s, observed.beside, observed.turn_rad) = (None, None, 0.0);
}
