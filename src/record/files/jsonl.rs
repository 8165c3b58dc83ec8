//! Tracked landmarks, a line of JSON for every picture: what `baro track --out FILE.jsonl` writes.

use super::{FileError, lines, push_later, wrong};
use baro_motion::{LANDMARK_COUNT, Landmark, Landmarks, Pose, PoseFrame};
use glam::Vec3;
use serde::{Deserialize, Serialize};

/// `image` and `world`: 33 points of `[x, y, z, visibility, presence]` in the model's order; null if nobody is seen.
#[derive(Serialize, Deserialize)]
struct Line {
    frame: u64,
    time_s: f64,
    confidence: Option<f32>,
    image: Option<Vec<[f32; 5]>>,
    world: Option<Vec<[f32; 5]>>,
}

/// A frame as a line, without its end.
pub fn format_jsonl_line(index: u64, frame: &PoseFrame) -> String {
    let points = |landmarks: &Landmarks| {
        let point = |l: &Landmark| {
            let [x, y, z] = l.position.to_array();
            [x, y, z, l.visibility, l.presence]
        };
        landmarks.0.iter().map(point).collect()
    };
    let pose = frame.pose.as_ref();
    let line = Line {
        frame: index,
        time_s: frame.time_s,
        confidence: pose.map(|p| p.confidence),
        image: pose.map(|p| points(&p.image)),
        world: pose.map(|p| points(&p.world)),
    };
    // Numbers, nulls and lists of them can't fail to become JSON.
    serde_json::to_string(&line).unwrap_or_default()
}

/// Reads the lines of a file of tracked landmarks.
///
/// # Errors
/// [`FileError::Content`] with the line and what to write.
pub fn parse_jsonl(text: &str) -> Result<Vec<PoseFrame>, FileError> {
    let mut frames = Vec::new();
    for (number, text) in lines(text) {
        let line: Line = match serde_json::from_str(text) {
            Ok(line) => line,
            Err(error) => {
                let message =
                    format!("{error}; a line is a picture as `baro track --out FILE.jsonl` writes it");
                return wrong(number, message);
            }
        };
        let pose = match (line.image, line.world) {
            (Some(image), Some(world)) => Some(Pose {
                image: landmarks(number, "image", &image)?,
                world: landmarks(number, "world", &world)?,
                confidence: line.confidence.unwrap_or(1.0),
            }),
            (None, None) => None,
            _ => return wrong(number, "write both image and world, or null for both where nobody is seen"),
        };
        push_later(&mut frames, number, PoseFrame { time_s: line.time_s, pose })?;
    }
    if frames.is_empty() {
        return wrong(1, "the file is empty; a line for every picture is needed");
    }
    Ok(frames)
}

fn landmarks(line: usize, what: &str, points: &[[f32; 5]]) -> Result<Landmarks, FileError> {
    if points.len() != LANDMARK_COUNT {
        return wrong(line, format!("{what} has {} points; write all {LANDMARK_COUNT}", points.len()));
    }
    let mut landmarks = Landmarks::default();
    for (landmark, &[x, y, z, visibility, presence]) in landmarks.0.iter_mut().zip(points) {
        if ![visibility, presence].iter().all(|share| (0.0..=1.0).contains(share)) {
            return wrong(line, format!("{what} has a visibility or presence outside 0 to 1"));
        }
        let position = Vec3::new(x, y, z);
        if !position.is_finite() {
            return wrong(line, format!("{what} has a coordinate that is too large"));
        }
        *landmark = Landmark { position, visibility, presence };
    }
    Ok(landmarks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_motion::{JointAngles, Mannequin, Viewpoint};

    fn recorded() -> Vec<PoseFrame> {
        let world = Mannequin::default().landmarks(&JointAngles::default());
        let mut pose = Viewpoint::default().view(&world);
        pose.world.0[3].visibility = 0.123_456_78;
        vec![PoseFrame { time_s: 0.1, pose: Some(pose) }, PoseFrame { time_s: 0.3, pose: None }]
    }

    fn text() -> String {
        recorded().iter().zip(0..).map(|(frame, i)| format_jsonl_line(i, frame) + "\n").collect()
    }

    #[test]
    fn what_was_written_is_read_bit_for_bit() {
        assert_eq!(parse_jsonl(&text()).unwrap(), recorded());
    }

    #[test]
    fn errors_name_the_line() {
        let whole = text();
        for (text, line, says) in [
            (String::new(), 1, "empty"),
            (whole.replace("null", "7"), 2, "baro track"),
            (whole.replace("\"world\":null", "\"world\":[]"), 2, "both"),
            (whole.replace("\"time_s\":0.3", "\"time_s\":0.1"), 2, "not after"),
            (whole.replace("0.12345678", "1.5"), 1, "outside 0 to 1"),
            (whole.replace("\"time_s\":0.1", "\"time_s\":1e999"), 1, "number out of range"),
            // Who reads the number first depends on the features that serde_json is built with.
            (whole.replacen("[[0.5,", "[[1e60,", 1), 1, "too large|out of range"),
            (whole.replacen("[[", "[[0,0,0,0,0],[", 1), 1, "34 points"),
        ] {
            let error = parse_jsonl(&text).unwrap_err().to_string();
            assert!(error.starts_with(&format!("line {line}: ")), "{error}");
            assert!(says.split('|').any(|says| error.contains(says)), "{error}");
        }
    }
}
