//! What the coach knows, as the plain data that screens show.

use crate::{
    audio::{Voice, VoiceState},
    capture::{DemoReason, SourceNote},
    coaching::{Live, Status, ViewSettings},
    scene::Quality,
};
use baro_home::{Palette, Settings};
use baro_motion::Side;
use baro_screens::{Hand, Hands, Look, Preview, Scheme, Sound, Source, hud::Stage};
use bevy_egui::egui::TextureId;

/// Where the picture comes from.
pub fn source(note: &SourceNote) -> Source<'_> {
    match note {
        SourceNote::Camera(name) => Source::Camera(name),
        SourceNote::File(name) => Source::File(name),
        SourceNote::Demo(DemoReason::Asked) => Source::Demo,
        SourceNote::Demo(DemoReason::NoCamera) => Source::DemoNoCamera,
        SourceNote::Demo(DemoReason::CameraFailed(_)) => Source::DemoCameraFailed,
    }
}

/// Can cues be heard?
pub fn sound(voice: &Voice) -> Sound {
    match voice.state() {
        _ if voice.muted() => Sound::Muted,
        VoiceState::NoDevice => Sound::NoDevice,
        VoiceState::Starting | VoiceState::System | VoiceState::Bundled => Sound::On,
    }
}

/// The camera picture, while it is to be shown and there is one.
pub fn preview<'a>(live: &'a Live, view: &ViewSettings, texture: TextureId) -> Option<Preview<'a>> {
    let aspect = live.preview.aspect().filter(|_| view.picture)?;
    Some(Preview { texture, aspect, mirror: live.mirror, body: live.pose.as_ref().map(|pose| &pose.image) })
}

/// Where a set is; `None` where it is over.
pub const fn stage(status: &Status) -> Option<Stage> {
    match status {
        Status::Starting | Status::Watching => Some(Stage::Starting),
        Status::Running => Some(Stage::Running),
        Status::Paused => Some(Stage::Paused),
        Status::CameraLost => Some(Stage::CameraLost),
        Status::Ended(_) | Status::Failed(_) => None,
    }
}

/// The raised hands; a hand that has just chosen, only in this frame. `watched`: does someone look at them?
pub fn hands(live: &Live, watched: bool, chose: Option<Side>) -> Hands {
    if !watched {
        return Hands::NONE;
    }
    let filled = |side: Side| Some(live.hands.progress[side.index()].unwrap_or_default());
    let hand = |side| if side == Side::Left { Hand::Left } else { Hand::Right };
    Hands { right: filled(Side::Right), left: filled(Side::Left), chose: chose.map(hand) }
}

/// How the person wants everything to look.
pub fn look(settings: &Settings, quality: Quality) -> Look {
    Look {
        scheme: match settings.palette {
            Palette::Light => Scheme::Light,
            Palette::Dark => Scheme::Dark,
            Palette::HighContrast => Scheme::HighContrast,
        },
        text_scale: settings.text_scale,
        reduced_motion: settings.reduced_motion,
        reduced_picture: quality == Quality::Low,
    }
}
