//! The 33 landmarks of BlazePose, in the model's order.

use serde::{Deserialize, Serialize};

/// Number of landmarks of one body.
pub const LANDMARK_COUNT: usize = 33;

/// A landmark of BlazePose; the discriminant is its index in the model's output.
///
/// Source: Bazarevsky et al., "BlazePose: On-device Real-time Body Pose tracking" (2020), figure 3.
/// Left and right are the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
#[expect(missing_docs, reason = "the names are the anatomy")]
pub enum LandmarkId {
    Nose,
    LeftEyeInner,
    LeftEye,
    LeftEyeOuter,
    RightEyeInner,
    RightEye,
    RightEyeOuter,
    LeftEar,
    RightEar,
    MouthLeft,
    MouthRight,
    LeftShoulder,
    RightShoulder,
    LeftElbow,
    RightElbow,
    LeftWrist,
    RightWrist,
    LeftPinky,
    RightPinky,
    LeftIndex,
    RightIndex,
    LeftThumb,
    RightThumb,
    LeftHip,
    RightHip,
    LeftKnee,
    RightKnee,
    LeftAnkle,
    RightAnkle,
    LeftHeel,
    RightHeel,
    LeftFootIndex,
    RightFootIndex,
}

use LandmarkId::*;

impl LandmarkId {
    /// All landmarks, in the model's order.
    pub const ALL: [Self; LANDMARK_COUNT] = [
        Nose,
        LeftEyeInner,
        LeftEye,
        LeftEyeOuter,
        RightEyeInner,
        RightEye,
        RightEyeOuter,
        LeftEar,
        RightEar,
        MouthLeft,
        MouthRight,
        LeftShoulder,
        RightShoulder,
        LeftElbow,
        RightElbow,
        LeftWrist,
        RightWrist,
        LeftPinky,
        RightPinky,
        LeftIndex,
        RightIndex,
        LeftThumb,
        RightThumb,
        LeftHip,
        RightHip,
        LeftKnee,
        RightKnee,
        LeftAnkle,
        RightAnkle,
        LeftHeel,
        RightHeel,
        LeftFootIndex,
        RightFootIndex,
    ];

    /// The bones that a skeleton drawing shows.
    pub const BONES: [(Self, Self); 23] = [
        (LeftShoulder, RightShoulder),
        (LeftHip, RightHip),
        (LeftShoulder, LeftHip),
        (RightShoulder, RightHip),
        (LeftShoulder, LeftElbow),
        (LeftElbow, LeftWrist),
        (RightShoulder, RightElbow),
        (RightElbow, RightWrist),
        (LeftWrist, LeftIndex),
        (LeftWrist, LeftPinky),
        (RightWrist, RightIndex),
        (RightWrist, RightPinky),
        (LeftHip, LeftKnee),
        (LeftKnee, LeftAnkle),
        (RightHip, RightKnee),
        (RightKnee, RightAnkle),
        (LeftAnkle, LeftHeel),
        (LeftHeel, LeftFootIndex),
        (RightAnkle, RightHeel),
        (RightHeel, RightFootIndex),
        (LeftAnkle, LeftFootIndex),
        (RightAnkle, RightFootIndex),
        (LeftEar, RightEar),
    ];

    /// The names used in files, in the model's order.
    pub const NAMES: [&str; LANDMARK_COUNT] = [
        "nose",
        "left_eye_inner",
        "left_eye",
        "left_eye_outer",
        "right_eye_inner",
        "right_eye",
        "right_eye_outer",
        "left_ear",
        "right_ear",
        "mouth_left",
        "mouth_right",
        "left_shoulder",
        "right_shoulder",
        "left_elbow",
        "right_elbow",
        "left_wrist",
        "right_wrist",
        "left_pinky",
        "right_pinky",
        "left_index",
        "right_index",
        "left_thumb",
        "right_thumb",
        "left_hip",
        "right_hip",
        "left_knee",
        "right_knee",
        "left_ankle",
        "right_ankle",
        "left_heel",
        "right_heel",
        "left_foot_index",
        "right_foot_index",
    ];

    /// The name used in files: `left_knee`.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The same landmark on the other side; those in the middle are their own.
    pub const fn mirrored(self) -> Self {
        let i = self as usize;
        Self::ALL[match i {
            0 => 0,
            1..=3 => i + 3,
            4..=6 => i - 3,
            // From the ears on, left and right take turns, left first.
            _ if i % 2 == 1 => i + 1,
            _ => i - 1,
        }]
    }

    /// The landmark's index in the model's output, 0 to 32.
    pub const fn index(self) -> usize {
        self as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_names_agree() {
        for (i, id) in LandmarkId::ALL.into_iter().enumerate() {
            assert_eq!(id.index(), i);
        }
        for id in LandmarkId::ALL {
            let swapped = id.name().replace("left", "-").replace("right", "left").replace('-', "right");
            assert_eq!(id.mirrored().name(), swapped);
        }
        assert_eq!(LandmarkId::ALL[25].name(), "left_knee");
        assert_eq!(RightFootIndex.name(), "right_foot_index");
    }
}
