//! How other people of the same therapist move: anonymous, and only of those who agree that their movements are looked at. It is made when
//! somebody asks for it, and each look at a record of somebody stands in the log.

use super::{beside, seen};
use crate::review::{Shared, enter::Caller, patient::all_records, problem::Problem};
use baro_review::norm::{Cycle, NoNorm, Norm};
use baro_wire::{Ask, Decision, PersonId, RecordId, Relation, Request, Standing, may};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::spawn_blocking;

/// People in a norm at most: those who did the exercise last.
const PEOPLE: usize = 20;
/// Sets of which the mean repetition is kept.
const KEPT: usize = 1_000;

/// Mean repetitions, by record: what they are made of never changes.
#[derive(Default)]
pub struct Cycles(Mutex<BTreeMap<RecordId, Arc<Vec<Cycle>>>>);

impl Cycles {
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn find(&self, record: RecordId) -> Option<Arc<Vec<Cycle>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&record).cloned()
    }

    fn keep(&self, record: RecordId, cycles: Arc<Vec<Cycle>>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(record, cycles);
    }
}

impl Shared {
    /// How the caller's other patients do an exercise.
    pub async fn norm(
        &self,
        caller: &mut Caller,
        but: PersonId,
        exercise: &str,
        measure: &str,
    ) -> Result<Result<Norm, NoNorm>, Problem> {
        let mut found = Vec::new();
        for person in self.who_did(caller, but, exercise).await? {
            let cycles = match self.newest(caller, person, exercise).await {
                // Whoever withdrew meanwhile is left out.
                Err(Problem::Consent(_) | Problem::NotFound | Problem::Bad(_)) => continue,
                cycles => cycles?,
            };
            found.push((person, cycles));
        }
        let each = found.iter().flat_map(|(person, cycles)| {
            cycles.iter().filter(|cycle| cycle.measure == measure).map(move |cycle| (*person, cycle))
        });
        Ok(Norm::of(each))
    }

    /// Whom the caller treats, who agrees and has done the exercise; who did it last comes first.
    async fn who_did(
        &self,
        caller: &mut Caller,
        but: PersonId,
        exercise: &str,
    ) -> Result<Vec<PersonId>, Problem> {
        caller.asker.ask(Request::ListPatients { after: None }).await?;
        let (staff, standing) = (caller.staff.access.person, Standing::As(caller.staff.access.role));
        let all = self.behind.pool().read("cared", move |store| store.cared(staff)).await;
        let all = all.ok_or(Problem::Unavailable)?;
        let agrees = |ask, consents| may(standing, ask, Relation::Treats, consents) == Decision::Allowed;
        let shown = all.into_iter().filter(|cared| {
            let both = [Ask::ReadChunk, Ask::SeeDiary];
            cared.person != but && both.into_iter().all(|ask| agrees(ask, cared.consents))
        });
        let mut did: Vec<_> =
            shown.filter_map(|cared| Some((self.care.last(cared.person, exercise)?, cared.person))).collect();
        did.sort_by(|a, b| b.cmp(a));
        Ok(did.into_iter().take(PEOPLE).map(|(_, person)| person).collect())
    }

    /// How somebody moved when they did the exercise last.
    async fn newest(
        &self,
        caller: &mut Caller,
        person: PersonId,
        exercise: &str,
    ) -> Result<Arc<Vec<Cycle>>, Problem> {
        let about = self.about(caller, person).await?;
        let records = all_records(&mut caller.asker, person).await?;
        let days = beside::days(&about.visits(), &records, exercise, RecordId::default());
        let record = days.first().ok_or(Problem::NotFound)?.record;
        if let Some(cycles) = self.care.cycles.find(record) {
            return Ok(cycles);
        }
        let chunks = self.chunks(caller, person, record).await?;
        let made = move || Some(Cycle::of(&seen::scored(&seen::read(&chunks)?)?));
        let cycles = spawn_blocking(made).await.ok().flatten().ok_or(Problem::Bad("web-unreadable"))?;
        let cycles = Arc::new(cycles);
        if !self.care.is_gone(person) {
            self.care.cycles.keep(record, Arc::clone(&cycles));
        }
        Ok(cycles)
    }
}
