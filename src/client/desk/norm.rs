//! How others do the exercise of the set that is shown: of everybody who is treated, agrees and did it, the newest set; one after the other, since
//! a recording takes much memory. Each look stands in the clinic's log.

use super::{CURVES_HZ, words};
use crate::visit::job::Job;
use baro_agent::{Desk, Seen, Treated};
use baro_review::{
    norm::{Cycle, NoNorm, Norm},
    record_of,
    session::SessionReview,
};
use baro_wire::{PersonId, RecordState};

/// People in a norm at most: those who did the exercise last.
const PEOPLE: usize = 20;

/// Others, as they are gathered.
#[derive(Default)]
pub struct Others {
    exercise: String,
    /// Who is still to be asked for, and when each recorded set of theirs ended, ms since 1970, newest first. The next is the last.
    waiting: Vec<(PersonId, Vec<i64>)>,
    asked: Option<PersonId>,
    making: Job<(PersonId, Vec<Cycle>)>,
    cycles: Vec<(PersonId, Vec<Cycle>)>,
}

impl Others {
    /// Nobody has come yet.
    pub fn of(treated: &[Treated], but: PersonId, exercise: &str) -> Self {
        let ended = |treated: &Treated| -> Vec<i64> {
            let visits = words::visits(treated);
            let sets =
                visits.iter().rev().flat_map(|visit| visit.sets().collect::<Vec<_>>().into_iter().rev());
            let of_this = sets.filter(|set| set.set.asked.exercise == exercise && set.set.record.is_some());
            of_this.map(|set| set.when.at.as_millisecond()).collect()
        };
        let others = treated.iter().filter(|treated| treated.person != but && treated.refused.is_none());
        let mut did: Vec<_> = others.map(|treated| (treated.person, ended(treated))).collect();
        did.retain(|(_, ended)| !ended.is_empty());
        did.sort_by_key(|(_, ended)| ended.first().copied());
        let waiting = did.split_off(did.len().saturating_sub(PEOPLE));
        Self { exercise: exercise.into(), waiting, ..Self::default() }
    }

    /// Takes in what has come and asks for the next; true: all have come.
    pub fn go_on(&mut self, desk: &Desk, seen: &Seen) -> bool {
        if let Some((person, recording)) = &seen.other
            && self.asked == Some(*person)
        {
            self.asked = None;
            if let (person, Some(recording)) = (*person, recording.clone()) {
                self.making.begin("norm", move || {
                    let review = SessionReview::of(&recording, &[], CURVES_HZ);
                    (person, review.map(|review| Cycle::of(&review)).unwrap_or_default())
                });
            }
        }
        self.cycles.extend(self.making.take());
        if self.asked.is_some() || self.making.is_on() {
            return false;
        }
        let Some((person, ended)) = self.waiting.pop() else { return true };
        let newest = move |records: &[RecordState]| {
            ended.iter().find_map(|ended_ms| record_of(true, *ended_ms, records))
        };
        self.asked = Some(person);
        desk.open_other(person, Box::new(newest));
        false
    }

    /// Of those who have come.
    ///
    /// # Errors
    /// They are too few.
    pub fn norm(&self, measure: &str) -> Result<Norm, NoNorm> {
        // What was asked for before another set was opened may still have come.
        let like = |cycle: &&Cycle| cycle.measure == measure && cycle.exercise == self.exercise;
        let each = self
            .cycles
            .iter()
            .flat_map(|(person, cycles)| cycles.iter().filter(like).map(move |cycle| (*person, cycle)));
        Norm::of(each)
    }
}
