//! BlazePose's file holds places in the picture and a depth in a unit of the tracker's own.
//!
//! The picture is that of the Kinect's colour camera (projecting the Kinect's points by its lens gives BlazePose's scale in both directions
//! to 5 %), so that its published focal length turns places into rays. The depth is wrong by one factor, the same in every take: the one for
//! which bones are most nearly as long at all times, and left as right. No other sensor has a part in it.

use super::{KERAAL_HZ, point, positions};
use crate::{DatasetError, centre, landmark, scale_to_trunk};
use baro_motion::{Bone, Landmark, Landmarks, Pose, PoseFrame, Side, landmark_from_name};
use glam::{Vec2, Vec3};

/// Focal length of the Kinect v2's colour camera in widths and heights of its picture of 1920 × 1080 (1081 px; Pagliari & Pinto 2015,
/// Sensors 15:27569).
const FOCAL: Vec2 = Vec2::new(1081.0 / 1920.0, 1081.0 / 1080.0);
/// Factors of the depth that are tried, in hundredths.
const DEPTHS: std::ops::RangeInclusive<u8> = 10..=100;

/// A take as the file has it, with sides put right; `None` where nobody was found.
pub struct Seen(Vec<Option<Landmarks>>);

impl Seen {
    pub fn read(path: &str) -> Result<Self, DatasetError> {
        let image = |points: serde_json::Map<String, serde_json::Value>| {
            let mut image = Landmarks::default();
            for (name, value) in &points {
                if let (Some(id), Some(at)) = (landmark_from_name(name), point(value)) {
                    image[id.mirrored()] = landmark(Vec3::new(1.0 - at.x, at.y, at.z));
                }
            }
            image
        };
        Ok(Self(positions(path)?.into_iter().map(|points| points.map(image)).collect()))
    }

    /// Bodies by the lens, in distances of the hips from the camera; those of frames without anybody are empty.
    fn worlds(&self, depth: f32) -> Vec<Landmarks> {
        let place = |l: Landmark| {
            // Depth is in widths of the picture, as x is.
            let away = 1.0 + depth * l.position.z / FOCAL.x;
            let ray = ((l.position.truncate() - 0.5) / FOCAL).extend(1.0);
            Landmark { position: if l.visibility > 0.0 { ray * away } else { Vec3::ZERO }, ..l }
        };
        self.0.iter().map(|image| image.map_or(Landmarks::default(), |i| Landmarks(i.0.map(place)))).collect()
    }

    /// Frames with bodies in metres.
    pub fn frames(&self, depth: f32) -> Vec<PoseFrame> {
        let mut worlds = self.worlds(depth);
        scale_to_trunk(&mut worlds);
        worlds.iter_mut().for_each(centre);
        let pose = |(image, world): (&Option<Landmarks>, Landmarks)| {
            image.map(|image| Pose { image, world, confidence: 1.0 })
        };
        let poses = self.0.iter().zip(worlds).map(pose).enumerate();
        poses.map(|(i, pose)| PoseFrame { time_s: i as f64 / KERAAL_HZ, pose }).collect()
    }
}

/// Where the picture shows points of the camera's frame.
pub fn project(world: &Landmarks) -> Landmarks {
    let place = |l: Landmark| {
        let at = l.position.truncate() / l.position.z.max(f32::EPSILON) * FOCAL + 0.5;
        Landmark { position: if l.visibility > 0.0 { at.extend(0.0) } else { Vec3::ZERO }, ..l }
    };
    Landmarks(world.0.map(place))
}

/// The factor for which bones change least in length, over time and between the sides.
pub fn depth(takes: &[Seen]) -> f32 {
    const LIMBS: [fn(Side) -> Bone; 4] = [Bone::UpperArm, Bone::Forearm, Bone::Thigh, Bone::Shank];
    let changes = |depth: f32| -> f32 {
        let take = |seen: &Seen| {
            let worlds = seen.worlds(depth);
            let limbs = LIMBS.iter().map(|limb| variance(&worlds, &Side::BOTH.map(limb))).sum::<f32>();
            limbs + variance(&worlds, &[Bone::Trunk])
        };
        takes.iter().map(take).sum()
    };
    let tried = DEPTHS.map(|hundredths| f32::from(hundredths) / 100.0);
    let least = tried.map(|depth| (depth, changes(depth))).min_by(|a, b| a.1.total_cmp(&b.1));
    least.map_or(1.0, |(depth, _)| depth)
}

/// Of the logarithms of the bones' lengths, all taken together.
fn variance(worlds: &[Landmarks], bones: &[Bone]) -> f32 {
    let length = |world: &Landmarks, bone: &Bone| bone.vector(world).map(|v| v.length().ln());
    let lengths: Vec<f32> =
        worlds.iter().flat_map(|w| bones.iter().filter_map(move |b| length(w, b))).collect();
    let count = lengths.len().max(1) as f32;
    let mean = lengths.iter().sum::<f32>() / count;
    lengths.iter().map(|l| (l - mean).powi(2)).sum::<f32>() / count
}
