//! Inputs that once broke a decoder, and the files that fuzzing starts from, through the functions of the fuzz targets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

#[path = "../../../fuzz/pose_inputs.rs"]
mod pose_inputs;
#[path = "../../../fuzz/wire_inputs.rs"]
mod wire_inputs;

use std::path::Path;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 3] =
    [("wire", wire_inputs::wire), ("token", wire_inputs::token), ("pose", pose_inputs::pose)];

fn run_folder(run: Target, folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder);
    let Ok(files) = std::fs::read_dir(&folder) else { return 0 };
    files.map(|file| run(&std::fs::read(file.unwrap().path()).unwrap())).count()
}

#[test]
fn crashers_stay_mended_and_seeds_are_used() {
    for (target, run) in TARGETS {
        run_folder(run, &format!("crashers/{target}"));
        assert!(run_folder(run, &format!("seeds/{target}")) > 0);
    }
}
