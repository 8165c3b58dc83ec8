//! Small vector helpers whose results are the same bits on every platform.

use glam::Vec3;

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
