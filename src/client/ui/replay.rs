//! The screen of a recorded set.

use super::Shown;
use crate::replay::Replay;
use baro_screens::{
    flow::Frame,
    rooms::{FilmMore, FilmView, ReplayPress, ReplayView, replay},
};
use bevy_egui::egui::Ui;

/// Draws the screen; gives back what was pressed. `more`: for who treats.
pub fn show(ui: &mut Ui, frame: Frame, shown: &Shown, more: Option<FilmMore>) -> Option<ReplayPress> {
    match shown.replay {
        Replay::Closed | Replay::Coming | Replay::Reading(..) => replay(ui, frame, &ReplayView::Reading),
        Replay::Missing(key) => replay(ui, frame, &ReplayView::Failed(&frame.texts.text(key))),
        Replay::Failed(error) => replay(ui, frame, &ReplayView::Failed(&error.to_string())),
        Replay::Showing(player) => {
            let film = &player.film;
            let view = FilmView {
                exercise: &film.exercise.exercise.name_key,
                time_s: player.time_s,
                length_s: film.length_s(),
                playing: player.playing,
                slow: player.slow,
                reps: &film.reps,
                rep: player.rep(),
                cues: &film.cues,
                labels: shown.labels,
                note: player.pinned().map_or("", |pinned| &pinned.text),
                strokes: shown.strokes,
                more,
            };
            replay(ui, frame, &ReplayView::Film(view))
        }
    }
}

/// Does what was pressed.
pub fn obey(replay: &mut Replay, press: ReplayPress) {
    let Replay::Showing(player) = replay else { return };
    match press {
        ReplayPress::Play(playing) => player.play(playing),
        ReplayPress::Seek(time_s) => player.seek(time_s),
        ReplayPress::Rep(rep) => player.show_rep(rep),
        ReplayPress::Slow(slow) => player.slow = slow,
        ReplayPress::Turn => player.turn(),
        // The room is left by whoever opened it.
        ReplayPress::Close | ReplayPress::Comment | ReplayPress::Beside | ReplayPress::Others => {}
    }
}
