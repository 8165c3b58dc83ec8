//! What the rooms themselves cost a server, without its network: many rooms of eight, one thread, one second after the other.

use crate::motion::{self, Take};
use anyhow::Result;
use baro_sync::room::receive::Receiver;
use baro_sync::room::{Action, Entrant, Input, Opening, Room, TICKS_A_SECOND, Visit};
use baro_sync::{Actor, Millis};
use baro_wire::pose::Encoder;
use baro_wire::room::{Aspect, Down, Shows};
use baro_wire::{Consents, DeviceId, OrganisationId, PersonId, Purpose, Reply, Role, RoomId, Text};
use bench_table::Table;
use std::time::{Duration, Instant};

const ROOMS: usize = 16;
const OF_EACH: usize = 8;
/// The first seconds are for keys to be known.
const SECONDS: u64 = 12;
const SETTLE: u64 = 4;
/// Everybody's way is shorter than a tick here.
const TICK_MS: u64 = 1_000 / TICKS_A_SECOND;

struct Person {
    visit: Visit,
    receiver: Receiver,
    encoder: Encoder,
    took: usize,
}

/// Measures it.
///
/// # Errors
/// Where a recording can't be read.
pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let takes = motion::takes()?;
    if takes.is_empty() {
        table.skip("no recording is here");
        return Ok(table);
    }
    let mut rooms: Vec<(Room, Vec<Person>)> = (0..ROOMS).map(|_| open()).collect();
    let (mut seconds, mut bytes, mut sent, mut figures) = (Vec::new(), 0_u64, 0_u64, 0_u64);
    for second in 0..SECONDS {
        let mut spent = Duration::ZERO;
        for tick in 0..TICKS_A_SECOND {
            let now = Millis((second * TICKS_A_SECOND + tick + 1) * TICK_MS);
            for (nth, (room, people)) in rooms.iter_mut().enumerate() {
                let (took, datagrams) = step(now, room, people, &takes[nth % takes.len()..]);
                spent += took;
                if second >= SETTLE {
                    sent += datagrams.len() as u64;
                    for down in datagrams {
                        bytes += down.0 as u64;
                        figures += down.1 as u64;
                    }
                }
            }
        }
        seconds.push(spent.as_secs_f64() * 1_000.0);
    }
    let people = (ROOMS * OF_EACH) as f64;
    let mut usual = seconds.split_off(SETTLE as usize);
    usual.sort_by(f64::total_cmp);
    let of_1000_ms = usual[usual.len() / 2] / people * 1_000.0;
    let note = "the median second of eight; decoding up, deciding who sees what, packing down; 1,000 ms would be a whole core";
    table.told("a server's time for 1,000 people in rooms of 8, a second", of_1000_ms, "ms", note);
    let note = format!(
        "{:.0} % of all figures that came were sent on, {:.1} in a datagram",
        100.0 * figures as f64 / (sent as f64 * (OF_EACH - 1) as f64),
        figures as f64 / sent as f64
    );
    table.told("bytes of a datagram down, mean", bytes as f64 / sent as f64, "bytes", &note);
    Ok(table)
}

fn open() -> (Room, Vec<Person>) {
    let organisation = OrganisationId([1; 16]);
    let by = PersonId([0; 16]);
    let (id, title, code) = (RoomId::default(), Text::default(), Text::default());
    let mut room = Room::new(Millis(0), Opening { id, organisation, title, code, by });
    let mut people = Vec::new();
    for n in 0..OF_EACH as u8 {
        let role = if n == 0 { Role::Leader } else { Role::Patient };
        let actor = Actor { organisation, person: PersonId([n; 16]), device: DeviceId([n; 16]), role };
        let (visit, called) = (Visit(n.into()), Text::default());
        let (consents, shows) =
            (Consents::NONE.with(Purpose::Class, true), Shows::NOTHING.with(Aspect::Avatar, true));
        let entrant = Entrant { visit, actor, consents, called, shows, seen: None, path: 1_150 };
        let mut receiver = Receiver::default();
        for action in room.handle(Millis(0), Input::Enter(Box::new(entrant))) {
            if let Action::Welcome(_, Reply::InRoom { time_ms, .. }) = action {
                receiver.enter(Millis(0), time_ms);
            }
        }
        people.push(Person { visit, receiver, encoder: Encoder::default(), took: usize::from(n) * 40 });
    }
    (room, people)
}

/// One tick of one room: how long the room took, and each datagram's bytes and figures.
fn step(
    now: Millis,
    room: &mut Room,
    people: &mut [Person],
    takes: &[Take],
) -> (Duration, Vec<(usize, usize)>) {
    let ups: Vec<(Visit, Vec<u8>)> = people
        .iter_mut()
        .enumerate()
        .map(|(nth, person)| up(now, person, &takes[nth % takes.len()]))
        .collect();
    let began = Instant::now();
    for (visit, bytes) in ups {
        let _ = room.handle(now, Input::Datagram(visit, bytes));
    }
    let actions = room.handle(now, Input::Tick);
    let spent = began.elapsed();
    let mut datagrams = Vec::new();
    for action in actions {
        match action {
            Action::Datagram(visit, bytes) => {
                let Ok(down) = Down::read(&bytes) else { continue };
                datagrams.push((bytes.len(), down.entries.len()));
                for person in people.iter_mut().filter(|person| person.visit == visit) {
                    for key in person.receiver.came(now, &down) {
                        person.encoder.acknowledged(key);
                    }
                }
            }
            Action::Tell(visit, _) => drop(room.handle(now, Input::Sent(visit, 1))),
            _ => {}
        }
    }
    (spent, datagrams)
}

fn up(now: Millis, person: &mut Person, take: &Take) -> (Visit, Vec<u8>) {
    person.took = (person.took + 1) % take.figures.len();
    let (mut blob, mut bytes) = (Vec::new(), Vec::new());
    let time_ms = person.receiver.room_ms(now).max(0.0) as u64 as u16;
    person.encoder.encode(time_ms, &take.figures[person.took], &mut blob);
    person.receiver.up(now, blob).write(&mut bytes);
    (person.visit, bytes)
}
