//! One clock, one queue of steps, one source of chance; a server with a room, and people.

use crate::human::{HOME, Human};
use crate::net::Link;
use crate::oracle::{Known, Oracle, Verdict};
use crate::script::PEOPLE;
use baro_sync::Millis;
use baro_sync::room::{Action, Entrant, GuestAction, GuestInput, Input, Opening, Room, Snapshot, Visit};
use baro_wire::pose::{Head, Kind};
use baro_wire::room::{Aspect, Door, Down, Ending, Happening, Up};
use baro_wire::*;
use fastrand::Rng;
use std::collections::BTreeMap;

/// A fault in whoever runs the machines, or in one of them: each must be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    NoConsentCheck,
    SkipsOnReturn,
    DeltaWithoutKey,
    LooksUnlogged,
    NotRedacted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    pub seed: u64,
    pub bug: Option<Bug>,
    pub tell: bool,
}

impl Setup {
    pub const fn of(seed: u64) -> Self {
        Self { seed, bug: None, tell: false }
    }
}

/// What happened, to show that it was no idle room.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Seen(BTreeMap<&'static str, u64>);

impl Seen {
    pub fn add(&mut self, other: &Self) {
        other.0.iter().for_each(|(what, sum)| *self.0.entry(what).or_default() += sum);
    }

    pub fn one(&mut self, what: &'static str) {
        *self.0.entry(what).or_default() += 1;
    }

    pub fn all(&self) -> Vec<(&'static str, u64)> {
        const EACH: [&str; 10] = [
            "backs",
            "breaks",
            "kills",
            "not agreed",
            "new leaders",
            "words heard",
            "deltas alone",
            "deltas with keys",
            "refused",
            "sent away",
        ];
        EACH.map(|what| (what, self.0.get(what).copied().unwrap_or(0))).to_vec()
    }
}

#[derive(Debug, Clone)]
pub enum Step {
    Open(usize),
    Come(usize),
    Do(usize),
    Leave(usize),
    Break(usize),
    Away(usize, u64),
    Online(usize, u32),
    Consent(usize),
    Link(usize),
    Kill,
    Restart,
    Heal,
    LastWords,
    // -- what is under way
    ToServer(u64, Bytes<{ limits::MESSAGE_BYTES }>, bool),
    DatagramUp(u64, Vec<u8>),
    ToGuest(usize, u64, Vec<u8>, bool),
    DatagramDown(usize, u64, Vec<u8>),
    Closed(usize, u64),
    Lost(u64),
    Related(u32, PersonId, PersonId),
    GuestTick(usize),
    RoomTick(u32),
    Keep(u32),
    Move(usize),
}

const TICK_MS: u64 = 100;
/// From the healing to the end.
const QUIET_MS: u64 = 14_000;

pub struct World {
    pub setup: Setup,
    pub now: u64,
    pub rng: Rng,
    queue: BTreeMap<(u64, u64), Step>,
    number: u64,
    pub humans: Vec<Human>,
    pub oracle: Oracle,
    room: Option<Room>,
    /// Rises with each process of the server.
    life: u32,
    kept: Option<(Vec<u8>, Known)>,
    code: Text<{ limits::CODE_BYTES }>,
    /// Whose stream it is, and when it was last written on in each direction.
    visits: BTreeMap<u64, (usize, u64, u64)>,
    in_room: BTreeMap<u64, PersonId>,
    blobs: BTreeMap<PersonId, Vec<u8>>,
    next_visit: u64,
    pub words: u64,
    pub heals_at: u64,
    seen: Seen,
}

pub fn run(setup: Setup) -> Result<Seen, String> {
    let mut world = World::new(setup);
    world.plan();
    while let Some(((at, _), step)) = world.queue.pop_first() {
        if at > world.heals_at + QUIET_MS {
            break;
        }
        world.now = at;
        if setup.tell
            && !matches!(
                step,
                Step::RoomTick(_)
                    | Step::Move(_)
                    | Step::DatagramUp(..)
                    | Step::DatagramDown(..)
                    | Step::Keep(_)
            )
        {
            println!("{at:>8} {}", format!("{step:?}").chars().take(160).collect::<String>());
        }
        world.step(step).map_err(|broken| format!("at {at} ms: {broken}"))?;
    }
    world.at_the_end()?;
    Ok(world.seen)
}

impl World {
    fn new(setup: Setup) -> Self {
        let mut rng = Rng::with_seed(setup.seed);
        let people = [
            (1, Role::Leader),
            (2, Role::Therapist),
            (3, Role::Patient),
            (4, Role::Patient),
            (5, Role::Patient),
            (6, Role::Patient),
            (9, Role::Patient),
        ];
        let mut oracle = Oracle::default();
        let mut humans = Vec::new();
        for (byte, role) in people {
            let link = Link::LADDER[rng.usize(0..Link::LADDER.len())];
            let human = Human::new(byte, role, link, rng.u64(0..100_000_000));
            let person = human.actor.person;
            oracle.roles.insert(person, role);
            let agreed = Consents::NONE.with(Purpose::Class, true).with(Purpose::Movements, rng.bool());
            oracle.consents.insert(person, if role.is_staff() { Consents::NONE } else { agreed });
            humans.push(human);
        }
        let id = |byte| PersonId([byte; 16]);
        oracle.relations.insert((id(2), id(3)), Relation::Treats);
        oracle.relations.insert((id(2), id(4)), Relation::Leads);
        oracle.relations.insert((id(1), id(5)), Relation::Leads);
        let code = Text::new("CODE0").unwrap();
        Self {
            setup,
            now: 0,
            rng,
            queue: BTreeMap::new(),
            number: 0,
            humans,
            oracle,
            room: None,
            life: 0,
            kept: None,
            code,
            visits: BTreeMap::new(),
            in_room: BTreeMap::new(),
            blobs: BTreeMap::new(),
            next_visit: 0,
            words: 0,
            heals_at: 0,
            seen: Seen::default(),
        }
    }

    pub fn later(&mut self, in_ms: u64, step: Step) {
        self.number += 1;
        self.queue.insert((self.now + in_ms, self.number), step);
    }

    fn is(&self, bug: Bug) -> bool {
        self.setup.bug == Some(bug)
    }

    fn step(&mut self, step: Step) -> Verdict {
        match step {
            Step::Open(human) => {
                self.humans[human].goes(Door::Open { title: Text::default() }, human as u64);
                self.begin(human)?;
                for human in 0..PEOPLE {
                    self.later(0, Step::Move(human));
                }
            }
            Step::Come(human) if self.humans[human].guest.is_none() => {
                let code = self.room.as_ref().map_or("", Room::code);
                let door = Door::Invited { code: Text::new(code).unwrap() };
                self.humans[human].goes(door, self.number);
                self.begin(human)?;
            }
            Step::Do(human) => {
                let ask = self.something(human);
                self.guest(human, GuestInput::Ask(ask))?;
            }
            Step::Leave(human) => {
                self.guest(human, GuestInput::Ask(RoomAsk::Leave))?;
                let in_ms = self.rng.u64(500..5_000);
                self.later(in_ms, Step::Come(human));
            }
            Step::Break(human) => {
                let in_ms = self.rng.u64(200..4_000);
                self.breaks(human, in_ms)?;
            }
            Step::Away(human, ms) => self.breaks(human, ms)?,
            Step::Online(human, life) if self.humans[human].life == life => {
                self.humans[human].online = true;
                self.guest(human, GuestInput::Online)?;
            }
            Step::Consent(human) if !self.humans[human].actor.role.is_staff() => {
                let (person, consents) = self.another_consent(human);
                self.consent(person, consents)?;
            }
            Step::Link(human) => self.another_link(human),
            Step::Kill => self.kill()?,
            Step::Restart => self.restart(),
            Step::Heal => self.heal()?,
            Step::LastWords => {
                for human in 0..PEOPLE {
                    let doing = self.how_it_goes();
                    self.guest(human, GuestInput::Ask(doing))?;
                    let words = self.says_something();
                    self.guest(human, GuestInput::Ask(words))?;
                }
            }
            Step::ToServer(visit, bytes, first) => self.at_server(visit, &bytes, first)?,
            Step::DatagramUp(visit, bytes) => {
                if let Some(person) = self.in_room.get(&visit)
                    && let Ok(up) = Up::read(&bytes)
                    && !up.blob.is_empty()
                {
                    self.blobs.insert(*person, up.blob);
                }
                self.room(Input::Datagram(Visit(visit), bytes))?;
            }
            Step::ToGuest(human, visit, bytes, first) => {
                if self.reaches(human, visit) {
                    let input = match first {
                        true => GuestInput::Answered(decode(&bytes[4..], Version::V3).unwrap()),
                        false => GuestInput::Told(decode(&bytes[4..], Version::V3).unwrap()),
                    };
                    self.guest(human, input)?;
                }
                if !first {
                    self.room(Input::Sent(Visit(visit), 1))?;
                }
            }
            Step::Closed(human, visit) if self.reaches(human, visit) => {
                self.guest(human, GuestInput::Closed)?
            }
            Step::DatagramDown(human, visit, bytes) if self.reaches(human, visit) => {
                self.receives(human, &bytes)?
            }
            Step::Lost(visit) => {
                self.in_room.remove(&visit);
                self.room(Input::Lost(Visit(visit)))?;
            }
            Step::Related(life, viewer, of) if life == self.life => {
                if !self.is(Bug::LooksUnlogged) {
                    self.oracle.logged.insert((viewer, of));
                }
                let relation =
                    self.oracle.relations.get(&(viewer, of)).copied().unwrap_or(Relation::Colleague);
                self.room(Input::Related { viewer, of, relation })?;
            }
            Step::GuestTick(human) => self.guest(human, GuestInput::Tick)?,
            Step::RoomTick(life) if life == self.life => {
                self.room(Input::Tick)?;
                self.later(TICK_MS, Step::RoomTick(life));
            }
            Step::Keep(life) if life == self.life => {
                if let Some(room) = &self.room {
                    let snapshot = postcard::to_stdvec(&room.snapshot(Millis(self.now))).unwrap();
                    self.kept = Some((snapshot, self.oracle.known.clone()));
                }
                let in_ms = self.rng.u64(300..900);
                self.later(in_ms, Step::Keep(life));
            }
            Step::Move(human) => self.moves(human),
            _ => {}
        }
        Ok(())
    }

    // -- people

    fn begin(&mut self, human: usize) -> Verdict {
        self.humans[human].online = true;
        self.guest(human, GuestInput::Online)
    }

    fn reaches(&self, human: usize, visit: u64) -> bool {
        self.humans[human].online && self.humans[human].visit == visit
    }

    fn guest(&mut self, human: usize, input: GuestInput) -> Verdict {
        let now = self.humans[human].here(self.now);
        let Some(guest) = self.humans[human].guest.as_mut() else { return Ok(()) };
        let actions = guest.handle(now, input);
        if let Some(at) = guest.wake_at() {
            self.later(at.0 - now.0, Step::GuestTick(human));
        }
        for action in actions {
            match action {
                GuestAction::Enter(request) => {
                    self.next_visit += 1;
                    self.humans[human].visit = self.next_visit;
                    self.visits.insert(self.next_visit, (human, 0, 0));
                    self.up(human, encode(&request, Version::V3).unwrap(), true);
                }
                GuestAction::Say(ask) => self.up(human, encode(&ask, Version::V3).unwrap(), false),
                GuestAction::Entered { time_ms, .. } => {
                    self.humans[human].receiver.enter(now, time_ms);
                    self.humans[human].encoder.renew();
                    let shape = RoomAsk::Shape { shape: Bytes::new(vec![human as u8]).unwrap() };
                    self.guest(human, GuestInput::Ask(shape))?;
                }
                GuestAction::Happened { what: Happening::Said { text, .. }, .. } => {
                    self.seen.one("words heard");
                    self.humans[human].heard.push(text.parse().unwrap());
                }
                GuestAction::Happened { .. } => {}
                GuestAction::Hidden(slot) => {
                    self.humans[human].receiver.hidden(slot);
                    self.humans[human].drawn.remove(&slot);
                }
                GuestAction::Refused(_) => self.seen.one("refused"),
                GuestAction::Over(_) => self.humans[human].guest = None,
            }
        }
        Ok(())
    }

    fn up(&mut self, human: usize, frame: Vec<u8>, first: bool) {
        let Human { link, visit, online, .. } = self.humans[human];
        let in_ms = link.stream_ms(&mut self.rng);
        let Some((_, up_at, _)) = self.visits.get_mut(&visit).filter(|_| online) else { return };
        // A stream keeps its order.
        *up_at = (*up_at).max(self.now + in_ms);
        let in_ms = *up_at - self.now;
        self.later(in_ms, Step::ToServer(visit, Bytes::new(frame).unwrap(), first));
    }

    fn down(&mut self, visit: u64, step: impl FnOnce(usize) -> Step) {
        let Some((human, _, down_at)) = self.visits.get_mut(&visit) else { return };
        let human = *human;
        let in_ms = self.humans[human].link.stream_ms(&mut self.rng);
        *down_at = (*down_at).max(self.now + in_ms);
        let in_ms = *down_at - self.now;
        self.later(in_ms, step(human));
    }

    fn breaks(&mut self, human: usize, for_ms: u64) -> Verdict {
        if !self.humans[human].online {
            return Ok(());
        }
        self.seen.one("breaks");
        self.humans[human].online = false;
        self.humans[human].life += 1;
        let life = self.humans[human].life;
        self.later(for_ms, Step::Online(human, life));
        // The server notices later, perhaps after they are back.
        let (visit, in_ms) = (self.humans[human].visit, self.rng.u64(0..3_000));
        self.later(in_ms, Step::Lost(visit));
        self.guest(human, GuestInput::Offline)
    }

    fn moves(&mut self, human: usize) {
        self.later(TICK_MS, Step::Move(human));
        let active = self.now < crate::script::ACTIVE_MS || self.now > self.heals_at;
        let inside = self.humans[human].guest.as_ref().is_some_and(baro_sync::room::Guest::is_inside);
        if !active || !inside || !self.humans[human].online {
            return;
        }
        let blob = if self.humans[human].moves { self.humans[human].blob(self.now) } else { Vec::new() };
        let here = self.humans[human].here(self.now);
        let mut bytes = Vec::new();
        self.humans[human].receiver.up(here, blob).write(&mut bytes);
        let (link, visit) = (self.humans[human].link, self.humans[human].visit);
        for in_ms in link.datagram_ms(self.now, &mut self.rng) {
            self.later(in_ms, Step::DatagramUp(visit, bytes.clone()));
        }
        self.humans[human].draw(self.now);
    }

    fn receives(&mut self, human: usize, bytes: &[u8]) -> Verdict {
        let mut down = Down::read(bytes).map_err(|error| error.to_string())?;
        let kinds: Vec<_> =
            down.entries.iter().map(|(slot, blob)| (*slot, Head::read(blob).map(|head| head.kind))).collect();
        for (at, (slot, kind)) in kinds.iter().enumerate() {
            if let Ok(Kind::Delta(_)) = kind {
                let with = at > 0 && kinds[at - 1].0 == *slot;
                self.seen.one(if with { "deltas with keys" } else { "deltas alone" });
            }
        }
        if self.is(Bug::DeltaWithoutKey) {
            let doubled: Vec<bool> = kinds
                .iter()
                .enumerate()
                .map(|(at, (slot, _))| kinds.get(at + 1).is_some_and(|next| next.0 == *slot))
                .collect();
            let mut at = 0;
            down.entries.retain(|_| {
                at += 1;
                !doubled[at - 1]
            });
        }
        let here = self.humans[human].here(self.now);
        for key in self.humans[human].receiver.came(here, &down) {
            self.humans[human].encoder.acknowledged(key);
        }
        let unread = self.humans[human].receiver.unread();
        if unread > 0 { Err(format!("{unread} figures could not be read by {human}")) } else { Ok(()) }
    }

    // -- the server

    fn at_server(&mut self, visit: u64, frame: &[u8], first: bool) -> Verdict {
        if !first {
            let ask: RoomAsk = decode(&frame[4..], Version::V3).unwrap();
            let Some(person) = self.in_room.get(&visit).copied() else { return Ok(()) };
            return self.asked(visit, person, ask);
        }
        let Request::EnterRoom { door, called, shows } = decode(&frame[4..], Version::V3).unwrap() else {
            panic!()
        };
        let human = self.visits[&visit].0;
        let actor = self.humans[human].actor;
        let truly = self.oracle.consents[&actor.person];
        let consents = if self.is(Bug::NoConsentCheck) { Consents::every().last().unwrap() } else { truly };
        let may = may(Standing::As(actor.role), door.ask(), Relation::Own, consents);
        let refusal = match (may, &door, &self.room) {
            (Decision::Allowed, Door::Open { title }, None) if self.kept.is_none() => {
                let (id, code) = (RoomId([5; 16]), self.code.clone());
                let opening =
                    Opening { id, organisation: HOME, title: title.clone(), code, by: actor.person };
                self.room = Some(Room::new(Millis(self.now), opening));
                let life = self.life;
                self.later(0, Step::Keep(life));
                self.later(TICK_MS, Step::RoomTick(life));
                None
            }
            (Decision::Allowed, _, None) => Some(Refusal::Busy { wait_ms: 500 }),
            (Decision::Allowed, Door::Invited { code }, Some(room)) if **code != *room.code() => {
                Some(Refusal::NotFound)
            }
            (Decision::Allowed, ..) => None,
            (Decision::Consent(purpose), ..) => Some(Refusal::ConsentMissing { purpose }),
            _ => Some(Refusal::NotFound),
        };
        if let Some(refusal) = refusal {
            let reply = encode(&Reply::Refused { refusal }, Version::V3).unwrap();
            self.down(visit, |human| Step::ToGuest(human, visit, reply, true));
            return Ok(());
        }
        let seen = match door {
            Door::Back { seen, .. } if self.is(Bug::SkipsOnReturn) => Some(seen + 1),
            Door::Back { seen, .. } => Some(seen),
            Door::Open { .. } | Door::Invited { .. } => None,
        };
        // What they show counts from the moment they are in; of who is not let in, nothing is told anyway.
        let before = self.oracle.known.shows.insert(actor.person, shows);
        let fresh = self.oracle.since_start.insert(actor.person);
        let is_new = seen.is_none();
        let entrant = Entrant { visit: Visit(visit), actor, consents, called, shows, seen, path: 1_150 };
        self.room(Input::Enter(Box::new(entrant)))?;
        if is_new && self.in_room.contains_key(&visit) {
            self.oracle.from.insert(actor.person, self.oracle.known.said.len());
        }
        if !self.in_room.contains_key(&visit) {
            if let Some(shows) = before {
                self.oracle.known.shows.insert(actor.person, shows);
            }
            if fresh {
                self.oracle.since_start.remove(&actor.person);
            }
        }
        Ok(())
    }

    fn asked(&mut self, visit: u64, person: PersonId, ask: RoomAsk) -> Verdict {
        match &ask {
            RoomAsk::Show { shows } => {
                self.oracle.known.shows.insert(person, *shows);
            }
            RoomAsk::Doing { doing } => drop(self.oracle.known.doing.insert(person, doing.clone())),
            RoomAsk::Cue { to, cue } => {
                if let Some(to) = self.oracle.known.slots.get(to) {
                    self.oracle.cues.insert(cue.to_string(), *to);
                }
            }
            _ => {}
        }
        let word = if let RoomAsk::Say { text } = &ask { Some(text.parse::<u64>().unwrap()) } else { None };
        let before = self.seen.0.get("nots").copied();
        let said = self.oracle.known.said.len();
        self.oracle.known.said.extend(word);
        self.room(Input::Ask(Visit(visit), ask))?;
        if self.seen.0.get("nots").copied() != before {
            self.oracle.known.said.truncate(said);
        }
        Ok(())
    }

    fn consent(&mut self, person: PersonId, consents: Consents) -> Verdict {
        self.oracle.consents.insert(person, consents);
        if self.is(Bug::NoConsentCheck) { Ok(()) } else { self.room(Input::Consents(person, consents)) }
    }

    fn kill(&mut self) -> Verdict {
        if self.room.take().is_none() {
            return Ok(());
        }
        self.seen.one("kills");
        self.life += 1;
        self.in_room.clear();
        let in_ms = self.rng.u64(200..2_000);
        self.later(in_ms, Step::Restart);
        for human in 0..PEOPLE {
            let in_ms = self.rng.u64(300..2_500);
            self.breaks(human, in_ms)?;
        }
        Ok(())
    }

    fn restart(&mut self) {
        let Some((bytes, known)) = self.kept.clone().filter(|_| self.room.is_none()) else { return };
        let snapshot: Snapshot = postcard::from_bytes(&bytes).unwrap();
        self.room = Some(Room::restore(Millis(self.now), snapshot));
        self.oracle.known = known;
        self.oracle.since_start.clear();
        let said = self.oracle.known.said.len();
        self.oracle.from.values_mut().for_each(|from| *from = said.min(*from));
        self.oracle.known.doing.clear();
        let life = self.life;
        self.later(0, Step::RoomTick(life));
        self.later(0, Step::Keep(life));
    }

    fn room(&mut self, input: Input) -> Verdict {
        let Some(room) = &mut self.room else { return Ok(()) };
        let actions = room.handle(Millis(self.now), input);
        for action in actions {
            self.act(action)?;
        }
        Ok(())
    }

    fn act(&mut self, action: Action) -> Verdict {
        match action {
            Action::Welcome(visit, reply) => self.welcome(visit.0, &reply)?,
            Action::Refuse(visit, refusal) => {
                let reply = encode(&Reply::Refused { refusal }, Version::V3).unwrap();
                self.down(visit.0, |human| Step::ToGuest(human, visit.0, reply, true));
            }
            Action::Tell(visit, told) => self.tell(visit.0, &told)?,
            Action::Datagram(visit, bytes) => self.send(visit.0, bytes)?,
            Action::Close(visit) => self.down(visit.0, |human| Step::Closed(human, visit.0)),
            Action::Relate(viewer, of) => {
                let (life, in_ms) = (self.life, self.rng.u64(1..60));
                self.later(in_ms, Step::Related(life, viewer.person, of));
            }
            Action::NewInvitation => {
                self.words += 1;
                let code = Text::new(format!("CODE{}", self.words)).unwrap();
                self.room(Input::Invitation(code))?;
            }
            Action::Report(..) => {}
            Action::End => return Err("the room ended, and people were in it".into()),
        }
        Ok(())
    }

    fn welcome(&mut self, visit: u64, reply: &Reply) -> Verdict {
        let &Reply::InRoom { slot, back, .. } = reply else { return Err(format!("{reply:?}")) };
        let actor = self.humans[self.visits[&visit].0].actor;
        let (person, known) = (actor.person, &mut self.oracle.known);
        if actor.organisation != HOME {
            return Err("somebody of another organisation is in".into());
        }
        let before = known.slots.iter().find(|(_, of)| **of == person).map(|(slot, _)| *slot);
        if back && before != Some(slot) {
            return Err(format!("{person} had slot {before:?} and comes back as {slot}"));
        }
        if back {
            self.seen.one("backs");
        } else {
            known.slots.retain(|_, of| *of != person);
            known.doing.remove(&person);
        }
        known.slots.insert(slot, person);
        self.in_room.insert(visit, person);
        let frame = encode(reply, Version::V3).unwrap();
        self.down(visit, |human| Step::ToGuest(human, visit, frame, true));
        Ok(())
    }

    fn tell(&mut self, visit: u64, told: &RoomTold) -> Verdict {
        match told {
            RoomTold::Over { why } => {
                let person = self.in_room.remove(&visit);
                match why {
                    Ending::Elsewhere => {}
                    Ending::TooMuch => return Err("somebody was sent away for nothing".into()),
                    _ => self.oracle.known.slots.retain(|_, of| Some(*of) != person),
                }
                match why {
                    Ending::NotAgreed => self.seen.one("not agreed"),
                    Ending::Removed => self.seen.one("sent away"),
                    _ => {}
                }
            }
            RoomTold::Not { .. } => self.seen.one("nots"),
            told => {
                let Some(person) = self.in_room.get(&visit).copied() else {
                    return Err(format!("told to who is not in the room: {told:?}"));
                };
                if let RoomTold::Gone { slot } = told {
                    self.oracle.known.slots.remove(slot);
                }
                let leader = |world: &Self| world.oracle.leaders.get(&person).copied();
                let before = leader(self);
                self.oracle.told(person, told)?;
                if before.is_some() && leader(self) != before {
                    self.seen.one("new leaders");
                }
            }
        }
        let frame = encode(told, Version::V3).unwrap();
        self.down(visit, |human| Step::ToGuest(human, visit, frame, false));
        Ok(())
    }

    fn send(&mut self, visit: u64, mut bytes: Vec<u8>) -> Verdict {
        let Some(person) = self.in_room.get(&visit).copied() else {
            return Err("movement to who is gone".into());
        };
        let mut down = Down::read(&bytes).map_err(|error| error.to_string())?;
        if self.is(Bug::NotRedacted) {
            for (slot, blob) in &mut down.entries {
                let of = self.oracle.known.slots.get(slot);
                of.and_then(|of| self.blobs.get(of)).into_iter().for_each(|whole| blob.clone_from(whole));
            }
            bytes.clear();
            down.write(&mut bytes);
        }
        self.oracle.sent(person, &down)?;
        let human = self.visits[&visit].0;
        for in_ms in self.humans[human].link.datagram_ms(self.now, &mut self.rng) {
            self.later(in_ms, Step::DatagramDown(human, visit, bytes.clone()));
        }
        Ok(())
    }

    // -- the end

    fn heal(&mut self) -> Verdict {
        for human in 0..PEOPLE {
            self.humans[human].link = Link::Wifi;
            let person = self.humans[human].actor.person;
            if !self.humans[human].actor.role.is_staff() {
                let consents = self.oracle.consents[&person].with(Purpose::Class, true);
                self.consent(person, consents)?;
            }
            self.later(3_500, Step::Come(human));
        }
        self.later(8_000, Step::LastWords);
        Ok(())
    }

    /// All see the same, and of each other what they may: all of it, and nothing else.
    fn at_the_end(&self) -> Verdict {
        let inside: Vec<&Human> =
            self.humans.iter().filter(|human| human.guest.as_ref().is_some_and(|g| g.is_inside())).collect();
        if inside.len() < 2 {
            return Err("hardly anybody is in the room at the end".into());
        }
        for human in &inside {
            let me = human.actor.person;
            let view = human.guest.as_ref().map(|guest| guest.view().clone()).unwrap_or_default();
            let first = inside[0].guest.as_ref().map(|guest| guest.view().clone()).unwrap_or_default();
            let bare = |view: &baro_sync::room::View| {
                let mut room = view.room.clone();
                room.as_mut().into_iter().for_each(|room| room.invitation = None);
                let people = view.people.iter().map(|(slot, person)| {
                    let mut member = person.member.clone();
                    member
                        .as_mut()
                        .into_iter()
                        .for_each(|member| (member.person, member.variant) = (None, None));
                    (*slot, member)
                });
                (room, people.collect::<BTreeMap<_, _>>())
            };
            if bare(&view) != bare(&first) {
                return Err(format!(
                    "{me} and {} see two rooms:\n{view:?}\n{first:?}",
                    inside[0].actor.person
                ));
            }
            self.heard_all(human)?;
            for other in &inside {
                self.sees_all(human, other)?;
            }
        }
        Ok(())
    }

    fn heard_all(&self, human: &Human) -> Verdict {
        let me = human.actor.person;
        let known = &self.oracle.known;
        let mut once = human.heard.clone();
        once.sort_unstable();
        once.dedup();
        if once.len() != human.heard.len() {
            return Err(format!("{me} heard something twice: {:?}", human.heard));
        }
        let said = &known.said[self.oracle.from.get(&me).copied().unwrap_or(0)..];
        let heard: Vec<u64> = human.heard.iter().copied().filter(|word| known.said.contains(word)).collect();
        if heard.ends_with(said) { Ok(()) } else { Err(format!("{me} heard {heard:?} of {said:?}")) }
    }

    fn sees_all(&self, human: &Human, other: &Human) -> Verdict {
        let (me, of) = (human.actor.person, other.actor.person);
        let slot = self.oracle.slot(of).ok_or("who is inside has no slot")?;
        let view = human.guest.as_ref().and_then(|guest| guest.view().people.get(&slot));
        let seen = view.and_then(|person| person.doing.clone());
        let truth = self.oracle.known.doing.get(&of);
        let sees = |aspect| self.oracle.sees(me, of, aspect);
        let repetitions = truth.map(|doing| doing.repetitions).filter(|_| sees(Aspect::Repetitions));
        let score = truth.and_then(|doing| doing.score).filter(|_| sees(Aspect::Score));
        let pulse = truth.and_then(|doing| doing.heart_rate).filter(|_| sees(Aspect::HeartRate));
        let form = truth.filter(|_| sees(Aspect::Form)).map(|doing| doing.seen);
        let expected = (repetitions, score, pulse, form);
        let seen = seen.map_or((None, None, None, None), |seen| {
            (seen.repetitions, seen.score, seen.heart_rate, seen.form.map(|form| form.seen))
        });
        if seen != expected {
            return Err(format!("{me} sees {seen:?} of {of}, and may see {expected:?}"));
        }
        let drawn = human.drawn.get(&slot).is_some_and(|at| at + 1_500 > self.now);
        let may = me != of && other.moves && sees(Aspect::Avatar);
        if drawn == may { Ok(()) } else { Err(format!("{me} sees {of} move: {drawn}, and may: {may}")) }
    }
}
