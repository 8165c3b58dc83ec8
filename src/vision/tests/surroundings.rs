//! Light and people on real recordings.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

#[cfg(test)]
mod support;

use baro_vision::{Complexity, Frame, PoseEstimator, Smoothing, SourceSpec, light, open};
use support::{shared, tracker};

/// The most and the least people counted in a video, once a second, after the first second.
fn people(video: &str) -> Option<[usize; 2]> {
    let file = shared(video)?;
    let mut tracker = tracker(Complexity::Lite, Smoothing::On)?;
    assert_eq!(tracker.people(), None, "nobody counts unasked");
    tracker.count_people(true);
    let mut source = open(&SourceSpec::Video(file)).unwrap();
    let mut frame = Frame::default();
    let mut counts = Vec::new();
    while source.read(&mut frame).unwrap() {
        tracker.estimate(&frame).unwrap();
        counts.push(tracker.people().unwrap());
    }
    tracker.count_people(false);
    assert_eq!(tracker.people(), None);
    Some([counts.iter().copied().max().unwrap(), counts.iter().copied().min().unwrap()])
}

#[test]
fn one_person_is_one_and_two_are_two() {
    for (video, most) in
        [("video/pose_squats.mp4", 1), ("video/pose2sim/cam01.mp4", 1), ("video/sports2d_demo.mp4", 2)]
    {
        let Some([counted, least]) = people(video) else { return };
        println!("{video}: {least} to {counted} people");
        assert_eq!(counted, most, "{video}");
    }
}

#[test]
fn a_room_by_day_is_light_and_a_dimmed_one_is_dark() {
    let Some(picture) = shared("video/pose.jpg") else { return };
    let Some(mut tracker) = tracker(Complexity::Lite, Smoothing::On) else { return };
    let mut frame = Frame::default();
    open(&SourceSpec::Image(picture)).unwrap().read(&mut frame).unwrap();
    let pose = tracker.estimate(&frame).unwrap();
    let day = light(&frame, pose.as_ref()).unwrap();
    frame.rgb.iter_mut().for_each(|value| *value /= 8);
    let night = light(&frame, pose.as_ref()).unwrap();
    println!("{day:?}, {night:?}");
    assert!(day.picture > 0.3 && day.person.unwrap() > 0.4 && day.burnt < 0.3);
    assert!(night.picture < 0.16 && night.person.unwrap() < 0.2 && night.burnt == 0.0);
}
