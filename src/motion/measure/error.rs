//! How far a value may be off: the landmarks' errors carried through the measure's own geometry.

use super::{Measure, Unit, geometry};
use crate::{Joint, LandmarkId, Landmarks, Side, View, body::Body, noise::Bone};
use glam::{Mat3, Vec3};

/// Where moving a landmark by its error leaves a measure undefined both ways, it may be off by this, radians or a ratio.
const UNDEFINED_SD: f32 = 0.5;

/// The errors of one body's landmarks.
pub(crate) struct Spread<'a> {
    points: &'a Landmarks,
    /// The same, moved and put back.
    moved: Landmarks,
    view: &'a View,
    /// Across the picture, down it, and along the line of sight.
    axes: [Vec3; 3],
}

impl<'a> Spread<'a> {
    /// `level`: the landmarks in the level frame of `view`.
    pub fn new(level: &'a Landmarks, view: &'a View) -> Self {
        let turn = view.camera_from_level().transpose();
        Self { points: level, moved: *level, view, axes: [turn.x_axis, turn.y_axis, turn.z_axis] }
    }

    /// Standard deviation of a measure's `value`. Each bone's error is put on, one standard deviation each way, and the measure taken again:
    /// half the sum of the squared changes is the variance that it adds. So a bend of 0°, which no error can lower, gets its share too.
    pub fn sd(&mut self, measure: Measure, side: Side, value: f32) -> Option<f32> {
        let needed = needed(measure, side);
        let mut variance = 0.0;
        // Left and right are added before the sum, so that mirror images get the same bits.
        let (middle, limbs) = Bone::ALL.split_at(Bone::MIDDLE);
        for &bone in middle {
            variance += self.variance(bone, needed, measure, side, value);
        }
        for pair in limbs.chunks_exact(2) {
            let both = pair.iter().map(|&bone| self.variance(bone, needed, measure, side, value));
            variance += both.fold(0.0, |sum, one| sum + one);
        }
        if against_gravity(measure) {
            for (axis, sd_rad) in [(Vec3::X, self.view.pitch_sd_rad), (Vec3::Z, self.view.roll_sd_rad)] {
                let [there, back] = [sd_rad, -sd_rad].map(|angle| {
                    let (sin, cos) = libm::sincosf(angle);
                    self.tilt(turn_about(axis, sin, cos), needed);
                    geometry::value(&Body::new(&self.moved), measure, side)
                        .map(|now| difference(measure, now, value))
                });
                self.moved = *self.points;
                variance += half_the_squares(there, back);
            }
        }
        let sd = variance.sqrt();
        sd.is_finite().then_some(sd)
    }

    /// What one bone's error adds.
    fn variance(&mut self, bone: Bone, needed: u64, measure: Measure, side: Side, value: f32) -> f32 {
        if !matters(bone, needed) {
            return 0.0;
        }
        let [across, along] = self.view.noise().sd_m(bone, self.points);
        let mut variance = 0.0;
        for (axis, sd_m) in self.axes.into_iter().zip([across, across, along]) {
            let [there, back] = [axis * sd_m, axis * -sd_m].map(|by| {
                self.shift(bone, by);
                let now = geometry::value(&Body::new(&self.moved), measure, side);
                self.restore(bone);
                now.map(|now| difference(measure, now, value))
            });
            variance += half_the_squares(there, back);
        }
        variance
    }

    fn shift(&mut self, bone: Bone, by: Vec3) {
        bone.moves().iter().for_each(|&id| self.moved[id].position += by);
        bone.moves_back().iter().for_each(|&id| self.moved[id].position -= by);
    }

    fn restore(&mut self, bone: Bone) {
        for &id in bone.moves().iter().chain(bone.moves_back()) {
            self.moved[id].position = self.points[id].position;
        }
    }

    fn tilt(&mut self, turn: Mat3, needed: u64) {
        for id in LandmarkId::ALL {
            if needed & bit(id) != 0 {
                self.moved[id].position = turn * self.points[id].position;
            }
        }
    }
}

/// Half the sum of squares of the two changes; a side on which the measure is undefined counts like the other.
fn half_the_squares(there: Option<f32>, back: Option<f32>) -> f32 {
    let (a, b) = match (there, back) {
        (Some(a), Some(b)) => (a, b),
        (Some(one), None) | (None, Some(one)) => (one, one),
        (None, None) => (UNDEFINED_SD, UNDEFINED_SD),
    };
    (a * a + b * b) / 2.0
}

/// From `value` to `now`, for angles the short way round.
fn difference(measure: Measure, now: f32, value: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    let change = now - value;
    match measure.unit() {
        Unit::Angle if change > PI => change - TAU,
        Unit::Angle if change < -PI => change + TAU,
        _ => change,
    }
}

fn turn_about(axis: Vec3, sin: f32, cos: f32) -> Mat3 {
    if axis == Vec3::X {
        Mat3::from_cols(Vec3::X, Vec3::new(0.0, cos, sin), Vec3::new(0.0, -sin, cos))
    } else {
        Mat3::from_cols(Vec3::new(cos, sin, 0.0), Vec3::new(-sin, cos, 0.0), Vec3::Z)
    }
}

const fn bit(id: LandmarkId) -> u64 {
    1 << id.index()
}

/// The landmarks that a measure is taken from, as bits.
fn needed(measure: Measure, side: Side) -> u64 {
    let own = measure.needs().iter().map(|joint| bit(joint.of(side)));
    let both =
        measure.needs_both().iter().flat_map(|&joint: &Joint| Side::BOTH.map(|side| bit(joint.of(side))));
    own.chain(both).fold(0, |all, one| all | one)
}

/// Does the bone's error change the measure? Not where it moves nothing or everything that is needed.
fn matters(bone: Bone, needed: u64) -> bool {
    let bits = |ids: &[LandmarkId]| ids.iter().fold(0, |all, &id| all | bit(id)) & needed;
    let (there, back) = (bits(bone.moves()), bits(bone.moves_back()));
    (there != 0 || back != 0) && there != needed && back != needed
}

/// Is it measured against the vertical or the horizontal, so that the camera's tilt matters?
fn against_gravity(measure: Measure) -> bool {
    use Measure::*;
    matches!(
        measure,
        ShankLean
            | HeelRise
            | KneeValgus
            | KneeSeparation
            | StanceWidth
            | TrunkFlexion
            | TrunkSideLean
            | TrunkIncline
            | PelvisHike
            | FootLift
            | PelvisHeight
            | ComOffset
            | ComShift
    )
}

#[cfg(test)]
mod tests;
