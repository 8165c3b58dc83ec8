//! The passphrase, where the person's records are locked with one.

use super::Frame;
use crate::{
    Page, text,
    widgets::{secret_field, toggle_row},
};
use egui::Ui;

/// Characters of a passphrase at most.
pub(crate) const PASSPHRASE_CHARS: usize = 200;

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnlockDraft {
    /// The passphrase.
    pub passphrase: String,
    /// May it be read on the screen?
    pub shown: bool,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnlockPress {
    /// Try this passphrase.
    Try(String),
    /// Exercise without it; nothing that it locks is read or kept.
    Without,
}

/// Asks for the passphrase. `told`: what came of the last try; empty where there was none. `busy`: one is being tried.
pub fn unlock(
    ui: &mut Ui,
    frame: Frame,
    draft: &mut UnlockDraft,
    told: &str,
    busy: bool,
) -> Option<UnlockPress> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-unlock"), texts.text("flow-unlock-sentence"));
    let (open, without) = (texts.text("flow-unlock-open"), texts.text("flow-unlock-without"));
    Page::new(&title)
        .sentence(&sentence)
        .main(&open, UnlockPress::Try(draft.passphrase.clone()))
        .main_enabled(!busy && !draft.passphrase.is_empty())
        .other(&without, UnlockPress::Without)
        .show(ui, look, hands, |ui| {
            let name = texts.text("flow-unlock-field");
            let UnlockDraft { passphrase, shown } = draft;
            let field = secret_field(ui, look, &name, passphrase, PASSPHRASE_CHARS, *shown);
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if toggle_row(ui, look, &texts.text("flow-unlock-show"), "", *shown).clicked() {
                *shown = !*shown;
            }
            let note = texts.text("flow-unlock-without-note");
            text::note(ui, look, if told.is_empty() { &note } else { told });
            (entered && !busy && !passphrase.is_empty()).then(|| UnlockPress::Try(passphrase.clone()))
        })
}
