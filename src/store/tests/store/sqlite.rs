//! The embedded store: the suite, and what can happen to a file.

use crate::people::*;
use crate::suite;
use baro_store::{Options, Sqlite, Store, StoreError, backup, restore};
use baro_sync::Written;
use baro_wire::*;
use std::{fs, path::Path, path::PathBuf, thread};
use tempfile::TempDir;

const RECORD: RecordId = RecordId([60; 16]);

pub fn place() -> (TempDir, PathBuf) {
    // No power is cut here: a disk in memory says the same, and does not wait for the platter.
    let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
    let path = folder.path().join("baro.db");
    (folder, path)
}

fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, Options::default()).unwrap()
}

pub fn wal(path: &Path) -> PathBuf {
    path.with_extension("db-wal")
}

#[test]
fn it_keeps_every_promise() {
    for (name, test) in suite::all::<Sqlite>() {
        println!("{name}");
        let (_folder, path) = place();
        let mut store = open(&path);
        test(&mut store);
        store.check().unwrap();
    }
}

/// The chunks that are there, which must be the first ones: what was written later is never there without what came before.
fn chunks(store: &mut Sqlite) -> u32 {
    let (have, more) = match store.write(Some(&actor(A)), &offer(RECORD)).unwrap() {
        Written::Record { have, more, .. } => (have, more),
        other => panic!("{other:?}"),
    };
    assert!(!more && have.iter().enumerate().all(|(at, chunk)| chunk.index as usize == at));
    have.len() as u32
}

#[test]
fn what_is_acknowledged_outlives_a_kill_and_a_torn_write() {
    let (folder, path) = place();
    let mut store = open(&path);
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    let copy = folder.path().join("copy.db");
    let reopened = |log: &[u8]| {
        fs::copy(&path, &copy).unwrap();
        fs::write(wal(&copy), log).unwrap();
        let mut store = open(&copy);
        store.check().unwrap();
        let (chunks, lines) = (chunks(&mut store), store.audit(0, 99).unwrap().len() as u32);
        drop(store);
        for file in fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()) {
            if file.file_name().unwrap().to_string_lossy().starts_with("copy") {
                fs::remove_file(file).unwrap();
            }
        }
        (chunks, lines)
    };
    for step in 0..12 {
        let before = fs::read(wal(&path)).unwrap_or_default();
        store.log(&[draft(A, Ask::PutChunk, A)]).unwrap();
        let logged = fs::read(wal(&path)).unwrap();
        store.write(Some(&actor(A)), &chunk(RECORD, step, &vec![step as u8; 9_000])).unwrap();
        let after = fs::read(wal(&path)).unwrap();
        assert_eq!(reopened(&logged), (step, step + 1));
        assert_eq!(reopened(&after), (step + 1, step + 1), "acknowledged");
        // The power fails inside the last write: its end is missing, or is noise.
        let mut rng = fastrand::Rng::with_seed(u64::from(step));
        for _ in 0..6 {
            let cut = rng.usize(logged.len()..after.len());
            assert_eq!(reopened(&after[..cut]), (step, step + 1), "cut at {cut}");
            let mut noise = after.clone();
            noise[cut..].fill_with(|| rng.u8(..));
            assert_eq!(reopened(&noise), (step, step + 1), "noise from {cut}");
        }
        assert!(before.len() <= logged.len(), "the log is not carried into the file within this test");
    }
}

#[test]
fn old_databases_are_brought_on_and_newer_ones_refused() {
    let (_folder, path) = place();
    fs::write(&path, include_bytes!("../fixtures/version-1.db")).unwrap();
    let mut store = open(&path);
    store.check().unwrap();
    let old = baro_sync::Actor { organisation: OrganisationId([0; 16]), ..actor(A) };
    let offered = store.write(Some(&old), &offer(RECORD)).unwrap();
    assert!(matches!(offered, Written::Record { outcome: Outcome::Created, .. }), "the person of version 1");
    drop(store);
    for (at, version) in [(60, 99_u32), (68, 1)] {
        let mut bytes = fs::read(&path).unwrap();
        bytes[at..at + 4].copy_from_slice(&version.to_be_bytes());
        let other = path.with_file_name(format!("{at}.db"));
        fs::write(&other, &bytes).unwrap();
        let error = Sqlite::open(&other, Options::default()).unwrap_err();
        match at {
            60 => assert!(matches!(error, StoreError::TooNew { is: 99, .. }), "{error}"),
            _ => assert!(matches!(error, StoreError::Foreign(_)), "{error}"),
        }
        assert_eq!(fs::read(&other).unwrap(), bytes, "untouched");
    }
    fs::write(&path, b"a letter, and no database at all, but long enough to be looked at as one. ".repeat(9))
        .unwrap();
    assert!(matches!(Sqlite::open(&path, Options::default()), Err(StoreError::Damaged(_))));
}

#[test]
fn a_backup_beside_a_writer_is_one_moment_and_comes_back() {
    let (folder, path) = place();
    let mut store = open(&path);
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    let (copy, back) = (folder.path().join("copy.db"), folder.path().join("back.db"));
    let (from, to) = (path.clone(), copy.clone());
    let backing = thread::Builder::new().spawn(move || backup(&from, &to)).unwrap();
    let mut written = 0;
    while !backing.is_finished() || written < 20 {
        store.write(Some(&actor(A)), &chunk(RECORD, written, &[1; 5_000])).unwrap();
        written += 1;
    }
    backing.join().unwrap().unwrap();
    assert!(matches!(backup(&path, &copy), Err(StoreError::Exists(_))));
    restore(&copy, &back).unwrap();
    assert!(matches!(restore(&copy, &back), Err(StoreError::Exists(_))));
    let mut back = open(&back);
    back.check().unwrap();
    assert!(chunks(&mut back) <= written);
    assert_eq!(back.find(actor(A).device).unwrap(), store.find(actor(A).device).unwrap());
    // Devices may know places that were given away after the backup: none of those comes again.
    for number in 0..3 {
        store.write(Some(&actor(A)), &stored(message(number, A, "lost with the disk"))).unwrap();
    }
    back.write(Some(&actor(A)), &stored(message(9, A, "written after"))).unwrap();
    let place = |store: &mut Sqlite, number| store.news(message(number, A, "").id).unwrap()[0].1;
    assert!(place(&mut back, 9) > place(&mut store, 2));
    // A damaged one is refused before anything is written.
    let mut bytes = fs::read(&copy).unwrap();
    let middle = 4096 * 3;
    bytes[middle..middle + 4096].fill(0xAA);
    fs::write(&copy, bytes).unwrap();
    let to = folder.path().join("never.db");
    assert!(matches!(restore(&copy, &to), Err(StoreError::Damaged(_))));
    assert!(!to.exists());
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let (_folder, path) = place();
    let mut store = Sqlite::open(&path, Options { most_pages: Some(200) }).unwrap();
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    let put = |store: &mut Sqlite, index| {
        store.write(Some(&actor(A)), &chunk(RECORD, index, &[7; 20_000])).unwrap()
    };
    let kept = (0..).find(|index| put(&mut store, *index) == Written::Full).unwrap();
    assert!(kept > 5);
    assert_eq!(chunks(&mut store), kept, "what was acknowledged, and nothing else");
    drop(store);
    let mut store = open(&path);
    assert_eq!(put(&mut store, kept), Written::Done(Outcome::Created), "there is room again");
    store.check().unwrap();
}

#[test]
fn after_an_erasure_no_byte_of_it_is_left_in_the_files() {
    let (_folder, path) = place();
    let mut store = open(&path);
    fill(&mut store);
    let secret = "knee hurts since the fall";
    for (person, first) in [(A, 0), (B, 1_000)] {
        let record = RecordId([person.0[0]; 16]);
        store.write(Some(&actor(person)), &offer(record)).unwrap();
        for n in 0..120 {
            let long = format!("{secret} of {} {}", person.0[0], "x".repeat((n as usize * 37) % 1_500));
            store.write(Some(&actor(person)), &stored(message(first + n, person, &long))).unwrap();
            store.write(Some(&actor(person)), &chunk(record, n as u32, long.repeat(9).as_bytes())).unwrap();
        }
    }
    let times = |text: &str| -> usize {
        let files = [path.clone(), wal(&path)].map(|file| fs::read(file).unwrap_or_default());
        files.iter().map(|file| file.windows(text.len()).filter(|at| *at == text.as_bytes()).count()).sum()
    };
    let (of_a, of_b) = (format!("{secret} of 1"), format!("{secret} of 2"));
    assert!(times(&of_a) > 1_000 && times(&of_b) > 1_000, "else this test could not fail");
    assert!(times("Anneliese Musterfrau") > 0);
    store.log(&[draft(A, Ask::Erase, A)]).unwrap();
    let erased = store.write(Some(&actor(A)), &stored(post(9_000, A, PostBody::Erase))).unwrap();
    assert!(matches!(erased, Written::Erased { .. }));
    assert_eq!(times(&of_a), 0);
    assert!(times(&of_b) > 1_000, "the others' is there");
    store.check().unwrap();
}

#[test]
fn an_audit_log_that_was_changed_is_found() {
    let (_folder, path) = place();
    let mut store = open(&path);
    fill(&mut store);
    store.log(&[draft(A, Ask::Feed, A), draft(THERAPIST, Ask::ReadChunk, A)]).unwrap();
    drop(store);
    let mut bytes = fs::read(&path).unwrap();
    let mark = [THERAPIST.0.as_slice(), &actor(THERAPIST).device.0].concat();
    let at = bytes.windows(mark.len()).position(|found| found == mark).unwrap();
    // The therapist was not it: the line is as valid to SQLite as before.
    bytes[at..at + 16].copy_from_slice(&B.0);
    fs::write(&path, bytes).unwrap();
    assert!(matches!(open(&path).check(), Err(StoreError::Damaged(_))));
}
