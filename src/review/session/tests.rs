#![allow(clippy::print_stdout, reason = "measured figures")]
use super::*;
use crate::norm::{Cycle, LEAST_PEOPLE, MOMENTS, NoNorm, Norm};
use baro_coach::{
    Exercise, Kind, Rehearsal, View,
    plan::{Change, Prescription},
    safety::{Nprs, Rpe, SafetyEvent, SafetyNote, SetVerdict},
};
use baro_home::{
    Moment,
    diary::{self, Planned, SetDone, Source, What},
};
use baro_locale::{Language, Texts};
use baro_motion::{JointAngles, LandmarkId, PoseFrame};
use baro_record::{Entry, Event, Header, Keys, PersonKey, Recorder, Recording, snap};
use data_encoding::BASE64;
use jiff::{Timestamp, tz::TimeZone};
use std::{fs, path::PathBuf};

const STARTED_MS: u64 = 1_790_000_000_000;

fn assets() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../assets")
}

fn toml(id: &str) -> String {
    fs::read_to_string(assets().join("exercises").join(format!("{id}.toml"))).unwrap()
}

fn header(toml: String) -> Header {
    Header {
        program: "test".into(),
        started_unix_ms: STARTED_MS,
        source: "video".into(),
        exercise_toml: toml,
        side: SideChoice::Auto,
        model: "none".into(),
        model_sha256: String::new(),
        dose: Dose::default(),
        sensor: Sensor::Camera,
        reference: None,
    }
}

/// The trainer's movement, changed.
fn act(
    toml: &str,
    periods: usize,
    change: impl Fn(&Rehearsal<'_>, &Exercise, f64) -> JointAngles,
) -> Vec<PoseFrame> {
    let exercise = Exercise::from_toml(toml).unwrap();
    // From the side, where the bend of a knee may be told.
    let stage = Rehearsal::new(&exercise, View::Side);
    let frames = stage.play(30.0, periods, 1.0, |t_s| change(&stage, &exercise, t_s));
    frames.iter().map(snap).collect()
}

/// Written as the program does, and read again.
fn recorded(toml: &str, frames: &[PoseFrame], finish: bool) -> Recording {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.baro");
    let mut coach = header(toml.into()).coach().unwrap();
    let mut recorder =
        Recorder::create(&path, header(toml.into()), Keys::unsealed(PersonKey::from_seed(&[7; 32]))).unwrap();
    for frame in frames {
        let ended = coach.step(frame).ended_rep.is_some();
        recorder.frame(frame).unwrap();
        if ended {
            recorder.rep_ended(frame.time_s, coach.report()).unwrap();
        }
    }
    let report = coach.finish().clone();
    match finish {
        true => recorder.finish(&report).unwrap(),
        false => drop(recorder),
    }
    Recording::read(&path).unwrap()
}

/// Three squats, the second too shallow.
fn squats() -> Recording {
    let toml = toml("squat");
    let frames = act(&toml, 3, |stage, _, t_s| stage.correct(t_s));
    let n = frames.len();
    let shallow = act(&toml, 3, |stage, _, t_s| stage.scaled(0.82, t_s));
    let mixed = (0..n).map(|i| if (n / 3..2 * n / 3).contains(&i) { shallow[i] } else { frames[i] });
    recorded(&toml, &mixed.collect::<Vec<_>>(), true)
}

#[test]
fn a_set_is_told_as_it_was_scored_at_home() {
    let recording = squats();
    let review = SessionReview::of(&recording, &[], 10.0).unwrap();
    let replayed = baro_record::replay(&recording).unwrap();
    assert_eq!(review.agrees, Agrees::Whole);
    assert_eq!((review.count, review.score), (replayed.report.count, replayed.report.score));
    assert!(review.repetitions.len() >= 3, "{review:?}");
    for (rep, scored) in review.repetitions.iter().zip(&replayed.report.reps) {
        assert_eq!(
            (rep.start_s, rep.score, rep.lost.len()),
            (scored.start_s, scored.score, scored.faults.len())
        );
    }
    let worst = review.worst.as_ref().unwrap();
    let rep = &review.repetitions[worst.index];
    assert!(review.repetitions.iter().all(|other| !other.complete || other.score >= rep.score));
    assert_eq!((worst.why.as_str(), rep.lost[0].rule.as_str()), ("review-worst-lost", "depth"), "{rep:?}");
    let json = serde_json::to_string(&review).unwrap();
    assert_eq!(serde_json::from_str::<SessionReview>(&json).unwrap(), review);
}

#[test]
fn a_record_that_breaks_off_or_was_scored_otherwise_says_so() {
    let toml = toml("squat");
    let frames = act(&toml, 2, |stage, _, t_s| stage.correct(t_s));
    let mut broken = recorded(&toml, &frames, false);
    assert_eq!(SessionReview::of(&broken, &[], 10.0).unwrap().agrees, Agrees::BrokenOff);
    broken.entries.push(Entry::End(baro_record::sha256(b"another score")));
    assert_eq!(SessionReview::of(&broken, &[], 10.0).unwrap().agrees, Agrees::Differs);
    broken.entries.retain(|entry| !matches!(entry, Entry::Frame(_)));
    assert!(matches!(SessionReview::of(&broken, &[], 10.0), Err(ReviewError::Empty)));
    assert!(matches!(SessionReview::of(&broken, &[], f64::NAN), Err(ReviewError::Rate(_))));
}

#[test]
fn every_lost_point_belongs_to_its_part_in_every_exercise() {
    let mut lost_in = std::collections::BTreeMap::new();
    let mut files: Vec<_> =
        fs::read_dir(assets().join("exercises")).unwrap().map(|it| it.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    files.sort();
    assert!(files.len() > 50);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let exercise = Exercise::from_toml(&text).unwrap();
        let stage = Rehearsal::new(&exercise, exercise.view);
        let mut plays = vec![
            stage.play(15.0, 1, 3.0, |t_s| stage.correct(t_s)),
            stage.play(15.0, 1, 0.4, |t_s| stage.scaled(0.8, t_s)),
        ];
        plays.extend(
            exercise.rules.iter().map(|rule| stage.play(15.0, 1, 1.0, |t_s| stage.with_fault(rule, t_s))),
        );
        for frames in plays.iter().filter(|_| !matches!(exercise.kind, Kind::Paced(_))) {
            for rep in &stage.report(frames).reps {
                let told = Repetition::new(&exercise, rep);
                let sub = rep.sub;
                let subs = [sub.range, sub.form, sub.tempo, sub.stability, sub.symmetry];
                for (part, sub) in Part::ALL.into_iter().zip(subs) {
                    let lost: f64 = told.lost.iter().filter(|it| it.part == part).map(|it| it.points).sum();
                    assert!(
                        (100.0 - lost).max(0.0) - sub < 0.02 && sub - (100.0 - lost).max(0.0) < 0.02,
                        "{}: {part:?} {lost} {rep:?}",
                        exercise.id
                    );
                    *lost_in.entry(part).or_insert(0_u32) += u32::from(lost > 0.0);
                }
                assert!(told.lost.is_sorted_by(|a, b| a.points >= b.points));
                assert!(told.lost.iter().all(|it| it.value.is_none() == (it.claim == Claim::Refused)));
            }
        }
    }
    println!("{lost_in:?}");
    assert!(Part::ALL.iter().all(|part| lost_in.get(part).is_some_and(|n| *n > 0)), "{lost_in:?}");
}

#[test]
fn curves_are_even_and_say_what_may_be_told() {
    let review = SessionReview::of(&squats(), &[], 10.0).unwrap();
    assert!(review.curves[0].primary && review.curves[0].measure == "knee_flexion");
    for curve in &review.curves {
        let n = ((review.span_s[1] - review.span_s[0]) * curve.rate_hz).round() as usize + 1;
        assert_eq!([curve.value.len(), curve.pm.len(), curve.claim.len()], [n; 3], "{}", curve.measure);
        for ((value, pm), claim) in curve.value.iter().zip(&curve.pm).zip(curve.claim.chars()) {
            assert_eq!((value.is_none(), pm.is_none()), (claim == '-', claim == '-'));
            assert!(pm.is_none_or(|pm| pm >= 0.0));
        }
    }
    // What the curve shows at the far end is what the repetition is told with, where it may be told.
    let rep = &review.repetitions[0];
    let reach = rep.reach.as_ref().unwrap();
    assert_eq!(reach.value.is_none(), reach.claim == Claim::Refused);
    // A squat seen from the side tells the knee.
    let told: Vec<f64> = review.curves[0].told(rep.start_s, rep.end_s).map(|(_, value)| value).collect();
    let far = told.iter().copied().fold(f64::MIN, f64::max);
    let value = reach.value.unwrap();
    assert!((far - value).abs() < 5.0, "{far} {value}");
}

#[test]
fn answers_come_from_the_diary_of_that_set_or_from_the_record() {
    let at = |after_s: i64| {
        let at = Timestamp::from_millisecond(STARTED_MS as i64 + 1000 * after_s).unwrap();
        Moment { at, day: at.to_zoned(TimeZone::UTC).date() }
    };
    let asked: Prescription = serde_json::from_str(
        r#"{"exercise":"squat","sets":2,"reps":3,"rest_s":60,"days_a_week":3,"rpe_target":5,"pain_limit":4}"#,
    )
    .unwrap();
    let item = Planned {
        course: "squat".into(),
        base: asked.clone(),
        dose: asked.clone(),
        change: Change::Same,
        reasons: vec![],
    };
    let entry = |after_s: i64, what: What| diary::Entry { when: at(after_s), visit: 1, what };
    let said = |set: u32, pain: u8| {
        let (pain, rpe) = (Some(Nprs::new(pain).unwrap()), Some(Rpe::new(f32::from(pain) + 1.0).unwrap()));
        let event =
            SafetyEvent::AfterSet { exercise: "squat".into(), set, pain, rpe, verdict: SetVerdict::GoOn };
        What::Safety { event }
    };
    let began = What::Began { format: 1, program: "t".into(), source: Source::Assigned, items: vec![item] };
    let diary = [
        entry(-120, began),
        entry(-60, What::Set(SetDone::told(0, 1, &asked))),
        entry(-50, said(1, 1)),
        entry(20, What::Set(SetDone::told(0, 2, &asked))),
        entry(25, said(2, 3)),
    ];
    let mut recording = squats();
    let event = SafetyEvent::PainNextMorning { pain: Nprs::new(2).unwrap() };
    recording.entries.push(Entry::Event(Event::Safety(SafetyNote { unix_ms: 1, event })));
    recording.entries.insert(40, Entry::Event(Event::Paused { time_s: 1.0 }));
    recording.entries.insert(41, Entry::Event(Event::Resumed { time_s: 1.5 }));
    recording.entries.insert(42, Entry::Event(Event::Camera { time_s: 2.0, present: false }));
    let review = SessionReview::of(&recording, &diary, 10.0).unwrap();
    let expected =
        Answers { pain_after: Some(3), effort: Some(4.0), pain_next_morning: Some(2), ..Answers::default() };
    assert_eq!(review.answers, expected);
    let gaps: Vec<_> = review.gaps.iter().map(|gap| (gap.why.as_str(), gap.from_s, gap.to_s)).collect();
    assert_eq!(gaps, [("paused", 1.0, 1.5), ("camera", 2.0, review.span_s[1])]);
}

fn frames(recording: &Recording) -> impl Iterator<Item = &PoseFrame> + Clone {
    recording.entries.iter().filter_map(|entry| match entry {
        Entry::Frame(frame) => Some(&**frame),
        _ => None,
    })
}

fn points(replay: &Replay) -> Vec<i16> {
    let bytes = BASE64.decode(replay.xyz.as_bytes()).unwrap();
    bytes.chunks(2).map(|two| i16::from_le_bytes([two[0], two[1]])).collect()
}

#[test]
fn a_replay_shows_the_body_upright_on_the_floor() {
    let mut recording = squats();
    for entry in recording.entries.iter_mut().skip(30).take(15) {
        if let Entry::Frame(frame) = entry {
            frame.pose = None;
        }
    }
    let replay = replay(frames(&recording), 15.0, None);
    let all = points(&replay);
    let n = replay.points.len();
    let lasts_s = frames(&recording).last().unwrap().time_s;
    assert!((lasts_s * 15.0) as usize + 1 - replay.frames <= 1);
    assert_eq!(all.len(), replay.frames * n * 3);
    let unsure = BASE64.decode(replay.unsure.as_bytes()).unwrap();
    assert_eq!(unsure.len(), 4 * replay.frames);
    let place = |id: LandmarkId| replay.points.iter().position(|point| point == id.name()).unwrap();
    let (nose, hips) = (place(LandmarkId::Nose), [LandmarkId::LeftHip, LandmarkId::RightHip].map(place));
    let mut empty = 0;
    for (body, unsure) in all.chunks(3 * n).zip(unsure.chunks(4)) {
        if body[0] == i16::MIN {
            assert!(body.iter().all(|mm| *mm == i16::MIN));
            empty += 1;
            continue;
        }
        let at = |point: usize| [body[3 * point], body[3 * point + 1], body[3 * point + 2]];
        let unsure = u32::from_le_bytes(unsure.try_into().unwrap());
        let heights = (0..n).filter(|point| unsure & 1 << point == 0).map(|point| at(point)[1]);
        assert_eq!(heights.min(), Some(0));
        assert!((700..1900).contains(&at(nose)[1]), "{:?}", at(nose));
        assert!((0..3).step_by(2).all(|axis| (at(hips[0])[axis] + at(hips[1])[axis]).abs() <= 2));
    }
    assert!((5..=10).contains(&empty), "{empty}");
    assert!(replay.bones.len() > 20 && replay.bones.iter().flatten().all(|point| usize::from(*point) < n));
    // A part is the same as it is in the whole.
    let part = super::replay(frames(&recording), 15.0, Some([4.0, 6.0]));
    assert_eq!(part.frames, 31);
    let whole = &all[60 * n * 3..91 * n * 3];
    let off = points(&part).iter().zip(whole).map(|(a, b)| (i32::from(*a) - i32::from(*b)).abs()).max();
    assert!(off.unwrap() <= 20, "{off:?}");
    assert_eq!(super::replay(std::iter::empty(), 15.0, None).frames, 0);
}

#[test]
fn the_trainer_stands_beside() {
    for id in ["squat", "hurdle_step", "paced_breathing", "bridge"] {
        let exercise = Exercise::from_toml(&toml(id)).unwrap();
        let shown = Shown::of(&exercise, 15.0);
        assert_eq!(shown.replay.frames, (shown.lasts_s * 15.0).round() as usize + 1, "{id}");
        let Some(signal) = exercise.signal else {
            assert!(shown.curves.is_empty());
            continue;
        };
        let told = shown.curves.iter().flat_map(|curve| curve.value.iter().flatten());
        let far = told.map(|value| f64::from(signal.direction()) * value).fold(f64::MIN, f64::max);
        let target = f64::from(signal.direction()) * signal.measure.unit().to_edge(signal.target.into());
        assert!(signal.from_rest || far >= target - 5.0, "{id}: {far} {target}");
    }
}

#[test]
fn another_day_differs_only_beyond_the_errors_and_a_norm_takes_five() {
    let toml = toml("squat");
    let cycles = |share: f32| {
        let frames = act(&toml, 2, |stage, _, t_s| stage.scaled(share, t_s));
        let review = SessionReview::of(&recorded(&toml, &frames, true), &[], 15.0).unwrap();
        Cycle::of(&review)
    };
    let (now, again) = (cycles(1.0).remove(0), cycles(0.9).remove(0));
    assert_eq!((now.mean.len(), now.pm.len(), now.repetitions), (MOMENTS, MOMENTS, 2));
    assert!(again.since(&now).unwrap().iter().all(Option::is_none));
    // A tenth less is within the error; far less is not, where it is far less.
    let mut less = now.clone();
    less.mean[30..70].iter_mut().for_each(|value| *value -= 30.0);
    let fell = less.since(&now).unwrap();
    assert!(fell[50].is_some_and(|by| by < -10.0) && fell[0].is_none(), "{fell:?}");
    let other = Cycle { exercise: "bridge".into(), ..now.clone() };
    assert_eq!(now.since(&other), None);

    let shifted = |by: f64| Cycle { mean: now.mean.iter().map(|value| value + by).collect(), ..now.clone() };
    let people: Vec<Cycle> = (0..5).map(|n| shifted(f64::from(n))).collect();
    let few = people[..LEAST_PEOPLE - 1].iter().enumerate();
    assert_eq!(Norm::of(few), Err(NoNorm::Few { people: 4 }));
    // One person with many sets is one person; what is something else is left out.
    let norm =
        Norm::of(people.iter().enumerate().chain([(0, &people[0]), (0, &people[0]), (9, &other)])).unwrap();
    assert_eq!(norm.people, 5);
    let at = |q: usize| norm.quartiles[q][50] - now.mean[50];
    assert!((at(0) - 1.0).abs() < 0.01 && (at(1) - 2.0).abs() < 0.01 && (at(2) - 3.0).abs() < 0.01);
}

#[test]
fn every_key_of_a_review_has_words() {
    let review = SessionReview::of(&squats(), &[], 10.0).unwrap();
    for language in Language::ALL {
        let texts = Texts::load(&assets(), language).unwrap();
        for lost in review.repetitions.iter().flat_map(|rep| &rep.lost) {
            assert!(!lost.text().in_words(&texts).starts_with("rule-"));
        }
        for curve in &review.curves {
            assert!(texts.has(language, &format!("measure-{}", curve.measure)));
        }
    }
}

#[test]
fn the_page_of_the_formats_tells_of_every_field() {
    let page = fs::read_to_string(assets().join("../docs/review.md")).unwrap();
    let review = SessionReview::of(&squats(), &[], 10.0).unwrap();
    let shown = Shown::of(&Exercise::from_toml(&toml("squat")).unwrap(), 10.0);
    let replay = serde_json::to_value(&shown.replay).unwrap();
    let cycle = serde_json::to_value(&Cycle::of(&review)[0]).unwrap();
    let [review, shown] = [serde_json::to_value(&review).unwrap(), serde_json::to_value(&shown).unwrap()];
    let rep = &review["repetitions"][1];
    let thresholds = serde_json::to_value(crate::triage::Thresholds::default()).unwrap();
    for object in [
        &review,
        rep,
        &rep["lost"][0],
        &rep["reach"],
        &review["curves"][0],
        &review["answers"],
        &replay,
        &shown,
        &cycle,
        &thresholds,
    ] {
        let fields = object.as_object().unwrap();
        assert!(!fields.is_empty());
        for name in fields.keys() {
            assert!(page.contains(&format!("`{name}`")), "docs/review.md doesn't tell of `{name}`");
        }
    }
}
