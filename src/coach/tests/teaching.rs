//! Exercise files made from recordings count other people's repetitions.

mod support;

use baro_coach::{
    Exercise, SideChoice, lint,
    teach::{TeachError, TeachOptions, teach},
};
use baro_motion::PoseFrame;
use support::{Episode, score, uiprmd_kinect};

const NAMES: [&str; 10] = [
    "deep squat",
    "hurdle step",
    "inline lunge",
    "side lunge",
    "sit to stand",
    "straight leg raise",
    "shoulder abduction",
    "shoulder extension",
    "shoulder rotation",
    "shoulder scaption",
];

fn options(id: &str) -> TeachOptions {
    TeachOptions { id: id.into(), name: "A taught movement".into(), told: None }
}

/// Repetitions of one person in a row, with a second of stillness around each.
fn joined(episodes: &[&Episode]) -> Vec<PoseFrame> {
    let mut frames: Vec<PoseFrame> = Vec::new();
    for episode in episodes {
        let (first, last) = (episode.frames[0], episode.frames[episode.frames.len() - 1]);
        let still = |frame: PoseFrame| (0..30).map(move |_| frame);
        let all = still(first).chain(episode.frames.iter().copied()).chain(still(last));
        for frame in all {
            frames.push(PoseFrame { time_s: frames.len() as f64 / 30.0, ..frame });
        }
    }
    frames
}

/// Taught by five correct repetitions of each of three people, an exercise counts those of the other three people.
#[test]
fn other_people_are_counted() {
    let Some(all) = uiprmd_kinect() else { return };
    let mut good = 0;
    for (movement, name) in (1..=10).zip(NAMES) {
        let of = |subjects: std::ops::RangeInclusive<u32>| -> Vec<&Episode> {
            let wanted = |e: &&Episode| e.movement == movement && subjects.contains(&e.subject) && e.correct;
            all.iter().filter(wanted).collect()
        };
        let taught = of(1..=3).into_iter().filter(|e| e.number <= 5);
        let recordings: Vec<Vec<PoseFrame>> = taught.map(|e| e.frames.clone()).collect();
        let text = match teach(&recordings, &options("taught-movement")) {
            Ok(text) => text,
            Err(error) => {
                println!("{movement:2} {name:20} {error}");
                continue;
            }
        };
        let exercise = Exercise::from_toml(&text).unwrap();
        assert!(lint(&[("taught_movement.toml", &text)]).is_empty());
        let (mut exact, mut off, mut wanted, mut scores) = (0, 0, 0, 0.0);
        for subject in 4..=6 {
            let episodes = of(subject..=subject);
            let report = score(&text, SideChoice::Auto, &joined(&episodes));
            wanted += episodes.len();
            off += (report.count as usize).abs_diff(episodes.len());
            exact += (report.count as usize).min(episodes.len());
            scores += report.score.unwrap_or(0.0);
        }
        let share = 1.0 - off as f64 / wanted as f64;
        good += usize::from(share >= 0.95);
        println!(
            "{movement:2} {name:20} {:20} {:?}: {exact} of {wanted} counted, off by {off}, mean score {:.1}, rules {:?}",
            exercise.signal.map_or("", |signal| signal.measure.name()),
            exercise.sides,
            scores / 3.0,
            exercise.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>(),
        );
    }
    println!("{good} of 10 movements: at least 95 % of other people's repetitions counted");
    assert!(good >= 9);
}

#[test]
fn errors_say_what_to_do() {
    assert_eq!(teach(&[], &options("a")), Err(TeachError::NoRecording));
    let empty = vec![PoseFrame { time_s: 0.0, pose: None }; 50];
    assert_eq!(teach(&[empty], &options("a")), Err(TeachError::NobodySeen { number: 1, frames: 0 }));
}
