use super::*;
use crate::{JointAngles, Mannequin, Measure, Measures, Viewpoint};
use proptest::prelude::*;

const FPS: f64 = 30.0;

/// Squats to 100° of knee flexion, 3 s each, seen from the side.
fn squat(time_s: f64) -> Pose {
    let far = (0.5 - 0.5 * (time_s / 3.0 * std::f64::consts::TAU).cos()) as f32;
    let mut angles = JointAngles::default();
    for (name, degrees) in [("knee_flexion", 100.0), ("hip_flexion", 95.0), ("ankle_dorsiflexion", 30.0)] {
        for side in ["left", "right"] {
            angles.set(&format!("{side}_{name}"), (degrees * far).to_radians());
        }
    }
    angles.trunk_flexion_rad = (25.0 * far).to_radians();
    let side = Viewpoint { yaw_rad: 80_f32.to_radians(), ..Viewpoint::default() };
    side.view(&Mannequin::default().landmarks(&angles))
}

fn stream(seconds: f64, fps: f64, change: impl Fn(usize, &mut Pose)) -> Vec<(f64, Pose)> {
    let frame = |i: usize| {
        let mut pose = squat(i as f64 / fps);
        change(i, &mut pose);
        (i as f64 / fps, pose)
    };
    (0..(seconds * fps) as usize).map(frame).collect()
}

fn steadied(frames: &[(f64, Pose)]) -> Vec<Pose> {
    let mut steady = Steady::default();
    frames.iter().map(|(time_s, pose)| steady.step(*time_s, pose)).collect()
}

fn knee(pose: &Pose, side: Side) -> Option<f32> {
    Measures::new(&pose.world).get(Measure::KneeFlexion, side).map(|e| e.value.to_degrees())
}

fn swap_sides(pose: &mut Pose) {
    for [left, right] in HALVES.into_iter().flatten() {
        pose.world.0.swap(left.index(), right.index());
        pose.image.0.swap(left.index(), right.index());
    }
}

#[test]
fn what_moves_like_a_body_passes_unchanged() {
    for fps in [5.0, 15.0, 30.0, 60.0, 1000.0] {
        let frames = stream(6.0, fps, |_, _| ());
        for ((_, raw), out) in frames.iter().zip(steadied(&frames)) {
            assert_eq!(raw, &out, "{fps}");
        }
    }
}

#[test]
fn a_swap_of_ten_frames_in_side_view_is_undone() {
    let plain = steadied(&stream(6.0, FPS, |_, _| ()));
    for legs_only in [false, true] {
        let frames = stream(6.0, FPS, |i, pose| {
            if (40..50).contains(&i) {
                if legs_only {
                    for [left, right] in HALVES[1] {
                        pose.world.0.swap(left.index(), right.index());
                    }
                } else {
                    swap_sides(pose);
                }
            }
        });
        for (i, (a, b)) in plain.iter().zip(steadied(&frames)).enumerate() {
            assert_eq!(a.world, b.world, "frame {i}, legs only: {legs_only}");
        }
    }
}

/// Begun with the sides the wrong way round, the labels are believed once they fit the body.
#[test]
fn a_wrong_start_is_found_out() {
    let frames = stream(6.0, FPS, |i, pose| {
        if i < 10 {
            swap_sides(pose);
        }
    });
    let out = steadied(&frames);
    assert_eq!(out[20].world[LeftHip], frames[20].1.world[RightHip], "held at first");
    for i in 60..180 {
        assert_eq!(out[i].world, frames[i].1.world, "{i}");
    }
}

/// A knee that is somewhere else for a moment is not seen there, so that its angle stays that of the body.
#[test]
fn a_slip_is_dropped() {
    for frames_long in [1, 3, 6] {
        let frames = stream(6.0, FPS, |i, pose| {
            if (45..45 + frames_long).contains(&i) {
                pose.world[LeftKnee].position += Vec3::new(0.4, -0.2, 0.1);
            }
        });
        let out = steadied(&frames);
        for (i, ((_, raw), out)) in frames.iter().zip(&out).enumerate() {
            let slipped = (45..45 + frames_long).contains(&i);
            assert_eq!(knee(out, Side::Left).is_none(), slipped, "frame {i} of a slip of {frames_long}");
            assert_eq!(knee(out, Side::Right), knee(raw, Side::Right));
        }
    }
}

/// Where a landmark stays, it is believed: after a quarter of a second where it moved, after a second where a bone changed its length.
#[test]
fn what_stays_is_believed() {
    let frames = stream(8.0, FPS, |i, pose| {
        if i >= 90 {
            let shift = Vec3::new(0.0, 0.0, 0.7);
            [LeftWrist, LeftElbow, LeftShoulder].iter().for_each(|&id| pose.world[id].position += shift);
        }
    });
    let out = steadied(&frames);
    let seen = |i: usize| out[i].world[LeftElbow].visibility > 0.0;
    assert!(!seen(90) && !seen(95) && seen(99), "{:?}", (90..105).map(seen).collect::<Vec<_>>());
    let frames = stream(8.0, FPS, |i, pose| {
        if i >= 120 {
            pose.world[LeftWrist].position += Vec3::new(0.0, 0.4, 0.0);
        }
    });
    let out = steadied(&frames);
    let seen = |i: usize| out[i].world[LeftWrist].visibility > 0.0;
    assert!(!seen(121) && !seen(140) && seen(160), "{:?}", (118..165).map(seen).collect::<Vec<_>>());
}

/// A half of the body can be swapped alone, and for longer than a swap is believed without asking the body.
#[test]
fn a_lasting_swap_of_one_half_is_undone() {
    let plain = steadied(&stream(6.0, FPS, |_, _| ()));
    for half in HALVES {
        let frames = stream(6.0, FPS, |i, pose| {
            if (40..100).contains(&i) {
                half.iter().for_each(|[left, right]| pose.world.0.swap(left.index(), right.index()));
            }
        });
        for (i, (a, b)) in plain.iter().zip(steadied(&frames)).enumerate() {
            assert_eq!(a.world, b.world, "frame {i}, {}", half[0][0].name());
        }
    }
}

/// Kinect streams have no heels and no nose; some trackers no feet at all. There too a wrong start does not last.
#[test]
fn a_wrong_start_is_found_out_without_heels_and_face() {
    for hidden in
        [&[LeftHeel, RightHeel, Nose][..], &[LeftHeel, RightHeel, Nose, LeftFootIndex, RightFootIndex]]
    {
        let frames = stream(6.0, FPS, |i, pose| {
            hidden.iter().for_each(|&id| pose.world[id] = Landmark::default());
            if i < 10 {
                swap_sides(pose);
            }
        });
        let out = steadied(&frames);
        for i in 60..180 {
            assert_eq!(out[i].world, frames[i].1.world, "{i}, {} hidden", hidden.len());
        }
    }
}

/// Knees to 80° in turn, one cycle a second: legs exchange their places between the frames of a slow stream.
#[test]
fn marching_is_no_swap() {
    let march = |cycle: f64, yaw: f32| {
        let mut angles = JointAngles::default();
        for (side, turn) in [("left", 0.0), ("right", 0.5)] {
            let far = ((cycle + turn) * std::f64::consts::TAU).sin().max(0.0) as f32;
            for name in ["knee_flexion", "hip_flexion"] {
                angles.set(&format!("{side}_{name}"), (80.0 * far).to_radians());
            }
        }
        let camera = Viewpoint { yaw_rad: yaw.to_radians(), ..Viewpoint::default() };
        camera.view(&Mannequin::default().landmarks(&angles))
    };
    for yaw in [0.0, 45.0, 85.0] {
        for phase in 0..50 {
            let mut steady = Steady::default();
            // 5 frames a second, one of them lost.
            for i in (0..15).filter(|i| *i != 7) {
                let time_s = f64::from(i) / 5.0;
                let pose = march(f64::from(phase) / 50.0 + time_s, yaw);
                let out = steady.step(time_s, &pose);
                for id in [LeftKnee, RightKnee] {
                    assert_eq!(out.world[id].position, pose.world[id].position, "{yaw}, {phase}, {i}");
                }
            }
        }
    }
}

/// A hidden elbow wanders: no length is learned from it.
#[test]
fn bones_are_learned_from_what_is_seen() {
    let frames = stream(8.0, FPS, |i, pose| {
        if i < 120 {
            pose.world[LeftElbow].position += Vec3::new(0.0, 0.5, 0.3);
            pose.world[LeftElbow].visibility = 0.3;
        }
    });
    let out = steadied(&frames);
    for i in 120..240 {
        assert_eq!(out[i].world, frames[i].1.world, "{i}");
    }
}

/// A file's points are told from elsewhere where one hip is missing: that is no jump of the whole body.
#[test]
fn a_missing_hip_moves_nothing() {
    let frames = stream(3.0, FPS, |i, pose| {
        if (40..44).contains(&i) {
            pose.world[LeftHip] = Landmark::default();
            for point in pose.world.0.iter_mut().filter(|point| point.visibility > 0.0) {
                point.position += Vec3::new(0.5, -0.9, 2.0);
            }
        }
    });
    for ((_, raw), out) in frames.iter().zip(steadied(&frames)) {
        assert_eq!(raw.world, out.world);
    }
}

#[test]
fn numbers_that_are_none_are_dropped_alone() {
    let frames = stream(2.0, FPS, |i, pose| {
        if i == 30 {
            pose.world[LeftAnkle].position.y = f32::NAN;
            pose.world[RightElbow].position.x = f32::INFINITY;
            pose.world[Nose].visibility = f32::NAN;
        }
    });
    let out = steadied(&frames);
    for id in LandmarkId::ALL {
        let dropped = [LeftAnkle, RightElbow, Nose].contains(&id);
        assert_eq!(out[30].world[id] == Landmark::default(), dropped, "{}", id.name());
        assert_eq!(out[31].world[id], frames[31].1.world[id]);
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_every_number_is_finite(
        frames in prop::collection::vec((prop_oneof![0.0..1.0_f64, prop::num::f64::ANY], prop::collection::vec((prop::array::uniform3(prop::num::f32::ANY), prop::num::f32::ANY), 33)), 0..12),
        step_s in 0.0..0.002_f64,
    ) {
        let mut steady = Steady::default();
        for (i, (time_s, all)) in frames.into_iter().enumerate() {
            let mut pose = squat(i as f64 * step_s);
            for (at, (position, visibility)) in pose.world.0.iter_mut().zip(all).skip(i % 20) {
                *at = Landmark { position: Vec3::from(position), visibility, presence: 1.0 };
            }
            let time_s = if i % 2 == 0 { time_s } else { i as f64 * step_s };
            let out = steady.step(time_s, &pose);
            for landmark in out.world.0 {
                prop_assert!(landmark.position.is_finite() && landmark.visibility.is_finite());
            }
        }
    }
}
