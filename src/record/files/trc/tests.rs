use super::*;
use crate::MovementFile;
use proptest::prelude::*;

const HEAD: &str = "PathFileType\t4\t(X/Y/Z)\ta.trc\n\
    DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n";

fn file(values: &str, names: &str, rows: &str) -> String {
    format!("{HEAD}{values}\n{names}\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n{rows}")
}

const VALUES: &str = "30\t30\t2\t2\tmm\t30\t1\t2";
const NAMES: &str = "Frame#\tTime\tHipLeft\t\t\tRHip\t\t";
const ROWS: &str = "1\t0.0\t1000\t900\t0\t800\t900\t0\n2\t0.033\t1000\t1000\t0\t\t\t\n";

#[test]
fn reads_units_names_axes_and_blanks() {
    for (unit, rows) in [
        ("mm", ROWS.to_owned()),
        ("cm", ROWS.replace("1000", "100").replace("900", "90").replace("800", "80")),
        ("m", ROWS.replace("1000", "1").replace("900", ".9").replace("800", ".8")),
    ] {
        let frames = parse_trc(&file(&VALUES.replace("mm", unit), NAMES, &rows)).unwrap();
        assert_eq!(frames.len(), 2);
        let world = frames[0].pose.unwrap().world;
        assert!((world[LandmarkId::LeftHip].position - Vec3::new(0.1, 0.0, 0.0)).length() < 1e-6, "{unit}");
        let world = frames[1].pose.unwrap().world;
        assert_eq!(world[LandmarkId::RightHip].visibility, 0.0);
        assert!(
            (world[LandmarkId::LeftHip].position - Vec3::new(0.1, -0.1, 0.0)).length() < 1e-6,
            "y is up in the file, and the origin stays"
        );
    }
}

#[test]
fn reads_files_with_windows_ends_spaces_and_no_axes() {
    let windows = file(VALUES, NAMES, ROWS).replace('\n', "\r\n");
    assert_eq!(parse_trc(&windows).unwrap().len(), 2);
    let spaces = format!("{HEAD}{VALUES}\nFrame# Time HipLeft RHip\n1 0 1 2 3 4 5 6\n2 0.1 1 2 3 4 5 6\n");
    assert_eq!(parse_trc(&spaces).unwrap().len(), 2);
}

/// Markers on the skin, with their subject's name before them and a gap written as zeros, give joint centres.
#[test]
fn reads_plug_in_gait_markers() {
    let upright = [
        ("LASI", [120, 950, 0]),
        ("RASI", [-120, 950, 0]),
        ("LPSI", [50, 960, -150]),
        ("RPSI", [-50, 960, -150]),
        ("LKNE", [150, 500, -40]),
        ("LANK", [140, 90, -60]),
        ("LHEE", [100, 40, -110]),
        ("LTOE", [110, 40, 100]),
        ("RKNE", [0, 0, 0]),
        ("RANK", [-140, 90, -60]),
        ("RHEE", [-100, 40, -110]),
        ("RTOE", [-110, 40, 100]),
    ];
    let cells = |at: [i32; 3]| at.map(|mm| mm.to_string()).join("\t");
    let names: Vec<String> = upright.iter().map(|(name, _)| format!("Anna:{name}\t\t")).collect();
    let row: Vec<String> = upright.iter().map(|(_, at)| cells(*at)).collect();
    let text = format!(
        "{HEAD}50\t50\t1\t12\tmm\t50\t1\t1\nFrame#\tTime\t{}\n\n1\t0\t{}\n",
        names.join("\t"),
        row.join("\t")
    );
    let world = parse_trc(&text).unwrap()[0].pose.unwrap().world;
    let measures = baro_motion::Measures::new(&world);
    let knee = |side| measures.get(baro_motion::Measure::KneeFlexion, side).map(|e| e.value.to_degrees());
    assert!(
        knee(baro_motion::Side::Left).is_some_and(|knee| knee < 15.0),
        "{:?}",
        knee(baro_motion::Side::Left)
    );
    assert_eq!(knee(baro_motion::Side::Right), None);
}

#[test]
fn errors_name_the_line() {
    let whole = file(VALUES, NAMES, ROWS);
    for (text, line, says) in [
        (String::new(), 1, "empty"),
        ("hello".into(), 1, "PathFileType"),
        (HEAD.into(), 1, "ends before"),
        (whole.replace("\tmm\t", "\tinch\t"), 3, "m, cm or mm"),
        (whole.replace("\t2\t2\tmm", "\t2\tx\tmm"), 3, "whole number"),
        (whole.replace("\t2\t2\tmm", "\t3\t2\tmm"), 8, "2 rows"),
        (whole.replace("\t2\t2\tmm", "\t2\t5\tmm"), 4, "NumMarkers says 5"),
        (whole.replace("800", "NaN"), 7, "blank"),
        (whole.replace("800", "inf"), 7, "blank"),
        (whole.replace("800", "8oo"), 7, "no number"),
        (whole.replace("\t800", ""), 7, "7 cells"),
        (whole.replace("0.033", "-1"), 8, "not after"),
        (whole.replace("0.033", ""), 8, "blank"),
        (whole.replace("800", "8e9"), 7, "check Units"),
        (whole.replace("HipLeft", "A").replace("RHip", "B"), 4, "left_hip"),
    ] {
        let error = parse_trc(&text).unwrap_err().to_string();
        assert!(error.starts_with(&format!("line {line}: ")) && error.contains(says), "{error}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let mut world = Landmarks::default();
    for (i, landmark) in world.0.iter_mut().enumerate() {
        let x = i as f32 / 50.0;
        *landmark = Landmark { position: Vec3::new(x, x - 0.3, 0.1 - x), visibility: 1.0, presence: 1.0 };
    }
    world[LandmarkId::Nose] = Landmark::default();
    let pose = |world| Some(Pose { image: Landmarks::default(), world, confidence: 1.0 });
    let frames = [
        PoseFrame { time_s: 0.0, pose: pose(world) },
        PoseFrame { time_s: 0.04, pose: None },
        PoseFrame { time_s: 0.07, pose: pose(world) },
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.trc");
    write_trc(&path, &frames).unwrap();
    let again = MovementFile::Trc.read(&path).unwrap();
    assert_eq!(again.len(), 3);
    assert!(again[1].pose.is_none());
    centre(&mut world, &mut None);
    for (a, b) in again[2].pose.unwrap().world.0.iter().zip(&world.0) {
        assert_eq!(a.visibility, b.visibility);
        assert!((a.position - b.position).length() < 1e-5);
    }
    assert!(MovementFile::Trc.read(&folder.path().join("none.trc")).is_err());
}

proptest! {
    #[test]
    fn any_text_is_refused_or_read(text in ".{0,400}", rows in "[0-9a-z.\\-\t\n ]{0,200}") {
        let _ = parse_trc(&text);
        let _ = parse_trc(&format!("{HEAD}{text}"));
        let _ = parse_trc(&file(VALUES, NAMES, &rows));
        let _ = parse_trc(&file(VALUES, &text, ROWS));
    }
}
