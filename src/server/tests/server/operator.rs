//! The operator's commands, beside a server that runs.

use crate::{
    device::{Proof, agree, ask, digits_now, paired, post, send},
    running::{Running, program},
    set,
};
use baro_net::Link;
use baro_record::{Integrity, Recording, verify};
use baro_sync::{Told, erasure};
use baro_wire::*;
use serde_json::Value;
use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

fn until_told(link: &Link, told: Told) {
    let begun = Instant::now();
    while link.told() != told {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", link.told());
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_session_comes_in_is_shown_and_is_erased() {
    let server = Running::start();
    let patient = paired(&Running::invitation(&server.said), 1);
    assert_eq!(patient.is.role, Role::Patient);
    let person = patient.is.person.to_string();
    let link = patient.online(Role::Patient);
    agree(&link, patient.is.person);
    let path = server.folder.path().join("set.baro");
    set::record(&path, &set::session(), true);
    let sent = send(&link, &path);
    let text = Text::new("무릎이 아팠어요").unwrap();
    post(&link, 9, patient.is.person, PostBody::Message { answers: None, text });

    let said = server.done(&["export", &person[..8], "--out", "out"]);
    assert!(said.starts_with("1 records, 5 posts"), "{said}");
    let out = server.folder.path().join("out");
    let record = out.join(format!("{}.baro", sent.record));
    let checked = verify(&record).unwrap();
    assert_eq!((checked.verdict, checked.id, checked.sealed), (Integrity::Whole, sent.record, false));
    assert_eq!(Recording::read(&record).unwrap(), Recording::read(&path).unwrap());
    let posts = fs::read_to_string(out.join("posts.jsonl")).unwrap();
    assert!(posts.contains("무릎이 아팠어요"));
    let bundle = json(&out.join("fhir.json"));
    assert!(bundle["entry"].as_array().unwrap().len() > 10);
    assert!(server.refused(&["export", &person, "--out", "out"]).contains("can't be made"));

    let said = server.refused(&["erase", &person]);
    assert!(said.contains("--yes"), "{said}");
    server.done(&["erase", &person, "--receipt", "receipt.json", "--yes"]);
    let receipt = json(&server.folder.path().join("receipt.json"));
    assert_eq!((&receipt["records"], &receipt["person"]), (&1.into(), &person.as_str().into()));
    assert!(is_signed(&receipt));
    let mut altered = receipt.clone();
    altered["records"] = 0.into();
    assert!(!is_signed(&altered));
    let record = RecordId([1; 16]);
    let _ = link.ask(Request::OfferRecord { record, started_ms: 1 });
    until_told(&link, Told::Erased);
    assert!(server.refused(&["export", &person, "--out", "again"]).contains("erased"));
    assert!(server.done(&["people"]).contains("erased"));
    server.done(&["check"]);
    drop(link);
    for told in [person.as_str(), "Anneliese", "무릎", &sent.record.to_string()] {
        assert!(!server.log().contains(told), "{told} is nobody's business");
    }
    let data = server.data();
    let (ended, _folder) = server.stop();
    assert!(ended);
    for file in fs::read_dir(&data).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        let there = |text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!there("무릎") && !there("Anneliese"));
    }
}

fn is_signed(receipt: &Value) -> bool {
    let hex = |key: &str| data_encoding::HEXLOWER.decode(receipt[key].as_str().unwrap().as_bytes()).unwrap();
    let number = |key: &str| receipt[key].as_u64().unwrap() as u32;
    let signature: [u8; 64] = hex("signature").try_into().unwrap();
    let read = Receipt {
        post: PostId(hex("post").try_into().unwrap()),
        person: PersonId(hex("person").try_into().unwrap()),
        erased_ms: receipt["erased_ms"].as_i64().unwrap(),
        records: number("records"),
        posts: number("posts"),
        audit: Digest(hex("audit").try_into().unwrap()),
        signature: signature.into(),
    };
    let server = ed25519_dalek::VerifyingKey::from_bytes(&hex("server").try_into().unwrap()).unwrap();
    erasure::check(&read, |message, signature| {
        let signature = ed25519_dalek::Signature::from_bytes(&(*signature).into());
        server.verify_strict(message, &signature).is_ok()
    })
}

#[test]
fn a_revoked_device_is_cut_off_while_it_waits() {
    let server = Running::start();
    let patient = paired(&Running::invitation(&server.said), 1);
    let link = patient.online(Role::Patient);
    let id = patient.is.device.to_string();
    assert!(server.done(&["devices"]).contains(&id));
    server.done(&["revoke", &id[..10]]);
    assert!(server.done(&["devices", &patient.is.person.to_string()]).contains("revoked"));
    until_told(&link, Told::Revoked);
    assert!(server.refused(&["revoke", "zz"]).contains("no device"));
}

#[test]
fn staff_sign_in_with_their_second_factor_and_invite() {
    let server = Running::start();
    let said = server.done(&["invite", "--role", "therapist"]);
    let therapist = paired(&Running::invitation(&said), 2);
    let person = therapist.is.person.to_string();
    let url = Running::word(&said, "factor");
    let therapist = therapist.with(Proof::Factor(digits_now(&url)));
    let link = therapist.online(Role::Therapist);
    let Reply::Invited { code, .. } = ask(&link, Request::Invite { role: Role::Patient }) else { panic!() };
    let refused = ask(&link, Request::Invite { role: Role::Admin });
    assert_eq!(refused, Reply::Refused { refusal: Refusal::NotAllowed });
    let mut invite = Running::invitation(&said);
    invite.code = code;
    let patient = paired(&invite, 3);
    assert_eq!((patient.is.role, patient.is.organisation), (Role::Patient, therapist.is.organisation));

    // The same digits again, as somebody who looked over a shoulder would.
    drop(link);
    let again = therapist.link();
    until_told(&again, Told::SignIn(Refusal::FactorMissing));
    assert_eq!(again.role(), None);
    let patient = patient.is.person.to_string();
    server.done(&["assign", &person, &patient]);
    server.done(&["assign", &person, &patient, "--end"]);
    assert!(server.refused(&["assign", &patient, &person]).contains("that can't be"));
    let another = server.done(&["invite", "--person", &person]);
    assert!(!another.contains("otpauth"), "they have one: {another}");
    assert_ne!(Running::word(&server.done(&["factor", &person]), "factor"), url, "lost, and made anew");
    assert!(server.refused(&["factor", &patient]).contains("for staff"));
    assert!(server.refused(&["factor", "zz"]).contains("no person"));
    let people = server.done(&["people"]);
    assert!(people.contains("therapist") && people.contains("patient"), "{people}");
}

/// Whom the operator erases beside the server that runs is in no class any more, staff too.
#[test]
fn who_is_erased_leaves_their_class() {
    let server = Running::start();
    let said = server.done(&["invite", "--role", "leader"]);
    let leader = paired(&Running::invitation(&said), 2);
    let leader = leader.with(Proof::Factor(digits_now(&Running::word(&said, "factor"))));
    let class = leader.class();
    let until = |holds: &dyn Fn() -> bool| {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", class.fault());
            std::thread::sleep(Duration::from_millis(20));
        }
        begun.elapsed()
    };
    until(&|| class.is_inside());
    server.done(&["erase", &leader.is.person.to_string(), "--yes"]);
    let erased = baro_net::RoomEvent::Over(baro_sync::room::Over::Told(room::Ending::Erased));
    let took = until(&|| class.events().contains(&erased));
    assert!(took < Duration::from_secs(5), "{took:?}");
}

/// While the disk takes nothing, nobody is let in by digits that would be good once more after a power cut.
#[test]
fn used_digits_stay_used_after_a_kill() {
    let mut server = Running::start();
    let therapist = paired(&Running::invitation(&server.done(&["invite", "--role", "therapist"])), 2);
    let url = Running::word(&server.done(&["factor", &therapist.is.person.to_string()]), "factor");
    let therapist = therapist.with(Proof::Factor(digits_now(&url)));
    let database = rusqlite::Connection::open(server.data().join("baro.db")).unwrap();
    database.execute_batch("BEGIN IMMEDIATE").unwrap();
    let link = therapist.link();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(link.role(), None, "answered before it was written");
    database.execute_batch("COMMIT").unwrap();
    drop(database);
    let begun = Instant::now();
    while link.role() != Some(Role::Therapist) {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?} {:?}", link.told(), link.fault());
        std::thread::sleep(Duration::from_millis(1));
    }
    server.kill_and_start();
    drop(link);
    let again = therapist.link();
    until_told(&again, Told::SignIn(Refusal::FactorMissing));
    assert_eq!(again.role(), None);
}

#[test]
fn organisations_are_added_and_copies_are_made() {
    let server = Running::start();
    let clinic = Running::word(&server.done(&["organisation", "add", "둘째 의원"]), "organisation");
    let all = server.done(&["organisation", "list"]);
    assert!(all.contains(&clinic) && all.contains("둘째 의원"), "{all}");
    assert!(server.refused(&["invite", "--role", "patient"]).contains("several organisations"));
    let said = server.done(&["invite", "--role", "patient", "--organisation", &clinic]);
    let patient = paired(&Running::invitation(&said), 1);
    let another = server.done(&["invite", "--person", &patient.is.person.to_string()]);
    assert_eq!(paired(&Running::invitation(&another), 2).is.person, patient.is.person);
    assert!(server.refused(&["invite"]).contains("--role"));

    server.done(&["backup", "copy.db"]);
    assert!(server.refused(&["backup", "copy.db"]).contains("there already"));
    assert!(server.refused(&["restore", "copy.db"]).contains("there already"));
    let copy = server.folder.path().join("copy.db");
    let fresh = server.folder.path().join("fresh");
    fs::create_dir(&fresh).unwrap();
    fs::copy(server.data().join("server.key"), fresh.join("server.key")).unwrap();
    let out = program(&fresh).arg("restore").arg(&copy).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let people = program(&fresh).arg("people").output().unwrap();
    assert!(String::from_utf8(people.stdout).unwrap().contains(&patient.is.person.to_string()));

    let checked = program(&fresh).arg("check").output().unwrap();
    assert!(checked.status.success());
    let database = fresh.join("baro.db");
    let mut bytes = fs::read(&database).unwrap();
    let at = bytes.windows(16).position(|part| part == patient.is.person.0).unwrap();
    bytes[at] ^= 1;
    fs::write(&database, bytes).unwrap();
    assert!(!program(&fresh).arg("check").output().unwrap().status.success(), "a changed byte is found");
}
