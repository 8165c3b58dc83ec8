//! Today's plan: what a therapist assigned, else the routine that fits the goals, each dose as the last sessions ask for.

mod choose;
pub(crate) mod dose;
mod slot;

pub use dose::alone;
pub use slot::Slot;
pub(crate) use slot::slots;

use crate::{
    Catalogue, Choice, Known, Person, VisitDone,
    diary::{Planned, Source},
};
use baro_coach::{
    Item, Routine,
    plan::{Course, Decision, Limits, Prescription, SessionResult, next_session},
};

/// Why something is not done today.
#[derive(Debug, Clone, PartialEq)]
pub enum Why {
    /// It should be left out with one of the person's conditions.
    Condition,
    /// It can't be done sitting.
    Position,
    /// Something that it needs is not at hand.
    Equipment,
    /// Today's time is up before it.
    Time,
    /// The plan lets it rest; the reasons stand in the decision.
    Resting(Box<Decision>),
    /// This version of the program does not have it.
    Unknown,
}

impl Why {
    /// Fluent key of the reason; a resting one has its own in the decision.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Condition => "home-left-out-condition",
            Self::Position => "home-left-out-position",
            Self::Equipment => "home-left-out-equipment",
            Self::Time => "home-left-out-time",
            Self::Resting(decision) => decision.change.key(),
            Self::Unknown => "home-left-out-unknown",
        }
    }
}

/// An exercise that is not done today.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Its id.
    pub exercise: String,
    /// Why.
    pub why: Why,
}

/// An exercise of today.
#[derive(Debug, Clone, PartialEq)]
pub struct TodayItem {
    /// What goes into the diary: its dose, what has changed, and why.
    pub planned: Planned,
    /// Its place in the plan, with what is written below and above it.
    pub slot: Slot,
}

/// What to do today.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// Where it comes from.
    pub source: Source,
    /// In order; empty where nothing can be done today.
    pub items: Vec<TodayItem>,
    /// What is not done today.
    pub left_out: Vec<LeftOut>,
    /// About how long it takes, minutes.
    pub minutes: u32,
}

impl Today {
    /// Fluent key of its name; `None` for a therapist's plan.
    pub fn name_key(&self, catalogue: &Catalogue) -> Option<String> {
        match &self.source {
            Source::Assigned => None,
            Source::Routine(id) | Source::ChosenRoutine(id) => {
                catalogue.routine(id).map(|routine| routine.name_key.clone())
            }
            Source::ChosenExercise(id) => catalogue.exercise(id).map(|file| file.exercise.name_key.clone()),
        }
    }
}

/// Plans today. `choice`: what the person chose in the library instead; `day`: since 1970.
pub fn plan(known: &Known, catalogue: &Catalogue, choice: Option<&Choice>, day: i32) -> Today {
    let source = source(known, catalogue, choice);
    let (decided, mut left_out) = decide(known, catalogue, &source, day);
    let limits = limits(known, catalogue, &source);
    let mut items = Vec::new();
    for (slot, now, decision) in decided {
        let next = decision.next.clone();
        let Some(dose) = next.and_then(|next| moved(&now, next, catalogue, &limits)) else {
            left_out.push(LeftOut { exercise: now.exercise, why: Why::Resting(decision.into()) });
            continue;
        };
        let Decision { change, reasons, .. } = decision;
        let planned = Planned { course: slot.course.clone(), base: slot.base.clone(), dose, change, reasons };
        items.push(TodayItem { planned, slot });
    }
    if let (Source::Routine(_), Some(person)) = (&source, &known.person) {
        trim(&mut items, person, &mut left_out);
    }
    let minutes = minutes(&items);
    Today { source, items, left_out, minutes }
}

/// The next dose of each exercise by what is known now, with the reasons.
pub fn next_time(known: &Known, catalogue: &Catalogue, source: &Source, day: i32) -> Vec<(String, Decision)> {
    let (decided, _) = decide(known, catalogue, source, day);
    decided.into_iter().map(|(_, now, decision)| (now.exercise, decision)).collect()
}

/// Each place of a plan, its dose in force, and what the plan makes of it.
fn decide(
    known: &Known,
    catalogue: &Catalogue,
    source: &Source,
    day: i32,
) -> (Vec<(Slot, Prescription, Decision)>, Vec<LeftOut>) {
    // Limits that can't be read can't be kept: then nothing is planned.
    let (slots, left_out) = match &known.assigned {
        Some(Err(_)) => (Vec::new(), Vec::new()),
        _ => slots(source, known, catalogue),
    };
    let visits = known.visits();
    let limits = limits(known, catalogue, source);
    let past: Vec<Vec<SessionResult>> = slots.iter().map(|slot| sessions(&visits, &slot.course)).collect();
    let now: Vec<Prescription> =
        slots.iter().map(|slot| in_force(slot, &visits, catalogue, &limits)).collect();
    let courses: Vec<Course> = slots
        .iter()
        .zip(&now)
        .zip(&past)
        .map(|((slot, now), past)| Course { now, variants: slot.variants(now, catalogue), past })
        .collect();
    let decisions = next_session(&courses, day, &known.screenings.clearance(), &limits);
    let all = slots.iter().cloned().zip(now.iter().cloned()).zip(decisions);
    (all.map(|((slot, now), decision)| (slot, now, decision)).collect(), left_out)
}

fn source(known: &Known, catalogue: &Catalogue, choice: Option<&Choice>) -> Source {
    match (choice, &known.assigned) {
        (Some(Choice::Routine(id)), _) => Source::ChosenRoutine(id.clone()),
        (Some(Choice::Exercise(id)), _) => Source::ChosenExercise(id.clone()),
        (None, Some(Ok(plan))) if !plan.doses.is_empty() => Source::Assigned,
        (None, _) => Source::Routine(choose::routine(known, catalogue).unwrap_or_default()),
    }
}

/// A therapist's limits; and no step leads to an exercise that does not suit the person.
pub fn limits(known: &Known, catalogue: &Catalogue, source: &Source) -> Limits {
    let mut limits = known.limits();
    if let Some(person) = known.person.as_ref().filter(|_| *source != Source::Assigned) {
        let chosen = matches!(source, Source::ChosenRoutine(_) | Source::ChosenExercise(_));
        let all = catalogue.exercises.iter().map(|file| &file.exercise);
        let unsuitable = all.filter(|exercise| slot::unsuitable(exercise, person, chosen).is_some());
        limits.forbidden.extend(unsuitable.map(|exercise| exercise.id.clone()));
    }
    limits
}

/// The earlier sessions of a place.
pub(crate) fn sessions(visits: &[VisitDone], course: &str) -> Vec<SessionResult> {
    let of = |visit: &VisitDone| {
        let item = visit.items.iter().find(|item| item.planned.course == course && !item.sets.is_empty())?;
        Some(item.result(visit))
    };
    visits.iter().filter_map(of).collect()
}

/// The dose of the last session; as written where there was none, what is written has changed, or it suits no more.
fn in_force(slot: &Slot, visits: &[VisitDone], catalogue: &Catalogue, limits: &Limits) -> Prescription {
    let items = visits.iter().rev().flat_map(|visit| &visit.items);
    let last = items.into_iter().find(|item| item.planned.course == slot.course && !item.sets.is_empty());
    let usable = |dose: &&Prescription| {
        catalogue.exercise(&dose.exercise).is_some()
            && (dose.exercise == slot.base.exercise || !limits.forbidden.contains(&dose.exercise))
    };
    let same = last.filter(|item| item.planned.base == slot.base).map(|item| &item.dose);
    same.filter(usable).unwrap_or(&slot.base).clone()
}

/// A dose after a step from `now`, made to fit where the step led to another exercise.
pub(crate) fn moved(
    now: &Prescription,
    next: Prescription,
    catalogue: &Catalogue,
    limits: &Limits,
) -> Option<Prescription> {
    let exercise = &catalogue.exercise(&next.exercise)?.exercise;
    if next.exercise == now.exercise {
        return Some(next);
    }
    let tempo_s = next.tempo_s.filter(|_| next.tempo_s != now.tempo_s);
    dose::within(&dose::fitted(Prescription { tempo_s, ..next }, exercise, catalogue), limits)
}

/// Leaves out from the end what does not fit into the person's time; both sides of an exercise together.
fn trim(items: &mut Vec<TodayItem>, person: &Person, left_out: &mut Vec<LeftOut>) {
    while minutes(items) > person.minutes {
        let Some(last) = items.last().map(|item| item.planned.dose.exercise.clone()) else { return };
        let keep = items.iter().rposition(|item| item.planned.dose.exercise != last).map_or(0, |n| n + 1);
        if keep == 0 {
            return;
        }
        items.truncate(keep);
        left_out.push(LeftOut { exercise: last, why: Why::Time });
    }
}

fn minutes(items: &[TodayItem]) -> u32 {
    let doses: Vec<Prescription> = items.iter().map(|item| item.planned.dose.clone()).collect();
    minutes_of(&doses)
}

/// About how long these doses take, minutes, rests and getting ready included.
pub fn minutes_of(doses: &[Prescription]) -> u32 {
    let item =
        |dose: &Prescription| Item { dose: dose.clone(), each_side: false, easier: None, harder: None };
    let routine = Routine {
        id: String::new(),
        name_key: String::new(),
        body: Vec::new(),
        avoid: Vec::new(),
        sources: Vec::new(),
        items: doses.iter().map(item).collect(),
    };
    routine.minutes()
}

#[cfg(test)]
mod tests;
