//! The screen of a recorded set.

use super::Shown;
use crate::replay::Replay;
use baro_screens::{
    flow::Frame,
    rooms::{FilmView, ReplayPress, ReplayView, replay},
};
use bevy_egui::egui::Ui;

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, frame: Frame, shown: &Shown) -> Option<ReplayPress> {
    match shown.replay {
        Replay::Closed | Replay::Reading(..) => replay(ui, frame, &ReplayView::Reading),
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
        // The room is left by the visit.
        ReplayPress::Close => {}
    }
}
