//! Names of points in other systems, mapped onto BlazePose's landmarks.

use crate::LandmarkId;

/// The landmark that a point's name means, in BlazePose, COCO-17, BODY-25/HALPE or Kinect naming.
///
/// Upper and lower case, spaces, dots, hyphens and underscores don't matter; the side may stand before or after, whole or as
/// one letter: `left_hip`, `LHip`, `l_hip`, `HipLeft`. `None` for points that have no landmark (`MidHip`, `SpineBase`,
/// `Head`: the centre of a head is not its nose).
pub fn landmark_from_name(name: &str) -> Option<LandmarkId> {
    let mut buffer = [0_u8; 24];
    let mut len = 0;
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        *buffer.get_mut(len)? = u8::try_from(c.to_ascii_lowercase()).ok()?;
        len += 1;
    }
    let name = std::str::from_utf8(&buffer[..len]).ok()?;
    if name == "nose" {
        return Some(LandmarkId::Nose);
    }
    let forms: [(Option<&str>, usize); 8] = [
        (name.strip_prefix("left"), 0),
        (name.strip_prefix("right"), 1),
        (name.strip_suffix("left"), 0),
        (name.strip_suffix("right"), 1),
        (name.strip_prefix('l'), 0),
        (name.strip_prefix('r'), 1),
        (name.strip_suffix('l'), 0),
        (name.strip_suffix('r'), 1),
    ];
    forms.into_iter().find_map(|(part, side)| Some(of_part(part?)?[side]))
}

/// Left and right landmark of a body part.
fn of_part(part: &str) -> Option<[LandmarkId; 2]> {
    use LandmarkId::*;
    Some(match part {
        "eyeinner" => [LeftEyeInner, RightEyeInner],
        "eye" => [LeftEye, RightEye],
        "eyeouter" => [LeftEyeOuter, RightEyeOuter],
        "ear" => [LeftEar, RightEar],
        "mouth" => [MouthLeft, MouthRight],
        "shoulder" => [LeftShoulder, RightShoulder],
        "elbow" => [LeftElbow, RightElbow],
        "wrist" => [LeftWrist, RightWrist],
        "pinky" => [LeftPinky, RightPinky],
        "index" | "hand" | "handtip" => [LeftIndex, RightIndex],
        "thumb" | "handthumb" => [LeftThumb, RightThumb],
        "hip" => [LeftHip, RightHip],
        "knee" => [LeftKnee, RightKnee],
        "ankle" => [LeftAnkle, RightAnkle],
        "heel" => [LeftHeel, RightHeel],
        "footindex" | "toe" | "toes" | "bigtoe" | "foot" => [LeftFootIndex, RightFootIndex],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_own_name_maps_onto_itself() {
        for id in LandmarkId::ALL {
            assert_eq!(landmark_from_name(id.name()), Some(id), "{}", id.name());
        }
    }

    #[test]
    fn other_systems() {
        use LandmarkId::*;
        for (name, id) in [
            ("l_hip", LeftHip),
            ("LHip", LeftHip),
            ("Left Hip", LeftHip),
            ("HipLeft", LeftHip),
            ("hip.R", RightHip),
            ("RKnee", RightKnee),
            ("r_toes", RightFootIndex),
            ("FootRight", RightFootIndex),
            ("LBigToe", LeftFootIndex),
            ("HandTipLeft", LeftIndex),
            ("REar", RightEar),
            ("left_ear", LeftEar),
            ("Nose", Nose),
        ] {
            assert_eq!(landmark_from_name(name), Some(id), "{name}");
        }
        for name in ["", "MidHip", "SpineBase", "waist", "head_tip", "l_collar", "Marker 12", "무릎", "é"]
        {
            assert_eq!(landmark_from_name(name), None, "{name}");
        }
    }
}
