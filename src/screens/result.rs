//! The screen after a set: what was done, and each repetition with what cost points.

use crate::{
    Hands, Look, Page, Texts, Type,
    text::{self, inset},
    widgets::{self, Weight},
    words,
};
use baro_coach::{Exercise, Fault, Rep, Report};
use egui::{Align, Sense, Ui, pos2, vec2};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct ResultView<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// What was done.
    pub report: &'a Report,
    /// Where it was saved, or why it could not be.
    pub saved: Result<&'a str, &'a str>,
    /// Fluent key of the next exercise's name, where there is one.
    pub next: Option<&'a str>,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultPress {
    /// The same set again.
    Again,
    /// The next exercise.
    Next,
    /// Leave.
    Close,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &ResultView, texts: &Texts, look: &Look) -> Option<ResultPress> {
    let done = view.report.count > 0;
    let heading = texts.text(if done { "result-title" } else { "result-title-none" });
    let title = format!("{heading} · {}", texts.text(&view.exercise.name_key));
    let [again, close] = ["button-again", "button-quit"].map(|key| texts.text(key));
    let next = view.next.map(|key| texts.with("button-next", [("exercise", texts.text(key).into())]));
    let (main, press) = next.as_ref().map_or((&again, ResultPress::Again), |next| (next, ResultPress::Next));
    let page = Page::new(&title).main(main, press).other(&close, ResultPress::Close);
    page.show(ui, look, view.hands, |ui| {
        let wide = ui.available_width() > 900.0 * look.scale();
        let pressed = if wide {
            let mut pressed = None;
            ui.horizontal_top(|ui| {
                let column = |width: f32| vec2(width, 0.0);
                let layout = egui::Layout::top_down(Align::Min);
                ui.allocate_ui_with_layout(column(340.0), layout, |ui| {
                    pressed = summary(ui, view, texts, look, &again);
                });
                ui.allocate_ui_with_layout(column(ui.available_width()), layout, |ui| {
                    list(ui, view, texts, look)
                });
            });
            pressed
        } else {
            let pressed = summary(ui, view, texts, look, &again);
            list(ui, view, texts, look);
            pressed
        };
        let (saved, ink) = match view.saved {
            Ok(path) => (texts.with("result-saved", [("path", path.into())]), look.palette().soft_ink),
            Err(reason) => {
                (texts.with("result-not-saved", [("reason", reason.into())]), look.palette().adjust)
            }
        };
        text::paragraph(ui, &saved, look.regular(Type::Small), ink);
        pressed
    })
}

/// Count and score; and "again", where the main button leads on.
fn summary(ui: &mut Ui, view: &ResultView, texts: &Texts, look: &Look, again: &str) -> Option<ResultPress> {
    let p = look.palette();
    let report = view.report;
    widgets::card(ui, look, |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        let reps = texts.with("result-reps", [("count", report.count.into())]);
        text::paragraph(ui, &reps, look.bold(Type::Title), p.ink);
        if report.count + report.partial > 0 {
            text::body(ui, look, &texts.with("result-partial", [("count", report.partial.into())]));
        }
        score(ui, report.score, "result-score-none", texts, look);
        let again = view.next.is_some() && widgets::small_button(ui, look, again, Weight::Plain).clicked();
        again.then_some(ResultPress::Again)
    })
    .inner
}

/// The repetitions, each with what cost points.
fn list(ui: &mut Ui, view: &ResultView, texts: &Texts, look: &Look) {
    widgets::card(ui, look, |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
        for (i, rep) in view.report.reps.iter().enumerate() {
            if i > 0 {
                widgets::separator(ui, look);
            }
            repetition(ui, i + 1, rep, texts, look);
        }
    });
}

/// A repetition: its score, and what cost points.
pub(crate) fn repetition(ui: &mut Ui, number: usize, rep: &Rep, texts: &Texts, look: &Look) {
    let p = look.palette();
    // What rounds to no points is no advice.
    let faults: Vec<_> = rep.faults.iter().filter(|fault| fault.points >= 0.5).collect();
    let (end, ink) = if rep.complete {
        (texts.with("result-rep-score", [("score", format!("{:.0}", rep.score).into())]), p.now_strong)
    } else {
        (texts.text("result-rep-partial"), p.adjust)
    };
    widgets::two_ends(ui, look, &words::rep_title(number, rep, texts), &end, Type::Body, (p.ink, ink));
    if rep.complete && faults.is_empty() {
        text::note(ui, look, &texts.text("result-rep-clean"));
    }
    for fault in faults {
        fault_row(ui, fault, texts, look);
    }
}

fn fault_row(ui: &mut Ui, fault: &Fault, texts: &Texts, look: &Look) {
    let p = look.palette();
    let left = 26.0;
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(left, look.size(Type::Body)), Sense::hover());
        ui.painter().circle_filled(pos2(rect.min.x + 8.0, rect.center().y + 2.0), 4.5, p.adjust);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            charge(ui, fault, texts, look);
            text::note(ui, look, &words::fault_value(fault, texts));
        });
    });
}

/// A score from 0 to 100 in a ring, or the sentence `none` where there is none.
pub(crate) fn score(ui: &mut Ui, score: Option<f64>, none: &str, texts: &Texts, look: &Look) {
    let Some(score) = score else {
        text::body(ui, look, &texts.text(none));
        return;
    };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 200.0), Sense::hover());
    let number = format!("{score:.0}");
    let name = texts.with("result-score", [("score", number.as_str().into())]);
    widgets::ring(ui, look, inset(rect, 0.0, 8.0), score as f32 / 100.0, &number, &name);
    text::body(ui, look, &name);
}

/// What was wrong, and what it cost.
pub(crate) fn charge(ui: &mut Ui, fault: &Fault, texts: &Texts, look: &Look) {
    let p = look.palette();
    let (line, points) = (words::fault_line(fault, texts), words::points(fault, texts));
    widgets::two_ends(ui, look, &line, &points, Type::Small, (p.ink, p.adjust));
}
