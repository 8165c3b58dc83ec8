//! The desk of who treats, as the window has it: by the device's protocol, beside the pages.

use super::clinic::Clinic;
use crate::{
    device::{digits_now, secret_of},
    restored::until,
    running::Running,
    set,
};
use baro_agent::{Desk, Missing, Pairer, SaidWhat, Seen, Told};
use baro_home::{Home, Purpose};
use baro_wire::Refusal;
use std::time::{Duration, Instant};

fn seen(desk: &Desk, what: &str, holds: impl Fn(&Seen) -> bool) -> Seen {
    let begun = Instant::now();
    loop {
        let seen = desk.seen();
        if holds(&seen) {
            return seen;
        }
        assert!(begun.elapsed() < Duration::from_secs(40), "{what}: {:?}, busy: {}", desk.state(), seen.busy);
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn who_treats_sees_sets_and_comments_them_from_the_window() {
    let mut clinic = Clinic::new();
    let place = tempfile::tempdir().unwrap();
    let home = Home::open(place.path()).unwrap();
    let (files, ring) = (crate::restored::somebody(&home), set::in_a_file());
    let before = clinic.server.done(&["people"]);
    let code = Running::invitation(&clinic.server.done(&["invite", "--role", "therapist"])).to_string();
    Pairer::new(files.folder().clone()).unwrap().pair(&code, "desk", &ring).unwrap();
    let people = clinic.server.done(&["people"]);
    let mine = people.lines().find(|line| !before.contains(line.split_whitespace().next().unwrap())).unwrap();
    let mine = mine.split_whitespace().next().unwrap();
    let url = Running::word(&clinic.server.done(&["factor", mine]), "factor");
    assert!(!secret_of(&url).is_empty());

    // Digits that are wrong are told, and nothing is seen.
    let wrong = (digits_now(&url) + 1) % 1_000_000;
    let desk = Desk::start(files.folder(), &ring, wrong).unwrap().unwrap();
    let begun = Instant::now();
    while !matches!(desk.state().told, Some(Told::SignIn(_))) {
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", desk.state());
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(desk.seen().treated.is_none());
    drop(desk);

    let desk = Desk::start(files.folder(), &ring, digits_now(&url)).unwrap().unwrap();
    let nobody = seen(&desk, "the board", |seen| seen.treated.is_some());
    assert!(nobody.treated.unwrap().is_empty(), "somebody else's patient");
    clinic.server.done(&["assign", mine, &clinic.patient]);
    desk.look();
    let board = seen(&desk, "the patient", |seen| seen.treated.as_ref().is_some_and(|all| !all.is_empty()));
    let patient = board.treated.unwrap()[0].clone();
    assert_eq!((patient.person.to_string(), patient.refused), (clinic.patient.clone(), None));
    assert!(patient.posts.len() >= 25, "five visits: {}", patient.posts.len());

    desk.open(patient.person);
    let open = seen(&desk, "the records", |seen| seen.patient.is_some()).patient.unwrap();
    assert_eq!((open.records.len(), open.refused), (5, None));
    let record = open.records[0].record;
    desk.open_record(patient.person, record);
    let came = seen(&desk, "the record", |seen| seen.record.is_some()).record.unwrap();
    let recording = came.1.unwrap();
    assert_eq!((came.0, recording.frames().count()), (record, 13 * 30));

    desk.note(patient.person, record, 2_500, "Slower here").unwrap();
    let agent = clinic.agent.as_ref().unwrap();
    let noted = || {
        agent.talk().unwrap().into_iter().any(|said| {
        matches!(said.what, SaidWhat::Note { record: on, time_ms: 2_500, ref text } if on == record && text == "Slower here")
    })
    };
    until("the patient has it", agent, noted);

    // Who withdraws is not shown any more, and the clinic logs that it was asked.
    clinic.consent(Purpose::TherapistMovements, false);
    clinic.send();
    desk.open_record(patient.person, record);
    let refused = seen(&desk, "it is refused", |seen| seen.record.is_some()).record.unwrap();
    assert_eq!(refused.1.unwrap_err(), Missing::Refused);
    clinic.consent(Purpose::Therapist, false);
    clinic.send();
    desk.look();
    let hidden = |seen: &Seen| seen.treated.as_ref().is_some_and(|all| all[0].refused.is_some());
    let hidden = seen(&desk, "they are hidden", hidden).treated.unwrap()[0].clone();
    assert!(
        hidden.posts.is_empty() && matches!(hidden.refused, Some(Refusal::ConsentMissing { .. })),
        "{:?}",
        hidden.refused
    );
}
