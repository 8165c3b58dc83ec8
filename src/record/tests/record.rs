//! A record is written, broken, read and replayed.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

use baro_coach::{
    Report, SideChoice,
    plan::Dose,
    reference::{Reference, Sensor},
    safety::{
        BeforeSession, Nprs, RedFlag, Rpe, SafetyEvent, SafetyNote, SetVerdict, StopRule, StopSymptom,
        Urgency,
    },
};
use baro_motion::{JointAngles, Landmark, LandmarkId as Id, Mannequin, Pose, PoseFrame, Viewpoint};
use baro_record::{
    Entry, Event, Header, RecordError, Recorder, Recording, ReplayError, Verdict, append, replay,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const SQUAT: &str = include_str!("../../../assets/exercises/squat.toml");

/// A body seen from the front, its knees bent by `knee_rad`, feet in place.
fn squatting(time_s: f64, knee_rad: f32) -> PoseFrame {
    let mut pose = Pose { confidence: 0.9, ..Pose::default() };
    let (shin, thigh) = (knee_rad * 0.4, knee_rad * 0.6);
    let knee = (0.43 * shin.cos(), 0.43 * shin.sin());
    let hip = (knee.0 + 0.42 * thigh.cos(), knee.1 - 0.42 * thigh.sin());
    let mut put = |id: Id, side: f32, (up, forward): (f32, f32)| {
        let position = [side, hip.0 - up, hip.1 - forward].into();
        pose.world[id] = Landmark { position, visibility: 0.95, presence: 0.99 };
        pose.image[id] =
            Landmark { position: [0.5 + side / 3.0, 0.5 - up / 3.0, 0.0].into(), ..pose.world[id] };
    };
    // Facing the camera, the person's left is on the right of the picture.
    for (s, [shoulder, hip_id, knee_id, ankle, heel, toes]) in [
        (1.0, [Id::LeftShoulder, Id::LeftHip, Id::LeftKnee, Id::LeftAnkle, Id::LeftHeel, Id::LeftFootIndex]),
        (
            -1.0,
            [
                Id::RightShoulder,
                Id::RightHip,
                Id::RightKnee,
                Id::RightAnkle,
                Id::RightHeel,
                Id::RightFootIndex,
            ],
        ),
    ] {
        put(shoulder, 0.18 * s, (hip.0 + 0.48, hip.1 + 0.2 * thigh.sin()));
        put(hip_id, 0.1 * s, hip);
        put(knee_id, 0.12 * s, knee);
        put(ankle, 0.12 * s, (0.0, 0.0));
        put(heel, 0.12 * s, (-0.06, -0.05));
        put(toes, 0.14 * s, (-0.06, 0.16));
    }
    PoseFrame { time_s, pose: Some(pose) }
}

/// Three squats of 3 s at 30 fps with a second of standing before each, and a moment in which nobody is seen.
fn session() -> Vec<PoseFrame> {
    (0..13 * 30)
        .map(|i| {
            let time_s = f64::from(i) / 30.0;
            let moving = (time_s % 4.0 - 1.0).max(0.0) / 3.0;
            let knee = (0.5 - 0.5 * (moving * std::f64::consts::TAU).cos()) * 1.8;
            if i < 5 { PoseFrame { time_s, pose: None } } else { squatting(time_s, knee as f32) }
        })
        .collect()
}

fn header() -> Header {
    Header {
        program: "test".into(),
        started_unix_ms: 1,
        source: "video".into(),
        exercise_toml: SQUAT.into(),
        side: SideChoice::Auto,
        model: "none".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    }
}

/// Coaches and records squats as the program does; without `finish` the record stays as a killed program would leave it.
fn record(path: &Path, frames: &[PoseFrame], finish: bool) -> Report {
    record_as(header(), path, frames, finish)
}

fn record_as(header: Header, path: &Path, frames: &[PoseFrame], finish: bool) -> Report {
    let mut coach = header.coach().unwrap();
    let mut recorder = Recorder::create(path, header).unwrap();
    for frame in frames {
        let ended = coach.step(frame).ended_rep.is_some();
        recorder.frame(frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    let report = coach.finish().clone();
    if finish {
        recorder.finish(&report).unwrap();
    }
    report
}

#[test]
fn replays_to_the_same_digest() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("new folder/a.baro");
    let frames = session();
    let report = record(&path, &frames, true);
    assert_eq!(report.count, 3);

    let recording = Recording::read(&path).unwrap();
    assert_eq!(recording.header, header());
    assert_eq!(recording.torn_bytes, 0);
    // Visibility is stored once for both sets of landmarks; everything else comes back bit for bit.
    assert!(recording.frames().eq(&frames));
    let outcome = replay(&recording).unwrap();
    assert_eq!(outcome.verdict, Verdict::Match);
    assert_eq!(outcome.report, report);
}

/// Dose, sensor and reference motion change the score, so each must come back from the record.
#[test]
fn what_was_prescribed_and_compared_with_is_replayed() {
    let dir = tempfile::tempdir().unwrap();
    let sitting = |i: u32| {
        let time_s = f64::from(i) / 30.0;
        let down = ((time_s - 2.0).min(11.0 - time_s)).clamp(0.0, 1.0) as f32;
        let mut angles = JointAngles::default();
        for limb in [&mut angles.left, &mut angles.right] {
            (limb.knee_flexion_rad, limb.hip_flexion_rad) = (1.4 * down, 1.4 * down);
        }
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&angles));
        PoseFrame { time_s, pose: Some(pose) }
    };
    let sitting: Vec<PoseFrame> = (0..390).map(sitting).collect();
    let wall_sit =
        Header { exercise_toml: include_str!("../../../assets/exercises/wall_sit.toml").into(), ..header() };
    let deep_squat = Header {
        exercise_toml: include_str!("../../../assets/exercises/deep_squat.toml").into(),
        ..header()
    };
    let other = include_str!("../../../assets/references/side-lunge.ref");
    Reference::from_text(other).unwrap();
    for (i, (plain, changed, frames)) in [
        (&wall_sit, Header { dose: Dose { hold_s: Some(6.0), minutes: None }, ..wall_sit.clone() }, &sitting),
        (&deep_squat, Header { sensor: Sensor::Markers, ..deep_squat.clone() }, &session()),
        (&deep_squat, Header { reference: Some(other.into()), ..deep_squat.clone() }, &session()),
    ]
    .into_iter()
    .enumerate()
    {
        let path = dir.path().join(format!("{i}.baro"));
        let report = record_as(changed.clone(), &path, frames, true);
        assert!(report.count > 0, "{i}: {report:?}");
        let mut recording = Recording::read(&path).unwrap();
        assert_eq!(recording.header, changed);
        assert_eq!(replay(&recording).unwrap().verdict, Verdict::Match, "{i}");
        recording.header = plain.clone();
        assert!(matches!(replay(&recording).unwrap().verdict, Verdict::Mismatch { .. }), "{i}");
    }
    let broken = Header { reference: Some("nonsense".into()), ..header() };
    assert!(matches!(broken.coach(), Err(ReplayError::Reference(_))));
}

/// A record of format 1, as Baro wrote it before there were doses.
#[test]
fn old_records_are_read_and_replayed() {
    let old = include_bytes!("../../../fuzz/seeds/record/set.baro");
    assert_eq!(old[6..8], [1, 0], "this file is of format 1");
    let recording = Recording::from_bytes(old).unwrap();
    let Header { dose, sensor, reference, exercise_toml, .. } = &recording.header;
    assert_eq!((*dose, *sensor, reference), (Dose::default(), Sensor::Camera, &None));
    assert!(exercise_toml.contains("id = \"squat\""));
    assert_eq!((recording.frames().count(), recording.torn_bytes), (4, 0));
    replay(&recording).unwrap();
}

#[test]
fn a_broken_off_record_keeps_every_whole_entry() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    let frames = session();
    record(&path, &frames, false);
    let whole = fs::read(&path).unwrap();
    let recording = Recording::read(&path).unwrap();
    assert!(recording.frames().eq(&frames));
    assert_eq!(replay(&recording).unwrap().verdict, Verdict::BrokenOff { checked: 3 });

    // Cut anywhere: what is whole is read, what is torn is counted, and never a panic.
    let mut known = 0;
    for len in (0..whole.len()).step_by(1009) {
        fs::write(&path, &whole[..len]).unwrap();
        match Recording::read(&path) {
            Ok(recording) => {
                let n = recording.frames().count();
                assert!(n >= known && recording.frames().eq(&frames[..n]));
                known = n;
            }
            Err(RecordError::NotARecord { .. }) => assert!(len < 8),
            Err(error) => assert!(matches!(error, RecordError::NoHeader { .. }), "{error}"),
        }
    }
    assert!(known > frames.len() - 3);
}

/// A whole record with one bit changed in its middle.
fn damaged(dir: &Path) -> PathBuf {
    let path = dir.join("a.baro");
    record(&path, &session(), true);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x10;
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_damaged_byte_ends_the_record_before_it() {
    let dir = tempfile::tempdir().unwrap();
    let path = damaged(dir.path());
    let recording = Recording::read(&path).unwrap();
    assert!(recording.torn_bytes > 0);
    assert!(matches!(replay(&recording).unwrap().verdict, Verdict::BrokenOff { .. }));
}

#[test]
fn a_changed_frame_is_found_out() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    record(&path, &session(), true);
    let mut recording = Recording::read(&path).unwrap();
    for entry in &mut recording.entries {
        if let Entry::Frame(frame) = entry
            && let Some(pose) = &mut frame.pose
        {
            pose.world[Id::LeftKnee].position.z += 0.05;
        }
    }
    assert!(matches!(replay(&recording).unwrap().verdict, Verdict::Mismatch { .. }));
}

#[test]
fn what_is_no_record_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    assert!(matches!(Recording::read(&path), Err(RecordError::Open { .. })));
    fs::write(&path, "").unwrap();
    assert!(matches!(Recording::read(&path), Err(RecordError::NotARecord { .. })));
    fs::write(&path, b"BAROR\n\x07\x00").unwrap();
    assert!(matches!(Recording::read(&path), Err(RecordError::Version { found: 7, .. })));
    assert!(matches!(Recorder::create(&path, header()), Err(RecordError::Create { .. })));
}

#[test]
fn events_come_back_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    let mut recorder = Recorder::create(&path, header()).unwrap();
    let events = [
        Event::Cue { time_s: 1.0, id: "cue-good".into() },
        Event::Paused { time_s: 1.5 },
        Event::Resumed { time_s: 1.5 },
        Event::Camera { time_s: 2.0, present: false },
    ];
    for event in &events {
        recorder.event(event.clone()).unwrap();
    }
    drop(recorder);
    let read: Vec<Event> = Recording::read(&path)
        .unwrap()
        .entries
        .into_iter()
        .map(|entry| match entry {
            Entry::Event(event) => event,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(read, events);
}

/// What is said before, after the set and the morning after, in a record that was closed or broken off.
#[test]
fn pain_and_effort_are_appended_to_a_closed_record() {
    let dir = tempfile::tempdir().unwrap();
    let note = |unix_ms, event| SafetyNote { unix_ms, event };
    let pain = |score| Nprs::new(score).unwrap();
    let before = note(1, SafetyEvent::PainBefore { pain: pain(2), verdict: BeforeSession::GoOn });
    let after = SafetyEvent::AfterSet {
        exercise: "squat".into(),
        set: 1,
        pain: Some(pain(6)),
        rpe: Some(Rpe::new(7.5).unwrap()),
        verdict: SetVerdict::StopExercise(StopRule::PainAbove { pain: 6, limit: 5 }),
    };
    let after = [
        note(2, after),
        note(3, SafetyEvent::Symptom { symptom: StopSymptom::Dizziness }),
        note(4, SafetyEvent::Screened { flags: vec![RedFlag::Fever], urgency: Some(Urgency::Doctor) }),
    ];
    let morning = note(86_400_000, SafetyEvent::PainNextMorning { pain: pain(3) });
    for finish in [true, false] {
        let path = dir.path().join(format!("{finish}.baro"));
        let report = record(&path, &session(), finish);
        if !finish {
            let mut bytes = fs::read(&path).unwrap();
            bytes.extend([200, 0, 0, 0, 1, 2, 3, 4, 5]); // the program was killed here
            fs::write(&path, bytes).unwrap();
        }
        append(&path, [Event::Safety(before.clone())]).unwrap();
        append(&path, after.clone().map(Event::Safety)).unwrap();
        append(&path, [Event::Safety(morning.clone())]).unwrap();
        let recording = Recording::read(&path).unwrap();
        assert_eq!(recording.torn_bytes, 0);
        let all: Vec<&SafetyNote> = recording.safety().collect();
        assert_eq!(all, [&before, &after[0], &after[1], &after[2], &morning]);
        let outcome = replay(&recording).unwrap();
        assert_eq!(outcome.report, report);
        let verdict = if finish { Verdict::Match } else { Verdict::BrokenOff { checked: 3 } };
        assert_eq!(outcome.verdict, verdict);
    }
}

/// What follows the damage may still be saved by somebody: it is not cut off for a pain score.
#[test]
fn nothing_is_appended_behind_damage() {
    let dir = tempfile::tempdir().unwrap();
    let path = damaged(dir.path());
    let bytes = fs::read(&path).unwrap();
    let event = Event::Paused { time_s: 1.0 };
    assert!(matches!(append(&path, [event.clone()]), Err(RecordError::Damaged { .. })));
    assert_eq!(fs::read(&path).unwrap(), bytes);
    fs::write(&path, "no record").unwrap();
    assert!(matches!(append(&path, [event]), Err(RecordError::NotARecord { .. })));
}
