//! What may be said about a measured value, by how far its plane is turned out of the picture.

use super::Measure;
use crate::{
    Joint, MIN_VISIBILITY, Side, View,
    body::Body,
    vector::{angle_between, direction},
};
use glam::Vec3;
use serde::{Deserialize, Serialize};

/// May a number be told to a person? From one camera an angle is sound only in planes that the picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// It may, with its ±.
    Firm,
    /// It may, with a warning.
    Cautious,
    /// It may not. Counting may go on.
    Refused,
}

impl Claim {
    /// What may be said of a value in a plane that is turned out of the only picture by this, radians.
    pub fn of_turned(turned_rad: f32) -> Self {
        match turned_rad {
            turned if turned <= FIRM_RAD => Self::Firm,
            turned if turned <= CAUTIOUS_RAD => Self::Cautious,
            _ => Self::Refused,
        }
    }

    /// The presence of a point about which this is all that may be said.
    pub(crate) const fn presence(self) -> f32 {
        match self {
            Self::Firm => 1.0,
            Self::Cautious => (FIRM_VISIBILITY + MIN_VISIBILITY) / 2.0,
            Self::Refused => MIN_VISIBILITY,
        }
    }

    /// What may be said of a value measured in space: that its sensor inferred a point is not in the ±.
    fn of_presence(presence: f32) -> Self {
        match presence {
            seen if seen >= FIRM_VISIBILITY => Self::Firm,
            seen if seen >= Self::Cautious.presence() => Self::Cautious,
            _ => Self::Refused,
        }
    }
}

/// Planes turned out of the picture by no more than these are firm, and cautious: from one camera, a knee bent by a right angle
/// reads 2° low at 15°, 8° at 30° and 20° at 45° by geometry alone.
const FIRM_RAD: f32 = 20.0 * std::f32::consts::PI / 180.0;
const CAUTIOUS_RAD: f32 = 30.0 * std::f32::consts::PI / 180.0;
/// Below this visibility, or presence of points in space, a value is never firm.
const FIRM_VISIBILITY: f32 = 0.65;
/// Sine of the least bend, 30°, that gives an elbow a plane of its own.
const MIN_BEND_SIN: f32 = 0.5;

/// Nobody's elbow or knee bends further: three standard deviations above the mean of 109 men (142.9 ± 5.6° and 142.5 ± 5.4°; Boone & Azen
/// 1979, J Bone Joint Surg 61-A:756). A sensor that says so has lost a joint.
const MOST_BENT_RAD: f32 = 160.0 * std::f32::consts::PI / 180.0;

/// `body` in the level frame of `view`; `shown`: the least visibility of the points, or the least presence of points in space.
pub(super) fn claim(body: &Body, measure: Measure, side: Side, value: f32, shown: f32, view: &View) -> Claim {
    if matches!(measure, Measure::KneeFlexion | Measure::ElbowFlexion) && value > MOST_BENT_RAD {
        return Claim::Refused;
    }
    if !view.one_camera {
        return Claim::of_presence(shown);
    }
    let by_view = turned_rad(body, measure, side, view).map_or(Claim::Refused, Claim::of_turned);
    if shown < FIRM_VISIBILITY { by_view.max(Claim::Cautious) } else { by_view }
}

/// How far the measure's plane is turned out of the picture, root mean square. `None` where it can't be told.
fn turned_rad(body: &Body, measure: Measure, side: Side, view: &View) -> Option<f32> {
    use Measure::*;
    let sight = view.line_of_sight();
    let segment = |from, to| body.segment(from, to, side);
    let up = || direction(body.trunk()?);
    let left = || view.left();
    // The plane's normal, and how unsure its turn is.
    let (normal, sd_rad) = match measure {
        HipFlexion | KneeFlexion | AnkleDorsiflexion | ShankLean | HeelRise | TrunkFlexion
        | ShoulderFlexion | HeadForward | NeckFlexion => (left()?, view.yaw_sd_rad),
        ShoulderAbduction | HipAbduction | KneeValgus | KneeSeparation | StanceWidth | TrunkSideLean
        | ShoulderHike | NeckSideBend | PelvisHike | ComShift => {
            // Forward: across the body's left and, against gravity or along the trunk, up.
            (direction(left()?.cross(upright(up())))?, view.yaw_sd_rad)
        }
        ArmForward | NeckRotation | TrunkRotation => (up()?, 0.0),
        ShoulderRotation => (segment(Joint::Shoulder, Joint::Elbow)?, 0.0),
        HipRotation => (segment(Joint::Hip, Joint::Knee)?, 0.0),
        ElbowFlexion => {
            let [arm, forearm] =
                [segment(Joint::Shoulder, Joint::Elbow)?, segment(Joint::Elbow, Joint::Wrist)?];
            return Some(of_two(arm, forearm, sight));
        }
        ShoulderElevation => {
            return Some(of_two(segment(Joint::Shoulder, Joint::Elbow)?, -up()?, sight));
        }
        TrunkIncline => return Some(of_two(up()?, Vec3::NEG_Y, sight)),
        // Heights show in every picture, and the view measures itself.
        FootLift | PelvisHeight | BodyYaw => return Some(0.0),
        // Half of it lies along the line of sight, from wherever.
        ComOffset => return Some((FIRM_RAD + CAUTIOUS_RAD) / 2.0),
    };
    let turned = angle_between(normal, sight);
    let turned = turned.min(std::f32::consts::PI - turned);
    // What a turned plane hides goes by the square of its turn, so that an uncertain turn costs as much as a certain one of this.
    Some(libm::hypotf(turned, sd_rad))
}

/// The trunk's line, or the vertical where the trunk is as good as upright: its depth is seen badly.
fn upright(trunk: Option<Vec3>) -> Vec3 {
    trunk.filter(|&trunk| angle_between(trunk, Vec3::NEG_Y) > CAUTIOUS_RAD).unwrap_or(Vec3::NEG_Y)
}

/// How far the plane of two directions is turned out of the picture; where they make no plane, how far the farther one points out of it.
fn of_two(a: Vec3, b: Vec3, sight: Vec3) -> f32 {
    let normal = a.cross(b);
    if normal.length() >= MIN_BEND_SIN {
        let turned = angle_between(normal, sight);
        return turned.min(std::f32::consts::PI - turned);
    }
    let out_of = |v: Vec3| crate::vector::asin(v.dot(sight).abs());
    out_of(a).max(out_of(b))
}
