//! One clock, one queue of events, one source of chance.

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

    // -- the script of a schedule

    fn plan(&mut self) {
        self.plan_life();
        if !self.setup.calm {
            self.plan_faults();
        }
        self.later(ACTIVE_MS, Happens::Script(Step::Heal));
    }

    fn at(&mut self, step: Step) {
        let at = self.rng.u64(0..ACTIVE_MS);
        self.later(at, Happens::Script(step));
    }

    fn plan_life(&mut self) {
        for (device, nth) in [(0, 0), (0, 1), (1, 0), (2, 0)] {
            let chunks = self.rng.u32(1..9);
            self.at(Step::Record(device, nth, chunks));
            if self.rng.bool() {
                self.at(Step::Append(device, RecordId([10 * nth + device as u8; 16])));
            }
        }
        for n in 0..self.rng.u32(4..16) {
            let device = self.rng.usize(0..4);
            let about = if device == 3 { A } else { self.devices[device].person };
            let text = Text::new(format!("{device} says {n}")).unwrap();
            let body = match self.rng.u8(0..6) {
                0 if device == 3 => PostBody::Plan { routine: Text::new(format!("plan {n}")).unwrap() },
                1 => PostBody::Note { record: RecordId([7; 16]), time_ms: n, joint: None, text },
                2 if device != 3 => {
                    PostBody::Diary { line: Text::new(format!("{device} feels {n}")).unwrap() }
                }
                _ => PostBody::Message { answers: None, text },
            };
            self.at(Step::Write(device, about, body));
        }
        for _ in 0..self.rng.u32(0..6) {
            let purpose = self.rng.choice(Purpose::ALL).unwrap();
            let body = PostBody::Consent { purpose, text_version: 1, given: self.rng.f32() < 0.4 };
            self.at(Step::Write(0, A, body));
            let body =
                PostBody::Consent { purpose: Purpose::Movements, text_version: 1, given: self.rng.bool() };
            self.at(Step::Write(2, B, body));
        }
        for _ in 0..self.rng.u32(4..16) {
            let device = self.rng.usize(3..5);
            let person = if self.rng.f32() < 0.7 { A } else { B };
            let record = RecordId([self.rng.choice([0, 10, 1, 2]).unwrap(); 16]);
            let request = match self.rng.u8(0..3) {
                0 => Request::ListRecords { person, after: None },
                1 => Request::ReadPosts { person, after: 0, most: 32 },
                _ => Request::ReadChunk { person, record, index: self.rng.u32(0..3) },
            };
            self.at(Step::Ask(device, request));
        }
        if self.rng.f32() < 0.1 {
            let device = self.devices[1].id;
            self.at(Step::Write(0, A, PostBody::RevokeDevice { device }));
        }
        if self.rng.f32() < 0.1 {
            self.at(Step::Write(0, A, PostBody::Erase));
        }
    }

    fn plan_faults(&mut self) {
        for _ in 0..self.rng.u32(0..5) {
            let device = self.rng.usize(0..5);
            self.at(Step::KillDevice(device));
        }
        for _ in 0..self.rng.u32(0..4) {
            self.at(Step::KillServer);
        }
        for _ in 0..self.rng.u32(0..3) {
            let (device, server) = (self.rng.usize(0..4), self.rng.bool());
            let full = |on| if server { Step::ServerDisk(on) } else { Step::DeviceDisk(device, on) };
            let from = self.rng.u64(0..ACTIVE_MS);
            let for_ms = self.rng.u64(1_000..20_000);
            self.later(from, Happens::Script(full(true)));
            self.later(from + for_ms, Happens::Script(full(false)));
        }
        for _ in 0..self.rng.u32(2..14) {
            let (device, link) = (self.rng.usize(0..5), self.rng.choice(Link::LADDER).unwrap());
            self.at(Step::Link(device, link));
        }
        for _ in 0..self.rng.u32(0..3) {
            let jump_ms = self.rng.i64(-3_600_000..3_600_000);
            self.at(Step::Jump(jump_ms));
        }
        for _ in 0..self.rng.u32(0..6) {
            let device = self.rng.usize(0..5);
            let step = if self.rng.bool() { Step::TryNow(device) } else { Step::Break(device) };
            self.at(step);
        }
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

    // -- devices

    fn lives(&self, device: usize, life: u32) -> bool {
        self.devices[device].up && self.devices[device].life == life
    }

    fn record_chunk(&mut self, device: usize, record: RecordId, index: u32, chunks: u32) {
        let Some(&(next, previous)) = self.devices[device].recording.get(&record) else { return };
        if !self.devices[device].up || next != index {
            return;
        }
        let started_ms = 1_764_000_000_000;
        if index == chunks {
            self.devices[device].recording.remove(&record);
            self.disk_op(device, DiskOp::Sealed(record, chunks, previous, started_ms));
            return;
        }
        let person = self.devices[device].person;
        let mut bytes = vec![100 + person.0[0]; 32];
        bytes.extend([device as u8, index as u8]);
        bytes.extend((0..self.rng.usize(0..40)).map(|n| n as u8).collect::<Vec<_>>());
        let digest = sha256(&[&bytes]);
        self.devices[device].recording.insert(record, (index + 1, digest));
        self.disk_op(device, DiskOp::Chunk(record, index, started_ms, digest, previous, bytes));
        let in_ms = self.rng.u64(200..4_000);
        self.later(in_ms, Happens::Script(Step::Chunk(device, record, index + 1, chunks)));
    }

    fn write_draft(&mut self, device: usize, about: PersonId, body: PostBody) {
        if !self.devices[device].up {
            // The person comes back when the program runs.
            self.later(5_000, Happens::Script(Step::Write(device, about, body)));
            return;
        }
        let number = self.devices[device].next_draft;
        self.devices[device].next_draft += 1;
        self.disk_op(device, DiskOp::Draft(number, about, body));
    }

    fn disk_op(&mut self, device: usize, op: DiskOp) {
        let idle = self.devices[device].ops.is_empty();
        self.devices[device].ops.push_back(op);
        if idle {
            self.disk_turns(device);
        }
    }

    fn disk_turns(&mut self, device: usize) {
        let life = self.devices[device].life;
        let in_ms = self.rng.u64(1..40);
        self.later(in_ms, Happens::Disk(device, life));
    }

    /// The oldest operation is on the disk, or failed.
    fn device_disk(&mut self, d: usize, life: u32) -> Verdict {
        if !self.lives(d, life) {
            return Ok(());
        }
        let device = &mut self.devices[d];
        let Some(op) = device.ops.pop_front() else { return Ok(()) };
        if !device.ops.is_empty() {
            self.disk_turns(d);
        }
        let device = &mut self.devices[d];
        let full = device.disk_full;
        let input = match op.clone() {
            DiskOp::Page(page, after, most, early) => {
                let (rows, end) = early.unwrap_or_else(|| device.disk.page(after, most));
                device.rows.extend(rows.iter().map(|row| (row.key, row.clone())));
                Some(Input::Page { page, rows, end })
            }
            DiskOp::Load(chunk) => {
                let found =
                    device.disk.chunks.get(&(chunk.record, chunk.index)).map(|found| found.bytes.clone());
                Some(Input::Loaded(chunk, found))
            }
            DiskOp::Row(row) if full => Some(Input::NotStored(row.key)),
            DiskOp::Keep(..) if full => Some(Input::NotKept),
            DiskOp::Settle(key, _) if full => Some(Input::NotSettled(key)),
            DiskOp::Settle(key, _) => Some(Input::Settled(key)),
            // The program keeps it and tries again.
            DiskOp::Chunk(..) | DiskOp::Draft(..) | DiskOp::Sealed(..) if full => {
                let idle = device.ops.is_empty();
                device.ops.push_front(op);
                if idle {
                    self.disk_turns(d);
                }
                return Ok(());
            }
            DiskOp::Row(row) => Some(Input::Stored(row.key)),
            DiskOp::Keep(_, cursor) => Some(Input::Kept(cursor)),
            DiskOp::Chunk(..) | DiskOp::Draft(..) | DiskOp::Sealed(..) => None,
        };
        let device = &mut self.devices[d];
        if !full {
            let minted = device.minted.clone();
            device.disk.apply(op, &minted);
        }
        if let Some(input) = input {
            self.input(d, input)?;
        }
        self.top_up(d)
    }

    /// Gives the outbox what is durable and not in it yet.
    fn top_up(&mut self, d: usize) -> Verdict {
        let device = &mut self.devices[d];
        for (key, content) in device.without_row(&mut self.rng) {
            let device = &mut self.devices[d];
            match device.client.add(key, content) {
                Ok(actions) => {
                    device.adding.insert(key);
                    self.act(d, actions)?;
                }
                Err(OutboxFull) => {
                    if let Key::Post(id) = key {
                        self.devices[d].minted.remove(&id);
                    }
                }
            }
        }
        Ok(())
    }

    fn kill_device(&mut self, d: usize) {
        if !self.devices[d].up {
            return;
        }
        self.seen.device_kills += 1;
        self.devices[d].kill(&mut self.rng);
        for wire in 0..self.wires.len() {
            if self.wires[wire].device == d && self.wires[wire].device_up {
                self.wires[wire].device_up = false;
                let in_ms = self.rng.u64(0..IDLE_MS);
                self.later(in_ms, Happens::SessionEnds(wire));
            }
        }
        let in_ms = self.rng.u64(100..10_000);
        self.later(in_ms, Happens::StartDevice(d));
    }

    fn start_device(&mut self, d: usize) -> Verdict {
        if self.devices[d].up {
            return Ok(());
        }
        self.devices[d].start(&mut self.rng);
        if !self.devices[d].ops.is_empty() {
            self.disk_turns(d);
        }
        self.top_up(d)?;
        self.input(d, Input::Tick)
    }

    fn input(&mut self, d: usize, input: Input) -> Verdict {
        let actions = self.devices[d].client.handle(Millis(self.now), input);
        self.act(d, actions)?;
        let device = &mut self.devices[d];
        device.wake += 1;
        let (life, wake) = (device.life, device.wake);
        if let Some(at) = device.client.wake_at(Millis(self.now)) {
            self.later(at.0 - self.now, Happens::Tick(d, life, wake));
        }
        Ok(())
    }

    fn act(&mut self, d: usize, actions: Vec<Action>) -> Verdict {
        for action in actions {
            if self.setup.tell {
                println!("{:>8} device {d}: {action:?}", self.now);
            }
            let life = self.devices[d].life;
            match action {
                Action::Connect(conn) => {
                    let link = self.devices[d].link;
                    match link.delay_ms(1_200, &mut self.rng) {
                        Some(ms) => self.later(2 * ms, Happens::Connected(d, life, conn)),
                        None => self.later(10_000, Happens::Fails(d, life, conn)),
                    }
                }
                Action::Close(conn) => {
                    if let Some(wire) = self.wire_of(d, conn) {
                        self.wires[wire].device_up = false;
                        let in_ms = self.rng.u64(0..2_000);
                        self.later(in_ms, Happens::SessionEnds(wire));
                    }
                }
                Action::Greet(conn, mut hello) => {
                    if self.devices[d].old {
                        let old = hello.offers.iter().filter(|offer| offer.version == 1).copied();
                        hello.offers = List::new(old.collect::<Vec<_>>()).unwrap();
                    }
                    self.send_up(d, conn, Kind::Hello, encode(&hello, Version::V1).unwrap());
                }
                Action::Prove(conn, challenge) => self.prove(d, conn, &challenge)?,
                Action::Send(conn, version, ticket, request) => {
                    let bytes = encode(&request, version).unwrap();
                    self.send_up(d, conn, Kind::Request(ticket.0), bytes);
                }
                Action::Store { row } => {
                    let key = row.key;
                    self.devices[d].rows.insert(key, row.clone());
                    self.disk_op(d, DiskOp::Row(row));
                    if self.setup.bug == Some(Bug::IdAfterSend) {
                        self.input(d, Input::Stored(key))?;
                    }
                }
                Action::Page { page, after, most } => {
                    let early = self.rng.bool().then(|| self.devices[d].disk.page(after, most));
                    self.disk_op(d, DiskOp::Page(page, after, most, early));
                }
                Action::Load { chunk } => self.disk_op(d, DiskOp::Load(chunk)),
                Action::Settle { key, receipt } => {
                    self.oracle.acknowledge(&self.server.store, &self.devices[d], key)?;
                    self.disk_op(d, DiskOp::Settle(key, receipt.map(|receipt| *receipt)));
                }
                Action::Keep { entries, cursor } => {
                    if self.setup.bug == Some(Bug::CursorBeforeEntries) {
                        self.devices[d].disk.kept = cursor;
                    }
                    self.disk_op(d, DiskOp::Keep(entries, cursor));
                }
                Action::Answer(_, Some(reply)) => match *reply {
                    Reply::Refused { .. } => self.seen.refused_reads += 1,
                    _ => self.seen.allowed_reads += 1,
                },
                Action::Answer(_, None) => {}
                Action::Tell(told) => self.devices[d].told = told,
            }
        }
        Ok(())
    }

    fn prove(&mut self, d: usize, conn: Conn, challenge: &Digest) -> Verdict {
        let device = &self.devices[d];
        let account = self.server.store.devices[&device.id];
        let signed = sign_in_proof(challenge, &device.id);
        let person = match device.role {
            _ if device.unattended => PersonProof::Absent,
            role if role.is_staff() => PersonProof::Factor { digits: DIGITS },
            _ => PersonProof::Key { signature: toy_sign(&account.person_key, &signed) },
        };
        self.input(d, Input::Proved(conn, toy_sign(&account.key, &signed), person))
    }

    // -- connections

    fn wire_of(&self, device: usize, conn: Conn) -> Option<usize> {
        let life = self.devices[device].life;
        self.wires
            .iter()
            .position(|wire| wire.device == device && wire.conn == conn && wire.device_life == life)
    }

    fn connected(&mut self, d: usize, life: u32, conn: Conn) -> Verdict {
        if !self.lives(d, life) {
            return Ok(());
        }
        if !self.server.up {
            return self.input(d, Input::Lost(conn));
        }
        self.server.next_session += 1;
        let session = self.server.next_session;
        let mut challenge = [0; 32];
        self.rng.fill(&mut challenge);
        self.server.sessions.insert(session, Session::new(Millis(self.now), d as u64, Digest(challenge)));
        let server_life = self.server.life;
        self.wires.push(Wire {
            device: d,
            device_life: life,
            conn,
            server_life,
            session,
            device_up: true,
            server_up: true,
            version: Version::V1,
        });
        self.later(GREETING_MS + 1, Happens::SessionTick(server_life, session));
        self.input(d, Input::Connected(conn))
    }

    fn send_up(&mut self, d: usize, conn: Conn, kind: Kind, bytes: Vec<u8>) {
        let Some(wire) = self.wire_of(d, conn) else { return };
        match self.devices[d].link.delay_ms(bytes.len(), &mut self.rng) {
            Some(ms) => self.later(ms, Happens::ToServer(wire, kind, bytes)),
            None => self.later(IDLE_MS, Happens::Break(wire)),
        }
    }

    fn send_down(&mut self, wire: usize, kind: Kind, bytes: Vec<u8>) {
        let link = self.devices[self.wires[wire].device].link;
        match link.delay_ms(bytes.len(), &mut self.rng) {
            Some(ms) => self.later(ms, Happens::ToDevice(wire, kind, bytes)),
            None => self.later(IDLE_MS, Happens::Break(wire)),
        }
    }

    /// The device notices; the server's side may live on for a while, and what is under way to it may still arrive.
    fn break_wire(&mut self, wire: usize) -> Verdict {
        let Wire { device, device_life, conn, device_up, .. } = self.wires[wire];
        if !device_up {
            return Ok(());
        }
        self.seen.breaks += 1;
        self.wires[wire].device_up = false;
        let in_ms = self.rng.u64(0..IDLE_MS);
        self.later(in_ms, Happens::SessionEnds(wire));
        if self.lives(device, device_life) { self.input(device, Input::Lost(conn)) } else { Ok(()) }
    }

    /// The bytes come in pieces, as streams do.
    fn unframe<M: Message>(&mut self, bytes: &[u8], version: Version) -> M {
        let mut frames = Frames::new(M::MOST);
        let (mut front, mut back) = bytes.split_at(self.rng.usize(0..=bytes.len()));
        let whole = frames.take(&mut front).unwrap().or_else(|| frames.take(&mut back).unwrap());
        decode(&whole.unwrap(), version).unwrap()
    }

    fn at_server(&mut self, wire: usize, kind: Kind, bytes: &[u8]) -> Verdict {
        let Wire { session, server_life, server_up, version, device_up, .. } = self.wires[wire];
        let lost = !device_up && self.rng.bool();
        if lost || !server_up || server_life != self.server.life || !self.server.up {
            return Ok(());
        }
        let event = match kind {
            Kind::Hello => Event::Hello(self.unframe(bytes, Version::V1)),
            Kind::Request(stream) => Event::Request(Stream(stream), self.unframe(bytes, version)),
            _ => return Ok(()),
        };
        self.event(session, event)
    }

    fn at_device(&mut self, wire: usize, kind: Kind, bytes: &[u8]) -> Verdict {
        let Wire { device, device_life, conn, device_up, version, .. } = self.wires[wire];
        if !device_up || !self.lives(device, device_life) {
            return Ok(());
        }
        let input = match kind {
            Kind::Welcome => Input::Welcomed(conn, self.unframe(bytes, Version::V1)),
            Kind::Reply(ticket) => Input::Replied(conn, Ticket(ticket), self.unframe(bytes, version)),
            Kind::Push => Input::Pushed(conn, self.unframe(bytes, version)),
            _ => return Ok(()),
        };
        if let Input::Replied(_, ticket, reply) = &input {
            if self.setup.tell {
                println!("{:>8} device {device} hears {ticket:?} {reply:?}", self.now);
            }
            self.count(reply)?;
        }
        self.input(device, input)
    }

    fn count(&mut self, reply: &Reply) -> Verdict {
        match reply {
            Reply::Chunk { outcome, .. } | Reply::Posted { outcome, .. } | Reply::Sealed { outcome, .. } => {
                match outcome {
                    Outcome::Created => self.seen.created += 1,
                    Outcome::Exists => self.seen.exists += 1,
                }
            }
            Reply::Record { have, .. } => self.seen.exists += have.len() as u64,
            Reply::Resumed { .. } => self.seen.resumed += 1,
            Reply::Erased { receipt } => {
                self.seen.receipts += 1;
                let good =
                    erasure::check(receipt, |message, signature| Toy.verify(&Toy.own(), message, signature));
                if !good {
                    return Err("a receipt whose signature does not hold".into());
                }
            }
            _ => {}
        }
        Ok(())
    }

    // -- the server

    fn event(&mut self, session: u64, event: Event) -> Verdict {
        let (now, wall_ms) = (Millis(self.now), self.server.wall_ms + self.now as i64);
        let Some(machine) = self.server.sessions.get_mut(&session) else { return Ok(()) };
        let mut context = Context { now, wall_ms, keys: &Toy, attempts: &mut self.server.attempts };
        if self.setup.tell {
            println!("{:>8} session {session} hears {event:?}", self.now);
        }
        let actions = machine.handle(&mut context, event);
        let actor = machine.actor();
        for action in actions {
            let idle = self.server.ops.is_empty();
            let Some(action) = self.server.queue(session, action) else {
                if self.setup.bug == Some(Bug::AckBeforeDurable) {
                    self.acknowledge_too_early(session)?;
                }
                if idle {
                    self.store_turns();
                }
                continue;
            };
            let wire = self.wires.iter().rposition(|wire| wire.session == session).unwrap();
            match action {
                SessionAction::Welcome(welcome) => {
                    if let Welcome::Accepted { version, .. } = welcome {
                        self.wires[wire].version =
                            *Version::SERVED.iter().find(|v| v.number() == version).unwrap();
                    }
                    self.send_down(wire, Kind::Welcome, encode(&welcome, Version::V1).unwrap());
                }
                SessionAction::Reply(stream, version, reply) => {
                    if let Some(actor) = actor {
                        self.oracle.shown(&self.server.store, &actor, &reply)?;
                    }
                    self.send_down(wire, Kind::Reply(stream.0), encode(&reply, version).unwrap());
                }
                SessionAction::Push(push) => {
                    self.send_down(wire, Kind::Push, encode(&push, Version::V1).unwrap())
                }
                SessionAction::Close => {
                    self.server.sessions.remove(&session);
                    self.wires[wire].server_up = false;
                    let in_ms = self.rng.u64(1_000..IDLE_MS);
                    self.later(in_ms, Happens::Break(wire));
                }
                other => return Err(format!("the server can't do {other:?}")),
            }
        }
        Ok(())
    }

    fn store_turns(&mut self) {
        let (life, in_ms) = (self.server.life, self.rng.u64(1..25));
        self.later(in_ms, Happens::Store(life));
    }

    fn store(&mut self) -> Verdict {
        let Some(op) = self.server.ops.pop_front() else { return Ok(()) };
        if !self.server.ops.is_empty() {
            self.store_turns();
        }
        self.do_store(op)
    }

    /// The oldest operation of the store, and its report.
    fn do_store(&mut self, op: Op) -> Verdict {
        match op {
            Op::Find(session, stream, device) => {
                let found = self.server.store.devices.get(&device).copied();
                self.event(session, Event::Found(stream, found))
            }
            Op::Look(session, stream, actor, request) => {
                let (mut facts, mut data) = self.server.store.look(&actor, &request);
                if self.setup.bug == Some(Bug::NoConsentCheck) {
                    let all =
                        Purpose::ALL.into_iter().fold(Consents::NONE, |all, purpose| all.with(purpose, true));
                    facts.consents = all;
                    if let Data::Entries { entries, .. } = &mut data {
                        entries.iter_mut().for_each(|(_, _, consents)| *consents = all);
                    }
                }
                self.event(session, Event::Looked(stream, facts, data))
            }
            Op::Log(session, stream, drafts) => {
                let Store { log, audit, .. } = &mut self.server.store;
                audit.extend(drafts.into_iter().map(|draft| log.append(draft)));
                self.event(session, Event::Logged(stream))
            }
            Op::Write(session, stream, actor, write) => {
                let written = self.write(&actor, write)?;
                self.event(session, Event::Written(stream, written))
            }
        }
    }

    fn write(&mut self, actor: &Actor, write: Write) -> Result<Written, String> {
        if self.server.disk_full {
            return Ok(Written::Full);
        }
        let post = if let Write::Post { post, .. } = &write { Some(post.clone()) } else { None };
        let written = self.server.store.write(actor, write);
        let Some(post) = post.filter(|_| matches!(written, Written::Done(_) | Written::Erased { .. })) else {
            return Ok(written);
        };
        self.oracle.stored(&post);
        match post.body {
            PostBody::Consent { given: false, .. } => self.seen.withdrawn += 1,
            PostBody::RevokeDevice { device } => {
                self.seen.revoked += 1;
                self.tell_sessions(|actor| actor.device == device, &Event::Revoked)?;
            }
            _ => {}
        }
        for reader in self.server.store.readers(actor.person, post.about) {
            let newest =
                self.server.store.feeds.get(&reader).and_then(|feed| feed.last()).map(|entry| entry.cursor);
            if let Some(cursor) = newest {
                self.tell_sessions(|actor| actor.person == reader, &Event::News(cursor))?;
            }
        }
        Ok(written)
    }

    fn tell_sessions(&mut self, whom: impl Fn(&Actor) -> bool, event: &Event) -> Verdict {
        let all: Vec<u64> = self
            .server
            .sessions
            .iter()
            .filter(|(_, session)| session.actor().is_some_and(|actor| whom(&actor)))
            .map(|(id, _)| *id)
            .collect();
        all.into_iter().try_for_each(|session| self.event(session, event.clone()))
    }

    /// The planted fault: what was only just handed to the disk is reported as on it.
    fn acknowledge_too_early(&mut self, session: u64) -> Verdict {
        let Some(Op::Write(_, stream, _, write)) = self.server.ops.back() else { return Ok(()) };
        if matches!(write, Write::Chunk { .. }) {
            let stream = *stream;
            return self.event(session, Event::Written(stream, Written::Done(Outcome::Created)));
        }
        Ok(())
    }

    /// The process dies: of what was not synced, some first part is on the disk, and nobody was told.
    fn kill_server(&mut self) -> Verdict {
        if !self.server.up {
            return Ok(());
        }
        self.seen.server_kills += 1;
        self.server.up = false;
        self.server.life += 1;
        self.server.sessions.clear();
        self.server.attempts = Attempts::default();
        let kept = self.rng.usize(0..=self.server.ops.len());
        let ops: Vec<Op> = self.server.ops.drain(..).take(kept).collect();
        for op in ops {
            if let Op::Write(_, _, actor, write) = op {
                self.write(&actor, write)?;
            }
        }
        for wire in 0..self.wires.len() {
            self.wires[wire].server_up = false;
            if self.wires[wire].device_up {
                let in_ms = self.rng.u64(0..IDLE_MS);
                self.later(in_ms, Happens::Break(wire));
            }
        }
        let in_ms = self.rng.u64(200..15_000);
        self.later(in_ms, Happens::StartServer);
        self.oracle.nothing_acknowledged_is_lost(&self.server.store)
    }
}
