use std::{io, path::PathBuf};

/// A recording could not be loaded.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum DatasetError {
    #[error("{path} is missing; the shared data stands beside the project, in ../shared/data")]
    Missing { path: PathBuf },
    #[error("can't read {path}: {source}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} is not what shared/data/README.md says: {message}")]
    Content { path: PathBuf, message: String },
}

/// The error for a file whose content is not as described.
pub fn wrong(path: &str, message: impl Into<String>) -> DatasetError {
    DatasetError::Content { path: path.into(), message: message.into() }
}
