//! The two fonts: one for text, one for numbers, titles and cues.

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId};
use std::sync::Arc;

/// The font files' bytes.
#[derive(Clone)]
pub struct Fonts {
    regular: Arc<FontData>,
    bold: Arc<FontData>,
}

impl Fonts {
    /// From the bytes of two OpenType files.
    pub fn new(regular: Vec<u8>, bold: Vec<u8>) -> Self {
        let data = |bytes| Arc::new(FontData::from_owned(bytes));
        Self { regular: data(regular), bold: data(bold) }
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
