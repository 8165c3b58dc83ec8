//! A moving skeleton (BVH) for animation programs: centimetres, y up, the person facing z, their left at x.

use super::segments::{Limb, Segments, all, to_opensim, unwound, z_x_y};
use baro_motion::{Joint, Landmarks, PoseFrame, Side};
use glam::{Mat3, Vec3};
use std::io::{self, Write};

/// Rate of a recording with fewer than two frames.
const FPS: f64 = 30.0;

/// The skeleton in the file's order, each with its depth and its own turn; limbs left, then right.
const JOINTS: [(&str, usize); 13] = [
    ("Hips", 0),
    ("Spine", 1),
    ("Head", 2),
    ("LeftArm", 2),
    ("LeftForeArm", 3),
    ("RightArm", 2),
    ("RightForeArm", 3),
    ("LeftUpLeg", 1),
    ("LeftLeg", 2),
    ("LeftFoot", 3),
    ("RightUpLeg", 1),
    ("RightLeg", 2),
    ("RightFoot", 3),
];

/// Where each joint hangs on the one above, and where the last ones end; centimetres, body upright.
type Offsets = [(Vec3, Option<Vec3>); JOINTS.len()];

/// Joint turns at an even rate: the nearest frame of each moment. Frames in which the trunk is not seen are bridged, and a limb that
/// is not seen stays as it was; the proportions are the medians of the whole recording.
///
/// # Errors
/// Where `out` fails.
pub fn format_bvh(out: &mut impl Write, frames: &[PoseFrame]) -> io::Result<()> {
    let all = all(frames);
    let offsets = offsets(&all.iter().map(|(_, _, world)| world).collect::<Vec<_>>());
    writeln!(out, "HIERARCHY")?;
    write_joints(out, &offsets)?;
    let (from_s, to_s) = all.first().zip(all.last()).map_or((0.0, 0.0), |(first, last)| (first.0, last.0));
    let step_s =
        if all.len() > 1 && to_s > from_s { (to_s - from_s) / (all.len() - 1) as f64 } else { 1.0 / FPS };
    writeln!(out, "MOTION\nFrames: {}\nFrame Time: {step_s:.7}", all.len())?;
    let (mut at, mut before) = (0, [[0.0; 3]; JOINTS.len()]);
    for i in 0..all.len() {
        let time_s = from_s + i as f64 * step_s;
        let off = |at: usize| all.get(at).map_or(f64::INFINITY, |(s, ..)| (s - time_s).abs());
        while off(at + 1) <= off(at) {
            at += 1;
        }
        let Some((_, segments, _)) = all.get(at) else { break };
        write!(out, "0 {:.4} 0", 100.0 * segments.height_m)?;
        for (turn, before) in turns(segments).into_iter().zip(&mut before) {
            let angles = z_x_y(in_file_axes(turn)).map(f32::to_degrees);
            *before = std::array::from_fn(|axis| unwound(before[axis], angles[axis]));
            before.iter().try_for_each(|degrees| write!(out, " {degrees:.4}"))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn write_joints(out: &mut impl Write, offsets: &Offsets) -> io::Result<()> {
    let mut open = 0;
    for ((name, depth), (offset, end)) in JOINTS.into_iter().zip(offsets) {
        close(out, &mut open, depth)?;
        let (kind, channels) = match depth {
            0 => ("ROOT", "6 Xposition Yposition Zposition"),
            _ => ("JOINT", "3"),
        };
        let tab = "\t".repeat(depth);
        writeln!(out, "{tab}{kind} {name}\n{tab}{{")?;
        writeln!(out, "{tab}\tOFFSET {:.4} {:.4} {:.4}", offset.x, offset.y, offset.z)?;
        writeln!(out, "{tab}\tCHANNELS {channels} Zrotation Xrotation Yrotation")?;
        open = depth + 1;
        if let Some(end) = end {
            writeln!(out, "{tab}\tEnd Site\n{tab}\t{{")?;
            writeln!(out, "{tab}\t\tOFFSET {:.4} {:.4} {:.4}\n{tab}\t}}", end.x, end.y, end.z)?;
        }
    }
    close(out, &mut open, 0)
}

fn close(out: &mut impl Write, open: &mut usize, to: usize) -> io::Result<()> {
    while *open > to {
        *open -= 1;
        writeln!(out, "{}}}", "\t".repeat(*open))?;
    }
    Ok(())
}

/// Median lengths of the person's own segments.
fn offsets(bodies: &[&Landmarks]) -> Offsets {
    let at = |body: &Landmarks, joint: Joint, side| to_opensim(body[Joint::of(joint, side)].position);
    let middle = |body: &Landmarks, joint| (at(body, joint, Side::Left) + at(body, joint, Side::Right)) / 2.0;
    let median = |length: &dyn Fn(&Landmarks) -> f32| {
        let mut all: Vec<f32> = bodies.iter().map(|body| 100.0 * length(body)).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or_default()
    };
    let across = |joint| median(&|body| at(body, joint, Side::Left).distance(at(body, joint, Side::Right)));
    let along = |from, to| {
        median(&|body| {
            let [left, right] = Side::BOTH.map(|side| at(body, from, side).distance(at(body, to, side)));
            (left + right) / 2.0
        })
    };
    let trunk = median(&|body| middle(body, Joint::Hip).distance(middle(body, Joint::Shoulder)));
    let neck = median(&|body| middle(body, Joint::Shoulder).distance(middle(body, Joint::Ear)));
    let (shoulders, hips) = (across(Joint::Shoulder), across(Joint::Hip));
    let down = |length: f32| Vec3::new(0.0, -length, 0.0);
    let (upper_arm, forearm) =
        (down(along(Joint::Shoulder, Joint::Elbow)), down(along(Joint::Elbow, Joint::Wrist)));
    let (thigh, shank) = (down(along(Joint::Hip, Joint::Knee)), down(along(Joint::Knee, Joint::Ankle)));
    let foot = Vec3::new(0.0, 0.0, along(Joint::Heel, Joint::Toes));
    let out = |width: f32, up: f32| Vec3::new(width / 2.0, up, 0.0);
    [
        (Vec3::ZERO, None),
        (Vec3::ZERO, None),
        (out(0.0, trunk), Some(out(0.0, neck))),
        (out(shoulders, trunk), None),
        (upper_arm, Some(forearm)),
        (out(-shoulders, trunk), None),
        (upper_arm, Some(forearm)),
        (out(hips, 0.0), None),
        (thigh, None),
        (shank, Some(foot)),
        (out(-hips, 0.0), None),
        (thigh, None),
        (shank, Some(foot)),
    ]
}

/// Each joint against the one above, in OpenSim's axes.
fn turns(body: &Segments) -> [Mat3; JOINTS.len()] {
    let under = |above: Mat3, below: Mat3| above.transpose() * below;
    let bend = Mat3::from_rotation_z;
    let arm = |limb: &Limb| [under(body.torso, limb.upper), bend(limb.bend_rad)];
    let leg = |limb: &Limb| [under(body.pelvis, limb.upper), bend(-limb.bend_rad), bend(limb.foot_rad)];
    let ([left_arm, left_forearm], [right_arm, right_forearm]) = (arm(&body.arms[0]), arm(&body.arms[1]));
    let ([a, b, c], [d, e, f]) = (leg(&body.legs[0]), leg(&body.legs[1]));
    let spine = under(body.pelvis, body.torso);
    let head = Mat3::IDENTITY;
    [body.pelvis, spine, head, left_arm, left_forearm, right_arm, right_forearm, a, b, c, d, e, f]
}

/// From OpenSim's axes (forward, up, right) to the file's (left, up, forward).
fn in_file_axes(turn: Mat3) -> Mat3 {
    let axes = Mat3::from_cols(Vec3::Z, Vec3::Y, Vec3::NEG_X);
    axes * turn * axes.transpose()
}
