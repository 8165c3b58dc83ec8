use super::*;
use crate::{Claim, JointAngles, Mannequin, Measure::*, MeasureSet, Measures, Noise, Viewpoint};

fn posture(set: &[(&str, f32)]) -> JointAngles {
    let mut angles = JointAngles::default();
    for (name, degrees) in set {
        assert!(angles.set(name, degrees.to_radians()), "{name}");
    }
    angles
}

fn seen(angles: &JointAngles, yaw: f32) -> (Landmarks, View) {
    let camera = Viewpoint { yaw_rad: yaw.to_radians(), ..Viewpoint::default() };
    let pose = camera.view(&Mannequin::default().landmarks(angles));
    let view = crate::ViewFilter::default().step(0.0, &pose);
    (pose.world, view)
}

/// Numbers of a normal distribution, the same every time (splitmix64, Box-Muller).
fn normal(state: &mut u64) -> f32 {
    let mut uniform = || {
        *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 40) as f32 / (1_u64 << 24) as f32
    };
    let (a, b) = (uniform().max(1e-7), uniform());
    (-2.0 * a.ln()).sqrt() * (b * std::f32::consts::TAU).cos()
}

/// The standard deviation is that of values measured on bodies whose landmarks are off by the noise; within a quarter, since errors of
/// two bones that work together (hip line and thigh) are not seen one by one.
#[test]
fn as_wide_as_noise_spreads_it() {
    let bent =
        posture(&[("left_knee_flexion", 80.0), ("left_hip_flexion", 60.0), ("left_elbow_flexion", 90.0)]);
    let raised = posture(&[("left_shoulder_abduction", 90.0), ("trunk_side_lean", 10.0)]);
    let mut random = 1;
    for (angles, yaw, measure) in [
        (bent, 90.0, KneeFlexion),
        (bent, 45.0, KneeFlexion),
        (bent, 90.0, HipFlexion),
        (bent, 90.0, ElbowFlexion),
        (raised, 0.0, ShoulderAbduction),
        (raised, 0.0, HipAbduction),
    ] {
        let (body, view) = seen(&angles, yaw);
        let wanted = MeasureSet::default().with(measure);
        let stated = Measures::seen(&body, &view, wanted).get(measure, Side::Left).unwrap();
        let (mut sum, mut count) = (0.0, 0.0);
        for _ in 0..4000 {
            let mut noisy = body;
            let mut thighs = [Vec3::ZERO; 2];
            for bone in Bone::ALL {
                let noise = &Noise::ONE_CAMERA;
                let [across, along] = noise.sd_m(bone, &body);
                let draw = Vec3::new(normal(&mut random), normal(&mut random), normal(&mut random));
                let draw = match bone {
                    Bone::Shank(side) => {
                        thighs[side.index()] * noise.knee + draw * (1.0 - noise.knee * noise.knee).sqrt()
                    }
                    _ => draw,
                };
                if let Bone::Thigh(side) = bone {
                    thighs[side.index()] = draw;
                }
                let by = draw * Vec3::new(across, across, along);
                bone.moves().iter().for_each(|&id| noisy[id].position += by);
                bone.moves_back().iter().for_each(|&id| noisy[id].position -= by);
            }
            let Some(now) = geometry::value(&Body::new(&noisy), measure, Side::Left) else { continue };
            sum += difference(measure, now, stated.value).powi(2);
            count += 1.0_f32;
        }
        let spread = (sum / count).sqrt();
        assert!(
            (stated.sd / spread - 1.0).abs() < 0.25,
            "{} at {yaw}: {} stated, {spread} found",
            measure.name(),
            stated.sd
        );
    }
}

/// A straight knee can only be read too high, and the error knows.
#[test]
fn a_straight_knee_is_uncertain_too() {
    let (body, view) = seen(&JointAngles::default(), 0.0);
    let knee = Measures::seen(&body, &view, MeasureSet::ALL).get(KneeFlexion, Side::Left).unwrap();
    assert!(knee.value < 0.01 && knee.sd > 10_f32.to_radians(), "{knee:?}");
}

#[test]
fn depth_and_tilt_widen() {
    let lean = posture(&[("trunk_flexion", 30.0), ("left_hip_flexion", 30.0), ("right_hip_flexion", 30.0)]);
    let sd = |yaw: f32, change: fn(&mut View)| {
        let (body, mut view) = seen(&lean, yaw);
        change(&mut view);
        Measures::seen(&body, &view, MeasureSet::ALL).get(TrunkFlexion, Side::Left).unwrap().sd.to_degrees()
    };
    let side = sd(90.0, |_| ());
    let front = sd(0.0, |_| ());
    assert!(side < 8.0 && front > 1.5 * side, "{side} from the side, {front} from the front");
    let known = |view: &mut View| (view.pitch_sd_rad, view.roll_sd_rad) = (0.0, 0.0);
    assert!(sd(0.0, known) < front - 2.0);
    let (body, _) = seen(&lean, 0.0);
    assert!(
        Measures::new(&body).get(TrunkFlexion, Side::Left).unwrap().sd < 4_f32.to_radians(),
        "measured in space"
    );
}

#[test]
fn only_what_is_wanted_is_measured() {
    let (body, view) = seen(&JointAngles::default(), 0.0);
    let measures = Measures::seen(&body, &view, [KneeFlexion].into_iter().collect());
    for measure in Measure::ALL {
        assert_eq!(measures.get(measure, Side::Left).is_some(), measure == KneeFlexion);
    }
}

#[test]
fn claims_follow_the_view() {
    let angles = posture(&[
        ("left_shoulder_abduction", 80.0),
        ("left_knee_flexion", 40.0),
        ("left_hip_flexion", 30.0),
    ]);
    let claim = |yaw: f32, measure| {
        let (body, view) = seen(&angles, yaw);
        Measures::seen(&body, &view, MeasureSet::ALL).get(measure, Side::Left).unwrap().claim
    };
    for (yaw, frontal, sagittal) in [
        (0.0, Claim::Firm, Claim::Refused),
        (15.0, Claim::Firm, Claim::Refused),
        (25.0, Claim::Cautious, Claim::Refused),
        (45.0, Claim::Refused, Claim::Refused),
        (65.0, Claim::Refused, Claim::Cautious),
        (-80.0, Claim::Refused, Claim::Firm),
        (95.0, Claim::Refused, Claim::Firm),
    ] {
        for measure in [ShoulderAbduction, TrunkSideLean, KneeValgus] {
            assert_eq!(claim(yaw, measure), frontal, "{} at {yaw}", measure.name());
        }
        for measure in [KneeFlexion, HipFlexion, TrunkFlexion] {
            assert_eq!(claim(yaw, measure), sagittal, "{} at {yaw}", measure.name());
        }
    }
    assert_eq!(claim(0.0, TrunkRotation), Claim::Refused, "about the vertical");
    let (body, view) = seen(&angles, 0.0);
    assert_eq!(Measures::new(&body).get(KneeFlexion, Side::Left).unwrap().claim, Claim::Firm);
    let mut dim = body;
    dim[crate::LandmarkId::LeftElbow].visibility = 0.55;
    let abduction = Measures::seen(&dim, &view, MeasureSet::ALL).get(ShoulderAbduction, Side::Left).unwrap();
    assert_eq!(abduction.claim, Claim::Cautious);
}

/// A forearm folded back onto the upper arm is a wrist in the wrong place.
#[test]
fn no_joint_bends_back_onto_itself() {
    for (degrees, expected) in [(150.0, Claim::Firm), (168.0, Claim::Refused)] {
        let body = Mannequin::default().landmarks(&posture(&[("left_elbow_flexion", degrees)]));
        let elbow = Measures::new(&body).get(ElbowFlexion, Side::Left).unwrap();
        assert_eq!(elbow.claim, expected, "{degrees}");
    }
}

/// The centre of mass counts arms and head, the base of support heels and toes, where they are seen: all tilt with the camera, and all
/// have errors.
#[test]
fn balance_is_as_uncertain_as_all_that_it_is_taken_from() {
    let (body, mut view) = seen(&posture(&[("trunk_side_lean", 10.0)]), 0.0);
    let sd = |body: &Landmarks, view: &View| {
        Measures::seen(body, view, MeasureSet::ALL).get(ComShift, Side::Left).unwrap().sd
    };
    let shift = |body: &Landmarks| geometry::value(&Body::new(body), ComShift, Side::Left).unwrap();
    (view.pitch_sd_rad, view.roll_sd_rad) = (0.0, 0.0);
    let level = sd(&body, &view);
    view.roll_sd_rad = 0.05;
    let by_tilt = (sd(&body, &view).powi(2) - level.powi(2)).sqrt();
    let turned = [0.05, -0.05].map(|angle: f32| {
        let mut turned = body;
        let turn = about_z(angle);
        turned.0.iter_mut().for_each(|point| point.position = turn * point.position);
        shift(&turned) - shift(&body)
    });
    let expected = half_the_squares(Some(turned[0]), Some(turned[1])).sqrt();
    assert!((by_tilt / expected - 1.0).abs() < 0.02, "{by_tilt} stated, {expected} true");
    let mut armless = body;
    for joint in [Joint::Ear, Joint::Elbow, Joint::Wrist, Joint::Heel, Joint::Toes] {
        for side in Side::BOTH {
            armless[joint.of(side)].visibility = 0.0;
        }
    }
    view.roll_sd_rad = 0.0;
    let mut all = Spread::new(&body, &view);
    let needed = used(ComShift, Side::Left);
    for bone in [Bone::Toes(Side::Left), Bone::Heel(Side::Right), Bone::Forearm(Side::Left)] {
        assert!(all.variance(bone, needed, ComShift, Side::Left, shift(&body)).plain > 0.0, "{bone:?}");
        let mut some = Spread::new(&armless, &view);
        assert_eq!(some.variance(bone, needed, ComShift, Side::Left, shift(&armless)).plain, 0.0, "{bone:?}");
    }
}
