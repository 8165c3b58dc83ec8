//! Text as galleys: measured first, then drawn.

use crate::look::Look;
use egui::{
    Align, Color32, FontId, Galley, Pos2, Rect, Response, Sense, Ui, Vec2, WidgetInfo, WidgetType,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2, vec2,
};
use std::sync::Arc;

/// Text isn't made smaller than this to fit, design units.
const LEAST: f32 = 13.0;

/// One line of text, not broken.
pub fn line(ui: &Ui, text: &str, font: FontId, color: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), font, color)
}

/// Text broken into lines of `width`.
pub fn wrapped(ui: &Ui, text: &str, font: FontId, color: Color32, width: f32, align: Align) -> Arc<Galley> {
    let format = TextFormat { font_id: font, color, ..Default::default() };
    let mut job = LayoutJob::single_section(text.to_owned(), format);
    job.wrap = TextWrapping { max_width: width.max(1.0), ..Default::default() };
    job.halign = align;
    ui.painter().layout_job(job)
}

/// `font`, made smaller where `text` would be wider than `width` in one line; by whole units, so that a number that changes keeps
/// its glyphs.
pub fn fitting_size(ui: &Ui, text: &str, font: FontId, width: f32) -> FontId {
    let natural = line(ui, text, font.clone(), Color32::BLACK).size().x;
    if natural <= width {
        font
    } else {
        FontId { size: (font.size * (width / natural).max(0.2)).floor(), ..font }
    }
}

/// Text broken into lines within `size`; smaller where it would need more.
pub fn block(ui: &Ui, text: &str, font: FontId, color: Color32, size: Vec2, align: Align) -> Arc<Galley> {
    let mut font = font;
    loop {
        let galley = wrapped(ui, text, font.clone(), color, size.x, align);
        if galley.size().y <= size.y || font.size < LEAST {
            return galley;
        }
        font.size *= 0.94;
    }
}

/// Draws a galley in the middle of `rect`'s height, at its left edge, in the middle or at its right edge. The galley was
/// laid out with the same `align`.
pub fn put(ui: &Ui, rect: Rect, galley: Arc<Galley>, align: Align) {
    let x = match align {
        Align::Min => rect.min.x,
        Align::Center => rect.center().x,
        Align::Max => rect.max.x,
    };
    let at = Pos2::new(x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Color32::PLACEHOLDER);
}

/// Draws text within `rect`; smaller where it would not fit. It is not in the accessibility tree: see [`said`].
pub fn text_in(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32, align: Align) {
    put(ui, rect, block(ui, text, font, color, rect.size(), align), align);
}

/// Puts `text` into the accessibility tree at `rect`.
pub fn label_at(ui: &Ui, rect: Rect, salt: &str, text: &str) -> Response {
    let response = ui.interact(rect, ui.id().with(salt), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    response
}

/// As [`label_at`]; a screen reader says it when it changes.
pub fn live_label_at(ui: &Ui, rect: Rect, salt: &str, text: &str) -> Response {
    let response = label_at(ui, rect, salt, text);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_live(egui::accesskit::Live::Polite));
    response
}

/// A paragraph over the whole width, at the place that the layout gives it; drawn and in the accessibility tree.
pub fn paragraph(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let galley = wrapped(ui, text, font, color, ui.available_width(), Align::Min);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, galley.size().y), Sense::hover());
    ui.painter().galley(rect.min, galley, color);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, text));
    response
}

/// Plain text in the text colour.
pub fn body(ui: &mut Ui, look: &Look, text: &str) -> Response {
    paragraph(ui, text, look.regular(crate::look::Type::Body), look.palette().ink)
}

/// Text of second rank.
pub fn note(ui: &mut Ui, look: &Look, text: &str) -> Response {
    paragraph(ui, text, look.regular(crate::look::Type::Small), look.palette().soft_ink)
}

/// A heading within a page.
pub fn heading(ui: &mut Ui, look: &Look, text: &str) -> Response {
    let response = paragraph(ui, text, look.bold(crate::look::Type::Heading), look.palette().ink);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(text);
    });
    response
}

/// `rect` without a border of `x` left and right and `y` above and below.
pub fn inset(rect: Rect, x: f32, y: f32) -> Rect {
    rect.shrink2(vec2(x, y))
}

/// Cuts a strip of `height` off `rect`'s top and moves its top below that and `gap`.
pub fn take_top(rect: &mut Rect, height: f32, gap: f32) -> Rect {
    let strip = Rect::from_min_max(rect.min, pos2(rect.max.x, rect.min.y + height));
    rect.min.y = (strip.max.y + gap).min(rect.max.y);
    strip
}
