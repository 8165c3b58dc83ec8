//! What happens to a visit, and what it wants done.

use super::Choice;
use crate::{
    Assigned, Consent, Entry, Goal, Person, PersonId, Purpose, Screening,
    diary::{GameDone, TogetherDone},
};
use baro_coach::{
    Avoid, Equipment, Region, Report,
    plan::Prescription,
    safety::{Answers, HealthChange, Nprs, Rpe, StopSymptom},
};
use std::sync::Arc;

/// Where a visit is: one screen each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Language, and who it is.
    Welcome,
    /// What to be called, the body on the screen, seated or not.
    Profile,
    /// Consent, purpose by purpose.
    Consent,
    /// The health questions.
    Screening,
    /// A health question or a symptom needs a doctor first.
    SeeDoctor,
    /// Where it hurts or what to train, what to reach, with what, how long.
    Goals,
    /// Today's plan.
    Today,
    /// Pain on the morning after the last session.
    PainMorning,
    /// Pain now.
    PainBefore,
    /// Pain is too high: not today.
    RestToday,
    /// What comes next, and how it is done.
    Explain,
    /// The camera finds the person.
    SetUp,
    /// A set is under way.
    Exercise,
    /// Pain and effort after a set.
    SetCheck,
    /// Rest before the next set.
    Rest,
    /// What was done.
    Summary,
    /// Everything waits.
    Paused,
    /// "Something is wrong": which of these?
    Symptoms,
    /// A symptom or strong pain ended the visit: what to do now.
    Stopped,
    /// The calendar and the trends.
    History,
    /// A repetition again, in 3D.
    Replay,
    /// All exercises and routines.
    Library,
    /// Exercising together with others.
    Class,
    /// What the clinic and the person wrote to each other.
    Messages,
    /// A questionnaire of the clinic.
    Questions,
    /// Settings.
    Settings,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::Welcome,
        Self::Profile,
        Self::Consent,
        Self::Screening,
        Self::SeeDoctor,
        Self::Goals,
        Self::Today,
        Self::PainMorning,
        Self::PainBefore,
        Self::RestToday,
        Self::Explain,
        Self::SetUp,
        Self::Exercise,
        Self::SetCheck,
        Self::Rest,
        Self::Summary,
        Self::Paused,
        Self::Symptoms,
        Self::Stopped,
        Self::History,
        Self::Replay,
        Self::Library,
        Self::Class,
        Self::Messages,
        Self::Questions,
        Self::Settings,
    ];

    /// Is something of the session under way that can be paused and stopped?
    pub const fn in_session(self) -> bool {
        matches!(self, Self::Explain | Self::SetUp | Self::Exercise | Self::SetCheck | Self::Rest)
    }

    /// A room beside the way, which one leaves by going back.
    pub const fn is_room(self) -> bool {
        matches!(
            self,
            Self::History
                | Self::Replay
                | Self::Library
                | Self::Class
                | Self::Messages
                | Self::Questions
                | Self::Settings
        )
    }
}

/// Rooms beside the way, open from every step but a set under way, which is paused meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Room {
    History,
    Replay,
    Library,
    Class,
    Messages,
    Questions,
    Settings,
}

impl Room {
    /// Its step.
    pub const fn step(self) -> Step {
        match self {
            Self::History => Step::History,
            Self::Replay => Step::Replay,
            Self::Library => Step::Library,
            Self::Class => Step::Class,
            Self::Messages => Step::Messages,
            Self::Questions => Step::Questions,
            Self::Settings => Step::Settings,
        }
    }
}

/// What the profile screen gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `Person`")]
pub struct Profile {
    pub name: String,
    pub body: crate::Body,
    pub seated: bool,
}

/// What the goals screen gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "as in `Person`")]
pub struct Goals {
    pub regions: Vec<Region>,
    pub goals: Vec<Goal>,
    pub equipment: Vec<Equipment>,
    pub conditions: Vec<Avoid>,
    pub days_a_week: u32,
    pub minutes: u32,
}

/// How a set came to its end.
#[derive(Debug, Clone, PartialEq)]
pub struct SetEnd {
    /// [`Start::run`] of the set.
    pub run: u32,
    /// What the coach counted and scored.
    pub report: Arc<Report>,
    /// File name of its record in the person's `records`; `None` where none was kept.
    pub record: Option<String>,
    /// The camera, the model or the program failed: the set is offered again.
    pub failed: bool,
}

/// Something that a person, the camera or the clock does. What makes no sense where the visit is changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The main button.
    Next,
    /// One step back.
    Back,
    /// Leave out this exercise (or this question).
    Skip,
    /// Less of this exercise, or an easier one.
    Easier,
    /// More of this exercise, or a harder one.
    Harder,
    /// Wait.
    Pause,
    /// Go on after a pause.
    Resume,
    /// Back to the explanation of this exercise.
    ExplainAgain,
    /// Enough for today.
    Stop,
    /// "Something is wrong."
    SomethingWrong,
    /// Into a room beside the way.
    Open(Room),
    /// Who it is, of those known.
    Who(PersonId),
    /// Someone new.
    NewPerson,
    /// The profile.
    Profile(Profile),
    /// Given or refused, purpose by purpose; also to withdraw it later.
    Consent(Vec<(Purpose, bool)>),
    /// The health questions.
    Screening(Answers),
    /// Something about the person's health has changed.
    HealthChange(HealthChange),
    /// A doctor or therapist has said that exercising is safe.
    DoctorCleared,
    /// The goals.
    Goals(Goals),
    /// Pain, at whichever step it was asked.
    Pain(Nprs),
    /// Pain and effort after a set; what was not answered is `None`.
    SetCheck {
        /// Pain now.
        pain: Option<Nprs>,
        /// Effort of the set.
        effort: Option<Rpe>,
    },
    /// One of the stop symptoms.
    Symptom(StopSymptom),
    /// None of them after all.
    NoSymptom,
    /// Something else than today's plan.
    Choose(Choice),
    /// Back to today's plan after choosing something else.
    ChoosePlan,
    /// The therapist's plan is another one now, or one that can't be understood.
    PlanCame(Result<Assigned, String>),
    /// The set was done without the camera, says the person.
    DoneUnseen,
    /// The set-up is good: the countdown begins.
    Ready,
    /// The person is seen, or not any more.
    Seen(bool),
    /// A game was played.
    Played(GameDone),
    /// A set in a class was done.
    Together(TogetherDone),
    /// A set is over.
    SetEnded(SetEnd),
    /// Time went by; by a clock that is never set.
    Tick {
        /// Seconds since the last one.
        elapsed_s: f64,
    },
}

/// A set to start.
#[derive(Debug, Clone, PartialEq)]
pub struct Start {
    /// Tells this set from all others that this visit starts.
    pub run: u32,
    /// The exercise's place in the visit, from 0.
    pub item: usize,
    /// Which set, from 1.
    pub set: u32,
    /// Exercise, side and dose.
    pub dose: Prescription,
    /// May its movements be kept?
    pub record: bool,
}

/// What the visit wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Append to the diary.
    Write(Entry),
    /// Append to the consents.
    WriteConsent(Consent),
    /// Append to the health questions.
    WriteScreening(Screening),
    /// Keep what was told about the person.
    SavePerson(Person),
    /// Another person: load their files and begin their visit.
    OpenPerson(PersonId),
    /// A new person: make their folder and begin their visit.
    CreatePerson,
    /// Start looking for the person, for this exercise.
    StartSetUp(Start),
    /// Start a set.
    StartSet(Start),
    /// The set under way has another dose now.
    ChangeDose(Prescription),
    /// Hold the set.
    PauseSet,
    /// Go on with it.
    ResumeSet,
    /// End the set; [`Event::SetEnded`] follows.
    EndSet,
    /// Say a sentence, by its Fluent key.
    Say(&'static str),
}
