//! Many people in rooms of eight over real QUIC, each with recorded movement, against the server as a process of its own on the same
//! two cores; and the same against a bare relay of datagrams, as what QUIC itself takes.

mod crowd;
mod hostile;
mod lateness;
mod process;
mod tls;

use crate::motion::{self, Take};
use crate::serve::{self, ROOM};
use anyhow::Result;
use baro_wire::pose::{Encoder, Kind};
use bench_table::Table;
use crowd::{Got, Moves};
use hostile::{Deeds, attack};
use lateness::{TICK_MS, lateness};
use process::{Process, spent_s};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep_until;

/// The goal.
const GOAL: usize = 1_000;
/// Nobody looks for more.
const MOST: usize = 2_000;
/// The largest crowd is looked for by halves down to so few.
const NEAR: usize = 128;
const IN_TIME_MS: f64 = 15.0;
const HOLDS: f64 = 0.99;
/// Until all have found themselves, and how long is then measured.
const SETTLE: Duration = Duration::from_secs(3);
const MEASURE: Duration = Duration::from_secs(8);
/// The goal's crowd is measured so often; an odd number.
const RUNS: usize = 5;

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Rooms,
    Relay,
}

/// Who stands in the hostile one's way.
const OTHERS: usize = 400;
const SLOWER: f64 = 0.05;

/// What came of a crowd.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// Share of all ticks that were there in time.
    in_time: f64,
    p50_ms: f64,
    p99_ms: f64,
    lost: f64,
    bytes: f64,
    /// Of the server, and of those who load it.
    cores: [f64; 2],
    kb_each: f64,
}

struct Bench {
    runtime: Runtime,
    moves: Vec<Moves>,
    folder: TempDir,
}

/// Measures it.
///
/// # Errors
/// Where the other side can't be started, or somebody is not let in.
pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let takes = motion::recorded()?;
    if takes.is_empty() {
        table.skip("no recording is here");
        return Ok(table);
    }
    let bench = Bench::new(&takes, MOST)?;
    let [(rooms, of_rooms), (relay, of_relay)] = bench.in_turn(GOAL)?;
    let what = format!("{GOAL} people in rooms of {ROOM}: ticks there within {IN_TIME_MS} ms of their time");
    let note = |seen: &Seen, all: &str| format!("the middle one of {all}: {}", seen.note());
    table.at_least(&what, 100.0 * rooms.in_time, "%", Some(100.0 * HOLDS), &note(&rooms, &of_rooms));
    let what = "the same over a bare relay of datagrams";
    table.told(what, 100.0 * relay.in_time, "%", &note(&relay, &of_relay));
    let note = format!("resident, with {GOAL} people, less what it was before they came");
    table.told("the server's memory for each of them", rooms.kb_each, "kB", &note);
    let most = bench.largest(Side::Rooms, rooms.in_time >= HOLDS)?;
    let bare = bench.largest(Side::Relay, relay.in_time >= HOLDS)?;
    let note = |most: usize| {
        format!("{} datagrams a second up, as many down; looked for in steps of at most {NEAR}", most * 30)
    };
    table.at_least("the largest crowd that holds", most as f64, "people", Some(GOAL as f64), &note(most));
    table.told("the largest crowd that the bare relay holds", bare as f64, "people", &note(bare));
    table.at_least(
        "the rooms against the relay",
        most as f64 / bare as f64,
        "",
        Some(0.7),
        "the one by the other",
    );
    Ok(table)
}

/// Measures what one of them who means harm does to the others.
///
/// # Errors
/// Where the other side can't be started, or somebody is not let in.
pub fn hostile() -> Result<Table> {
    let mut table = Table::default();
    let takes = motion::recorded()?;
    if takes.is_empty() {
        table.skip("no recording is here");
        return Ok(table);
    }
    let bench = Bench::new(&takes, OTHERS)?;
    let alone = bench.measure(Side::Rooms, OTHERS)?;
    let (seen, mates, deeds) = bench.attacked()?;
    let what =
        format!("{OTHERS} people in rooms of {ROOM}: ticks there within {IN_TIME_MS} ms of their time");
    table.told(&what, 100.0 * alone.in_time, "%", &alone.note());
    let note = format!(
        "of all others; {} datagrams and {} streams came from the one: {}",
        deeds.datagrams,
        deeds.streams,
        seen.note()
    );
    table.told("the same while one of them means harm", 100.0 * seen.in_time, "%", &note);
    table.told("the same of the seven in their room", 100.0 * mates.in_time, "%", &mates.note());
    let worst = seen.in_time.min(mates.in_time);
    let lost = (1.0 - worst / alone.in_time).max(0.0);
    table.at_most(
        "what it costs the others",
        100.0 * lost,
        "%",
        Some(100.0 * SLOWER),
        "fewer ticks in time, of all or of the room, whichever lost more",
    );
    Ok(table)
}

impl Bench {
    fn new(takes: &[Take], people: usize) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        serve::enrol(folder.path(), people)?;
        let moves = takes.iter().step_by(5).map(|take| Arc::new(coded(take))).collect();
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        Ok(Self { runtime, moves, folder })
    }

    /// Each side's run with the middle share of ticks in time, and the shares of all. The machine is not this bench's alone, so the two are
    /// measured in turn.
    fn in_turn(&self, crowd: usize) -> Result<[(Seen, String); 2]> {
        let mut runs = [const { Vec::new() }; 2];
        for _ in 0..RUNS {
            for (side, runs) in [Side::Rooms, Side::Relay].into_iter().zip(&mut runs) {
                runs.push(self.measure(side, crowd)?);
            }
        }
        Ok(runs.map(|mut runs| {
            runs.sort_by(|a: &Seen, b| a.in_time.total_cmp(&b.in_time));
            let all: Vec<_> = runs.iter().map(|seen| format!("{:.2}", 100.0 * seen.in_time)).collect();
            (runs[RUNS / 2], all.join(", "))
        }))
    }

    /// The largest crowd that holds, by halves. Who fails is tried once more.
    fn largest(&self, side: Side, goal_holds: bool) -> Result<usize> {
        let (mut holds, mut fails) = if goal_holds { (GOAL, MOST) } else { (0, GOAL) };
        while fails - holds > NEAR {
            let crowd = usize::midpoint(holds, fails) / ROOM * ROOM;
            let good = |seen: &Seen| seen.in_time >= HOLDS;
            if good(&self.measure(side, crowd)?) || good(&self.measure(side, crowd)?) {
                holds = crowd;
            } else {
                fails = crowd;
            }
        }
        Ok(holds)
    }

    fn measure(&self, side: Side, crowd: usize) -> Result<Seen> {
        let other = self.start(side)?;
        let (got, _, mut seen) = self.runtime.block_on(self.over(&other, side, crowd, false))?;
        seen.judge(&got);
        let name = if side == Side::Rooms { "rooms" } else { "relay" };
        println!("{name}, {crowd} people: {:.2} % in time, {}", 100.0 * seen.in_time, seen.note());
        Ok(seen)
    }

    /// What came of all others, and of those in the room of the one who means harm.
    fn attacked(&self) -> Result<(Seen, Seen, Deeds)> {
        let other = self.start(Side::Rooms)?;
        let (got, deeds, mut seen) = self.runtime.block_on(self.over(&other, Side::Rooms, OTHERS, true))?;
        let mut mates = seen;
        seen.judge(&got);
        mates.judge(&got[OTHERS - ROOM..]);
        Ok((seen, mates, deeds))
    }

    fn start(&self, side: Side) -> Result<Process> {
        match side {
            Side::Rooms => Process::start(&["serve", &self.folder.path().to_string_lossy()]),
            Side::Relay => Process::start(&["relay"]),
        }
    }

    /// What everybody got; the last one may mean harm, and what they got is left out.
    async fn over(
        &self,
        other: &Process,
        side: Side,
        crowd: usize,
        harm: bool,
    ) -> Result<(Vec<Got>, Deeds, Seen)> {
        let empty_kb = other.resident_kb()?;
        let mut people =
            crowd::connect(&tls::config()?, other.at, crowd, side == Side::Rooms, &self.moves).await?;
        let zero = Instant::now();
        let from = zero + SETTLE;
        let until = from + MEASURE;
        // Whoever is late may still come.
        let end = until + Duration::from_millis(300);
        let one = people.pop_if(|_| harm).map(|one| tokio::spawn(attack(one, end)));
        let tasks: Vec<_> =
            people.into_iter().map(|person| tokio::spawn(person.take_part(zero, from, end))).collect();
        let spent = || Ok::<_, anyhow::Error>([spent_s(other.id())?, spent_s(std::process::id())?]);
        sleep_until(from.into()).await;
        let before = spent()?;
        sleep_until(until.into()).await;
        let after = spent()?;
        let kb_each = (other.resident_kb()? - empty_kb) / crowd as f64;
        let mut got = Vec::new();
        for task in tasks {
            got.push(task.await??);
        }
        let deeds = match one {
            Some(one) => one.await??,
            None => Deeds::default(),
        };
        let cores = [0, 1].map(|n| (after[n] - before[n]) / MEASURE.as_secs_f64());
        Ok((got, deeds, Seen { cores, kb_each, ..Seen::default() }))
    }
}

impl Seen {
    /// From what people got, room by room.
    fn judge(&mut self, got: &[Got]) {
        let from_ms = SETTLE.as_secs_f64() * 1_000.0;
        let during = from_ms..from_ms + MEASURE.as_secs_f64() * 1_000.0;
        let of_room = |people: &[Got]| {
            let ticks: Vec<_> = people.iter().map(|got| got.ticks.clone()).collect();
            lateness(&ticks, during.clone())
        };
        let mut late: Vec<f64> = got.chunks(ROOM).flat_map(of_room).collect();
        late.sort_by(f64::total_cmp);
        let share =
            |limit: f64| late.partition_point(|late| *late <= limit) as f64 / late.len().max(1) as f64;
        let came = late.partition_point(|late| late.is_finite());
        let at = |part: usize| late.get(came * part / 100).copied().unwrap_or(f64::INFINITY);
        let datagrams: usize = got.iter().map(|got| got.ticks.len()).sum();
        let bytes: usize = got.iter().map(|got| got.bytes).sum();
        (self.in_time, self.lost) = (share(IN_TIME_MS), 1.0 - share(f64::MAX));
        (self.p50_ms, self.p99_ms) = (at(50), at(99));
        self.bytes = bytes as f64 / datagrams.max(1) as f64;
    }

    fn note(&self) -> String {
        let Self { p50_ms, p99_ms, lost, bytes, cores: [server, load], .. } = self;
        format!(
            "half within {p50_ms:.1} ms, 99 of 100 of those that came within {p99_ms:.1} ms, {:.2} % never came; {bytes:.0} bytes each; \
             the server took {server:.2} cores, the people {load:.2}",
            100.0 * lost
        )
    }
}

/// A recording as its blobs, keys acknowledged after a tenth of a second.
fn coded(take: &Take) -> Vec<Vec<u8>> {
    let (mut encoder, mut keys) = (Encoder::default(), Vec::new());
    let code = |(figure, n): (&_, u64)| {
        let mut blob = Vec::new();
        let kind = encoder.encode((n as f64 * TICK_MS) as u16, figure, &mut blob).kind;
        if let Kind::Key(id) = kind {
            keys.push((n + 3, id));
        }
        keys.iter().filter(|(at, _)| *at == n).for_each(|(_, id)| encoder.acknowledged(*id));
        blob
    };
    take.figures.iter().zip(0..).map(code).collect()
}
