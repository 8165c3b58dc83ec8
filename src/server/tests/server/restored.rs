//! A server that was restored from a backup: what came after the backup comes again, by the devices themselves.

use crate::{running::Running, set};
use baro_agent::{Agent, Pairer, Told};
use baro_home::{CONSENT_TEXT, Consent, Effect, Home, Moment, Person, PersonFiles, Purpose};
use baro_record::{Integrity, Keys, verify};
use std::{
    fs,
    time::{Duration, Instant},
};

pub fn until(what: &str, agent: &Agent, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(40), "{what}: {:?}", agent.state());
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Somebody who agrees that all is kept.
pub fn somebody(home: &Home) -> PersonFiles {
    let (mut files, _) = home.new_person();
    files.keep(&Effect::SavePerson(Person { name: "순희".into(), ..Person::default() })).unwrap();
    let when = Moment::of(&jiff::Zoned::now());
    for purpose in Purpose::SHARED {
        let consent = Consent { when, purpose, text: CONSENT_TEXT, given: true };
        files.keep(&Effect::WriteConsent(consent)).unwrap();
    }
    files
}

/// One more set, and its line in the diary.
pub fn exercise(files: &mut PersonFiles, visit: u32) {
    fs::create_dir_all(files.records()).unwrap();
    let keys = Keys::of_folder(&files.records(), &set::in_a_file()).unwrap();
    set::record_with(keys, &files.records().join(format!("{visit}.baro")), true);
    let line = format!(
        r#"{{"at":"2026-11-22T01:00:00Z","day":"2026-11-22","visit":{visit},"what":"ended","how":"finished"}}"#
    );
    files.keep(&Effect::Write(serde_json::from_str(&line).unwrap())).unwrap();
}

/// How many records and posts the server has of the one person; the records are whole.
pub fn there(server: &Running) -> String {
    let person = server.done(&["people"]).split_whitespace().next().unwrap().to_owned();
    let said = server.done(&["export", &person, "--out", "out"]);
    let out = server.folder.path().join("out");
    for file in fs::read_dir(&out).unwrap().map(|file| file.unwrap().path()) {
        if file.extension().is_some_and(|end| end == "baro") {
            assert_eq!(verify(&file).unwrap().verdict, Integrity::Whole);
        }
    }
    fs::remove_dir_all(out).unwrap();
    said.split("  ").next().unwrap().to_owned()
}

#[test]
fn what_a_restored_server_lost_comes_again() {
    let mut server = Running::start();
    let place = tempfile::tempdir().unwrap();
    let home = Home::open(place.path()).unwrap();
    let (mut files, ring) = (somebody(&home), set::in_a_file());
    let code = Running::invitation(&server.said).to_string();
    Pairer::new(files.folder().clone()).unwrap().pair(&code, "test", &ring).unwrap();
    let start = |files: &PersonFiles| Agent::start(files.folder(), &ring).unwrap().unwrap();
    let agent = start(&files);
    exercise(&mut files, 1);
    agent.look();
    until("the first is there", &agent, || agent.is_sent());
    server.done(&["backup", "copy.db"]);
    let backup = server.folder.path().join("copy.db");
    let early = there(&server);
    // A consent for each purpose, and a line of the diary a day.
    let consents = Purpose::SHARED.len();
    assert_eq!(early, format!("1 records, {} posts", consents + 1));

    exercise(&mut files, 2);
    exercise(&mut files, 3);
    agent.look();
    until("the others are there", &agent, || agent.is_sent());
    let all = format!("3 records, {} posts", consents + 3);
    assert_eq!(there(&server), all);

    // While the device is connected: it finds out by itself.
    server.restore_and_start(&backup);
    agent.try_now();
    until("all comes again", &agent, || there(&server) == all);
    until("all is sent", &agent, || agent.is_sent());
    // And while it is away.
    drop(agent);
    server.restore_and_start(&backup);
    assert_eq!(there(&server), early);
    let agent = start(&files);
    until("all comes again", &agent, || there(&server) == all);
    // What is there is left alone.
    drop(agent);
    let agent = start(&files);
    until("it has looked", &agent, || agent.is_sent() && agent.state().told == Some(Told::UpToDate));
    assert_eq!(there(&server), all);

    // Who was erased after the backup is erased again, and brings nothing back.
    agent.erase().unwrap();
    until("it is told", &agent, || agent.state().told == Some(Told::Erased));
    drop(agent);
    server.restore_and_start(&backup);
    assert_eq!(there(&server), early);
    let agent = start(&files);
    until("it is told again", &agent, || agent.state().told == Some(Told::Erased));
    assert!(server.done(&["people"]).contains("erased"));
}

#[test]
fn who_leaves_takes_back_their_consent_first() {
    let server = Running::start();
    let place = tempfile::tempdir().unwrap();
    let home = Home::open(place.path()).unwrap();
    let (mut files, ring) = (somebody(&home), set::in_a_file());
    let code = Running::invitation(&server.said).to_string();
    Pairer::new(files.folder().clone()).unwrap().pair(&code, "test", &ring).unwrap();
    let agent = Agent::start(files.folder(), &ring).unwrap().unwrap();
    until("all is sent", &agent, || agent.is_sent());
    let consent = |purpose| Consent {
        when: Moment::of(&jiff::Zoned::now()),
        purpose,
        text: CONSENT_TEXT,
        given: false,
    };
    for purpose in Purpose::SHARED {
        files.keep(&Effect::WriteConsent(consent(purpose))).unwrap();
    }
    let begun = Instant::now();
    assert!(agent.leave(Duration::from_secs(30)).unwrap(), "the server was there to be told");
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    let words = 2 * Purpose::SHARED.len();
    assert_eq!(there(&server), format!("0 records, {words} posts"));
    assert!(Agent::start(files.folder(), &ring).unwrap().is_none(), "connected no longer");
}
