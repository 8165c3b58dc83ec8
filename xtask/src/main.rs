//! The project's chores. `cargo xtask help` lists them.

mod bench_review;
mod bench_room;
mod bench_scoring;
mod bench_sync;
mod bench_vision;
mod bench_window;
mod camera_vm;
mod dist;
mod fuzz;
mod kernel;
mod needs;
mod onnxruntime;
mod os;
mod readers;
mod screenshots;
mod sh;
mod suite;
mod toolchain;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask COMMAND

  run [CARGO OPTIONS] [-- ARGUMENTS]   installs what is missing, then builds and starts the coach
  test [NEXTEST ARGUMENTS]             installs what is missing, then formatting, lints and every test
  setup [PURPOSE]                      only installs what is missing: for build, run, test, bench, camera, dist or dist-check
  lint                                 formatting, lints, licences and advisories
  fmt                                  formats the sources
  test-camera                          takes frames from a virtual camera in a virtual machine (about a minute)
  bench review                         measures the pages for staff in a large clinic, prints a table (15 minutes)
  bench room [SECTION...]              measures the live room (codec, links, voice, load over QUIC, a hostile one), prints tables
  bench scoring [SECTION...]           measures counting, scoring and angles on recordings, prints tables
  bench sync [--kills N] [--idle N] [--postgres URL]  measures the way to the clinic with real programs, prints a table (10 minutes)
  bench vision [ARGUMENTS]             measures the tracker beside its peers, prints a table
  bench window [--minutes N]           measures start, frames, idling and memory of the window, prints a table (35 minutes)
  dist [--check]                       packages for people: .deb, .tar.gz, bill of materials; tried in a clean Debian
  screenshots                          draws every screen anew into docs/screenshots (look at them before you commit)
  fuzz [--seconds N] [TARGET...]       feeds every parser with broken files (nightly Rust and cargo-fuzz)
  help                                 this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match (command, rest) {
        ("run", rest) => run(rest),
        ("test", rest) => suite::test(rest),
        ("setup", []) => setup(needs::Purpose::Test),
        ("setup", [purpose]) => match needs::Purpose::from_name(purpose) {
            Some(purpose) => setup(purpose),
            None => {
                bail!("`{purpose}` is no purpose; choose build, run, test, bench, camera, dist or dist-check")
            }
        },
        ("lint", []) => suite::lint().map(|()| ExitCode::SUCCESS),
        ("fmt", []) => sh::cargo().args(["fmt", "--all"]).run().map(|()| ExitCode::SUCCESS),
        ("bench", [what, rest @ ..]) if what == "vision" => bench_vision(rest),
        ("bench", [what, rest @ ..]) if what == "scoring" => {
            bench_scoring::run(rest).map(|()| ExitCode::SUCCESS)
        }
        ("bench", [what]) if what == "review" => bench_review(),
        ("bench", [what, rest @ ..]) if what == "room" => bench_room(rest),
        ("bench", [what, rest @ ..]) if what == "sync" => bench_sync(rest),
        ("bench", [what, rest @ ..]) if what == "window" => bench_window(rest),
        ("dist", []) => dist::make().map(|_| ExitCode::SUCCESS),
        ("dist", [check]) if check == "--check" => dist::make_and_check().map(|()| ExitCode::SUCCESS),
        ("screenshots", []) => screenshots(),
        ("fuzz", rest) => fuzz::run(rest).map(|()| ExitCode::SUCCESS),
        ("test-camera", []) => camera_vm::test_camera(),
        ("help" | "--help" | "-h", _) => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        _ => bail!("there is no `cargo xtask {}`\n\n{HELP}", arguments.join(" ")),
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Run)?;
    onnxruntime::install()?;
    sh::cargo().args(["run", "--package", "baro"]).args(arguments).run_to_code()
}

fn bench_vision(arguments: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Run)?;
    onnxruntime::install()?;
    bench_vision::run(arguments)?;
    Ok(ExitCode::SUCCESS)
}

fn bench_review() -> Result<ExitCode> {
    toolchain::check()?;
    // For PostgreSQL.
    needs::install(needs::Purpose::Test)?;
    onnxruntime::install()?;
    bench_review::run()?;
    Ok(ExitCode::SUCCESS)
}

fn bench_room(sections: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Run)?;
    onnxruntime::install()?;
    bench_room::run(sections)?;
    Ok(ExitCode::SUCCESS)
}

fn bench_sync(arguments: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    // For PostgreSQL.
    needs::install(needs::Purpose::Test)?;
    onnxruntime::install()?;
    bench_sync::run(arguments)?;
    Ok(ExitCode::SUCCESS)
}

fn bench_window(arguments: &[String]) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Bench)?;
    onnxruntime::install()?;
    bench_window::run(arguments)?;
    Ok(ExitCode::SUCCESS)
}

fn screenshots() -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(needs::Purpose::Test)?;
    onnxruntime::install()?;
    screenshots::take()?;
    Ok(ExitCode::SUCCESS)
}

fn setup(purpose: needs::Purpose) -> Result<ExitCode> {
    toolchain::check()?;
    needs::install(purpose)?;
    if !matches!(purpose, needs::Purpose::Build | needs::Purpose::Dist) {
        onnxruntime::install()?;
    }
    if purpose == needs::Purpose::Test {
        readers::install();
    }
    println!("Everything is installed.");
    Ok(ExitCode::SUCCESS)
}
