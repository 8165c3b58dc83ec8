//! From the last sessions to the next one.

use super::{Limits, Prescription, SessionResult, Step};
use crate::safety::{Clearance, NPRS_MILD, Settled, StopSymptom, next_morning, pain_ceiling};
use serde::{Deserialize, Serialize};

/// Good sessions in a row at the same dose before it grows. Source: the "2-for-2 rule" (Baechle and Earle, "Essentials of
/// Strength Training and Conditioning"; ACSM 2009).
const GOOD_SESSIONS: usize = 2;
/// With pain that is acceptable but not mild, one more.
const GOOD_SESSIONS_WITH_PAIN: usize = 3;
/// A good session: everything done, and done well.
const GOOD_SCORE: f64 = 80.0;
/// Below this, the exercise is too hard as it stands.
const POOR_SCORE: f64 = 60.0;
const POOR_COMPLETION: f64 = 0.5;
/// Effort past the target by this or more: too hard. Up to the target: easy enough to grow.
const TOO_HARD_RPE: f32 = 2.0;
/// Days without a session. Strength holds for some weeks, tissue tolerance less surely: so a week repeats, two step back, four
/// begin lower. Source: Mujika and Padilla, "Detraining", Sports Med 30 (2000) 79 and 145.
const GAP_REPEAT_DAYS: i32 = 7;
const GAP_LESS_DAYS: i32 = 14;
const GAP_RESTART_DAYS: i32 = 28;
/// Share of the dose that stays, by how strong the reason is.
const KEEP_MOST: f64 = 0.8;
const KEEP_TWO_THIRDS: f64 = 0.67;
const KEEP_HALF: f64 = 0.5;

/// A step down or up that someone has written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Neighbour<'a> {
    /// The `easier` or `harder` of an exercise file: the dose is made from the one in force.
    Exercise(&'a str),
    /// The `easier` or `harder` of a routine's item.
    Dose(&'a Prescription),
}

/// What comes below and above a dose. Where a routine says nothing, the exercise's own variants.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Variants<'a> {
    pub easier: Option<Neighbour<'a>>,
    pub harder: Option<Neighbour<'a>>,
}

impl Variants<'_> {
    /// The step down from a dose, if it is one and allowed.
    fn down(&self, now: &Prescription, allowed: impl Fn(&str) -> bool) -> Option<(Step, Prescription)> {
        let next = resolve(self.easier?, now, false);
        let less = next.exercise != now.exercise || next.volume() < now.volume();
        (less && allowed(&next.exercise)).then(|| (now.step_to(&next), next))
    }

    /// The step up from a dose, if it is one and allowed.
    fn up(&self, now: &Prescription, allowed: impl Fn(&str) -> bool) -> Option<(Step, Prescription)> {
        let next = resolve(self.harder?, now, true);
        let more = next.exercise != now.exercise || next.volume() > now.volume();
        (more && allowed(&next.exercise)).then(|| (now.step_to(&next), next))
    }
}

fn resolve(neighbour: Neighbour, now: &Prescription, harder: bool) -> Prescription {
    match neighbour {
        Neighbour::Exercise(id) => now.of_variant(id, harder),
        Neighbour::Dose(dose) => Prescription { side: now.side, ..dose.clone() },
    }
}

/// What the next session changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Nothing is done until a therapist or doctor has looked at it.
    Blocked,
    /// This exercise rests: it can't be made easier.
    Pause,
    /// Less of the same, or the easier variant.
    Less(Step),
    /// As before.
    Same,
    /// More of the same, or the harder variant.
    More(Step),
}

impl Change {
    /// Fluent key of what to tell the person.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Blocked => "safety-change-blocked",
            Self::Pause => "safety-change-pause",
            Self::Less(Step::Variant) => "safety-change-easier",
            Self::Less(_) => "safety-change-less",
            Self::Same => "safety-change-same",
            Self::More(Step::Variant) => "safety-change-harder",
            Self::More(_) => "safety-change-more",
        }
    }
}

/// Why, with the numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Reason {
    RedFlag,
    Questions,
    Symptom(StopSymptom),
    Forbidden,
    PainAbove {
        pain: u8,
        limit: u8,
    },
    PainNotSettled {
        from: u8,
        to: u8,
    },
    PainMorningUnknown {
        pain: u8,
    },
    PainToWatch {
        pain: u8,
    },
    /// Nobody answered the questions about pain: nothing grows on that.
    PainUnknown,
    Gap {
        days: u32,
    },
    TooHard {
        rpe: f32,
        target: u32,
    },
    PoorScore {
        score: f64,
    },
    FewDone {
        percent: f64,
    },
    GoodSessions {
        count: u32,
    },
    NotYet {
        count: u32,
        needed: u32,
    },
    FirstSession,
    AtTop,
    /// A therapist's limit held this.
    TherapistLimit(Step),
    /// A therapist allows no progress.
    TherapistHold,
}

impl Reason {
    /// `pain-above`; its text is `safety-reason-pain-above`.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::RedFlag => "red-flag",
            Self::Questions => "questions",
            Self::Symptom(_) => "symptom",
            Self::Forbidden => "forbidden",
            Self::PainAbove { .. } => "pain-above",
            Self::PainNotSettled { .. } => "pain-not-settled",
            Self::PainMorningUnknown { .. } => "pain-morning-unknown",
            Self::PainToWatch { .. } => "pain-to-watch",
            Self::PainUnknown => "pain-unknown",
            Self::Gap { .. } => "gap",
            Self::TooHard { .. } => "too-hard",
            Self::PoorScore { .. } => "poor-score",
            Self::FewDone { .. } => "few-done",
            Self::GoodSessions { .. } => "good-sessions",
            Self::NotYet { .. } => "not-yet",
            Self::FirstSession => "first-session",
            Self::AtTop => "at-top",
            Self::TherapistLimit(_) => "therapist-limit",
            Self::TherapistHold => "therapist-hold",
        }
    }

    /// The numbers in its text.
    pub fn args(&self) -> Vec<(&'static str, f64)> {
        match *self {
            Self::PainAbove { pain, limit } => vec![("pain", pain.into()), ("limit", limit.into())],
            Self::PainNotSettled { from, to } => vec![("from", from.into()), ("to", to.into())],
            Self::PainMorningUnknown { pain } | Self::PainToWatch { pain } => vec![("pain", pain.into())],
            Self::Gap { days } => vec![("days", days.into())],
            Self::TooHard { rpe, target } => vec![("rpe", rpe.into()), ("target", target.into())],
            Self::PoorScore { score } => vec![("score", score)],
            Self::FewDone { percent } => vec![("percent", percent)],
            Self::GoodSessions { count } => vec![("count", count.into())],
            Self::NotYet { count, needed } => vec![("count", count.into()), ("needed", needed.into())],
            _ => Vec::new(),
        }
    }
}

/// The next session of one exercise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// What to do; `None` where it is blocked or rests.
    pub next: Option<Prescription>,
    /// What changed.
    pub change: Change,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Which way to go, before the limits.
enum Way {
    Stop(Change),
    /// `share` of the dose stays; `variant`: the easier variant comes first, where there is one.
    Down {
        share: f64,
        variant: bool,
    },
    Stay,
    Up,
}

/// Plans the next session of one exercise.
///
/// `now`: the dose in force; `past`: its sessions, oldest first, of this exercise and its variants; `today`: counted as
/// [`SessionResult::day`]. Where several reasons apply, the strictest decides. A therapist's limit holds whatever comes out.
pub fn next(
    now: &Prescription,
    variants: Variants,
    past: &[SessionResult],
    today: i32,
    clearance: &Clearance,
    limits: &Limits,
) -> Decision {
    let (way, mut reasons) = way(now, past, today, clearance, limits);
    let allowed = |exercise: &str| !limits.forbidden.iter().any(|id| id == exercise);
    let easier = || variants.down(now, allowed);
    let (change, next) = match way {
        Way::Stop(change) => return Decision { next: None, change, reasons },
        _ if !allowed(&now.exercise) => {
            reasons.insert(0, Reason::Forbidden);
            match easier().filter(|(step, _)| *step == Step::Variant) {
                Some((step, next)) => (Change::Less(step), next),
                None => return Decision { next: None, change: Change::Blocked, reasons },
            }
        }
        Way::Down { share, variant } => {
            let less = || now.less(share);
            let down = if variant { easier().or_else(less) } else { less().or_else(easier) };
            match down {
                Some((step, next)) => (Change::Less(step), next),
                None => return Decision { next: None, change: Change::Pause, reasons },
            }
        }
        Way::Stay => (Change::Same, now.clone()),
        Way::Up => up(now, variants.up(now, allowed), limits, &mut reasons),
    };
    let (next, gave) = next.within(limits);
    let seconds_or_minutes = [next.hold_s, next.minutes].into_iter().flatten();
    if seconds_or_minutes.chain([next.sets, next.reps, next.days_a_week]).any(|amount| amount == 0) {
        let reasons = vec![Reason::TherapistLimit(gave.unwrap_or(Step::Sets))];
        return Decision { next: None, change: Change::Blocked, reasons };
    }
    reasons.extend(
        gave.filter(|step| !reasons.contains(&Reason::TherapistLimit(*step))).map(Reason::TherapistLimit),
    );
    // Held below what was in force: that is less, whatever was planned.
    let change = match (change, gave) {
        (Change::Same | Change::More(_), Some(step)) => Change::Less(step),
        (change, _) => change,
    };
    Decision { next: Some(next), change, reasons }
}

/// One exercise of a plan.
#[derive(Debug, Clone, Copy)]
pub struct Course<'a> {
    /// The dose in force.
    pub now: &'a Prescription,
    /// What comes below and above it.
    pub variants: Variants<'a>,
    /// Its sessions, oldest first.
    pub past: &'a [SessionResult],
}

/// Plans a whole session, one decision for each exercise. A stop symptom in any of them blocks them all until it is cleared.
pub fn next_session(courses: &[Course], today: i32, clearance: &Clearance, limits: &Limits) -> Vec<Decision> {
    let symptom = courses.iter().find_map(|course| open_symptom(course.past));
    let decide = |course: &Course| match symptom {
        Some(symptom) if clearance.is_clear() => {
            Decision { next: None, change: Change::Blocked, reasons: vec![Reason::Symptom(symptom)] }
        }
        _ => next(course.now, course.variants, course.past, today, clearance, limits),
    };
    courses.iter().map(decide).collect()
}

/// The latest stop symptom that nobody has cleared.
fn open_symptom(past: &[SessionResult]) -> Option<StopSymptom> {
    past.iter()
        .rev()
        .find_map(|session| session.symptom.filter(|(_, cleared)| !cleared))
        .map(|(symptom, _)| symptom)
}

/// The first step up that a therapist's limits leave whole.
fn up(
    now: &Prescription,
    harder: Option<(Step, Prescription)>,
    limits: &Limits,
    reasons: &mut Vec<Reason>,
) -> (Change, Prescription) {
    if limits.no_progress {
        reasons.insert(0, Reason::TherapistHold);
        return (Change::Same, now.clone());
    }
    let mut held = None;
    for (step, next) in now.more().into_iter().chain(harder) {
        let (within, gave) = next.clone().within(limits);
        match gave {
            None => return (Change::More(step), within),
            Some(step) => held = held.or(Some(step)),
        }
    }
    reasons.insert(0, held.map_or(Reason::AtTop, Reason::TherapistLimit));
    (Change::Same, now.clone())
}

fn way(
    now: &Prescription,
    past: &[SessionResult],
    today: i32,
    clearance: &Clearance,
    limits: &Limits,
) -> (Way, Vec<Reason>) {
    match clearance {
        Clearance::Clear => {}
        Clearance::Blocked { .. } => return (Way::Stop(Change::Blocked), vec![Reason::RedFlag]),
        Clearance::Unanswered(_) => return (Way::Stop(Change::Blocked), vec![Reason::Questions]),
    }
    if let Some(symptom) = open_symptom(past) {
        return (Way::Stop(Change::Blocked), vec![Reason::Symptom(symptom)]);
    }
    let Some(last) = past.last() else { return (Way::Stay, vec![Reason::FirstSession]) };
    let checks = [pain(last, now, limits), gap(today.saturating_sub(last.day)), failure(last, now, limits)];
    let mut found: Vec<(Way, Reason)> = checks.into_iter().flatten().collect();
    if found.is_empty() {
        return growth(now, past, limits);
    }
    // The strictest first; a reason to stay does not weaken one to go down.
    found.sort_by(|(a, _), (b, _)| strictness(b).total_cmp(&strictness(a)));
    let reasons = found.iter().map(|(_, reason)| *reason).collect();
    let way = found.into_iter().next().map_or(Way::Stay, |(way, _)| way);
    (way, reasons)
}

fn strictness(way: &Way) -> f64 {
    match way {
        Way::Stop(_) => 4.0,
        Way::Down { variant: true, share } => 3.0 - share,
        Way::Down { variant: false, share } => 2.0 - share,
        Way::Stay => 0.5,
        Way::Up => 0.0,
    }
}

fn pain(last: &SessionResult, now: &Prescription, limits: &Limits) -> Option<(Way, Reason)> {
    let (worst, limit) = (last.worst_pain()?, pain_ceiling(now, limits));
    if worst > limit {
        return Some((
            Way::Down { share: KEEP_HALF, variant: true },
            Reason::PainAbove { pain: worst, limit },
        ));
    }
    let pains = last.pains();
    match (next_morning(&pains), pains.after) {
        (Settled::No, Some(after)) => {
            let from = pains.before.map_or(NPRS_MILD, |before| before.get());
            let reason = Reason::PainNotSettled { from, to: after.get() };
            Some((Way::Down { share: KEEP_TWO_THIRDS, variant: true }, reason))
        }
        (Settled::Unknown, _) => Some((Way::Stay, Reason::PainMorningUnknown { pain: worst })),
        _ => None,
    }
}

fn gap(days: i32) -> Option<(Way, Reason)> {
    let reason = Reason::Gap { days: u32::try_from(days).ok()? };
    match days {
        GAP_RESTART_DAYS.. => Some((Way::Down { share: KEEP_HALF, variant: true }, reason)),
        GAP_LESS_DAYS.. => Some((Way::Down { share: KEEP_TWO_THIRDS, variant: false }, reason)),
        GAP_REPEAT_DAYS.. => Some((Way::Stay, reason)),
        _ => None,
    }
}

fn failure(last: &SessionResult, now: &Prescription, limits: &Limits) -> Option<(Way, Reason)> {
    let down = Way::Down { share: KEEP_MOST, variant: false };
    let target = now.rpe_target.min(limits.max_rpe.unwrap_or(u32::MAX));
    if let Some(rpe) = last.rpe().filter(|rpe| *rpe >= target as f32 + TOO_HARD_RPE) {
        return Some((down, Reason::TooHard { rpe, target }));
    }
    if let Some(score) = last.score().filter(|score| *score < POOR_SCORE) {
        return Some((down, Reason::PoorScore { score: score.round() }));
    }
    let done = last.completion();
    (done < POOR_COMPLETION).then(|| (down, Reason::FewDone { percent: (done * 100.0).round() }))
}

/// Nothing stands against growing: is it time?
fn growth(now: &Prescription, past: &[SessionResult], limits: &Limits) -> (Way, Vec<Reason>) {
    let same = past.iter().rev().take_while(|session| session.asked == *now);
    let mut good: Vec<&SessionResult> = same.take_while(|s| is_good(s, now, limits)).collect();
    good.truncate(GOOD_SESSIONS_WITH_PAIN);
    let worst = good.iter().filter_map(|session| session.worst_pain()).max();
    let watched = worst.filter(|pain| *pain > NPRS_MILD);
    let needed = if watched.is_some() { GOOD_SESSIONS_WITH_PAIN } else { GOOD_SESSIONS };
    let count = good.len() as u32;
    let unknown = past.last().is_some_and(|last| last.worst_pain().is_none());
    let watched = watched.map(|pain| Reason::PainToWatch { pain }).or(unknown.then_some(Reason::PainUnknown));
    if good.len() >= needed {
        return (Way::Up, [Reason::GoodSessions { count }].into_iter().chain(watched).collect());
    }
    let not_yet = Reason::NotYet { count, needed: needed as u32 };
    (Way::Stay, watched.into_iter().chain([not_yet]).collect())
}

/// Everything done, done well, within effort, and its pain known and settled.
fn is_good(session: &SessionResult, now: &Prescription, limits: &Limits) -> bool {
    let target = now.rpe_target.min(limits.max_rpe.unwrap_or(u32::MAX)) as f32;
    session.completion() >= 1.0
        && session.score().is_none_or(|score| score >= GOOD_SCORE)
        && session.rpe().is_none_or(|rpe| rpe <= target)
        && session.worst_pain().is_some_and(|pain| pain <= pain_ceiling(now, limits))
        && next_morning(&session.pains()) == Settled::Yes
}
