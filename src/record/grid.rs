//! The grid that a frame is put on before it is scored and kept.
//!
//! Landmarks tremble by millimetres (docs/measurements.md), so half a millimetre carries no loss, and what is coarse can be
//! kept in a hundred bytes. Every step is a power of two: taking a frame to the grid and back is exact, on every platform,
//! so a replay sees the very bits that the coach saw.

use baro_motion::{LANDMARK_COUNT, Landmark, Landmarks, Pose, PoseFrame};
use glam::Vec3;

/// Steps a second: 15 µs each.
const TICKS: f64 = 65_536.0;
/// Steps a metre: half a millimetre.
const STEPS: f32 = 2048.0;
/// Steps across the picture: two thirds of a pixel of 640. Nothing is measured in it, it only tells where somebody stood.
const PICTURE_STEPS: f32 = 1024.0;
/// Steps of a probability.
const SHARES: f32 = 128.0;
/// Times stay where seconds in `f64` hold every tick.
const MAX_TICKS: f64 = (1_u64 << 52) as f64;

/// Numbers of one body: confidence, visibilities, world x y z, picture x y.
pub(crate) const VALUES: usize = PICTURE + 2 * LANDMARK_COUNT;
const VISIBILITY: usize = 1;
/// The first of the positions; before it stand probabilities.
pub(crate) const WORLD: usize = VISIBILITY + LANDMARK_COUNT;
const PICTURE: usize = WORLD + 3 * LANDMARK_COUNT;

/// A frame in steps of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grid {
    pub ticks: i64,
    /// `None` where nobody was seen.
    pub body: Option<[i16; VALUES]>,
}

/// The frame as a record will give it back: score this one. The picture's depth and presence are left out, since nothing
/// that is done with a record reads them; presence is told as visibility.
pub fn snap(frame: &PoseFrame) -> PoseFrame {
    Grid::of(frame).frame()
}

impl Grid {
    /// The nearest point of the grid. A landmark that is no number counts as not measured.
    pub fn of(frame: &PoseFrame) -> Self {
        let ticks = (frame.time_s * TICKS).round().clamp(-MAX_TICKS, MAX_TICKS) as i64;
        Self { ticks, body: frame.pose.as_ref().map(values) }
    }

    /// The same, in seconds and metres.
    pub fn frame(&self) -> PoseFrame {
        PoseFrame { time_s: self.ticks as f64 / TICKS, pose: self.body.as_ref().map(pose) }
    }
}

fn values(pose: &Pose) -> [i16; VALUES] {
    let mut values = [0; VALUES];
    values[0] = share(pose.confidence);
    for (i, (image, world)) in pose.image.0.iter().zip(&pose.world.0).enumerate() {
        if !world.position.is_finite() || !image.position.is_finite() {
            continue;
        }
        values[VISIBILITY + i] = share(world.visibility);
        for (value, at) in values[WORLD + 3 * i..].iter_mut().zip(world.position.to_array()) {
            *value = step(at, STEPS);
        }
        for (value, at) in values[PICTURE + 2 * i..].iter_mut().zip([image.position.x, image.position.y]) {
            *value = step(at, PICTURE_STEPS);
        }
    }
    values
}

fn pose(values: &[i16; VALUES]) -> Pose {
    let (mut image, mut world) = (Landmarks::default(), Landmarks::default());
    let [share_at, step_at, picture_at] =
        [SHARES, STEPS, PICTURE_STEPS].map(|steps| move |i: usize| f32::from(values[i]) / steps);
    for i in 0..LANDMARK_COUNT {
        let visibility = share_at(VISIBILITY + i);
        let (w, p) = (WORLD + 3 * i, PICTURE + 2 * i);
        let put = |position| Landmark { position, visibility, presence: visibility };
        world.0[i] = put(Vec3::new(step_at(w), step_at(w + 1), step_at(w + 2)));
        image.0[i] = put(Vec3::new(picture_at(p), picture_at(p + 1), 0.0));
    }
    Pose { image, world, confidence: share_at(0) }
}

fn step(at: f32, steps: f32) -> i16 {
    (at * steps).round() as i16 // saturates
}

/// Nothing but 0 becomes 0: that means "not measured".
fn share(probability: f32) -> i16 {
    let least = i16::from(probability > 0.0);
    ((probability.clamp(0.0, 1.0) * SHARES).round() as i16).max(least)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_frame() -> impl Strategy<Value = PoseFrame> {
        let landmark = (any::<[f32; 3]>(), any::<f32>()).prop_map(|(position, visibility)| Landmark {
            position: position.into(),
            visibility,
            presence: 0.3,
        });
        let landmarks = || proptest::collection::vec(landmark.clone(), LANDMARK_COUNT);
        let pose = (landmarks(), landmarks(), any::<f32>()).prop_map(|(image, world, confidence)| {
            let all = |list: Vec<Landmark>| Landmarks(std::array::from_fn(|i| list[i]));
            Pose { image: all(image), world: all(world), confidence }
        });
        (any::<f64>(), proptest::option::of(pose)).prop_map(|(time_s, pose)| PoseFrame { time_s, pose })
    }

    proptest! {
        #[test]
        fn the_grid_of_the_grid_is_the_grid(frame in any_frame()) {
            let once = snap(&frame);
            prop_assert_eq!(snap(&once), once);
            prop_assert!(once.time_s.is_finite());
        }

        #[test]
        fn what_is_near_stays_within_half_a_step(at in -15.0..15.0_f32, visible in 0.01..1.0_f32, time_s in 0.0..1e5_f64) {
            let landmark = Landmark { position: Vec3::splat(at), visibility: visible, presence: 1.0 };
            let all = Landmarks([landmark; LANDMARK_COUNT]);
            let frame = PoseFrame { time_s, pose: Some(Pose { image: all, world: all, confidence: 1.0 }) };
            let snapped = snap(&frame);
            let pose = snapped.pose.unwrap();
            prop_assert!((snapped.time_s - time_s).abs() <= 0.5 / TICKS);
            prop_assert!((pose.world.0[5].position.y - at).abs() <= 0.5 / STEPS);
            prop_assert!((pose.image.0[32].position.x - at).abs() <= 0.5 / PICTURE_STEPS);
            prop_assert!((pose.world.0[0].visibility - visible).abs() <= 0.5 / SHARES);
        }
    }
}
