//! `cargo xtask bench sync`: builds the server and the crate that measures, and runs it.

use crate::sh::{cargo, root};
use anyhow::Result;

/// Kills, half of them the server's, and idle clients, where nothing else is said.
const KILLS: &str = "400";
const IDLE: &str = "2000";

/// Measures, prints a table, and writes it into `docs/measurements.md`.
///
/// `--postgres URL` measures that one and not one of its own; `--kills N`, `--idle N`.
pub fn run(arguments: &[String]) -> Result<()> {
    cargo().args(["build", "--release", "--package", "baro-server"]).run()?;
    cargo()
        .args(["run", "--release", "--quiet", "--package", "baro-bench-sync", "--"])
        .args(["--kills", KILLS, "--idle", IDLE, "--clip"])
        .arg(root().join("assets/demo/squat.mp4"))
        .arg("--models")
        .arg(root().join("models"))
        .arg("--table")
        .arg(root().join("docs/measurements.md"))
        .args(arguments)
        .run()
}
