//! What the window's own systems may cost in a frame.

use super::*;
use crate::{
    coaching::Session,
    tests::{FPS, coach_options, hidden, over, run_until, squatting},
};
use baro_motion::{Pose, PoseFrame};
use baro_vision::{PoseEstimator, RecordedPoses};
use bevy::{
    app::MainScheduleOrder,
    ecs::schedule::{ScheduleLabel, SingleThreadedExecutor},
};
use bevy_egui::EguiPrimaryContextPass;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// Gives the poses of a list at the pace of a camera.
struct Paced(RecordedPoses);

impl PoseEstimator for Paced {
    fn estimate(&mut self, frame: &baro_vision::Frame) -> Result<Option<Pose>, baro_vision::EstimateError> {
        std::thread::sleep(Duration::from_secs_f64(1.0 / 30.0));
        self.0.estimate(frame)
    }

    fn reset(&mut self) {
        self.0.reset();
    }
}

/// What the window's own systems may take in a frame, 99 of 100 times, milliseconds.
const BUDGET_MS: f64 = 1.5;

#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
struct Before;
#[derive(ScheduleLabel, Debug, Clone, PartialEq, Eq, Hash)]
struct After;

/// When a part of the frame began, and what the parts took so far.
#[derive(Resource)]
struct Watch(Instant, Duration);

fn begin(mut watch: ResMut<Watch>) {
    watch.0 = Instant::now();
}

fn end(mut watch: ResMut<Watch>) {
    watch.1 = watch.1 + watch.0.elapsed();
}

/// Times `Update`, one system after the other, and the drawing of the screens.
fn watch_systems(app: &mut App) {
    app.insert_resource(Watch(Instant::now(), Duration::ZERO));
    let mut order = app.world_mut().resource_mut::<MainScheduleOrder>();
    order.insert_before(Update, Before);
    order.insert_after(Update, After);
    app.add_systems(Before, begin).add_systems(After, end);
    app.add_systems(EguiPrimaryContextPass, (begin.before(ui::DrawScreens), end.after(ui::DrawScreens)));
    app.edit_schedule(Update, |schedule| {
        schedule.set_executor(SingleThreadedExecutor::new());
    });
}

#[test]
fn the_windows_own_systems_cost_little() {
    let folder = tempfile::tempdir().unwrap();
    let mut options = coach_options(folder.path(), 40.0, f64::INFINITY);
    let poses: Vec<PoseFrame> = (0..600)
        .map(|i| f64::from(i) / FPS)
        .map(|time_s| PoseFrame { time_s, pose: Some(squatting(time_s)) })
        .collect();
    options.estimator = Arc::new(move || {
        let estimator = Box::new(Paced(RecordedPoses::new(poses.clone())));
        Ok(LoadedEstimator { estimator, model: "recorded".into(), model_sha256: String::new() })
    });
    let mut app = hidden(options);
    watch_systems(&mut app);
    run_until(&mut app, "the first repetition", |world| world.resource::<Session>().live.feedback.count > 0);
    // Other programs may have the processor: one quiet stretch of three is enough.
    let mut best_ms = f64::INFINITY;
    for _ in 0..3 {
        let mut took_ms: Vec<f64> = (0..300)
            .map(|_| {
                std::thread::sleep(Duration::from_millis(5));
                app.world_mut().resource_mut::<Watch>().1 = Duration::ZERO;
                app.update();
                app.world().resource::<Watch>().1.as_secs_f64() * 1e3
            })
            .collect();
        took_ms.sort_by(f64::total_cmp);
        println!("median {:.2} ms, 99 of 100 within {:.2} ms", took_ms[150], took_ms[297]);
        best_ms = best_ms.min(took_ms[297]);
    }
    assert!(!over(app.world()), "the set was over before the end of the measurement");
    assert!(best_ms <= BUDGET_MS, "{best_ms:.2} ms");
}
