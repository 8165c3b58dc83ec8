//! From landmarks to a measured body: joint angles, and the frames of reference they are told in.
//!
//! Pure: no files, clocks, threads or I/O. Every value carries the capture time of its frame, so a recorded
//! stream gives the same numbers, bit for bit: trigonometry is `libm`'s on every platform.
//!
//! Frame of reference of world landmarks ("camera frame"): metres, origin midway between the hips, x to the
//! right of the picture, y down (along gravity for a level camera), z away from the camera.

mod angles;
mod body;
mod channels;
mod gauge;
mod landmark;
mod light;
mod mannequin;
mod measure;
#[cfg(test)]
mod mirror;
pub mod movement;
mod noise;
mod pose;
mod side;
mod skeleton;
mod steady;
mod vector;
mod view;
mod viewpoint;

pub use angles::{ANGLE_COUNT, JointAngles, LimbAngles};
pub use body::MIN_VISIBILITY;
pub use channels::{CHANNEL_SLOTS, Channel, Channels, mirrored_slot};
pub use gauge::Gauge;
pub use landmark::{LANDMARK_COUNT, LandmarkId};
pub use light::Light;
pub use mannequin::{Mannequin, Posture};
pub use measure::{Claim, Estimate, MEASURE_COUNT, Measure, MeasureSet, Measures, Unit};
pub use noise::{BONE_COUNT, Bone, Noise};
pub use pose::{Landmark, Landmarks, Pose, PoseFrame};
pub use side::{Joint, Side};
pub use skeleton::{Mapping, Skeleton, landmark_from_name};
pub use steady::{BELIEVE_S, Steady};
pub use view::{PRIOR_PITCH_SD_RAD, PRIOR_ROLL_SD_RAD, View, ViewFilter};
pub use viewpoint::Viewpoint;
