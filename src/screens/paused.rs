//! Everything waits: go on, hear it again, make it easier or harder, leave it out, or stop for today.

use crate::{Hands, Look, Page, Texts, text, widgets};
use egui::Ui;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct PausedView<'a> {
    /// Fluent key of the exercise's name, where one is under way.
    pub exercise: Option<&'a str>,
    /// Is there something easier, and something harder?
    pub easier: bool,
    /// As `easier`.
    pub harder: bool,
    /// What was done before the pause is kept even if one stops here: say so.
    pub kept: bool,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum PausedPress {
    Resume,
    ExplainAgain,
    Easier,
    Harder,
    Skip,
    SomethingWrong,
    /// Enough for today.
    Stop,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &PausedView, texts: &Texts, look: &Look) -> Option<PausedPress> {
    let title = texts.text("state-paused");
    let sentence = view.exercise.map(|key| texts.text(key)).unwrap_or_default();
    let [resume, stop, walk] =
        ["button-resume", "button-stop-today", "hands-walk"].map(|key| texts.text(key));
    Page::new(&title)
        .sentence(&sentence)
        .main(&resume, PausedPress::Resume)
        .other(&stop, PausedPress::Stop)
        .walk(&walk)
        .show(ui, look, view.hands, |ui| {
            let choices: Vec<(String, PausedPress)> = [
                (view.exercise.is_some(), "button-explain-again", PausedPress::ExplainAgain),
                (view.easier, "button-easier", PausedPress::Easier),
                (view.harder, "button-harder", PausedPress::Harder),
                (view.exercise.is_some(), "button-skip", PausedPress::Skip),
                (true, "button-wrong", PausedPress::SomethingWrong),
            ]
            .into_iter()
            .filter(|(there, ..)| *there)
            .map(|(_, key, press)| (texts.text(key), press))
            .collect();
            let names: Vec<&str> = choices.iter().map(|(name, _)| name.as_str()).collect();
            let pressed = widgets::button_grid(ui, look, 2, &names);
            if view.kept {
                text::note(ui, look, &texts.text("paused-kept"));
            }
            pressed.and_then(|index| choices.get(index)).map(|(_, press)| *press)
        })
}
