//! The value of each measure, by plain geometry: segments, their angles in the planes of the body's axes, and ratios.

use super::Measure::{self, *};
use crate::{
    Joint::{self, *},
    Side,
    body::{Axes, Body},
    movement::balance_of,
    vector::{self, angle_between, asin, direction},
};
use glam::Vec3;
use std::f32::consts::{FRAC_PI_2, TAU};

/// A direction that stands more than 60° out of a plane has no angle in that plane.
const MIN_IN_PLANE: f32 = 0.5;
/// Nearer to straight up than 30° an arm has no steady direction to turn about: cosine of the elevation's limit.
const MAX_RAISED_COS: f32 = -0.866;
/// Below this (metres) a length is no base for a ratio.
const MIN_BASE_M: f32 = 0.05;

/// Radians or a ratio. `None` where a landmark is not seen, or the posture leaves the measure undefined.
pub(crate) fn value(body: &Body, measure: Measure, side: Side) -> Option<f32> {
    let at = |joint| body.at(joint, side);
    let segment = |from, to| body.segment(from, to, side);
    let towards = side.sign();
    match measure {
        ShoulderAbduction | ShoulderFlexion | ShoulderElevation | ArmForward => {
            raised_arm(body.thorax()?, measure, side, segment(Shoulder, Elbow)?)
        }
        ShoulderRotation => {
            shoulder_rotation(body.thorax()?, side, segment(Shoulder, Elbow)?, segment(Elbow, Wrist)?)
        }
        ElbowFlexion => Some(angle_between(segment(Shoulder, Elbow)?, segment(Elbow, Wrist)?)),
        KneeFlexion => Some(angle_between(segment(Hip, Knee)?, segment(Knee, Ankle)?)),
        HipFlexion => hip_flexion(body.pelvis()?, segment(Hip, Knee)?),
        HipAbduction => Some(asin(segment(Hip, Knee)?.dot(body.pelvis()?.out(side)))),
        HipRotation => hip_rotation(body.pelvis()?, side, segment(Hip, Knee)?, segment(Knee, Ankle)?),
        AnkleDorsiflexion => Some(FRAC_PI_2 - angle_between(segment(Ankle, Knee)?, segment(Heel, Toes)?)),
        ShankLean => body.ground().and_then(|axes| in_plane(segment(Ankle, Knee)?, axes.forward, axes.up)),
        HeelRise => body.ground().and_then(|axes| in_plane(segment(Toes, Heel)?, axes.up, -axes.forward)),
        KneeValgus => {
            let (out, down) = (body.ground()?.out(side), -body.ground()?.up);
            let [thigh, shank] = [segment(Hip, Knee)?, segment(Knee, Ankle)?];
            Some(in_plane(shank, out, down)? - in_plane(thigh, out, down)?)
        }
        KneeSeparation => ratio(across(body, Knee)?, across(body, Ankle)?),
        StanceWidth => ratio(across(body, Ankle)?, across(body, Shoulder)?),
        TrunkFlexion => {
            body.ground().and_then(|axes| in_plane(direction(body.trunk()?)?, axes.forward, axes.up))
        }
        TrunkSideLean => {
            body.ground().and_then(|axes| in_plane(direction(body.trunk()?)?, axes.out(side), axes.up))
        }
        TrunkIncline => Some(angle_between(direction(body.trunk()?)?, body.up)),
        TrunkRotation => {
            let (hips, shoulders) = (body.pelvis()?, body.thorax()?.forward);
            Some(towards * libm::atan2f(shoulders.dot(hips.left), shoulders.dot(hips.forward)))
        }
        ShoulderHike => {
            let [left, right] = body.pair(Shoulder)?;
            let gap = (at(Ear)? - at(Shoulder)?).dot(body.thorax()?.up);
            Some(1.0 - ratio(gap, left.distance(right))?)
        }
        NeckFlexion | NeckSideBend | NeckRotation => neck(body.thorax()?, body.head()?, measure, side),
        HeadForward => {
            let neck = direction(body.middle(Ear)? - body.middle(Shoulder)?)?;
            body.thorax().and_then(|axes| in_plane(neck, axes.forward, axes.up))
        }
        PelvisHike => {
            let [left, right] = body.pair(Hip)?;
            Some(towards * asin(direction(left - right)?.dot(body.up)))
        }
        FootLift => {
            let [left, right] = body.pair(Ankle)?;
            ratio(towards * (left - right).dot(body.up), body.both_legs_m()?)
        }
        PelvisHeight => {
            let [left, right] = body.pair(Ankle)?.map(|ankle| ankle.dot(body.up));
            ratio(body.middle(Hip)?.dot(body.up) - left.min(right), body.both_legs_m()?)
        }
        ComOffset => Some(balance_of(body)?.length()),
        ComShift => Some(towards * balance_of(body)?.x),
        BodyYaw => {
            let [left, right] = body.pair(Hip)?;
            let hips = direction(left - right)?;
            Some(libm::atan2f(hips.z.abs(), hips.x.abs()))
        }
    }
}

/// [`vector::in_plane`], of what does not stand too far out of the plane.
fn in_plane(along: Vec3, positive: Vec3, zero: Vec3) -> Option<f32> {
    let (x, y) = (along.dot(positive), along.dot(zero));
    (x * x + y * y >= MIN_IN_PLANE * MIN_IN_PLANE).then(|| vector::in_plane(along, positive, zero))
}

fn ratio(of: f32, to: f32) -> Option<f32> {
    (to >= MIN_BASE_M).then(|| of / to)
}

/// Distance between left and right joint, side to side.
fn across(body: &Body, joint: Joint) -> Option<f32> {
    let [left, right] = body.pair(joint)?;
    Some((left - right).dot(body.ground()?.left))
}

fn raised_arm(axes: Axes, measure: Measure, side: Side, arm: Vec3) -> Option<f32> {
    // An arm raised past the vertical is at 190°, not at -170°: no arm extends or adducts beyond 90°.
    let raised = |angle: f32| if angle < -FRAC_PI_2 { angle + TAU } else { angle };
    match measure {
        ShoulderAbduction => in_plane(arm, axes.out(side), -axes.up).map(raised),
        ShoulderFlexion => in_plane(arm, axes.forward, -axes.up).map(raised),
        ArmForward => Some(asin(arm.dot(axes.forward))),
        _ => Some(angle_between(arm, -axes.up)),
    }
}

/// Turn of the forearm about the upper arm from where it points when the arm is raised from hanging without a twist.
fn shoulder_rotation(axes: Axes, side: Side, arm: Vec3, forearm: Vec3) -> Option<f32> {
    let down = -axes.up;
    let cos = arm.dot(down);
    if cos < MAX_RAISED_COS {
        return None;
    }
    // The shortest turn from `down` to `arm`, of `forward`, which is perpendicular to `down`.
    let zero = axes.forward - (down + arm) * (arm.dot(axes.forward) / (1.0 + cos));
    let outwards = zero.cross(arm) * side.sign();
    in_plane(forearm, outwards, zero)
}

fn hip_flexion(axes: Axes, thigh: Vec3) -> Option<f32> {
    in_plane(thigh, axes.forward, -axes.up)
}

/// Turn of the shank about the thigh from straight behind it.
fn hip_rotation(axes: Axes, side: Side, thigh: Vec3, shank: Vec3) -> Option<f32> {
    let (sin, cos) = libm::sincosf(hip_flexion(axes, thigh)?);
    let behind = -(axes.up * sin + axes.forward * cos);
    let outwards = thigh.cross(behind) * side.sign();
    in_plane(shank, outwards, behind)
}

/// The head's turn against the thorax: rotation about the trunk, then flexion, then side bend about the line of sight.
fn neck(thorax: Axes, head: Axes, measure: Measure, side: Side) -> Option<f32> {
    let towards = side.sign();
    match measure {
        NeckFlexion => Some(-asin(head.forward.dot(thorax.up))),
        NeckRotation => in_plane(head.forward, thorax.left, thorax.forward).map(|angle| towards * angle),
        // How far the head's left leans down.
        _ => in_plane(thorax.up, -head.left, head.up).map(|angle| towards * angle),
    }
}
