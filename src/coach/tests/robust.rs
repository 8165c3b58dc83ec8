//! Whatever comes in: no panic, sound numbers, the same result again.

mod support;

use baro_coach::{Coach, Exercise, SideChoice};
use baro_motion::{Joint, Landmark, LandmarkId, Landmarks, PoseFrame, Side};
use glam::Vec3;
use proptest::prelude::*;
use support::{
    ABDUCTION, BREATHING, CHAIR_TEST, MARCH, SQUAT, STANCE_TEST, WALL_SIT, exercise, frame,
    puppet::{Puppet, film, turned, wave},
    score,
};

fn any_frame() -> impl Strategy<Value = PoseFrame> {
    let time_s = prop_oneof![4 => 0.0..20.0_f64, 1 => prop::num::f64::ANY];
    let landmark = (
        prop::array::uniform3(prop_oneof![3 => -1.0..1.0_f32, 1 => prop::num::f32::ANY]),
        prop::num::f32::ANY,
    )
        .prop_map(|(at, visibility)| Landmark {
            position: Vec3::from(at),
            visibility: visibility.abs(),
            presence: 1.0,
        });
    (time_s, prop::option::of(prop::collection::vec(landmark, 33))).prop_map(|(time_s, landmarks)| {
        match landmarks {
            None => PoseFrame { time_s, pose: None },
            Some(all) => {
                let mut world = Landmarks::default();
                world.0.copy_from_slice(&all);
                frame(time_s, world)
            }
        }
    })
}

/// Squats of which some frames are replaced by anything.
fn damaged() -> impl Strategy<Value = Vec<PoseFrame>> {
    prop::collection::vec((0..300_usize, any_frame()), 0..60).prop_map(|damage| {
        let mut frames = film(10.0, 30.0, |t| {
            let far = wave(t, 1.0, 2.0);
            Puppet { abduction: [10.0 + 100.0 * far, 10.0], ..Puppet::squat(5.0 + 95.0 * far) }
        });
        damage.into_iter().for_each(|(i, frame)| frames[i] = frame);
        frames
    })
}

fn check(frames: &[PoseFrame]) {
    for text in [SQUAT, ABDUCTION, WALL_SIT, BREATHING, MARCH, STANCE_TEST, CHAIR_TEST] {
        let mut coach = Coach::new(exercise(text), SideChoice::Auto);
        for frame in frames {
            let feedback = coach.step(frame);
            assert!(feedback.time_s.is_finite() && feedback.progress.is_finite() && feedback.progress >= 0.0);
            assert!(feedback.angle_rad.is_none_or(f32::is_finite));
        }
        let report = coach.finish().clone();
        assert_eq!(report.count as usize, report.reps.iter().filter(|rep| rep.complete).count());
        assert_eq!((report.count + report.partial) as usize, report.reps.len());
        let mut before_s = f64::NEG_INFINITY;
        for rep in &report.reps {
            assert!(
                before_s <= rep.start_s && rep.start_s <= rep.peak_s && rep.peak_s <= rep.end_s,
                "{report:?}"
            );
            before_s = rep.end_s;
            assert!((0.0..=100.0).contains(&rep.score), "{rep:?}");
            for fault in &rep.faults {
                assert!(
                    [fault.from_s, fault.to_s, fault.value, fault.limit].iter().all(|v| v.is_finite()),
                    "{fault:?}"
                );
                assert!(fault.points > 0.0 && fault.from_s <= fault.to_s, "{fault:?}");
            }
        }
        assert_eq!(score(text, SideChoice::Auto, frames), report, "the same frames, the same bits");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_frames(frames in prop::collection::vec(any_frame(), 0..200)) {
        check(&frames);
    }

    #[test]
    fn damaged_recordings(frames in damaged()) {
        check(&frames);
    }

    #[test]
    fn any_text_is_an_exercise_or_refused(text in ".{0,300}", at in 0..3000_usize, junk in "[ -~\n]{0,12}") {
        let _ = Exercise::from_toml(&text);
        let at = (0..=at.min(SQUAT.len())).rev().find(|&i| SQUAT.is_char_boundary(i)).unwrap_or(0);
        let _ = Exercise::from_toml(&format!("{}{junk}{}", &SQUAT[..at], &SQUAT[at..]));
    }
}

#[test]
fn frames_that_are_not_later_change_nothing() {
    let once = film(9.0, 30.0, |t| Puppet::squat(5.0 + 95.0 * wave(t, 1.0, 3.0)));
    let doubled: Vec<_> = once
        .iter()
        .flat_map(|&frame| [frame, frame, PoseFrame { time_s: frame.time_s - 1.0, ..frame }])
        .collect();
    assert_eq!(score(SQUAT, SideChoice::Auto, &once), score(SQUAT, SideChoice::Auto, &doubled));
}

/// A person who stands still, and a tracker whose knees slip to where a squat's would be, for up to a quarter of a second.
#[test]
fn a_trackers_slip_is_no_repetition() {
    let still = Puppet::squat(5.0);
    let far = Puppet::squat(110.0).landmarks();
    for slip_s in [0.04, 0.1, 0.2] {
        for knees in [&[LandmarkId::LeftKnee, LandmarkId::RightKnee][..], &[LandmarkId::LeftKnee][..]] {
            let mut frames = film(12.0, 30.0, |_| still);
            for frame in frames
                .iter_mut()
                .filter(|frame| frame.time_s % 3.0 > 2.0 && frame.time_s % 3.0 < 2.0 + slip_s)
            {
                let Some(pose) = frame.pose.as_mut() else { continue };
                knees.iter().for_each(|&id| pose.world[id].position = far[id].position);
            }
            let report = score(SQUAT, SideChoice::Auto, &frames);
            assert_eq!((report.count, report.partial), (0, 0), "{slip_s} s: {report:?}");
        }
    }
}

/// Left and right swapped for ten frames of every squat seen from the side: the same squats.
#[test]
fn swapped_sides_change_nothing() {
    let plain = turned(&film(13.0, 30.0, |t| Puppet::squat(5.0 + 95.0 * wave(t, 1.0, 3.0))), 80.0);
    let mut swapped = plain.clone();
    for (i, frame) in swapped.iter_mut().enumerate() {
        let Some(pose) = frame.pose.as_mut().filter(|_| i % 120 > 60 && i % 120 <= 70) else { continue };
        for joint in [
            Joint::Ear,
            Joint::Shoulder,
            Joint::Elbow,
            Joint::Wrist,
            Joint::Hip,
            Joint::Knee,
            Joint::Ankle,
            Joint::Heel,
            Joint::Toes,
        ] {
            let [left, right] = Side::BOTH.map(|side| joint.of(side).index());
            pose.world.0.swap(left, right);
            pose.image.0.swap(left, right);
        }
    }
    assert_eq!(score(SQUAT, SideChoice::Auto, &plain), score(SQUAT, SideChoice::Auto, &swapped));
}
