//! What a person sees and presses, as functions from what is to a picture in egui and a press.
//!
//! A screen is a view (plain borrowed data), and a function that draws it and gives back what was pressed, one of a closed
//! list. Screens know no Bevy, open no file and read no clock. [`Page`] is the frame of most, [`widgets`] is what they are
//! made of, [`Look`] how it all looks, [`Hands`] how it is pressed from across the room.

pub mod class;
pub mod desk;
pub mod explain;
pub mod failure;
pub mod flow;
pub mod game;
pub mod hands;
pub mod hud;
pub mod layout;
pub mod look;
mod page;
pub mod paused;
mod preview;
pub mod rest;
pub mod result;
pub mod rooms;
pub mod set_up;
pub mod text;
mod view;
mod walk;
pub mod widgets;
pub mod words;

pub use baro_locale::{Language, Texts};
pub use hands::{Hand, Hands};
pub use look::{Fonts, Look, Palette, Scheme, Type};
pub use page::{Ground, Page, free_part};
pub use view::{Preview, Sound, Source};
