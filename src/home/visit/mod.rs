//! A visit from welcome to summary, as a pure state machine: events in, effects out.
//!
//! Whatever the diary has to know is an effect at the moment when it happens, so that closing the window at any step loses nothing:
//! [`Visit::open`] goes on from what is written. Decisions are those of `baro_coach::safety` and `baro_coach::plan`.

mod before;
mod event;
mod resume;
mod session;
mod set;
mod side;

#[cfg(test)]
mod tests;

pub use event::{Effect, Event, Goals, Profile, Room, SetEnd, Start, Step};

use crate::{
    Assigned, Catalogue, Entry, Known, Moment, Purpose, SetDone, VisitDone, What,
    today::{self, Today, TodayItem},
};
use baro_coach::{
    Exercise, Kind,
    plan::{Decision, Limits, Prescription, Variants},
    safety::{BeforeSession, Clearance, HealthChange, Nprs, ScreeningDue, SetVerdict, StopRule},
};
use std::sync::Arc;

/// The countdown before a set, seconds.
pub const COUNTDOWN_S: f64 = 3.0;
/// Not seen for so long during a set, it is paused, seconds.
pub const UNSEEN_PAUSE_S: f64 = 20.0;
/// A set that was asked to end and does not say so within this has died, seconds.
const END_WITHIN_S: f64 = 5.0;
/// Sets that may be waited for at once: far more than a person can start in so many seconds.
const LEFT: usize = 8;

/// Something chosen in the library instead of today's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A routine, by id.
    Routine(String),
    /// One exercise, by id.
    Exercise(String),
}

/// An exercise of the visit.
#[derive(Debug, Clone, PartialEq)]
pub struct VisitItem {
    /// As it was planned.
    pub today: TodayItem,
    /// The dose in force.
    pub dose: Prescription,
    /// A rule of safety made it easier.
    eased: bool,
}

/// A set at the coach.
#[derive(Debug, Clone, PartialEq)]
struct Running {
    run: u32,
    visit: u32,
    item: usize,
    set: u32,
    asked: Prescription,
    /// It was asked to end so long ago, seconds.
    ending_s: Option<f64>,
}

/// What the questions after a set ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// Pain.
    pub pain: bool,
    /// Effort.
    pub effort: bool,
}

/// One person's way through today.
#[derive(Debug, Clone)]
pub struct Visit {
    catalogue: Arc<Catalogue>,
    program: String,
    known: Known,
    limits: Limits,
    step: Step,
    /// Where to return to from what stands beside the way; the last first.
    beside: Vec<Step>,
    today: Today,
    choice: Option<Choice>,
    /// Number of the visit under way, or of the last one.
    number: u32,
    /// Has it begun, and not ended?
    open: bool,
    items: Vec<VisitItem>,
    at: usize,
    set: u32,
    /// The exercise that was explained last.
    explained: Option<String>,
    running: Option<Running>,
    /// Sets that were left: what was done in them is written when the coach says so.
    left: Vec<Running>,
    runs: u32,
    checked: Option<SetDone>,
    rest_left_s: f64,
    countdown_s: Option<f64>,
    seen: bool,
    unseen_s: f64,
    due: Option<ScreeningDue>,
    change: Option<HealthChange>,
    /// The questions were answered since the window opened.
    screened: bool,
    /// Pain that waits for the health questions.
    pending_pain: Option<Nprs>,
    before: Option<BeforeSession>,
    verdict: Option<SetVerdict>,
    stopped_by: Option<StopRule>,
    effects: Vec<Effect>,
}

impl Visit {
    /// What happens next, and what to do about it.
    pub fn apply(&mut self, event: Event, now: Moment) -> Vec<Effect> {
        let before = (self.step, self.at, self.set);
        self.handle(event, now);
        if (self.step, self.at, self.set) != before
            && let Some(prompt) = self.step.prompt()
        {
            self.effects.push(Effect::Say(prompt));
        }
        std::mem::take(&mut self.effects)
    }

    fn handle(&mut self, event: Event, now: Moment) {
        match event {
            Event::SetEnded(end) => self.set_ended(&end, now),
            Event::Seen(seen) => self.sight(seen),
            Event::Tick { elapsed_s } => self.tick(elapsed_s, now),
            Event::Consent(words) => self.consent(&words, now),
            Event::Open(room) => self.open_room(room),
            Event::SomethingWrong => self.something_wrong(),
            Event::Played(game) => self.write(What::Game(game), now),
            Event::Together(set) => self.write(What::Together(set), now),
            Event::PlanCame(plan) => self.plan_came(plan, now),
            event => match self.step {
                Step::Symptoms => self.symptoms(&event, now),
                Step::Paused => self.paused(&event, now),
                Step::Stopped => self.stopped(&event),
                step if step.is_room() => self.room(event, now),
                step if step.in_session() => self.session(event, now),
                Step::Summary => self.summary(&event, now),
                _ => self.before(event, now),
            },
        }
    }

    /// Where the visit is.
    pub const fn step(&self) -> Step {
        self.step
    }

    /// All that is known about the person, with what this visit has added.
    pub const fn known(&self) -> &Known {
        &self.known
    }

    /// Today's plan, or what was chosen instead.
    pub const fn today(&self) -> &Today {
        &self.today
    }

    /// What was chosen in the library instead of today's plan.
    pub const fn choice(&self) -> Option<&Choice> {
        self.choice.as_ref()
    }

    /// May a game be played now? Not in the middle of a session, nor where exercising waits for a doctor's word.
    pub fn may_play(&self) -> bool {
        !self.open
            && self.known.consents.given(Purpose::Camera)
            && self.known.open_symptom().is_none()
            && matches!(self.known.screenings.clearance(), Clearance::Clear)
    }

    /// Was today's session finished already? Reads the diary: ask once a step.
    pub fn done_today(&self, now: Moment) -> bool {
        self.known
            .visits()
            .iter()
            .any(|visit| visit.began.day == now.day && visit.is_session() && visit.ended.is_some())
    }

    /// The exercises of the session under way.
    pub fn items(&self) -> &[VisitItem] {
        &self.items
    }

    /// The exercise that is its turn; `None` where no session is under way.
    pub fn item(&self) -> Option<&VisitItem> {
        self.items.get(self.at)
    }

    /// Its place in the session, from 0.
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Its set, from 1.
    pub const fn set(&self) -> u32 {
        self.set
    }

    /// The exercise that is its turn.
    pub fn exercise(&self) -> Option<&Exercise> {
        let id = &self.item()?.dose.exercise;
        self.catalogue.exercise(id).map(|file| &*file.exercise)
    }

    /// Is there something easier?
    pub fn can_ease(&self) -> bool {
        self.less(false).is_some()
    }

    /// Is there something harder?
    pub fn can_harden(&self) -> bool {
        self.more().is_some()
    }

    /// What to ask after the last set.
    pub fn asks(&self) -> Asks {
        let checked = self.checked.as_ref().and_then(|set| self.catalogue.exercise(&set.asked.exercise));
        checked.map_or(Asks { pain: true, effort: true }, |file| asks(&file.exercise))
    }

    /// The set that the questions are about.
    pub const fn checked(&self) -> Option<&SetDone> {
        self.checked.as_ref()
    }

    /// What is left of the rest, seconds.
    pub const fn rest_left_s(&self) -> f64 {
        self.rest_left_s
    }

    /// What is left of the countdown to the set, seconds.
    pub const fn countdown_s(&self) -> Option<f64> {
        self.countdown_s
    }

    /// Is the person seen?
    pub const fn seen(&self) -> bool {
        self.seen
    }

    /// Why the health questions are asked (again).
    pub const fn due(&self) -> Option<ScreeningDue> {
        self.due
    }

    /// What was decided on the pain before the session.
    pub const fn before_session(&self) -> Option<BeforeSession> {
        self.before
    }

    /// What was decided after the last set.
    pub const fn verdict(&self) -> Option<SetVerdict> {
        self.verdict
    }

    /// The rule that ended the visit or stands against one.
    pub const fn stopped_by(&self) -> Option<StopRule> {
        self.stopped_by
    }

    /// The session under way, or the one just over, as it went. Reads the diary: ask once a step, not once a frame.
    pub fn done(&self) -> Option<VisitDone> {
        self.known.visits().into_iter().rev().find(|visit| visit.visit == self.number)
    }

    /// What the plan makes of today, as far as it is known now: the next dose of each exercise with the reasons. Ask
    /// once a step.
    pub fn next_time(&self, now: Moment) -> Vec<(String, Decision)> {
        today::next_time(&self.known, &self.catalogue, &self.today.source, now.day_number())
    }

    fn variants(&self) -> Option<(&VisitItem, Variants<'_>)> {
        let item = self.item()?;
        Some((item, item.today.slot.variants(&item.dose, &self.catalogue)))
    }

    fn less(&self, for_pain: bool) -> Option<Prescription> {
        let (item, variants) = self.variants()?;
        let next = today::dose::less(&item.dose, variants, &self.limits, for_pain)?;
        today::moved(&item.dose, next, &self.catalogue, &self.limits)
    }

    fn more(&self) -> Option<Prescription> {
        let (item, variants) = self.variants()?;
        let next = today::dose::more(&item.dose, variants, &self.limits)?;
        today::moved(&item.dose, next, &self.catalogue, &self.limits)
    }

    /// All that can be done: what the program ships with, and what the plan brought with it.
    pub const fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// A session under way goes on as it was planned, with what it was planned with.
    fn plan_came(&mut self, plan: Result<Assigned, String>, now: Moment) {
        if let Ok(plan) = &plan
            && !plan.taught.is_empty()
        {
            self.catalogue = Arc::new(self.catalogue.with_taught(plan.taught.iter().map(String::as_str)));
        }
        self.known.assigned = Some(plan);
        if !self.open {
            self.replan(now);
        }
    }

    fn replan(&mut self, now: Moment) {
        self.today = today::plan(&self.known, &self.catalogue, self.choice.as_ref(), now.day_number());
        self.limits = today::limits(&self.known, &self.catalogue, &self.today.source);
    }

    /// Into the diary, here and on the disk.
    fn write(&mut self, what: What, now: Moment) {
        self.write_for(self.number, what, now);
    }

    fn write_for(&mut self, visit: u32, what: What, now: Moment) {
        let entry = Entry { when: now, visit, what };
        self.known.diary.push(entry.clone());
        self.effects.push(Effect::Write(entry));
    }
}

/// Functional tests and breathing ask less: a test is all the effort one has, and breathing none.
fn asks(exercise: &Exercise) -> Asks {
    let paced = matches!(exercise.kind, Kind::Paced(_));
    Asks { pain: !paced, effort: !paced && exercise.test.is_none() }
}

impl Step {
    /// Fluent key of what is said when it begins; `None` where the coach speaks, or nobody asked for it.
    pub const fn prompt(self) -> Option<&'static str> {
        Some(match self {
            Self::Welcome => "home-say-welcome",
            Self::Profile => "home-say-profile",
            Self::Consent => "home-say-consent",
            Self::Screening => "home-say-screening",
            Self::SeeDoctor => "home-say-see-doctor",
            Self::Goals => "home-say-goals",
            Self::Today => "home-say-today",
            Self::PainMorning => "home-pain-morning-after",
            Self::PainBefore => "safety-pain-before",
            Self::RestToday => "safety-before-rest-today",
            Self::Explain => "home-say-explain",
            Self::SetUp => "home-say-set-up",
            Self::SetCheck => "home-say-set-check",
            Self::Rest => "home-say-rest",
            Self::Summary => "home-say-summary",
            Self::Paused => "home-say-paused",
            Self::Symptoms => "home-say-symptoms",
            Self::Stopped => "safety-verdict-stop-session",
            Self::Exercise
            | Self::History
            | Self::Replay
            | Self::Library
            | Self::Class
            | Self::Messages
            | Self::Questions
            | Self::Settings => {
                return None;
            }
        })
    }
}
