//! KERAAL (Nguyen et al., BSD-2): the same takes by Kinect, Vicon and three trackers of one video.
//!
//! What FORMAT.txt doesn't say, found by comparing the files: all sensors run together from the first row on, the Vicon at twice the
//! rate; BlazePose saw the picture mirrored, so that its left is the person's right (undone here). No file carries times. The Vicon's left
//! arm and forearm have changed places in two of three takes (undone here: a forearm keeps its distance from the hand).

mod blazepose;

use crate::{DatasetError, centre, error::wrong, frame, landmark, read_text};
use baro_motion::{Landmarks, Pose, PoseFrame, Side, Skeleton, landmark_from_name};
use glam::{Quat, Vec3};
use serde_json::{Map, Value};

/// Rows a second that are assumed for the Kinect and the trackers: the files carry no times.
pub const KERAAL_HZ: f64 = 30.0;
/// The Vicon's targets (rigid bodies on the segments), in the file's order.
pub const VICON_TARGETS: [&str; 17] = [
    "Right Forearm",
    "Left Forearm",
    "Right Arm",
    "Left Arm",
    "Chest",
    "Right Thigh",
    "Left Thigh",
    "Right Shoulder",
    "Left Shoulder",
    "Right Hand",
    "Left Hand",
    "Right Foot",
    "Left Foot",
    "Hips",
    "Head",
    "Right Tibia",
    "Left Tibia",
];

/// Where a target of the Vicon is and how it is turned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RigidBody {
    /// Metres in the camera frame (turned so that the person looks at the camera), origin on the laboratory's floor.
    pub position: Vec3,
    /// From the target's own axes to the same frame.
    pub rotation: Quat,
}

/// One exercise as each sensor saw it, in step from the first frame on.
#[derive(Debug, Clone)]
pub struct KeraalTake {
    /// `CTK` (trunk side bend), `ELK` (arm and leg) or `RTK` (trunk rotation).
    pub exercise: &'static str,
    /// World landmarks from the Kinect's depth.
    pub kinect: Vec<PoseFrame>,
    /// The same points in the picture by the colour camera's lens, as if the depth camera stood where it does (5 cm beside it).
    pub kinect_picture: Vec<Landmarks>,
    /// Image landmarks, and world landmarks made from them by the Kinect's lens (size assumed).
    pub blazepose: Vec<PoseFrame>,
    /// What BlazePose's depth was multiplied by, the same for all takes.
    pub blazepose_depth: f32,
    /// Image landmarks alone.
    pub openpose: Vec<PoseFrame>,
    /// Image landmarks alone.
    pub alphapose: Vec<PoseFrame>,
    /// The targets of every row, in the order of [`VICON_TARGETS`].
    pub vicon: Vec<[RigidBody; VICON_TARGETS.len()]>,
    /// By side (left, right): in the file, arm and forearm had changed places.
    pub vicon_swapped: [bool; 2],
}

/// Where a target of the Vicon is in [`VICON_TARGETS`]: `part` as in `Arm`, `Hand`.
pub fn vicon_target(side: Side, part: &str) -> Option<usize> {
    let side = match side {
        Side::Left => "Left",
        Side::Right => "Right",
    };
    VICON_TARGETS.iter().position(|name| name.strip_prefix(side).is_some_and(|rest| rest.trim() == part))
}

/// The three takes.
///
/// # Errors
/// Where the files are missing or damaged.
pub fn keraal() -> Result<Vec<KeraalTake>, DatasetError> {
    let mut seen = Vec::new();
    for exercise in EXERCISES {
        seen.push(blazepose::Seen::read(&file("BP", exercise, "json"))?);
    }
    let depth = blazepose::depth(&seen);
    EXERCISES.into_iter().zip(seen).map(|(exercise, seen)| take(exercise, &seen, depth)).collect()
}

const EXERCISES: [&str; 3] = ["CTK", "ELK", "RTK"];

fn file(sensor: &str, exercise: &str, extension: &str) -> String {
    format!("keraal/G3-{sensor}-{exercise}-P1T1-Unknown-C-0.{extension}")
}

fn take(exercise: &'static str, blazepose: &blazepose::Seen, depth: f32) -> Result<KeraalTake, DatasetError> {
    let name = |sensor: &str, extension: &str| file(sensor, exercise, extension);
    let mut vicon = vicon(&name("Vicon", "txt"))?;
    let vicon_swapped = Side::BOTH.map(|side| unswap(&mut vicon, side));
    let kinect = kinect(&name("Kinect", "txt"))?;
    let by_time = |(i, body): (usize, &Landmarks)| {
        let mut world = *body;
        centre(&mut world);
        frame(i as f64 / KERAAL_HZ, world)
    };
    let same = |name: &str| name.to_owned();
    // AlphaPose numbers COCO's points. COCO-18's neck has no landmark; `rShoulder` and `LShoulder` are known names.
    let coco = Skeleton::Coco17.points();
    let by_index = |name: &str| name.parse().ok().and_then(|i: usize| coco.get(i)).unwrap_or(&"").to_string();
    Ok(KeraalTake {
        exercise,
        kinect: kinect.iter().enumerate().map(by_time).collect(),
        kinect_picture: kinect.iter().map(blazepose::project).collect(),
        blazepose: blazepose.frames(depth),
        blazepose_depth: depth,
        openpose: picture(&name("OP", "json"), same)?,
        alphapose: picture(&name("AP", "json"), by_index)?,
        vicon,
        vicon_swapped,
    })
}

/// Puts arm and forearm right where they have changed places, and says whether they had.
fn unswap(rows: &mut [[RigidBody; VICON_TARGETS.len()]], side: Side) -> bool {
    let [Some(arm), Some(forearm), Some(hand)] =
        ["Arm", "Forearm", "Hand"].map(|part| vicon_target(side, part))
    else {
        return false;
    };
    let changes = |of: usize| {
        let from_hand =
            |row: &[RigidBody; VICON_TARGETS.len()]| row[of].position.distance(row[hand].position);
        let count = rows.len().max(1) as f32;
        let mean = rows.iter().map(from_hand).sum::<f32>() / count;
        rows.iter().map(|row| (from_hand(row) - mean).powi(2)).sum::<f32>() / count
    };
    let swapped = changes(arm) < changes(forearm);
    if swapped {
        rows.iter_mut().for_each(|row| row.swap(arm, forearm));
    }
    swapped
}

/// Rows of `N` times position and quaternion.
fn rows<const N: usize>(path: &str) -> Result<Vec<[(Vec3, Quat); N]>, DatasetError> {
    let row = |(i, line): (usize, &str)| {
        let numbers: Option<Vec<f32>> = line.split_whitespace().map(|n| n.parse().ok()).collect();
        let cells = numbers.filter(|n| n.len() == N * 7);
        let cells = cells.ok_or_else(|| wrong(path, format!("line {} has not {} numbers", i + 1, N * 7)))?;
        let mut row = [(Vec3::ZERO, Quat::IDENTITY); N];
        for (at, cell) in row.iter_mut().zip(cells.chunks_exact(7)) {
            *at = (
                Vec3::new(cell[0], cell[1], cell[2]),
                Quat::from_xyzw(cell[3], cell[4], cell[5], cell[6]).normalize(),
            );
        }
        Ok(row)
    };
    read_text(path)?.lines().enumerate().map(row).collect()
}

/// Bodies in the camera's frame, metres, with their places in the room.
fn kinect(path: &str) -> Result<Vec<Landmarks>, DatasetError> {
    let mapping = Skeleton::Kinect25.mapping();
    // x: from right to left, y up.
    let body = |joints: [(Vec3, Quat); 25]| {
        mapping.landmarks(&joints.map(|(at, _)| Some(Vec3::new(-at.x, -at.y, at.z))))
    };
    Ok(rows(path)?.into_iter().map(body).collect())
}

fn vicon(path: &str) -> Result<Vec<[RigidBody; VICON_TARGETS.len()]>, DatasetError> {
    // From z up, looking along x, to the camera frame: x right (their left, y), y down, z away (behind them).
    let turn = Quat::from_mat3(&glam::Mat3::from_cols(
        Vec3::new(0.0, 0.0, -1.0),
        Vec3::X,
        Vec3::new(0.0, -1.0, 0.0),
    ));
    let target = |(at, rotation): (Vec3, Quat)| RigidBody {
        position: turn * (at / 1000.0),
        rotation: turn * rotation,
    };
    Ok(rows(path)?.into_iter().map(|row| row.map(target)).collect())
}

/// The points of each frame by name. Frames in which nobody was found are `None`.
fn positions(path: &str) -> Result<Vec<Option<Map<String, Value>>>, DatasetError> {
    let json: Value = serde_json::from_str(&read_text(path)?).map_err(|e| wrong(path, e.to_string()))?;
    let frames =
        json.get("positions").and_then(Value::as_object).ok_or_else(|| wrong(path, "no positions"))?;
    let mut numbered = Vec::new();
    for (number, points) in frames {
        let number: f64 = number.parse().map_err(|_| wrong(path, format!("frame `{number}`")))?;
        numbered.push((number as usize, points.as_object().filter(|points| !points.is_empty()).cloned()));
    }
    numbered.sort_by_key(|(number, _)| *number);
    let (Some(&(first, _)), Some(&(last, _))) = (numbered.first(), numbered.last()) else {
        return Err(wrong(path, "no frames"));
    };
    let mut frames = vec![None; last - first + 1];
    for (number, points) in numbered {
        frames[number - first] = points;
    }
    Ok(frames)
}

fn point(value: &Value) -> Option<Vec3> {
    let values = value.as_array()?;
    let at = |i: usize| values.get(i).and_then(Value::as_f64).map(|v| v as f32);
    Some(Vec3::new(at(0)?, at(1)?, at(2).unwrap_or(0.0)))
}

/// Points in the picture, by a tracker that gives no depth.
fn picture(path: &str, name: impl Fn(&str) -> String) -> Result<Vec<PoseFrame>, DatasetError> {
    let pose = |points: Map<String, Value>| {
        let mut image = Landmarks::default();
        for (key, value) in &points {
            if let (Some(id), Some(at)) = (landmark_from_name(&name(key)), point(value)) {
                image[id] = landmark(at);
            }
        }
        Pose { image, world: Landmarks::default(), confidence: 1.0 }
    };
    let frames = positions(path)?.into_iter().enumerate();
    Ok(frames.map(|(i, points)| PoseFrame { time_s: i as f64 / KERAAL_HZ, pose: points.map(pose) }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::or_skip;
    use baro_motion::LandmarkId;

    #[test]
    fn sensors_agree_on_left_and_up() {
        let Some(takes) = or_skip(keraal()).unwrap() else { return };
        for take in &takes {
            let seen = |frames: &[PoseFrame]| frames[5].pose.unwrap();
            let across = |points: &Landmarks| {
                points[LandmarkId::LeftShoulder].position.x - points[LandmarkId::RightShoulder].position.x
            };
            let down = |points: &Landmarks| {
                points[LandmarkId::LeftHip].position.y - points[LandmarkId::LeftShoulder].position.y
            };
            for points in [
                seen(&take.kinect).world,
                seen(&take.blazepose).world,
                seen(&take.blazepose).image,
                seen(&take.openpose).image,
                seen(&take.alphapose).image,
            ] {
                assert!(across(&points) > 0.0 && down(&points) > 0.0, "{}: {points:?}", take.exercise);
            }
            let at =
                |name: &str| take.vicon[10][VICON_TARGETS.iter().position(|n| *n == name).unwrap()].position;
            assert!(at("Left Shoulder").x > at("Right Shoulder").x);
            assert!(at("Head").y < at("Hips").y);
            assert_eq!(take.vicon_swapped, [take.exercise != "CTK", false], "{}", take.exercise);
            assert!(take.vicon.len().abs_diff(2 * take.kinect.len()) <= 5);
        }
    }

    /// The arm that goes up first in `ELK` is the same one for every sensor.
    #[test]
    fn sensors_agree_on_which_arm_moves() {
        let Some(takes) = or_skip(keraal()).unwrap() else { return };
        let elk = takes.iter().find(|take| take.exercise == "ELK").unwrap();
        let higher = |points: fn(&Pose) -> &Landmarks, frame: &PoseFrame| {
            let points = points(frame.pose.as_ref()?);
            Some(points[LandmarkId::RightWrist].position.y - points[LandmarkId::LeftWrist].position.y)
        };
        let at = |name: &str| VICON_TARGETS.iter().position(|n| *n == name).unwrap();
        let (left, right) = (at("Left Hand"), at("Right Hand"));
        let (mut counted, mut agreed) = (0, 0);
        for i in (0..190).step_by(5) {
            let vicon = elk.vicon[2 * i][right].position.y - elk.vicon[2 * i][left].position.y;
            if vicon.abs() < 0.3 {
                continue;
            }
            let others = [
                higher(|p| &p.world, &elk.blazepose[i]),
                higher(|p| &p.image, &elk.openpose[i]),
                higher(|p| &p.image, &elk.alphapose[i]),
            ];
            counted += 3;
            agreed += others.iter().flatten().filter(|y| y.signum() == vicon.signum()).count();
        }
        assert!(counted > 10 && agreed == counted, "{agreed} of {counted}");
    }
}
