//! A measure over time, thin enough for a page.

use baro_motion::{Claim, Estimate, Measure, Side};
use serde::{Deserialize, Serialize};

/// One measure of one side at an even pace: the sample `i` is of `from_s + i / rate_hz`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The measure's name; its text is `measure-NAME`.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// Whose; `None` for the whole body.
    pub side: Option<Side>,
    /// Is it what is counted on?
    pub primary: bool,
    /// Time of the first sample, seconds.
    pub from_s: f64,
    /// Samples a second.
    pub rate_hz: f64,
    /// `null` where it was not measured.
    pub value: Vec<Option<f64>>,
    /// 1.96 standard deviations of each.
    pub pm: Vec<Option<f64>>,
    /// A letter for each sample: `f` it may be told, `c` with a warning, `r` refused (draw the line, tell no number), `-` not measured.
    pub claim: String,
}

/// What is gathered for a [`Curve`].
#[derive(Debug, Clone)]
pub(super) struct Gathered {
    pub measure: Measure,
    pub side: Side,
    pub samples: Vec<Option<Estimate>>,
}

impl Curve {
    pub(super) fn new(
        gathered: Gathered,
        side: Option<Side>,
        primary: bool,
        from_s: f64,
        rate_hz: f64,
    ) -> Self {
        let unit = gathered.measure.unit();
        let digits = if unit.name() == "deg" { 10.0 } else { 1000.0 };
        let round = |value: f32| (unit.to_edge(value.into()) * digits).round() / digits;
        let samples = &gathered.samples;
        Self {
            measure: gathered.measure.name().into(),
            unit: unit.name().into(),
            side,
            primary,
            from_s,
            rate_hz,
            value: samples.iter().map(|seen| seen.map(|seen| round(seen.value))).collect(),
            pm: samples.iter().map(|seen| seen.map(|seen| round(1.96 * seen.sd))).collect(),
            claim: samples.iter().map(|seen| seen.map_or('-', |seen| letter(seen.claim))).collect(),
        }
    }

    /// Time of a sample, seconds.
    pub fn time_s(&self, index: usize) -> f64 {
        self.from_s + index as f64 / self.rate_hz
    }

    /// The last sample that is not after a moment, or the first.
    pub fn index(&self, time_s: f64) -> usize {
        ((time_s - self.from_s) * self.rate_hz).floor().max(0.0) as usize
    }

    /// The values from a moment to another whose number may be told, with their times.
    pub fn told(&self, from_s: f64, to_s: f64) -> impl Iterator<Item = (f64, f64)> {
        let claims = self.claim.bytes().map(|claim| claim == b'f' || claim == b'c');
        let first = self.index(from_s);
        let all = self.value.iter().zip(claims).enumerate().skip(first);
        let until =
            all.map(|(i, sample)| (self.time_s(i), sample)).take_while(move |(at_s, _)| *at_s <= to_s);
        let told = until.filter_map(|(at_s, (value, told))| Some((at_s, (*value).filter(|_| told)?)));
        told.filter(move |(at_s, _)| *at_s >= from_s)
    }
}

const fn letter(claim: Claim) -> char {
    match claim {
        Claim::Firm => 'f',
        Claim::Cautious => 'c',
        Claim::Refused => 'r',
    }
}
