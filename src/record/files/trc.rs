//! OpenSim's marker files (`.trc`): named points over time, read and written.
//!
//! In the file y points up, as in OpenSim; in the camera frame it points down, so both are half a turn about x apart.

use super::{FileError, cells, centre, lines, number, push_later, row_cells, time, wrong};
use baro_motion::{Landmark, LandmarkId, Landmarks, Mapping, Pose, PoseFrame, Skeleton};
use glam::Vec3;
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// Farther than this from the origin, metres, is no person but a wrong unit.
const FARTHEST_M: f64 = 1000.0;
/// Columns before the first point: frame and time.
const FIRST: usize = 2;

/// Reads a marker file's text into the camera frame: metres, y down, origin midway between the hips, where these were
/// last both there. Points are known by the names of every [`Skeleton`], any subset of them; others are left out. Of markers on the skin
/// (Plug-in-Gait) joint centres are computed. A blank cell means that the point is missing in that frame: its visibility is 0;
/// so is a marker at exactly 0, 0, 0, as Vicon's exports fill gaps. A frame without any known point has no pose. `image` stays
/// all-zero: there was no picture.
///
/// # Errors
/// [`FileError::Content`] with the line and what to write.
pub fn parse_trc(text: &str) -> Result<Vec<PoseFrame>, FileError> {
    let mut lines = lines(text);
    let header = Header::read(&mut lines)?;
    let mut frames: Vec<PoseFrame> = Vec::new();
    let mut middle = None;
    let mut last_line = 1;
    for (line, text) in lines {
        last_line = line;
        let frame = header.frame(line, text, &mut middle)?;
        push_later(&mut frames, line, frame)?;
    }
    if frames.len() != header.frames {
        let message = format!(
            "there are {} rows, but NumFrames says {}; the file is cut off or the number is wrong",
            frames.len(),
            header.frames
        );
        return wrong(last_line, message);
    }
    Ok(frames)
}

/// What stands above the rows.
struct Header {
    frames: usize,
    /// Metres in the file's unit.
    unit_m: f64,
    /// The points' names, in the order of the columns.
    points: Vec<String>,
    mapping: Mapping,
}

impl Header {
    fn read<'a>(lines: &mut (impl Iterator<Item = (usize, &'a str)> + Clone)) -> Result<Self, FileError> {
        let Some((line, first)) = lines.next() else {
            return wrong(1, "the file is empty; give an OpenSim .trc file");
        };
        if !first.trim_start().starts_with("PathFileType") {
            return wrong(line, "this is no .trc file; the first line must begin with PathFileType");
        }
        let mut next = |what| {
            lines
                .next()
                .ok_or_else(|| FileError::Content { line, message: format!("the file ends before {what}") })
        };
        let (keys_line, keys) = next("the line with DataRate, NumFrames, NumMarkers and Units")?;
        let (values_line, values) = next("the values of DataRate, NumFrames, NumMarkers and Units")?;
        let value = |key: &str| {
            let at = keys.split_whitespace().position(|k| k.eq_ignore_ascii_case(key));
            let Some(at) = at else { return wrong(keys_line, format!("{key} is missing in the header")) };
            match values.split_whitespace().nth(at) {
                Some(value) => Ok(value),
                None => wrong(values_line, format!("{key} has no value")),
            }
        };
        let count = |key| {
            let text = value(key)?;
            text.parse().or_else(|_| wrong(values_line, format!("{key} is `{text}`; write a whole number")))
        };
        let (frames, markers): (usize, usize) = (count("NumFrames")?, count("NumMarkers")?);
        let unit_m = match value("Units")?.to_ascii_lowercase().as_str() {
            "m" | "meters" | "metres" => 1.0,
            "cm" | "centimeters" | "centimetres" => 0.01,
            "mm" | "millimeters" | "millimetres" => 0.001,
            other => return wrong(values_line, format!("Units is `{other}`; write m, cm or mm")),
        };
        let (names_line, names) = next("the names of the points")?;
        let (points, mapping) = names_of(names_line, names, markers)?;
        // The line of axis names (X1 Y1 Z1 ...) may be left out.
        if lines.clone().next().is_some_and(|(_, line)| line.trim_start().starts_with(['X', 'x'])) {
            lines.next();
        }
        Ok(Self { frames, unit_m, points, mapping })
    }

    /// `middle`: where the hips' was last, which a frame without both keeps.
    fn frame(&self, line: usize, text: &str, middle: &mut Option<Vec3>) -> Result<PoseFrame, FileError> {
        let expected = FIRST + 3 * self.points.len();
        let cells = row_cells(text, expected);
        if cells.len() != expected {
            let message = format!(
                "the row has {} cells, {} points need {expected} (frame, time, then x, y and z of each; blank where missing)",
                cells.len(),
                self.points.len()
            );
            return wrong(line, message);
        }
        let time_s = time(line, cells.get(1))?;
        let cells = cells.get(FIRST..).unwrap_or_default().chunks_exact(3);
        let points: Vec<Option<Vec3>> = self
            .points
            .iter()
            .zip(cells)
            .map(|(name, at)| self.position(line, name, at))
            .collect::<Result<_, _>>()?;
        let mut world = self.mapping.landmarks(&points);
        let any = world.0.iter().any(|landmark| landmark.visibility > 0.0);
        centre(&mut world, middle);
        let pose = any.then(|| Pose { image: Landmarks::default(), world, confidence: 1.0 });
        Ok(PoseFrame { time_s, pose })
    }

    fn position(&self, line: usize, name: &str, cells: &[&str]) -> Result<Option<Vec3>, FileError> {
        let mut at = [0.0; 3];
        let mut whole = true;
        for (at, cell) in at.iter_mut().zip(cells) {
            match number(line, name, cell)? {
                Some(value) => *at = value * self.unit_m,
                None => whole = false,
            }
        }
        if let Some(far) = at.iter().find(|v| v.abs() > FARTHEST_M) {
            return wrong(line, format!("{name} is {far:.0} m from the origin; check Units"));
        }
        let gap = at == [0.0; 3] && self.mapping.is_by_markers();
        let [x, y, z] = at.map(|v| v as f32);
        Ok((whole && !gap).then(|| Vec3::new(x, -y, -z)))
    }
}

fn names_of(line: usize, text: &str, markers: usize) -> Result<(Vec<String>, Mapping), FileError> {
    let mut names = cells(text).into_iter().filter(|name| !name.is_empty());
    let start = [names.next(), names.next()].map(|name| name.unwrap_or_default().to_ascii_lowercase());
    if !start[0].starts_with("frame") || !start[1].starts_with("time") {
        return wrong(line, "write Frame#, Time and the names of the points");
    }
    let points: Vec<String> = names.map(str::to_owned).collect();
    if points.len() != markers {
        return wrong(line, format!("{} points are named, but NumMarkers says {markers}", points.len()));
    }
    let mapping = Skeleton::of_names(&points);
    if mapping.is_empty() {
        return wrong(
            line,
            "no point has a known name; use those of BlazePose, COCO, BODY-25, Kinect or Plug-in-Gait, as in left_hip, LHip, \
             HipLeft, LASI",
        );
    }
    Ok((points, mapping))
}

/// Writes a marker file with the 33 points of BlazePose in metres, y up. Points with visibility and presence 0, and all
/// points of frames without a pose, are blank.
///
/// # Errors
/// Where the file can't be made or the disk is full.
pub fn write_trc(path: &Path, frames: &[PoseFrame]) -> Result<(), FileError> {
    let failed = |source| FileError::Write { path: path.to_owned(), source };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut file = BufWriter::new(File::create(path).map_err(failed)?);
    format_trc(&mut file, &name, frames).and_then(|()| file.flush()).map_err(failed)
}

/// [`write_trc`] into anything that takes bytes; `name` stands in the first line.
///
/// # Errors
/// Where `out` fails.
pub fn format_trc(out: &mut impl Write, name: &str, frames: &[PoseFrame]) -> io::Result<()> {
    let span_s = match frames {
        [first, .., last] => last.time_s - first.time_s,
        _ => 0.0,
    };
    // OpenSim wants a rate; of uneven frames the mean one.
    let rate = if span_s > 0.0 { (frames.len() - 1) as f64 / span_s } else { 1.0 };
    let (count, points) = (frames.len(), LandmarkId::ALL.len());
    writeln!(out, "PathFileType\t4\t(X/Y/Z)\t{}", name.replace(['\t', '\n', '\r'], " "))?;
    writeln!(
        out,
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames"
    )?;
    writeln!(out, "{rate:.6}\t{rate:.6}\t{count}\t{points}\tm\t{rate:.6}\t1\t{count}")?;
    write!(out, "Frame#\tTime")?;
    LandmarkId::ALL.iter().try_for_each(|id| write!(out, "\t{}\t\t", id.name()))?;
    write!(out, "\n\t")?;
    (1..=points).try_for_each(|i| write!(out, "\tX{i}\tY{i}\tZ{i}"))?;
    writeln!(out, "\n")?;
    for (i, frame) in frames.iter().enumerate() {
        write!(out, "{}\t{:.6}", i + 1, frame.time_s)?;
        for id in LandmarkId::ALL {
            let seen = frame.pose.as_ref().map(|pose| pose.world[id]);
            match seen.filter(|landmark| is_written(*landmark)) {
                Some(Landmark { position: p, .. }) => write!(out, "\t{:.6}\t{:.6}\t{:.6}", p.x, -p.y, -p.z)?,
                None => write!(out, "\t\t\t")?,
            }
        }
        // OpenSim 4.6 drops a blank cell at the very end of a row, and then finds too few.
        let last = frame.pose.as_ref().map(|pose| pose.world[LandmarkId::RightFootIndex]);
        writeln!(out, "{}", if last.is_some_and(is_written) { "" } else { "\t" })?;
    }
    Ok(())
}

fn is_written(landmark: Landmark) -> bool {
    landmark.visibility.max(landmark.presence) > 0.0 && landmark.position.is_finite()
}

#[cfg(test)]
mod tests;
