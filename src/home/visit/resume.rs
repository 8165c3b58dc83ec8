//! Where a visit begins, or goes on after the window was closed.

use super::{Step, Visit, VisitItem, asks};
use crate::{
    Catalogue, Effect, Known, Moment, VisitDone,
    diary::{ItemDone, SetEnding},
    today::{self, Slot, TodayItem},
};
use std::sync::Arc;

impl Visit {
    /// Begins where this person has something to do, or goes on with the visit that was broken off today. `catalogue`: what the program ships
    /// with. `program`: name and version, for the diary.
    pub fn open(known: Known, catalogue: Arc<Catalogue>, program: &str, now: Moment) -> (Self, Vec<Effect>) {
        let catalogue = match &known.assigned {
            Some(Ok(plan)) if !plan.taught.is_empty() => {
                Arc::new(catalogue.with_taught(plan.taught.iter().map(String::as_str)))
            }
            _ => catalogue,
        };
        let today = today::plan(&known, &catalogue, None, now.day_number());
        let limits = today::limits(&known, &catalogue, &today.source);
        let visits = known.visits();
        let number = known.diary.iter().map(|entry| entry.visit).max().unwrap_or(0);
        let mut visit = Self {
            program: program.to_owned(),
            limits,
            step: Step::Welcome,
            beside: Vec::new(),
            today,
            choice: None,
            number,
            open: false,
            items: Vec::new(),
            at: 0,
            set: 1,
            explained: None,
            running: None,
            left: Vec::new(),
            runs: 0,
            checked: None,
            rest_left_s: 0.0,
            countdown_s: None,
            seen: false,
            unseen_s: 0.0,
            due: None,
            change: None,
            screened: false,
            pending_pain: None,
            before: None,
            verdict: None,
            stopped_by: None,
            effects: Vec::new(),
            catalogue,
            known,
        };
        if visit.known.person.is_some() {
            visit.go_to_first_open(now);
            let broken_off = visits.last().filter(|last| {
                last.visit == number
                    && last.began.day == now.day
                    && last.ended.is_none()
                    && last.symptom.is_none()
            });
            if let Some(last) = broken_off.filter(|_| visit.step == Step::Today) {
                visit.go_on(last, now);
            }
        }
        visit.effects.extend(visit.step.prompt().map(Effect::Say));
        let effects = std::mem::take(&mut visit.effects);
        (visit, effects)
    }

    /// Takes up a visit at its next exercise, or at the questions after its last set.
    fn go_on(&mut self, last: &VisitDone, now: Moment) {
        let (slots, _) = today::slots(&last.source, &self.known, &self.catalogue);
        self.limits = today::limits(&self.known, &self.catalogue, &last.source);
        self.today.source = last.source.clone();
        self.items = last.items.iter().map(|item| taken_up(item, &slots)).collect();
        self.open = true;
        let next = last.items.iter().position(|item| self.left(item).is_some());
        let unanswered = last.items.iter().enumerate().rev().find_map(|(at, item)| {
            let set = item.sets.last().filter(|set| !set.asked)?;
            let newest = last.sets().all(|other| other.when.at <= set.when.at);
            newest.then_some((at, set))
        });
        if let Some((at, answered)) = unanswered
            && let Some(file) = self.catalogue.exercise(&answered.set.asked.exercise)
            && asks(&file.exercise).pain
            && answered.set.end != SetEnding::Failed
        {
            (self.at, self.set) = (at, answered.set.set);
            self.checked = Some(answered.set.clone());
            self.step = Step::SetCheck;
            return;
        }
        match next.and_then(|at| Some((at, self.left(last.items.get(at)?)?))) {
            Some((at, set)) => {
                (self.at, self.set, self.step) = (at, set, Step::Explain);
            }
            None => self.finish(now),
        }
    }

    /// The set of an exercise that comes next; `None` where it is done, left out, or not known to this version.
    fn left(&self, item: &ItemDone) -> Option<u32> {
        self.catalogue.exercise(&item.dose.exercise).filter(|_| !item.skipped)?;
        let whole = item.sets.iter().filter(|set| set.set.end != SetEnding::Failed);
        let next = whole.map(|set| set.set.set).max().unwrap_or(0) + 1;
        (next <= item.dose.sets).then_some(next)
    }
}

fn taken_up(item: &ItemDone, slots: &[Slot]) -> VisitItem {
    let planned = item.planned.clone();
    let known = slots.iter().find(|slot| slot.course == planned.course);
    let slot = known.cloned().unwrap_or_else(|| Slot {
        course: planned.course.clone(),
        base: planned.base.clone(),
        easier: None,
        harder: None,
    });
    VisitItem { today: TodayItem { planned, slot }, dose: item.dose.clone(), eased: item.eased }
}
