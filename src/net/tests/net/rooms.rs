//! A class: people's programs in one room of a real server with its real store, over real UDP.

use crate::clinic::Running;
use crate::home::{Home, agree, post};
use crate::proxy::{CALM, Proxy};
use crate::raw::{Raw, greet, on, sign_in};
use crate::until;
use baro_net::{Device as _, RoomEvent, RoomLink, Visitor};
use baro_sync::room::receive::How;
use baro_wire::pose::{Figure, State};
use baro_wire::room::{
    Alarm, Aspect, Doing, DoingView, Door, Ending, Happening, MemberView, Phase, Phrase, Shows, Slot, Speech,
    Up,
};
use baro_wire::*;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    thread::{Builder, JoinHandle, sleep},
    time::{Duration, Instant},
};

const LEADER: PersonId = PersonId([5; 16]);
const THERAPIST: PersonId = PersonId([6; 16]);
const ANNA: PersonId = PersonId([7; 16]);
const BEN: PersonId = PersonId([8; 16]);

fn shows(of: &[Aspect]) -> Shows {
    of.iter().fold(Shows::NOTHING, |all, aspect| all.with(*aspect, true))
}

fn figure(at: Instant) -> Figure {
    let (sin, cos) = (at.elapsed().as_secs_f32()).sin_cos();
    let mut state = State::default();
    (state.phase, state.repetitions) = (2, 5);
    let mut figure = Figure { heart_rate_bpm: Some(99), state, ..Figure::default() };
    figure.turns[8] = [sin, 0.0, 0.0, cos];
    figure
}

fn enter(home: &Home, at: SocketAddr, server: &Running, door: Door, shown: &[Aspect]) -> RoomLink {
    let mut address = server.address();
    address.port = at.port();
    let called = Text::new(format!("{}", home.person.0[0])).unwrap();
    let visitor = Visitor { server: address, device: home.id(), door, called, shows: shows(shown) };
    let me = home.clone();
    let link = RoomLink::enter(visitor, Box::new(move |challenge| me.clone().prove(challenge))).unwrap();
    link.show(Some(figure(Instant::now())));
    link
}

/// A class with its leader, and the invitation to it.
fn open(server: &Running) -> (RoomLink, Text<{ limits::CODE_BYTES }>) {
    let leader = Home::paired(server, LEADER, Role::Leader);
    let title = Text::new("무릎 체조").unwrap();
    let link = enter(&leader, server.addr, server, Door::Open { title }, &[Aspect::Avatar]);
    until("the room is open", 20, || invitation(&link).is_some());
    shape(&link);
    let code = invitation(&link).unwrap();
    (link, code)
}

fn invitation(link: &RoomLink) -> Option<Text<{ limits::CODE_BYTES }>> {
    link.look(|view, _| view.room.as_ref().and_then(|room| room.invitation.clone()))
}

fn shape(link: &RoomLink) {
    assert!(link.ask(RoomAsk::Shape { shape: Bytes::new(vec![1]).unwrap() }));
}

/// A patient who agrees to everything and is in the class.
fn patient(
    server: &Running,
    person: PersonId,
    code: &Text<{ limits::CODE_BYTES }>,
    shown: &[Aspect],
) -> (Home, RoomLink) {
    let home = Home::paired(server, person, Role::Patient);
    let link = home.link(server.address());
    agree(&home, &link);
    link.close();
    let link = enter(&home, server.addr, server, Door::Invited { code: code.clone() }, shown);
    until("somebody is in", 20, || link.is_inside());
    shape(&link);
    (home, link)
}

fn slot(link: &RoomLink) -> Slot {
    link.look(|_, slot| slot).unwrap()
}

fn member(link: &RoomLink, of: Slot) -> Option<MemberView> {
    link.look(|view, _| view.people.get(&of).and_then(|person| person.member.clone()))
}

fn doing_of(link: &RoomLink, of: Slot) -> Option<DoingView> {
    link.look(|view, _| view.people.get(&of).and_then(|person| person.doing.clone()))
}

fn is_live(link: &RoomLink, of: Slot) -> bool {
    link.draw().iter().any(|(slot, drawn)| *slot == of && drawn.how == How::Live)
}

fn doing() -> RoomAsk {
    let (score, heart_rate) = (Some(88), Some(99));
    let faults = List::default();
    RoomAsk::Doing {
        doing: Doing { phase: Phase::Going, repetitions: 7, score, heart_rate, faults, seen: true },
    }
}

/// Everybody moves, thirty times a second, until it is dropped.
struct Moves(Arc<AtomicBool>, Option<JoinHandle<()>>);

impl Moves {
    fn of(links: &[&Arc<RoomLink>]) -> Self {
        let (over, began) = (Arc::new(AtomicBool::new(false)), Instant::now());
        let (until, links) =
            (Arc::clone(&over), links.iter().map(|link| Arc::clone(link)).collect::<Vec<_>>());
        let thread = Builder::new().spawn(move || {
            while !until.load(Relaxed) {
                links.iter().for_each(|link| link.show(Some(figure(began))));
                sleep(Duration::from_millis(33));
            }
        });
        Self(over, thread.ok())
    }
}

impl Drop for Moves {
    fn drop(&mut self) {
        self.0.store(true, Relaxed);
        self.1.take().unwrap().join().unwrap();
    }
}

#[test]
fn two_people_see_each_other_move() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let (_, anna) = patient(&server, ANNA, &code, &[Aspect::Avatar]);
    let (leader, anna) = (Arc::new(leader), Arc::new(anna));
    let _moves = Moves::of(&[&leader, &anna]);
    let (first, second) = (slot(&leader), slot(&anna));
    until("both move", 10, || is_live(&leader, second) && is_live(&anna, first));
    // The pulse is not shown, so it never came.
    let drawn = leader.draw().into_iter().find(|(slot, _)| *slot == second).unwrap().1;
    assert_eq!((drawn.figure.heart_rate_bpm, drawn.figure.state), (None, State::default()));
    let behind_ms = leader.room_ms() - drawn.time_ms;
    assert!((0.0..400.0).contains(&behind_ms), "{behind_ms} ms behind");
    // Both know the same time, and begin at the same moment of it.
    assert!((leader.room_ms() - anna.room_ms()).abs() < 50.0);
    leader.ask(RoomAsk::Phrase { phrase: Phrase::Hello });
    let mut events = Vec::new();
    until("the phrase is heard", 5, || {
        events.extend(anna.events());
        let what = Happening::Phrase { by: first, phrase: Phrase::Hello };
        events.contains(&RoomEvent::Happened { what, missed: false })
    });
    anna.ask(RoomAsk::Show { shows: Shows::NOTHING });
    until("who hides is not seen any more", 5, || !is_live(&leader, second));
    leader.ask(RoomAsk::End);
    until("the end is heard", 5, || {
        anna.events().contains(&RoomEvent::Over(baro_sync::room::Over::Told(Ending::Ended)))
    });
}

#[test]
fn a_withdrawn_consent_hides_at_once() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let therapist = Home::paired(&server, THERAPIST, Role::Therapist);
    let therapist = enter(&therapist, server.addr, &server, Door::Invited { code: code.clone() }, &[]);
    until("the therapist is in", 20, || therapist.is_inside());
    let (home, anna) = patient(&server, ANNA, &code, &[]);
    let of = slot(&anna);
    // Not yet assigned: a classmate like all others.
    anna.ask(doing());
    until("she is seen to be there", 5, || member(&therapist, of).is_some());
    sleep(Duration::from_millis(300));
    assert!(doing_of(&therapist, of).is_none());
    server.treats(THERAPIST, ANNA);
    drop(anna);
    let anna = enter(&home, server.addr, &server, Door::Invited { code }, &[]);
    until("she is back", 20, || anna.is_inside());
    assert_eq!(slot(&anna), of, "in her place");
    anna.ask(doing());
    anna.ask(RoomAsk::Alarm { alarm: Alarm::Pain });
    until("her therapist sees her pulse", 10, || {
        doing_of(&therapist, of).is_some_and(|seen| seen.heart_rate == Some(99) && seen.alarm.is_some())
    });
    until("her leader only sees that she needs help", 10, || {
        doing_of(&leader, of).is_some_and(|seen| seen.alarm == Some(Alarm::Pain) && seen.form.is_none())
    });
    let diary = home.link(server.address());
    let withdraw = |purpose| post(ANNA, PostBody::Consent { purpose, text_version: 1, given: false });
    let settled = home.settled();
    crate::home::add(&diary, vec![withdraw(Purpose::Movements)]);
    until("the withdrawal is at the clinic", 20, || home.settled() > settled);
    until("nothing measured is seen", 2, || {
        doing_of(&therapist, of).is_some_and(|seen| seen.heart_rate.is_none() && seen.form.is_none())
    });
    crate::home::add(&diary, vec![withdraw(Purpose::Class)]);
    let over = RoomEvent::Over(baro_sync::room::Over::Told(Ending::NotAgreed));
    until("she is out", 20, || anna.events().contains(&over));
    until("and gone for all", 5, || member(&leader, of).is_none() && member(&therapist, of).is_none());
}

fn is_told(link: &RoomLink, why: Ending) -> bool {
    link.events().contains(&RoomEvent::Over(baro_sync::room::Over::Told(why)))
}

/// Read as agreed, withdrawn while they stand at the door, let in: it holds for no longer than it takes to read once more.
#[test]
fn a_consent_withdrawn_at_the_door_counts() {
    let server = Running::start();
    let (_leader, code) = open(&server);
    let (home, anna) = patient(&server, ANNA, &code, &[]);
    drop(anna);
    server.clinic().door_ms.store(1_500, Relaxed);
    let anna = enter(&home, server.addr, &server, Door::Invited { code }, &[]);
    until("she is at the door", 10, || server.clinic().door_ms.load(Relaxed) == 0);
    let (diary, settled) = (home.link(server.address()), home.settled());
    let withdrawn = PostBody::Consent { purpose: Purpose::Class, text_version: 1, given: false };
    crate::home::add(&diary, vec![post(ANNA, withdrawn)]);
    until("the withdrawal is at the clinic", 20, || home.settled() > settled);
    assert!(!anna.is_inside(), "the door was too fast for this test");
    until("she is out again", 10, || is_told(&anna, Ending::NotAgreed));
}

/// By her own device, and by the operator's command; nobody stays in a class after that.
#[test]
fn who_is_erased_is_out_at_once() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let (home, anna) = patient(&server, ANNA, &code, &[]);
    let (_, ben) = patient(&server, BEN, &code, &[]);
    let of = slot(&anna);
    until("she is seen", 5, || member(&leader, of).is_some());
    let diary = home.link(server.address());
    crate::home::add(&diary, vec![post(ANNA, PostBody::Erase)]);
    until("she is out", 10, || is_told(&anna, Ending::Erased));
    until("and gone for all", 5, || member(&leader, of).is_none());
    server.erased(LEADER);
    until("staff too", 5, || is_told(&leader, Ending::Erased));
    until("and gone for all", 5, || member(&ben, 0).is_none());
}

#[test]
fn an_assignment_counts_without_coming_in_again() {
    let server = Running::start();
    let (_leader, code) = open(&server);
    let therapist = Home::paired(&server, THERAPIST, Role::Therapist);
    let therapist = enter(&therapist, server.addr, &server, Door::Invited { code: code.clone() }, &[]);
    until("the therapist is in", 20, || therapist.is_inside());
    let (_, anna) = patient(&server, ANNA, &code, &[]);
    let of = slot(&anna);
    anna.ask(doing());
    until("she is seen to be there", 5, || member(&therapist, of).is_some());
    assert_eq!(member(&therapist, of).unwrap().person, None);
    server.treats(THERAPIST, ANNA);
    until("she is known to her therapist", 40, || {
        member(&therapist, of).is_some_and(|member| member.person == Some(ANNA))
            && doing_of(&therapist, of).is_some_and(|seen| seen.form.is_some())
    });
}

/// The server was started anew: her code is right, and there is no such class any more.
#[test]
fn a_class_that_went_with_its_server_says_so() {
    let mut server = Running::start();
    let (leader, code) = open(&server);
    let (_, anna) = patient(&server, ANNA, &code, &[]);
    anna.events();
    server.kill();
    server.come_back();
    let gone = |link: &RoomLink| link.events().contains(&RoomEvent::Over(baro_sync::room::Over::Gone));
    until("she is told", 90, || gone(&anna));
    until("so is who opened it", 90, || gone(&leader));
}

#[test]
fn voices_go_through_at_once_until_somebody_is_muted() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let (_, anna) = patient(&server, ANNA, &code, &[]);
    let (of, line) = (slot(&anna), anna.voice());
    for link in [&leader, &anna] {
        assert!(link.ask(RoomAsk::Voice { on: true }));
    }
    until("both hear", 5, || member(&anna, slot(&leader)).is_some_and(|leader| leader.voice));
    let says = |count: u16| {
        let mut ways_ms = Vec::new();
        for number in 0..count {
            let (speech, said) = (Speech { number, opus: vec![7; 60] }, Instant::now());
            line.say(&speech);
            sleep(Duration::from_millis(20));
            let heard = leader.voice().heard();
            let right = heard.iter().filter(|heard| heard.by == of && heard.speech == speech);
            ways_ms.extend(right.map(|heard| (heard.at - said).as_secs_f64() * 1_000.0));
        }
        ways_ms
    };
    let mut ways_ms = says(50);
    ways_ms.sort_by(f64::total_cmp);
    assert!(ways_ms.len() >= 45, "{} of 50 came within their 20 ms", ways_ms.len());
    println!("from one program to the other: {:.1} ms in the middle", ways_ms[ways_ms.len() / 2]);
    assert!(anna.voice().heard().is_empty(), "nobody hears themselves");
    leader.ask(RoomAsk::Mute { slot: of, muted: true });
    until("she knows that she is muted", 5, || member(&anna, of).is_some_and(|anna| anna.muted));
    sleep(Duration::from_millis(100));
    leader.voice().heard();
    assert!(says(10).is_empty(), "who is muted is not heard");
}

#[test]
fn who_is_cut_off_comes_back_to_their_place() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let (home, other) = patient(&server, ANNA, &code, &[Aspect::Avatar]);
    drop(other);
    let proxy = Proxy::start(server.addr, CALM);
    let door = Door::Invited { code };
    let anna = Arc::new(enter(&home, proxy.addr, &server, door, &[Aspect::Avatar]));
    until("she is in", 20, || anna.is_inside());
    shape(&anna);
    let (leader, of) = (Arc::new(leader), slot(&anna));
    let _moves = Moves::of(&[&leader, &anna]);
    until("she moves", 10, || is_live(&leader, of));
    anna.events();
    proxy.switches.cut.store(true, Relaxed);
    until("she is missed", 60, || member(&leader, of).is_some_and(|member| !member.here));
    leader.ask(RoomAsk::Phrase { phrase: Phrase::WellDone });
    proxy.switches.cut.store(false, Relaxed);
    until("she is back", 60, || anna.is_inside() && member(&leader, of).is_some_and(|member| member.here));
    assert_eq!(slot(&anna), of);
    let what = Happening::Phrase { by: slot(&leader), phrase: Phrase::WellDone };
    let mut events = Vec::new();
    until("what was said meanwhile is heard", 5, || {
        events.extend(anna.events());
        events.contains(&RoomEvent::Happened { what: what.clone(), missed: false })
    });
    until("she moves again", 10, || is_live(&leader, of));
}

/// Floods, garbage, forged keys and slots, and frames that are none: the others go on as before.
#[test]
fn who_wants_to_break_it_breaks_nothing() {
    let server = Running::start();
    let (leader, code) = open(&server);
    let (_, anna) = patient(&server, ANNA, &code, &[Aspect::Avatar]);
    let (leader, anna) = (Arc::new(leader), Arc::new(anna));
    let _moves = Moves::of(&[&leader, &anna]);
    let of = slot(&anna);
    until("she moves", 10, || is_live(&leader, of));
    let home = Home::paired(&server, BEN, Role::Patient);
    let link = home.link(server.address());
    agree(&home, &link);
    link.close();
    let live_share = |seconds: u64| {
        let (end, mut live, mut all) = (Instant::now() + Duration::from_secs(seconds), 0_u32, 0_u32);
        while Instant::now() < end {
            live += u32::from(is_live(&leader, of));
            all += 1;
            sleep(Duration::from_millis(16));
        }
        f64::from(live) / f64::from(all)
    };
    let before = live_share(2);
    let over = Arc::new(AtomicBool::new(false));
    let (addr, until_over) = (server.addr, Arc::clone(&over));
    let evil = Builder::new().spawn(move || {
        on(async {
            let mut stays = 0_u32;
            while !until_over.load(Relaxed) {
                let connection = Raw::new().connect(addr).await;
                let (_, challenge) = greet(&connection, Version::SERVED).await;
                sign_in(&connection, &home, challenge, Version::V3).await;
                let (mut send, mut recv) = connection.open_bi().await.unwrap();
                let door = Door::Invited { code: code.clone() };
                let request = Request::EnterRoom { door, called: Text::default(), shows: Shows::NOTHING };
                send.write_all(&encode(&request, Version::V3).unwrap()).await.unwrap();
                let mut answer = [0; 40];
                let _ = recv.read(&mut answer).await;
                stays += 1;
                for n in 0..3_000_u32 {
                    let held = vec![room::Held { slot: n as u8, key: n as u16 }; 8];
                    let up = Up { sent_ms: n as u16, held, blob: vec![n as u8; 100] };
                    let mut bytes = Vec::new();
                    up.write(&mut bytes);
                    if n % 3 == 0 {
                        bytes = vec![n as u8; 1_000];
                    }
                    let sent = connection.send_datagram(bytes.into());
                    if n % 50 == 0 {
                        let ask = encode(&RoomAsk::Hand { up: true }, Version::V3).unwrap();
                        if sent.is_err() || send.write_all(&ask).await.is_err() {
                            break;
                        }
                        tokio::time::sleep(Duration::from_millis(5)).await;
                    }
                }
                let _ = send.write_all(&[255; 64]).await;
                let _ = tokio::time::timeout(Duration::from_secs(1), recv.read_to_end(100_000)).await;
                connection.close(0u8.into(), b"");
            }
            stays
        })
    });
    sleep(Duration::from_millis(500));
    let meanwhile = live_share(4);
    over.store(true, Relaxed);
    let stays = evil.unwrap().join().unwrap();
    assert!(stays > 0 && server.counts().malformed > 0, "{stays} stays, {:?}", server.counts());
    assert!(meanwhile > before - 0.1, "{meanwhile} of the time live, {before} before");
    leader.ask(RoomAsk::Phrase { phrase: Phrase::Hello });
    let what = Happening::Phrase { by: slot(&leader), phrase: Phrase::Hello };
    let mut events = Vec::new();
    until("words still pass", 5, || {
        events.extend(anna.events());
        events.iter().any(|event| matches!(event, RoomEvent::Happened { what: found, .. } if *found == what))
    });
}
