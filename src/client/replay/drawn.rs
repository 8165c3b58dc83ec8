//! What was drawn on a person who was measured, brought to the body that shows them: its limbs have lengths of their own.

use super::{Moment, Player};
use crate::avatar::{AvatarPose, Bone, SideBones as _};

use baro_motion::{LandmarkId, Landmarks, Side};
use bevy::math::Vec3;

/// Landmarks that are a bone's beginning, by the side.
const fn joints(side: Side) -> [LandmarkId; 6] {
    use LandmarkId::*;
    match side {
        Side::Left => [LeftShoulder, LeftElbow, LeftWrist, LeftHip, LeftKnee, LeftAnkle],
        Side::Right => [RightShoulder, RightElbow, RightWrist, RightHip, RightKnee, RightAnkle],
    }
}

fn bones(side: Side) -> [Bone; 6] {
    let ([_, upper, lower, hand], [thigh, calf, foot, _]) = (side.arm(), side.leg());
    [upper, lower, hand, thigh, calf, foot]
}

/// A landmark in the frame of [`super::Pinned::strokes`].
fn place(world: &Landmarks, id: LandmarkId) -> Vec3 {
    let at = |id: LandmarkId| world[id].position;
    let floor = LandmarkId::ALL.into_iter().map(|id| at(id).y).fold(f32::MIN, f32::max);
    let hips = (at(LandmarkId::LeftHip) + at(LandmarkId::RightHip)) / 2.0;
    let (x, y, z) = (at(id).x - hips.x, floor - at(id).y, hips.z - at(id).z);
    Vec3::new(x, y, z)
}

/// From where the joint that was drawn on was measured to where the body's is, metres, in the body's frame; nothing where nobody was seen.
pub fn shift(player: &Player, posed: &AvatarPose) -> Vec3 {
    let world = |moment: &Moment| moment.body.as_ref().map(|body| body.upright().world);
    let pinned = player.pinned().map(|pinned| (pinned, world(player.film.at(pinned.time_s))));
    let (Some((pinned, Some(then))), Some(now)) = (pinned, world(player.film.at(player.time_s))) else {
        return Vec3::ZERO;
    };
    let points: Vec<Vec3> = pinned.strokes.iter().flatten().copied().collect();
    if points.is_empty() {
        return Vec3::ZERO;
    }
    let centre = points.iter().sum::<Vec3>() / points.len() as f32;
    let all = Side::BOTH.into_iter().flat_map(|side| {
        // In a mirror the body's left shows the person's right.
        let shown = if player.film.mirror { side.other() } else { side };
        joints(side).into_iter().zip(bones(shown))
    });
    let nearest = all.min_by(|(a, _), (b, _)| {
        let far = |id| place(&then, id).distance_squared(centre);
        far(*a).total_cmp(&far(*b))
    });
    let Some((landmark, bone)) = nearest else { return Vec3::ZERO };
    let mut measured = place(&now, landmark);
    if player.film.mirror {
        measured.x = -measured.x;
    }
    posed.skeleton.positions(&posed.pose)[bone as usize] - measured
}
