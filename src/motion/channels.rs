//! A posture as numbers that vary smoothly, for comparing whole movements.
//!
//! [`Measure`](crate::Measure)s are clinical angles: some are undefined in some postures. Channels never are: a direction is told by its angles
//! against three planes. All are taken in the body's own frame (gravity, facing, leg length), from joints that every tracker gives
//! (shoulder, elbow, wrist, hip, knee, ankle), and swapping the two sides gives the channels of the mirror image.

use crate::{
    Joint, Landmarks, Side, Unit,
    body::Body,
    vector::{angle_between, asin, direction, in_plane},
};
use Channel::*;
use glam::Vec3;
use serde::{Deserialize, Serialize};

/// What is told about a posture. The first three are the whole body's, the others exist on each side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Channel {
    /// Trunk forward from the vertical, in the sagittal plane.
    TrunkFlexion,
    /// Middle of the hips over the lower ankle, in leg lengths.
    PelvisHeight,
    /// Middle of the hips ahead of the middle of the ankles, in leg lengths.
    HipsForward,
    /// Trunk from the vertical towards this side, in the frontal plane.
    TrunkSideLean,
    /// Shoulders turned against the hips, towards this side, in the transverse plane of the trunk.
    TrunkRotation,
    /// Hip on this side above the other, against the horizontal.
    PelvisHike,
    /// Shoulder on this side above the other, against the horizontal.
    ShoulderTilt,
    /// Middle of the hips towards this side from the middle of the ankles, in leg lengths.
    HipsSideways,
    /// Upper arm away from the trunk, in whatever plane.
    ArmElevation,
    /// Upper arm ahead of the frontal plane of the thorax.
    ArmForward,
    /// Upper arm out of the sagittal plane of the thorax, away from the body.
    ArmOut,
    /// Forearm above the transverse plane of the thorax.
    ForearmUp,
    /// Forearm ahead of the frontal plane of the thorax.
    ForearmForward,
    /// Forearm out of the sagittal plane of the thorax, away from the body.
    ForearmOut,
    /// Bend of the elbow.
    ElbowFlexion,
    /// Thigh forward from the trunk, in the sagittal plane of the pelvis.
    HipFlexion,
    /// Thigh out of the sagittal plane of the pelvis.
    HipAbduction,
    /// Bend of the knee.
    KneeFlexion,
    /// Shank further out than the thigh, against the sagittal plane: the knee falls inwards.
    KneeValgus,
    /// Ankle on this side above the other, in leg lengths.
    FootLift,
    /// Ankle on this side ahead of the other, in leg lengths.
    FootForward,
    /// Ankle on this side further out than the other, in leg lengths.
    FootOut,
}

/// Channels of the whole body.
const MIDDLE: usize = 3;
/// Channels of each side.
const SIDED: usize = FootOut as usize + 1 - MIDDLE;
/// Numbers that tell one posture.
pub const CHANNEL_SLOTS: usize = MIDDLE + 2 * SIDED;

impl Channel {
    /// All of them.
    pub const ALL: [Self; MIDDLE + SIDED] = [
        TrunkFlexion,
        PelvisHeight,
        HipsForward,
        TrunkSideLean,
        TrunkRotation,
        PelvisHike,
        ShoulderTilt,
        HipsSideways,
        ArmElevation,
        ArmForward,
        ArmOut,
        ForearmUp,
        ForearmForward,
        ForearmOut,
        ElbowFlexion,
        HipFlexion,
        HipAbduction,
        KneeFlexion,
        KneeValgus,
        FootLift,
        FootForward,
        FootOut,
    ];

    /// The name in files: `knee_flexion`.
    pub const fn name(self) -> &'static str {
        match self {
            TrunkFlexion => "trunk_flexion",
            PelvisHeight => "pelvis_height",
            HipsForward => "hips_forward",
            TrunkSideLean => "trunk_side_lean",
            TrunkRotation => "trunk_rotation",
            PelvisHike => "pelvis_hike",
            ShoulderTilt => "shoulder_tilt",
            HipsSideways => "hips_sideways",
            ArmElevation => "arm_elevation",
            ArmForward => "arm_forward",
            ArmOut => "arm_out",
            ForearmUp => "forearm_up",
            ForearmForward => "forearm_forward",
            ForearmOut => "forearm_out",
            ElbowFlexion => "elbow_flexion",
            HipFlexion => "hip_flexion",
            HipAbduction => "hip_abduction",
            KneeFlexion => "knee_flexion",
            KneeValgus => "knee_valgus",
            FootLift => "foot_lift",
            FootForward => "foot_forward",
            FootOut => "foot_out",
        }
    }

    /// Its unit: radians or a ratio.
    pub const fn unit(self) -> Unit {
        match self {
            PelvisHeight | HipsForward | HipsSideways | FootLift | FootForward | FootOut => Unit::Ratio,
            _ => Unit::Angle,
        }
    }

    /// Does it exist on each side?
    pub const fn is_sided(self) -> bool {
        self as usize >= MIDDLE
    }

    /// Its place among the numbers of a posture; the side does not matter for a channel of the whole body.
    pub const fn slot(self, side: Side) -> usize {
        match side {
            Side::Right if self.is_sided() => self as usize + SIDED,
            _ => self as usize,
        }
    }
}

/// The place of the same number in the mirror image.
pub const fn mirrored_slot(slot: usize) -> usize {
    if slot < MIDDLE {
        slot
    } else if slot < MIDDLE + SIDED {
        slot + SIDED
    } else {
        slot - SIDED
    }
}

/// One posture: radians or ratios, at [`Channel::slot`]; NaN where a joint was not seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Channels(pub [f32; CHANNEL_SLOTS]);

impl Default for Channels {
    fn default() -> Self {
        Self([f32::NAN; CHANNEL_SLOTS])
    }
}

impl Channels {
    /// From world landmarks, metres in the camera frame.
    pub fn new(world: &Landmarks) -> Self {
        let body = Body::new(world);
        let frame = Frame::new(&body);
        let mut all = Self::default();
        for channel in Channel::ALL {
            for side in Side::BOTH {
                let value = frame.value(&body, channel, side).filter(|value| value.is_finite());
                all.0[channel.slot(side)] = value.unwrap_or(f32::NAN);
            }
        }
        all
    }

    /// One number, if it was measured.
    pub fn get(&self, channel: Channel, side: Side) -> Option<f32> {
        Some(self.0[channel.slot(side)]).filter(|value| !value.is_nan())
    }
}

/// What several channels share.
struct Frame {
    /// Thigh and shank, mean of both legs, metres.
    leg_m: Option<f32>,
    hips: Option<Vec3>,
    ankles: Option<Vec3>,
}

impl Frame {
    fn new(body: &Body) -> Self {
        let leg_m = body.seen_legs_m().filter(|&m| m > 0.05);
        Self { leg_m, hips: body.middle(Joint::Hip), ankles: body.middle(Joint::Ankle) }
    }

    fn value(&self, body: &Body, channel: Channel, side: Side) -> Option<f32> {
        let segment = |from, to| body.segment(from, to, side);
        let [ground, pelvis, thorax] = [body.ground(), body.pelvis(), body.thorax()];
        let upper_arm = || segment(Joint::Shoulder, Joint::Elbow);
        let forearm = || segment(Joint::Elbow, Joint::Wrist);
        let thigh = || segment(Joint::Hip, Joint::Knee);
        let shank = || segment(Joint::Knee, Joint::Ankle);
        match channel {
            TrunkFlexion => Some(in_plane(direction(body.trunk()?)?, ground?.forward, body.up)),
            TrunkSideLean => Some(in_plane(direction(body.trunk()?)?, ground?.out(side), body.up)),
            TrunkRotation => {
                let (hips, facing) = (pelvis?, thorax?.forward);
                Some(side.sign() * in_plane(facing, hips.left, hips.forward))
            }
            PelvisHike => Some(asin(self.across(body, Joint::Hip, side)?.dot(body.up))),
            ShoulderTilt => Some(asin(self.across(body, Joint::Shoulder, side)?.dot(body.up))),
            PelvisHeight => {
                let [left, right] = body.pair(Joint::Ankle)?.map(|ankle| ankle.dot(body.up));
                Some((self.hips?.dot(body.up) - left.min(right)) / self.leg_m?)
            }
            HipsForward => Some((self.hips? - self.ankles?).dot(ground?.forward) / self.leg_m?),
            HipsSideways => Some((self.hips? - self.ankles?).dot(ground?.out(side)) / self.leg_m?),
            ArmElevation => Some(angle_between(upper_arm()?, -thorax?.up)),
            ArmForward => Some(asin(upper_arm()?.dot(thorax?.forward))),
            ArmOut => Some(asin(upper_arm()?.dot(thorax?.out(side)))),
            ForearmUp => Some(asin(forearm()?.dot(thorax?.up))),
            ForearmForward => Some(asin(forearm()?.dot(thorax?.forward))),
            ForearmOut => Some(asin(forearm()?.dot(thorax?.out(side)))),
            ElbowFlexion => Some(angle_between(upper_arm()?, forearm()?)),
            HipFlexion => Some(in_plane(thigh()?, pelvis?.forward, -pelvis?.up)),
            HipAbduction => Some(asin(thigh()?.dot(pelvis?.out(side)))),
            KneeFlexion => Some(angle_between(thigh()?, shank()?)),
            KneeValgus => {
                let out = ground?.out(side);
                Some(asin(shank()?.dot(out)) - asin(thigh()?.dot(out)))
            }
            FootLift => Some(self.step(body, side)?.dot(body.up) / self.leg_m?),
            FootForward => Some(self.step(body, side)?.dot(ground?.forward) / self.leg_m?),
            FootOut => Some(self.step(body, side)?.dot(ground?.out(side)) / self.leg_m?),
        }
    }

    /// Direction from the other side's joint to this side's.
    fn across(&self, body: &Body, joint: Joint, side: Side) -> Option<Vec3> {
        let [left, right] = body.pair(joint)?;
        direction((left - right) * side.sign())
    }

    /// From the other ankle to this one.
    fn step(&self, body: &Body, side: Side) -> Option<Vec3> {
        let [left, right] = body.pair(Joint::Ankle)?;
        Some((left - right) * side.sign())
    }
}

#[cfg(test)]
mod tests;
