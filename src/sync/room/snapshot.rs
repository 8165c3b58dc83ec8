//! What of a room outlives its server: another one goes on from it. Who sees what is not in it; that is asked anew of who comes back.

use super::Opening;
use super::log::Log;
use super::member::Member;
use super::play::Game;
use super::relay::Relay;
use super::server::Room;
use super::speech::Floor;
use crate::{Actor, Millis};
use baro_wire::limits::{CALLED_BYTES, CODE_BYTES, NAME_BYTES, SHAPE_BYTES};
use baro_wire::room::{Activity, Alarm, CueId, Shows, Slot};
use baro_wire::{Bytes, Consents, DeviceId, OrganisationId, PersonId, Role, RoomId, Text};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};

/// How it is written; to be counted up whenever anything in it changes its form.
const FORM: u8 = 1;

/// A room as it can be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    id: RoomId,
    organisation: OrganisationId,
    title: Text<NAME_BYTES>,
    code: Text<CODE_BYTES>,
    by: PersonId,
    time_ms: u32,
    leader: Option<Slot>,
    offered: Option<Slot>,
    stands_in_for: Option<PersonId>,
    activity: Activity,
    play: Game,
    log: Log,
    sent_away: VecDeque<PersonId>,
    came: u64,
    next_slot: Slot,
    members: Vec<(Slot, Kept)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    person: PersonId,
    device: DeviceId,
    role: Role,
    called: Text<CALLED_BYTES>,
    shows: Shows,
    shape: Option<Bytes<SHAPE_BYTES>>,
    place: u8,
    came: u64,
    since: u64,
    heard: u64,
    ready: bool,
    hand: bool,
    muted: bool,
    variant: Option<CueId>,
    alarm: Option<Alarm>,
}

impl Snapshot {
    /// Which room it is.
    pub const fn id(&self) -> RoomId {
        self.id
    }

    /// Its invitation.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The same, so much later: its clock went on while nobody had it.
    #[must_use]
    pub fn later(mut self, ms: u32) -> Self {
        self.time_ms = self.time_ms.saturating_add(ms);
        self
    }

    /// In anything but the time?
    pub fn differs(&self, other: &Self) -> bool {
        *self != Self { time_ms: self.time_ms, ..other.clone() }
    }

    /// For another server.
    pub fn to_bytes(&self) -> Vec<u8> {
        postcard::to_extend(self, vec![FORM]).unwrap_or_default()
    }

    /// None: of a version that has another form.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (form, rest) = bytes.split_first()?;
        (*form == FORM).then(|| postcard::from_bytes(rest).ok())?
    }
}

impl Room {
    /// All that another server needs to go on.
    pub fn snapshot(&self, now: Millis) -> Snapshot {
        let Opening { id, organisation, title, code, by } = self.opening.clone();
        let kept = |member: &Member| Kept {
            person: member.person(),
            device: member.actor.device,
            role: member.role(),
            called: member.called.clone(),
            shows: member.shows,
            shape: member.shape.clone(),
            place: member.place,
            came: member.came,
            since: member.since,
            heard: member.heard,
            ready: member.ready,
            hand: member.hand,
            muted: member.muted,
            variant: member.variant.clone(),
            alarm: member.alarm,
        };
        Snapshot {
            id,
            organisation,
            title,
            code,
            by,
            time_ms: self.time_ms(now),
            leader: self.leader,
            offered: self.offered,
            stands_in_for: self.stands_in_for,
            activity: self.activity.clone(),
            play: self.play.clone(),
            log: self.log.clone(),
            sent_away: self.sent_away.clone(),
            came: self.came,
            next_slot: self.next_slot,
            members: self.members.iter().map(|(slot, member)| (*slot, kept(member))).collect(),
        }
    }

    /// Goes on where a snapshot ended. Everybody's place is kept as if they had been disconnected now.
    pub fn restore(now: Millis, mut snapshot: Snapshot) -> Self {
        snapshot.log.taken_over();
        let Snapshot { id, organisation, title, code, by, time_ms, .. } = snapshot;
        let member = |kept: Kept| Member {
            actor: Actor { organisation, person: kept.person, device: kept.device, role: kept.role },
            known: false,
            consents: Consents::NONE,
            relations: BTreeMap::new(),
            called: kept.called,
            shows: kept.shows,
            shape: kept.shape,
            place: kept.place,
            came: kept.came,
            heard: kept.heard,
            since: kept.since,
            ready: kept.ready,
            hand: kept.hand,
            muted: kept.muted,
            variant: kept.variant,
            doing: None,
            alarm: kept.alarm,
            here: None,
            gone_since: now,
        };
        Self {
            opening: Opening { id, organisation, title, code, by },
            began: now,
            began_ms: time_ms,
            leader: snapshot.leader,
            offered: snapshot.offered,
            stands_in_for: snapshot.stands_in_for,
            activity: snapshot.activity,
            play: snapshot.play,
            log: snapshot.log,
            sent_away: snapshot.sent_away,
            came: snapshot.came,
            next_slot: snapshot.next_slot,
            members: snapshot.members.into_iter().map(|(slot, kept)| (slot, member(kept))).collect(),
            visits: BTreeMap::new(),
            relay: Relay::default(),
            floor: Floor::default(),
            empty_since: Some(now),
            looked_s: 0,
            ended: false,
        }
    }
}
