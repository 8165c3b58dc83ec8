//! The screen for a set that could not be done: what failed, what to do, and what was kept.

use crate::{Hands, Look, Page, Texts, Type, text, widgets};
use egui::Ui;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct FailureView<'a> {
    /// Key of the sentence that says what to do.
    pub advice: &'a str,
    /// The cause in the words of whoever found it, English.
    pub detail: &'a str,
    /// Key of the other button's name.
    pub close: &'a str,
    /// Was something done until then, and kept?
    pub kept: bool,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailurePress {
    /// Try again.
    Retry,
    /// What stands on the other button.
    Close,
}

/// Draws the screen.
pub fn show(ui: &mut Ui, view: &FailureView, texts: &Texts, look: &Look) -> Option<FailurePress> {
    let advice = texts.text(view.advice);
    let [title, retry, close] = ["state-failed", "button-retry", view.close].map(|key| texts.text(key));
    Page::new(&title).main(&retry, FailurePress::Retry).other(&close, FailurePress::Close).show(
        ui,
        look,
        view.hands,
        |ui| {
            widgets::card(ui, look, |ui| {
                text::paragraph(ui, &advice, look.regular(Type::Lead), look.palette().ink);
                if view.kept {
                    text::body(ui, look, &texts.text("failure-kept"));
                }
                widgets::separator(ui, look);
                text::note(ui, look, view.detail);
            });
            None
        },
    )
}
