//! Rows of a list.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type},
    text,
};
use egui::{
    Align, Color32, Galley, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType,
    pos2, vec2,
};
use std::sync::Arc;

/// A row to press, over the whole width: `name`, `note` below it (may be empty), `end` at the right (may be empty).
pub fn list_row(ui: &mut Ui, look: &Look, name: &str, note: &str, end: &str, chosen: bool) -> Response {
    let row = Row::new(ui, look, name, note, end);
    let (rect, response) =
        control(ui, row.size, || WidgetInfo::selected(WidgetType::Button, true, chosen, &row.full));
    let p = look.palette();
    let fill = if chosen || response.hovered() { p.now_faint } else { p.paper };
    let edge = if chosen { Stroke::new(3.0, p.now) } else { look.edge() };
    ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
    row.show(ui, rect);
    focus_ring(ui, look, &response);
    response
}

/// The same, only to read.
pub fn plain_row(ui: &mut Ui, look: &Look, name: &str, note: &str, end: &str) {
    let row = Row::new(ui, look, name, note, end);
    let (rect, response) = ui.allocate_exact_size(row.size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &row.full));
    ui.painter().rect_filled(rect, look.corners(), look.palette().paper);
    row.show(ui, rect);
}

/// The words of a row, laid out.
struct Row {
    size: Vec2,
    /// All of them, for a screen reader.
    full: String,
    name: Arc<Galley>,
    note: Option<Arc<Galley>>,
    end: Arc<Galley>,
}

impl Row {
    const PAD: f32 = 20.0;

    fn new(ui: &Ui, look: &Look, name: &str, note: &str, end: &str) -> Self {
        let p = look.palette();
        let full: Vec<&str> = [name, note, end].into_iter().filter(|part| !part.is_empty()).collect();
        let full = full.join(". ");
        let width = ui.available_width();
        let end = text::wrapped(ui, end, look.bold(Type::Body), p.now_strong, width * 0.36, Align::Max);
        let room = width - 2.0 * Self::PAD - end.size().x - 16.0;
        let name = text::wrapped(ui, name, look.bold(Type::Body), p.ink, room, Align::Min);
        let note = (!note.is_empty())
            .then(|| text::wrapped(ui, note, look.regular(Type::Small), p.soft_ink, room, Align::Min));
        let mut row = Self { size: vec2(width, BIG), full, name, note, end };
        row.size.y = (row.text_height().max(row.end.size().y) + 20.0).max(BIG);
        row
    }

    fn text_height(&self) -> f32 {
        self.name.size().y + self.note.as_ref().map_or(0.0, |note| note.size().y + 2.0)
    }

    fn show(self, ui: &Ui, rect: Rect) {
        let at = pos2(rect.min.x + Self::PAD, rect.center().y - self.text_height() / 2.0);
        let below = at + vec2(0.0, self.name.size().y + 2.0);
        ui.painter().galley(at, self.name, Color32::PLACEHOLDER);
        if let Some(note) = self.note {
            ui.painter().galley(below, note, Color32::PLACEHOLDER);
        }
        text::put(ui, text::inset(rect, Self::PAD, 0.0), self.end, Align::Max);
    }
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
