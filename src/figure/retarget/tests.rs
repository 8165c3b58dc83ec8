use super::*;
use crate::{points::landmarks_of, rig::tests::skeleton};
use baro_motion::Landmark;
use baro_motion::LimbAngles;

const DT: f32 = 1.0 / 30.0;

fn both(limb: LimbAngles, trunk: f32) -> JointAngles {
    JointAngles { trunk_flexion_rad: trunk, left: limb, right: limb, ..JointAngles::default() }
}

fn squat(knee: f32) -> JointAngles {
    let limb = LimbAngles {
        knee_flexion_rad: knee,
        hip_flexion_rad: knee * 0.95,
        hip_abduction_rad: 0.12,
        ankle_dorsiflexion_rad: knee * 0.3,
        shoulder_flexion_rad: knee * 0.8,
        elbow_flexion_rad: 0.3,
        ..LimbAngles::default()
    };
    both(limb, knee * 0.35)
}

fn raised(abduction: f32) -> JointAngles {
    both(LimbAngles { shoulder_abduction_rad: abduction, ..LimbAngles::default() }, 0.0)
}

/// What a perfect tracker sees of `angles` shown by `actor`.
fn seen(actor: &Skeleton, angles: &JointAngles) -> Pose {
    let shown = Performer::new(actor).pose(actor, angles);
    Pose { world: landmarks_of(actor, &shown), confidence: 1.0, ..Pose::default() }
}

fn settle(retargeter: &mut Retargeter, body: &Skeleton, pose: &Pose) -> RigPose {
    for _ in 0..60 {
        retargeter.update(body, Some(pose), false, DT);
    }
    *retargeter.pose()
}

/// Knee, elbow, shoulder (against the trunk) and hip angles on a posed skeleton, degrees.
fn measured(body: &Skeleton, pose: &RigPose, side: Side) -> [f32; 4] {
    let at = body.positions(pose);
    let p = |bone: Bone| at[bone as usize];
    let angle = |a: Vec3, b: Vec3| a.angle_between(b).to_degrees();
    let [_, upper, lower, hand] = side.arm();
    let [thigh, calf, foot, _] = side.leg();
    let down = (p(Bone::ThighL) + p(Bone::ThighR) - p(Bone::UpperArmL) - p(Bone::UpperArmR)) * 0.5;
    [
        angle(p(calf) - p(thigh), p(foot) - p(calf)),
        angle(p(lower) - p(upper), p(hand) - p(lower)),
        angle(p(lower) - p(upper), down),
        angle(p(calf) - p(thigh), down),
    ]
}

#[test]
fn known_poses_come_back_with_their_angles_on_another_body() {
    let (actor, body) = (skeleton("daniel"), skeleton("sunhee"));
    let poses = [raised(0.0), raised(1.571), raised(2.7), squat(0.0), squat(0.8), squat(1.571), squat(1.9)];
    for (i, angles) in poses.iter().enumerate() {
        let pose = seen(&actor, angles);
        let got = settle(&mut Retargeter::new(&body), &body, &pose);
        let shown = Performer::new(&actor).pose(&actor, angles);
        for side in Side::BOTH {
            let (a, b) = (measured(&actor, &shown, side), measured(&body, &got, side));
            for (k, (a, b)) in a.into_iter().zip(b).enumerate() {
                assert!((a - b).abs() < 2.0, "pose {i} {side:?} angle {k}: shown {a:.1}, got {b:.1}");
            }
        }
    }
}

#[test]
fn the_first_frame_is_taken_at_once() {
    let body = skeleton("sunhee");
    let mut retargeter = Retargeter::new(&body);
    retargeter.update(&body, Some(&seen(&body, &squat(1.4))), false, DT);
    assert!((measured(&body, retargeter.pose(), Side::Left)[0] - 1.4f32.to_degrees()).abs() < 2.0);
}

/// A cheap repeatable noise in -1..1.
fn noise(i: usize) -> f32 {
    let x = (i as u32).wrapping_mul(2_654_435_761).rotate_left(13).wrapping_mul(0x9E37_79B9);
    (x >> 8) as f32 / (1u32 << 23) as f32 - 1.0
}

fn shaken(pose: &Pose, frame: usize, metres: f32) -> Pose {
    let mut out = *pose;
    for (i, mark) in out.world.0.iter_mut().enumerate() {
        let n = |k: usize| noise(frame * 199 + i * 3 + k) * metres;
        mark.position += Vec3::new(n(0), n(1), n(2));
    }
    out
}

#[test]
fn no_twist_jumps_while_limbs_pass_through_straight() {
    let (actor, body) = (skeleton("daniel"), skeleton("sunhee"));
    let mut retargeter = Retargeter::new(&body);
    let mut before: Option<RigPose> = None;
    let mut worst = 0.0f32;
    for frame in 0..300 {
        let wave = (frame as f32 * 0.06).sin().max(0.0);
        // Both movements are at rest when they change over, at 3 pi.
        let mut angles = if frame < 157 { squat(1.7 * wave) } else { raised(2.6 * wave) };
        angles.left.elbow_flexion_rad = 0.2 * (frame as f32 * 0.11).sin().max(0.0);
        retargeter.update(&body, Some(&shaken(&seen(&actor, &angles), frame, 0.008)), false, DT);
        if let Some(before) = before.replace(*retargeter.pose()) {
            for bone in Bone::ALL {
                let step = before.turn(bone).angle_between(retargeter.pose().turn(bone));
                worst = worst.max(step);
                assert!(step < 0.35, "{bone:?} jumps by {:.0} degrees at {frame}", step.to_degrees());
            }
        }
    }
    println!("largest turn in one frame: {:.1} degrees", worst.to_degrees());
}

#[test]
fn soles_stay_on_the_floor_and_do_not_slide() {
    let (actor, body) = (skeleton("daniel"), skeleton("sunhee"));
    let mut retargeter = Retargeter::new(&body);
    let (mut down, mut slid) = ([None; 2], 0.0f32);
    for frame in 0..240 {
        let angles = squat(0.85 - 0.85 * (frame as f32 * 0.08).cos());
        retargeter.update(&body, Some(&shaken(&seen(&actor, &angles), frame, 0.004)), false, DT);
        let pose = retargeter.pose();
        let at = body.positions(pose);
        for side in Side::BOTH {
            let sole = body.posed_sole(side, pose, at[side.leg()[2] as usize]);
            let low = sole.iter().fold(9.0f32, |l, p| l.min(p.y));
            // The other body's hips are wider, so that a foot may have to step, a little above the floor.
            assert!((-0.002..0.04).contains(&low), "{side:?} sole at {low} m in frame {frame}");
            let ball = sole[1] * Vec3::new(1.0, 0.0, 1.0);
            let since = &mut down[side.index()];
            *since = (low < 0.005 && frame >= 20).then(|| since.unwrap_or(ball));
            slid = since.map_or(slid, |since| slid.max(ball.distance(since)));
        }
    }
    assert!(slid < 0.02, "a standing foot slid {slid} m");
}

#[test]
fn a_mirrored_person_gives_mirrored_turns() {
    let body = skeleton("daniel");
    let mut angles = squat(1.2);
    angles.left.shoulder_abduction_rad = 0.9;
    angles.right.elbow_flexion_rad = 1.0;
    let pose = seen(&body, &angles);
    let (mut plain, mut mirrored) = (Retargeter::new(&body), Retargeter::new(&body));
    for _ in 0..60 {
        plain.update(&body, Some(&pose), false, DT);
        mirrored.update(&body, Some(&pose), true, DT);
    }
    let flip = |q: Quat| Quat::from_xyzw(q.x, -q.y, -q.z, q.w);
    let pairs = Side::BOTH.into_iter().flat_map(|side| {
        let other = if side == Side::Left { Side::Right } else { Side::Left };
        let (arm, leg) = (side.arm(), side.leg());
        arm.into_iter().zip(other.arm()).chain(leg.into_iter().zip(other.leg())).collect::<Vec<_>>()
    });
    for (a, b) in pairs.chain([(Bone::Pelvis, Bone::Pelvis), (Bone::Head, Bone::Head)]) {
        let apart = plain.pose().turn(a).angle_between(flip(mirrored.pose().turn(b)));
        assert!(apart < 0.03, "{a:?}/{b:?} differ by {apart} rad");
    }
}

#[test]
fn garbage_leaves_a_finite_pose() {
    let body = skeleton("sunhee");
    let mut retargeter = Retargeter::new(&body);
    let good = seen(&body, &squat(1.0));
    let mut nan = good;
    nan.world.0.iter_mut().step_by(2).for_each(|m| m.position = Vec3::NAN);
    let point = Landmark { position: Vec3::ZERO, visibility: 1.0, presence: 1.0 };
    let mut zero = good;
    zero.world.0 = [point; 33];
    let mut huge = good;
    huge.world.0.iter_mut().for_each(|m| m.position *= 1e30);
    let mut blind = good;
    blind.world.0.iter_mut().for_each(|m| m.visibility = f32::NAN);
    for pose in [&good, &nan, &zero, &huge, &blind, &good, &zero] {
        for dt in [0.0, DT, f32::NAN, 1e9, -1.0] {
            retargeter.update(&body, Some(pose), false, dt);
            assert!(retargeter.pose().is_finite());
        }
        retargeter.update(&body, None, true, DT);
        assert!(retargeter.pose().is_finite());
    }
    let got = settle(&mut retargeter, &body, &good);
    assert!((measured(&body, &got, Side::Left)[0] - 1f32.to_degrees()).abs() < 3.0, "recovers");
}

#[test]
fn an_arm_that_is_lost_holds_and_then_hangs() {
    let body = skeleton("daniel");
    let mut retargeter = Retargeter::new(&body);
    let mut pose = seen(&body, &raised(1.5));
    settle(&mut retargeter, &body, &pose);
    pose.world[LandmarkId::LeftElbow].visibility = 0.05;
    for _ in 0..6 {
        retargeter.update(&body, Some(&pose), false, DT);
    }
    let held = measured(&body, retargeter.pose(), Side::Left)[2];
    assert!((held - 86.0).abs() < 4.0, "held at {held}");
    for _ in 0..200 {
        retargeter.update(&body, Some(&pose), false, DT);
    }
    assert!(measured(&body, retargeter.pose(), Side::Left)[2] < 10.0);
    assert!(measured(&body, retargeter.pose(), Side::Right)[2] > 80.0);
}
