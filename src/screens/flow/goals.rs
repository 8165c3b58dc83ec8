//! Where it hurts or what to train, what to reach, with what, how often and how long.

use super::{Drafts, Frame, first_steps, step_name};
use crate::{
    Page, text,
    widgets::{choices, stepper},
};
use baro_coach::{Avoid, Equipment, Region};
use baro_home::{Goal, Person, visit::Event};
use egui::Ui;

/// The goals; at least one part of the body.
pub fn goals(ui: &mut Ui, frame: Frame, drafts: &mut Drafts) -> Option<Event> {
    let Frame { texts, look, hands } = frame;
    let (title, sentence) = (texts.text("flow-goals"), texts.text("flow-goals-sentence"));
    let (next, back, step) = (texts.text("flow-next"), texts.text("flow-back"), step_name(texts, 4));
    let walk = texts.text("hands-walk");
    let page = Page::new(&title).sentence(&sentence).other(&back, Event::Back).walk(&walk);
    let page =
        page.main(&next, Event::Goals(drafts.goals.clone())).main_enabled(!drafts.goals.regions.is_empty());
    first_steps(page, 4, &step).show(ui, look, hands, |ui| {
        let draft = &mut drafts.goals;
        several(ui, frame, Region::ALL, &mut draft.regions, |region| format!("body-{}", region.name()));
        text::heading(ui, look, &texts.text("flow-goals-reach"));
        several(ui, frame, &Goal::ALL, &mut draft.goals, |goal| format!("home-goal-{}", goal.id()));
        text::heading(ui, look, &texts.text("flow-goals-equipment"));
        several(ui, frame, Equipment::ALL, &mut draft.equipment, |thing| {
            format!("equipment-{}", thing.name())
        });
        text::heading(ui, look, &texts.text("flow-goals-conditions"));
        several(ui, frame, Avoid::ALL, &mut draft.conditions, |avoid| format!("avoid-{}", avoid.name()));
        text::heading(ui, look, &texts.text("flow-goals-when"));
        how_often(ui, frame, draft);
        None
    })
}

fn how_often(ui: &mut Ui, frame: Frame, draft: &mut baro_home::visit::Goals) {
    let Frame { texts, look, .. } = frame;
    let (less, more) = (texts.text("flow-less"), texts.text("flow-more"));
    let days = texts.with("flow-days", [("days", draft.days_a_week.into())]);
    if let Some(step) = stepper(
        ui,
        look,
        &texts.text("flow-days-name"),
        &days,
        (&less, &more),
        (draft.days_a_week > 1, draft.days_a_week < 7),
    ) {
        draft.days_a_week = draft.days_a_week.saturating_add_signed(step.into()).clamp(1, 7);
    }
    let minutes = texts.with("flow-minutes", [("minutes", draft.minutes.into())]);
    let last = Person::MINUTES.len() - 1;
    let at = Person::MINUTES.iter().position(|m| *m >= draft.minutes).unwrap_or(last);
    let can = (at > 0, at < last);
    if let Some(step) = stepper(ui, look, &texts.text("flow-minutes-name"), &minutes, (&less, &more), can) {
        draft.minutes = Person::MINUTES[at.saturating_add_signed(step.into()).min(last)];
    }
}

/// Cards of which any number may be chosen.
fn several<T: Copy + PartialEq>(
    ui: &mut Ui,
    frame: Frame,
    all: &[T],
    chosen: &mut Vec<T>,
    key: impl Fn(T) -> String,
) {
    let names: Vec<String> = all.iter().map(|one| frame.texts.text(&key(*one))).collect();
    let items = names.iter().zip(all).map(|(name, one)| (name.as_str(), "", chosen.contains(one)));
    let Some(pressed) = choices(ui, frame.look, 3, true, items).and_then(|i| all.get(i)) else { return };
    if chosen.contains(pressed) {
        chosen.retain(|one| one != pressed);
    } else {
        chosen.push(*pressed);
    }
}
