//! `baro verify FILE`: is a record whole, unaltered, and whose? Without any network.

use crate::output::print;
use anyhow::bail;
use baro_record::{Author, Integrity};
use std::path::PathBuf;

/// Check a recorded session's signatures: whose it is, and whether it is whole and unaltered.
#[derive(clap::Args)]
pub struct Args {
    /// The record (`.baro`).
    file: PathBuf,
    /// Fail where it is by anybody else: `did:key:z6Mk...`.
    #[arg(long, value_name = "DID")]
    author: Option<Author>,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let checked = baro_record::verify(&args.file)?;
    print(&format!("{checked}\n"))?;
    if let Some(author) = args.author
        && checked.author != Some(author)
    {
        bail!("the record is not by {author}");
    }
    match checked.verdict {
        Integrity::Altered { .. } => bail!("the record is not as it was signed"),
        Integrity::Whole | Integrity::BrokenOff { .. } => Ok(()),
    }
}
