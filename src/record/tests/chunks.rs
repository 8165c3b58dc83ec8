//! Killed, cut, altered, sealed: what a record must stand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_coach::Coach;
use baro_motion::PoseFrame;
use baro_record::{
    Author, Chunk, Entry, Event, Flaw, Integrity, KEY_FILE, KeyError, Keys, Link, MAX_CHUNK, PersonKey,
    RecordError, Recorder, Recording, Sending, Verdict, append, copy_unsealed, replay, verify,
};
use std::{
    fs,
    path::{Path, PathBuf},
};
use support::{header, in_a_file, keys, person, record, record_with, session};

/// A folder with keys of its own, and a record in it.
fn sealed(finish: bool) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    record_with(Keys::of_folder(dir.path(), &in_a_file()).unwrap(), &path, finish);
    (dir, path)
}

fn journals(path: &Path) -> [PathBuf; 2] {
    ["open0", "open1"].map(|end| path.with_extension(format!("baro.{end}")))
}

/// The blocks of a file, each with its length and checksum, behind the magic; and where each begins.
fn blocks(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let (mut at, mut all) = (8, Vec::new());
    while at < bytes.len() {
        let length = u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
        all.push((at, bytes[at..at + 8 + length].to_vec()));
        at += 8 + length;
    }
    all
}

/// An unsealed record's chunks.
fn chunks(path: &Path) -> Vec<Chunk> {
    let bytes = fs::read(path).unwrap();
    blocks(&bytes)[1..].iter().map(|(_, block)| Chunk::from_bytes(&block[8..]).unwrap()).collect()
}

/// Writes an unsealed record of these chunks, with good checksums.
fn write_chunks(path: &Path, like: &Path, chunks: &[Chunk]) {
    let bytes = fs::read(like).unwrap();
    let mut file = bytes[..blocks(&bytes)[1].0].to_vec();
    for chunk in chunks {
        let payload = chunk.to_bytes().unwrap();
        file.extend((payload.len() as u32).to_le_bytes());
        file.extend(crc32fast::hash(&payload).to_le_bytes());
        file.extend(payload);
    }
    fs::write(path, file).unwrap();
}

#[test]
fn chunks_that_were_stored_elsewhere_are_the_record() {
    let (_dir, path) = sealed(true);
    let copy = path.with_extension("copy");
    copy_unsealed(&path, &copy).unwrap();
    let mut stored = chunks(&copy);
    let again = path.with_extension("again");
    baro_record::write_chunks(&again, &stored).unwrap();
    assert_eq!(fs::read(&again).unwrap(), baro_record::chunks_to_bytes(&stored).unwrap());
    assert_eq!(fs::read(&again).unwrap(), fs::read(&copy).unwrap());
    assert_eq!(Recording::from_chunks(stored.clone()).unwrap(), Recording::read(&copy).unwrap());
    stored.remove(1);
    let cut = Recording::from_chunks(stored).unwrap();
    assert!(cut.frames().count() < 1, "up to where one is missing: the first holds the header");
    assert!(Recording::from_chunks(vec![]).is_err());
    assert!(baro_record::write_chunks(&path.with_extension("none"), &[]).is_err());
}

#[test]
fn a_sealed_record_is_opened_by_its_folder_alone() {
    let (dir, path) = sealed(true);
    let bytes = fs::read(&path).unwrap();
    assert!(!bytes.windows(6).any(|w| w == b"BAROR\n" && w != &bytes[..6]));
    let readable = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    assert!(!readable(b"squat") && !readable(b"video"));

    let recording = Recording::read(&path).unwrap();
    assert!(recording.frames().eq(&session()));
    assert_eq!(replay(&recording).unwrap().verdict, Verdict::Match);
    let signed = recording.signed.unwrap();
    let verified = verify(&path).unwrap();
    assert_eq!(
        (verified.verdict, verified.sealed, verified.author),
        (Integrity::Whole, true, Some(signed.author))
    );
    assert_eq!(verified.id, signed.id);
    assert!(Recording::from_bytes(&bytes).is_err());

    let elsewhere = tempfile::tempdir().unwrap();
    let copy = elsewhere.path().join("a.baro");
    fs::copy(&path, &copy).unwrap();
    assert!(matches!(Recording::read(&copy), Err(RecordError::Keys(KeyError::None { .. }))));
    Keys::of_folder(elsewhere.path(), &in_a_file()).unwrap();
    assert!(matches!(Recording::read(&copy), Err(RecordError::OtherKeys { .. })));
    assert!(matches!(append(&copy, []), Err(RecordError::OtherKeys { .. })));

    let copy = elsewhere.path().join("for-the-clinic.baro");
    copy_unsealed(&path, &copy).unwrap();
    assert_eq!(Recording::read(&copy).unwrap(), recording);
    let verified = verify(&copy).unwrap();
    assert_eq!(
        (verified.verdict, verified.sealed, verified.author),
        (Integrity::Whole, false, Some(signed.author))
    );
    let refused = append(&copy, [Event::Paused { time_s: 1.0 }]);
    assert!(matches!(refused, Err(RecordError::OtherKeys { .. })), "nobody adds to somebody else's record");

    baro_record::forget_keys(dir.path(), &in_a_file()).unwrap();
    assert!(!dir.path().join(KEY_FILE).exists() && Recording::read(&path).is_err());
}

/// Kills the program after every frame of a set: every frame that was appended is there.
#[test]
fn what_is_sent_is_what_was_signed() {
    let (dir, path) = sealed(true);
    let is_closed = |sending: &Sending| sending.chunks.last().unwrap().last;
    let sending = Sending::of(&path).unwrap();
    let copy = dir.path().join("copy.baro");
    copy_unsealed(&path, &copy).unwrap();
    assert_eq!(sending.chunks, chunks(&copy));
    assert!(is_closed(&sending) && sending.started_unix_ms == header().started_unix_ms);
    let first = sending.chunks.len();
    append(&path, [Event::Paused { time_s: 1.0 }]).unwrap();
    let grown = Sending::of(&path).unwrap();
    assert!(grown.chunks.len() > first && grown.chunks[..first] == sending.chunks && is_closed(&grown));
    let (_dir, killed) = sealed(false);
    assert!(Sending::of(&killed).is_ok_and(|sending| !is_closed(&sending)));
}

#[test]
fn killed_at_any_frame_nothing_is_lost() {
    let (dir, frames) = (tempfile::tempdir().unwrap(), session());
    let (path, killed) = (dir.path().join("a.baro"), tempfile::tempdir().unwrap());
    let mut recorder =
        Recorder::create(&path, header(), Keys::of_folder(dir.path(), &in_a_file()).unwrap()).unwrap();
    let copy = killed.path().join("a.baro");
    fs::copy(dir.path().join(KEY_FILE), killed.path().join(KEY_FILE)).unwrap();
    for n in 0..frames.len() {
        recorder.frame(&frames[n]).unwrap();
        if n % 7 == 0 || (295..305).contains(&n) {
            for (from, to) in [(&path, &copy)].into_iter().chain(journals(&path).iter().zip(&journals(&copy)))
            {
                let _ = fs::remove_file(to);
                let _ = fs::copy(from, to);
            }
            let recording = Recording::read(&copy).unwrap();
            assert!(recording.frames().eq(&frames[..=n]), "{n}");
            assert_eq!(recording.torn_bytes, 0);
        }
    }
    // What was killed is closed when something is said about it, and whole from then on.
    assert!(matches!(verify(&copy).unwrap().verdict, Integrity::BrokenOff { half_a_chunk: false }));
    let there = Recording::read(&copy).unwrap().entries.len();
    append(&copy, [Event::Paused { time_s: 1.0 }]).unwrap();
    let recording = Recording::read(&copy).unwrap();
    assert_eq!(recording.entries.len(), there + 1);
    assert_eq!(recording.entries.last(), Some(&Entry::Event(Event::Paused { time_s: 1.0 })));
    let verified = verify(&copy).unwrap();
    assert_eq!((verified.verdict, verified.open_entries), (Integrity::Whole, 0));
    assert!(journals(&copy).iter().all(|journal| !journal.exists()));
}

/// Cuts both files at every byte: what is whole before the cut is read, the rest is counted, and never a panic.
#[test]
fn cut_at_any_byte_the_whole_entries_stay() {
    let (dir, path) = sealed(false);
    let frames = session();
    let [open0, open1] = journals(&path);
    let (record, journal) = (fs::read(&path).unwrap(), [&open0, &open1].map(|path| fs::read(path).unwrap()));
    let bounds = blocks(&record);
    assert_eq!(bounds.len(), 3, "the head, the header and 10 s");

    // The journal of the open chunk; the other one holds what is in the chunk already.
    let step = if cfg!(debug_assertions) { 61 } else { 1 };
    let mut most = 0;
    for len in (0..journal[0].len()).step_by(step) {
        fs::write(&open0, &journal[0][..len]).unwrap();
        let recording = Recording::read(&path).unwrap();
        let n = recording.frames().count();
        assert!(n >= most.max(297) && recording.frames().eq(&frames[..n]), "{len}: {n}");
        most = n;
    }
    assert!(most >= frames.len() - 1);

    // The record itself: half a chunk is made up for by the journal that it came from.
    for len in (0..record.len()).step_by(step) {
        fs::write(&path, &record[..len]).unwrap();
        match Recording::read(&path) {
            Ok(recording) => {
                assert!(len >= bounds[2].0);
                let n = recording.frames().count();
                assert!(n >= 297 && recording.frames().eq(&frames[..n]), "{len}: {n}");
                let half_a_chunk = len > bounds[2].0;
                assert_eq!(verify(&path).unwrap().verdict, Integrity::BrokenOff { half_a_chunk });
            }
            Err(RecordError::NotARecord { .. }) => assert!(len < 8),
            Err(error) => assert!(matches!(error, RecordError::NoHeader { .. }), "{error}"),
        }
    }
    drop(dir);
}

/// Changes every byte of a record, one at a time: what stands before is read, and the change is found and named.
#[test]
fn a_change_of_any_byte_is_found() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    record(&path, &session(), true);
    let (bytes, frames) = (fs::read(&path).unwrap(), session());
    let bounds = blocks(&bytes);
    let step = if cfg!(debug_assertions) { 97 } else { 3 };
    for at in (bounds[1].0..bytes.len()).step_by(step) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, &bytes).unwrap();
        let chunk = bounds.iter().rposition(|(begin, _)| *begin <= at).unwrap() as u32 - 1;
        match verify(&path).unwrap().verdict {
            Integrity::Altered { chunk: found, .. } => assert_eq!(found, chunk, "{at}"),
            Integrity::BrokenOff { half_a_chunk } => {
                assert!(half_a_chunk && at - bounds[chunk as usize + 1].0 < 4, "{at}")
            }
            Integrity::Whole => panic!("{at}"),
        }
        if let Ok(recording) = Recording::read(&path) {
            let n = recording.frames().count();
            assert!(n < frames.len() && recording.frames().eq(&frames[..n]) && recording.torn_bytes > 0);
        }
    }
}

/// Somebody who can make good checksums, and even has a key of their own.
#[test]
fn forged_chains_are_told_from_whole_ones() {
    let dir = tempfile::tempdir().unwrap();
    let (path, forged) = (dir.path().join("a.baro"), dir.path().join("b.baro"));
    record(&path, &session(), true);
    let all = chunks(&path);
    assert_eq!(all.len(), 3);
    let other = dir.path().join("c.baro");
    record(&other, &session(), true);
    let others = chunks(&other);
    let verdict = |chunks: &[Chunk]| {
        write_chunks(&forged, &path, chunks);
        verify(&forged).unwrap().verdict
    };
    let altered = |chunk, flaw| Integrity::Altered { chunk, flaw };
    let changed = |i: usize, change: &dyn Fn(&mut Chunk)| {
        let mut all = all.clone();
        change(&mut all[i]);
        all
    };
    assert_eq!(verdict(&all), Integrity::Whole);
    assert_eq!(verdict(&all[..2]), Integrity::BrokenOff { half_a_chunk: false });
    assert_eq!(verdict(&[all[0].clone(), all[2].clone()]), altered(1, Flaw::Index));
    assert_eq!(verdict(&[all[0].clone(), others[1].clone()]), altered(1, Flaw::Record));
    assert_eq!(verdict(&changed(1, &|chunk| chunk.last = true)), altered(1, Flaw::Signature));
    assert_eq!(verdict(&changed(1, &|chunk| chunk.body[40] ^= 1)), altered(1, Flaw::Signature));
    assert_eq!(verdict(&changed(2, &|chunk| chunk.previous.0[0] ^= 1)), altered(2, Flaw::Previous));
    assert_eq!(verdict(&changed(2, &|chunk| chunk.author = Author([9; 32]))), altered(2, Flaw::Author));
    let forger = PersonKey::from_seed(&[8; 32]);
    let resigned = changed(2, &|chunk| {
        chunk.author = forger.author();
        chunk.signature = forger.sign(&chunk.digest());
    });
    assert_eq!(verdict(&resigned), altered(2, Flaw::Author));
    // The whole of it signed anew is a good record, of another author: it is the name that tells.
    let mut link = Link::first(all[0].record);
    let mut resigned = all.clone();
    for chunk in &mut resigned {
        (chunk.author, chunk.previous) = (forger.author(), link.previous);
        chunk.signature = forger.sign(&chunk.digest());
        link.follow(chunk, None).unwrap();
    }
    assert_eq!(verdict(&resigned), Integrity::Whole);
    assert_eq!(verify(&forged).unwrap().author, Some(forger.author()));
    // Signed by the author, and no content.
    let nonsense = changed(2, &|chunk| {
        chunk.body.truncate(30);
        chunk.signature = person().sign(&chunk.digest());
    });
    assert_eq!(verdict(&nonsense), altered(2, Flaw::Content));
    assert!(Recording::read(&forged).unwrap().torn_bytes > 0);
}

#[test]
fn long_sets_are_cut_into_chunks_that_can_be_sent() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a.baro");
    let mut recorder = Recorder::create(&path, header(), keys()).unwrap();
    let frames: Vec<PoseFrame> = (0..4)
        .flat_map(|round| {
            session().into_iter().map(move |f| PoseFrame { time_s: f.time_s + f64::from(round) * 16.0, ..f })
        })
        .collect();
    frames.iter().for_each(|frame| recorder.frame(frame).unwrap());
    recorder.finish(Coach::finish(&mut header().coach().unwrap())).unwrap();
    let recording = Recording::read(&path).unwrap();
    assert!(recording.frames().eq(&frames));
    let sizes: Vec<usize> = chunks(&path).iter().map(|chunk| chunk.to_bytes().unwrap().len()).collect();
    assert!(sizes.len() >= 6 && sizes.iter().all(|size| *size < MAX_CHUNK / 4), "{sizes:?}");
    assert!(journals(&path).iter().all(|journal| !journal.exists()), "a finished record is one file");
}
