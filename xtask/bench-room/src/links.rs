//! What a receiver draws of recorded exercise over each link of the ladder: the real machines of both sides and of the server, in
//! simulated time.

use crate::motion::{self, Take};
use anyhow::Result;
use baro_sync::room::receive::{How, Receiver};
use baro_sync::room::{Action, Entrant, Input, Opening, Room, TICKS_A_SECOND, Visit};
use baro_sync::{Actor, Millis};
use baro_wire::pose::{Encoder, Figure, JOINTS};
use baro_wire::room::{Aspect, Down, Shows};
use baro_wire::{Consents, DeviceId, OrganisationId, PersonId, Purpose, Reply, Role, RoomId, Text};
use bench_table::Table;
use fastrand::Rng;
use glam::{DQuat, DVec3};
use std::collections::BTreeMap;

/// Takes of each link, spread over all that there are, and how much of each.
const TAKES: usize = 12;
const MOST_MS: u64 = 40_000;
/// Until then clocks and delays find themselves.
const SETTLE_MS: u64 = 5_000;
/// Pictures a second.
const DRAW_MS: u64 = 16;
const PATH: usize = 1_150;

/// One way, from a person to the server or back: each person of the two has such a link.
pub struct Link {
    pub name: &'static str,
    pub base_ms: u64,
    pub jitter_ms: u64,
    pub lost: f64,
    /// In each fifth stretch of 700 ms this share is lost.
    pub lost_in_bursts: f64,
    /// Motion to picture may take so much longer than the network, if that is a goal.
    pub goal_ms: Option<f64>,
}

impl Link {
    /// None: it is lost.
    pub fn way_ms(&self, now: u64, rng: &mut Rng) -> Option<u64> {
        let burst = (now / 700).is_multiple_of(5);
        let lost = if burst { self.lost_in_bursts } else { self.lost };
        let ms = self.base_ms + rng.u64(0..=self.jitter_ms);
        (rng.f64() >= lost).then_some(ms)
    }
}

pub const LADDER: [Link; 4] = [
    Link { name: "wifi", base_ms: 2, jitter_ms: 4, lost: 0.002, lost_in_bursts: 0.002, goal_ms: Some(100.0) },
    Link { name: "4G", base_ms: 20, jitter_ms: 30, lost: 0.01, lost_in_bursts: 0.01, goal_ms: None },
    Link { name: "bursty", base_ms: 75, jitter_ms: 100, lost: 0.02, lost_in_bursts: 0.7, goal_ms: None },
    Link {
        name: "bad cellular",
        base_ms: 150,
        jitter_ms: 250,
        lost: 0.08,
        lost_in_bursts: 0.7,
        goal_ms: Some(250.0),
    },
];

/// What came of a link.
#[derive(Default)]
struct Seen {
    drawn: u64,
    guessed: u64,
    held: u64,
    network_ms: Vec<f64>,
    behind_ms: Vec<f64>,
    degrees: Vec<f64>,
    root_mm: Vec<f64>,
    unread: u64,
}

/// Measures all links.
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
    let step = takes.len().div_ceil(TAKES);
    let chosen: Vec<&Take> = takes.iter().step_by(step).collect();
    let note = "each person's way to the server and back, at 60 pictures a second, in simulated time";
    table.told("takes", chosen.len() as f64, "", note);
    for link in LADDER {
        let mut seen = Seen::default();
        for (take, seed) in chosen.iter().zip(1..) {
            Run::new(&link, seed).over(take, &mut seen);
        }
        tell(&mut table, &link, &mut seen);
    }
    Ok(table)
}

fn tell(table: &mut Table, link: &Link, seen: &mut Seen) {
    let Link { name, base_ms, jitter_ms, lost, lost_in_bursts, goal_ms } = link;
    let network_ms = quantile(&mut seen.network_ms, 0.5);
    let behind_ms = mean(&seen.behind_ms);
    let note = format!(
        "of {base_ms} to {} ms each way, {:.1} % lost, {:.0} % in bursts; in the middle {network_ms:.0} ms from movement to arrival",
        base_ms + jitter_ms,
        100.0 * lost,
        100.0 * lost_in_bursts
    );
    table.at_most(
        &format!("{name}: drawn later than it came"),
        behind_ms - network_ms,
        "ms",
        *goal_ms,
        &note,
    );
    let share = |part: u64| 100.0 * part as f64 / seen.drawn.max(1) as f64;
    let note = format!("and {:.2} % held longer than that", share(seen.held));
    table.told(&format!("{name}: pictures that were guessed"), share(seen.guessed), "%", &note);
    let note = format!("99 of 100 within {:.1}°", quantile(&mut seen.degrees, 0.99));
    table.told(&format!("{name}: error of a joint's turn"), mean(&seen.degrees), "°", &note);
    let note = format!("99 of 100 within {:.0} mm", quantile(&mut seen.root_mm, 0.99));
    table.told(&format!("{name}: error of the root"), mean(&seen.root_mm), "mm", &note);
    table.at_most(
        &format!("{name}: figures that came and could not be read"),
        seen.unread as f64,
        "",
        Some(0.0),
        "",
    );
}

enum Event {
    Capture(usize),
    Up { sender: bool, bytes: Vec<u8> },
    Down { sender: bool, bytes: Vec<u8> },
    Tick,
    Draw,
}

/// One take over one link.
struct Run<'a> {
    link: &'a Link,
    rng: Rng,
    now: u64,
    queue: BTreeMap<(u64, u64), Event>,
    number: u64,
    room: Room,
    sender: Receiver,
    encoder: Encoder,
    viewer: Receiver,
    /// When each figure was made and what its sender took the room's time for.
    made: BTreeMap<u16, (u64, f64)>,
    /// The sender's reading less the truth, lately.
    wrong_ms: f64,
}

const SENDER: Visit = Visit(1);
const VIEWER: Visit = Visit(2);
/// Two devices' clocks.
const SENDER_CLOCK: u64 = 1_234_567;
const VIEWER_CLOCK: u64 = 987_654_321;

impl<'a> Run<'a> {
    fn new(link: &'a Link, seed: u64) -> Self {
        let organisation = OrganisationId([1; 16]);
        let opening = Opening {
            id: RoomId::default(),
            organisation,
            title: Text::default(),
            code: Text::default(),
            by: PersonId([2; 16]),
        };
        let mut run = Self {
            link,
            rng: Rng::with_seed(seed),
            now: 0,
            queue: BTreeMap::new(),
            number: 0,
            room: Room::new(Millis(0), opening),
            sender: Receiver::default(),
            encoder: Encoder::default(),
            viewer: Receiver::default(),
            made: BTreeMap::new(),
            wrong_ms: 0.0,
        };
        let consents = Consents::NONE.with(Purpose::Class, true);
        let shows = Shows::NOTHING.with(Aspect::Avatar, true);
        for (visit, role, byte) in [(VIEWER, Role::Leader, 2), (SENDER, Role::Patient, 3)] {
            let actor =
                Actor { organisation, person: PersonId([byte; 16]), device: DeviceId([byte; 16]), role };
            let entrant =
                Entrant { visit, actor, consents, called: Text::default(), shows, seen: None, path: PATH };
            run.room(Input::Enter(Box::new(entrant)));
        }
        run
    }

    fn later(&mut self, in_ms: u64, event: Event) {
        self.number += 1;
        self.queue.insert((self.now + in_ms, self.number), event);
    }

    fn over(mut self, take: &Take, seen: &mut Seen) {
        let length_ms = (take.figures.len() as u64 * 1_000 / TICKS_A_SECOND).min(MOST_MS);
        for (nth, at) in (0..length_ms).map(|n| n * 100 / 3).take_while(|at| *at < length_ms).enumerate() {
            self.later(at, Event::Capture(nth));
        }
        (0..length_ms)
            .map(|n| 11 + n * 100 / 3)
            .take_while(|at| *at < length_ms)
            .for_each(|at| self.later(at, Event::Tick));
        (SETTLE_MS..length_ms).step_by(DRAW_MS as usize).for_each(|at| self.later(at, Event::Draw));
        while let Some(((at, _), event)) = self.queue.pop_first() {
            self.now = at;
            match event {
                Event::Capture(nth) => self.capture(&take.figures[nth]),
                Event::Up { sender, bytes } => {
                    self.room(Input::Datagram(if sender { SENDER } else { VIEWER }, bytes));
                }
                Event::Tick => self.room(Input::Tick),
                Event::Down { sender, bytes } => self.arrives(sender, &bytes, seen),
                Event::Draw => self.draw(take, seen),
            }
        }
        seen.unread += self.viewer.unread();
    }

    fn room(&mut self, input: Input) {
        for action in self.room.handle(Millis(self.now), input) {
            match action {
                Action::Welcome(visit, Reply::InRoom { time_ms, .. }) => {
                    let (receiver, clock) = match visit {
                        SENDER => (&mut self.sender, SENDER_CLOCK),
                        _ => (&mut self.viewer, VIEWER_CLOCK),
                    };
                    receiver.enter(Millis(self.now + clock), time_ms);
                }
                Action::Datagram(visit, bytes) => {
                    if let Some(ms) = self.link.way_ms(self.now, &mut self.rng) {
                        self.later(ms, Event::Down { sender: visit == SENDER, bytes });
                    }
                }
                Action::Tell(visit, _) => {
                    let _ = self.room.handle(Millis(self.now), Input::Sent(visit, 1));
                }
                _ => {}
            }
        }
    }

    /// Both write thirty times a second: the one how they move, the other which keys came.
    fn capture(&mut self, figure: &Figure) {
        let here = Millis(self.now + SENDER_CLOCK);
        let room_ms = self.sender.room_ms(here);
        let time_ms = room_ms.max(0.0) as u64 as u16;
        self.wrong_ms = room_ms - self.now as f64;
        self.made.insert(time_ms, (self.now, self.wrong_ms));
        let mut blob = Vec::new();
        self.encoder.encode(time_ms, figure, &mut blob);
        let ups = [
            (true, self.sender.up(here, blob)),
            (false, self.viewer.up(Millis(self.now + VIEWER_CLOCK), Vec::new())),
        ];
        for (sender, up) in ups {
            let mut bytes = Vec::new();
            up.write(&mut bytes);
            if let Some(ms) = self.link.way_ms(self.now, &mut self.rng) {
                self.later(ms, Event::Up { sender, bytes });
            }
        }
    }

    fn arrives(&mut self, sender: bool, bytes: &[u8], seen: &mut Seen) {
        let Ok(down) = Down::read(bytes) else { return };
        if sender {
            for key in self.sender.came(Millis(self.now + SENDER_CLOCK), &down) {
                self.encoder.acknowledged(key);
            }
            return;
        }
        if let Some((_, blob)) = down.entries.last()
            && let Some([low, high]) = blob.get(1..3).and_then(|time| time.first_chunk::<2>())
            && let Some((made, _)) = self.made.get(&u16::from_le_bytes([*low, *high]))
        {
            seen.network_ms.push((self.now - made) as f64);
        }
        self.viewer.came(Millis(self.now + VIEWER_CLOCK), &down);
    }

    fn draw(&mut self, take: &Take, seen: &mut Seen) {
        let Some((_, drawn)) = self.viewer.draw(Millis(self.now + VIEWER_CLOCK)).pop() else { return };
        // The moment that is shown, by the truth's clock.
        let at_ms = drawn.time_ms - self.wrong_ms;
        seen.drawn += 1;
        match drawn.how {
            How::Live => {}
            How::Guessed => seen.guessed += 1,
            How::Held | How::Grey => seen.held += 1,
        }
        seen.behind_ms.push(self.now as f64 - at_ms);
        let place = (at_ms * 0.03).max(0.0);
        let (Some(before), Some(after)) =
            (take.figures.get(place as usize), take.figures.get(place as usize + 1))
        else {
            return;
        };
        let part = place.fract();
        let mut degrees = 0.0;
        for joint in 0..JOINTS {
            let truth = turn(before, joint).slerp(turn(after, joint), part);
            degrees += turn(&drawn.figure, joint).angle_between(truth).to_degrees();
        }
        seen.degrees.push(degrees / JOINTS as f64);
        let root = |figure: &Figure| DVec3::from_array(figure.root_m.map(f64::from));
        seen.root_mm.push(1_000.0 * root(&drawn.figure).distance(root(before).lerp(root(after), part)));
    }
}

fn turn(figure: &Figure, joint: usize) -> DQuat {
    DQuat::from_array(figure.turns[joint].map(f64::from)).normalize()
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

pub fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(((values.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
}
