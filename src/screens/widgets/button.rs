//! Buttons.

use super::{control, control_in, focus_ring};
use crate::{
    hands::{self, Hand},
    look::{BIG, Look, SMALL, Type},
    text,
};
use egui::{
    Align, Color32, Galley, Rect, Response, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use std::sync::Arc;

/// What a button is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one to press. At most one on a screen.
    Main,
    /// Another choice.
    Plain,
    /// The way to stop, kept quiet: only its edge is red.
    Careful,
    /// Stop.
    Stop,
}

/// Space left and right of a button's text.
const PAD: f32 = 22.0;
/// Space above and below it.
const PAD_Y: f32 = 12.0;

struct Colors {
    fill: Color32,
    ink: Color32,
    edge: Stroke,
}

fn colors(look: &Look, weight: Weight, hovered: bool) -> Colors {
    let p = look.palette();
    let (fill, ink, edge) = match (weight, hovered) {
        (Weight::Main, false) => (p.now, p.on_now, p.now),
        (Weight::Main, true) => (p.now_strong, p.on_now, p.now_strong),
        (Weight::Plain, false) => (p.paper, p.ink, p.edge),
        (Weight::Plain, true) => (p.now_faint, p.ink, p.now),
        (Weight::Careful, false) => (p.paper, p.ink, p.stop),
        (Weight::Careful, true) => (p.quiet, p.ink, p.stop_strong),
        (Weight::Stop, false) => (p.stop, p.on_stop, p.stop),
        (Weight::Stop, true) => (p.stop_strong, p.on_stop, p.stop_strong),
    };
    let width = if weight == Weight::Careful { 3.0 } else { look.edge_width() };
    Colors { fill, ink, edge: Stroke::new(width, edge) }
}

fn label(ui: &Ui, look: &Look, name: &str, kind: Type, width: f32) -> Arc<Galley> {
    text::wrapped(ui, name, look.bold(kind), Color32::PLACEHOLDER, width, Align::Center)
}

/// Width that the sign of a raised hand takes from the text.
fn sign_width(look: &Look, hand: Option<(Hand, f32)>) -> f32 {
    hand.map_or(0.0, |_| hands::SIGN * look.scale().sqrt() + 10.0)
}

/// Height of a big button of this width.
pub fn button_height(ui: &Ui, look: &Look, name: &str, width: f32, hand: Option<(Hand, f32)>) -> f32 {
    let width = width - 2.0 * PAD - sign_width(look, hand);
    (label(ui, look, name, Type::Lead, width).size().y + 2.0 * PAD_Y).max(BIG)
}

/// Width of a big button whose text stays in one line.
pub fn button_width(ui: &Ui, look: &Look, name: &str, hand: Option<(Hand, f32)>) -> f32 {
    text::line(ui, name, look.bold(Type::Lead), Color32::BLACK).size().x
        + 2.0 * PAD
        + sign_width(look, hand)
        + 1.0
}

/// A big button in `rect`; its text is made smaller only where it would not fit.
pub fn button_in(
    ui: &Ui,
    look: &Look,
    rect: Rect,
    name: &str,
    weight: Weight,
    hand: Option<(Hand, f32)>,
) -> Response {
    let id = ui.id().with(("button", name));
    let response = control_in(ui, rect, id, || WidgetInfo::labeled(WidgetType::Button, true, name));
    draw(ui, look, &response, weight, hand, |size| {
        text::block(ui, name, look.bold(Type::Lead), Color32::PLACEHOLDER, size, Align::Center)
    });
    response
}

/// A big button as wide as `width`, or as its text where there is none.
pub fn button(ui: &mut Ui, look: &Look, name: &str, weight: Weight, width: Option<f32>) -> Response {
    let width = width.unwrap_or_else(|| button_width(ui, look, name, None)).min(ui.available_width());
    let size = vec2(width, button_height(ui, look, name, width, None));
    let (_, response) = control(ui, size, || WidgetInfo::labeled(WidgetType::Button, true, name));
    draw(ui, look, &response, weight, None, |size| label(ui, look, name, Type::Lead, size.x));
    response
}

/// Big buttons side by side in at most `columns` columns, as many as their words allow; gives back the index of the one that
/// was pressed.
pub fn button_grid(ui: &mut Ui, look: &Look, columns: usize, names: &[&str]) -> Option<usize> {
    let gap = 12.0;
    let room = ui.available_width();
    let fits = ((room + gap) / (280.0 * look.scale() + gap)).floor().max(1.0) as usize;
    let columns = columns.min(fits).max(1);
    let width = (room - gap * (columns - 1) as f32) / columns as f32;
    let mut pressed = None;
    for (row, cells) in names.chunks(columns).enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for (column, name) in cells.iter().enumerate() {
                if button(ui, look, name, Weight::Plain, Some(width)).clicked() {
                    pressed = Some(row * columns + column);
                }
            }
        });
    }
    pressed
}

/// A small button as wide as its text, for what is seldom needed.
pub fn small_button(ui: &mut Ui, look: &Look, name: &str, weight: Weight) -> Response {
    let room = ui.available_width() - 2.0 * 18.0;
    let galley = label(ui, look, name, Type::Small, room);
    let size = vec2(galley.size().x + 36.0, (galley.size().y + 16.0).max(SMALL));
    let (_, response) = control(ui, size, || WidgetInfo::labeled(WidgetType::Button, true, name));
    draw(ui, look, &response, weight, None, |_| galley);
    response
}

/// Width of a small button whose text stays in one line.
pub fn small_button_width(ui: &Ui, look: &Look, name: &str) -> f32 {
    text::line(ui, name, look.bold(Type::Small), Color32::BLACK).size().x + 37.0
}

fn draw(
    ui: &Ui,
    look: &Look,
    response: &Response,
    weight: Weight,
    hand: Option<(Hand, f32)>,
    galley: impl FnOnce(egui::Vec2) -> Arc<Galley>,
) {
    let rect = response.rect;
    let Colors { fill, ink, edge } = colors(look, weight, response.hovered());
    ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
    let sign = sign_width(look, hand);
    let inner = text::inset(rect, PAD, 6.0);
    let right = matches!(hand, Some((Hand::Right, _)));
    if let Some((hand, filled)) = hand {
        let x = if right { inner.max.x - sign / 2.0 + 8.0 } else { inner.min.x + sign / 2.0 - 8.0 };
        hands::sign(ui.painter(), look, pos2(x, rect.center().y), hand, filled, ink);
    }
    let text_rect = if right {
        Rect::from_min_max(inner.min, pos2(inner.max.x - sign, inner.max.y))
    } else {
        Rect::from_min_max(pos2(inner.min.x + sign, inner.min.y), inner.max)
    };
    let galley = galley(text_rect.size());
    let at = pos2(text_rect.center().x, text_rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, ink);
    focus_ring(ui, look, response);
}
