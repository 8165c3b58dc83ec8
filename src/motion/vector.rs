//! Small vector helpers whose results are the same bits on every platform.

use glam::{Mat3, Vec3};

/// Shorter than this (metres), a segment has no direction: joints that coincide are a tracker's failure.
const SHORTEST_M: f32 = 1e-4;

/// The direction of `v`, or `None` where it is too short or not finite.
pub(crate) fn direction(v: Vec3) -> Option<Vec3> {
    let length = v.length();
    (length.is_finite() && length > SHORTEST_M).then(|| v / length)
}

/// The part of `v` that is perpendicular to the unit vector `axis`, as a direction.
pub(crate) fn direction_across(v: Vec3, axis: Vec3) -> Option<Vec3> {
    direction(v - axis * v.dot(axis))
}

/// Angle between two vectors, 0 to π. Exact near 0 and π too, where an arc cosine is not.
pub(crate) fn angle_between(a: Vec3, b: Vec3) -> f32 {
    libm::atan2f(a.cross(b).length(), a.dot(b))
}

/// Angle of `along` from `zero` towards `positive` (perpendicular unit vectors) in the plane of the two.
pub(crate) fn in_plane(along: Vec3, positive: Vec3, zero: Vec3) -> f32 {
    libm::atan2f(along.dot(positive), along.dot(zero))
}

/// Arc sine that takes rounding beyond ±1 as ±1.
pub(crate) fn asin(x: f32) -> f32 {
    libm::asinf(x.clamp(-1.0, 1.0))
}

/// Turns y towards z.
pub(crate) fn about_x(angle_rad: f32) -> Mat3 {
    let (sin, cos) = libm::sincosf(angle_rad);
    Mat3::from_cols(Vec3::X, Vec3::new(0.0, cos, sin), Vec3::new(0.0, -sin, cos))
}

/// Turns z towards x.
pub(crate) fn about_y(angle_rad: f32) -> Mat3 {
    let (sin, cos) = libm::sincosf(angle_rad);
    Mat3::from_cols(Vec3::new(cos, 0.0, -sin), Vec3::Y, Vec3::new(sin, 0.0, cos))
}

/// Turns x towards y.
pub(crate) fn about_z(angle_rad: f32) -> Mat3 {
    let (sin, cos) = libm::sincosf(angle_rad);
    Mat3::from_cols(Vec3::new(cos, sin, 0.0), Vec3::new(-sin, cos, 0.0), Vec3::Z)
}

/// Turns a level camera's vectors into those of one that looks down by `pitch_rad` and is turned clockwise by `roll_rad`.
pub(crate) fn tilted(pitch_rad: f32, roll_rad: f32) -> Mat3 {
    about_z(-roll_rad) * about_x(pitch_rad)
}
