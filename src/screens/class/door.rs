//! Before a class: which one, and what the others will see.

use crate::{
    Page,
    flow::Frame,
    text,
    widgets::{self, Weight, text_field, toggle_row},
};
use baro_home::{
    Purpose,
    visit::{Event, Room},
};
use baro_wire::{
    limits::{CALLED_BYTES, CODE_BYTES, NAME_BYTES},
    room::{Aspect, Shows},
};
use egui::Ui;

/// What of oneself can be shown, in the order in which it is asked.
pub(super) const SHOWN: [(Aspect, &str); 3] = [
    (Aspect::Avatar, "class-show-avatar"),
    (Aspect::Repetitions, "class-show-repetitions"),
    (Aspect::Score, "class-show-score"),
];

/// Characters of a name at most: so many syllables fit.
const CALLED_CHARS: usize = CALLED_BYTES / 3;

/// How it stands before a class.
#[derive(Debug, Clone, Copy, Default)]
pub struct DoorView<'a> {
    /// A clinic is connected: classes are held on its server.
    pub connected: bool,
    /// The person agreed to take part in classes.
    pub agreed: bool,
    /// They may open one.
    pub leads: bool,
    /// What came of the last attempt; empty where there was none.
    pub told: &'a str,
    /// One is under way.
    pub busy: bool,
}

/// What is being entered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DoorDraft {
    /// The invitation's code.
    pub code: String,
    /// What a new class is called.
    pub title: String,
    /// The six digits of who leads.
    pub digits: String,
    /// What the others call the person.
    pub called: String,
    /// What the others see.
    pub shows: Shows,
}

/// What was pressed.
#[derive(Debug, Clone, PartialEq)]
pub enum DoorPress {
    /// Into the class of this code.
    Enter,
    /// Open a class.
    Open,
    /// Something for the visit.
    Visit(Event),
}

/// The door to a class.
pub fn door(ui: &mut Ui, frame: Frame, view: &DoorView, draft: &mut DoorDraft) -> Option<DoorPress> {
    let Frame { texts, look, hands } = frame;
    let ready = view.connected && (view.agreed || view.leads);
    let (title, back) = (texts.text("flow-class"), texts.text("rooms-close"));
    let (sentence, main, press) = match () {
        () if !view.connected => {
            ("class-not-connected", "flow-settings", DoorPress::Visit(Event::Open(Room::Settings)))
        }
        () if !ready => {
            let agree = Event::Consent(vec![(Purpose::Class, true)]);
            ("class-not-agreed", "flow-agree", DoorPress::Visit(agree))
        }
        () => ("class-door", "class-enter", DoorPress::Enter),
    };
    let (sentence, main) = (texts.text(sentence), texts.text(main));
    let six = draft.digits.len() == 6 && draft.digits.bytes().all(|digit| digit.is_ascii_digit());
    let known = !view.leads || six;
    let can = !ready || (!draft.code.trim().is_empty() && known && !view.busy);
    let page = Page::new(&title)
        .sentence(&sentence)
        .main(&main, press)
        .main_enabled(can)
        .other(&back, DoorPress::Visit(Event::Back));
    page.show(ui, look, hands, |ui| {
        if !ready {
            if view.connected {
                text::note(ui, look, &texts.attribute("home-consent-class", "why"));
            }
            return None;
        }
        text_field(ui, look, &texts.text("class-code"), &mut draft.code, CODE_BYTES);
        text_field(ui, look, &texts.text("class-called"), &mut draft.called, CALLED_CHARS);
        if !view.told.is_empty() {
            text::note(ui, look, view.told);
        }
        let mut pressed = None;
        if view.leads {
            text_field(ui, look, &texts.text("class-digits"), &mut draft.digits, 6);
            text::heading(ui, look, &texts.text("class-own"));
            text_field(ui, look, &texts.text("class-title"), &mut draft.title, NAME_BYTES / 4);
            let open = |ui: &mut Ui| {
                widgets::button(ui, look, &texts.text("class-open"), Weight::Plain, None).clicked()
            };
            let named = !draft.title.trim().is_empty();
            if ui.add_enabled_ui(named && six && !view.busy, open).inner {
                pressed = Some(DoorPress::Open);
            }
        }
        shown(ui, frame, &mut draft.shows);
        pressed
    })
}

/// What the others see; true where it was changed.
pub(super) fn shown(ui: &mut Ui, frame: Frame, shows: &mut Shows) -> bool {
    let Frame { texts, look, .. } = frame;
    let before = *shows;
    text::heading(ui, look, &texts.text("class-shows"));
    for (aspect, key) in SHOWN {
        let on = shows.has(aspect);
        if toggle_row(ui, look, &texts.text(key), &texts.text(&format!("{key}-note")), on).clicked() {
            *shows = shows.with(aspect, !on);
        }
    }
    text::note(ui, look, &texts.text("class-shows-note"));
    *shows != before
}
