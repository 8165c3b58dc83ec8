//! Real recordings: a video's expected landmarks, the repetitions of UI-PRMD, a trunk turn of KERAAL.

mod support;

use baro_coach::{RepSide, SideChoice};
use baro_motion::PoseFrame;
use support::{ABDUCTION, Episode, SQUAT, pose_squats, score, uiprmd_kinect};

#[test]
fn three_squats_the_last_unfinished() {
    let Some(frames) = pose_squats() else { return };
    let report = score(SQUAT, SideChoice::Auto, &frames);
    assert_eq!((report.count, report.partial), (2, 1));
    let times =
        report.reps.iter().map(|rep| [rep.start_s, rep.peak_s, rep.end_s, f64::from(u8::from(rep.complete))]);
    let expected = [[0.7, 2.1, 3.6, 1.0], [5.3, 7.0, 8.4, 1.0], [10.4, 12.0, 12.8, 0.0]];
    for (times, expected) in times.zip(expected) {
        for (time_s, expected_s) in times.iter().zip(expected) {
            assert!((time_s - expected_s).abs() < 0.35, "{times:?}, not {expected:?}");
        }
    }
    assert!(report.score.unwrap() > 85.0, "{report:?}");
}

/// Repetitions of one person in a row, with two thirds of a second of stillness around each, at `fps`; of every five
/// frames the one numbered `lost` is dropped. Gives the frames, and where the repetitions lie.
fn joined(episodes: &[&Episode], fps: f64, lost: Option<usize>) -> (Vec<PoseFrame>, Vec<[f64; 2]>) {
    const STILL_S: f64 = 2.0 / 3.0;
    let (mut frames, mut spans, mut offset_s) = (Vec::new(), Vec::new(), 0.0);
    for episode in episodes {
        let last = episode.frames.len() - 1;
        let length_s = 2.0 * STILL_S + last as f64 / 30.0;
        for i in 0..(length_s * fps) as usize {
            let time_s = i as f64 / fps;
            let source = (((time_s - STILL_S) * 30.0).round().max(0.0) as usize).min(last);
            frames.push(PoseFrame { time_s: offset_s + time_s, ..episode.frames[source] });
        }
        spans.push([offset_s + STILL_S, offset_s + length_s - STILL_S]);
        offset_s += length_s;
    }
    let mut i = 0;
    frames.retain(|_| {
        i += 1;
        lost.is_none_or(|lost| i % 5 != lost)
    });
    (frames, spans)
}

/// Correct repetitions: those of squats and abductions are all counted, at every frame rate, and within the recorded span.
#[test]
fn correct_repetitions_of_uiprmd_are_counted() {
    let Some(all) = uiprmd_kinect() else { return };
    for (movement, text) in [(1, SQUAT), (7, ABDUCTION)] {
        for (fps, lost) in
            [(30.0, None), (15.0, None), (10.0, None), (5.0, None), (30.0, Some(3)), (5.0, Some(2))]
        {
            let (mut wanted, mut exact, mut off) = (0, 0, 0);
            for subject in 1..=6 {
                let of = |e: &&Episode| e.movement == movement && e.subject == subject && e.correct;
                let episodes: Vec<_> = all.iter().filter(of).collect();
                let (frames, spans) = joined(&episodes, fps, lost);
                let report = score(text, SideChoice::Auto, &frames);
                wanted += spans.len();
                off += (report.count as usize).abs_diff(spans.len());
                let inside = |[from_s, to_s]: &[f64; 2]| {
                    let within = |t: f64| (from_s - 0.3..to_s + 0.3).contains(&t);
                    report
                        .reps
                        .iter()
                        .filter(|rep| rep.complete && within(rep.start_s) && within(rep.end_s))
                        .count()
                };
                exact += spans.iter().filter(|span| inside(span) == 1).count();
            }
            println!(
                "movement {movement}, {fps} fps, lost {lost:?}: {exact} of {wanted} where they are, count off by {off}"
            );
            assert!(exact as f64 >= 0.95 * wanted as f64 && off <= 2, "movement {movement} at {fps} fps");
        }
    }
}

/// The acted faults cost points, in the mean, with nobody's data used to choose a threshold.
#[test]
fn incorrect_repetitions_of_uiprmd_score_lower() {
    let Some(all) = uiprmd_kinect() else { return };
    for (movement, text) in [(1, SQUAT), (7, ABDUCTION)] {
        let mean = |correct: bool| {
            let episodes = all.iter().filter(|e| e.movement == movement && e.correct == correct);
            let scores = episodes.filter_map(|episode| {
                let report = score(text, SideChoice::Auto, &joined(&[episode], 30.0, None).0);
                Some(report.reps.first()?.score)
            });
            let scores: Vec<f64> = scores.collect();
            (scores.iter().sum::<f64>() / scores.len() as f64, scores.len())
        };
        let ((good, n_good), (bad, n_bad)) = (mean(true), mean(false));
        println!("movement {movement}: correct {good:.1} (n = {n_good}), incorrect {bad:.1} (n = {n_bad})");
        assert!(good > 95.0 && bad < good - 3.0, "movement {movement}: {good} and {bad}");
    }
}

const TRUNK_TURN: &str = include_str!("../../../assets/exercises/seated_trunk_rotation.toml");

/// KERAAL's trunk turn, once to each side, by two sensors at once.
#[test]
fn kinect_and_blazepose_count_the_same_trunk_turns() {
    let Some(takes) = baro_datasets::or_skip(baro_datasets::keraal()).unwrap() else { return };
    let take = takes.iter().find(|take| take.exercise == "RTK").unwrap();
    let reports = [&take.kinect, &take.blazepose].map(|frames| score(TRUNK_TURN, SideChoice::Auto, frames));
    for report in &reports {
        assert_eq!((report.count, report.partial), (2, 0), "{report:?}");
        assert_eq!([&report.reps[0].side, &report.reps[1].side], [&RepSide::Left, &RepSide::Right]);
    }
    // The turn from left to right goes through the middle without a stop, so its start is where each sensor sees the middle.
    for (a, b) in reports[0].reps.iter().zip(&reports[1].reps) {
        let common_s = a.end_s.min(b.end_s) - a.start_s.max(b.start_s);
        let shorter_s = (a.end_s - a.start_s).min(b.end_s - b.start_s);
        assert!(common_s > 0.8 * shorter_s && (a.end_s - b.end_s).abs() < 0.5, "{a:?} {b:?}");
    }
}

/// Squats are no exercise of the floor.
#[test]
fn who_stands_does_nothing_on_the_floor() {
    let Some(frames) = pose_squats() else { return };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/exercises");
    let mut tried = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        if text.contains("position = \"floor\"") {
            let report = score(&text, SideChoice::Auto, &frames);
            assert_eq!((report.count, report.partial), (0, 0), "{report:?}");
            tried += 1;
        }
    }
    assert_eq!(tried, 6);
}
