//! What can be wrong with an exercise or routine file.

/// An exercise or routine file could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ExerciseError {
    /// Where; lines count from 1.
    pub line: usize,
    /// What the TOML reader says, or what makes no sense and what to write.
    pub message: String,
}
