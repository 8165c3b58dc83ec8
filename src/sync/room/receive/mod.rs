//! What a device makes of the datagrams of a room: the room's time, and everybody's figure as it is to be drawn now.
//!
//! Times are the device's own (`Millis`) or the room's; where the two stand to each other, [`Clock`] finds out. Nothing is drawn before
//! its neighbours came, as far as the network's own unsteadiness asks for ([`Playout`]); what is late is guessed for a tenth of a second,
//! then held, then drawn grey.

mod clock;
mod figure;
mod playout;

pub use clock::Clock;
pub use playout::{Drawn, How, Playout};

use crate::Millis;
use baro_wire::limits::{ACKS, ROOM_PEOPLE};
use baro_wire::pose::{Decoder, Head, KeyId, Kind};
use baro_wire::room::{Down, Held, Slot, Up};
use std::collections::BTreeMap;

/// A key that came just now is acknowledged so many times before others get their turn: datagrams are lost.
const ACK_OFTEN: u8 = 8;

/// Everybody who is seen in a room.
#[derive(Debug, Default)]
pub struct Receiver {
    clock: Clock,
    people: BTreeMap<Slot, Seen>,
    /// Whose key is acknowledged next when nothing is new.
    turn: Slot,
    /// Blobs that could not be read.
    unread: u64,
}

#[derive(Debug, Default)]
struct Seen {
    decoder: Decoder,
    playout: Playout,
    /// The newest key, and how often it was acknowledged.
    key: Option<(KeyId, u8)>,
}

impl Receiver {
    /// Into a room, or back: its time as the answer said it.
    pub fn enter(&mut self, now: Millis, time_ms: u32) {
        *self = Self::default();
        self.clock.begin(now, time_ms);
    }

    /// The room's time.
    pub fn room_ms(&self, now: Millis) -> f64 {
        self.clock.room_ms(now)
    }

    /// How sure that is: half the shortest way there and back that was seen.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Blobs that could not be read: their key never came, or they are no figure's.
    pub const fn unread(&self) -> u64 {
        self.unread
    }

    /// A datagram from the room. The own keys on which deltas may stand now are for the encoder.
    pub fn came(&mut self, now: Millis, down: &Down) -> Vec<KeyId> {
        self.clock.came(now, down.time_ms, down.echo);
        let room_ms = self.clock.room_ms(now);
        for (slot, blob) in down.entries.iter().filter(|(slot, _)| usize::from(*slot) < ROOM_PEOPLE) {
            let seen = self.people.entry(*slot).or_default();
            let (Ok(head), Ok(figure)) = (Head::read(blob), seen.decoder.decode(blob)) else {
                self.unread += 1;
                continue;
            };
            if let Kind::Key(id) = head.kind
                && seen.key.is_none_or(|(key, _)| key != id)
            {
                seen.key = Some((id, 0));
            }
            seen.playout.came(room_ms, head.time_ms, figure);
        }
        down.own.iter().map(|key| KeyId(*key)).collect()
    }

    /// The datagram up: which keys are held, and the own figure.
    pub fn up(&mut self, now: Millis, blob: Vec<u8>) -> Up {
        let mut held = Vec::with_capacity(ACKS);
        let mut slots: Vec<Slot> = self.people.keys().copied().collect();
        // New ones first, then each in turn.
        let turn = self.turn;
        slots.sort_by_key(|slot| {
            let often = self.people.get(slot).and_then(|seen| seen.key).map_or(u8::MAX, |(_, often)| often);
            (often.min(ACK_OFTEN), slot.wrapping_sub(turn) % ROOM_PEOPLE as u8)
        });
        for slot in slots.into_iter().take(ACKS) {
            if let Some((KeyId(key), often)) = self.people.get_mut(&slot).and_then(|seen| seen.key.as_mut()) {
                held.push(Held { slot, key: *key });
                *often = often.saturating_add(1);
                self.turn = slot.wrapping_add(1);
            }
        }
        Up { sent_ms: now.0 as u16, held, blob }
    }

    /// Nobody has this slot any more, or is to be seen. Keys stay: the room may count on them when they are shown again.
    pub fn hidden(&mut self, slot: Slot) {
        self.people.get_mut(&slot).into_iter().for_each(|seen| seen.playout = Playout::default());
    }

    /// Everybody's figure to be drawn now.
    pub fn draw(&mut self, now: Millis) -> Vec<(Slot, Drawn)> {
        let room_ms = self.clock.room_ms(now);
        let drawn =
            self.people.iter_mut().filter_map(|(slot, seen)| Some((*slot, seen.playout.draw(room_ms)?)));
        drawn.collect()
    }

    /// The added delay of somebody's figure: how far behind the room's time it is drawn.
    pub fn behind_ms(&self, slot: Slot) -> Option<f64> {
        self.people.get(&slot).map(|seen| seen.playout.delay_ms())
    }
}
