//! A room on its server: who comes in, who sees what, who leads, and what goes to whom.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod floods;
mod hall;
mod lead;
mod movement;
mod people;
mod voices;
