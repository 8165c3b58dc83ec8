//! What can be measured on a body, by the names that exercise files use.

use crate::{
    Joint, Landmarks, Side,
    body::{Body, Point},
    vector::{angle_between, asin, direction},
};
use glam::Vec3;
use serde::{Deserialize, Serialize};

/// Unit of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Unit {
    /// An angle: radians inside, degrees (`deg`) in files and reports.
    #[serde(rename = "deg")]
    Angle,
    /// A length divided by a length of the same body.
    #[serde(rename = "ratio")]
    Ratio,
}

impl Unit {
    /// Name at the edges (files, JSON): `deg` or `ratio`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Angle => "deg",
            Self::Ratio => "ratio",
        }
    }

    /// From the inside (radians) to the edge (degrees); ratios stay.
    pub fn to_edge(self, value: f64) -> f64 {
        match self {
            Self::Angle => value.to_degrees(),
            Self::Ratio => value,
        }
    }

    /// From the edge (degrees) to the inside (radians); ratios stay.
    pub fn from_edge(self, value: f64) -> f64 {
        match self {
            Self::Angle => value.to_radians(),
            Self::Ratio => value,
        }
    }
}

/// A quantity of the body. Angles follow the zero-neutral convention: 0 in the anatomical position.
///
/// A measure of the whole body has the same value on both sides; one that has a direction (`trunk_side_lean`) has
/// opposite signs, so that a movement and its mirror image measure alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Measure {
    /// Upper arm away from the trunk to the side, in the frontal plane of the thorax; -90° to 270°.
    ShoulderAbduction,
    /// Upper arm forward from the trunk, in the sagittal plane of the thorax; extension is negative.
    ShoulderFlexion,
    /// Upper arm away from the trunk in whatever plane; 0 to 180°.
    ShoulderElevation,
    /// Upper arm ahead of the frontal plane of the thorax; behind it is negative; -90° to 90°.
    ArmForward,
    /// Bend of the elbow, in the plane of the arm.
    ElbowFlexion,
    /// Thigh forward from the trunk, in the sagittal plane of the pelvis; extension is negative.
    HipFlexion,
    /// Thigh out of the sagittal plane of the pelvis; adduction is negative; -90° to 90°.
    HipAbduction,
    /// Bend of the knee, in the plane of the leg.
    KneeFlexion,
    /// Foot towards the shank, in the plane of shank and foot; needs heel and toes; plantar flexion is negative.
    AnkleDorsiflexion,
    /// Shank forward from the vertical, in the sagittal plane.
    ShankLean,
    /// Foot pitched up at the heel, against the horizontal, in the sagittal plane.
    HeelRise,
    /// Frontal-plane projection angle of the knee: positive where the knee falls inwards (valgus).
    KneeValgus,
    /// Distance between the knees over distance between the ankles, side to side: below 1 the knees fall inwards.
    KneeSeparation,
    /// Distance between the ankles over distance between the shoulders, side to side.
    StanceWidth,
    /// Trunk forward from the vertical, in the sagittal plane; backward is negative.
    TrunkFlexion,
    /// Trunk towards this side from the vertical, in the frontal plane.
    TrunkSideLean,
    /// How near the shoulder is to the ear, along the trunk: 0 where they are one shoulder width apart, 1 where level.
    ShoulderHike,
    /// Hips turned out of the picture's plane, to either side: 0 seen from the front or the back, 90° from the side.
    BodyYaw,
}

use Measure::*;

/// Number of measures.
pub const MEASURE_COUNT: usize = BodyYaw as usize + 1;

impl Measure {
    /// All measures.
    pub const ALL: [Self; MEASURE_COUNT] = [
        ShoulderAbduction,
        ShoulderFlexion,
        ShoulderElevation,
        ArmForward,
        ElbowFlexion,
        HipFlexion,
        HipAbduction,
        KneeFlexion,
        AnkleDorsiflexion,
        ShankLean,
        HeelRise,
        KneeValgus,
        KneeSeparation,
        StanceWidth,
        TrunkFlexion,
        TrunkSideLean,
        ShoulderHike,
        BodyYaw,
    ];

    /// The name in exercise files: `knee_flexion`.
    pub const fn name(self) -> &'static str {
        match self {
            ShoulderAbduction => "shoulder_abduction",
            ShoulderFlexion => "shoulder_flexion",
            ShoulderElevation => "shoulder_elevation",
            ArmForward => "arm_forward",
            ElbowFlexion => "elbow_flexion",
            HipFlexion => "hip_flexion",
            HipAbduction => "hip_abduction",
            KneeFlexion => "knee_flexion",
            AnkleDorsiflexion => "ankle_dorsiflexion",
            ShankLean => "shank_lean",
            HeelRise => "heel_rise",
            KneeValgus => "knee_valgus",
            KneeSeparation => "knee_separation",
            StanceWidth => "stance_width",
            TrunkFlexion => "trunk_flexion",
            TrunkSideLean => "trunk_side_lean",
            ShoulderHike => "shoulder_hike",
            BodyYaw => "body_yaw",
        }
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            KneeSeparation | StanceWidth | ShoulderHike => Unit::Ratio,
            _ => Unit::Angle,
        }
    }

    /// The joints it is measured from, on its side; those of [`Self::needs_both`] are needed on both.
    pub const fn needs(self) -> &'static [Joint] {
        use Joint::*;
        match self {
            ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward => &[Shoulder, Elbow],
            ElbowFlexion => &[Shoulder, Elbow, Wrist],
            HipFlexion | HipAbduction => &[Hip, Knee],
            KneeFlexion | KneeValgus => &[Hip, Knee, Ankle],
            AnkleDorsiflexion => &[Knee, Ankle, Heel, Toes],
            ShankLean => &[Knee, Ankle],
            HeelRise => &[Heel, Toes],
            ShoulderHike => &[Ear, Shoulder],
            KneeSeparation | StanceWidth | TrunkFlexion | TrunkSideLean | BodyYaw => &[],
        }
    }

    /// The joints that it needs on both sides.
    pub const fn needs_both(self) -> &'static [Joint] {
        use Joint::*;
        match self {
            ElbowFlexion | KneeFlexion | AnkleDorsiflexion => &[],
            ShankLean | HeelRise | KneeValgus | BodyYaw => &[Hip],
            KneeSeparation => &[Hip, Knee, Ankle],
            StanceWidth => &[Hip, Shoulder, Ankle],
            _ => &[Hip, Shoulder],
        }
    }
}

/// A measured value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The value, radians or a ratio.
    pub value: f32,
    /// Its standard deviation, same unit: a first estimate from the landmarks' visibility and the lengths of the
    /// segments, not yet from the view.
    pub sd: f32,
    /// The lowest visibility, 0 to 1, of the landmarks that it was measured from.
    pub visibility: f32,
}

/// All measures of one body at one moment; `None` where a landmark that a measure needs is not seen, or where the
/// posture leaves it undefined (an arm straight forward has no abduction).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures([[Option<Estimate>; 2]; MEASURE_COUNT]);

impl Default for Measures {
    fn default() -> Self {
        Self([[None; 2]; MEASURE_COUNT])
    }
}

impl Measures {
    /// Measures a body from its landmarks in the camera frame (metres; see the crate's page).
    pub fn new(world: &Landmarks) -> Self {
        let body = Body::new(world);
        let mut all = Self::default();
        for measure in Measure::ALL {
            for side in Side::BOTH {
                all.0[measure as usize][side.index()] =
                    estimate(&body, measure, side).filter(|e| e.value.is_finite() && e.sd.is_finite());
            }
        }
        all
    }

    /// One measure on one side.
    pub fn get(&self, measure: Measure, side: Side) -> Option<Estimate> {
        self.0[measure as usize][side.index()]
    }
}

/// Standard deviation of a landmark's place, metres, at full visibility and at [`crate::MIN_VISIBILITY`]. The order of
/// magnitude of BlazePose's world landmarks; a calibrated model is to replace it.
const POINT_SD_M: [f32; 2] = [0.015, 0.04];

/// A direction that stands more than 60° out of a plane has no angle in that plane.
const MIN_IN_PLANE: f32 = 0.5;

fn estimate(body: &Body, measure: Measure, side: Side) -> Option<Estimate> {
    use Joint::*;
    let at = |joint| body.point(joint, side);
    match measure {
        ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward => {
            let axes = body.thorax?;
            let arm = Segment::new(at(Shoulder)?, at(Elbow)?)?;
            match measure {
                ShoulderAbduction => arm.in_plane(axes.out(side), -axes.up).map(arm_raised),
                ShoulderFlexion => arm.in_plane(axes.forward, -axes.up).map(arm_raised),
                ShoulderElevation => Some(arm.angle(angle_between(arm.along, -axes.up))),
                _ => Some(arm.angle(asin(arm.along.dot(axes.forward)))),
            }
        }
        ElbowFlexion => hinge(at(Shoulder)?, at(Elbow)?, at(Wrist)?),
        KneeFlexion => hinge(at(Hip)?, at(Knee)?, at(Ankle)?),
        HipFlexion | HipAbduction => {
            let axes = body.pelvis?;
            let thigh = Segment::new(at(Hip)?, at(Knee)?)?;
            match measure {
                HipFlexion => thigh.in_plane(axes.forward, -axes.up),
                _ => Some(thigh.angle(asin(thigh.along.dot(axes.out(side))))),
            }
        }
        AnkleDorsiflexion => {
            let shank = Segment::new(at(Ankle)?, at(Knee)?)?;
            let foot = Segment::new(at(Heel)?, at(Toes)?)?;
            let between = angle_between(shank.along, foot.along);
            Some(shank.with(foot, std::f32::consts::FRAC_PI_2 - between))
        }
        ShankLean => {
            let axes = body.ground?;
            Segment::new(at(Ankle)?, at(Knee)?)?.in_plane(axes.forward, axes.up)
        }
        HeelRise => {
            let axes = body.ground?;
            let foot = Segment::new(at(Toes)?, at(Heel)?)?;
            foot.in_plane(axes.up, -axes.forward)
        }
        KneeValgus => knee_valgus(body, side),
        KneeSeparation => ratio(across(body, Knee)?, across(body, Ankle)?),
        StanceWidth => ratio(across(body, Ankle)?, across(body, Shoulder)?),
        TrunkFlexion | TrunkSideLean => {
            let axes = body.ground?;
            let trunk = trunk(body)?;
            match measure {
                TrunkFlexion => trunk.in_plane(axes.forward, axes.up),
                _ => trunk.in_plane(axes.out(side), axes.up),
            }
        }
        ShoulderHike => {
            let axes = body.thorax?;
            let (ear, shoulder) = (at(Ear)?, at(Shoulder)?);
            let [Some(left), Some(right)] = body.both(Shoulder) else { return None };
            let width = Segment::new(left, right)?;
            let gap = Gap {
                m: (ear.at - shoulder.at).dot(axes.up),
                visibility: ear.visibility.min(shoulder.visibility),
            };
            let near = ratio(gap, Gap { m: width.length, visibility: width.visibility })?;
            Some(Estimate { value: 1.0 - near.value, ..near })
        }
        BodyYaw => {
            let [Some(left), Some(right)] = body.both(Hip) else { return None };
            let hips = Segment::new(left, right)?;
            Some(hips.angle(libm::atan2f(hips.along.z.abs(), hips.along.x.abs())))
        }
    }
}

/// A piece of the body from one point to another.
#[derive(Clone, Copy)]
struct Segment {
    along: Vec3,
    length: f32,
    visibility: f32,
}

impl Segment {
    fn new(from: Point, to: Point) -> Option<Self> {
        let v = to.at - from.at;
        Some(Self {
            along: direction(v)?,
            length: v.length(),
            visibility: from.visibility.min(to.visibility),
        })
    }

    /// Angle from `zero` towards `positive` (perpendicular unit vectors) in the plane of the two.
    fn in_plane(&self, positive: Vec3, zero: Vec3) -> Option<Estimate> {
        let (x, y) = (self.along.dot(positive), self.along.dot(zero));
        let seen = Vec3::new(x, y, 0.0).length();
        (seen >= MIN_IN_PLANE).then(|| {
            let e = self.angle(libm::atan2f(x, y));
            Estimate { sd: e.sd / seen, ..e }
        })
    }

    fn angle(&self, value: f32) -> Estimate {
        Estimate { value, sd: self.sd(), visibility: self.visibility }
    }

    /// An angle between this segment and another.
    fn with(&self, other: Self, value: f32) -> Estimate {
        let (a, b) = (self.sd(), other.sd());
        Estimate { value, sd: (a * a + b * b).sqrt(), visibility: self.visibility.min(other.visibility) }
    }

    /// Standard deviation of the direction, radians: two ends, each off across the segment.
    fn sd(&self) -> f32 {
        std::f32::consts::SQRT_2 * point_sd_m(self.visibility) / self.length
    }
}

/// An arm raised past the vertical is at 190°, not at -170°: no arm extends or adducts beyond 90°.
fn arm_raised(e: Estimate) -> Estimate {
    use std::f32::consts::{FRAC_PI_2, TAU};
    Estimate { value: if e.value < -FRAC_PI_2 { e.value + TAU } else { e.value }, ..e }
}

fn point_sd_m(visibility: f32) -> f32 {
    let doubt = (1.0 - visibility) / (1.0 - crate::MIN_VISIBILITY);
    POINT_SD_M[0] + (POINT_SD_M[1] - POINT_SD_M[0]) * doubt
}

/// Bend at the middle of three points: 0 where they lie on a line.
fn hinge(a: Point, middle: Point, b: Point) -> Option<Estimate> {
    let (near, far) = (Segment::new(a, middle)?, Segment::new(middle, b)?);
    Some(near.with(far, angle_between(near.along, far.along)))
}

fn trunk(body: &Body) -> Option<Segment> {
    let v = body.trunk()?;
    let points = [body.both(Joint::Hip), body.both(Joint::Shoulder)];
    let visibility =
        points.into_iter().flatten().flatten().fold(1.0, |least: f32, p| least.min(p.visibility));
    Some(Segment { along: direction(v)?, length: v.length(), visibility })
}

/// Seen in the frontal plane (upright, turned with the hips), the angle between thigh and shank.
fn knee_valgus(body: &Body, side: Side) -> Option<Estimate> {
    let axes = body.ground?;
    let at = |joint| body.point(joint, side);
    let (hip, knee, ankle) = (at(Joint::Hip)?, at(Joint::Knee)?, at(Joint::Ankle)?);
    let (out, down) = (axes.out(side), -axes.up);
    let (thigh, shank) = (Segment::new(hip, knee)?, Segment::new(knee, ankle)?);
    let (a, b) = (thigh.in_plane(out, down)?, shank.in_plane(out, down)?);
    let sd = (a.sd * a.sd + b.sd * b.sd).sqrt();
    Some(Estimate { value: b.value - a.value, sd, visibility: a.visibility.min(b.visibility) })
}

/// A length and the visibility of its ends.
struct Gap {
    m: f32,
    visibility: f32,
}

/// Distance between left and right joint, side to side.
fn across(body: &Body, joint: Joint) -> Option<Gap> {
    let axes = body.ground?;
    let [Some(left), Some(right)] = body.both(joint) else { return None };
    Some(Gap { m: (left.at - right.at).dot(axes.left), visibility: left.visibility.min(right.visibility) })
}

/// Below this (metres) a length is no base for a ratio.
const MIN_BASE_M: f32 = 0.05;

fn ratio(of: Gap, to: Gap) -> Option<Estimate> {
    if to.m < MIN_BASE_M {
        return None;
    }
    let visibility = of.visibility.min(to.visibility);
    let value = of.m / to.m;
    let sd = std::f32::consts::SQRT_2 * point_sd_m(visibility) * (1.0 + value * value).sqrt() / to.m;
    Some(Estimate { value, sd, visibility })
}

#[cfg(test)]
mod tests;
