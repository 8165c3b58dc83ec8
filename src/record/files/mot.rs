//! OpenSim's motion and storage files (`.mot`, `.sto`): joint angles over time, put into the mannequin so that the same rules
//! score them.
//!
//! The coordinates are those of Rajagopal et al. 2016 (IEEE Trans Biomed Eng 63:2068), which OpenCap and gait2392 share.
//! OpenSim's frame: x forward, y up, z to the right; a joint turns about the axes of the segment before it, in the order below.

use super::{FileError, cells, check_rows, lines, number, push_later, row_cells, time, wrong};
use baro_motion::{Bone, Joint, LandmarkId, Landmarks, Mannequin, Pose, PoseFrame, Posture, Side};
use glam::{Mat3, Vec3};

/// A joint never turns so far, degrees; a wrong unit does.
const LARGEST_DEG: f64 = 1000.0;

/// From the hips' middle to the lumbar joint in the pelvis, and from there to the shoulders' middle in the torso, metres
/// (Rajagopal's model): what makes the trunk's line of two segments. The line of the neutral posture leans back by [`NEUTRAL_LEAN_RAD`],
/// which is taken out: who stands upright leans by 0°.
const LUMBAR_IN_PELVIS: Vec3 = Vec3::new(-0.0444, 0.1600, 0.0);
const SHOULDERS_IN_TORSO: Vec3 = Vec3::new(0.0032, 0.3715, 0.0);
/// 4.4°: the arc tangent of 0.0412 m over 0.5315 m.
const NEUTRAL_LEAN_RAD: f32 = 0.077_362;

/// The coordinates that are read; those of a limb end in `_l` or `_r`.
const TRUNK: [&str; 6] = [
    "pelvis_tilt",
    "pelvis_list",
    "pelvis_rotation",
    "lumbar_extension",
    "lumbar_bending",
    "lumbar_rotation",
];
const LIMB: [&str; 10] = [
    "hip_flexion",
    "hip_adduction",
    "hip_rotation",
    "knee_angle",
    "ankle_angle",
    "arm_flex",
    "arm_add",
    "arm_rot",
    "elbow_flex",
    "pro_sup",
];

/// Columns of the coordinates of one limb pair side, in the order of [`LIMB`], or of the trunk.
type Columns<const N: usize> = [Option<usize>; N];

/// Reads a motion file's text: joint angles in any order of columns become landmarks in the camera frame of a level camera, the
/// person turned as `pelvis_rotation` says (0: facing the camera). Coordinates that are missing are 0; but what a limb or trunk
/// without any leaves unknown is not seen: visibility 0, as are the face and, in all of them, the picture. `inDegrees` in the header
/// decides the unit. Names may be paths, as in `/jointset/knee_r/knee_angle_r/value`.
///
/// # Errors
/// [`FileError::Content`] with the line and what to write.
pub fn parse_mot(text: &str) -> Result<Vec<PoseFrame>, FileError> {
    let mut lines = lines(text);
    let header = Header::read(&mut lines)?;
    let mut rows = Vec::new();
    let mut last_line = header.line;
    for (line, text) in lines {
        last_line = line;
        check_rows(rows.len(), line)?;
        rows.push(header.row(line, text)?);
    }
    if header.rows.is_some_and(|told| told != rows.len()) || rows.is_empty() {
        let told = header.rows.map_or(String::new(), |told| format!(", but nRows says {told}"));
        let message =
            format!("there are {} rows{told}; the file is cut off or the number is wrong", rows.len());
        return wrong(last_line, message);
    }
    let knees = knee_signs(&rows);
    let mut frames = Vec::with_capacity(rows.len());
    for row in &rows {
        let world = header.seen(Mannequin::default().landmarks_of(&posture(row, knees), [0.0; 2]));
        let pose = Pose { image: Landmarks::default(), world, confidence: 1.0 };
        push_later(&mut frames, row.line, PoseFrame { time_s: row.time_s, pose: Some(pose) })?;
    }
    Ok(frames)
}

/// What stands above the rows.
struct Header {
    line: usize,
    rows: Option<usize>,
    in_degrees: bool,
    /// Names of all columns.
    names: Vec<String>,
    trunk: Columns<{ TRUNK.len() }>,
    /// Left, right.
    limbs: [Columns<{ LIMB.len() }>; 2],
}

impl Header {
    fn read<'a>(lines: &mut impl Iterator<Item = (usize, &'a str)>) -> Result<Self, FileError> {
        let (mut rows, mut in_degrees, mut last) = (None, None, 1);
        loop {
            let Some((line, text)) = lines.next() else {
                return wrong(
                    last,
                    "the header has no end; give an OpenSim .mot or .sto file, with a line `endheader`",
                );
            };
            last = line;
            let text = text.trim();
            if text.eq_ignore_ascii_case("endheader") {
                break;
            }
            let (key, value) = text.split_once(['=', ' ', '\t']).unwrap_or((text, ""));
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "nrows" | "datarows" => {
                    let Ok(count) = value.parse() else {
                        return wrong(line, format!("nRows is `{value}`; write a whole number"));
                    };
                    rows = Some(count);
                }
                "indegrees" => {
                    in_degrees = Some(match value.to_ascii_lowercase().as_str() {
                        "yes" => true,
                        "no" => false,
                        _ => return wrong(line, format!("inDegrees is `{value}`; write yes or no")),
                    });
                }
                _ => {}
            }
        }
        let Some(in_degrees) = in_degrees else {
            return wrong(last, "the header has no inDegrees; write `inDegrees=yes` or `inDegrees=no` above");
        };
        let Some((line, text)) = lines.next() else {
            return wrong(last, "the file ends before the names of the columns");
        };
        let names: Vec<String> = cells(text).into_iter().map(coordinate).collect();
        if names.first().is_none_or(|name| name != "time") {
            return wrong(line, "the first column must be `time`");
        }
        let find = |wanted: &str| names.iter().position(|name| name == wanted);
        let trunk = TRUNK.map(find);
        let limbs = ["l", "r"].map(|side| LIMB.map(|name| find(&format!("{name}_{side}"))));
        if trunk.iter().chain(limbs.iter().flatten()).all(Option::is_none) {
            return wrong(
                line,
                "no column has the name of a joint angle; known are those of OpenCap and Rajagopal's model, as in knee_angle_r",
            );
        }
        Ok(Self { line, rows, in_degrees, names, trunk, limbs })
    }

    fn row(&self, line: usize, text: &str) -> Result<Row, FileError> {
        let cells = row_cells(text, self.names.len());
        if cells.len() != self.names.len() {
            return wrong(line, format!("the row has {} cells, {} are named", cells.len(), self.names.len()));
        }
        let time_s = time(line, cells.first())?;
        let angle = |column: Option<usize>| {
            let Some((name, cell)) = column.and_then(|i| Some((self.names.get(i)?, cells.get(i)?))) else {
                return Ok(0.0);
            };
            let Some(value) = number(line, name, cell)? else {
                return wrong(line, format!("{name} is blank; write the angle, or leave the row out"));
            };
            let degrees = if self.in_degrees { value } else { value.to_degrees() };
            if degrees.abs() > LARGEST_DEG {
                return wrong(line, format!("{name} is {degrees:.0} degrees; check inDegrees"));
            }
            Ok(degrees.to_radians() as f32)
        };
        let mut row = Row { line, time_s, ..Row::default() };
        for (value, column) in row.trunk.iter_mut().zip(self.trunk) {
            *value = angle(column)?;
        }
        for (limb, columns) in row.limbs.iter_mut().zip(self.limbs) {
            for (value, column) in limb.iter_mut().zip(columns) {
                *value = angle(column)?;
            }
        }
        Ok(row)
    }

    /// Hides the points that no coordinate of the file moves.
    fn seen(&self, mut world: Landmarks) -> Landmarks {
        let mut hide = |id: LandmarkId| world[id] = Default::default();
        Bone::Neck.moves().iter().copied().for_each(&mut hide);
        let given = |columns: &[Option<usize>]| columns.iter().any(Option::is_some);
        let torso = given(self.trunk.get(3..).unwrap_or_default());
        for (side, columns) in Side::BOTH.into_iter().zip(&self.limbs) {
            let (leg, arm) = columns.split_at(LIMB.len() / 2);
            let unknown = [
                (torso, &[Joint::Shoulder.of(side)][..]),
                (torso && given(arm), Bone::UpperArm(side).moves()),
                (given(leg), Bone::Thigh(side).moves()),
            ];
            for (known, landmarks) in unknown {
                if !known {
                    landmarks.iter().copied().for_each(&mut hide);
                }
            }
        }
        world
    }
}

/// A column's name as a coordinate's: `knee_angle_r` of `/jointset/walker_knee_r/knee_angle_r/value`. Speeds are no angles.
fn coordinate(name: &str) -> String {
    let name = name.strip_suffix("/value").unwrap_or(name);
    match name.rsplit_once('/') {
        Some((_, "speed")) => name.to_owned(),
        Some((_, last)) => last.to_owned(),
        None => name.to_owned(),
    }
}

/// The angles of one moment, radians, in the order of [`TRUNK`] and [`LIMB`].
#[derive(Clone, Default)]
struct Row {
    line: usize,
    time_s: f64,
    trunk: [f32; TRUNK.len()],
    /// Left, right.
    limbs: [[f32; LIMB.len()]; 2],
}

/// Knees bend to positive angles in Rajagopal's model and to negative ones in gait2392: the farthest tells which.
fn knee_signs(rows: &[Row]) -> [f32; 2] {
    [0, 1].map(|side| {
        let angles = rows.iter().map(|row| row.limbs[side][3]);
        let farthest = angles.fold(0.0_f32, |far, angle| if angle.abs() > far.abs() { angle } else { far });
        if farthest < 0.0 { -1.0 } else { 1.0 }
    })
}

/// The segments of a row, as OpenSim turns them.
fn posture(row: &Row, knee_signs: [f32; 2]) -> Posture {
    let (x, y, z) = (Mat3::from_rotation_x, Mat3::from_rotation_y, Mat3::from_rotation_z);
    let [tilt, list, rotation, extension, bending, twist] = row.trunk;
    let pelvis = z(tilt) * x(list) * y(rotation);
    let torso = pelvis * z(extension) * x(bending) * y(twist);
    let [lumbar, shoulders] = [LUMBAR_IN_PELVIS, SHOULDERS_IN_TORSO].map(|at| z(-NEUTRAL_LEAN_RAD) * at);
    let line = pelvis * lumbar + torso * shoulders;
    let up = line.normalize_or(Vec3::Y);
    let mut arms = [[Mat3::IDENTITY; 2]; 2];
    let mut legs = [[Mat3::IDENTITY; 3]; 2];
    for (i, side) in Side::BOTH.into_iter().enumerate() {
        // Adduction and inward rotation are positive on both sides: the left joint's axes are mirrored.
        let sign = if side == Side::Left { -1.0 } else { 1.0 };
        let [hip, adduction, hip_turn, knee, ankle, arm, arm_adduction, arm_turn, elbow, pronation] =
            row.limbs[i];
        let thigh = pelvis * z(hip) * x(sign * adduction) * y(sign * hip_turn);
        let shank = thigh * z(-knee * knee_signs[i]);
        legs[i] = [thigh, shank, shank * z(ankle)];
        let upper = torso * z(arm) * x(sign * arm_adduction) * y(sign * arm_turn);
        arms[i] = [upper, upper * z(elbow) * y(sign * pronation)];
    }
    Posture {
        pelvis: upright(pelvis),
        hip_line: turned(pelvis * Vec3::NEG_Z),
        thorax: thorax(turned(up), turned(torso * Vec3::NEG_Z)),
        head: upright(torso),
        neck: turned(torso * Vec3::Y),
        upper_arm: arms.map(|arm| upright(arm[0])),
        forearm: arms.map(|arm| upright(arm[1])),
        thigh: legs.map(|leg| upright(leg[0])),
        shank: legs.map(|leg| upright(leg[1])),
        foot: legs.map(|leg| upright(leg[2])),
    }
}

/// From OpenSim's axes (forward, up, right) to the mannequin's (left, up, forward).
fn turned(v: Vec3) -> Vec3 {
    Vec3::new(-v.z, v.y, v.x)
}

/// The same for a segment: its columns are what points left, up and forward.
fn upright(segment: Mat3) -> Mat3 {
    Mat3::from_cols(turned(-segment.z_axis), turned(segment.y_axis), turned(segment.x_axis))
}

/// Along the trunk's line, turned with the shoulders.
fn thorax(up: Vec3, left: Vec3) -> Mat3 {
    let left = (left - up * left.dot(up)).normalize_or(Vec3::X);
    Mat3::from_cols(left, up, left.cross(up))
}

#[cfg(test)]
mod tests;
