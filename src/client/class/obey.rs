//! What is pressed at the door of a class and in it.

use super::Classroom;
use crate::visit::{VisitEvent, Visiting};
use baro_agent::{At, Entry};
use baro_home::Step;
use baro_screens::class::{DoorDraft, DoorPress, HallPress};
use baro_wire::room::{Alarm, RoomAsk};
use baro_wire::{List, Text};
use bevy::prelude::*;

/// How long a ball flies, milliseconds: what the picture of a gentle throw takes.
const FLIGHT_MS: u16 = 1_200;

/// Something pressed.
#[derive(Message, Debug, Clone, PartialEq)]
pub enum ClassAction {
    /// At the door.
    Door(DoorPress),
    /// Inside.
    Hall(HallPress),
}

/// Does what was pressed.
pub fn obey(
    mut actions: MessageReader<ClassAction>,
    mut classroom: ResMut<Classroom>,
    visiting: Option<Res<Visiting>>,
    mut events: MessageWriter<VisitEvent>,
) {
    for action in actions.read() {
        match action {
            ClassAction::Door(DoorPress::Visit(event)) => {
                // Who turns back at the door is not let in later.
                if classroom.is_entering() {
                    classroom.end(None);
                }
                events.write(VisitEvent(event.clone()));
            }
            ClassAction::Door(press) => {
                if let Some(visiting) = &visiting {
                    classroom.enter(visiting, press);
                }
            }
            ClassAction::Hall(press) => {
                // Nobody has to wait for a connection to be gone.
                if *press == HallPress::Leave && !classroom.is_inside() {
                    classroom.end(Some("class-over-left"));
                }
                if let Some(ask) = ask(press) {
                    classroom.ask(ask);
                }
                classroom.voice_pressed(press);
                match press {
                    HallPress::Alarm => (classroom.hurt, classroom.pressed) = (true, true),
                    HallPress::Fine => classroom.pressed = false,
                    _ => {}
                }
            }
        }
    }
}

impl Classroom {
    /// Goes to the door; what comes of it is told later.
    pub fn enter(&mut self, visiting: &Visiting, press: &DoorPress) {
        let door = &self.door;
        let at = match press {
            DoorPress::Open => At::New(door.title.trim().to_owned()),
            _ => At::Code(door.code.clone()),
        };
        let digits = door.digits.parse().ok();
        let entry = Entry { at, called: door.called.trim().to_owned(), shows: door.shows, digits };
        let link = visiting.clinic.enter(entry);
        let Self { door, person, .. } = std::mem::take(self);
        *self = Self { door, person, ..Self::default() };
        match link {
            Some(Ok(link)) => self.link = Some(link),
            Some(Err(error)) => {
                warn!("{error}");
                self.told = Some("class-refused-other");
            }
            None => self.told = Some("class-not-connected"),
        }
        // Digits are good once.
        self.door.digits.clear();
    }

    /// Another person's class is not theirs who is here now; and they come with their own name.
    pub(super) fn mind_who(&mut self, visiting: &Visiting) {
        let here = &visiting.visit.known().id;
        if self.person.as_ref() != Some(here) {
            if self.person.is_some() {
                self.end(None);
            }
            (self.person, self.door) = (Some(here.clone()), DoorDraft::default());
        }
        if self.link.is_none() && visiting.visit.step() != Step::Class {
            self.door.called = visiting.name();
        }
    }

    /// Out of it; nothing more is heard.
    pub(super) fn end(&mut self, told: Option<&'static str>) {
        // What the class began is ended with it.
        let was = std::mem::take(self);
        let Self { door, person, set, under_way, hurt, woke, .. } = was;
        *self = Self { door, person, set, under_way, hurt, woke, told, ..Self::default() };
    }
}

/// What a press says to the room; none where it is too long to be said.
fn ask(press: &HallPress) -> Option<RoomAsk> {
    fn text<const MOST: usize>(text: &str) -> Option<Text<MOST>> {
        Text::new(text).ok()
    }
    Some(match press {
        HallPress::Ready(ready) => RoomAsk::Ready { ready: *ready },
        HallPress::Hand(up) => RoomAsk::Hand { up: *up },
        HallPress::Phrase(phrase) => RoomAsk::Phrase { phrase: *phrase },
        HallPress::React(reaction) => RoomAsk::React { reaction: *reaction },
        HallPress::Say(said) => RoomAsk::Say { text: text(said.trim())? },
        HallPress::Show(shows) => RoomAsk::Show { shows: *shows },
        HallPress::Alarm => RoomAsk::Alarm { alarm: Alarm::Pain },
        HallPress::Fine => RoomAsk::Fine,
        HallPress::Leave => RoomAsk::Leave,
        HallPress::TakeOver(accept) => RoomAsk::TakeOver { accept: *accept },
        HallPress::Throw(to) => RoomAsk::Throw { to: *to, flight_ms: FLIGHT_MS },
        HallPress::Start(exercise) => RoomAsk::Start { exercise: text(exercise)? },
        HallPress::StopAll => RoomAsk::StopAll,
        HallPress::Play(kind) => RoomAsk::StartPlay { kind: *kind },
        HallPress::EndPlay => RoomAsk::EndPlay,
        HallPress::End => RoomAsk::End,
        HallPress::NewInvitation => RoomAsk::NewInvitation,
        HallPress::Attend(slot) => RoomAsk::Attend { slot: *slot },
        HallPress::Cue(to, cue) => RoomAsk::Cue { to: *to, cue: text(cue)? },
        HallPress::Variant(to, variant) => {
            let variant = match variant {
                Some(variant) => Some(text(variant)?),
                None => None,
            };
            RoomAsk::Variant { to: *to, variant }
        }
        HallPress::Mute(slot, muted) => RoomAsk::Mute { slot: *slot, muted: *muted },
        HallPress::Remove(slot) => RoomAsk::Remove { slot: *slot },
        HallPress::HandOver(to) => RoomAsk::HandOver { to: *to },
        HallPress::Report(slot, offence) => RoomAsk::Report { slot: *slot, offence: *offence },
        // Not without the devices.
        HallPress::Voice(_) | HallPress::Microphone(_) => return None,
    })
}

/// Faults as they are told: as many as fit.
pub(super) fn faults<const MOST: usize>(
    ids: impl Iterator<Item = String>,
) -> List<baro_wire::room::CueId, MOST> {
    let all: Vec<_> = ids.filter_map(|id| Text::new(id).ok()).take(MOST).collect();
    List::new(all).unwrap_or_default()
}
