//! One clock, one queue of steps, one source of chance; a server with a room, and people.

mod end;
mod people;
mod server;

use crate::human::{HOME, Human};
use crate::net::Link;
use crate::oracle::{Known, Oracle, Verdict};
use crate::script::PEOPLE;
use baro_sync::Millis;
use baro_sync::room::{Action, Entrant, GuestAction, GuestInput, Input, Opening, Room, Snapshot, Visit};
use baro_wire::pose::{Head, Kind};
use baro_wire::room::{Aspect, Door, Down, Ending, Happening, Speech, Up};
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
    HearsMuted,
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
        const EACH: [&str; 12] = [
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
            "muted",
            "voices heard",
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
}
