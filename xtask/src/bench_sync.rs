//! `cargo xtask bench sync`: builds the server and the crate that measures, and tracks the clip whose landmarks are sent.

use crate::sh::{build_baro, cargo, root, sh};
use anyhow::Result;

/// Kills, half of them the server's, and idle clients, where nothing else is said.
const KILLS: &str = "400";
const IDLE: &str = "2000";

/// Measures, prints a table, and writes it into `docs/measurements.md`.
///
/// `--postgres URL` measures that database too; `--kills N`, `--idle N`.
pub fn run(arguments: &[String]) -> Result<()> {
    let landmarks = std::env::temp_dir().join("baro-bench-sync.jsonl");
    sh(&build_baro()?.to_string_lossy())
        .args(["track", "assets/demo/squat.mp4", "--out"])
        .arg(&landmarks)
        .dir(root())
        .run()?;
    cargo().args(["build", "--release", "--package", "baro-server"]).run()?;
    cargo()
        .args(["run", "--release", "--quiet", "--package", "baro-bench-sync", "--"])
        .args(["--kills", KILLS, "--idle", IDLE, "--landmarks"])
        .arg(&landmarks)
        .arg("--table")
        .arg(root().join("docs/measurements.md"))
        .args(arguments)
        .run()
}
