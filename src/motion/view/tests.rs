use super::*;
use crate::{JointAngles, Landmark, Mannequin, Viewpoint};
use proptest::prelude::*;

fn filmed(view: Viewpoint, seconds: f64, posture: impl Fn(f64) -> JointAngles) -> View {
    let mut filter = ViewFilter::default();
    let mut last = View::ONE_CAMERA;
    for i in 0..(seconds * 30.0) as usize {
        let time_s = i as f64 / 30.0;
        last = filter.step(time_s, &view.view(&Mannequin::default().landmarks(&posture(time_s))));
    }
    last
}

fn camera(yaw: f32, pitch: f32, roll: f32) -> Viewpoint {
    Viewpoint {
        yaw_rad: yaw.to_radians(),
        pitch_rad: pitch.to_radians(),
        roll_rad: roll.to_radians(),
        ..Viewpoint::default()
    }
}

#[test]
fn a_standing_person_shows_the_turn_and_the_tilt() {
    for (yaw, pitch, roll) in [(0.0, 0.0, 0.0), (40.0, 15.0, 0.0), (-70.0, -20.0, 2.0), (150.0, 10.0, -2.0)] {
        let view = filmed(camera(yaw, pitch, roll), 5.0, |_| JointAngles::default());
        let [y, p, r] = [view.yaw_rad, view.pitch_rad, view.roll_rad].map(f32::to_degrees);
        assert!((y - yaw).abs() < 3.0, "yaw {y}, not {yaw}");
        // Drawn towards the prior, and the doubt says how far.
        assert!((p - pitch).abs() < view.pitch_sd_rad.to_degrees(), "pitch {p}, not {pitch}");
        assert!((r - roll).abs() < 1.2 * view.roll_sd_rad.to_degrees(), "roll {r}, not {roll}");
        assert!(view.pitch_sd_rad < 0.6 * PRIOR_PITCH_SD_RAD && view.pitch_sd_rad > 3_f32.to_radians());
    }
}

#[test]
fn levelled_landmarks_stand_upright() {
    let view = camera(30.0, 18.0, 0.0);
    let pose = view.view(&Mannequin::default().landmarks(&JointAngles::default()));
    let mut known = View::ONE_CAMERA;
    known.pitch_rad = view.pitch_rad;
    let level = known.level(&pose.world);
    let up = crate::Bone::Trunk.vector(&level).unwrap();
    assert!(angle_between(up, Vec3::NEG_Y) < 1e-3);
}

/// Whoever bends forward, squats, sits or moves does not tilt the camera.
#[test]
fn a_leaning_person_is_no_tilted_camera() {
    // From the hips, legs upright.
    let lean = |degrees: f32| {
        let mut angles = JointAngles::default();
        for name in ["trunk_flexion", "left_hip_flexion", "right_hip_flexion"] {
            angles.set(name, degrees.to_radians());
        }
        angles
    };
    let bent = |knee: f32| {
        let mut angles = JointAngles::default();
        for name in ["left_knee_flexion", "right_knee_flexion", "left_hip_flexion", "right_hip_flexion"] {
            angles.set(name, knee.to_radians());
        }
        angles
    };
    for posture in [lean(45.0), bent(90.0), lean(90.0)] {
        let view = filmed(camera(0.0, 0.0, 0.0), 20.0, |_| posture);
        assert_eq!((view.pitch_rad, view.pitch_sd_rad), (0.0, PRIOR_PITCH_SD_RAD));
    }
    let swaying = filmed(camera(0.0, 0.0, 0.0), 20.0, |t| lean(40.0 * (t * 4.0).sin() as f32));
    assert!(swaying.pitch_rad.abs() < 2_f32.to_radians(), "{}", swaying.pitch_rad.to_degrees());
    // A slight lean, held for as long as you like, stays within the doubt.
    let slight = filmed(camera(0.0, 0.0, 0.0), 60.0, |_| lean(15.0));
    assert!(slight.pitch_rad.abs() < slight.pitch_sd_rad);
}

#[test]
fn without_a_picture_every_view_is_as_good() {
    let pose = Pose { world: Mannequin::default().landmarks(&JointAngles::default()), ..Pose::default() };
    let view = ViewFilter::default().step(0.0, &pose);
    assert!(!view.one_camera && view.pitch_sd_rad < 0.02);
}

proptest! {
    #[test]
    fn nothing_panics_and_every_angle_is_finite(
        frames in prop::collection::vec((prop::num::f64::ANY, prop::collection::vec((prop::array::uniform3(prop::num::f32::ANY), 0.0..1.2_f32), 33)), 0..12)
    ) {
        let mut filter = ViewFilter::default();
        for (time_s, all) in frames {
            let mut pose = Pose::default();
            for ((world, image), (at, visibility)) in pose.world.0.iter_mut().zip(&mut pose.image.0).zip(all) {
                *world = Landmark { position: Vec3::from(at), visibility, presence: 1.0 };
                *image = *world;
            }
            let view = filter.step(time_s, &pose);
            for angle in [view.yaw_rad, view.yaw_sd_rad, view.pitch_rad, view.pitch_sd_rad, view.roll_rad, view.roll_sd_rad] {
                prop_assert!(angle.is_finite());
            }
            view.level(&pose.world);
        }
    }
}
