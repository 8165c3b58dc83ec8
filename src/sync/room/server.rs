//! A room on its server.

use super::flush::bit;
use super::log::Log;
use super::member::{Allowance, Member};
use super::play::Game;
use super::relay::Relay;
use super::speech::Floor;
use super::{Action, EMPTY_MS, Entrant, Input, KEEP_MS, LIFE_MS, Opening, SENT_AWAY, Visit, place};
use crate::Millis;
use baro_wire::limits::ROOM_PEOPLE;
use baro_wire::room::{Activity, Ending, Happening, RoomAsk, Slot, Speech, Up};
use baro_wire::{
    Ask, Consents, Decision, PersonId, Refusal, Relation, Reply, Role, RoomId, RoomTold, Standing, may,
};
use std::collections::{BTreeMap, VecDeque};

/// How long somebody is asked to wait who speaks too fast.
const WORDS_WAIT_MS: u32 = 1_000;

/// A room on its server.
#[derive(Debug)]
pub struct Room {
    pub(super) opening: Opening,
    /// When it began on this server, and what its clock showed then.
    pub(super) began: Millis,
    pub(super) began_ms: u32,
    pub(super) leader: Option<Slot>,
    pub(super) offered: Option<Slot>,
    /// Who led before the present leader stepped in.
    pub(super) stands_in_for: Option<PersonId>,
    pub(super) activity: Activity,
    pub(super) play: Game,
    pub(super) log: Log,
    pub(super) members: BTreeMap<Slot, Member>,
    pub(super) visits: BTreeMap<Visit, Slot>,
    pub(super) relay: Relay,
    pub(super) floor: Floor,
    pub(super) sent_away: VecDeque<PersonId>,
    /// Who came last.
    pub(super) came: u64,
    /// Slots are given in turn, so that one that got free is not soon somebody else's.
    pub(super) next_slot: Slot,
    pub(super) empty_since: Option<Millis>,
    /// The second in which the store was asked again last.
    pub(super) looked_s: u32,
    pub(super) ended: bool,
}

impl Room {
    /// An empty one.
    pub fn new(now: Millis, opening: Opening) -> Self {
        Self {
            opening,
            began: now,
            began_ms: 0,
            leader: None,
            offered: None,
            stands_in_for: None,
            activity: Activity::Rest,
            play: Game::default(),
            log: Log::default(),
            members: BTreeMap::new(),
            visits: BTreeMap::new(),
            relay: Relay::default(),
            floor: Floor::default(),
            sent_away: VecDeque::new(),
            came: 0,
            next_slot: 0,
            empty_since: Some(now),
            looked_s: 0,
            ended: false,
        }
    }

    /// Which one it is.
    pub const fn id(&self) -> RoomId {
        self.opening.id
    }

    /// The invitation of now.
    pub fn code(&self) -> &str {
        &self.opening.code
    }

    /// People in it, connected or not.
    pub fn people(&self) -> usize {
        self.members.len()
    }

    /// The room's clock.
    pub fn time_ms(&self, now: Millis) -> u32 {
        let since_ms = now.0.saturating_sub(self.began.0);
        self.began_ms.saturating_add(u32::try_from(since_ms).unwrap_or(u32::MAX))
    }

    /// One input, and what follows from it.
    pub fn handle(&mut self, now: Millis, input: Input) -> Vec<Action> {
        let mut out = Vec::new();
        if self.ended {
            if let Input::Enter(entrant) = input {
                out.push(Action::Refuse(entrant.visit, Refusal::NotFound));
            }
            return out;
        }
        match input {
            Input::Enter(entrant) => self.enter(now, &entrant, &mut out),
            Input::Ask(visit, ask) => self.asked(now, visit, ask, &mut out),
            Input::Datagram(visit, bytes) => self.datagram(now, visit, &bytes, &mut out),
            Input::Lost(visit) => self.lost(now, visit),
            Input::Malformed(visit) => {
                if let Some(slot) = self.visits.get(&visit).copied() {
                    self.drop_member(now, slot, Ending::TooMuch, &mut out);
                }
            }
            Input::Sent(visit, frames) => {
                self.of_visit(visit)
                    .into_iter()
                    .for_each(|here| here.queued = here.queued.saturating_sub(frames));
            }
            Input::Path(visit, path) => self.of_visit(visit).into_iter().for_each(|here| here.path = path),
            Input::Related { viewer, of, relation } => self.related(viewer, of, relation),
            Input::Consents(person, consents) => self.agrees(now, person, consents, &mut out),
            Input::Gone(person) => self.erased(now, person, &mut out),
            Input::Changed(person) => {
                let member = self.slot_of(person).and_then(|slot| self.members.get(&slot));
                out.extend(member.map(|member| Action::Look(member.actor)));
            }
            Input::Invitation(code) => {
                self.opening.code = code;
                self.room_changed();
            }
            Input::Tick => self.tick(now, &mut out),
            Input::Stopping => self.end(Ending::Moving, &mut out),
        }
        out
    }

    fn of_visit(&mut self, visit: Visit) -> Option<&mut super::member::Here> {
        let slot = *self.visits.get(&visit)?;
        self.here_mut(slot)
    }

    pub(super) fn slot_of(&self, person: PersonId) -> Option<Slot> {
        self.members.iter().find(|(_, member)| member.person() == person).map(|(slot, _)| *slot)
    }

    /// Somebody who is asked about; who is not there can't be told from who never was.
    pub(super) fn member(&mut self, slot: Slot) -> Result<&mut Member, Refusal> {
        self.members.get_mut(&slot).ok_or(Refusal::NotFound)
    }

    // -- coming and going

    fn enter(&mut self, now: Millis, entrant: &Entrant, out: &mut Vec<Action>) {
        let (visit, person) = (entrant.visit, entrant.actor.person);
        let known = self.slot_of(person);
        if let Err(refusal) = self.lets_in(entrant, known) {
            out.push(Action::Refuse(visit, refusal));
            return;
        }
        let slot = match known {
            Some(slot) => {
                self.end_visit(slot, Ending::Elsewhere, out);
                slot
            }
            None => self.free_slot(),
        };
        let (newest, place, came) = (self.log.newest(), self.free_place(), self.came);
        let member =
            self.members.entry(slot).or_insert_with(|| Member::new(now, entrant, place, came, newest));
        member.comes(now, entrant);
        // What a device that was not here before has missed, it is not told.
        member.heard = entrant.seen.unwrap_or(newest).clamp(member.since, newest);
        let heard = member.heard;
        if known.is_none() {
            self.came += 1;
        }
        self.visits.insert(visit, slot);
        self.relay.enter(slot);
        self.empty_since = None;
        if self.leader.is_none() && person == self.opening.by && self.stands_in_for.is_none() {
            self.leads_now(slot);
        }
        self.changed(slot);
        let (room, time_ms, back) = (self.opening.id, self.time_ms(now), known.is_some());
        out.push(Action::Welcome(visit, Reply::InRoom { room, slot, time_ms, heard, back }));
        // What was withdrawn while they were at the door was not heard here.
        out.push(Action::Look(entrant.actor));
        self.ask_relations(slot, out);
    }

    fn lets_in(&self, entrant: &Entrant, known: Option<Slot>) -> Result<(), Refusal> {
        let Entrant { actor, consents, seen, .. } = entrant;
        if actor.organisation != self.opening.organisation {
            return Err(Refusal::NotFound);
        }
        match may(Standing::As(actor.role), Ask::EnterRoom, Relation::Own, *consents) {
            Decision::Allowed => {}
            Decision::Consent(purpose) => return Err(Refusal::ConsentMissing { purpose }),
            Decision::SignIn => return Err(Refusal::SignIn),
            Decision::Forbidden => return Err(Refusal::NotAllowed),
            Decision::Hidden => return Err(Refusal::NotFound),
        }
        if self.sent_away.contains(&actor.person) {
            return Err(Refusal::RoomClosed);
        }
        match known {
            Some(_) => Ok(()),
            // Their place was kept for its time; now they need an invitation.
            None if seen.is_some() => Err(Refusal::NotFound),
            None if self.members.len() >= ROOM_PEOPLE => Err(Refusal::RoomFull),
            None => Ok(()),
        }
    }

    fn free_slot(&mut self) -> Slot {
        let all = (0..ROOM_PEOPLE as Slot).map(|n| (self.next_slot + n) % ROOM_PEOPLE as Slot);
        let slot = all.into_iter().find(|slot| !self.members.contains_key(slot)).unwrap_or_default();
        self.next_slot = (slot + 1) % ROOM_PEOPLE as Slot;
        self.log.forget(slot);
        slot
    }

    /// The leader's place stays theirs.
    fn free_place(&self) -> u8 {
        let is_free = |place: &u8| self.members.values().all(|member| member.place != *place);
        (place::STAGE + 1..ROOM_PEOPLE as u8).find(is_free).unwrap_or(place::STAGE)
    }

    /// What staff and patients in this room are to each other decides what they see: it is looked up for each two of them.
    fn ask_relations(&self, slot: Slot, out: &mut Vec<Action>) {
        let Some(new) = self.members.get(&slot) else { return };
        for other in self.members.values().filter(|other| other.person() != new.person()) {
            for (viewer, of) in [(new, other), (other, new)] {
                if matches!(viewer.role(), Role::Therapist | Role::Leader) && !of.role().is_staff() {
                    let known = of.relations.get(&viewer.person()).copied();
                    out.push(Action::Relate { viewer: viewer.actor, of: of.person(), known });
                }
            }
        }
    }

    fn related(&mut self, viewer: PersonId, of: PersonId, relation: Relation) {
        let (Some(_), Some(slot)) = (self.slot_of(viewer), self.slot_of(of)) else { return };
        if let Some(member) = self.members.get_mut(&slot) {
            member.relations.insert(viewer, relation);
        }
        self.changed(slot);
    }

    /// The store changes also where this server does not see it: in each second one place is looked at again.
    fn look_again(&mut self, time_ms: u32, out: &mut Vec<Action>) {
        let second = time_ms / 1_000;
        if second == self.looked_s {
            return;
        }
        self.looked_s = second;
        let slot = (second % ROOM_PEOPLE as u32) as Slot;
        if let Some(member) = self.members.get(&slot).filter(|member| member.is_here()) {
            out.push(Action::Look(member.actor));
            self.ask_relations(slot, out);
        }
    }

    /// What is withdrawn is hidden from this moment on, in datagrams too; nothing that was said before is repeated.
    fn agrees(&mut self, now: Millis, person: PersonId, consents: Consents, out: &mut Vec<Action>) {
        let Some(slot) = self.slot_of(person) else { return };
        let Some(member) = self.members.get_mut(&slot) else { return };
        member.agrees(consents);
        if member.may(Ask::EnterRoom) {
            self.changed(slot);
        } else {
            self.drop_member(now, slot, Ending::NotAgreed, out);
        }
        self.flush(out);
    }

    /// Who is erased leaves nothing here, and leads nobody when somebody of their name comes.
    fn erased(&mut self, now: Millis, person: PersonId, out: &mut Vec<Action>) {
        self.stands_in_for.take_if(|away| *away == person);
        let Some(slot) = self.slot_of(person) else { return };
        self.drop_member(now, slot, Ending::Erased, out);
        self.log.forget(slot);
        self.flush(out);
    }

    fn lost(&mut self, now: Millis, visit: Visit) {
        let Some(slot) = self.visits.remove(&visit) else { return };
        if let Some(member) = self.members.get_mut(&slot) {
            (member.here, member.gone_since) = (None, now);
        }
        self.relay.lost(slot);
        self.changed(slot);
        if self.visits.is_empty() {
            self.empty_since = Some(now);
        }
    }

    fn end_visit(&mut self, slot: Slot, why: Ending, out: &mut Vec<Action>) {
        if let Some(here) = self.members.get_mut(&slot).and_then(|member| member.here.take()) {
            self.visits.remove(&here.visit);
            out.push(Action::Tell(here.visit, RoomTold::Over { why }));
            out.push(Action::Close(here.visit));
        }
    }

    /// Somebody is in the room no more, and their place is not kept.
    pub(super) fn drop_member(&mut self, now: Millis, slot: Slot, why: Ending, out: &mut Vec<Action>) {
        self.end_visit(slot, why, out);
        self.relay.forget(slot);
        let gone = self.members.remove(&slot);
        if self.leader == Some(slot) {
            self.leader = None;
        }
        if self.offered == Some(slot) {
            self.offered = None;
        }
        if let Some(gone) = gone {
            for member in self.members.values_mut() {
                member.relations.remove(&gone.person());
            }
        }
        self.changed(slot);
        self.room_changed();
        if self.visits.is_empty() {
            self.empty_since = self.empty_since.or(Some(now));
        }
    }

    pub(super) fn send_away(&mut self, person: PersonId) {
        self.sent_away.push_back(person);
        if self.sent_away.len() > SENT_AWAY {
            self.sent_away.pop_front();
        }
    }

    /// Everybody hears it, and the room is gone.
    pub(super) fn end(&mut self, why: Ending, out: &mut Vec<Action>) {
        let slots: Vec<Slot> = self.members.keys().copied().collect();
        slots.into_iter().for_each(|slot| self.end_visit(slot, why, out));
        self.ended = true;
        out.push(Action::End);
    }

    // -- what is asked

    fn asked(&mut self, now: Millis, visit: Visit, ask: RoomAsk, out: &mut Vec<Action>) {
        let Some(slot) = self.visits.get(&visit).copied() else { return };
        let Some(here) = self.here_mut(slot) else { return };
        here.asks += 1;
        let number = here.asks;
        let done = match here.ask(now) {
            Allowance::Fine => self.does(now, slot, ask, out),
            Allowance::Excess => Err(Refusal::Busy { wait_ms: WORDS_WAIT_MS }),
            Allowance::TooMuch => return self.drop_member(now, slot, Ending::TooMuch, out),
        };
        // A full queue takes no refusal either.
        if let Err(why) = done
            && let Some(here) = self.here_mut(slot).filter(|here| here.queued < super::QUEUE)
        {
            here.queued += 1;
            out.push(Action::Tell(visit, RoomTold::Not { ask: number, why }));
        }
    }

    fn does(&mut self, now: Millis, by: Slot, ask: RoomAsk, out: &mut Vec<Action>) -> Result<(), Refusal> {
        let member = self.member(by)?;
        match ask {
            RoomAsk::Leave => {
                self.drop_member(now, by, Ending::Left, out);
                return Ok(());
            }
            RoomAsk::Ready { ready } => member.ready = ready,
            RoomAsk::Show { shows } => member.shows = shows,
            RoomAsk::Shape { shape } => member.shape = Some(shape),
            RoomAsk::Doing { doing } => member.doing = Some(doing),
            RoomAsk::Alarm { alarm } => member.alarm = Some(alarm),
            RoomAsk::Fine => member.alarm = None,
            RoomAsk::Hand { up } => member.hand = up,
            RoomAsk::React { reaction } => return self.says(now, by, Happening::Reacted { by, reaction }),
            RoomAsk::Phrase { phrase } => return self.says(now, by, Happening::Phrase { by, phrase }),
            RoomAsk::Say { text } => return self.says(now, by, Happening::Said { by, text }),
            RoomAsk::Report { slot, offence } => {
                if slot == by {
                    return Err(Refusal::NotAllowed);
                }
                let actor = member.actor;
                let about = self.member(slot)?.person();
                out.push(Action::Report(actor, about, offence));
                self.tell_staff_of_report(by, slot);
                return Ok(());
            }
            RoomAsk::Voice { on } => self.voice(by, on),
            RoomAsk::TakeOver { accept } => return self.take_over(by, accept),
            RoomAsk::Throw { to, flight_ms } => {
                let time_ms = self.time_ms(now);
                if !self.member(to)?.is_here() {
                    return Err(Refusal::NotFound);
                }
                self.play.throw(time_ms, by, to, flight_ms)?;
                self.room_changed();
                return Ok(());
            }
            RoomAsk::Catch { caught } => {
                let happened = self.play.catch(self.time_ms(now), by, caught)?;
                self.log.add(None, happened);
                self.room_changed();
                return Ok(());
            }
            RoomAsk::Beat { at_ms } => {
                let players = self.players();
                let happened = self.play.beat(self.time_ms(now), by, at_ms, &players)?;
                happened.into_iter().for_each(|what| self.log.add(None, what));
                self.room_changed();
                return Ok(());
            }
            lead => return self.lead(now, by, lead, out),
        }
        self.changed(by);
        Ok(())
    }

    /// To all; not from who is muted, and not faster than it can be read.
    fn says(&mut self, now: Millis, by: Slot, what: Happening) -> Result<(), Refusal> {
        let member = self.member(by)?;
        if member.muted {
            return Err(Refusal::NotAllowed);
        }
        if !member.here.as_mut().is_some_and(|here| here.word(now)) {
            return Err(Refusal::Busy { wait_ms: WORDS_WAIT_MS });
        }
        self.log.add(None, what);
        Ok(())
    }

    /// A report is for who answers for people here: never for who only stands in, and not for whom it is about.
    fn tell_staff_of_report(&mut self, by: Slot, slot: Slot) {
        let answers =
            |(of, member): &(&Slot, &Member)| **of != by && **of != slot && member.may(Ask::LeadRoom);
        let staff: Vec<_> = self.members.iter().filter(answers).map(|(_, member)| member.person()).collect();
        for person in staff {
            self.log.add(Some(person), Happening::Reported { by, slot });
        }
    }

    fn datagram(&mut self, now: Millis, visit: Visit, bytes: &[u8], out: &mut Vec<Action>) {
        let Some(slot) = self.visits.get(&visit).copied() else { return };
        let allowance = match bytes.first() {
            Some(&Speech::UP) => self.speech(now, slot, bytes, out),
            _ => self.movement(now, slot, bytes),
        };
        if allowance == Allowance::TooMuch {
            self.drop_member(now, slot, Ending::TooMuch, out);
        }
    }

    fn movement(&mut self, now: Millis, slot: Slot, bytes: &[u8]) -> Allowance {
        let time_ms = self.time_ms(now);
        let Some(here) = self.here_mut(slot) else { return Allowance::Fine };
        let allowance = here.datagram(now);
        if allowance != Allowance::Fine {
            return allowance;
        }
        let good = Up::read(bytes).is_ok_and(|up| self.relay.came(now, time_ms, slot, &up).is_ok());
        self.here_mut(slot).filter(|_| !good).map_or(Allowance::Fine, |here| here.excess(now))
    }

    // -- time

    fn tick(&mut self, now: Millis, out: &mut Vec<Action>) {
        let time_ms = self.time_ms(now);
        let is_empty = self.empty_since.is_some_and(|since| since.after(EMPTY_MS) <= now);
        if u64::from(time_ms) >= LIFE_MS {
            return self.end(Ending::TooLong, out);
        }
        if is_empty {
            return self.end(Ending::Over, out);
        }
        self.look_again(time_ms, out);
        let is_kept = |member: &Member| member.is_here() || member.gone_since.after(KEEP_MS) > now;
        let over = self.members.iter().filter(|(_, member)| !is_kept(member)).map(|(slot, _)| *slot);
        for slot in over.collect::<Vec<_>>() {
            self.drop_member(now, slot, Ending::Over, out);
        }
        self.see_who_leads(now);
        if let Activity::Starting { exercise, starts_ms } = &self.activity
            && *starts_ms <= time_ms
        {
            self.activity = Activity::Moving { exercise: exercise.clone(), since_ms: *starts_ms };
            self.room_changed();
        }
        let players = self.players();
        let (happened, changed) = self.play.tick(time_ms, &players, self.leader);
        happened.into_iter().for_each(|what| self.log.add(None, what));
        if changed {
            self.room_changed();
        }
        self.flush(out);
        self.relay(now, out);
    }

    /// Who presses pain or stop sits the game out.
    fn players(&self) -> Vec<Slot> {
        let plays = |member: &Member| member.is_here() && member.alarm.is_none();
        self.members.iter().filter(|(_, member)| plays(member)).map(|(slot, _)| *slot).collect()
    }
}

const _: () = assert!(bit(ROOM_PEOPLE as Slot - 1) != 0 && ROOM_PEOPLE <= u32::BITS as usize);
