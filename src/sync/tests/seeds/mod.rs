//! Seeded schedules, one after the other: what both simulations do with theirs.

use std::fmt::Debug;

/// In CI.
const SCHEDULES: u64 = 500;

pub fn number_from(name: &str) -> Option<u64> {
    std::env::var(name)
        .ok()
        .map(|text| text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// Every schedule holds; what they saw is added up. How many there were.
pub fn all_hold<S>(run: impl Fn(u64) -> Result<S, String>, mut add: impl FnMut(&S)) -> u64 {
    let (first, count) =
        (number_from("BARO_FIRST").unwrap_or(0), number_from("BARO_SCHEDULES").unwrap_or(SCHEDULES));
    for seed in first..first + count {
        match run(seed) {
            Ok(seen) => add(&seen),
            Err(broken) => panic!("seed {seed}: {broken}\nBARO_SEED={seed} shows it step by step"),
        }
    }
    count
}

/// One of the schedules breaks by this fault.
pub fn is_found<S>(bug: impl Debug, run: impl Fn(u64) -> Result<S, String>) {
    let found = (0..SCHEDULES).find_map(|seed| run(seed).err().map(|broken| (seed, broken)));
    let (seed, broken) = found.unwrap_or_else(|| panic!("{bug:?} was not found in {SCHEDULES} schedules"));
    println!("{bug:?} was found by seed {seed}: {broken}");
}
