//! What the report says, in words.

use baro_coach::{
    Fault, Rep, RepSide,
    safety::{Nprs, Rpe, SafetyEvent, Urgency},
};
use baro_locale::{FluentValue, Texts};
use baro_motion::{Claim, Measure, Side};

/// The name of a measure.
pub fn measure(texts: &Texts, measure: Measure) -> String {
    texts.text(&format!("measure-{}", measure.name()))
}

/// What a fault was.
pub fn fault(texts: &Texts, fault: &Fault) -> String {
    texts.fault(&fault.rule, fault.value, fault.limit)
}

/// A fault's value beside its limit; no number where the view can't tell it.
pub fn measured(texts: &Texts, fault: &Fault) -> String {
    let [value, limit] = texts.two_values(fault.value, fault.limit, &fault.unit);
    texts.with(fault.value_key(), [("value", value.into()), ("limit", limit.into())])
}

/// The side that a repetition was done with.
pub fn side(texts: &Texts, rep: &Rep) -> String {
    match rep.side {
        RepSide::Left => one_side(texts, Side::Left),
        RepSide::Right => one_side(texts, Side::Right),
        RepSide::Both => texts.text("report-both"),
    }
}

/// One side of the person.
pub fn one_side(texts: &Texts, side: Side) -> String {
    texts.text(match side {
        Side::Left => "report-left",
        Side::Right => "report-right",
    })
}

/// A value with its ±, and with a warning where it is not firm.
pub fn value_sd(texts: &Texts, value: f64, sd: f64, unit: &str, claim: Claim) -> String {
    let key = if claim == Claim::Firm { "report-value-sd" } else { "report-value-sd-about" };
    let [value, sd] = [value, sd].map(|value| FluentValue::from(texts.value(value, unit)));
    texts.with(key, [("value", value), ("sd", sd)])
}

/// How much wider a joint's range is than the other side's; a dash where that can't be told.
pub fn beside(texts: &Texts, beside: Option<f64>) -> String {
    let by = |key, by| texts.with(key, [("value", FluentValue::from(texts.value(by, "deg")))]);
    match beside {
        None => "–".into(),
        Some(more) if more > 0.0 => by("report-beside-more", more),
        Some(less) if less < 0.0 => by("report-beside-less", -less),
        Some(_) => texts.text("report-beside-even"),
    }
}

/// How far it went, with its ±; a dash where that may not be told from where it was seen.
pub fn farthest(texts: &Texts, rep: &Rep) -> String {
    let told = rep.signal.as_ref().filter(|signal| signal.claim != Claim::Refused);
    told.map_or_else(
        || "–".into(),
        |signal| value_sd(texts, signal.peak, signal.sd, &signal.unit, signal.claim),
    )
}

/// What was said about pain, effort or health: when, pain, effort, and what followed.
pub fn safety(texts: &Texts, event: &SafetyEvent) -> [String; 4] {
    let score = |value: Option<f64>| value.map_or_else(|| "–".into(), |value| value.to_string());
    let pain = |pain: Option<Nprs>| score(pain.map(|pain| pain.get().into()));
    let effort = |rpe: Option<Rpe>| score(rpe.map(|rpe| rpe.get().into()));
    let advice = |urgency: Urgency| texts.text(urgency.advice_key());
    let (when, said, hard, followed) = match event {
        SafetyEvent::Screened { urgency, .. } => {
            let outcome = urgency.map_or_else(|| texts.text("report-questions-clear"), advice);
            (texts.text("report-questions"), None, None, outcome)
        }
        SafetyEvent::FlagCleared { .. } => {
            (texts.text("report-questions"), None, None, texts.text("report-questions-cleared"))
        }
        SafetyEvent::Symptom { symptom } => {
            let name = texts.text(&format!("safety-symptom-{}", symptom.id()));
            (name, None, None, advice(symptom.urgency()))
        }
        SafetyEvent::PainBefore { pain, verdict } => {
            let followed = texts.text(&format!("safety-before-{}", verdict.id()));
            (texts.text("report-before"), Some(*pain), None, followed)
        }
        SafetyEvent::AfterSet { set, pain, rpe, verdict, .. } => {
            let followed = texts.text(&format!("safety-verdict-{}", verdict.id()));
            (texts.with("report-after-set", [("set", (*set).into())]), *pain, *rpe, followed)
        }
        SafetyEvent::PainNextMorning { pain } => {
            (texts.text("report-next-morning"), Some(*pain), None, String::new())
        }
    };
    [when, pain(said), effort(hard), followed]
}

/// Seconds with one decimal.
pub fn seconds(texts: &Texts, from_s: f64) -> String {
    texts.value(from_s, "s")
}

/// From when to when.
pub fn span(texts: &Texts, from_s: f64, to_s: f64) -> String {
    let number = |s: f64| FluentValue::from(format!("{s:.1}"));
    texts.with("report-span", [("from", number(from_s)), ("to", number(to_s))])
}

/// A whole number.
pub fn whole(value: f64) -> String {
    format!("{value:.0}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_locale::Language;
    use std::path::Path;

    #[test]
    fn a_number_that_the_view_refuses_is_not_told() {
        let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
        for language in [Language::English, Language::Korean] {
            let texts = Texts::load(&assets, language).unwrap();
            let mut fault: Fault = serde_json::from_str(
                r#"{"rule":"depth","from_s":1.0,"to_s":2.5,"value":78.0,"limit":90.0,"unit":"deg","points":12.0}"#,
            )
            .unwrap();
            assert!(measured(&texts, &fault).contains("78") && measured(&texts, &fault).contains("90"));
            fault.claim = Claim::Cautious;
            assert!(measured(&texts, &fault).contains("78"));
            fault.claim = Claim::Refused;
            assert_eq!(measured(&texts, &fault), texts.text("fault-value-refused"));
            assert!(!measured(&texts, &fault).contains(|c: char| c.is_ascii_digit()));
        }
    }
}
