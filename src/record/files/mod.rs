//! Recorded movement in files: markers (`.trc`), joint angles (`.mot`, `.sto`), tracked landmarks (`.jsonl`) and sessions (`.baro`).

mod jsonl;
mod mot;
mod trc;

pub use jsonl::{format_jsonl_line, parse_jsonl};
pub use mot::parse_mot;
pub use trc::{format_trc, parse_trc, write_trc};

use crate::{RecordError, Recording};
use baro_motion::{Joint, Landmarks, PoseFrame, Side, Skeleton};
use glam::Vec3;
use std::{
    fs::File,
    io::{self, BufRead as _, BufReader, Read},
    path::{Path, PathBuf},
};

/// Larger text files are refused: it is more than an hour of 33 points at 60 Hz.
const MAX_BYTES: u64 = 256 << 20;
/// More rows are refused: short rows need ten times their bytes in memory. It is an hour at 100 Hz.
const MAX_ROWS: usize = 400_000;

/// A file with recorded movement could not be read or written. Lines count from 1.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum FileError {
    #[error("can't read {path}: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("can't write {path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} is larger than {} MB; cut it into parts", MAX_BYTES >> 20)]
    TooLarge { path: PathBuf },
    #[error("line {line}: {message}")]
    Content { line: usize, message: String },
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// The kinds of file that hold movement without pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementFile {
    /// OpenSim's marker file.
    Trc,
    /// OpenSim's motion or storage file: joint angles.
    Mot,
    /// Tracked landmarks, a line a picture, as `baro track` writes them.
    Jsonl,
    /// A recorded session.
    Baro,
}

impl MovementFile {
    /// The kind that a file's name tells; `None` for videos, pictures and whatever else.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "trc" => Some(Self::Trc),
            "mot" | "sto" => Some(Self::Mot),
            "jsonl" => Some(Self::Jsonl),
            "baro" => Some(Self::Baro),
            _ => None,
        }
    }

    /// Reads the movement in a file of this kind.
    ///
    /// # Errors
    /// Where it can't be opened, is too large, or its content is wrong (with the line).
    pub fn read(self, path: &Path) -> Result<Vec<PoseFrame>, FileError> {
        match self {
            Self::Trc => parse_trc(&read_text(path)?),
            Self::Mot => parse_mot(&read_text(path)?),
            Self::Jsonl => parse_jsonl(&read_text(path)?),
            Self::Baro => Ok(Recording::read(path)?.frames().copied().collect()),
        }
    }
}

/// Are the points of this file those of markers on the skin, or angles worked out from them? Else a camera guessed them.
pub fn is_by_markers(path: &Path) -> bool {
    match MovementFile::of(path) {
        Some(MovementFile::Mot) => true,
        Some(MovementFile::Trc) => {
            let names = File::open(path).map(BufReader::new).ok();
            // The fourth line that is not blank names the points; whatever is wrong with it is told by reading the file.
            let lines = names.into_iter().flat_map(|file| file.take(MAX_BYTES).lines().map_while(Result::ok));
            let names = lines.filter(|line| !line.trim().is_empty()).nth(3).unwrap_or_default();
            Skeleton::of_names(&cells(&names)).is_by_markers()
        }
        _ => false,
    }
}

fn read_text(path: &Path) -> Result<String, FileError> {
    let failed = |source| FileError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(FileError::TooLarge { path: path.to_owned() });
    }
    // Names may be in any encoding; numbers are what counts.
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn wrong<T>(line: usize, message: impl Into<String>) -> Result<T, FileError> {
    Err(FileError::Content { line, message: message.into() })
}

/// Lines that are not blank, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> + Clone {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| !line.trim().is_empty())
}

/// Cells of a row: by tabs, so that blank ones count; by spaces in files without tabs.
fn cells(text: &str) -> Vec<&str> {
    if text.contains('\t') {
        text.split('\t').map(str::trim).collect()
    } else {
        text.split_whitespace().collect()
    }
}

/// Cells of a row that should have so many: blank ones beyond those are tabs at its end.
fn row_cells(text: &str, expected: usize) -> Vec<&str> {
    let mut cells = cells(text);
    while cells.len() > expected && cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    cells
}

/// Refuses one more row than memory has room for.
fn check_rows(rows: usize, line: usize) -> Result<(), FileError> {
    match rows {
        MAX_ROWS => wrong(line, format!("there are more than {MAX_ROWS} rows; cut the file into parts")),
        _ => Ok(()),
    }
}

/// A cell as a number; `None` where it is blank.
fn number(line: usize, what: &str, cell: &str) -> Result<Option<f64>, FileError> {
    if cell.is_empty() {
        return Ok(None);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Some(value)),
        Ok(_) => wrong(line, format!("{what} is `{cell}`; leave the cell blank where it is missing")),
        Err(_) => wrong(line, format!("{what} is `{cell}`, which is no number")),
    }
}

/// The cell with a row's time, seconds.
fn time(line: usize, cell: Option<&&str>) -> Result<f64, FileError> {
    match number(line, "the time", cell.copied().unwrap_or_default())? {
        Some(time_s) => Ok(time_s),
        None => wrong(line, "the time is blank; write seconds"),
    }
}

/// Adds a frame whose time must be after the last one's.
fn push_later(frames: &mut Vec<PoseFrame>, line: usize, frame: PoseFrame) -> Result<(), FileError> {
    if let Some(before) = frames.last()
        && frame.time_s <= before.time_s
    {
        let message =
            format!("time {} is not after {}; sort the rows and remove doubles", frame.time_s, before.time_s);
        return wrong(line, message);
    }
    check_rows(frames.len(), line)?;
    frames.push(frame);
    Ok(())
}

/// Moves the origin midway between the hips, or to where that was last (`middle`) in a frame that lacks one: a body must not
/// jump because a hip is hidden.
fn centre(world: &mut Landmarks, middle: &mut Option<Vec3>) {
    let [left, right] = Side::BOTH.map(|side| world[Joint::Hip.of(side)]);
    if left.visibility > 0.0 && right.visibility > 0.0 {
        *middle = Some((left.position + right.position) / 2.0);
    }
    let Some(middle) = *middle else { return };
    for landmark in world.0.iter_mut().filter(|landmark| landmark.visibility > 0.0) {
        landmark.position -= middle;
    }
}

#[cfg(test)]
mod tests;
