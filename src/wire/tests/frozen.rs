//! The bytes of every message and the text of every schema are kept in `frozen/`. A version that was given out never changes.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_wire::{
    Hello, Message, Push, Reply, Request, RoomAsk, RoomTold, Version, Welcome, decode, encode, schema::Lines,
};
use std::path::{Path, PathBuf};
use support::{frozen, hex};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen").join(name)
}

fn kept(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap_or_default()
}

/// With `BARO_FREEZE=1` the files are written; only for a version that nobody has yet.
fn hold(name: &str, now: &str) {
    if std::env::var_os("BARO_FREEZE").is_some() {
        std::fs::write(file(name), now).unwrap();
    }
    assert_eq!(kept(name), now, "{name}: a version that was given out never changes; add a new one");
}

#[test]
fn bytes_are_frozen() {
    for version in Version::SERVED {
        hold(&format!("v{}.txt", version.number()), &frozen(*version));
    }
}

#[test]
fn schemas_are_frozen() {
    for version in Version::SERVED {
        hold(&format!("schema-v{}.txt", version.number()), &version.schema());
    }
}

/// Frozen bytes are read by the present code, and written again as they were.
#[test]
fn frozen_bytes_are_read() {
    fn again<M: Message>(frame: &[u8], version: Version) -> String {
        let message: M = decode(&frame[4..], version).unwrap();
        hex(&encode(&message, version).unwrap())
    }
    for &version in Version::SERVED {
        let mut read = 0;
        for line in kept(&format!("v{}.txt", version.number())).lines() {
            let [kind, .., bytes] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let frame = unhex(bytes);
            let written = match kind {
                "Hello" => again::<Hello>(&frame, version),
                "Welcome" => again::<Welcome>(&frame, version),
                "Request" => again::<Request>(&frame, version),
                "Reply" => again::<Reply>(&frame, version),
                "Push" => again::<Push>(&frame, version),
                "RoomAsk" => again::<RoomAsk>(&frame, version),
                "RoomTold" => again::<RoomTold>(&frame, version),
                "Token" | "Up" | "Down" | "Said" | "Heard" => continue,
                other => panic!("{other}"),
            };
            assert_eq!(written, bytes, "{line}");
            read += 1;
        }
        assert!(read > 50, "{read}");
    }
}

/// What a version has, the next one has too, word for word.
#[test]
fn versions_only_add() {
    let (old, new) = (Version::V2.schema(), Version::V3.schema());
    let lost: Vec<&str> = old.lines().filter(|line| !new.lines().any(|other| other == *line)).collect();
    assert!(lost.is_empty(), "{lost:?}");
    assert!(new.lines().count() > old.lines().count() && !old.contains("Room"));
    // So are the bytes: every frame of the old version is one of the new.
    let new = kept("v3.txt");
    assert!(kept("v2.txt").lines().all(|line| new.contains(line)));
}

/// Every kind of message, body and refusal of the schema stands in the frozen bytes.
#[test]
fn every_variant_has_a_sample() {
    let bytes = frozen(Version::NEWEST);
    for line in Version::NEWEST.schema().lines().filter(|line| line.starts_with('R') && line.contains('.')) {
        let (kind, variant) = line.split_once('.').unwrap();
        let variant = variant.split(' ').nth(1).unwrap();
        if ["Request", "Reply", "RoomAsk", "RoomTold"].contains(&kind) {
            assert!(bytes.contains(&format!("{kind} {variant} ")), "{line}");
        }
    }
    let bodies = Version::NEWEST.schema().lines().filter(|line| line.starts_with("PostBody.")).count();
    assert_eq!(support::bodies().len(), bodies + 1, "consent is given and withdrawn");
    let refusals = Version::NEWEST.schema().lines().filter(|line| line.starts_with("Refusal.")).count();
    assert_eq!(support::refusals().len(), refusals);
}

/// The protocol's document holds the newest schema word for word, and each version's hash.
#[test]
fn the_document_says_what_the_code_does() {
    let document =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/protocol.md"))
            .unwrap();
    let mut greeting = Lines::of(Version::V1);
    greeting.add::<Hello>();
    greeting.add::<Welcome>();
    for text in [greeting.text(), Version::NEWEST.schema()] {
        assert!(document.contains(&text), "docs/protocol.md lacks this:\n{text}");
    }
    for version in Version::SERVED {
        let hash = version.schema_hash().to_string();
        assert!(document.contains(&hash), "docs/protocol.md lacks version {} = {hash}", version.number());
    }
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}
