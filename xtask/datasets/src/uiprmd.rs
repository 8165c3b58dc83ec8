//! UI-PRMD (Vakanski et al. 2018, doi:10.3390/data3010002, public domain): 10 movements, 6 people, right and wrong.

use crate::{
    centre,
    error::{DatasetError, wrong},
    find, frame, read_text,
};
use baro_motion::{PoseFrame, Skeleton};
use flate2::read::GzDecoder;
use glam::Vec3;
use std::{fs::File, io::Read, ops::Range};

/// One repetition.
#[derive(Debug, Clone)]
pub struct Episode {
    /// 1 to 10, as in shared/data/README.md.
    pub movement: u32,
    /// 1 to 6.
    pub subject: u32,
    /// Its number among those of this movement, subject and correctness.
    pub number: u32,
    /// Done right, or acted wrong.
    pub correct: bool,
    /// From 0 s; 30 Hz of the Kinect, 50 Hz of the Vicon.
    pub frames: Vec<PoseFrame>,
}

/// One repetition as the Vicon's markers saw it.
#[derive(Debug, Clone)]
pub struct MarkerEpisode {
    /// 1 to 10, as in shared/data/README.md.
    pub movement: u32,
    /// 1 to 6.
    pub subject: u32,
    /// Its number among those of this movement, subject and correctness.
    pub number: u32,
    /// Done right, or acted wrong.
    pub correct: bool,
    /// At 50 Hz, in the order of [`Skeleton::PlugInGait`]; metres in the camera frame, origin on the laboratory's floor; `None` where missing.
    pub frames: Vec<[Option<Vec3>; 39]>,
}

/// UI-PRMD as the Kinect saw it, at 30 Hz.
///
/// # Errors
/// Where the files are missing or damaged.
pub fn uiprmd_kinect() -> Result<Vec<Episode>, DatasetError> {
    let mapping = Skeleton::Kinect22.mapping();
    let body = |points: &[[i16; 3]; 22]| {
        // Kinect: y up; the camera frame: y down.
        let points = points.map(|p| {
            let [x, y, z] = p.map(metres);
            Some(Vec3::new(x, -y, -z))
        });
        let mut world = mapping.landmarks(&points);
        centre(&mut world);
        world
    };
    let stored = Stored::<22>::read("uiprmd/kinect_mm_30hz")?;
    let episodes = stored.index.iter().map(|row| {
        let frames =
            stored.rows(row).iter().enumerate().map(|(i, points)| frame(i as f64 / 30.0, body(points)));
        let Row { movement, subject, number, correct, .. } = *row;
        Episode { movement, subject, number, correct, frames: frames.collect() }
    });
    Ok(episodes.collect())
}

/// UI-PRMD as the Vicon saw it: markers on the skin, at 50 Hz.
///
/// # Errors
/// Where the files are missing or damaged.
pub fn uiprmd_vicon_markers() -> Result<Vec<MarkerEpisode>, DatasetError> {
    let stored = Stored::<39>::read("uiprmd/vicon_mm_50hz")?;
    let point = |p: [i16; 3]| {
        let [x, y, z] = p.map(metres);
        // Z up, most people look along x: turned so that they look at the camera.
        (p != [0; 3]).then(|| Vec3::new(y, -z, -x))
    };
    let episodes = stored.index.iter().map(|row| {
        let frames = stored.rows(row).iter().map(|points| points.map(point));
        let Row { movement, subject, number, correct, .. } = *row;
        MarkerEpisode { movement, subject, number, correct, frames: frames.collect() }
    });
    Ok(episodes.collect())
}

/// UI-PRMD as the Vicon saw it, at 50 Hz: joint centres from the markers.
///
/// # Errors
/// Where the files are missing or damaged.
pub fn uiprmd_vicon() -> Result<Vec<Episode>, DatasetError> {
    let mapping = Skeleton::PlugInGait.mapping();
    let body = |(i, markers): (usize, &[Option<Vec3>; 39])| {
        let mut world = mapping.landmarks(markers);
        centre(&mut world);
        frame(i as f64 / 50.0, world)
    };
    let episodes = uiprmd_vicon_markers()?.into_iter().map(|episode| {
        let frames = episode.frames.iter().enumerate().map(body).collect();
        let MarkerEpisode { movement, subject, number, correct, .. } = episode;
        Episode { movement, subject, number, correct, frames }
    });
    Ok(episodes.collect())
}

fn metres(mm: i16) -> f32 {
    f32::from(mm) / 1000.0
}

/// A line of the index.
struct Row {
    movement: u32,
    subject: u32,
    number: u32,
    correct: bool,
    frames: Range<usize>,
}

/// An array of frames of `N` points in millimetres, and its index.
struct Stored<const N: usize> {
    index: Vec<Row>,
    frames: Vec<[[i16; 3]; N]>,
}

impl<const N: usize> Stored<N> {
    fn read(name: &str) -> Result<Self, DatasetError> {
        let (array, table) = (format!("{name}.npy.gz"), format!("{name}_index.csv"));
        let path = find(&array)?;
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes))
            .map_err(|source| DatasetError::Read { path, source })?;
        let frames = frames(&bytes).ok_or_else(|| wrong(&array, format!("no int16 array of {N} x 3")))?;
        let index = read_text(&table)?
            .lines()
            .skip(1)
            .map(|line| Row::read(line, frames.len()))
            .collect::<Option<_>>()
            .ok_or_else(|| wrong(&table, "a row is no index of the array"))?;
        Ok(Self { index, frames })
    }

    fn rows(&self, row: &Row) -> &[[[i16; 3]; N]] {
        self.frames.get(row.frames.clone()).unwrap_or_default()
    }
}

impl Row {
    fn read(line: &str, frames: usize) -> Option<Self> {
        let fields: Vec<u32> = line.split(',').map(|f| f.trim().parse().ok()).collect::<Option<_>>()?;
        let [movement, subject, number, correct, start, count] = fields.try_into().ok()?;
        let range = start as usize..(start + count) as usize;
        (range.end <= frames).then_some(Self {
            movement,
            subject,
            number,
            correct: correct == 1,
            frames: range,
        })
    }
}

/// The frames of a NumPy file, version 1, of little-endian int16.
fn frames<const N: usize>(bytes: &[u8]) -> Option<Vec<[[i16; 3]; N]>> {
    let length = u16::from_le_bytes(bytes.get(8..10)?.try_into().ok()?);
    let (header, data) = bytes.get(10..)?.split_at_checked(length.into())?;
    let header = std::str::from_utf8(header).ok()?;
    if !header.contains("'<i2'") || !header.contains(&format!(", {N}, 3)")) || data.len() % (N * 6) != 0 {
        return None;
    }
    let value = |b: &[u8]| i16::from_le_bytes([b[0], b[1]]);
    let frame = |bytes: &[u8]| {
        let mut points = [[0; 3]; N];
        for (point, bytes) in points.iter_mut().zip(bytes.chunks_exact(6)) {
            *point = [value(&bytes[..2]), value(&bytes[2..4]), value(&bytes[4..])];
        }
        points
    };
    Some(data.chunks_exact(N * 6).map(frame).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::or_skip;
    use baro_motion::LandmarkId;

    #[test]
    fn kinect_people_stand_upright_and_face_the_camera() {
        let Some(episodes) = or_skip(uiprmd_kinect()).unwrap() else { return };
        assert_eq!(episodes.len(), 1200);
        let world = episodes[0].frames[0].pose.unwrap().world;
        let at = |id: LandmarkId| world[id].position;
        assert!(at(LandmarkId::LeftShoulder).y < at(LandmarkId::LeftAnkle).y - 1.0, "y is down");
        assert!(at(LandmarkId::LeftHip).x > at(LandmarkId::RightHip).x, "the person's left is at the right");
    }

    #[test]
    fn vicon_markers_are_where_their_names_say() {
        let Some(episodes) = or_skip(uiprmd_vicon_markers()).unwrap() else { return };
        assert_eq!(episodes.len(), 1180);
        let at = |name: &str| {
            let i = Skeleton::PlugInGait.points().iter().position(|n| *n == name).unwrap();
            episodes[0].frames[0][i].unwrap()
        };
        assert!(at("LFHD").y < at("LKNE").y && at("LKNE").y < at("LTOE").y, "y is down");
        assert!(at("LSHO").x > at("RSHO").x, "the person's left is at the right");
        assert!(at("LTOE").z < at("LHEE").z, "toes point to the camera");
    }
}
