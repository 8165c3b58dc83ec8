//! Landmarks to a file: `.trc` for OpenSim, `.jsonl` with everything.

use anyhow::{Context as _, bail};
use baro_motion::PoseFrame;
use baro_record::{MovementFile, format_jsonl_line, write_trc};
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// A file that takes a line for every picture.
pub enum LandmarkFile {
    /// Written as it comes.
    Jsonl { path: PathBuf, file: BufWriter<File>, frames: u64 },
    /// Its header counts the frames, so it is written at the end.
    Trc { path: PathBuf, frames: Vec<PoseFrame> },
}

impl LandmarkFile {
    /// Chooses the form by the file's name; makes the file at once, so that a wrong path fails before the work.
    pub fn create(path: &Path) -> anyhow::Result<Self> {
        let trc = match MovementFile::of(path) {
            Some(MovementFile::Trc) => true,
            Some(MovementFile::Jsonl) => false,
            _ => bail!("{}: the name must end in .trc or .jsonl", path.display()),
        };
        let file = File::create(path).with_context(|| format!("can't write {}", path.display()))?;
        let path = path.to_owned();
        Ok(match trc {
            true => Self::Trc { path, frames: Vec::new() },
            false => Self::Jsonl { path, file: BufWriter::new(file), frames: 0 },
        })
    }

    pub fn write(&mut self, frame: &PoseFrame) -> anyhow::Result<()> {
        match self {
            Self::Trc { frames, .. } => frames.push(*frame),
            Self::Jsonl { path, file, frames } => {
                let line = format_jsonl_line(*frames, frame);
                writeln!(file, "{line}").with_context(|| format!("can't write {}", path.display()))?;
                *frames += 1;
            }
        }
        Ok(())
    }

    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Jsonl { path, mut file, .. } => {
                file.flush().with_context(|| format!("can't write {}", path.display()))
            }
            Self::Trc { path, frames } => {
                write_trc(&path, &frames).with_context(|| format!("can't write {}", path.display()))
            }
        }
    }
}
