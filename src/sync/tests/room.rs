//! A room on its server: who comes in, who sees what, who leads, and what goes to whom.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_sync::room::{
    Action, COUNTDOWN_MS, Entrant, Input, KEEP_MS, LEADER_GONE_MS, Opening, QUEUE, Room, Snapshot,
    TICKS_A_SECOND, Visit,
};
use baro_sync::{Actor, Millis};
use baro_wire::pose::{Encoder, Figure, Head, Kind};
use baro_wire::room::{
    Activity, Alarm, Aspect, Ball, Doing, DoingView, Down, Ending, Happening, Held, MemberView, Phase,
    Phrase, Play, PlayKind, RoomView, Shows, Slot, Up,
};
use baro_wire::*;
use std::collections::BTreeMap;

const HOME: OrganisationId = OrganisationId([9; 16]);
const LEADER: u8 = 1;
const THERAPIST: u8 = 2;
const ANNA: u8 = 10;
const BEN: u8 = 11;
const PATH: usize = 1_150;

const fn person(byte: u8) -> PersonId {
    PersonId([byte; 16])
}

fn role(byte: u8) -> Role {
    match byte {
        LEADER => Role::Leader,
        THERAPIST => Role::Therapist,
        _ => Role::Patient,
    }
}

fn consents(of: &[Purpose]) -> Consents {
    of.iter().fold(Consents::NONE, |all, purpose| all.with(*purpose, true))
}

fn shows(of: &[Aspect]) -> Shows {
    of.iter().fold(Shows::NOTHING, |all, aspect| all.with(*aspect, true))
}

fn text<const MOST: usize>(text: &str) -> Text<MOST> {
    Text::new(text).unwrap()
}

/// What one connection was told.
#[derive(Default)]
struct Ear {
    answer: Option<Result<(Slot, u64, bool), Refusal>>,
    room: Option<RoomView>,
    members: BTreeMap<Slot, MemberView>,
    doing: BTreeMap<Slot, DoingView>,
    shapes: BTreeMap<Slot, Option<Bytes<{ limits::SHAPE_BYTES }>>>,
    heard: Vec<(u64, u64, Happening)>,
    refused: Vec<Refusal>,
    over: Option<Ending>,
    downs: Vec<Down>,
}

struct Hall {
    now: Millis,
    room: Room,
    ears: BTreeMap<Visit, Ear>,
    relates: Vec<(PersonId, PersonId)>,
    reports: usize,
    ended: bool,
    visits: u64,
}

impl Hall {
    fn open() -> Self {
        let opening = Opening {
            id: RoomId([7; 16]),
            organisation: HOME,
            title: text("무릎"),
            code: text("K7QM2XWP"),
            by: person(LEADER),
        };
        let now = Millis(1_000);
        Self {
            now,
            room: Room::new(now, opening),
            ears: BTreeMap::new(),
            relates: Vec::new(),
            reports: 0,
            ended: false,
            visits: 0,
        }
    }

    fn input(&mut self, input: Input) {
        for action in self.room.handle(self.now, input) {
            match action {
                Action::Welcome(visit, Reply::InRoom { slot, heard, back, .. }) => {
                    self.ear(visit).answer = Some(Ok((slot, heard, back)));
                }
                Action::Welcome(_, other) => panic!("{other:?}"),
                Action::Refuse(visit, refusal) => self.ear(visit).answer = Some(Err(refusal)),
                Action::Tell(visit, told) => {
                    self.ear(visit).hear(told);
                    // The network takes everything at once here.
                    let _ = self.room.handle(self.now, Input::Sent(visit, 1));
                }
                Action::Datagram(visit, bytes) => self.ear(visit).downs.push(Down::read(&bytes).unwrap()),
                Action::Close(_) | Action::NewInvitation => {}
                Action::Relate(viewer, of) => self.relates.push((viewer.person, of)),
                Action::Report(..) => self.reports += 1,
                Action::End => self.ended = true,
            }
        }
    }

    fn ear(&mut self, visit: Visit) -> &mut Ear {
        self.ears.entry(visit).or_default()
    }

    fn enters(&mut self, who: u8, agreed: &[Purpose], shown: &[Aspect], seen: Option<u64>) -> Visit {
        self.visits += 1;
        let visit = Visit(self.visits);
        let actor =
            Actor { organisation: HOME, person: person(who), device: DeviceId([who; 16]), role: role(who) };
        let (consents, shows) = (consents(agreed), shows(shown));
        let entrant = Entrant { visit, actor, consents, called: text("지수"), shows, seen, path: PATH };
        self.input(Input::Enter(Box::new(entrant)));
        visit
    }

    /// A patient who agrees to classes.
    fn patient(&mut self, who: u8, shown: &[Aspect]) -> Visit {
        self.enters(who, &[Purpose::Class], shown, None)
    }

    fn leader(&mut self) -> Visit {
        self.enters(LEADER, &[], &[Aspect::Avatar], None)
    }

    fn answer(&self, visit: Visit) -> Result<(Slot, u64, bool), Refusal> {
        self.ears[&visit].answer.unwrap()
    }

    fn slot(&self, visit: Visit) -> Slot {
        self.answer(visit).unwrap().0
    }

    fn asks(&mut self, visit: Visit, ask: RoomAsk) {
        self.input(Input::Ask(visit, ask));
    }

    fn passes(&mut self, ms: u64) {
        let end = self.now.after(ms);
        while self.now < end {
            self.now = self.now.after(1_000 / TICKS_A_SECOND);
            self.input(Input::Tick);
        }
    }
}

impl Ear {
    fn hear(&mut self, told: RoomTold) {
        match told {
            RoomTold::Room { room } => self.room = Some(room),
            RoomTold::Member { member } => drop(self.members.insert(member.slot, member)),
            RoomTold::Gone { slot } => {
                self.members.remove(&slot);
                self.doing.remove(&slot);
                self.shapes.remove(&slot);
            }
            RoomTold::Doing { doing } => drop(self.doing.insert(doing.slot, doing)),
            RoomTold::Shape { slot, shape } => drop(self.shapes.insert(slot, shape)),
            RoomTold::Happened { number, after, what } => self.heard.push((number, after, what)),
            RoomTold::Not { why, .. } => self.refused.push(why),
            RoomTold::Over { why } => self.over = Some(why),
        }
    }
}

fn doing() -> RoomAsk {
    let faults = List::new(vec![text("knee-in")]).unwrap();
    let (score, heart_rate) = (Some(88), Some(120));
    RoomAsk::Doing {
        doing: Doing { phase: Phase::Going, repetitions: 7, score, heart_rate, faults, seen: true },
    }
}

#[test]
fn who_comes_in() {
    let mut hall = Hall::open();
    hall.leader();
    let hidden = hall.enters(ANNA, &[], &[], None);
    assert_eq!(hall.answer(hidden), Err(Refusal::ConsentMissing { purpose: Purpose::Class }));
    let stranger = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
    assert_eq!(hall.answer(stranger), Err(Refusal::NotFound), "no place was kept for them");
    for who in 0..limits::ROOM_PEOPLE as u8 - 1 {
        let visit = hall.patient(100 + who, &[]);
        assert!(hall.answer(visit).is_ok(), "{who}");
    }
    let late = hall.patient(ANNA, &[]);
    assert_eq!(hall.answer(late), Err(Refusal::RoomFull));
    hall.passes(100);
    let mut places: Vec<u8> = hall.ears[&Visit(1)].members.values().map(|member| member.place).collect();
    places.sort_unstable();
    assert_eq!(places, (0..limits::ROOM_PEOPLE as u8).collect::<Vec<_>>(), "each has a place of their own");
}

#[test]
fn nothing_is_shown_unasked() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let ben = hall.patient(BEN, &[]);
    let shape = Bytes::new(vec![1]).unwrap();
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Shape { shape: shape.clone() });
    hall.passes(100);
    let slot = hall.slot(anna);
    for other in [leader, ben] {
        let ear = &hall.ears[&other];
        assert_eq!(ear.members[&slot].person, None);
        assert!(!ear.doing.contains_key(&slot) && !ear.shapes.contains_key(&slot));
    }
    assert_eq!(hall.ears[&anna].doing[&slot].heart_rate, Some(120), "one's own");
    hall.asks(anna, RoomAsk::Show { shows: shows(&[Aspect::Avatar, Aspect::Repetitions]) });
    hall.passes(100);
    let seen = &hall.ears[&ben];
    assert_eq!(seen.shapes[&slot], Some(shape));
    let DoingView { repetitions, score, heart_rate, form, alarm, .. } = seen.doing[&slot].clone();
    assert_eq!((repetitions, score, heart_rate, form, alarm), (Some(7), None, None, None, None));
    hall.asks(anna, RoomAsk::Show { shows: Shows::NOTHING });
    hall.passes(100);
    assert!(hall.ears[&ben].doing[&slot].repetitions.is_none() && hall.ears[&ben].shapes[&slot].is_none());
}

#[test]
fn who_treats_them_sees_what_they_agreed_to() {
    let mut hall = Hall::open();
    hall.leader();
    let therapist = hall.enters(THERAPIST, &[], &[], None);
    let anna = hall.enters(ANNA, &[Purpose::Class, Purpose::Movements], &[], None);
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Alarm { alarm: Alarm::Pain });
    hall.passes(100);
    let slot = hall.slot(anna);
    assert!(!hall.ears[&therapist].doing.contains_key(&slot), "not before it is in the audit log");
    assert!(hall.relates.contains(&(person(THERAPIST), person(ANNA))));
    assert!(!hall.relates.contains(&(person(ANNA), person(THERAPIST))));
    hall.input(Input::Related { viewer: person(THERAPIST), of: person(ANNA), relation: Relation::Treats });
    hall.passes(100);
    let seen = &hall.ears[&therapist].doing[&slot];
    assert_eq!(seen.form.as_ref().unwrap().faults.len(), 1);
    assert_eq!((seen.heart_rate, seen.alarm), (Some(120), Some(Alarm::Pain)));
    assert_eq!(hall.ears[&therapist].members[&slot].person, Some(person(ANNA)));
    // Only movements are withdrawn: pain is still told.
    hall.input(Input::Consents(person(ANNA), consents(&[Purpose::Class])));
    let seen = &hall.ears[&therapist].doing[&slot];
    assert!(seen.form.is_none() && seen.heart_rate.is_none() && seen.repetitions.is_none());
    assert_eq!(seen.alarm, Some(Alarm::Pain));
    // And then everything.
    hall.input(Input::Consents(person(ANNA), Consents::NONE));
    assert_eq!(hall.ears[&anna].over, Some(Ending::NotAgreed));
    assert!(!hall.ears[&therapist].members.contains_key(&slot));
}

/// Whoever leads is told of pain, and nobody else; a relation that the store does not know gives nothing.
#[test]
fn an_alarm_is_for_who_leads() {
    let mut hall = Hall::open();
    let (leader, ben, anna) = (hall.leader(), hall.patient(BEN, &[]), hall.patient(ANNA, &[]));
    hall.input(Input::Related { viewer: person(LEADER), of: person(ANNA), relation: Relation::Colleague });
    hall.asks(anna, doing());
    hall.asks(anna, RoomAsk::Alarm { alarm: Alarm::Fall });
    hall.passes(100);
    let slot = hall.slot(anna);
    let seen = hall.ears[&leader].doing[&slot].clone();
    assert_eq!((seen.alarm, seen.form, seen.repetitions), (Some(Alarm::Fall), None, None));
    assert!(!hall.ears[&ben].doing.contains_key(&slot));
    hall.asks(ben, RoomAsk::Attend { slot });
    assert_eq!(hall.ears[&ben].refused, [Refusal::NotAllowed]);
    hall.asks(leader, RoomAsk::Attend { slot });
    hall.passes(100);
    assert_eq!(hall.ears[&leader].doing[&slot].alarm, None);
}

#[test]
fn who_comes_back_has_their_place_and_misses_nothing() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Hello });
    hall.passes(100);
    let (slot, ..) = hall.answer(anna).unwrap();
    let (seen, ..) = *hall.ears[&anna].heard.last().unwrap();
    let place = hall.ears[&anna].members[&slot].place;
    hall.input(Input::Lost(anna));
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::WellDone });
    hall.asks(leader, RoomAsk::Cue { to: slot, cue: text("slower") });
    hall.passes(KEEP_MS / 2);
    assert!(!hall.ears[&leader].members[&slot].here);
    let back = hall.enters(ANNA, &[Purpose::Class], &[], Some(seen));
    hall.passes(100);
    assert_eq!(hall.answer(back), Ok((slot, seen, true)));
    assert_eq!(hall.ears[&back].members[&slot].place, place);
    let by = hall.slot(leader);
    let missed: Vec<Happening> = hall.ears[&back].heard.iter().map(|(.., what)| what.clone()).collect();
    let phrase = Happening::Phrase { by, phrase: Phrase::WellDone };
    assert_eq!(missed, [phrase, Happening::Cued { by, cue: text("slower") }]);
    assert_eq!(hall.ears[&back].heard[0].1, seen, "nothing is missing in between");
    // Another device takes the place over.
    let elsewhere = hall.enters(ANNA, &[Purpose::Class], &[], None);
    assert_eq!((hall.slot(elsewhere), hall.ears[&back].over), (slot, Some(Ending::Elsewhere)));
    hall.input(Input::Lost(back));
    hall.passes(100);
    assert!(hall.ears[&leader].members[&slot].here, "the end of the old connection changes nothing");
    hall.input(Input::Lost(elsewhere));
    hall.passes(KEEP_MS + 100);
    assert!(!hall.ears[&leader].members.contains_key(&slot));
}

/// What is too long ago is gone, and that something is missing is seen.
#[test]
fn what_is_forgotten_is_told_to_be_missing() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.passes(100);
    hall.input(Input::Lost(anna));
    for _ in 0..2 * baro_sync::room::KEPT_HAPPENINGS {
        hall.passes(1_000);
        hall.asks(leader, RoomAsk::React { reaction: baro_wire::room::Reaction::Clap });
        if hall.now.0 % 60_000 < 1_000 {
            let visit = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
            hall.input(Input::Lost(visit));
        }
    }
    let back = hall.enters(ANNA, &[Purpose::Class], &[], Some(0));
    hall.passes(100);
    let heard = &hall.ears[&back].heard;
    assert_eq!(heard.len(), baro_sync::room::KEPT_HAPPENINGS);
    assert!(heard[0].1 > 0 && heard.windows(2).all(|two| two[1].1 == two[0].0));
}

#[test]
fn all_begin_at_the_same_time() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    hall.asks(anna, RoomAsk::Start { exercise: text("squat") });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed]);
    let begins = hall.room.time_ms(hall.now) + COUNTDOWN_MS as u32;
    hall.asks(leader, RoomAsk::Start { exercise: text("squat") });
    hall.passes(100);
    for visit in [leader, anna] {
        let starting = Activity::Starting { exercise: text("squat"), starts_ms: begins };
        assert_eq!(hall.ears[&visit].room.as_ref().unwrap().activity, starting);
    }
    hall.passes(COUNTDOWN_MS);
    let moving = Activity::Moving { exercise: text("squat"), since_ms: begins };
    assert_eq!(hall.ears[&anna].room.as_ref().unwrap().activity, moving);
    hall.asks(leader, RoomAsk::StopAll);
    hall.passes(100);
    assert!(matches!(hall.ears[&anna].room.as_ref().unwrap().activity, Activity::Stopped { .. }));
}

#[test]
fn the_lead_is_handed_over_taken_and_given_back() {
    let mut hall = Hall::open();
    let (leader, anna, therapist) =
        (hall.leader(), hall.patient(ANNA, &[]), hall.enters(THERAPIST, &[], &[], None));
    let [first, second, third] = [leader, anna, therapist].map(|visit| hall.slot(visit));
    let leads = |hall: &Hall, visit| hall.ears[&visit].room.as_ref().unwrap().leader.unwrap();
    hall.passes(100);
    assert_eq!(leads(&hall, anna), first);
    hall.asks(leader, RoomAsk::HandOver { to: third });
    hall.asks(anna, RoomAsk::TakeOver { accept: true });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed], "it was offered to another one");
    hall.asks(therapist, RoomAsk::TakeOver { accept: true });
    hall.passes(100);
    assert_eq!(leads(&hall, leader), third);
    assert!(hall.ears[&leader].room.as_ref().unwrap().invitation.is_none());
    assert!(hall.ears[&therapist].room.as_ref().unwrap().invitation.is_some());
    assert_eq!(hall.ears[&anna].members[&third].place, 0);
    // Gone for long, and back: staff stands in before a patient does.
    hall.input(Input::Lost(therapist));
    hall.passes(LEADER_GONE_MS - 1_000);
    assert_eq!(leads(&hall, anna), third);
    hall.passes(2_000);
    assert_eq!(leads(&hall, anna), first);
    hall.input(Input::Lost(leader));
    hall.passes(LEADER_GONE_MS + 1_000);
    assert_eq!(leads(&hall, anna), second);
    assert!(hall.ears[&anna].room.as_ref().unwrap().invitation.is_none(), "who stands in invites nobody");
    hall.asks(anna, RoomAsk::Mute { slot: first, muted: true });
    assert_eq!(hall.ears[&anna].refused.len(), 2);
    hall.asks(anna, RoomAsk::StopAll);
    assert_eq!(hall.ears[&anna].refused.len(), 2, "but can stop the class");
    hall.enters(THERAPIST, &[], &[], Some(0));
    hall.passes(100);
    assert_eq!(leads(&hall, anna), third, "who was away leads again");
}

#[test]
fn who_leads_mutes_and_sends_away() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    let slot = hall.slot(anna);
    hall.asks(leader, RoomAsk::Mute { slot, muted: true });
    hall.asks(anna, RoomAsk::Say { text: text("!") });
    assert_eq!(hall.ears[&anna].refused, [Refusal::NotAllowed]);
    hall.asks(ben, RoomAsk::Report { slot, offence: baro_wire::room::Offence::Insulting });
    hall.passes(100);
    let report = Happening::Reported { by: hall.slot(ben), slot };
    assert_eq!((hall.reports, &hall.ears[&leader].heard.last().unwrap().2), (1, &report));
    assert!(hall.ears[&ben].heard.is_empty() && hall.ears[&anna].heard.is_empty());
    hall.asks(leader, RoomAsk::Remove { slot });
    assert_eq!(hall.ears[&anna].over, Some(Ending::Removed));
    let again = hall.patient(ANNA, &[]);
    assert_eq!(hall.answer(again), Err(Refusal::RoomClosed));
    hall.asks(leader, RoomAsk::End);
    assert!(hall.ended && hall.ears[&ben].over == Some(Ending::Ended));
    let late = hall.patient(BEN, &[]);
    assert_eq!(hall.answer(late), Err(Refusal::NotFound));
}

#[test]
fn a_room_ends_when_nobody_is_there() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    hall.input(Input::Lost(leader));
    hall.passes(baro_sync::room::EMPTY_MS - 1_000);
    assert!(!hall.ended);
    hall.passes(2_000);
    assert!(hall.ended);
}

#[test]
fn the_room_plays_together() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let (by, to) = (hall.slot(leader), hall.slot(anna));
    hall.asks(leader, RoomAsk::StartPlay { kind: PlayKind::PassBall });
    hall.asks(leader, RoomAsk::Throw { to, flight_ms: 800 });
    hall.passes(800);
    hall.asks(anna, RoomAsk::Catch { caught: true });
    hall.passes(100);
    for visit in [leader, anna] {
        let held = Play::PassBall { ball: Ball::Held { by: to }, passes: 1, drops: 0 };
        assert_eq!(hall.ears[&visit].room.as_ref().unwrap().play, Some(held));
        assert_eq!(hall.ears[&visit].heard.last().unwrap().2, Happening::Caught { by: to });
    }
    hall.input(Input::Lost(anna));
    hall.passes(100);
    let held = Play::PassBall { ball: Ball::Held { by }, passes: 1, drops: 0 };
    assert_eq!(hall.ears[&leader].room.as_ref().unwrap().play, Some(held));
}

/// Whoever sends more than a person can do is not heard, then sent away, and nobody else notices.
#[test]
fn floods_end_with_who_makes_them() {
    let mut hall = Hall::open();
    let (leader, anna, ben) = (hall.leader(), hall.patient(ANNA, &[]), hall.patient(BEN, &[]));
    for _ in 0..30 {
        hall.asks(anna, RoomAsk::Hand { up: true });
    }
    assert!(hall.ears[&anna].refused.is_empty());
    for _ in 0..1_000 {
        hall.asks(anna, RoomAsk::Hand { up: true });
    }
    assert!(hall.ears[&anna].refused.len() < 500 && hall.ears[&anna].over == Some(Ending::TooMuch));
    for bytes in [vec![], vec![1], vec![255; 4_000], [vec![Up::KIND, 0, 0, 0], vec![99; 50]].concat()] {
        let ben = if hall.ears[&ben].over.is_some() { hall.patient(BEN, &[]) } else { ben };
        (0..1_000).for_each(|_| hall.input(Input::Datagram(ben, bytes.clone())));
        assert_eq!(hall.ears[&ben].over, Some(Ending::TooMuch));
    }
    hall.passes(100);
    assert!(hall.ears[&leader].over.is_none() && hall.ears[&leader].refused.is_empty());
}

/// A reader who takes nothing costs a bounded queue, and is told how things stand when they read again.
#[test]
fn a_slow_reader_costs_little() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let mut queued = 0;
    for n in 0..2_000 {
        hall.now = hall.now.after(40);
        let ready = RoomAsk::Ready { ready: n % 2 == 0 };
        let mut actions =
            if n % 5 == 0 { hall.room.handle(hall.now, Input::Ask(leader, ready)) } else { vec![] };
        actions.extend(hall.room.handle(hall.now, Input::Tick));
        for action in actions {
            if let Action::Tell(visit, told) = action {
                queued += usize::from(visit == anna);
                hall.ear(visit).hear(told);
                let _ = hall.room.handle(hall.now, Input::Sent(visit, usize::from(visit == leader)));
            }
        }
    }
    assert!((QUEUE - 4..=QUEUE).contains(&queued), "{queued}");
    hall.input(Input::Sent(anna, queued));
    hall.passes(100);
    assert!(!hall.ears[&anna].members[&hall.slot(leader)].ready);
}

// -- movement

struct Mover {
    encoder: Encoder,
    turned: f32,
}

impl Mover {
    fn new() -> Self {
        Self { encoder: Encoder::default(), turned: 0.0 }
    }

    fn up(&mut self, hall: &Hall, held: Vec<Held>) -> Up {
        self.turned += 0.03;
        let mut figure = Figure { heart_rate_bpm: Some(99), ..Figure::default() };
        let (sin, cos) = self.turned.sin_cos();
        figure.turns[4] = [sin, 0.0, 0.0, cos];
        let mut blob = Vec::new();
        let time_ms = hall.room.time_ms(hall.now) as u16;
        self.encoder.encode(time_ms, &figure, &mut blob);
        Up { sent_ms: time_ms, held, blob }
    }
}

impl Hall {
    fn sends(&mut self, visit: Visit, up: &Up) {
        let mut bytes = Vec::new();
        up.write(&mut bytes);
        self.input(Input::Datagram(visit, bytes));
    }
}

#[test]
fn a_delta_comes_with_its_key_until_the_key_is_held() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[Aspect::Avatar]));
    let of = hall.slot(anna);
    let (mut mover, mut decoder, mut held) = (Mover::new(), pose::Decoder::default(), Vec::new());
    let (mut with_key, mut alone) = (0, 0);
    for tick in 0..60 {
        let up = mover.up(&hall, vec![]);
        hall.sends(anna, &up);
        let sent_ms = hall.room.time_ms(hall.now) as u16;
        // From the middle on, the leader says what it holds.
        let held_now = if tick > 30 { held.clone() } else { vec![] };
        hall.sends(leader, &Up { sent_ms, held: held_now, blob: vec![] });
        hall.passes(33);
        for down in std::mem::take(&mut hall.ear(anna).downs) {
            down.own.iter().for_each(|key| mover.encoder.acknowledged(pose::KeyId(*key)));
        }
        for down in std::mem::take(&mut hall.ear(leader).downs) {
            let mut kinds = Vec::new();
            for (slot, blob) in &down.entries {
                assert_eq!(*slot, of);
                let figure = decoder
                    .decode(blob)
                    .expect("each datagram can be read by itself or by what was said to be held");
                assert_eq!(figure.heart_rate_bpm, None, "what is not shown is not in it");
                let head = Head::read(blob).unwrap();
                if let Kind::Key(id) = head.kind {
                    held = vec![Held { slot: of, key: id.0 }];
                }
                kinds.push(head.kind);
            }
            match kinds[..] {
                [Kind::Key(key), Kind::Delta(base)] if key == base => with_key += 1,
                [Kind::Delta(_)] => alone += 1,
                _ => {}
            }
        }
    }
    assert!(with_key > 15 && alone > 15, "{with_key} {alone}");
}

#[test]
fn hidden_movement_goes_to_nobody() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[Aspect::Avatar]));
    let mut mover = Mover::new();
    let mut counts = Vec::new();
    for round in 0..3 {
        let shown: &[Aspect] = if round == 1 { &[] } else { &[Aspect::Avatar] };
        hall.asks(anna, RoomAsk::Show { shows: shows(shown) });
        for _ in 0..10 {
            let up = mover.up(&hall, vec![]);
            hall.sends(anna, &up);
            hall.passes(33);
        }
        counts.push(hall.ear(leader).downs.drain(..).filter(|down| !down.entries.is_empty()).count());
    }
    assert_eq!((counts[0] > 8, counts[1], counts[2] > 8), (true, 0, true), "{counts:?}");
    // An old figure again, and one of tomorrow.
    let up = mover.up(&hall, vec![]);
    hall.sends(anna, &up);
    hall.passes(33);
    hall.ear(leader).downs.clear();
    hall.sends(anna, &up);
    let future = Up {
        blob: {
            let mut b = up.blob.clone();
            b[2] = b[2].wrapping_add(0x40);
            b
        },
        ..up
    };
    hall.sends(anna, &future);
    hall.passes(33);
    assert!(hall.ears[&leader].downs.iter().all(|down| down.entries.is_empty()));
}

/// Where not all fit, those who matter come more often, and nobody never.
#[test]
fn a_narrow_path_is_shared_by_what_matters() {
    let mut hall = Hall::open();
    let leader = hall.leader();
    let viewer = hall.patient(ANNA, &[]);
    let others: Vec<Visit> = (0..12).map(|n| hall.patient(100 + n, &[Aspect::Avatar])).collect();
    let all: Vec<Visit> = [leader].into_iter().chain(others.iter().copied()).collect();
    hall.asks(others[7], RoomAsk::Hand { up: true });
    hall.input(Input::Path(viewer, 120));
    let mut movers: Vec<Mover> = all.iter().map(|_| Mover::new()).collect();
    let (mut came, mut last, mut longest) = (BTreeMap::new(), BTreeMap::new(), 0);
    for tick in 0..300_u64 {
        for (visit, mover) in all.iter().zip(&mut movers) {
            let up = mover.up(&hall, vec![]);
            hall.sends(*visit, &up);
        }
        hall.passes(33);
        for down in hall.ear(viewer).downs.drain(..).collect::<Vec<_>>() {
            let mut bytes = Vec::new();
            down.write(&mut bytes);
            assert!(bytes.len() <= 120);
            for (slot, _) in down.entries {
                *came.entry(slot).or_insert(0_u32) += 1;
                longest = longest.max(tick - last.insert(slot, tick).unwrap_or(tick));
            }
        }
    }
    let count = |visit: Visit| came.get(&hall.slot(visit)).copied().unwrap_or(0);
    let usual = others.iter().map(|visit| count(*visit)).sum::<u32>() / 12;
    assert!(count(leader) > usual && count(others[7]) > usual, "{came:?}");
    assert!(came.len() == 13 && longest < 60, "{came:?}, {longest} ticks without one");
}

// -- another server

#[test]
fn another_server_goes_on() {
    let mut hall = Hall::open();
    let (leader, anna) = (hall.leader(), hall.patient(ANNA, &[]));
    let slots = [leader, anna].map(|visit| hall.slot(visit));
    hall.asks(leader, RoomAsk::Start { exercise: text("squat") });
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Together });
    hall.passes(100);
    let (seen, ..) = *hall.ears[&anna].heard.last().unwrap();
    hall.asks(leader, RoomAsk::Phrase { phrase: Phrase::Slower });
    let time_ms = hall.room.time_ms(hall.now);
    let bytes = postcard::to_stdvec(&hall.room.snapshot(hall.now)).unwrap();
    // Its clock began at another time.
    hall.now = Millis(77);
    hall.room = Room::restore(hall.now, postcard::from_bytes::<Snapshot>(&bytes).unwrap());
    assert_eq!(hall.room.time_ms(hall.now), time_ms);
    let anna = hall.enters(ANNA, &[Purpose::Class], &[], Some(seen));
    hall.passes(100);
    let ear = &hall.ears[&anna];
    assert_eq!(hall.answer(anna), Ok((slots[1], seen, true)));
    assert_eq!(ear.heard.len(), 1, "what was missed, once");
    assert_eq!(ear.members.keys().copied().collect::<Vec<_>>(), slots);
    assert!(matches!(ear.room.as_ref().unwrap().activity, Activity::Starting { .. }));
    assert_eq!(ear.room.as_ref().unwrap().leader, Some(slots[0]));
    let leader = hall.enters(LEADER, &[], &[], Some(seen));
    hall.asks(leader, RoomAsk::StopAll);
    hall.passes(100);
    assert!(matches!(hall.ears[&anna].room.as_ref().unwrap().activity, Activity::Stopped { .. }));
}
