//! Cards, and the marks that stand beside a colour.

use crate::{
    look::{Look, RADIUS, Type},
    text::{live_label_at, text_in},
};
use egui::{
    Align, Color32, CornerRadius, Frame, InnerResponse, Margin, Painter, Pos2, Rect, Stroke, StrokeKind, Ui,
    epaint::RectShape, pos2, vec2,
};

/// A card in `rect`, of this colour.
pub fn card_in(ui: &Ui, look: &Look, rect: Rect, fill: Color32) {
    let radius = CornerRadius::same(RADIUS);
    ui.painter().add(look.card_shadow().as_shape(rect, radius));
    let edge = if look.card_shadow().blur == 0 {
        Stroke::new(look.edge_width(), look.palette().quiet)
    } else {
        Stroke::NONE
    };
    ui.painter().add(RectShape::new(rect, radius, fill, edge, StrokeKind::Inside));
}

/// A card round what `add` puts into it, over the whole width.
pub fn card<R>(ui: &mut Ui, look: &Look, add: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    let shadow = look.card_shadow();
    let edge =
        if shadow.blur == 0 { Stroke::new(look.edge_width(), look.palette().quiet) } else { Stroke::NONE };
    Frame::new()
        .fill(look.palette().paper)
        .corner_radius(CornerRadius::same(RADIUS))
        .inner_margin(Margin::symmetric(24, 18))
        .shadow(shadow)
        .stroke(edge)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
}

/// Whether the camera sees the person, in words.
pub fn sight(ui: &Ui, look: &Look, rect: Rect, words: &str, seen: bool) {
    let p = look.palette();
    let (fill, ink, sign) =
        if seen { (p.now_faint, p.now_strong, Mark::Good) } else { (p.adjust_faint, p.adjust, Mark::Adjust) };
    card_in(ui, look, rect, fill);
    mark(ui.painter(), look, pos2(rect.min.x + 30.0, rect.center().y), 12.0, sign);
    let inner = Rect::from_min_max(pos2(rect.min.x + 54.0, rect.min.y), rect.max - vec2(12.0, 0.0));
    text_in(ui, inner, words, look.bold(Type::Body), ink, Align::Min);
    live_label_at(ui, rect, "sight", words);
}

/// A sign that says the same as the colour beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A tick in a disc: good, done.
    Good,
    /// An exclamation mark in a ring: to adjust.
    Adjust,
    /// An empty ring: not known yet.
    Open,
}

/// Draws a mark of this radius in its colour.
pub fn mark(painter: &Painter, look: &Look, centre: Pos2, radius: f32, mark: Mark) {
    let p = look.palette();
    let unit = radius / 11.0;
    match mark {
        Mark::Good => {
            painter.circle_filled(centre, radius, p.now);
            let tick = [vec2(-5.0, 0.5), vec2(-1.5, 4.0), vec2(5.0, -4.0)].map(|d| centre + d * unit);
            painter.line(tick.to_vec(), Stroke::new(2.6 * unit, p.on_now));
        }
        Mark::Adjust => {
            let stroke = Stroke::new(3.0 * unit, p.adjust);
            painter.circle_stroke(centre, radius - unit, stroke);
            painter.line_segment([centre - vec2(0.0, 5.0) * unit, centre + vec2(0.0, 1.0) * unit], stroke);
            painter.circle_filled(centre + vec2(0.0, 5.0) * unit, 1.8 * unit, p.adjust);
        }
        Mark::Open => {
            painter.circle_stroke(centre, radius - unit, Stroke::new(2.0 * unit, p.edge));
        }
    }
}
