//! From the joints of a model's file to a [`Skeleton`].

use super::rig::{BONES, Bone, RestMarks, Skeleton};
use bevy::math::{Quat, Vec3};
use thiserror::Error;

/// Why a model can't be driven.
#[derive(Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum RigError {
    /// A bone of the rig is missing.
    #[error(
        "the model has no joint named '{0}'; bodies need MakeHuman's game_engine rig (assets/avatars/README.md)"
    )]
    Missing(String),
    /// A number in the file is not finite.
    #[error("the joint '{0}' has a position or rotation that is not a number")]
    NotFinite(String),
}

/// Builds the skeleton from named joints: position and rotation at rest, in the frame of the model's root.
///
/// # Errors
/// When a bone of the rig is missing or not finite.
pub fn skeleton_from_nodes(nodes: &[(String, Vec3, Quat)]) -> Result<Skeleton, RigError> {
    let find = |name: &str| {
        let (_, at, turn) =
            nodes.iter().find(|n| n.0 == name).ok_or_else(|| RigError::Missing(name.to_owned()))?;
        if at.is_finite() && turn.is_finite() {
            Ok((*at, *turn))
        } else {
            Err(RigError::NotFinite(name.to_owned()))
        }
    };
    let mut heads = [Vec3::ZERO; BONES];
    let mut rest_rotation = [Quat::IDENTITY; BONES];
    for bone in Bone::ALL {
        (heads[bone as usize], rest_rotation[bone as usize]) = find(bone.name())?;
    }
    let palm = |side: &str| {
        let at = |name: &str| find(&format!("{name}_{side}")).map(|n| n.0);
        let (wrist, index, pinky) = (at("hand")?, at("index_01")?, at("pinky_01")?);
        Ok(((index + pinky) * 0.5 - wrist, index - pinky))
    };
    let palm = [palm("l")?, palm("r")?];
    let marks = RestMarks { palm, palm_length_m: palm[0].0.length() };
    Ok(Skeleton { heads, rest_rotation, marks })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_bone_is_named() {
        let error = skeleton_from_nodes(&[]).unwrap_err();
        assert_eq!(error, RigError::Missing("pelvis".into()));
        let nan = vec![("pelvis".to_owned(), Vec3::NAN, Quat::IDENTITY)];
        assert_eq!(skeleton_from_nodes(&nan).unwrap_err(), RigError::NotFinite("pelvis".into()));
    }
}
