//! Devices and a server over the state machines, with disks, links, clocks and processes that fail. Seeded: a seed is a schedule.
//!
//! - `BARO_SEED=N cargo test -p baro-sync --test simulation one_seed -- --ignored --nocapture` tells a schedule step by step.
//! - `BARO_SCHEDULES=100000 cargo test --release -p baro-sync --test simulation schedules` is the long run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod device;
mod link;
mod oracle;
#[path = "../seeds/mod.rs"]
mod seeds;
mod server;
mod store;
mod world;

use seeds::{all_hold, number_from};
use world::{Bug, Kill, Setup, run};

#[test]
fn schedules() {
    let mut sums = world::Seen::default();
    let count = all_hold(|seed| run(Setup::of(seed)), |seen| sums.add(seen));
    println!("{count} schedules: {sums:?}");
    // A simulation in which nothing happens proves nothing.
    let each = |what: u64| what * 10 >= count;
    assert!(
        each(sums.device_kills) && each(sums.server_kills) && each(sums.breaks) && each(sums.disk_full),
        "{sums:?}"
    );
    assert!(
        each(sums.exists) && each(sums.refused_reads) && each(sums.allowed_reads) && each(sums.withdrawn),
        "{sums:?}"
    );
    assert!(
        each(sums.clock_jumps) && each(sums.resumed) && sums.receipts > 0 && sums.revoked > 0,
        "{sums:?}"
    );
}

/// One quiet schedule in which the server, then a device, dies at every step in turn.
#[test]
fn kills_at_every_step() {
    let setup = |kill| Setup { kill, calm: true, ..Setup::of(7) };
    let steps = run(setup(None)).unwrap().steps;
    let stride = if number_from("BARO_SCHEDULES").is_some() { 1 } else { 1 + steps / 150 };
    for step in (0..steps).step_by(stride as usize) {
        for kill in [Kill::Server(step), Kill::Device(0, step), Kill::Device(3, step)] {
            if let Err(broken) = run(setup(Some(kill))) {
                panic!("{kill:?}: {broken}");
            }
        }
    }
}

#[test]
fn a_seed_is_a_schedule() {
    for seed in [1, 22, 333] {
        assert_eq!(run(Setup::of(seed)), run(Setup::of(seed)));
    }
}

fn is_found(bug: Bug) {
    seeds::is_found(bug, |seed| run(Setup { bug: Some(bug), ..Setup::of(seed) }));
}

#[test]
fn an_acknowledgement_before_the_disk_is_found() {
    is_found(Bug::AckBeforeDurable);
}

#[test]
fn an_id_stored_after_sending_is_found() {
    is_found(Bug::IdAfterSend);
}

#[test]
fn a_missing_consent_check_is_found() {
    is_found(Bug::NoConsentCheck);
}

#[test]
fn a_cursor_before_its_entries_is_found() {
    is_found(Bug::CursorBeforeEntries);
}

#[test]
#[ignore = "shows one schedule: BARO_SEED=N"]
fn one_seed() {
    let seed = number_from("BARO_SEED").unwrap_or(0);
    println!("{:?}", run(Setup { tell: true, ..Setup::of(seed) }));
}
