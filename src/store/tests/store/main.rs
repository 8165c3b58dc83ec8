//! Every store against one suite, and each against kills and what else can happen to its files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod device;
mod people;
#[cfg(feature = "postgres")]
mod postgres;
#[path = "../../../sync/tests/simulation/store.rs"]
#[allow(dead_code, reason = "the simulation uses the rest")]
mod reference;
#[cfg(feature = "postgres")]
mod server;
#[cfg(feature = "postgres")]
mod speed;
mod sqlite;
mod suite;
mod writer;
