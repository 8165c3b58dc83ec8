//! Where the body's mass is.

use crate::{Joint, Landmarks, Side, body::Body};
use glam::Vec3;

/// A segment of a limb: its mass as a share of the body's, and where its centre lies from the near to the far joint.
struct Segment {
    near: Joint,
    far: Joint,
    mass: f32,
    centre: f32,
}

// Means of women and men of de Leva, "Adjustments to Zatsiorsky-Seluyanov's segment inertia parameters", J Biomech 29
// (1996) 1223, table 4. The hand is counted with the forearm's end, since few trackers see it.
const HEAD_MASS: f32 = 0.0681;
const TRUNK_MASS: f32 = 0.43015;
/// From the middle of the shoulders to the middle of the hips.
const TRUNK_CENTRE: f32 = 0.4046;
const HAND_MASS: f32 = 0.00585;
const FOOT_MASS: f32 = 0.0133;
const LIMBS: [Segment; 4] = [
    Segment { near: Joint::Shoulder, far: Joint::Elbow, mass: 0.0263, centre: 0.5763 },
    Segment { near: Joint::Elbow, far: Joint::Wrist, mass: 0.0150, centre: 0.4567 },
    Segment { near: Joint::Hip, far: Joint::Knee, mass: 0.14465, centre: 0.3854 },
    Segment { near: Joint::Knee, far: Joint::Ankle, mass: 0.0457, centre: 0.4374 },
];
/// Where the head's centre lies if no ear is seen: beyond the shoulders by this share of the trunk.
const HEAD_OVER_TRUNK: f32 = 0.45;

/// The body's centre of mass in the landmarks' frame, metres.
///
/// Shoulders, hips, knees and ankles of both sides must be seen; unseen forearms are taken to hang from the elbow or
/// shoulder, an unseen head to be in line with the trunk. The middle of the ears stands for the head's centre.
pub fn centre_of_mass(points: &Landmarks) -> Option<Vec3> {
    mass_of(&Body::new(points))
}

/// [`centre_of_mass`] of a body whose axes are known.
pub(super) fn mass_of(body: &Body) -> Option<Vec3> {
    let (shoulders, hips) = (body.middle(Joint::Shoulder)?, body.middle(Joint::Hip)?);
    let head = body.middle(Joint::Ear).unwrap_or(shoulders + (shoulders - hips) * HEAD_OVER_TRUNK);
    let trunk = shoulders + (hips - shoulders) * TRUNK_CENTRE;
    let [left, right] = [limbs(body, Side::Left)?, limbs(body, Side::Right)?];
    // Sides in one sum: a body and its mirror image agree to the last bit.
    let sum = head * HEAD_MASS + trunk * TRUNK_MASS + (left.0 + right.0);
    Some(sum / (HEAD_MASS + TRUNK_MASS + (left.1 + right.1)))
}

/// One side's arm and leg: the sum of their segments' places by mass, and their mass.
fn limbs(body: &Body, side: Side) -> Option<(Vec3, f32)> {
    let (mut sum, mut mass) = (Vec3::ZERO, 0.0);
    let mut add = |at: Vec3, share: f32| {
        sum += at * share;
        mass += share;
    };
    let at = |joint| body.at(joint, side);
    let hangs = at(Joint::Elbow).or(at(Joint::Shoulder))?;
    for limb in &LIMBS {
        let arm = matches!(limb.near, Joint::Shoulder | Joint::Elbow);
        let near = at(limb.near).or(arm.then_some(hangs))?;
        let far = at(limb.far).or(arm.then_some(near))?;
        add(near + (far - near) * limb.centre, limb.mass);
    }
    add(at(Joint::Wrist).unwrap_or(hangs), HAND_MASS);
    let ankle = at(Joint::Ankle)?;
    add(body.foot(side).unwrap_or(ankle), FOOT_MASS);
    Some((sum, mass))
}
