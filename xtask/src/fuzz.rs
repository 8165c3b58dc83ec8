//! `cargo xtask fuzz`: every parser with inputs that a fuzzer finds.

use crate::sh::{find_program, root, sh};
use anyhow::{Context, Result, bail};

/// The targets, and where their well-formed inputs stand.
const TARGETS: [(&str, &str); 11] = [
    ("exercise", "assets/exercises"),
    ("routine", "assets/routines"),
    ("reference", "fuzz/seeds/reference"),
    ("trc", "fuzz/seeds/trc"),
    ("mot", "fuzz/seeds/mot"),
    ("jsonl", "fuzz/seeds/jsonl"),
    ("record", "fuzz/seeds/record"),
    ("wire", "fuzz/seeds/wire"),
    ("token", "fuzz/seeds/token"),
    ("pose", "fuzz/seeds/pose"),
    ("questionnaire", "assets/questionnaires"),
];

/// Runs the named targets, or all, each for a minute or as long as `--seconds` says.
pub fn run(arguments: &[String]) -> Result<()> {
    let (mut seconds, mut wanted) = (60, Vec::new());
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seconds" => {
                let number = rest.next().context("--seconds needs a number")?;
                seconds = number.parse().with_context(|| format!("`{number}` is no number of seconds"))?;
            }
            name if TARGETS.iter().any(|(target, _)| *target == name) => wanted.push(name),
            other => {
                let known: Vec<&str> = TARGETS.iter().map(|(target, _)| *target).collect();
                bail!("there is no target `{other}`; choose of {}", known.join(", "));
            }
        }
    }
    if find_program("cargo-fuzz").is_none() {
        bail!(
            "cargo-fuzz is missing; install it with `cargo install cargo-fuzz` and `rustup toolchain install nightly`"
        );
    }
    for (target, seeds) in TARGETS {
        if wanted.is_empty() || wanted.contains(&target) {
            fuzz(target, seeds, seconds)?;
        }
    }
    Ok(())
}

fn fuzz(target: &str, seeds: &str, seconds: u64) -> Result<()> {
    let corpus = root().join("fuzz/corpus").join(target);
    std::fs::create_dir_all(&corpus)?;
    let time = format!("-max_total_time={seconds}");
    // rustup's cargo chooses the toolchain; the one that started this program is already chosen.
    let found = sh("rustup")
        .args(["run", "nightly", "cargo", "fuzz", "run", "--fuzz-dir", "fuzz", target])
        .arg(&corpus)
        .arg(root().join(seeds))
        .args(["--", &time, "-timeout=10", "-max_len=20000", "-print_final_stats=1"])
        .dir(root())
        .run();
    found.with_context(|| {
        format!("{target}: copy the input from fuzz/artifacts/{target} to fuzz/crashers/{target}, and mend the parser")
    })
}
