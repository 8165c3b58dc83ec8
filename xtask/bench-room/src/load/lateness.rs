//! When a room's ticks came, against when they were due.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::ops::Range;

pub const TICK_MS: f64 = 1_000.0 / 30.0;
/// A tick's stamp says in which period it was, up to so much before its moment.
const EARLY_MS: f64 = 6.0;

/// A tick as somebody got it: what the room's clock said when it was sent, whole milliseconds, and when it was there by the own one.
pub type Arrival = (u32, f64);

/// For each of these people and each tick of a stretch of the own time: milliseconds from the moment in which the tick was due until it was
/// there; infinite where it never was.
///
/// A room ticks on a grid of its own, which is found from its stamps: the earliest hundredth of them. So a tick that the server itself began
/// too late is late. Both clocks run alike; the quickest arrival of all tells how they differ, so what the quickest way takes is not counted.
pub fn lateness(people: &[Vec<Arrival>], during: Range<f64>) -> Vec<f64> {
    let all = || people.iter().flatten().map(|(stamp, at)| (f64::from(*stamp), *at));
    let differ = all().map(|(stamp, at)| at - stamp).fold(f64::INFINITY, f64::min);
    let (sin, cos) = all()
        .map(|(stamp, _)| (stamp / TICK_MS * TAU).sin_cos())
        .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
    let usual = sin.atan2(cos) / TAU * TICK_MS;
    let within = |stamp: f64, start: f64| (stamp - start + EARLY_MS).rem_euclid(TICK_MS) - EARLY_MS;
    let mut offsets: Vec<f64> = all().map(|(stamp, _)| within(stamp, usual)).collect();
    offsets.sort_by(f64::total_cmp);
    let Some(earliest) = offsets.get(offsets.len() / 100) else { return Vec::new() };
    // Of the tick of number 0, by the own clock.
    let start = usual + earliest + differ;
    let due =
        ((during.start - start) / TICK_MS).ceil() as i64..((during.end - start) / TICK_MS).ceil() as i64;
    let of = |arrivals: &Vec<Arrival>| {
        let mut there = BTreeMap::new();
        for (stamp, at) in arrivals {
            let number = ((f64::from(*stamp) + differ - start + EARLY_MS) / TICK_MS).floor();
            let late = there.entry(number as i64).or_insert(f64::INFINITY);
            *late = (at - start - number * TICK_MS).min(*late);
        }
        due.clone()
            .map(move |number| there.get(&number).copied().unwrap_or(f64::INFINITY))
            .collect::<Vec<_>>()
    };
    people.iter().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A room whose clock began 4,321.7 ms after the own one.
    fn arrivals(late_ms: impl Fn(i64) -> f64, way_ms: impl Fn(i64) -> f64) -> Vec<Arrival> {
        let tick = |number: i64| {
            let sent = 17.3 + number as f64 * TICK_MS + late_ms(number);
            (sent as u32, sent + 4_321.7 + way_ms(number))
        };
        (0..300).map(tick).collect()
    }

    #[test]
    fn what_is_late_is_found() {
        let good = lateness(&[arrivals(|_| 0.0, |_| 0.2)], 5_000.0..13_000.0);
        assert_eq!(good.len(), 240);
        assert!(good.iter().all(|late| (-1.1..2.1).contains(late)), "{good:?}");
        // Each tenth tick is begun 20 ms late by the server, each tenth takes 30 ms on its way.
        let bad =
            arrivals(|n| if n % 10 == 0 { 20.0 } else { 0.0 }, |n| if n % 10 == 5 { 30.0 } else { 0.2 });
        let late = lateness(&[bad], 5_000.0..13_000.0);
        assert_eq!(late.iter().filter(|late| (18.0..22.0).contains(*late)).count(), 24);
        assert_eq!(late.iter().filter(|late| (28.0..32.0).contains(*late)).count(), 24);
    }

    #[test]
    fn what_never_came_is_infinitely_late() {
        let mut some = arrivals(|_| 0.0, |_| 0.2);
        some.retain(|(stamp, _)| !(3_000..4_000).contains(stamp));
        let late = lateness(&[some, arrivals(|_| 0.0, |_| 0.4)], 5_000.0..13_000.0);
        assert_eq!(late.iter().filter(|late| late.is_infinite()).count(), 30);
    }
}
