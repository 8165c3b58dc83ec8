//! Questions before a first plan, and again when something has changed.

use super::{NPRS_CHANGE, Nprs, Urgency};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sign of something that exercise may make worse.
///
/// Source: Finucane et al., "International framework for red flags for potential serious spinal pathologies", J Orthop
/// Sports Phys Ther 50 (2020) 350.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum RedFlag {
    MajorTrauma,
    /// A small fall or knock, with osteoporosis or steroids.
    MinorTraumaWeakBone,
    CancerHistory,
    WeightLoss,
    /// Fever or an infection.
    Fever,
    NightPain,
    SaddleNumbness,
    /// Can't pass water, or can't hold it or the bowels.
    BladderBowel,
    /// Weakness that gets worse.
    ProgressiveWeakness,
}

impl RedFlag {
    /// All questions, in the order in which they are asked.
    pub const ALL: [Self; 9] = [
        Self::MajorTrauma,
        Self::MinorTraumaWeakBone,
        Self::CancerHistory,
        Self::WeightLoss,
        Self::Fever,
        Self::NightPain,
        Self::SaddleNumbness,
        Self::BladderBowel,
        Self::ProgressiveWeakness,
    ];

    /// `major-trauma`; its question is `safety-flag-major-trauma`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::MajorTrauma => "major-trauma",
            Self::MinorTraumaWeakBone => "minor-trauma-weak-bone",
            Self::CancerHistory => "cancer-history",
            Self::WeightLoss => "weight-loss",
            Self::Fever => "fever",
            Self::NightPain => "night-pain",
            Self::SaddleNumbness => "saddle-numbness",
            Self::BladderBowel => "bladder-bowel",
            Self::ProgressiveWeakness => "progressive-weakness",
        }
    }

    /// Signs of pressure on the nerves of the spine can't wait.
    pub const fn urgency(self) -> Urgency {
        match self {
            Self::SaddleNumbness | Self::BladderBowel | Self::ProgressiveWeakness => Urgency::Now,
            _ => Urgency::Doctor,
        }
    }
}

/// What was answered: `true` is a yes. A question that is missing has not been answered.
pub type Answers = BTreeMap<RedFlag, bool>;

/// May a plan begin, or go on?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clearance {
    /// Yes.
    Clear,
    /// No: these questions are still open.
    Unanswered(Vec<RedFlag>),
    /// No: these were answered with yes, and nobody has cleared them. Say "see a doctor" and tell the therapist.
    Blocked {
        /// The yeses, in the order of the questions.
        flags: Vec<RedFlag>,
        /// The highest urgency among them.
        urgency: Urgency,
    },
}

impl Clearance {
    /// Nothing stands against exercising.
    pub fn is_clear(&self) -> bool {
        *self == Self::Clear
    }
}

/// What the answers allow. `cleared`: flags that a therapist or doctor has looked into and released. A yes counts
/// although other questions are open.
pub fn clearance(answers: &Answers, cleared: &[RedFlag]) -> Clearance {
    let with = |answer| move |flag: &RedFlag| answers.get(flag).copied() == answer;
    let yes = RedFlag::ALL.into_iter().filter(with(Some(true)));
    let flags: Vec<RedFlag> = yes.filter(|flag| !cleared.contains(flag)).collect();
    if let Some(urgency) = flags.iter().map(|flag| flag.urgency()).max() {
        return Clearance::Blocked { flags, urgency };
    }
    let open: Vec<RedFlag> = RedFlag::ALL.into_iter().filter(with(None)).collect();
    if open.is_empty() { Clearance::Clear } else { Clearance::Unanswered(open) }
}

/// Something that a person reports, or that the program sees, after which the questions are asked again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum HealthChange {
    NewSymptom,
    Accident,
    IllnessOrOperation,
    NewMedicine,
    /// A stop symptom ended the last session.
    StoppedSession,
}

impl HealthChange {
    /// What a person can report; a stopped session is known without asking, but may be told too.
    pub const ALL: [Self; 5] =
        [Self::NewSymptom, Self::Accident, Self::IllnessOrOperation, Self::NewMedicine, Self::StoppedSession];

    /// `new-symptom`; its text is `safety-news-new-symptom`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NewSymptom => "new-symptom",
            Self::Accident => "accident",
            Self::IllnessOrOperation => "illness-or-operation",
            Self::NewMedicine => "new-medicine",
            Self::StoppedSession => "stopped-session",
        }
    }
}

/// Why the questions must be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScreeningDue {
    /// They never were.
    First,
    /// Something has changed.
    Changed(HealthChange),
    /// Pain before exercise rose past what matters to people since they were asked.
    PainRose {
        /// When they were asked.
        from: Nprs,
        /// Now.
        to: Nprs,
    },
    /// No session for so many days.
    LongBreak {
        /// Days since the last session.
        days: u32,
    },
}

impl ScreeningDue {
    /// `pain-rose`; its text is `safety-due-pain-rose`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Changed(_) => "changed",
            Self::PainRose { .. } => "pain-rose",
            Self::LongBreak { .. } => "long-break",
        }
    }

    /// The numbers in its text.
    pub fn args(&self) -> Vec<(&'static str, f64)> {
        match self {
            Self::First | Self::Changed(_) => Vec::new(),
            Self::PainRose { from, to } => vec![("from", from.get().into()), ("to", to.get().into())],
            Self::LongBreak { days } => vec![("days", (*days).into())],
        }
    }
}

/// A break after which much may have happened, days.
const LONG_BREAK_DAYS: u32 = 28;

/// Must the questions be asked (again)? `screened_pain`: pain before exercise when they were last asked, `None` if they never
/// were; `days_idle`: days since the last session.
pub fn screening_due(
    screened_pain: Option<Nprs>,
    change: Option<HealthChange>,
    pain: Option<Nprs>,
    days_idle: Option<u32>,
) -> Option<ScreeningDue> {
    let Some(from) = screened_pain else { return Some(ScreeningDue::First) };
    if let Some(change) = change {
        return Some(ScreeningDue::Changed(change));
    }
    if let Some(to) = pain.filter(|to| to.get() >= from.get() + NPRS_CHANGE) {
        return Some(ScreeningDue::PainRose { from, to });
    }
    days_idle.filter(|days| *days >= LONG_BREAK_DAYS).map(|days| ScreeningDue::LongBreak { days })
}
