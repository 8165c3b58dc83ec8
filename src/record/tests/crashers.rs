//! Inputs that once broke a parser, and the files that fuzzing starts from, through the functions of the fuzz targets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

#[path = "../../../fuzz/inputs.rs"]
mod inputs;

use std::path::Path;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 7] = [
    ("exercise", inputs::exercise),
    ("routine", inputs::routine),
    ("reference", inputs::reference),
    ("trc", inputs::trc),
    ("mot", inputs::mot),
    ("jsonl", inputs::jsonl),
    ("record", inputs::record),
];

/// Runs a target on all files of a folder (path from the project's root); how many there are.
fn run_folder(run: Target, folder: &Path) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let Ok(files) = std::fs::read_dir(&folder) else { return 0 };
    files.map(|file| run(&std::fs::read(file.unwrap().path()).unwrap())).count()
}

#[test]
fn crashers_stay_mended() {
    for (target, run) in TARGETS {
        run_folder(run, &Path::new("fuzz/crashers").join(target));
    }
}

#[test]
fn seeds_are_used() {
    for (target, run) in TARGETS {
        let folder = match target {
            "exercise" => "assets/exercises".into(),
            "routine" => "assets/routines".into(),
            other => Path::new("fuzz/seeds").join(other),
        };
        assert!(run_folder(run, &folder) > 0, "{} is empty", folder.display());
    }
}

/// A little fuzzing in each test run: bytes of the newest format's seeds changed, inserted and cut, a few at a time.
#[test]
fn changed_records_are_read_or_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/record");
    for name in ["bodies3", "set3.baro"] {
        let seed = std::fs::read(folder.join(name)).unwrap();
        proptest::proptest!(|(
            changes in proptest::collection::vec((proptest::prelude::any::<proptest::sample::Index>(), proptest::prelude::any::<u8>(), 0..3_u8), 1..6)
        )| {
            let mut bytes = seed.clone();
            for (at, byte, how) in changes {
                let at = at.index(bytes.len());
                match how {
                    0 => bytes[at] = byte,
                    1 => bytes.insert(at, byte),
                    _ => bytes.truncate(at.max(1)),
                }
            }
            inputs::record(&bytes);
        });
    }
}

/// The seed really is what the target is about, not something that it refuses.
#[test]
fn seeds_are_no_garbage() {
    let seed = |path: &str| {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(path)).unwrap()
    };
    let text = |path: &str| String::from_utf8(seed(path)).unwrap();
    let record = baro_record::Recording::from_bytes(&seed("record/set3.baro")).unwrap();
    assert_eq!((record.frames().count(), record.torn_bytes), (160, 0));
    assert_eq!(baro_record::parse_trc(&text("trc/hips.trc")).unwrap().len(), 3);
    assert_eq!(baro_record::parse_mot(&text("mot/squat.mot")).unwrap().len(), 3);
    assert_eq!(baro_record::parse_jsonl(&text("jsonl/two.jsonl")).unwrap().len(), 2);
    let record = baro_record::Recording::from_bytes(&seed("record/set.baro")).unwrap();
    assert_eq!((record.frames().count(), record.torn_bytes), (4, 0));
}
