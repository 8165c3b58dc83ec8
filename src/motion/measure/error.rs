//! How far a value may be off.

use super::{Measure, Unit};
use crate::{Joint, Side, body::Body};

/// Standard deviation of a landmark's place, metres, at full visibility and at [`crate::MIN_VISIBILITY`]. The order of
/// magnitude of BlazePose's world landmarks; a calibrated model is to replace it.
const POINT_SD_M: [f32; 2] = [0.015, 0.04];
/// No two points of a measure are taken as nearer than this, metres.
const SHORTEST_M: f32 = 0.05;

/// Standard deviation of a value: two points, each off across the shortest segment that the measure is taken from.
pub(super) fn sd(body: &Body, measure: Measure, side: Side, visibility: f32, value: f32) -> Option<f32> {
    let points = |joint: Joint| body.point(joint, side);
    let needs = measure.needs();
    let own = needs.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((points(*a)?, points(*b)?)),
        _ => None,
    });
    let both = measure.needs_both().iter().filter_map(|&joint| match body.both(joint) {
        [Some(left), Some(right)] if needs.is_empty() => Some((left, right)),
        _ => None,
    });
    let shortest = own.chain(both).map(|(a, b)| a.at.distance(b.at)).fold(1.0, f32::min).max(SHORTEST_M);
    let doubt = (1.0 - visibility) / (1.0 - crate::MIN_VISIBILITY);
    let point_sd_m = POINT_SD_M[0] + (POINT_SD_M[1] - POINT_SD_M[0]) * doubt;
    let sd = std::f32::consts::SQRT_2 * point_sd_m / shortest;
    let sd = match measure.unit() {
        Unit::Angle => sd,
        Unit::Ratio => sd * (1.0 + value * value).sqrt(),
    };
    sd.is_finite().then_some(sd)
}
