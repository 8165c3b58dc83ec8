//! What the person's records are locked with.

use crate::{
    flow::{Frame, PASSPHRASE_CHARS},
    text,
    widgets::{self, Weight, text_field},
};
use baro_home::KeptIn;
use egui::Ui;

/// Characters of a passphrase at least.
const LEAST_CHARS: usize = 8;

/// How it stands.
#[derive(Debug, Clone, Copy, Default)]
pub struct LockView<'a> {
    /// Where the keys of the records are; `None` where there are no records yet.
    pub kept: Option<KeptIn>,
    /// What came of the last change; empty where there was none.
    pub told: &'a str,
    /// It is being changed.
    pub busy: bool,
}

/// What is being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LockDraft {
    /// A new passphrase is being set.
    pub setting: bool,
    /// It. It can be read while it is typed: nobody could try a second time what they mistyped unseen.
    pub passphrase: String,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockPress {
    /// This passphrase from now on.
    Set(String),
    /// No passphrase any more.
    Remove,
}

/// A part of the settings.
pub(super) fn lock(ui: &mut Ui, frame: Frame, view: &LockView, draft: &mut LockDraft) -> Option<LockPress> {
    let Frame { texts, look, .. } = frame;
    text::heading(ui, look, &texts.text("rooms-lock"));
    text::body(ui, look, &texts.text(state(view.kept)));
    if !view.told.is_empty() {
        text::note(ui, look, view.told);
    }
    let locked = view.kept == Some(KeptIn::Passphrase);
    if draft.setting {
        return set(ui, frame, view, draft);
    }
    let set = texts.text(if locked { "rooms-lock-change" } else { "rooms-lock-set" });
    draft.setting = widgets::button(ui, look, &set, Weight::Plain, None).clicked();
    let remove = |ui: &mut Ui| {
        widgets::button(ui, look, &texts.text("rooms-lock-remove"), Weight::Plain, None).clicked()
    };
    (locked && remove(ui) && !view.busy).then_some(LockPress::Remove)
}

fn set(ui: &mut Ui, frame: Frame, view: &LockView, draft: &mut LockDraft) -> Option<LockPress> {
    let Frame { texts, look, .. } = frame;
    text_field(ui, look, &texts.text("rooms-lock-new"), &mut draft.passphrase, PASSPHRASE_CHARS);
    text::note(ui, look, &texts.text("rooms-lock-note"));
    let long = draft.passphrase.chars().count() >= LEAST_CHARS;
    let save = |ui: &mut Ui| {
        widgets::button(ui, look, &texts.text("rooms-lock-save"), Weight::Plain, None).clicked()
    };
    let save = ui.add_enabled_ui(long && !view.busy, save).inner;
    if widgets::button(ui, look, &texts.text("rooms-lock-keep"), Weight::Plain, None).clicked() {
        *draft = LockDraft::default();
    }
    save.then(|| LockPress::Set(std::mem::take(draft).passphrase))
}

const fn state(kept: Option<KeptIn>) -> &'static str {
    match kept {
        Some(KeptIn::System) => "rooms-lock-system",
        Some(KeptIn::Passphrase) => "rooms-lock-passphrase",
        Some(KeptIn::File) => "rooms-lock-file",
        None => "rooms-lock-none",
    }
}
