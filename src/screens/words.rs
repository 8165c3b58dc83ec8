//! What the screens say, as pure functions of the state.

use crate::{
    Texts,
    hud::{HudView, Stage},
    view::{Sound, Source},
};
use baro_coach::{Fault, Phase, Rep, RepSide, Sight};
use baro_motion::LandmarkId;

/// How the cue line is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What to do next.
    Calm,
    /// Something to change.
    Adjust,
}

/// The large line at the bottom: the cue, or what to do next.
pub fn cue_line(view: &HudView, texts: &Texts) -> (String, Tone) {
    match view.stage {
        Stage::Starting => (texts.text("state-starting"), Tone::Calm),
        Stage::Paused => (texts.text("state-paused"), Tone::Calm),
        Stage::CameraLost => (texts.text("state-camera-lost"), Tone::Adjust),
        Stage::Running => match (view.feedback.sight, view.cue) {
            (Sight::Lost, _) => (texts.text("sight-lost-help"), Tone::Adjust),
            (_, Some(cue)) => {
                let praise = cue == baro_coach::CUE_PRAISE;
                (texts.caption(cue), if praise { Tone::Calm } else { Tone::Adjust })
            }
            (Sight::Partial(_), None) => (texts.text("sight-partial-help"), Tone::Adjust),
            (Sight::Clear, None) => (phase_line(view.feedback.phase, &view.exercise.id, texts), Tone::Calm),
        },
    }
}

/// The phases in the order of a repetition.
pub const PHASES: [Phase; 4] = [Phase::Rest, Phase::Out, Phase::Peak, Phase::Return];

/// What to do in this phase: the exercise's own words where it has them.
pub fn phase_line(phase: Phase, exercise: &str, texts: &Texts) -> String {
    let name = match phase {
        Phase::Rest => "rest",
        Phase::Out => "out",
        Phase::Peak => "peak",
        Phase::Return => "return",
    };
    let own = format!("phase-{exercise}-{name}");
    if texts.has(texts.language(), &own) { texts.text(&own) } else { texts.text(&format!("phase-{name}")) }
}

/// "I can see you", and whether that is so.
pub fn sight_line(stage: Stage, sight: Sight, texts: &Texts) -> (String, bool) {
    match (stage, sight) {
        (Stage::Starting, _) => (texts.text("state-starting"), false),
        (_, Sight::Clear) => (texts.text("sight-clear"), true),
        (_, Sight::Lost) => (texts.text("sight-lost"), false),
        (_, Sight::Partial(joint)) => {
            let joint = texts.text(joint_key(joint));
            (texts.with("sight-partial", [("joint", joint.into())]), false)
        }
    }
}

/// The everyday name of the part of the body that a landmark belongs to.
pub const fn joint_key(joint: LandmarkId) -> &'static str {
    use LandmarkId::*;
    match joint {
        Nose | LeftEyeInner | LeftEye | LeftEyeOuter | RightEyeInner | RightEye | RightEyeOuter | LeftEar
        | RightEar | MouthLeft | MouthRight => "joint-head",
        LeftShoulder => "joint-left-shoulder",
        RightShoulder => "joint-right-shoulder",
        LeftElbow => "joint-left-elbow",
        RightElbow => "joint-right-elbow",
        LeftWrist | LeftPinky | LeftIndex | LeftThumb => "joint-left-hand",
        RightWrist | RightPinky | RightIndex | RightThumb => "joint-right-hand",
        LeftHip => "joint-left-hip",
        RightHip => "joint-right-hip",
        LeftKnee => "joint-left-knee",
        RightKnee => "joint-right-knee",
        LeftAnkle | LeftHeel | LeftFootIndex => "joint-left-foot",
        RightAnkle | RightHeel | RightFootIndex => "joint-right-foot",
    }
}

/// Where the picture comes from.
pub fn source_line(source: Option<Source>, texts: &Texts) -> String {
    match source {
        None => texts.text("state-starting"),
        Some(Source::Camera(name)) => texts.with("source-camera", [("name", name.into())]),
        Some(Source::File(name)) => texts.with("source-file", [("name", name.into())]),
        Some(Source::Demo) => texts.text("source-demo"),
        Some(Source::DemoNoCamera) => texts.text("source-demo-no-camera"),
        Some(Source::DemoCameraFailed) => texts.text("source-demo-camera-failed"),
    }
}

/// What else the person should know; `None` where all is well.
pub fn notice_line(view: &HudView, reduced_picture: bool, texts: &Texts) -> Option<String> {
    if let Some(reason) = view.not_saved {
        return Some(texts.with("result-not-saved", [("reason", reason.into())]));
    }
    match view.sound {
        Sound::NoDevice => Some(texts.text("sound-none")),
        Sound::Muted => Some(texts.text("sound-muted")),
        Sound::On => reduced_picture.then(|| texts.text("quality-reduced")),
    }
}

/// What a fault was, in words.
pub fn fault_line(fault: &Fault, texts: &Texts) -> String {
    texts.fault(&fault.rule, fault.value, fault.limit)
}

/// A fault's measured value beside its limit; no number where the view can't tell it.
pub fn fault_value(fault: &Fault, texts: &Texts) -> String {
    let [measured, limit] = texts.two_values(fault.value, fault.limit, &fault.unit);
    texts.with(fault.value_key(), [("value", measured.into()), ("limit", limit.into())])
}

/// The points that a fault cost.
pub fn points(fault: &Fault, texts: &Texts) -> String {
    texts.with("result-points", [("points", format!("{:.0}", fault.points.max(1.0)).into())])
}

/// A repetition's title: its number, and its side where only one moved.
pub fn rep_title(number: usize, rep: &Rep, texts: &Texts) -> String {
    let title = texts.with("result-rep", [("number", number.into())]);
    match rep.side {
        RepSide::Left => format!("{title} · {}", texts.text("result-side-left")),
        RepSide::Right => format!("{title} · {}", texts.text("result-side-right")),
        RepSide::Both => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use baro_coach::{Exercise, Feedback};
    use baro_motion::Claim;
    use std::path::{Path, PathBuf};

    fn assets() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets")
    }

    fn texts(language: Language) -> Texts {
        Texts::load(&assets(), language).unwrap()
    }

    #[test]
    fn values_carry_their_unit_in_both_languages() {
        let (en, ko) = (texts(Language::English), texts(Language::Korean));
        assert_eq!(en.value(61.6, "deg"), "62°");
        assert_eq!(ko.value(0.54, "s"), "0.5초");
        assert_eq!(en.value(0.8, "ratio"), "80 %");
        assert_eq!(ko.value(0.123, "m"), "12 cm");
    }

    #[test]
    fn blindness_comes_before_any_cue() {
        let en = texts(Language::English);
        let text = std::fs::read_to_string(assets().join("exercises/squat.toml")).unwrap();
        let exercise = Exercise::from_toml(&text).unwrap();
        let mut feedback = Feedback::default();
        let cue = Some("cue-good");
        assert_eq!(cue_line(&HudView { cue, ..HudView::new(&exercise, &feedback) }, &en).1, Tone::Adjust);
        feedback.sight = Sight::Clear;
        assert_eq!(
            cue_line(&HudView { cue, ..HudView::new(&exercise, &feedback) }, &en),
            ("Very good!".into(), Tone::Calm)
        );
        let (line, seen) = sight_line(Stage::Running, Sight::Clear, &en);
        assert!(seen && line == "I can see you");
        let (line, seen) = sight_line(Stage::Running, Sight::Partial(LandmarkId::LeftHeel), &en);
        assert!(!seen && line == "I can't see your left foot");
    }

    #[test]
    fn the_screen_shows_the_short_form_of_a_cue() {
        let en = texts(Language::English);
        assert_eq!(en.text("cue-knees-out"), "Keep your knees over your feet.");
        assert_eq!(en.caption("cue-knees-out"), "Knees over feet");
        assert_eq!(en.caption("say-paused"), en.text("say-paused"));
    }

    #[test]
    fn an_exercise_without_own_words_gets_the_general_ones() {
        let ko = texts(Language::Korean);
        assert_eq!(phase_line(Phase::Rest, "unknown", &ko), ko.text("phase-rest"));
        assert_ne!(phase_line(Phase::Rest, "squat", &ko), ko.text("phase-rest"));
    }

    #[test]
    fn a_fault_says_which_way_it_went() {
        let en = texts(Language::English);
        let mut fault = Fault {
            rule: "lowering-time".into(),
            from_s: 0.0,
            to_s: 1.0,
            value: 0.5,
            limit: 0.7,
            unit: "s".into(),
            points: 4.0,
            sd: None,
            claim: Claim::Firm,
            side: None,
            of: None,
        };
        assert_eq!(fault_line(&fault, &en), "Lowered too fast");
        fault.value = 7.0;
        assert_eq!(fault_line(&fault, &en), "Lowered too slowly");
        assert_eq!(fault_value(&fault, &en), "measured 7.0 s, limit 0.7 s");
        assert_eq!(points(&fault, &en), "−4");
        (fault.value, fault.unit, fault.points) = (89.6, "deg".into(), 0.2);
        fault.limit = 90.0;
        assert_eq!(fault_value(&fault, &en), "measured 89.6°, limit 90.0°");
        fault.claim = Claim::Cautious;
        assert_eq!(fault_value(&fault, &en), "measured about 89.6°, limit 90.0°");
        fault.claim = Claim::Refused;
        for texts in [en, texts(Language::Korean)] {
            let said = fault_value(&fault, &texts);
            assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said}");
            assert_eq!(said, texts.text("fault-value-refused"));
        }
    }
}
