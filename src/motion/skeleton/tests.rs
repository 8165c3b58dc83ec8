use super::*;
use crate::{JointAngles, Mannequin, Measure, Measures, Side};
use proptest::prelude::*;

#[test]
fn names_mean_the_same_however_they_are_exported() {
    for skeleton in Skeleton::ALL {
        let exported: Vec<String> =
            skeleton.points().iter().map(|name| format!("Subject 1:{}", name.to_uppercase())).collect();
        assert_eq!(Skeleton::of_names(&exported), skeleton.mapping(), "{}", skeleton.name());
    }
    assert!(Skeleton::of_names(&["V_Sacral", "Marker 12", "무릎"]).is_empty());
    assert!(!Skeleton::of_names(&["RHip", "RKnee"]).is_empty());
}

/// Any subset of a body's points that has names gives these points back, and nothing else.
#[test]
fn named_points_are_their_landmarks() {
    let body = Mannequin::default().landmarks(&JointAngles::default());
    for skeleton in Skeleton::ALL.into_iter().filter(|&skeleton| skeleton != Skeleton::PlugInGait) {
        let ids: Vec<Option<LandmarkId>> =
            skeleton.points().iter().map(|name| landmark_from_name(name)).collect();
        let points: Vec<Option<Vec3>> = ids.iter().map(|id| id.map(|id| body[id].position)).collect();
        let mapped = skeleton.mapping().landmarks(&points);
        for id in LandmarkId::ALL {
            let visible = mapped[id].visibility > 0.0;
            assert_eq!(visible, ids.contains(&Some(id)), "{} {}", skeleton.name(), id.name());
            assert!(!visible || mapped[id].position == body[id].position);
        }
    }
}

/// Markers on the skin of a mannequin, outside its joints by the widths that the mapping assumes.
fn markers(angles: &JointAngles) -> Vec<Option<Vec3>> {
    let body = Mannequin::default().landmarks(angles);
    let posture = crate::Posture::new(angles);
    let camera = |v: Vec3| Vec3::new(v.x, -v.y, -v.z);
    let at = |joint: crate::Joint, side: Side| body[joint.of(side)].position;
    let pelvis = |left: f32, up: f32, forward: f32| camera(posture.pelvis * Vec3::new(left, up, forward));
    let thorax = |left: f32, up: f32, forward: f32| camera(posture.thorax * Vec3::new(left, up, forward));
    // Harrington's regression the other way round, for a pelvis 0.15 m deep.
    let width = (1.7 * 0.051 - 0.0073) / 0.33;
    let spines = pelvis(0.0, 0.30 * width + 0.0109, 0.24 * 0.15 + 0.0099);
    Skeleton::PlugInGait
        .points()
        .iter()
        .map(|name| {
            let side = if name.starts_with('L') { Side::Left } else { Side::Right };
            let (i, sign) = (side.index(), side.sign());
            let out = |frame: &glam::Mat3, m: f32| camera(frame.x_axis * (sign * m));
            Some(match &name[1..] {
                "ASI" => spines + pelvis(sign * width / 2.0, 0.0, 0.0),
                "PSI" => spines + pelvis(sign * 0.05, 0.0, -0.15),
                "KNE" => at(crate::Joint::Knee, side) + out(&posture.thigh[i], 0.224 * 0.418 / 2.0 + 0.007),
                "ANK" => at(crate::Joint::Ankle, side) + out(&posture.thigh[i], 0.169 * 0.418 / 2.0 + 0.007),
                "HEE" => at(crate::Joint::Heel, side),
                "TOE" => at(crate::Joint::Toes, side),
                "SHO" => at(crate::Joint::Shoulder, side) + thorax(0.0, 0.047, 0.0),
                "ELB" => at(crate::Joint::Elbow, side) + out(&posture.upper_arm[i], 0.0318),
                "WRA" | "WRB" | "FIN" => at(crate::Joint::Wrist, side),
                "7" | "LAV" => thorax(0.0, 0.5, if side == Side::Left { 0.05 } else { -0.05 }),
                "10" | "TRN" => thorax(0.0, 0.3, 0.0),
                _ => return None,
            })
        })
        .collect()
}

/// Joint centres from markers on the skin give the angles of the body under it.
#[test]
fn plug_in_gait_markers_give_the_angles_under_the_skin() {
    let mapping = Skeleton::PlugInGait.mapping();
    for share in [0.0, 0.3, 0.6, 1.0] {
        let mut angles = JointAngles::default();
        for (name, degrees) in [
            ("trunk_flexion", 35.0),
            ("left_hip_flexion", 90.0),
            ("left_knee_flexion", 100.0),
            ("right_hip_abduction", 25.0),
            ("left_elbow_flexion", 110.0),
            ("left_shoulder_flexion", 60.0),
            ("right_shoulder_abduction", 80.0),
        ] {
            angles.set(name, share * f32::to_radians(degrees));
        }
        let mapped = Measures::new(&mapping.landmarks(&markers(&angles)));
        let body = Measures::new(&Mannequin::default().landmarks(&angles));
        for measure in [
            Measure::KneeFlexion,
            Measure::HipFlexion,
            Measure::HipAbduction,
            Measure::ElbowFlexion,
            Measure::ShoulderElevation,
            Measure::TrunkFlexion,
        ] {
            for side in Side::BOTH {
                let [a, b] = [&mapped, &body].map(|m| m.get(measure, side).unwrap().value.to_degrees());
                assert!((a - b).abs() < 4.0, "{} {} {share}: {a}, not {b}", side.name(), measure.name());
            }
        }
    }
}

#[test]
fn a_missing_marker_takes_only_what_needs_it() {
    let mapping = Skeleton::PlugInGait.mapping();
    let mut points = markers(&JointAngles::default());
    let index = |name: &str| Skeleton::PlugInGait.points().iter().position(|n| *n == name).unwrap();
    points[index("LKNE")] = None;
    points[index("RWRA")] = Some(Vec3::NAN);
    let body = mapping.landmarks(&points);
    assert_eq!(body[LandmarkId::LeftKnee].visibility, 0.0);
    assert_eq!(body[LandmarkId::LeftAnkle].visibility, 0.0, "the shank's length is unknown");
    for id in [LandmarkId::RightKnee, LandmarkId::LeftHip, LandmarkId::LeftHeel, LandmarkId::RightWrist] {
        assert_eq!(body[id].visibility, 1.0, "{}", id.name());
    }
}

/// A depth camera's knee is not told while the thigh points at it; the same points by other names are. Nothing else is lost.
#[test]
fn a_depth_camera_does_not_tell_what_it_sees_end_on() {
    use crate::Claim::{Cautious, Firm, Refused};
    let mut angles = JointAngles::default();
    let [hip, knee] = ["left_hip_flexion", "left_knee_flexion"];
    for skeleton in [Skeleton::Kinect25, Skeleton::Kinect22, Skeleton::Kinect20, Skeleton::Coco17] {
        for (degrees, expected) in [(10.0, Firm), (25.0, Cautious), (35.0, Refused), (90.0, Refused)] {
            [hip, knee].iter().for_each(|name| assert!(angles.set(name, f32::to_radians(degrees))));
            let body = Mannequin::default().landmarks(&angles);
            let place = |name: &&str| landmark_from_name(name).map(|id| body[id].position);
            let points: Vec<Option<Vec3>> = skeleton.points().iter().map(place).collect();
            let mapped = skeleton.mapping().landmarks(&points);
            let measures = Measures::new(&mapped);
            let claim = |measure, side| measures.get(measure, side).map(|estimate| estimate.claim);
            let by_depth = skeleton != Skeleton::Coco17;
            let expected = if by_depth { expected } else { Firm };
            for measure in [Measure::KneeFlexion, Measure::HipFlexion] {
                assert_eq!(claim(measure, Side::Left), Some(expected), "{} {degrees}", skeleton.name());
            }
            for measure in [Measure::KneeFlexion, Measure::ElbowFlexion, Measure::TrunkFlexion] {
                assert_eq!(claim(measure, Side::Right), Some(Firm), "{} {}", skeleton.name(), measure.name());
            }
        }
    }
}

proptest! {
    #[test]
    fn any_points_give_landmarks(values in prop::collection::vec(prop::num::f32::ANY, 0..130)) {
        let points: Vec<Option<Vec3>> =
            values.chunks_exact(3).map(|p| Some(Vec3::new(p[0], p[1], p[2]))).collect();
        for skeleton in Skeleton::ALL {
            let body = skeleton.mapping().landmarks(&points);
            let measures = Measures::new(&body);
            prop_assert!(measures.get(Measure::KneeFlexion, Side::Left).is_none_or(|e| e.value.is_finite()));
        }
    }
}
