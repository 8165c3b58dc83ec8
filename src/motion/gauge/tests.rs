use super::*;
use crate::{JointAngles, Landmark, LandmarkId, Mannequin, Viewpoint};
use glam::Vec3;
use proptest::prelude::*;

fn lying_to_head_down(i: u32) -> Landmarks {
    // From lying on the back over upright to head down: the trunk goes past 180°.
    let trunk_flexion_rad = (f64::from(i) * 2.0 - 70.0).to_radians() as f32;
    Mannequin::default().landmarks(&JointAngles { trunk_flexion_rad, ..JointAngles::default() })
}

#[test]
fn angles_do_not_wrap() {
    let mut gauge = Gauge::default();
    let mut last: Option<f32> = None;
    for i in 0..140 {
        let wanted = MeasureSet::default().with(Measure::TrunkFlexion);
        let measures = gauge.measure(f64::from(i) / 30.0, &lying_to_head_down(i), &View::IN_SPACE, wanted);
        let now = measures.get(Measure::TrunkFlexion, Side::Left).unwrap().value;
        if let Some(last) = last {
            let step = (now - last).to_degrees();
            assert!((step - 2.0).abs() < 0.1, "{i}: {step}");
        }
        last = Some(now);
    }
    assert!(last.is_some_and(|last| last > 200_f32.to_radians()));
}

/// What is remembered is what would be worked out anew, or nearly.
#[test]
fn remembered_errors_are_near_fresh_ones() {
    let mut gauge = Gauge::default();
    let camera = Viewpoint { yaw_rad: 1.2, ..Viewpoint::default() };
    for i in 0..120_u8 {
        let bend = (1.0 - (f32::from(i) / 60.0 * std::f32::consts::PI).cos()) * 0.8;
        let mut angles = JointAngles::default();
        for name in ["left_knee_flexion", "left_hip_flexion", "right_knee_flexion", "right_hip_flexion"] {
            angles.set(name, bend);
        }
        let world = camera.view(&Mannequin::default().landmarks(&angles)).world;
        let kept = gauge.measure(f64::from(i) / 30.0, &world, &View::ONE_CAMERA, MeasureSet::ALL);
        let fresh = Measures::seen(&world, &View::ONE_CAMERA, MeasureSet::ALL);
        for measure in [Measure::KneeFlexion, Measure::HipFlexion, Measure::TrunkFlexion] {
            let [a, b] = [&kept, &fresh].map(|m| m.get(measure, Side::Left).unwrap());
            assert_eq!((a.value, a.visibility, a.claim), (b.value, b.visibility, b.claim));
            assert!((a.sd / b.sd - 1.0).abs() < 0.5, "{} {i}: {} and {}", measure.name(), a.sd, b.sd);
        }
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_every_value_is_finite(
        frames in prop::collection::vec((prop::num::f64::ANY, prop::collection::vec((prop::array::uniform3(prop::num::f32::ANY), prop::num::f32::ANY), 33)), 0..6),
        hidden in 0..33_usize,
    ) {
        let mut gauge = Gauge::default();
        for (i, (time_s, all)) in frames.into_iter().enumerate() {
            let mut world = lying_to_head_down(i as u32);
            for (at, (position, visibility)) in world.0.iter_mut().zip(all).skip(hidden) {
                *at = Landmark { position: Vec3::from(position), visibility, presence: 1.0 };
            }
            world[LandmarkId::ALL[hidden]].visibility = 0.0;
            let time_s = if i % 2 == 0 { time_s } else { i as f64 / 1000.0 };
            let measures = gauge.measure(time_s, &world, &View::ONE_CAMERA, MeasureSet::ALL);
            for measure in Measure::ALL {
                for estimate in Side::BOTH.into_iter().filter_map(|side| measures.get(measure, side)) {
                    prop_assert!(estimate.value.is_finite() && estimate.sd.is_finite() && estimate.sd >= 0.0);
                }
            }
        }
    }
}
