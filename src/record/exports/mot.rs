//! OpenSim's joint angles (`.mot`), written: the coordinates of Rajagopal's model, which [`crate::parse_mot`] reads.

use super::segments::{Segments, all, unwound, z_x_y};
use baro_motion::PoseFrame;
use std::io::{self, Write};

const TRUNK: [&str; 9] = [
    "pelvis_tilt",
    "pelvis_list",
    "pelvis_rotation",
    "pelvis_tx",
    "pelvis_ty",
    "pelvis_tz",
    "lumbar_extension",
    "lumbar_bending",
    "lumbar_rotation",
];
const LIMB: [&str; 9] = [
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "ankle_angle",
    "arm_flex",
    "arm_add",
    "arm_rot",
    "elbow_flex",
];
/// These are metres, not degrees.
const METRES: std::ops::Range<usize> = 3..6;
const COLUMNS: usize = TRUNK.len() + 2 * LIMB.len();

/// Joint angles in degrees. The pelvis stands still over its place, since the landmarks are told from the hips, at its height above the lower heel;
/// frames in which the trunk is not seen are left out, and a limb that is not seen stays as it was.
///
/// # Errors
/// Where `out` fails.
pub fn format_mot(out: &mut impl Write, frames: &[PoseFrame]) -> io::Result<()> {
    let all = all(frames);
    writeln!(
        out,
        "Coordinates\nversion=1\nnRows={}\nnColumns={}\ninDegrees=yes\n\nendheader",
        all.len(),
        COLUMNS + 1
    )?;
    write!(out, "time")?;
    TRUNK.iter().try_for_each(|name| write!(out, "\t{name}"))?;
    for side in ["r", "l"] {
        LIMB.iter().try_for_each(|name| write!(out, "\t{name}_{side}"))?;
    }
    writeln!(out)?;
    let mut before = [0.0; COLUMNS];
    for (time_s, segments, _) in &all {
        let mut now = row(segments);
        for (i, (now, before)) in now.iter_mut().zip(before).enumerate() {
            if !METRES.contains(&i) {
                *now = unwound(before, now.to_degrees());
            }
        }
        write!(out, "{time_s:.6}")?;
        now.iter().try_for_each(|value| write!(out, "\t{value:.6}"))?;
        writeln!(out)?;
        before = now;
    }
    Ok(())
}

/// Radians and metres, in the order of the columns.
fn row(body: &Segments) -> [f32; COLUMNS] {
    let [tilt, list, rotation] = z_x_y(body.pelvis);
    let [extension, bending, twist] = z_x_y(body.pelvis.transpose() * body.torso);
    let mut row = [0.0; COLUMNS];
    let trunk = [tilt, list, rotation, 0.0, body.height_m, 0.0, extension, bending, twist];
    row[..TRUNK.len()].copy_from_slice(&trunk);
    // Right, left; adduction and inward turns are positive on both sides.
    for (place, (i, sign)) in row[TRUNK.len()..].chunks_exact_mut(LIMB.len()).zip([(1, 1.0), (0, -1.0)]) {
        let (leg, arm) = (&body.legs[i], &body.arms[i]);
        let [hip, adduction, turn] = z_x_y(body.pelvis.transpose() * leg.upper);
        let [flex, add, rot] = z_x_y(body.torso.transpose() * arm.upper);
        place.copy_from_slice(&[
            hip,
            sign * adduction,
            sign * turn,
            leg.bend_rad,
            leg.foot_rad,
            flex,
            sign * add,
            sign * rot,
            arm.bend_rad,
        ]);
    }
    row
}
