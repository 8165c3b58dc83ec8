//! The screen after a set, and the one for a set that could not be done.

use super::{
    Shown,
    layout::{MARGIN, ResultLayout},
    theme::{self, Weight, bold, regular},
    words,
};
use crate::coaching::{Action, Failure, Outcome};
use baro_coach::Rep;
use bevy_egui::egui::{
    Align, Color32, CornerRadius, Pos2, Rect, ScrollArea, Stroke, Ui, UiBuilder, epaint::PathShape, pos2,
    vec2,
};
use std::f32::consts::TAU;

/// Behind the cards: the room shows through a little.
const VEIL: Color32 = Color32::from_rgba_premultiplied(0xD2, 0xDA, 0xD7, 0xE6);

/// Shows what was done; gives back what was pressed.
pub fn show(ui: &mut Ui, shown: &Shown, outcome: &Outcome) -> Option<Action> {
    ui.painter().rect_filled(ui.max_rect(), 0, VEIL);
    let layout = ResultLayout::new(ui.max_rect().size());
    let texts = shown.texts;
    let done = outcome.report.count > 0;
    let heading = format!(
        "{} · {}",
        texts.text(if done { "result-title" } else { "result-title-none" }),
        texts.text(&shown.exercise.name_key)
    );
    let top = Rect::from_min_max(pos2(layout.summary.min.x + 4.0, MARGIN), pos2(layout.list.max.x, 80.0));
    theme::text_in(ui, top, &heading, bold(38.0), theme::INK, Align::Min);
    summary(ui, layout.summary, shown, outcome);
    list(ui, layout.list, shown, &outcome.report.reps);
    let saved = match &outcome.saved {
        Ok(path) => texts.with("result-saved", [("path", path.display().to_string().into())]),
        Err(reason) => texts.with("result-not-saved", [("reason", reason.to_string().into())]),
    };
    let ink = if outcome.saved.is_ok() { theme::SOFT_INK } else { theme::AMBER };
    theme::text_in(ui, theme::inset(layout.saved, 4.0, 0.0), &saved, regular(18.0), ink, Align::Min);
    buttons(ui, &layout, shown)
}

fn buttons(ui: &mut Ui, layout: &ResultLayout, shown: &Shown) -> Option<Action> {
    let next = shown.next.map(|next| {
        let name = shown.texts.text(&next.name_key);
        (shown.texts.with("button-next", [("exercise", name.into())]), Action::Next, Weight::Main)
    });
    let again_weight = if next.is_some() { Weight::Plain } else { Weight::Main };
    let again = (shown.texts.text("button-again"), Action::Again, again_weight);
    let close = (shown.texts.text("button-quit"), Action::Quit, Weight::Plain);
    let mut pressed = None;
    let row: Vec<_> = [Some(again), next, Some(close)].into_iter().flatten().collect();
    for (i, (text, action, weight)) in row.iter().enumerate() {
        if theme::button(ui, layout.button(i, row.len()), text, *weight, 24.0).clicked() {
            pressed = Some(*action);
        }
    }
    pressed
}

fn summary(ui: &Ui, rect: Rect, shown: &Shown, outcome: &Outcome) {
    theme::card(ui, rect, theme::PAPER);
    let report = &outcome.report;
    let texts = shown.texts;
    let inner = theme::inset(rect, 28.0, 22.0);
    let (counts, rest) = inner.split_top_bottom_at_y(inner.min.y + 116.0);
    let reps = texts.with("result-reps", [("count", report.count.into())]);
    let partial = texts.with("result-partial", [("count", report.partial.into())]);
    let (reps_rect, partial_rect) = counts.split_top_bottom_at_y(counts.min.y + 76.0);
    theme::text_in(ui, reps_rect, &reps, bold(52.0), theme::INK, Align::Center);
    if report.count + report.partial > 0 {
        theme::text_in(ui, partial_rect, &partial, regular(22.0), theme::SOFT_INK, Align::Center);
    }
    match report.score {
        Some(score) => {
            let (ring_rect, text_rect) = rest.split_top_bottom_at_y(rest.max.y - 44.0);
            score_ring(ui, ring_rect, score as f32);
            let text = texts.with("result-score", [("score", format!("{score:.0}").into())]);
            theme::text_in(ui, text_rect, &text, regular(22.0), theme::SOFT_INK, Align::Center);
        }
        None => {
            let text = texts.text("result-score-none");
            theme::text_in(ui, rest, &text, regular(24.0), theme::SOFT_INK, Align::Center);
        }
    }
}

/// A ring filled to the score, with the number in it.
fn score_ring(ui: &Ui, rect: Rect, score: f32) {
    let centre = rect.center();
    let radius = (rect.width().min(rect.height()) / 2.0 - 14.0).clamp(30.0, 110.0);
    let share = (score / 100.0).clamp(0.0, 1.0);
    for (share, color) in [(1.0, theme::QUIET), (share, theme::TEAL)] {
        let steps = (share * 96.0).ceil().max(1.0);
        let arc: Vec<Pos2> = (0..=steps as usize)
            .map(|i| {
                let turn = TAU * share * i as f32 / steps;
                centre + radius * vec2(turn.sin(), -turn.cos())
            })
            .collect();
        ui.painter().add(PathShape::line(arc, Stroke::new(18.0, color)));
    }
    let galley = theme::line(ui, &format!("{score:.0}"), bold(radius * 0.85), theme::INK);
    ui.painter().galley(centre - galley.size() / 2.0, galley, theme::INK);
}

/// The repetitions, each with what cost points.
fn list(ui: &mut Ui, rect: Rect, shown: &Shown, reps: &[Rep]) {
    theme::card(ui, rect, theme::PAPER);
    let inner = theme::inset(rect, 24.0, 16.0);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    ScrollArea::vertical().auto_shrink(false).show(&mut child, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        for (i, rep) in reps.iter().enumerate() {
            if i > 0 {
                line(ui);
            }
            row(ui, shown, i + 1, rep);
        }
    });
}

fn line(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 17.0), bevy_egui::egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.5, theme::QUIET));
}

const ROW: f32 = 40.0;

fn row(ui: &mut Ui, shown: &Shown, number: usize, rep: &Rep) {
    let texts = shown.texts;
    let width = ui.available_width() - 12.0;
    let mut next = |height: f32| {
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), bevy_egui::egui::Sense::hover());
        rect
    };
    let head = next(ROW);
    // What rounds to no points is no advice.
    let faults: Vec<_> = rep.faults.iter().filter(|fault| fault.points >= 0.5).collect();
    let fault_rects: Vec<Rect> = faults.iter().map(|_| next(ROW)).collect();
    theme::text_in(ui, head, &words::rep_title(number, rep, texts), bold(24.0), theme::INK, Align::Min);
    if rep.complete {
        let score = texts.with("result-rep-score", [("score", format!("{:.0}", rep.score).into())]);
        theme::text_in(ui, head, &score, bold(26.0), theme::TEAL_DARK, Align::Max);
        if faults.is_empty() {
            let middle = Rect::from_min_max(head.min, head.max - vec2(150.0, 0.0));
            theme::text_in(
                ui,
                middle,
                &texts.text("result-rep-clean"),
                regular(20.0),
                theme::SOFT_INK,
                Align::Max,
            );
        }
    } else {
        theme::text_in(ui, head, &texts.text("result-rep-partial"), bold(20.0), theme::AMBER, Align::Max);
    }
    for (fault, rect) in faults.into_iter().zip(fault_rects) {
        let dot = pos2(rect.min.x + 10.0, rect.center().y);
        ui.painter().circle_filled(dot, 4.5, theme::AMBER);
        let (what, rest) = Rect::from_min_max(pos2(rect.min.x + 26.0, rect.min.y), rect.max)
            .split_left_right_at_fraction(0.46);
        let (value, points) = rest.split_left_right_at_x(rest.max.x - 76.0);
        theme::text_in(ui, what, &words::fault_line(fault, texts), regular(21.0), theme::INK, Align::Min);
        theme::text_in(
            ui,
            value,
            &words::fault_value(fault, texts),
            regular(18.0),
            theme::SOFT_INK,
            Align::Min,
        );
        theme::text_in(ui, points, &words::points(fault, texts), bold(20.0), theme::AMBER, Align::Max);
    }
}

/// Says what failed and what to do.
pub fn show_failure(ui: &mut Ui, shown: &Shown, failure: &Failure) -> Option<Action> {
    ui.painter().rect_filled(ui.max_rect(), 0, VEIL);
    let texts = shown.texts;
    let size = vec2(860.0, 430.0);
    let rect = Rect::from_center_size(ui.max_rect().center(), size);
    theme::card(ui, rect, theme::PAPER);
    let inner = theme::inset(rect, 40.0, 30.0);
    let row =
        |top: f32, height: f32| Rect::from_min_size(inner.min + vec2(0.0, top), vec2(inner.width(), height));
    theme::text_in(ui, row(0.0, 54.0), &texts.text("state-failed"), bold(38.0), theme::INK, Align::Min);
    theme::text_in(
        ui,
        row(62.0, 96.0),
        &texts.text(failure.kind.key()),
        regular(26.0),
        theme::INK,
        Align::Min,
    );
    let detail = row(164.0, 84.0);
    ui.painter().rect_filled(detail.expand2(vec2(12.0, 4.0)), CornerRadius::same(12), theme::QUIET);
    theme::text_in(ui, detail, &failure.detail, regular(17.0), theme::SOFT_INK, Align::Min);
    if failure.outcome.is_some() {
        theme::text_in(
            ui,
            row(256.0, 34.0),
            &texts.text("failure-kept"),
            regular(20.0),
            theme::SOFT_INK,
            Align::Min,
        );
    }
    let half = (inner.width() - 16.0) / 2.0;
    let retry = Rect::from_min_size(pos2(inner.min.x, inner.max.y - 60.0), vec2(half, 60.0));
    let close = retry.translate(vec2(half + 16.0, 0.0));
    let mut pressed = None;
    if theme::button(ui, retry, &texts.text("button-retry"), Weight::Main, 24.0).clicked() {
        pressed = Some(Action::Again);
    }
    if theme::button(ui, close, &texts.text("button-quit"), Weight::Plain, 24.0).clicked() {
        pressed = Some(Action::Quit);
    }
    pressed
}
