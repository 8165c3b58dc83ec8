//! `kill -9` of a real device and a real server, at random moments of an upload. After each, what the device's disk holds for
//! acknowledged must be on the server's disk; in the end all of it must be, byte for byte.

use crate::{person, server::Server};
use anyhow::{Context as _, Result, ensure};
use baro_agent::{Agent, Pairer};
use baro_home::PersonFolder;
use baro_record::{Keys, Sending};
use baro_store::{Device, Options, Sqlite, Store};
use baro_sync::{Actor, Data};
use baro_wire::{DeviceId, Digest, RecordId, Reply, Request, Role};
use std::{
    collections::BTreeMap,
    path::Path,
    process::{Child, Command},
    thread::sleep,
    time::{Duration, Instant},
};

/// A new set for each round: 10 chunks.
const FRAMES: usize = 3_000;
/// The moment comes within so long.
const MOST_MS: u64 = 900;
/// All that is left has to be there by then.
const END: Duration = Duration::from_secs(120);

/// What was seen.
#[derive(Debug, Default)]
pub struct Seen {
    pub kills: usize,
    /// Rounds in which both died while something was there and something was not.
    pub in_mid_upload: usize,
    pub chunks: usize,
}

/// As a process of its own: sends what is in a person's folder, until it is killed.
pub fn device(home: &Path) -> Result<()> {
    let agent = Agent::start(&person::known(home)?, &person::ring())?.context("not paired")?;
    loop {
        agent.try_now();
        sleep(Duration::from_millis(200));
    }
}

/// Kills both so often.
pub fn run(program: &Path, rounds: usize) -> Result<Seen> {
    let mut server = Server::start(program, None)?;
    let home = tempfile::tempdir()?;
    let folder = person::person(home.path())?;
    let invite = server.invite()?.to_string();
    Pairer::new(folder.clone())?.pair(&invite, "bench", &person::ring())?;
    let actor = actor(&folder)?;
    let mut seen = Seen::default();
    for round in 0..rounds {
        person::record(&folder, &format!("set{round:04}"), person::swaying(FRAMES))?;
        if server.pid().is_none() {
            server.come_back()?;
        }
        let mut device = start(home.path())?;
        let mut moments = [fastrand::u64(30..MOST_MS), fastrand::u64(30..MOST_MS)];
        let server_first = moments[0] < moments[1];
        moments.sort_unstable();
        sleep(Duration::from_millis(moments[0]));
        if server_first {
            server.kill()?
        } else {
            kill(&mut device)?
        }
        sleep(Duration::from_millis(moments[1] - moments[0]));
        if server_first {
            kill(&mut device)?
        } else {
            server.kill()?
        }
        seen.kills += 2;
        let records = person::records(&folder)?;
        let acknowledged = person::acknowledged(&folder, &records)?;
        let there = there(&server, actor, &records)?;
        for (record, index) in &acknowledged {
            let is_there = there.get(record).is_some_and(|chunks| chunks.contains_key(index));
            ensure!(is_there, "round {round}: chunk {index} of {record} was acknowledged and is not there");
        }
        let stored: usize = there.values().map(BTreeMap::len).sum();
        let all: usize = records.iter().map(|sending| sending.chunks.len()).sum();
        seen.in_mid_upload += usize::from(0 < stored && stored < all);
    }
    server.come_back()?;
    let mut device = start(home.path())?;
    let records = person::records(&folder)?;
    seen.chunks = records.iter().map(|sending| sending.chunks.len()).sum();
    let began = Instant::now();
    while there(&server, actor, &records)?.values().map(BTreeMap::len).sum::<usize>() < seen.chunks {
        ensure!(began.elapsed() < END, "not all is there after {END:?}");
        sleep(Duration::from_millis(500));
    }
    kill(&mut device)?;
    same_bytes(&server, actor, &records)?;
    Ok(seen)
}

fn start(home: &Path) -> Result<Child> {
    Ok(Command::new(std::env::current_exe()?).arg("device").arg(home).spawn()?)
}

fn kill(process: &mut Child) -> Result<()> {
    process.kill()?;
    process.wait()?;
    Ok(())
}

/// Who a folder's device is. Its program must not run.
pub fn actor(folder: &PersonFolder) -> Result<Actor> {
    let keys = Keys::of_folder(&folder.records(), &person::ring())?;
    let secret = keys.derived("clinic.db").context("the keys seal nothing")?;
    let pairing = Device::open(&folder.clinic(), *secret)?.pairing()?.context("not paired")?;
    let (organisation, person, device): (_, _, DeviceId) =
        (pairing.organisation, pairing.person, pairing.device);
    Ok(Actor { organisation, person, device, role: Role::Patient })
}

/// What the server's disk has of these records.
pub fn there(
    server: &Server,
    actor: Actor,
    records: &[Sending],
) -> Result<BTreeMap<RecordId, BTreeMap<u32, Digest>>> {
    let mut store = Sqlite::open(&server.database()?, Options::default())?;
    let mut all = BTreeMap::new();
    for sending in records {
        let (record, mut from) = (RecordId(*sending.record.as_bytes()), 0);
        let chunks: &mut BTreeMap<u32, Digest> = all.entry(record).or_default();
        while let (_, Data::Reply(reply)) = store.look(&actor, &Request::Have { record, from })?
            && let Reply::Record { have, more, .. } = *reply
        {
            chunks.extend(have.iter().map(|chunk| (chunk.index, chunk.digest)));
            from = have.last().map_or(from, |last| last.index + 1);
            if !more {
                break;
            }
        }
    }
    Ok(all)
}

fn same_bytes(server: &Server, actor: Actor, records: &[Sending]) -> Result<()> {
    let mut store = Sqlite::open(&server.database()?, Options::default())?;
    for sending in records {
        let record = RecordId(*sending.record.as_bytes());
        for chunk in &sending.chunks {
            let index = chunk.index;
            let request = Request::ReadChunk { person: actor.person, record, index };
            let (_, data) = store.look(&actor, &request)?;
            let same = match data {
                Data::Reply(reply) => match *reply {
                    Reply::ChunkBytes { bytes, .. } => *bytes == *chunk.to_bytes()?,
                    _ => false,
                },
                _ => false,
            };
            ensure!(same, "chunk {index} of {record} has other bytes");
        }
    }
    Ok(())
}
