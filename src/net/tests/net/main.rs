//! Devices and a server with its real store, over real UDP on this machine.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a failed test is told by its panic")]

mod clinic;
mod early;
mod evil;

mod home;
mod hostile;
mod ladder;
mod pairing;
mod proxy;
mod raw;
mod rooms;

mod sync;

use std::time::{Duration, Instant};

/// Waits for what must come; how long it took.
#[track_caller]
pub fn until(what: &str, seconds: u64, mut holds: impl FnMut() -> bool) -> Duration {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(seconds), "{what}: not within {seconds} s");
        std::thread::sleep(Duration::from_millis(5));
    }
    began.elapsed()
}
