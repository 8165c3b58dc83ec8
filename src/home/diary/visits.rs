//! The diary read as visits.

use super::{By, Ending, Entry, Planned, SetDone, Source, What};
use crate::Moment;
use baro_coach::{
    plan::{Prescription, SessionResult, SetResult},
    safety::{Nprs, Rpe, SafetyEvent, StopSymptom},
};

/// A visit as it went.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitDone {
    /// From 1.
    pub visit: u32,
    /// When it began.
    pub began: Moment,
    /// Where its plan came from.
    pub source: Source,
    /// Its exercises, in order.
    pub items: Vec<ItemDone>,
    /// Pain before it.
    pub pain_before: Option<Nprs>,
    /// Pain the morning after it.
    pub pain_next_morning: Option<Nprs>,
    /// The stop symptom that ended it, and whether a doctor or therapist has looked into it since.
    pub symptom: Option<(StopSymptom, bool)>,
    /// When that was told.
    pub symptom_at: Option<Moment>,
    /// How it ended; `None` where the window was closed before.
    pub ended: Option<Ending>,
    /// When the last entry was written.
    pub last: Moment,
}

/// An exercise of a visit as it went.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemDone {
    /// As it was planned.
    pub planned: Planned,
    /// The dose in force at the end.
    pub dose: Prescription,
    /// Its sets and parts of sets, in order.
    pub sets: Vec<SetAnswered>,
    /// Was the rest left out?
    pub skipped: bool,
    /// Did a rule of safety make it easier?
    pub eased: bool,
}

/// A set with what the person said after it.
#[derive(Debug, Clone, PartialEq)]
pub struct SetAnswered {
    /// When it ended.
    pub when: Moment,
    /// What was done.
    pub set: SetDone,
    /// Was it answered (or left out on purpose)?
    pub asked: bool,
    /// Pain after it.
    pub pain: Option<Nprs>,
    /// Effort of it.
    pub effort: Option<Rpe>,
}

impl VisitDone {
    /// Sets and parts of sets, in order.
    pub fn sets(&self) -> impl Iterator<Item = &SetAnswered> {
        self.items.iter().flat_map(|item| &item.sets)
    }

    /// Was anything done?
    pub fn is_session(&self) -> bool {
        self.sets().next().is_some()
    }

    /// The highest pain after a set.
    pub fn worst_pain(&self) -> Option<Nprs> {
        self.sets().filter_map(|set| set.pain).max()
    }
}

impl ItemDone {
    /// As the plan reads it.
    pub fn result(&self, visit: &VisitDone) -> SessionResult {
        let mut sets: Vec<SetResult> = Vec::new();
        let mut number = None;
        for SetAnswered { set, pain, effort, .. } in &self.sets {
            // A set that was broken off and taken up again is one set.
            if number == Some(set.set)
                && let Some(last) = sets.last_mut()
            {
                last.score = match (last.score, set.score) {
                    (Some(a), Some(b)) => {
                        let (m, n) = (f64::from(last.done.max(1)), f64::from(set.done.max(1)));
                        Some((a * m + b * n) / (m + n))
                    }
                    (a, b) => a.or(b),
                };
                last.done += set.done;
                last.pain = last.pain.max(*pain);
                last.rpe = effort.or(last.rpe);
                continue;
            }
            number = Some(set.set);
            sets.push(SetResult { done: set.done, score: set.score, pain: *pain, rpe: *effort });
        }
        SessionResult {
            day: visit.began.day_number(),
            asked: self.dose.clone(),
            sets,
            pain_before: visit.pain_before,
            pain_next_morning: visit.pain_next_morning,
            symptom: visit.symptom,
        }
    }
}

/// Reads the entries, oldest first, as visits. Entries that belong to no visit, or to an exercise that was not planned, are left out.
pub fn visits(entries: &[Entry]) -> Vec<VisitDone> {
    let mut all: Vec<VisitDone> = Vec::new();
    for entry in entries {
        if let What::Began { source, items, .. } = &entry.what {
            all.push(began(entry, source, items));
            continue;
        }
        if matches!(entry.what, What::Game(_) | What::Together(_)) {
            continue; // beside the visit, also after its end
        }
        if let What::SymptomCleared { symptom } = entry.what {
            let open = all.iter_mut().filter_map(|visit| visit.symptom.as_mut());
            open.filter(|(open, _)| *open == symptom).for_each(|(_, cleared)| *cleared = true);
        }
        if let What::Safety { event: SafetyEvent::PainNextMorning { pain } } = entry.what {
            let before = all.iter_mut().rev().find(|visit| visit.visit <= entry.visit && visit.is_session());
            if let Some(before) = before {
                before.pain_next_morning = Some(pain);
            }
        }
        if let Some(visit) = all.iter_mut().rev().find(|visit| visit.visit == entry.visit) {
            visit.last = entry.when;
            add(visit, entry);
        }
    }
    all
}

fn began(entry: &Entry, source: &Source, items: &[Planned]) -> VisitDone {
    let item = |planned: &Planned| ItemDone {
        planned: planned.clone(),
        dose: planned.dose.clone(),
        sets: Vec::new(),
        skipped: false,
        eased: false,
    };
    VisitDone {
        visit: entry.visit,
        began: entry.when,
        source: source.clone(),
        items: items.iter().map(item).collect(),
        pain_before: None,
        pain_next_morning: None,
        symptom: None,
        symptom_at: None,
        ended: None,
        last: entry.when,
    }
}

fn add(visit: &mut VisitDone, entry: &Entry) {
    match &entry.what {
        What::Set(set) => {
            if let Some(item) = visit.items.get_mut(set.item) {
                let set = set.clone();
                item.sets.push(SetAnswered { when: entry.when, set, asked: false, pain: None, effort: None });
            }
        }
        What::Adjusted { item, dose, harder, by } => {
            if let Some(item) = visit.items.get_mut(*item) {
                item.dose = dose.clone();
                item.eased |= !harder && *by == By::Rule;
            }
        }
        What::Skipped { item, .. } => {
            if let Some(item) = visit.items.get_mut(*item) {
                item.skipped = true;
            }
        }
        What::Ended { how } => visit.ended = Some(*how),
        What::Safety { event: SafetyEvent::PainBefore { pain, .. } } => visit.pain_before = Some(*pain),
        What::Safety { event: SafetyEvent::Symptom { symptom } } => {
            (visit.symptom, visit.symptom_at) = (Some((*symptom, false)), Some(entry.when));
        }
        What::Safety { event: SafetyEvent::AfterSet { exercise, set, pain, rpe, .. } } => {
            let fits = |done: &&mut SetAnswered| done.set.set == *set && done.set.asked.exercise == *exercise;
            let sets = visit.items.iter_mut().flat_map(|item| &mut item.sets);
            if let Some(done) = sets.rev().find(fits) {
                (done.asked, done.pain, done.effort) = (true, *pain, *rpe);
            }
        }
        What::Began { .. }
        | What::SymptomCleared { .. }
        | What::Safety { .. }
        | What::Game(_)
        | What::Together(_) => {}
    }
}
