//! Speech: passed on at once to all who want to hear, and kept nowhere.
//!
//! A voice that waits for the tick is late for everybody, so it doesn't: 20 ms are less than a figure, and few speak at the same time.

use super::Action;
use super::member::Allowance;
use super::server::Room;
use crate::Millis;
use baro_wire::room::{Slot, Speech};

/// So many are passed on at the same time, beside who leads: more can't be understood, and would fill the others' paths.
pub const VOICES: usize = 4;
/// Who says nothing for so long lets another one speak.
const PAUSE_MS: u64 = 800;

/// Who speaks now, and when they were heard last.
#[derive(Debug, Default)]
pub(super) struct Floor(Vec<(Slot, Millis)>);

impl Floor {
    fn lets(&mut self, now: Millis, slot: Slot) -> bool {
        self.0.retain(|(_, heard)| heard.after(PAUSE_MS) > now);
        let others = self.0.iter().filter(|(speaks, _)| *speaks != slot).count();
        if others >= VOICES {
            return false;
        }
        self.leaves(slot);
        self.0.push((slot, now));
        true
    }

    /// Somebody is silent from now on.
    pub fn leaves(&mut self, slot: Slot) {
        self.0.retain(|(speaks, _)| *speaks != slot);
    }
}

impl Room {
    /// Who turns their voice off neither hears nor is heard.
    pub(super) fn voice(&mut self, slot: Slot, on: bool) {
        self.here_mut(slot).into_iter().for_each(|here| here.voice = on);
        self.floor.leaves(slot);
    }

    /// 20 ms of somebody's voice.
    pub(super) fn speech(&mut self, now: Millis, by: Slot, bytes: &[u8], out: &mut Vec<Action>) -> Allowance {
        let Some(here) = self.here_mut(by) else { return Allowance::Fine };
        let allowance = here.speech(now);
        if allowance != Allowance::Fine {
            return allowance;
        }
        let Ok(speech) = Speech::read_up(bytes) else { return here.excess(now) };
        let may = self.members.get(&by).is_some_and(|member| member.has_voice() && !member.muted);
        // What was on its way when they were muted is no offence.
        if may && (self.leader == Some(by) || self.floor.lets(now, by)) {
            let mut told = Vec::new();
            speech.write_down(by, &mut told);
            let others = self.members.iter().filter(|(to, other)| **to != by && other.has_voice());
            let heres = others.filter_map(|(_, other)| other.here.as_ref());
            out.extend(heres.map(|here| Action::Datagram(here.visit, told.clone())));
        }
        Allowance::Fine
    }
}
