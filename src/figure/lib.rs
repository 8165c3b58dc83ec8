//! From a measured person to the pose of a body in the room: skeletons of models, and retargeting onto them. No engine, no files.
//!
//! Avatar frame: metres, y up, the body faces +z, its left is +x, the floor is y = 0.

mod ground;
mod limb;
mod load;
mod performance;
mod points;
mod retarget;
mod rig;

pub use ground::lean_trunk;
pub use load::{RigError, skeleton_from_glb, skeleton_from_nodes};
pub use performance::Performer;
pub use points::landmarks_of;
pub use retarget::Retargeter;
pub use rig::{BONES, Bone, RestLimb, RestMarks, RigPose, SideBones, Skeleton};
