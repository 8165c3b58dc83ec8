//! A body as a mirror shows it.

use baro_motion::{LandmarkId, Landmarks, Pose};

/// The landmark on the other side of the body.
fn opposite(id: LandmarkId) -> LandmarkId {
    let name = id.name();
    let other = if let Some(rest) = name.strip_prefix("left") {
        format!("right{rest}")
    } else if let Some(rest) = name.strip_prefix("right") {
        format!("left{rest}")
    } else if let Some(rest) = name.strip_suffix("left") {
        format!("{rest}right")
    } else if let Some(rest) = name.strip_suffix("right") {
        format!("{rest}left")
    } else {
        return id;
    };
    LandmarkId::ALL.into_iter().find(|candidate| candidate.name() == other).unwrap_or(id)
}

/// The body as a mirror shows it: what the person does with the left hand happens on the picture's left, as the
/// right hand of the mirror's body.
pub fn mirrored(pose: &Pose) -> Pose {
    let flip = |from: &Landmarks, flip_x: fn(f32) -> f32| {
        let mut to = *from;
        for id in LandmarkId::ALL {
            let mut landmark = from[opposite(id)];
            landmark.position.x = flip_x(landmark.position.x);
            to[id] = landmark;
        }
        to
    };
    Pose {
        image: flip(&pose.image, |x| 1.0 - x),
        world: flip(&pose.world, |x| -x),
        confidence: pose.confidence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_has_its_opposite() {
        for id in LandmarkId::ALL {
            assert_eq!(opposite(opposite(id)), id);
            assert_eq!(opposite(id) == id, id == LandmarkId::Nose, "{}", id.name());
        }
    }

    #[test]
    fn two_mirrors_show_the_body_itself() {
        let mut pose = Pose::default();
        for (i, landmark) in pose.world.0.iter_mut().enumerate() {
            landmark.position.x = i as f32;
        }
        pose.image[LandmarkId::LeftWrist].position.x = 0.25;
        let mirror = mirrored(&pose);
        assert_eq!(mirror.image[LandmarkId::RightWrist].position.x, 0.75);
        assert_eq!(mirrored(&mirror).world, pose.world);
    }
}
