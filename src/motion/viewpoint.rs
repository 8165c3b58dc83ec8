//! Where a camera stands, and what it sees of a body.

use crate::{
    Landmark, Landmarks, Pose,
    vector::{about_y, tilted},
};
use glam::{Mat3, Vec3};

/// A camera that looks at the middle of the hips.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Viewpoint {
    /// The person turned to their right, radians: at 90° the camera sees their left side.
    pub yaw_rad: f32,
    /// The camera looks down by this, radians.
    pub pitch_rad: f32,
    /// The camera is turned clockwise about its line of sight, radians.
    pub roll_rad: f32,
    /// From the camera to the middle of the hips, metres.
    pub distance_m: f32,
}

impl Default for Viewpoint {
    fn default() -> Self {
        Self { yaw_rad: 0.0, pitch_rad: 0.0, roll_rad: 0.0, distance_m: 3.0 }
    }
}

/// Focal length over the picture's width: a webcam with a field of view of 66° across.
const FOCAL: f32 = 0.77;
/// Width of the picture over its height.
const ASPECT: f32 = 16.0 / 9.0;
/// Nearer than this, metres, nothing is in focus: keeps the projection finite.
const NEAREST_M: f32 = 0.1;

impl Viewpoint {
    /// What the camera sees of a body given in the camera frame of a level camera at yaw 0: `world` in this camera's own
    /// frame, `image` through a pinhole.
    pub fn view(&self, body: &Landmarks) -> Pose {
        let turn = self.camera_from_level();
        let mut pose = Pose { confidence: 1.0, ..Pose::default() };
        for ((from, world), image) in body.0.iter().zip(&mut pose.world.0).zip(&mut pose.image.0) {
            let at = turn * from.position;
            let scale = FOCAL / (self.distance_m + at.z).max(NEAREST_M);
            let depth = at.z * FOCAL / self.distance_m.max(NEAREST_M);
            *world = Landmark { position: at, ..*from };
            *image = Landmark {
                position: Vec3::new(0.5 + at.x * scale, 0.5 + at.y * scale * ASPECT, depth),
                ..*from
            };
        }
        pose
    }

    /// Turns a vector told in the frame of a level camera that the person faces into this camera's frame.
    fn camera_from_level(&self) -> Mat3 {
        tilted(self.pitch_rad, self.roll_rad) * about_y(self.yaw_rad)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{JointAngles, LandmarkId::*, Mannequin};

    #[test]
    fn yaw_pitch_and_roll_turn_as_they_say() {
        let body = Mannequin::default().landmarks(&JointAngles::default());
        let see = |view: Viewpoint| view.view(&body);
        let ahead = see(Viewpoint::default());
        assert!(ahead.world == body && ahead.image[LeftShoulder].position.x > 0.5);
        assert!(ahead.image[Nose].position.y < 0.4 && ahead.image[Nose].position.y > 0.0, "in the picture");
        let left = see(Viewpoint { yaw_rad: 90_f32.to_radians(), ..Viewpoint::default() });
        assert!(
            left.world[LeftHip].position.z < left.world[RightHip].position.z - 0.1,
            "the left side is near"
        );
        let above = see(Viewpoint { pitch_rad: 20_f32.to_radians(), ..Viewpoint::default() });
        assert!(
            above.world[LeftAnkle].position.z > above.world[LeftHip].position.z + 0.2,
            "the feet are farther"
        );
        let tilted = see(Viewpoint { roll_rad: 20_f32.to_radians(), ..Viewpoint::default() });
        assert!(
            tilted.world[LeftAnkle].position.x > body[LeftAnkle].position.x + 0.2,
            "the picture leans left"
        );
    }
}
