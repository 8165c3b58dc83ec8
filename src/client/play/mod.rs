//! Games in the room: the person's limbs as bodies of the physics engine, and the things that they touch.
//!
//! Write [`GameControl`]; show [`Playing`]; keep the report that comes with [`GameEnded`]. What is asked and what it is worth
//! is decided by [`baro_coach::game`]; here are only the physics and the pictures. Physics runs at a fixed step, and only
//! while a game does.

mod limbs;
mod props;
mod sense;

use crate::{
    audio::Voice,
    coaching::{CoachingSystems, Command, Session, demo_clip, file_stem},
    locale::Texts,
};
use baro_coach::{
    CueId, ExerciseError,
    game::{Game, GameReport, GameView, Happened, Play},
};
use bevy::prelude::*;
use bevy_rapier3d::prelude::{NoUserData, PhysicsSet, RapierPhysicsPlugin, TimestepMode};
use std::path::{Path, PathBuf};

/// Steps of play and physics in a second.
pub const STEPS_HZ: f64 = 64.0;
/// How long a cue stays on the screen, seconds.
const CAPTION_S: f32 = 3.0;

/// A game and how hard it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct GameChoice {
    /// The game.
    pub game: Game,
    /// From 0; past the last, the last.
    pub level: usize,
    /// The clip to look at where there is no camera.
    pub demo: PathBuf,
}

/// A game file can't be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum GameFileError {
    #[error("there is no game {id}: can't read {path} ({source}); `ls` that folder for what there is")]
    Read { id: String, path: PathBuf, source: std::io::Error },
    #[error("the game file {path} has a fault: {source}")]
    Parse { path: PathBuf, source: ExerciseError },
}

impl GameChoice {
    /// Reads `games/ID.toml` from the assets folder.
    ///
    /// # Errors
    /// The file is missing or has a fault; the message names it.
    pub fn load(assets: &Path, id: &str, level: usize) -> Result<Self, GameFileError> {
        let path = assets.join("games").join(format!("{}.toml", file_stem(id)));
        let text = std::fs::read_to_string(&path).map_err(|source| GameFileError::Read {
            id: id.into(),
            path: path.clone(),
            source,
        })?;
        let game = Game::from_toml(&text).map_err(|source| GameFileError::Parse { path, source })?;
        Ok(Self::new(assets, game, level))
    }

    /// A game, watched through the clip in the assets folder where there is no camera.
    pub fn new(assets: &Path, game: Game, level: usize) -> Self {
        let demo = demo_clip(assets, &game.watched_as);
        Self { game, level, demo }
    }
}

/// What a screen, a key or a voice asks of the games.
#[derive(Message, Debug, Clone, PartialEq)]
pub enum GameControl {
    /// Begin this one; a game under way is given up, a set is finished.
    Start(Box<GameChoice>),
    /// Stand still.
    Pause,
    /// Go on.
    Resume,
    /// End it now; it is judged by what was done.
    End,
    /// The same once more.
    Again,
    /// Put it away, report and all.
    Close,
}

/// A game has ended, by itself or because it was asked to. Sent once for each game.
#[derive(Message, Debug, Clone, PartialEq)]
pub struct GameEnded(pub GameReport);

/// Something happened in the game.
#[derive(Message, Debug, Clone, Copy, PartialEq, Eq)]
pub struct GameHappened(pub Happened);

/// The game under way, or the one that has ended and is still shown.
#[derive(Resource, Debug, Default)]
pub struct Playing {
    play: Option<Play>,
    choice: Option<Box<GameChoice>>,
    paused: bool,
    told: bool,
    caption: Option<CueId>,
    caption_left_s: f32,
}

impl Playing {
    /// This game, about to begin.
    pub fn new(choice: Box<GameChoice>) -> Self {
        Self { play: Play::new(choice.game.clone(), choice.level), choice: Some(choice), ..Self::default() }
    }

    /// Is a game there, under way or ended?
    pub const fn is_on(&self) -> bool {
        self.play.is_some()
    }

    /// Does time pass in it? Not while paused, and not once it has ended.
    pub fn is_moving(&self) -> bool {
        !self.paused && self.play.as_ref().is_some_and(|play| !play.is_over())
    }

    /// Has the person paused it?
    pub const fn is_paused(&self) -> bool {
        self.paused
    }

    /// The game.
    pub fn game(&self) -> Option<&Game> {
        self.play.as_ref().map(Play::game)
    }

    /// What a screen shows.
    pub fn view(&self) -> Option<GameView> {
        self.play.as_ref().map(Play::view)
    }

    /// What it came to; `None` until it has ended.
    pub fn report(&self) -> Option<&GameReport> {
        self.play.as_ref().filter(|play| play.is_over()).map(Play::report)
    }

    /// The cue that was said last, while it still matters.
    pub const fn caption(&self) -> Option<&CueId> {
        self.caption.as_ref()
    }
}

/// Systems that read the controls and say the cues; what shows the game runs after these.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct GameSystems;

/// The games. Idle, and without cost, until [`GameControl::Start`].
pub struct PlayPlugin;

impl Plugin for PlayPlugin {
    fn build(&self, app: &mut App) {
        // One step of the engine for each step of the schedule.
        let step = TimestepMode::Fixed { dt: (1.0 / STEPS_HZ) as f32, substeps: 1 };
        app.insert_resource(Time::<Fixed>::from_hz(STEPS_HZ))
            .insert_resource(step)
            .add_plugins(RapierPhysicsPlugin::<NoUserData>::default().in_fixed_schedule())
            .init_resource::<Playing>()
            .init_resource::<sense::Sensed>()
            .init_resource::<props::Paint>()
            .add_message::<GameControl>()
            .add_message::<GameEnded>()
            .add_message::<GameHappened>()
            .configure_sets(FixedUpdate, (PhysicsSet::SyncBackend, PhysicsSet::Writeback).run_if(moving))
            .configure_sets(FixedUpdate, PhysicsSet::StepSimulation.run_if(moving.and_then(seen)))
            .add_systems(
                FixedUpdate,
                (
                    (sense::sense, limbs::follow, props::arrange).chain().before(PhysicsSet::SyncBackend),
                    (sense::judge, props::leave).chain().after(PhysicsSet::Writeback),
                )
                    .run_if(moving),
            )
            .add_systems(Update, (control, speak).chain().in_set(GameSystems).after(CoachingSystems));
    }
}

fn moving(playing: Res<Playing>) -> bool {
    playing.is_moving()
}

fn seen(sensed: Res<sense::Sensed>) -> bool {
    sensed.seen().is_some()
}

/// All that a game puts into the room.
type OfGame = Or<(With<limbs::Limb>, With<props::Thing>)>;

fn control(
    mut controls: MessageReader<GameControl>,
    mut playing: ResMut<Playing>,
    mut sensed: ResMut<sense::Sensed>,
    mut ended: MessageWriter<GameEnded>,
    things: Query<Entity, OfGame>,
    session: Option<Res<Session>>,
    mut commands: Commands,
) {
    for control in controls.read() {
        match control {
            GameControl::Pause => playing.paused = playing.is_on(),
            GameControl::Resume => playing.paused = false,
            GameControl::End => playing.play.iter_mut().for_each(Play::end),
            GameControl::Start(_) | GameControl::Again | GameControl::Close => {
                things.iter().for_each(|thing| commands.entity(thing).despawn());
                *sensed = sense::Sensed::default();
                let before = std::mem::take(&mut *playing);
                let choice = match control {
                    GameControl::Start(choice) => Some(choice.clone()),
                    GameControl::Again => before.choice,
                    _ => None,
                };
                if let (GameControl::Start(choice), Some(session)) = (control, &session) {
                    session.command(Command::Watch(choice.demo.clone()));
                }
                *playing = choice.map(Playing::new).unwrap_or_default();
            }
        }
    }
    if !playing.told
        && let Some(report) = playing.report().cloned()
    {
        playing.told = true;
        things.iter().for_each(|thing| commands.entity(thing).despawn());
        ended.write(GameEnded(report));
    }
}

/// Says what has happened, and keeps its caption.
fn speak(
    mut happened: MessageReader<GameHappened>,
    mut playing: ResMut<Playing>,
    time: Res<Time>,
    voice: Option<Res<Voice>>,
    texts: Option<Res<Texts>>,
) {
    if !playing.is_on() {
        happened.clear();
        return;
    }
    playing.caption_left_s -= time.delta_secs();
    if playing.caption_left_s < 0.0 {
        playing.caption = None;
    }
    for GameHappened(what) in happened.read() {
        let Some(cue) = playing.play.as_ref().and_then(|play| cue_of(*what, play)) else { continue };
        if let (Some(voice), Some(texts)) = (&voice, &texts) {
            voice.say(&cue, texts.text(&cue), texts.language());
        }
        (playing.caption, playing.caption_left_s) = (Some(cue), CAPTION_S);
    }
}

fn cue_of(what: Happened, play: &Play) -> Option<CueId> {
    let game = play.game();
    match what {
        Happened::Began => Some(game.start_cue.clone()),
        Happened::Blind => Some(game.unseen_cue.clone()),
        Happened::Over => play.report().closing_cue().map(CueId::from),
        what => what.cue(game.kind).map(CueId::from),
    }
}

#[cfg(test)]
mod tests;
