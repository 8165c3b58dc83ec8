//! Every exercise file keeps what it promises: its trainer, seen through a mannequin, is counted and scores above 85; each fault
//! that a rule shows is found and costs what the rule says; too short, too fast, not finished, not held cost what their rules say.
//!
//! To check one file while writing it: `EXERCISE=squat cargo nextest run -p baro-coach every_exercise` (an id, or the beginning
//! of one). The messages name the line and what to change; `baro lint-exercises` says the same.

#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_coach::{Exercise, Finding, lint, lint_rehearsal, lint_texts, reference::Reference};
use std::path::Path;

/// Name and text of every exercise file, or of those that `EXERCISE` names.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/exercises");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn every_exercise_keeps_what_it_promises() {
    let wanted = std::env::var("EXERCISE").unwrap_or_default().replace('-', "_");
    let files = files();
    let set: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let chosen: Vec<&(&str, &str)> = set.iter().filter(|(name, _)| name.starts_with(&wanted)).collect();
    let findings: Vec<String> = lint_texts(&set, &[])
        .into_iter()
        .chain(rehearsed(&chosen))
        .filter(|finding| finding.file.starts_with(&wanted))
        .map(|finding| format!("assets/exercises/{}:{}: {}", finding.file, finding.line, finding.message))
        .collect();
    assert!(findings.is_empty(), "{} findings:\n{}\n", findings.len(), findings.join("\n"));
    assert!(set.iter().any(|(name, _)| name.starts_with(&wanted)), "there is no exercise file {wanted}");
}

/// The findings of all rehearsals, on every core.
#[expect(clippy::disallowed_methods, reason = "a test's threads, joined at once: no trace shows them")]
fn rehearsed(files: &[&(&str, &str)]) -> Vec<Finding> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        // The files that take longest are neighbours by name: dealt out, not cut.
        let part = |first: usize| {
            let mine: Vec<_> = files.iter().skip(first).step_by(cores).copied().collect();
            scope.spawn(move || {
                mine.iter().flat_map(|(name, text)| lint_rehearsal(name, text)).collect::<Vec<_>>()
            })
        };
        let all: Vec<_> = (0..cores).map(part).collect();
        all.into_iter().flat_map(|part| part.join().unwrap()).collect()
    })
}

/// What ships in assets/references can be read, and each is used by the exercise that it is about.
#[test]
fn every_reference_is_used() {
    let used: Vec<(String, String)> = files()
        .iter()
        .filter_map(|(_, text)| Exercise::from_toml(text).ok())
        .filter_map(|exercise| Some((exercise.reference?, exercise.id)))
        .collect();
    for name in Reference::shipped_names() {
        let reference = Reference::read_shipped(name).unwrap().unwrap();
        assert!(!reference.terms.is_empty(), "{name}");
        assert!(used.contains(&(name.to_owned(), reference.exercise.clone())), "{name}: {used:?}");
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/references");
    let all = std::fs::read_dir(folder).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "ref")
    });
    assert_eq!(all.count(), Reference::shipped_names().count(), "a file that is not compiled in");
    let (_, squat) = files().into_iter().find(|(name, _)| name == "deep_squat.toml").unwrap();
    for (file, says) in
        [("none.ref", "there is no reference"), ("hurdle-step.ref", "the reference of `hurdle-step`")]
    {
        let text = squat.replace("deep-squat.ref", file);
        let found = lint_texts(&[("deep_squat.toml", &text)], &[]);
        assert!(found.iter().any(|finding| finding.message.contains(says) && finding.line > 1), "{found:?}");
    }
}

/// The check itself finds what it should.
#[test]
fn a_file_that_breaks_its_promise_is_found() {
    let (_, squat) = files().into_iter().find(|(name, _)| name == "squat.toml").unwrap();
    let says = |from: &str, to: &str| {
        assert!(squat.contains(from), "{from}");
        let text = squat.replacen(from, to, 1);
        Exercise::from_toml(&text).unwrap();
        let all = lint(&[("squat.toml", &text)]);
        all.iter().map(|f| format!("{}: {}\n", f.line, f.message)).collect::<String>()
    };
    assert_eq!(says("format = 1", "format = 1"), "");
    // Rules on the whole repetition are played too; a limit that nobody passes is found.
    for (quantity, limit, expected) in [
        ("sway", "max = 0.05", ""),
        ("symmetry", "max = 10", ""),
        ("smoothness", "min = -20", "can't be broken"),
    ] {
        let rule = format!(
            "id = \"whole\"\nquantity = \"{quantity}\"\n{limit}\npoints_per_unit = 9\nmax_points = 9"
        );
        let said = says("[trainer]\n", &format!("[[quality]]\n{rule}\n\n[trainer]\n"));
        assert!(said.contains(expected) && said.is_empty() == expected.is_empty(), "{quantity}: {said}");
    }
    for (from, to, expected) in [
        ("reach = 70\ntarget = 90", "reach = 110\ntarget = 130", "[[trainer.keys]] or [signal]"),
        ("max = 50", "max = 10", "the trainer scores"),
        ("shown = { trunk_flexion = 26", "shown = { trunk_flexion = 3", "`shown` does not break the rule"),
        ("shown = { trunk_flexion = 26", "shown = { trunk_flexion = 15", "show it more clearly"),
        ("min_s = 0.7\nmax_s = 20", "min_s = 3.4\nmax_s = 20", "can't be broken"),
    ] {
        let said = says(from, to);
        assert!(said.contains(expected), "{to}: {said}");
    }
}
