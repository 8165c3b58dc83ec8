//! The window: a room, an avatar that follows the person, a trainer, and the coach's words.
//!
//! [`run`] opens it. Coaching runs on a thread of its own ([`coaching`]); the window only shows the newest state,
//! so slow drawing never costs a scored frame.

pub mod audio;
pub mod avatar;

pub mod capture;
pub mod class;
pub mod coaching;
mod crash;
pub mod desk;
pub mod locale;
pub mod play;
pub mod replay;
pub mod scene;
mod screenshot;
pub mod ui;
pub mod visit;

pub use baro_agent::At;
pub use capture::SourceChoice;
pub use class::{ClassChoice, Shown};
pub use coaching::{EstimatorFactory, LoadedEstimator};
pub use desk::DeskChoice;
pub use locale::Language;
pub use scene::Quality;
pub use screenshot::ScreenshotAt;

use audio::Voice;
use baro_coach::{SideChoice, plan::Dose};
use baro_home::{Catalogue, ExerciseFile, Settings};
use bevy::{
    app::{PluginGroupBuilder, ScheduleRunnerPlugin},
    log::LogPlugin,
    prelude::*,
    render::{RenderPlugin, settings::WgpuSettings},
    window::{ExitCondition, WindowResolution},
    winit::WinitPlugin,
};
use coaching::{CoachingPlugin, ExerciseFileError, EyeChoice, EyeSetup, Routine, SetSpec, load_exercise};
use desk::AtDesk;
use locale::{LocaleError, Texts};
use play::{GameChoice, Playing};
use std::{
    path::{Path, PathBuf},
    time::Instant,
};
use ui::ScreenFonts;

/// What is logged where `RUST_LOG` does not say: warnings, without those of drivers that probe for hardware.
const LOG_FILTER: &str = "warn,wgpu=error,naga=error,calloop=error,baro_client=info";

/// How to open the window.
#[derive(Clone)]
pub struct Options {
    /// Folder with avatars, exercises, fonts, locales, sounds and the demo.
    pub assets_dir: PathBuf,
    /// The data folder: settings, people, and what they did; made where it is missing. Sets outside of a visit are recorded
    /// straight into it.
    pub data_dir: PathBuf,
    /// Makes what finds the body in a frame; called on the coaching thread at the beginning of each set.
    pub estimator: EstimatorFactory,
    /// Which picture to coach.
    pub source: SourceChoice,
    /// Ids of exercises to do one by one, in order; none: a home visit, from welcome to summary.
    pub exercises: Vec<String>,
    /// A game to play instead of the exercises: its id, and its level from 1.
    pub game: Option<(String, usize)>,
    /// A class to go straight into.
    pub class: Option<ClassChoice>,
    /// The desk of who treats instead of all that.
    pub desk: Option<DeskChoice>,
    /// Which side is trained, where an exercise trains one.
    pub side: SideChoice,
    /// `None`: the system's.
    pub language: Option<Language>,
    /// `None`: low where the processor has to draw, else high.
    pub quality: Option<Quality>,
    /// Size of the window in pixels when it opens.
    pub window_size: (u32, u32),
    /// Start without voice.
    pub muted: bool,
    /// Pictures of the window to take, for tests and for people who look.
    pub screenshots: Vec<ScreenshotAt>,
    /// Close the window after so many seconds, for tests.
    pub exit_after_s: Option<f64>,
}

/// The window can't open. Everything later is shown in the window.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum ClientError {
    #[error(transparent)]
    Locale(#[from] LocaleError),
    #[error(transparent)]
    Font(#[from] ui::FontError),
    #[error(transparent)]
    Exercise(#[from] ExerciseFileError),
    #[error(transparent)]
    Game(#[from] play::GameFileError),
    #[error("there is no display to open a window on (DISPLAY is not set); start Baro in a desktop session")]
    NoDisplay,
    #[error(transparent)]
    Home(#[from] baro_home::HomeError),
    #[error("no exercise is there to show; install Baro again or give its folder with --assets")]
    NoExercise,
    #[error("the window ended with code {0}; the messages above say why")]
    Ended(u8),
}

/// Opens the window and returns when it is closed. The set under way is finished and its record closed.
///
/// # Errors
/// Assets that are missing or broken, by name.
pub fn run(options: Options) -> Result<(), ClientError> {
    let began = Instant::now();
    if cfg!(all(unix, not(target_os = "macos"))) && std::env::var_os("DISPLAY").is_none_or(|d| d.is_empty()) {
        return Err(ClientError::NoDisplay);
    }
    let mut app = app(options, Surface::Window)?;
    // From the very beginning, so that the log tells how long one waits for the first screen.
    app.insert_resource(Time::<Real>::new(began));
    match app.run() {
        AppExit::Success => Ok(()),
        AppExit::Error(code) => Err(ClientError::Ended(code.get())),
    }
}

/// Where the app draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Surface {
    Window,
    /// Nowhere to be seen: for tests.
    #[cfg_attr(not(test), expect(dead_code, reason = "for tests"))]
    Hidden,
    /// Into a picture: for tests.
    Picture,
}

fn app(options: Options, surface: Surface) -> Result<App, ClientError> {
    let game = options.game.as_ref();
    let game = game
        .map(|(id, level)| GameChoice::load(&options.assets_dir, id, level.saturating_sub(1)))
        .transpose()?;
    // What the camera watches while a game is played.
    let watched = game.as_ref().map(|choice| vec![choice.game.watched_as.clone()]);
    let one_by_one = watched.as_ref().unwrap_or(&options.exercises);
    let visiting = (one_by_one.is_empty() && options.desk.is_none())
        .then(|| visit::open(&options.data_dir, &options.assets_dir, &options.source))
        .transpose()?;
    if let Some(visiting) = visiting.as_ref().filter(|_| surface == Surface::Window) {
        crash::watch(&visiting.crashes());
        visiting.agree_to_reports();
    }
    let desk_settings = options.desk.as_ref().map(|desk| desk.settings.clone());
    let settings = visiting.as_ref().map(|visiting| visiting.settings.clone()).or(desk_settings);
    let settings = settings.unwrap_or_default();
    let language = options.language.or(settings.language).unwrap_or_else(Language::of_system);
    let texts = Texts::load(&options.assets_dir, language)?;
    let fonts = ScreenFonts::load(&options.assets_dir)?;
    let desk = options.desk.clone().map(|choice| at_desk(choice, &options.assets_dir)).transpose()?;
    let exercises = match (&visiting, &desk) {
        (Some(visiting), _) => visiting.catalogue.exercises.first().cloned().into_iter().collect(),
        (None, Some((_, first))) => vec![first.clone()],
        (None, None) => {
            let load = |id: &String| load_exercise(&options.assets_dir, id);
            one_by_one.iter().map(load).collect::<Result<Vec<_>, _>>()?
        }
    };
    let set = SetSpec {
        exercise: exercises.first().cloned().ok_or(ClientError::NoExercise)?,
        side: options.side,
        dose: Dose::default(),
        reps: None,
        demo: PathBuf::new(),
        records_dir: Some(options.data_dir.clone()),
    };
    let eye = EyeSetup {
        source: options.source.clone(),
        estimator: options.estimator.clone(),
        paced: surface == Surface::Window,
    };
    let (width, height) = options.window_size;
    let mut app = App::new();
    app.add_plugins(engine(&options, surface, texts.text("app-name")))
        .insert_resource(texts)
        .insert_resource(fonts)
        .insert_resource(voice(&options, surface, &settings))
        .insert_resource(EyeChoice(eye))
        .insert_resource(Routine::new(exercises, options.assets_dir, set))
        .add_plugins((
            scene::ScenePlugin { quality: options.quality, size: UVec2::new(width, height) },
            CoachingPlugin,
            visit::VisitPlugin,
            class::ClassPlugin,
            replay::ReplayPlugin,
            desk::DeskPlugin,
            avatar::AvatarPlugin,
            play::PlayPlugin,
            scene::BodiesPlugin,
            ui::UiPlugin,
            screenshot::ScreenshotPlugin {
                shots: options.screenshots,
                exit_after_s: options.exit_after_s,
                target: None,
            },
        ));
    if let Some(choice) = game {
        app.insert_resource(Playing::new(Box::new(choice)));
    }
    if let Some(choice) = options.class {
        app.insert_resource(choice);
    }
    if let Some(visiting) = visiting {
        app.insert_resource(visiting);
    }
    if let Some((desk, _)) = desk {
        app.insert_resource(desk);
    }
    Ok(app)
}

/// The desk, and an exercise for the trainer until a set is shown.
fn at_desk(choice: DeskChoice, assets: &Path) -> Result<(AtDesk, ExerciseFile), ClientError> {
    let (catalogue, faults) = Catalogue::load(assets)?;
    for fault in faults {
        warn!("{fault}");
    }
    let first = catalogue.exercises.first().cloned().ok_or(ClientError::NoExercise)?;
    Ok((AtDesk::new(choice, &catalogue), first))
}

fn voice(options: &Options, surface: Surface, settings: &Settings) -> Voice {
    if surface != Surface::Window {
        return Voice::silent();
    }
    let mut voice = Voice::start(options.assets_dir.join("sounds"));
    voice.set_muted(options.muted || !settings.voice);
    voice
}

/// Bevy, with or without a window.
fn engine(options: &Options, surface: Surface, title: String) -> PluginGroupBuilder {
    let (width, height) = options.window_size;
    let window = Window {
        title,
        name: Some("baro".into()),
        // Pixels as given; the screens follow the window's size by themselves.
        resolution: WindowResolution::new(width, height),
        ..default()
    };
    let assets = AssetPlugin { file_path: options.assets_dir.to_string_lossy().into_owned(), ..default() };
    let plugins = DefaultPlugins.build().set(assets).set(LogPlugin {
        filter: LOG_FILTER.into(),
        custom_layer: crash::remember,
        ..default()
    });
    if surface == Surface::Window {
        return plugins.set(WindowPlugin { primary_window: Some(window), ..default() });
    }
    let nowhere = WindowPlugin { primary_window: None, exit_condition: ExitCondition::DontExit, ..default() };
    let plugins = plugins.set(nowhere).disable::<WinitPlugin>().disable::<LogPlugin>();
    let plugins = plugins.add(ScheduleRunnerPlugin::default());
    if surface == Surface::Picture {
        return plugins;
    }
    let render_creation = WgpuSettings { backends: None, ..default() }.into();
    plugins.set(RenderPlugin { render_creation, ..default() })
}

#[cfg(test)]
mod budget;

#[cfg(test)]
mod tour;

#[cfg(test)]
mod tests;
