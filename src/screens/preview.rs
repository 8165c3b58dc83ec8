//! The camera picture with the body over it.

use crate::{
    layout::in_picture,
    look::{Look, RADIUS},
    view::Preview,
    widgets,
};
use baro_motion::{LandmarkId, Landmarks};
use egui::{Color32, CornerRadius, Rect, Stroke, Ui, WidgetInfo, WidgetType, epaint::RectShape, pos2};

/// A landmark less visible than this is not drawn.
const VISIBLE: f32 = 0.5;

/// Draws the picture in `rect` (of its aspect); `name` stands in the accessibility tree.
pub fn show(ui: &Ui, look: &Look, rect: Rect, preview: &Preview, name: &str) {
    widgets::card_in(ui, look, rect.expand(4.0), look.palette().paper);
    let [left, right] = if preview.mirror { [1.0, 0.0] } else { [0.0, 1.0] };
    let whole = Rect::from_min_max(pos2(left, 0.0), pos2(right, 1.0));
    let radius = CornerRadius::same(RADIUS - 4);
    ui.painter().add(RectShape::filled(rect, radius, Color32::WHITE).with_texture(preview.texture, whole));
    if let Some(body) = preview.body {
        skeleton(ui, rect, body, preview.mirror);
    }
    let response = ui.interact(rect, ui.id().with("preview"), egui::Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, name));
}

fn skeleton(ui: &Ui, rect: Rect, image: &Landmarks, mirror: bool) {
    // The picture is as bright in every palette.
    let p = crate::Scheme::Light.palette();
    let painter = ui.painter().with_clip_rect(rect);
    let at = |id: LandmarkId| {
        let landmark = image[id];
        let place = landmark.position;
        let x = if mirror { 1.0 - place.x } else { place.x };
        (landmark.visibility >= VISIBLE && place.is_finite()).then(|| in_picture(rect, x, place.y))
    };
    for (width, color) in [(6.0, Color32::from_white_alpha(235)), (3.2, p.now)] {
        for (a, b) in LandmarkId::BONES {
            if let (Some(a), Some(b)) = (at(a), at(b)) {
                painter.line_segment([a, b], Stroke::new(width, color));
            }
        }
    }
    for point in LandmarkId::ALL.into_iter().skip(LandmarkId::LeftShoulder.index()).filter_map(at) {
        painter.circle(point, 3.6, Color32::WHITE, Stroke::new(2.0, p.now_strong));
    }
}
