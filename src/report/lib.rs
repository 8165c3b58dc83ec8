//! A set as a page for people: curves with their uncertainty, repetitions, faults, what could not be told, and what was said.
//!
//! [`Watch`] coaches a recording and keeps what the page shows. [`html`] is a page that needs nothing from outside, [`png`] the same
//! as a picture. Every text comes from the locale files.

mod chart;
mod movement;
mod page;
#[cfg(feature = "picture")]
mod picture;
mod scored;
mod watch;
pub mod words;

pub use chart::chart;
pub use movement::{Help, JointRange, Knee, Movement};
pub use page::html;
#[cfg(feature = "picture")]
pub use picture::{PictureError, png};
pub use scored::Scored;
pub use watch::{Curve, Sample, Watch, Watched};
