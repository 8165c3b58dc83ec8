//! The screens round an exercise.

use crate::support::{cases, check, check_in, exercise, language, named, texts, tight};
use baro_coach::{
    Exercise, Feedback, Phase, Report, SideChoice, Sight,
    setup::{Advice, Check, Guide, State},
};
use baro_motion::LandmarkId;
use baro_screens::{
    Hand, Hands, Language, Preview, Source, Texts,
    explain::{self, ExplainPress, ExplainView},
    failure::{self, FailurePress, FailureView},
    hud::{self, Asked, HudPress, HudView, Stage, Tempo},
    paused::{self, PausedPress, PausedView},
    rest::{self, RestPress, RestView},
    result::{self, ResultPress, ResultView},
    set_up::{self, SetUpPress, SetUpView},
};
use egui::TextureId;

const HANDS: Hands = Hands { right: Some(0.4), left: Some(0.0), chose: None };

fn preview() -> Option<Preview<'static>> {
    Some(Preview { texture: TextureId::default(), aspect: 4.0 / 3.0, mirror: true, body: None })
}

fn seen() -> Feedback {
    Feedback { sight: Sight::Clear, phase: Phase::Return, count: 12, progress: 0.6, ..Feedback::default() }
}

fn hud_controls(texts: &Texts) -> Vec<(String, HudPress)> {
    named(
        texts,
        [
            ("button-pause", HudPress::Pause),
            ("button-wrong", HudPress::SomethingWrong),
            ("button-finish", HudPress::Finish),
            ("button-sound-off", HudPress::ToggleSound),
        ],
    )
}

#[test]
fn repetitions_with_tempo_and_score() {
    let squat = exercise("squat");
    let feedback = Feedback { partial: 2, score: Some(87.0), ..seen() };
    let view = HudView {
        asked: Asked { reps: Some(15), ..Asked::default() },
        set: Some((2, 3)),
        tempo: Some(Tempo { seconds: [3.0, 1.0, 2.0, 0.0], phase_s: 0.8 }),
        source: Some(Source::DemoCameraFailed),
        preview: preview(),
        hands: HANDS,
        ..HudView::new(&squat, &feedback)
    };
    let controls = |texts: &Texts| {
        let mut all = hud_controls(texts);
        all.push((texts.with("hud-why", [("score", "87".into())]), HudPress::ToggleWhy));
        all.push((texts.text("button-picture-hide"), HudPress::TogglePicture));
        all
    };
    check("repetitions", controls, |ui, texts, look| hud::show(ui, &view, texts, look));
    let report = report();
    let view = HudView { why: true, last_rep: report.reps.get(1), stage: Stage::Paused, ..view };
    let controls = |texts: &Texts| {
        let close = texts.with("hud-why-close", [("score", "87".into())]);
        let mut all = named(texts, [("button-resume", HudPress::Resume)]);
        all.push((close, HudPress::ToggleWhy));
        all
    };
    check("the score's reason", controls, |ui, texts, look| hud::show(ui, &view, texts, look));
}

#[test]
fn blind_and_without_a_camera() {
    let squat = exercise("squat");
    let feedback = Feedback { sight: Sight::Partial(LandmarkId::RightShoulder), ..seen() };
    let view = HudView {
        preview: preview(),
        source: Some(Source::Camera("USB")),
        ..HudView::new(&squat, &feedback)
    };
    check("half seen", hud_controls, |ui, texts, look| hud::show(ui, &view, texts, look));
    let view = HudView { stage: Stage::CameraLost, not_saved: Some("the disk is full"), ..view };
    check("camera lost", hud_controls, |ui, texts, look| hud::show(ui, &view, texts, look));
}

#[test]
fn every_kind_of_exercise() {
    for name in [
        "wall_sit",
        "paced_breathing",
        "muscle_relaxation",
        "chair_stand_30s",
        "five_times_sit_to_stand",
        "single_leg_stance_test",
    ] {
        let exercise = exercise(name);
        let feedback = Feedback { held_s: Some(7.4), score: Some(100.0), ..seen() };
        let view = HudView {
            asked: Asked { reps: Some(3), ..Asked::default() },
            clock_s: Some(71.0),
            preview: preview(),
            ..HudView::new(&exercise, &feedback)
        };
        check_in(&tight(), name, hud_controls, |ui, texts, look| hud::show(ui, &view, texts, look));
    }
}

#[test]
fn the_longest_cue_fits() {
    for language in Language::ALL {
        let texts = texts(language);
        let exercises = ["squat", "bird_dog", "side_bridge", "neck_rotation", "hurdle_step"].map(exercise);
        let cues = exercises.iter().flat_map(Exercise::cue_ids);
        let longest = cues.max_by_key(|cue| texts.caption(cue).chars().count()).unwrap();
        let feedback = seen();
        let view = HudView { cue: Some(&longest), ..HudView::new(&exercises[0], &feedback) };
        check_in(&tight(), &longest, |_| Vec::new(), |ui, texts, look| hud::show(ui, &view, texts, look));
    }
}

#[test]
fn every_kind_counts_what_it_is() {
    let en = texts(Language::English);
    let counted = |name: &str, feedback: &Feedback, clock_s: Option<f64>| {
        let exercise = exercise(name);
        let asked = Asked { reps: Some(3), ..Asked::default() };
        hud::counter(&HudView { asked, clock_s, ..HudView::new(&exercise, feedback) }, &en)
    };
    let reps = counted("squat", &seen(), None);
    assert_eq!((&*reps.inside, &*reps.below, reps.share), ("12", "of 3", 0.6));
    let held = Feedback { held_s: Some(7.9), count: 1, ..seen() };
    let hold = counted("wall_sit", &held, None);
    assert_eq!((&*hold.inside, &*hold.note), ("7", "Hold 2 of 3"));
    let breath = counted("paced_breathing", &seen(), Some(60.0));
    assert_eq!((&*breath.below, breath.breath), ("4:00 left", Some(0.6)));
    let test = counted("chair_stand_30s", &seen(), Some(12.4));
    assert_eq!((&*test.inside, &*test.below), ("12", "0:18 left"));
    let test = counted("chair_stand_30s", &seen(), None);
    assert_eq!(test.note, "The clock starts when you start");
    let test = counted("five_times_sit_to_stand", &Feedback { count: 3, ..seen() }, Some(9.6));
    assert_eq!((&*test.inside, &*test.below), ("10", "3 of 5"));
}

#[test]
fn pause_and_rest() {
    let view = PausedView {
        exercise: Some("exercise-full-shoulder-abduction"),
        easier: true,
        harder: true,
        kept: true,
        hands: HANDS,
    };
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("button-resume", PausedPress::Resume),
                ("button-stop-today", PausedPress::Stop),
                ("button-explain-again", PausedPress::ExplainAgain),
                ("button-easier", PausedPress::Easier),
                ("button-harder", PausedPress::Harder),
                ("button-skip", PausedPress::Skip),
                ("button-wrong", PausedPress::SomethingWrong),
            ],
        )
    };
    check("paused", controls, |ui, texts, look| paused::show(ui, &view, texts, look));
    let view = RestView {
        left_s: 42.3,
        rest_s: 60.0,
        next: "exercise-full-shoulder-abduction",
        set: (2, 3),
        easier: true,
        harder: true,
        hands: HANDS,
    };
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("rest-go", RestPress::Next),
                ("button-pause", RestPress::Pause),
                ("button-skip", RestPress::Skip),
                ("button-wrong", RestPress::SomethingWrong),
            ],
        )
    };
    check("rest", controls, |ui, texts, look| rest::show(ui, &view, texts, look));
}

fn explained(exercise: &Exercise) -> ExplainView<'_> {
    ExplainView {
        exercise,
        place: (2, 6),
        sets: 3,
        reps: 12,
        hold_s: Some(20),
        minutes: Some(5),
        side: SideChoice::Left,
        reason: "",
        easier: true,
        harder: true,
        hands: HANDS,
    }
}

#[test]
fn before_an_exercise() {
    for name in ["squat", "wall_sit", "paced_breathing", "five_times_sit_to_stand"] {
        let exercise = exercise(name);
        let view = ExplainView { reason: "Two more than last time: it went well.", ..explained(&exercise) };
        let controls = |texts: &Texts| {
            named(
                texts,
                [
                    ("explain-start", ExplainPress::Next),
                    ("button-pause", ExplainPress::Pause),
                    ("button-explain-again", ExplainPress::Again),
                    ("button-easier", ExplainPress::Easier),
                    ("button-harder", ExplainPress::Harder),
                    ("button-skip", ExplainPress::Skip),
                ],
            )
        };
        let cases = if name == "squat" { cases() } else { tight() };
        check_in(&cases, &format!("explain {name}"), controls, |ui, texts, look| {
            explain::show(ui, &view, texts, look)
        });
    }
    let (hold, pace) = (exercise("wall_sit"), exercise("paced_breathing"));
    let en = texts(Language::English);
    assert_eq!(explain::dose_line(&explained(&hold), &en), "3 sets · 12 times, hold for 20 seconds · left");
    let view = ExplainView { sets: 1, side: SideChoice::Auto, ..explained(&pace) };
    assert_eq!(explain::dose_line(&view, &en), "5 minutes");
}

#[test]
fn set_up() {
    let squat = exercise("squat");
    let guide = Guide { checks: Check::ALL.map(|_| State::Ok), ready: true, ..Guide::default() };
    let view =
        SetUpView { exercise: &squat, guide: &guide, preview: preview(), countdown: Some(3), hands: HANDS };
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("setup-begin", SetUpPress::Begin),
                ("button-back", SetUpPress::Back),
                ("setup-camera", SetUpPress::Camera),
            ],
        )
    };
    check("set-up, ready", controls, |ui, texts, look| set_up::show(ui, &view, texts, look));
    for advice in Advice::FIXED.into_iter().step_by(3).chain([Advice::Show(LandmarkId::RightAnkle)]) {
        let checks = Check::ALL.map(|check| {
            if check == Check::Joints {
                State::Not(Advice::Show(LandmarkId::RightAnkle))
            } else {
                State::Unknown
            }
        });
        let guide = Guide { checks, advice: Some(advice), ready: false, cue: None };
        let view = SetUpView { guide: &guide, countdown: None, ..view };
        let controls = |texts: &Texts| named(texts, [("setup-begin-anyway", SetUpPress::Begin)]);
        check_in(&tight(), &format!("set-up, {advice:?}"), controls, |ui, texts, look| {
            set_up::show(ui, &view, texts, look)
        });
    }
}

#[test]
fn hands_and_keys_press_the_two_buttons() {
    let view = RestView {
        left_s: 5.0,
        rest_s: 60.0,
        next: "exercise-squat",
        set: (2, 2),
        easier: false,
        harder: false,
        hands: Hands::NONE,
    };
    for (hand, press) in [(Hand::Right, RestPress::Next), (Hand::Left, RestPress::Pause)] {
        let view = RestView { hands: Hands { right: Some(0.0), left: Some(0.0), chose: Some(hand) }, ..view };
        let shown = language(Language::Korean, |ui, texts, look| rest::show(ui, &view, texts, look));
        assert_eq!(shown.state().pressed.first(), Some(&press));
    }
    let mut shown = language(Language::English, |ui, texts, look| rest::show(ui, &view, texts, look));
    for (key, press) in [(egui::Key::Enter, RestPress::Next), (egui::Key::Escape, RestPress::Pause)] {
        shown.key_press(key);
        shown.run_steps(2);
        assert_eq!(shown.state_mut().pressed.drain(..).next(), Some(press));
    }
    let squat = exercise("squat");
    let feedback = seen();
    let view = HudView::new(&squat, &feedback);
    let mut shown = language(Language::English, |ui, texts, look| hud::show(ui, &view, texts, look));
    for (key, press) in [(egui::Key::Space, HudPress::Pause), (egui::Key::Escape, HudPress::Finish)] {
        shown.key_press(key);
        shown.run_steps(2);
        assert_eq!(shown.state_mut().pressed.drain(..).next(), Some(press));
    }
}

fn report() -> Report {
    let fault = |rule: &str, value: f64, limit: f64, unit: &str| serde_json::json!({ "rule": rule, "from_s": 1.0, "to_s": 2.0, "value": value, "limit": limit, "unit": unit, "points": 12.0, "claim": "cautious" });
    let rep = |complete: bool, faults: Vec<serde_json::Value>| {
        serde_json::json!({
            "start_s": 0.0, "peak_s": 1.0, "end_s": 2.0, "complete": complete, "side": "both", "score": 88.0,
            "sub": { "range": 100.0, "form": 88.0, "tempo": 100.0 }, "faults": faults,
        })
    };
    let reps = vec![
        rep(true, vec![]),
        rep(true, vec![fault("depth", 71.0, 90.0, "deg"), fault("lowering-time", 0.4, 0.7, "s")]),
        rep(false, vec![fault("trunk-forward", 52.0, 45.0, "deg")]),
    ];
    serde_json::from_value(
        serde_json::json!({ "exercise": "squat", "count": 2, "partial": 1, "score": 88.0, "reps": reps }),
    )
    .unwrap()
}

#[test]
fn the_result_of_a_set() {
    let squat = exercise("squat");
    let report = report();
    let view = ResultView {
        exercise: &squat,
        report: &report,
        saved: Ok("/home/someone/.local/share/baro/records/2026-11-22-squat.baro"),
        next: Some("exercise-hurdle-step"),
        hands: HANDS,
    };
    let controls = |texts: &Texts| {
        let next = texts.with("button-next", [("exercise", texts.text("exercise-hurdle-step").into())]);
        let mut all =
            named(texts, [("button-again", ResultPress::Again), ("button-quit", ResultPress::Close)]);
        all.push((next, ResultPress::Next));
        all
    };
    check("result", controls, |ui, texts, look| result::show(ui, &view, texts, look));
    let view = ResultView { saved: Err("the disk is full"), next: None, ..view };
    let controls = |texts: &Texts| named(texts, [("button-again", ResultPress::Again)]);
    check("result of the last set", controls, |ui, texts, look| result::show(ui, &view, texts, look));
}

#[test]
fn a_failure() {
    let detail = "can't open /dev/video0: Permission denied (os error 13); add yourself to the group `video`, then log in again";
    let view = FailureView {
        advice: "failure-source",
        close: "button-quit",
        detail,
        kept: true,
        hands: Hands::NONE,
    };
    let controls = |texts: &Texts| {
        named(texts, [("button-retry", FailurePress::Retry), ("button-quit", FailurePress::Close)])
    };
    check("failure", controls, |ui, texts, look| failure::show(ui, &view, texts, look));
}
