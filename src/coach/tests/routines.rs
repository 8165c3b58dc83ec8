//! Every routine that is shipped fits its exercises.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{Exercise, Routine, lint_routines};
use std::path::Path;

/// Name and text of the files of a folder of the assets.
fn files(folder: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets").join(folder);
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| (path.to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn every_routine_fits_its_exercises() {
    let exercises: Vec<Exercise> =
        files("exercises").iter().map(|(_, text)| Exercise::from_toml(text).unwrap()).collect();
    let files = files("routines");
    let set: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let findings: Vec<String> = lint_routines(&set, &exercises)
        .iter()
        .map(|finding| format!("{}:{}: {}", finding.file, finding.line, finding.message))
        .collect();
    assert!(findings.is_empty(), "{} findings:\n{}\n", findings.len(), findings.join("\n"));
    for (name, text) in set {
        let routine = Routine::from_toml(text).unwrap();
        let minutes = routine.minutes();
        assert!((2..=35).contains(&minutes), "{name} takes {minutes} minutes");
        // People get out their chair first, and are asked about every condition once.
        let asked = routine.avoid_all(&exercises);
        let of = |id: &str| exercises.iter().find(|exercise| exercise.id == id).unwrap();
        for item in &routine.items {
            let about = &of(&item.dose.exercise).about;
            assert!(about.avoid.iter().all(|avoid| asked.contains(avoid)), "{name}");
            assert!(about.equipment.iter().all(|it| routine.equipment(&exercises).contains(it)), "{name}");
        }
    }
}
