//! The rotated square of the picture that a model looks at.

use std::f32::consts::{FRAC_PI_2, PI, TAU};

/// The square is this much larger than the body's circle.
const MARGIN: f32 = 1.25;

/// A square in the picture, turned so that the person stands upright in it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    pub center_x_px: f32,
    pub center_y_px: f32,
    /// Length of a side.
    pub size_px: f32,
    /// Clockwise as seen (y points down).
    pub rotation_rad: f32,
}

impl Region {
    /// From the middle of the body and a point on the circle around it; `None` if there is no circle.
    pub fn from_points(points_px: [[f32; 2]; 2]) -> Option<Self> {
        let [[x, y], [edge_x, edge_y]] = points_px;
        let size_px = Self::span_px(points_px) * MARGIN;
        let usable = size_px.is_finite() && size_px >= 1.0 && x.is_finite() && y.is_finite();
        let angle = FRAC_PI_2 - (y - edge_y).atan2(edge_x - x);
        let rotation_rad = angle - TAU * ((angle + PI) / TAU).floor();
        usable.then_some(Self { center_x_px: x, center_y_px: y, size_px, rotation_rad })
    }

    /// The whole picture and as much beyond it as makes it square.
    pub fn whole(width: u32, height: u32) -> Self {
        let (w, h) = (width as f32, height as f32);
        Self { center_x_px: w / 2.0, center_y_px: h / 2.0, size_px: w.max(h), rotation_rad: 0.0 }
    }

    /// Diameter of the body's circle: MediaPipe's measure of how large a person is in the picture.
    pub fn span_px([[x, y], [edge_x, edge_y]]: [[f32; 2]; 2]) -> f32 {
        2.0 * (edge_x - x).hypot(edge_y - y)
    }

    /// A point of the region (fractions of its side, origin top left) in picture pixels.
    pub fn to_picture_px(self, x: f32, y: f32) -> [f32; 2] {
        let (sin, cos) = self.rotation_rad.sin_cos();
        let (dx, dy) = ((x - 0.5) * self.size_px, (y - 0.5) * self.size_px);
        [self.center_x_px + cos * dx - sin * dy, self.center_y_px + sin * dx + cos * dy]
    }

    /// Between the two centres.
    pub fn distance_px(&self, other: &Self) -> f32 {
        (self.center_x_px - other.center_x_px).hypot(self.center_y_px - other.center_y_px)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_upright_person_is_not_turned() {
        let region = Region::from_points([[50.0, 60.0], [50.0, 20.0]]).unwrap();
        assert_eq!((region.center_x_px, region.center_y_px, region.size_px), (50.0, 60.0, 100.0));
        assert!(region.rotation_rad.abs() < 1e-6);
    }

    #[test]
    fn someone_lying_to_the_right_is_turned_by_a_quarter() {
        let region = Region::from_points([[50.0, 50.0], [90.0, 50.0]]).unwrap();
        assert!((region.rotation_rad - FRAC_PI_2).abs() < 1e-6);
        let [x, y] = region.to_picture_px(0.5, 0.0);
        assert!((x - 100.0).abs() < 1e-4 && (y - 50.0).abs() < 1e-4, "the head's side is at {x}, {y}");
    }

    #[test]
    fn broken_points_make_no_region() {
        assert_eq!(Region::from_points([[f32::NAN, 0.0], [1.0, 1.0]]), None);
        assert_eq!(Region::from_points([[5.0, 5.0], [5.0, 5.0]]), None);
        assert_eq!(Region::from_points([[5.0, 5.0], [f32::INFINITY, 5.0]]), None);
    }
}
