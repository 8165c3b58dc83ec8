//! What goes into a room and comes out of it.

use crate::Actor;
use baro_wire::limits::{CALLED_BYTES, CODE_BYTES, NAME_BYTES};
use baro_wire::room::{Offence, Shows};
use baro_wire::{
    Consents, OrganisationId, PersonId, Refusal, Relation, Reply, RoomAsk, RoomId, RoomTold, Text,
};

/// One stay of somebody in a room, over one connection; the shell's name for it. Never given twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visit(pub u64);

/// What a room begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Random.
    pub id: RoomId,
    /// Where: nobody of another organisation comes in.
    pub organisation: OrganisationId,
    /// Its name.
    pub title: Text<NAME_BYTES>,
    /// The invitation, random.
    pub code: Text<CODE_BYTES>,
    /// Who leads it.
    pub by: PersonId,
}

/// Somebody at the door. That they hold an invitation, and `may`, was seen to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entrant {
    /// Their stay.
    pub visit: Visit,
    /// Who.
    pub actor: Actor,
    /// What they agree to now.
    pub consents: Consents,
    /// What the others call them.
    pub called: Text<CALLED_BYTES>,
    /// What the others see of them.
    pub shows: Shows,
    /// The newest happening that they heard; none: they come with an invitation.
    pub seen: Option<u64>,
    /// The longest datagram that their path takes.
    pub path: usize,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Somebody wants in.
    Enter(Box<Entrant>),
    /// A frame on their stream.
    Ask(Visit, RoomAsk),
    /// A datagram of theirs.
    Datagram(Visit, Vec<u8>),
    /// Their stream or connection ended.
    Lost(Visit),
    /// Their stream brought what is no message.
    Malformed(Visit),
    /// So many told frames are on their way.
    Sent(Visit, usize),
    /// Their path takes datagrams of another length now.
    Path(Visit, usize),
    /// What `viewer` is to `of`. It stands in the audit log that the one looks at the other.
    Related {
        /// A therapist or a leader.
        viewer: PersonId,
        /// A patient.
        of: PersonId,
        /// By the store.
        relation: Relation,
    },
    /// What a person agrees to, as it is now.
    Consents(PersonId, Consents),
    /// Something about a person was changed at another server: it is looked up anew.
    Changed(PersonId),
    /// A person's data was erased: they are in no room any more.
    Gone(PersonId),
    /// The new invitation that was asked for.
    Invitation(Text<CODE_BYTES>),
    /// A tick, [`super::TICKS_A_SECOND`].
    Tick,
    /// The server stops.
    Stopping,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Somebody is in; the answer, then all that is told.
    Welcome(Visit, Reply),
    /// Somebody is not let in.
    Refuse(Visit, Refusal),
    /// Say on their stream.
    Tell(Visit, RoomTold),
    /// Send; if the path is full, the oldest is dropped.
    Datagram(Visit, Vec<u8>),
    /// End their stream when all before is sent.
    Close(Visit),
    /// Ask the store what the one is to the other. Where that is not what was known, write to the audit log that the one looks at the
    /// other; then [`Input::Related`].
    Relate {
        /// A therapist or a leader.
        viewer: Actor,
        /// A patient.
        of: PersonId,
        /// The answer of before.
        known: Option<Relation>,
    },
    /// Ask the store what they agree to now; then [`Input::Consents`], or [`Input::Gone`].
    Look(Actor),
    /// Write to the audit log that the one reports the other.
    Report(Actor, PersonId, Offence),
    /// Somebody wants a new invitation; then [`Input::Invitation`].
    NewInvitation,
    /// The room is gone.
    End,
}
