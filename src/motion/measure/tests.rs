use super::*;
use crate::{Landmark, LandmarkId, MIN_VISIBILITY, body::NOSE_BELOW_EARS_RAD};
use glam::Vec3;
use proptest::prelude::*;

/// A body that stands upright and faces the camera, arms hanging.
fn standing() -> Landmarks {
    let mut body = Landmarks::default();
    for side in Side::BOTH {
        let x = if side == Side::Left { 1.0 } else { -1.0 };
        for (joint, at) in [
            (Joint::Nose, [0.0, -0.7 + 0.1 * NOSE_BELOW_EARS_RAD.sin(), -0.1 * NOSE_BELOW_EARS_RAD.cos()]),
            (Joint::Ear, [0.07, -0.7, 0.0]),
            (Joint::Shoulder, [0.2, -0.5, 0.0]),
            (Joint::Elbow, [0.2, -0.2, 0.0]),
            (Joint::Wrist, [0.2, 0.05, 0.0]),
            (Joint::Hip, [0.1, 0.0, 0.0]),
            (Joint::Knee, [0.1, 0.4, 0.0]),
            (Joint::Ankle, [0.1, 0.8, 0.0]),
            (Joint::Heel, [0.1, 0.85, 0.05]),
            (Joint::Toes, [0.1, 0.85, -0.15]),
        ] {
            put(&mut body, joint, side, Vec3::new(x * at[0], at[1], at[2]));
        }
    }
    body
}

fn put(body: &mut Landmarks, joint: Joint, side: Side, position: Vec3) {
    body[joint.of(side)] = Landmark { position, visibility: 1.0, presence: 1.0 };
}

/// Places a joint by its offset from another one of the same side.
fn put_from(body: &mut Landmarks, joint: Joint, from: Joint, side: Side, offset: [f32; 3]) {
    let position = body[from.of(side)].position + Vec3::from(offset);
    put(body, joint, side, position);
}

fn degrees(body: &Landmarks, measure: Measure, side: Side) -> Option<f32> {
    Measures::new(body).get(measure, side).map(|e| e.value.to_degrees())
}

#[track_caller]
fn assert_degrees(body: &Landmarks, measure: Measure, side: Side, expected: f32) {
    let value = degrees(body, measure, side).unwrap();
    assert!((value - expected).abs() < 0.01, "{} {}: {value}, not {expected}", side.name(), measure.name());
}

#[test]
fn indices_and_names_agree() {
    for (i, measure) in Measure::ALL.into_iter().enumerate() {
        assert_eq!(measure as usize, i);
    }
}

#[test]
fn the_anatomical_position_is_zero() {
    let body = standing();
    for measure in Measure::ALL.into_iter().filter(|measure| measure.unit() == Unit::Angle) {
        let needs_a_bend = [ShoulderRotation, HipRotation].contains(&measure);
        for side in Side::BOTH {
            if needs_a_bend {
                assert_eq!(degrees(&body, measure, side), None);
            } else {
                assert_degrees(&body, measure, side, 0.0);
            }
        }
    }
    let ratio = |measure| Measures::new(&body).get(measure, Side::Left).unwrap().value;
    assert!((ratio(KneeSeparation) - 1.0).abs() < 1e-6);
    assert!((ratio(StanceWidth) - 0.5).abs() < 1e-6);
    assert!((ratio(ShoulderHike) - 0.5).abs() < 1e-6);
    assert!((ratio(PelvisHeight) - 1.0).abs() < 1e-6 && ratio(FootLift).abs() < 1e-6);
    assert!(ratio(ComOffset) < 0.1);
}

#[test]
fn arms() {
    let mut body = standing();
    put_from(&mut body, Joint::Elbow, Joint::Shoulder, Side::Left, [0.3, 0.0, 0.0]);
    put_from(&mut body, Joint::Wrist, Joint::Elbow, Side::Left, [0.0, -0.25, 0.0]);
    assert_degrees(&body, ShoulderAbduction, Side::Left, 90.0);
    assert_degrees(&body, ShoulderElevation, Side::Left, 90.0);
    assert_degrees(&body, ElbowFlexion, Side::Left, 90.0);
    assert_degrees(&body, ShoulderAbduction, Side::Right, 0.0);
    assert_eq!(degrees(&body, ShoulderFlexion, Side::Left), None, "undefined for an arm out to the side");

    put_from(&mut body, Joint::Elbow, Joint::Shoulder, Side::Left, [0.0, 0.0, -0.3]);
    assert_degrees(&body, ShoulderFlexion, Side::Left, 90.0);
    assert_degrees(&body, ArmForward, Side::Left, 90.0);
    assert_eq!(degrees(&body, ShoulderAbduction, Side::Left), None, "undefined for an arm straight forward");

    // A little past the vertical, the arm is at more than 180°, not at -170°.
    put_from(&mut body, Joint::Elbow, Joint::Shoulder, Side::Left, [-0.0521, -0.2954, 0.0]);
    assert_degrees(&body, ShoulderAbduction, Side::Left, 190.003);
    put_from(&mut body, Joint::Elbow, Joint::Shoulder, Side::Left, [0.0, 0.2598, 0.15]);
    assert_degrees(&body, ShoulderFlexion, Side::Left, -30.001);
}

#[test]
fn legs() {
    let mut body = standing();
    for side in Side::BOTH {
        put_from(&mut body, Joint::Knee, Joint::Hip, side, [0.0, 0.0, -0.4]);
        put_from(&mut body, Joint::Ankle, Joint::Knee, side, [0.0, 0.4, 0.0]);
        assert_degrees(&body, KneeFlexion, side, 90.0);
        assert_degrees(&body, HipFlexion, side, 90.0);
        assert_degrees(&body, ShankLean, side, 0.0);
    }
    let mut body = standing();
    put_from(&mut body, Joint::Knee, Joint::Hip, Side::Right, [-0.2, 0.3464, 0.0]);
    assert_degrees(&body, HipAbduction, Side::Right, 30.0);
    put_from(&mut body, Joint::Knee, Joint::Hip, Side::Right, [0.0, 0.3464, 0.2]);
    assert_degrees(&body, HipFlexion, Side::Right, -30.0);

    let mut body = standing();
    // Knee 20° forward over a planted foot, then the heel lifted by 30°.
    put_from(&mut body, Joint::Knee, Joint::Ankle, Side::Left, [0.0, -0.375_88, -0.136_81]);
    assert_degrees(&body, AnkleDorsiflexion, Side::Left, 20.0);
    assert_degrees(&body, ShankLean, Side::Left, 20.0);
    put_from(&mut body, Joint::Heel, Joint::Toes, Side::Left, [0.0, -0.1, 0.173_205]);
    assert_degrees(&body, HeelRise, Side::Left, 30.0);
}

#[test]
fn knees_that_fall_inwards() {
    let mut body = standing();
    for (side, x) in [(Side::Left, -1.0), (Side::Right, 1.0)] {
        put_from(&mut body, Joint::Knee, Joint::Hip, side, [x * 0.05, 0.4, 0.0]);
        assert!((degrees(&body, KneeValgus, side).unwrap() - 2.0 * 7.125).abs() < 0.01);
    }
    let separation = Measures::new(&body).get(KneeSeparation, Side::Left).unwrap().value;
    assert!((separation - 0.5).abs() < 1e-6);
}

#[test]
fn trunk() {
    let mut body = standing();
    for side in Side::BOTH {
        put_from(&mut body, Joint::Shoulder, Joint::Hip, side, [0.0, -0.433, -0.25]);
    }
    assert_degrees(&body, TrunkFlexion, Side::Left, 30.001);
    assert_degrees(&body, TrunkSideLean, Side::Left, 0.0);
    for side in Side::BOTH {
        put_from(&mut body, Joint::Shoulder, Joint::Hip, side, [0.25, -0.433, 0.0]);
    }
    assert_degrees(&body, TrunkSideLean, Side::Left, 30.001);
    assert_degrees(&body, TrunkSideLean, Side::Right, -30.001);
}

#[test]
fn what_is_not_seen_disables_only_what_needs_it() {
    let mut body = standing();
    body[LandmarkId::LeftKnee].visibility = MIN_VISIBILITY - 0.01;
    assert_eq!(degrees(&body, KneeFlexion, Side::Left), None);
    assert_eq!(degrees(&body, KneeSeparation, Side::Right), None);
    assert_degrees(&body, KneeFlexion, Side::Right, 0.0);
    assert_degrees(&body, ShoulderAbduction, Side::Left, 0.0);

    let mut body = standing();
    body[LandmarkId::LeftHip] = Landmark::default();
    assert_eq!(degrees(&body, TrunkFlexion, Side::Left), None);
    assert_eq!(degrees(&body, ShoulderAbduction, Side::Right), None);
    assert_degrees(&body, ElbowFlexion, Side::Right, 0.0);
    assert!(Measure::ALL.iter().all(|&m| Measures::new(&Landmarks::default()).get(m, Side::Left).is_none()));
}

#[test]
fn less_visible_is_less_certain() {
    let sd = |visibility| {
        let mut body = standing();
        body[LandmarkId::LeftAnkle].visibility = visibility;
        let measures = Measures::seen(&body, &View::ONE_CAMERA, MeasureSet::ALL);
        measures.get(KneeFlexion, Side::Left).unwrap().sd.to_degrees()
    };
    assert!((5.0..30.0).contains(&sd(1.0)), "{}", sd(1.0));
    assert!(sd(0.6) > 1.1 * sd(1.0), "{} {}", sd(0.6), sd(1.0));
}

/// Any landmarks, sensible or not.
fn landmarks(value: impl Strategy<Value = f32> + Clone) -> impl Strategy<Value = Landmarks> {
    let one = (value.clone(), value.clone(), value, 0.3..1.2_f32);
    let one = one.prop_map(|(x, y, z, visibility)| Landmark {
        position: Vec3::new(x, y, z),
        visibility,
        presence: 1.0,
    });
    prop::collection::vec(one, crate::LANDMARK_COUNT).prop_map(|all| {
        let mut landmarks = Landmarks::default();
        landmarks.0.copy_from_slice(&all);
        landmarks
    })
}

proptest! {
    #[test]
    fn nothing_panics_and_every_value_is_finite(body in landmarks(prop::num::f32::ANY)) {
        let measures = Measures::new(&body);
        for measure in Measure::ALL {
            for estimate in Side::BOTH.into_iter().filter_map(|side| measures.get(measure, side)) {
                prop_assert!(estimate.value.is_finite() && estimate.sd.is_finite() && estimate.sd >= 0.0);
            }
        }
    }

    /// A body and its mirror image measure alike with the sides swapped, to the last bit.
    #[test]
    fn mirror_images_measure_alike(body in landmarks(-1.0..1.0_f32)) {
        let (a, b) = (Measures::new(&body), Measures::new(&body.mirrored()));
        for measure in Measure::ALL {
            for side in Side::BOTH {
                prop_assert_eq!(a.get(measure, side), b.get(measure, side.other()), "{}", measure.name());
            }
        }
    }
}
