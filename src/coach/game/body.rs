//! The body as games see it.

use baro_motion::Side;
use glam::Vec3;

/// Hips below this share of the leg's length: the person sits.
const SEATED_BELOW: f32 = 0.75;

/// A body in the room of the game: metres, y up, the floor is y = 0, z towards the viewer. Sides are the person's own,
/// whether the picture is mirrored or not. It may be that of the avatar: what is asked for is measured on the same body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GameBody {
    /// Left and right shoulder joint.
    pub shoulder_m: [Vec3; 2],
    /// Left and right palm.
    pub hand_m: [Vec3; 2],
    /// Left and right hip joint.
    pub hip_m: [Vec3; 2],
    /// Middle of the left and right sole.
    pub foot_m: [Vec3; 2],
    /// Height of the lowest point of the left and right sole.
    pub sole_m: [f32; 2],
    /// Centre of mass.
    pub mass_m: Vec3,
    /// From shoulder joint to palm with the arm straight.
    pub arm_m: f32,
    /// From hip joint to sole with the leg straight.
    pub leg_m: f32,
}

impl GameBody {
    /// 1 or -1: the direction along x in which this side lies.
    pub fn outward(&self, side: Side) -> f32 {
        let across = self.shoulder_m[side.index()].x - self.shoulder_m[side.other().index()].x;
        if across < 0.0 { -1.0 } else { 1.0 }
    }

    /// How far the trunk leans to a side, radians; positive whichever side it is.
    pub fn lean_rad(&self) -> f32 {
        let up = (self.shoulder_m[0] + self.shoulder_m[1] - self.hip_m[0] - self.hip_m[1]) * 0.5;
        libm::atan2f(up.x.abs(), up.y)
    }

    /// Does the person sit?
    pub fn is_seated(&self) -> bool {
        (self.hip_m[0].y + self.hip_m[1].y) * 0.5 < SEATED_BELOW * self.leg_m
    }

    /// How far the centre of mass is from the place between the feet towards a side, half stance widths.
    pub fn shift(&self, side: Side) -> f32 {
        let [left, right] = self.foot_m.map(|foot| foot.x);
        let half = ((left - right).abs() * 0.5).max(0.06);
        (self.mass_m.x - (left + right) * 0.5) * self.outward(side) / half
    }

    /// True when every number is finite and the lengths are a body's.
    pub fn is_sound(&self) -> bool {
        let points = [&self.shoulder_m, &self.hand_m, &self.hip_m, &self.foot_m];
        points.into_iter().flatten().all(|p| p.is_finite())
            && self.sole_m.iter().all(|h| h.is_finite())
            && self.mass_m.is_finite()
            && (0.2..1.5).contains(&self.arm_m)
            && (0.3..1.6).contains(&self.leg_m)
    }
}
