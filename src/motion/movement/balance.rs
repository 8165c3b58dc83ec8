//! Sway of the centre of mass over the base of support.
//!
//! From one camera the distance along its axis is a guess: believe sway to the sides seen from the front, and sway
//! forward and back seen from the side.

use super::{
    mass::centre_of_mass,
    series::{Regular, Sample},
};
use crate::{Joint, Landmarks, Side, body::Body};
use glam::{Vec2, Vec3};

/// An ankle higher than the other by this share of the leg's length: that foot is off the floor.
const LIFTED: f32 = 0.06;
/// Half the breadth of a foot over the leg's length (0.10 m of 0.85 m; Winter 2009, table 4.1 proportions).
const HALF_FOOT: f32 = 0.055;
/// Quiet standing has nothing to say above 5 Hz, jitter has: means of a tenth of a second are compared.
const RATE_HZ: f64 = 10.0;
const LEAST_SAMPLES: usize = 10;
/// 95 % of a bivariate normal distribution lie within this squared distance (χ² with two degrees of freedom).
const CHI2_95: f64 = 5.991;

/// What the body stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Support {
    BothFeet,
    OneFoot(Side),
}

/// Balance in one frame; lengths over the leg's length (hip to knee to ankle), so that neither the body's size nor the
/// camera's scale matters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// What it stands on.
    pub support: Support,
    /// Centre of mass from the middle of the base of support, horizontally: x to the person's left, y forward.
    pub offset: Vec2,
    /// How far the centre of mass is inside the base's side borders (outer edges of the feet, or of the one foot);
    /// negative outside.
    pub side_margin: f32,
}

/// Balance with its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BalanceSample {
    /// Capture time, seconds.
    pub time_s: f64,
    /// As [`Balance::offset`].
    pub offset: Vec2,
}

/// Balance of a standing body. `None` unless shoulders, hips, knees and ankles of both sides are seen.
pub fn balance_sample(points: &Landmarks) -> Option<Balance> {
    let mass = centre_of_mass(points)?;
    let body = Body::new(points);
    let ground = body.ground?;
    let leg = |side| {
        let at = |joint| body.point(joint, side).map(|point| point.at);
        let (hip, knee, ankle) = (at(Joint::Hip)?, at(Joint::Knee)?, at(Joint::Ankle)?);
        Some((hip.distance(knee) + knee.distance(ankle), ankle))
    };
    let ([left, right], length) = {
        let (left, right) = (leg(Side::Left)?, leg(Side::Right)?);
        ([left.1, right.1], (left.0 + right.0) / 2.0)
    };
    if !(length.is_finite() && length > 1e-3) {
        return None;
    }
    let flat = |v: Vec3| Vec2::new(v.dot(ground.left), v.dot(ground.forward)) / length;
    let higher = (left - right).dot(ground.up) / length;
    let foot = |side: Side, ankle: Vec3| {
        let at = |joint| body.point(joint, side).map(|point| point.at);
        match (at(Joint::Heel), at(Joint::Toes)) {
            (Some(heel), Some(toes)) => flat((heel + toes) / 2.0),
            _ => flat(ankle),
        }
    };
    let (support, from, to) = match higher {
        h if h > LIFTED => {
            (Support::OneFoot(Side::Right), foot(Side::Right, right), foot(Side::Right, right))
        }
        h if h < -LIFTED => (Support::OneFoot(Side::Left), foot(Side::Left, left), foot(Side::Left, left)),
        _ => (Support::BothFeet, foot(Side::Right, right), foot(Side::Left, left)),
    };
    let at = flat(mass);
    let (low, high) = (from.x.min(to.x) - HALF_FOOT, from.x.max(to.x) + HALF_FOOT);
    let balance =
        Balance { support, offset: at - (from + to) / 2.0, side_margin: (at.x - low).min(high - at.x) };
    balance.offset.is_finite().then_some(balance)
}

/// Sway about the mean position, in the unit of the offsets (leg lengths).
///
/// Source: Prieto et al., "Measures of postural steadiness", IEEE Trans Biomed Eng 43 (1996) 956; ellipse as in Schubert
/// and Kirchner, "Ellipse area calculations and their applicability in posturography", Gait Posture 39 (2014) 518.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sway {
    /// Root mean square distance from the mean position.
    pub rms: f64,
    /// The same to the sides alone, and forward and back alone.
    pub rms_side: f64,
    /// Forward and back alone.
    pub rms_forward: f64,
    /// Length of the path that the centre of mass went.
    pub path: f64,
    /// Path over time, each second: what to compare between holds of different lengths.
    pub path_per_s: f64,
    /// Area of the ellipse that holds 95 % of the positions, in squared units.
    pub ellipse_area_95: f64,
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
    let centred = |axis: &Regular| -> Vec<f64> {
        let mean = axis.values.iter().sum::<f64>() / count as f64;
        axis.values.iter().map(|v| v - mean).collect()
    };
    let (x, y) = (centred(&side), centred(&forward));
    let moment = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>() / count as f64;
    let (xx, yy, xy) = (moment(&x, &x), moment(&y, &y), moment(&x, &y));
    let steps = x.windows(2).zip(y.windows(2));
    let path: f64 = steps.map(|(x, y)| libm::hypot(x[1] - x[0], y[1] - y[0])).sum();
    Some(Sway {
        rms: (xx + yy).sqrt(),
        rms_side: xx.sqrt(),
        rms_forward: yy.sqrt(),
        path,
        path_per_s: path / seconds,
        ellipse_area_95: std::f64::consts::PI * CHI2_95 * (xx * yy - xy * xy).max(0.0).sqrt(),
    })
}
