#![allow(clippy::print_stdout, reason = "measured figures")]
use super::*;
use crate::measures::{Answer, Questionnaire};
use baro_coach::{
    Exercise, RepSide, SideChoice, SubScores,
    plan::Prescription,
    safety::{BeforeSession, Nprs, RedFlag, SafetyEvent, StopSymptom, Urgency},
};
use baro_home::{
    Assigned, Moment,
    diary::{Ending, Entry, Range, SetDone, SetEnding, Watched, What},
};
use baro_locale::{Language, Texts};
use baro_motion::Claim;
use baro_wire::{PersonId, Post, PostBody, PostId, Text};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
use std::{path::Path, time::Instant};

/// The last day of all these stories.
const TODAY: Date = Date::constant(2026, 11, 23);
/// Squats on three days a week.
const PLAN: &str = "format = 1\n[[doses]]\nexercise = 'squat'\nsets = 2\nreps = 10\nrest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4";
/// Standard deviation of the ranges, degrees.
const SD: f64 = 4.0;

fn moment(days_ago: i64) -> Moment {
    let day = TODAY.checked_sub(days_ago.days()).unwrap();
    Moment { at: day.at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp(), day }
}

fn dose(exercise: &str) -> Prescription {
    Prescription {
        exercise: exercise.into(),
        sets: 1,
        reps: 10,
        hold_s: None,
        minutes: None,
        rest_s: 60,
        tempo_s: None,
        load_kg: None,
        days_a_week: 3,
        side: SideChoice::Auto,
        rpe_target: 5,
        pain_limit: 5,
    }
}

fn plan() -> Assigned {
    Assigned::from_toml(PLAN).unwrap()
}

fn entry(days_ago: i64, what: What) -> Entry {
    Entry { when: moment(days_ago), visit: (1000 - days_ago) as u32, what }
}

fn safety(days_ago: i64, event: SafetyEvent) -> Entry {
    entry(days_ago, What::Safety { event })
}

fn pain(days_ago: i64, pain: u8) -> Entry {
    let pain = Nprs::new(pain).unwrap();
    safety(days_ago, SafetyEvent::PainBefore { pain, verdict: BeforeSession::GoOn })
}

fn set(days_ago: i64, exercise: &str, score: f64, reach: f64) -> Entry {
    let range = Range {
        measure: "knee_flexion".into(),
        unit: "deg".into(),
        side: RepSide::Both,
        value: reach,
        sd: SD,
        claim: Claim::Firm,
    };
    let full = 100.0;
    let sub = SubScores { range: full, form: score, tempo: full, stability: full, symmetry: full };
    entry(
        days_ago,
        What::Set(SetDone {
            item: 0,
            set: 1,
            asked: dose(exercise),
            done: 10,
            partial: 0,
            watched: Watched::Camera,
            end: SetEnding::Whole,
            score: Some(score),
            sub: Some(sub),
            ranges: vec![range],
            test: None,
            record: None,
        }),
    )
}

/// The days ago of sessions of somebody who does as planned, the first first.
fn every_other_day() -> impl Iterator<Item = i64> {
    (0..30).map(|n| 59 - 2 * n)
}

/// Somebody who does well: nothing stands out.
fn well() -> Patient {
    let mut patient = Patient::default();
    patient.plan(moment(60).day, &plan());
    for days_ago in every_other_day() {
        patient.diary(&pain(days_ago, 3));
        patient.diary(&set(days_ago, "squat", 85.0, 90.0));
    }
    patient
}

fn directions() -> Directions {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises").join(name);
        Exercise::from_toml(&std::fs::read_to_string(path).unwrap()).unwrap()
    };
    Directions::of([&read("squat.toml"), &read("bridge.toml")])
}

fn reasons(patient: &Patient) -> Vec<Reason> {
    patient.reasons(&Thresholds::default(), &directions(), moment(0))
}

fn message(cursor: u64, from_patient: bool, days_ago: i64) -> baro_wire::Entry {
    let body = PostBody::Message { answers: None, text: Text::new("It hurts").unwrap() };
    post(cursor, from_patient, days_ago, body)
}

fn post(cursor: u64, from_patient: bool, days_ago: i64, body: PostBody) -> baro_wire::Entry {
    let about = PersonId([1; 16]);
    let author = if from_patient { about } else { PersonId([2; 16]) };
    let stored_ms = moment(days_ago).at.as_millisecond();
    baro_wire::Entry {
        cursor,
        author,
        stored_ms,
        post: Post { id: PostId([3; 16]), about, written_ms: 0, body },
    }
}

fn phq9(days_ago: i64, each: usize, ninth: usize) -> crate::measures::Filled {
    let all = Questionnaire::shipped().unwrap();
    let phq9 = all.iter().find(|it| it.id == "phq-9").unwrap();
    let items = phq9.sums[0].items.iter().enumerate();
    let code = |n: usize, link_id: &str| {
        phq9.item(link_id).unwrap().choices[if n == 8 { ninth } else { each }].code.clone()
    };
    let answers = items.map(|(n, link_id)| (link_id.clone(), Answer::Code(code(n, link_id)))).collect();
    phq9.fill(moment(days_ago).day, answers).unwrap()
}

/// Each story changes one thing of somebody who does well.
fn stories() -> Vec<(&'static str, Strength, Patient)> {
    let with = |change: &dyn Fn(&mut Patient)| {
        let mut patient = well();
        change(&mut patient);
        patient
    };
    let symptom = |symptom| safety(1, SafetyEvent::Symptom { symptom });
    let flags =
        |flags: Vec<RedFlag>, urgency| safety(1, SafetyEvent::Screened { flags, urgency: Some(urgency) });
    let seldom = {
        let mut patient = Patient::default();
        patient.plan(moment(60).day, &plan());
        for days_ago in every_other_day().filter(|days_ago| *days_ago > 14 || *days_ago == 5) {
            patient.diary(&set(days_ago, "squat", 85.0, 90.0));
        }
        patient
    };
    let silent = {
        let mut patient = Patient::default();
        patient.plan(moment(60).day, &plan());
        for days_ago in every_other_day().filter(|days_ago| *days_ago > 8) {
            patient.diary(&set(days_ago, "squat", 85.0, 90.0));
        }
        patient
    };
    let last_two = |change: fn(i64) -> Entry| {
        let mut patient = Patient::default();
        patient.plan(moment(60).day, &plan());
        for days_ago in every_other_day() {
            let usual = || set(days_ago, "squat", 85.0, 90.0);
            patient.diary(&if days_ago <= 3 { change(days_ago) } else { usual() });
        }
        patient
    };
    vec![
        ("asks-for-safety", Strength::Urgent, with(&|it| it.filled(phq9(1, 0, 1)))),
        ("red-flags", Strength::High, with(&|it| it.diary(&flags(vec![RedFlag::Fever], Urgency::Doctor)))),
        (
            "red-flags",
            Strength::Urgent,
            with(&|it| it.diary(&flags(vec![RedFlag::BladderBowel], Urgency::Now))),
        ),
        ("symptom", Strength::High, with(&|it| it.diary(&symptom(StopSymptom::Fall)))),
        ("symptom", Strength::Urgent, with(&|it| it.diary(&symptom(StopSymptom::ChestPain)))),
        (
            "stopped-by-rule",
            Strength::High,
            with(&|it| it.diary(&entry(1, What::Ended { how: Ending::Safety }))),
        ),
        ("pain-rise", Strength::Medium, with(&|it| it.diary(&pain(0, 6)))),
        ("pain-rise", Strength::High, with(&|it| it.diary(&pain(0, 7)))),
        ("range-lost", Strength::Medium, last_two(|ago| set(ago, "squat", 85.0, 90.0 - 2.9 * SD))),
        ("score-fall", Strength::Low, last_two(|ago| set(ago, "squat", 70.0, 90.0))),
        (
            "measure-worse",
            Strength::Medium,
            with(&|it| [phq9(20, 0, 0), phq9(2, 1, 0)].into_iter().for_each(|f| it.filled(f))),
        ),
        ("adherence", Strength::Medium, seldom),
        ("quiet", Strength::Low, silent),
        ("message", Strength::Low, with(&|it| it.post(&message(7, true, 1)))),
        ("message", Strength::Medium, with(&|it| it.post(&message(7, true, 3)))),
    ]
}

#[test]
fn each_reason_is_there_in_a_story_made_for_it_and_it_alone() {
    assert_eq!(reasons(&well()), []);
    for (id, strength, patient) in stories() {
        let found = reasons(&patient);
        let told: Vec<_> = found.iter().map(|reason| (reason.kind.id(), reason.strength)).collect();
        assert_eq!(told, [(id, strength)], "{found:?}");
        assert!(found[0].excess >= 1.0, "{found:?}");
        let json = serde_json::to_string(&found).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Reason>>(&json).unwrap(), found, "{json}");
    }
}

#[test]
fn what_was_dealt_with_is_no_reason_any_more() {
    let mut patient = well();
    patient.post(&message(7, true, 3));
    patient.post(&message(7, true, 3)); // known already
    assert_eq!(reasons(&patient)[0].kind, Kind::Message { count: 1, days: 3 });
    let mut answered = patient.clone();
    answered.post(&message(8, false, 2));
    assert_eq!(reasons(&answered), []);
    patient.dealt_with(7);
    patient.diary(&safety(2, SafetyEvent::Symptom { symptom: StopSymptom::Fall }));
    patient.diary(&entry(1, What::SymptomCleared { symptom: StopSymptom::Fall }));
    let flags = vec![RedFlag::Fever, RedFlag::NightPain];
    patient.diary(&safety(2, SafetyEvent::Screened { flags, urgency: Some(Urgency::Doctor) }));
    patient.diary(&safety(1, SafetyEvent::FlagCleared { flag: RedFlag::Fever }));
    let found = reasons(&patient);
    let is_open =
        |kind: &Kind| matches!(kind, Kind::RedFlags { flags, .. } if flags[..] == [RedFlag::NightPain]);
    assert!(found.len() == 1 && is_open(&found[0].kind), "{found:?}");
    patient.diary(&safety(1, SafetyEvent::Screened { flags: vec![], urgency: None }));
    // A later form without the thought takes the earlier one not back.
    patient.filled(phq9(9, 0, 2));
    patient.filled(phq9(2, 0, 0));
    assert_eq!(reasons(&patient)[0].strength, Strength::Urgent);
    patient.safe_until(patient.cursor);
    assert_eq!(reasons(&patient), []);
    // Another answer of the same day is another.
    let again = Text::new(serde_json::to_string(&phq9(9, 0, 2)).unwrap()).unwrap();
    let body = PostBody::Answered { asked: None, filled: again };
    let mut entry = message(9, true, 0);
    entry.post.body = body;
    patient.post(&entry);
    assert_eq!(reasons(&patient)[0].strength, Strength::Urgent);
    patient.safe_until(8);
    assert_eq!(reasons(&patient)[0].strength, Strength::Urgent);
    patient.safe_until(9);
    assert_eq!(reasons(&patient), []);
}

#[test]
fn a_movement_that_goes_down_is_lost_when_it_stays_up() {
    let mut patient = Patient::default();
    for days_ago in every_other_day() {
        patient.diary(&set(days_ago, "bridge", 85.0, if days_ago <= 3 { 22.0 } else { 8.0 }));
        patient.diary(&set(days_ago, "unknown-one", 85.0, if days_ago <= 3 { 22.0 } else { 80.0 }));
    }
    let found = reasons(&patient);
    let [Reason { kind: Kind::RangeLost { exercise, from, to, least, .. }, .. }] = &found[..] else {
        panic!("{found:?}");
    };
    assert_eq!((exercise.as_str(), *from, *to), ("bridge", 8.0, 22.0));
    assert!((least - 1.96 * SD * 2.0_f64.sqrt()).abs() < 0.01, "{least}");
}

#[test]
fn what_is_within_the_error_is_never_a_reason() {
    // Two measurements that are each within 1.38 sd can't differ by more than 2.77 sd, the smallest detectable change.
    for seed in 0..1000 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut within = |most: f64| (2.0 * random.f64() - 1.0) * most;
        let mut patient = Patient::default();
        patient.plan(moment(60).day, &plan());
        let usual = 20.0 + 100.0 * (seed % 10) as f64 / 10.0;
        for days_ago in every_other_day() {
            patient.diary(&pain(days_ago, (4.0 + within(1.49).round()) as u8));
            let (score, reach) = (80.0 + within(5.0), usual + within(1.38 * SD));
            patient.diary(&set(days_ago, "squat", score, reach));
        }
        assert_eq!(reasons(&patient), [], "seed {seed}");
    }
}

#[test]
fn chance_is_seldom_a_reason_and_a_loss_is_found() {
    // Errors as they are: normal, of every session on its own.
    let board = |lost: f64| {
        let found = (0..4000).filter(|seed| {
            let mut random = fastrand::Rng::with_seed(*seed);
            let mut normal = || (0..12).map(|_| random.f64()).sum::<f64>() - 6.0;
            let mut patient = Patient::default();
            for days_ago in every_other_day() {
                let now = if days_ago <= 3 { 90.0 - lost } else { 90.0 };
                patient.diary(&set(days_ago, "squat", 85.0, now + SD * normal()));
            }
            reasons(&patient).iter().any(|reason| reason.kind.id() == "range-lost")
        });
        found.count() as f64 / 4000.0
    };
    let (chance, found) = (board(0.0), board(5.0 * SD));
    println!("range-lost by chance {:.2} %, of a loss of 5 sd {:.0} %", 100.0 * chance, 100.0 * found);
    assert!(chance < 0.005 && found > 0.9, "{chance} {found}");
}

#[test]
fn the_order_is_always_the_same_and_the_neediest_stands_first() {
    let mut board: Vec<(usize, Vec<Reason>)> =
        stories().iter().map(|(_, _, patient)| reasons(patient)).chain([vec![]]).enumerate().collect();
    sort(&mut board);
    let first: Vec<Option<Strength>> =
        board.iter().map(|(_, reasons)| reasons.first().map(|reason| reason.strength)).collect();
    assert!(first.is_sorted_by(|a, b| a >= b), "{first:?}");
    assert_eq!(first.last().unwrap(), &None);
    let sorted: Vec<usize> = board.iter().map(|(id, _)| *id).collect();
    for seed in 0..100 {
        fastrand::Rng::with_seed(seed).shuffle(&mut board);
        sort(&mut board);
        assert_eq!(board.iter().map(|(id, _)| *id).collect::<Vec<_>>(), sorted);
    }
    // Two reasons are more need than the first of them alone.
    let one = reasons(&stories()[8].2);
    let two = [one.clone(), reasons(&stories()[9].2)].concat();
    let mut pair = [(0, one), (1, two)];
    sort(&mut pair);
    assert_eq!(pair[0].0, 1);
}

#[test]
fn it_can_be_stored_and_taken_up_again_and_reads_the_feed() {
    let mut patient = well();
    patient.post(&message(3, true, 1));
    let text = serde_json::to_string(&patient).unwrap();
    assert_eq!(serde_json::from_str::<Patient>(&text).unwrap(), patient);
    let mut fed = Patient::default();
    fed.post(&post(1, false, 60, PostBody::Plan { routine: Text::new(PLAN).unwrap() }));
    for (n, days_ago) in every_other_day().enumerate() {
        let lines = [pain(days_ago, 3), set(days_ago, "squat", 85.0, 90.0)];
        for (i, line) in lines.iter().enumerate() {
            let line = Text::new(serde_json::to_string(line).unwrap()).unwrap();
            fed.post(&post(2 + 2 * n as u64 + i as u64, true, days_ago, PostBody::Diary { line }));
        }
    }
    let cursor = fed.cursor;
    assert_eq!(Patient { cursor: 0, ..fed.clone() }, well());
    fed.post(&post(cursor + 1, true, 0, PostBody::Diary { line: Text::new("{}").unwrap() }));
    assert_eq!((fed.unread, reasons(&fed)), (1, vec![]));
}

#[test]
fn thresholds_are_the_therapists_within_sense() {
    let own: Thresholds = serde_json::from_str(r#"{"quiet_days": 30, "pain_rise": 3.5}"#).unwrap();
    assert_eq!(own, Thresholds { quiet_days: 30, pain_rise: 3.5, ..Thresholds::default() });
    assert!(own.check().is_ok() && Thresholds::default().check().is_ok());
    let mut patient = well();
    patient.diary(&pain(0, 6));
    assert_eq!(patient.reasons(&own, &directions(), moment(0)), []);
    let senseless = [("pain_rise", 0.0), ("pain_rise", f64::NAN), ("adherence", 2.0)];
    for (name, value) in senseless {
        let mut wrong = Thresholds::default();
        *(if name == "adherence" { &mut wrong.adherence } else { &mut wrong.pain_rise }) = value;
        assert_eq!(wrong.check().unwrap_err().name, name);
    }
    assert!(serde_json::from_str::<Thresholds>(r#"{"quit_days": 30}"#).is_err());
}

#[test]
fn every_reason_has_words_in_both_languages() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
    for language in Language::ALL {
        let texts = Texts::load(&assets, language).unwrap();
        let has = |key: &str| assert!(texts.has(language, key), "{key} has no text in {}", language.tag());
        for (_, _, patient) in stories() {
            let said = reasons(&patient)[0].text();
            has(&said.key);
            let words = said.in_words(&texts);
            let holes = ["{", "}", "review-", "exercise-", "measure-", "safety-", "$"];
            assert!(!holes.iter().any(|hole| words.contains(hole)) && !words.contains("  "), "{words}");
            println!("{words}");
        }
        for strength in Strength::ALL {
            has(strength.key());
        }
        for flag in RedFlag::ALL {
            has(&format!("review-flag-{}", flag.id()));
        }
        for part in crate::session::Part::ALL {
            has(part.key());
            has(part.fell_key());
        }
        for key in [
            "fell-none",
            "worst-lost",
            "worst-partial",
            "gap-paused",
            "gap-camera",
            "norm-few",
            "norm-people",
        ] {
            has(&format!("review-{key}"));
        }
        for key in [
            "agrees-whole",
            "agrees-broken-off",
            "agrees-differs",
            "claim-firm",
            "claim-cautious",
            "claim-refused",
        ] {
            has(&format!("review-{key}"));
        }
        for sum in Questionnaire::shipped().unwrap().iter().flat_map(|it| &it.sums) {
            sum.bands.iter().for_each(|(_, key)| has(&format!("review-band-{key}")));
        }
    }
    let keys = |language: &str| -> Vec<String> {
        let text = std::fs::read_to_string(assets.join("locales").join(language).join("review.ftl")).unwrap();
        text.lines()
            .filter(|line| line.starts_with("review-"))
            .filter_map(|line| Some(line.split_once(' ')?.0.to_owned()))
            .collect()
    };
    assert_eq!(keys("en"), keys("ko"));
}

#[test]
fn a_large_clinic_is_sorted_at_once() {
    // 300 people with 67 sessions of 3 sets each: 20,000 sessions.
    let (mut sessions, mut entries) = (0, 0);
    let began = Instant::now();
    let patients: Vec<Patient> = (0..300_u64)
        .map(|seed| {
            let mut random = fastrand::Rng::with_seed(seed);
            let mut patient = Patient::default();
            patient.plan(moment(300).day, &plan());
            for n in 0..67 {
                let days_ago = 201 - 3 * n;
                sessions += 1;
                patient.diary(&pain(days_ago, random.u8(0..6)));
                for exercise in ["squat", "bridge", "mini-squat"] {
                    entries += 1;
                    patient.diary(&set(
                        days_ago,
                        exercise,
                        60.0 + 40.0 * random.f64(),
                        60.0 + 60.0 * random.f64(),
                    ));
                }
            }
            patient
        })
        .collect();
    let taken_in = began.elapsed();
    let (thresholds, directions) = (Thresholds::default(), directions());
    let began = Instant::now();
    let mut board: Vec<_> = patients
        .iter()
        .map(|patient| patient.reasons(&thresholds, &directions, moment(0)))
        .enumerate()
        .collect();
    sort(&mut board);
    let sorted = began.elapsed();
    let bytes: usize = patients.iter().map(|patient| serde_json::to_string(patient).unwrap().len()).sum();
    println!(
        "{sessions} sessions of 300 people ({entries} sets) taken in: {taken_in:?}; board of 300: {sorted:?}; {bytes} bytes of JSON to keep them"
    );
    assert!(sessions > 20_000 && sorted.as_millis() < 1000, "{sorted:?}");
}
