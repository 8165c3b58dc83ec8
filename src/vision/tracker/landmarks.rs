//! The landmark model: 33 points of the body, and two that say where to look next.

use super::crop::Border;
use super::net::{Net, NetOutputs};
use super::region::Region;
use crate::models::ModelEntry;
use crate::{EstimateError, Frame, ModelError};
use baro_motion::{LANDMARK_COUNT, Landmark, Pose};
use glam::Vec3;
use ort::environment::Environment;
use std::path::Path;

/// Points that the network gives: the body's, two auxiliary ones, four that nobody uses.
const POINTS: usize = 39;
/// Values a point: x, y, z, visibility, presence.
const VALUES: usize = 5;
const FIRST_AUXILIARY: usize = LANDMARK_COUNT;
/// Points that are read at all.
const POINTS_READ: usize = FIRST_AUXILIARY + 2;
/// Cells of a side of the heat map.
const HEAT_SIDE: usize = 64;
const HEAT_PLANE: usize = HEAT_SIDE * HEAT_SIDE;
/// Half of the 7x7 neighbourhood in which the heat map refines a point.
const HEAT_REACH: usize = 3;
/// The heat map must be at least this sure somewhere in the neighbourhood.
const MIN_HEAT: f32 = 0.5;
/// Below this the network says that there is no body in the region.
const MIN_CONFIDENCE: f32 = 0.5;

/// What the network says about one region of one frame.
#[derive(Debug)]
pub(crate) struct Body {
    pub pose: Pose,
    /// Middle of the hips, and a point on the circle around the body.
    pub auxiliary_px: [[f32; 2]; 2],
}

#[derive(Debug)]
struct Names {
    landmarks: String,
    presence: String,
    heat_map: String,
    world: String,
}

#[derive(Debug)]
pub(crate) struct LandmarkNet {
    net: Net,
    names: Names,
}

impl LandmarkNet {
    pub fn load(
        environment: &Environment,
        path: &Path,
        entry: &ModelEntry,
        threads: usize,
    ) -> Result<Self, ModelError> {
        let names = Names {
            landmarks: entry.output("landmarks", POINTS * VALUES)?,
            presence: entry.output("presence", 1)?,
            heat_map: entry.output("heat_map", POINTS * HEAT_PLANE)?,
            world: entry.output("world", POINTS * 3)?,
        };
        Ok(Self { net: Net::load(environment, path, entry, threads)?, names })
    }

    /// Puts the region of the picture into the input.
    pub fn fill(&mut self, frame: &Frame, region: &Region) {
        self.net.fill(frame, region, Border::Replicate);
    }

    /// Runs the network on what was filled in.
    pub fn run(&mut self) -> Result<LandmarkOutputs<'_>, EstimateError> {
        let side = self.net.side() as f32;
        Ok(LandmarkOutputs { outputs: self.net.run()?, names: &self.names, side })
    }
}

/// The network's answer, not yet read.
pub(crate) struct LandmarkOutputs<'a> {
    outputs: NetOutputs<'a>,
    names: &'a Names,
    side: f32,
}

impl LandmarkOutputs<'_> {
    /// The body in the picture's and the camera's frame; `None` if there is none in the region.
    pub fn read(&self, region: &Region, frame: &Frame) -> Result<Option<Body>, EstimateError> {
        let confidence = self.outputs.values(&self.names.presence, 1)?[0];
        if confidence.is_nan() || confidence < MIN_CONFIDENCE {
            return Ok(None);
        }
        let raw = Raw {
            points: self.outputs.values(&self.names.landmarks, POINTS * VALUES)?,
            heat_map: self.outputs.values(&self.names.heat_map, POINTS * HEAT_PLANE)?,
            world: self.outputs.values(&self.names.world, POINTS * 3)?,
            side: self.side,
        };
        let body = raw.project(region, frame, confidence);
        let mut landmarks = body.pose.image.0.iter().chain(&body.pose.world.0);
        let finite = landmarks.all(|l| l.position.is_finite())
            && body.auxiliary_px.as_flattened().iter().all(|v| v.is_finite());
        Ok(finite.then_some(body))
    }
}

/// The network's numbers.
struct Raw<'a> {
    points: &'a [f32],
    heat_map: &'a [f32],
    world: &'a [f32],
    side: f32,
}

impl Raw<'_> {
    fn project(&self, region: &Region, frame: &Frame, confidence: f32) -> Body {
        let mut pose = Pose { confidence, ..Pose::default() };
        let mut auxiliary_px = [[0.0; 2]; 2];
        let (width, height) = (frame.width as f32, frame.height as f32);
        let (sin, cos) = region.rotation_rad.sin_cos();
        for (i, values) in self.points.chunks_exact(VALUES).take(POINTS_READ).enumerate() {
            let heat = &self.heat_map[i * HEAT_PLANE..(i + 1) * HEAT_PLANE];
            let [x, y] = refine([values[0] / self.side, values[1] / self.side], heat);
            let [x_px, y_px] = region.to_picture_px(x, y);
            if let Some(auxiliary) = i.checked_sub(FIRST_AUXILIARY).and_then(|i| auxiliary_px.get_mut(i)) {
                *auxiliary = [x_px, y_px];
                continue;
            }
            let (visibility, presence) = (logistic(values[3]), logistic(values[4]));
            let z = values[2] / self.side * region.size_px / width;
            let position = Vec3::new(x_px / width, y_px / height, z);
            pose.image.0[i] = Landmark { position, visibility, presence };
            let [wx, wy, wz] = [self.world[i * 3], self.world[i * 3 + 1], self.world[i * 3 + 2]];
            let position = Vec3::new(cos * wx - sin * wy, sin * wx + cos * wy, wz);
            pose.world.0[i] = Landmark { position, visibility, presence };
        }
        Body { pose, auxiliary_px }
    }
}

/// Moves a point (fractions of the region) to the heat map's centre of gravity around it.
fn refine([x, y]: [f32; 2], heat: &[f32]) -> [f32; 2] {
    let cell = |v: f32| (v * HEAT_SIDE as f32) as i32;
    let (cell_x, cell_y) = (cell(x), cell(y));
    let on_map = |c: i32| (0..HEAT_SIDE as i32).contains(&c);
    if !on_map(cell_x) || !on_map(cell_y) {
        return [x, y];
    }
    let (cell_x, cell_y) = (cell_x as usize, cell_y as usize);
    let around = |c: usize| c.saturating_sub(HEAT_REACH)..(c + HEAT_REACH + 1).min(HEAT_SIDE);
    let (mut sum, mut sum_x, mut sum_y, mut most) = (0.0, 0.0, 0.0, 0.0f32);
    for row in around(cell_y) {
        for column in around(cell_x) {
            let h = logistic(heat[row * HEAT_SIDE + column]);
            sum += h;
            sum_x += h * column as f32;
            sum_y += h * row as f32;
            most = most.max(h);
        }
    }
    if most < MIN_HEAT {
        return [x, y];
    }
    [sum_x / sum / HEAT_SIDE as f32, sum_y / sum / HEAT_SIDE as f32]
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sure_heat_map_pulls_a_point_and_an_unsure_one_does_not() {
        let mut heat = vec![-20.0; HEAT_PLANE];
        heat[11 * HEAT_SIDE + 32] = 6.0;
        let [x, y] = refine([30.5 / 64.0, 10.5 / 64.0], &heat);
        assert!((x - 32.0 / 64.0).abs() < 1e-4 && (y - 11.0 / 64.0).abs() < 1e-4, "{x} {y}");
        assert_eq!(refine([0.1, 0.9], &heat), [0.1, 0.9]);
        assert_eq!(refine([-0.2, 1.5], &heat), [-0.2, 1.5]);
        let [x, _] = refine([f32::NAN, 0.5], &heat);
        assert!(x.is_nan() || x.is_finite());
    }

    #[test]
    fn world_landmarks_turn_with_the_region() {
        let mut points = vec![0.0; POINTS * VALUES];
        (points[0], points[1], points[2]) = (128.0, 0.0, 25.6);
        let mut world = vec![0.0; POINTS * 3];
        world[1] = -1.0;
        let heat_map = vec![-20.0; POINTS * HEAT_PLANE];
        let raw = Raw { points: &points, heat_map: &heat_map, world: &world, side: 256.0 };
        let region = Region {
            center_x_px: 100.0,
            center_y_px: 50.0,
            size_px: 40.0,
            rotation_rad: std::f32::consts::FRAC_PI_2,
        };
        let frame = Frame { width: 200, height: 100, ..Frame::default() };
        let body = raw.project(&region, &frame, 0.9);
        let nose = body.pose.image.0[0];
        assert!(nose.position.distance(Vec3::new(0.6, 0.5, 0.02)) < 1e-5, "{}", nose.position);
        assert_eq!(nose.visibility, 0.5);
        assert!(body.pose.world.0[0].position.distance(Vec3::X) < 1e-6);
    }
}
