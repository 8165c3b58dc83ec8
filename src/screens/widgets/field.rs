//! What is typed, and numbers that go up and down.

use super::{control, focus_ring};
use crate::{
    look::{BIG, Look, Type},
    text,
};
use egui::{
    Align, Frame, Margin, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

/// A line to type into, with its name above it. `limit`: most characters.
pub fn text_field(ui: &mut Ui, look: &Look, name: &str, draft: &mut String, limit: usize) -> Response {
    field(ui, look, name, draft, limit, false)
}

/// The same for what nobody else shall read: dots are shown, unless `shown`.
pub fn secret_field(
    ui: &mut Ui,
    look: &Look,
    name: &str,
    draft: &mut String,
    limit: usize,
    shown: bool,
) -> Response {
    field(ui, look, name, draft, limit, !shown)
}

fn field(ui: &mut Ui, look: &Look, name: &str, draft: &mut String, limit: usize, hidden: bool) -> Response {
    let label = text::paragraph(ui, name, look.bold(Type::Body), look.palette().ink);
    let width = ui.available_width().min(640.0 * look.scale());
    let frame = Frame::new()
        .fill(look.palette().paper)
        .stroke(look.edge())
        .corner_radius(look.corners())
        .inner_margin(Margin::symmetric(18, 14));
    let inner = frame.show(ui, |ui| {
        let edit = TextEdit::singleline(draft)
            .frame(Frame::NONE)
            .password(hidden)
            .font(look.regular(Type::Lead))
            .char_limit(limit)
            .desired_width(width - 36.0);
        ui.add(edit).labelled_by(label.id)
    });
    let response = inner.inner;
    let name = name.to_owned();
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
    if response.gained_focus() {
        ui.scroll_to_rect(inner.response.rect.expand(8.0), None);
    }
    if response.has_focus() {
        let stroke = Stroke::new(4.0, look.palette().now_strong);
        ui.painter().rect_stroke(inner.response.rect, look.corners(), stroke, StrokeKind::Outside);
    }
    response
}

/// A number with a button on either side; gives back the new value where one was pressed. `shown` is the value in words,
/// `less` and `more` are the buttons' names.
pub fn stepper(
    ui: &mut Ui,
    look: &Look,
    name: &str,
    shown: &str,
    (less, more): (&str, &str),
    (can_less, can_more): (bool, bool),
) -> Option<i8> {
    let p = look.palette();
    let mut step = None;
    text::paragraph(ui, name, look.bold(Type::Body), p.ink);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        if sign_button(ui, look, &format!("{name}: {less}"), false, can_less).clicked() {
            step = Some(-1);
        }
        let galley = text::wrapped(
            ui,
            shown,
            look.bold(Type::Lead),
            p.ink,
            (ui.available_width() - BIG * look.scale() - 24.0).max(80.0),
            Align::Center,
        );
        let size = vec2(galley.size().x.max(110.0) + 12.0, galley.size().y.max(BIG));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, shown));
        text::put(ui, rect, galley, Align::Center);
        if sign_button(ui, look, &format!("{name}: {more}"), true, can_more).clicked() {
            step = Some(1);
        }
    });
    step
}

/// A square button with a minus or a plus.
fn sign_button(ui: &mut Ui, look: &Look, name: &str, plus: bool, enabled: bool) -> Response {
    let p = look.palette();
    let side = BIG * look.scale().sqrt();
    let scope = ui.add_enabled_ui(enabled, |ui| {
        let (rect, response) =
            control(ui, vec2(side, side), || WidgetInfo::labeled(WidgetType::Button, enabled, name));
        let fill = if response.hovered() { p.now_faint } else { p.paper };
        ui.painter().rect(rect, look.corners(), fill, look.edge(), StrokeKind::Inside);
        let (centre, reach) = (rect.center(), side * 0.2);
        let stroke = Stroke::new(4.0 * look.scale().sqrt(), if enabled { p.ink } else { p.edge });
        ui.painter().hline(centre.x - reach..=centre.x + reach, centre.y, stroke);
        if plus {
            ui.painter()
                .line_segment([pos2(centre.x, centre.y - reach), pos2(centre.x, centre.y + reach)], stroke);
        }
        focus_ring(ui, look, &response);
        response
    });
    scope.inner
}
