//! How far a value may be off: the landmarks' errors carried through the measure's own geometry.

use super::{Measure, Unit, geometry};
use crate::{
    Joint, LandmarkId, Landmarks, Side, View,
    body::Body,
    noise::Bone,
    vector::{about_x, about_z},
};
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
        let needed = used(measure, side);
        let mut sum = Sum::default();
        // Left and right are added before the sum, so that mirror images get the same bits.
        let (middle, limbs) = Bone::ALL.split_at(Bone::MIDDLE);
        for &bone in middle {
            sum = sum + self.variance(bone, needed, measure, side, value);
        }
        for pair in limbs.chunks_exact(2) {
            let both = pair.iter().map(|&bone| self.variance(bone, needed, measure, side, value));
            sum = sum + both.fold(Sum::default(), |sum, one| sum + one);
        }
        let mut variance = sum.variance(value);
        if against_gravity(measure) {
            let (pitch, roll) = (self.view.pitch_sd_rad, self.view.roll_sd_rad);
            for ways in [[about_x(pitch), about_x(-pitch)], [about_z(roll), about_z(-roll)]] {
                let [there, back] = ways.map(|turn| {
                    self.tilt(turn);
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
    fn variance(&mut self, bone: Bone, needed: u64, measure: Measure, side: Side, value: f32) -> Sum {
        if !matters(bone, needed) {
            return Sum::default();
        }
        let stretch = if measured_out_of_plane(measure) { self.stretch(bone) } else { 1.0 };
        let [across, along] = self.view.noise().sd_m(bone, self.points).map(|sd_m| sd_m * stretch);
        let mut sum = Sum::default();
        for (i, (axis, sd_m)) in self.axes.into_iter().zip([across, across, along]).enumerate() {
            let (own, below) = self.with_shank(bone, i, sd_m);
            let [there, back] = [1.0, -1.0].map(|sign| {
                self.shift(bone, axis * (sign * own));
                if let Some((shank, by_m)) = below {
                    self.shift(shank, axis * (sign * by_m));
                }
                let now = geometry::value(&Body::new(&self.moved), measure, side);
                self.restore(bone);
                now.map(|now| difference(measure, now, value))
            });
            match (there, back) {
                (Some(there), Some(back)) if unsigned(measure) && there > 0.0 && back > 0.0 => {
                    sum.raising += half_the_squares(Some(there), Some(back));
                    sum.across += half_the_squares(Some(value + there), Some(value + back)) - value * value;
                }
                _ => sum.plain += half_the_squares(there, back),
            }
        }
        sum
    }

    /// A limb's bone that its error made longer than it is turns less for the same error: by how much it is too long against the trunk.
    fn stretch(&self, bone: Bone) -> f32 {
        let Some(share) = share_of_trunk(bone).filter(|_| self.view.one_camera) else { return 1.0 };
        match (bone.vector(self.points), Bone::Trunk.vector(self.points)) {
            (Some(bone), Some(trunk)) => (bone.length() / (share * trunk.length())).clamp(1.0, MOST_STRETCH),
            _ => 1.0,
        }
    }

    /// The shank's error goes with the thigh's: how far to move the bone itself, and the shank with the thigh, along the `axis`th axis.
    fn with_shank(&self, bone: Bone, axis: usize, sd_m: f32) -> (f32, Option<(Bone, f32)>) {
        let noise = self.view.noise();
        match bone {
            Bone::Thigh(side) => {
                let shank = Bone::Shank(side);
                let [across, along] = noise.sd_m(shank, self.points);
                (sd_m, Some((shank, noise.knee * if axis == 2 { along } else { across })))
            }
            Bone::Shank(_) => (sd_m * (1.0 - noise.knee * noise.knee).sqrt(), None),
            _ => (sd_m, None),
        }
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

    /// Turns the whole body: a measure may use more than it needs.
    fn tilt(&mut self, turn: Mat3) {
        for (moved, point) in self.moved.0.iter_mut().zip(&self.points.0) {
            moved.position = turn * point.position;
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

/// Is it a bend between 0 and 180°, which errors only raise when it is small?
fn unsigned(measure: Measure) -> bool {
    matches!(measure, Measure::KneeFlexion | Measure::ElbowFlexion | Measure::ShoulderElevation)
}

/// Is it told from whole directions, not from their shadows in a plane of the body? A shadow does not grow with an error across its plane.
fn measured_out_of_plane(measure: Measure) -> bool {
    use Measure::*;
    unsigned(measure)
        || matches!(
            measure,
            ArmForward | ShoulderRotation | HipRotation | AnkleDorsiflexion | ComOffset | ComShift
        )
}

/// Bones look no more than this many times too long.
const MOST_STRETCH: f32 = 2.0;

/// The length of a limb's bone over that of the trunk, hips to shoulders (Winter 2009, Biomechanics and Motor Control, table 4.1).
const fn share_of_trunk(bone: Bone) -> Option<f32> {
    const TRUNK: f32 = 0.818 - 0.530;
    match bone {
        Bone::UpperArm(_) => Some(0.186 / TRUNK),
        Bone::Forearm(_) => Some(0.146 / TRUNK),
        Bone::Thigh(_) => Some(0.245 / TRUNK),
        Bone::Shank(_) => Some(0.246 / TRUNK),
        _ => None,
    }
}

/// What errors add to a value.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// Variance of those that may raise or lower it.
    plain: f32,
    /// Mean square of those that only raise a bend, because they are across its plane...
    raising: f32,
    /// ...and what they add to the bend's own square.
    across: f32,
}

impl std::ops::Add for Sum {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            plain: self.plain + other.plain,
            raising: self.raising + other.raising,
            across: self.across + other.across,
        }
    }
}

impl Sum {
    /// Errors across the plane of a bend make it the hypotenuse of both, so that the true bend is lower than the one measured, by what the root
    /// tells. [`RAYLEIGH`] times their square is allowed for.
    fn variance(self, bend: f32) -> f32 {
        if self.across <= 0.0 {
            return self.plain + self.raising;
        }
        let lower = bend - (bend * bend - RAYLEIGH * self.across).max(0.0).sqrt();
        self.plain + self.raising.max(lower * lower)
    }
}

/// Measured bends of straight joints are spread like the length of a vector of two errors, of which 95 of 100 are within 2.45 standard
/// deviations, not 2.
const RAYLEIGH: f32 = 3.0;

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

const fn bit(id: LandmarkId) -> u64 {
    1 << id.index()
}

/// The landmarks that a measure is taken from, those that it can do without too, as bits.
fn used(measure: Measure, side: Side) -> u64 {
    let own = measure.needs().iter().map(|joint| bit(joint.of(side)));
    let both =
        measure.needs_both().iter().flat_map(|&joint: &Joint| Side::BOTH.map(|side| bit(joint.of(side))));
    let mass: &[Joint] = match measure {
        Measure::ComOffset | Measure::ComShift => {
            &[Joint::Ear, Joint::Elbow, Joint::Wrist, Joint::Heel, Joint::Toes]
        }
        _ => &[],
    };
    let mass = mass.iter().flat_map(|&joint| Side::BOTH.map(|side| bit(joint.of(side))));
    own.chain(both).chain(mass).fold(0, |all, one| all | one)
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
