//! How far joints moved, and what helped out: what a physiotherapist asks of a set beside its score.

use crate::{Curve, Watched};
use baro_coach::Rep;
use baro_motion::{
    Claim, Estimate, Measure, Side, Unit,
    movement::{
        Change, KneeSample, RangeOfMotion, change, compensation, knee_alignment, minimal_detectable_change,
        range_of_motion,
    },
};
use serde::Serialize;

/// Joints whose range is told, and whether there is one on each side.
const JOINTS: [(Measure, bool); 15] = [
    (Measure::ShoulderAbduction, true),
    (Measure::ShoulderFlexion, true),
    (Measure::ShoulderRotation, true),
    (Measure::ElbowFlexion, true),
    (Measure::HipFlexion, true),
    (Measure::HipAbduction, true),
    (Measure::HipRotation, true),
    (Measure::KneeFlexion, true),
    (Measure::AnkleDorsiflexion, true),
    (Measure::NeckFlexion, false),
    (Measure::NeckSideBend, false),
    (Measure::NeckRotation, false),
    (Measure::TrunkFlexion, false),
    (Measure::TrunkSideLean, false),
    (Measure::TrunkRotation, false),
];
/// Where these are counted on, the trunk should stay.
const ARM: [Measure; 6] = [
    Measure::ShoulderAbduction,
    Measure::ShoulderFlexion,
    Measure::ShoulderElevation,
    Measure::ArmForward,
    Measure::ElbowFlexion,
    Measure::ShoulderRotation,
];
const TRUNK: [Measure; 3] = [Measure::TrunkFlexion, Measure::TrunkSideLean, Measure::TrunkRotation];
/// A knee that bends less, radians (30°), is not judged: a straight one has no way to fall inwards.
const LEAST_BEND_RAD: f32 = 30.0 * std::f32::consts::PI / 180.0;

/// How far joints moved in a set, and what helped out; degrees. Nothing is in it that may not be told from where it was seen.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Movement {
    /// Joints that moved by more than measuring error, each at its widest.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<JointRange>,
    /// How far the trunk helped an arm; empty unless an arm is counted on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compensation: Vec<Help>,
    /// How the knees tracked over the feet; empty unless seen from the front and bent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub knees: Vec<Knee>,
}

/// The range of one joint in the repetition in which it was widest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct JointRange {
    /// The measure's name in exercise files.
    pub measure: &'static str,
    /// `None` for neck and trunk.
    pub side: Option<Side>,
    /// The repetition, from 1.
    pub rep: usize,
    /// Lowest value.
    pub low: f64,
    /// Highest value.
    pub high: f64,
    /// From the lowest to the highest.
    pub range: f64,
    /// Standard deviation of `range`.
    pub sd: f64,
    /// Minimal detectable change: between two sessions a smaller difference of `range` may be error (95 %).
    pub mdc: f64,
    /// How much wider (negative: narrower) than the other side; 0 where that may be error, `None` where the other side can't be told.
    pub beside: Option<f64>,
    /// How it may be told.
    pub claim: Claim,
}

/// How far a part that should stay went from where it was as the repetition began, in the worst repetition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "as for `JointRange`")]
pub struct Help {
    pub measure: &'static str,
    pub rep: usize,
    pub value: f64,
    pub sd: f64,
    pub claim: Claim,
}

/// How one knee tracked in the repetition in which it fell inwards most; inwards is positive.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Knee {
    /// The person's own.
    pub side: Side,
    /// The repetition, from 1.
    pub rep: usize,
    /// Inwards where it was most bent.
    pub at_flexion: f64,
    /// Standard deviation of that.
    pub at_flexion_sd: f64,
    /// The most inwards.
    pub most: f64,
    /// Standard deviation of that.
    pub most_sd: f64,
    /// How both may be told.
    pub claim: Claim,
}

impl Movement {
    /// What it is worked out from.
    pub fn measures() -> impl Iterator<Item = Measure> {
        JOINTS.iter().map(|(joint, _)| *joint).chain([Measure::KneeValgus])
    }

    /// Of a set whose curves hold [`Self::measures`].
    pub fn new(watched: &Watched) -> Self {
        let set = Set { reps: &watched.report.reps, curves: &watched.curves };
        let signal = watched.exercise.signal.as_ref().map(|signal| signal.measure);
        let by_arm = signal.is_some_and(|signal| ARM.contains(&signal));
        Self {
            ranges: JOINTS.iter().flat_map(|&(joint, paired)| set.ranges(joint, paired)).collect(),
            compensation: TRUNK.iter().filter(|_| by_arm).filter_map(|&part| set.help(part)).collect(),
            knees: Side::BOTH.into_iter().filter_map(|side| set.knee(side)).collect(),
        }
    }
}

struct Set<'a> {
    reps: &'a [Rep],
    curves: &'a [Curve],
}

impl Set<'_> {
    /// What may be told of a measure in each repetition (from 1), with the times.
    fn told(&self, measure: Measure, side: Side) -> impl Iterator<Item = (usize, Vec<(f64, Estimate)>)> {
        let curve = self.curves.iter().find(|curve| curve.measure == measure);
        let samples = curve.map_or(&[][..], |curve| &curve.sides[side.index()]);
        self.reps.iter().zip(1..).map(move |(rep, number)| {
            let during = samples.iter().filter(|s| (rep.start_s..=rep.end_s).contains(&s.time_s));
            let told = during.filter(|sample| sample.seen.claim != Claim::Refused);
            (number, told.map(|sample| (sample.time_s, sample.seen)).collect())
        })
    }

    fn values(&self, measure: Measure, side: Side) -> impl Iterator<Item = (usize, Vec<Estimate>)> {
        self.told(measure, side).map(|(rep, told)| (rep, told.into_iter().map(|(_, seen)| seen).collect()))
    }

    fn widest(&self, measure: Measure, side: Side) -> Option<(usize, RangeOfMotion)> {
        let ranges =
            self.values(measure, side).filter_map(|(rep, told)| Some((rep, range_of_motion(&told)?)));
        ranges.max_by(|(_, a), (_, b)| a.range().total_cmp(&b.range()))
    }

    fn ranges(&self, joint: Measure, paired: bool) -> Vec<JointRange> {
        let widest = Side::BOTH.map(|side| self.widest(joint, side).filter(|_| paired || side == Side::Left));
        let row = |side: Side| {
            let (rep, range) = widest[side.index()]?;
            let least = minimal_detectable_change(range.sd(), range.sd());
            let other = widest[side.other().index()].map(|(_, other)| other);
            let beside = other.and_then(|other| {
                Some(match change((other.range(), other.sd()), (range.range(), range.sd()))? {
                    Change::WithinError => 0.0,
                    Change::More(by) => deg(by),
                    Change::Less(by) => -deg(by),
                })
            });
            (range.range() > least).then(|| JointRange {
                measure: joint.name(),
                side: paired.then_some(side),
                rep,
                low: deg(range.low.value),
                high: deg(range.high.value),
                range: deg(range.range()),
                sd: deg(range.sd()),
                mdc: deg(least),
                beside,
                claim: range.claim(),
            })
        };
        Side::BOTH.into_iter().filter_map(row).collect()
    }

    fn help(&self, part: Measure) -> Option<Help> {
        let all = self.values(part, Side::Left).filter_map(|(rep, told)| Some((rep, compensation(&told)?)));
        let (rep, Estimate { value, sd, claim, .. }) =
            all.max_by(|(_, a), (_, b)| a.value.total_cmp(&b.value))?;
        Some(Help { measure: part.name(), rep, value: deg(value), sd: deg(sd), claim })
    }

    fn knee(&self, side: Side) -> Option<Knee> {
        let bends = self.curves.iter().find(|curve| curve.measure == Measure::KneeFlexion)?;
        let bends = &bends.sides[side.index()];
        // No view tells it so badly that it could not be known when it was most bent; the number itself is not told.
        let bend = |time_s: f64| {
            let at = bends.partition_point(|sample| sample.time_s < time_s);
            bends.get(at).filter(|sample| sample.time_s == time_s).map(|sample| sample.seen.value)
        };
        let aligned = self.told(Measure::KneeValgus, side).filter_map(|(rep, told)| {
            let samples = told.into_iter();
            let samples: Vec<KneeSample> = samples
                .filter_map(|(time_s, valgus)| Some(KneeSample { flexion_rad: bend(time_s)?, valgus }))
                .collect();
            Some((rep, knee_alignment(&samples)?))
        });
        let bent = aligned.filter(|(_, found)| found.flexion_rad >= LEAST_BEND_RAD);
        let (rep, found) = bent.max_by(|(_, a), (_, b)| a.peak.value.total_cmp(&b.peak.value))?;
        Some(Knee {
            side,
            rep,
            at_flexion: deg(found.at_peak_flexion.value),
            at_flexion_sd: deg(found.at_peak_flexion.sd),
            most: deg(found.peak.value),
            most_sd: deg(found.peak.sd),
            claim: found.at_peak_flexion.claim.max(found.peak.claim),
        })
    }
}

/// Degrees, to two decimals.
fn deg(value_rad: f32) -> f64 {
    (Unit::Angle.to_edge(value_rad.into()) * 100.0).round() / 100.0
}
