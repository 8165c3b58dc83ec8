//! Whole reports of coached recordings, in both languages.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{
    Coach, Exercise, SideChoice,
    reference::Sensor,
    safety::{
        BeforeSession, Nprs, RedFlag, Rpe, SafetyEvent, SafetyNote, SetVerdict, StopRule, StopSymptom,
        Urgency,
    },
};
use baro_datasets::{or_skip, pose_squats};
use baro_locale::{Language, Texts};
use baro_motion::{JointAngles, Mannequin, Measure, PoseFrame, Side, Viewpoint};
use baro_report::{Movement, Watch, Watched, html, png};
use std::{f32::consts::TAU, path::PathBuf, sync::Arc};

fn assets() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets"))
}

fn watch(exercise: &str, frames: &[PoseFrame]) -> Watched {
    let text = std::fs::read_to_string(assets().join("exercises").join(exercise)).unwrap();
    let mut watch = Watch::new(Coach::new(Arc::new(Exercise::from_toml(&text).unwrap()), SideChoice::Auto));
    frames.iter().for_each(|frame| watch.step(frame));
    watch.finish()
}

/// Three arm raises, the left arm lower than the right one.
fn arm_raises() -> Vec<PoseFrame> {
    let frame = |i: u32| {
        let time_s = f64::from(i) / 30.0;
        let raised = (1.0 - (time_s as f32 * TAU / 4.0).cos()) / 2.0;
        let mut angles = JointAngles::default();
        angles.right.shoulder_abduction_rad = 1.55 * raised;
        angles.left.shoulder_abduction_rad = 1.1 * raised;
        angles.left.elbow_flexion_rad = 0.9 * raised;
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&angles));
        PoseFrame { time_s, pose: Some(pose) }
    };
    (0..380).map(frame).collect()
}

#[test]
fn page_tells_all_in_both_languages_and_needs_nothing_from_outside() {
    let watched = watch("shoulder_abduction.toml", &arm_raises());
    assert_eq!(watched.report.count, 3, "{:?}", watched.report);
    for language in Language::ALL {
        let texts = Texts::load(&assets(), language).unwrap();
        let page = html(&watched, "<arm> & raise.trc", &texts);
        let fault = &watched.report.reps[0].faults[0];
        for expected in [
            texts.text("exercise-shoulder-abduction"),
            texts.fault(&fault.rule, fault.value, fault.limit),
            "&lt;arm&gt; &amp; raise.trc".into(),
            format!("<html lang=\"{}\">", language.tag()),
        ] {
            assert!(page.contains(&expected), "{expected}");
        }
        // What no text was found for shows its key.
        for key in ["report-", "measure-", "rule-", "part-", "cue-", "result-", "value-", "NaN"] {
            assert!(!page.contains(&format!(">{key}")), "{key} without a text");
        }
        for outside in ["http://", "https://", "<script", "@import", "url(", "src="] {
            let elsewhere = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!elsewhere.contains(outside), "{outside}");
        }
        std::fs::write(out(&format!("arms_{}.html", language.tag())), page).unwrap();
        let picture = png(&watched, "arm raise.trc", &texts, &assets()).unwrap();
        assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000);
        std::fs::write(out(&format!("arms_{}.png", language.tag())), picture).unwrap();
    }
}

/// A mannequin's angles are known, so its ranges are too; to measure more changes nothing in the score.
#[test]
fn ranges_and_helping_movements_are_those_of_the_body() {
    let watched = watch("shoulder_abduction.toml", &arm_raises());
    let Movement { ranges, compensation, knees } = &watched.movement;
    let range = |measure: &str, side| {
        ranges.iter().find(|range| range.measure == measure && range.side == Some(side)).unwrap()
    };
    let [left, right] = Side::BOTH.map(|side| range("shoulder_abduction", side));
    for (found, truth_rad) in [(left, 1.1_f64), (right, 1.55)] {
        // A repetition is counted from where the arm is seen to leave its rest.
        let missing = truth_rad.to_degrees() - found.range;
        assert!((0.0..5.0).contains(&missing), "{found:?}");
        assert!((found.mdc - 1.96 * 2.0_f64.sqrt() * found.sd).abs() < 0.1 && found.range > found.mdc);
    }
    assert!(left.beside.is_some_and(|by| by <= 0.0) && right.beside.is_some_and(|by| by >= 0.0));
    assert!(ranges.iter().all(|range| !range.measure.contains("knee")), "{ranges:?}");
    assert!(compensation.iter().any(|help| help.measure == "trunk_side_lean" && help.value < 3.0));
    assert_eq!(knees, &[]);
    let text = std::fs::read_to_string(assets().join("exercises/shoulder_abduction.toml")).unwrap();
    let mut coach = Coach::new(Arc::new(Exercise::from_toml(&text).unwrap()), SideChoice::Auto);
    arm_raises().iter().for_each(|frame| {
        coach.step(frame);
    });
    assert_eq!(coach.finish(), &watched.report);

    let squats = watch("squat.toml", &knees_in());
    let Movement { compensation, knees, ranges } = &squats.movement;
    assert!(squats.report.count > 0, "{:?}", squats.report);
    assert_eq!((compensation.len(), knees.len()), (0, 2), "{knees:?}");
    assert!(knees[0].most > knees[1].most + 8.0, "the left knee fell inwards: {knees:?}");
    for told in [&watched, &squats] {
        let json = serde_json::to_value(told.scored()).unwrap();
        let page = std::fs::read_to_string(assets().join("../docs/score-json.md")).unwrap();
        for list in ["ranges", "compensation", "knees"] {
            for name in
                json[list].as_array().into_iter().flatten().flat_map(|row| row.as_object().unwrap().keys())
            {
                assert!(page.contains(&format!("`{name}`")), "docs/score-json.md doesn't tell of `{name}`");
            }
        }
    }
    assert!(
        ranges.iter().all(|range| range.measure != "knee_flexion"),
        "from the front it can't be told: {ranges:?}"
    );
    for language in Language::ALL {
        let texts = Texts::load(&assets(), language).unwrap();
        let pages = [html(&watched, "arms.mp4", &texts), html(&squats, "squats.mp4", &texts)];
        for (page, key) in [(0, "report-ranges"), (0, "report-trunk"), (1, "report-knees")] {
            assert!(pages[page].contains(&format!("<h2>{}</h2>", texts.text(key))), "{key}");
        }
        assert!(!pages.concat().contains(">report-"));
        std::fs::write(out(&format!("knees_{}.html", language.tag())), &pages[1]).unwrap();
        std::fs::write(
            out(&format!("knees_{}.png", language.tag())),
            png(&squats, "squats.mp4", &texts, &assets()).unwrap(),
        )
        .unwrap();
    }
}

/// Two squats seen from the front, the left knee falling inwards.
fn knees_in() -> Vec<PoseFrame> {
    let frame = |i: u32| {
        let time_s = f64::from(i) / 30.0;
        let down = (1.0 - (time_s as f32 * TAU / 4.0).cos()) / 2.0;
        let mut angles = JointAngles { trunk_flexion_rad: 0.5 * down, ..JointAngles::default() };
        for limb in [&mut angles.left, &mut angles.right] {
            limb.knee_flexion_rad = 1.7 * down;
            limb.hip_flexion_rad = 1.7 * down;
            limb.ankle_dorsiflexion_rad = 0.5 * down;
        }
        angles.left.hip_abduction_rad = -0.3 * down;
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&angles));
        PoseFrame { time_s, pose: Some(pose) }
    };
    (0..260).map(frame).collect()
}

/// A file of joint angles has no pictures.
#[test]
fn rows_of_markers_are_no_pictures() {
    let text = std::fs::read_to_string(assets().join("exercises/squat.toml")).unwrap();
    for (sensor, key) in [(Sensor::Camera, "report-length"), (Sensor::Markers, "report-length-rows")] {
        let coach = Coach::new(Arc::new(Exercise::from_toml(&text).unwrap()), SideChoice::Auto);
        let mut watch = Watch::new(coach.measured_by(sensor));
        knees_in().iter().for_each(|frame| watch.step(frame));
        let watched = watch.finish();
        for language in Language::ALL {
            let texts = Texts::load(&assets(), language).unwrap();
            let length = texts.with(key, [("seconds", "9".into()), ("frames", 260.into())]);
            assert!(html(&watched, "a.mot", &texts).contains(&length), "{length}");
        }
    }
}

/// Every kind of answer has its words, and its fields are in the document.
#[test]
fn pain_and_effort_are_told() {
    let pain = |score| Nprs::new(score).unwrap();
    let after = |verdict| SafetyEvent::AfterSet {
        exercise: "shoulder-abduction".into(),
        set: 2,
        pain: Some(pain(6)),
        rpe: Some(Rpe::new(7.5).unwrap()),
        verdict,
    };
    let mut events = vec![
        SafetyEvent::PainBefore { pain: pain(3), verdict: BeforeSession::GoOn },
        after(SetVerdict::StopExercise(StopRule::PainAbove { pain: 6, limit: 5 })),
        after(SetVerdict::GoOn),
        SafetyEvent::PainNextMorning { pain: pain(1) },
        SafetyEvent::Screened { flags: vec![], urgency: None },
        SafetyEvent::FlagCleared { flag: RedFlag::Fever },
    ];
    events.extend(
        Urgency::ALL
            .map(|urgency| SafetyEvent::Screened { flags: vec![RedFlag::NightPain], urgency: Some(urgency) }),
    );
    events.extend(StopSymptom::ALL.map(|symptom| SafetyEvent::Symptom { symptom }));
    let mut watched = watch("shoulder_abduction.toml", &arm_raises());
    watched.safety = events.into_iter().map(|event| SafetyNote { unix_ms: 1, event }).collect();
    for language in Language::ALL {
        let texts = Texts::load(&assets(), language).unwrap();
        let page = html(&watched, "arms.baro", &texts);
        for key in ["report-safety", "report-before", "safety-verdict-stop-exercise", "report-next-morning"] {
            assert!(page.contains(&texts.text(key)), "{key}");
        }
        assert!(page.contains(&texts.with("report-after-set", [("set", 2.into())])));
        assert!(page.contains(">7.5<") && !page.contains(">safety-") && !page.contains(">report-"));
        png(&watched, "arms.baro", &texts, &assets()).unwrap();
    }
    let json = serde_json::to_value(watched.scored()).unwrap();
    assert_eq!(json["safety"][1]["event"]["after_set"]["verdict"]["stop_exercise"]["pain_above"]["limit"], 5);
    assert_eq!(json["count"], 3);
    let page = std::fs::read_to_string(assets().join("../docs/score-json.md")).unwrap();
    for note in json["safety"].as_array().unwrap() {
        for name in note["event"].as_object().unwrap().keys().chain(note.as_object().unwrap().keys()) {
            assert!(page.contains(&format!("`{name}`")), "docs/score-json.md doesn't tell of `{name}`");
        }
    }
}

#[test]
fn every_measure_has_its_name() {
    let texts = Texts::load(&assets(), Language::English).unwrap();
    for measure in Measure::ALL {
        let key = format!("measure-{}", measure.name());
        assert!(Language::ALL.iter().all(|language| texts.has(*language, &key)), "{key}");
    }
}

#[test]
fn recorded_squats() {
    let Some(frames) = or_skip(pose_squats()).unwrap() else { return };
    let watched = watch("squat.toml", &frames);
    assert_eq!((watched.report.count, watched.report.partial), (2, 1));
    let texts = Texts::load(&assets(), Language::English).unwrap();
    std::fs::write(out("squats.html"), html(&watched, "pose_squats.mp4", &texts)).unwrap();
    std::fs::write(out("squats.png"), png(&watched, "pose_squats.mp4", &texts, &assets()).unwrap()).unwrap();
}

#[test]
fn a_recording_of_nobody_is_a_page_too() {
    let nobody: Vec<PoseFrame> =
        (0..50).map(|i| PoseFrame { time_s: f64::from(i) / 30.0, pose: None }).collect();
    for frames in [&nobody[..], &[]] {
        let watched = watch("squat.toml", frames);
        let texts = Texts::load(&assets(), Language::Korean).unwrap();
        assert!(html(&watched, "empty.trc", &texts).contains(&texts.text("report-reps-none")));
        assert!(png(&watched, "empty.trc", &texts, &assets()).unwrap().starts_with(b"\x89PNG"));
    }
}

/// Kept, so that people can look at them.
fn out(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}
