//! What can be measured on a body, by the names that exercise files use.

mod claim;
mod error;
mod geometry;

use crate::{Joint, Landmarks, Side, View, body::Body};
pub use claim::Claim;
pub(crate) use error::Spread;
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
    /// Head pitched down against the trunk, in the sagittal plane of the thorax; undefined within 30° of straight up or down
    /// only for the two below.
    NeckFlexion,
    /// Head tilted towards this side, about its own line of sight.
    NeckSideBend,
    /// Head turned towards this side, about the trunk's line.
    NeckRotation,
    /// Line from the middle of the shoulders to the middle of the ears ahead of the trunk's line, in the sagittal plane of the
    /// thorax. Bodies differ: its change from rest says how far a chin is retracted.
    HeadForward,
    /// Shoulders against hips, about the trunk's line, towards this side.
    TrunkRotation,
    /// Trunk from the vertical in whatever plane: 0 upright, 90° lying; 0 to 180°.
    TrunkIncline,
    /// Upper arm about itself, outwards: 0 where the forearm of a hanging arm points forward. Defined with the elbow bent by 30°
    /// to 150° and the arm raised by less than 150°.
    ShoulderRotation,
    /// Thigh about itself, inwards (a bent knee's foot goes outwards). Defined with the knee bent by 30° to 150°.
    HipRotation,
    /// Hip of this side higher than the other, against the horizontal.
    PelvisHike,
    /// This ankle above the other, over the length of the leg.
    FootLift,
    /// Middle of the hips above the lower ankle, over the length of the leg: 1 where the legs are straight.
    PelvisHeight,
    /// Centre of mass from the middle of the base of support, horizontally, over the length of the leg.
    ComOffset,
    /// The part of it that goes towards this side.
    ComShift,
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
        NeckFlexion,
        NeckSideBend,
        NeckRotation,
        HeadForward,
        TrunkRotation,
        TrunkIncline,
        ShoulderRotation,
        HipRotation,
        PelvisHike,
        FootLift,
        PelvisHeight,
        ComOffset,
        ComShift,
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
            NeckFlexion => "neck_flexion",
            NeckSideBend => "neck_side_bend",
            NeckRotation => "neck_rotation",
            HeadForward => "head_forward",
            TrunkRotation => "trunk_rotation",
            TrunkIncline => "trunk_incline",
            ShoulderRotation => "shoulder_rotation",
            HipRotation => "hip_rotation",
            PelvisHike => "pelvis_hike",
            FootLift => "foot_lift",
            PelvisHeight => "pelvis_height",
            ComOffset => "com_offset",
            ComShift => "com_shift",
            BodyYaw => "body_yaw",
        }
    }

    /// Its unit.
    pub const fn unit(self) -> Unit {
        match self {
            KneeSeparation | StanceWidth | ShoulderHike | FootLift | PelvisHeight | ComOffset | ComShift => {
                Unit::Ratio
            }
            _ => Unit::Angle,
        }
    }

    /// The joints it is measured from, on its side; those of [`Self::needs_both`] are needed on both.
    pub const fn needs(self) -> &'static [Joint] {
        use Joint::*;
        match self {
            ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward => &[Shoulder, Elbow],
            ElbowFlexion | ShoulderRotation => &[Shoulder, Elbow, Wrist],
            HipFlexion | HipAbduction => &[Hip, Knee],
            KneeFlexion | KneeValgus | HipRotation => &[Hip, Knee, Ankle],
            AnkleDorsiflexion => &[Knee, Ankle, Heel, Toes],
            ShankLean => &[Knee, Ankle],
            HeelRise => &[Heel, Toes],
            ShoulderHike => &[Ear, Shoulder],
            NeckFlexion | NeckSideBend | NeckRotation => &[Nose],
            _ => &[],
        }
    }

    /// The joints that it needs on both sides.
    pub const fn needs_both(self) -> &'static [Joint] {
        use Joint::*;
        match self {
            ElbowFlexion | KneeFlexion | AnkleDorsiflexion => &[],
            ShankLean | HeelRise | KneeValgus | PelvisHike | BodyYaw => &[Hip],
            NeckFlexion | NeckSideBend | NeckRotation | HeadForward => &[Hip, Shoulder, Ear],
            KneeSeparation | FootLift | PelvisHeight => &[Hip, Knee, Ankle],
            ComOffset | ComShift => &[Hip, Shoulder, Knee, Ankle],
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
    /// Its standard deviation, same unit: the landmarks' error across the picture and along the line of sight, by how well they are
    /// seen, and the camera's tilt, carried through the measure's geometry. Two of it cover the true value in 95 of 100 cases.
    pub sd: f32,
    /// The lowest visibility, 0 to 1, of the landmarks that it was measured from.
    pub visibility: f32,
    /// May the number be told to a person?
    pub claim: Claim,
}

/// Measures that are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct MeasureSet(u64);

const _: () = assert!(MEASURE_COUNT <= 64, "a set has a bit for each measure");

impl MeasureSet {
    /// All of them.
    pub const ALL: Self = Self(u64::MAX);

    /// The set with one more.
    #[must_use]
    pub const fn with(self, measure: Measure) -> Self {
        Self(self.0 | 1 << measure as u64)
    }

    /// The set with all of another.
    #[must_use]
    pub const fn and(self, more: Self) -> Self {
        Self(self.0 | more.0)
    }

    /// Is it one of them?
    pub const fn contains(self, measure: Measure) -> bool {
        self.0 & (1 << measure as u64) != 0
    }
}

impl FromIterator<Measure> for MeasureSet {
    fn from_iter<T: IntoIterator<Item = Measure>>(measures: T) -> Self {
        measures.into_iter().fold(Self::default(), Self::with)
    }
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
    /// All measures of a body that was measured in space: metres, y along gravity (see the crate's page).
    pub fn new(world: &Landmarks) -> Self {
        Self::seen(world, &View::IN_SPACE, MeasureSet::ALL)
    }

    /// The `wanted` measures of a body as one camera sees it. `world` is in the camera's frame; `view` says how that is tilted.
    pub fn seen(world: &Landmarks, view: &View, wanted: MeasureSet) -> Self {
        let level = view.level(world);
        let body = Body::new(&level);
        let mut spread = Spread::new(&level, view);
        let mut all = Self::default();
        for measure in Measure::ALL.into_iter().filter(|&measure| wanted.contains(measure)) {
            for side in Side::BOTH {
                all.0[measure as usize][side.index()] =
                    estimate_with(&body, measure, side, view, |now| spread.sd(measure, side, now.value));
            }
        }
        all
    }

    /// The plain value of one measure, radians or a ratio, of a body with y along gravity: quick where no error is asked for.
    pub fn value(world: &Landmarks, measure: Measure, side: Side) -> Option<f32> {
        geometry::value(&Body::new(world), measure, side).filter(|value| value.is_finite())
    }

    pub(crate) fn put(&mut self, measure: Measure, side: Side, estimate: Estimate) {
        self.0[measure as usize][side.index()] = Some(estimate);
    }

    /// One measure on one side.
    pub fn get(&self, measure: Measure, side: Side) -> Option<Estimate> {
        self.0[measure as usize][side.index()]
    }
}

/// One measure of a body in the level frame of `view`. `sd` gets all but the standard deviation, and gives that.
pub(crate) fn estimate_with(
    body: &Body,
    measure: Measure,
    side: Side,
    view: &View,
    sd: impl FnOnce(&Estimate) -> Option<f32>,
) -> Option<Estimate> {
    let value = geometry::value(body, measure, side).filter(|value| value.is_finite())?;
    let own = measure.needs().iter().map(|&joint| body.point(joint, side));
    let both = measure.needs_both().iter().flat_map(|&joint| body.both(joint));
    let points = own.chain(both).flatten();
    let [visibility, presence] = points.fold([1.0_f32; 2], |[visibility, presence], point| {
        [visibility.min(point.visibility), presence.min(point.presence)]
    });
    let shown = if view.one_camera { visibility } else { presence };
    let claim = claim::claim(body, measure, side, value, shown, view);
    let estimate = Estimate { value, sd: 0.0, visibility, claim };
    Some(Estimate { sd: sd(&estimate)?, ..estimate })
}

#[cfg(test)]
mod known;
#[cfg(test)]
mod tests;
