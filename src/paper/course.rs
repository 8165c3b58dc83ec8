//! What is told of a person: their course over a period.

use baro_coach::safety::{Nprs, RedFlag, SafetyEvent, StopSymptom};
use baro_home::{
    Assigned, Moment,
    diary::{self, Entry, Watched, What},
    history::{Trend, trends},
};
use baro_motion::Claim;
use baro_review::{
    measures::{self, Filled, Questionnaire},
    triage::planned_days,
};
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeSet;

/// 95 of 100 times the true value is within so many standard deviations.
pub const ERROR: f64 = 1.96;

/// What is known of a person.
pub struct Known<'a> {
    /// The diary, in its order.
    pub diary: &'a [Entry],
    /// Each plan with the day from which on it held, oldest first.
    pub plans: &'a [(Date, Assigned)],
    /// Each questionnaire with all of its fillings, oldest first.
    pub filled: &'a [(Questionnaire, Vec<Filled>)],
}

/// Who wrote the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Who, as the clinic's papers know them.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A course.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Whose, as the clinic's papers know them.
    pub person: String,
    /// First and last day.
    pub period: [Date; 2],
    /// By whom and when.
    pub written: Written,
    /// Visits in which something was done.
    pub sessions: usize,
    /// Days on which something was done, and how many were planned.
    pub adherence: Adherence,
    /// Each week of the period, from Monday.
    pub weeks: Vec<WeekDone>,
    /// Pain, scores, ranges and tests, and whether they changed.
    pub trends: Vec<Trend>,
    /// Questionnaires that were filled in.
    pub measures: Vec<Measured>,
    /// The plan in force at the end, and since when.
    pub plan: Option<(Date, Assigned)>,
    /// What asked for care, the newest first.
    pub events: Vec<Event>,
    /// How sure what was measured is.
    pub seen: Seen,
}

/// How much of what was planned was done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adherence {
    /// Days with exercise.
    pub done: u32,
    /// Days that the plans asked for; `None` where there was no plan.
    pub planned: Option<f64>,
}

/// A week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeekDone {
    /// Its Monday.
    pub monday: Date,
    /// Days with exercise.
    pub done: u32,
    /// Days that the plans asked for.
    pub planned: f64,
}

/// A questionnaire over time.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Which.
    pub questionnaire: Questionnaire,
    /// Its sums.
    pub trend: measures::Trend,
    /// The last day on which an answer asked for safety.
    pub asked_for_safety: Option<Date>,
}

/// Something that asked for care.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// When.
    pub day: Date,
    /// What.
    pub what: Happened,
    /// Somebody has looked into it since.
    pub cleared: bool,
}

/// What asked for care.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// A stop symptom.
    Symptom(StopSymptom),
    /// Health questions that were answered with yes.
    Flags(Vec<RedFlag>),
    /// Pain before a session let it not begin.
    PainBefore(Nprs),
    /// Pain or effort after a set of this exercise ended the session.
    AfterSet(String, Option<Nprs>),
}

/// How sure what was measured is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Seen {
    /// Sets that the camera saw.
    pub camera: u32,
    /// Sets that the person told of.
    pub told: u32,
    /// Ranges by what may be said of them: with their error, with a warning, not at all.
    pub claims: [u32; 3],
    /// Middle of the errors (± 1.96 standard deviations) of angles that may be told, degrees.
    pub error_deg: Option<f64>,
}

impl Course {
    /// Of what is known, from a day to another (both are in it).
    pub fn of(person: &str, known: &Known, period: [Date; 2], written: Written) -> Self {
        let [from, to] = period;
        let inside = |day: Date| (from..=to).contains(&day);
        let mut visits = diary::visits(known.diary);
        visits.retain(|visit| inside(visit.began.day));
        let entries: Vec<&Entry> = known.diary.iter().filter(|entry| inside(entry.when.day)).collect();
        let days: BTreeSet<Date> = entries
            .iter()
            .filter(|entry| matches!(entry.what, What::Set(_) | What::Together(_)))
            .map(|entry| entry.when.day)
            .collect();
        let a_week =
            |plan: &Assigned| plan.doses.iter().map(|dose| dose.days_a_week).max().unwrap_or(0).min(7);
        let plans: Vec<(Date, u32)> = known.plans.iter().map(|(day, plan)| (*day, a_week(plan))).collect();
        let planned = planned_days(&plans, from, to.tomorrow().unwrap_or(to));
        let adherence = Adherence { done: days.len() as u32, planned: (planned > 0.0).then_some(planned) };
        Self {
            person: person.to_owned(),
            period,
            written,
            sessions: visits.iter().filter(|visit| visit.is_session()).count(),
            adherence,
            weeks: weeks(&days, &plans, period),
            trends: trends(&visits),
            measures: known
                .filled
                .iter()
                .filter_map(|(which, filled)| measured(which, filled, period))
                .collect(),
            plan: known.plans.iter().rev().find(|(day, _)| *day <= to).cloned(),
            events: events(known.diary, period),
            seen: seen(&entries),
        }
    }
}

fn weeks(days: &BTreeSet<Date>, plans: &[(Date, u32)], [from, to]: [Date; 2]) -> Vec<WeekDone> {
    let back = i64::from(from.weekday().to_monday_zero_offset());
    let mut monday = from.saturating_sub(back.days());
    let mut all = Vec::new();
    while monday <= to {
        let Ok(next) = monday.checked_add(7.days()) else { break };
        let done = days.range(monday..next).count() as u32;
        let end = to.tomorrow().unwrap_or(to).min(next);
        all.push(WeekDone { monday, done, planned: planned_days(plans, monday.max(from), end) });
        monday = next;
    }
    all
}

fn measured(questionnaire: &Questionnaire, filled: &[Filled], [from, to]: [Date; 2]) -> Option<Measured> {
    let inside: Vec<Filled> =
        filled.iter().filter(|filled| (from..=to).contains(&filled.day)).cloned().collect();
    let trend = measures::trend(&inside);
    let asked = inside.iter().rev().find(|filled| filled.asks_for_safety).map(|filled| filled.day);
    (!inside.is_empty()).then(|| Measured {
        questionnaire: questionnaire.clone(),
        trend,
        asked_for_safety: asked,
    })
}

fn events(entries: &[Entry], [from, to]: [Date; 2]) -> Vec<Event> {
    let mut all: Vec<Event> = Vec::new();
    for entry in entries {
        let day = entry.when.day;
        let mut add = |what| all.push(Event { day, what, cleared: false });
        match &entry.what {
            What::SymptomCleared { symptom } => {
                let of_it = |event: &&mut Event| event.what == Happened::Symptom(*symptom);
                all.iter_mut().filter(of_it).for_each(|event| event.cleared = true);
            }
            What::Safety { event } => match event {
                SafetyEvent::Symptom { symptom } => add(Happened::Symptom(*symptom)),
                SafetyEvent::Screened { flags, .. } if !flags.is_empty() => {
                    add(Happened::Flags(flags.clone()))
                }
                SafetyEvent::FlagCleared { flag } => {
                    let of_it = |event: &&mut Event| event.what == Happened::Flags(vec![*flag]);
                    all.iter_mut().filter(of_it).for_each(|event| event.cleared = true);
                }
                SafetyEvent::PainBefore { pain, .. } if event.notifies_therapist() => {
                    add(Happened::PainBefore(*pain));
                }
                SafetyEvent::AfterSet { exercise, pain, .. } if event.notifies_therapist() => {
                    add(Happened::AfterSet(exercise.clone(), *pain));
                }
                _ => {}
            },
            _ => {}
        }
    }
    all.retain(|event| (from..=to).contains(&event.day));
    all.reverse();
    all
}

fn seen(entries: &[&Entry]) -> Seen {
    let mut seen = Seen::default();
    let mut errors: Vec<f64> = Vec::new();
    for entry in entries {
        let ranges = match &entry.what {
            What::Set(set) if set.watched == Watched::Told => {
                seen.told += 1;
                continue;
            }
            What::Set(set) => &set.ranges,
            What::Together(set) => &set.ranges,
            _ => continue,
        };
        seen.camera += 1;
        for range in ranges {
            let place = match range.claim {
                Claim::Firm => 0,
                Claim::Cautious => 1,
                Claim::Refused => 2,
            };
            seen.claims[place] += 1;
            if range.claim != Claim::Refused && range.unit == "deg" && range.sd.is_finite() {
                errors.push(range.sd * ERROR);
            }
        }
    }
    errors.sort_by(f64::total_cmp);
    seen.error_deg = errors.get(errors.len() / 2).copied();
    seen
}
