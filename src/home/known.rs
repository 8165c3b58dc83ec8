//! All that is known about one person: what a visit starts from.

use crate::{
    Consents, Entry, Moment, Notice, Person, PersonId, Screenings, VisitDone, What,
    diary::{self, GameDone},
};
use baro_coach::{
    plan::{Limits, Prescription},
    safety::StopSymptom,
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The format of `plan.toml` that this version reads.
pub const PLAN_FORMAT: u32 = 1;

/// A clock that is back by this is wrong.
const CLOCK_LEEWAY: SignedDuration = SignedDuration::from_mins(10);

/// The plan that a therapist wrote: `plan.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// [`PLAN_FORMAT`].
    pub format: u32,
    /// What to do, in order. Empty: the therapist only sets limits, and the goals choose.
    #[serde(default)]
    pub doses: Vec<Prescription>,
    /// The limits, which always win.
    #[serde(default)]
    pub limits: Limits,
}

impl Assigned {
    /// Reads the text of a plan file.
    ///
    /// # Errors
    /// What is wrong, and where.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let plan: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        if plan.format != PLAN_FORMAT {
            return Err(format!(
                "`format` is {}; this version reads {PLAN_FORMAT}: update Baro",
                plan.format
            ));
        }
        Ok(plan)
    }
}

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
