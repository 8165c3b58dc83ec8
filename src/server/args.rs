//! The command line.

use crate::{admin, config::Choices};
use clap::Parser;
use std::path::PathBuf;

/// The clinic's server. Without a command it runs.
#[derive(Parser)]
#[command(version)]
pub struct Cli {
    /// A file with the same choices (TOML); environment and flags are stronger.
    #[arg(long, global = true, env = "BARO_SERVER_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub choices: Choices,
    /// For whom the first start prints a pairing code.
    #[arg(long, env = "BARO_SERVER_FIRST", value_name = "ROLE", default_value = "patient")]
    pub first: admin::InviteRole,
    #[command(subcommand)]
    pub command: Option<admin::Command>,
}
