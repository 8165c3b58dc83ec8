//! From figures to blobs.

use super::coder::Writer;
use super::decoder::Base;
use super::figure::CARRIED;
use super::model::{self, Change};
use super::quat::{IDENTITY, Quat, Steps, dot, inverse, mul, unit};
use super::{BLOB_BYTES, Figure, Head, JOINTS, KEYS, KeyId, Kind};

/// A key is renewed after this time, so that whoever lacks it does not wait long.
const RENEW_MS: u16 = 2000;
/// A key that was not acknowledged for so long is given up.
const PATIENCE_MS: u16 = 500;
/// A person moves who turned a joint (cosine of half the angle: 2.5°) or went further than this since they last did.
const TURNED_COS: f32 = 0.999_76;
const WENT_M: f32 = 0.02;
/// And is taken to move for so long after it.
const MOVES_MS: u16 = 500;

/// From so many bytes on, a body's plain form is as short: 22 joints in 29 bits each.
const PLAIN_BYTES: usize = 84;

#[derive(Debug, Clone, Copy)]
struct Key {
    id: KeyId,
    number: u8,
    base: Base,
}

/// Writes one person's figures. Call [`Encoder::acknowledged`] when everybody who receives them holds a key.
#[derive(Debug, Clone, Default)]
pub struct Encoder {
    /// Keys that were sent since `key`.
    awaited: [Option<Key>; KEYS],
    /// The newest key that was acknowledged.
    key: Option<Key>,
    sent: Sent,
    motion: Motion,
}

/// What was sent since the newest key, that one too.
#[derive(Debug, Clone, Copy, Default)]
struct Sent {
    number: u8,
    time_ms: u16,
    blobs: u32,
    bytes: u32,
    acknowledged: bool,
    /// Is a new key worth its bytes?
    renew: bool,
}

impl Encoder {
    /// Appends the blob of a figure, at most [`BLOB_BYTES`]. `time_ms` is the server's time, modulo 2¹⁶.
    pub fn encode(&mut self, time_ms: u16, figure: &Figure, out: &mut Vec<u8>) -> Head {
        let at = out.len();
        let kind = if self.is_key_due(time_ms) { None } else { self.key };
        let base = kind.map_or(Base::REST, |key| key.base);
        let change = change(&base, figure);
        let mut writer = Writer::new();
        let body = body(&mut writer, &change, kind.is_none());
        let kind = match kind {
            Some(key) => Kind::Delta(key.id),
            None if self.is_key_due(time_ms) => Kind::Key(self.begin(time_ms, body, &change)),
            None => Kind::Whole,
        };
        let head = Head {
            time_ms,
            kind,
            root_m: figure.root_m,
            moving: self.motion.step(time_ms, figure),
            state: figure.state,
            heart_rate_bpm: figure.heart_rate_bpm,
        };
        head.write(body, out);
        debug_assert!(out.len() - at <= BLOB_BYTES, "the plain form is shorter");
        self.sent.count((out.len() - at) as u32);
        head
    }

    /// Everybody holds this key. Words on older keys, or on none of ours, change nothing.
    pub fn acknowledged(&mut self, id: KeyId) {
        let Some(key) = self.awaited.iter().flatten().find(|key| key.id == id).copied() else { return };
        for awaited in &mut self.awaited {
            if awaited.is_some_and(|other| key.number.wrapping_sub(other.number) < 128) {
                *awaited = None;
            }
        }
        self.key = Some(key);
        if key.number == self.sent.number {
            self.sent.acknowledged = true;
            // What the older key cost says nothing about this one.
            self.sent.renew = false;
        }
    }

    /// The next blob is a key: somebody came who has none.
    pub fn renew(&mut self) {
        self.key = None;
        self.awaited = [None; KEYS];
    }

    /// A new key is due when a delta costs more than the mean since the last one, that key's own bytes counted: then a new one lowers
    /// the mean. While one is under way no other is sent.
    fn is_key_due(&self, time_ms: u16) -> bool {
        let age_ms = time_ms.wrapping_sub(self.sent.time_ms);
        let awaits = self.awaited.iter().any(Option::is_some);
        match self.key {
            _ if awaits && age_ms < PATIENCE_MS => false,
            None => true,
            Some(_) => awaits || self.sent.renew || age_ms >= RENEW_MS,
        }
    }

    fn begin(&mut self, time_ms: u16, body: &[u8], change: &Change) -> KeyId {
        let number = self.sent.number.wrapping_add(1);
        let id = KeyId::new(number, body);
        self.sent = Sent { number, time_ms, ..Sent::default() };
        self.awaited.rotate_right(1);
        self.awaited[0] = Base::REST.with(change).map(|base| Key { id, number, base });
        id
    }
}

impl Sent {
    fn count(&mut self, bytes: u32) {
        self.blobs += 1;
        self.bytes += bytes;
        self.renew = self.acknowledged && bytes * self.blobs > self.bytes;
    }
}

/// The nearest change whose figure the decoder gets: each joint is measured against what carries it as that will be drawn, so
/// that errors don't add up along a limb.
fn change(base: &Base, figure: &Figure) -> Change {
    let mut change = Change { seen: base.unlike(figure.seen), ..Change::NONE };
    let mut drawn = [IDENTITY; JOINTS];
    for joint in 0..JOINTS {
        let carried = CARRIED[joint].map_or(IDENTITY, |parent| drawn[parent]);
        let carried = unit(mul(carried, base.turn(joint)));
        let steps = Steps::of(mul(inverse(carried), unit(figure.turns[joint])));
        change.turns[joint] = steps;
        drawn[joint] = unit(mul(carried, steps.turn().unwrap_or(IDENTITY)));
    }
    change
}

/// The coded change; in plain form where that is shorter.
fn body<'a>(writer: &'a mut Writer, change: &Change, is_whole: bool) -> &'a [u8] {
    model::code(writer, change, is_whole, false);
    if writer.length() >= PLAIN_BYTES {
        *writer = Writer::new();
        model::code(writer, change, is_whole, true);
    }
    writer.finish()
}

/// Tells whether a person moves.
#[derive(Debug, Clone, Copy, Default)]
struct Motion {
    last: Option<(u16, [f32; 3], [Quat; JOINTS])>,
}

impl Motion {
    fn step(&mut self, time_ms: u16, figure: &Figure) -> bool {
        let moved = self.last.is_none_or(|(_, root_m, turns)| {
            root_m.iter().zip(figure.root_m).any(|(a, b)| (a - b).abs() > WENT_M)
                || turns.iter().zip(figure.turns).any(|(a, b)| dot(*a, b).abs() < TURNED_COS)
        });
        if moved {
            self.last = Some((time_ms, figure.root_m, figure.turns));
        }
        self.last.is_some_and(|(at_ms, ..)| time_ms.wrapping_sub(at_ms) < MOVES_MS)
    }
}
