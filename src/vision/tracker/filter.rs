//! Smoothing over time: one-euro filters.
//!
//! Source: Casiez, Roussel, Vogel, "1€ Filter" (CHI 2012). Parameters and scaling are MediaPipe's, read from its
//! `PoseLandmarkFiltering` graph: speeds are divided by the diameter of the circle through the *unfiltered*
//! auxiliary points of the same frame (not by the size of the cropped region, which is 1.25 times that and one
//! frame older).

use crate::Frame;
use baro_motion::{LANDMARK_COUNT, Landmarks, Pose};
use std::f64::consts::TAU;

/// Rate assumed between the first two frames, as MediaPipe does.
const FIRST_RATE_HZ: f64 = 30.0;
/// Share of the new value in the smoothed visibility.
const VISIBILITY_SHARE: f32 = 0.1;
/// A person is never taken for smaller than this.
const MIN_SCALE_PX: f32 = 1e-6;

/// How strongly a one-euro filter smooths: slow movements below `min_cutoff_hz`, fast ones less and less.
#[derive(Debug, Clone, Copy)]
struct OneEuro {
    min_cutoff_hz: f64,
    beta: f64,
    speed_cutoff_hz: f64,
}

const AUXILIARY: OneEuro = OneEuro { min_cutoff_hz: 0.01, beta: 10.0, speed_cutoff_hz: 1.0 };
const IMAGE: OneEuro = OneEuro { min_cutoff_hz: 0.05, beta: 80.0, speed_cutoff_hz: 1.0 };
const WORLD: OneEuro = OneEuro { min_cutoff_hz: 0.1, beta: 40.0, speed_cutoff_hz: 1.0 };

/// One-euro filters of `N` coordinates that share their times.
#[derive(Debug, Clone)]
struct Filter<const N: usize> {
    kind: OneEuro,
    last_time_s: Option<f64>,
    rate_hz: f64,
    raw: [f64; N],
    speed: [f64; N],
    value: [f64; N],
}

impl<const N: usize> Filter<N> {
    fn new(kind: OneEuro) -> Self {
        let zero = [0.0; N];
        Self { kind, last_time_s: None, rate_hz: FIRST_RATE_HZ, raw: zero, speed: zero, value: zero }
    }

    fn reset(&mut self) {
        *self = Self::new(self.kind);
    }

    /// Filters in place. Speeds count in units of `1 / value_scale` a second. Times that stand still or run
    /// backwards leave the values as they are.
    fn apply(&mut self, time_s: f64, value_scale: f64, values: &mut [f64; N]) {
        let Some(last_time_s) = self.last_time_s.replace(time_s) else {
            (self.raw, self.value, self.speed) = (*values, *values, [0.0; N]);
            return;
        };
        if time_s.is_nan() || time_s <= last_time_s {
            self.last_time_s = Some(last_time_s);
            return;
        }
        self.rate_hz = 1.0 / (time_s - last_time_s);
        let share = |cutoff_hz: f64| 1.0 / (1.0 + self.rate_hz / (TAU * cutoff_hz));
        let speed_share = share(self.kind.speed_cutoff_hz);
        for (i, new) in values.iter_mut().enumerate() {
            let speed = (*new - self.raw[i]) * value_scale * self.rate_hz;
            self.raw[i] = *new;
            self.speed[i] += speed_share * (speed - self.speed[i]);
            let share = share(self.kind.min_cutoff_hz + self.kind.beta * self.speed[i].abs());
            self.value[i] += share * (*new - self.value[i]);
            *new = self.value[i];
        }
    }
}

fn scale_of(scale_px: f32) -> f64 {
    1.0 / f64::from(scale_px.max(MIN_SCALE_PX))
}

/// Steadies the two points that make the next region. Always on: without it the region trembles.
#[derive(Debug, Clone)]
pub(crate) struct AuxiliaryFilter(Filter<4>);

impl AuxiliaryFilter {
    pub fn new() -> Self {
        Self(Filter::new(AUXILIARY))
    }

    pub fn reset(&mut self) {
        self.0.reset();
    }

    /// `scale_px`: the person's size in this frame, from the points themselves.
    pub fn apply(&mut self, time_s: f64, scale_px: f32, points_px: [[f32; 2]; 2]) -> [[f32; 2]; 2] {
        let [[a, b], [c, d]] = points_px;
        let mut values = [a, b, c, d].map(f64::from);
        self.0.apply(time_s, scale_of(scale_px), &mut values);
        let [a, b, c, d] = values.map(|v| v as f32);
        [[a, b], [c, d]]
    }
}

const COORDINATES: usize = LANDMARK_COUNT * 3;

/// Smooths what is shown and measured.
#[derive(Debug, Clone)]
pub(crate) struct PoseFilter {
    image: Filter<COORDINATES>,
    world: Filter<COORDINATES>,
    visibility: Option<[f32; LANDMARK_COUNT]>,
}

impl PoseFilter {
    pub fn new() -> Self {
        Self { image: Filter::new(IMAGE), world: Filter::new(WORLD), visibility: None }
    }

    pub fn reset(&mut self) {
        self.image.reset();
        self.world.reset();
        self.visibility = None;
    }

    /// Smooths a pose in place. `scale_px`: the person's size in this frame.
    pub fn apply(&mut self, frame: &Frame, scale_px: f32, pose: &mut Pose) {
        let pixels = [frame.width, frame.height, frame.width].map(f64::from);
        smooth(&mut self.image, frame.time_s, scale_of(scale_px), pixels, &mut pose.image);
        // World landmarks are metres: MediaPipe does not scale their speeds.
        smooth(&mut self.world, frame.time_s, 1.0, [1.0; 3], &mut pose.world);
        let visibility = self.visibility.get_or_insert(pose.image.0.map(|l| l.visibility));
        for (i, smoothed) in visibility.iter_mut().enumerate() {
            *smoothed += VISIBILITY_SHARE * (pose.image.0[i].visibility - *smoothed);
            pose.image.0[i].visibility = *smoothed;
            pose.world.0[i].visibility = *smoothed;
        }
    }
}

fn smooth(
    filter: &mut Filter<COORDINATES>,
    time_s: f64,
    value_scale: f64,
    unit: [f64; 3],
    landmarks: &mut Landmarks,
) {
    let mut values: [f64; COORDINATES] =
        std::array::from_fn(|i| f64::from(landmarks.0[i / 3].position[i % 3]) * unit[i % 3]);
    filter.apply(time_s, value_scale, &mut values);
    for (i, value) in values.iter().enumerate() {
        landmarks.0[i / 3].position[i % 3] = (value / unit[i % 3]) as f32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The filter as the paper's reference implementation states it, for one value at 30 Hz.
    fn reference(kind: OneEuro, scale: f64, values: &[f64]) -> Vec<f64> {
        let alpha = |cutoff: f64| {
            let tau = 1.0 / (TAU * cutoff);
            1.0 / (1.0 + tau * 30.0)
        };
        let (mut out, mut raw, mut x, mut dx) = (vec![], values[0], values[0], 0.0);
        for &v in values {
            let speed = (v - raw) * 30.0 * scale;
            raw = v;
            dx = alpha(kind.speed_cutoff_hz) * speed + (1.0 - alpha(kind.speed_cutoff_hz)) * dx;
            let a = alpha(kind.min_cutoff_hz + kind.beta * dx.abs());
            x = a * v + (1.0 - a) * x;
            out.push(x);
        }
        out
    }

    #[test]
    fn it_is_the_one_euro_filter() {
        let values: Vec<f64> = (0..60).map(|i| 100.0 * (f64::from(i) * 0.2).sin()).collect();
        let mut filter = Filter::<1>::new(IMAGE);
        for (i, expected) in reference(IMAGE, 0.01, &values).iter().enumerate() {
            let mut v = [values[i]];
            filter.apply(i as f64 / 30.0, 0.01, &mut v);
            assert!((v[0] - expected).abs() < 1e-9, "{i}: {} {expected}", v[0]);
        }
    }

    #[test]
    fn a_still_point_gets_steadier_and_time_that_stands_still_does_no_harm() {
        let mut filter = Filter::<1>::new(WORLD);
        let mut last = 0.0;
        for i in 0..300 {
            let mut v = [if i % 2 == 0 { 0.002 } else { -0.002 }];
            filter.apply(f64::from(i) / 30.0, 1.0, &mut v);
            last = v[0];
        }
        assert!(last.abs() < 0.0015, "{last}");
        for time_s in [299.0 / 30.0, 1.0, f64::NAN] {
            let mut v = [7.0];
            filter.apply(time_s, 1.0, &mut v);
            assert_eq!(v, [7.0]);
        }
    }
}
