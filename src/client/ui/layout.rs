//! Where everything stands on the coaching screen, in design units: the window is at least 1280 x 720 of them,
//! whatever its size in pixels, so text keeps its share of the height.

use bevy_egui::egui::{Pos2, Rect, Vec2, pos2, vec2};

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

/// The coaching screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CoachLayout {
    /// Exercise, source and notices.
    pub title: Rect,
    /// Row of the small buttons, filled from the right.
    pub tools: Rect,
    /// The camera picture; empty while hidden.
    pub picture: Rect,
    /// "I can see you".
    pub sight: Rect,
    /// Count, progress, score.
    pub counter: Rect,
    /// The cue.
    pub cue: Rect,
    /// Pause or go on.
    pub pause: Rect,
    /// Finish.
    pub finish: Rect,
}

const SIDE: f32 = 292.0;
const PICTURE: Vec2 = vec2(336.0, 330.0);
const TITLE: Vec2 = vec2(430.0, 104.0);
const BIG_BUTTON: f32 = 60.0;
const TOOLS: f32 = 48.0;
const CUE: f32 = 96.0;
const SIGHT: f32 = 54.0;

impl CoachLayout {
    /// Lays out a window of `size` design units; `picture_aspect` is the camera picture's width over its height,
    /// `None` while it is hidden or there is none.
    pub fn new(size: Vec2, picture_aspect: Option<f32>) -> Self {
        let (right, bottom) = (size.x - MARGIN, size.y - MARGIN);
        let side = right - SIDE;
        let finish = Rect::from_min_max(pos2(side, bottom - BIG_BUTTON), pos2(right, bottom));
        let pause = finish.translate(vec2(0.0, -BIG_BUTTON - GAP));
        let tools = Rect::from_min_max(pos2(size.x / 2.0, 20.0), pos2(right, 20.0 + TOOLS));
        let counter = Rect::from_min_max(pos2(side, tools.max.y + GAP), pos2(right, pause.min.y - GAP));
        let title = Rect::from_min_size(pos2(MARGIN, 20.0), TITLE);
        let picture_at = pos2(MARGIN, title.max.y + GAP);
        let picture_size = picture_aspect.map_or(Vec2::ZERO, |aspect| fit(PICTURE, aspect));
        let picture = Rect::from_min_size(picture_at, picture_size);
        let below = if picture_aspect.is_some() { picture.max.y + GAP } else { picture_at.y };
        let sight = Rect::from_min_size(pos2(MARGIN, below), vec2(PICTURE.x, SIGHT));
        let cue = Rect::from_min_max(pos2(MARGIN, bottom - CUE), pos2(side - MARGIN, bottom));
        Self { title, tools, picture, sight, counter, cue, pause, finish }
    }
}

/// The largest size of this aspect within `bounds`.
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

/// The result screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ResultLayout {
    /// Title, count and score.
    pub summary: Rect,
    /// The repetitions.
    pub list: Rect,
    /// Where it was saved.
    pub saved: Rect,
    /// The row of buttons.
    pub buttons: Rect,
}

impl ResultLayout {
    /// Lays out a window of `size` design units.
    pub fn new(size: Vec2) -> Self {
        let top = 88.0;
        let bottom = size.y - MARGIN;
        let width = (size.x - 2.0 * MARGIN).min(1360.0);
        let left = (size.x - width) / 2.0;
        let row = bottom - BIG_BUTTON;
        let saved = Rect::from_min_max(pos2(left, row - 46.0), pos2(left + width, row - GAP));
        let summary = Rect::from_min_max(pos2(left, top), pos2(left + 400.0, saved.min.y - GAP));
        let list = Rect::from_min_max(pos2(summary.max.x + GAP, top), pos2(left + width, summary.max.y));
        let buttons = Rect::from_min_max(pos2(left, row), pos2(left + width, bottom));
        Self { summary, list, saved, buttons }
    }

    /// The `index`th of `count` buttons that share the row.
    pub fn button(&self, index: usize, count: usize) -> Rect {
        let width = (self.buttons.width() + GAP) / count.max(1) as f32;
        let left = self.buttons.min.x + width * index as f32;
        Rect::from_min_size(pos2(left, self.buttons.min.y), vec2(width - GAP, self.buttons.height()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(rects: &[Rect], size: Vec2) {
        let window = Rect::from_min_size(Pos2::ZERO, size);
        for (i, a) in rects.iter().enumerate() {
            assert!(window.contains_rect(*a), "{a:?} leaves {size:?}");
            for b in &rects[i + 1..] {
                assert!(!a.intersects(*b) || a.intersect(*b).area() < 1.0, "{a:?} and {b:?} at {size:?}");
            }
        }
    }

    #[test]
    fn nothing_overlaps_or_leaves_the_window() {
        for window in [vec2(1280.0, 720.0), vec2(960.0, 540.0), vec2(1024.0, 640.0), vec2(3840.0, 2160.0)] {
            let size = window / unit_pixels(window);
            for aspect in [None, Some(16.0 / 9.0), Some(4.0 / 3.0), Some(9.0 / 16.0)] {
                let l = CoachLayout::new(size, aspect);
                let mut rects = vec![l.title, l.tools, l.sight, l.counter, l.cue, l.pause, l.finish];
                rects.extend(aspect.map(|_| l.picture));
                apart(&rects, size);
            }
            let l = ResultLayout::new(size);
            for count in [2, 3] {
                let mut rects = vec![l.summary, l.list, l.saved];
                rects.extend((0..count).map(|i| l.button(i, count)));
                apart(&rects, size);
            }
        }
    }

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
