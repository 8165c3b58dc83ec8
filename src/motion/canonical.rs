//! A body in its own frame, and its mirror image: what is left when it no longer matters where the camera stood, where the person
//! stood and faced, how tall they are, and which side they used.

use crate::{Joint, LandmarkId, Landmarks, body::Body};
use glam::Vec3;

impl Landmarks {
    /// The body in its own frame: x to the person's left, y up against gravity, z where the hips face; origin midway between the
    /// hips; the unit is the length of a leg (hip to knee to ankle, the mean of those seen).
    ///
    /// From world landmarks. `None` where the hips or both legs are not seen, or the hips stand one above the other. Unseen points
    /// stay unseen.
    pub fn canonical(&self) -> Option<Self> {
        let body = Body::new(self);
        let ground = body.ground?;
        let unit = body.seen_legs_m().filter(|&unit| unit > 0.0)?;
        let origin = body.middle(Joint::Hip)?;
        let mut own = *self;
        for landmark in &mut own.0 {
            let at = (landmark.position - origin) / unit;
            landmark.position = Vec3::new(at.dot(ground.left), at.dot(ground.up), at.dot(ground.forward));
        }
        Some(own)
    }

    /// The mirror image: left and right exchanged, x the other way round.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let mut image = *self;
        for id in LandmarkId::ALL {
            image[id] = self[id.mirrored()];
            image[id].position.x = -image[id].position.x;
        }
        image
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ANGLE_COUNT, JointAngles, Mannequin, Viewpoint};
    use proptest::prelude::*;

    fn farthest_apart(a: &Landmarks, b: &Landmarks) -> f32 {
        a.0.iter().zip(&b.0).map(|(a, b)| a.position.distance(b.position)).fold(0.0, f32::max)
    }

    fn body() -> impl Strategy<Value = Landmarks> {
        prop::array::uniform::<_, ANGLE_COUNT>(-0.6..0.6_f32)
            .prop_map(|all| Mannequin::default().landmarks(&JointAngles::from_array(all)))
    }

    proptest! {
        #[test]
        fn neither_place_nor_facing_nor_size_matters(
            body in body(), yaw_rad in -3.1..3.1_f32, size in 0.4..1.5_f32, at in prop::array::uniform3(-3.0..3.0_f32),
        ) {
            let mut seen = Viewpoint { yaw_rad, ..Viewpoint::default() }.view(&body).world;
            seen.0.iter_mut().for_each(|point| point.position = point.position * size + Vec3::from(at));
            let (own, other) = (body.canonical().unwrap(), seen.canonical().unwrap());
            prop_assert!(farthest_apart(&own, &other) < 1e-4);
        }

        #[test]
        fn the_mirror_image_is_the_body_of_the_mirrored_posture(all in prop::array::uniform::<_, ANGLE_COUNT>(-0.6..0.6_f32)) {
            let angles = JointAngles::from_array(all);
            let [body, other] = [angles, angles.mirrored()].map(|angles| Mannequin::default().landmarks(&angles));
            prop_assert!(farthest_apart(&body.mirrored(), &other) < 1e-4);
            prop_assert!(body.mirrored().mirrored() == body);
            let [own, image] = [body, body.mirrored()].map(|body| body.canonical().unwrap());
            prop_assert!(farthest_apart(&own.mirrored(), &image) < 1e-4);
        }
    }

    #[test]
    fn the_frame_is_the_bodys() {
        let mut body = Mannequin::default().landmarks(&JointAngles::default());
        let own = body.canonical().unwrap();
        let at = |id: LandmarkId| own[id].position;
        assert!((at(LandmarkId::LeftAnkle).y + 1.0).abs() < 1e-5, "a straight leg is the unit");
        assert!(
            at(LandmarkId::LeftHip).x > 0.0 && at(LandmarkId::Nose).y > 0.7 && at(LandmarkId::Nose).z > 0.0
        );
        body[LandmarkId::LeftKnee].visibility = 0.0;
        assert!(body.canonical().is_some(), "one leg is enough");
        body[LandmarkId::RightAnkle].visibility = 0.0;
        assert!(body.canonical().is_none());
    }
}
