//! The floor: plain dynamic time warping of joint positions to other people's correct repetitions.
//!
//! Turned to face ahead, mirrored as needed, scaled to the body, origin where the hips are in the first frame; the mean distance to the three
//! nearest. Between movements the distances are compared as z-scores of those of other people's correct repetitions.

use super::{MOVEMENTS, PEOPLE, Rep, figures::Judged, product::recorded};
use baro_coach::reference::Sensor;
use baro_motion::{Joint, Landmarks, Side};
use glam::{Quat, Vec3};

/// Moments to which each repetition is resampled.
const LENGTH: usize = 30;
/// Farthest that two repetitions may be out of step, of the length.
const BAND: f32 = 0.25;
/// Nearest repetitions that count.
const NEAREST: usize = 3;
const JOINTS: [Joint; 6] =
    [Joint::Shoulder, Joint::Elbow, Joint::Wrist, Joint::Hip, Joint::Knee, Joint::Ankle];

type Shape = [Vec3; JOINTS.len() * 2];

/// Scores of 0 stand where other people's correct ones end: the threshold is chosen on the others, by accuracy.
pub fn judge(reps: &[Rep], sensor: Sensor) -> Vec<Judged> {
    let mut out = Vec::new();
    for movement in 0..MOVEMENTS.len() {
        let of: Vec<&Rep> = reps.iter().filter(|r| r.sensor == sensor && r.movement == movement).collect();
        let shapes: Vec<[Vec<Shape>; 2]> =
            of.iter().map(|rep| [false, true].map(|m| shape(rep, m))).collect();
        let distance = |i: usize| {
            let others = (0..of.len()).filter(|&j| of[j].correct && of[j].person != of[i].person);
            let to = |j: usize| {
                let [own, mirrored] = [0, 1].map(|m| warp(&shapes[i][m], &shapes[j][0]));
                own.min(mirrored).sqrt()
            };
            let mut all: Vec<f32> = others.map(to).collect();
            all.sort_by(f32::total_cmp);
            f64::from(all.iter().take(NEAREST).sum::<f32>() / NEAREST as f32)
        };
        let distances: Vec<f64> = (0..of.len()).map(distance).collect();
        for person in 1..=PEOPLE {
            let others = || (0..of.len()).filter(|&i| of[i].person != person);
            let right: Vec<f64> = others().filter(|&i| of[i].correct).map(|i| distances[i]).collect();
            let mean = right.iter().sum::<f64>() / right.len() as f64;
            let spread =
                (right.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / right.len() as f64).sqrt();
            let limit = best_threshold(others().map(|i| (distances[i], of[i].correct)).collect());
            let own = (0..of.len()).filter(|&i| of[i].person == person);
            out.extend(own.map(|i| Judged::new(of[i], (limit - distances[i]) / spread)));
        }
    }
    out
}

/// The distance that tells most of these repetitions apart rightly.
fn best_threshold(mut all: Vec<(f64, bool)>) -> f64 {
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut right = all.iter().filter(|(_, correct)| !correct).count();
    let mut best = (right, 0.0);
    for pair in all.windows(2) {
        right = if pair[0].1 { right + 1 } else { right - 1 };
        if right > best.0 {
            best = (right, (pair[0].0 + pair[1].0) / 2.0);
        }
    }
    best.1
}

fn shape(rep: &Rep, mirrored: bool) -> Vec<Shape> {
    let worlds: Vec<&Landmarks> =
        recorded(&rep.frames).iter().filter_map(|f| Some(&f.pose.as_ref()?.world)).collect();
    let at = |world: &Landmarks, joint: Joint, side: Side| {
        let landmark = world[joint.of(if mirrored { side.other() } else { side })];
        let place = if landmark.visibility > 0.0 { landmark.position } else { Vec3::NAN };
        if mirrored { place * Vec3::new(-1.0, 1.0, 1.0) } else { place }
    };
    let whole = |world: &&&Landmarks| {
        JOINTS.iter().all(|&joint| Side::BOTH.iter().all(|&side| at(world, joint, side).is_finite()))
    };
    let Some(first) = worlds.iter().find(whole) else { return Vec::new() };
    let hips = |world: &Landmarks| at(world, Joint::Hip, Side::Left) - at(world, Joint::Hip, Side::Right);
    let turn = Quat::from_rotation_y(hips(first).z.atan2(hips(first).x));
    let [shoulder, hip, knee, ankle] =
        [Joint::Shoulder, Joint::Hip, Joint::Knee, Joint::Ankle].map(|joint| at(first, joint, Side::Left));
    let size = shoulder.distance(hip) + hip.distance(knee) + knee.distance(ankle);
    let ground = |world: &Landmarks| {
        (at(world, Joint::Ankle, Side::Left) + at(world, Joint::Ankle, Side::Right)) / 2.0
    };
    (0..LENGTH)
        .map(|i| {
            let at_frame = i as f32 / (LENGTH - 1) as f32 * (worlds.len() - 1) as f32;
            let (below, part) = (at_frame.floor() as usize, at_frame.fract());
            let shape = |world: &Landmarks| -> Shape {
                std::array::from_fn(|k| {
                    let place = at(world, JOINTS[k / 2], Side::BOTH[k % 2]) - ground(world);
                    turn * place / size
                })
            };
            let (a, b) = (shape(worlds[below]), shape(worlds[(below + 1).min(worlds.len() - 1)]));
            std::array::from_fn(|k| a[k].lerp(b[k], part))
        })
        .collect()
}

/// Mean squared distance along the best alignment.
fn warp(a: &[Shape], b: &[Shape]) -> f32 {
    let mut costs = vec![f32::INFINITY; (LENGTH + 1) * (LENGTH + 1)];
    costs[0] = 0.0;
    for (i, a) in a.iter().enumerate() {
        for (j, b) in b.iter().enumerate() {
            if i.abs_diff(j) as f32 > BAND * LENGTH as f32 {
                continue;
            }
            let here: f32 =
                a.iter().zip(b).map(|(a, b)| a.distance_squared(*b)).filter(|d| d.is_finite()).sum();
            let at = |i: usize, j: usize| costs[i * (LENGTH + 1) + j];
            let least = at(i, j).min(at(i, j + 1)).min(at(i + 1, j));
            costs[(i + 1) * (LENGTH + 1) + j + 1] = least + here;
        }
    }
    costs[costs.len() - 1] / (2 * LENGTH) as f32
}
