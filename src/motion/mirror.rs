//! The mirror image of a body; tests hold that nothing depends on which side is used.

use crate::{LandmarkId, Landmarks};

impl Landmarks {
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
    use crate::{ANGLE_COUNT, JointAngles, Mannequin};
    use proptest::prelude::*;

    fn farthest_apart(a: &Landmarks, b: &Landmarks) -> f32 {
        a.0.iter().zip(&b.0).map(|(a, b)| a.position.distance(b.position)).fold(0.0, f32::max)
    }

    proptest! {
        #[test]
        fn the_mirror_image_is_the_body_of_the_mirrored_posture(all in prop::array::uniform::<_, ANGLE_COUNT>(-0.6..0.6_f32)) {
            let angles = JointAngles::from_array(all);
            let [body, other] = [angles, angles.mirrored()].map(|angles| Mannequin::default().landmarks(&angles));
            prop_assert!(farthest_apart(&body.mirrored(), &other) < 1e-4);
            prop_assert!(body.mirrored().mirrored() == body);
        }
    }
}
