//! Exercising together: the door to a class, and the class.

mod door;
mod hall;
mod panel;

pub use door::{DoorDraft, DoorPress, DoorView, door};
pub use hall::{HallView, Lack, Moment, Own, OwnVoice, Somebody, hall};
pub use panel::{HallDraft, HallPress, Panel};
