//! What can go wrong with files, and what the person reads then.

use std::{
    io,
    path::{Path, PathBuf},
};

/// Something could not be read or kept. What was done stays in memory and is kept at the next try.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum HomeError {
    #[error("can't read {path}: {source}; check that the folder may be read")]
    Read { path: PathBuf, source: io::Error },
    #[error("can't write {path}: {source}; make room or choose another data folder, then go on")]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} is in use by another window of Baro; close that one first")]
    InUse { path: PathBuf },
    #[error("{0} is no id of a person; ids are 32 letters and digits, as the folders in `people` are named")]
    PersonId(String),
    #[error("the exercise file {path} has a fault: {reason}; install Baro again")]
    Catalogue { path: PathBuf, reason: String },
}

impl HomeError {
    pub(crate) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Read { path: path.to_owned(), source }
    }

    pub(crate) fn write(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Write { path: path.to_owned(), source }
    }

    /// Fluent key of the one sentence that a person reads.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Write { source, .. } if is_full(source) => "home-fault-disk-full",
            Self::Write { .. } => "home-fault-not-saved",
            Self::Read { .. } | Self::PersonId(_) => "home-fault-not-read",
            Self::InUse { .. } => "home-fault-in-use",
            Self::Catalogue { .. } => "home-fault-assets",
        }
    }
}

fn is_full(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge
    )
}

/// Something was found damaged and set right as far as possible; the person is told once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The settings could not be read and stand at their defaults.
    Settings {
        /// Where the file was put aside; `None` where even that failed.
        kept: Option<PathBuf>,
    },
    /// Some settings made no sense and stand at their defaults; the file was put aside.
    SettingsFields {
        /// Their names in the file.
        fields: Vec<String>,
        /// Where the file was put aside.
        kept: Option<PathBuf>,
    },
    /// What was told about the person could not be read, and is asked again.
    Person {
        /// Where the file was put aside.
        kept: Option<PathBuf>,
    },
    /// The last line of a list was cut off, as when the power fails, and is left out.
    Torn {
        /// The list.
        path: PathBuf,
    },
    /// Lines of a list could not be read; they stay in the file and are left out.
    Lines {
        /// The list.
        path: PathBuf,
        /// Their numbers, from 1.
        lines: Vec<usize>,
    },
    /// The plan that a therapist wrote can't be read: nothing is planned until it can.
    Plan {
        /// What is wrong with it, and where.
        reason: String,
    },
    /// The device's clock stands before the last entry; days may be counted wrong.
    ClockBack,
}

impl Notice {
    /// Fluent key of the one sentence that a person reads.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "home-notice-settings",
            Self::SettingsFields { .. } => "home-notice-settings-fields",
            Self::Person { .. } => "home-notice-person",
            Self::Torn { .. } => "home-notice-torn",
            Self::Lines { .. } => "home-notice-lines",
            Self::Plan { .. } => "home-notice-plan",
            Self::ClockBack => "home-notice-clock",
        }
    }
}
