//! What must hold whatever fails, by its own reading of who may see what.

use baro_wire::pose::{Head, State};
use baro_wire::room::{Aspect, Doing, Down, Happening, RoomTold, Shows, Slot, Speech};
use baro_wire::*;
use std::collections::{BTreeMap, BTreeSet};

pub type Verdict = Result<(), String>;

macro_rules! hold {
    ($condition:expr, $($message:tt)*) => {
        if !$condition {
            return Err(format!($($message)*));
        }
    };
}

/// What the room's server knows, and loses with its process.
#[derive(Debug, Default, Clone)]
pub struct Known {
    pub slots: BTreeMap<Slot, PersonId>,
    pub shows: BTreeMap<PersonId, Shows>,
    pub doing: BTreeMap<PersonId, Doing>,
    pub muted: BTreeSet<PersonId>,
    /// Texts that everybody was to hear, in their order.
    pub said: Vec<u64>,
}

#[derive(Default)]
pub struct Oracle {
    pub roles: BTreeMap<PersonId, Role>,
    pub consents: BTreeMap<PersonId, Consents>,
    /// (staff, patient) as the store has it.
    pub relations: BTreeMap<(PersonId, PersonId), Relation>,
    /// Those looks are in the audit log.
    pub logged: BTreeSet<(PersonId, PersonId)>,
    pub known: Known,
    /// Were in the room since its server has it.
    pub since_start: BTreeSet<PersonId>,
    /// Who turned their voice on, since they came in.
    pub voices: BTreeSet<PersonId>,
    /// By the last word that each was told.
    pub leaders: BTreeMap<PersonId, Option<Slot>>,
    pub cues: BTreeMap<String, PersonId>,
    /// How many texts were said before somebody's program was there.
    pub from: BTreeMap<PersonId, usize>,
}

impl Oracle {
    fn consents(&self, of: PersonId, purpose: Purpose) -> bool {
        self.roles[&of].is_staff() || self.consents.get(&of).is_some_and(|all| all.has(purpose))
    }

    fn relation(&self, viewer: PersonId, of: PersonId) -> Option<Relation> {
        let logged = self.logged.contains(&(viewer, of));
        let relation = self.relations.get(&(viewer, of)).copied().filter(|_| logged)?;
        let fits = match relation {
            Relation::Treats => self.roles[&viewer] == Role::Therapist,
            Relation::Leads => self.roles[&viewer] == Role::Leader,
            _ => false,
        };
        fits.then_some(relation)
    }

    /// May the one see this of the other now?
    pub fn sees(&self, viewer: PersonId, of: PersonId, aspect: Aspect) -> bool {
        if !self.since_start.contains(&of) || !self.consents(of, Purpose::Class) {
            return false;
        }
        if viewer == of {
            return true;
        }
        let relation = self.relation(viewer, of);
        let treats = relation == Some(Relation::Treats) && self.consents(of, Purpose::Movements);
        let leads = relation == Some(Relation::Leads);
        let shown = self.known.shows.get(&of).is_some_and(|shows| shows.has(aspect));
        let slot = self.slot(viewer);
        let leader = self.roles[&viewer].is_staff()
            && self.leaders.get(&viewer).is_some_and(|l| l.is_some() && *l == slot);
        match aspect {
            Aspect::Avatar | Aspect::Score | Aspect::HeartRate => shown || treats,
            Aspect::Repetitions => shown || treats || leads,
            Aspect::Form => treats || leads,
            Aspect::Alarm => leader || relation.is_some(),
        }
    }

    pub fn slot(&self, of: PersonId) -> Option<Slot> {
        self.known.slots.iter().find(|(_, person)| **person == of).map(|(slot, _)| *slot)
    }

    fn person(&self, slot: Slot) -> Result<PersonId, String> {
        self.known.slots.get(&slot).copied().ok_or(format!("slot {slot} is told, and nobody has it"))
    }

    /// The server tells somebody something: may they hear it?
    pub fn told(&mut self, to: PersonId, told: &RoomTold) -> Verdict {
        let may = |of: PersonId, aspect: Aspect, there: bool| -> Verdict {
            hold!(!there || self.sees(to, of, aspect), "{to} is told {aspect:?} of {of}: {told:?}");
            Ok(())
        };
        match told {
            RoomTold::Room { room } => {
                self.leaders.insert(to, room.leader);
                let leads = room.leader.is_some() && room.leader == self.slot(to);
                let invites = leads && self.roles[&to].is_staff();
                hold!(room.invitation.is_none() || invites, "{to} is told the invitation");
            }
            RoomTold::Member { member } => {
                let of = self.person(member.slot)?;
                let knows = to == of || self.relation(to, of).is_some();
                hold!(member.person.is_none() || knows, "{to} is told who {of} is");
                hold!(member.person.is_none_or(|person| person == of), "{of} is told to be another one");
            }
            RoomTold::Doing { doing } => {
                let of = self.person(doing.slot)?;
                may(of, Aspect::Repetitions, doing.repetitions.is_some())?;
                may(of, Aspect::Score, doing.score.is_some())?;
                may(of, Aspect::HeartRate, doing.heart_rate.is_some())?;
                may(of, Aspect::Form, doing.form.is_some())?;
                may(of, Aspect::Alarm, doing.alarm.is_some())?;
            }
            RoomTold::Shape { slot, shape } => may(self.person(*slot)?, Aspect::Avatar, shape.is_some())?,
            RoomTold::Happened { what: Happening::Cued { cue, .. }, .. } => {
                hold!(self.cues.get(&**cue) == Some(&to), "{to} hears a cue that is not theirs");
            }
            RoomTold::Happened { .. }
            | RoomTold::Gone { .. }
            | RoomTold::Not { .. }
            | RoomTold::Nodes { .. }
            | RoomTold::Over { .. } => {}
        }
        Ok(())
    }

    /// The server sends somebody a voice. Each says who they are.
    pub fn spoken(&self, to: PersonId, by: Slot, speech: &Speech) -> Verdict {
        let of = self.person(by)?;
        hold!(speech.opus == [of.0[0]], "{to} hears {of}, and it is {:?}", speech.opus);
        hold!(to != of, "{to} hears themselves");
        hold!(self.voices.contains(&to), "{to} hears {of}, and turned that off");
        hold!(self.voices.contains(&of), "{to} hears {of}, who turned their voice off");
        hold!(!self.known.muted.contains(&of), "{to} hears {of}, who is muted");
        hold!(self.consents(of, Purpose::Class), "{to} hears {of}, who agrees to no class");
        Ok(())
    }

    /// The server sends somebody movement.
    pub fn sent(&self, to: PersonId, down: &Down) -> Verdict {
        for (slot, blob) in &down.entries {
            let of = self.person(*slot)?;
            hold!(to != of && self.sees(to, of, Aspect::Avatar), "{to} is sent how {of} moves");
            let head = Head::read(blob).map_err(|error| error.to_string())?;
            let pulse = head.heart_rate_bpm.is_some();
            hold!(!pulse || self.sees(to, of, Aspect::HeartRate), "{to} is sent the pulse of {of}");
            let state = head.state != State::default();
            let all = [Aspect::Repetitions, Aspect::Form, Aspect::Alarm];
            let may = all.into_iter().all(|aspect| self.sees(to, of, aspect));
            hold!(!state || may, "{to} is sent the state of {of}");
        }
        Ok(())
    }
}
