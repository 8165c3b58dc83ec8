//! What has to hold before a change lands: formatting, lints, licences, every test.

use std::io::{BufRead, BufReader};
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::{needs, onnxruntime, readers, readers::Readers, sh, toolchain};

/// Of the virtual screen.
const SCREEN: &str = "1280x720";

/// What some program of the product is built with, and so is tested.
const FEATURES: [&str; 2] = ["--features", "baro-store/postgres"];

/// Installs what is missing, then checks everything. The tests come last, so that their count closes the output.
pub fn test(arguments: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Test)?;
    onnxruntime::install()?;
    let readers = readers::install();
    lint()?;
    sh::cargo().args(["test", "--workspace", "--doc"]).args(FEATURES).run()?;
    if nextest_is_here() { run_nextest(arguments, &readers) } else { run_cargo_test(arguments, &readers) }
}

/// Formatting, lints, and (where cargo-deny is installed) licences and advisories.
pub fn lint() -> Result<()> {
    sh::cargo().args(["fmt", "--all", "--check"]).run().context("run `cargo xtask fmt`")?;
    sh::cargo()
        .args(["clippy", "--workspace", "--all-targets"])
        .args(FEATURES)
        .args(["--", "--deny", "warnings"])
        .run()?;
    licences_and_advisories()
}

fn licences_and_advisories() -> Result<()> {
    if !sh::cargo().args(["deny", "--version"]).succeeds() {
        println!(
            "\nSkipped: `cargo deny check` (licences, advisories). To have it: cargo install cargo-deny"
        );
        return Ok(());
    }
    sh::cargo().args(["deny", "check", "bans", "licenses", "sources"]).run()?;
    // The list of advisories is the one thing here that lies outside every package registry.
    if sh::cargo().args(["deny", "fetch", "db"]).succeeds() {
        sh::cargo().args(["deny", "check", "advisories"]).run()
    } else {
        println!("\nSkipped: `cargo deny check advisories`; the list of advisories can't be reached");
        Ok(())
    }
}

fn nextest_is_here() -> bool {
    sh::cargo().args(["nextest", "--version"]).succeeds()
}

fn run_nextest(arguments: &[String], readers: &Readers) -> Result<ExitCode> {
    let profile = if std::env::var_os("CI").is_some() { "ci" } else { "default" };
    let command = sh::cargo()
        .args(["nextest", "run", "--workspace", "--profile", profile])
        .args(FEATURES)
        .args(arguments);
    in_window(readers.tell(command), SCREEN)?.run_to_code()
}

/// Cargo's own runner closes each program with a count of its own: the sum is printed last.
fn run_cargo_test(arguments: &[String], readers: &Readers) -> Result<ExitCode> {
    println!("\ncargo-nextest is not installed (cargo install cargo-nextest); using cargo's own runner.");
    let command = sh::cargo()
        .args(["test", "--workspace", "--all-targets", "--no-fail-fast"])
        .args(FEATURES)
        .args(arguments);
    let mut child = in_window(readers.tell(command), SCREEN)?
        .into_command()
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start `cargo test`")?;
    let output = child.stdout.take().context("`cargo test` has no output")?;
    let mut sum = Count::default();
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        sum.add(Count::of_line(&line).unwrap_or_default());
    }
    let status = child.wait()?;
    println!("\n{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.ignored);
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Count {
    /// Reads `test result: ok. 3 passed; 0 failed; 1 ignored; ...`.
    fn of_line(line: &str) -> Option<Count> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let number = |name: &str| {
            let part = counts.split(';').find(|part| part.trim().ends_with(name))?;
            part.split_whitespace().next()?.parse().ok()
        };
        Some(Count { passed: number("passed")?, failed: number("failed")?, ignored: number("ignored")? })
    }

    fn add(&mut self, other: Count) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// The command, under a virtual screen of this size where there is no real one, and without keys in the key store of whoever tests. No test is
/// skipped for want of PostgreSQL or NATS.
pub fn in_window(command: sh::Sh, size: &str) -> Result<sh::Sh> {
    let command =
        command.env("BARO_KEYS", "file").env("BARO_NEEDS_POSTGRES", "1").env("BARO_NEEDS_NATS", "1");
    if std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty()) {
        return Ok(command);
    }
    if sh::find_program("xvfb-run").is_none() {
        bail!(
            "there is no DISPLAY and no xvfb-run to make one; install Xvfb, or start this in a desktop session"
        );
    }
    Ok(command.under("xvfb-run", &["--auto-servernum", &format!("--server-args=-screen 0 {size}x24")]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_s_counts_are_added_up() {
        let mut sum = Count::default();
        for line in [
            "running 2 tests",
            "test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            sum.add(Count::of_line(line).unwrap_or_default());
        }
        assert_eq!(sum, Count { passed: 5, failed: 4, ignored: 1 });
    }
}
