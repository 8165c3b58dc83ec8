//! Where everything about one person lies (`docs/diary-format.md`).

use crate::{Assigned, HomeError, files};
use std::path::{Path, PathBuf};

/// The folder of one person. Its lists are written by [`crate::PersonFiles`] alone; others may read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFolder(PathBuf);

impl PersonFolder {
    pub(crate) const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub(crate) fn person(&self) -> PathBuf {
        self.0.join("person.toml")
    }

    /// What they agreed to: lines of [`crate::Consent`].
    pub fn consents(&self) -> PathBuf {
        self.0.join("consent.jsonl")
    }

    pub(crate) fn screenings(&self) -> PathBuf {
        self.0.join("screening.jsonl")
    }

    /// What was done: lines of [`crate::Entry`].
    pub fn diary(&self) -> PathBuf {
        self.0.join("diary.jsonl")
    }

    /// The records of the sets, and their keys.
    pub fn records(&self) -> PathBuf {
        self.0.join("records")
    }

    pub(crate) fn plan(&self) -> PathBuf {
        self.0.join("plan.toml")
    }

    /// The connection with a clinic, and what waits to be sent there.
    pub fn clinic(&self) -> PathBuf {
        self.0.join("clinic.db")
    }

    fn half(&self) -> PathBuf {
        self.0.join("questions.json")
    }

    /// Answers to a questionnaire that is not finished; none where there are none, or they can't be read.
    pub fn half_filled(&self) -> Option<String> {
        files::read_text(&self.half()).ok().flatten()
    }

    /// Keeps answers to a questionnaire until it is finished; `None`: it is.
    ///
    /// # Errors
    /// They can't be written; those before stay.
    pub fn keep_half_filled(&self, text: Option<&str>) -> Result<(), HomeError> {
        match text {
            Some(text) => files::write_whole(&self.half(), text),
            None => match std::fs::remove_file(self.half()) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(HomeError::write(&self.half())(error))
                }
                _ => Ok(()),
            },
        }
    }

    /// What a therapist assigned; an error in words where it can't be understood.
    ///
    /// # Errors
    /// The file is there and can't be read.
    pub fn assigned(&self) -> Result<Option<Result<Assigned, String>>, HomeError> {
        Ok(files::read_text(&self.plan())?.map(|text| Assigned::from_toml(&text)))
    }

    /// Takes this text as the therapist's plan from now on; is it another one than before?
    ///
    /// # Errors
    /// It can't be read or written; the plan before stays.
    pub fn assign(&self, text: &str) -> Result<bool, HomeError> {
        if files::read_text(&self.plan())?.as_deref() == Some(text) {
            return Ok(false);
        }
        files::write_whole(&self.plan(), text)?;
        Ok(true)
    }
}
