//! `baro export FILE --format FORMAT`: a record in other programs' files.

use crate::output::print;
use baro_record::ExportFormat;
use std::path::PathBuf;

/// Write a recorded session for other programs, or as a copy without its seal, for somebody who shall read it.
#[derive(clap::Args)]
pub struct Args {
    /// The record (`.baro`).
    file: PathBuf,
    /// `fhir` (R4 bundle), `csv` (every angle with its error), `trc` and `mot` (OpenSim), `bvh` (skeleton), or `baro` (unsealed copy).
    #[arg(long, value_parser = format)]
    format: ExportFormat,
    /// Where to write it; else beside the record.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let beside = match args.format {
        // Not over the record itself.
        ExportFormat::Baro => args.file.with_extension("unsealed.baro"),
        format => args.file.with_extension(format.extension()),
    };
    let out = args.out.unwrap_or(beside);
    baro_record::export(&args.file, args.format, &out)?;
    print(&format!("{}\n", out.display()))
}

fn format(name: &str) -> Result<ExportFormat, String> {
    let known = || ExportFormat::ALL.map(|(name, _)| name).join(", ");
    ExportFormat::from_name(name).ok_or_else(|| format!("choose one of {}", known()))
}
