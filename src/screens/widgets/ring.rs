//! How far it has gone: rings and bars.

use crate::{
    hands,
    look::{Look, bold},
    text,
};
use egui::{CornerRadius, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// A ring filled to `share` (0 to 1) with a large number or word in it. `name` says both to a screen reader.
pub fn ring(ui: &Ui, look: &Look, rect: Rect, share: f32, inside: &str, name: &str) {
    let p = look.palette();
    let width = (rect.width().min(rect.height()) * 0.08).clamp(6.0, 20.0);
    let radius = (rect.width().min(rect.height()) / 2.0 - width / 2.0).max(4.0);
    ui.painter().circle_stroke(rect.center(), radius, Stroke::new(width, p.quiet));
    hands::arc(ui.painter(), rect.center(), radius, share, Stroke::new(width, p.now));
    let room = (radius - width) * 1.5;
    let font = text::fitting_size(ui, inside, bold(radius * 0.85), room);
    let galley = text::line(ui, inside, font, p.ink);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, p.ink);
    let response = ui.interact(rect, ui.id().with(("ring", name)), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, name);
        info.value = Some(f64::from(share));
        info
    });
}

/// A bar that is full at the target, with a tick when it is there.
pub fn bar(ui: &Ui, look: &Look, rect: Rect, share: f32, name: &str) {
    let p = look.palette();
    let radius = CornerRadius::same(12);
    ui.painter().rect_filled(rect, radius, p.quiet);
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    if share > 0.04 {
        let filled =
            Rect::from_min_size(rect.min, vec2((rect.width() * share).max(rect.height()), rect.height()));
        ui.painter().rect_filled(filled, radius, p.now);
    }
    if share >= 1.0 {
        let centre = pos2(rect.max.x - 15.0, rect.center().y);
        let tick = [vec2(-6.0, 0.5), vec2(-2.0, 4.5), vec2(6.0, -5.0)].map(|d| centre + d);
        ui.painter().line(tick.to_vec(), Stroke::new(3.0, p.on_now));
    }
    let response = ui.interact(rect, ui.id().with(("bar", name)), Sense::hover());
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(WidgetType::ProgressIndicator, true, name);
        info.value = Some(f64::from(share));
        info
    });
}
