//! What the person said about a set.

use baro_coach::safety::{SafetyEvent, SafetyNote, StopSymptom};
use baro_home::diary::{Entry, What, visits};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A set is entered in the diary when it is over: at most so long after the last frame.
const ENTERED_S: f64 = 600.0;

/// What the person said around a set; what was not asked or not answered is `None`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// Pain before the session, NPRS.
    pub pain_before: Option<u8>,
    /// Pain after the set.
    pub pain_after: Option<u8>,
    /// Effort of the set, Borg CR10.
    pub effort: Option<f32>,
    /// Pain the morning after.
    pub pain_next_morning: Option<u8>,
    /// The stop symptom that ended it.
    pub symptom: Option<StopSymptom>,
    /// "Something is wrong" was pressed in a class.
    pub wrong: bool,
}

impl Answers {
    /// Of the set of this exercise that began at `started_unix_ms` and lasted so long, from the diary. Both times are of the person's device.
    pub fn of(diary: &[Entry], exercise: &str, started_unix_ms: u64, lasted_s: f64) -> Self {
        let fits = |at: Timestamp| {
            let after_s = (at.as_millisecond() as f64 - started_unix_ms as f64) / 1000.0;
            (0.0..=lasted_s + ENTERED_S).contains(&after_s).then_some(after_s)
        };
        let mut best: Option<(f64, Self)> = None;
        let mut offer = |after_s: Option<f64>, answers: Self| {
            if let Some(after_s) = after_s
                && best.is_none_or(|(best, _)| after_s < best)
            {
                best = Some((after_s, answers));
            }
        };
        for visit in visits(diary) {
            let last = visit.sets().map(|done| done.when.at).max();
            for done in visit.sets().filter(|done| done.set.asked.exercise == exercise) {
                let symptom = visit.symptom.filter(|_| last == Some(done.when.at));
                let answers = Self {
                    pain_before: visit.pain_before.map(u8::from),
                    pain_after: done.pain.map(u8::from),
                    effort: done.effort.map(|effort| effort.get()),
                    pain_next_morning: visit.pain_next_morning.map(u8::from),
                    symptom: symptom.map(|(symptom, _)| symptom),
                    wrong: false,
                };
                offer(fits(done.when.at), answers);
            }
        }
        for entry in diary {
            if let What::Together(set) = &entry.what
                && set.exercise == exercise
            {
                offer(fits(entry.when.at), Self { wrong: set.wrong, ..Self::default() });
            }
        }
        best.map(|(_, answers)| answers).unwrap_or_default()
    }

    /// Filled up with others.
    pub fn or(self, other: Self) -> Self {
        Self {
            pain_before: self.pain_before.or(other.pain_before),
            pain_after: self.pain_after.or(other.pain_after),
            effort: self.effort.or(other.effort),
            pain_next_morning: self.pain_next_morning.or(other.pain_next_morning),
            symptom: self.symptom.or(other.symptom),
            wrong: self.wrong || other.wrong,
        }
    }

    /// Filled up with what stands in the record itself.
    pub(super) fn or_noted<'a>(mut self, notes: impl Iterator<Item = &'a SafetyNote>) -> Self {
        for note in notes {
            match &note.event {
                SafetyEvent::PainBefore { pain, .. } => {
                    self.pain_before = self.pain_before.or(Some(pain.get()));
                }
                SafetyEvent::AfterSet { pain, rpe, .. } => {
                    self.pain_after = self.pain_after.or(pain.map(u8::from));
                    self.effort = self.effort.or(rpe.map(|effort| effort.get()));
                }
                SafetyEvent::PainNextMorning { pain } => {
                    self.pain_next_morning = self.pain_next_morning.or(Some(pain.get()));
                }
                SafetyEvent::Symptom { symptom } => self.symptom = self.symptom.or(Some(*symptom)),
                SafetyEvent::Screened { .. } | SafetyEvent::FlagCleared { .. } => {}
            }
        }
        self
    }
}
