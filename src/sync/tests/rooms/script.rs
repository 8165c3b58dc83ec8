//! What people do.

use crate::human::SHOWN;
use crate::net::Link;
use crate::world::{Step, World};
use baro_wire::room::{Alarm, Doing, Phase, Phrase, PlayKind, Reaction, Shows, Slot};
use baro_wire::*;

/// Until then people come, go and do things; then all is healed.
pub const ACTIVE_MS: u64 = 24_000;
pub const PEOPLE: usize = 7;

impl World {
    /// The first 24 s, and sometimes a long absence in between.
    pub fn plan(&mut self) {
        self.later(0, Step::Open(0));
        for human in 1..PEOPLE {
            let at = self.rng.u64(500..6_000);
            self.later(at, Step::Come(human));
        }
        let steps = self.rng.u64(60..140);
        for _ in 0..steps {
            let at = self.rng.u64(1_500..ACTIVE_MS);
            let human = self.rng.usize(0..PEOPLE);
            let step = match self.rng.u32(0..100) {
                0..60 => Step::Do(human),
                60..68 => Step::Break(human),
                68..78 => Step::Consent(human),
                78..84 => Step::Link(human),
                84..90 => Step::Leave(human),
                _ => Step::Do(0),
            };
            self.later(at, step);
        }
        if self.rng.bool() {
            for _ in 0..self.rng.u32(1..3) {
                let at = self.rng.u64(4_000..ACTIVE_MS);
                self.later(at, Step::Kill);
            }
        }
        // Somebody, mostly who leads, is away for long.
        let long_ms = if self.rng.u32(0..4) == 0 { self.rng.u64(20_000..150_000) } else { 0 };
        if long_ms > 0 {
            let human = if self.rng.bool() { 0 } else { self.rng.usize(1..PEOPLE) };
            self.later(ACTIVE_MS - 1_000, Step::Away(human, long_ms));
        }
        self.heals_at = ACTIVE_MS + long_ms;
        self.later(self.heals_at, Step::Heal);
    }

    /// Something that somebody does in the room.
    pub fn something(&mut self, human: usize) -> RoomAsk {
        let slot = self.rng.u8(0..PEOPLE as Slot);
        let leads = human < 2 || self.rng.u32(0..6) == 0;
        let which = self.rng.u32(0..if leads { 24 } else { 14 });
        if self.rng.u32(0..6) == 0 {
            return RoomAsk::Voice { on: self.rng.u32(0..4) > 0 };
        }
        match which {
            0 => RoomAsk::Ready { ready: self.rng.bool() },
            1 | 2 => {
                let mut shows = Shows::NOTHING;
                for aspect in SHOWN {
                    shows = shows.with(aspect, self.rng.bool());
                }
                RoomAsk::Show { shows }
            }
            3 | 4 => self.how_it_goes(),
            5 => RoomAsk::Alarm { alarm: Alarm::Pain },
            6 => RoomAsk::Fine,
            7 => RoomAsk::Hand { up: self.rng.bool() },
            8 => RoomAsk::React { reaction: Reaction::Cheer },
            9 | 10 => self.says_something(),
            11 => RoomAsk::TakeOver { accept: self.rng.bool() },
            12 => RoomAsk::Throw { to: slot, flight_ms: 400 },
            13 => RoomAsk::Catch { caught: true },
            14 => RoomAsk::Start { exercise: Text::new("squat").unwrap() },
            15 => RoomAsk::StopAll,
            16 => RoomAsk::StartPlay {
                kind: if self.rng.bool() { PlayKind::PassBall } else { PlayKind::Squats },
            },
            17 => RoomAsk::Mute { slot, muted: self.rng.bool() },
            18 => RoomAsk::HandOver { to: slot },
            19 | 20 => self.cues(slot),
            21 => RoomAsk::Variant { to: slot, variant: Some(Text::new("chair").unwrap()) },
            22 => RoomAsk::Attend { slot },
            _ if self.rng.bool() => RoomAsk::Remove { slot },
            _ => RoomAsk::Phrase { phrase: Phrase::WellDone },
        }
    }

    pub fn how_it_goes(&mut self) -> RoomAsk {
        let doing = Doing {
            phase: Phase::Going,
            repetitions: self.rng.u16(..),
            score: Some(self.rng.u8(0..100)),
            heart_rate: Some(self.rng.u8(50..180)),
            faults: List::new(vec![Text::new("knee-in").unwrap()]).unwrap(),
            seen: self.rng.bool(),
        };
        RoomAsk::Doing { doing }
    }

    pub fn says_something(&mut self) -> RoomAsk {
        self.words += 1;
        RoomAsk::Say { text: Text::new(format!("{}", self.words)).unwrap() }
    }

    /// Each cue has a name of its own, so that it is known whose it is.
    fn cues(&mut self, to: Slot) -> RoomAsk {
        self.words += 1;
        RoomAsk::Cue { to, cue: Text::new(format!("cue-{}", self.words)).unwrap() }
    }

    pub fn another_link(&mut self, human: usize) {
        let link = Link::LADDER[self.rng.usize(0..Link::LADDER.len())];
        self.humans[human].link = link;
    }

    /// A consent is given or withdrawn, in the store and in the same moment at the room.
    pub fn another_consent(&mut self, human: usize) -> (PersonId, Consents) {
        let person = self.humans[human].actor.person;
        let before = self.oracle.consents.get(&person).copied().unwrap_or_default();
        let (purpose, given) = match self.rng.u32(0..6) {
            0 => (Purpose::Class, false),
            1 => (Purpose::Class, true),
            2 | 3 => (Purpose::Movements, false),
            _ => (Purpose::Movements, true),
        };
        (person, before.with(purpose, given))
    }
}
