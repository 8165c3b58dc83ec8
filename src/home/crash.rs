//! Reports of failures, kept on this device and nowhere else.
//!
//! A panic hook writes one: it must not fail, and not tell anything personal.

use crate::{HomeError, Moment, files};
use std::{
    collections::VecDeque,
    fs,
    path::{Path, PathBuf},
};

/// Reports that are kept, the newest.
pub const KEPT: usize = 10;
/// Lines of the log that are remembered for a report.
pub const LOG_LINES: usize = 60;
/// A line of the log, or a message, longer than this is cut, characters.
const LINE_CHARS: usize = 400;

/// The last lines of the log.
#[derive(Debug, Clone, Default)]
pub struct LogTail(VecDeque<String>);

impl LogTail {
    /// One more line; the oldest is forgotten.
    pub fn push(&mut self, line: &str) {
        if self.0.len() == LOG_LINES {
            self.0.pop_front();
        }
        self.0.push_back(line.chars().take(LINE_CHARS).collect());
    }

    /// The lines, oldest first.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

/// What is known of a failure.
#[derive(Debug, Clone, Copy)]
pub struct Crash<'a> {
    /// Name and version of the program.
    pub program: &'a str,
    /// The panic's message.
    pub message: &'a str,
    /// File and line of the source.
    pub place: &'a str,
    /// Which thread.
    pub thread: &'a str,
    /// The last lines of the log.
    pub log: &'a LogTail,
    /// What must not stand in it: the person's name, the home folder.
    pub private: &'a [&'a str],
}

/// Writes a report, and removes the oldest beyond [`KEPT`]; where it lies.
///
/// # Errors
/// The folder can't be written.
pub fn write(folder: &Path, crash: &Crash, now: Moment) -> Result<PathBuf, HomeError> {
    let log: Vec<String> = crash.log.lines().map(|line| scrubbed(line, crash.private)).collect();
    let message: String = crash.message.chars().take(LINE_CHARS).collect();
    let text = format!(
        "{}\nat {}\nthread {}\nin {}\n\n{}\n\nThe last lines of the log:\n{}\n",
        crash.program,
        now.at,
        crash.thread,
        crash.place,
        scrubbed(&message, crash.private),
        log.join("\n"),
    );
    let stamp: String = now.at.to_string().chars().map(|c| if c == ':' { '-' } else { c }).collect();
    let path = folder.join(format!("{stamp}.txt"));
    files::write_whole(&path, &text)?;
    for old in reports(folder)?.into_iter().rev().skip(KEPT) {
        fs::remove_file(&old).map_err(HomeError::write(&old))?;
    }
    Ok(path)
}

/// The reports, oldest first.
///
/// # Errors
/// The folder can't be read.
pub fn reports(folder: &Path) -> Result<Vec<PathBuf>, HomeError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(HomeError::read(folder))?;
    let mut all: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    all.retain(|path| path.extension().is_some_and(|end| end == "txt"));
    all.sort();
    Ok(all)
}

/// Without what is private, ids of people, and measured numbers (whatever has a decimal point).
fn scrubbed(line: &str, private: &[&str]) -> String {
    let mut line = line.to_owned();
    for name in private.iter().filter(|name| !name.trim().is_empty()) {
        line = line.replace(name, "…");
    }
    let mut clean = String::with_capacity(line.len());
    let word = |c: char| c.is_ascii_alphanumeric() || c == '.';
    let mut rest = line.as_str();
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| word(c) != word(first)).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let id = part.len() == 32 && part.bytes().all(|b| b.is_ascii_hexdigit());
        let decimal = part.contains('.')
            && part.trim_matches('.').parse::<f64>().is_ok()
            && part.trim_matches('.').contains('.');
        clean.push_str(if id || decimal { "…" } else { part });
        rest = after;
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now(second: u32) -> Moment {
        serde_json::from_str(&format!(r#"{{"at":"2026-11-22T01:00:{second:02}Z","day":"2026-11-22"}}"#))
            .unwrap()
    }

    #[test]
    fn the_newest_ten_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("crashes");
        let log = LogTail::default();
        let crash = Crash {
            program: "baro 0.1.0",
            message: "x",
            place: "a.rs:1",
            thread: "main",
            log: &log,
            private: &[],
        };
        for second in 0..15 {
            write(&folder, &crash, now(second)).unwrap();
        }
        let kept = reports(&folder).unwrap();
        assert_eq!(kept.len(), KEPT);
        assert!(kept[0].ends_with("2026-11-22T01-00-05Z.txt"), "{kept:?}");
    }

    #[test]
    fn nothing_personal_stands_in_a_report() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = LogTail::default();
        for n in 0..LOG_LINES {
            log.push(&format!("old {n}"));
        }
        log.push("INFO can't write /home/kim/.local/share/baro/people/0123456789abcdef0123456789abcdef/diary.jsonl");
        log.push("DEBUG knee_flexion_rad=1.2345 for 김영희, frame 12.");
        let crash = Crash {
            program: "baro 0.1.0",
            message: "index 3 of 2 at 87.5 deg",
            place: "src/x.rs:12:5",
            thread: "coach",
            log: &log,
            private: &["/home/kim", "김영희", ""],
        };
        let path = write(folder.path(), &crash, now(1)).unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        for private in ["kim", "김영희", "0123456789abcdef", "1.2345", "87.5", "old 1\n"] {
            assert!(!text.contains(private), "{private} stands in:\n{text}");
        }
        for kept in ["baro 0.1.0", "src/x.rs:12:5", "index 3 of 2", "diary.jsonl", "frame 12.", "old 59"] {
            assert!(text.contains(kept), "{kept} is missing in:\n{text}");
        }
    }
}
