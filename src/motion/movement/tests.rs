use super::*;
use crate::{Estimate, Joint, Landmark, Landmarks, Side};
use glam::{Vec2, Vec3};
use proptest::prelude::*;

fn samples(rate_hz: f64, seconds: f64, value: impl Fn(f64) -> f64) -> Vec<Sample> {
    let count = (seconds * rate_hz).round() as usize + 1;
    (0..count).map(|i| i as f64 / rate_hz).map(|t| Sample { time_s: t, value: value(t) as f32 }).collect()
}

/// One minimum-jerk stroke of `size` in `seconds` (Flash and Hogan 1985).
fn stroke(t: f64, seconds: f64, size: f64) -> f64 {
    let u = (t / seconds).clamp(0.0, 1.0);
    size * u * u * u * (10.0 - 15.0 * u + 6.0 * u * u)
}

/// Deterministic noise, uniform in ±1.
fn noise(i: usize) -> f64 {
    let x = (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    ((x ^ (x >> 32)) % 20_001) as f64 / 10_000.0 - 1.0
}

fn sparc(samples: &[Sample]) -> f64 {
    let speed = series::Regular::new(samples, 8, f64::INFINITY).unwrap();
    smoothness::spectral_arc_length(&speed).unwrap().sparc
}

#[test]
fn sparc_of_the_published_example() {
    let speed: Vec<Sample> = (0..200)
        .map(|i| f64::from(i) / 100.0 - 1.0)
        .map(|t| Sample { time_s: t, value: (-5.0 * t * t).exp() as f32 })
        .collect();
    assert!((sparc(&speed) + 1.41403).abs() < 1e-5, "{}", sparc(&speed));
}

#[test]
fn sparc_minds_neither_size_nor_duration_nor_dropped_frames() {
    let of = |size: f64, seconds: f64| {
        smoothness_of_path(&samples(60.0, seconds, |t| stroke(t, seconds, size))).unwrap().sparc
    };
    let one = of(1.0, 1.0);
    assert!((one + 1.45).abs() < 0.05, "{one}");
    assert!((of(0.2, 1.0) - one).abs() < 1e-3 && (of(1.0, 3.0) - one).abs() < 0.03);
    let mut path = samples(60.0, 2.0, |t| stroke(t, 2.0, 1.0));
    let whole = smoothness_of_path(&path).unwrap().sparc;
    let mut i = 0;
    path.retain(|_| {
        i += 1;
        i % 5 != 3
    });
    assert!((smoothness_of_path(&path).unwrap().sparc - whole).abs() < 0.05);
}

#[test]
fn sparc_falls_with_jerks_and_stands_jitter() {
    let of = |path: &dyn Fn(f64) -> f64| smoothness_of_path(&samples(30.0, 2.0, path)).unwrap().sparc;
    let smooth = of(&|t| stroke(t, 2.0, 90.0));
    let in_two = of(&|t| stroke(t, 0.9, 45.0) + stroke(t - 1.1, 0.9, 45.0));
    let in_four = of(&|t| (0..4).map(|k| stroke(t - 0.5 * f64::from(k), 0.4, 22.5)).sum());
    assert!(smooth - in_two > 0.3 && in_two - in_four > 0.5, "{smooth} {in_two} {in_four}");
    let jitter = of(&|t| stroke(t, 2.0, 90.0) + 0.5 * noise((t * 1000.0) as usize));
    assert!(smooth - jitter < 0.2, "{smooth} {jitter}");
}

#[test]
fn below_20_fps_the_cut_off_is_half_the_rate_and_below_10_there_is_none() {
    let at = |rate_hz| smoothness_of_path(&samples(rate_hz, 3.0, |t| stroke(t, 3.0, 1.0)));
    assert_eq!(at(30.0).map(|s| s.cutoff_hz), Some(10.0));
    assert!((at(15.0).unwrap().cutoff_hz - 7.5).abs() < 1e-9);
    // One smooth stroke has nothing up there: the same value.
    assert!((at(15.0).unwrap().sparc - at(60.0).unwrap().sparc).abs() < 0.05);
    assert_eq!(at(5.0), None);
}

#[test]
fn what_has_no_smoothness() {
    assert_eq!(smoothness_of_path(&[]), None);
    assert_eq!(smoothness_of_path(&samples(30.0, 2.0, |_| 1.0)), None, "no movement");
    assert_eq!(smoothness_of_path(&samples(30.0, 0.2, |t| t)), None, "too short");
    let mut gap = samples(30.0, 2.0, |t| t);
    gap.drain(20..40);
    assert_eq!(smoothness_of_path(&gap), None, "a gap");
}

#[test]
fn steadiness_tells_tremor_from_drift() {
    let at =
        |rate_hz| steadiness(&samples(rate_hz, 10.0, |t| 80.0 - 0.5 * t + 2.0 * (3.0 * t).sin())).unwrap();
    for rate_hz in [5.0, 10.0, 30.0, 60.0] {
        let held = at(rate_hz);
        assert!((held.drift_per_s + 0.5).abs() < 0.1, "{rate_hz}: {held:?}");
        assert!((held.sd - 2.0 / 2.0_f64.sqrt()).abs() < 0.1, "{rate_hz}: {held:?}");
        assert!((held.mean - 77.5).abs() < 0.2);
    }
    assert!(steadiness(&samples(30.0, 3.0, |_| 1.0)).unwrap().sd < 1e-6);
    assert_eq!(steadiness(&samples(30.0, 0.5, |_| 1.0)), None);
}

#[test]
fn symmetry_index() {
    assert_eq!(symmetry_index_percent(90.0, 90.0), Some(0.0));
    assert!((symmetry_index_percent(100.0, 85.0).unwrap() - 16.216).abs() < 1e-3);
    assert_eq!(symmetry_index_percent(100.0, 0.0), Some(200.0));
    for (left, right) in [(0.0, 0.0), (-1.0, 2.0), (f64::NAN, 1.0), (1.0, f64::INFINITY)] {
        assert_eq!(symmetry_index_percent(left, right), None);
    }
}

const ESTIMATE: Estimate = Estimate { value: 0.0, sd: 0.0, visibility: 1.0, claim: crate::Claim::Firm };

#[test]
fn tempo_by_phase() {
    // 1 s rest, 2 s up, 1 s held, 3 s back, 1 s rest; straight lines, so that a tenth at each end is not the stroke's.
    let path = |t: f64| match t {
        t if t < 1.0 => 0.0,
        t if t < 3.0 => (t - 1.0) / 2.0,
        t if t < 4.0 => 1.0,
        t if t < 7.0 => 1.0 - (t - 4.0) / 3.0,
        _ => 0.0,
    };
    for rate_hz in [5.0, 30.0, 1000.0] {
        let took = tempo(&samples(rate_hz, 8.0, path)).unwrap();
        for (took_s, s) in [(took.out_s, 1.6), (took.peak_s, 1.5), (took.return_s, 2.4), (took.rest_s, 2.5)] {
            assert!((took_s - s).abs() < 0.02, "{rate_hz} Hz: {took:?}");
        }
    }
    assert_eq!(tempo(&samples(30.0, 2.0, |t| t)), None, "does not come back");
    assert_eq!(tempo(&samples(30.0, 2.0, |_| 1.0)), None);
    let wild = samples(10.0, 1.0, |t| if (0.45..0.75).contains(&t) { 3e38 } else { -3e38 });
    assert_eq!(tempo(&wild), None, "no range is so large");
}

/// A body that stands, feet 0.3 m apart, its hips moved by `x` (to its left) and `z` (back); one ankle raised.
fn standing(x: f32, z: f32, right_up: f32) -> Landmarks {
    let mut body = Landmarks::default();
    for side in Side::BOTH {
        let s = if side == Side::Left { 1.0 } else { -1.0 };
        let lift = if side == Side::Right { right_up } else { 0.0 };
        for (joint, out, up, follows) in [
            (Joint::Ear, 0.07, 0.72, 1.0),
            (Joint::Shoulder, 0.18, 0.5, 1.0),
            (Joint::Elbow, 0.2, 0.2, 1.0),
            (Joint::Wrist, 0.2, -0.05, 1.0),
            (Joint::Hip, 0.1, 0.0, 1.0),
            (Joint::Knee, 0.12, -0.42, 0.5),
            (Joint::Ankle, 0.15, -0.84 + lift, 0.0),
        ] {
            let position = Vec3::new(s * out + x * follows, -up, z * follows);
            body[joint.of(side)] = Landmark { position, visibility: 1.0, presence: 1.0 };
        }
    }
    body
}

#[test]
fn mass_over_the_feet() {
    let mass = centre_of_mass(&standing(0.0, 0.0, 0.0)).unwrap();
    // Standing: 55-57 % of the height, 1.75 m (ankles 0.07 m above the floor, hips 0.84 m above them, ears 0.12 m below the top).
    assert!(mass.x.abs() < 1e-6 && ((0.91 - mass.y) / 1.75 - 0.56).abs() < 0.01, "{mass}");
    let balance = balance_offset(&standing(0.05, 0.0, 0.0)).unwrap();
    assert!((0.035..0.06).contains(&(balance.x * 0.84)));
    let balance = balance_offset(&standing(0.15, 0.0, 0.2)).unwrap();
    assert!(balance.x.abs() < 0.06, "over the left foot: {balance:?}");
    assert!(balance_offset(&standing(-0.1, 0.0, 0.2)).unwrap().x < -0.2, "beside it");
    let mut blind = standing(0.0, 0.0, 0.0);
    blind[Joint::Knee.of(Side::Left)].visibility = 0.1;
    assert_eq!(centre_of_mass(&blind), None);
    blind = standing(0.0, 0.0, 0.0);
    blind[Joint::Wrist.of(Side::Left)].visibility = 0.1;
    blind[Joint::Ear.of(Side::Left)].position.x = f32::NAN;
    assert!(centre_of_mass(&blind).unwrap().distance(mass) < 0.02);
}

#[test]
fn sway_of_a_circle() {
    let circle = |rate_hz: f64, radius: f64| -> Vec<BalanceSample> {
        (0..(10.0 * rate_hz) as usize)
            .map(|i| i as f64 / rate_hz)
            .map(|t| {
                let turn = t * std::f64::consts::TAU / 2.0;
                let offset = Vec2::new((radius * turn.cos()) as f32, (radius * turn.sin()) as f32);
                BalanceSample { time_s: t, offset }
            })
            .collect()
    };
    for rate_hz in [10.0, 15.0, 30.0, 60.0] {
        let sway = sway(&circle(rate_hz, 0.02)).unwrap();
        assert!((sway.rms - 0.02).abs() < 5e-4, "{sway:?}");
        // Each axis has the variance r²/2.
        let axis = 0.02 / 2.0_f64.sqrt();
        assert!((sway.rms_side - axis).abs() < 5e-4 && (sway.rms_forward - axis).abs() < 5e-4, "{sway:?}");
    }
    assert_eq!(sway(&circle(30.0, 0.02)[..20]), None);
    let still: Vec<_> =
        (0..60).map(|i| BalanceSample { time_s: f64::from(i) / 30.0, offset: Vec2::new(0.1, 0.0) }).collect();
    let still = sway(&still).unwrap();
    assert!(still.rms < 1e-6);
}

proptest! {
    /// Whatever comes in, nothing panics, and what comes out is a number.
    #[test]
    fn any_samples(raw in prop::collection::vec(
        (prop_oneof![-1.0..20.0_f64, Just(f64::NAN), Just(f64::INFINITY), Just(1e300)],
         prop_oneof![-10.0..10.0_f32, Just(f32::NAN), Just(f32::NEG_INFINITY), Just(f32::MAX), Just(f32::MIN)]), 0..200),
        sorted: bool,
    ) {
        let mut raw = raw;
        if sorted {
            raw.sort_by(|a, b| a.0.total_cmp(&b.0));
        }
        let samples: Vec<Sample> = raw.iter().map(|&(time_s, value)| Sample { time_s, value }).collect();
        if let Some(found) = smoothness_of_path(&samples) {
            prop_assert!(found.sparc <= -0.99 && found.sparc.is_finite(), "{:?}", found);
        }
        if let Some(found) = steadiness(&samples) {
            prop_assert!(found.sd >= 0.0 && found.mean.is_finite());
        }
        if let Some(found) = tempo(&samples) {
            prop_assert!([found.out_s, found.peak_s, found.return_s, found.rest_s].iter().all(|s| *s >= -1e-9));
        }
        let offsets: Vec<_> = raw.iter()
            .map(|&(time_s, v)| BalanceSample { time_s, offset: Vec2::new(v, -v / 2.0) }).collect();
        if let Some(found) = sway(&offsets) {
            prop_assert!(found.rms >= 0.0 && found.rms_side <= found.rms);
        }
        let estimates: Vec<_> = raw.iter().map(|&(_, value)| Estimate { value, ..ESTIMATE }).collect();
        if let Some(found) = range_of_motion(&estimates) {
            prop_assert!(found.range() >= 0.0);
        }
        if let Some(found) = compensation(&estimates) {
            prop_assert!(found.value >= 0.0 && found.sd.is_finite());
        }
        let knees: Vec<_> = raw.iter()
            .map(|&(_, v)| KneeSample { flexion_rad: v, valgus: Estimate { value: v, ..ESTIMATE } }).collect();
        if let Some(found) = knee_alignment(&knees) {
            prop_assert!(found.flexion_rad.is_finite() && found.peak.value.is_finite());
        }
    }

    /// A mirrored body sways as its mirror image does.
    #[test]
    fn mirrored(x in -0.3..0.3_f32, z in -0.2..0.2_f32, up in 0.0..0.4_f32) {
        let body = standing(x, z, up);
        let mut mirror = Landmarks::default();
        for joint in [Joint::Ear, Joint::Shoulder, Joint::Elbow, Joint::Wrist, Joint::Hip, Joint::Knee, Joint::Ankle] {
            for side in Side::BOTH {
                let mut landmark = body[joint.of(side)];
                landmark.position.x = -landmark.position.x;
                mirror[joint.of(side.other())] = landmark;
            }
        }
        let (a, b) = (balance_offset(&body).unwrap(), balance_offset(&mirror).unwrap());
        prop_assert!((a.x + b.x).abs() < 1e-5 && (a.y - b.y).abs() < 1e-5);
    }
}
