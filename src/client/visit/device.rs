//! What the settings say about this device: screen, picture, voice, camera.

use super::Visiting;
use crate::{
    audio::Voice,
    capture::SourceChoice,
    coaching::{EyeChoice, Session, ViewSettings},
    scene::{AutomaticQuality, Cast, Quality, TrainerPlace},
};
use baro_home::{Quality as Wish, Settings};
use baro_vision::{CameraRequest, SourceSpec};
use bevy::{
    prelude::*,
    window::{MonitorSelection, PrimaryWindow, WindowMode},
};

/// Brings the device to the settings, when the window opens and whenever they change.
#[expect(clippy::too_many_arguments, reason = "each setting touches another resource")]
pub fn apply_settings(
    mut applied: Local<Option<Settings>>,
    visiting: Res<Visiting>,
    automatic: Res<AutomaticQuality>,
    mut quality: ResMut<Quality>,
    mut voice: ResMut<Voice>,
    mut eye: ResMut<EyeChoice>,
    mut session: ResMut<Session>,
    mut view: ResMut<ViewSettings>,
    mut cast: ResMut<Cast>,
    mut windows: Query<&mut Window, With<PrimaryWindow>>,
) {
    let now = &visiting.settings;
    if applied.as_ref() == Some(now) {
        return;
    }
    let before = applied.replace(now.clone());
    let changed =
        |same: fn(&Settings, &Settings) -> bool| before.as_ref().is_none_or(|then| !same(then, now));
    // How it begins, the command line may have said.
    if changed(|a, b| a.voice == b.voice) && before.is_some() {
        voice.set_muted(!now.voice);
    }
    view.mirror = now.mirror;
    cast.place = if now.trainer_over { TrainerPlace::Over } else { TrainerPlace::Beside };
    if changed(|a, b| a.volume == b.volume) {
        voice.set_volume(now.volume);
    }
    if changed(|a, b| a.quality == b.quality) {
        let wanted = match now.quality {
            Wish::Auto => automatic.0,
            Wish::Low => Quality::Low,
            Wish::Medium => Quality::Medium,
            Wish::High => Quality::High,
        };
        quality.set_if_neq(wanted);
    }
    if changed(|a, b| a.full_screen == b.full_screen) && (now.full_screen || before.is_some()) {
        for mut window in &mut windows {
            window.mode = if now.full_screen {
                WindowMode::BorderlessFullscreen(MonitorSelection::Current)
            } else {
                WindowMode::Windowed
            };
        }
    }
    if changed(|a, b| a.camera == b.camera) && (now.camera.is_some() || before.is_some()) {
        eye.0.source = camera(now.camera.as_deref());
        if !session.is_asleep() {
            *session = Session::asleep(); // it wakes with the other camera
        }
    }
}

/// The camera of this name; the first that works where it is not there.
fn camera(name: Option<&str>) -> SourceChoice {
    let cameras = baro_vision::list_cameras().unwrap_or_default();
    match cameras.iter().find(|camera| Some(camera.name.as_str()) == name) {
        Some(camera) => {
            let request = CameraRequest { index: Some(camera.index), ..CameraRequest::default() };
            SourceChoice::Given(SourceSpec::Camera(request))
        }
        None => SourceChoice::Auto,
    }
}
