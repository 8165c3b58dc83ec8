use super::*;

const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");
const ABDUCTION: &str = include_str!("../../../assets/exercises/shoulder_abduction.toml");

#[test]
fn shipped_files_are_valid() {
    for (text, id) in [(SQUAT, "squat"), (ABDUCTION, "shoulder-abduction")] {
        let exercise = Exercise::from_toml(text).unwrap();
        assert_eq!(exercise.id, id);
        assert!(exercise.rules.len() >= 3);
    }
}

/// The message for the file with one line changed, and the number of that line.
fn refusal(from: &str, to: &str) -> (usize, String) {
    assert!(SQUAT.contains(from), "{from}");
    let changed = SQUAT.replacen(from, to, 1);
    let line = 1 + SQUAT[..SQUAT.find(from).unwrap()].matches('\n').count();
    (line, Exercise::from_toml(&changed).unwrap_err().to_string())
}

#[test]
fn errors_name_the_line_and_what_to_write() {
    for (from, to, says) in [
        ("format = 1", "format = 2", "format = 1"),
        ("id = \"squat\"", "id = \"Squat!\"", "lower-case"),
        ("view = \"any\"", "veiw = \"any\"", "veiw"),
        ("view = \"any\"", "view = \"back\"", "front"),
        ("reach = 70", "reach = 95", "rising values"),
        ("reach = 70", "reach = nan", ""),
        ("measure = \"knee_flexion\"", "measure = \"knee\"", "knee_flexion"),
        ("unit = \"ratio\"", "unit = \"deg\"", "unit = \"ratio\""),
        ("min_s = 0.7", "min_s = -1", "from 0.1"),
        ("max_points = 30", "max_points = 300", "from 0.1 to 100"),
        ("points_per_unit = 1.0", "points_per_unit = inf", "number"),
        ("id = \"knees-inward\"", "id = \"depth\"", "twice"),
        ("cue = \"cue-knees-out\"", "cue = \"knees-out\"", "cue-"),
        ("min = -0.12", "min = -0.12\nmax = 1", "either"),
        ("at = 0.48", "at = 0.05", "rising"),
        ("left_hip_flexion = 104", "left_hip_flex = 104", "hip_flexion"),
        ("period_s = 5.0", "period_s = 0", "from 0.5"),
    ] {
        let (line, message) = refusal(from, to);
        assert!(message.contains(says), "{to}: {message}");
        let named: usize = message.split([' ', ':']).nth(1).unwrap().parse().unwrap();
        assert!(named.abs_diff(line) <= 3, "{to}: line {line}, message: {message}");
    }
    assert!(Exercise::from_toml("").unwrap_err().to_string().starts_with("line 1:"));
}

#[test]
fn cues_are_listed_once() {
    let ids = Exercise::from_toml(SQUAT).unwrap().cue_ids();
    assert_eq!(ids.iter().filter(|id| &***id == "cue-slower").count(), 1);
    assert!(ids.iter().any(|id| &**id == crate::CUE_UNSEEN));
}

/// With planted feet the thigh's tilt follows from knee and ankle, and the hip's from thigh and trunk.
#[test]
fn the_squat_trainer_keeps_its_feet_planted() {
    let trainer = Exercise::from_toml(SQUAT).unwrap().trainer;
    for i in 0..100 {
        let pose = trainer.angles_at(trainer.period_s() * f64::from(i) / 100.0);
        for leg in [pose.left, pose.right] {
            let hip = leg.knee_flexion_rad - leg.ankle_dorsiflexion_rad + pose.trunk_flexion_rad;
            assert!((leg.hip_flexion_rad - hip).abs().to_degrees() < 1.0, "{i}");
        }
    }
}
