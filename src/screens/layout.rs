//! Design units: the window is at least 1280 x 720 of them, whatever its size in pixels, so text keeps its share of the
//! height.

use egui::{Pos2, Rect, Vec2, vec2};

/// The smallest window that the screens are drawn for, design units.
pub const DESIGN: Vec2 = vec2(1280.0, 720.0);
/// Space to the window's edge and between groups.
pub const MARGIN: f32 = 24.0;
/// Space within a group.
pub const GAP: f32 = 12.0;

/// Pixels of a design unit for a window of this size in pixels.
pub fn unit_pixels(window: Vec2) -> f32 {
    (window.x / DESIGN.x).min(window.y / DESIGN.y).clamp(0.4, 6.0)
}

/// The largest size of this aspect (width over height) within `bounds`.
pub fn fit(bounds: Vec2, aspect: f32) -> Vec2 {
    let aspect = aspect.clamp(0.2, 5.0);
    if bounds.x / bounds.y > aspect {
        vec2(bounds.y * aspect, bounds.y)
    } else {
        vec2(bounds.x, bounds.x / aspect)
    }
}

/// A point of the camera picture (fractions of its width and height) in the rectangle that shows it.
pub fn in_picture(picture: Rect, x: f32, y: f32) -> Pos2 {
    picture.min + vec2(x, y) * picture.size()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_design_unit_follows_the_window() {
        assert!((unit_pixels(vec2(960.0, 540.0)) - 0.75).abs() < 1e-6);
        assert!((unit_pixels(vec2(2560.0, 1080.0)) - 1.5).abs() < 1e-6);
    }

    #[test]
    fn the_picture_keeps_its_shape() {
        let size = fit(vec2(300.0, 300.0), 0.5);
        assert_eq!(size, vec2(150.0, 300.0));
        assert_eq!(fit(vec2(300.0, 300.0), 2.0), vec2(300.0, 150.0));
    }
}
