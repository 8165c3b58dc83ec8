//! `cargo xtask bench room [SECTION...]`: measures the live room, prints tables, and writes each into its section of
//! `docs/measurements.md`. Ends with 2 where a goal was missed.
#![allow(clippy::print_stdout, reason = "its figures are what it is for")]

mod links;
mod load;
mod machine;
mod motion;
mod pose;
mod serve;
#[path = "../../../src/voice/tests/voice/signal.rs"]
mod signal;
mod voice;

use anyhow::{Context as _, Result, bail};
use bench_table::Table;
use std::path::Path;
use std::process::ExitCode;

/// As the server has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Fills a table by measuring.
type Measure = fn() -> Result<Table>;

/// What can be measured, by the name of its section of the document (`<!-- room-NAME: begin -->`).
const SECTIONS: &[(&str, Measure)] = &[
    ("pose", pose::run),
    ("links", links::run),
    ("machine", machine::run),
    ("voice", voice::run),
    ("load", load::run),
    ("hostile", load::hostile),
];

fn main() -> ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    match run(&wanted) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(2),
        Err(error) => {
            eprintln!("bench room: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// How many goals were missed.
fn run(wanted: &[String]) -> Result<usize> {
    match wanted {
        [option, path] if option == "--blobs" => return pose::write_blobs(Path::new(path)).map(|()| 0),
        [what, folder] if what == "serve" => return serve::rooms(Path::new(folder)).map(|()| 0),
        [what] if what == "relay" => return serve::relay().map(|()| 0),
        _ => {}
    }
    let names: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = wanted.iter().find(|name| !names.contains(&name.as_str())) {
        bail!("there is no section `{unknown}`; choose of {}", names.join(", "));
    }
    let mut missed = 0;
    for (name, measure) in SECTIONS {
        if wanted.is_empty() || wanted.iter().any(|word| word == name) {
            let table = measure().with_context(|| format!("section {name}"))?;
            println!("\n{}", table.to_markdown());
            let command = format!("cargo xtask bench room {name}");
            table.write_into(
                &motion::root().join("docs/measurements.md"),
                &format!("room-{name}"),
                &command,
            )?;
            missed += table.missed();
        }
    }
    println!("{missed} goals missed");
    Ok(missed)
}
