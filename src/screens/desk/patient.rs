//! A patient: why they need help, the sets, and what was written.

use super::DeskPress;
use crate::{
    Page,
    flow::Frame,
    rooms::SaidView,
    text,
    widgets::{Weight, card, list_row, plain_row, small_button, text_field},
};
use baro_wire::limits::TEXT_BYTES;
use egui::{Key, Ui};

/// A set that was done, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TakenView {
    /// The exercise.
    pub name: String,
    /// When, and how many.
    pub done: String,
    /// Its score; may be empty.
    pub score: String,
    /// It can be shown.
    pub shows: bool,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct PatientView<'a> {
    /// Their name.
    pub name: &'a str,
    /// Why they need help, the strongest reason first.
    pub why: &'a [String],
    /// The sets, newest first.
    pub sets: &'a [TakenView],
    /// What was written, newest first.
    pub said: &'a [SaidView],
    /// A sentence on the connection, on what may not be seen, or on what was just written; may be empty.
    pub told: &'a str,
}

/// The patient; `draft` is a message that is being written.
pub fn patient(ui: &mut Ui, frame: Frame, view: &PatientView, draft: &mut String) -> Option<DeskPress> {
    let Frame { texts, look, hands } = frame;
    let [send, back] = ["rooms-messages-send", "flow-back"].map(|key| texts.text(key));
    let why = if view.why.is_empty() { texts.text("web-no-reason") } else { view.why.join("\n") };
    Page::new(view.name).sentence(&why).other(&back, DeskPress::Back).show(ui, look, hands, |ui| {
        if !view.told.is_empty() {
            text::body(ui, look, view.told);
        }
        let mut pressed = None;
        text::heading(ui, look, &texts.text("desk-sets"));
        if view.sets.is_empty() {
            text::body(ui, look, &texts.text("web-no-sessions"));
        }
        for (at, set) in view.sets.iter().enumerate() {
            if !set.shows {
                plain_row(ui, look, &set.name, &set.done, &set.score);
            } else if list_row(ui, look, &set.name, &set.done, &set.score, false).clicked() {
                pressed = Some(DeskPress::Set(at));
            }
        }
        text::heading(ui, look, &texts.text("rooms-messages"));
        let field = text_field(ui, look, &texts.text("desk-write"), draft, TEXT_BYTES / 4);
        let written = !draft.trim().is_empty();
        if written && field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            pressed = Some(DeskPress::Say(draft.clone()));
        }
        ui.add_enabled_ui(written, |ui| {
            if small_button(ui, look, &send, Weight::Plain).clicked() {
                pressed = Some(DeskPress::Say(draft.clone()));
            }
        });
        for said in view.said {
            card(ui, look, |ui| {
                text::note(ui, look, &said.who);
                text::body(ui, look, &said.text);
                if !said.about.is_empty() {
                    text::note(ui, look, &said.about);
                }
            });
        }
        pressed
    })
}
