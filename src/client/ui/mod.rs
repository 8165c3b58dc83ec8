//! What is drawn over the room: the coaching screen and the result, in egui with a theme of our own.

mod coach_screen;
mod game;
mod layout;
mod result_screen;
mod theme;
mod words;

pub use theme::{FontError, Fonts};

use crate::{
    audio::Voice,
    coaching::{
        Action, Caption, CoachingSystems, Live, PreviewImage, Routine, Session, Status, ViewSettings,
    },
    locale::Texts,
    play::{GameControl, Playing},
    scene::{Quality, Stage, StageCamera, place},
};
use baro_coach::Exercise;
use bevy::{ecs::system::SystemParam, prelude::*};
use bevy_egui::{
    EguiContexts, EguiGlobalSettings, EguiPlugin, EguiPrimaryContextPass, EguiTextureHandle,
    EguiUserTextures, PrimaryEguiContext,
    egui::{self, Pos2, Rect, TextureId, UiBuilder, pos2},
};

/// The keys of the names under the bodies, and where those stand.
const LABELS: [(&str, Vec3); 2] = [("label-you", place::PERSON), ("label-trainer", place::TRAINER)];

/// Everything a screen shows.
struct Shown<'a> {
    live: &'a Live,
    caption: &'a Caption,
    exercise: &'a Exercise,
    next: Option<&'a Exercise>,
    texts: &'a Texts,
    voice: &'a Voice,
    view: &'a ViewSettings,
    /// Is the picture a reduced one?
    reduced: bool,
    preview_texture: TextureId,
    /// Names under the bodies.
    labels: &'a [(Pos2, &'static str)],
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

/// Screens, buttons and keys.
pub struct UiPlugin;

impl Plugin for UiPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(EguiPlugin::default())
            .add_systems(PreStartup, window_camera)
            .add_systems(PostStartup, textures)
            .add_systems(Update, keys.before(CoachingSystems))
            .add_systems(EguiPrimaryContextPass, draw);
        if let Some(mut settings) = app.world_mut().get_resource_mut::<EguiGlobalSettings>() {
            settings.auto_create_primary_context = false;
        }
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
    textures: Res<'w, Textures>,
}

fn draw(
    mut contexts: EguiContexts,
    fonts: Res<Fonts>,
    mut fonts_there: Local<bool>,
    world: World,
    camera: Query<(&Camera, &GlobalTransform), With<StageCamera>>,
    mut actions: MessageWriter<Action>,
    mut controls: MessageWriter<GameControl>,
) {
    // There is none while the window is being closed.
    let Ok(context) = contexts.ctx_mut() else { return };
    if !*fonts_there {
        *fonts_there = true;
        fonts.install(context);
        return; // egui has them from its next pass on
    }
    let physical = context.viewport_rect().size() * context.pixels_per_point();
    let pixels = layout::unit_pixels(physical);
    let native = context.native_pixels_per_point().unwrap_or(1.0);
    if (context.pixels_per_point() - pixels).abs() > 1e-3 {
        context.set_zoom_factor(pixels / native);
        return;
    }
    let area = context.viewport_rect();
    let mut ui = egui::Ui::new(
        context.clone(),
        "screen".into(),
        UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(area),
    );
    let reduced = *world.quality == Quality::Low;
    ui.visuals_mut().window_shadow = theme::card_shadow(reduced);
    let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    ui.painter().image(world.textures.stage, area, whole, egui::Color32::WHITE);
    let labels = camera.single().map(|(camera, at)| labels(camera, at, area)).unwrap_or_default();
    let shown = Shown {
        live: &world.session.live,
        caption: &world.caption,
        exercise: world.routine.current(),
        next: world.routine.next(),
        texts: &world.texts,
        voice: &world.voice,
        view: &world.view,
        reduced,
        preview_texture: world.textures.preview,
        labels: &labels,
    };
    if let Some((control, action)) = game::show(&mut ui, &shown, &world.playing) {
        controls.write_batch(control);
        actions.write_batch(action);
        return;
    }
    let pressed = match &shown.live.status {
        Status::Ended(outcome) => result_screen::show(&mut ui, &shown, outcome),
        Status::Failed(failure) => result_screen::show_failure(&mut ui, &shown, failure),
        Status::Starting | Status::Watching | Status::Running | Status::Paused | Status::CameraLost => {
            coach_screen::show(&mut ui, &shown)
        }
    };
    actions.write_batch(pressed);
}

/// Where the bodies' names stand in the window.
fn labels(camera: &Camera, at: &GlobalTransform, area: Rect) -> Vec<(Pos2, &'static str)> {
    let Some(size) = camera.logical_viewport_size() else { return Vec::new() };
    let below_the_feet = Vec3::new(0.0, 0.0, 0.42);
    LABELS
        .into_iter()
        .filter_map(|(key, place)| {
            let point = camera.world_to_viewport(at, place + below_the_feet).ok()? / size;
            Some((area.min + egui::vec2(point.x, point.y) * area.size(), key))
        })
        .collect()
}

/// The keyboard. Keys are taken by their place, so that they work with a Hangul layout too.
fn keys(
    keyboard: Res<ButtonInput<KeyCode>>,
    mut contexts: EguiContexts,
    session: Option<Res<Session>>,
    routine: Res<Routine>,
    playing: Res<Playing>,
    mut actions: MessageWriter<Action>,
    mut controls: MessageWriter<GameControl>,
) {
    let Some(session) = session else { return };
    // With a button in focus, Space and Enter press that button.
    let focused = contexts.ctx_mut().is_ok_and(|context| context.memory(|memory| memory.focused().is_some()));
    let pressed = [
        KeyCode::Space,
        KeyCode::Enter,
        KeyCode::Escape,
        KeyCode::KeyV,
        KeyCode::KeyL,
        KeyCode::KeyM,
        KeyCode::KeyQ,
    ];
    for key in pressed.into_iter().filter(|key| keyboard.just_pressed(*key)) {
        if focused && matches!(key, KeyCode::Space | KeyCode::Enter) {
            continue;
        }
        if playing.is_on() && !matches!(key, KeyCode::KeyL | KeyCode::KeyM | KeyCode::KeyQ | KeyCode::KeyV) {
            controls.write_batch(game::control_of(key, &playing));
            continue;
        }
        actions.write_batch(action_of(key, &session.live.status, routine.next().is_some()));
    }
}

/// What a key does on the screen that is shown.
fn action_of(key: KeyCode, status: &Status, has_next: bool) -> Option<Action> {
    let over = matches!(status, Status::Ended(_) | Status::Failed(_));
    match key {
        KeyCode::KeyL => Some(Action::SwitchLanguage),
        KeyCode::KeyM => Some(Action::ToggleSound),
        KeyCode::KeyQ => Some(Action::SwitchQuality),
        KeyCode::Escape if over => Some(Action::Quit),
        KeyCode::Enter if matches!(status, Status::Ended(_)) && has_next => Some(Action::Next),
        KeyCode::Enter | KeyCode::Space if over => Some(Action::Again),
        KeyCode::Space if matches!(status, Status::Paused) => Some(Action::Resume),
        KeyCode::Space => Some(Action::Pause),
        KeyCode::Enter | KeyCode::Escape => Some(Action::Finish),
        KeyCode::KeyV if !over => Some(Action::TogglePicture),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coaching::{Failure, FailureKind};

    #[test]
    fn keys_mean_what_the_screen_shows() {
        let failed =
            Status::Failed(Failure { kind: FailureKind::Source, detail: "gone".into(), outcome: None });
        for (key, status, action) in [
            (KeyCode::Space, &Status::Running, Some(Action::Pause)),
            (KeyCode::Space, &Status::Paused, Some(Action::Resume)),
            (KeyCode::Enter, &Status::Running, Some(Action::Finish)),
            (KeyCode::Escape, &Status::Paused, Some(Action::Finish)),
            (KeyCode::Escape, &failed, Some(Action::Quit)),
            (KeyCode::Enter, &failed, Some(Action::Again)),
            (KeyCode::KeyV, &failed, None),
            (KeyCode::KeyV, &Status::CameraLost, Some(Action::TogglePicture)),
            (KeyCode::KeyA, &Status::Running, None),
        ] {
            assert_eq!(action_of(key, status, true), action, "{key:?} {status:?}");
        }
    }
}
