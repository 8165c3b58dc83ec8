//! What a voice costs and how late it is heard, over each link of the ladder: the real machines of both sides and of the server, in
//! simulated time.

use crate::links::{LADDER, Link, mean, quantile};
use crate::signal;
use anyhow::{Context as _, Result};
use baro_sync::room::{Action, Entrant, Input, Opening, Room, Visit};
use baro_sync::{Actor, Millis};
use baro_voice::{Ear, FRAME, FRAME_MS, Mouth, RATE, Talk};
use baro_wire::room::{Shows, Speech};
use baro_wire::{Consents, DeviceId, OrganisationId, PersonId, Purpose, Role, RoomAsk, RoomId, Text};
use bench_table::Table;
use fastrand::Rng;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Of each link, and how many of them.
const SECONDS: usize = 60;
const SEEDS: u64 = 4;
/// Both devices work in pieces of so much.
const PIECE: usize = RATE / 100;
const PIECE_MS: f64 = 10.0;
/// Opus looks so far ahead.
const OPUS_MS: f64 = 6.5;
/// QUIC, UDP and IP around a datagram, about.
const AROUND: f64 = 28.0 + 8.0 + 20.0;
const SPEAKER: Visit = Visit(1);
const LISTENER: Visit = Visit(2);

/// What came of a link.
#[derive(Default)]
struct Heard {
    network_ms: Vec<f64>,
    behind_ms: Vec<f64>,
    counts: [u64; 3],
    packets: u64,
    bytes: u64,
    speaking: Duration,
    hearing: Duration,
    heard_ms: f64,
}

/// Measures all links.
///
/// # Errors
/// Where Opus can't.
pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let mut all = Heard::default();
    for link in LADDER {
        let mut heard = Heard::default();
        for seed in 1..=SEEDS {
            over(&link, seed, &mut heard)?;
        }
        tell(&mut table, &link, &mut heard);
        all.packets += heard.packets;
        all.bytes += heard.bytes;
        all.speaking += heard.speaking;
        all.hearing += heard.hearing;
        all.heard_ms += heard.heard_ms;
    }
    let (packets, said_ms) = (all.packets as f64, all.packets as f64 * FRAME_MS);
    let payload = all.bytes as f64 / packets;
    let note = format!(
        "{payload:.0} in each 20 ms, with number and slot; with QUIC, UDP and IP about {:.1} kB",
        (payload + AROUND) * 0.05
    );
    table.at_most("bytes a second of who speaks", payload * 50.0, "B", Some(4_000.0), &note);
    let part = |spent: Duration, of_ms: f64| 100_000.0 * spent.as_secs_f64() / of_ms;
    let note = "of one core: gate and encoder, while somebody speaks";
    table.at_most("to speak", part(all.speaking, said_ms), "%", Some(5.0), note);
    let note = "of one core, for each who is heard: jitter buffer, decoder, repair";
    table.at_most("to hear", part(all.hearing, all.heard_ms), "%", Some(5.0), note);
    let mut quiet = Mouth::new()?;
    let sent = quiet.hears(&vec![0.0; 10 * RATE], Talk::Open, -90.0).len();
    table.at_most(
        "sent by an open microphone while nobody speaks",
        sent as f64,
        "packets",
        Some(0.0),
        "in 10 s",
    );
    Ok(table)
}

fn tell(table: &mut Table, link: &Link, heard: &mut Heard) {
    let name = link.name;
    let network_ms = quantile(&mut heard.network_ms, 0.5);
    let note = format!(
        "of {} to {} ms each way, {:.1} % lost, {:.0} % in bursts; {network_ms:.0} ms in the middle from one program to the other",
        link.base_ms,
        link.base_ms + link.jitter_ms,
        100.0 * link.lost,
        100.0 * link.lost_in_bursts
    );
    let later_ms = mean(&heard.behind_ms) - network_ms;
    table.at_most(
        &format!("{name}: mouth to ear, apart from the network"),
        later_ms,
        "ms",
        link.goal_ms,
        &note,
    );
    let [came, made_up, guessed] = heard.counts.map(|count| count as f64);
    let all = came + made_up + guessed;
    let note = format!("and {:.2} % guessed", 100.0 * guessed / all);
    table.told(&format!("{name}: made up from the packet behind"), 100.0 * made_up / all, "%", &note);
}

/// One speaker for a minute.
fn over(link: &Link, seed: u64, heard: &mut Heard) -> Result<()> {
    let mut rng = Rng::with_seed(seed);
    let said = signal::speech(seed, SECONDS);
    let (mut mouth, mut ear, mut room) = (Mouth::new()?, Ear::new()?, room());
    // By when, and in which order.
    let (mut ups, mut downs) =
        (BTreeMap::<(u64, u64), Vec<u8>>::new(), BTreeMap::<(u64, u64), Vec<u8>>::new());
    let (mut number, mut said_at) = (0, BTreeMap::new());
    let mut piece = vec![0.0; PIECE];
    for (nth, captured) in said.chunks(PIECE).enumerate() {
        let now = (nth as u64 + 1) * PIECE_MS as u64;
        let began = Instant::now();
        let speeches = mouth.hears(captured, Talk::Open, -90.0);
        heard.speaking += began.elapsed();
        for speech in speeches {
            let mut bytes = Vec::new();
            speech.write_up(&mut bytes);
            (heard.packets, heard.bytes, number) =
                (heard.packets + 1, heard.bytes + bytes.len() as u64, number + 1);
            said_at.insert(speech.number, now);
            if let Some(ms) = link.way_ms(now, &mut rng) {
                ups.insert((now + ms, number), bytes);
            }
        }
        while let Some(up) = ups.first_entry().filter(|up| up.key().0 <= now) {
            let ((at, _), bytes) = up.remove_entry();
            for action in room.handle(Millis(at), Input::Datagram(SPEAKER, bytes)) {
                if let Action::Datagram(LISTENER, bytes) = action
                    && let Some(ms) = link.way_ms(at, &mut rng)
                {
                    number += 1;
                    downs.insert((at + ms, number), bytes);
                }
            }
        }
        let began = Instant::now();
        while let Some(down) = downs.first_entry().filter(|down| down.key().0 <= now) {
            let ((at, _), bytes) = down.remove_entry();
            let (_, speech) = Speech::read_down(&bytes).context("the room sent what is no speech")?;
            let sent = said_at.get(&speech.number).copied().unwrap_or(at);
            heard.network_ms.push((at - sent) as f64);
            ear.came(at as f64, speech);
        }
        ear.play(now as f64, &mut piece);
        let spent = began.elapsed();
        if let Some(behind_ms) = ear.behind_ms(now as f64) {
            heard.behind_ms.push(behind_ms + PIECE_MS + OPUS_MS);
            heard.hearing += spent;
            heard.heard_ms += PIECE_MS;
        }
    }
    for (sum, count) in heard.counts.iter_mut().zip(ear.counts()) {
        *sum += count;
    }
    Ok(())
}

/// A class of two, both with their voices on.
fn room() -> Room {
    let organisation = OrganisationId([1; 16]);
    let opening = Opening {
        id: RoomId::default(),
        organisation,
        title: Text::default(),
        code: Text::default(),
        by: PersonId([2; 16]),
    };
    let mut room = Room::new(Millis(0), opening);
    let consents = Consents::NONE.with(Purpose::Class, true);
    for (visit, role, byte) in [(LISTENER, Role::Leader, 2), (SPEAKER, Role::Patient, 3)] {
        let actor = Actor { organisation, person: PersonId([byte; 16]), device: DeviceId([byte; 16]), role };
        let (called, shows) = (Text::default(), Shows::NOTHING);
        let entrant = Entrant { visit, actor, consents, called, shows, seen: None, path: 1_150 };
        room.handle(Millis(0), Input::Enter(Box::new(entrant)));
        room.handle(Millis(0), Input::Ask(visit, RoomAsk::Voice { on: true }));
    }
    room
}

const _: () = assert!(FRAME == 2 * PIECE);
