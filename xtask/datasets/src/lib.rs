//! The recordings of `shared/data` as the program's own types, for tests and benches. Nothing of it ships.
//!
//! Everything is turned into the camera frame of `baro-motion` (x right, y down, z away; metres; origin between the hips).

mod error;
mod keraal;
mod squats;
mod uiprmd;

pub use error::DatasetError;
pub use keraal::{KERAAL_HZ, KeraalTake, RigidBody, VICON_TARGETS, keraal, vicon_target};
pub use squats::{opencap_squats, pose_squats};
pub use uiprmd::{Episode, MarkerEpisode, uiprmd_kinect, uiprmd_vicon, uiprmd_vicon_markers};

use baro_motion::{Joint, Landmark, Landmarks, Pose, PoseFrame, Side};
use glam::Vec3;
use std::path::PathBuf;

/// A file of the shared data, or `None` where it is missing.
pub fn shared(path: &str) -> Option<PathBuf> {
    find(path).ok()
}

/// For tests: `None`, with a note, where the recording is missing; other errors stay errors.
///
/// # Errors
/// Those of `loaded`, but for [`DatasetError::Missing`].
pub fn or_skip<T>(loaded: Result<T, DatasetError>) -> Result<Option<T>, DatasetError> {
    match loaded {
        Ok(loaded) => Ok(Some(loaded)),
        Err(missing @ DatasetError::Missing { .. }) => {
            println!("skipped: {missing}");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn find(path: &str) -> Result<PathBuf, DatasetError> {
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")).join(path);
    if file.exists() { Ok(file) } else { Err(DatasetError::Missing { path: file }) }
}

fn read_text(path: &str) -> Result<String, DatasetError> {
    let path = find(path)?;
    std::fs::read_to_string(&path).map_err(|source| DatasetError::Read { path, source })
}

/// A landmark that is certainly there.
pub fn landmark(position: Vec3) -> Landmark {
    Landmark { position, visibility: 1.0, presence: 1.0 }
}

/// A frame of a body that no picture shows.
pub fn frame(time_s: f64, world: Landmarks) -> PoseFrame {
    PoseFrame { time_s, pose: Some(Pose { image: Landmarks::default(), world, confidence: 1.0 }) }
}

/// Moves the origin between the hips, where both are there.
fn centre(world: &mut Landmarks) {
    let [left, right] = Side::BOTH.map(|side| world[Joint::Hip.of(side)]);
    if left.visibility > 0.0 && right.visibility > 0.0 {
        let middle = (left.position + right.position) / 2.0;
        world.0.iter_mut().filter(|l| l.visibility > 0.0).for_each(|l| l.position -= middle);
    }
}

/// The length of the trunk, of a person of 1.75 m, that landmarks without a scale are given (metres; Drillis & Contini 1966:
/// hips at 0.53 of the height, shoulders at 0.818).
const TRUNK_M: f32 = 0.288 * 1.75;

/// Landmarks in an unknown unit, scaled so that the median trunk has [`TRUNK_M`].
fn scale_to_trunk(bodies: &mut [Landmarks]) {
    let middle = |body: &Landmarks, joint: Joint| {
        let [left, right] = Side::BOTH.map(|side| body[joint.of(side)].position);
        (left + right) / 2.0
    };
    let mut lengths: Vec<f32> = bodies
        .iter()
        .map(|body| middle(body, Joint::Shoulder).distance(middle(body, Joint::Hip)))
        .filter(|length| *length > 0.0)
        .collect();
    lengths.sort_by(f32::total_cmp);
    let Some(median) = lengths.get(lengths.len() / 2) else { return };
    let scale = TRUNK_M / median;
    bodies.iter_mut().flat_map(|body| &mut body.0).for_each(|l| l.position *= scale);
}
