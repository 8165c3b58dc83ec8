//! The health questions and their answers, line by line, as they stand in `screening.jsonl`.

use crate::Moment;
use baro_coach::safety::{Answers, Clearance, Nprs, RedFlag, ScreeningDue, clearance};
use serde::{Deserialize, Serialize};

/// A line of `screening.jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Screening {
    /// When.
    #[serde(flatten)]
    pub when: Moment,
    /// What happened.
    #[serde(flatten)]
    pub what: ScreeningWhat,
}

/// What happened to the health questions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum ScreeningWhat {
    /// They were answered.
    Answered {
        /// Why they were asked.
        due: ScreeningDue,
        /// Yes or no to each.
        answers: Answers,
        /// Pain at the time, where it was known.
        pain: Option<Nprs>,
    },
    /// A doctor or therapist has looked into these, says the person.
    Cleared {
        /// The flags.
        flags: Vec<RedFlag>,
    },
}

/// All lines; the last answers count, with what was cleared since.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Screenings(Vec<Screening>);

impl Screenings {
    /// From the lines of a file, oldest first.
    pub const fn new(lines: Vec<Screening>) -> Self {
        Self(lines)
    }

    /// One more.
    pub fn add(&mut self, screening: Screening) {
        self.0.push(screening);
    }

    /// Everything, oldest first.
    pub fn all(&self) -> &[Screening] {
        &self.0
    }

    fn last_answers(&self) -> Option<(usize, &Screening)> {
        let lines = self.0.iter().enumerate().rev();
        lines.into_iter().find(|(_, line)| matches!(line.what, ScreeningWhat::Answered { .. }))
    }

    /// When the questions were last answered, and the pain then, where it was known.
    pub fn answered(&self) -> Option<(Moment, Option<Nprs>)> {
        self.last_answers().and_then(|(_, line)| match &line.what {
            ScreeningWhat::Answered { pain, .. } => Some((line.when, *pain)),
            ScreeningWhat::Cleared { .. } => None,
        })
    }

    /// May a plan begin, or go on?
    pub fn clearance(&self) -> Clearance {
        let none = Answers::new();
        let (from, answers) = match self.last_answers() {
            Some((n, Screening { what: ScreeningWhat::Answered { answers, .. }, .. })) => (n, answers),
            _ => (0, &none),
        };
        let since = self.0.iter().skip(from).filter_map(|line| match &line.what {
            ScreeningWhat::Cleared { flags } => Some(flags),
            ScreeningWhat::Answered { .. } => None,
        });
        let cleared: Vec<RedFlag> = since.flatten().copied().collect();
        clearance(answers, &cleared)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(what: ScreeningWhat) -> Screening {
        let when = serde_json::from_str(r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22"}"#).unwrap();
        Screening { when, what }
    }

    fn answered(yes: &[RedFlag]) -> Screening {
        let answers = RedFlag::ALL.into_iter().map(|flag| (flag, yes.contains(&flag))).collect();
        line(ScreeningWhat::Answered { due: ScreeningDue::First, answers, pain: Nprs::new(3).ok() })
    }

    #[test]
    fn the_last_answers_count_and_what_was_cleared_since() {
        let mut all = Screenings::default();
        assert!(matches!(all.clearance(), Clearance::Unanswered(_)));
        all.add(answered(&[RedFlag::Fever]));
        assert!(matches!(all.clearance(), Clearance::Blocked { .. }));
        all.add(line(ScreeningWhat::Cleared { flags: vec![RedFlag::Fever] }));
        assert!(all.clearance().is_clear());
        let text = serde_json::to_string(&all.all()[0]).unwrap();
        assert_eq!(serde_json::from_str::<Screening>(&text).unwrap(), all.all()[0]);
        // A fever that comes back is a new one.
        all.add(answered(&[RedFlag::Fever]));
        assert!(!all.clearance().is_clear());
        assert_eq!(all.answered().unwrap().1, Nprs::new(3).ok());
    }
}
