//! What the clinic and the person wrote to each other.

use crate::{
    Page,
    flow::Frame,
    text,
    widgets::{Weight, card, small_button, text_field},
};
use baro_home::visit::{Event, Room};
use baro_wire::limits::TEXT_BYTES;
use egui::Ui;

/// Characters of a message at most: of any script they fit.
const CHARS: usize = TEXT_BYTES / 4;

/// Something that was written, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaidView {
    /// "Your clinic, 22 November, 14:05".
    pub who: String,
    /// What.
    pub text: String,
    /// On which moment of which set; empty where it is about none.
    pub about: String,
    /// That set can be shown.
    pub shows: bool,
    /// It can be heard.
    pub sounds: bool,
    /// It asks something that can be answered now.
    pub asks: bool,
    /// It is an appointment that a calendar can take.
    pub keeps: bool,
}

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct MessagesView<'a> {
    /// A clinic is connected.
    pub connected: bool,
    /// Everything, newest first.
    pub all: &'a [SaidView],
    /// Why the last one could not be written; empty where it could.
    pub told: &'a str,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum MessagesPress {
    /// Write this to the clinic.
    Send(String),
    /// Show the moment that this one is about, by its place in [`MessagesView::all`].
    Show(usize),
    /// Play this one, by its place in [`MessagesView::all`].
    Hear(usize),
    /// Write this one as a calendar file, by its place in [`MessagesView::all`].
    Keep(usize),
    /// For the visit.
    Visit(Event),
}

/// What can be done with something that was written: the key of its name, whether it can, and what it is.
const fn doors(said: &SaidView, at: usize) -> [(&'static str, bool, MessagesPress); 4] {
    [
        ("rooms-messages-hear", said.sounds, MessagesPress::Hear(at)),
        ("rooms-messages-see", said.shows, MessagesPress::Show(at)),
        ("rooms-appointment-keep", said.keeps, MessagesPress::Keep(at)),
        ("rooms-questions-door", said.asks, MessagesPress::Visit(Event::Open(Room::Questions))),
    ]
}

/// The room of messages; `draft` is what is being written.
pub fn messages(ui: &mut Ui, frame: Frame, view: &MessagesView, draft: &mut String) -> Option<MessagesPress> {
    let Frame { texts, look, hands } = frame;
    let (sentence, main, press) = match (view.connected, view.all) {
        (false, _) => {
            ("rooms-messages-no-clinic", "flow-settings", MessagesPress::Visit(Event::Open(Room::Settings)))
        }
        (true, []) => ("rooms-messages-none", "rooms-messages-send", MessagesPress::Send(draft.clone())),
        (true, _) => ("rooms-messages-sentence", "rooms-messages-send", MessagesPress::Send(draft.clone())),
    };
    let [title, sentence, main, close] =
        ["rooms-messages", sentence, main, "rooms-close"].map(|key| texts.text(key));
    Page::new(&title)
        .sentence(&sentence)
        .main(&main, press)
        .main_enabled(!view.connected || !draft.trim().is_empty())
        .other(&close, MessagesPress::Visit(Event::Back))
        .show(ui, look, hands, |ui| {
            let mut pressed = None;
            if view.connected {
                text_field(ui, look, &texts.text("rooms-messages-write"), draft, CHARS);
                if !view.told.is_empty() {
                    text::note(ui, look, view.told);
                }
            }
            for (at, said) in view.all.iter().enumerate() {
                card(ui, look, |ui| {
                    text::note(ui, look, &said.who);
                    text::body(ui, look, &said.text);
                    if !said.about.is_empty() {
                        text::note(ui, look, &said.about);
                    }
                    ui.horizontal_wrapped(|ui| {
                        for (key, _, press) in doors(said, at).into_iter().filter(|(_, there, _)| *there) {
                            if small_button(ui, look, &texts.text(key), Weight::Plain).clicked() {
                                pressed = Some(press);
                            }
                        }
                    });
                });
            }
            pressed
        })
}
