//! What a person has agreed to, purpose by purpose.

use crate::Moment;
use serde::{Deserialize, Serialize};

/// Version of the texts that are agreed to (`home-consent-...`). A new one asks again.
pub const CONSENT_TEXT: u32 = 2;

/// A purpose that is agreed to on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// The camera sees the person; pictures are measured at once and never kept.
    Camera,
    /// Answers, pain, and what was done are kept on this device: plan and safety rest on them.
    Diary,
    /// The measured movements are kept on this device: replay and score sheets rest on them.
    Movements,
    /// When the program fails, a report is kept on this device.
    CrashReports,
    /// The clinic's server keeps diary and movements.
    Clinic,
    /// A therapist of that clinic reads the diary, and writes.
    Therapist,
    /// A therapist of that clinic sees the measured movements.
    TherapistMovements,
    /// The person takes part in classes: its leader looks after them, and the others see what they show.
    Class,
}

impl Purpose {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Camera,
        Self::Diary,
        Self::Movements,
        Self::CrashReports,
        Self::Clinic,
        Self::Therapist,
        Self::TherapistMovements,
        Self::Class,
    ];

    /// Those that everybody is asked for.
    pub const ASKED: [Self; 4] = [Self::Camera, Self::Diary, Self::Movements, Self::CrashReports];

    /// Those that are asked for once a clinic is connected; nothing is shared before.
    pub const SHARED: [Self; 4] = [Self::Clinic, Self::Therapist, Self::TherapistMovements, Self::Class];

    /// Is it impossible to coach without it?
    pub const fn needed(self) -> bool {
        matches!(self, Self::Camera | Self::Diary)
    }

    /// `camera`; its text is `home-consent-camera`, why it is asked `home-consent-camera.why`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Camera => "camera",
            Self::Diary => "diary",
            Self::Movements => "movements",
            Self::CrashReports => "crash-reports",
            Self::Clinic => "clinic",
            Self::Therapist => "therapist",
            Self::TherapistMovements => "therapist-movements",
            Self::Class => "class",
        }
    }
}

/// A line of `consent.jsonl`: given or withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// When.
    #[serde(flatten)]
    pub when: Moment,
    /// What for.
    pub purpose: Purpose,
    /// [`CONSENT_TEXT`] at the time.
    pub text: u32,
    /// Given, or withdrawn (or refused).
    pub given: bool,
}

/// What holds now; the last word on each purpose counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consents(Vec<Consent>);

impl Consents {
    /// From the lines of a file, oldest first.
    pub const fn new(lines: Vec<Consent>) -> Self {
        Self(lines)
    }

    /// One more.
    pub fn add(&mut self, consent: Consent) {
        self.0.push(consent);
    }

    /// Every word on it, oldest first.
    pub fn all(&self) -> &[Consent] {
        &self.0
    }

    /// The last word on a purpose.
    pub fn last(&self, purpose: Purpose) -> Option<&Consent> {
        self.0.iter().rev().find(|consent| consent.purpose == purpose)
    }

    /// Is it given?
    pub fn given(&self, purpose: Purpose) -> bool {
        self.last(purpose).is_some_and(|consent| consent.given)
    }

    /// Must it be asked (again)? So where something was never asked, the texts have changed, or something needed is not given.
    pub fn due(&self) -> bool {
        Purpose::ASKED.into_iter().any(|purpose| match self.last(purpose) {
            None => true,
            Some(last) => last.text != CONSENT_TEXT || (purpose.needed() && !last.given),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(purpose: Purpose, text: u32, given: bool) -> Consent {
        let when: Moment =
            serde_json::from_str(r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22"}"#).unwrap();
        Consent { when, purpose, text, given }
    }

    #[test]
    fn the_last_word_counts() {
        let mut all = Consents::default();
        assert!(all.due());
        for purpose in Purpose::ASKED {
            all.add(say(purpose, CONSENT_TEXT, purpose != Purpose::Movements));
        }
        assert!(!all.due() && all.given(Purpose::Camera) && !all.given(Purpose::Movements));
        assert!(!Purpose::SHARED.iter().any(|purpose| all.given(*purpose)), "nothing is shared unasked");
        all.add(say(Purpose::CrashReports, CONSENT_TEXT, false));
        assert!(!all.due(), "what is not needed may be withdrawn");
        all.add(say(Purpose::Camera, CONSENT_TEXT, false));
        assert!(all.due());
        all.add(say(Purpose::Camera, CONSENT_TEXT, true));
        assert!(!all.due());
    }

    #[test]
    fn new_texts_are_asked_again() {
        let old = Purpose::ASKED.map(|purpose| say(purpose, CONSENT_TEXT - 1, true));
        assert!(Consents::new(old.into()).due());
    }
}
