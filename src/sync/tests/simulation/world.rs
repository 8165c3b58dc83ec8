//! One clock, one queue of events, one source of chance.

mod devices;
mod plan;
mod serving;
mod wires;

use crate::device::{Device, Op as DiskOp};
use crate::link::{IDLE_MS, Link};
use crate::oracle::{Oracle, Verdict};
use crate::server::{DIGITS, Op, Server, Toy, toy_sign};
use crate::store::{Person, Store};
use baro_sync::*;
use baro_wire::*;
use fastrand::Rng;
use std::collections::{BTreeMap, VecDeque};

/// A fault in whoever runs the machines: each must be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bug {
    AckBeforeDurable,
    IdAfterSend,
    NoConsentCheck,
    CursorBeforeEntries,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kill {
    Server(u64),
    Device(usize, u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    pub seed: u64,
    pub bug: Option<Bug>,
    pub kill: Option<Kill>,
    /// Nothing fails but what is in `kill`.
    pub calm: bool,
    pub tell: bool,
}

impl Setup {
    pub const fn of(seed: u64) -> Self {
        Self { seed, bug: None, kill: None, calm: false, tell: false }
    }
}

/// What happened in a schedule, to show that it was no idle one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Seen {
    pub steps: u64,
    pub device_kills: u64,
    pub server_kills: u64,
    pub breaks: u64,
    pub disk_full: u64,
    pub clock_jumps: u64,
    pub created: u64,
    pub exists: u64,
    pub resumed: u64,
    pub allowed_reads: u64,
    pub refused_reads: u64,
    pub withdrawn: u64,
    pub receipts: u64,
    pub revoked: u64,
}

impl Seen {
    pub fn add(&mut self, other: &Self) {
        let Seen { steps, device_kills, server_kills, breaks, disk_full, clock_jumps, created, .. } = other;
        let Seen { exists, resumed, allowed_reads, refused_reads, withdrawn, receipts, revoked, .. } = other;
        for (sum, one) in [
            (&mut self.steps, steps),
            (&mut self.device_kills, device_kills),
            (&mut self.server_kills, server_kills),
            (&mut self.breaks, breaks),
            (&mut self.disk_full, disk_full),
            (&mut self.clock_jumps, clock_jumps),
            (&mut self.created, created),
            (&mut self.exists, exists),
            (&mut self.resumed, resumed),
            (&mut self.allowed_reads, allowed_reads),
            (&mut self.refused_reads, refused_reads),
            (&mut self.withdrawn, withdrawn),
            (&mut self.receipts, receipts),
            (&mut self.revoked, revoked),
        ] {
            *sum += one;
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Hello,
    Welcome,
    Request(u64),
    Reply(u64),
    Push,
}

enum Happens {
    Tick(usize, u32, u64),
    Disk(usize, u32),
    Connected(usize, u32, Conn),
    Fails(usize, u32, Conn),
    ToServer(usize, Kind, Vec<u8>),
    ToDevice(usize, Kind, Vec<u8>),
    Break(usize),
    SessionEnds(usize),
    Store(u32),
    SessionTick(u32, u64),
    StartDevice(usize),
    StartServer,
    Script(Step),
    Look,
}

#[derive(Debug, Clone)]
enum Step {
    Record(usize, u8, u32),
    Chunk(usize, RecordId, u32, u32),
    /// The morning after: a sealed record grows.
    Append(usize, RecordId),
    Write(usize, PersonId, PostBody),
    Ask(usize, Request),
    KillDevice(usize),
    KillServer,
    DeviceDisk(usize, bool),
    ServerDisk(bool),
    Link(usize, Link),
    Jump(i64),
    TryNow(usize),
    Break(usize),
    Heal,
}

/// A connection.
struct Wire {
    device: usize,
    device_life: u32,
    conn: Conn,
    server_life: u32,
    session: u64,
    device_up: bool,
    server_up: bool,
    version: Version,
}

const ACTIVE_MS: u64 = 120_000;
const HEALED_MS: u64 = 2 * 3_600_000;

pub const A: PersonId = PersonId([1; 16]);
const B: PersonId = PersonId([2; 16]);
const THERAPIST: PersonId = PersonId([3; 16]);
const STRANGER: PersonId = PersonId([4; 16]);

pub struct World {
    setup: Setup,
    now: u64,
    rng: Rng,
    queue: BTreeMap<(u64, u64), Happens>,
    number: u64,
    devices: Vec<Device>,
    server: Server,
    wires: Vec<Wire>,
    oracle: Oracle,
    seen: Seen,
    healed: bool,
    asks: u64,
}

pub fn run(setup: Setup) -> Result<Seen, String> {
    let mut world = World::new(setup);
    world.plan();
    for device in 0..world.devices.len() {
        world.input(device, Input::Tick)?;
    }
    while let Some(((at, _), happens)) = world.queue.pop_first() {
        world.now = at;
        world.seen.steps += 1;
        world.step(happens).map_err(|broken| format!("at {} ms: {broken}", world.now))?;
        match setup.kill {
            Some(Kill::Server(step)) if step == world.seen.steps => world.kill_server()?,
            Some(Kill::Device(device, step)) if step == world.seen.steps => world.kill_device(device),
            _ => {}
        }
        if world.healed && world.is_quiet() {
            break;
        }
        if at > ACTIVE_MS + HEALED_MS {
            let told: Vec<_> =
                world.devices.iter().map(|device| (device.up, device.told, device.ops.len())).collect();
            return Err(format!("all is healed, and yet not all arrived: {told:?}"));
        }
    }
    world.oracle.at_the_end(&world.server.store, &world.devices)?;
    Ok(world.seen)
}

impl World {
    fn new(setup: Setup) -> Self {
        let mut rng = Rng::with_seed(setup.seed);
        let people = [
            (A, Role::Patient, 9),
            (B, Role::Patient, 9),
            (THERAPIST, Role::Therapist, 9),
            (STRANGER, Role::Therapist, 8),
        ];
        let mut store = Store::default();
        let mut oracle = Oracle::default();
        for (id, role, organisation) in people {
            let organisation = OrganisationId([organisation; 16]);
            let mut consents = Consents::NONE;
            if role == Role::Patient {
                for purpose in [Purpose::Keep, Purpose::Therapist, Purpose::Movements] {
                    consents = consents.with(purpose, true);
                    oracle.consents.insert((id, purpose), true);
                }
            }
            let key = PublicKey([100 + id.0[0]; 32]);
            store.persons.insert(id, Person { organisation, role, consents, key, erased: None });
        }
        store.treats.insert((THERAPIST, A));
        let owners = [A, A, B, THERAPIST, STRANGER];
        let mut devices = Vec::new();
        for (byte, person) in (10..).zip(owners) {
            let mut device = Device::new(byte, person, store.persons[&person].role, &mut rng);
            device.unattended = (byte == 11 || byte == 12) && rng.f32() < 0.3;
            device.old = (byte == 11 || byte == 12) && rng.bool();
            let Person { organisation, role, key: person_key, .. } = store.persons[&person];
            let account = Account {
                organisation,
                person,
                role,
                key: PublicKey([byte; 32]),
                person_key,
                revoked: false,
            };
            store.devices.insert(device.id, account);
            devices.push(device);
        }
        let server = Server {
            up: true,
            life: 0,
            store,
            ops: VecDeque::new(),
            sessions: BTreeMap::new(),
            next_session: 0,
            attempts: Attempts::default(),
            disk_full: false,
            wall_ms: 1_764_000_000_000,
        };
        Self {
            setup,
            now: 0,
            rng,
            queue: BTreeMap::new(),
            number: 0,
            devices,
            server,
            wires: Vec::new(),
            oracle,
            seen: Seen::default(),
            healed: false,
            asks: 0,
        }
    }

    fn later(&mut self, in_ms: u64, happens: Happens) {
        self.number += 1;
        self.queue.insert((self.now + in_ms, self.number), happens);
    }

    // -- one event

    fn step(&mut self, happens: Happens) -> Verdict {
        match happens {
            Happens::Tick(device, life, wake) => {
                let Device { life: now, wake: last, up, .. } = self.devices[device];
                if up && now == life && last == wake { self.input(device, Input::Tick) } else { Ok(()) }
            }
            Happens::Disk(device, life) => self.device_disk(device, life),
            Happens::Connected(device, life, conn) => self.connected(device, life, conn),
            Happens::Fails(device, life, conn) if self.lives(device, life) => {
                self.input(device, Input::Lost(conn))
            }
            Happens::Fails(..) => Ok(()),
            Happens::ToServer(wire, kind, bytes) => self.at_server(wire, kind, &bytes),
            Happens::ToDevice(wire, kind, bytes) => self.at_device(wire, kind, &bytes),
            Happens::Break(wire) => self.break_wire(wire),
            Happens::SessionEnds(wire) => {
                let Wire { session, server_life, .. } = self.wires[wire];
                if server_life == self.server.life {
                    self.server.sessions.remove(&session);
                    self.wires[wire].server_up = false;
                }
                Ok(())
            }
            Happens::Store(life) if life == self.server.life && self.server.up => self.store(),
            Happens::Store(_) => Ok(()),
            Happens::SessionTick(life, session) if life == self.server.life => {
                self.event(session, Event::Tick)
            }
            Happens::SessionTick(..) => Ok(()),
            Happens::StartDevice(device) => self.start_device(device),
            Happens::StartServer => {
                self.server.up = true;
                Ok(())
            }
            Happens::Script(step) => self.script(step),
            Happens::Look => {
                self.later(5_000, Happens::Look);
                Ok(())
            }
        }
    }

    fn script(&mut self, step: Step) -> Verdict {
        if self.setup.tell {
            println!("{:>8} {step:?}", self.now);
        }
        match step {
            Step::Record(device, nth, chunks) => {
                let record = RecordId([10 * nth + device as u8; 16]);
                if self.devices[device].up {
                    self.devices[device].recording.insert(record, (0, Digest::default()));
                    self.later(0, Happens::Script(Step::Chunk(device, record, 0, chunks)));
                }
            }
            Step::Append(device, record) => {
                let sealed = self.devices[device].disk.seals.get(&record).copied();
                if let Some((chunks, last, _)) = sealed.filter(|_| self.devices[device].up) {
                    self.devices[device].recording.insert(record, (chunks, last));
                    self.record_chunk(device, record, chunks, chunks + 1);
                }
            }
            Step::Chunk(device, record, index, chunks) => self.record_chunk(device, record, index, chunks),
            Step::Write(device, about, body) => {
                // The worst moments are those just after something was handed to the disk.
                if !self.setup.calm && !self.healed && self.rng.f32() < 0.1 {
                    let in_ms = self.rng.u64(0..150);
                    self.later(in_ms, Happens::Script(Step::KillDevice(device)));
                }
                self.write_draft(device, about, body);
            }
            Step::Ask(device, request) => {
                if self.devices[device].up {
                    self.asks += 1;
                    self.input(device, Input::Ask(AskId(self.asks), Box::new(request)))?;
                }
            }
            Step::KillDevice(device) => self.kill_device(device),
            Step::KillServer => self.kill_server()?,
            Step::DeviceDisk(device, full) => {
                self.seen.disk_full += u64::from(full);
                self.devices[device].disk_full = full;
            }
            Step::ServerDisk(full) => {
                self.seen.disk_full += u64::from(full);
                self.server.disk_full = full;
            }
            Step::Link(device, link) => self.devices[device].link = link,
            Step::Jump(ms) => {
                self.seen.clock_jumps += 1;
                self.server.wall_ms += ms;
            }
            Step::TryNow(device) if self.devices[device].up => self.input(device, Input::TryNow)?,
            Step::TryNow(_) => {}
            Step::Break(device) => {
                let up = (0..self.wires.len()).rev().find(|wire| self.wires[*wire].device == device);
                if let Some(wire) = up {
                    self.break_wire(wire)?;
                }
            }
            Step::Heal => self.heal()?,
        }
        Ok(())
    }

    fn heal(&mut self) -> Verdict {
        self.healed = true;
        self.server.disk_full = false;
        self.later(5_000, Happens::Look);
        for device in 0..self.devices.len() {
            self.devices[device].link = Link::Wifi;
            self.devices[device].disk_full = false;
            if !self.devices[device].unattended && self.devices[device].role == Role::Patient {
                let about = self.devices[device].person;
                if device != 1 {
                    let body = PostBody::Consent { purpose: Purpose::Keep, text_version: 1, given: true };
                    self.later(25_000, Happens::Script(Step::Write(device, about, body)));
                }
            }
            if self.devices[device].up {
                self.input(device, Input::TryNow)?;
            }
        }
        Ok(())
    }

    fn is_quiet(&self) -> bool {
        let done = |device: &Device| {
            let told = match device.told {
                Told::UpToDate | Told::Revoked | Told::Erased => true,
                Told::Kept(_) | Told::NotAgreed(_) => device.role.is_staff() || device.unattended,
                _ => false,
            };
            let all_rows = device.disk.drafts.values().all(|draft| draft.id.is_some());
            device.up && told && device.ops.is_empty() && all_rows && device.recording.is_empty()
        };
        let under_way = |happens: &Happens| matches!(happens, Happens::ToServer(..) | Happens::ToDevice(..));
        self.now > ACTIVE_MS + 60_000
            && self.server.ops.is_empty()
            && self.devices.iter().all(done)
            && !self.queue.values().any(under_way)
    }
}
