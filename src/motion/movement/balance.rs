//! Sway of the centre of mass over the base of support.
//!
//! From one camera the distance along its axis is a guess: believe sway to the sides seen from the front, and sway
//! forward and back seen from the side.

use super::{
    mass::mass_of,
    series::{Regular, Sample, mean},
};
use crate::{Joint, Landmarks, Side, body::Body};
use glam::{Vec2, Vec3};

/// An ankle higher than the other by this share of the leg's length: that foot is off the floor.
const LIFTED: f32 = 0.06;
/// Quiet standing has nothing to say above 5 Hz, jitter has: means of a tenth of a second are compared.
const RATE_HZ: f64 = 10.0;
const LEAST_SAMPLES: usize = 10;

/// Balance in one frame, over both feet or the one that stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BalanceSample {
    /// Capture time, seconds.
    pub time_s: f64,
    /// As of [`balance_offset`].
    pub offset: Vec2,
}

/// Of a standing body: the centre of mass from the middle of the base of support, horizontally, x to the person's left, y forward; over the
/// leg's length (hip to knee to ankle), so that neither the body's size nor the camera's scale matters. `None` unless shoulders, hips, knees
/// and ankles of both sides are seen.
pub fn balance_offset(points: &Landmarks) -> Option<Vec2> {
    balance_of(&Body::new(points))
}

/// [`balance_offset`] of a body whose axes are known.
pub(crate) fn balance_of(body: &Body) -> Option<Vec2> {
    let mass = mass_of(body)?;
    let ground = body.ground()?;
    let ([left, right], length) = (body.pair(Joint::Ankle)?, body.both_legs_m()?);
    if !(length.is_finite() && length > 1e-3) {
        return None;
    }
    let flat = |v: Vec3| Vec2::new(v.dot(ground.left), v.dot(ground.forward)) / length;
    let higher = (left - right).dot(ground.up) / length;
    let foot = |side: Side, ankle: Vec3| flat(body.foot(side).unwrap_or(ankle));
    let support = match higher {
        h if h > LIFTED => foot(Side::Right, right),
        h if h < -LIFTED => foot(Side::Left, left),
        _ => (foot(Side::Right, right) + foot(Side::Left, left)) / 2.0,
    };
    let offset = flat(mass) - support;
    offset.is_finite().then_some(offset)
}

/// Sway about the mean position, in the unit of the offsets (leg lengths).
///
/// Source: Prieto et al., "Measures of postural steadiness", IEEE Trans Biomed Eng 43 (1996) 956.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sway {
    /// Root mean square distance from the mean position.
    pub rms: f64,
    /// The same to the sides alone, and forward and back alone.
    pub rms_side: f64,
    /// Forward and back alone.
    pub rms_forward: f64,
}

/// Sway over a stretch of standing. `None` for less than a second, fewer than 10 samples, or a gap longer than 0.5 s.
pub fn sway(samples: &[BalanceSample]) -> Option<Sway> {
    let axis = |value: fn(Vec2) -> f32| -> Option<Regular> {
        let finite = samples.iter().filter(|s| s.offset.is_finite());
        let axis: Vec<Sample> = finite.map(|s| Sample { time_s: s.time_s, value: value(s.offset) }).collect();
        Regular::new(&axis, LEAST_SAMPLES, RATE_HZ)
    };
    let (side, forward) = (axis(|at| at.x)?, axis(|at| at.y)?);
    let count = side.values.len();
    let seconds = (count - 1) as f64 / side.rate_hz;
    if seconds < 1.0 - 1e-6 {
        return None;
    }
    let square = |axis: &Regular| {
        let mean = mean(axis.values.iter().copied());
        axis.values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count as f64
    };
    let (xx, yy) = (square(&side), square(&forward));
    Some(Sway { rms: (xx + yy).sqrt(), rms_side: xx.sqrt(), rms_forward: yy.sqrt() })
}
