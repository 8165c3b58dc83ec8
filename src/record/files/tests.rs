use super::*;
use baro_motion::{Landmark, LandmarkId};

#[test]
fn a_hidden_hip_moves_nobody() {
    let mut first = Landmarks::default();
    for (id, x) in [(LandmarkId::LeftHip, 3.1), (LandmarkId::RightHip, 2.9), (LandmarkId::LeftKnee, 3.2)] {
        first[id] = Landmark { position: Vec3::new(x, 1.0, 0.0), visibility: 1.0, presence: 1.0 };
    }
    let mut second = first;
    second[LandmarkId::RightHip].visibility = 0.0;
    let mut middle = None;
    centre(&mut first, &mut middle);
    centre(&mut second, &mut middle);
    assert!((first[LandmarkId::LeftKnee].position - Vec3::new(0.2, 0.0, 0.0)).length() < 1e-5);
    assert_eq!(first[LandmarkId::LeftKnee].position, second[LandmarkId::LeftKnee].position);
}

#[test]
fn short_rows_fill_no_memory() {
    let rows: String = (0..=MAX_ROWS).map(|i| format!("{{\"frame\":0,\"time_s\":{i}}}\n")).collect();
    let error = parse_jsonl(&rows).unwrap_err().to_string();
    assert!(error.contains("rows") && error.contains("cut"), "{error}");
}

#[test]
fn only_markers_on_the_skin_are_markers() {
    let dir = std::env::temp_dir().join(format!("baro-markers-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    let file = |name: &str, points: &str| {
        let path = dir.join(name);
        let head = "PathFileType\t4\t(X/Y/Z)\ta.trc\nDataRate\tNumFrames\tNumMarkers\tUnits\n50\t0\t1\tm\n";
        std::fs::write(&path, format!("{head}\nFrame#\tTime\t{points}\n")).unwrap();
        is_by_markers(&path)
    };
    let legs = "LASI RASI LPSI RPSI LKNE LANK LHEE LTOE RKNE RANK RHEE RTOE".replace(' ', "\t\t\t");
    assert!(file("vicon.trc", &legs));
    assert!(file("opensim.mot", ""));
    assert!(!file("kinect.trc", "HipLeft\t\t\tHipRight\t\t\tKneeLeft\t\t\tKneeRight"));
    assert!(!file("tracked.jsonl", ""));
    std::fs::remove_dir_all(&dir).unwrap();
}
