//! Who leads, and what only they can do.

use super::server::Room;
use super::{Action, COUNTDOWN_MS, LEADER_GONE_MS, place, play::SQUAT};
use crate::Millis;
use baro_wire::room::{Activity, Ending, ExerciseId, Happening, PlayKind, RoomAsk, Slot};
use baro_wire::{Ask, Refusal, Text};

impl Room {
    /// What somebody asks as who leads, or as who looks after somebody.
    pub(super) fn lead(
        &mut self,
        now: Millis,
        by: Slot,
        ask: RoomAsk,
        out: &mut Vec<Action>,
    ) -> Result<(), Refusal> {
        let leads = self.leader == Some(by);
        // Who stands in for a leader keeps the class going and can stop it, no more.
        let is_leader = leads && self.members.get(&by).is_some_and(|member| member.may(Ask::LeadRoom));
        let first = |may: bool| if may { Ok(()) } else { Err(Refusal::NotAllowed) };
        let time_ms = self.time_ms(now);
        match ask {
            RoomAsk::Start { exercise } => {
                first(leads)?;
                self.begin(time_ms, exercise);
            }
            RoomAsk::StopAll => {
                first(leads)?;
                self.activity = Activity::Stopped { at_ms: time_ms };
                self.play.end();
                self.members.values_mut().for_each(|member| member.ready = false);
                self.all_changed();
            }
            RoomAsk::StartPlay { kind } => {
                first(leads)?;
                self.play.start(kind, by);
                if kind == PlayKind::Squats {
                    // All squat in step: the set that is counted begins with the game.
                    self.begin(time_ms, Text::new(SQUAT).unwrap_or_default());
                }
            }
            RoomAsk::EndPlay => {
                first(leads)?;
                if self.play.kind() == Some(PlayKind::Squats) {
                    self.activity = Activity::Rest;
                }
                self.play.end();
            }
            RoomAsk::Mute { slot, muted } => {
                first(is_leader)?;
                self.member(slot)?.muted = muted;
                self.changed(slot);
            }
            RoomAsk::Remove { slot } => {
                first(is_leader && slot != by)?;
                let person = self.member(slot)?.person();
                self.send_away(person);
                self.drop_member(now, slot, Ending::Removed, out);
            }
            RoomAsk::HandOver { to } => {
                first(leads && to != by && self.member(to)?.is_here())?;
                self.offered = Some(to);
            }
            RoomAsk::NewInvitation => {
                first(is_leader)?;
                out.push(Action::NewInvitation);
            }
            RoomAsk::End => {
                first(is_leader)?;
                self.end(Ending::Ended, out);
            }
            RoomAsk::Attend { slot } => {
                first(leads || self.looks_after(by, slot))?;
                let member = self.member(slot)?;
                (member.alarm, member.hand) = (None, false);
                self.changed(slot);
            }
            RoomAsk::Cue { to, cue } => {
                first(self.looks_after(by, to))?;
                let person = self.member(to)?.person();
                self.log.add(Some(person), Happening::Cued { by, cue });
            }
            RoomAsk::Variant { to, variant } => {
                first(self.looks_after(by, to))?;
                self.member(to)?.variant = variant;
                self.changed(to);
            }
            _ => return Err(Refusal::Malformed),
        }
        self.room_changed();
        Ok(())
    }

    /// In step: from a moment that all have heard of by then.
    fn begin(&mut self, time_ms: u32, exercise: ExerciseId) {
        let starts_ms = time_ms.saturating_add(COUNTDOWN_MS as u32);
        self.activity = Activity::Starting { exercise, starts_ms };
    }

    /// The answer to a hand-over.
    pub(super) fn take_over(&mut self, by: Slot, accept: bool) -> Result<(), Refusal> {
        if self.offered != Some(by) {
            return Err(Refusal::NotAllowed);
        }
        self.offered = None;
        self.room_changed();
        if accept {
            // What somebody leads for somebody else, they pass on for them: who is away leads again when they are back.
            self.leads_now(by);
        }
        Ok(())
    }

    /// They lead from now on, from the leader's place.
    pub(super) fn leads_now(&mut self, slot: Slot) {
        let Some(left) = self.members.get(&slot).map(|member| member.place) else { return };
        if let Some(before) = self.members.values_mut().find(|member| member.place == place::STAGE) {
            before.place = left;
        }
        if let Some(leader) = self.members.get_mut(&slot) {
            leader.place = place::STAGE;
        }
        (self.leader, self.offered) = (Some(slot), None);
        // Who leads sees other things, and so does who led.
        self.all_changed();
    }

    /// A class whose leader is gone for long is led by somebody who is there, until they are back.
    pub(super) fn see_who_leads(&mut self, now: Millis) {
        if let Some(away) = self.stands_in_for
            && let Some(back) =
                self.slot_of(away).filter(|slot| self.members.get(slot).is_some_and(|m| m.is_here()))
        {
            self.stands_in_for = None;
            self.leads_now(back);
        }
        let leader = self.leader.and_then(|slot| self.members.get(&slot));
        let gone =
            leader.is_none_or(|leader| !leader.is_here() && leader.gone_since.after(LEADER_GONE_MS) <= now);
        if !gone {
            return;
        }
        let away = leader.map(super::member::Member::person);
        let here = self.members.iter().filter(|(_, member)| member.is_here());
        // Staff first, then who has been here longest.
        let next =
            here.min_by_key(|(_, member)| (!member.may(Ask::LeadRoom), member.came)).map(|(slot, _)| *slot);
        if let Some(next) = next {
            self.stands_in_for = self.stands_in_for.or(away);
            self.leads_now(next);
        }
    }
}
