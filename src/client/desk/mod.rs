//! The desk of who treats (`baro --review`): signs in at the clinic, shows who needs help and why, their recorded sets, and takes
//! comments. No camera is opened, and nothing of a patient is written to the disk.

mod norm;
mod words;

use crate::{
    coaching::TakeNewest,
    locale::Texts,
    replay::{Film, Pinned, Replay, ReplaySystems},
    visit::job::Job,
};
use baro_agent::{Desk, Seen, State, Told};
use baro_home::{Catalogue, PersonFolder, Settings};
use baro_record::{KeyRing, Recording};
use baro_review::{
    norm::{NoNorm, Norm},
    session::SessionReview,
    triage::Directions,
};
use baro_screens::{
    desk::{DeskPress, RowView, TakenView},
    rooms::{ReplayPress, SaidView},
    widgets::Trace,
};
use baro_wire::{PersonId, RecordId};
use bevy::prelude::*;
use norm::Others;
use std::{
    sync::Arc,
    time::{Duration, Instant},
};

/// How often it is looked what has come.
const LOOK: Duration = Duration::from_millis(250);
/// Samples of the curves a second.
const CURVES_HZ: f64 = 10.0;

/// Whose desk it is.
#[derive(Debug, Clone)]
pub struct DeskChoice {
    /// Their folder, connected with a clinic (`baro pair`).
    pub folder: PersonFolder,
    /// How they want everything to look.
    pub settings: Settings,
    /// The second factor's digits, where they were given already.
    pub digits: Option<u32>,
}

/// What stands on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskStep {
    /// The digits are asked.
    SignIn,
    /// Who needs help.
    Board,
    /// One of them.
    Patient(PersonId),
    /// A recorded set.
    Film(PersonId, RecordId),
    /// A comment on the moment of it at which it stands still.
    Comment(PersonId, RecordId),
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct Drafts {
    /// The digits.
    pub digits: String,
    /// A message to the patient.
    pub message: String,
    /// A comment on a moment.
    pub comment: String,
}

type Started = Result<Desk, &'static str>;

/// The desk.
#[derive(Resource)]
pub struct AtDesk {
    choice: DeskChoice,
    directions: Directions,
    step: DeskStep,
    desk: Option<Desk>,
    starting: Job<Started>,
    seen: Seen,
    state: State,
    looked: Option<Instant>,
    /// Fluent key of what is to be told about the last press; empty where there is nothing.
    told: &'static str,
    /// Something was written; the patient is asked for again when it was sent.
    wrote: bool,
    /// The record whose film is to be shown, or is.
    filmed: Option<RecordId>,
    reviewing: Job<Option<SessionReview>>,
    review: Option<SessionReview>,
    traces: Vec<Trace>,
    /// How others do it, where that is asked for.
    crowd: Option<Others>,
    norm: Option<Result<Norm, NoNorm>>,
    /// Sets of the same name, what they are called, and which one of them stands beside it, from 1; 0: the trainer.
    others: Vec<(RecordId, String)>,
    beside: usize,
    /// The record that is to stand beside it, when it comes.
    besides: Option<RecordId>,
    reading: Job<Option<Arc<Film>>>,
    rows: Vec<(PersonId, RowView)>,
    sets: Vec<(Option<RecordId>, TakenView)>,
    said: Vec<SaidView>,
    /// What is typed.
    pub drafts: Drafts,
}

impl AtDesk {
    /// Begins at the digits, or with those that were given.
    pub fn new(choice: DeskChoice, catalogue: &Catalogue) -> Self {
        let exercises = catalogue.exercises.iter().map(|file| &*file.exercise);
        let mut desk = Self {
            directions: Directions::of(exercises),
            step: DeskStep::SignIn,
            desk: None,
            starting: Job::default(),
            seen: Seen::default(),
            state: State::default(),
            looked: None,
            told: "",
            wrote: false,
            filmed: None,
            reviewing: Job::default(),
            review: None,
            traces: Vec::new(),
            crowd: None,
            norm: None,
            others: Vec::new(),
            beside: 0,
            besides: None,
            reading: Job::default(),
            rows: Vec::new(),
            sets: Vec::new(),
            said: Vec::new(),
            drafts: Drafts::default(),
            choice,
        };
        if let Some(digits) = desk.choice.digits {
            desk.sign_in(digits);
        }
        desk
    }

    /// How they want everything to look.
    pub const fn settings(&self) -> &Settings {
        &self.choice.settings
    }

    /// What stands on the screen.
    pub const fn step(&self) -> DeskStep {
        self.step
    }

    /// Does a recorded set stand on the screen, or behind it?
    pub const fn has_film(&self) -> bool {
        matches!(self.step, DeskStep::Film(..) | DeskStep::Comment(..))
    }

    fn sign_in(&mut self, digits: u32) {
        self.desk = None;
        self.told = "desk-trying";
        let folder = self.choice.folder.clone();
        self.starting.begin("desk", move || match Desk::start(&folder, &KeyRing::of_system(), digits) {
            Ok(Some(desk)) => Ok(desk),
            Ok(None) => Err("desk-no-desk"),
            Err(error) => {
                warn!("{error}");
                Err("desk-cannot-open")
            }
        });
    }

    /// Does what was pressed; true: the program is left.
    pub fn pressed(&mut self, press: DeskPress, replay: &mut Replay) -> bool {
        self.told = "";
        match (press, self.step) {
            (DeskPress::SignIn(digits), _) => self.sign_in(digits),
            (DeskPress::Look, _) => self.desk.iter().for_each(Desk::look),
            (DeskPress::Patient(at), _) => {
                if let Some((person, _)) = self.rows.get(at) {
                    self.open(*person);
                }
            }
            (DeskPress::Set(at), DeskStep::Patient(person)) => {
                if let Some((Some(record), _)) = self.sets.get(at) {
                    self.show(person, *record, replay);
                }
            }
            (DeskPress::Say(text), DeskStep::Patient(person)) => {
                let said = self.desk.as_ref().is_some_and(|desk| desk.say(person, &text).is_ok());
                self.written(said, |drafts| &mut drafts.message);
            }
            (DeskPress::Comment(text), DeskStep::Comment(person, record)) => {
                let Replay::Showing(player) = replay else { return false };
                let time_ms = (player.time_s * 1000.0).round() as u32;
                let noted = |desk: &Desk| desk.note(person, record, time_ms, &text).is_ok();
                let noted = self.desk.as_ref().is_some_and(noted);
                self.written(noted, |drafts| &mut drafts.comment);
                if noted {
                    player.pin(Pinned { time_s: player.time_s, text, strokes: Vec::new() });
                    self.step = DeskStep::Film(person, record);
                }
            }
            (DeskPress::Back, DeskStep::SignIn | DeskStep::Board) => return true,
            (DeskPress::Back, DeskStep::Patient(_)) => self.step = DeskStep::Board,
            (DeskPress::Back, DeskStep::Film(person, _)) => self.open(person),
            (DeskPress::Back, DeskStep::Comment(person, record)) => {
                self.step = DeskStep::Film(person, record)
            }
            (DeskPress::Set(_) | DeskPress::Say(_) | DeskPress::Comment(_), _) => {}
        }
        false
    }

    /// Does what was pressed where a set is shown.
    pub fn film_pressed(&mut self, press: ReplayPress, replay: &mut Replay) {
        match (press, self.step) {
            (ReplayPress::Close, DeskStep::Film(person, _)) => self.open(person),
            (ReplayPress::Beside, DeskStep::Film(person, _)) => self.change_beside(person, replay),
            (ReplayPress::Others, DeskStep::Film(person, _)) => self.change_others(person),
            (ReplayPress::Comment, DeskStep::Film(person, record)) => {
                if let Replay::Showing(player) = replay {
                    player.play(false);
                    self.told = "";
                    self.step = DeskStep::Comment(person, record);
                }
            }
            _ => {}
        }
    }

    fn open(&mut self, person: PersonId) {
        if let Some(desk) = &self.desk {
            desk.open(person);
        }
        if !matches!(self.step, DeskStep::Film(of, _) | DeskStep::Patient(of) if of == person) {
            (self.sets, self.said, self.drafts.message) = Default::default();
        }
        self.step = DeskStep::Patient(person);
    }

    fn show(&mut self, person: PersonId, record: RecordId, replay: &mut Replay) {
        if let Some(desk) = &self.desk {
            desk.open_record(person, record);
            (self.filmed, self.review, self.drafts.comment) = (None, None, String::new());
            (self.traces, self.crowd, self.norm) = Default::default();
            let name = self.sets.iter().find(|(of, _)| *of == Some(record)).map(|(_, set)| &set.name);
            let same = self.sets.iter().filter(|(of, set)| *of != Some(record) && Some(&set.name) == name);
            self.others = same.filter_map(|(of, set)| Some(((*of)?, set.done.clone()))).collect();
            (self.beside, self.besides) = (0, None);
            *replay = Replay::Coming;
            self.step = DeskStep::Film(person, record);
        }
    }

    /// The next one of the same exercise beside it; after the last one the trainer.
    fn change_beside(&mut self, person: PersonId, replay: &mut Replay) {
        self.beside = (self.beside + 1) % (self.others.len() + 1);
        self.besides =
            self.beside.checked_sub(1).and_then(|at| self.others.get(at)).map(|(record, _)| *record);
        if let (Some(desk), Some(record)) = (&self.desk, self.besides) {
            desk.open_record(person, record);
        } else if let Replay::Showing(player) = replay {
            player.stand_beside(None);
        }
    }

    /// How others do it, or that no more.
    fn change_others(&mut self, person: PersonId) {
        let treated = self.seen.treated.as_deref().unwrap_or_default();
        let begun = self.review.as_ref().map(|review| Others::of(treated, person, &review.exercise));
        let shown = self.crowd.is_some() || self.norm.is_some();
        (self.crowd, self.norm) = (begun.filter(|_| !shown), None);
        self.traces.iter_mut().for_each(|trace| trace.others.clear());
    }

    /// Others come one after the other; those who are there are drawn when all are.
    fn gather(&mut self, seen: &Seen, texts: &Texts) {
        let (Some(desk), Some(review), Some(crowd)) = (&self.desk, &self.review, &mut self.crowd) else {
            return;
        };
        let primary = review.curves.iter().find(|curve| curve.primary);
        if crowd.go_on(desk, seen)
            && let Some(curve) = primary
        {
            let norm = crowd.norm(&curve.measure);
            self.traces = words::traces(review, norm.as_ref().ok(), texts);
            (self.crowd, self.norm) = (None, Some(norm));
        }
    }

    /// What was read stands beside it, where it is the same exercise; else the next one does.
    fn take_beside(&mut self, film: Option<Arc<Film>>, replay: &mut Replay) {
        let (DeskStep::Film(person, _), Replay::Showing(player)) = (self.step, &mut *replay) else { return };
        let same = |film: &Arc<Film>| film.exercise.exercise.id == player.film.exercise.exercise.id;
        match film.filter(same) {
            Some(film) if self.beside > 0 => player.stand_beside(Some(film)),
            Some(_) => {}
            None => self.change_beside(person, replay),
        }
    }

    fn written(&mut self, done: bool, draft: fn(&mut Drafts) -> &mut String) {
        self.told = if done { "desk-written" } else { "desk-not-written" };
        self.wrote |= done;
        if done {
            draft(&mut self.drafts).clear();
        }
    }

    /// Takes in what has come.
    fn look(&mut self, texts: &Texts, replay: &mut Replay) {
        if let Some(started) = self.starting.take() {
            match started {
                Ok(desk) => self.desk = Some(desk),
                Err(told) => self.told = told,
            }
        }
        if let Some(review) = self.reviewing.take() {
            self.traces =
                review.as_ref().map(|review| words::traces(review, None, texts)).unwrap_or_default();
            self.review = review;
        }
        if let Some(film) = self.reading.take() {
            self.take_beside(film, replay);
        }
        let Some(desk) = &self.desk else { return };
        self.state = desk.state();
        let seen = desk.seen();
        if self.step == DeskStep::SignIn && (seen.treated.is_some() || seen.refused.is_some()) {
            info!("signed in at the desk");
            (self.step, self.told) = (DeskStep::Board, "");
        }
        if matches!(self.state.told, Some(Told::SignIn(_))) && !self.has_film() {
            // Digits work once, and a stay ends: others are needed.
            self.told =
                if self.step == DeskStep::SignIn { "web-wrong-digits" } else { "web-problem-sign-in" };
            (self.step, self.desk) = (DeskStep::SignIn, None);
            self.drafts.digits.clear();
            return;
        }
        if self.wrote && self.state.told == Some(Told::UpToDate) && self.state.waiting == Default::default() {
            self.wrote = false;
            if let DeskStep::Patient(person) | DeskStep::Film(person, _) | DeskStep::Comment(person, _) =
                self.step
            {
                desk.open(person);
            }
        }
        self.gather(&seen, texts);
        self.take(seen, texts);
        self.take_record(replay);
    }

    /// Puts what has changed into words.
    fn take(&mut self, seen: Seen, texts: &Texts) {
        let same = match (&self.seen.treated, &seen.treated) {
            (Some(before), Some(now)) => Arc::ptr_eq(before, now),
            (before, now) => before.is_none() && now.is_none(),
        };
        self.seen = seen;
        if !same {
            self.rows =
                words::rows(self.seen.treated.as_deref().unwrap_or_default(), &self.directions, texts);
        }
        if let DeskStep::Patient(person) = self.step {
            (self.sets, self.said) = words::patient(&self.seen, person, texts);
        }
    }

    /// The record that was asked for has come, or why it can't be shown.
    fn take_record(&mut self, replay: &mut Replay) {
        let DeskStep::Film(_, wanted) = self.step else { return };
        let Some((record, came)) = &self.seen.record else { return };
        if self.besides == Some(*record) {
            self.besides = None;
            let came = came.clone();
            self.reading.begin("film", move || Film::of(&*came.ok()?).map(Arc::new).ok());
            return;
        }
        if *record != wanted || self.filmed == Some(wanted) {
            return;
        }
        self.filmed = Some(wanted);
        match came {
            Ok(recording) => {
                replay.watch(Arc::clone(recording));
                self.begin_review(Arc::clone(recording));
            }
            Err(missing) => *replay = Replay::Missing(words::missing(*missing)),
        }
    }

    fn begin_review(&mut self, recording: Arc<Recording>) {
        self.reviewing.begin("review", move || {
            SessionReview::of(&recording, &[], CURVES_HZ).map_err(|error| warn!("{error}")).ok()
        });
    }

    /// Those who are treated, in words.
    pub fn rows(&self) -> Vec<RowView> {
        self.rows.iter().map(|(_, row)| row.clone()).collect()
    }

    /// The patient who was opened: what is said of them on the board.
    pub fn row(&self, person: PersonId) -> RowView {
        self.rows.iter().find(|(other, _)| *other == person).map(|(_, row)| row.clone()).unwrap_or_default()
    }

    /// Their sets, newest first.
    pub fn sets(&self) -> Vec<TakenView> {
        self.sets.iter().map(|(_, set)| set.clone()).collect()
    }

    /// What was written, newest first.
    pub fn said(&self) -> &[SaidView] {
        &self.said
    }

    /// The repetition to look at first.
    pub fn worst(&self) -> Option<usize> {
        Some(self.review.as_ref()?.worst.as_ref()?.index)
    }

    /// Who moves beside the person; none where there is nobody to choose.
    pub fn beside(&self, texts: &Texts) -> Option<String> {
        let other = self.beside.checked_sub(1).and_then(|at| self.others.get(at));
        let who = other.map_or_else(|| texts.text("desk-beside-trainer"), |(_, done)| done.clone());
        (!self.others.is_empty()).then_some(who)
    }

    /// Who the others are whose movement is shown, or why there are none; `None` where they are not asked for.
    pub fn others_told(&self, texts: &Texts) -> Option<String> {
        match &self.norm {
            Some(Ok(norm)) => Some(texts.with("review-norm-people", [("people", norm.people.into())])),
            Some(Err(NoNorm::Few { people })) => {
                Some(texts.with("review-norm-few", [("people", (*people).into())]))
            }
            None => self.crowd.as_ref().map(|_| texts.text("desk-others-come")),
        }
    }

    /// What was measured, at this time of the film, seconds.
    pub fn traces(&mut self, time_s: f64, texts: &Texts) -> &[Trace] {
        let now = self.review.as_ref().map(|review| words::now(review, time_s, texts)).unwrap_or_default();
        self.traces.iter_mut().zip(now).for_each(|(trace, now)| trace.now = now);
        &self.traces
    }

    /// Does the clinic still owe an answer?
    pub const fn waits(&self) -> bool {
        self.seen.treated.is_none()
    }

    /// Are the digits being tried?
    pub fn tries(&self) -> bool {
        self.starting.is_on() || self.desk.is_some()
    }

    /// A sentence on the last press, on what may not be seen, or on the connection; may be empty.
    pub fn told(&self, texts: &Texts) -> String {
        let refused = match self.step {
            DeskStep::Patient(person) => {
                self.seen.patient.as_ref().filter(|open| open.person == person).and_then(|open| open.refused)
            }
            _ => self.seen.refused,
        };
        let tries = self.step == DeskStep::SignIn && self.desk.is_some();
        let knows = tries && self.state.told.is_some_and(|told| told != Told::Busy);
        if !self.told.is_empty() && !knows {
            return texts.text(self.told);
        }
        match (refused, self.state.told) {
            (Some(_), _) if matches!(self.step, DeskStep::Patient(_)) => texts.text("desk-no-movements"),
            (Some(refusal), _) => texts.text(&format!("sync-refusal-{}", refusal.id())),
            (None, Some(Told::UpToDate | Told::Busy) | None) => String::new(),
            (None, Some(_)) => self.state.sentence(texts),
        }
    }
}

/// Takes in what has come, a few times a second.
pub struct DeskPlugin;

impl Plugin for DeskPlugin {
    fn build(&self, app: &mut App) {
        app.add_systems(
            Update,
            look.run_if(resource_exists::<AtDesk>).after(TakeNewest).before(ReplaySystems),
        );
    }
}

fn look(mut desk: ResMut<AtDesk>, texts: Res<Texts>, mut replay: ResMut<Replay>) {
    if desk.looked.is_none_or(|looked| looked.elapsed() >= LOOK) {
        desk.looked = Some(Instant::now());
        desk.look(&texts, &mut replay);
    }
}
