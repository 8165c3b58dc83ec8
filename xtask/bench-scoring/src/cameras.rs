//! Four calibrated cameras: what each sees of a walker by our own tracker, and the walker triangulated from all four.

use anyhow::{Context, Result, bail};
use baro_datasets::shared;
use baro_motion::{LANDMARK_COUNT, LandmarkId, Landmarks, Pose};
use baro_vision::{
    Frame, ModelStore, PoseEstimator, SourceSpec, Tracker, TrackerOptions, find_onnxruntime, open,
};
use glam::{DMat3, DVec2, DVec3};
use std::path::Path;

/// Cameras, by their names in the calibration.
pub const CAMERAS: [&str; 4] = ["cam01", "cam02", "cam03", "cam04"];
/// Pictures a second.
pub const FPS: f64 = 60.0;

/// Subpixels of the calibration file to a pixel.
const SUBPIXELS: f64 = 64.0;
/// Residuals beyond this, pixels, count less and less.
const ROBUST_PX: f64 = 8.0;
/// A point is triangulated where this many cameras agree with it within [`AGREE_PX`].
const AGREEING: usize = 3;
const AGREE_PX: f64 = 20.0;
/// Rounds of shifting each camera's principal point to where its residuals' median is 0.
const ROUNDS: usize = 12;

/// A pinhole with radial and tangential distortion.
struct Camera {
    /// From the laboratory to the camera: x right, y down, z ahead.
    turn: DMat3,
    at_mm: DVec3,
    focal_px: DVec2,
    centre_px: DVec2,
    radial: [f64; 2],
    tangential: [f64; 2],
    size_px: DVec2,
}

/// One walker.
pub struct Walk {
    /// By camera, what our tracker sees, picture by picture.
    pub seen: Vec<Vec<Pose>>,
    /// By camera, the triangulated body in that camera's frame, metres, origin between the hips; visibility 1 where it is known.
    pub truth: Vec<Vec<Landmarks>>,
    /// Median distance of the triangulated points from where the cameras see them, pixels.
    pub residual_px: f64,
}

/// Tracks and triangulates; `None` (said aloud) where the recordings or the ONNX Runtime are missing.
pub fn walk() -> Result<Option<Walk>> {
    let Some(calibration) = shared("video/pose2sim/Calib.qca.txt") else {
        println!("skipped: video/pose2sim of the shared data is missing");
        return Ok(None);
    };
    let library = match find_onnxruntime() {
        Ok(library) => library,
        Err(error) => {
            println!("skipped: {error}");
            return Ok(None);
        }
    };
    let text = std::fs::read_to_string(calibration)?;
    let models = ModelStore::open(&crate::root().join("models"), &library)?;
    let mut cameras = Vec::new();
    let mut seen = Vec::new();
    for name in CAMERAS {
        let video = shared(&format!("video/pose2sim/{name}.mp4")).context("a video is missing")?;
        let (poses, size_px) = track(&models, &video)?;
        cameras.push(camera(&text, name, size_px).with_context(|| format!("{name} in Calib.qca.txt"))?);
        seen.push(poses);
    }
    Ok(Some(triangulate(&mut cameras, seen)))
}

fn track(models: &ModelStore, video: &Path) -> Result<(Vec<Pose>, DVec2)> {
    let mut tracker = Tracker::new(models, TrackerOptions::default())?;
    let mut source = open(&SourceSpec::Video(video.to_owned()))?;
    let mut frame = Frame::default();
    let mut poses = Vec::new();
    while source.read(&mut frame)? {
        let Some(pose) = tracker.estimate(&frame)? else { bail!("nobody seen in {}", video.display()) };
        poses.push(pose);
    }
    Ok((poses, DVec2::new(f64::from(frame.width), f64::from(frame.height))))
}

/// The number of an attribute, the first after `text`'s beginning.
fn number(text: &str, name: &str) -> Option<f64> {
    let after = text.split_once(&format!(" {name}=\""))?.1;
    after.split_once('"')?.0.parse().ok()
}

fn camera(text: &str, name: &str, size_px: DVec2) -> Option<Camera> {
    let own = text.split_once(&format!("serial=\"{name}\""))?.1;
    let (transform, intrinsic) = (own.split_once("<transform")?.1, own.split_once("<intrinsic")?.1);
    let row = |i: usize| {
        let at = |j: usize| number(transform, &format!("r{i}{j}"));
        Some(DVec3::new(at(1)?, at(2)?, at(3)?))
    };
    let [x, y, z] = [row(1)?, -row(2)?, -row(3)?];
    let inner = |name| number(intrinsic, name);
    Some(Camera {
        turn: DMat3::from_cols(x, y, z).transpose(),
        at_mm: DVec3::new(number(transform, "x")?, number(transform, "y")?, number(transform, "z")?),
        focal_px: DVec2::new(inner("focalLengthU")?, inner("focalLengthV")?) / SUBPIXELS,
        centre_px: DVec2::new(inner("centerPointU")?, inner("centerPointV")?) / SUBPIXELS,
        radial: [inner("radialDistortion1")?, inner("radialDistortion2")?],
        tangential: [inner("tangentalDistortion1")?, inner("tangentalDistortion2")?],
        size_px,
    })
}

impl Camera {
    /// The straight ray through a point of the picture, in the camera's frame, z = 1.
    fn ray(&self, image: DVec2) -> DVec2 {
        let bent = (image * self.size_px - self.centre_px) / self.focal_px;
        let mut straight = bent;
        for _ in 0..10 {
            let (x, y) = (straight.x, straight.y);
            let r2 = straight.length_squared();
            let radial = 1.0 + self.radial[0] * r2 + self.radial[1] * r2 * r2;
            let [p1, p2] = self.tangential;
            let tangential = DVec2::new(
                2.0 * p1 * x * y + p2 * (r2 + 2.0 * x * x),
                p1 * (r2 + 2.0 * y * y) + 2.0 * p2 * x * y,
            );
            straight = (bent - tangential) / radial;
        }
        straight
    }

    /// From a point of the laboratory to its ray, z = 1.
    fn project(&self, at_mm: DVec3) -> DVec2 {
        let own = self.turn * (at_mm - self.at_mm);
        own.truncate() / own.z
    }
}

/// Where rays of several cameras come nearest to each other, and how far each is from it, pixels.
fn meet(cameras: &[Camera], rays: &[(DVec2, f64)]) -> Option<(DVec3, Vec<DVec2>)> {
    let mut weights: Vec<f64> = rays.iter().map(|&(_, seen)| seen).collect();
    let mut found = None;
    for _ in 0..8 {
        let (mut sum, mut target) = (DMat3::ZERO, DVec3::ZERO);
        for ((camera, &(ray, _)), weight) in cameras.iter().zip(rays).zip(&weights) {
            let along = (camera.turn.transpose() * ray.extend(1.0)).normalize();
            let across =
                DMat3::IDENTITY - DMat3::from_cols(along * along.x, along * along.y, along * along.z);
            sum += across * *weight;
            target += across * camera.at_mm * *weight;
        }
        if sum.determinant().abs() < 1e-9 {
            return None;
        }
        let at = sum.inverse() * target;
        let off: Vec<DVec2> = cameras
            .iter()
            .zip(rays)
            .map(|(camera, &(ray, _))| (ray - camera.project(at)) * camera.focal_px)
            .collect();
        for ((weight, &(_, seen)), off) in weights.iter_mut().zip(rays).zip(&off) {
            *weight = seen / (1.0 + (off.length() / ROBUST_PX).powi(2));
        }
        found = Some((at, off));
    }
    found
}

fn triangulate(cameras: &mut [Camera], seen: Vec<Vec<Pose>>) -> Walk {
    let frames = seen.iter().map(Vec::len).min().unwrap_or(0);
    // A point that a camera hardly sees counts little.
    let rays = |cameras: &[Camera], frame: usize, id: LandmarkId| -> Vec<(DVec2, f64)> {
        let one = |(camera, poses): (&Camera, &Vec<Pose>)| {
            let landmark = poses[frame].image[id];
            let image = DVec2::new(landmark.position.x.into(), landmark.position.y.into());
            let seen = if landmark.visibility > 0.5 { landmark.visibility.into() } else { 0.02 };
            (camera.ray(image), seen)
        };
        cameras.iter().zip(&seen).map(one).collect()
    };
    let mut residual_px = 0.0;
    for _ in 0..ROUNDS {
        let mut off: Vec<[Vec<f64>; 2]> = vec![[Vec::new(), Vec::new()]; cameras.len()];
        let mut all = Vec::new();
        for frame in (0..frames).step_by(4) {
            for id in LandmarkId::ALL.into_iter().skip(11) {
                let Some((_, each)) = meet(cameras, &rays(cameras, frame, id)) else { continue };
                for (off, by) in off.iter_mut().zip(&each).filter(|(_, by)| by.length() < 3.0 * AGREE_PX) {
                    off[0].push(by.x);
                    off[1].push(by.y);
                }
                all.extend(each.iter().map(|by| by.length()));
            }
        }
        residual_px = median(&mut all);
        for (camera, [x, y]) in cameras.iter_mut().zip(&mut off) {
            camera.centre_px += DVec2::new(median(x), median(y));
        }
    }
    let mut truth = vec![vec![Landmarks::default(); frames]; cameras.len()];
    for frame in 0..frames {
        let mut points = [None; LANDMARK_COUNT];
        for id in LandmarkId::ALL {
            let Some((at, off)) = meet(cameras, &rays(cameras, frame, id)) else { continue };
            let agreeing = off.iter().filter(|off| off.length() < AGREE_PX).count();
            points[id.index()] = (agreeing >= AGREEING).then_some(at);
        }
        let hips = [LandmarkId::LeftHip, LandmarkId::RightHip].map(|id| points[id.index()]);
        let [Some(left), Some(right)] = hips else { continue };
        let middle = (left + right) / 2.0;
        for (camera, truth) in cameras.iter().zip(&mut truth) {
            for (landmark, at) in truth[frame].0.iter_mut().zip(points) {
                let Some(at) = at else { continue };
                let own = camera.turn * (at - middle) / 1000.0;
                *landmark = baro_datasets::landmark(own.as_vec3());
            }
        }
    }
    Walk { seen, truth, residual_px }
}

/// The middle one; of none, no number, which meets no goal.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
