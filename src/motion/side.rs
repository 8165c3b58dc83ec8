//! The person's two sides.

use crate::LandmarkId;
use serde::{Deserialize, Serialize};

/// A side of the body, the person's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Side {
    Left,
    Right,
}

impl Side {
    /// Both sides, left first.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// The other side.
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// `left` or `right`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }

    /// 1 for left, -1 for right: the direction away from the body along an axis that points left.
    pub const fn sign(self) -> f32 {
        match self {
            Self::Left => 1.0,
            Self::Right => -1.0,
        }
    }

    /// 0 for left, 1 for right.
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// A joint or point that the body has twice; the nose is the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the anatomy")]
pub enum Joint {
    Nose,
    Ear,
    Shoulder,
    Elbow,
    Wrist,
    Hip,
    Knee,
    Ankle,
    Heel,
    Toes,
}

impl Joint {
    /// The landmark of this joint on one side. The toes are BlazePose's `foot_index`.
    pub const fn of(self, side: Side) -> LandmarkId {
        use LandmarkId::*;
        let (left, right) = match self {
            Self::Nose => (Nose, Nose),
            Self::Ear => (LeftEar, RightEar),
            Self::Shoulder => (LeftShoulder, RightShoulder),
            Self::Elbow => (LeftElbow, RightElbow),
            Self::Wrist => (LeftWrist, RightWrist),
            Self::Hip => (LeftHip, RightHip),
            Self::Knee => (LeftKnee, RightKnee),
            Self::Ankle => (LeftAnkle, RightAnkle),
            Self::Heel => (LeftHeel, RightHeel),
            Self::Toes => (LeftFootIndex, RightFootIndex),
        };
        match side {
            Side::Left => left,
            Side::Right => right,
        }
    }
}
