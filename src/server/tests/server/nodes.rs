//! Two servers on one PostgreSQL and one NATS: a class outlives the one that has it.

use crate::{
    device::{Paired, Proof, agree, digits_now, paired},
    nats_server::nats,
    postgres_server::server,
    running::Running,
};
use baro_net::{RoomEvent, RoomLink};
use baro_sync::room::receive::How;
use baro_wire::pose::Figure;
use baro_wire::room::{Activity, Aspect, Door, Happening, Phrase, Shows, Slot};
use baro_wire::{Bytes, Role, RoomAsk, Text, limits::CODE_BYTES};
use std::{
    thread::sleep,
    time::{Duration, Instant},
};

fn until(what: &str, seconds: u64, mut is: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !is() {
        assert!(begun.elapsed() < Duration::from_secs(seconds), "not in time: {what}");
        sleep(Duration::from_millis(10));
    }
    begun.elapsed()
}

/// Somebody in a class who moves; whoever looks sees them.
fn moves(links: &[&RoomLink], begun: Instant) {
    let (sin, cos) = begun.elapsed().as_secs_f32().sin_cos();
    let mut figure = Figure::default();
    figure.turns[8] = [sin, 0.0, 0.0, cos];
    links.iter().for_each(|link| link.show(Some(figure)));
}

fn sees(link: &RoomLink, of: Slot) -> bool {
    link.draw().iter().any(|(slot, drawn)| *slot == of && drawn.how == How::Live)
}

fn invitation(link: &RoomLink) -> Option<Text<CODE_BYTES>> {
    link.look(|view, _| view.room.as_ref().and_then(|room| room.invitation.clone()))
}

fn activity(link: &RoomLink) -> Option<Activity> {
    link.look(|view, _| view.room.as_ref().map(|room| room.activity.clone()))
}

fn slot(link: &RoomLink) -> Slot {
    link.look(|_, slot| slot).unwrap()
}

fn leader(server: &Running) -> Paired {
    let device = paired(&Running::invitation(&server.done(&["invite", "--role", "leader"])), 2);
    let url = Running::word(&server.done(&["factor", &device.is.person.to_string()]), "factor");
    device.with(Proof::Factor(digits_now(&url)))
}

#[test]
fn a_class_outlives_its_node_and_nats() {
    let (Some(mut database), Some(mut nats)) = (server(), nats()) else { return };
    let url = database.database();
    let mut first = Running::node(&url, &nats.url(), None);
    let second = Running::node(&url, &nats.url(), Some(&first));
    let anna = paired(&Running::invitation(&first.said), 1);
    agree(&anna.online(Role::Patient), anna.is.person);
    let shows = Shows::NOTHING.with(Aspect::Avatar, true);
    let lead = leader(&first).enter(Door::Open { title: Text::default() }, shows);
    until("the class is open", 20, || invitation(&lead).is_some());
    // She comes to the other node, which sends her on.
    let code = invitation(&lead).unwrap();
    let anna = anna.at(second.port()).enter(Door::Invited { code }, shows);
    until("she is in", 20, || anna.is_inside());
    for link in [&lead, &anna] {
        link.ask(RoomAsk::Shape { shape: Bytes::new(vec![1]).unwrap() });
    }
    let (leads, follows, begun) = (slot(&lead), slot(&anna), Instant::now());
    let see = || {
        moves(&[&lead, &anna], begun);
        lead.is_inside() && anna.is_inside() && sees(&lead, follows) && sees(&anna, leads)
    };
    until("they see each other", 10, see);
    lead.ask(RoomAsk::Start { exercise: Text::new("squat").unwrap() });
    until("they exercise", 10, || {
        moves(&[&lead, &anna], begun);
        matches!(activity(&anna), Some(Activity::Moving { .. }))
    });
    let (before, time_ms) = (activity(&anna), anna.room_ms());
    let asked = Instant::now();
    // What changed is kept within a second.
    until("it is kept", 3, || {
        moves(&[&lead, &anna], begun);
        asked.elapsed() > Duration::from_millis(1_200)
    });

    first.kill();
    let killed = Instant::now();
    for link in [&lead, &anna] {
        link.events();
    }
    let mut entered = [false; 2];
    until("they see each other at the other node", 20, || {
        for (entered, link) in entered.iter_mut().zip([&lead, &anna]) {
            *entered |= link.events().contains(&RoomEvent::Entered);
        }
        see() && entered == [true; 2]
    });
    let took = killed.elapsed();
    println!("{} ms after the node was killed they see each other again", took.as_millis());
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert_eq!((slot(&lead), slot(&anna)), (leads, follows), "in their places");
    assert_eq!(activity(&anna), before, "the exercise goes on");
    assert_eq!(lead.look(|view, _| view.room.as_ref().and_then(|room| room.leader)), Some(leads));
    let passed = anna.room_ms() - time_ms;
    let real = asked.elapsed().as_secs_f64() * 1_000.0;
    assert!((passed - real).abs() < 500.0, "the room's clock: {passed} ms, in truth {real} ms");

    assert_eq!(second.get("/healthz"), (200, "well\n".into()));
    nats.kill();
    until("it is said", 10, || second.get("/healthz").1.contains("NATS"));
    lead.ask(RoomAsk::Phrase { phrase: Phrase::WellDone });
    let mut heard = Vec::new();
    until("the class goes on without NATS", 5, || {
        heard.extend(anna.events());
        let what = Happening::Phrase { by: leads, phrase: Phrase::WellDone };
        see() && heard.contains(&RoomEvent::Happened { what, missed: false })
    });
    assert!(!heard.contains(&RoomEvent::Entered), "nobody had to come back");
    nats.start();
    until("all is well again", 20, || second.get("/healthz").1 == "well\n");
    until("they still see each other", 5, see);
    assert!(second.stop().0);
}

#[test]
fn a_node_that_is_stopped_hands_its_class_on() {
    let (Some(mut database), Some(nats)) = (server(), nats()) else { return };
    let url = database.database();
    let first = Running::node(&url, &nats.url(), None);
    let second = Running::node(&url, &nats.url(), Some(&first));
    let lead = leader(&first).enter(Door::Open { title: Text::default() }, Shows::NOTHING);
    until("the class is open", 20, || invitation(&lead).is_some());
    // The nodes are told of within two seconds.
    sleep(Duration::from_millis(2_500));
    let code = invitation(&lead);
    lead.events();
    assert!(first.stop().0);
    until("it goes on at the other node", 10, || {
        lead.is_inside() && invitation(&lead) == code && lead.events().contains(&RoomEvent::Entered)
    });
    assert!(second.stop().0);
}

#[test]
fn several_servers_need_what_they_share() {
    let server = Running::start();
    let said = server.refused(&["--nats", "nats://127.0.0.1:1", "people"]);
    assert!(said.contains("postgres"), "{said}");
}
