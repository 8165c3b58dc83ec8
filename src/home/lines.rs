//! A list that only grows: one JSON object a line.
//!
//! Killed at any byte, at most the line being written is lost. What can't be written is kept in memory and tried again.

use crate::{HomeError, Notice};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    fs::{self, OpenOptions},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

/// A file of lines. The lock of the data folder sees to it that nobody else writes it.
#[derive(Debug)]
pub struct Lines {
    path: PathBuf,
    /// Length up to the end of the last whole line, bytes.
    whole: u64,
    /// The file's last line lacks its end.
    open_end: bool,
    /// Not written yet, oldest first.
    waiting: Vec<String>,
}

impl Lines {
    /// A list that has no file yet.
    pub const fn new(path: PathBuf) -> Self {
        Self { path, whole: 0, open_end: false, waiting: Vec::new() }
    }

    /// Opens a list and reads what is in it; a missing file is an empty list.
    ///
    /// # Errors
    /// The file is there and can't be read.
    pub fn open<T: DeserializeOwned>(path: &Path) -> Result<(Self, Vec<T>, Vec<Notice>), HomeError> {
        let bytes = match fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(HomeError::read(path)(error)),
        };
        let mut lines = Self::new(path.to_owned());
        let (mut all, mut faulty, mut torn) = (Vec::new(), Vec::new(), false);
        for (n, line) in bytes.split_inclusive(|&byte| byte == b'\n').enumerate() {
            let ended = line.ends_with(b"\n");
            match serde_json::from_slice(line) {
                Ok(entry) => all.push(entry),
                Err(_) if line.trim_ascii().is_empty() && ended => {}
                Err(_) if ended => faulty.push(n + 1),
                Err(_) => {
                    torn = true;
                    break;
                }
            }
            lines.whole += line.len() as u64;
            lines.open_end = !ended;
        }
        let mut notices = Vec::new();
        if torn {
            notices.push(Notice::Torn { path: path.to_owned() });
        }
        if !faulty.is_empty() {
            notices.push(Notice::Lines { path: path.to_owned(), lines: faulty });
        }
        Ok((lines, all, notices))
    }

    /// Adds a line, and those that wait.
    ///
    /// # Errors
    /// The disk is full or may not be written: the line waits for the next call or [`Self::retry`].
    pub fn append(&mut self, entry: &impl Serialize) -> Result<(), HomeError> {
        let line =
            serde_json::to_string(entry).map_err(|error| HomeError::write(&self.path)(error.into()))?;
        self.waiting.push(line + "\n");
        self.retry()
    }

    /// Writes the lines that wait.
    ///
    /// # Errors
    /// As [`Self::append`].
    pub fn retry(&mut self) -> Result<(), HomeError> {
        while let Some(line) = self.waiting.first() {
            self.whole = write_at(&self.path, self.whole, self.open_end, line)
                .map_err(HomeError::write(&self.path))?;
            self.open_end = false;
            self.waiting.remove(0);
        }
        Ok(())
    }

    /// How many lines wait.
    pub const fn waiting(&self) -> usize {
        self.waiting.len()
    }
}

/// Writes a line at the end of the whole ones, over what is left of a torn one; where the whole ones end then.
fn write_at(path: &Path, whole: u64, open_end: bool, line: &str) -> io::Result<u64> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
    // Shorter where someone has emptied it: never fill up with zeros.
    let mut end = file.metadata()?.len().min(whole);
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    if open_end && end == whole {
        file.write_all(b"\n")?;
        end += 1;
    }
    file.write_all(line.as_bytes())?;
    file.sync_data()?;
    Ok(end + line.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(path: &Path) -> (Vec<u32>, Vec<Notice>) {
        let (_, all, notices) = Lines::open(path).unwrap();
        (all, notices)
    }

    #[test]
    fn a_list_grows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("list.jsonl");
        let (mut lines, all, notices) = Lines::open::<u32>(&path).unwrap();
        assert!(all.is_empty() && notices.is_empty());
        for n in 0..3_u32 {
            lines.append(&n).unwrap();
        }
        let (mut again, all, _) = Lines::open::<u32>(&path).unwrap();
        assert_eq!(all, [0, 1, 2]);
        again.append(&3_u32).unwrap();
        assert_eq!(read(&path), (vec![0, 1, 2, 3], vec![]));
    }

    #[test]
    fn a_damaged_line_is_skipped_and_stays_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.jsonl");
        fs::write(&path, b"1\n{oops\n\n\xff\xfe\n4\n").unwrap();
        let (mut lines, all, notices) = Lines::open::<u32>(&path).unwrap();
        assert_eq!(all, [1, 4]);
        assert_eq!(notices, [Notice::Lines { path: path.clone(), lines: vec![2, 4] }]);
        lines.append(&5_u32).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1\n{oops\n\n\xff\xfe\n4\n5\n");
    }

    #[test]
    fn what_cannot_be_written_waits() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.jsonl");
        let (mut lines, ..) = Lines::open::<u32>(&path).unwrap();
        lines.append(&1_u32).unwrap();
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap(); // a place that can't be written, whoever runs the test
        assert!(lines.append(&2_u32).is_err());
        assert!(lines.append(&3_u32).is_err());
        assert_eq!(lines.waiting(), 2);
        fs::remove_dir(&path).unwrap();
        lines.retry().unwrap();
        assert_eq!(read(&path), (vec![2, 3], vec![]));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn killed_at_any_byte_only_the_last_line_is_lost(
            entries in proptest::collection::vec(any::<u32>(), 1..8), cut in any::<proptest::sample::Index>(),
            zeros in 0..5_usize,
        ) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("list.jsonl");
            let (mut lines, ..) = Lines::open::<[u32; 1]>(&path).unwrap();
            for &entry in &entries {
                lines.append(&[entry]).unwrap();
            }
            let mut bytes = fs::read(&path).unwrap();
            bytes.truncate(cut.index(bytes.len() + 1));
            let whole = bytes.iter().filter(|&&b| b == b']').count();
            bytes.resize(bytes.len() + zeros, 0); // a file system may have grown the file before the data came
            fs::write(&path, &bytes).unwrap();
            let (mut lines, all, _) = Lines::open::<[u32; 1]>(&path).unwrap();
            let kept: Vec<[u32; 1]> = entries.iter().take(all.len()).map(|&n| [n]).collect();
            prop_assert_eq!(&all, &kept);
            prop_assert!(all.len() + usize::from(zeros > 0) >= whole);
            lines.append(&[7_u32]).unwrap();
            let (_, after, notices) = Lines::open::<[u32; 1]>(&path).unwrap();
            prop_assert_eq!(after.len(), all.len() + 1);
            prop_assert!(notices.is_empty());
        }
    }
}
