use super::{segments::z_x_y, *};
use crate::{Entry, Event, Header, Recorder, parse_mot, snap};
use baro_coach::{
    Coach, SideChoice,
    plan::Dose,
    reference::Sensor,
    safety::{Nprs, RedFlag, Rpe, SafetyEvent, SafetyNote, SetVerdict, StopSymptom, Urgency},
};
use baro_motion::{
    Joint, JointAngles, LandmarkId, Mannequin, Measure, Measures, Pose, PoseFrame, Side, Viewpoint,
};
use glam::{Mat3, Vec3};
use serde_json::Value;
use std::process::Command;

const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");

/// Squats with arms that rise to the front and the side, and a trunk that leans.
fn frames() -> Vec<PoseFrame> {
    let frame = |i: u32| {
        let time_s = f64::from(i) / 30.0;
        let bent = 0.5 - 0.5 * (((time_s % 4.0 - 1.0).max(0.0) / 3.0 * std::f64::consts::TAU).cos() as f32);
        let mut angles = JointAngles { trunk_flexion_rad: 0.5 * bent, ..JointAngles::default() };
        for limb in [&mut angles.left, &mut angles.right] {
            limb.knee_flexion_rad = 1.6 * bent;
            limb.hip_flexion_rad = 1.7 * bent;
            limb.ankle_dorsiflexion_rad = 0.4 * bent;
        }
        angles.left.shoulder_flexion_rad = 1.4 * bent;
        angles.left.elbow_flexion_rad = 0.8 * bent;
        angles.right.shoulder_abduction_rad = 1.2 * bent;
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&angles));
        snap(&PoseFrame { time_s, pose: Some(pose) })
    };
    (0..13 * 30).map(frame).collect()
}

fn degrees(pose: &Pose, measure: Measure, side: Side) -> Option<f32> {
    Some(Measures::new(&pose.world).get(measure, side)?.value.to_degrees())
}

#[test]
fn joint_angles_written_are_joint_angles_read() {
    let frames = frames();
    let mut text = Vec::new();
    format_mot(&mut text, &frames).unwrap();
    let text = String::from_utf8(text).unwrap();
    let read = parse_mot(&text).unwrap();
    assert_eq!(read.len(), frames.len());
    let mut compared = 0;
    for (wrote, read) in frames.iter().zip(&read) {
        assert!((wrote.time_s - read.time_s).abs() < 1e-5);
        for side in Side::BOTH {
            for (measure, close) in [
                (Measure::KneeFlexion, 1.0),
                (Measure::HipFlexion, 1.5),
                (Measure::ElbowFlexion, 1.5),
                (Measure::ShoulderElevation, 1.5),
                (Measure::AnkleDorsiflexion, 2.0),
                (Measure::TrunkFlexion, 1.0),
            ] {
                let [a, b] = [wrote, read].map(|frame| degrees(frame.pose.as_ref().unwrap(), measure, side));
                let (Some(a), Some(b)) = (a, b) else { continue };
                assert!(
                    (a - b).abs() < close,
                    "{} {side:?} at {:.2} s: {a} {b}",
                    measure.name(),
                    wrote.time_s
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 3000, "{compared}");
}

#[test]
fn turns_come_apart_and_together() {
    let (x, y, z) = (Mat3::from_rotation_x, Mat3::from_rotation_y, Mat3::from_rotation_z);
    for [a, b, c] in [[0.3, -0.4, 2.9], [-3.0, 1.2, 0.1], [1.0, std::f32::consts::FRAC_PI_2, 0.4], [0.0; 3]] {
        let turn = z(a) * x(b) * y(c);
        let [a, b, c] = z_x_y(turn);
        assert!((z(a) * x(b) * y(c)).abs_diff_eq(turn, 1e-3));
    }
}

/// A second reading of the file: the knees and wrists that its offsets and angles lead to.
#[test]
fn the_skeleton_stands_where_the_landmarks_are() {
    let frames = frames();
    let mut text = Vec::new();
    format_bvh(&mut text, &frames).unwrap();
    let text = String::from_utf8(text).unwrap();
    let (skeleton, motion) = text.split_once("MOTION\n").unwrap();
    let rows: Vec<Vec<f32>> = motion
        .lines()
        .skip(2)
        .map(|line| line.split_whitespace().map(|cell| cell.parse().unwrap()).collect())
        .collect();
    assert_eq!(rows.len(), frames.len());
    assert!(rows.iter().all(|row| row.len() == 42));
    assert_eq!(skeleton.matches('{').count(), skeleton.matches('}').count());
    for (row, frame) in rows.iter().zip(&frames) {
        let (mut stack, mut at) = (vec![(Vec3::new(row[0], row[1], row[2]), Mat3::IDENTITY)], 3);
        let mut found = Vec::new();
        let mut name = "";
        for line in skeleton.lines().map(str::trim) {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["ROOT" | "JOINT", joint] => name = joint,
                ["End", "Site"] => name = "End",
                ["OFFSET", xyz @ ..] => {
                    let [x, y, z] = [0, 1, 2].map(|i| xyz[i].parse().unwrap());
                    let (above, turned) = *stack.last().unwrap();
                    let here = above + turned * Vec3::new(x, y, z);
                    let mut turn = turned;
                    if name != "End" {
                        let [a, b, c] = [at, at + 1, at + 2].map(|i| row[i].to_radians());
                        at += 3;
                        turn *=
                            Mat3::from_rotation_z(a) * Mat3::from_rotation_x(b) * Mat3::from_rotation_y(c);
                    }
                    found.push((name, here));
                    stack.push((here, turn));
                }
                ["}"] => drop(stack.pop()),
                _ => {}
            }
        }
        let place = |wanted: &str| found.iter().find(|(name, _)| *name == wanted).unwrap().1;
        let world = &frame.pose.as_ref().unwrap().world;
        // In the file's axes: left, up, forward, of a person who faces the camera.
        let landmark = |joint: Joint, side| {
            let at = world[joint.of(side)].position * 100.0;
            Vec3::new(at.x, -at.y, -at.z)
        };
        for (joint, side, upper, lower) in [
            (Joint::Knee, Side::Left, "LeftUpLeg", "LeftLeg"),
            (Joint::Knee, Side::Right, "RightUpLeg", "RightLeg"),
            (Joint::Elbow, Side::Left, "LeftArm", "LeftForeArm"),
            (Joint::Elbow, Side::Right, "RightArm", "RightForeArm"),
        ] {
            let from = if joint == Joint::Knee { Joint::Hip } else { Joint::Shoulder };
            let (wrote, read) = (landmark(joint, side) - landmark(from, side), place(lower) - place(upper));
            assert!(wrote.distance(read) < 1.0, "{lower} at {:.2} s: {wrote} {read}", frame.time_s);
        }
        let (wrote, read) = (
            landmark(Joint::Ankle, Side::Left) - landmark(Joint::Knee, Side::Left),
            place("LeftFoot") - place("LeftLeg"),
        );
        assert!(wrote.distance(read) < 1.0, "ankle at {:.2} s: {wrote} {read}", frame.time_s);
    }
}

#[test]
fn a_table_has_a_row_for_each_frame_and_blanks_for_what_is_not_seen() {
    let mut frames = frames();
    frames[100].pose = None;
    if let Some(pose) = &mut frames[101].pose {
        pose.world[LandmarkId::LeftKnee].visibility = 0.0;
    }
    let mut text = Vec::new();
    format_csv(&mut text, &frames).unwrap();
    let text = String::from_utf8(text).unwrap();
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), frames.len() + 1);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    let knee = rows[0].iter().position(|name| *name == "left_knee_flexion_deg").unwrap();
    assert!(rows[101][1..].iter().all(|cell| cell.is_empty()));
    assert_eq!(rows[102][knee..knee + 3], [""; 3]);
    let bent: f64 = rows[1 + 75][knee].parse().unwrap();
    assert!((bent - 91.7).abs() < 3.0, "{bent}");
    assert!(rows[1 + 75][knee + 1].parse::<f64>().unwrap() > 0.0);
}

/// A finished set of squats with everything that can be said about it, and its exports in this folder.
fn record(folder: &Path) -> PathBuf {
    let header = Header {
        program: "baro 0.1.0".into(),
        started_unix_ms: 1_790_000_000_000,
        source: "camera".into(),
        exercise_toml: SQUAT.into(),
        side: SideChoice::Auto,
        model: "full".into(),
        model_sha256: "ab".repeat(32),
        dose: Dose { hold_s: None, minutes: Some(2.0) },
        sensor: Sensor::Camera,
        reference: None,
    };
    let path = folder.join("set.baro");
    let keys = crate::Keys::unsealed(crate::PersonKey::from_seed(&[7; 32]));
    let mut coach: Coach = header.coach().unwrap();
    let mut recorder = Recorder::create(&path, header, keys).unwrap();
    let pain = |score| Nprs::new(score).unwrap();
    let said = [
        SafetyEvent::Screened { flags: vec![RedFlag::Fever], urgency: Some(Urgency::Doctor) },
        SafetyEvent::Screened { flags: vec![], urgency: None },
        SafetyEvent::FlagCleared { flag: RedFlag::Fever },
        SafetyEvent::Symptom { symptom: StopSymptom::Dizziness },
        SafetyEvent::AfterSet {
            exercise: "squat".into(),
            set: 1,
            pain: Some(pain(2)),
            rpe: Some(Rpe::new(6.5).unwrap()),
            verdict: SetVerdict::GoOn,
        },
        SafetyEvent::PainNextMorning { pain: pain(1) },
    ];
    for frame in frames() {
        let ended = coach.step(&frame).ended_rep.is_some();
        recorder.frame(&frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    for (n, event) in said.into_iter().enumerate() {
        let note = SafetyNote { unix_ms: 1_790_000_000_000 + n as u64, event };
        recorder.event(Event::Safety(note)).unwrap();
    }
    recorder.finish(coach.finish()).unwrap();
    path
}

#[test]
fn a_set_is_told_as_fhir() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path());
    let recording = Recording::read(&path).unwrap();
    assert!(recording.entries.iter().any(|entry| matches!(entry, Entry::End(_))));
    let bundle = fhir_bundle(&recording).unwrap();
    let of = |kind: &str| -> Vec<&Value> {
        let all = bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]);
        all.filter(|resource| resource["resourceType"] == kind).collect()
    };
    let counts = [
        "Patient",
        "Device",
        "CarePlan",
        "Procedure",
        "Questionnaire",
        "QuestionnaireResponse",
        "Provenance",
    ];
    assert_eq!(counts.map(|kind| of(kind).len()), [1, 1, 1, 1, 1, 2, 1]);
    assert_eq!(of("Procedure")[0]["status"], "completed");
    assert_eq!(of("Procedure")[0]["performedPeriod"]["start"], "2026-09-21T14:13:20.000Z");
    let patient = of("Patient")[0];
    let did = recording.signed.unwrap().author.to_string();
    assert_eq!(patient["identifier"][0]["value"], did.as_str());
    assert!(patient.get("name").is_none());
    let pain: Vec<f64> = of("Observation")
        .into_iter()
        .filter(|seen| seen["code"]["coding"][0]["code"] == "72514-3")
        .map(|seen| seen["valueQuantity"]["value"].as_f64().unwrap())
        .collect();
    assert_eq!(pain, [2.0, 1.0]);
    let count = of("Observation").into_iter().find(|seen| seen["code"]["text"] == "repetitions").unwrap();
    assert_eq!(count["valueInteger"], 3);
    // Every reference leads to a resource of the bundle, and every id is one that FHIR allows.
    let text = bundle.to_string();
    let urls: Vec<&str> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| entry["fullUrl"].as_str().unwrap()).collect();
    for reference in text.split("\"reference\":\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(urls.contains(&reference), "{reference}");
    }
    assert!(urls.iter().all(|url| url.len() <= "urn:baro:".len() + 64));
}

#[test]
fn every_format_is_written_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path());
    for (name, format) in ExportFormat::ALL {
        assert_eq!(ExportFormat::from_name(name), Some(format));
        let to = folder.path().join(format!("out.{}", format.extension()));
        export(&path, format, &to).unwrap();
        assert!(std::fs::metadata(&to).unwrap().len() > 1000, "{name}");
    }
    let again = export(&path, ExportFormat::Baro, &path);
    assert!(again.is_err() && Recording::read(&path).is_ok(), "never over a record");
}

/// Other people's readers, where they are installed: PyPI `opensim` and `fhir.resources` for the Python in `BARO_CHECK_PYTHON` (else
/// `python3`), npm `fhir` below the folder in `BARO_CHECK_NODE`.
#[test]
fn other_programs_read_the_exports() {
    let folder = tempfile::tempdir().unwrap();
    let path = record(folder.path());
    for (_, format) in ExportFormat::ALL {
        export(&path, format, &folder.path().join(format!("out.{}", format.extension()))).unwrap();
    }
    let python = std::env::var("BARO_CHECK_PYTHON").unwrap_or_else(|_| "python3".into());
    check(&python, "opensim", folder.path(), &["-c", "import opensim"], &["-c", OPENSIM]);
    check(&python, "fhir.resources", folder.path(), &["-c", "import fhir.resources.R4B"], &["-c", FHIR]);
    let node = std::env::var("BARO_CHECK_NODE").unwrap_or_else(|_| ".".into());
    let [there, run] = ["", NPM_FHIR]
        .map(|script| format!("const {{ Fhir }} = require('{node}/node_modules/fhir');{script}"));
    check("node", "npm fhir", folder.path(), &["-e", &there], &["-e", &run]);
}

fn check(program: &str, name: &str, folder: &Path, there: &[&str], run: &[&str]) {
    let command = |arguments: &[&str]| Command::new(program).args(arguments).current_dir(folder).output();
    if !command(there).is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: {name} is not installed");
        return;
    }
    let out = command(run).unwrap();
    let said = [out.stdout, out.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    assert!(out.status.success(), "{name}: {said}");
    eprintln!("{name}: {}", said.trim());
}

const OPENSIM: &str = "
import opensim
points = opensim.TimeSeriesTableVec3('out.trc')
angles = opensim.TimeSeriesTable('out.mot')
assert points.getNumRows() == 390 and points.getNumColumns() == 33, points.getNumRows()
assert angles.getNumRows() == 390 and angles.getNumColumns() == 27, angles.getNumColumns()
knee = angles.getDependentColumn('knee_angle_r').to_numpy()
assert 88 < knee.max() < 95 and knee.min() > -1, (knee.min(), knee.max())
assert angles.getTableMetaDataString('inDegrees') == 'yes'
print('read', points.getNumRows(), 'frames')
";

const FHIR: &str = "
import json
from fhir.resources.R4B.bundle import Bundle
bundle = Bundle.model_validate(json.load(open('out.json')))
print('read', len(bundle.entry), 'resources')
";

const NPM_FHIR: &str = "
const bundle = JSON.parse(require('fs').readFileSync('out.json'));
const all = [bundle, ...bundle.entry.map(e => e.resource)];
const bad = all.flatMap(r => new Fhir().validate(r, { errorOnUnexpected: true }).messages
    .filter(m => m.severity === 'error' || m.severity === 'fatal').map(m => r.resourceType + ': ' + m.message + ' ' + m.location));
if (bad.length) { console.error(bad.join('\\n')); process.exit(1); }
console.log('read', all.length, 'resources');
";
