//! The set that is under way: starts the coaching thread, takes its newest state each frame, obeys the buttons.

mod eye;
mod live;
mod pipeline;
mod record;
mod set;

pub use eye::{EstimatorFactory, EyeSetup, LoadedEstimator, demo_clip};
pub use live::{Event, Failure, FailureKind, Live, Outcome, Slot, Status, Taken};
pub use pipeline::Command;
pub use set::SetSpec;

use crate::{
    audio::Voice,
    desk::AtDesk,
    locale::{Language, Texts},
    play::Playing,
    scene::Quality,
    visit::Visiting,
};
use baro_coach::{CueId, Exercise, ExerciseError, setup::Guide};
use baro_home::ExerciseFile;
use baro_motion::Side;
use bevy::{
    app::{AppExit, TerminalCtrlCHandlerPlugin},
    asset::RenderAssetUsages,
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{Builder, JoinHandle},
    time::{Duration, Instant},
};

/// Commands that may wait for the coaching thread, which looks every 30 ms.
const COMMANDS: usize = 8;
/// Cues and ended repetitions that may wait for the window: more than come in a minute.
const EVENTS: usize = 64;
/// How long a cue stays on the screen, seconds.
pub const CAPTION_S: f32 = 4.5;
/// How long closing the window waits for the record to be closed.
const CLOSE_WITHIN: Duration = Duration::from_secs(4);

/// An exercise file can't be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum ExerciseFileError {
    #[error("there is no exercise {id}: can't read {path} ({source}); `ls` that folder for what there is")]
    Read { id: String, path: PathBuf, source: std::io::Error },
    #[error("the exercise file {path} has a fault: {source}")]
    Parse { path: PathBuf, source: ExerciseError },
}

/// Name of an exercise's or game's files: `shoulder_abduction` for `shoulder-abduction`.
pub fn file_stem(id: &str) -> String {
    id.replace('-', "_")
}

/// Reads `exercises/ID.toml` from the assets folder.
///
/// # Errors
/// The file is missing or has a fault; the message names it.
pub fn load_exercise(assets: &Path, id: &str) -> Result<ExerciseFile, ExerciseFileError> {
    let path = assets.join("exercises").join(format!("{}.toml", file_stem(id)));
    let text = std::fs::read_to_string(&path).map_err(|source| ExerciseFileError::Read {
        id: id.into(),
        path: path.clone(),
        source,
    })?;
    let exercise = Exercise::from_toml(&text).map_err(|source| ExerciseFileError::Parse { path, source })?;
    Ok(ExerciseFile { exercise: Arc::new(exercise), toml: text.into() })
}

/// The exercises of this run, in order, and which one is under way.
#[derive(Resource)]
pub struct Routine {
    exercises: Vec<ExerciseFile>,
    current: usize,
    /// Everything but the exercise and its demo clip.
    base: SetSpec,
    assets_dir: PathBuf,
}

impl Routine {
    /// A routine of at least one exercise.
    pub fn new(exercises: Vec<ExerciseFile>, assets_dir: PathBuf, base: SetSpec) -> Self {
        Self { exercises, current: 0, base, assets_dir }
    }

    /// The exercise under way.
    pub fn current(&self) -> &Exercise {
        &self.exercises.get(self.current).unwrap_or(&self.base.exercise).exercise
    }

    /// Only this one, from now on.
    pub fn show(&mut self, exercise: ExerciseFile) {
        self.exercises = vec![exercise];
        self.current = 0;
    }

    /// The one after it; `None` where there is only one.
    pub fn next(&self) -> Option<&Exercise> {
        (self.exercises.len() > 1).then(|| &*self.exercises[self.next_index()].exercise)
    }

    const fn next_index(&self) -> usize {
        (self.current + 1) % self.exercises.len()
    }

    fn set(&self) -> SetSpec {
        let exercise = self.exercises.get(self.current).unwrap_or(&self.base.exercise).clone();
        let demo = demo_clip(&self.assets_dir, &exercise.exercise.id);
        SetSpec { exercise, demo, ..self.base.clone() }
    }
}

/// What the eye looks through, for whenever it has to be opened.
#[derive(Resource, Clone)]
pub struct EyeChoice(pub EyeSetup);

/// The coaching thread, seen from the window.
#[derive(Resource)]
pub struct Session {
    /// The newest state.
    pub live: Live,
    /// Number of the newest set.
    set: u32,
    commands: Option<SyncSender<Command>>,
    events: Mutex<Receiver<Event>>,
    slot: Arc<Slot>,
    thread: Option<JoinHandle<()>>,
}

impl Session {
    /// Opens the eye; `demo` is the clip to show where there is no camera.
    pub fn open(setup: EyeSetup, demo: PathBuf) -> Self {
        let (commands, command_end) = sync_channel(COMMANDS);
        let (event_end, events) = sync_channel(EVENTS);
        let slot = Arc::new(Slot::default());
        let links = pipeline::Links { commands: command_end, events: event_end, slot: slot.clone() };
        let spawned = Builder::new().name("coach".into()).spawn(move || pipeline::run(&setup, &demo, &links));
        let mut live = Live::default();
        if let Err(error) = &spawned {
            live.status = Status::Failed(Failure::new(FailureKind::Program, error));
        }
        Self {
            live,
            set: 0,
            commands: Some(commands),
            events: Mutex::new(events),
            slot,
            thread: spawned.ok(),
        }
    }

    /// Number of the set that was asked for last.
    pub const fn number(&self) -> u32 {
        self.set
    }

    /// Begins a set.
    pub fn begin(&mut self, spec: SetSpec) {
        self.ask(|number| Command::Begin(number, Box::new(spec)));
    }

    /// Guides the person to where a set's exercise can be seen.
    pub fn set_up(&mut self, spec: SetSpec) {
        self.live.guide = Guide::default();
        self.ask(|number| Command::SetUp(number, Box::new(spec)));
    }

    /// Asks for something new; what is about something earlier is no longer true.
    fn ask(&mut self, command: impl FnOnce(u32) -> Command) {
        self.set += 1;
        self.live.status = Status::Starting;
        self.command(command(self.set));
    }

    /// Nothing is looked at until the eye is opened.
    pub fn asleep() -> Self {
        let (_, events) = sync_channel(1);
        let live = Live { status: Status::Watching, ..Live::default() };
        Self { live, set: 0, commands: None, events: Mutex::new(events), slot: Arc::default(), thread: None }
    }

    /// Is the eye closed?
    pub const fn is_asleep(&self) -> bool {
        self.commands.is_none()
    }

    /// Is there nothing left that could coach?
    pub const fn is_dead(&self) -> bool {
        matches!(self.live.status, Status::Failed(_))
    }

    /// Asks the thread.
    pub fn command(&self, command: Command) {
        if let Some(commands) = &self.commands {
            // Full or closed: the thread is ending anyway, or will read the eight before it.
            let _ = commands.try_send(command);
        }
    }

    /// Takes over what is newest. What is about an earlier set than the one that was asked for is no longer true.
    fn look(&mut self) -> Taken {
        self.notice_death();
        let taken = self.slot.take(&mut self.live);
        if self.live.set != self.set && !self.is_dead() && !self.is_asleep() {
            self.live.status = Status::Starting;
            self.live.guide = Guide::default();
        }
        taken
    }

    fn take_events(&mut self) -> Vec<Event> {
        self.events.get_mut().unwrap_or_else(PoisonError::into_inner).try_iter().collect()
    }

    /// A thread that ended without a last word has panicked.
    fn notice_death(&mut self) {
        if !self.is_asleep() && !self.is_dead() && self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            self.slot.take(&mut self.live);
            if !self.is_dead() {
                self.live.status =
                    Status::Failed(Failure::new(FailureKind::Program, "the coaching thread died"));
            }
        }
    }
}

impl Drop for Session {
    /// Closes the record properly: the thread sees the closed queue and finishes.
    fn drop(&mut self) {
        self.commands = None;
        let deadline = Instant::now() + CLOSE_WITHIN;
        while let Some(thread) = self.thread.take() {
            if thread.is_finished() || Instant::now() > deadline {
                break; // one that hangs in a driver is left behind: what it recorded is on the disk
            }
            self.thread = Some(thread);
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// What a button or a key asks for.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Stop for a moment.
    Pause,
    /// Go on.
    Resume,
    /// End the set.
    Finish,
    /// Show or hide the camera picture.
    TogglePicture,
    /// The other language.
    SwitchLanguage,
    /// This language.
    SetLanguage(Language),
    /// Show or hide the reason of the score.
    ToggleWhy,
    /// Voice on or off.
    ToggleSound,
    /// The other picture quality.
    SwitchQuality,
    /// The same exercise once more.
    Again,
    /// The next exercise.
    Next,
    /// Close the window.
    Quit,
}

/// A raised hand of the person's own left or right has chosen.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandChose(pub Side);

/// The text of a QR code that is held before the camera.
#[derive(Message, Debug, Clone, PartialEq, Eq)]
pub struct CodeSeen(pub String);

/// The cue on the screen.
#[derive(Resource, Debug, Default, Clone, PartialEq)]
pub struct Caption {
    /// What was said last, while it still matters.
    pub cue: Option<CueId>,
    left_s: f32,
}

/// What the person has switched.
#[derive(Resource, Debug, Clone, PartialEq)]
pub struct ViewSettings {
    /// Is the camera picture shown?
    pub picture: bool,
    /// Is the reason of the score shown?
    pub why: bool,
    /// Do people see themselves as in a mirror?
    pub mirror: bool,
}

/// The camera picture as the renderer has it.
#[derive(Resource)]
pub struct PreviewImage(pub Handle<Image>);

/// Takes the newest state, then obeys, then takes the visit on; what shows the state runs after these.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct CoachingSystems;

/// The first part of [`CoachingSystems`]: what is newest is there.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct TakeNewest;

/// The coaching thread and the buttons. Needs [`Routine`], [`EyeChoice`], [`Texts`] and [`Voice`].
pub struct CoachingPlugin;

impl Plugin for CoachingPlugin {
    fn build(&self, app: &mut App) {
        app.add_message::<Action>()
            .add_message::<HandChose>()
            .add_message::<CodeSeen>()
            .init_resource::<Caption>()
            .insert_resource(ViewSettings { picture: true, why: false, mirror: true })
            .add_systems(Startup, (start, make_preview))
            .add_systems(Update, (look, obey).chain().in_set(TakeNewest).in_set(CoachingSystems))
            // Both only ask for the end.
            .configure_sets(Update, CoachingSystems.ambiguous_with(TerminalCtrlCHandlerPlugin::exit_on_flag));
    }
}

fn start(
    mut commands: Commands,
    routine: Res<Routine>,
    eye: Res<EyeChoice>,
    playing: Res<Playing>,
    visiting: Option<Res<Visiting>>,
    desk: Option<Res<AtDesk>>,
) {
    let session = if visiting.is_some() || desk.is_some() {
        // A visit opens the eye when it is time, and allowed; who treats needs none.
        Session::asleep()
    } else if playing.is_on() {
        // A game only looks.
        Session::open(eye.0.clone(), routine.set().demo)
    } else {
        begin(&routine, &eye)
    };
    commands.insert_resource(session);
}

/// Opens the eye and begins the set under way.
fn begin(routine: &Routine, eye: &EyeChoice) -> Session {
    let set = routine.set();
    let mut session = Session::open(eye.0.clone(), set.demo.clone());
    session.begin(set);
    session
}

fn make_preview(mut commands: Commands, mut images: ResMut<Assets<Image>>) {
    let size = Extent3d { width: 1, height: 1, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    let image = Image::new_fill(size, TextureDimension::D2, &[255; 4], format, RenderAssetUsages::all());
    commands.insert_resource(PreviewImage(images.add(image)));
}

/// Takes over the newest state, picture and events.
#[expect(clippy::too_many_arguments, reason = "what is new goes to many places")]
fn look(
    mut session: ResMut<Session>,
    mut caption: ResMut<Caption>,
    mut images: ResMut<Assets<Image>>,
    preview: Res<PreviewImage>,
    texts: Res<Texts>,
    voice: Res<Voice>,
    playing: Res<Playing>,
    time: Res<Time<Real>>,
    mut chosen: MessageWriter<HandChose>,
    mut codes: MessageWriter<CodeSeen>,
) {
    let session = &mut *session;
    if session.look() == Taken::WithPicture
        && let Some(mut image) = images.get_mut(&preview.0)
    {
        let picture = &session.live.preview;
        let size =
            Extent3d { width: picture.width.max(1), height: picture.height.max(1), depth_or_array_layers: 1 };
        image.texture_descriptor.size = size;
        let data = image.data.get_or_insert_default();
        data.clear();
        data.extend_from_slice(&picture.rgba);
        data.resize((size.width * size.height * 4) as usize, 255);
    }
    caption.left_s -= time.delta_secs();
    if caption.left_s < 0.0 && caption.cue.is_some() {
        caption.cue = None;
    }
    for event in session.take_events() {
        match event {
            // A game gives its own cues.
            _ if playing.is_on() => {}
            Event::Cue(id) => {
                voice.say(&id, texts.text(&id), texts.language());
                *caption = Caption { cue: Some(id), left_s: CAPTION_S };
            }
            Event::RepEnded { complete: true, count } => {
                let key = format!("count-{count}");
                // There are words for the first twenty; a speech service can say any number.
                let known = texts.has(texts.language(), &key);
                let text = if known { texts.text(&key) } else { count.to_string() };
                voice.say(&key, text, texts.language());
            }
            Event::RepEnded { complete: false, .. } => {}
            Event::HandCount(number) => {
                let key = format!("count-{number}");
                voice.say(&key, texts.text(&key), texts.language());
            }
            Event::Code(text) => {
                codes.write(CodeSeen(text));
            }
            Event::Hand(side) => {
                chosen.write(HandChose(side));
            }
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "each button touches another resource")]
fn obey(
    mut actions: MessageReader<Action>,
    mut session: ResMut<Session>,
    mut routine: ResMut<Routine>,
    eye: Res<EyeChoice>,
    mut texts: ResMut<Texts>,
    mut voice: ResMut<Voice>,
    mut view: ResMut<ViewSettings>,
    mut caption: ResMut<Caption>,
    mut quality: ResMut<Quality>,
    mut exit: MessageWriter<AppExit>,
) {
    for action in actions.read() {
        match action {
            Action::Pause => {
                session.command(Command::Pause);
                say(&voice, &texts, "say-paused");
            }
            Action::Resume => {
                session.command(Command::Resume);
                say(&voice, &texts, "say-resumed");
            }
            Action::Finish => {
                session.command(Command::Finish);
                say(&voice, &texts, "say-finished");
            }
            Action::TogglePicture => view.picture = !view.picture,
            Action::SwitchLanguage => {
                let other = texts.language().other();
                texts.set_language(other);
            }
            Action::SetLanguage(language) => texts.set_language(*language),
            Action::ToggleWhy => view.why = !view.why,
            Action::ToggleSound => {
                let muted = voice.muted();
                voice.set_muted(!muted);
            }
            Action::SwitchQuality => {
                *quality = if *quality == Quality::High { Quality::Low } else { Quality::High };
            }
            Action::Again | Action::Next => {
                if *action == Action::Next {
                    routine.current = routine.next_index();
                }
                *caption = Caption::default();
                if session.is_dead() {
                    *session = begin(&routine, &eye);
                } else {
                    session.begin(routine.set());
                }
            }
            Action::Quit => {
                exit.write(AppExit::Success);
            }
        }
    }
}

fn say(voice: &Voice, texts: &Texts, key: &str) {
    voice.say(key, texts.text(key), texts.language());
}
