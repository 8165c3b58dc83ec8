//! `cargo xtask bench room`: starts the crate that measures, which depends on the product (this one must not).

use crate::sh::cargo;
use anyhow::Result;

/// Measures the named sections, or all, in a release build.
pub fn run(sections: &[String]) -> Result<()> {
    cargo().args(["run", "--release", "--quiet", "--package", "baro-bench-room", "--"]).args(sections).run()
}
