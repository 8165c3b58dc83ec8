//! Big choices: cards of which one or several are chosen, and rows that are on or off.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type},
    text, walk,
};
use egui::{Align, Color32, Pos2, Response, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// May several be chosen?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Many {
    One,
    Several,
}

const PAD: f32 = 20.0;
const SIGN: f32 = 32.0;

/// One of several cards: `name`, and below it a `note` (may be empty). `several`: may others be chosen beside it?
pub fn choice_card(
    ui: &mut Ui,
    look: &Look,
    width: f32,
    name: &str,
    note: &str,
    chosen: bool,
    several: bool,
) -> Response {
    let many = if several { Many::Several } else { Many::One };
    row(
        ui,
        look,
        width,
        name,
        note,
        |kind| WidgetInfo::selected(kind, true, chosen, full_name(name, note)),
        chosen,
        many,
    )
}

fn full_name(name: &str, note: &str) -> String {
    if note.is_empty() { name.to_owned() } else { format!("{name}. {note}") }
}

#[expect(clippy::too_many_arguments, reason = "private; a struct would only repeat the names")]
fn row(
    ui: &mut Ui,
    look: &Look,
    width: f32,
    name: &str,
    note: &str,
    info: impl Fn(WidgetType) -> WidgetInfo,
    chosen: bool,
    many: Many,
) -> Response {
    let p = look.palette();
    let sign = SIGN * look.scale().sqrt();
    let text_width = width - 2.0 * PAD - sign - 14.0;
    let name_galley = text::wrapped(ui, name, look.bold(Type::Lead), p.ink, text_width, Align::Min);
    let note_galley = (!note.is_empty())
        .then(|| text::wrapped(ui, note, look.regular(Type::Small), p.soft_ink, text_width, Align::Min));
    let note_height = note_galley.as_ref().map_or(0.0, |galley| galley.size().y + 2.0);
    let text_height = name_galley.size().y + note_height;
    let size = vec2(width, (text_height + 24.0).max(BIG));
    let kind = if many == Many::Several { WidgetType::Checkbox } else { WidgetType::RadioButton };
    let (rect, response) = control(ui, size, || info(kind));
    let (fill, edge) = match (chosen, response.hovered()) {
        (true, _) => (p.now_faint, Stroke::new(3.0, p.now)),
        (false, true) => (p.now_faint, Stroke::new(look.edge_width(), p.now)),
        (false, false) => (p.paper, look.edge()),
    };
    ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
    let centre = pos2(rect.min.x + PAD + sign / 2.0, rect.center().y);
    chosen_sign(ui, look, centre, sign / 2.0 - 2.0, chosen, many);
    let left = rect.min.x + PAD + sign + 14.0;
    let top = rect.center().y - text_height / 2.0;
    let name_height = name_galley.size().y;
    ui.painter().galley(pos2(left, top), name_galley, p.ink);
    if let Some(galley) = note_galley {
        ui.painter().galley(pos2(left, top + name_height + 2.0), galley, p.soft_ink);
    }
    focus_ring(ui, look, &response);
    response
}

/// Round where one is chosen, square where several may be; a tick where it is.
fn chosen_sign(ui: &Ui, look: &Look, centre: Pos2, radius: f32, chosen: bool, many: Many) {
    let p = look.palette();
    let (fill, edge) =
        if chosen { (p.now, Stroke::NONE) } else { (Color32::TRANSPARENT, Stroke::new(2.5, p.edge)) };
    let corners = if many == Many::Several { radius * 0.35 } else { radius };
    let square = egui::Rect::from_center_size(centre, vec2(2.0, 2.0) * radius);
    ui.painter().rect(square, corners, fill, edge, StrokeKind::Inside);
    if chosen {
        let tick = [vec2(-0.45, 0.05), vec2(-0.13, 0.36), vec2(0.45, -0.36)].map(|d| centre + d * radius);
        ui.painter().line(tick.to_vec(), Stroke::new(radius * 0.24, p.on_now));
    }
}

/// Cards side by side in as many columns (at most `columns`) as their words allow; gives back the index of the one that was
/// pressed. `items`: name, note, chosen.
pub fn choices<'a>(
    ui: &mut Ui,
    look: &Look,
    columns: usize,
    several: bool,
    items: impl IntoIterator<Item = (&'a str, &'a str, bool)>,
) -> Option<usize> {
    let gap = 12.0;
    let room = ui.available_width();
    let fits = ((room + gap) / (300.0 * look.scale() + gap)).floor().max(1.0) as usize;
    let columns = columns.min(fits).max(1);
    let width = (room - gap * (columns - 1) as f32) / columns as f32;
    let items: Vec<_> = items.into_iter().collect();
    walk::group(ui);
    let mut pressed = None;
    for (row, cells) in items.chunks(columns).enumerate() {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(gap, gap);
            for (column, (name, note, chosen)) in cells.iter().enumerate() {
                if choice_card(ui, look, width, name, note, *chosen, several).clicked() {
                    pressed = Some(row * columns + column);
                }
            }
        });
        ui.add_space(gap - ui.spacing().item_spacing.y);
    }
    pressed
}

/// A setting that is on or off, with a switch at its right end; over the whole width.
pub fn toggle_row(ui: &mut Ui, look: &Look, name: &str, note: &str, on: bool) -> Response {
    let p = look.palette();
    let width = ui.available_width();
    let switch = vec2(64.0, 36.0) * look.scale().sqrt();
    let text_width = width - 2.0 * PAD - switch.x - 16.0;
    let name_galley = text::wrapped(ui, name, look.regular(Type::Body), p.ink, text_width, Align::Min);
    let note_galley = (!note.is_empty())
        .then(|| text::wrapped(ui, note, look.regular(Type::Small), p.soft_ink, text_width, Align::Min));
    let note_height = note_galley.as_ref().map_or(0.0, |galley| galley.size().y + 2.0);
    let text_height = name_galley.size().y + note_height;
    let size = vec2(width, (text_height + 20.0).max(BIG));
    let (rect, response) =
        control(ui, size, || WidgetInfo::selected(WidgetType::Checkbox, true, on, full_name(name, note)));
    let fill = if response.hovered() { p.now_faint } else { p.paper };
    ui.painter().rect(rect, look.corners(), fill, look.edge(), StrokeKind::Inside);
    let top = rect.center().y - text_height / 2.0;
    let name_height = name_galley.size().y;
    ui.painter().galley(pos2(rect.min.x + PAD, top), name_galley, p.ink);
    if let Some(galley) = note_galley {
        ui.painter().galley(pos2(rect.min.x + PAD, top + name_height + 2.0), galley, p.soft_ink);
    }
    let track =
        egui::Rect::from_center_size(pos2(rect.max.x - PAD - switch.x / 2.0, rect.center().y), switch);
    let half = switch.y / 2.0;
    let (fill, edge, knob, x) = if on {
        (p.now, Stroke::NONE, p.on_now, track.max.x - half)
    } else {
        (Color32::TRANSPARENT, Stroke::new(2.5, p.edge), p.edge, track.min.x + half)
    };
    ui.painter().rect(track, half, fill, edge, StrokeKind::Inside);
    ui.painter().circle_filled(pos2(x, track.center().y), half - 6.0, knob);
    focus_ring(ui, look, &response);
    response
}
