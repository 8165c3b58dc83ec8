//! Signals that are counted from where a person rests, not from a value that all people share.

mod support;

use baro_coach::{Report, SideChoice};
use baro_motion::{JointAngles, Mannequin, PoseFrame};
use support::{frame, score};

const SHRUG: &str = include_str!("../../../assets/exercises/shoulder_shrug.toml");

/// Shrugs of 4 s from 2 s on, by a person whose shoulders rest `rest` nearer to the ears.
fn shrugs(rest: impl Fn(f64) -> f32, height: f32, count: u32) -> Report {
    let frames: Vec<PoseFrame> = (0..(4 * count + 4) * 30)
        .map(|i| {
            let time_s = f64::from(i) / 30.0;
            let share = ((time_s - 2.0) / 4.0).clamp(0.0, f64::from(count)).fract();
            let up = (1.0 - (share * std::f64::consts::TAU).cos()) as f32 / 2.0;
            let mut angles = JointAngles::default();
            angles.left.shoulder_hike = rest(time_s) + height * up;
            angles.right.shoulder_hike = angles.left.shoulder_hike;
            frame(time_s, Mannequin::default().landmarks(&angles))
        })
        .collect();
    score(SHRUG, SideChoice::Auto, &frames)
}

#[test]
fn short_and_long_necks_shrug_alike() {
    for rest in [-0.1, 0.0, 0.2] {
        let report = shrugs(|_| rest, 0.15, 5);
        assert_eq!((report.count, report.partial), (5, 0), "rest {rest}");
        assert!(report.score.unwrap_or_default() > 85.0, "rest {rest}: {report:?}");
        let small = shrugs(|_| rest, 0.08, 5);
        assert_eq!((small.count, small.partial), (0, 5), "rest {rest}");
    }
}

#[test]
fn drifting_is_no_movement() {
    let report = shrugs(|time_s| 0.005 * time_s as f32, 0.0, 5);
    assert_eq!((report.count, report.partial), (0, 0));
}
