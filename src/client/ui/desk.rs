//! The screens of the desk of who treats.

use super::{Shown, replay, visit::frame};
use crate::{
    desk::{AtDesk, DeskStep},
    replay::Replay,
};
use baro_screens::{
    desk::{self, BoardView, CommentView, DeskPress, PatientView, SignInView},
    hud::clock,
    rooms::{FilmMore, ReplayPress},
};
use bevy_egui::egui::Ui;

/// What was pressed there.
pub enum Press {
    /// On a page.
    Desk(DeskPress),
    /// For the set that is shown.
    Film(ReplayPress),
}

/// Draws the screen that stands; gives back what was pressed.
pub fn show(ui: &mut Ui, shown: &Shown, at: &mut AtDesk) -> Option<Press> {
    let (frame, texts) = (frame(shown), shown.texts);
    let told = at.told(texts);
    let page = match at.step() {
        DeskStep::SignIn => {
            let view = SignInView { told: &told, busy: at.tries() };
            desk::sign_in(ui, frame, &view, &mut at.drafts.digits)
        }
        DeskStep::Board => {
            desk::board(ui, frame, &BoardView { rows: &at.rows(), told: &told, waits: at.waits() })
        }
        DeskStep::Patient(person) => {
            let (row, sets, said) = (at.row(person), at.sets(), at.said().to_vec());
            let view = PatientView { name: &row.name, why: &row.why, sets: &sets, said: &said, told: &told };
            desk::patient(ui, frame, &view, &mut at.drafts.message)
        }
        DeskStep::Film(..) => {
            let time_s = if let Replay::Showing(player) = shown.replay { player.time_s } else { 0.0 };
            let (beside, others) = (at.beside(texts), at.others_told(texts));
            let worst = at.worst();
            let traces = at.traces(time_s, texts);
            let more = FilmMore { worst, traces, beside: beside.as_deref(), others: others.as_deref() };
            return replay::show(ui, frame, shown, Some(more)).map(Press::Film);
        }
        DeskStep::Comment(..) => {
            let about = if let Replay::Showing(player) = shown.replay {
                let exercise = texts.text(&player.film.exercise.exercise.name_key);
                let args = [("exercise", exercise.into()), ("time", clock(player.time_s.floor()).into())];
                texts.with("desk-comment-about", args)
            } else {
                String::new()
            };
            desk::comment(ui, frame, &CommentView { about: &about, told: &told }, &mut at.drafts.comment)
        }
    };
    page.map(Press::Desk)
}
