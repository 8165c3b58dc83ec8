//! Today's plan.

use super::Frame;
use crate::{
    Page, text,
    widgets::{self, Weight, plain_row},
};
use baro_home::visit::{Event, Room};
use egui::Ui;

/// An exercise of today, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TodayRow {
    /// Its name.
    pub name: String,
    /// "2 sets of 8, right side".
    pub dose: String,
    /// What has changed since the last time, and why; may be empty.
    pub change: String,
}

/// Today's plan, in words.
#[derive(Debug, Clone, Copy)]
pub struct TodayView<'a> {
    /// "Good morning, Sunhee".
    pub greeting: &'a str,
    /// Name of the routine.
    pub name: &'a str,
    /// About how long it takes.
    pub minutes: u32,
    /// What to do, in order.
    pub rows: &'a [TodayRow],
    /// What is left out, and why, a sentence each.
    pub left_out: &'a [String],
    /// It was done today already.
    pub done: bool,
    /// It is something that was chosen in the library.
    pub chosen: bool,
    /// A clinic is connected: one can write to each other.
    pub writes: bool,
    /// When the next appointment is; empty where there is none.
    pub appointment: &'a str,
    /// The questionnaire that the clinic asks now; empty where it asks none.
    pub asked: &'a str,
    /// One sentence where there is something to know, as that something was repaired; may be empty.
    pub notice: &'a str,
}

/// Today's plan; the doors to history, library and settings.
pub fn today(ui: &mut Ui, frame: Frame, view: &TodayView) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let plan = texts.with("flow-today-plan", [("name", view.name.into()), ("minutes", view.minutes.into())]);
    let sentence = match (view.rows, view.done) {
        ([], _) => texts.text("flow-today-nothing"),
        (_, true) => texts.text("flow-today-done"),
        _ => plan.clone(),
    };
    let begin = texts.text(if view.done { "flow-today-again" } else { "flow-begin" });
    let [library, walk] = ["flow-library", "hands-walk"].map(|key| texts.text(key));
    let page = Page::new(view.greeting)
        .sentence(&sentence)
        .main(&begin, Event::Next)
        .main_enabled(!view.rows.is_empty())
        .other(&library, Event::Open(Room::Library))
        .walk(&walk);
    page.show(ui, look, hands, |ui| {
        let mut pressed = None;
        for sentence in [view.notice, view.appointment].into_iter().filter(|sentence| !sentence.is_empty()) {
            text::note(ui, look, sentence);
        }
        if !view.asked.is_empty() {
            let door = texts.text("rooms-questions-door");
            if widgets::list_row(ui, look, &door, view.asked, "", true).clicked() {
                pressed = Some(Event::Open(Room::Questions));
            }
        }
        ui.horizontal_wrapped(|ui| {
            for (key, press) in doors(view) {
                if widgets::small_button(ui, look, &texts.text(key), Weight::Plain).clicked() {
                    pressed = Some(press);
                }
            }
        });
        if view.done {
            text::body(ui, look, &plan);
        }
        for row in view.rows {
            let note = if row.change.is_empty() {
                row.dose.clone()
            } else {
                format!("{}\n{}", row.dose, row.change)
            };
            plain_row(ui, look, &row.name, &note, "");
        }
        for sentence in view.left_out {
            text::note(ui, look, sentence);
        }
        pressed
    })
}

fn doors(view: &TodayView) -> impl Iterator<Item = (&'static str, Event)> {
    let own = view.chosen.then_some(("flow-own-plan", Event::ChoosePlan));
    let messages = view.writes.then_some(("rooms-messages", Event::Open(Room::Messages)));
    own.into_iter().chain(messages).chain([
        ("flow-class", Event::Open(Room::Class)),
        ("flow-history", Event::Open(Room::History)),
        ("flow-settings", Event::Open(Room::Settings)),
        ("flow-someone-else", Event::Back),
    ])
}
