//! A visit from welcome to summary, as a pure state machine.

mod event;

pub use event::{Effect, Event, Goals, Profile, Room, SetEnd, Start, Step};

/// Something chosen in the library instead of today's plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// A routine, by id.
    Routine(String),
    /// One exercise, by id.
    Exercise(String),
}
