//! `cargo xtask bench scoring [SECTION...]`: measures on the shared recordings, prints tables, and writes each into its
//! section of `docs/measurements.md`. Ends with 2 where a goal was missed, with 1 where a section could not be measured at all.

mod calibration;
mod cameras;
mod counting;
mod footage;
mod gestures;
mod opencap;
mod pose2sim;
mod sensors;
mod setup;
mod speed;
mod uiprmd;

use anyhow::{Context, Result, bail};
use bench_table::Table;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};
use std::{
    alloc::System,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Counts allocations, for the section `speed`.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Fills a table by measuring.
type Measure = fn() -> Result<Table>;

/// What can be measured, in the order in which it is, by the name of its section of the document (`<!-- scoring-NAME: begin -->`).
const SECTIONS: &[(&str, Measure)] = &[
    ("calibration", calibration::run),
    ("pose2sim", pose2sim::run),
    ("sensors", sensors::run),
    ("counting", counting::run),
    ("opencap", opencap::run),
    ("gestures", gestures::run),
    ("setup", setup::run),
    ("speed", speed::run),
    ("uiprmd", uiprmd::run),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    match run(&wanted) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(error) => {
            eprintln!("bench scoring: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How many goals were missed.
fn run(wanted: &[String]) -> Result<usize> {
    if wanted.iter().any(|word| word == "--write-references") {
        return uiprmd::write_references().map(|()| 0);
    }
    let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("there is no section `{unknown}`; choose of {}", names.join(", "));
    }
    let mut missed = 0;
    for (name, measure) in SECTIONS {
        if !wanted.is_empty() && !wanted.iter().any(|w| w == name) {
            continue;
        }
        println!("\n== {name}");
        let table = measure().with_context(|| format!("section {name}"))?;
        let command = format!("cargo xtask bench scoring {name}");
        table.write_into(&root().join("docs/measurements.md"), &format!("scoring-{name}"), &command)?;
        missed += table.missed();
    }
    println!("\n{missed} goals missed");
    Ok(missed)
}

/// The workspace's root, as cargo says it now: checkouts may share a target folder.
fn root() -> PathBuf {
    let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&own).join("../..")
}
