use super::*;
use baro_motion::{JointAngles, Mannequin};

/// A repetition of an arm raised to `peak_deg`, its trunk leaning by `lean_deg` at the top.
fn raise(side: Side, peak_deg: f32, lean_deg: f32) -> Summary {
    let mut track = Track::default();
    let body = Mannequin::default();
    for i in 0..=90 {
        let time_s = f64::from(i) / 30.0;
        let share = 0.5 - 0.5 * (time_s * std::f64::consts::TAU / 3.0).cos() as f32;
        let mut angles = JointAngles::default();
        let arm = format!("{}_shoulder_abduction", side.name());
        assert!(angles.set(&arm, (peak_deg * share).to_radians()));
        angles.trunk_side_lean_rad = -side.sign() * (lean_deg * share).to_radians();
        track.push(time_s, &body.landmarks(&angles), Some(0.0));
    }
    track.summary(0.0, 3.0).unwrap()
}

fn examples(summaries: &[(Summary, bool)]) -> Vec<Example<'_>> {
    summaries
        .iter()
        .enumerate()
        .map(|(i, (summary, correct))| Example {
            summary,
            person: i as u32 % 3,
            sensor: Sensor::Camera,
            correct: *correct,
        })
        .collect()
}

fn learned() -> Reference {
    let mut all = Vec::new();
    for i in 0..12_u8 {
        let side = if i % 2 == 0 { Side::Left } else { Side::Right };
        let vary = f32::from(i % 5) * 2.0;
        all.push((raise(side, 150.0 + vary, vary / 4.0), true));
        all.push((raise(side, 90.0 + 2.0 * vary, 15.0 + vary), false));
    }
    let origin =
        Origin { recordings: "a \"test\"".into(), licence: "none".into(), made_by: "cargo test".into() };
    learn("arm-raise", origin, false, &examples(&all), &LearnSettings::default()).unwrap()
}

fn lost(reference: &Reference, summary: &Summary) -> f64 {
    reference.compare(summary, Sensor::Camera, |_| true).iter().map(|d| d.points).sum()
}

#[test]
fn what_was_learned_holds_for_others_and_for_mirror_images() {
    let reference = learned();
    let (left, right) = (raise(Side::Left, 152.0, 1.0), raise(Side::Right, 152.0, 1.0));
    assert_eq!(
        (reference.leading(&left), reference.leading(&right)),
        (reference.leading(&left), reference.leading(&left).other())
    );
    assert!((lost(&reference, &left) - lost(&reference, &right)).abs() < 0.05);
    let bad = raise(Side::Left, 95.0, 20.0);
    assert!(lost(&reference, &left) < 10.0 && lost(&reference, &bad) > 30.0);
    assert!(lost(&reference, &bad) <= reference.at_most + 1e-9);
}

#[test]
fn each_point_is_explained_by_a_limit() {
    let reference = learned();
    let bad = raise(Side::Right, 95.0, 20.0);
    let found = reference.compare(&bad, Sensor::Camera, |_| true);
    assert!(found.is_sorted_by(|a, b| a.points >= b.points));
    for difference in &found {
        let beyond = match difference.way {
            Way::Over => difference.value > difference.limit,
            Way::Under => difference.value < difference.limit,
        };
        let [from_s, to_s] = difference.span_s;
        assert!(beyond && difference.points > 0.0, "{difference:?}");
        assert!((0.0..=3.0).contains(&from_s) && from_s <= to_s && to_s <= 3.0, "{difference:?}");
    }
    let none = reference.compare(&bad, Sensor::Camera, |_| false);
    assert!(none.is_empty(), "channels that the view hides cost nothing");
}

#[test]
fn the_file_holds_all_of_it() {
    let reference = learned();
    let text = reference.to_text();
    let read = Reference::from_text(&text).unwrap();
    assert_eq!(read.to_text(), text);
    assert_eq!(read.origin, reference.origin);
    let bad = raise(Side::Left, 100.0, 12.0);
    assert!((lost(&read, &bad) - lost(&reference, &bad)).abs() < 0.2);
}

#[test]
fn wrong_files_name_the_line() {
    let text = learned().to_text();
    for (from, to, names) in [
        ("format = 1", "format = 2", "update Baro"),
        ("symmetric = false", "symmetric = false\ncolour = 1", "colour"),
        ("max_points = 60.0", "max_points = -1.0", "max_points"),
        ("side = \"near\"", "side = \"body\"", "side"),
        ("points_per_unit = [", "points_per_unit = [-", "not negative"),
    ] {
        assert!(text.contains(from), "{from}\n{text}");
        let error = Reference::from_text(&text.replacen(from, to, 1)).unwrap_err();
        let ReferenceError::File { line, ref message } = error else { panic!("{error}") };
        let lines: Vec<&str> = text.lines().collect();
        assert!(message.contains(names) || error.to_string().contains(names), "{error}");
        assert!(line >= 1 && line <= lines.len() + 1, "{error}");
    }
}

#[test]
fn correct_repetitions_alone_are_enough_for_a_start() {
    let right: Vec<_> = (0..4_u8).map(|i| (raise(Side::Left, 150.0 + f32::from(i), 0.0), true)).collect();
    let settings = LearnSettings::default();
    let reference = learn("arm-raise", Origin::default(), false, &examples(&right), &settings).unwrap();
    assert!(lost(&reference, &right[0].0) < 20.0);
    assert!(lost(&reference, &raise(Side::Left, 90.0, 20.0)) > 30.0);
    let wrong = learn("arm-raise", Origin::default(), false, &[], &settings);
    assert_eq!(wrong.unwrap_err(), ReferenceError::NothingCorrect);
}

#[test]
fn a_track_keeps_a_bounded_memory_and_the_repetition_under_way() {
    let mut track = Track::default();
    let world = Mannequin::default().landmarks(&JointAngles::default());
    for i in 0..20_000 {
        track.push(f64::from(i) / 100.0, &world, Some(100.0));
    }
    assert!(track.summary(100.0, 199.0).is_some());
    assert!(track.summary(10.0, 20.0).is_none());
    assert!(track.summary(f64::NAN, 2.0).is_none() && track.summary(3.0, 2.0).is_none());
}
