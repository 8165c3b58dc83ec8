//! What is kept in mind of patients, so that the board is there at once: made of their feeds, kept in memory, and made anew when the server
//! starts. Who may see what of it is asked each time.

use super::{
    Shared,
    enter::Caller,
    exercises,
    problem::Problem,
    set::{Cycles, Films},
    texts::{self, Both},
    visits,
};
use crate::backend::Behind;
use baro_home::{Assigned, VisitDone, appointments::AppointmentPost, diary};
use baro_locale::LocaleError;
use baro_review::triage::{self, Directions, Patient, Reason, Thresholds};
use baro_store::{Cared, Store, StoreError};
use baro_sync::audit;
use baro_wire::{
    Ask, Consents, Cursor, Decision, Entry, PersonId, PostBody, Relation, Request, Role, Standing, may,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{sync::watch, time::timeout};

/// People who are taken in at once while the server starts; between, others have their turn.
const WARM: usize = 8;

/// So much of it at a time.
const LANES: usize = 2;
/// So long a page waits for it.
const PATIENCE: Duration = Duration::from_secs(3);

/// Told when it ends, however it ends.
struct Warmed<'a>(&'a watch::Sender<bool>);

impl Drop for Warmed<'_> {
    fn drop(&mut self) {
        self.0.send_replace(true);
    }
}

/// What is kept in mind of everybody.
pub struct Care {
    /// Is all taken in that was written before the start?
    warmed: watch::Sender<bool>,
    known: Mutex<BTreeMap<PersonId, Patient>>,
    visits: Mutex<BTreeMap<PersonId, Vec<AppointmentPost>>>,
    /// Who was erased: what was being read meanwhile is not kept either.
    gone: Mutex<BTreeSet<PersonId>>,
    directions: Directions,
    /// In both languages, with the names of exercises that clinics taught.
    pub texts: Both,
    /// Sets that were looked at last, and how people moved in theirs.
    pub films: Films,
    pub cycles: Cycles,
}

impl Care {
    /// Nothing yet.
    ///
    /// # Errors
    /// Texts that are broken.
    pub fn new() -> Result<Arc<Self>, LocaleError> {
        Ok(Arc::new(Self {
            warmed: watch::Sender::new(true),
            known: Mutex::default(),
            visits: Mutex::default(),
            gone: Mutex::default(),
            directions: exercises::directions(),
            texts: Both::new()?,
            films: Films::default(),
            cycles: Cycles::default(),
        }))
    }

    /// Of somebody who was erased nothing is kept.
    pub fn forget(&self, person: PersonId) {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner).insert(person);
        self.known().remove(&person);
        self.visits_of().remove(&person);
        // These are by record: it is seldom, and all of them are made anew.
        self.films.forget();
        self.cycles.forget();
    }

    /// Takes in what was written about everybody who is treated and agrees to be looked at, so that a server that was started anew has the
    /// board at once, too. Nobody looks here, so nothing is logged.
    pub fn warm(self: Arc<Self>, behind: Arc<Behind>) -> impl Future<Output = ()> {
        self.warmed.send_replace(false);
        async move {
            let _told = Warmed(&self.warmed);
            let people = behind.pool().read("treated", |store| store.treated()).await.unwrap_or_default();
            let lanes =
                people.chunks(people.len().div_ceil(LANES).max(1)).map(|lane| self.warm_some(&behind, lane));
            futures_util::future::join_all(lanes).await;
        }
    }

    async fn warm_some(&self, behind: &Behind, people: &[PersonId]) {
        for some in people.chunks(WARM) {
            let some = some.to_vec();
            let read = move |store: &mut dyn Store| {
                some.into_iter().map(|person| known_of(store, person)).collect::<Result<Vec<_>, _>>()
            };
            let Some(read) = behind.pool().read("warm", read).await else { return };
            let mut known = self.known();
            for (person, patient, entries) in read.into_iter().flatten() {
                if self.is_gone(person) {
                    continue;
                }
                self.take_visits(person, &entries);
                self.texts.learn(patient.names());
                let before = known.entry(person).or_default();
                if before.cursor < patient.cursor {
                    *before = patient;
                }
            }
        }
    }

    /// Until all that was written before the start is taken in: who read it too meanwhile would do the same work once more. Not for ever.
    async fn warmed(&self) {
        let mut warmed = self.warmed.subscribe();
        let _ = timeout(PATIENCE, warmed.wait_for(|warmed| *warmed)).await;
    }

    /// Did somebody ask to be erased since the server began? Nothing that is made anew of them is kept.
    pub fn is_gone(&self, person: PersonId) -> bool {
        self.gone.lock().unwrap_or_else(PoisonError::into_inner).contains(&person)
    }

    /// The day on which somebody did an exercise last.
    pub fn last(&self, person: PersonId, exercise: &str) -> Option<Date> {
        self.known().get(&person)?.last(exercise)
    }

    /// What was written about appointments with these people, as far as [`Shared::board`] has read.
    pub fn visits(&self, people: &[PersonId]) -> Vec<(PersonId, Vec<AppointmentPost>)> {
        let all = self.visits_of();
        people.iter().filter_map(|person| Some((*person, all.get(person)?.clone()))).collect()
    }

    fn visits_of(&self) -> MutexGuard<'_, BTreeMap<PersonId, Vec<AppointmentPost>>> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in what is new of appointments; what is known already comes again where two look at once.
    fn take_visits(&self, person: PersonId, entries: &[Entry]) {
        let new: Vec<_> = entries.iter().filter_map(visits::of).collect();
        if !new.is_empty() {
            let mut all = self.visits_of();
            let known = all.entry(person).or_default();
            for post in new {
                if known.iter().all(|other| other.id != post.id) {
                    known.push(post);
                }
            }
            // Two may have read at once, and the order decides what holds.
            known.sort_by_key(|post| post.stored_ms);
        }
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<PersonId, Patient>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Warm = (PersonId, Patient, Vec<Entry>);

fn known_of(store: &mut dyn Store, person: PersonId) -> Result<Option<Warm>, StoreError> {
    let about = store.about(person, person, 0)?;
    let mut patient = Patient::default();
    if may(Standing::As(Role::Therapist), Ask::SeeDiary, Relation::Treats, about.consents)
        != Decision::Allowed
    {
        return Ok(None);
    }
    about.entries.iter().for_each(|entry| patient.post(entry));
    patient.cursor = patient.cursor.max(about.cursor);
    Ok(Some((person, patient, about.entries)))
}

/// Whom somebody treats.
pub struct Board {
    /// Who agrees that they are looked at, the neediest first, each with the reasons.
    pub seen: Vec<(PersonId, Vec<Reason>)>,
    /// Who does not.
    pub hidden: Vec<PersonId>,
}

/// What the caller may see of what was written about somebody.
pub struct About {
    /// Oldest first.
    pub entries: Vec<Entry>,
    /// Up to this place a therapist has talked with them about answers that ask for safety.
    pub safe_until: Option<Cursor>,
}

/// A version of the plan.
pub struct Planned<'a> {
    pub entry: &'a Entry,
    /// None where this version of the server can't read it.
    pub plan: Option<Assigned>,
}

impl From<Decision> for Problem {
    fn from(decision: Decision) -> Self {
        match decision {
            Decision::SignIn => Self::SignIn,
            Decision::Consent(purpose) => Self::Consent(purpose),
            Decision::Forbidden => Self::Forbidden,
            Decision::Hidden | Decision::Allowed => Self::NotFound,
        }
    }
}

impl Shared {
    /// Whom the caller treats. What is shown was decided on facts that are as new as it.
    pub async fn board(&self, caller: &mut Caller) -> Result<Board, Problem> {
        // The machine says whether they may ask at all: device, role, erasure.
        caller.asker.ask(Request::ListPatients { after: None }).await?;
        let (staff, standing) = (caller.staff.access.person, Standing::As(caller.staff.access.role));
        let all = self.behind.pool().read("cared", move |store| store.cared(staff)).await;
        let all = all.ok_or(Problem::Unavailable)?;
        let sees = move |relation: Relation, consents: Consents| {
            may(standing, Ask::SeeDiary, relation, consents) == Decision::Allowed
        };
        let (seen, hidden): (Vec<Cared>, Vec<Cared>) =
            all.into_iter().partition(|cared| sees(Relation::Treats, cared.consents));
        let people: Vec<PersonId> = seen.iter().map(|cared| cared.person).collect();
        self.log(caller, Ask::ReadPosts, &people).await?;
        self.care.warmed().await;
        let behind = self.outdated(&seen);
        let read = move |store: &mut dyn Store| -> Result<_, StoreError> {
            let safe = store.safe_until(staff)?;
            let about = |(person, after)| Ok((person, store.about(staff, person, after)?));
            Ok((behind.into_iter().map(about).collect::<Result<Vec<_>, StoreError>>()?, safe))
        };
        let (came, safe) = self.behind.pool().read("about", read).await.ok_or(Problem::Unavailable)?;
        // Whoever withdrew meanwhile is hidden, too.
        let mut withdrew = BTreeSet::new();
        let mut known = self.care.known();
        for (person, about) in came {
            if sees(about.relation, about.consents) {
                let patient = known.entry(person).or_default();
                about.entries.iter().for_each(|entry| patient.post(entry));
                self.care.take_visits(person, &about.entries);
                patient.cursor = patient.cursor.max(about.cursor);
                self.care.texts.learn(patient.names());
            } else {
                withdrew.insert(person);
            }
        }
        for (person, up_to) in safe {
            known.entry(person).and_modify(|patient| patient.safe_until(up_to));
        }
        let (thresholds, now) = (caller.thresholds, texts::now());
        let reasons = |person: &PersonId| {
            known
                .get(person)
                .map(|known| known.reasons(&thresholds, &self.care.directions, now))
                .unwrap_or_default()
        };
        let shown = people.iter().filter(|person| !withdrew.contains(person));
        let mut seen: Vec<_> = shown.map(|person| (*person, reasons(person))).collect();
        drop(known);
        triage::sort(&mut seen);
        let hidden = hidden.into_iter().map(|cared| cared.person).chain(withdrew).collect();
        Ok(Board { seen, hidden })
    }

    /// Of whom something is not known yet, and behind which place.
    fn outdated(&self, people: &[Cared]) -> Vec<(PersonId, Cursor)> {
        let known = self.care.known();
        let at = |cared: &Cared| known.get(&cared.person).map_or(0, |patient| patient.cursor);
        let outdated = people.iter().filter(|cared| at(cared) != cared.cursor);
        outdated.map(|cared| (cared.person, at(cared))).collect()
    }

    /// What was written about somebody, decided entry by entry; nothing but why not, where the caller may not see their diary.
    pub async fn about(&self, caller: &mut Caller, person: PersonId) -> Result<About, Problem> {
        // Decides and logs; there is nothing behind this place.
        caller.asker.ask(Request::ReadPosts { person, after: Cursor::MAX, most: 1 }).await?;
        let (staff, standing) = (caller.staff.access.person, Standing::As(caller.staff.access.role));
        let find =
            move |store: &mut dyn Store| Ok((store.about(staff, person, 0)?, store.safe_until(staff)?));
        let (found, safe) = self.behind.pool().read("about", find).await.ok_or(Problem::Unavailable)?;
        let sees = |ask| may(standing, ask, found.relation, found.consents);
        match sees(Ask::SeeDiary) {
            Decision::Allowed => {}
            decision => return Err(decision.into()),
        }
        let entries =
            found.entries.into_iter().filter(|entry| sees(entry.post.body.to_see()) == Decision::Allowed);
        let safe_until = safe.iter().find(|(of, _)| *of == person).map(|(_, up_to)| *up_to);
        let about = About { entries: entries.collect(), safe_until };
        for plan in about.plans().into_iter().filter_map(|planned| planned.plan) {
            self.care.texts.learn_of(plan.exercises());
        }
        Ok(about)
    }

    /// Why somebody should be looked at, of what the caller may see.
    pub fn reasons(&self, caller: &Caller, about: &About) -> Vec<Reason> {
        let mut patient = Patient::default();
        about.entries.iter().for_each(|entry| patient.post(entry));
        about.safe_until.into_iter().for_each(|up_to| patient.safe_until(up_to));
        patient.reasons(&caller.thresholds, &self.care.directions, texts::now())
    }

    /// When the caller wants to be told.
    pub async fn thresholds(&self, caller: &mut Caller) -> Result<(), Problem> {
        let staff = caller.staff.access.person;
        let text = self.behind.pool().read("thresholds", move |store| store.thresholds(staff)).await;
        let text = text.ok_or(Problem::Unavailable)?;
        let read = text.and_then(|text| toml::from_str(&text).ok());
        caller.thresholds = read.filter(|read: &Thresholds| read.check().is_ok()).unwrap_or_default();
        Ok(())
    }

    /// A line in the audit log for each, before somebody looks.
    pub async fn log(&self, caller: &Caller, ask: Ask, about: &[PersonId]) -> Result<(), Problem> {
        let (actor, device) = (caller.staff.access.person, caller.staff.device);
        let draft =
            |about: &PersonId| audit::Draft { at_ms: crate::now_ms(), actor, device, ask, about: *about };
        let drafts = about.iter().map(draft).collect();
        baro_net::Backend::log(&*self.behind, drafts).await.map_err(|_| Problem::Unavailable)
    }
}

impl About {
    /// The diary as visits, oldest first.
    pub fn visits(&self) -> Vec<VisitDone> {
        diary::visits(&self.diary())
    }

    /// The diary, as far as this version reads it.
    pub fn diary(&self) -> Vec<diary::Entry> {
        let lines = self.entries.iter().filter_map(|entry| match &entry.post.body {
            PostBody::Diary { line } => serde_json::from_str(line).ok(),
            _ => None,
        });
        lines.collect()
    }

    /// Every plan, oldest first.
    pub fn plans(&self) -> Vec<Planned<'_>> {
        let plans = self.entries.iter().filter_map(|entry| match &entry.post.body {
            PostBody::Plan { routine } => Some(Planned { entry, plan: Assigned::from_toml(routine).ok() }),
            _ => None,
        });
        plans.collect()
    }

    /// The newest plan, and where it stands.
    pub fn plan(&self) -> Option<(Cursor, Assigned)> {
        self.entries.iter().rev().find_map(|entry| match &entry.post.body {
            PostBody::Plan { routine } => Some((entry.cursor, Assigned::from_toml(routine).ok()?)),
            _ => None,
        })
    }
}
