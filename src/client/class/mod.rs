//! Exercising together: the stay in a live room, its bodies in the 3D room, and the sets that all do in step.
//!
//! [`RoomLink`] knows how things stand; what is shown of it is made by [`crate::ui`]. Everybody is seen as in the mirror of a studio: facing
//! the camera, left where left is.

mod ball;
mod bodies;
mod choice;
mod follow;
mod obey;
mod voice;
mod words;

pub use bodies::OthersBody;
pub use choice::{ClassChoice, Shown};
pub use obey::ClassAction;
pub use words::HallWords;

use crate::{
    avatar::DriveAvatars,
    coaching::CoachingSystems,
    replay::ReplaySystems,
    scene::{Framing, Who},
    visit::VisitSystems,
};
use baro_agent::RoomLink;
use baro_home::PersonId;
use baro_screens::class::{DoorDraft, HallDraft};
use baro_wire::room::{Activity, Doing};
use bevy::prelude::*;
use std::collections::VecDeque;

/// Lines of the talk that stay.
const TALK: usize = 6;

/// The class, and what is being entered before it.
#[derive(Resource, Default)]
pub struct Classroom {
    link: Option<RoomLink>,
    /// What is entered at the door.
    pub door: DoorDraft,
    /// What is decided inside.
    pub hall: HallDraft,
    /// Fluent key of why the last stay ended, or did not begin.
    pub told: Option<&'static str>,
    /// It was inside once.
    entered: bool,
    /// It was asked for on the command line: its code is told there.
    prints: bool,
    talk: VecDeque<String>,
    /// The newest line, and how long it still stands, seconds.
    caption: Option<(String, f32)>,
    /// What the own set follows.
    activity: Option<Activity>,
    /// The second of the countdown that was said last.
    counted: Option<u32>,
    /// What the class does now, where the own coach takes part: an exercise.
    set: Option<String>,
    /// The coach's set that is not in the diary yet: its number and its exercise.
    under_way: Option<(u32, String)>,
    /// A set is to begin when the one before is in the diary.
    begins: bool,
    /// "Something is wrong" was pressed since the last set began.
    hurt: bool,
    /// It was, and the room has not repeated it yet.
    pressed: bool,
    /// Who is here.
    person: Option<PersonId>,
    /// The eye was opened for the class.
    woke: bool,
    /// What the class was told last of the own exercise.
    doing: Option<Doing>,
    doing_s: f32,
    /// The lowest point of the own squat was told.
    beaten: bool,
    /// The own voice.
    speech: voice::Speech,
}

impl Classroom {
    /// Is the person in a class, or on their way into one?
    pub const fn is_on(&self) -> bool {
        self.link.is_some()
    }

    /// Does the own set of the class go on?
    pub const fn is_moving(&self) -> bool {
        self.set.is_some()
    }

    /// Is the person in the room now, and not cut off from it?
    pub fn is_inside(&self) -> bool {
        self.link.as_ref().is_some_and(RoomLink::is_inside)
    }

    /// Is somebody at the door, not inside yet?
    pub const fn is_entering(&self) -> bool {
        self.link.is_some() && !self.entered
    }

    /// A line that everybody reads.
    fn note(&mut self, line: String) {
        if self.talk.len() == TALK {
            self.talk.pop_front();
        }
        self.caption = Some((line.clone(), CAPTION_S));
        self.talk.push_back(line);
    }

    fn ask(&self, ask: baro_wire::RoomAsk) {
        if let Some(link) = &self.link
            && !link.ask(ask)
        {
            warn!("too much waits to be said in the class");
        }
    }
}

/// How long a line stays below, seconds.
const CAPTION_S: f32 = 6.0;

/// The class.
pub struct ClassPlugin;

impl Plugin for ClassPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<Classroom>()
            .add_message::<ClassAction>()
            .add_systems(
                Update,
                (
                    choice::begin,
                    obey::obey,
                    follow::take,
                    follow::keep,
                    follow::sets,
                    follow::tell,
                    choice::tell_code,
                    bodies::place,
                    ball::fly,
                    voice::speak,
                )
                    .chain()
                    .after(VisitSystems)
                    .before(ReplaySystems)
                    .in_set(CoachingSystems)
                    .in_set(ClassSystems),
            )
            .add_systems(Update, bodies::show_own.after(DriveAvatars));
    }
}

/// Where in `Update` the class takes in what happened.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClassSystems;

/// What part of the window a class leaves to the room.
pub fn framing() -> Framing {
    Framing { centre: Vec2::new(0.52, 0.5), who: Who::Person, ..Framing::default() }
}
