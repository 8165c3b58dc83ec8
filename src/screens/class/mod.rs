//! Exercising together: the door to a class, and the class.

mod door;
mod hall;
mod panel;

pub use door::{DoorDraft, DoorPress, DoorView, door};
pub use hall::{HallView, Moment, Own, Somebody, hall};
pub use panel::{HallDraft, HallPress, Panel};
