//! Measuring a mannequin gives its angles back.

use super::*;
use crate::{JointAngles, Mannequin, Viewpoint};
use proptest::prelude::*;

/// Angles that each have one measure, in one posture, with the range in degrees within which a body moves and the measure is
/// defined. They don't disturb each other.
const ALONE: [(&str, Measure, [f32; 2]); 16] = [
    ("trunk_flexion", TrunkFlexion, [-60.0, 60.0]),
    ("trunk_side_lean", TrunkSideLean, [-40.0, 40.0]),
    ("trunk_rotation", TrunkRotation, [-60.0, 60.0]),
    ("neck_flexion", NeckFlexion, [-55.0, 55.0]),
    ("neck_side_bend", NeckSideBend, [-50.0, 50.0]),
    ("neck_rotation", NeckRotation, [-80.0, 80.0]),
    ("head_forward", HeadForward, [-20.0, 50.0]),
    ("left_shoulder_rotation", ShoulderRotation, [-80.0, 100.0]),
    ("left_elbow_flexion", ElbowFlexion, [35.0, 145.0]),
    ("left_hip_flexion", HipFlexion, [-30.0, 120.0]),
    ("left_hip_abduction", HipAbduction, [-30.0, 50.0]),
    ("left_hip_rotation", HipRotation, [-45.0, 45.0]),
    ("left_knee_flexion", KneeFlexion, [35.0, 140.0]),
    ("left_ankle_dorsiflexion", AnkleDorsiflexion, [-50.0, 30.0]),
    ("right_knee_flexion", KneeFlexion, [0.0, 140.0]),
    ("right_hip_flexion", HipFlexion, [-30.0, 120.0]),
];

fn posture() -> impl Strategy<Value = JointAngles> {
    let shares = prop::array::uniform16(0.0..1.0_f32);
    (shares, [0.0..150.0_f32, 0.0..360.0_f32]).prop_map(|(shares, [elevation, plane])| {
        let mut angles = JointAngles::default();
        for ((name, _, [low, high]), share) in ALONE.into_iter().zip(shares) {
            assert!(angles.set(name, (low + share * (high - low)).to_radians()), "{name}");
        }
        angles.left.shoulder_abduction_rad = elevation.to_radians() * plane.to_radians().cos();
        angles.left.shoulder_flexion_rad = elevation.to_radians() * plane.to_radians().sin();
        angles
    })
}

fn side_of(name: &str) -> Side {
    if name.starts_with("right") { Side::Right } else { Side::Left }
}

proptest! {
    #[test]
    fn the_angles_put_in_are_measured(angles in posture(), height_m in 0.8..2.1_f32) {
        let measures = Measures::new(&Mannequin { height_m }.landmarks(&angles));
        for (name, measure, _) in ALONE {
            let value = measures.get(measure, side_of(name)).map(|e| e.value);
            let put_in = angles.get(name).unwrap();
            prop_assert!(value.is_some_and(|v| (v - put_in).abs() < 2e-3), "{}: {:?}, not {}", name, value, put_in);
        }
        let elevation = measures.get(ShoulderElevation, Side::Left).unwrap().value;
        let put_in = angles.left.shoulder_abduction_rad.hypot(angles.left.shoulder_flexion_rad);
        prop_assert!((elevation - put_in).abs() < 2e-3, "elevation {elevation}, not {put_in}");
    }

    /// Straight to the side or straight forward, up to straight up, elevation has a plane of its own.
    #[test]
    fn arms_in_one_plane(degrees in -50.0..179.0_f32) {
        for (name, measure) in [("shoulder_abduction", ShoulderAbduction), ("shoulder_flexion", ShoulderFlexion)] {
            let mut angles = JointAngles::default();
            angles.set(&format!("left_{name}"), degrees.to_radians());
            let measures = Measures::new(&Mannequin::default().landmarks(&angles));
            let value = measures.get(measure, Side::Left).unwrap().value.to_degrees();
            prop_assert!((value - degrees).abs() < 0.1, "{name}: {value}, not {degrees}");
        }
    }

    /// Where the person stands, how they are turned and how tall they are makes no difference but to the view's own measure.
    #[test]
    fn neither_view_nor_size_matters(angles in posture(), yaw_rad in -3.1..3.1_f32, height_m in 0.8..2.1_f32) {
        let body = Mannequin::default().landmarks(&angles);
        let other = Mannequin { height_m }.landmarks(&angles);
        let other = Viewpoint { yaw_rad, ..Viewpoint::default() }.view(&other).world;
        let (a, b) = (Measures::new(&body), Measures::new(&other));
        for measure in Measure::ALL.into_iter().filter(|&measure| measure != BodyYaw) {
            for side in Side::BOTH {
                let [a, b] = [&a, &b].map(|measures| measures.get(measure, side).map(|e| e.value));
                // At a measure's border rounding decides whether it is defined.
                let (Some(a), Some(b)) = (a, b) else { continue };
                let turn = (a - b).abs() % std::f32::consts::TAU;
                let off = if measure.unit() == Unit::Angle { turn.min(std::f32::consts::TAU - turn) } else { turn };
                prop_assert!(off < 5e-3, "{} {}: {} and {}", side.name(), measure.name(), a, b);
            }
        }
        let yaw = b.get(BodyYaw, Side::Left).unwrap().value;
        prop_assert!((yaw - yaw_rad.sin().abs().atan2(yaw_rad.cos().abs())).abs() < 1e-3);
    }

    /// Measures of the mirrored posture are those of the posture with the sides swapped.
    #[test]
    fn mirrored_postures_measure_alike(angles in posture()) {
        let [a, b] = [angles, angles.mirrored()].map(|a| Measures::new(&Mannequin::default().landmarks(&a)));
        for measure in Measure::ALL {
            for side in Side::BOTH {
                let [a, b] = [a.get(measure, side), b.get(measure, side.other())].map(|e| e.map(|e| e.value));
                let (Some(a), Some(b)) = (a, b) else { continue };
                prop_assert!((a - b).abs() < 1e-3, "{}: {} and {}", measure.name(), a, b);
            }
        }
    }
}

/// What is put in through one angle and measured against the world, or through several.
#[test]
fn pelvis_feet_and_lying() {
    let value = |set: &[(&str, f32)], measure, side| {
        let mut angles = JointAngles::default();
        for (name, value) in set {
            assert!(angles.set(name, value.to_radians()), "{name}");
        }
        Measures::new(&Mannequin::default().landmarks(&angles)).get(measure, side).unwrap().value
    };
    let near = |a: f32, b: f32| assert!((a - b).abs() < 1e-3, "{a}, not {b}");
    near(value(&[("pelvis_hike", -8.0)], PelvisHike, Side::Left).to_degrees(), -8.0);
    near(value(&[("pelvis_hike", -8.0)], PelvisHike, Side::Right).to_degrees(), 8.0);
    let bend = [("trunk_side_lean", 20.0), ("pelvis_hike", 20.0), ("trunk_flexion", 15.0)];
    near(value(&bend, PelvisHike, Side::Left).to_degrees(), 0.0);
    near(value(&[("trunk_flexion", -90.0)], TrunkIncline, Side::Left).to_degrees(), 90.0);
    near(value(&[("trunk_side_lean", 90.0)], TrunkIncline, Side::Right).to_degrees(), 90.0);
    let knee_up = [("left_hip_flexion", 90.0), ("left_knee_flexion", 90.0)];
    let lift = value(&knee_up, FootLift, Side::Left);
    near(lift, 0.245 / (0.245 + 0.246));
    near(value(&knee_up, FootLift, Side::Right), -lift);
    let squat = ["left", "right"].map(|side| (side, [("hip_flexion", 60.0), ("knee_flexion", 60.0)]));
    let names: Vec<(String, f32)> = squat
        .iter()
        .flat_map(|(side, set)| set.iter().map(move |(n, v)| (format!("{side}_{n}"), *v)))
        .collect();
    let set: Vec<(&str, f32)> = names.iter().map(|(n, v)| (n.as_str(), *v)).collect();
    near(value(&set, PelvisHeight, Side::Left), (0.245 * 0.5 + 0.246) / 0.491);
    assert!(value(&[("trunk_side_lean", 20.0)], ComOffset, Side::Left) > 0.1, "leaning over");
    let shift = |side| value(&[("trunk_side_lean", 20.0)], ComShift, side);
    assert!(shift(Side::Left) > 0.1 && shift(Side::Right) < -0.1, "towards the left");
}
