//! Movement: everybody's newest figure to everybody who may see it, one datagram a tick.
//!
//! A delta goes only to who holds its key, or together with that key: so who comes late, or lost something, needs nothing else. Where
//! not all fits, who matters more to the receiver goes first, and who waited longer matters more.

use super::place::apart_m;
use super::server::Room;
use super::{Action, TICKS_A_SECOND};
use crate::Millis;
use baro_wire::limits::ROOM_PEOPLE;
use baro_wire::pose::{Flag, Head, KeyId, Kind, Shown};
use baro_wire::room::{Aspect, DOWN_HEADER_BYTES, Down, ENTRY_HEADER_BYTES, Slot, Up, is_newer};
use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

/// Keys of one person that are kept: some are under way while another is in use.
const KEYS: usize = 4;
/// A person's own deltas wait so long for the slowest receiver of a key; who lacks it then gets it together with each of them.
const KEY_WAIT_MS: u64 = 150;
/// A figure is of now: so far back at most, and so far ahead, where two clocks differ.
const OLD_MS: i16 = 5_000;
const AHEAD_MS: i16 = 1_000;
/// After so long without a word, short clocks can't be compared any more; nothing of before can still be under way.
const QUIET_MS: u64 = 10_000;
/// With nothing to be seen, the time and what came are told so often.
const QUIET_TICKS: u64 = TICKS_A_SECOND / 5;
/// Who stands so near is watched.
const NEAR_M: f32 = 2.5;

/// What of somebody's datagram was no good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bad;

/// Somebody's movement.
#[derive(Debug)]
struct Source {
    head: Head,
    blob: Vec<u8>,
    /// Which figure of the room's it is.
    number: u64,
    came: Millis,
    /// Oldest first; since when.
    keys: VecDeque<(KeyId, Vec<u8>, Millis)>,
}

/// What one receiver has of one source.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    /// The figure that was sent last, and in which tick.
    sent: u64,
    tick: u64,
    /// Keys that they said they hold, the newest first.
    held: [Option<KeyId>; KEYS],
}

#[derive(Debug)]
struct Receiver {
    pairs: [Pair; ROOM_PEOPLE],
    /// Their clock in the newest datagram, and when it came.
    echo: Option<(u16, Millis)>,
    sent_tick: u64,
    own: Option<KeyId>,
}

/// All movement of a room.
#[derive(Debug, Default)]
pub(super) struct Relay {
    tick: u64,
    /// Counts figures, of all: who comes back has newer ones than before.
    figures: u64,
    sources: BTreeMap<Slot, Source>,
    receivers: BTreeMap<Slot, Receiver>,
}

impl Relay {
    /// Somebody came, or came back: what they hold is not known.
    pub fn enter(&mut self, slot: Slot) {
        let receiver =
            Receiver { pairs: [Pair::default(); ROOM_PEOPLE], echo: None, sent_tick: 0, own: None };
        self.receivers.insert(slot, receiver);
        // Their program may have begun anew, its clock too.
        self.sources.remove(&slot);
    }

    /// Somebody's connection is gone.
    pub fn lost(&mut self, slot: Slot) {
        self.receivers.remove(&slot);
        self.sources.remove(&slot);
    }

    /// The slot may become somebody else's.
    pub fn forget(&mut self, slot: Slot) {
        self.lost(slot);
        for receiver in self.receivers.values_mut() {
            receiver.pairs[usize::from(slot) % ROOM_PEOPLE] = Pair::default();
        }
    }

    /// A datagram of somebody's.
    pub fn came(&mut self, now: Millis, room_ms: u32, slot: Slot, up: &Up) -> Result<(), Bad> {
        let Some(receiver) = self.receivers.get_mut(&slot) else { return Ok(()) };
        let outdated = |came: Millis| came.after(QUIET_MS) <= now;
        if receiver.echo.is_none_or(|(sent_ms, came)| outdated(came) || is_newer(up.sent_ms, sent_ms)) {
            receiver.echo = Some((up.sent_ms, now));
        }
        for held in &up.held {
            let key = KeyId(held.key);
            // Only what there is: a forged word is worth nothing.
            let is_there = self.sources.get(&held.slot).is_some_and(|source| source.key(key).is_some());
            if let Some(pair) = receiver.pairs.get_mut(usize::from(held.slot)).filter(|_| is_there) {
                pair.hold(key);
            }
        }
        if up.blob.is_empty() { Ok(()) } else { self.figure(now, room_ms, slot, &up.blob) }
    }

    fn figure(&mut self, now: Millis, room_ms: u32, slot: Slot, blob: &[u8]) -> Result<(), Bad> {
        let head = Head::read(blob).map_err(|_| Bad)?;
        let age_ms = (room_ms as u16).wrapping_sub(head.time_ms) as i16;
        if !(-AHEAD_MS..=OLD_MS).contains(&age_ms) {
            return Err(Bad);
        }
        let source = self.sources.entry(slot).or_insert_with(|| Source {
            head,
            blob: Vec::new(),
            number: 0,
            came: now,
            keys: VecDeque::new(),
        });
        // What was overtaken, or comes again, is of no use.
        let outdated = source.came.after(QUIET_MS) <= now;
        if source.number > 0 && !outdated && !is_newer(head.time_ms, source.head.time_ms) {
            return Ok(());
        }
        match head.kind {
            Kind::Key(id) if source.key(id).is_none() => {
                if source.keys.len() >= KEYS {
                    source.keys.pop_front();
                }
                source.keys.push_back((id, blob.to_vec(), now));
            }
            // Its key was lost: nobody can read it.
            Kind::Delta(id) if source.key(id).is_none() => return Ok(()),
            Kind::Key(_) | Kind::Delta(_) | Kind::Whole => {}
        }
        source.blob.clear();
        source.blob.extend_from_slice(blob);
        (source.head, source.came) = (head, now);
        self.figures += 1;
        source.number = self.figures;
        Ok(())
    }
}

impl Source {
    fn key(&self, id: KeyId) -> Option<&[u8]> {
        self.keys.iter().find(|(key, ..)| *key == id).map(|(_, blob, _)| blob.as_slice())
    }
}

impl Pair {
    fn hold(&mut self, key: KeyId) {
        if !self.held.contains(&Some(key)) {
            self.held.rotate_right(1);
            self.held[0] = Some(key);
        }
    }
}

impl Room {
    /// One datagram to everybody for whom there is something.
    pub(super) fn relay(&mut self, now: Millis, out: &mut Vec<Action>) {
        self.relay.tick += 1;
        let slots: Vec<Slot> = self.relay.receivers.keys().copied().collect();
        for to in slots {
            let Some((visit, path)) = self.here_mut(to).map(|here| (here.visit, here.path)) else { continue };
            let own = self.own_key(now, to);
            let entries = self.entries(to, path);
            let (tick, time_ms) = (self.relay.tick, self.time_ms(now));
            let Some(receiver) = self.relay.receivers.get_mut(&to) else { continue };
            let quiet = entries.is_empty() && receiver.own == own;
            if path < DOWN_HEADER_BYTES || (quiet && tick < receiver.sent_tick + QUIET_TICKS) {
                continue;
            }
            (receiver.own, receiver.sent_tick) = (own, tick);
            let echo = receiver.echo.map(|(sent_ms, came)| {
                (sent_ms, u8::try_from(now.0.saturating_sub(came.0)).unwrap_or(u8::MAX))
            });
            let down = Down {
                time_ms,
                echo: echo.filter(|(_, ago_ms)| *ago_ms < u8::MAX),
                own: own.map(|KeyId(key)| key).into_iter().collect(),
                entries,
            };
            let mut bytes = Vec::with_capacity(path);
            down.write(&mut bytes);
            out.push(Action::Datagram(visit, bytes));
        }
    }

    /// The newest key of somebody's on which their deltas may stand: all who see them hold it, or waited for it long enough.
    fn own_key(&self, now: Millis, of: Slot) -> Option<KeyId> {
        let source = self.relay.sources.get(&of)?;
        let is_held = |id: KeyId| {
            self.relay.receivers.iter().all(|(to, receiver)| {
                *to == of
                    || receiver.pairs[usize::from(of)].held.contains(&Some(id))
                    || !self.sees(*to, of, Aspect::Avatar)
            })
        };
        let good =
            |(id, _, since): &&(KeyId, Vec<u8>, Millis)| since.after(KEY_WAIT_MS) <= now || is_held(*id);
        source.keys.iter().rev().find(good).map(|(id, ..)| *id)
    }

    /// What fits of what is new for somebody, who matters most first.
    fn entries(&mut self, to: Slot, path: usize) -> Vec<(Slot, Vec<u8>)> {
        let mut left = path.saturating_sub(DOWN_HEADER_BYTES);
        let mut entries = Vec::new();
        for of in self.in_order(to) {
            let Some(blobs) = self.blobs(to, of) else { continue };
            let bytes: usize = blobs.iter().flatten().map(|blob| blob.len() + ENTRY_HEADER_BYTES).sum();
            if bytes > left {
                continue;
            }
            left -= bytes;
            entries.extend(blobs.into_iter().flatten().map(|blob| (of, blob)));
            let (number, tick) =
                (self.relay.sources.get(&of).map_or(0, |source| source.number), self.relay.tick);
            if let Some(receiver) = self.relay.receivers.get_mut(&to) {
                let pair = &mut receiver.pairs[usize::from(of)];
                (pair.sent, pair.tick) = (number, tick);
            }
        }
        entries
    }

    /// Everybody of whom there is something new to be seen, by what they matter and how long they waited.
    fn in_order(&self, to: Slot) -> Vec<Slot> {
        let Some(receiver) = self.relay.receivers.get(&to) else { return Vec::new() };
        let new = self.relay.sources.iter().filter(|(of, source)| {
            **of != to
                && source.number > receiver.pairs[usize::from(**of)].sent
                && self.sees(to, **of, Aspect::Avatar)
        });
        let mut order: Vec<(Reverse<u64>, Slot)> = new
            .map(|(of, source)| {
                let waited = self.relay.tick - receiver.pairs[usize::from(*of)].tick;
                (Reverse(self.matters(to, *of, &source.head) * waited), *of)
            })
            .collect();
        order.sort_unstable();
        order.into_iter().map(|(_, of)| of).collect()
    }

    /// How much somebody's movement matters to somebody. Nobody matters nothing, so nobody waits for ever.
    fn matters(&self, to: Slot, of: Slot, head: &Head) -> u64 {
        let (Some(viewer), Some(whom)) = (self.members.get(&to), self.members.get(&of)) else { return 0 };
        let flags = [Flag::NotSeen, Flag::Pain, Flag::NeedsHelp, Flag::RaisedHand];
        let in_need = whom.needs_somebody() || flags.into_iter().any(|flag| head.state.is(flag));
        let near = apart_m(viewer.place, whom.place) <= NEAR_M;
        1 + 8 * u64::from(self.leader == Some(of))
            + 8 * u64::from(in_need)
            + 4 * u64::from(near)
            + 2 * u64::from(head.moving)
    }

    /// Somebody's newest figure for somebody, before it the key that they lack; with nothing in it that they may not see.
    fn blobs(&self, to: Slot, of: Slot) -> Option<[Option<Vec<u8>>; 2]> {
        let source = self.relay.sources.get(&of)?;
        let receiver = self.relay.receivers.get(&to)?;
        let sees = self.eyes(to, of)?;
        let shown = Shown {
            state: [Aspect::Repetitions, Aspect::Form, Aspect::Alarm].into_iter().all(&sees),
            heart_rate: sees(Aspect::HeartRate),
            extensions: false,
        };
        let redacted = |blob: &[u8]| {
            let mut out = Vec::with_capacity(blob.len());
            Head::redact(blob, shown, &mut out).ok().map(|()| out)
        };
        let lacks = |id: &KeyId| !receiver.pairs[usize::from(of)].held.contains(&Some(*id));
        let key = match &source.head.kind {
            Kind::Delta(id) if lacks(id) => Some(redacted(source.key(*id)?)?),
            _ => None,
        };
        Some([key, Some(redacted(&source.blob)?)])
    }
}
