//! Every screen through its accessibility tree, in both languages, at every size.

#![allow(
    clippy::unwrap_used,
    reason = "a test may end where it fails; helpers of tests are not recognised as tests"
)]

mod class;
mod coaching;
mod desk;
mod flow;
mod fonts;
mod game;
mod hands;
mod keys;
mod rooms;
mod stage;
mod support;
