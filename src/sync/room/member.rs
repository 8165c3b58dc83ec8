//! Somebody in a room.

use super::bucket::Bucket;
use super::{Entrant, Visit};
use crate::{Actor, Millis};
use baro_wire::limits::{CALLED_BYTES, SHAPE_BYTES};
use baro_wire::room::{Alarm, CueId, Doing, DoingView, MemberView, RoomView, Shows, Slot};
use baro_wire::{Ask, Bytes, Consents, Decision, PersonId, Purpose, Relation, Role, Standing, Text, may};
use std::collections::BTreeMap;

/// A person who presses buttons, and a program that says twice a second how it goes.
const ASKS_A_SECOND: (u64, u64) = (10, 40);
/// Who speaks faster than this is not read anyway.
const WORDS_A_SECOND: (u64, u64) = (1, 6);
/// One a tick, and some that were held up on the way.
const DATAGRAMS_A_SECOND: (u64, u64) = (40, 30);
/// Fifty, and some that were held up on the way.
const SPEECH_A_SECOND: (u64, u64) = (60, 40);
/// Asks and datagrams beyond all that before somebody is sent away, and how fast they are forgotten.
const EXCESS_A_SECOND: (u64, u64) = (5, 400);

/// What somebody was told of somebody: only what differs from it is told.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct ToldOf {
    pub member: Option<MemberView>,
    pub doing: Option<DoingView>,
    pub shape: Option<Bytes<SHAPE_BYTES>>,
}

/// Somebody's connection, and what went over it.
#[derive(Debug)]
pub(super) struct Here {
    pub visit: Visit,
    pub asks: u32,
    /// Told frames on their way.
    pub queued: usize,
    /// The longest datagram.
    pub path: usize,
    pub room: Option<RoomView>,
    pub told: BTreeMap<Slot, ToldOf>,
    /// The slots of which something may have to be told, a bit each.
    pub news: u32,
    pub room_news: bool,
    /// They hear the others, and can be heard.
    pub voice: bool,
    asks_left: Bucket,
    words_left: Bucket,
    datagrams_left: Bucket,
    speech_left: Bucket,
    excess_left: Bucket,
}

/// What somebody may send now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowance {
    Fine,
    /// This one is not heard.
    Excess,
    /// They are sent away.
    TooMuch,
}

impl Here {
    fn new(now: Millis, visit: Visit, path: usize) -> Self {
        let bucket = |(a_second, most)| Bucket::new(now, a_second, most);
        Self {
            visit,
            asks: 0,
            queued: 0,
            path,
            room: None,
            told: BTreeMap::new(),
            news: u32::MAX,
            room_news: true,
            voice: false,
            asks_left: bucket(ASKS_A_SECOND),
            words_left: bucket(WORDS_A_SECOND),
            datagrams_left: bucket(DATAGRAMS_A_SECOND),
            speech_left: bucket(SPEECH_A_SECOND),
            excess_left: bucket(EXCESS_A_SECOND),
        }
    }

    pub fn ask(&mut self, now: Millis) -> Allowance {
        let fine = self.asks_left.take(now);
        self.or_excess(now, fine)
    }

    pub fn word(&mut self, now: Millis) -> bool {
        self.words_left.take(now)
    }

    pub fn datagram(&mut self, now: Millis) -> Allowance {
        let fine = self.datagrams_left.take(now);
        self.or_excess(now, fine)
    }

    pub fn speech(&mut self, now: Millis) -> Allowance {
        let fine = self.speech_left.take(now);
        self.or_excess(now, fine)
    }

    pub fn excess(&mut self, now: Millis) -> Allowance {
        self.or_excess(now, false)
    }

    fn or_excess(&mut self, now: Millis, fine: bool) -> Allowance {
        match fine {
            true => Allowance::Fine,
            false if self.excess_left.take(now) => Allowance::Excess,
            false => Allowance::TooMuch,
        }
    }
}

/// Somebody in a room, connected or not.
#[derive(Debug)]
pub(super) struct Member {
    pub actor: Actor,
    /// Were they here since this server has the room? Before, what they agree to and show is not known, and nothing of them is told.
    pub known: bool,
    pub consents: Consents,
    /// What therapists and leaders of this room are to them, by the store.
    pub relations: BTreeMap<PersonId, Relation>,
    pub called: Text<CALLED_BYTES>,
    pub shows: Shows,
    pub shape: Option<Bytes<SHAPE_BYTES>>,
    pub place: u8,
    /// Who came first has the lower number.
    pub came: u64,
    /// Nothing up to this happening is told to them any more.
    pub heard: u64,
    /// Nothing up to this was for them: they were not here.
    pub since: u64,
    pub ready: bool,
    pub hand: bool,
    pub muted: bool,
    pub variant: Option<CueId>,
    pub doing: Option<Doing>,
    pub alarm: Option<Alarm>,
    pub here: Option<Here>,
    /// Since when nobody is connected.
    pub gone_since: Millis,
}

impl Member {
    pub fn new(now: Millis, entrant: &Entrant, place: u8, came: u64, since: u64) -> Self {
        let mut member = Self {
            actor: entrant.actor,
            known: true,
            consents: Consents::NONE,
            relations: BTreeMap::new(),
            called: entrant.called.clone(),
            shows: entrant.shows,
            shape: None,
            place,
            came,
            heard: since,
            since,
            ready: false,
            hand: false,
            muted: false,
            variant: None,
            doing: None,
            alarm: None,
            here: None,
            gone_since: now,
        };
        member.comes(now, entrant);
        member
    }

    /// They are connected.
    pub fn comes(&mut self, now: Millis, entrant: &Entrant) {
        self.actor = entrant.actor;
        self.called = entrant.called.clone();
        self.shows = entrant.shows;
        self.known = true;
        self.agrees(entrant.consents);
        self.here = Some(Here::new(now, entrant.visit, entrant.path));
    }

    /// Nobody keeps consents of staff: they agree by coming in, and choose what they show as everybody does.
    pub fn agrees(&mut self, consents: Consents) {
        let staff = self.actor.role.is_staff();
        self.consents = if staff { Consents::NONE.with(Purpose::Class, true) } else { consents };
    }

    pub fn person(&self) -> PersonId {
        self.actor.person
    }

    pub fn role(&self) -> Role {
        self.actor.role
    }

    pub fn is_here(&self) -> bool {
        self.here.is_some()
    }

    /// Off at first, and again after each break.
    pub fn has_voice(&self) -> bool {
        self.here.as_ref().is_some_and(|here| here.voice)
    }

    /// May they do this in a room of their own accord?
    pub fn may(&self, ask: Ask) -> bool {
        may(Standing::As(self.role()), ask, Relation::Own, self.consents) == Decision::Allowed
    }

    /// Somebody may have to look after them.
    pub fn needs_somebody(&self) -> bool {
        self.hand || self.alarm.is_some() || self.doing.as_ref().is_some_and(|doing| !doing.seen)
    }
}
