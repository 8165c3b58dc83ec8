//! What part of the window the room has, and whether anything moves in it.

use super::{Quality, Stage, StageCamera};
use crate::{
    avatar::{Avatar, AvatarPose},
    coaching::Session,
};
use bevy::{
    camera::SubCameraView,
    ecs::system::SystemParam,
    prelude::*,
    render::{Render, RenderApp, RenderSystems, render_resource::PipelineCache},
    winit::{UpdateMode, WinitSettings},
};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// A room in which nothing moves is drawn for so long after the last body came and the last shader was compiled, seconds.
const SETTLE_S: f32 = 1.5;
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

/// Are shaders still being compiled? What they draw is not to be seen until then. Written by the renderer.
#[derive(Resource, Debug, Clone, Default)]
pub(super) struct Compiling(Arc<AtomicBool>);

/// Tells the window of the renderer's state.
pub(super) fn watch_shaders(app: &mut App) {
    let compiling = Compiling::default();
    app.insert_resource(compiling.clone());
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render.insert_resource(compiling).add_systems(Render, tell.in_set(RenderSystems::Cleanup));
    }
}

fn tell(compiling: Res<Compiling>, pipelines: Res<PipelineCache>) {
    compiling.0.store(pipelines.waiting_pipelines().next().is_some(), Ordering::Relaxed);
}

/// The picture of the room.
#[derive(SystemParam)]
pub(super) struct Picture<'w> {
    stage: Res<'w, Stage>,
    images: Res<'w, Assets<Image>>,
}

/// Points the camera, and lets it rest where nothing moves.
pub(super) fn frame(
    framing: Res<Framing>,
    picture: Picture,
    time: Res<Time>,
    compiling: Res<Compiling>,
    coming: Query<(), (With<Avatar>, Without<AvatarPose>)>,
    mut settled: Local<(f32, UVec2)>,
    mut cameras: Query<&mut Camera, With<StageCamera>>,
) {
    let Some(size) = picture.images.get(&picture.stage.image).map(Image::size) else { return };
    let (age_s, last_size) = &mut *settled;
    *age_s += time.delta_secs();
    let moved = framing.is_changed() || size != *last_size;
    let unready = !coming.is_empty() || compiling.0.load(Ordering::Relaxed);
    if moved || unready {
        (*age_s, *last_size) = (0.0, size);
    }
    let active = !framing.still || *age_s < SETTLE_S;
    for mut camera in &mut cameras {
        if moved || camera.is_active != active {
            (camera.is_active, camera.sub_camera_view) = (active, framing.view(size));
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
