//! Pain and effort, in numbers from 0 to 10.

use super::{Drafts, Frame};
use crate::{Page, Texts, text, widgets::scale};
use baro_coach::safety::{Nprs, Rpe};
use baro_home::visit::{Asks, Event};
use egui::Ui;

/// When pain is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PainView {
    /// On the morning after the last session.
    Morning,
    /// Before the session.
    Before,
}

/// Pain before the session, or on the morning after the last one.
pub fn pain(ui: &mut Ui, frame: Frame, drafts: &mut Drafts, when: PainView) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let key = match when {
        PainView::Morning => "safety-pain-next-morning",
        PainView::Before => "safety-pain-before",
    };
    let (title, sentence) = (texts.text(key), texts.text("flow-pain-sentence"));
    let (next, back) = (texts.text("flow-next"), texts.text("flow-back"));
    let answer = drafts.pain.and_then(|pain| Nprs::new(pain).ok());
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).other(&back, Event::Back).walk(&walk);
    let page = page.main(&next, answer.map_or(Event::Next, Event::Pain)).main_enabled(answer.is_some());
    let pressed = page.show(ui, look, hands, |ui| {
        ask_pain(ui, frame, drafts);
        None
    });
    if matches!(pressed, Some(Event::Pain(_))) {
        drafts.forget_set();
    }
    pressed
}

/// What is asked after a set, and what was done in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked<'a> {
    /// What to ask.
    pub asks: Asks,
    /// "8 of 10 · score 86".
    pub done: &'a str,
}

/// Pain and effort after a set.
pub fn set_check(ui: &mut Ui, frame: Frame, drafts: &mut Drafts, asked: &Asked) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let title = texts.text("flow-set-check");
    let (next, wrong) = (texts.text("flow-next"), texts.text("button-wrong"));
    let pain = drafts.pain.and_then(|pain| Nprs::new(pain).ok());
    let effort = drafts.effort.and_then(|effort| Rpe::new(effort.into()).ok());
    let answered = (!asked.asks.pain || pain.is_some()) && (!asked.asks.effort || effort.is_some());
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(asked.done).other(&wrong, Event::SomethingWrong).walk(&walk);
    let page = page.main(&next, Event::SetCheck { pain, effort }).main_enabled(answered);
    let pressed = page.show(ui, look, hands, |ui| {
        if asked.asks.pain {
            text::heading(ui, look, &texts.text("safety-pain-after-set"));
            ask_pain(ui, frame, drafts);
        }
        if asked.asks.effort {
            text::heading(ui, look, &texts.text("safety-effort-after-set"));
            let name = texts.text("flow-effort-name");
            let chosen = scale(ui, look, &name, drafts.effort, |n| words(texts, "safety-effort-", n));
            drafts.effort = chosen.or(drafts.effort);
        }
        None
    });
    if matches!(pressed, Some(Event::SetCheck { .. })) {
        drafts.forget_set();
    }
    pressed
}

fn ask_pain(ui: &mut Ui, frame: Frame, drafts: &mut Drafts) {
    let Frame { texts, look, .. } = frame;
    let name = texts.text("flow-pain-name");
    let chosen = scale(ui, look, &name, drafts.pain, |n| words(texts, "safety-pain-", n));
    drafts.pain = chosen.or(drafts.pain);
}

/// The words of a number; most have none.
fn words(texts: &Texts, scale: &str, number: u8) -> String {
    let key = format!("{scale}{number}");
    if texts.has(texts.language(), &key) { texts.text(&key) } else { String::new() }
}
