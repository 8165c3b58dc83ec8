//! What can be wrong with an exercise or routine file.

/// An exercise or routine file could not be used. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExerciseError {
    /// It is no TOML, or has an unknown, missing or mistyped field.
    #[error("line {line}: {message}")]
    Syntax {
        /// Where.
        line: usize,
        /// What the TOML reader says.
        message: String,
    },
    /// A value makes no sense.
    #[error("line {line}: {message}")]
    Value {
        /// Where.
        line: usize,
        /// What is wrong and what to write.
        message: String,
    },
}
