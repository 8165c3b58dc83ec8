use super::*;
use baro_motion::{Measure, Measures};
use proptest::prelude::*;

const NAMES: &str =
    "time\tknee_angle_r\thip_flexion_r\tpelvis_tilt\tlumbar_extension\tarm_flex_l\tpelvis_tx\tarm_add_l";

fn file(rows: &str) -> String {
    let count = rows.lines().count();
    format!("Coordinates\nversion=1\nnRows={count}\nnColumns=8\ninDegrees=yes\n\nendheader\n{NAMES}\n{rows}")
}

fn degrees(frame: &PoseFrame, measure: Measure, side: Side) -> Option<f32> {
    Measures::new(&frame.pose.unwrap().world).get(measure, side).map(|at| at.value.to_degrees())
}

fn close(found: Option<f32>, expected: f32, within: f32) {
    assert!(found.is_some_and(|found| (found - expected).abs() < within), "{found:?} is not {expected}");
}

#[test]
fn angles_come_back_from_the_landmarks() {
    let text = file("0.0\t0\t0\t0\t0\t0\t0\t0\n0.5\t80\t70\t0\t0\t60\t9\t0\n1.0\t0\t0\t0\t0\t0\t9\t-50\n");
    let frames = parse_mot(&text).unwrap();
    assert_eq!(frames.len(), 3);
    assert_eq!(frames[1].time_s, 0.5);
    close(degrees(&frames[1], Measure::KneeFlexion, Side::Right), 80.0, 0.1);
    close(degrees(&frames[0], Measure::KneeFlexion, Side::Right), 0.0, 0.1);
    // Hips and shoulders are measured against the trunk's line, which is upright in the model's neutral posture.
    close(degrees(&frames[1], Measure::HipFlexion, Side::Right), 70.0, 0.1);
    close(degrees(&frames[1], Measure::ShoulderFlexion, Side::Left), 60.0, 0.1);
    close(degrees(&frames[2], Measure::ShoulderAbduction, Side::Left), 50.0, 0.1);
    close(degrees(&frames[0], Measure::TrunkFlexion, Side::Left), 0.0, 0.1);
}

#[test]
fn trunk_leans_with_pelvis_and_spine() {
    let frames = parse_mot(&file("0\t0\t0\t-30\t0\t0\t0\t0\n1\t0\t0\t0\t-30\t0\t0\t0\n")).unwrap();
    close(degrees(&frames[0], Measure::TrunkFlexion, Side::Left), 30.0, 0.1);
    // The spine bends above the hips: the line from hips to shoulders leans by less.
    close(degrees(&frames[1], Measure::TrunkFlexion, Side::Left), 21.1, 0.1);
}

#[test]
fn radians_paths_order_and_the_other_sign_of_the_knee() {
    let text = "states\nDataRows 2\ninDegrees no\nendheader\n\
        time /jointset/knee_r/knee_angle_r/speed /jointset/knee_r/knee_angle_r/value /jointset/back/lumbar_extension/value\n\
        0 9 0 0\n1 9 -1.5 0\n";
    let frames = parse_mot(text).unwrap();
    close(degrees(&frames[1], Measure::KneeFlexion, Side::Right), 1.5_f32.to_degrees(), 0.1);
}

#[test]
fn what_the_file_does_not_say_is_not_seen() {
    let world = parse_mot(&file("0\t0\t0\t0\t0\t0\t0\t0\n")).unwrap()[0].pose.unwrap().world;
    for (id, seen) in [
        (LandmarkId::Nose, false),
        (LandmarkId::LeftEar, false),
        (LandmarkId::LeftShoulder, true),
        (LandmarkId::LeftElbow, true),
        (LandmarkId::RightElbow, false),
        (LandmarkId::RightThumb, false),
        (LandmarkId::RightHip, true),
        (LandmarkId::RightKnee, true),
        (LandmarkId::LeftKnee, false),
    ] {
        assert_eq!(world[id].visibility > 0.0, seen, "{}", id.name());
    }
}

#[test]
fn errors_name_the_line() {
    let whole = file("0.0\t0\t0\t0\t0\t0\t0\t0\n0.5\t80\t70\t0\t0\t60\t9\t0\n");
    for (text, line, says) in [
        (String::new(), 1, "endheader"),
        ("hello\n".into(), 1, "endheader"),
        (whole.replace("=yes", "=maybe"), 5, "yes or no"),
        (whole.replace("inDegrees=yes\n", ""), 6, "inDegrees=yes"),
        (whole.replace("nRows=2", "nRows=two"), 3, "whole number"),
        (whole.replace("nRows=2", "nRows=3"), 10, "nRows says 3"),
        (whole.replace("time\t", "when\t"), 8, "time"),
        (whole.split("time").next().unwrap().into(), 7, "names of the columns"),
        (whole.replace(NAMES, "time\ta\tb\tc\td\te\tf\tg"), 8, "knee_angle_r"),
        (whole.replace("0.5\t80", "0.5"), 10, "7 cells"),
        (whole.replace("\t80", "\t8o"), 10, "no number"),
        (whole.replace("\t80", "\tNaN"), 10, "blank"),
        (whole.replace("\t80", "\t"), 10, "knee_angle_r is blank"),
        (whole.replace("\t80", "\t8e4"), 10, "check inDegrees"),
        (whole.replace("0.5\t80", "0.0\t80"), 10, "not after"),
    ] {
        let error = parse_mot(&text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("line {line}: ")) && error.contains(says), "{error}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_motion_or_refused(text in "(time|knee_angle_r|endheader|nRows=1|inDegrees=yes|[0-9.e-]{1,4}|[\t\n ]|\\PC){0,60}") {
        let _ = parse_mot(&text);
    }

    #[test]
    fn any_angles_give_finite_points(angles in prop::collection::vec(-999.0_f32..999.0, 7)) {
        let row: Vec<String> = angles.iter().map(f32::to_string).collect();
        let frames = parse_mot(&file(&format!("0\t{}\n", row.join("\t")))).unwrap();
        prop_assert!(frames[0].pose.unwrap().world.0.iter().all(|l| l.position.is_finite()));
    }
}
