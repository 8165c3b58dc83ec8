//! `cargo xtask bench review`: the pages for staff in a large clinic, measured by a test of the server, whose helpers it needs, in a release build.

use crate::{
    readers,
    sh::{cargo, root},
};
use anyhow::Result;

/// Measures, prints a table, and writes it into `docs/measurements.md`.
pub fn run() -> Result<()> {
    let command = cargo()
        .args(["test", "--release", "--package", "baro-server", "--test", "server", "--"])
        .args(["--ignored", "--nocapture", "the_pages_of_a_large_clinic"])
        .env("BARO_NEEDS_POSTGRES", "1")
        .env("BARO_FIGURES", root().join("docs/measurements.md"));
    readers::install().tell(command).run()
}
