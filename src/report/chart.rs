//! One measure over time as SVG: both sides with their ±, the limits, repetitions and faults.

use crate::{Curve, Sample, Watched, words};
use baro_coach::{Aspect, Fault, Limit};
use baro_locale::Texts;
use baro_motion::{Claim, Side, Unit};
use maud::{Markup, html};
use std::fmt::Write as _;

/// Size of a chart, in units of the page (pixels at 100 %).
pub const WIDTH: f64 = 940.0;
/// See [`WIDTH`].
pub const HEIGHT: f64 = 260.0;
/// The plot inside it.
const LEFT: f64 = 52.0;
const RIGHT: f64 = WIDTH - 12.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = HEIGHT - 34.0;
/// A curve is broken where nothing was measured for longer, seconds.
const GAP_S: f64 = 0.5;
/// Points of a curve at most: more than a page can show.
const MAX_POINTS: usize = 1200;

/// Colours: ink, faint ink, grid, repetition, target, fault; the person's left, right, and the whole body.
pub const INK: &str = "#22303c";
pub const FAINT: &str = "#5d6b78";
const GRID: &str = "#e3e8ec";
const REP: &str = "#eef3f7";
const TARGET: &str = "#cfe8d8";
const TARGET_INK: &str = "#2c7a4f";
pub const FAULT: &str = "#c0392b";
pub const SIDES: [&str; 2] = ["#b8621b", "#1f6fb2"];
pub const WHOLE: &str = "#2b6777";

/// Where values and times are in the chart.
struct Scale {
    unit: Unit,
    time_s: [f64; 2],
    value: [f64; 2],
}

impl Scale {
    fn x(&self, time_s: f64) -> f64 {
        let [from, to] = self.time_s;
        LEFT + (RIGHT - LEFT) * ((time_s - from) / (to - from)).clamp(0.0, 1.0)
    }

    /// From the edge's unit.
    fn y(&self, value: f64) -> f64 {
        let [low, high] = self.value;
        BOTTOM - (BOTTOM - TOP) * ((value - low) / (high - low)).clamp(0.0, 1.0)
    }

    fn inside(&self, value: f32) -> f64 {
        self.y(self.unit.to_edge(value.into()))
    }
}

/// The chart of one curve; `faults` are marked on its time axis.
pub fn chart(watched: &Watched, curve: &Curve, texts: &Texts) -> Markup {
    let unit = curve.measure.unit();
    let marks = limits(watched, curve);
    let scale = Scale { unit, time_s: times(watched), value: values(curve, &marks) };
    let faults: Vec<&Fault> = faults(watched, curve).collect();
    let name = words::measure(texts, curve.measure);
    html! {
        svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT) role="img" aria-label=(name) font-size="12" {
            (repetitions(watched, &scale))
            @if let Some(mark) = marks.iter().find(|mark| mark.target) { (target(mark, &scale)) }
            (axes(&scale, texts))
            @for mark in &marks { (line(mark, &scale, texts)) }
            @for (sample, color, _) in lines(curve) {
                @for stretch in stretches(sample) {
                    @if stretch.told { path d=(band(&stretch.samples, &scale)) fill=(color) fill-opacity="0.16" {} }
                    path d=(path(&stretch.samples, &scale)) fill="none" stroke=(color) stroke-width="1.8" stroke-linejoin="round" stroke-dasharray=[(!stretch.told).then_some("2 4")] {}
                }
            }
            @for fault in faults {
                @let (from, to) = (scale.x(fault.from_s), scale.x(fault.to_s));
                rect x=(px(from)) y=(px(BOTTOM - 5.0)) width=(px((to - from).max(3.0))) height="5" rx="2" fill=(FAULT) {}
            }
            (legend(curve, texts))
        }
    }
}

/// What is drawn, with its colour, and the side where it is one's: the whole body's value once.
fn lines(curve: &Curve) -> Vec<(&[Sample], &'static str, Option<Side>)> {
    let [left, right] = &curve.sides;
    if left == right {
        return vec![(left, WHOLE, None)];
    }
    let side = |side: Side| (curve.sides[side.index()].as_slice(), SIDES[side.index()], Some(side));
    Side::BOTH.map(side).into_iter().filter(|(samples, ..)| !samples.is_empty()).collect()
}

fn legend(curve: &Curve, texts: &Texts) -> Markup {
    let lines = lines(curve);
    let sides = lines.iter().filter_map(|(_, color, side)| Some((color, (*side)?)));
    html! {
        @for (i, (color, side)) in sides.enumerate() {
            @let x = RIGHT - 120.0 * (lines.len() - i) as f64;
            line x1=(px(x)) x2=(px(x + 18.0)) y1="12" y2="12" stroke=(color) stroke-width="3" {}
            text x=(px(x + 24.0)) y="16" fill=(INK) { (words::one_side(texts, side)) }
        }
    }
}

/// A line across the chart: the target, or the limit of a rule.
struct Mark {
    value: f64,
    /// The far side of a target; where partial repetitions end.
    reach: f64,
    target: bool,
}

/// What the curve is held against. Rules about changes and differences have no fixed line.
fn limits(watched: &Watched, curve: &Curve) -> Vec<Mark> {
    let edge = |value: f32| curve.measure.unit().to_edge(value.into());
    let signal = watched.exercise.signal.as_ref();
    let target = signal.filter(|s| s.measure == curve.measure && !s.from_rest);
    let target = target.map(|s| Mark { value: edge(s.target), reach: edge(s.reach), target: true });
    let rules = watched.exercise.rules.iter();
    let rules = rules.filter(|rule| rule.measure == curve.measure && rule.aspect == Aspect::Value);
    let limits = rules.map(|rule| {
        let (Limit::Min(value) | Limit::Max(value)) = rule.limit;
        Mark { value: edge(value), reach: edge(value), target: false }
    });
    target.into_iter().chain(limits).collect()
}

/// The faults that the curve shows: those of its rules, and of the range where it is what is counted on.
pub fn faults<'a>(watched: &'a Watched, curve: &Curve) -> impl Iterator<Item = &'a Fault> {
    let exercise = &watched.exercise;
    let is_signal = exercise.signal.as_ref().is_some_and(|signal| signal.measure == curve.measure);
    let ends = exercise.range.iter().chain(&exercise.finish).filter(move |_| is_signal).map(|rule| &rule.id);
    let rules = exercise.rules.iter().filter(|rule| rule.measure == curve.measure).map(|rule| &rule.id);
    let ids: Vec<String> = ends.chain(rules).cloned().collect();
    let all = watched.report.reps.iter().flat_map(|rep| &rep.faults);
    all.filter(move |fault| ids.contains(&fault.rule))
}

fn times(watched: &Watched) -> [f64; 2] {
    let [from, to] = watched.span_s;
    if to > from { [from, to] } else { [from, from + 1.0] }
}

/// From the lowest to the highest value, with the lines, a little room, and no less than 10° or 0.1.
fn values(curve: &Curve, marks: &[Mark]) -> [f64; 2] {
    let unit = curve.measure.unit();
    let measured = curve.sides.iter().flatten().map(|sample| unit.to_edge(sample.seen.value.into()));
    let lines = marks.iter().map(|mark| mark.value);
    let all = measured.chain(lines).filter(|value| value.is_finite());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let least = if unit == Unit::Angle { 10.0 } else { 0.1 };
    if low > high {
        return [0.0, least];
    }
    let room = ((high - low) * 0.12).max(least / 2.0);
    [low - room, high + room]
}

fn repetitions(watched: &Watched, scale: &Scale) -> Markup {
    html! {
        @for (i, rep) in watched.report.reps.iter().enumerate() {
            @let (from, to) = (scale.x(rep.start_s), scale.x(rep.end_s));
            rect x=(px(from)) y=(px(TOP)) width=(px((to - from).max(1.0))) height=(px(BOTTOM - TOP)) fill=(REP) rx="3" {}
            text x=(px((from + to) / 2.0)) y=(px(TOP - 5.0)) text-anchor="middle" fill=(FAINT) {
                @if rep.complete { (i + 1) } @else { "(" (i + 1) ")" }
            }
        }
    }
}

fn target(mark: &Mark, scale: &Scale) -> Markup {
    let (a, b) = (scale.y(mark.value), scale.y(mark.reach));
    html! { rect x=(px(LEFT)) y=(px(a.min(b))) width=(px(RIGHT - LEFT)) height=(px((a - b).abs())) fill=(TARGET) fill-opacity="0.55" {} }
}

fn line(mark: &Mark, scale: &Scale, texts: &Texts) -> Markup {
    let y = scale.y(mark.value);
    let (color, key) = if mark.target { (TARGET_INK, "report-target") } else { (FAULT, "report-limit") };
    let value = texts.value(mark.value, scale.unit.name());
    html! {
        line x1=(px(LEFT)) x2=(px(RIGHT)) y1=(px(y)) y2=(px(y)) stroke=(color) stroke-width="1.2" stroke-dasharray="6 4" {}
        text x=(px(RIGHT - 4.0)) y=(px(y - 4.0)) text-anchor="end" fill=(color) stroke="#ffffff" stroke-width="3" paint-order="stroke" {
            (texts.with(key, [("value", value.into())]))
        }
    }
}

fn axes(scale: &Scale, texts: &Texts) -> Markup {
    let [low, high] = scale.value;
    let [from, to] = scale.time_s;
    html! {
        @for value in ticks(low, high, 5) {
            @let y = scale.y(value);
            line x1=(px(LEFT)) x2=(px(RIGHT)) y1=(px(y)) y2=(px(y)) stroke=(GRID) {}
            text x=(px(LEFT - 8.0)) y=(px(y + 4.0)) text-anchor="end" fill=(FAINT) {
                (texts.value(value, scale.unit.name()))
            }
        }
        line x1=(px(LEFT)) x2=(px(RIGHT)) y1=(px(BOTTOM)) y2=(px(BOTTOM)) stroke=(FAINT) {}
        @for time_s in ticks(from, to, 10) {
            @let x = scale.x(time_s);
            line x1=(px(x)) x2=(px(x)) y1=(px(BOTTOM)) y2=(px(BOTTOM + 4.0)) stroke=(FAINT) {}
            text x=(px(x)) y=(px(BOTTOM + 18.0)) text-anchor="middle" fill=(FAINT) { (trimmed(time_s)) }
        }
        text x=(px(RIGHT)) y=(px(HEIGHT - 2.0)) text-anchor="end" fill=(FAINT) { (texts.text("report-seconds")) }
    }
}

/// Round values between two, about as many as wanted.
fn ticks(low: f64, high: f64, wanted: u32) -> Vec<f64> {
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

fn trimmed(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

/// A piece of a curve without a gap, in which every number may be told, or none.
struct Stretch {
    told: bool,
    samples: Vec<Sample>,
}

/// The pieces of a curve, thinned to what can be seen.
fn stretches(samples: &[Sample]) -> Vec<Stretch> {
    let every = samples.len().div_ceil(MAX_POINTS).max(1);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut last: Option<Sample> = None;
    for (i, &sample) in samples.iter().enumerate() {
        let told = sample.seen.claim != Claim::Refused;
        let gap = last.is_none_or(|last| sample.time_s - last.time_s > GAP_S);
        match stretches.last_mut() {
            Some(stretch) if !gap && stretch.told == told => {
                if i % every == 0 {
                    stretch.samples.push(sample);
                }
            }
            // Where only what may be told changes, the pieces meet.
            _ => {
                let meeting = last.filter(|_| !gap);
                stretches.push(Stretch { told, samples: meeting.into_iter().chain([sample]).collect() });
            }
        }
        last = Some(sample);
    }
    stretches
}

fn path(samples: &[Sample], scale: &Scale) -> String {
    polygon(samples.iter().map(|s| (s.time_s, s.seen.value)), scale)
}

/// The area between one standard deviation below and above.
fn band(samples: &[Sample], scale: &Scale) -> String {
    let above = samples.iter().map(|s| (s.time_s, s.seen.value + s.seen.sd));
    let below = samples.iter().rev().map(|s| (s.time_s, s.seen.value - s.seen.sd));
    polygon(above.chain(below), scale) + "Z"
}

fn polygon(points: impl Iterator<Item = (f64, f32)>, scale: &Scale) -> String {
    let mut d = String::new();
    for (i, (time_s, value)) in points.enumerate() {
        let command = if i == 0 { 'M' } else { 'L' };
        // Writing into a string does not fail.
        let _ = write!(d, "{command}{:.1} {:.1}", scale.x(time_s), scale.inside(value));
    }
    d
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_motion::Estimate;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(-3.0, 97.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0]);
        assert_eq!(ticks(0.0, 1.0, 5), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(ticks(5.0, 5.0, 5), [5.0]);
    }

    #[test]
    fn gaps_break_the_curve() {
        let seen = Estimate { value: 0.0, sd: 0.1, visibility: 1.0, claim: Claim::Firm };
        let at = |time_s| Sample { time_s, seen };
        let lengths = |samples: &[Sample]| {
            stretches(samples).iter().map(|s| (s.told, s.samples.len())).collect::<Vec<_>>()
        };
        assert_eq!(lengths(&[at(0.0), at(0.1), at(2.0), at(2.1), at(2.2)]), [(true, 2), (true, 3)]);
        let refused = |time_s| Sample { time_s, seen: Estimate { claim: Claim::Refused, ..seen } };
        assert_eq!(lengths(&[at(0.0), at(0.1), refused(0.2), refused(0.3)]), [(true, 2), (false, 3)]);
        let long: Vec<Sample> = (0..10_000).map(|i| at(f64::from(i) / 100.0)).collect();
        assert!(stretches(&long)[0].samples.len() <= MAX_POINTS + 1);
    }
}
