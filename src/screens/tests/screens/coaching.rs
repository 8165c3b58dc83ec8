//! The screens during and after a set.

use crate::support::{check, exercise};
use baro_coach::{Feedback, Report, Sight};
use baro_screens::{
    Hands, Preview, Source, Texts,
    coach::{self, CoachPress, CoachView},
    failure::{self, FailurePress, FailureView},
    result::{self, ResultPress, ResultView},
};
use egui::TextureId;

fn named<P>(texts: &Texts, controls: impl IntoIterator<Item = (&'static str, P)>) -> Vec<(String, P)> {
    controls.into_iter().map(|(key, press)| (texts.text(key), press)).collect()
}

#[test]
fn a_set_under_way() {
    let squat = exercise("squat");
    let feedback = Feedback {
        sight: Sight::Clear,
        count: 12,
        partial: 2,
        score: Some(87.0),
        progress: 0.6,
        ..Feedback::default()
    };
    let preview = Preview { texture: TextureId::default(), aspect: 4.0 / 3.0, mirror: true, body: None };
    let view = CoachView {
        source: Some(Source::DemoCameraFailed),
        preview: Some(preview),
        ..CoachView::new(&squat, &feedback)
    };
    let controls = |texts: &Texts| {
        named(
            texts,
            [
                ("button-pause", CoachPress::Pause),
                ("button-finish", CoachPress::Finish),
                ("button-sound-off", CoachPress::ToggleSound),
            ],
        )
    };
    check("set", controls, |ui, texts, look| coach::show(ui, &view, texts, look));
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
        rep(false, vec![fault("trunk-lean", 52.0, 45.0, "deg")]),
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
        hands: Hands { right: Some(0.4), left: Some(0.0), chose: None },
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
    let view = FailureView { advice: "failure-source", detail, kept: true, hands: Hands::NONE };
    let controls = |texts: &Texts| {
        named(texts, [("button-retry", FailurePress::Retry), ("button-quit", FailurePress::Close)])
    };
    check("failure", controls, |ui, texts, look| failure::show(ui, &view, texts, look));
}
