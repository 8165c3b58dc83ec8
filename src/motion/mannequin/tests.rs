use super::*;
use crate::{Measure, Measures, Viewpoint};

fn measure(angles: &JointAngles, measure: Measure, side: Side) -> f32 {
    let body = Mannequin::default().landmarks(angles);
    Measures::new(&body).get(measure, side).unwrap().value
}

fn degrees(set: &[(&str, f32)]) -> JointAngles {
    let mut angles = JointAngles::default();
    for (name, value) in set {
        assert!(angles.set(name, value.to_radians()), "{name}");
    }
    angles
}

#[track_caller]
fn assert_measures(set: &[(&str, f32)], expected: &[(Measure, Side, f32)]) {
    let angles = degrees(set);
    for &(what, side, value) in expected {
        let measured = measure(&angles, what, side).to_degrees();
        assert!((measured - value).abs() < 0.02, "{} {}: {measured}, not {value}", side.name(), what.name());
    }
}

#[test]
fn stands_as_tall_as_asked() {
    for height_m in [1.2, 1.7, 2.0] {
        let body = Mannequin { height_m }.landmarks(&JointAngles::default());
        let up = |id: LandmarkId| -body[id].position.y;
        let tall = up(LandmarkId::LeftEar) - up(LandmarkId::LeftHeel);
        assert!((0.90..0.95).contains(&(tall / height_m)), "{tall} of {height_m}");
        let middle = body[LandmarkId::LeftHip].position + body[LandmarkId::RightHip].position;
        assert!(middle.length() < 1e-6);
    }
}

#[test]
fn a_squat_keeps_its_feet_flat() {
    use Side::*;
    let set = [
        ("trunk_flexion", 36.0),
        ("left_hip_flexion", 104.0),
        ("left_knee_flexion", 95.0),
        ("left_ankle_dorsiflexion", 27.0),
    ];
    let expected = [
        (Measure::TrunkFlexion, Left, 36.0),
        (Measure::HipFlexion, Left, 104.0),
        (Measure::HipFlexion, Right, 0.0),
        (Measure::KneeFlexion, Left, 95.0),
        (Measure::AnkleDorsiflexion, Left, 27.0),
        (Measure::ShankLean, Left, 27.0),
        (Measure::HeelRise, Left, 0.0),
    ];
    assert_measures(&set, &expected);
}

#[test]
fn trunk_arms_and_legs_take_several_angles_at_once() {
    use Side::*;
    let set = [
        ("trunk_flexion", 25.0),
        ("trunk_side_lean", 15.0),
        ("trunk_rotation", 30.0),
        ("left_shoulder_abduction", 120.0),
        ("left_elbow_flexion", 40.0),
        ("right_shoulder_flexion", -30.0),
        ("right_hip_flexion", 50.0),
        ("right_hip_abduction", 20.0),
    ];
    let expected = [
        (Measure::TrunkFlexion, Left, 25.0),
        (Measure::TrunkSideLean, Left, 15.0),
        (Measure::TrunkSideLean, Right, -15.0),
        (Measure::ShoulderAbduction, Left, 120.0),
        (Measure::ElbowFlexion, Left, 40.0),
        (Measure::ShoulderFlexion, Right, -30.0),
        (Measure::HipFlexion, Right, 50.0),
        (Measure::HipAbduction, Right, 20.0),
    ];
    assert_measures(&set, &expected);
    let both = degrees(&[("left_shoulder_abduction", 80.0), ("left_shoulder_flexion", 60.0)]);
    assert!((measure(&both, Measure::ShoulderElevation, Left).to_degrees() - 100.0).abs() < 0.02);
}

#[test]
fn knees_fall_inwards_by_the_valgus_asked_for() {
    let set = [("left_knee_valgus", 12.0), ("left_knee_flexion", 30.0), ("left_hip_flexion", 20.0)];
    assert_measures(
        &set,
        &[(Measure::KneeValgus, Side::Left, 12.0), (Measure::KneeValgus, Side::Right, 0.0)],
    );
}

#[test]
fn lies_on_its_back_and_on_its_side() {
    let up = |set: &[(&str, f32)], id| -Mannequin::default().landmarks(&degrees(set))[id].position.y;
    assert!(up(&[("trunk_flexion", -90.0)], LandmarkId::Nose) > 0.08, "the face is up");
    assert!(up(&[("trunk_flexion", 90.0)], LandmarkId::Nose) < -0.08, "the face is down");
    let on_left = [("trunk_side_lean", 90.0)];
    assert!(up(&on_left, LandmarkId::RightHip) > 0.08 && up(&on_left, LandmarkId::LeftShoulder) < -0.15);
    assert!(up(&on_left, LandmarkId::LeftAnkle).abs() < 0.2, "the legs lie along");
}

#[test]
fn a_mirrored_posture_is_the_mirror_image() {
    let all: [f32; crate::ANGLE_COUNT] = std::array::from_fn(|i| (i as f32 * 0.7).sin() * 0.5);
    let angles = JointAngles::from_array(all);
    let [body, mirrored] = [angles, angles.mirrored()].map(|a| Mannequin::default().landmarks(&a));
    for side in Side::BOTH {
        for joint in [crate::Joint::Ear, crate::Joint::Wrist, crate::Joint::Toes, crate::Joint::Hip] {
            let at = body[joint.of(side)].position * Vec3::new(-1.0, 1.0, 1.0);
            let image = mirrored[joint.of(side.other())].position;
            assert!((at - image).length() < 1e-5, "{joint:?}: {at} and {image}");
        }
    }
}

/// Any angle, sensible or not, and any camera: no panic, and finite landmarks where the angles are finite.
#[test]
fn takes_anything() {
    for x in [0.0, 1e9, -4.0, f32::MAX, f32::NAN, f32::INFINITY] {
        let angles = JointAngles::from_array([x; crate::ANGLE_COUNT]);
        let body = Mannequin::default().landmarks(&angles);
        let pose = Viewpoint { yaw_rad: x, distance_m: 0.0, ..Viewpoint::default() }.view(&body);
        if x.abs() < 1e10 {
            assert!(pose.image.0.iter().all(|p| p.position.is_finite()), "{x}");
        }
    }
}
