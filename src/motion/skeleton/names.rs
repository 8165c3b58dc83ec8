//! Names of points in other systems.

use crate::LandmarkId;

pub(super) const COCO17: [&str; 17] = [
    "nose",
    "left_eye",
    "right_eye",
    "left_ear",
    "right_ear",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
];

pub(super) const BODY25: [&str; 25] = [
    "Nose",
    "Neck",
    "RShoulder",
    "RElbow",
    "RWrist",
    "LShoulder",
    "LElbow",
    "LWrist",
    "MidHip",
    "RHip",
    "RKnee",
    "RAnkle",
    "LHip",
    "LKnee",
    "LAnkle",
    "REye",
    "LEye",
    "REar",
    "LEar",
    "LBigToe",
    "LSmallToe",
    "LHeel",
    "RBigToe",
    "RSmallToe",
    "RHeel",
];

pub(super) const KINECT25: [&str; 25] = [
    "SpineBase",
    "SpineMid",
    "Neck",
    "Head",
    "ShoulderLeft",
    "ElbowLeft",
    "WristLeft",
    "HandLeft",
    "ShoulderRight",
    "ElbowRight",
    "WristRight",
    "HandRight",
    "HipLeft",
    "KneeLeft",
    "AnkleLeft",
    "FootLeft",
    "HipRight",
    "KneeRight",
    "AnkleRight",
    "FootRight",
    "SpineShoulder",
    "HandTipLeft",
    "ThumbLeft",
    "HandTipRight",
    "ThumbRight",
];

pub(super) const KINECT22: [&str; 22] = [
    "waist",
    "spine",
    "chest",
    "neck",
    "head",
    "head_tip",
    "l_collar",
    "l_shoulder",
    "l_elbow",
    "l_wrist",
    "r_collar",
    "r_shoulder",
    "r_elbow",
    "r_wrist",
    "l_hip",
    "l_knee",
    "l_ankle",
    "l_toes",
    "r_hip",
    "r_knee",
    "r_ankle",
    "r_toes",
];

pub(super) const KINECT20: [&str; 20] = [
    "HipCenter",
    "Spine",
    "ShoulderCenter",
    "Head",
    "ShoulderLeft",
    "ElbowLeft",
    "WristLeft",
    "HandLeft",
    "ShoulderRight",
    "ElbowRight",
    "WristRight",
    "HandRight",
    "HipLeft",
    "KneeLeft",
    "AnkleLeft",
    "FootLeft",
    "HipRight",
    "KneeRight",
    "AnkleRight",
    "FootRight",
];

/// Points that no other system names so: two of the trunk's for each of Kinect 25, Kinect 20, Kinect 22 and Azure Kinect.
const DEPTH_CAMERAS: [[&str; 2]; 4] = [
    ["spinebase", "spineshoulder"],
    ["hipcenter", "shouldercenter"],
    ["waist", "headtip"],
    ["spinenavel", "spinechest"],
];

/// Do plain names come from a depth camera's software?
pub(super) fn by_depth_camera(plain: &[String]) -> bool {
    DEPTH_CAMERAS.iter().any(|both| both.iter().all(|name| plain.iter().any(|known| known == name)))
}

/// A name without its subject (`Anna:LASI`), in lower case, letters and digits only.
pub(super) fn plain(name: &str) -> String {
    let own = name.rsplit(':').next().unwrap_or(name);
    own.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The landmark that a point's name means, in BlazePose, COCO-17, BODY-25/HALPE or Kinect naming.
///
/// Upper and lower case, spaces, dots, hyphens and underscores don't matter, nor does a subject before a colon; the side may
/// stand before or after, whole or as one letter: `left_hip`, `LHip`, `l_hip`, `HipLeft`. `None` for points that have no
/// landmark (`MidHip`, `SpineBase`, `Head`: the centre of a head is not its nose).
pub fn landmark_from_name(name: &str) -> Option<LandmarkId> {
    let name = plain(name);
    let name = name.as_str();
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
            ("Subject 1:l_hip", LeftHip),
        ] {
            assert_eq!(landmark_from_name(name), Some(id), "{name}");
        }
        for name in ["", "MidHip", "SpineBase", "waist", "head_tip", "l_collar", "Marker 12", "무릎", "é"]
        {
            assert_eq!(landmark_from_name(name), None, "{name}");
        }
    }
}
