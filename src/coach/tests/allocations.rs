//! The hot path's budget: no allocation for a frame, once the first frames have passed.

mod support;

use baro_coach::{
    Coach, SideChoice,
    gesture::RaisedHand,
    setup::{SetUp, Surroundings},
};
use baro_motion::PoseFrame;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use std::alloc::System;
use support::{
    ABDUCTION, BREATHING, CHAIR_TEST, MARCH, SQUAT, STANCE_TEST, WALL_SIT, exercise,
    puppet::{Puppet, film, wave},
};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

// One test only in this file: other tests' threads would be counted too.
#[test]
fn no_allocation_for_a_frame() {
    let faulty = film(120.0, 60.0, |t| {
        let far = wave(t, 1.0, 3.0);
        let posture = Puppet::squat(5.0 + 95.0 * far);
        Puppet {
            abduction: [10.0 + 80.0 * far; 2],
            elbow: [60.0; 2],
            trunk_left: 20.0 * far,
            knees_inward_m: 0.08 * far,
            ..posture
        }
    });
    let blinking: Vec<_> = faulty
        .iter()
        .map(|frame| if frame.time_s % 13.0 < 3.0 { PoseFrame { pose: None, ..*frame } } else { *frame })
        .collect();
    // What the squats are to each: repetitions, holds, breaths, or nothing.
    let cases = [
        (SQUAT, 15),
        (ABDUCTION, 15),
        (WALL_SIT, 5),
        (BREATHING, 10),
        (MARCH, 0),
        (STANCE_TEST, 0),
        (CHAIR_TEST, 0),
    ];
    for (text, least) in cases {
        for frames in [&faulty, &blinking] {
            let mut coach = Coach::new(exercise(text), SideChoice::Auto);
            let (mut reps, mut cues) = (0, 0);
            for (i, frame) in frames.iter().enumerate() {
                let region = Region::new(ALLOCATOR);
                let feedback = coach.step(frame);
                let made = region.change().allocations + region.change().reallocations;
                reps += usize::from(feedback.ended_rep.is_some());
                cues += usize::from(feedback.cue.is_some());
                assert!(
                    made == 0 || i < 10 || feedback.ended_rep.is_some(),
                    "{made} allocations for frame {i}"
                );
                // An ended repetition is measured as a whole and goes into the report.
                assert!(made <= 300, "{made} allocations for the repetition that ended with frame {i}");
            }
            let tested = reps >= least && (least == 0 || cues > 5);
            assert!(tested, "{reps} repetitions, {cues} cues: nothing was tested");
            getting_ready(text, frames);
        }
    }
}

/// The guide before an exercise and the raised hand beside it.
fn getting_ready(text: &str, frames: &[PoseFrame]) {
    let mut setup = SetUp::new(&exercise(text), SideChoice::Auto);
    let mut hand = RaisedHand::new(None);
    let around = Surroundings { aspect: 1.5, light: None, people: Some(1) };
    let mut cues = 0;
    for PoseFrame { time_s, pose } in frames {
        let region = Region::new(ALLOCATOR);
        cues += usize::from(setup.step(*time_s, pose.as_ref(), &around).cue.is_some());
        hand.step(*time_s, pose.as_ref().map(|pose| &pose.world));
        assert_eq!(region.change().allocations, 0, "at {time_s} s");
    }
    assert!(cues > 0, "nothing was said");
}
