//! Rest before the next set, with the time that is left.

use crate::{Hands, Look, Page, Texts, Type, hud::clock, text, widgets};
use egui::{Sense, Ui, vec2};

/// What is shown.
#[derive(Debug, Clone, Copy)]
pub struct RestView<'a> {
    /// Seconds left; 0 when the rest is over.
    pub left_s: f64,
    /// How long the rest is, seconds.
    pub rest_s: f64,
    /// Fluent key of the name of what comes next.
    pub next: &'a str,
    /// Which set comes next (from 1), and of how many.
    pub set: (u32, u32),
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
pub enum RestPress {
    /// The next set now.
    Next,
    Pause,
    Easier,
    Harder,
    Skip,
    SomethingWrong,
}

/// Draws the screen; gives back what was pressed.
pub fn show(ui: &mut Ui, view: &RestView, texts: &Texts, look: &Look) -> Option<RestPress> {
    let over = view.left_s <= 0.0;
    let title = texts.text(if over { "rest-over" } else { "rest-title" });
    let (set, of) = view.set;
    let next = texts.with(
        "rest-next",
        [("exercise", texts.text(view.next).into()), ("set", set.into()), ("of", of.into())],
    );
    let [go, pause] = ["rest-go", "button-pause"].map(|key| texts.text(key));
    Page::new(&title).sentence(&next).main(&go, RestPress::Next).other(&pause, RestPress::Pause).show(
        ui,
        look,
        view.hands,
        |ui| {
            let p = look.palette();
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 230.0), Sense::hover());
            let left = clock(view.left_s);
            let share =
                if view.rest_s > 0.0 { (view.left_s / view.rest_s).clamp(0.0, 1.0) as f32 } else { 0.0 };
            let said = texts.with("hud-left", [("time", left.as_str().into())]);
            widgets::ring(ui, look, rect, share, &left, &said);
            text::paragraph(ui, &texts.text("rest-tip"), look.regular(Type::Body), p.ink);
            let choices: Vec<(String, RestPress)> = [
                (view.easier, "button-easier", RestPress::Easier),
                (view.harder, "button-harder", RestPress::Harder),
                (true, "button-skip", RestPress::Skip),
                (true, "button-wrong", RestPress::SomethingWrong),
            ]
            .into_iter()
            .filter(|(there, ..)| *there)
            .map(|(_, key, press)| (texts.text(key), press))
            .collect();
            let mut pressed = None;
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(12.0, 12.0);
                for (name, press) in &choices {
                    if widgets::small_button(ui, look, name, widgets::Weight::Plain).clicked() {
                        pressed = Some(*press);
                    }
                }
            });
            pressed
        },
    )
}
