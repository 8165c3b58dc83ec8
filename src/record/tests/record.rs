//! A record is written, broken, read and replayed.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests too")]

mod support;

use baro_coach::{
    plan::Dose,
    reference::{Reference, Sensor},
    safety::{
        BeforeSession, Nprs, RedFlag, Rpe, SafetyEvent, SafetyNote, SetVerdict, StopRule, StopSymptom,
        Urgency,
    },
};
use baro_motion::{JointAngles, LandmarkId as Id, Mannequin, PoseFrame, Viewpoint};
use baro_record::{
    Chunk, Entry, Event, Header, KeyRing, Keys, RecordError, Recorder, Recording, ReplayError, Verdict,
    append, replay, snap,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use support::{header, keys, record, record_as, record_with, session};

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
    // What was put on the grid comes back bit for bit.
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
        snap(&PoseFrame { time_s, pose: Some(pose) })
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

/// Records of every format before, as Baro wrote them; see `records/README.md`.
#[test]
fn old_records_are_read_and_replayed() {
    let old = Recording::from_bytes(include_bytes!("records/v1.baro")).unwrap();
    let Header { dose, sensor, reference, exercise_toml, .. } = &old.header;
    assert_eq!((*dose, *sensor, reference), (Dose::default(), Sensor::Camera, &None));
    assert!(exercise_toml.contains("id = \"squat\""));
    assert_eq!((old.frames().count(), old.torn_bytes, old.signed), (4, 0, None));
    replay(&old).unwrap();

    let old = Recording::from_bytes(include_bytes!("records/v2.baro")).unwrap();
    assert_eq!(old.header.dose.hold_s, Some(6.0));
    assert_eq!((old.frames().count(), old.torn_bytes, old.signed), (54, 0, None));
    assert_eq!((old.entries.len(), old.safety().count()), (58, 1));
    let replayed = replay(&old).unwrap();
    assert_eq!((replayed.report.count, replayed.verdict), (1, Verdict::Match));

    let dir = tempfile::tempdir().unwrap();
    let (path, copy) = (dir.path().join("a.baro"), dir.path().join("b.baro"));
    fs::write(&path, include_bytes!("records/v2.baro")).unwrap();
    let refused = append(&path, [Event::Paused { time_s: 1.0 }]);
    assert!(matches!(refused, Err(RecordError::Unsigned { found: 2, .. })));
    assert!(matches!(baro_record::verify(&path), Err(RecordError::Unsigned { found: 2, .. })));
    baro_record::copy_unsealed(&path, &copy).unwrap();
    assert_eq!(Recording::read(&copy).unwrap(), old);
}

#[test]
fn a_broken_off_record_keeps_every_whole_entry() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    let frames = session();
    record(&path, &frames, false);
    let recording = Recording::read(&path).unwrap();
    assert!(recording.frames().eq(&frames));
    assert_eq!(replay(&recording).unwrap().verdict, Verdict::BrokenOff { checked: 3 });
}

/// A whole record with one bit changed in its middle.
fn damaged(dir: &Path) -> PathBuf {
    let path = dir.join("a.baro");
    record_with(Keys::of_folder(dir, &KeyRing::default()).unwrap(), &path, true);
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
    assert!(matches!(Recorder::create(&path, header(), keys()), Err(RecordError::Create { .. })));
}

#[test]
fn events_come_back_in_order() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    let mut recorder = Recorder::create(&path, header(), keys()).unwrap();
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
        let report = record_with(Keys::of_folder(dir.path(), &KeyRing::default()).unwrap(), &path, finish);
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

/// The newest format's kept record. Made once for each format, by [`make_the_record_of_this_format`].
#[test]
fn kept_records_of_this_format_are_read_and_replayed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/v3");
    let kept = Recording::read(&folder.join("set.baro")).unwrap();
    assert!(kept.frames().eq(&session()[..160]));
    assert_eq!((kept.entries.len(), kept.torn_bytes, kept.safety().count()), (165, 0, 1));
    let replayed = replay(&kept).unwrap();
    assert_eq!((replayed.report.count, replayed.verdict), (1, Verdict::Match));
    let verified = baro_record::verify(&folder.join("set.baro")).unwrap();
    assert_eq!(
        (verified.verdict, verified.sealed, verified.chunks),
        (baro_record::Integrity::Whole, true, 3)
    );
    assert_eq!(verified.author, kept.signed.map(|signed| signed.author));
    assert_eq!(verified.id, kept.signed.unwrap().id);
}

#[test]
#[ignore = "writes the kept record of the format; only where a new format begins"]
fn make_the_record_of_this_format() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/v3");
    let path = folder.join("set.baro");
    let keys = Keys::of_folder(&folder, &KeyRing::default()).unwrap();
    let mut coach = header().coach().unwrap();
    let mut recorder = Recorder::create(&path, header(), keys).unwrap();
    for frame in &session()[..160] {
        let ended = coach.step(frame).ended_rep.is_some();
        recorder.frame(frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
            recorder.event(Event::Cue { time_s: frame.time_s, id: "cue-good".into() }).unwrap();
        }
    }
    recorder.event(Event::Camera { time_s: 5.3, present: false }).unwrap();
    recorder.finish(coach.finish()).unwrap();
    let pain = SafetyEvent::PainNextMorning { pain: Nprs::new(3).unwrap() };
    append(&path, [Event::Safety(SafetyNote { unix_ms: 86_400_000, event: pain })]).unwrap();
    // What fuzzing starts from: the same without its seal, and the bodies of its chunks alone.
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/record");
    let (seed, mut bodies) = (seeds.join("set3.baro"), Vec::new());
    let _ = fs::remove_file(&seed);
    baro_record::copy_unsealed(&path, &seed).unwrap();
    let bytes = fs::read(&seed).unwrap();
    let mut blocks = &bytes[8..];
    while let [a, b, c, d, _, _, _, _, rest @ ..] = blocks {
        let (payload, rest) = rest.split_at(u32::from_le_bytes([*a, *b, *c, *d]) as usize);
        if let Ok(chunk) = Chunk::from_bytes(payload) {
            bodies.extend((chunk.body.len() as u16).to_le_bytes());
            bodies.extend(chunk.body);
        }
        blocks = rest;
    }
    fs::write(seeds.join("bodies3"), bodies).unwrap();
}
