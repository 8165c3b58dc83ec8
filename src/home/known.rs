//! All that is known about one person: what a visit starts from.

use crate::{
    Assigned, Consents, Entry, Moment, Notice, Person, PersonId, Screenings, VisitDone, What,
    diary::{self, GameDone, TogetherDone},
};
use baro_coach::{plan::Limits, safety::StopSymptom};
use jiff::SignedDuration;

/// A clock that is back by this is wrong.
const CLOCK_LEEWAY: SignedDuration = SignedDuration::from_mins(10);

/// All that is known about one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Who.
    pub id: PersonId,
    /// What they told; `None` until they did.
    pub person: Option<Person>,
    /// What they agreed to.
    pub consents: Consents,
    /// The health questions.
    pub screenings: Screenings,
    /// What was done, oldest first.
    pub diary: Vec<Entry>,
    /// What a therapist wrote; an error where it can't be read.
    pub assigned: Option<Result<Assigned, String>>,
}

impl Known {
    /// Of someone new.
    pub const fn new(id: PersonId) -> Self {
        Self {
            id,
            person: None,
            consents: Consents::new(Vec::new()),
            screenings: Screenings::new(Vec::new()),
            diary: Vec::new(),
            assigned: None,
        }
    }

    /// The diary as visits, oldest first.
    pub fn visits(&self) -> Vec<VisitDone> {
        diary::visits(&self.diary)
    }

    /// The games that were played, oldest first.
    pub fn games(&self) -> impl DoubleEndedIterator<Item = (Moment, &GameDone)> {
        self.diary.iter().filter_map(|entry| match &entry.what {
            What::Game(game) => Some((entry.when, game)),
            _ => None,
        })
    }

    /// The sets that were done in classes, oldest first.
    pub fn together(&self) -> impl DoubleEndedIterator<Item = (Moment, &TogetherDone)> {
        self.diary.iter().filter_map(|entry| match &entry.what {
            What::Together(set) => Some((entry.when, set)),
            _ => None,
        })
    }

    /// A therapist's limits.
    pub fn limits(&self) -> Limits {
        match &self.assigned {
            Some(Ok(plan)) => plan.limits.clone(),
            Some(Err(_)) | None => Limits::default(),
        }
    }

    /// Does the clock stand before the last entry? Some minutes are forgiven: clocks are set right over the network.
    pub fn clock(&self, now: Moment) -> Option<Notice> {
        let last = self.diary.last()?.when.at;
        (last.duration_since(now.at) > CLOCK_LEEWAY).then_some(Notice::ClockBack)
    }

    /// The stop symptom that nobody has cleared yet.
    pub fn open_symptom(&self) -> Option<StopSymptom> {
        self.visits()
            .iter()
            .rev()
            .find_map(|visit| visit.symptom.filter(|(_, cleared)| !cleared))
            .map(|(s, _)| s)
    }
}
