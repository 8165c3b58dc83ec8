//! What drawings of a set share: where times and values are, and how numbers are written.

use std::fmt::Write as _;

/// Size of a drawing, in units of the page (pixels at 100 %).
pub const WIDTH: f64 = 1_000.0;
pub const LEFT: f64 = 112.0;
pub const RIGHT: f64 = WIDTH - 16.0;
/// Points of a line at most: more than a page can show.
const MOST_POINTS: usize = 1_200;

pub const INK: &str = "#1f2d38";
pub const FAINT: &str = "#51606d";
pub const GRID: &str = "#e3e8ec";
pub const REP: &str = "#e9f1f4";
pub const WORST: &str = "#fbe3c8";
pub const FAULT: &str = "#a3261a";
pub const TARGET: &str = "#22683f";
/// The person's left, their right, and the whole body.
pub const SIDES: [&str; 2] = ["#a3520f", "#1b62a8"];
pub const WHOLE: &str = "#1b5f73";
pub const OTHER: &str = "#7a4a9c";

/// Where something is.
pub struct Scale {
    pub x: [f64; 2],
    pub y: [f64; 2],
    /// The drawing's top and bottom.
    pub plot: [f64; 2],
}

impl Scale {
    pub fn x(&self, value: f64) -> f64 {
        LEFT + (RIGHT - LEFT) * share(self.x, value)
    }

    pub fn y(&self, value: f64) -> f64 {
        let [top, bottom] = self.plot;
        bottom - (bottom - top) * share(self.y, value)
    }

    /// A line through points.
    pub fn path(&self, points: impl Iterator<Item = (f64, f64)>) -> String {
        let mut d = String::new();
        for (i, (x, y)) in points.enumerate() {
            let command = if i == 0 { 'M' } else { 'L' };
            // Writing into a string does not fail.
            let _ = write!(d, "{command}{:.1} {:.1}", self.x(x), self.y(y));
        }
        d
    }

    /// The area between two lines: each point has its place, its lower and its upper end.
    pub fn band(&self, points: &[(f64, f64, f64)]) -> String {
        let above = points.iter().map(|(x, _, high)| (*x, *high));
        let below = points.iter().rev().map(|(x, low, _)| (*x, *low));
        self.path(above.chain(below)) + "Z"
    }
}

fn share([from, to]: [f64; 2], value: f64) -> f64 {
    ((value - from) / (to - from).max(f64::EPSILON)).clamp(0.0, 1.0)
}

/// From the lowest to the highest of these, with a little room and no less than 10° or 0.1.
pub fn room(values: impl Iterator<Item = f64>, unit: &str) -> [f64; 2] {
    let all = values.filter(|value| value.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let least = if unit == "deg" { 10.0 } else { 0.1 };
    if low > high {
        return [0.0, least];
    }
    let room = ((high - low) * 0.12).max(least / 2.0);
    [low - room, high + room]
}

/// Round values between two, about as many as wanted.
pub fn ticks(low: f64, high: f64, wanted: u32) -> Vec<f64> {
    let rough = (high - low) / f64::from(wanted);
    if !rough.is_finite() || rough <= 0.0 {
        return vec![low];
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    (first..=last).map(|i| i as f64 * step).collect()
}

/// So many that a page can show them: of each stretch the lowest and the highest, in their order.
pub fn thinned<T: Copy>(points: &[T], value: impl Fn(&T) -> f64) -> Vec<T> {
    if points.len() <= MOST_POINTS {
        return points.to_vec();
    }
    let each = points.len().div_ceil(MOST_POINTS / 2);
    let mut kept = Vec::with_capacity(MOST_POINTS);
    for some in points.chunks(each) {
        let ends = |i: &usize, j: &usize| value(&some[*i]).total_cmp(&value(&some[*j]));
        let all = 0..some.len();
        let mut two = [all.clone().min_by(ends), all.max_by(ends)].map(Option::unwrap_or_default);
        two.sort_unstable();
        kept.push(some[two[0]]);
        if two[0] != two[1] {
            kept.push(some[two[1]]);
        }
    }
    kept
}

/// Minutes and whole seconds, of those that have passed.
pub fn clock(seconds: f64) -> String {
    let whole = seconds.max(0.0) as u64;
    format!("{}:{:02}", whole / 60, whole % 60)
}

/// A moment, to the tenth of a second.
pub fn moment(seconds: f64) -> String {
    let tenths = (seconds.max(0.0) * 10.0).round() as u64;
    format!("{}:{:02}.{}", tenths / 600, tenths / 10 % 60, tenths % 10)
}

pub fn px(value: f64) -> String {
    format!("{value:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(-3.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(ticks(5.0, 5.0, 5), [5.0]);
    }

    #[test]
    fn what_is_thinned_keeps_its_ends() {
        let wave: Vec<(f64, f64)> =
            (0..18_000).map(|i| (f64::from(i), (f64::from(i) / 100.0).sin() * 50.0)).collect();
        let thin = thinned(&wave, |point| point.1);
        assert!(thin.len() <= MOST_POINTS && thin.is_sorted_by(|a, b| a.0 < b.0), "{}", thin.len());
        let high = |all: &[(f64, f64)]| all.iter().map(|point| point.1).fold(f64::MIN, f64::max);
        assert_eq!(high(&thin), high(&wave));
        assert_eq!(thinned(&wave[..9], |point| point.1).len(), 9);
    }

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!([0.0, 59.6, 605.0].map(clock), ["0:00", "0:59", "10:05"]);
        assert_eq!([0.0, 5.5, 59.96].map(moment), ["0:00.0", "0:05.5", "1:00.0"]);
    }
}
