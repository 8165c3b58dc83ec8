//! The data folder, from opening it for the first time to deleting everything.

use crate::{
    Catalogue, Effect, Event, Home, HomeError, Known, Moment, Notice, PersonFiles, Purpose, Settings, Step,
    Visit,
    diary::{Ending, Entry, SetDone, What},
    export,
    visit::{Goals, Profile},
};
use baro_coach::{
    SideChoice,
    safety::{BeforeSession, Nprs, RedFlag, SafetyEvent, SetVerdict, StopSymptom},
};
use jiff::civil::date;
use std::{fs, path::Path, sync::Arc};

fn now() -> Moment {
    let day = date(2026, 11, 22);
    Moment { at: day.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp(), day }
}

fn catalogue() -> Arc<Catalogue> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    Arc::new(Catalogue::load(&assets).unwrap().0)
}

/// Someone new, up to one exercise done unseen.
fn first_visit(home: &Home) -> (PersonFiles, Visit) {
    let (mut files, known) = home.new_person();
    let (mut visit, effects) = Visit::open(known, catalogue(), "baro test", now());
    let mut keep = |effects: Vec<Effect>| effects.iter().for_each(|effect| files.keep(effect).unwrap());
    keep(effects);
    let equipment = baro_coach::Equipment::ALL.to_vec();
    let events = [
        Event::NewPerson,
        Event::Profile(Profile { name: "김영희".into(), ..Profile::default() }),
        Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()),
        Event::Screening(RedFlag::ALL.into_iter().map(|flag| (flag, false)).collect()),
        Event::Goals(Goals { equipment, days_a_week: 3, minutes: 20, ..Goals::default() }),
        Event::Next,
        Event::Pain(Nprs::new(1).unwrap()),
        Event::DoneUnseen,
    ];
    for event in events {
        keep(visit.apply(event, now()));
    }
    assert_eq!(visit.step(), Step::SetCheck);
    (files, visit)
}

fn names(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    all.sort();
    all
}

#[test]
fn everything_is_there_again_after_closing() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    assert!(home.people().unwrap().is_empty());
    let (files, visit) = first_visit(&home);
    let id = files.id().clone();
    drop((files, home));
    let home = Home::open(folder.path()).unwrap();
    assert_eq!(home.people().unwrap(), [(id.clone(), "김영희".to_owned())]);
    let (_, known, notices) = home.person(&id).unwrap();
    assert_eq!((&known, notices), (visit.known(), vec![]));
    let (again, _) = Visit::open(known, catalogue(), "baro test", now());
    assert_eq!(again.step(), Step::SetCheck);
    // No name stands in a path.
    assert_eq!(names(&folder.path().join("people")), [id.as_str()]);
}

#[test]
fn a_second_window_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let first = Home::open(folder.path()).unwrap();
    let second = Home::open(folder.path()).unwrap_err();
    assert!(matches!(second, HomeError::InUse { .. }) && second.key() == "home-fault-in-use");
    drop(first);
    Home::open(folder.path()).unwrap();
}

#[test]
fn damaged_files_cost_only_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let (files, visit) = first_visit(&home);
    let person = folder.path().join("people").join(files.id().as_str());
    fs::write(person.join("person.toml"), "name = [").unwrap();
    fs::write(person.join("plan.toml"), "format = 1\nlimits = 7").unwrap();
    let diary = person.join("diary.jsonl");
    let mut text = fs::read_to_string(&diary).unwrap();
    text.insert_str(0, "not JSON\n");
    text.push_str("{\"at\":\"2026-");
    fs::write(&diary, text).unwrap();
    let (mut again, known, notices) = home.person(files.id()).unwrap();
    let keys: Vec<&str> = notices.iter().map(Notice::key).collect();
    assert_eq!(keys, ["home-notice-person", "home-notice-torn", "home-notice-lines", "home-notice-plan"]);
    assert_eq!(known.diary, visit.known().diary);
    assert!(matches!(known.assigned, Some(Err(_))) && known.person.is_none());
    assert!(person.join("person.toml.bad-1").exists());
    // ... and it goes on from there.
    again.keep(&Effect::Write(known.diary[0].clone())).unwrap();
    let (_, known, notices) = home.person(files.id()).unwrap();
    assert_eq!(known.diary.len(), visit.known().diary.len() + 1);
    assert!(!notices.iter().any(|notice| matches!(notice, Notice::Torn { .. })));
}

#[test]
fn what_a_full_disk_refuses_waits() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    // A file where the folder of the people should be: nothing can be written, whoever runs the test.
    let people = folder.path().join("people");
    fs::remove_dir(&people).unwrap();
    fs::write(&people, "").unwrap();
    let (mut files, known) = home.new_person();
    let (mut visit, _) = Visit::open(known, catalogue(), "baro test", now());
    visit.apply(Event::NewPerson, now());
    for event in [
        Event::Profile(Profile::default()),
        Event::Consent(Purpose::ASKED.map(|purpose| (purpose, true)).into()),
    ] {
        let effects = visit.apply(event, now());
        let refused: Vec<_> = effects.iter().filter_map(|effect| files.keep(effect).err()).collect();
        assert!(!refused.is_empty() && refused.iter().all(|error| error.key() == "home-fault-not-saved"));
    }
    assert_eq!(files.waiting(), 1 + Purpose::ASKED.len());
    fs::remove_file(&people).unwrap();
    files.retry().unwrap();
    assert_eq!(files.waiting(), 0);
    let (_, known, _) = home.person(files.id()).unwrap();
    assert_eq!(&known, visit.known());
}

#[test]
fn a_full_disk_is_named() {
    let source = std::io::Error::from(std::io::ErrorKind::StorageFull);
    assert_eq!(HomeError::Write { path: "x".into(), source }.key(), "home-fault-disk-full");
}

#[test]
fn a_clock_set_back_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let (_, visit) = first_visit(&home);
    let known: &Known = visit.known();
    assert_eq!(known.clock(now()), None);
    let day = date(2020, 1, 1);
    let before = Moment { at: day.at(9, 0, 0, 0).in_tz("UTC").unwrap().timestamp(), day };
    assert_eq!(known.clock(before), Some(Notice::ClockBack));
    // The visit of "another day" is over; a new one can begin.
    let (visit, _) = Visit::open(known.clone(), catalogue(), "baro test", before);
    assert_eq!(visit.step(), Step::Today);
}

#[test]
fn everything_can_be_taken_along() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let (files, visit) = first_visit(&home);
    fs::create_dir(files.records()).unwrap();
    fs::write(files.records().join("2026-11-22_squat.baro"), "measured").unwrap();
    let into = folder.path().join("out");
    let exported = export(&files, visit.known(), &into, now()).unwrap();
    assert_eq!(exported.folder, into.join("baro-2026-11-22"));
    assert_eq!(names(&exported.folder), ["everything.json", "fhir.json", "records", "sets.csv"]);
    assert_eq!(exported.files, 4);
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(exported.folder.join("everything.json")).unwrap()).unwrap();
    assert_eq!(json["person"]["name"], "김영희");
    assert_eq!(json["diary"].as_array().unwrap().len(), visit.known().diary.len());
    let fhir: serde_json::Value =
        serde_json::from_slice(&fs::read(exported.folder.join("fhir.json")).unwrap()).unwrap();
    let told: Vec<_> = fhir["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]).collect();
    assert_eq!((told.len(), &told[0]["resourceType"]), (1 + Purpose::ASKED.len(), &"Patient".into()));
    for (consent, purpose) in told[1..].iter().zip(Purpose::ASKED) {
        let given = visit.known().consents.given(purpose);
        assert_eq!(consent["category"][0]["coding"][1]["code"], purpose.id());
        assert_eq!(consent["status"], if given { "active" } else { "inactive" });
    }
    assert!(!fhir.to_string().contains("김영희"));
    let csv = fs::read_to_string(exported.folder.join("sets.csv")).unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0].len(), rows[1].len(), "{csv}");
    assert_eq!(export(&files, visit.known(), &into, now()).unwrap().folder, into.join("baro-2026-11-22-2"));
}

#[test]
fn everything_can_be_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let (files, _) = first_visit(&home);
    let (other, _) = first_visit(&home);
    fs::create_dir(files.records()).unwrap();
    fs::write(files.records().join("a.baro"), "measured").unwrap();
    home.save_settings(&Settings { last_person: Some(files.id().clone()), ..Settings::default() }).unwrap();
    let deleted = home.delete_person(files.id()).unwrap();
    assert_eq!((deleted.files, deleted.records), (5, 1), "person, consent, screening, diary, record");
    assert!(deleted.bytes > 500);
    assert_eq!(home.settings().unwrap().0.last_person, None);
    assert_eq!(home.people().unwrap(), [(other.id().clone(), "김영희".to_owned())]);
    assert_eq!(home.delete_person(files.id()).unwrap().files, 0);
}

/// A record of a set that nobody moves in, in the person's folder.
fn record(files: &PersonFiles, name: &str) {
    let header = baro_record::Header {
        program: "test".into(),
        started_unix_ms: 1,
        source: "camera".into(),
        exercise_toml: include_str!("../../../assets/exercises/squat.toml").into(),
        side: SideChoice::Auto,
        model: String::new(),
        model_sha256: String::new(),
        dose: baro_coach::plan::Dose::default(),
        sensor: baro_coach::reference::Sensor::Camera,
        reference: None,
    };
    let report = header.coach().unwrap().finish().clone();
    let keys = baro_record::Keys::of_folder(&files.records(), &baro_record::KeyRing::of_system()).unwrap();
    baro_record::Recorder::create(&files.records().join(name), header, keys)
        .unwrap()
        .finish(&report)
        .unwrap();
}

#[test]
fn pain_and_effort_are_in_the_record_of_their_set() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::open(folder.path()).unwrap();
    let (mut files, visit) = first_visit(&home);
    let id = files.id().clone();
    let done = visit.known().visits()[0].sets().next().unwrap().set.clone();
    let pain = |score| Nprs::new(score).unwrap();
    let write = |files: &mut PersonFiles, visit, what| {
        files.keep(&Effect::Write(Entry { when: now(), visit, what })).unwrap();
    };
    let safety = |event| What::Safety { event };
    let before = SafetyEvent::PainBefore { pain: pain(2), verdict: BeforeSession::GoOn };
    let after = |set| SafetyEvent::AfterSet {
        exercise: "squat".into(),
        set,
        pain: Some(pain(3)),
        rpe: None,
        verdict: SetVerdict::GoOn,
    };
    let symptom = SafetyEvent::Symptom { symptom: StopSymptom::Dizziness };
    let morning = SafetyEvent::PainNextMorning { pain: pain(1) };
    record(&files, "a.baro");
    write(&mut files, 7, safety(before.clone()));
    write(&mut files, 7, What::Set(SetDone { record: Some("a.baro".into()), ..done.clone() }));
    write(&mut files, 7, safety(after(1)));
    // Nobody saw the second one.
    write(&mut files, 7, What::Set(SetDone { record: None, ..done.clone() }));
    write(&mut files, 7, safety(after(2)));
    write(&mut files, 7, safety(symptom.clone()));
    write(&mut files, 7, What::Ended { how: Ending::Stopped });
    drop(files);
    let (mut files, ..) = home.person(&id).unwrap();
    write(&mut files, 8, safety(morning.clone()));
    // No way out of the folder.
    write(&mut files, 8, What::Set(SetDone { record: Some("../a.baro".into()), ..done }));
    write(&mut files, 8, safety(after(3)));

    let path = files.records().join("a.baro");
    let recording = baro_record::Recording::read(&path).unwrap();
    let said: Vec<_> = recording.safety().map(|note| note.event.clone()).collect();
    assert_eq!(said, [before, after(1), symptom, morning]);
    assert_eq!(baro_record::verify(&path).unwrap().verdict, baro_record::Integrity::Whole);

    // The person's own copy can be read without the keys; the folder's keys stay here.
    let into = folder.path().join("out");
    let exported = export(&files, visit.known(), &into, now()).unwrap();
    assert_eq!(names(&exported.folder.join("records")), ["a.baro"]);
    let copy = baro_record::Recording::read(&exported.folder.join("records/a.baro")).unwrap();
    assert_eq!(copy.entries, recording.entries);
}
