//! Pictures of the window at given times, and an end at a given time: for tests and for people who look.

use bevy::{
    app::AppExit,
    prelude::*,
    render::view::screenshot::{Capturing, Screenshot, save_to_disk},
};
use std::path::PathBuf;

/// One picture to take.
#[derive(Debug, Clone, PartialEq)]
pub struct ScreenshotAt {
    /// Seconds after the window opened.
    pub at_s: f64,
    /// Where to save it, PNG.
    pub path: PathBuf,
}

/// Takes pictures and ends the program.
pub struct ScreenshotPlugin {
    /// The pictures.
    pub shots: Vec<ScreenshotAt>,
    /// When to end, seconds; never where `None`.
    pub exit_after_s: Option<f64>,
    /// Draw into this picture instead of the window.
    pub target: Option<Handle<Image>>,
}

#[derive(Resource)]
struct Plan {
    frames: u32,
    shots: Vec<ScreenshotAt>,
    exit_after_s: Option<f64>,
    target: Option<Handle<Image>>,
}

impl Plugin for ScreenshotPlugin {
    fn build(&self, app: &mut App) {
        if self.shots.is_empty() && self.exit_after_s.is_none() {
            return;
        }
        app.insert_resource(Plan {
            frames: 0,
            shots: self.shots.clone(),
            exit_after_s: self.exit_after_s,
            target: self.target.clone(),
        })
        .add_systems(Last, follow_plan);
    }
}

fn follow_plan(
    mut commands: Commands,
    mut plan: ResMut<Plan>,
    time: Res<Time<Real>>,
    under_way: Query<(), With<Capturing>>,
    waiting: Query<(), With<Screenshot>>,
    mut exit: MessageWriter<AppExit>,
) {
    let now_s = time.elapsed_secs_f64();
    let (due, later): (Vec<_>, Vec<_>) =
        std::mem::take(&mut plan.shots).into_iter().partition(|shot| shot.at_s <= now_s);
    plan.shots = later;
    plan.frames += 1;
    for shot in due {
        let screenshot = plan.target.clone().map_or_else(Screenshot::primary_window, Screenshot::image);
        commands.spawn(screenshot).observe(save_to_disk(shot.path));
    }
    let pending = !plan.shots.is_empty() || !under_way.is_empty() || !waiting.is_empty();
    if plan.exit_after_s.is_some_and(|end_s| now_s >= end_s) && !pending {
        info!("{} frames drawn in {now_s:.1} s", plan.frames);
        exit.write(AppExit::Success);
    }
}
