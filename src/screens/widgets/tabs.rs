//! Tabs: which part of a screen is shown.

use super::{control, focus_ring};
use crate::{
    look::{Look, SMALL, Type},
    text, walk,
};
use egui::{Align, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, vec2};

/// Names side by side (in several lines where they need it); gives back the index of the one that was pressed. `of`: what is
/// chosen, for a screen reader, where a page has several; may be empty.
pub fn tabs(ui: &mut Ui, look: &Look, of: &str, names: &[String], chosen: usize) -> Option<usize> {
    let p = look.palette();
    let mut pressed = None;
    walk::group(ui);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 8.0);
        for (index, name) in names.iter().enumerate() {
            let is_chosen = index == chosen;
            let ink = if is_chosen { p.on_now } else { p.ink };
            let room = ui.max_rect().width() - 40.0;
            let galley = text::wrapped(ui, name, look.bold(Type::Body), ink, room, Align::Center);
            let size = vec2(galley.size().x + 40.0, (galley.size().y + 18.0).max(SMALL + 8.0));
            let full = if of.is_empty() { name.clone() } else { format!("{of}: {name}") };
            let (rect, response) = control(ui, size, || {
                WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, &full)
            });
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_role(egui::accesskit::Role::Tab);
                node.set_selected(is_chosen);
            });
            let (fill, edge) = match (is_chosen, response.hovered()) {
                (true, _) => (p.now, Stroke::new(look.edge_width(), p.now)),
                (false, true) => (p.now_faint, Stroke::new(look.edge_width(), p.now)),
                (false, false) => (p.paper, look.edge()),
            };
            ui.painter().rect(rect, look.corners(), fill, edge, StrokeKind::Inside);
            text::put(ui, rect, galley, Align::Center);
            focus_ring(ui, look, &response);
            if response.clicked() {
                pressed = Some(index);
            }
        }
    });
    pressed
}
