//! What the report says, in words.

use baro_coach::{Fault, Rep, RepSide};
use baro_locale::{FluentValue, Texts};
use baro_motion::{Claim, Measure};

/// The name of a measure.
pub fn measure(texts: &Texts, measure: Measure) -> String {
    texts.text(&format!("measure-{}", measure.name()))
}

/// What a fault was.
pub fn fault(texts: &Texts, fault: &Fault) -> String {
    texts.fault(&fault.rule, fault.value, fault.limit)
}

/// A fault's value beside its limit.
pub fn measured(texts: &Texts, fault: &Fault) -> String {
    let [value, limit] = texts.two_values(fault.value, fault.limit, &fault.unit);
    texts.with("fault-value", [("value", value.into()), ("limit", limit.into())])
}

/// The side that a repetition was done with.
pub fn side(texts: &Texts, rep: &Rep) -> String {
    texts.text(match rep.side {
        RepSide::Left => "report-left",
        RepSide::Right => "report-right",
        RepSide::Both => "report-both",
    })
}

/// How far it went, with its ±; a dash where that may not be told from where it was seen.
pub fn farthest(texts: &Texts, rep: &Rep) -> String {
    let told = rep.signal.as_ref().filter(|signal| signal.claim != Claim::Refused);
    told.map_or_else(
        || "–".into(),
        |signal| {
            let value = |value| FluentValue::from(texts.value(value, &signal.unit));
            texts.with("report-value-sd", [("value", value(signal.peak)), ("sd", value(signal.sd))])
        },
    )
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
