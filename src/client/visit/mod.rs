//! The home visit in the window: one person's way from welcome to summary.
//!
//! [`baro_home::visit::Visit`] decides; here its events are gathered (presses, raised hands, what the coach sees, time) and its effects
//! are done (sets, voice, files). The screens that belong to its steps are drawn by [`crate::ui`].

mod clinic;
mod device;
mod eye;
pub(crate) mod job;
mod lock;
pub(crate) mod messages;
mod questions;
pub mod rooms;
mod start;
pub mod words;

use clinic::Clinic;
use lock::Lock;
#[cfg(test)]
pub use questions::Questions;
pub use start::{PROGRAM, open};

use crate::{
    audio::Voice,
    avatar::BODIES,
    coaching::{
        Action, CoachingSystems, CodeSeen, Command, EyeChoice, Routine, Session, SetSpec, TakeNewest,
        demo_clip,
    },
    crash,
    locale::{Language, Texts},
    play::{GameChoice, GameControl, GameEnded},
    scene::Cast,
};
use baro_coach::{Exercise, SideChoice, game::Game, plan::Dose, safety::Urgency};
use baro_home::{
    Body, Catalogue, Choice, Effect, Event, Home, Moment, Notice, PersonFiles, PersonId, Purpose, Settings,
    Step, Visit, diary::GameDone, visit::Start,
};
use baro_screens::{
    flow::Drafts,
    rooms::{Chosen, HistoryTab, LibraryDraft, SettingsDraft},
};
use bevy::{ecs::system::SystemParam, prelude::*};
use jiff::Zoned;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// How often it is tried again to write what could not be written.
const RETRY: Duration = Duration::from_secs(10);

/// Something for the visit to take in, from whatever screen.
#[derive(Message, Debug, Clone, PartialEq)]
pub struct VisitEvent(pub Event);

/// The visit under way, and what it is kept in. There is none where single exercises were asked for on the command line.
#[derive(Resource)]
pub struct Visiting {
    home: Home,
    /// The settings of this device.
    pub settings: Settings,
    /// Every exercise and routine that the program ships with.
    shelf: Arc<Catalogue>,
    /// Those, and what the plan brought with it.
    pub catalogue: Arc<Catalogue>,
    files: PersonFiles,
    /// The connection with a clinic.
    pub clinic: Clinic,
    /// What the records are locked with.
    pub lock: Lock,
    /// Where it is.
    pub visit: Visit,
    /// Answers that are being given.
    pub drafts: Drafts,
    /// What the rooms beside the way hold.
    pub rooms: Rooms,
    /// The words of the screen that stands.
    pub made: Made,
    /// Names of the cameras.
    pub cameras: Vec<String>,
    /// Where the last export went; empty where there was none.
    pub exported: String,
    /// The game that is to begin.
    game: Option<Box<GameChoice>>,
    /// What the visit wanted done before there was a window to do it.
    waiting: Vec<Effect>,
    /// Everyone who exercises here.
    pub people: Vec<(PersonId, String)>,
    /// What was found damaged and set right; told once.
    pub notices: Vec<Notice>,
    /// There is no camera: the bundled demo is shown.
    pub demo: bool,
    /// It was looked whether someone new without a camera is to be shown what has a demo.
    first_look: bool,
    assets: PathBuf,
    /// The set at the coach: the visit's number of it.
    run: Option<u32>,
    /// What the visit was told last about the person being seen.
    seen: Option<bool>,
    retry: Timer,
}

/// What is being looked at in the rooms beside the way.
#[derive(Debug, Clone, Default)]
pub struct Rooms {
    /// Settings.
    pub settings: SettingsDraft,
    /// Library.
    pub library: LibraryDraft,
    /// History.
    pub history: HistoryTab,
}

/// Words that take the whole diary to make, kept until something happens in the visit.
#[derive(Debug, Clone, Default)]
pub struct Made {
    language: Option<Language>,
    /// Why nothing can be done, and how urgent it is.
    pub blocked: Option<(Urgency, Vec<String>)>,
    /// Today's plan.
    pub today: Option<words::TodayWords>,
    /// What was done.
    pub summary: Option<words::SummaryWords>,
    /// The history.
    pub history: Option<rooms::HistoryWords>,
    /// May a game begin?
    pub may_play: Option<bool>,
}

impl Made {
    /// The words in the language of `texts`; those of another one are forgotten.
    pub fn of(&mut self, texts: &Texts) -> &mut Self {
        let language = Some(texts.language());
        if self.language != language {
            *self = Self { language, ..Self::default() };
        }
        self
    }
}

/// The visit. Does nothing where there is no [`Visiting`].
pub struct VisitPlugin;

impl Plugin for VisitPlugin {
    fn build(&self, app: &mut App) {
        app.add_message::<VisitEvent>().add_systems(
            Update,
            (device::apply_settings, take_on, show_exercise)
                .chain()
                .run_if(resource_exists::<Visiting>)
                .after(TakeNewest)
                .in_set(VisitSystems)
                .in_set(CoachingSystems),
        );
    }
}

/// Where in `Update` the visit takes in what happened.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct VisitSystems;

/// What the effects are done with.
struct Hands<'a> {
    session: &'a mut Session,
    eye: &'a EyeChoice,
    voice: &'a Voice,
    texts: &'a Texts,
}

/// What the window tells the visit, and the visit the games.
#[derive(SystemParam)]
struct Messages<'w, 's> {
    events: MessageReader<'w, 's, VisitEvent>,
    played: MessageReader<'w, 's, GameEnded>,
    codes: MessageReader<'w, 's, CodeSeen>,
    games: MessageWriter<'w, GameControl>,
}

fn take_on(
    mut visiting: ResMut<Visiting>,
    mut session: ResMut<Session>,
    eye: Res<EyeChoice>,
    voice: Res<Voice>,
    texts: Res<Texts>,
    time: Res<Time<Real>>,
    mut messages: Messages,
) {
    let visiting = &mut *visiting;
    if visiting.mind_the_lock() {
        // What comes before it is opened is not done later.
        messages.events.clear();
        return;
    }
    let mut hands = Hands { session: &mut session, eye: &eye, voice: &voice, texts: &texts };
    let waiting = std::mem::take(&mut visiting.waiting);
    visiting.perform_all(waiting, &mut hands);
    for VisitEvent(event) in messages.events.read() {
        visiting.apply(event.clone(), &mut hands);
    }
    if let Some(game) = visiting.game.take() {
        hands.wake(&game.demo);
        messages.games.write(GameControl::Start(game));
    }
    for report in messages.played.read().filter_map(|GameEnded(report)| GameDone::of(report)) {
        visiting.apply(Event::Played(report), &mut hands);
    }
    for CodeSeen(code) in messages.codes.read() {
        if std::mem::take(&mut visiting.clinic.read) {
            visiting.rooms.settings.clinic.code.clone_from(code);
        }
    }
    visiting.clinic.mind_the_code(visiting.visit.step() == Step::Settings, &mut hands);
    if let Some(event) = visiting.look_at_the_clinic() {
        visiting.apply(event, &mut hands);
    }
    visiting.learn(&texts);
    for event in visiting.seen_events(hands.session) {
        visiting.apply(event, &mut hands);
    }
    visiting.apply(Event::Tick { elapsed_s: time.delta_secs_f64() }, &mut hands);
    if let Some(event) = visiting.first_look() {
        visiting.apply(event, &mut hands);
    }
    visiting.mind_the_eye(&mut hands);
    if visiting.retry.tick(time.delta()).just_finished() && visiting.files.waiting() > 0 {
        // Said on the screen as long as it lasts.
        let _ = visiting.files.retry();
    }
}

/// The bodies in the room show the exercise that is its turn, and the person as they wish to be shown.
fn show_exercise(visiting: Res<Visiting>, mut routine: ResMut<Routine>, mut cast: ResMut<Cast>) {
    let visit = &visiting.visit;
    if visit.step() == Step::Replay {
        return;
    }
    if let Some(person) = &visit.known().person {
        let [woman, man, mannequin] = BODIES;
        let (body, trainer) = match person.body {
            Body::Woman => (woman, man),
            Body::Man => (man, woman),
            Body::Mannequin => (mannequin, man),
        };
        cast.set_if_neq(Cast { person: body, trainer, ..cast.clone() });
    }
    let first = || visit.today().items.first().map(|item| item.planned.dose.exercise.as_str());
    let item = || visit.item().map(|item| item.dose.exercise.as_str());
    let looked_at = visiting.rooms.library.chosen.as_ref().filter(|_| visit.step() == Step::Library);
    let id = match looked_at {
        Some(Chosen::Game(id, _)) => visiting.catalogue.game(id).map(|game| game.watched_as.as_str()),
        Some(Chosen::Plan(Choice::Exercise(id))) => Some(id.as_str()),
        Some(Chosen::Plan(Choice::Routine(id))) => {
            let routine = visiting.catalogue.routine(id);
            routine.and_then(|routine| Some(routine.items.first()?.dose.exercise.as_str()))
        }
        None => item().or_else(first),
    };
    let shown = &routine.current().id;
    if let Some(id) = id.filter(|id| id != shown)
        && let Some(file) = visiting.catalogue.exercise(id)
    {
        routine.show(file.clone());
    }
}

impl Visiting {
    /// Everything done is on the disk.
    pub fn kept(&self) -> bool {
        self.files.waiting() == 0
    }

    /// Where reports of failures lie.
    pub fn crashes(&self) -> PathBuf {
        self.home.crashes()
    }

    /// Reports of failures are kept only where the person agreed, and without their name or where their files are.
    pub fn agree_to_reports(&self) {
        let known = self.visit.known();
        let name = known.person.as_ref().map(|person| person.name.clone()).unwrap_or_default();
        let folder = self.home.folder().display().to_string();
        crash::agree(known.consents.given(Purpose::CrashReports), [name, folder]);
    }

    /// Begins a game of the library.
    pub fn play(&mut self, id: &str, level: usize) {
        let Some(game) = self.catalogue.game(id) else { return };
        self.game = Some(Box::new(GameChoice::new(&self.assets, Game::clone(game), level)));
    }

    /// Changes the settings and keeps them.
    pub fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        change(&mut self.settings);
        if let Err(error) = self.home.save_settings(&self.settings) {
            warn!("{error}");
        }
    }

    /// Takes over what the settings screen gave; the rest is for the window to do.
    pub fn take_settings(&mut self, settings: Settings) -> Option<Action> {
        let before = std::mem::replace(&mut self.settings, settings);
        self.change_settings(|_| {});
        let now = &self.settings;
        now.language.filter(|_| now.language != before.language).map(Action::SetLanguage)
    }

    /// Where a record of the person lies; `None` where that is no file name.
    pub fn record(&self, name: &str) -> Option<PathBuf> {
        let plain = Path::new(name).file_name() == Some(name.as_ref());
        plain.then(|| self.files.records().join(name))
    }

    /// Writes everything about the person into a new folder beside the data.
    pub fn export(&mut self, texts: &Texts) {
        let into = self.home.folder().join("exports");
        self.exported = match baro_home::export(&self.files, self.visit.known(), &into, now()) {
            Ok(done) => done.folder.display().to_string(),
            Err(error) => {
                warn!("{error}");
                texts.text(error.key())
            }
        };
    }

    /// Writes an appointment as a calendar file beside the data, by its place among what was written.
    pub fn keep_appointment(&mut self, newest: usize, texts: &Texts) {
        let Some(post) = self.clinic.messages.post(newest) else { return };
        let Some((name, file)) = self.clinic.calendar(post, texts) else { return };
        let folder = self.home.folder().join("exports");
        let path = folder.join(name);
        let written = fs::create_dir_all(&folder).and_then(|()| fs::write(&path, file));
        self.clinic.messages.told = match written {
            Ok(()) => texts.with("rooms-appointment-kept", [("path", path.display().to_string().into())]),
            Err(error) => {
                warn!("{error}");
                texts.text("rooms-appointment-not-kept")
            }
        };
    }

    /// Deletes everything about the person, and begins with someone new.
    pub fn delete(&mut self) {
        self.clinic.close();
        match self.home.delete_person(self.files.id()) {
            Ok(_) => {
                self.settings.last_person = None;
                self.waiting = self.change_person(None);
                self.people = self.home.people().unwrap_or_default();
            }
            Err(error) => warn!("{error}"),
        }
    }

    /// Takes in one event and does what follows from it.
    fn apply(&mut self, event: Event, hands: &mut Hands) {
        let before = self.visit.step();
        if !matches!(event, Event::Tick { .. }) {
            self.made = Made::default();
        }
        let effects = self.visit.apply(event, now());
        if self.visit.step() != before {
            self.agree_to_reports();
            self.made = Made::default();
            if !self.visit.step().is_room() {
                self.rooms = Rooms::default();
            }
        }
        self.perform_all(effects, hands);
    }

    /// Does what the visit wants, and what follows from it.
    fn perform_all(&mut self, mut effects: Vec<Effect>, hands: &mut Hands) {
        while !effects.is_empty() {
            let mut more = Vec::new();
            for effect in effects {
                more.extend(self.perform(effect, hands));
            }
            effects = more;
        }
    }

    fn perform(&mut self, effect: Effect, hands: &mut Hands) -> Vec<Effect> {
        match effect {
            Effect::OpenPerson(id) => return self.change_person(Some(&id)),
            Effect::CreatePerson => return self.change_person(None),
            Effect::StartSetUp(start) => {
                if let Some(set) = self.set(&start) {
                    hands.wake(&set.demo);
                    hands.session.set_up(set);
                    self.seen = None;
                }
            }
            Effect::StartSet(start) => {
                if let Some(set) = self.set(&start) {
                    hands.wake(&set.demo);
                    hands.session.begin(set);
                    (self.run, self.seen) = (Some(start.run), None);
                }
            }
            Effect::ChangeDose(dose) => hands.session.command(Command::Enough(dose.reps)),
            Effect::PauseSet => hands.session.command(Command::Pause),
            Effect::ResumeSet => hands.session.command(Command::Resume),
            Effect::EndSet => hands.session.command(Command::Finish),
            Effect::Say(key) => hands.voice.say(key, hands.texts.text(key), hands.texts.language()),
            keep => {
                if let Err(error) = self.files.keep(&keep) {
                    warn!("{error}");
                }
                self.clinic.wrote();
                if matches!(keep, Effect::SavePerson(_)) {
                    let last = Some(self.files.id().clone());
                    self.change_settings(|settings| settings.last_person = last);
                    self.people = self.home.people().unwrap_or_default();
                }
            }
        }
        Vec::new()
    }

    /// Begins the visit of someone known, or of someone new.
    fn change_person(&mut self, id: Option<&PersonId>) -> Vec<Effect> {
        let (files, known, notices) = match id.map(|id| self.home.person(id)) {
            Some(Ok(opened)) => opened,
            Some(Err(error)) => {
                warn!("{error}");
                return Vec::new();
            }
            None => {
                let (files, known) = self.home.new_person();
                (files, known, Vec::new())
            }
        };
        self.notices.extend(notices);
        self.drafts = Drafts::of(&known);
        (self.clinic, self.lock) = (Clinic::open(files.folder()), Lock::of(files.folder()));
        self.files = files;
        let last = known.id.clone();
        self.change_settings(|settings| settings.last_person = Some(last));
        let (visit, effects) = Visit::open(known, self.shelf.clone(), start::PROGRAM, now());
        self.visit = visit;
        if id.is_none() {
            let mut more = effects;
            more.extend(self.visit.apply(Event::NewPerson, now()));
            return more;
        }
        effects
    }

    /// Knows the exercises that came with plans.
    fn learn(&mut self, texts: &Texts) {
        self.clinic.messages.learn(texts);
        let catalogue = self.visit.catalogue();
        if !Arc::ptr_eq(&self.catalogue, catalogue) {
            self.catalogue = Arc::clone(catalogue);
            self.catalogue.taught().for_each(|file| learn_name(&file.exercise, texts));
            self.made = Made::default();
        }
    }

    /// A set of a class: as long as the class does it, kept where the person's movements are kept.
    pub fn class_set(&self, id: &str) -> Option<SetSpec> {
        let exercise = self.catalogue.exercise(id)?.clone();
        let keeps = self.visit.known().consents.given(Purpose::Movements) && !self.lock.is_shut();
        Some(SetSpec {
            demo: self.demo_of(id),
            exercise,
            side: SideChoice::Auto,
            dose: Dose::default(),
            reps: None,
            records_dir: keeps.then(|| self.files.records()),
        })
    }

    /// The clip of an exercise, for where there is no camera.
    pub fn demo_of(&self, exercise: &str) -> PathBuf {
        demo_clip(&self.assets, exercise)
    }

    /// What the person is called; may be empty.
    pub fn name(&self) -> String {
        self.visit.known().person.as_ref().map(|person| person.name.clone()).unwrap_or_default()
    }

    /// May the camera look?
    pub fn may_look(&self) -> bool {
        self.visit.known().consents.given(Purpose::Camera)
    }

    fn set(&self, start: &Start) -> Option<SetSpec> {
        let exercise = self.catalogue.exercise(&start.dose.exercise)?.clone();
        Some(SetSpec {
            demo: demo_clip(&self.assets, &exercise.exercise.id),
            exercise,
            side: start.dose.side,
            dose: start.dose.dose(),
            reps: Some(start.dose.reps),
            records_dir: (start.record && !self.lock.is_shut()).then(|| self.files.records()),
        })
    }
}

/// Nothing for one that ships: a locale file has its name.
fn learn_name(exercise: &Exercise, texts: &Texts) {
    if let Some(names) = &exercise.names {
        texts.learn(&exercise.name_key, [&names.en, &names.ko]);
    }
}

impl Hands<'_> {
    /// Opens the eye where it is closed, or opens it again where it failed.
    fn wake(&mut self, demo: &std::path::Path) {
        if self.session.is_asleep() || self.session.is_dead() {
            *self.session = Session::open(self.eye.0.clone(), demo.into());
        }
    }
}

/// Now, on the person's calendar.
pub fn now() -> Moment {
    #[cfg(test)]
    if let Some(clock) = CLOCK.get() {
        return Moment::of(clock);
    }
    Moment::of(&Zoned::now())
}

/// A time that stands still, for pictures that have a date in them.
#[cfg(test)]
pub static CLOCK: std::sync::OnceLock<Zoned> = std::sync::OnceLock::new();

#[cfg(test)]
pub mod tests;
