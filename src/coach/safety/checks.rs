//! Pain and effort before, between and after.

use super::StopSymptom;
use crate::plan::{Limits, Prescription};
use serde::{Deserialize, Serialize};

/// Up to this, pain is mild: go on. Sources: the pain-monitoring model of Thomeé, Phys Ther 77 (1997) 1690, and Silbernagel
/// et al., Am J Sports Med 35 (2007) 897.
pub const NPRS_MILD: u8 = 2;
/// Up to this, pain is acceptable if it has settled by the next morning; above it never (same sources).
pub const NPRS_ACCEPTABLE: u8 = 5;
/// From this on, pain is severe: the session ends. Source: Jensen, Smith, Ehde, Robinson, Pain 91 (2001) 317.
pub const NPRS_SEVERE: u8 = 7;
/// The smallest change that matters to people. Source: Farrar et al., Pain 94 (2001) 149.
pub const NPRS_CHANGE: u8 = 2;
/// From this effort on, the exercise ends, whatever was aimed at: near the limit.
pub const RPE_NEAR_LIMIT: f32 = 9.0;
/// Past the target by more than this, effort is too high for another set like it.
const RPE_LEEWAY: f32 = 1.0;

/// A number that is not on its scale.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
pub enum ScaleError {
    /// Pain.
    #[error("{0} is no pain score; give a whole number from 0 (no pain) to 10 (worst pain)")]
    Pain(u8),
    /// Effort.
    #[error("{0} is no effort score; give a number from 0 (no effort) to 10 (as hard as possible)")]
    Effort(f32),
}

/// Pain on the numeric pain rating scale, 0 to 10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Nprs(u8);

impl Nprs {
    /// # Errors
    /// Above 10.
    pub fn new(score: u8) -> Result<Self, ScaleError> {
        if score <= 10 { Ok(Self(score)) } else { Err(ScaleError::Pain(score)) }
    }

    /// 0 to 10.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Nprs {
    type Error = ScaleError;
    fn try_from(score: u8) -> Result<Self, ScaleError> {
        Self::new(score)
    }
}

impl From<Nprs> for u8 {
    fn from(pain: Nprs) -> u8 {
        pain.0
    }
}

/// Effort on Borg's CR10 scale, 0 to 10; halves are allowed.
///
/// Source: Borg, "Psychophysical bases of perceived exertion", Med Sci Sports Exerc 14 (1982) 377.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f32", into = "f32")]
pub struct Rpe(f32);

impl Rpe {
    /// # Errors
    /// Below 0, above 10, or no number.
    pub fn new(score: f32) -> Result<Self, ScaleError> {
        if (0.0..=10.0).contains(&score) { Ok(Self(score)) } else { Err(ScaleError::Effort(score)) }
    }

    /// 0 to 10.
    pub const fn get(self) -> f32 {
        self.0
    }
}

impl TryFrom<f32> for Rpe {
    type Error = ScaleError;
    fn try_from(score: f32) -> Result<Self, ScaleError> {
        Self::new(score)
    }
}

impl From<Rpe> for f32 {
    fn from(effort: Rpe) -> f32 {
        effort.0
    }
}

/// The rule that stopped, eased or held something, with its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum StopRule {
    Symptom(StopSymptom),
    PainSevere { pain: u8 },
    PainAbove { pain: u8, limit: u8 },
    PainRose { from: u8, to: u8 },
    PainToWatch { pain: u8 },
    PainNotSettled { from: u8, to: u8 },
    EffortNearLimit { rpe: f32 },
    EffortAbove { rpe: f32, target: u8 },
}

impl StopRule {
    /// `pain-above`; its text is `safety-rule-pain-above`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Symptom(_) => "symptom",
            Self::PainSevere { .. } => "pain-severe",
            Self::PainAbove { .. } => "pain-above",
            Self::PainRose { .. } => "pain-rose",
            Self::PainToWatch { .. } => "pain-to-watch",
            Self::PainNotSettled { .. } => "pain-not-settled",
            Self::EffortNearLimit { .. } => "effort-near-limit",
            Self::EffortAbove { .. } => "effort-above",
        }
    }

    /// The numbers in its text.
    pub fn args(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Self::Symptom(_) => Vec::new(),
            Self::PainSevere { pain } | Self::PainToWatch { pain } => vec![("pain", pain.into())],
            Self::PainAbove { pain, limit } => vec![("pain", pain.into()), ("limit", limit.into())],
            Self::PainRose { from, to } | Self::PainNotSettled { from, to } => {
                vec![("from", from.into()), ("to", to.into())]
            }
            Self::EffortNearLimit { rpe } => vec![("rpe", rpe.into())],
            Self::EffortAbove { rpe, target } => vec![("rpe", rpe.into()), ("target", target.into())],
        }
    }
}

/// The pain that is acceptable: the lowest of the prescription's, the therapist's, and 5.
pub fn pain_ceiling(prescription: &Prescription, limits: &Limits) -> u8 {
    let asked = prescription.pain_limit.min(limits.max_pain.unwrap_or(u32::MAX));
    u8::try_from(asked).unwrap_or(NPRS_ACCEPTABLE).min(NPRS_ACCEPTABLE)
}

/// May today's session begin?
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeSession {
    /// As planned.
    GoOn,
    /// Begin with an easier variant or fewer repetitions.
    Easier(StopRule),
    /// Not today.
    RestToday(StopRule),
    /// Not before a therapist or doctor has looked at it.
    Blocked(StopRule),
}

impl BeforeSession {
    /// Id of what follows; its text is `safety-before-...`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::GoOn => "go-on",
            Self::Easier(_) => "easier",
            Self::RestToday(_) => "rest-today",
            Self::Blocked(_) => "blocked",
        }
    }
}

/// Decides before a session. `usual`: pain before the session before, if there was one; `today`: the doses of the session, of which
/// the lowest pain limit holds, and a therapist's.
pub fn before_session(
    pain: Nprs,
    usual: Option<Nprs>,
    symptom: Option<StopSymptom>,
    today: &[Prescription],
    limits: &Limits,
) -> BeforeSession {
    if let Some(symptom) = symptom {
        return BeforeSession::Blocked(StopRule::Symptom(symptom));
    }
    let pain = pain.get();
    let theirs = limits.max_pain.and_then(|most| u8::try_from(most).ok()).unwrap_or(NPRS_ACCEPTABLE);
    let limit =
        today.iter().map(|dose| pain_ceiling(dose, limits)).fold(theirs.min(NPRS_ACCEPTABLE), u8::min);
    if pain > limit {
        return BeforeSession::RestToday(StopRule::PainAbove { pain, limit });
    }
    match usual.map(Nprs::get) {
        Some(from) if pain > NPRS_MILD && pain >= from + NPRS_CHANGE => {
            BeforeSession::Easier(StopRule::PainRose { from, to: pain })
        }
        _ => BeforeSession::GoOn,
    }
}

/// What a person says after a set; what was not asked or not answered is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct SetCheck {
    /// Pain now.
    pub pain: Option<Nprs>,
    /// Pain before the session.
    pub pain_before: Option<Nprs>,
    /// Effort of the set.
    pub rpe: Option<Rpe>,
    /// A stop symptom.
    pub symptom: Option<StopSymptom>,
    /// A set of this exercise was made easier already.
    pub eased: bool,
}

/// What follows after a set; the later, the more is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetVerdict {
    /// The next set as planned.
    GoOn,
    /// The next set as planned; ask again tomorrow morning.
    Watch(StopRule),
    /// The next set with fewer repetitions or the easier variant.
    Easier(StopRule),
    /// No more sets of this exercise today.
    StopExercise(StopRule),
    /// The session ends.
    StopSession(StopRule),
}

impl SetVerdict {
    /// Id of what follows; its text is `safety-verdict-...`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::GoOn => "go-on",
            Self::Watch(_) => "watch",
            Self::Easier(_) => "easier",
            Self::StopExercise(_) => "stop-exercise",
            Self::StopSession(_) => "stop-session",
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::GoOn => 0,
            Self::Watch(_) => 1,
            Self::Easier(_) => 2,
            Self::StopExercise(_) => 3,
            Self::StopSession(_) => 4,
        }
    }
}

/// Decides after a set: the strictest of what symptom, pain and effort ask for.
pub fn after_set(check: &SetCheck, prescription: &Prescription, limits: &Limits) -> SetVerdict {
    let symptom = check.symptom.map(|symptom| SetVerdict::StopSession(StopRule::Symptom(symptom)));
    let pain = check.pain.map(|pain| after_pain(pain.get(), check, pain_ceiling(prescription, limits)));
    let target = prescription.rpe_target.min(limits.max_rpe.unwrap_or(10)).min(10) as u8;
    let effort = check.rpe.map(|rpe| after_effort(rpe.get(), target));
    let mut verdict = SetVerdict::GoOn;
    for asked in [symptom, pain, effort].into_iter().flatten() {
        if asked.rank() > verdict.rank() {
            verdict = asked;
        }
    }
    match verdict {
        SetVerdict::Easier(rule) if check.eased => SetVerdict::StopExercise(rule),
        verdict => verdict,
    }
}

fn after_pain(pain: u8, check: &SetCheck, limit: u8) -> SetVerdict {
    let from = check.pain_before.map_or(pain, Nprs::get);
    if pain >= NPRS_SEVERE {
        SetVerdict::StopSession(StopRule::PainSevere { pain })
    } else if pain > NPRS_ACCEPTABLE {
        SetVerdict::StopExercise(StopRule::PainAbove { pain, limit: NPRS_ACCEPTABLE.min(limit) })
    } else if pain > limit {
        SetVerdict::Easier(StopRule::PainAbove { pain, limit })
    } else if pain <= NPRS_MILD {
        SetVerdict::GoOn
    } else if pain >= from + NPRS_CHANGE {
        SetVerdict::Easier(StopRule::PainRose { from, to: pain })
    } else {
        SetVerdict::Watch(StopRule::PainToWatch { pain })
    }
}

fn after_effort(rpe: f32, target: u8) -> SetVerdict {
    if rpe >= RPE_NEAR_LIMIT {
        SetVerdict::StopExercise(StopRule::EffortNearLimit { rpe })
    } else if rpe > f32::from(target) + RPE_LEEWAY {
        SetVerdict::Easier(StopRule::EffortAbove { rpe, target })
    } else {
        SetVerdict::GoOn
    }
}

/// The pains around one session; `None` where nobody answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Morning {
    /// Before it.
    pub before: Option<Nprs>,
    /// The worst after any of its sets.
    pub worst: Option<Nprs>,
    /// The morning after.
    pub after: Option<Nprs>,
}

/// Did the pain of a session settle by the next morning (the 24-hour rule)?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// No pain above the mild, or no more in the morning than before.
    Yes,
    /// It was above the mild, and the morning is not known (yet).
    Unknown,
    /// More in the morning than before.
    No,
}

/// Applies the 24-hour rule. Without a pain before the session, mild is what the morning must come back to.
pub fn next_morning(pains: &Morning) -> Settled {
    let before = pains.before.map_or(NPRS_MILD, |pain| pain.get().max(NPRS_MILD));
    match (pains.worst, pains.after) {
        (_, Some(after)) if after.get() > before => Settled::No,
        (_, Some(_)) => Settled::Yes,
        (Some(worst), None) if worst.get() > NPRS_MILD => Settled::Unknown,
        (_, None) => Settled::Yes,
    }
}
