//! A therapist and a patient write to each other; the patient's program is off when the therapist writes, and offline when they answer.

use crate::{
    device::{Proof, digits_now, paired, post},
    restored::{exercise, somebody, there, until},
    running::Running,
    set,
};
use baro_agent::{Agent, Pairer, Said, SaidWhat};
use baro_home::{Home, Purpose};
use baro_wire::{PersonId, PostBody, RecordId, Reply, Role, Text};

const PLAN: &str = "format = 1\nwhy = \"Your knee bends further\"\n[[doses]]\nexercise = \"squat\"\nsets = 3\nreps = 10\n\
    rest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n";

#[test]
fn what_is_written_reaches_the_other_also_while_they_are_away() {
    let mut server = Running::start();
    let place = tempfile::tempdir().unwrap();
    let home = Home::open(place.path()).unwrap();
    let (mut files, ring) = (somebody(&home), set::in_a_file());
    let code = Running::invitation(&server.said).to_string();
    Pairer::new(files.folder().clone()).unwrap().pair(&code, "test", &ring).unwrap();
    exercise(&mut files, 1);
    let start = || Agent::start(files.folder(), &ring).unwrap().unwrap();
    let consents = Purpose::SHARED.len();
    let agent = start();
    agent.look();
    until("all is sent", &agent, || agent.is_sent());
    drop(agent);

    let patient = server.done(&["people"]).split_whitespace().next().unwrap().to_owned();
    let bytes = data_encoding::HEXLOWER.decode(patient.as_bytes()).unwrap();
    let about = PersonId(bytes.try_into().unwrap());
    let device = paired(&Running::invitation(&server.done(&["invite", "--role", "therapist"])), 2);
    let therapist = device.is.person.to_string();
    server.done(&["assign", &therapist, &patient]);
    let url = Running::word(&server.done(&["factor", &therapist]), "factor");
    let at_work = device.with(Proof::Factor(digits_now(&url))).online(Role::Therapist);
    let record = baro_record::record_id(&files.records().join("1.baro")).unwrap();
    let record = RecordId(*record.as_bytes());
    for (number, body) in [
        (1, PostBody::Message { answers: None, text: Text::new("How is the knee?").unwrap() }),
        (2, PostBody::Note { record, time_ms: 2_500, joint: None, text: Text::new("Slower here").unwrap() }),
        (3, PostBody::Plan { routine: Text::new(PLAN).unwrap() }),
    ] {
        let reply = post(&at_work, number, about, body);
        assert!(matches!(reply, Reply::Posted { .. }), "{reply:?}");
    }

    let agent = start();
    let talk = || agent.talk().unwrap();
    until("it comes", &agent, || talk().len() == 3);
    assert!(talk().iter().all(|said| !said.own && !said.waits));
    assert_eq!(agent.state().came, 2, "a plan is told by itself");
    assert_eq!(talk()[0].what, SaidWhat::Message("How is the knee?".into()));
    let SaidWhat::Note { record: noted, time_ms: 2_500, text } = &talk()[1].what else {
        panic!("{:?}", talk())
    };
    assert_eq!((*noted, text.as_str()), (record, "Slower here"));
    assert_eq!(agent.record(record), Some(files.records().join("1.baro")));
    assert_eq!(talk()[2].what, SaidWhat::Plan(PLAN.into()));
    assert_eq!(
        files.folder().assigned().unwrap().unwrap().unwrap().why.as_deref(),
        Some("Your knee bends further")
    );

    let waits = |said: &Said| said.own && said.waits;
    server.kill_and_start_after(|_| {
        agent.say("Much better, thank you!", Some(talk()[0].id)).unwrap();
        until("it waits", &agent, || talk().len() == 4);
        assert!(waits(&talk()[3]), "{:?}", talk());
    });
    agent.try_now();
    until("it is sent", &agent, || talk().len() == 4 && !waits(&talk()[3]));
    // It comes back with the server's feed, for all who may read it.
    assert_eq!(talk()[3].what, SaidWhat::Message("Much better, thank you!".into()));
    let posts = consents + 1 + 3 + 1;
    assert_eq!(there(&server), format!("1 records, {posts} posts"));
}
