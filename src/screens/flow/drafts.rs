//! Answers that are being given, until the main button is pressed.

use baro_coach::safety::Answers;
use baro_home::{
    Known, Person, Purpose,
    visit::{Goals, Profile},
};

/// What has been entered on the screens of the flow so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Drafts {
    /// The profile.
    pub profile: Profile,
    /// Consent, in the order of [`Purpose::ASKED`].
    pub consent: [bool; Purpose::ASKED.len()],
    /// The health questions answered so far, in their order.
    pub answers: Answers,
    /// The goals.
    pub goals: Goals,
    /// Pain, 0 to 10.
    pub pain: Option<u8>,
    /// Effort, 0 to 10.
    pub effort: Option<u8>,
}

impl Drafts {
    /// As the person answered last time.
    pub fn of(known: &Known) -> Self {
        let person = known.person.clone().unwrap_or_default();
        let Person {
            name, body, seated, regions, goals, equipment, conditions, days_a_week, minutes, ..
        } = person;
        Self {
            profile: Profile { name, body, seated },
            consent: Purpose::ASKED
                .map(|purpose| known.consents.last(purpose).map_or(purpose.needed(), |last| last.given)),
            goals: Goals { regions, goals, equipment, conditions, days_a_week, minutes },
            ..Self::default()
        }
    }

    /// Forgets what was answered about one set.
    pub fn forget_set(&mut self) {
        (self.pain, self.effort) = (None, None);
    }
}
