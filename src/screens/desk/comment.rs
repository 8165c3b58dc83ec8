//! A comment on a moment of a set.

use super::DeskPress;
use crate::{Page, flow::Frame, text, widgets::text_field};
use baro_wire::limits::TEXT_BYTES;
use egui::{Key, Ui};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct CommentView<'a> {
    /// Which moment of which set, in words.
    pub about: &'a str,
    /// Why the last one could not be written; empty where it could.
    pub told: &'a str,
}

/// The comment; `draft` is what is being written.
pub fn comment(ui: &mut Ui, frame: Frame, view: &CommentView, draft: &mut String) -> Option<DeskPress> {
    let Frame { texts, look, hands } = frame;
    let [title, send, back] = ["desk-comment", "rooms-messages-send", "flow-back"].map(|key| texts.text(key));
    Page::new(&title)
        .sentence(view.about)
        .main(&send, DeskPress::Comment(draft.clone()))
        .main_enabled(!draft.trim().is_empty())
        .other(&back, DeskPress::Back)
        .show(ui, look, hands, |ui| {
            let field = text_field(ui, look, &texts.text("desk-comment-words"), draft, TEXT_BYTES / 4);
            if draft.is_empty() {
                field.request_focus();
            }
            text::note(ui, look, &texts.text("desk-comment-seen"));
            if !view.told.is_empty() {
                text::body(ui, look, view.told);
            }
            let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            (enter && !draft.trim().is_empty()).then(|| DeskPress::Comment(draft.clone()))
        })
}
