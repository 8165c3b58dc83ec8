//! What the commands print.

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use std::io::{self, Write as _};

/// Prints text; a reader that has seen enough (`| head`) is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}

/// Prints a value as JSON.
pub fn print_json(value: &impl Serialize) -> anyhow::Result<()> {
    print(&(serde_json::to_string_pretty(value)? + "\n"))
}

/// A bar on standard error, shown only where a person watches; `frames` is an estimate.
pub fn progress_bar(frames: Option<u64>) -> ProgressBar {
    let template = "{wide_bar} {pos}/{len} pictures, {per_sec}, {eta} left";
    match (frames, ProgressStyle::with_template(template)) {
        (Some(frames), Ok(style)) => ProgressBar::new(frames).with_style(style),
        _ => ProgressBar::new_spinner(),
    }
}
