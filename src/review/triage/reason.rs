//! A reason to look at somebody.

use crate::{Arg, Said, session::Part};
use baro_coach::{
    Part as FormPart, RepSide,
    safety::{NPRS_SEVERE, RedFlag, StopSymptom, Urgency},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// How strong a reason is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// Worth knowing.
    Low,
    /// To look at in the next days.
    Medium,
    /// To look at today.
    High,
    /// Now.
    Urgent,
}

impl Strength {
    /// All, the weakest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Low => "review-strength-low",
            Self::Medium => "review-strength-medium",
            Self::High => "review-strength-high",
            Self::Urgent => "review-strength-urgent",
        }
    }
}

/// Something that stands out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// How strong.
    pub strength: Strength,
    /// How far past its threshold, as a multiple of it: orders reasons of the same strength.
    pub excess: f64,
    /// What, with its numbers.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What stands out. Angles are degrees, pain is NPRS (0 to 10), scores are 0 to 100.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it; `docs/review.md` has each of them")]
pub enum Kind {
    /// An answer to a questionnaire speaks of harming oneself.
    AsksForSafety { day: Date, questionnaire: String },
    /// A health question was answered with yes, and nobody has released it.
    RedFlags { day: Date, flags: Vec<RedFlag>, urgency: Urgency },
    /// A stop symptom that nobody has looked into.
    Symptom { day: Date, symptom: StopSymptom, urgency: Urgency },
    /// A rule of safety let a session not begin, or ended it. `day`: the last time.
    StoppedByRule { day: Date, times: u32 },
    /// Pain before the last session against the median of those before it.
    PainRise { day: Date, from: f64, to: f64 },
    /// How far a movement went in the last session (and in the one before, too) against the person's best five sessions in a row.
    /// `least`: a smaller difference may be error.
    RangeLost {
        day: Date,
        exercise: String,
        measure: String,
        unit: String,
        side: RepSide,
        from: f64,
        from_sd: f64,
        to: f64,
        to_sd: f64,
        least: f64,
    },
    /// The same for the score of an exercise. `least`: a smaller difference may be chance. `part`: what fell most.
    ScoreFall { day: Date, exercise: String, from: f64, to: f64, least: f64, part: Option<Part> },
    /// A questionnaire's sum is worse than the one before by as much as matters.
    MeasureWorse { day: Date, questionnaire: String, from: f64, to: f64, least: f64 },
    /// Days exercised of those planned in the last `days` days; `before`: in as many days before those.
    Adherence { done: u32, planned: u32, before: u32, days: u32 },
    /// Messages that nobody has answered; the oldest is so many days old.
    Message { count: u32, days: u32 },
    /// No session for so many days.
    Quiet { days: u32 },
}

impl Reason {
    pub(crate) fn new(kind: Kind, excess: f64) -> Self {
        let strength = kind.strength(excess);
        Self { strength, excess: (excess * 100.0).round() / 100.0, kind }
    }

    /// The needier first.
    pub(super) fn by_need(&self, other: &Self) -> Ordering {
        let strength = other.strength.cmp(&self.strength);
        strength.then_with(|| other.excess.total_cmp(&self.excess)).then_with(|| {
            let place = |kind: &Kind| kind.id();
            place(&self.kind).cmp(place(&other.kind))
        })
    }

    /// The text, from `review.ftl`, with its arguments.
    pub fn text(&self) -> Said {
        let plain = Arg::plain;
        let key = format!("review-reason-{}", self.kind.id());
        match &self.kind {
            Kind::AsksForSafety { day, questionnaire } => {
                Said::new(key, [("day", Arg::Text(day.to_string())), ("measure", measure(questionnaire))])
            }
            Kind::RedFlags { day, flags, .. } => {
                let first = flags.first().map_or("", |flag| flag.id());
                let first = Arg::Key(format!("review-flag-{first}"));
                let more = Arg::count(flags.len().saturating_sub(1) as i64);
                Said::new(key, [("day", Arg::Text(day.to_string())), ("flag", first), ("more", more)])
            }
            Kind::Symptom { day, symptom, .. } => {
                let symptom = Arg::Key(format!("safety-symptom-{}", symptom.id()));
                Said::new(key, [("day", Arg::Text(day.to_string())), ("symptom", symptom)])
            }
            Kind::StoppedByRule { day, times } => {
                Said::new(key, [("day", Arg::Text(day.to_string())), ("times", Arg::count(*times))])
            }
            Kind::PainRise { from, to, .. } => Said::new(key, [("from", plain(*from)), ("to", plain(*to))]),
            Kind::RangeLost { exercise, measure, unit, side, from, from_sd, to, to_sd, .. } => {
                let value = |value: f64| Arg::Value(value, unit.clone());
                Said::new(
                    key,
                    [
                        ("exercise", Arg::exercise(exercise)),
                        ("movement", Arg::Key(format!("measure-{measure}"))),
                        ("side", Arg::Key(side_key(*side).into())),
                        ("from", value(*from)),
                        ("from-error", value(1.96 * from_sd)),
                        ("to", value(*to)),
                        ("to-error", value(1.96 * to_sd)),
                    ],
                )
            }
            Kind::ScoreFall { exercise, from, to, part, .. } => {
                let part = part.map_or("review-fell-none", Part::fell_key);
                let numbers = [("from", plain(from.round())), ("to", plain(to.round()))];
                let words = [("exercise", Arg::exercise(exercise)), ("part", Arg::Key(part.into()))];
                Said::new(key, words.into_iter().chain(numbers))
            }
            Kind::MeasureWorse { questionnaire, from, to, .. } => {
                let numbers = [("from", plain(*from)), ("to", plain(*to))];
                Said::new(key, [("measure", measure(questionnaire))].into_iter().chain(numbers))
            }
            Kind::Adherence { done, planned, before, days } => Said::new(
                key,
                [("done", *done), ("planned", *planned), ("before", *before), ("days", *days)]
                    .map(|(name, n)| (name, Arg::count(n))),
            ),
            Kind::Message { count, days } => {
                Said::new(key, [("count", Arg::count(*count)), ("days", Arg::count(*days))])
            }
            Kind::Quiet { days } => Said::new(key, [("days", Arg::count(*days))]),
        }
    }
}

impl Kind {
    /// `pain-rise`; its text is `review-reason-pain-rise`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::AsksForSafety { .. } => "asks-for-safety",
            Self::RedFlags { .. } => "red-flags",
            Self::Symptom { .. } => "symptom",
            Self::StoppedByRule { .. } => "stopped-by-rule",
            Self::PainRise { .. } => "pain-rise",
            Self::RangeLost { .. } => "range-lost",
            Self::ScoreFall { .. } => "score-fall",
            Self::MeasureWorse { .. } => "measure-worse",
            Self::Adherence { .. } => "adherence",
            Self::Message { .. } => "message",
            Self::Quiet { .. } => "quiet",
        }
    }

    fn strength(&self, excess: f64) -> Strength {
        let when = |far: bool, then: Strength, otherwise: Strength| if far { then } else { otherwise };
        match self {
            Self::AsksForSafety { .. } => Strength::Urgent,
            Self::RedFlags { urgency, .. } | Self::Symptom { urgency, .. } => {
                when(*urgency == Urgency::Now, Strength::Urgent, Strength::High)
            }
            Self::StoppedByRule { .. } => Strength::High,
            Self::PainRise { to, .. } => {
                when(*to >= NPRS_SEVERE.into() || excess >= 2.0, Strength::High, Strength::Medium)
            }
            Self::RangeLost { .. } | Self::MeasureWorse { .. } => Strength::Medium,
            Self::ScoreFall { .. } => Strength::Low,
            Self::Adherence { .. } | Self::Message { .. } | Self::Quiet { .. } => {
                when(excess >= 2.0, Strength::Medium, Strength::Low)
            }
        }
    }
}

/// A questionnaire's short name.
fn measure(id: &str) -> Arg {
    Arg::Text(id.to_uppercase())
}

const fn side_key(side: RepSide) -> &'static str {
    match side {
        RepSide::Left => "report-left",
        RepSide::Right => "report-right",
        RepSide::Both => "report-both",
    }
}

impl From<FormPart> for Part {
    fn from(part: FormPart) -> Self {
        match part {
            FormPart::Form => Self::Form,
            FormPart::Stability => Self::Stability,
            FormPart::Symmetry => Self::Symmetry,
        }
    }
}
