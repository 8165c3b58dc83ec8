//! What was done, what it was worth, and what comes next.

use super::Frame;
use crate::{
    Page, text,
    widgets::{card, plain_row},
};
use baro_home::visit::{Event, Room};
use egui::Ui;

/// An exercise as it was done, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoneRow {
    /// Its name.
    pub name: String,
    /// "16 of 16".
    pub done: String,
    /// The score in words; may be empty.
    pub score: String,
}

/// What was done, in words.
#[derive(Debug, Clone, Copy)]
pub struct SummaryView<'a> {
    /// "Well done, Sunhee".
    pub title: &'a str,
    /// One sentence on the whole.
    pub sentence: &'a str,
    /// What was done, in order.
    pub rows: &'a [DoneRow],
    /// What changes next time and why, a sentence each.
    pub next: &'a [String],
    /// Everything was written to the disk.
    pub kept: bool,
    /// How far sending it to the clinic is; empty where none is connected.
    pub clinic: &'a str,
}

/// What was done today.
pub fn summary(ui: &mut Ui, frame: Frame, view: &SummaryView) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (close, history) = (texts.text("flow-finish"), texts.text("flow-history"));
    let page = Page::new(view.title)
        .sentence(view.sentence)
        .main(&close, Event::Next)
        .other(&history, Event::Open(Room::History));
    page.show(ui, look, hands, |ui| {
        for row in view.rows {
            plain_row(ui, look, &row.name, &row.done, &row.score);
        }
        if !view.next.is_empty() {
            card(ui, look, |ui| {
                text::heading(ui, look, &texts.text("flow-next-time"));
                for sentence in view.next {
                    text::body(ui, look, sentence);
                }
            });
        }
        text::note(ui, look, &texts.text(if view.kept { "flow-kept" } else { "flow-not-kept" }));
        if !view.clinic.is_empty() {
            text::note(ui, look, view.clinic);
        }
        None
    })
}
