//! Holds, paces, sides by turns and functional tests, performed by a mannequin.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::plan::Dose;
use baro_coach::{CUE_OTHER_SIDE, Coach, JointAngles, Kind, RepSide, SideChoice, TestUnit};
use baro_motion::{PoseFrame, Viewpoint};
use support::stage::{film, film_at, on_one_leg, perform, shipped, there, trained, watch};
use support::{WALL_SIT, exercise};

#[test]
fn a_hold_counts_only_while_the_posture_is_right() {
    let stance = shipped("single_leg_stance.toml");
    let Kind::Hold(hold) = &stance.kind else { panic!("no hold") };
    let end_s = 3.0 + hold.target_s + 4.0;
    let (report, _) = perform(&stance, &film(end_s + 2.0, |t| Some(on_one_leg(there(t, 2.0, end_s)))));
    assert_eq!((report.count, report.partial), (1, 0), "{report:?}");
    assert!((report.reps[0].held_s.unwrap() - hold.target_s).abs() < 0.2, "{report:?}");
    // A foot that comes down halfway makes two short holds of it; a blink of the camera does not.
    let half_s = 2.0 + hold.least_s * 0.7;
    let fell = film(end_s + 2.0, |t| {
        Some(on_one_leg(if t < half_s {
            there(t, 2.0, half_s)
        } else {
            there(t, half_s + 1.0, half_s * 1.8)
        }))
    });
    let (report, _) = perform(&stance, &fell);
    assert_eq!(report.count, 0, "{report:?}");
    let blinked = film(end_s + 2.0, |t| {
        (!(half_s..half_s + 0.5).contains(&t)).then(|| on_one_leg(there(t, 2.0, end_s)))
    });
    assert_eq!(perform(&stance, &blinked).0.count, 1);
    // Out of sight for longer: what came before is given up.
    let gone = film(end_s + 2.0, |t| {
        (!(half_s..half_s + 3.0).contains(&t)).then(|| on_one_leg(there(t, 2.0, half_s + 4.0)))
    });
    assert_eq!(perform(&stance, &gone).0.count, 0);
}

#[test]
fn the_longest_stance_is_measured() {
    let stance = shipped("single_leg_stance_test.toml");
    let (report, _) = perform(&stance, &film(20.0, |t| Some(on_one_leg(there(t, 2.0, 15.0)))));
    let test = report.test.unwrap();
    assert!(test.unit == TestUnit::S && (11.0..13.0).contains(&test.value), "{report:?}");
}

/// Sitting to standing and back, every `every_s` seconds, from 2 s on.
fn stands(count: u32, every_s: f64) -> Vec<PoseFrame> {
    let chair = shipped("chair_stand_30s.toml");
    let period_s = chair.trainer.period_s();
    let end_s = 2.0 + f64::from(count) * every_s;
    film(end_s + 3.0, |t| {
        let share = if (2.0..end_s).contains(&t) { ((t - 2.0) / every_s).fract() } else { 0.0 };
        Some(chair.trainer.angles_at(share * period_s))
    })
}

#[test]
fn stands_within_30_seconds_are_counted() {
    let (report, _) = perform(&shipped("chair_stand_30s.toml"), &stands(20, 2.5));
    let test = report.test.unwrap();
    assert!(test.unit == TestUnit::Count && (12.0..=13.0).contains(&test.value), "{report:?}");
    // Stopped early: not done to its end.
    assert_eq!(perform(&shipped("chair_stand_30s.toml"), &stands(3, 2.5)).0.test, None);
}

#[test]
fn five_stands_are_timed() {
    let (report, _) = perform(&shipped("five_times_sit_to_stand.toml"), &stands(6, 2.5));
    let test = report.test.unwrap();
    // From the first movement to the fifth stand: four periods, and the way up of the fifth.
    assert!(test.unit == TestUnit::S && (10.3..12.2).contains(&test.value), "{report:?}");
    assert_eq!(perform(&shipped("five_times_sit_to_stand.toml"), &stands(4, 2.5)).0.test, None);
}

fn step(left: f32, right: f32) -> JointAngles {
    let mut angles = JointAngles::default();
    for (limb, up) in [(&mut angles.left, left), (&mut angles.right, right)] {
        limb.hip_flexion_rad = 1.45 * up;
        limb.knee_flexion_rad = 1.55 * up;
    }
    angles
}

#[test]
fn sides_by_turns_are_counted_each_and_told_apart() {
    let march = shipped("standing_march.toml");
    let by_turns = film(14.0, |t| Some(step(there(t % 4.0, 1.0, 2.6), there(t % 4.0, 2.7, 4.3).max(0.0))));
    let (report, cues) = perform(&march, &by_turns);
    assert!(report.count >= 6 && report.partial <= 1, "{report:?}");
    assert!(report.reps.windows(2).all(|pair| pair[0].side != pair[1].side), "{report:?}");
    assert!(!cues.iter().any(|cue| cue == CUE_OTHER_SIDE), "{cues:?}");
    let (report, cues) = perform(&march, &film(14.0, |t| Some(step(there(t % 4.0, 1.0, 3.0), 0.0))));
    assert!(report.count >= 3 && report.reps.iter().all(|rep| rep.side == RepSide::Left), "{report:?}");
    assert!(cues.iter().any(|cue| cue == CUE_OTHER_SIDE), "{cues:?}");
}

#[test]
fn a_pace_counts_the_breaths_that_were_seen() {
    let breathing = shipped("paced_breathing.toml");
    let cycle_s = breathing.trainer.period_s();
    let posture = |t| breathing.trainer.angles_at(t);
    let frames = film(4.2 * cycle_s, |t| Some(posture(t)));
    assert_eq!(perform(&breathing, &frames).0.count, 4);
    let away = film(4.2 * cycle_s, |t| (!(cycle_s..2.0 * cycle_s).contains(&t)).then(|| posture(t)));
    assert_eq!(perform(&breathing, &away).0.count, 3);
    // The set's end ends the cycle under way: nearly whole it counts, halfway it is partial.
    for (cycles, counted, partial) in [(2.9, 3, 0), (2.5, 2, 1), (2.1, 2, 0)] {
        let report = perform(&breathing, &film(cycles * cycle_s, |t| Some(posture(t)))).0;
        assert_eq!((report.count, report.partial), (counted, partial), "{cycles} cycles");
        let ends_s = report.reps.last().unwrap().end_s;
        assert!(ends_s <= cycles * cycle_s && report.reps.iter().all(|rep| rep.peak_s <= rep.end_s));
    }
    let nobody = film(30.0, |_| None);
    assert_eq!(perform(&breathing, &nobody).0.reps.len(), 0);
}

/// Guards: a squat is no lunge, and a raised straight leg is no step over a hurdle.
#[test]
fn another_movement_is_not_counted() {
    let play = |file: &str| trained(&shipped(file), 3.0);
    for (of, shown) in [
        ("inline_lunge.toml", "squat.toml"),
        ("squat.toml", "inline_lunge.toml"),
        ("hurdle_step.toml", "standing_leg_raise.toml"),
        ("standing_leg_raise.toml", "hurdle_step.toml"),
        ("standing_leg_raise.toml", "squat.toml"),
        ("side_lunge.toml", "squat.toml"),
    ] {
        let (report, _) = perform(&shipped(of), &play(shown));
        assert_eq!(report.reps, [], "{shown} counted as {of}");
        assert!(perform(&shipped(shown), &play(shown)).0.count >= 2, "{shown} itself");
    }
}

/// At 5 frames a second with some lost, a quick leg is seen far up once: the frame that it begins with. Near the floor it looks like a step.
#[test]
fn a_quick_movement_seen_in_two_frames_is_itself() {
    let seen = [(3.0, 8.0, 18.0_f32), (3.6, 92.0, 12.0), (4.0, 36.0, 35.0), (4.2, 8.0, 22.0)];
    let mut frames = film_at(5.0, 7.0, |time_s| {
        let mut angles = JointAngles::default();
        if let Some((_, hip, knee)) = seen.iter().find(|(at_s, ..)| (at_s - time_s).abs() < 0.05) {
            angles.left.hip_flexion_rad = f32::to_radians(*hip);
            angles.left.knee_flexion_rad = knee.to_radians();
        }
        Some(angles)
    });
    frames.retain(|frame| ![3.2, 3.4, 3.8].iter().any(|lost_s: &f64| (lost_s - frame.time_s).abs() < 0.05));
    let (report, _) = perform(&shipped("standing_leg_raise.toml"), &frames);
    assert_eq!((report.count, report.partial), (1, 0), "{report:?}");
}

/// What one breath is charged with is no fault of the next.
#[test]
fn every_breath_is_judged_for_itself() {
    let breathing = shipped("easy_breathing.toml");
    let frames = film(28.2, |t| {
        let mut angles = breathing.trainer.angles_at(t);
        let hike = if (2.5..5.5).contains(&(t % 14.0)) { 0.3 } else { 0.0 };
        (angles.left.shoulder_hike, angles.right.shoulder_hike) = (hike, hike);
        Some(angles)
    });
    let (report, cues) = perform(&breathing, &frames);
    let charged: Vec<usize> = report.reps.iter().map(|rep| rep.faults.len()).collect();
    assert_eq!(charged, [1, 0, 1, 0], "{report:?}");
    assert_eq!(cues.iter().filter(|cue| *cue == "cue-shoulders-loose").count(), 2, "{cues:?}");
}

#[test]
fn what_was_prescribed_takes_the_place_of_the_files_dose() {
    let stance = shipped("single_leg_stance.toml");
    let ten = film(16.0, |t| Some(on_one_leg(there(t, 2.0, 15.0))));
    let (own, _) = perform(&stance, &ten);
    assert!(own.reps[0].faults.iter().any(|fault| fault.rule == "hold-short"), "{own:?}");
    let dosed = |hold_s| {
        Coach::new(stance.clone(), SideChoice::Auto).for_dose(Dose { hold_s: Some(hold_s), minutes: None })
    };
    let (report, _) = watch(dosed(10.0), &ten);
    assert!(report.reps.iter().all(|rep| rep.faults.is_empty()) && report.count == 1, "{report:?}");
    assert!((report.reps[0].held_s.unwrap() - 10.0).abs() < 0.1, "{report:?}");
    for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(watch(dosed(nothing), &ten).0, own);
    }
    // A test keeps its standard.
    let test = shipped("single_leg_stance_test.toml");
    let coach =
        Coach::new(test.clone(), SideChoice::Auto).for_dose(Dose { hold_s: Some(3.0), minutes: None });
    assert_eq!(watch(coach, &ten).0, perform(&test, &ten).0);
    // A pace ends with the cycle in which the time is up.
    let breathing = shipped("easy_breathing.toml");
    let minutes = Some(15.0 / 60.0);
    let coach = Coach::new(breathing.clone(), SideChoice::Auto).for_dose(Dose { hold_s: None, minutes });
    assert_eq!(watch(coach, &trained(&breathing, 6.1)).0.count, 3);
}

/// A foot that is lifted too little, or only until the recording ends, is entered with its side and how far it came.
#[test]
fn an_attempt_at_a_hold_keeps_what_it_was() {
    let stance = shipped("wall_sit.toml");
    let sit = |knee_deg: f32| {
        let mut angles = JointAngles::default();
        for limb in [&mut angles.left, &mut angles.right] {
            limb.knee_flexion_rad = knee_deg.to_radians();
            limb.hip_flexion_rad = knee_deg.to_radians();
        }
        Some(angles)
    };
    let (report, _) = perform(&stance, &film(8.0, |t| sit(46.0 * there(t, 2.0, 5.0))));
    assert_eq!((report.count, report.partial), (0, 1), "{report:?}");
    let rep = &report.reps[0];
    let fault = rep.faults.iter().find(|fault| fault.rule == "depth").unwrap();
    assert!((fault.value - 46.0).abs() < 2.0 && rep.held_s == Some(0.0), "{report:?}");
    let (report, _) = perform(&stance, &film(4.0, |t| sit(46.0 * there(t, 2.0, 9.0))));
    assert_eq!((report.count, report.partial), (0, 1), "{report:?}");
    let left = film(6.0, |t| Some(on_one_leg(0.39 * there(t, 2.0, 5.0))));
    let (report, _) = perform(&shipped("single_leg_stance.toml"), &left);
    assert!(report.reps.iter().all(|rep| rep.side == RepSide::Left && !rep.complete), "{report:?}");
    assert_eq!(report.partial, 1, "{report:?}");
}

/// The knees end nearly straight on both sides, but one went a quarter less.
#[test]
fn even_sides_are_told_from_the_way_gone() {
    let chair = shipped("seated_knee_extension.toml");
    let frames = film(18.5, |t| {
        let mut angles = chair.trainer.angles_at(0.0);
        let (left, right) = (there(t % 8.0, 1.0, 4.0), there(t % 8.0, 5.0, 8.0));
        angles.left.knee_flexion_rad = (90.0 - 86.0 * left).to_radians();
        angles.right.knee_flexion_rad = (90.0 - 74.0 * right).to_radians();
        Some(angles)
    });
    let (report, _) = perform(&chair, &frames);
    assert!(report.count >= 4, "{report:?}");
    // 86 and 74 degrees: 15 %.
    assert!((8.0..22.0).contains(&report.symmetry.unwrap()), "{report:?}");
}

/// One bad frame after a pause lasts no longer than any other frame.
#[test]
fn a_single_frame_is_no_fault() {
    let squat = shipped("squat.toml");
    let lean = |bad: usize, frames: usize| {
        let performance = film_at(10.0, 9.0, |t| {
            let down = there(t, 1.0, 4.0).max(there(t, 5.0, 8.0));
            let mut angles = JointAngles::default();
            for limb in [&mut angles.left, &mut angles.right] {
                limb.knee_flexion_rad = 1.7 * down;
                limb.hip_flexion_rad = 2.0 * down;
                limb.ankle_dorsiflexion_rad = 0.3 * down;
            }
            angles.trunk_flexion_rad = 0.6 * down;
            let i = (t * 10.0).round() as usize;
            if (bad..bad + frames).contains(&i) {
                angles.trunk_side_lean_rad = 0.3;
                (angles.left.hip_abduction_rad, angles.right.hip_abduction_rad) = (0.3, -0.3);
            }
            Some(angles)
        });
        let (report, _) = perform(&squat, &performance);
        assert_eq!(report.count, 2, "{report:?}");
        report.reps.iter().any(|rep| rep.faults.iter().any(|fault| fault.rule == "trunk-sideways"))
    };
    for bad in 50..62 {
        assert!(!lean(bad, 1), "frame {bad}");
    }
    assert!(lean(58, 5), "half a second is one");
}

/// Likeness is told from a body that was turned level, as the rules are.
#[test]
fn a_camera_that_looks_down_changes_no_likeness() {
    let squat = shipped("deep_squat.toml");
    let period_s = squat.trainer.period_s();
    let similarity = |pitch_rad: f32| {
        let mut frames =
            film(3.0 + 2.0 * period_s, |t| Some(squat.trainer.angles_at((t - 3.0).max(0.0) % period_s)));
        let camera = Viewpoint { pitch_rad, ..Viewpoint::default() };
        for pose in frames.iter_mut().filter_map(|frame| frame.pose.as_mut()) {
            *pose = camera.view(&pose.world);
        }
        let (report, _) = perform(&squat, &frames);
        assert_eq!(report.count, 2, "{report:?}");
        report.reps[1].similarity.unwrap()
    };
    let level = similarity(0.0);
    for pitch_rad in [-0.35, 0.35] {
        let tilted = similarity(pitch_rad);
        assert!((tilted - level).abs() < 1.0, "{pitch_rad}: {tilted}, not {level}");
    }
}

/// What goes on being wrong in a long hold is said again; what endangers more often.
#[test]
fn a_long_hold_is_coached_all_the_way() {
    let said = |severity: &str| {
        let text = WALL_SIT.replacen("severity = \"major\"", &format!("severity = \"{severity}\""), 1);
        let sit = exercise(&text.replacen("target_s = 20", "target_s = 40", 1));
        let frames = film(34.0, |t| {
            let down = there(t, 2.0, 36.0);
            let mut angles = JointAngles { trunk_flexion_rad: 0.6 * down, ..JointAngles::default() };
            for limb in [&mut angles.left, &mut angles.right] {
                limb.knee_flexion_rad = 1.4 * down;
                limb.hip_flexion_rad = 2.0 * down;
            }
            Some(angles)
        });
        let cues = perform(&sit, &frames).1;
        cues.iter().filter(|cue| *cue == "cue-back-on-wall").count()
    };
    let (major, safety) = (said("major"), said("safety"));
    assert!((3..=4).contains(&major) && (5..=6).contains(&safety), "{major} and {safety} times");
}
