//! The pose codec on recorded exercise: bytes, errors and time.

mod error;
mod link;
mod peers;

use crate::motion::{self, Take};
use anyhow::Result;
use baro_wire::pose::JOINTS;
use bench_table::Table;
use error::Errors;
use link::{Link, Sent};
use std::collections::BTreeSet;
use std::path::Path;

/// Bytes a person a tick, and errors of joints, mean and largest.
const BYTES: f64 = 60.0;
const MEAN_DEG: f64 = 0.5;
const MOST_DEG: f64 = 1.5;

/// Lossless, acknowledged at once, over a room's usual server, and over a bad one; and one that loses.
const LINKS: [Link; 4] = [
    Link { ack_ms: 0, lost: 0.0 },
    Link { ack_ms: 100, lost: 0.0 },
    Link { ack_ms: 400, lost: 0.0 },
    Link { ack_ms: 100, lost: 0.05 },
];
/// That one by which sets and errors are compared.
const USUAL: Link = LINKS[1];

/// Measures all of it.
///
/// # Errors
/// Where a recording can't be read.
pub fn run() -> Result<Table> {
    let mut table = Table::default();
    let takes = motion::takes()?;
    if takes.is_empty() {
        table.skip("no recording is here");
        return Ok(table);
    }
    let figures: usize = takes.iter().map(|take| take.figures.len()).sum();
    let note = format!("{} takes, {figures} figures at 30 Hz of {JOINTS} joints", takes.len());
    let minutes = figures as f64 / motion::TICK_HZ / 60.0;
    table.told("recorded exercise through the client's retargeting", minutes, "min", &note);

    let all: Vec<&Take> = takes.iter().collect();
    peers::sizes(&all, &mut table);
    for link in LINKS {
        let sent = link.send(&all);
        bytes(&mut table, &format!("all, {link}"), &sent);
        if link == USUAL {
            errors(&mut table, &sent.errors);
        }
        if link.lost > 0.0 {
            let note = format!(
                "of {} that arrived: none stands on a key that was not acknowledged",
                sent.bytes.len() - sent.lost
            );
            table.at_most(
                "figures that arrived and could not be read",
                sent.unread as f64,
                "",
                Some(0.0),
                &note,
            );
        }
    }
    let figure = takes[0].figures.last().copied().unwrap_or_default();
    let still = Take { set: "", figures: vec![figure; 30 * motion::TICK_HZ as usize] };
    bytes(&mut table, &format!("somebody who stands still, {USUAL}"), &USUAL.send(&[&still]));
    let sets: BTreeSet<&str> = takes.iter().map(|take| take.set).collect();
    for set in sets {
        let of_set: Vec<&Take> = takes.iter().filter(|take| take.set == set).collect();
        bytes(&mut table, &format!("{set}, {USUAL}"), &USUAL.send(&of_set));
    }
    let others: Vec<&Take> = takes.iter().skip(1).step_by(2).collect();
    bytes(&mut table, &format!("takes that the odds were not counted on, {USUAL}"), &USUAL.send(&others));
    peers::times(&all, &mut table);
    Ok(table)
}

/// What the odds of the codec are counted on (`src/wire/pose/count.rs`): every second take, over links without loss.
///
/// # Errors
/// Where a recording can't be read, or the file not written.
pub fn write_blobs(path: &Path) -> Result<()> {
    let takes = motion::takes()?;
    let counted: Vec<&Take> = takes.iter().step_by(2).collect();
    let links = [LINKS[0], USUAL, USUAL, LINKS[2]];
    std::fs::write(path, links.map(|link| link.send(&counted).blobs).concat())?;
    Ok(())
}

fn bytes(table: &mut Table, what: &str, sent: &Sent) {
    let count = sent.bytes.len() as f64;
    let key = sent.keys.iter().sum::<f64>();
    let note = format!(
        "95 of 100 within {:.0}, most {:.0}; a key of {:.1} bytes each {:.1} figures, {:.0} % of all bytes",
        quantile(&sent.bytes, 0.95),
        quantile(&sent.bytes, 1.0),
        mean(&sent.keys),
        count / sent.keys.len() as f64,
        100.0 * key / sent.bytes.iter().sum::<f64>()
    );
    table.at_most(&format!("bytes a figure, mean: {what}"), mean(&sent.bytes), "bytes", Some(BYTES), &note);
}

fn errors(table: &mut Table, errors: &Errors) {
    let each = [
        ("a joint's turn in the room", &errors.room_deg),
        ("a joint's turn on its parent", &errors.parent_deg),
    ];
    for (what, degrees) in each {
        let note = format!("99 of 100 within {:.2}°", quantile(degrees, 0.99));
        table.at_most(&format!("error of {what}, mean"), mean(degrees), "°", Some(MEAN_DEG), &note);
        let note = "of all joints of all figures";
        let most = quantile(degrees, 1.0);
        table.at_most(&format!("error of {what}, largest"), most, "°", Some(MOST_DEG), note);
    }
    table.told(
        "error of the root, largest",
        quantile(&errors.root_mm, 1.0),
        "mm",
        &format!("mean {:.2} mm", mean(&errors.root_mm)),
    );
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(((sorted.len().max(1) - 1) as f64 * share) as usize).copied().unwrap_or(0.0)
}
