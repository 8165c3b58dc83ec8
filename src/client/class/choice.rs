//! A class that was asked for on the command line.

use super::Classroom;
use crate::visit::{VisitEvent, Visiting};
use baro_agent::At;
use baro_home::{Event, Step, visit::Room};
use baro_screens::class::{DoorDraft, DoorPress};
use baro_wire::room::{Aspect, Shows};
use bevy::prelude::*;

/// Which class, and how to come in.
#[derive(Resource, Debug, Clone, PartialEq, Eq)]
pub struct ClassChoice {
    /// Which.
    pub at: At,
    /// The second factor's digits, for who leads or treats; else empty.
    pub digits: String,
    /// What the others see.
    pub shows: ShownTo,
}

/// Something of oneself that others may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown(Aspect);

/// What others see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShownTo(Shows);

impl Shown {
    /// `avatar`, `repetitions` or `score`.
    pub fn from_id(id: &str) -> Option<Self> {
        Some(Self(match id {
            "avatar" => Aspect::Avatar,
            "repetitions" => Aspect::Repetitions,
            "score" => Aspect::Score,
            _ => return None,
        }))
    }
}

impl FromIterator<Shown> for ShownTo {
    fn from_iter<I: IntoIterator<Item = Shown>>(shown: I) -> Self {
        Self(shown.into_iter().fold(Shows::NOTHING, |shows, Shown(aspect)| shows.with(aspect, true)))
    }
}

/// Goes to the door as soon as the clinic's connection is open.
pub fn begin(
    choice: Option<Res<ClassChoice>>,
    visiting: Option<Res<Visiting>>,
    mut classroom: ResMut<Classroom>,
    mut events: MessageWriter<VisitEvent>,
    mut commands: Commands,
) {
    let (Some(choice), Some(visiting)) = (choice, visiting) else { return };
    if visiting.visit.step() != Step::Class {
        events.write(VisitEvent(Event::Open(Room::Class)));
        return;
    }
    if !visiting.clinic.is_connected() {
        return;
    }
    let ClassChoice { at, digits, shows } = (*choice).clone();
    let (press, code, title) = match at {
        At::Code(code) => (DoorPress::Enter, code, String::new()),
        At::New(title) => (DoorPress::Open, String::new(), title),
    };
    classroom.door = DoorDraft { code, title, digits, shows: shows.0, called: visiting.name() };
    classroom.enter(&visiting, &press);
    classroom.prints = true;
    commands.remove_resource::<ClassChoice>();
}

/// Who opened a class on the command line reads its code there.
#[expect(clippy::print_stdout, reason = "asked for on the command line")]
pub fn tell_code(classroom: Res<Classroom>, mut told: Local<String>) {
    let link = classroom.link.as_ref().filter(|_| classroom.prints);
    let code =
        link.and_then(|link| link.look(|view, _| Some(view.room.as_ref()?.invitation.as_ref()?.to_string())));
    if let Some(code) = code.filter(|code| *code != *told) {
        println!("Code of this class: {code}");
        *told = code;
    }
}
