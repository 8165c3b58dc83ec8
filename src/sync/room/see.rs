//! What somebody may see of somebody, now. Everything that leaves the room about a person passes here.

use super::member::{Member, ToldOf};
use super::server::Room;
use baro_wire::room::{Aspect, Doing, DoingView, Form, MemberView, RoomView, Slot};
use baro_wire::{Ask, Consents, Decision, Relation, Role, Standing, may};

impl Room {
    /// May the one see this of the other?
    pub(super) fn sees(&self, viewer: Slot, of: Slot, aspect: Aspect) -> bool {
        self.eyes(viewer, of).is_some_and(|sees| sees(aspect))
    }

    /// Tells of each aspect whether the one may see it of the other; none where one of them is not there.
    pub(super) fn eyes(&self, viewer: Slot, of: Slot) -> Option<impl Fn(Aspect) -> bool> {
        let (by, whom) = (self.members.get(&viewer)?, self.members.get(&of)?);
        let (relation, leads) = (closer(by, whom), self.leader == Some(viewer));
        Some(move |aspect: Aspect| {
            let shown = match aspect {
                Aspect::Alarm => leads,
                other => whom.shows.has(other),
            };
            let is_allowed = |relation| is_allowed(by, aspect.to_see(), relation, whom.consents);
            whom.known
                && (viewer == of
                    || relation.is_some_and(is_allowed)
                    || (shown && is_allowed(Relation::Classmate)))
        })
    }

    /// Does the one look after the other: lead the room, treat them or lead them?
    pub(super) fn looks_after(&self, viewer: Slot, of: Slot) -> bool {
        let (Some(by), Some(whom)) = (self.members.get(&viewer), self.members.get(&of)) else { return false };
        closer(by, whom).is_some() || (self.leader == Some(viewer) && by.may(Ask::LeadRoom))
    }

    /// All that the one may be told of the other.
    pub(super) fn view(&self, viewer: Slot, of: Slot) -> ToldOf {
        let (Some(by), Some(whom)) = (self.members.get(&viewer), self.members.get(&of)) else {
            return ToldOf::default();
        };
        let sees = |aspect| self.sees(viewer, of, aspect);
        let member = MemberView {
            slot: of,
            called: whom.called.clone(),
            role: whom.role(),
            person: (viewer == of || closer(by, whom).is_some()).then(|| whom.person()),
            place: whom.place,
            here: whom.is_here(),
            ready: whom.ready,
            hand: whom.hand,
            muted: whom.muted,
            shows: whom.shows,
            variant: whom.variant.clone().filter(|_| viewer == of || self.looks_after(viewer, of)),
            voice: whom.has_voice(),
        };
        let form =
            |doing: &Doing| Form { phase: doing.phase, faults: doing.faults.clone(), seen: doing.seen };
        let doing = whom.doing.as_ref();
        let doing = DoingView {
            slot: of,
            repetitions: doing.map(|doing| doing.repetitions).filter(|_| sees(Aspect::Repetitions)),
            score: doing.and_then(|doing| doing.score).filter(|_| sees(Aspect::Score)),
            heart_rate: doing.and_then(|doing| doing.heart_rate).filter(|_| sees(Aspect::HeartRate)),
            form: doing.filter(|_| sees(Aspect::Form)).map(form),
            alarm: whom.alarm.filter(|_| sees(Aspect::Alarm)),
        };
        let shape = whom.shape.clone().filter(|_| sees(Aspect::Avatar));
        ToldOf { member: Some(member), doing: Some(doing), shape }
    }

    /// The room, for somebody.
    pub(super) fn room_view(&self, viewer: Slot) -> RoomView {
        let invites =
            self.leader == Some(viewer) && self.members.get(&viewer).is_some_and(|by| by.may(Ask::LeadRoom));
        RoomView {
            title: self.opening.title.clone(),
            leader: self.leader,
            offered: self.offered,
            activity: self.activity.clone(),
            play: self.play.view(),
            invitation: invites.then(|| self.opening.code.clone()),
        }
    }
}

fn is_allowed(by: &Member, ask: Ask, relation: Relation, consents: Consents) -> bool {
    may(Standing::As(by.role()), ask, relation, consents) == Decision::Allowed
}

/// What the one is to the other where that is more than a classmate.
fn closer(by: &Member, whom: &Member) -> Option<Relation> {
    let relation = *whom.relations.get(&by.person())?;
    let closer = matches!(
        (by.role(), relation),
        (Role::Therapist, Relation::Treats) | (Role::Leader, Relation::Leads)
    );
    closer.then_some(relation)
}
