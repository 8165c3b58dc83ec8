//! What a person's folder holds for the clinic, in the order in which it is to be sent.

use baro_home::{Consent, PersonFolder, Purpose as Agreed};
use baro_record::{RecordError, Sending};
use baro_sync::{Content, Key};
use baro_wire::{ChunkId, Digest, PersonId, Post, PostBody, PostId, Purpose, RecordId, Text, sha256};
use std::path::{Path, PathBuf};

/// An item for the outbox.
pub type Item = (Key, Content);

/// What the words on a purpose mean to the server; `None`: they are none of its business.
const fn purpose(agreed: Agreed) -> Option<Purpose> {
    match agreed {
        Agreed::Clinic => Some(Purpose::Keep),
        Agreed::Therapist => Some(Purpose::Therapist),
        Agreed::TherapistMovements => Some(Purpose::Movements),
        Agreed::Class => Some(Purpose::Class),
        Agreed::Camera | Agreed::Diary | Agreed::Movements | Agreed::CrashReports => None,
    }
}

/// The person's words on what the clinic may do, oldest first; and is it agreed now that the clinic keeps anything?
pub fn consents(folder: &PersonFolder, about: PersonId) -> (Vec<Item>, bool) {
    let mut keep = false;
    let items = lines(&folder.consents()).filter_map(|(number, line)| {
        let consent: Consent = serde_json::from_str(&line).ok()?;
        let purpose = purpose(consent.purpose)?;
        if purpose == Purpose::Keep {
            keep = consent.given;
        }
        let body = PostBody::Consent { purpose, text_version: consent.text, given: consent.given };
        Some(post("consent", number, &line, about, consent.when.at.as_millisecond(), body))
    });
    (items.collect(), keep)
}

/// The diary, oldest line first. A line that is too long for the protocol stays here; none that this program writes is.
pub fn diary(folder: &PersonFolder, about: PersonId) -> Vec<Item> {
    let items = lines(&folder.diary()).filter_map(|(number, line)| {
        let entry: baro_home::Entry = serde_json::from_str(&line).ok()?;
        let body = PostBody::Diary { line: Text::new(line.as_str()).ok()? };
        Some(post("diary", number, &line, about, entry.when.at.as_millisecond(), body))
    });
    items.collect()
}

/// The records of the folder, oldest first.
pub fn records(folder: &PersonFolder) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.records()).into_iter().flatten().flatten();
    let mut paths: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|end| end == "baro"))
        .collect();
    paths.sort();
    paths
}

/// The signed chunks of a record, and its end where it has one.
///
/// # Errors
/// As [`Sending::of`].
pub fn record(path: &Path) -> Result<Vec<Item>, RecordError> {
    let sending = Sending::of(path)?;
    let id = RecordId(*sending.record.as_bytes());
    let started_ms = i64::try_from(sending.started_unix_ms).unwrap_or_default();
    let mut items: Vec<Item> = sending
        .chunks
        .iter()
        .map(|chunk| {
            let (digest, previous) = (Digest(chunk.digest().0), Digest(chunk.previous.0));
            (Key::Chunk(id, chunk.index), Content::Chunk { digest, previous, started_ms })
        })
        .collect();
    if let Some(last) = sending.chunks.last().filter(|chunk| chunk.last) {
        let (chunks, last) = (last.index + 1, Digest(last.digest().0));
        items.push((Key::Seal(id, chunks), Content::Seal { chunks, last, started_ms }));
    }
    Ok(items)
}

/// The bytes of a chunk, as they were signed.
pub fn bytes(sending: &Sending, chunk: &ChunkId) -> Option<Vec<u8>> {
    let found =
        sending.chunks.get(chunk.index as usize).filter(|found| found.digest().0 == chunk.digest.0)?;
    found.to_bytes().ok()
}

/// A line has the same id whenever it is looked at, so that it is sent once.
fn post(what: &str, number: usize, line: &str, about: PersonId, written_ms: i64, body: PostBody) -> Item {
    let name = format!("baro {what} 1\0{number}\0{line}");
    let digest = sha256(&[&about.0, name.as_bytes()]).0;
    let id = PostId(digest.first_chunk().copied().unwrap_or_default());
    (Key::Post(id), Content::Post(Box::new(Post { id, about, written_ms, body })))
}

/// The whole lines of a list, numbered.
fn lines(path: &Path) -> impl Iterator<Item = (usize, String)> + use<> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').unwrap_or_default();
    let lines: Vec<_> =
        bytes[..whole].split(|byte| *byte == b'\n').map(|line| String::from_utf8(line.into())).collect();
    lines.into_iter().enumerate().filter_map(|(number, line)| Some((number, line.ok()?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_home::Home;
    use baro_record::{Header, Keys, PersonKey, Recorder};
    use std::fs;

    const ME: PersonId = PersonId([7; 16]);

    /// A person's folder with these lists.
    fn folder(consents: &str, diary: &str) -> (tempfile::TempDir, PersonFolder) {
        let dir = tempfile::tempdir().unwrap();
        let home = Home::open(dir.path()).unwrap();
        let folder = home.folder_of(&"0123456789abcdef0123456789abcdef".parse().unwrap());
        fs::create_dir_all(folder.records()).unwrap();
        fs::write(folder.consents(), consents).unwrap();
        fs::write(folder.diary(), diary).unwrap();
        (dir, folder)
    }

    fn consent(purpose: &str, given: bool) -> String {
        let when = r#""at":"2026-11-22T01:00:00Z","day":"2026-11-22""#;
        format!("{{{when},\"purpose\":\"{purpose}\",\"text\":2,\"given\":{given}}}\n")
    }

    fn said(items: &[Item]) -> Vec<(Purpose, bool)> {
        let word = |(_, content): &Item| match content {
            Content::Post(post) => match post.body {
                PostBody::Consent { purpose, given, .. } => Some((purpose, given)),
                _ => None,
            },
            _ => None,
        };
        items.iter().filter_map(word).collect()
    }

    #[test]
    fn only_what_concerns_the_clinic_is_told_and_the_last_word_holds() {
        let words = [("camera", true), ("clinic", true), ("therapist", true), ("clinic", false)];
        let lines: String = words.map(|(purpose, given)| consent(purpose, given)).concat();
        let (_dir, there) = folder(&lines, "");
        let (items, agreed) = consents(&there, ME);
        assert_eq!(said(&items), [(Purpose::Keep, true), (Purpose::Therapist, true), (Purpose::Keep, false)]);
        assert!(!agreed);
        let (_dir, there) = folder(&(lines + &consent("clinic", true)), "");
        assert!(consents(&there, ME).1);
    }

    #[test]
    fn a_line_is_the_same_item_whenever_it_is_read_and_a_torn_one_is_none() {
        let line =
            r#"{"at":"2026-11-22T01:00:00Z","day":"2026-11-22","visit":1,"what":"ended","how":"finished"}"#;
        let (_dir, there) = folder("", &format!("{line}\nnonsense\n{line}\n{}", &line[..40]));
        let items = diary(&there, ME);
        assert_eq!(items.len(), 2, "two that are whole");
        assert_ne!(items[0].0, items[1].0, "the same words twice are two lines");
        assert_eq!(items, diary(&there, ME));
        assert_ne!(items[0].0, diary(&there, PersonId([8; 16]))[0].0);
    }

    #[test]
    fn a_record_is_its_chunks_and_its_end() {
        let (_dir, there) = folder("", "");
        let header: Header = serde_json::from_value(serde_json::json!({
            "program": "test", "started_unix_ms": 1_700_000_000_000_u64, "source": "demo",
            "exercise_toml": include_str!("../../assets/exercises/squat.toml"), "side": "left",
            "model": "full", "model_sha256": "0", "dose": { "hold_s": null, "minutes": null }, "sensor": "camera", "reference": null
        }))
        .unwrap();
        let path = there.records().join("a.baro");
        let report = header.coach().unwrap().finish().clone();
        let recorder = Recorder::create(&path, header, Keys::unsealed(PersonKey::from_seed(&[1; 32])));
        recorder.unwrap().finish(&report).unwrap();
        let (items, sending) = (record(&path).unwrap(), Sending::of(&path).unwrap());
        let id = RecordId(*sending.record.as_bytes());
        let count = u32::try_from(sending.chunks.len()).unwrap();
        let keys: Vec<Key> = items.iter().map(|(key, _)| *key).collect();
        let expected = (0..count).map(|index| Key::Chunk(id, index)).chain([Key::Seal(id, count)]);
        assert_eq!(keys, expected.collect::<Vec<_>>());
        let Content::Chunk { digest, .. } = items[0].1 else { panic!("the first is a chunk") };
        let chunk = ChunkId { record: id, index: 0, digest };
        assert_eq!(bytes(&sending, &chunk), sending.chunks[0].to_bytes().ok());
        assert_eq!(bytes(&sending, &ChunkId { digest: Digest([0; 32]), ..chunk }), None, "never other bytes");
    }
}
