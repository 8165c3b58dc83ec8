//! Every store against one suite, and the embedded one against kills, torn writes, full disks and old files.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod device;
mod people;
#[path = "../../../sync/tests/simulation/store.rs"]
#[allow(dead_code, reason = "the simulation uses the rest")]
mod reference;
mod sqlite;
mod suite;
