//! Repetitions are counted, and nothing else is.

mod support;

use baro_coach::{Coach, RepSide, Report, SideChoice, Sight};
use baro_motion::{LandmarkId, PoseFrame};
use support::{
    ABDUCTION, SQUAT, exercise,
    puppet::{Puppet, film, hide, wave},
    score,
};

const AUTO: SideChoice = SideChoice::Auto;

fn squats(fps: f64) -> Vec<PoseFrame> {
    film(21.0, fps, |t| Puppet::squat(5.0 + 95.0 * wave(t, 1.0, 3.0)))
}

#[test]
fn squats_at_any_frame_rate_with_their_times() {
    for fps in [5.0, 7.0, 10.0, 15.0, 24.0, 30.0, 60.0, 1000.0] {
        let report = score(SQUAT, AUTO, &squats(fps));
        assert_eq!((report.count, report.partial), (5, 0), "{fps} fps");
        for (i, rep) in report.reps.iter().enumerate() {
            let start_s = 1.0 + 4.0 * i as f64;
            for (time_s, expected_s) in
                [(rep.start_s, start_s), (rep.peak_s, start_s + 1.5), (rep.end_s, start_s + 3.0)]
            {
                assert!((time_s - expected_s).abs() < 0.25, "{fps} fps: {time_s} s, not {expected_s} s");
            }
            assert!(rep.side == RepSide::Both && rep.score > 85.0);
        }
    }
}

#[test]
fn with_a_fifth_of_the_frames_lost() {
    for fps in [5.0, 10.0, 30.0] {
        let mut random = 1_u32;
        let frames: Vec<_> = squats(fps)
            .into_iter()
            .filter(|_| {
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                random >> 16 & 0xff > 0x33
            })
            .collect();
        assert_eq!(score(SQUAT, AUTO, &frames).count, 5, "{fps} fps");
    }
}

#[test]
fn decided_within_300_ms_of_the_end() {
    for fps in [5.0, 15.0, 30.0, 60.0] {
        let mut coach = Coach::new(exercise(SQUAT), AUTO);
        for frame in squats(fps) {
            if let Some(rep) = coach.step(&frame).ended_rep {
                let true_end_s = 4.0 * (rep + 1) as f64;
                assert!(frame.time_s <= true_end_s + 0.3, "{fps} fps: decided at {} s", frame.time_s);
            }
        }
        assert_eq!(coach.report().count, 5);
    }
}

#[test]
fn without_a_rest_between_them() {
    let report = score(SQUAT, AUTO, &film(12.0, 30.0, |t| Puppet::squat(5.0 + 95.0 * wave(t, 0.0, 2.0))));
    assert_eq!((report.count, report.partial), (6, 0));
}

#[test]
fn turning_round_before_the_top_counts_and_costs() {
    let report = score(
        SQUAT,
        AUTO,
        &film(10.4, 30.0, |t| {
            let dip = if (1.0..9.0).contains(&t) { 45.0 } else { 5.0 };
            Puppet::squat(dip + (100.0 - dip) * wave(t, 0.0, 2.0))
        }),
    );
    assert_eq!(report.count, 5, "{report:?}");
    assert!(report.reps[1].faults.iter().any(|fault| fault.rule == "standing-up"), "{report:?}");
}

#[test]
fn half_way_is_partial_and_fidgeting_is_nothing() {
    let knee = |high: f32| {
        score(SQUAT, AUTO, &film(13.0, 30.0, |t| Puppet::squat(5.0 + (high - 5.0) * wave(t, 1.0, 3.0))))
    };
    let report = knee(60.0);
    assert_eq!((report.count, report.partial, report.score), (0, 3, None));
    assert!(report.reps.iter().all(|rep| !rep.complete));
    assert_eq!(knee(43.0).reps, []);
    assert_eq!(score(SQUAT, AUTO, &film(20.0, 30.0, |_| Puppet::squat(5.0))).reps, []);
    // As quick as no knee is.
    assert_eq!(
        score(SQUAT, AUTO, &film(10.0, 30.0, |t| Puppet::squat(5.0 + 95.0 * wave(t, 1.0, 0.3)))).reps,
        []
    );
}

#[test]
fn the_end_of_the_stream_closes_a_repetition_as_partial() {
    let mut coach = Coach::new(exercise(SQUAT), AUTO);
    for frame in squats(30.0).iter().take_while(|frame| frame.time_s < 6.8) {
        coach.step(frame);
    }
    let report = coach.finish().clone();
    assert_eq!((report.count, report.partial), (1, 1));
    assert!(!report.reps[1].complete && report.reps[1].faults.is_empty());
    assert_eq!(coach.finish(), &report, "finishing twice changes nothing");
    assert_eq!(Coach::new(exercise(SQUAT), AUTO).finish().reps, []);
}

#[test]
fn who_stays_down_has_given_up() {
    let report = score(SQUAT, AUTO, &film(50.0, 10.0, |t| Puppet::squat(if t < 1.0 { 5.0 } else { 95.0 })));
    assert_eq!((report.count, report.partial), (0, 1));
}

#[test]
fn nothing_counts_while_blind() {
    // Out of sight from the bottom of the second squat until the bottom of the third.
    let frames: Vec<_> = squats(30.0)
        .into_iter()
        .map(
            |frame| {
                if (6.5..10.5).contains(&frame.time_s) { PoseFrame { pose: None, ..frame } } else { frame }
            },
        )
        .collect();
    let report = score(SQUAT, AUTO, &frames);
    assert_eq!((report.count, report.partial), (3, 1), "{report:?}");
    // A start in the middle of a squat is no repetition.
    let started_low = squats(30.0).into_iter().skip_while(|frame| frame.time_s < 2.2).collect::<Vec<_>>();
    assert_eq!(score(SQUAT, AUTO, &started_low).count, 4);
    // A blink is bridged.
    let blinking: Vec<_> = squats(30.0)
        .into_iter()
        .map(|frame| if frame.time_s % 2.0 < 0.5 { PoseFrame { pose: None, ..frame } } else { frame })
        .collect();
    assert_eq!(score(SQUAT, AUTO, &blinking).count, 5);
}

#[test]
fn one_leg_is_enough_but_no_hips_are_refused() {
    let mut frames = squats(30.0);
    hide(&mut frames, &[LandmarkId::LeftKnee, LandmarkId::LeftAnkle]);
    assert_eq!(score(SQUAT, AUTO, &frames).count, 5);
    hide(&mut frames, &[LandmarkId::LeftHip, LandmarkId::RightHip]);
    let mut coach = Coach::new(exercise(SQUAT), AUTO);
    for frame in &frames {
        let feedback = coach.step(frame);
        assert!(matches!(feedback.sight, Sight::Partial(_)) && feedback.angle_rad.is_none());
    }
    assert_eq!(coach.finish().reps, []);
}

fn raises(posture: impl Fn(f32) -> Puppet) -> Vec<PoseFrame> {
    film(16.5, 30.0, |t| posture(10.0 + 85.0 * wave(t, 1.0, 3.0)))
}

fn sides(report: &Report) -> Vec<RepSide> {
    assert!(report.reps.iter().all(|rep| rep.complete), "{report:?}");
    report.reps.iter().map(|rep| rep.side).collect()
}

#[test]
fn one_arm_the_other_or_both() {
    let left = raises(|angle| Puppet::arms(angle, 10.0));
    let right = raises(|angle| Puppet::arms(10.0, angle));
    let both = raises(|angle| Puppet::arms(angle, angle));
    assert_eq!(sides(&score(ABDUCTION, AUTO, &left)), [RepSide::Left; 4]);
    assert_eq!(sides(&score(ABDUCTION, AUTO, &right)), [RepSide::Right; 4]);
    assert_eq!(sides(&score(ABDUCTION, AUTO, &both)), [RepSide::Both; 4]);
    assert_eq!(sides(&score(ABDUCTION, SideChoice::Right, &both)), [RepSide::Right; 4]);
    assert_eq!(score(ABDUCTION, SideChoice::Left, &right).reps, []);
    let by_turns = film(16.5, 30.0, |t| {
        let angle = 10.0 + 85.0 * wave(t, 1.0, 3.0);
        if t % 8.0 < 4.0 { Puppet::arms(angle, 10.0) } else { Puppet::arms(10.0, angle) }
    });
    use RepSide::{Left, Right};
    assert_eq!(sides(&score(ABDUCTION, AUTO, &by_turns)), [Left, Right, Left, Right]);
}

#[test]
fn an_arm_raised_forward_is_no_abduction() {
    let forward = |high: f32| {
        film(16.5, 30.0, move |t| {
            let fore = high * wave(t, 1.0, 3.0);
            // Past the horizontal, an arm raised forward is one raised to the side that leans forward from above.
            let (abduction, fore) = if fore <= 90.0 { (8.0, fore) } else { (172.0, 180.0 - fore) };
            Puppet { abduction: [abduction; 2], arm_forward: [fore; 2], ..Puppet::default() }
        })
    };
    assert_eq!(score(ABDUCTION, AUTO, &forward(90.0)).count, 0);
    assert_eq!(score(ABDUCTION, AUTO, &forward(170.0)).count, 0);
    assert_eq!(score(ABDUCTION, AUTO, &squats(30.0)).reps, []);
}
