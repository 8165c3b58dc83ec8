//! What part of the window the room has, and whether anything moves in it.

use super::{Quality, Stage, StageCamera};
use crate::{
    avatar::{Avatar, AvatarPose},
    coaching::Session,
};
use bevy::{
    camera::SubCameraView,
    prelude::*,
    winit::{UpdateMode, WinitSettings},
};
use std::time::Duration;

/// A room in which nothing moves is drawn for so long after the last body came, seconds.
const SETTLE_S: f32 = 5.0;
/// How often a window in which nothing moves looks for something new: while raised hands are watched, and while they are not.
const STILL: [Duration; 2] = [Duration::from_millis(100), Duration::from_millis(400)];

/// How the screen that stands shows the room.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Framing {
    /// Where in the window the middle of the room is: shares of its width and height.
    pub centre: Vec2,
    /// The room is only what is behind the screen.
    pub still: bool,
    /// The screen itself moves: the camera picture, a countdown.
    pub lively: bool,
    /// Who stands in it.
    pub who: Who,
}

/// Who is seen in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Who {
    Both,
    Person,
    Trainer,
}

impl Default for Framing {
    fn default() -> Self {
        Self { centre: Vec2::splat(0.5), still: false, lively: false, who: Who::Both }
    }
}

impl Framing {
    /// The camera's view of a picture of this size; `None`: the whole.
    fn view(&self, size: UVec2) -> Option<SubCameraView> {
        let aside = Vec2::splat(0.5) - self.centre;
        (aside != Vec2::ZERO).then(|| SubCameraView { full_size: size, offset: aside * size.as_vec2(), size })
    }
}

/// Points the camera, and lets it rest where nothing moves.
pub(super) fn frame(
    framing: Res<Framing>,
    stage: Res<Stage>,
    images: Res<Assets<Image>>,
    time: Res<Time>,
    coming: Query<(), (With<Avatar>, Without<AvatarPose>)>,
    mut settled: Local<(f32, UVec2)>,
    mut cameras: Query<&mut Camera, With<StageCamera>>,
) {
    let Some(size) = images.get(&stage.image).map(Image::size) else { return };
    let (age_s, last_size) = &mut *settled;
    *age_s += time.delta_secs();
    if framing.is_changed() || size != *last_size || !coming.is_empty() {
        (*age_s, *last_size) = (0.0, size);
    }
    let active = !framing.still || *age_s < SETTLE_S;
    let view = framing.view(size);
    for mut camera in &mut cameras {
        if camera.is_active != active {
            camera.is_active = active;
        }
        let same = match (&camera.sub_camera_view, &view) {
            (Some(a), Some(b)) => (a.full_size, a.offset, a.size) == (b.full_size, b.offset, b.size),
            (a, b) => a.is_none() && b.is_none(),
        };
        if !same {
            camera.sub_camera_view = view;
        }
    }
}

/// How often the window is drawn: what is pressed or typed is taken in at once in any case.
pub(super) fn pace(
    framing: Res<Framing>,
    quality: Res<Quality>,
    session: Res<Session>,
    winit: Option<ResMut<WinitSettings>>,
) {
    let Some(mut winit) = winit else { return };
    let every = match *quality {
        _ if framing.still && !framing.lively => STILL[usize::from(session.is_asleep())],
        // With the processor drawing, the measuring of the body needs its share of it.
        Quality::Low => Duration::from_millis(30),
        Quality::Medium | Quality::High => Duration::from_millis(16),
    };
    let mode = UpdateMode::reactive_low_power(every);
    if winit.focused_mode != mode {
        (winit.focused_mode, winit.unfocused_mode) = (mode, mode);
    }
}
