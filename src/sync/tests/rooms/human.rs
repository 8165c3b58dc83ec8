//! Somebody and their program.

use crate::net::Link;
use baro_sync::room::Guest;
use baro_sync::room::receive::{How, Receiver};
use baro_sync::{Actor, Backoff, Millis};
use baro_wire::pose::{Encoder, Figure, Flag, State};
use baro_wire::room::{Aspect, Door, Shows, Slot};
use baro_wire::*;
use std::collections::BTreeMap;

pub const HOME: OrganisationId = OrganisationId([1; 16]);

pub struct Human {
    pub actor: Actor,
    pub guest: Option<Guest>,
    pub receiver: Receiver,
    pub encoder: Encoder,
    pub link: Link,
    pub online: bool,
    /// Rises with each connection.
    pub life: u32,
    /// The stream of the room on this connection.
    pub visit: u64,
    pub shows: Shows,
    /// Texts that were heard, since they came in as somebody new.
    pub heard: Vec<u64>,
    /// This device's clock is so far from the world's.
    pub clock_ms: u64,
    pub moves: bool,
    turned: f32,
    /// Whose figures were drawn in the last second as they were between two that came.
    pub drawn: BTreeMap<Slot, u64>,
}

impl Human {
    pub fn new(byte: u8, role: Role, link: Link, clock_ms: u64) -> Self {
        let organisation = if byte == 9 { OrganisationId([2; 16]) } else { HOME };
        let actor = Actor { organisation, person: PersonId([byte; 16]), device: DeviceId([byte; 16]), role };
        Self {
            actor,
            guest: None,
            receiver: Receiver::default(),
            encoder: Encoder::default(),
            link,
            online: false,
            life: 0,
            visit: 0,
            shows: Shows::NOTHING,
            heard: Vec::new(),
            clock_ms,
            moves: byte % 2 == 1,
            turned: 0.0,
            drawn: BTreeMap::new(),
        }
    }

    pub fn goes(&mut self, door: Door, seed: u64) {
        let called = Text::new(format!("{}", self.actor.person.0[0])).unwrap();
        self.guest = Some(Guest::new(door, called, self.shows, Backoff::new(seed)));
        self.heard.clear();
    }

    pub fn here(&self, now: u64) -> Millis {
        Millis(now + self.clock_ms)
    }

    /// The figure that they send now: always with pulse and state in it, so that what must be taken out is there.
    pub fn blob(&mut self, now: u64) -> Vec<u8> {
        self.turned += 0.1;
        let (sin, cos) = (self.turned * 0.5).sin_cos();
        let mut state = State::default().with(Flag::Pain, true);
        (state.phase, state.repetitions) = (3, 9);
        let mut figure = Figure { heart_rate_bpm: Some(111), state, ..Figure::default() };
        figure.turns[8] = [sin, 0.0, 0.0, cos];
        let mut blob = Vec::new();
        let room_ms = self.receiver.room_ms(self.here(now)).max(0.0) as u64;
        self.encoder.encode(room_ms as u16, &figure, &mut blob);
        blob
    }

    pub fn draw(&mut self, now: u64) {
        let here = self.here(now);
        for (slot, drawn) in self.receiver.draw(here) {
            if drawn.how == How::Live || drawn.how == How::Guessed {
                self.drawn.insert(slot, now);
            }
        }
    }
}

/// What each may choose to show.
pub const SHOWN: [Aspect; 4] = [Aspect::Avatar, Aspect::Repetitions, Aspect::Score, Aspect::HeartRate];
