//! Consent, purpose by purpose.

use super::{Drafts, Frame, first_steps, step_name};
use crate::{Page, text, widgets::toggle_row};
use baro_home::{Purpose, visit::Event};
use egui::Ui;

/// What the person agrees to. What is needed must be given before the next step; everything can be withdrawn later.
pub fn consent(ui: &mut Ui, frame: Frame, drafts: &mut Drafts) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-consent"), texts.text("flow-consent-sentence"));
    let (agree, back, step) = (texts.text("flow-agree"), texts.text("flow-back"), step_name(texts, 2));
    let words: Vec<_> = Purpose::ASKED.into_iter().zip(drafts.consent).collect();
    let enough = words.iter().all(|(purpose, given)| *given || !purpose.needed());
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).other(&back, Event::Back).walk(&walk);
    let page = page.main(&agree, Event::Consent(words)).main_enabled(enough);
    first_steps(page, 2, &step).show(ui, look, hands, |ui| {
        for (purpose, given) in Purpose::ASKED.into_iter().zip(&mut drafts.consent) {
            if consent_row(ui, frame, purpose, *given) {
                *given = !*given;
            }
        }
        let note = if enough { "flow-consent-note" } else { "flow-consent-needed" };
        text::note(ui, look, &texts.text(note));
        None
    })
}

/// A purpose with why it is asked; was it pressed?
pub(crate) fn consent_row(ui: &mut Ui, frame: Frame, purpose: Purpose, given: bool) -> bool {
    let key = format!("home-consent-{}", purpose.id());
    let (name, why) = (frame.texts.text(&key), frame.texts.attribute(&key, "why"));
    toggle_row(ui, frame.look, &name, &why, given).clicked()
}
