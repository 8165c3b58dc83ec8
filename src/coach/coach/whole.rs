//! What can only be told of a whole repetition: how smooth, how steady, how even it was, and how like other people's.

use super::{counting::Done, machine::Ending};
use crate::{
    Exercise, Quantity, RepSignal, View,
    recent::{Recent, Timed},
    reference::{Difference, Reference, Sensor, Track, view_of},
};
use baro_motion::{
    Claim, Landmarks, Measure, Measures, Side,
    movement::{
        BalanceSample, Sample, balance_offset, smoothness_of_path, steadiness, sway, symmetry_index_percent,
    },
};
use glam::Vec2;

/// Moments that are kept, 10 s at 100 a second, thinned out beyond that.
const CAPACITY: usize = 1024;
/// Moments nearer together than this are skipped, seconds.
const FINEST_S: f64 = 0.009;
/// A repetition's start is dated back by at most this, seconds.
const BEFORE_S: f64 = 2.5;

/// What was counted on, and the balance, at one moment.
#[derive(Debug, Clone, Copy)]
struct Moment {
    time_s: f64,
    /// Value and standard deviation on each side; NaN where not measured.
    signal: [[f32; 2]; 2],
    /// May that be told to a person?
    claims: [Claim; 2],
    offset: Vec2,
}

impl Timed for Moment {
    fn time_s(&self) -> f64 {
        self.time_s
    }
}

/// Remembers the repetition under way.
pub(super) struct Whole {
    measure: Option<Measure>,
    reference: Option<Reference>,
    sensor: Sensor,
    track: Track,
    course: Recent<Moment>,
}

/// What was measured; `None` where it can't be told.
#[derive(Debug, Clone, Default)]
pub(super) struct Quality {
    /// Mean spectral arc length of the strokes.
    pub smoothness: Option<f64>,
    /// Root mean square sway to the sides, leg lengths.
    pub sway: Option<f64>,
    /// Standard deviation of what is held, degrees or a ratio.
    pub steadiness: Option<f64>,
    /// Difference of the sides' reach over their mean, per cent.
    pub symmetry: Option<f64>,
    /// 100 less what the differences cost.
    pub similarity: Option<f64>,
    /// What differs from how other people do it right.
    pub differences: Vec<Difference>,
    /// What was counted on, at its farthest.
    pub signal: Option<RepSignal>,
}

impl Quality {
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        match quantity {
            Quantity::Smoothness => self.smoothness,
            Quantity::Sway => self.sway,
            Quantity::Steadiness => self.steadiness,
            Quantity::Symmetry => self.symmetry,
            Quantity::Similarity => self.similarity,
        }
    }
}

impl Whole {
    pub fn new(exercise: &Exercise) -> Self {
        Self {
            measure: exercise.signal.map(|signal| signal.measure),
            reference: exercise.reference.as_deref().and_then(Reference::shipped),
            sensor: Sensor::default(),
            track: Track::default(),
            course: Recent::new(CAPACITY, FINEST_S),
        }
    }

    pub fn measured_by(&mut self, sensor: Sensor) {
        self.sensor = sensor;
    }

    pub fn sensor(&self) -> Sensor {
        self.sensor
    }

    pub fn refer_to(&mut self, reference: Option<Reference>) {
        self.reference = reference;
    }

    /// Takes a frame; `start_s`: of the repetition under way.
    pub fn step(&mut self, time_s: f64, world: &Landmarks, measures: &Measures, start_s: Option<f64>) {
        if self.reference.is_some() {
            self.track.push(time_s, world, start_s);
        }
        if !self.course.wants(time_s) {
            return;
        }
        self.course.forget_before(start_s.unwrap_or(time_s) - BEFORE_S);
        let estimates = Side::BOTH.map(|side| self.measure.and_then(|measure| measures.get(measure, side)));
        let signal = estimates.map(|seen| seen.map_or([f32::NAN; 2], |seen| [seen.value, seen.sd]));
        let claims = estimates.map(|seen| seen.map_or(Claim::Refused, |seen| seen.claim));
        let offset = balance_offset(world).unwrap_or(Vec2::NAN);
        self.course.push(Moment { time_s, signal, claims, offset });
    }

    /// Sums up an ended repetition, hold or cycle. `sides`: those that moved; `sees`: the views that the picture gives.
    pub fn quality(&self, done: &Done, sides: [bool; 2], sees: impl Fn(View) -> bool) -> Quality {
        let ended = &done.ended;
        let [far_from_s, far_to_s] = ended.far_s;
        let moved: Vec<Side> = Side::BOTH.into_iter().filter(|side| sides[side.index()]).collect();
        let mut strokes = Vec::new();
        if done.held_s.is_none() && ended.ending == Ending::Back {
            for &side in &moved {
                for [from_s, to_s] in [[ended.start_s, far_from_s], [far_to_s, ended.end_s]] {
                    strokes.extend(smoothness_of_path(&self.path(side, from_s, to_s)).map(|s| s.sparc));
                }
            }
        }
        let held = done.held_s.map(|_| [far_from_s, far_to_s]);
        let [from_s, to_s] = held.unwrap_or([ended.start_s, ended.end_s]);
        let balance: Vec<BalanceSample> = self
            .course
            .between(from_s, to_s)
            .iter()
            .map(|moment| BalanceSample { time_s: moment.time_s, offset: moment.offset })
            .collect();
        let unit = |value: f32| self.measure.map(|measure| measure.unit().to_edge(value.into()));
        let still = held.and_then(|[from_s, to_s]| {
            moved
                .iter()
                .filter_map(|&side| steadiness(&self.path(side, from_s, to_s)))
                .map(|s| s.sd)
                .reduce(f64::max)
        });
        // Sway is told from the front only: along the line of sight a place is a guess.
        let sideways = sway(&balance).filter(|_| sees(View::Front)).map(|sway| sway.rms_side);
        let compared = self.compare(done, sees);
        Quality {
            smoothness: mean(&strokes),
            sway: sideways,
            steadiness: still.and_then(|sd| unit(sd as f32)),
            symmetry: self.symmetry(done, sides),
            similarity: compared.as_ref().map(|found| 100.0 - found.iter().map(|d| d.points).sum::<f64>()),
            differences: compared.unwrap_or_default(),
            signal: self.signal(done, &moved),
        }
    }

    /// `None` without a reference, or where too little was seen.
    fn compare(&self, done: &Done, sees: impl Fn(View) -> bool) -> Option<Vec<Difference>> {
        let reference = self.reference.as_ref()?;
        let summary = self.track.summary(done.ended.start_s, done.ended.end_s)?;
        Some(reference.compare(&summary, self.sensor, |channel| sees(view_of(channel))))
    }

    fn symmetry(&self, done: &Done, sides: [bool; 2]) -> Option<f64> {
        let measure = self.measure.filter(|_| sides == [true; 2])?;
        let rest = Side::BOTH.map(|side| self.value_at(side, done.ended.start_s));
        let far = Side::BOTH.map(|side| self.value_at(side, done.ended.peak_s));
        let way = |i: usize| Some(measure.unit().to_edge(f64::from((far[i]?[0] - rest[i]?[0]).abs())));
        symmetry_index_percent(way(0)?, way(1)?)
    }

    fn signal(&self, done: &Done, moved: &[Side]) -> Option<RepSignal> {
        let measure = self.measure?;
        let (mut count, mut sum, mut sd, mut claim) = (0.0, 0.0, 0.0_f64, Claim::Firm);
        for &side in moved {
            let Some(moment) = self.moment_at(side, done.ended.peak_s) else { continue };
            let [value, own] = moment.signal[side.index()];
            (count, sum, sd) = (count + 1.0, sum + f64::from(value), sd.max(own.into()));
            claim = claim.max(moment.claims[side.index()]);
        }
        let edge = |value: f64| measure.unit().to_edge(value);
        let rest = moved.iter().filter_map(|&side| self.value_at(side, done.ended.start_s));
        let (rests, rest) = rest.fold((0.0, 0.0), |(n, sum), [value, _]| (n + 1.0, sum + f64::from(value)));
        let way = (done.held_s.is_none() && rests == count).then(|| (sum / count - rest / rests).abs());
        (count > 0.0).then(|| RepSignal {
            measure: measure.name().into(),
            unit: measure.unit().name().into(),
            peak: super::score::round(edge(sum / count)),
            sd: super::score::round(edge(sd)),
            way: way.map(|way| super::score::round(edge(way))),
            claim,
        })
    }

    /// How sure what is counted on was about a time: standard deviation in its unit, and what may be said of it.
    pub fn sure_at(&self, time_s: f64, sides: [bool; 2]) -> Option<(f64, Claim)> {
        let unit = self.measure?.unit();
        let of = |side: Side| {
            let moment = self.moment_at(side, time_s).filter(|_| sides[side.index()])?;
            let sd = unit.to_edge(moment.signal[side.index()][1].into());
            Some((sd, moment.claims[side.index()]))
        };
        Side::BOTH.into_iter().filter_map(of).reduce(|a, b| (a.0.max(b.0), a.1.max(b.1)))
    }

    fn path(&self, side: Side, from_s: f64, to_s: f64) -> Vec<Sample> {
        let sample = |m: &Moment| Sample { time_s: m.time_s, value: m.signal[side.index()][0] };
        self.course.between(from_s, to_s).iter().map(sample).collect()
    }

    /// Value and standard deviation at the moment nearest to a time.
    fn value_at(&self, side: Side, time_s: f64) -> Option<[f32; 2]> {
        self.moment_at(side, time_s).map(|moment| moment.signal[side.index()])
    }

    /// The moment nearest to a time in which a side was measured.
    fn moment_at(&self, side: Side, time_s: f64) -> Option<&Moment> {
        let off = |moment: &&Moment| (moment.time_s - time_s).abs();
        let seen = self.course.all().iter().filter(|moment| !moment.signal[side.index()][0].is_nan());
        let nearest = seen.min_by(|a, b| off(a).total_cmp(&off(b)))?;
        (off(&nearest) < 0.3).then_some(nearest)
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}
