//! What is drawn over the room: shows what the coach and the visit know on the screens of [`baro_screens`], and turns presses
//! into actions and events.

mod class;
mod desk;
mod direct;
mod game;
mod replay;
mod view;
mod visit;

use crate::{
    audio::Voice,
    avatar::AvatarPose,
    class::{ClassAction, Classroom, OthersBody},
    coaching::{
        Action, Caption, CoachingSystems, HandChose, Live, PreviewImage, Routine, Session, ViewSettings,
    },
    desk::{AtDesk, DeskStep},
    locale::Texts,
    play::{GameControl, Playing},
    replay::{Replay, shift},
    scene::{Cast, Framing, OwnBody, Quality, Stage, StageCamera, TrainerPlace, Who, place},
    visit::{VisitEvent, Visiting},
};
use baro_coach::Exercise;
use baro_home::{Event, Settings, Step, visit::Room};
use baro_screens::{Fonts, Hands, Look, Preview, hud, layout::unit_pixels};
use bevy::{asset::AssetEventSystems, ecs::system::SystemParam, prelude::*};
use bevy_egui::{
    EguiContext, EguiContexts, EguiGlobalSettings, EguiInput, EguiPlugin, EguiPostUpdateSet,
    EguiPreUpdateSet, EguiPrimaryContextPass, EguiTextureHandle, EguiUserTextures, PrimaryEguiContext,
    egui::{self, Pos2, Rect, TextureId, UiBuilder, pos2},
};
use std::path::{Path, PathBuf};
use visit::Press;

/// The keys of the names under the bodies, and where those stand.
const LABELS: [(&str, Vec3); 2] = [(YOU, place::PERSON), (TRAINER, place::TRAINER)];
const YOU: &str = "label-you";
const TRAINER: &str = "label-trainer";

/// Everything a screen shows.
struct Shown<'a> {
    live: &'a Live,
    caption: &'a Caption,
    exercise: &'a Exercise,
    next: Option<&'a Exercise>,
    texts: &'a Texts,
    voice: &'a Voice,
    view: &'a ViewSettings,
    replay: &'a Replay,
    look: Look,
    hands: Hands,
    preview_texture: TextureId,
    /// Names under the bodies.
    labels: &'a [(Pos2, &'static str)],
    /// What a therapist drew, where it is in the window.
    strokes: &'a [Vec<Pos2>],
    asked: hud::Asked,
    set: Option<(u32, u32)>,
    tempo: Option<hud::Tempo>,
}

impl Shown<'_> {
    fn preview(&self) -> Option<Preview<'_>> {
        view::preview(self.live, self.view, self.preview_texture).filter(|_| self.view.picture)
    }

    /// What the camera sees, whether or not the person wants to see themselves.
    fn camera(&self) -> Option<Preview<'_>> {
        view::preview(self.live, self.view, self.preview_texture)
    }
}

/// The font files could not be read.
#[derive(Debug, thiserror::Error)]
#[error("can't read the font {path}: {source}; install Baro again or give its folder with --assets")]
pub struct FontError {
    path: PathBuf,
    source: std::io::Error,
}

/// The screens' fonts.
#[derive(Resource)]
pub struct ScreenFonts(Fonts);

impl ScreenFonts {
    /// Reads the fonts from the assets folder.
    ///
    /// # Errors
    /// The file that is missing.
    pub fn load(assets: &Path) -> Result<Self, FontError> {
        let read = |name: &str| {
            let path = assets.join("fonts").join(name);
            std::fs::read(&path).map_err(|source| FontError { path, source })
        };
        Ok(Self(Fonts::new(read("Pretendard-Regular.otf")?, read("Pretendard-Bold.otf")?)))
    }
}

/// The pictures that egui shows.
#[derive(Resource)]
struct Textures {
    stage: TextureId,
    preview: TextureId,
}

/// The camera that the window and egui draw with. Where it draws is decided by whoever makes the app.
#[derive(Component)]
pub struct WindowCamera;

/// Where in `EguiPrimaryContextPass` the screens are drawn.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct DrawScreens;

/// Screens, buttons and keys.
pub struct UiPlugin;

impl Plugin for UiPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(EguiPlugin::default())
            .add_systems(PreStartup, window_camera)
            .add_systems(PostStartup, textures)
            .add_systems(Update, keys.before(CoachingSystems))
            .add_systems(
                PreUpdate,
                forget_unchanged.after(EguiPreUpdateSet::ProcessInput).before(EguiPreUpdateSet::BeginPass),
            )
            .add_systems(EguiPrimaryContextPass, draw.in_set(DrawScreens))
            // Else a glyph that is new is seen one frame late.
            .configure_sets(PostUpdate, EguiPostUpdateSet::PostProcessOutput.before(AssetEventSystems));
        if let Some(mut settings) = app.world_mut().get_resource_mut::<EguiGlobalSettings>() {
            settings.auto_create_primary_context = false;
        }
    }
}

/// bevy_egui tells in each frame which modifier keys are down, as if it were news; egui would draw again at once, without end. Its
/// version for the next Bevy does this by itself.
fn forget_unchanged(mut contexts: Query<(&mut EguiInput, &mut EguiContext)>) {
    for (mut input, mut context) in &mut contexts {
        let now = context.get_mut().input(|input| input.modifiers);
        input.events.retain(|event| *event != egui::Event::ModifiersChanged(now));
    }
}

fn window_camera(mut commands: Commands) {
    commands.spawn((WindowCamera, Camera2d, Msaa::Off, PrimaryEguiContext));
}

fn textures(
    mut commands: Commands,
    mut users: ResMut<EguiUserTextures>,
    stage: Res<Stage>,
    preview: Res<PreviewImage>,
) {
    commands.insert_resource(Textures {
        stage: users.add_image(EguiTextureHandle::Strong(stage.image.clone())),
        preview: users.add_image(EguiTextureHandle::Strong(preview.0.clone())),
    });
}

/// Where the bodies stand, and from where they are seen.
#[derive(SystemParam)]
struct Sight<'w, 's> {
    camera: Query<'w, 's, (&'static Camera, &'static GlobalTransform), With<StageCamera>>,
    others: Query<'w, 's, (&'static OthersBody, &'static Transform)>,
    own: Query<'w, 's, &'static AvatarPose, With<OwnBody>>,
}

#[derive(SystemParam)]
struct World<'w> {
    session: Res<'w, Session>,
    caption: Res<'w, Caption>,
    routine: Res<'w, Routine>,
    texts: Res<'w, Texts>,
    voice: Res<'w, Voice>,
    view: Res<'w, ViewSettings>,
    quality: Res<'w, Quality>,
    playing: Res<'w, Playing>,
    cast: Res<'w, Cast>,
    replay: ResMut<'w, Replay>,
    framing: ResMut<'w, Framing>,
    classroom: ResMut<'w, Classroom>,
    textures: Res<'w, Textures>,
    fonts: Res<'w, ScreenFonts>,
}

/// What a press on a screen sets off.
#[derive(SystemParam)]
struct Presses<'w, 's> {
    hands: MessageReader<'w, 's, HandChose>,
    actions: MessageWriter<'w, Action>,
    events: MessageWriter<'w, VisitEvent>,
    controls: MessageWriter<'w, GameControl>,
    class: MessageWriter<'w, ClassAction>,
}

/// What egui was given for its look.
#[derive(Default)]
struct Given {
    fonts: bool,
    look: Option<Look>,
    /// A screen was drawn.
    shown: bool,
}

fn draw(
    mut contexts: EguiContexts,
    mut given: Local<Given>,
    mut world: World,
    (mut visiting, mut at_desk): (Option<ResMut<Visiting>>, Option<ResMut<AtDesk>>),
    Sight { camera, others, own }: Sight,
    time: Res<Time<Real>>,
    mut presses: Presses,
) {
    // There is none while the window is being closed.
    let Ok(context) = contexts.ctx_mut() else { return };
    let without_visit = Settings::default();
    let settings = match (&visiting, &at_desk) {
        (Some(visiting), _) => &visiting.settings,
        (None, Some(desk)) => desk.settings(),
        (None, None) => &without_visit,
    };
    let (look, hands_free) = (view::look(settings, *world.quality), settings.hands_free);
    if !given.prepare(context, &world.fonts.0, look) {
        return; // egui has them from its next pass on
    }
    if !std::mem::replace(&mut given.shown, true) {
        info!("the first screen after {:.2} s", time.startup().elapsed().as_secs_f64());
    }
    let area = context.viewport_rect();
    let mut ui = egui::Ui::new(
        context.clone(),
        "screen".into(),
        UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(area),
    );
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    ui.painter().image(world.textures.stage, area, whole, egui::Color32::WHITE);
    let mut labels = camera.single().map(|(camera, at)| labels(camera, at, area)).unwrap_or_default();
    let names =
        camera.single().map(|(camera, at)| names(camera, at, area, others.iter())).unwrap_or_default();
    let strokes =
        camera.single().map(|(camera, at)| strokes(camera, at, area, &world.replay, own.single().ok()));
    let strokes = strokes.unwrap_or_default();
    if at_desk.is_some() {
        labels.iter_mut().filter(|(_, key)| *key == YOU).for_each(|(_, key)| *key = "desk-label");
    }
    if world.replay.observed().is_some_and(|shown| shown.beside.is_some()) {
        labels.iter_mut().filter(|(_, key)| *key == TRAINER).for_each(|(_, key)| *key = "desk-beside-label");
    }
    if world.cast.place == TrainerPlace::Over {
        labels.retain(|(_, key)| *key != TRAINER);
    }
    let step = visiting.as_ref().map(|visiting| visiting.visit.step());
    let at_desk_step = at_desk.as_ref().map(|desk| match desk.step() {
        DeskStep::Film(..) => Step::Replay,
        _ => Step::Today,
    });
    let step = step.or(at_desk_step);
    let live = &world.session.live;
    world.framing.set_if_neq(match world.playing.is_on() {
        true => Framing { who: Who::Person, ..Framing::default() },
        false if step == Some(Step::Class) && world.classroom.is_on() => crate::class::framing(),
        false => view::framing(step, &live.status),
    });
    let watched = hands_free && !world.session.is_asleep() && live.mirror;
    let chose = presses.hands.read().last().map(|chose| chose.0);
    let mut shown = Shown {
        live,
        caption: &world.caption,
        exercise: world.routine.current(),
        next: world.routine.next(),
        texts: &world.texts,
        voice: &world.voice,
        view: &world.view,
        replay: &world.replay,
        look,
        hands: view::hands(live, watched, chose),
        preview_texture: world.textures.preview,
        labels: &labels,
        strokes: &strokes,
        asked: hud::Asked::default(),
        set: None,
        tempo: None,
    };
    if let Some((control, action)) = game::show(&mut ui, &shown, &world.playing, visiting.is_some()) {
        presses.controls.write_batch(control);
        presses.actions.write_batch(action);
        return;
    }
    if let Some(desk) = at_desk.as_deref_mut() {
        match desk::show(&mut ui, &shown, desk) {
            Some(desk::Press::Desk(press)) => {
                let leaves = desk.pressed(press, &mut world.replay);
                presses.actions.write_batch(leaves.then_some(Action::Quit));
            }
            Some(desk::Press::Film(press)) => {
                replay::obey(&mut world.replay, press);
                desk.film_pressed(press, &mut world.replay);
            }
            None => {}
        }
        return;
    }
    match visiting.as_deref_mut() {
        None => {
            presses.actions.write_batch(direct::show(&mut ui, &shown));
        }
        Some(visiting) => match visit::show(&mut ui, &mut shown, visiting, &mut world.classroom, &names) {
            Some(Press::Visit(event)) => {
                presses.events.write(VisitEvent(event));
            }
            Some(Press::Window(action)) => {
                if let Action::SetLanguage(language) = action {
                    visiting.change_settings(|settings| settings.language = Some(language));
                }
                presses.actions.write(action);
            }
            Some(Press::Settings(settings)) => {
                presses.actions.write_batch(visiting.take_settings(settings));
            }
            Some(Press::Class(action)) => {
                presses.class.write(action);
            }
            Some(Press::Clinic(press)) => {
                presses.events.write_batch(visiting.clinic_pressed(press));
            }
            Some(Press::Unlock(press)) => visiting.lock.pressed(press),
            Some(Press::Lock(press)) => visiting.lock.change(press),
            Some(Press::Export) => visiting.export(&world.texts),
            Some(Press::Delete) => visiting.delete(),
            Some(Press::Say(text)) => visiting.clinic.say(&text, &world.texts),
            Some(Press::Hear(at)) => visiting.clinic.messages.hear(at, &world.voice, &world.texts),
            Some(Press::Calendar(at)) => visiting.keep_appointment(at, &world.texts),
            Some(Press::Question(press)) => {
                presses.events.write_batch(visiting.question_pressed(press));
            }
            Some(Press::Replay(record, pinned)) => {
                if let Some(path) = visiting.record(&record) {
                    world.replay.open(path, pinned);
                    presses.events.write(VisitEvent(Event::Open(Room::Replay)));
                }
            }
            Some(Press::Play(game, level)) => visiting.play(&game, level),
            Some(Press::Film(press)) => replay::obey(&mut world.replay, press),
            None => {}
        },
    }
}

impl Given {
    /// Gives egui fonts, look and size; false where it has them only from its next pass on.
    fn prepare(&mut self, context: &egui::Context, fonts: &Fonts, look: Look) -> bool {
        if !std::mem::replace(&mut self.fonts, true) {
            fonts.install(context);
            return false;
        }
        if self.look.replace(look) != Some(look) {
            look.apply(context);
        }
        let physical = context.viewport_rect().size() * context.pixels_per_point();
        let pixels = unit_pixels(physical);
        let native = context.native_pixels_per_point().unwrap_or(1.0);
        if (context.pixels_per_point() - pixels).abs() > 1e-3 {
            context.set_zoom_factor(pixels / native);
            return false;
        }
        true
    }
}

/// Where the bodies' names stand in the window.
fn labels(camera: &Camera, at: &GlobalTransform, area: Rect) -> Vec<(Pos2, &'static str)> {
    LABELS.into_iter().filter_map(|(key, place)| Some((label(camera, at, area, place)?, key))).collect()
}

/// Where the names of the others in a class stand, by their slots.
fn names<'a>(
    camera: &Camera,
    at: &GlobalTransform,
    area: Rect,
    others: impl Iterator<Item = (&'a OthersBody, &'a Transform)>,
) -> Vec<(Pos2, u8)> {
    others.filter_map(|(body, place)| Some((label(camera, at, area, place.translation)?, body.0))).collect()
}

/// Where what a therapist drew on the moment that is shown stands in the window.
fn strokes(
    camera: &Camera,
    at: &GlobalTransform,
    area: Rect,
    replay: &Replay,
    body: Option<&AvatarPose>,
) -> Vec<Vec<Pos2>> {
    let Replay::Showing(player) = replay else { return Vec::new() };
    let Some(pinned) = player.pinned() else { return Vec::new() };
    // People who see themselves as in a mirror see what was drawn on them in it too.
    let mirrored = if player.film.mirror { Vec3::new(-1.0, 1.0, 1.0) } else { Vec3::ONE };
    let turn = Quat::from_rotation_y(replay.turn_rad());
    let shift = body.map_or(Vec3::ZERO, |body| shift(player, body));
    let point =
        |point: &Vec3| in_window(camera, at, area, place::PERSON + turn * (*point * mirrored + shift));
    pinned.strokes.iter().map(|stroke| stroke.iter().filter_map(point).collect()).collect()
}

/// Where the name of a body that stands there goes in the window: below its feet.
fn label(camera: &Camera, at: &GlobalTransform, area: Rect, place: Vec3) -> Option<Pos2> {
    in_window(camera, at, area, place + Vec3::new(0.0, 0.0, 0.42))
}

fn in_window(camera: &Camera, at: &GlobalTransform, area: Rect, place: Vec3) -> Option<Pos2> {
    let size = camera.logical_viewport_size()?;
    let point = camera.world_to_viewport(at, place).ok()? / size;
    Some(area.min + egui::vec2(point.x, point.y) * area.size())
}

/// Keys for the window, on every screen that has no text to type. Taken by their place, so that they work with a Hangul layout
/// too; the screens have keys of their own.
fn keys(
    keyboard: Res<ButtonInput<KeyCode>>,
    mut contexts: EguiContexts,
    session: Option<Res<Session>>,
    playing: Res<Playing>,
    classroom: Res<Classroom>,
    mut actions: MessageWriter<Action>,
    mut controls: MessageWriter<GameControl>,
) {
    let typing = contexts.ctx_mut().is_ok_and(|context| context.egui_wants_keyboard_input());
    let Some(session) = session.filter(|_| !typing) else { return };
    let coaching = view::stage(&session.live.status).is_some();
    for key in [KeyCode::KeyV, KeyCode::KeyL, KeyCode::KeyM, KeyCode::KeyQ] {
        // In a class with its voice on, V is held to be heard.
        let talks = key == KeyCode::KeyV && classroom.has_voice();
        if keyboard.just_pressed(key) && !talks {
            actions.write_batch(action_of(key, coaching));
        }
    }
    for key in [KeyCode::Space, KeyCode::Escape].into_iter().filter(|key| keyboard.just_pressed(*key)) {
        if playing.is_on() {
            controls.write_batch(game::control_of(key, &playing));
        }
    }
}

/// What a key does; `coaching`: a set is under way.
const fn action_of(key: KeyCode, coaching: bool) -> Option<Action> {
    match key {
        KeyCode::KeyL => Some(Action::SwitchLanguage),
        KeyCode::KeyM => Some(Action::ToggleSound),
        KeyCode::KeyQ => Some(Action::SwitchQuality),
        KeyCode::KeyV if coaching => Some(Action::TogglePicture),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_mean_what_the_screen_shows() {
        for (key, coaching, action) in [
            (KeyCode::KeyL, false, Some(Action::SwitchLanguage)),
            (KeyCode::KeyM, true, Some(Action::ToggleSound)),
            (KeyCode::KeyQ, true, Some(Action::SwitchQuality)),
            (KeyCode::KeyV, true, Some(Action::TogglePicture)),
            (KeyCode::KeyV, false, None),
            (KeyCode::KeyA, true, None),
        ] {
            assert_eq!(action_of(key, coaching), action, "{key:?}");
        }
    }
}
