//! Tells everybody what changed for them.

use super::member::{Here, ToldOf};
use super::server::Room;
use super::{Action, QUEUE};
use baro_wire::RoomTold;
use baro_wire::limits::ROOM_PEOPLE;
use baro_wire::room::{DoingView, RoomView, Slot};

/// Frames that one person's news may take.
const OF_ONE: usize = 3;

impl Room {
    /// Something of this one may look different to everybody.
    pub(super) fn changed(&mut self, of: Slot) {
        self.each_here(|here| here.news |= bit(of));
    }

    /// What all see of all may have changed.
    pub(super) fn all_changed(&mut self) {
        self.each_here(|here| (here.news, here.room_news) = (u32::MAX, true));
    }

    pub(super) fn room_changed(&mut self) {
        self.each_here(|here| here.room_news = true);
    }

    fn each_here(&mut self, each: impl FnMut(&mut Here)) {
        self.members.values_mut().filter_map(|member| member.here.as_mut()).for_each(each);
    }

    pub(super) fn here_mut(&mut self, slot: Slot) -> Option<&mut Here> {
        self.members.get_mut(&slot)?.here.as_mut()
    }

    /// To everybody, as many frames as their queue takes. The rest waits, and is told as it is by then.
    pub(super) fn flush(&mut self, out: &mut Vec<Action>) {
        for viewer in 0..ROOM_PEOPLE as Slot {
            let mut tells = Vec::new();
            self.tell_views(viewer, &mut tells);
            self.tell_happenings(viewer, &mut tells);
            if let Some(here) = self.here_mut(viewer) {
                here.queued += tells.len();
                let visit = here.visit;
                out.extend(tells.into_iter().map(|told| Action::Tell(visit, told)));
            }
        }
    }

    fn tell_views(&mut self, viewer: Slot, tells: &mut Vec<RoomTold>) {
        let Some(here) = self.here_mut(viewer) else { return };
        let (room_news, news, queued) = (here.room_news, here.news, here.queued);
        let fits = |tells: &Vec<RoomTold>| queued + tells.len() + OF_ONE <= QUEUE;
        if room_news && fits(tells) {
            let now = self.room_view(viewer);
            self.here_mut(viewer).into_iter().for_each(|here| here.sees_room(&now, tells));
        }
        for of in (0..ROOM_PEOPLE as Slot).filter(|of| news & bit(*of) != 0) {
            if !fits(tells) {
                return;
            }
            let now = self.members.contains_key(&of).then(|| self.view(viewer, of));
            self.here_mut(viewer).into_iter().for_each(|here| here.sees(of, now.as_ref(), tells));
        }
    }

    fn tell_happenings(&mut self, viewer: Slot, tells: &mut Vec<RoomTold>) {
        let Some(member) = self.members.get_mut(&viewer) else { return };
        let Some(here) = &member.here else { return };
        while here.queued + tells.len() < QUEUE
            && let Some((number, after, what)) = self.log.next(member.actor.person, member.heard)
        {
            tells.push(RoomTold::Happened { number, after, what: what.clone() });
            member.heard = number;
        }
    }
}

impl Here {
    fn sees_room(&mut self, now: &RoomView, tells: &mut Vec<RoomTold>) {
        self.room_news = false;
        if self.room.as_ref() != Some(now) {
            self.room = Some(now.clone());
            tells.push(RoomTold::Room { room: now.clone() });
        }
    }

    /// The differences between what was told of somebody and what is so now.
    fn sees(&mut self, of: Slot, now: Option<&ToldOf>, tells: &mut Vec<RoomTold>) {
        self.news &= !bit(of);
        let before = self.told.remove(&of);
        let Some(now) = now else {
            tells.extend(before.map(|_| RoomTold::Gone { slot: of }));
            return;
        };
        let before = before.unwrap_or_default();
        if before.member != now.member {
            tells.extend(now.member.clone().map(|member| RoomTold::Member { member }));
        }
        // Nothing told and nothing to be seen is the same.
        if before.doing.as_ref().unwrap_or(&nothing_of(of)) != now.doing.as_ref().unwrap_or(&nothing_of(of)) {
            tells.extend(now.doing.clone().map(|doing| RoomTold::Doing { doing }));
        }
        if before.shape != now.shape {
            tells.push(RoomTold::Shape { slot: of, shape: now.shape.clone() });
        }
        self.told.insert(of, now.clone());
    }
}

const fn nothing_of(slot: Slot) -> DoingView {
    DoingView { slot, repetitions: None, score: None, heart_rate: None, form: None, alarm: None }
}

pub(super) const fn bit(slot: Slot) -> u32 {
    1_u32.wrapping_shl(slot as u32)
}
