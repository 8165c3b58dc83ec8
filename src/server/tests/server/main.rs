//! The real program, from outside: devices over QUIC, the operator's commands, HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod device;
mod fhir;
mod kills;
#[path = "../../../cluster/tests/support/nats.rs"]
mod nats_server;
mod nodes;
mod operator;
mod postgres;
#[path = "../../../store/tests/store/server.rs"]
#[allow(dead_code, reason = "the store's tests use all of it")]
mod postgres_server;
mod restored;
mod running;
#[path = "../../../record/tests/support/mod.rs"]
mod set;
mod start;
mod talk;
mod web;
