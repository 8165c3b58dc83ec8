//! The mean repetition, as joint angles.

use super::{median, signal::Choice, signal::Counted, take::Take};
use crate::{RepSide, Sides};
use baro_motion::{JointAngles, LimbAngles, Measure, Side};

/// Where the keys stand in a repetition: 0 the start, 0.5 the far end, 1 back.
pub(super) const PLACES: [f64; 9] = [0.0, 0.12, 0.25, 0.38, 0.5, 0.62, 0.75, 0.88, 1.0];

/// The mean posture at each of [`PLACES`]; repetitions of the right side alone are mirrored.
pub(super) fn mean_repetition(takes: &[Take], choice: &Choice, counted: &Counted) -> Vec<JointAngles> {
    let mut postures = Vec::new();
    for place in PLACES {
        let mut all: Vec<JointAngles> = Vec::new();
        for (take, reps) in takes.iter().zip(&counted.reps) {
            for rep in reps {
                let time_s = if place <= 0.5 {
                    rep.start_s + (rep.peak_s - rep.start_s) * place * 2.0
                } else {
                    rep.peak_s + (rep.end_s - rep.peak_s) * (place - 0.5) * 2.0
                };
                let angles = posture(take, take.frame_at(time_s), choice.measure);
                let mirror = choice.sides != Sides::Together && rep.side == RepSide::Right;
                all.push(if mirror { angles.mirrored() } else { angles });
            }
        }
        postures.push(middle(&all));
    }
    // The period closes where it began.
    if let (Some(&first), Some(&last)) = (postures.first(), postures.last()) {
        let rest = middle(&[first, last]);
        let end = postures.len() - 1;
        (postures[0], postures[end]) = (rest, rest);
    }
    if choice.sides == Sides::Together {
        postures.iter_mut().for_each(|posture| *posture = middle(&[*posture, posture.mirrored()]));
    }
    postures
}

/// The median of every angle: one slipped repetition does not show.
fn middle(all: &[JointAngles]) -> JointAngles {
    let mut arrays = JointAngles::default().to_array();
    for (i, angle) in arrays.iter_mut().enumerate() {
        let values: Vec<f32> = all.iter().map(|angles| angles.to_array()[i]).collect();
        *angle = median(&values).unwrap_or(0.0);
    }
    JointAngles::from_array(arrays)
}

/// The joint angles of one frame; what is not measured is 0. The head and the axial turns of the limbs are left out unless they
/// are what is counted: few trackers see them well.
fn posture(take: &Take, frame: usize, counted: Measure) -> JointAngles {
    use Measure::*;
    let get = |measure, side| take.value(frame, measure, side);
    let body = |measure| get(measure, Side::Left).unwrap_or(0.0);
    let if_counted = |measure| if counted == measure { body(measure) } else { 0.0 };
    let limb = |side| {
        let value = |measure| get(measure, side).unwrap_or(0.0);
        let [shoulder_abduction_rad, shoulder_flexion_rad] =
            raise(value(ShoulderElevation), value(ArmForward), get(ShoulderAbduction, side).unwrap_or(0.0));
        let turns = |measure| if counted == measure { value(measure) } else { 0.0 };
        // Without heel and toes, a foot flat on the floor.
        let standing = get(ShankLean, side).filter(|_| value(FootLift).abs() < 0.1);
        let ankle = get(AnkleDorsiflexion, side).filter(|angle| angle.abs() < 0.8);
        let foot_counted = matches!(counted, AnkleDorsiflexion | HeelRise);
        let ankle = if foot_counted { ankle.or(standing) } else { standing.or(ankle) };
        LimbAngles {
            shoulder_abduction_rad,
            shoulder_flexion_rad,
            shoulder_rotation_rad: get(ShoulderRotation, side).unwrap_or(0.0),
            shoulder_hike: turns(ShoulderHike),
            elbow_flexion_rad: value(ElbowFlexion),
            hip_flexion_rad: value(HipFlexion),
            hip_abduction_rad: value(HipAbduction),
            hip_rotation_rad: turns(HipRotation),
            knee_flexion_rad: value(KneeFlexion),
            ankle_dorsiflexion_rad: ankle.unwrap_or(0.0),
            ..LimbAngles::default()
        }
    };
    JointAngles {
        trunk_flexion_rad: body(TrunkFlexion),
        trunk_side_lean_rad: body(TrunkSideLean),
        trunk_rotation_rad: body(TrunkRotation),
        pelvis_hike_rad: body(TrunkSideLean) + body(PelvisHike),
        neck_flexion_rad: if_counted(NeckFlexion),
        neck_side_bend_rad: if_counted(NeckSideBend),
        neck_rotation_rad: if_counted(NeckRotation),
        head_forward_rad: if_counted(HeadForward),
        left: limb(Side::Left),
        right: limb(Side::Right),
    }
}

/// An upper arm's elevation as the rotation vector of [`LimbAngles`]: its parts to the side and forward. `ahead`: how far the arm
/// is before the frontal plane; `abduction` gives the side only.
fn raise(elevation: f32, ahead: f32, abduction: f32) -> [f32; 2] {
    let across = libm::sinf(elevation).abs();
    let forward = libm::sinf(ahead).clamp(-across, across);
    let out = (across * across - forward * forward).max(0.0).sqrt();
    let out = if abduction < 0.0 { -out } else { out };
    if across < 1e-3 { [elevation, 0.0] } else { [elevation * out / across, elevation * forward / across] }
}
