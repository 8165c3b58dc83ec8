//! A record in other programs' files.

mod bvh;
mod csv;
mod fhir;
mod mot;
mod segments;
#[cfg(test)]
mod tests;

pub use bvh::format_bvh;
pub use csv::format_csv;
pub use fhir::{FhirError, fhir_bundle};
pub use mot::format_mot;

use crate::{FileError, Recording, ReplayError, files::format_trc};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// What a record can be exported to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// The record itself, without its seal.
    Baro,
    /// OpenSim's marker file.
    Trc,
    /// OpenSim's joint angles.
    Mot,
    /// A moving skeleton for animation programs.
    Bvh,
    /// All angles with their errors, for a spreadsheet.
    Csv,
    /// A bundle of FHIR R4 resources.
    Fhir,
}

/// An export could not be made.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum ExportError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("can't write {path}: {source}")]
    Write { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error(transparent)]
    Fhir(#[from] FhirError),
    #[error("nobody is seen in the record: there is nothing to export")]
    Nobody,
}

impl ExportFormat {
    /// Every format, with its name on the command line, which is also the end of the file's name but for FHIR's (`.json`).
    pub const ALL: [(&str, Self); 6] = [
        ("baro", Self::Baro),
        ("trc", Self::Trc),
        ("mot", Self::Mot),
        ("bvh", Self::Bvh),
        ("csv", Self::Csv),
        ("fhir", Self::Fhir),
    ];

    /// By its name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, format)| format)
    }

    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Fhir => "json",
            other => Self::ALL.into_iter().find(|(_, format)| *format == other).map_or("", |(name, _)| name),
        }
    }
}

/// Writes a record as another file, over one that is there (but never a record over another).
///
/// # Errors
/// As reading and writing; where nobody is seen in it, and (FHIR) where it can't be scored again.
pub fn export(from: &Path, format: ExportFormat, to: &Path) -> Result<(), ExportError> {
    let failed = |source| ExportError::Write { path: to.to_owned(), source };
    if format == ExportFormat::Baro {
        return Ok(crate::copy_unsealed(from, to).map_err(FileError::Record)?);
    }
    let recording = Recording::read(from).map_err(FileError::Record)?;
    if recording.frames().all(|frame| frame.pose.is_none()) {
        return Err(ExportError::Nobody);
    }
    let frames: Vec<_> = recording.frames().copied().collect();
    let mut text = Vec::new();
    match format {
        ExportFormat::Baro => {}
        ExportFormat::Trc => {
            let name = to.file_name().unwrap_or_default().to_string_lossy();
            format_trc(&mut text, &name, &frames).map_err(failed)?;
        }
        ExportFormat::Mot => format_mot(&mut text, &frames).map_err(failed)?,
        ExportFormat::Bvh => format_bvh(&mut text, &frames).map_err(failed)?,
        ExportFormat::Csv => format_csv(&mut text, &frames).map_err(failed)?,
        ExportFormat::Fhir => {
            let bundle = fhir_bundle(&recording)?;
            serde_json::to_writer_pretty(&mut text, &bundle).map_err(|error| failed(error.into()))?;
        }
    }
    let mut file = BufWriter::new(File::create(to).map_err(failed)?);
    file.write_all(&text).and_then(|()| file.flush()).map_err(failed)
}
