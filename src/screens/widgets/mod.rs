//! What every screen is made of. Each has a role and a name in the accessibility tree, can be reached with Tab and pressed
//! with Enter or Space, and shows a ring while it has the focus.

mod button;
mod card;
mod chart;
mod choice;
mod field;
mod list;
mod ring;
mod scale;
mod tabs;
mod trace;

pub use button::{
    Weight, button, button_grid, button_height, button_in, button_width, small_button, small_button_width,
};
pub use card::{Mark, card, card_in, mark, sight};
pub use chart::{Chart, Point};
pub use choice::{choice_card, choices, toggle_row};
pub use field::{secret_field, stepper, text_field};
pub use list::{list_row, plain_row, separator, two_ends};
pub use ring::{bar, ring};
pub use scale::scale;
pub use tabs::tabs;
pub use trace::Trace;

use crate::{look::Look, walk};
use egui::{Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

/// Something to press, at the place that the layout gives it.
pub(crate) fn control(ui: &mut Ui, size: Vec2, info: impl Fn() -> WidgetInfo) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    walk::stop(ui, response.id, rect, info().typ);
    described(ui, response.clone(), info);
    (rect, response)
}

/// Something to press, in `rect`.
fn control_in(ui: &Ui, rect: Rect, id: Id, info: impl Fn() -> WidgetInfo) -> Response {
    let response = ui.interact(rect, id, Sense::click());
    described(ui, response.clone(), info);
    response
}

fn described(ui: &Ui, response: Response, info: impl Fn() -> WidgetInfo) {
    response.widget_info(info);
    if response.gained_focus() {
        ui.scroll_to_rect(response.rect.expand(8.0), None);
    }
}

/// The ring round what the keyboard is on.
pub(crate) fn focus_ring(ui: &Ui, look: &Look, response: &Response) {
    if response.has_focus() {
        let p = look.palette();
        let corners = look.corners();
        ui.painter().rect_stroke(
            response.rect.expand(4.0),
            corners,
            Stroke::new(4.0, p.now_strong),
            StrokeKind::Outside,
        );
        ui.painter().rect_stroke(
            response.rect.expand(1.0),
            corners,
            Stroke::new(3.0, p.ground),
            StrokeKind::Outside,
        );
    }
}
