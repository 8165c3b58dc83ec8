//! Colours, type and the few shapes that every screen is made of.

use bevy::prelude::Resource;
use bevy_egui::egui::{
    Align, Button, Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Galley,
    Pos2, Rect, Response, RichText, Shadow, Stroke, StrokeKind, Ui, Vec2, Visuals,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Text.
pub const INK: Color32 = Color32::from_rgb(0x12, 0x2B, 0x2A);
/// Text of second rank; 7:1 on paper.
pub const SOFT_INK: Color32 = Color32::from_rgb(0x45, 0x59, 0x57);
/// Cards.
pub const PAPER: Color32 = Color32::from_rgba_premultiplied(0xF6, 0xF6, 0xF4, 0xF7);
/// A quiet area on a card.
pub const QUIET: Color32 = Color32::from_rgb(0xE6, 0xEB, 0xE9);
/// The one accent: now.
pub const TEAL: Color32 = Color32::from_rgb(0x0B, 0x6B, 0x66);
/// The accent under the pointer.
pub const TEAL_DARK: Color32 = Color32::from_rgb(0x07, 0x50, 0x4C);
/// A faint accent for areas.
pub const TEAL_FAINT: Color32 = Color32::from_rgb(0xDD, 0xEE, 0xEC);
/// To adjust: text and marks.
pub const AMBER: Color32 = Color32::from_rgb(0x8A, 0x43, 0x00);
/// To adjust: areas.
pub const AMBER_FAINT: Color32 = Color32::from_rgb(0xFF, 0xEE, 0xD2);
/// Text on the accent.
pub const ON_TEAL: Color32 = Color32::WHITE;

/// Corner radius of cards, design units.
pub const RADIUS: u8 = 20;

/// The font files could not be read.
#[derive(Debug, thiserror::Error)]
#[error("can't read the font {path}: {source}; install Baro again or give its folder with --assets")]
pub struct FontError {
    path: PathBuf,
    source: std::io::Error,
}

/// The font files' bytes.
#[derive(Resource, Clone)]
pub struct Fonts {
    regular: Arc<FontData>,
    bold: Arc<FontData>,
}

impl Fonts {
    /// Reads the fonts from the assets folder.
    ///
    /// # Errors
    /// The file that is missing.
    pub fn load(assets: &Path) -> Result<Self, FontError> {
        let read = |name: &str| {
            let path = assets.join("fonts").join(name);
            match std::fs::read(&path) {
                Ok(bytes) => Ok(Arc::new(FontData::from_owned(bytes))),
                Err(source) => Err(FontError { path, source }),
            }
        };
        Ok(Self { regular: read("Pretendard-Regular.otf")?, bold: read("Pretendard-Bold.otf")? })
    }

    /// Gives the fonts to egui; they are there from its next pass on.
    pub fn install(&self, context: &Context) {
        let mut fonts = FontDefinitions::default();
        fonts.font_data.insert("regular".into(), self.regular.clone());
        fonts.font_data.insert("bold".into(), self.bold.clone());
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.entry(family).or_default().insert(0, "regular".into());
        }
        let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
        let bold = std::iter::once("bold".to_owned()).chain(fallback).collect();
        fonts.families.insert(bold_family(), bold);
        context.set_fonts(fonts);
        let mut visuals = Visuals::light();
        visuals.override_text_color = Some(INK);
        visuals.widgets.hovered.expansion = 0.0;
        visuals.widgets.active.expansion = 0.0;
        visuals.selection.stroke = Stroke::new(3.0, TEAL);
        context.set_visuals(visuals);
    }
}

fn bold_family() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// The text font.
pub const fn regular(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// The font for numbers, titles and cues.
pub fn bold(size: f32) -> FontId {
    FontId::new(size, bold_family())
}

/// The soft shadow of cards; without graphics hardware a line has to do, since each shadow paints its card again.
pub const fn card_shadow(reduced: bool) -> Shadow {
    if reduced {
        Shadow::NONE
    } else {
        Shadow { offset: [0, 4], blur: 18, spread: 0, color: Color32::from_black_alpha(34) }
    }
}

/// A rounded area that stands out from the room.
pub fn card(ui: &Ui, rect: Rect, fill: Color32) {
    let radius = CornerRadius::same(RADIUS);
    let shadow = ui.visuals().window_shadow;
    if shadow == Shadow::NONE {
        let edge = Stroke::new(1.5, Color32::from_black_alpha(38));
        ui.painter().rect(rect, radius, fill, edge, StrokeKind::Outside);
    } else {
        ui.painter().add(shadow.as_shape(rect, radius));
        ui.painter().rect_filled(rect, radius, fill);
    }
}

/// How a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The one to press.
    Main,
    /// Another choice.
    Plain,
}

/// A button in `rect`; its key's name stands small behind its text.
pub fn button(ui: &mut Ui, rect: Rect, text: &str, weight: Weight, size: f32) -> Response {
    let hovered = ui.rect_contains_pointer(rect);
    let (fill, ink, edge) = match (weight, hovered) {
        (Weight::Main, false) => (TEAL, ON_TEAL, TEAL),
        (Weight::Main, true) => (TEAL_DARK, ON_TEAL, TEAL_DARK),
        (Weight::Plain, false) => (PAPER, INK, Color32::from_rgb(0xA9, 0xBA, 0xB7)),
        (Weight::Plain, true) => (TEAL_FAINT, INK, TEAL),
    };
    let font = fitting_size(ui, text, bold(size), rect.width() - 24.0);
    let label = RichText::new(text).font(font).color(ink);
    let radius = CornerRadius::same(if rect.height() > 54.0 { 18 } else { 14 });
    let response =
        ui.put(rect, Button::new(label).fill(fill).stroke(Stroke::new(1.5, edge)).corner_radius(radius));
    if response.has_focus() {
        ui.painter().rect_stroke(rect.expand(3.0), radius, Stroke::new(3.0, TEAL_DARK), StrokeKind::Outside);
    }
    response
}

/// Width that a button of this text wants.
pub fn button_width(ui: &Ui, text: &str, size: f32) -> f32 {
    line(ui, text, bold(size), INK).size().x + 36.0
}

/// One line of text, not broken.
pub fn line(ui: &Ui, text: &str, font: FontId, color: Color32) -> Arc<Galley> {
    ui.painter().layout_no_wrap(text.to_owned(), font, color)
}

/// `font`, made smaller where `text` would be wider than `width`.
pub fn fitting_size(ui: &Ui, text: &str, font: FontId, width: f32) -> FontId {
    let natural = line(ui, text, font.clone(), INK).size().x;
    if natural <= width { font } else { FontId { size: font.size * (width / natural).max(0.4), ..font } }
}

/// Text broken into lines of `width`, at most `rows` of them; smaller where it would need more.
pub fn block(ui: &Ui, text: &str, font: FontId, color: Color32, size: Vec2, align: Align) -> Arc<Galley> {
    let mut font = font;
    loop {
        let format = TextFormat { font_id: font.clone(), color, ..Default::default() };
        let mut job = LayoutJob::single_section(text.to_owned(), format);
        job.wrap = TextWrapping { max_width: size.x, ..Default::default() };
        job.halign = align;
        let galley = ui.painter().layout_job(job);
        if galley.size().y <= size.y || font.size < 13.0 {
            return galley;
        }
        font.size *= 0.94;
    }
}

/// Draws text in the middle of `rect`'s height, at its left edge or in the middle.
pub fn text_in(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32, align: Align) {
    let galley = block(ui, text, font, color, rect.size(), align);
    let x = match align {
        Align::Min => rect.min.x,
        Align::Center => rect.center().x,
        Align::Max => rect.max.x,
    };
    ui.painter().galley(Pos2::new(x, rect.center().y - galley.size().y / 2.0), galley, color);
}

/// `rect` without a border of `x` left and right and `y` above and below.
pub fn inset(rect: Rect, x: f32, y: f32) -> Rect {
    rect.shrink2(vec2(x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contrast ratio of the Web Content Accessibility Guidelines 2.2.
    fn contrast(a: Color32, b: Color32) -> f32 {
        let luminance = |c: Color32| {
            let [r, g, b] = [c.r(), c.g(), c.b()].map(|v| {
                let v = f32::from(v) / 255.0;
                if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * r + 0.7152 * g + 0.0722 * b
        };
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn text_can_be_read() {
        for (ink, paper, ratio) in [
            (INK, PAPER, 12.0),
            (SOFT_INK, PAPER, 6.5),
            (SOFT_INK, QUIET, 5.5),
            (ON_TEAL, TEAL, 6.0),
            (ON_TEAL, TEAL_DARK, 7.0),
            (AMBER, AMBER_FAINT, 6.0),
            (TEAL, TEAL_FAINT, 5.0),
        ] {
            assert!(contrast(ink, paper) >= ratio, "{ink:?} on {paper:?}: {}", contrast(ink, paper));
        }
    }
}
