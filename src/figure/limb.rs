//! Turning a limb of two bones: direction of each bone, and roll from the plane of its hinge.

use crate::rig::{RestLimb, frame, turn, unit_or};
use glam::{Quat, Vec3};

/// The turns of both bones of a limb that point along `upper` and `lower` and bend about `hinge`.
/// `None` where a direction is missing or along the hinge.
pub fn aim(rest: &RestLimb, upper: Vec3, lower: Vec3, hinge: Vec3) -> Option<(Quat, Quat)> {
    let a = turn(frame(rest.upper, rest.hinge)?, frame(upper, hinge)?);
    let b = turn(frame(rest.lower, rest.hinge)?, frame(lower, hinge)?);
    (a.is_finite() && b.is_finite()).then_some((a, b))
}

/// Where `v` goes when the direction `from` swings to `to` the short way (no twist is added).
pub fn carry(from: Vec3, to: Vec3, v: Vec3) -> Vec3 {
    match (from.try_normalize(), to.try_normalize()) {
        (Some(from), Some(to)) => Quat::from_rotation_arc(from, to) * v,
        _ => v,
    }
}

/// 0 below `low`, 1 above `high`, smooth between.
pub fn smoothstep(low: f32, high: f32, x: f32) -> f32 {
    let t = ((x - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Share of the way to a target that a first-order filter goes in `dt_s`.
pub fn ease(dt_s: f32, time_constant_s: f32) -> f32 {
    1.0 - (-dt_s / time_constant_s.max(1e-4)).exp()
}

/// The part of `q` that turns about `axis` (unit), as an angle in (-pi, pi].
pub fn twist_rad(q: Quat, axis: Vec3) -> f32 {
    let along = q.xyz().dot(axis);
    let angle = 2.0 * along.atan2(q.w);
    if angle > std::f32::consts::PI {
        angle - std::f32::consts::TAU
    } else if angle <= -std::f32::consts::PI {
        angle + std::f32::consts::TAU
    } else {
        angle
    }
}

/// `q` turned back so that its angle is at most `limit_rad`.
pub fn limit(q: Quat, limit_rad: f32) -> Quat {
    let q = if q.w < 0.0 { -q } else { q };
    let angle = 2.0 * q.xyz().length().atan2(q.w);
    if angle <= limit_rad || angle < 1e-6 { q } else { Quat::IDENTITY.slerp(q, limit_rad / angle) }
}

/// Bends and swings a leg or an arm so that its end comes to `target`; the hinge keeps its plane.
///
/// `upper` and `lower` are vectors along the bones with their lengths, `hinge` the axis about which flexion
/// turns the lower bone. Returns what to apply to the upper and to the lower bone's turn. Out of reach: as near
/// as it gets. The hinge gives by no more than `slack_rad`.
pub fn reach(upper: Vec3, lower: Vec3, hinge: Vec3, target: Vec3, slack_rad: f32) -> (Quat, Quat) {
    let (a, b) = (upper.length(), lower.length());
    let hinge = unit_or(hinge, Vec3::X);
    let wanted = target.length().clamp((a - b).abs() + 1e-3, (a + b) * 0.99995);
    if !wanted.is_finite() || a < 1e-4 || b < 1e-4 {
        return (Quat::IDENTITY, Quat::IDENTITY);
    }
    // Flexion is the angle between the bones' directions; signed, so that a knee stays on its side.
    let flexion = hinge.dot(upper.cross(lower)).atan2(upper.dot(lower));
    let cosine = ((wanted * wanted - a * a - b * b) / (2.0 * a * b)).clamp(-1.0, 1.0);
    let bend = Quat::from_axis_angle(hinge, (cosine.acos() - flexion).clamp(-slack_rad, slack_rad));
    let end = upper + bend * lower;
    let swing = match (end.try_normalize(), target.try_normalize()) {
        (Some(from), Some(to)) => Quat::from_rotation_arc(from, to),
        _ => Quat::IDENTITY,
    };
    (swing, swing * bend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reach_comes_to_its_target_and_bends_forward() {
        let (upper, lower) = (Vec3::new(0.0, -0.42, 0.02), Vec3::new(0.0, -0.40, -0.02));
        for target in [Vec3::new(0.1, -0.6, 0.1), Vec3::new(-0.05, -0.78, 0.0), Vec3::new(0.0, -0.3, 0.2)] {
            let (a, b) = reach(upper, lower, Vec3::X, target, 3.0);
            assert!((a * upper + b * lower - target).length() < 1e-4);
            let hinge = a * Vec3::X;
            assert!(hinge.dot((a * upper).cross(b * lower)) > 0.0, "the knee bends forward");
        }
        let (a, b) = reach(upper, lower, Vec3::X, Vec3::new(0.0, -3.0, 0.0), 3.0);
        assert!((a * upper + b * lower).length() < 0.83);
        let (a, b) = reach(upper, lower, Vec3::X, Vec3::new(0.0, -0.3, 0.2), 0.05);
        assert!((a.inverse() * b).angle_between(Quat::IDENTITY) < 0.0501, "the hinge gives no further");
    }

    #[test]
    fn limit_and_twist() {
        let q = Quat::from_rotation_y(2.0);
        assert!((twist_rad(q, Vec3::Y) - 2.0).abs() < 1e-5);
        assert!((twist_rad(limit(q, 0.5), Vec3::Y) - 0.5).abs() < 1e-5);
        assert!((limit(Quat::from_rotation_x(0.3), 0.5).angle_between(Quat::from_rotation_x(0.3))) < 1e-3);
    }
}
