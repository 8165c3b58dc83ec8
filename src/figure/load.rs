//! From the joints of a model's file to a [`Skeleton`].

use crate::rig::{BONES, Bone, RestMarks, Skeleton};
use glam::{Quat, Vec3};
use serde_json::Value;
use std::collections::BTreeSet;
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
    /// Not a binary glTF 2.0 file.
    #[error("the model is not a binary glTF file (.glb): {0}")]
    NotGlb(String),
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

/// The skeleton in a binary glTF file. Joints are taken as unturned at rest, as in our models (assets/avatars/README.md); the
/// picture takes them from the engine, which has read the file anyway.
///
/// # Errors
/// When it is not such a file, or a bone of the rig is missing.
pub fn skeleton_from_glb(file: &[u8]) -> Result<Skeleton, RigError> {
    let json = json_of(file).ok_or_else(|| RigError::NotGlb("no JSON chunk".into()))?;
    let root: Value = serde_json::from_slice(json).map_err(|error| RigError::NotGlb(error.to_string()))?;
    let nodes: &[Value] = root["nodes"].as_array().map_or(&[], Vec::as_slice);
    let mut found = Vec::with_capacity(nodes.len());
    let children = |node: &Value| {
        let list = node["children"].as_array().into_iter().flatten();
        list.filter_map(|child| usize::try_from(child.as_u64()?).ok()).collect::<Vec<_>>()
    };
    let inner: BTreeSet<usize> = nodes.iter().flat_map(children).collect();
    let mut open: Vec<_> = (0..nodes.len()).filter(|i| !inner.contains(i)).map(|i| (i, Vec3::ZERO)).collect();
    // A file whose nodes go in a circle has no node that is nobody's child, or meets one twice.
    while let Some((at, parent)) = open.pop().filter(|_| found.len() < nodes.len()) {
        let Some(node) = nodes.get(at) else { continue };
        let along = |axis: usize| node["translation"][axis].as_f64().unwrap_or(0.0) as f32;
        let head = parent + Vec3::new(along(0), along(1), along(2));
        found.push((node["name"].as_str().unwrap_or_default().to_owned(), head, Quat::IDENTITY));
        open.extend(children(node).into_iter().map(|child| (child, head)));
    }
    skeleton_from_nodes(&found)
}

/// The first chunk of a GLB container (glTF 2.0 specification, section 4.4).
fn json_of(file: &[u8]) -> Option<&[u8]> {
    let rest = file.strip_prefix(b"glTF\x02\0\0\0")?.get(4..)?;
    let (length, rest) = rest.split_first_chunk()?;
    rest.strip_prefix(b"JSON")?.get(..usize::try_from(u32::from_le_bytes(*length)).ok()?)
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

    #[test]
    fn what_is_no_model_is_refused() {
        for bytes in [&b""[..], b"glTF\x02\0\0\0", b"glTF\x02\0\0\0\0\0\0\0\xff\xff\xff\xffJSON{}"] {
            assert!(matches!(skeleton_from_glb(bytes), Err(RigError::NotGlb(_))), "{bytes:?}");
        }
        let circle =
            br#"{"nodes":[{"name":"pelvis","children":[1]},{"name":"spine_01","children":[0,1,7]}]}"#;
        let length = u32::try_from(circle.len()).unwrap().to_le_bytes();
        let file = [&b"glTF\x02\0\0\0\0\0\0\0"[..], &length, b"JSON", circle].concat();
        assert!(matches!(skeleton_from_glb(&file), Err(RigError::Missing(_))));
    }
}
