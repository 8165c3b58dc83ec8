//! How everything looks: colours, type, shadows. Set by the person, the same for every screen.

mod fonts;
mod palette;

pub use fonts::{Fonts, bold, regular};
pub use palette::{Palette, Scheme};

use egui::{Context, CornerRadius, FontId, Shadow, Stroke, Visuals, style::ScrollStyle};

/// Corner radius of cards, design units.
pub const RADIUS: u8 = 20;
/// Least height of what is pressed from across the room, design units.
pub const BIG: f32 = 64.0;
/// Least height of a small button, design units.
pub const SMALL: f32 = 48.0;
/// The largest text scale.
pub const MAX_TEXT_SCALE: f32 = 2.0;

/// The type scale, design units at text scale 1 (the window is 720 of them high or more).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Notes and names of small things.
    Small,
    /// Text.
    Body,
    /// What is read from across the room: sentences, buttons.
    Lead,
    /// A card's heading.
    Heading,
    /// The screen's title.
    Title,
    /// The cue.
    Cue,
    /// A number that matters now.
    Number,
    /// The count.
    Count,
}

impl Type {
    const fn size(self) -> f32 {
        match self {
            Self::Small => 18.0,
            Self::Body => 22.0,
            Self::Lead => 26.0,
            Self::Heading => 30.0,
            Self::Title => 38.0,
            Self::Cue => 44.0,
            Self::Number => 60.0,
            Self::Count => 152.0,
        }
    }
}

/// Text up to this size follows the text scale fully; what is larger grows by as many units as this does.
const FULLY_SCALED: f32 = 26.0;

/// What the person set for all screens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Colours.
    pub scheme: Scheme,
    /// 1 to 2.
    pub text_scale: f32,
    /// Nothing moves that doesn't have to.
    pub reduced_motion: bool,
    /// The processor draws: no soft shadows.
    pub reduced_picture: bool,
}

impl Default for Look {
    fn default() -> Self {
        Self { scheme: Scheme::Light, text_scale: 1.0, reduced_motion: false, reduced_picture: false }
    }
}

impl Look {
    /// The colours.
    pub const fn palette(&self) -> &'static Palette {
        self.scheme.palette()
    }

    /// Text scale, whatever was asked for.
    pub fn scale(&self) -> f32 {
        if self.text_scale.is_finite() { self.text_scale.clamp(1.0, MAX_TEXT_SCALE) } else { 1.0 }
    }

    /// Size of this type, design units.
    pub fn size(&self, kind: Type) -> f32 {
        let size = kind.size();
        size + size.min(FULLY_SCALED) * (self.scale() - 1.0)
    }

    /// The text font.
    pub fn regular(&self, kind: Type) -> FontId {
        regular(self.size(kind))
    }

    /// The font for numbers, titles and cues.
    pub fn bold(&self, kind: Type) -> FontId {
        bold(self.size(kind))
    }

    /// The edge of something to press.
    pub fn edge(&self) -> Stroke {
        Stroke::new(self.edge_width(), self.palette().edge)
    }

    /// Width of an edge, design units.
    pub const fn edge_width(&self) -> f32 {
        if matches!(self.scheme, Scheme::HighContrast) { 3.0 } else { 1.5 }
    }

    /// Corners of cards and buttons.
    pub const fn corners(&self) -> CornerRadius {
        CornerRadius::same(RADIUS - 4)
    }

    /// The soft shadow of cards; without graphics hardware a line has to do, since each shadow paints its card again.
    pub const fn card_shadow(&self) -> Shadow {
        if self.reduced_picture || self.palette().dark {
            Shadow::NONE
        } else {
            Shadow { offset: [0, 4], blur: 18, spread: 0, color: egui::Color32::from_black_alpha(34) }
        }
    }

    /// Sets egui's own widgets (scroll bars, text fields, selection) to this look.
    pub fn apply(&self, context: &Context) {
        let p = self.palette();
        let mut visuals = if p.dark { Visuals::dark() } else { Visuals::light() };
        visuals.override_text_color = Some(p.ink);
        visuals.widgets.hovered.expansion = 0.0;
        visuals.widgets.active.expansion = 0.0;
        visuals.selection.stroke = Stroke::new(3.0, p.now);
        visuals.selection.bg_fill = p.now_faint;
        visuals.text_cursor.stroke = Stroke::new(3.0, p.now);
        visuals.text_cursor.blink = !self.reduced_motion;
        visuals.text_edit_bg_color = Some(p.paper);
        visuals.panel_fill = p.ground;
        visuals.window_fill = p.paper;
        visuals.window_shadow = self.card_shadow();
        let animation_time = if self.reduced_motion { 0.0 } else { 0.12 };
        context.all_styles_mut(|style| {
            style.visuals = visuals.clone();
            style.animation_time = animation_time;
            style.spacing.scroll =
                ScrollStyle { bar_width: 14.0, handle_min_length: 48.0, ..ScrollStyle::thin() };
            style.spacing.scroll.floating = false;
            style.interaction.selectable_labels = false;
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_grows_with_the_scale_and_keeps_its_order() {
        let all = [
            Type::Small,
            Type::Body,
            Type::Lead,
            Type::Heading,
            Type::Title,
            Type::Cue,
            Type::Number,
            Type::Count,
        ];
        for text_scale in [1.0, 1.5, 2.0] {
            let look = Look { text_scale, ..Look::default() };
            let sizes = all.map(|kind| look.size(kind));
            assert!(sizes.is_sorted(), "{sizes:?}");
            assert!((look.size(Type::Body) - 22.0 * text_scale).abs() < 1e-4);
        }
        for (asked, given) in [(9.0, 2.0), (0.1, 1.0), (f32::NAN, 1.0)] {
            assert!((Look { text_scale: asked, ..Look::default() }.scale() - given).abs() < 1e-6);
        }
    }
}
