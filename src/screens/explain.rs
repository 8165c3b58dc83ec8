//! Before an exercise: what comes, how much of it, and how it is done; the trainer shows it in the room beside.

use crate::{Ground, Hands, Look, Page, Texts, Type, text, widgets, words};
use baro_coach::{Exercise, Kind, Phase, SideChoice, View};
use egui::{Sense, Ui, vec2};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct ExplainView<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its place among today's exercises (from 1), and how many there are.
    pub place: (u32, u32),
    /// Sets.
    pub sets: u32,
    /// Repetitions or holds in a set.
    pub reps: u32,
    /// How long each hold lasts, seconds; holds only.
    pub hold_s: Option<u32>,
    /// How long it goes on, minutes; paced exercises only.
    pub minutes: Option<u32>,
    /// The side to move.
    pub side: SideChoice,
    /// Why the dose is not the last one (a Fluent text, ready made); may be empty.
    pub reason: &'a str,
    /// Is there something easier, and something harder?
    pub easier: bool,
    /// As `easier`.
    pub harder: bool,
    /// Raised hands.
    pub hands: Hands,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ExplainPress {
    /// To the camera.
    Next,
    /// Hear it again.
    Again,
    Easier,
    Harder,
    /// Leave this exercise out.
    Skip,
    Pause,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &ExplainView, texts: &Texts, look: &Look) -> Option<ExplainPress> {
    let name = texts.text(&view.exercise.name_key);
    let dose = dose_line(view, texts);
    let [start, pause] = ["explain-start", "button-pause"].map(|key| texts.text(key));
    let (place, of) = view.place;
    let progress = texts.with("explain-place", [("place", place.into()), ("of", of.into())]);
    Page::new(&name)
        .sentence(&dose)
        .progress(place, of, &progress)
        .main(&start, ExplainPress::Next)
        .other(&pause, ExplainPress::Pause)
        .ground(Ground::Beside)
        .show(ui, look, view.hands, |ui| {
            if !view.reason.is_empty() {
                text::note(ui, look, view.reason);
            }
            widgets::card(ui, look, |ui| {
                ui.spacing_mut().item_spacing = vec2(12.0, 10.0);
                for (number, step) in steps(view.exercise, texts).iter().enumerate() {
                    numbered(ui, look, number + 1, step);
                }
                for line in place_lines(view.exercise, texts) {
                    text::note(ui, look, &line);
                }
            });
            more(ui, view, texts, look)
        })
}

/// Sets, repetitions or holds, and the side.
pub fn dose_line(view: &ExplainView, texts: &Texts) -> String {
    let amount = match (&view.exercise.kind, view.minutes, view.hold_s) {
        (Kind::Paced(_), Some(minutes), _) => texts.with("dose-minutes", [("minutes", minutes.into())]),
        (Kind::Hold(_), _, Some(hold_s)) => {
            texts.with("dose-holds", [("count", view.reps.into()), ("seconds", hold_s.into())])
        }
        _ => texts.with("result-reps-asked", [("count", view.reps.into())]),
    };
    let sets = (view.sets > 1).then(|| texts.with("dose-sets", [("sets", view.sets.into())]));
    let side = match view.side {
        SideChoice::Left => Some(texts.text("result-side-left")),
        SideChoice::Right => Some(texts.text("result-side-right")),
        SideChoice::Auto => None,
    };
    sets.into_iter().chain([amount]).chain(side).collect::<Vec<_>>().join(" · ")
}

/// How it is done: the words of its phases, each once.
fn steps(exercise: &Exercise, texts: &Texts) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    let is_done = |phase: Phase| match (&exercise.kind, phase) {
        (Kind::Paced(pace), Phase::Peak) => pace.hold_s > 0.0,
        (Kind::Paced(pace), Phase::Rest) => pace.rest_s > 0.0,
        _ => true,
    };
    for phase in words::PHASES.into_iter().filter(|phase| is_done(*phase)) {
        let step = words::phase_line(phase, &exercise.id, texts);
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    steps
}

/// How to stand, and what one needs.
fn place_lines(exercise: &Exercise, texts: &Texts) -> Vec<String> {
    let position = texts.text(&format!("position-{}", exercise.about.position.name()));
    let view = match exercise.view {
        View::Front => Some(texts.text("explain-front")),
        View::Side => Some(texts.text("explain-side")),
        View::Any => None,
    };
    let things: Vec<String> = exercise
        .about
        .equipment
        .iter()
        .map(|thing| texts.text(&format!("equipment-{}", thing.name())))
        .collect();
    let things =
        (!things.is_empty()).then(|| texts.with("explain-things", [("things", things.join(", ").into())]));
    let how = std::iter::once(position).chain(view).collect::<Vec<_>>().join(" · ");
    std::iter::once(how).chain(things).collect()
}

fn numbered(ui: &mut Ui, look: &Look, number: usize, step: &str) {
    let p = look.palette();
    ui.horizontal_top(|ui| {
        let side = look.size(Type::Body) * 1.4;
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        ui.painter().circle_filled(rect.center(), side / 2.0, p.now_faint);
        let galley = text::line(ui, &number.to_string(), look.bold(Type::Small), p.now_strong);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.now_strong);
        ui.vertical(|ui| {
            ui.add_space(2.0);
            text::paragraph(ui, step, look.regular(Type::Body), p.ink);
        });
    });
}

fn more(ui: &mut Ui, view: &ExplainView, texts: &Texts, look: &Look) -> Option<ExplainPress> {
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 12.0);
        for (there, key, press) in [
            (true, "button-explain-again", ExplainPress::Again),
            (view.easier, "button-easier", ExplainPress::Easier),
            (view.harder, "button-harder", ExplainPress::Harder),
            (true, "button-skip", ExplainPress::Skip),
        ] {
            let name = texts.text(key);
            if there && widgets::small_button(ui, look, &name, widgets::Weight::Plain).clicked() {
                pressed = Some(press);
            }
        }
    });
    pressed
}
