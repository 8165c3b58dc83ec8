//! What the coach knows, as the plain data that screens show.

use crate::{
    audio::{Voice, VoiceState},
    capture::{DemoReason, SourceNote},
    coaching::{Live, Status, ViewSettings},
    scene::{Framing, Quality, Who},
};
use baro_home::{Palette, Settings, Step};
use baro_motion::Side;
use baro_screens::{Hand, Hands, Look, Preview, Scheme, Sound, Source, free_part, hud::Stage};
use bevy::math::Vec2;
use bevy_egui::egui::{Pos2, Rect, TextureId, pos2};

/// How far to the right of the room's middle the trainer stands, share of the window's width.
const TRAINER_ASIDE: f32 = 0.11;

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

/// The camera picture, while there is one.
pub fn preview<'a>(live: &'a Live, view: &ViewSettings, texture: TextureId) -> Option<Preview<'a>> {
    let aspect = live.preview.aspect()?;
    let mirror = live.mirror && view.mirror;
    Some(Preview { texture, aspect, mirror, body: live.pose.as_ref().map(|pose| &pose.image) })
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

/// What part of the window the screen of a visit's step leaves to the room; without a visit, all of it until the set is over.
pub fn framing(step: Option<Step>, status: &Status) -> Framing {
    let window = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
    let free = free_part(window).center();
    let whole = Framing::default();
    match step {
        None => Framing { still: stage(status).is_none(), ..whole },
        Some(Step::Exercise) => whole,
        Some(Step::Explain | Step::Library) => {
            Framing { centre: Vec2::new(free.x - TRAINER_ASIDE, free.y), who: Who::Trainer, ..whole }
        }
        // Above the bar of time.
        Some(Step::Replay) => Framing { centre: Vec2::new(0.5, 0.42), ..whole },
        Some(Step::SetUp) => Framing { still: true, lively: true, ..whole },
        // Nothing is demonstrated there.
        Some(_) => Framing { still: true, who: Who::Person, ..whole },
    }
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
