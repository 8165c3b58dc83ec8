//! Rows of a list.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type},
    text,
};
use egui::{Align, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// A row to press, over the whole width: `name`, `note` below it (may be empty), `end` at the right (may be empty).
pub fn list_row(ui: &mut Ui, look: &Look, name: &str, note: &str, end: &str, chosen: bool) -> Response {
    let p = look.palette();
    let width = ui.available_width();
    let (pad, gap) = (20.0, 16.0);
    let end_galley = text::wrapped(ui, end, look.bold(Type::Body), p.now_strong, width * 0.36, Align::Max);
    let text_width = width - 2.0 * pad - end_galley.size().x - gap;
    let name_galley = text::wrapped(ui, name, look.bold(Type::Body), p.ink, text_width, Align::Min);
    let note_galley = (!note.is_empty())
        .then(|| text::wrapped(ui, note, look.regular(Type::Small), p.soft_ink, text_width, Align::Min));
    let note_height = note_galley.as_ref().map_or(0.0, |galley| galley.size().y + 2.0);
    let text_height = name_galley.size().y + note_height;
    let size = vec2(width, (text_height.max(end_galley.size().y) + 20.0).max(BIG));
    let full: Vec<&str> = [name, note, end].into_iter().filter(|part| !part.is_empty()).collect();
    let full = full.join(". ");
    let (rect, response) =
        control(ui, size, || WidgetInfo::selected(WidgetType::Button, true, chosen, &full));
    let fill = if chosen || response.hovered() { p.now_faint } else { p.paper };
    let edge = if chosen { Stroke::new(3.0, p.now) } else { look.edge() };
    ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
    let top = rect.center().y - text_height / 2.0;
    let name_height = name_galley.size().y;
    ui.painter().galley(pos2(rect.min.x + pad, top), name_galley, p.ink);
    if let Some(galley) = note_galley {
        ui.painter().galley(pos2(rect.min.x + pad, top + name_height + 2.0), galley, p.soft_ink);
    }
    text::put(ui, text::inset(rect, pad, 0.0), end_galley, Align::Max);
    focus_ring(ui, look, &response);
    response
}

/// A quiet line between two groups.
pub fn separator(ui: &mut Ui, look: &Look) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 17.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(look.edge_width(), look.palette().quiet));
}

/// Words at the left, broken where they need it, and short ones at the right.
pub fn two_ends(
    ui: &mut Ui,
    look: &Look,
    left: &str,
    right: &str,
    kind: Type,
    inks: (egui::Color32, egui::Color32),
) {
    let width = ui.available_width();
    let right_galley = text::wrapped(ui, right, look.bold(kind), inks.1, width * 0.45, Align::Max);
    let room = width - right_galley.size().x - 16.0;
    let left_galley = text::wrapped(ui, left, look.bold(kind), inks.0, room, Align::Min);
    let height = left_galley.size().y.max(right_galley.size().y);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().galley(rect.min, left_galley, inks.0);
    ui.painter().galley(rect.right_top(), right_galley, inks.1);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, format!("{left}: {right}")));
}
