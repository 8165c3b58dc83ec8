//! The screens of a game in this window.

use super::Shown;
use crate::{
    coaching::Action,
    play::{GameControl, Playing},
};
use baro_screens::game::{self, GameResultPress, GameResultView, PlayPress, PlayView};
use bevy::prelude::KeyCode;
use bevy_egui::egui::Ui;

/// What was pressed.
type Pressed = (Option<GameControl>, Option<Action>);

/// Draws the game under way, or what it came to; `None` where there is none. Outside of a visit the window closes with it.
pub fn show(ui: &mut Ui, shown: &Shown, playing: &Playing, in_visit: bool) -> Option<Pressed> {
    let game = playing.game()?;
    if let Some(report) = playing.report() {
        let view = GameResultView { game, report, hands: shown.hands };
        let press = game::show_result(ui, &view, shown.texts, &shown.look);
        return Some(match press {
            None => (None, None),
            Some(GameResultPress::Again) => (Some(GameControl::Again), None),
            Some(GameResultPress::Close) => (Some(GameControl::Close), (!in_visit).then_some(Action::Quit)),
        });
    }
    let cue = playing.caption().map(|cue| &**cue);
    let view =
        PlayView { game, view: playing.view()?, cue, paused: playing.is_paused(), preview: shown.preview() };
    let control = game::show(ui, &view, shown.texts, &shown.look).map(|press| match press {
        PlayPress::Pause => GameControl::Pause,
        PlayPress::Resume => GameControl::Resume,
        PlayPress::End => GameControl::End,
    });
    Some((control, None))
}

/// What a key does while a game is played. Afterwards its page takes the keys by itself.
pub fn control_of(key: KeyCode, playing: &Playing) -> Option<GameControl> {
    match key {
        _ if playing.report().is_some() => None,
        KeyCode::Space if playing.is_paused() => Some(GameControl::Resume),
        KeyCode::Space => Some(GameControl::Pause),
        KeyCode::Escape => Some(GameControl::End),
        _ => None,
    }
}
