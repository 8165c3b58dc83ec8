//! What was done, entry by entry, as it stands in `diary.jsonl`. The format is described in `docs/diary-format.md`.

mod set;
mod together;
mod visits;

pub use set::{Range, SetDone, SetEnding, Watched};
pub use together::TogetherDone;
pub use visits::{ItemDone, SetAnswered, VisitDone, visits};

use crate::Moment;
use baro_coach::{
    game::GameReport,
    plan::{Change, Prescription, Reason},
    safety::{SafetyEvent, StopSymptom},
};
use serde::{Deserialize, Serialize};

/// The format of the diary that this version writes, in every `began` entry.
pub const DIARY_FORMAT: u32 = 1;

/// A line of the diary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// When it was written.
    #[serde(flatten)]
    pub when: Moment,
    /// Which visit it belongs to, from 1.
    pub visit: u32,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum What {
    /// A visit began with this to do.
    Began {
        /// [`DIARY_FORMAT`].
        format: u32,
        /// Version of the program.
        program: String,
        /// Where the plan comes from.
        source: Source,
        /// What was planned, in order.
        items: Vec<Planned>,
    },
    /// A question about safety was answered, a rule decided.
    Safety {
        /// The question, the answer and the decision.
        event: SafetyEvent,
    },
    /// A doctor or therapist has looked into a stop symptom, says the person.
    SymptomCleared {
        /// The symptom.
        symptom: StopSymptom,
    },
    /// A set was done, or a part of one.
    Set(SetDone),
    /// The dose of an exercise was changed in the middle of the visit.
    Adjusted {
        /// The exercise's place in the visit, from 0.
        item: usize,
        /// The new dose.
        dose: Prescription,
        /// Harder, else easier.
        harder: bool,
        /// Who wanted it.
        by: By,
    },
    /// The rest of an exercise was left out.
    Skipped {
        /// The exercise's place in the visit, from 0.
        item: usize,
        /// Who wanted it.
        by: By,
    },
    /// A game was played. It belongs to no exercise of the visit.
    Game(GameDone),
    /// A set was done in a class. It belongs to no exercise of the visit either.
    Together(TogetherDone),
    /// The visit is over.
    Ended {
        /// How.
        how: Ending,
    },
}

/// A game as it was played.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GameDone {
    /// Its id.
    pub game: String,
    /// From 1.
    pub level: u32,
    /// Was every task of the level asked?
    pub finished: bool,
    /// Tasks that were asked.
    pub asked: u32,
    /// Tasks that were done.
    pub done: u32,
    /// How long it was played, seconds, without pauses.
    pub played_s: f64,
    /// 0 to 100; `None` where no task was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
}

impl GameDone {
    /// From the game's report; `None` where nothing was done.
    pub fn of(report: &GameReport) -> Option<Self> {
        (report.asked > 0).then(|| Self {
            game: report.game.clone(),
            level: report.level,
            finished: report.finished,
            asked: report.asked,
            done: report.done,
            played_s: report.played_s,
            score: report.score,
        })
    }
}

/// Where a visit's plan comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A therapist wrote it.
    Assigned,
    /// The routine with this id fits the person's goals.
    Routine(String),
    /// The person chose this routine in the library.
    ChosenRoutine(String),
    /// The person chose this exercise in the library.
    ChosenExercise(String),
}

/// An exercise of a visit as it was planned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planned {
    /// What ties it to its earlier sessions: `knee/mini-squat`, with the side where each has its own sets.
    pub course: String,
    /// What the plan wrote. A new one begins there.
    pub base: Prescription,
    /// The dose of this visit, to begin with.
    pub dose: Prescription,
    /// What has changed since the last session.
    pub change: Change,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
}

/// Who wanted something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The person.
    Person,
    /// A rule of safety.
    Rule,
}

/// How a visit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Everything was gone through.
    Finished,
    /// The person had enough.
    Stopped,
    /// A rule of safety, or a stop symptom.
    Safety,
}
