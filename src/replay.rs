//! `baro replay FILE`: scores a record again and holds the result against what was stored.

use crate::output::{print, print_json};
use anyhow::{Context as _, bail};
use baro_record::{Recording, Verdict};
use baro_report::{Watch, Watched};
use std::path::PathBuf;

/// Score a recorded session again; fails if the result differs from the stored one.
#[derive(clap::Args)]
pub struct Args {
    /// The record (`.baro`).
    file: PathBuf,
    /// Print the report as JSON (docs/score-json.md).
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let recording = Recording::read(&args.file)?;
    let outcome =
        baro_record::replay(&recording).with_context(|| format!("can't replay {}", args.file.display()))?;
    if args.json {
        let mut watch = Watch::new(recording.header.coach()?);
        recording.frames().for_each(|frame| watch.step(frame));
        let safety = recording.safety().cloned().collect();
        print_json(&Watched { safety, ..watch.finish() }.scored())?;
    } else {
        let report = &outcome.report;
        let frames = recording.frames().count();
        print(&format!(
            "{}: {} complete, {} partial, {frames} frames\n",
            report.exercise, report.count, report.partial
        ))?;
    }
    if recording.torn_bytes > 0 {
        eprintln!("note: the last {} bytes are no whole entry and were left out", recording.torn_bytes);
    }
    match outcome.verdict {
        Verdict::Match => eprintln!("digest {} matches the record", outcome.digest),
        Verdict::BrokenOff { checked } => {
            eprintln!("the record breaks off before its end; the {checked} digests stored until then match");
        }
        Verdict::Mismatch { stored, computed } => bail!(
            "the score differs from the record: stored {stored}, computed {computed}; it was made by Baro {}, this is {}",
            recording.header.program,
            env!("CARGO_PKG_VERSION"),
        ),
    }
    Ok(())
}
