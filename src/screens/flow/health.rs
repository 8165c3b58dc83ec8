//! The health questions, and what stands in the way of exercising.

use super::{Drafts, Frame, step_name};
use crate::{Page, text, widgets::list_row};
use baro_coach::safety::{BeforeSession, RedFlag, ScreeningDue, StopRule, StopSymptom, Urgency};
use baro_home::visit::Event;
use egui::Ui;

/// The health questions, one at a time: right hand "no", left hand "yes". With the last answer they are given to the visit.
pub fn screening(ui: &mut Ui, frame: Frame, drafts: &mut Drafts, due: Option<ScreeningDue>) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let asked = RedFlag::ALL.iter().position(|flag| !drafts.answers.contains_key(flag));
    let at = asked.unwrap_or(RedFlag::ALL.len() - 1);
    let flag = RedFlag::ALL[at];
    let why = due.map_or_else(
        || texts.text("safety-flags-why"),
        |due| texts.with_numbers(&format!("safety-due-{}", due.id()), due.args()),
    );
    let question = texts.text(&format!("safety-flag-{}", flag.id()));
    let (yes, no, step) =
        (texts.text("safety-answer-yes"), texts.text("safety-answer-no"), step_name(texts, 3));
    let place = [("at", (at + 1).into()), ("of", RedFlag::ALL.len().into())];
    let place = texts.with("flow-question", place);
    let page = Page::new(&question).sentence(&why).main(&no, Answer(false)).other(&yes, Answer(true));
    let page = page.progress(3, super::STEPS, &step);
    let answer = page.show(ui, look, hands, |ui| {
        text::note(ui, look, &place);
        let back = texts.text("flow-question-back");
        (at > 0 && crate::widgets::small_button(ui, look, &back, crate::widgets::Weight::Plain).clicked())
            .then_some(Again)
    })?;
    match answer {
        Answer(yes) => {
            drafts.answers.insert(flag, yes);
            (at + 1 == RedFlag::ALL.len()).then(|| Event::Screening(std::mem::take(&mut drafts.answers)))
        }
        Again => {
            drafts.answers.remove(&RedFlag::ALL[at.saturating_sub(1)]);
            None
        }
    }
}

#[derive(Clone)]
enum Given {
    Answer(bool),
    Again,
}
use Given::{Again, Answer};

/// A doctor first: what to do, and what was answered.
pub fn see_doctor(ui: &mut Ui, frame: Frame, urgency: Urgency, reasons: &[String]) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-doctor"), texts.text(urgency.advice_key()));
    let (done, cleared) = (texts.text("flow-leave"), texts.text("flow-doctor-cleared"));
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).main(&done, Event::Stop).main_stops().walk(&walk);
    page.show(ui, look, hands, |ui| {
        for reason in reasons {
            text::body(ui, look, reason);
        }
        text::note(ui, look, &texts.text("flow-doctor-note"));
        let weight = crate::widgets::Weight::Plain;
        crate::widgets::button(ui, look, &cleared, weight, None).clicked().then_some(Event::DoctorCleared)
    })
}

/// Pain is too high for today.
pub fn rest_today(ui: &mut Ui, frame: Frame, decided: Option<BeforeSession>) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let rule = decided.and_then(|decided| match decided {
        BeforeSession::Easier(rule) | BeforeSession::RestToday(rule) | BeforeSession::Blocked(rule) => {
            Some(rule)
        }
        BeforeSession::GoOn => None,
    });
    let key = decided.map_or_else(
        || "safety-before-rest-today".to_owned(),
        |decided| format!("safety-before-{}", decided.id()),
    );
    let (title, sentence) = (texts.text("flow-rest-today"), texts.text(&key));
    let (leave, back) = (texts.text("flow-leave"), texts.text("flow-back"));
    let page = Page::new(&title).sentence(&sentence).main(&leave, Event::Next).other(&back, Event::Back);
    page.show(ui, look, hands, |ui| {
        if let Some(rule) = rule {
            text::body(ui, look, &rule_text(texts, &rule));
        }
        None
    })
}

/// "Something is wrong": which of these?
pub fn symptoms(ui: &mut Ui, frame: Frame) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-symptoms"), texts.text("flow-symptoms-sentence"));
    let none = texts.text("flow-symptoms-none");
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).main(&none, Event::NoSymptom).walk(&walk);
    page.show(ui, look, hands, |ui| {
        let mut pressed = None;
        for symptom in StopSymptom::ALL {
            let name = texts.text(&format!("safety-symptom-{}", symptom.id()));
            if list_row(ui, look, &name, "", "", false).clicked() {
                pressed = Some(Event::Symptom(symptom));
            }
        }
        pressed
    })
}

/// A symptom or strong pain ended the visit.
pub fn stopped(ui: &mut Ui, frame: Frame, rule: Option<StopRule>, urgency: Urgency) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("safety-verdict-stop-session"), texts.text(urgency.advice_key()));
    let leave = texts.text("flow-to-summary");
    let page = Page::new(&title).sentence(&sentence).main(&leave, Event::Next).main_stops();
    page.show(ui, look, hands, |ui| {
        if let Some(rule) = rule {
            text::body(ui, look, &rule_text(texts, &rule));
        }
        text::note(ui, look, &texts.text("flow-kept"));
        None
    })
}

/// Why a rule decided, with its numbers.
pub fn rule_text(texts: &crate::Texts, rule: &StopRule) -> String {
    match rule {
        StopRule::Symptom(symptom) => texts.text(&format!("safety-symptom-{}", symptom.id())),
        rule => texts.with_numbers(&format!("safety-rule-{}", rule.id()), rule.args()),
    }
}
