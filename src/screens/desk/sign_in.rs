//! Who treats shows the second factor.

use super::DeskPress;
use crate::{Page, flow::Frame, text, widgets::text_field};
use egui::{Key, Ui};

/// Digits of the second factor.
const DIGITS: usize = 6;

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct SignInView<'a> {
    /// How the connection is, and what was wrong; may be empty.
    pub told: &'a str,
    /// The digits are being tried.
    pub busy: bool,
}

/// The six digits; `draft` is what was typed.
pub fn sign_in(ui: &mut Ui, frame: Frame, view: &SignInView, draft: &mut String) -> Option<DeskPress> {
    let Frame { texts, look, hands } = frame;
    let [title, sentence, main, close] =
        ["desk-title", "desk-sign-in-sentence", "desk-sign-in", "button-quit"].map(|key| texts.text(key));
    draft.retain(|c| c.is_ascii_digit());
    let digits = (draft.len() == DIGITS).then(|| draft.parse().ok()).flatten();
    Page::new(&title)
        .sentence(&sentence)
        .main(&main, DeskPress::SignIn(digits.unwrap_or_default()))
        .main_enabled(digits.is_some() && !view.busy)
        .other(&close, DeskPress::Back)
        .show(ui, look, hands, |ui| {
            let field = text_field(ui, look, &texts.text("desk-digits"), draft, DIGITS);
            if draft.is_empty() && !view.busy {
                field.request_focus();
            }
            text::body(ui, look, view.told);
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            digits.filter(|_| enter && !view.busy).map(DeskPress::SignIn)
        })
}
