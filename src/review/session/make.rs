//! A record, scored again and told.

use super::{
    Agrees, Answers, Curve, Gap, Lost, REVIEW_FORMAT, Reach, Repetition, SessionReview, Worst,
    curve::Gathered,
};
use baro_coach::{Coach, Exercise, Rep, Report};
use baro_home::diary;
use baro_motion::{Claim, Estimate, Measure, Side, View};
use baro_record::{Digest, Entry, Event, Recording, ReplayError, sha256};

/// Samples of a curve at most: an hour at 10 a second.
const MOST_SAMPLES: f64 = 36_000.0;

/// A record could not be reviewed.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum ReviewError {
    #[error(transparent)]
    Replay(#[from] ReplayError),
    #[error("the record holds no frame; there is nothing to review")]
    Empty,
    #[error("{0} curve samples a second can't be made; give 1 to 60")]
    Rate(f64),
}

impl SessionReview {
    /// Scores a record again. `diary`: what is known of the person's sessions; may be empty. `rate_hz`: samples of the curves a second.
    ///
    /// # Errors
    /// Where nothing was recorded, or with what this version can't read.
    pub fn of(recording: &Recording, diary: &[diary::Entry], rate_hz: f64) -> Result<Self, ReviewError> {
        if !(1.0..=60.0).contains(&rate_hz) {
            return Err(ReviewError::Rate(rate_hz));
        }
        let frames = || {
            recording.entries.iter().filter_map(|entry| match entry {
                Entry::Frame(frame) => Some(frame.time_s),
                _ => None,
            })
        };
        let (Some(from_s), Some(to_s)) = (frames().next(), frames().next_back()) else {
            return Err(ReviewError::Empty);
        };
        let rate_hz = rate_hz.min(MOST_SAMPLES / (to_s - from_s).max(1.0));
        let mut gather = Gather::new(recording.header.coach()?, from_s, rate_hz);
        for entry in &recording.entries {
            gather.take(entry);
        }
        Ok(gather.finish(recording, diary, [from_s, to_s]))
    }
}

struct Gather {
    coach: Coach,
    curves: Vec<[Gathered; 2]>,
    /// Which sample the newest frame is for, and how far from its moment, seconds.
    at: (usize, f64),
    from_s: f64,
    rate_hz: f64,
    agrees: Agrees,
}

impl Gather {
    fn new(coach: Coach, from_s: f64, rate_hz: f64) -> Self {
        let exercise = coach.exercise().clone();
        let rules = exercise.rules.iter().map(|rule| rule.measure);
        let mut measures: Vec<Measure> = Vec::new();
        for measure in exercise.signal.iter().map(|signal| signal.measure).chain(rules) {
            if !measures.contains(&measure) {
                measures.push(measure);
            }
        }
        let gathered = |measure| Side::BOTH.map(|side| Gathered { measure, side, samples: Vec::new() });
        let curves = measures.into_iter().map(gathered).collect();
        Self { coach, curves, at: (0, f64::INFINITY), from_s, rate_hz, agrees: Agrees::BrokenOff }
    }

    fn take(&mut self, entry: &Entry) {
        match entry {
            Entry::Frame(frame) => {
                self.coach.step(frame);
                self.sample(frame.time_s);
            }
            Entry::Event(Event::RepEnded { report, .. }) => self.check(*report, false),
            Entry::Event(_) => {}
            Entry::End(digest) => {
                self.coach.finish();
                self.check(*digest, true);
            }
        }
    }

    fn check(&mut self, stored: Digest, is_end: bool) {
        if digest(self.coach.report()) != Some(stored) {
            self.agrees = Agrees::Differs;
        } else if is_end && self.agrees == Agrees::BrokenOff {
            self.agrees = Agrees::Whole;
        }
    }

    /// Keeps what was measured for the sample whose moment is nearest.
    fn sample(&mut self, time_s: f64) {
        let place = ((time_s - self.from_s) * self.rate_hz).round();
        if !(0.0..=MOST_SAMPLES).contains(&place) {
            return;
        }
        let (index, off) = (place as usize, (time_s - self.from_s - place / self.rate_hz).abs());
        if index < self.at.0 || index == self.at.0 && off >= self.at.1 {
            return;
        }
        self.at = (index, off);
        let measures = self.coach.measures();
        for gathered in self.curves.iter_mut().flatten() {
            gathered.samples.resize(index + 1, None);
            if let Some(last) = gathered.samples.last_mut() {
                *last = measures.get(gathered.measure, gathered.side);
            }
        }
    }

    fn finish(mut self, recording: &Recording, diary: &[diary::Entry], span_s: [f64; 2]) -> SessionReview {
        let report = self.coach.finish().clone();
        let exercise = self.coach.exercise().clone();
        let header = &recording.header;
        let notes = recording.entries.iter().filter_map(|entry| match entry {
            Entry::Event(Event::Safety(note)) => Some(note),
            _ => None,
        });
        let lasted_s = span_s[1] - span_s[0];
        let answers = Answers::of(diary, &exercise.id, header.started_unix_ms, lasted_s).or_noted(notes);
        let repetitions: Vec<Repetition> =
            report.reps.iter().map(|rep| Repetition::new(&exercise, rep)).collect();
        SessionReview {
            format: REVIEW_FORMAT,
            exercise: report.exercise,
            side: header.side,
            dose: header.dose,
            sensor: header.sensor,
            source: header.source.clone(),
            started_unix_ms: header.started_unix_ms,
            span_s,
            agrees: self.agrees,
            count: report.count,
            partial: report.partial,
            score: report.score,
            symmetry: report.symmetry,
            test: report.test,
            worst: worst(&repetitions),
            repetitions,
            cues: report.cues,
            gaps: gaps(&recording.entries, span_s[1]),
            answers,
            curves: curves(self.curves, &exercise, self.from_s, self.rate_hz),
            tilt_deg: self.coach.view().filter(|view| view.one_camera).map(tilt),
        }
    }
}

fn tilt(view: &View) -> [f64; 2] {
    [view.pitch_rad, view.roll_rad].map(|angle| (f64::from(angle).to_degrees() * 10.0).round() / 10.0)
}

/// As the recorder digests it: the exact bits of every number.
fn digest(report: &Report) -> Option<Digest> {
    postcard::to_allocvec(report).ok().map(|bytes| sha256(&bytes))
}

impl Repetition {
    pub(super) fn new(exercise: &Exercise, rep: &Rep) -> Self {
        let mut lost: Vec<Lost> = rep.faults.iter().map(|fault| Lost::new(exercise, fault)).collect();
        lost.sort_by(|a, b| b.points.total_cmp(&a.points));
        let reach = rep.signal.as_ref().map(|signal| {
            let told = signal.claim != Claim::Refused;
            Reach {
                measure: signal.measure.clone(),
                unit: signal.unit.clone(),
                value: told.then_some(signal.peak),
                pm: told.then(|| (196.0 * signal.sd).round() / 100.0),
                claim: signal.claim,
            }
        });
        Self {
            start_s: rep.start_s,
            peak_s: rep.peak_s,
            end_s: rep.end_s,
            complete: rep.complete,
            side: rep.side,
            score: rep.score,
            sub: rep.sub,
            held_s: rep.held_s,
            tempo_s: rep.tempo_s,
            reach,
            similarity: rep.similarity,
            lost,
        }
    }
}

/// The complete one that lost most; where none was completed, the first that was begun; none where nothing was lost.
fn worst(repetitions: &[Repetition]) -> Option<Worst> {
    let all = repetitions.iter().enumerate();
    let lost = all.clone().filter(|(_, rep)| rep.complete && !rep.lost.is_empty());
    if let Some((index, _)) = lost.min_by(|a, b| a.1.score.total_cmp(&b.1.score)) {
        return Some(Worst { index, why: "review-worst-lost".into() });
    }
    let index = all.clone().find(|(_, rep)| !rep.complete)?.0;
    Some(Worst { index, why: "review-worst-partial".into() })
}

/// Pauses, and when the camera was away.
fn gaps(entries: &[Entry], end_s: f64) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut open: [Option<f64>; 2] = [None; 2];
    let mut mark = |why: usize, starts: bool, time_s: f64| match (starts, open[why].take()) {
        (true, since) => open[why] = since.or(Some(time_s)),
        (false, Some(from_s)) => gaps.push(Gap { from_s, to_s: time_s, why: WHY[why].into() }),
        (false, None) => {}
    };
    for entry in entries {
        match entry {
            Entry::Event(Event::Paused { time_s }) => mark(0, true, *time_s),
            Entry::Event(Event::Resumed { time_s }) => mark(0, false, *time_s),
            Entry::Event(Event::Camera { time_s, present }) => mark(1, !present, *time_s),
            _ => {}
        }
    }
    mark(0, false, end_s);
    mark(1, false, end_s);
    gaps.sort_by(|a, b| a.from_s.total_cmp(&b.from_s));
    gaps
}

const WHY: [&str; 2] = ["paused", "camera"];

/// Those of which something was measured; the whole body's value once.
fn curves(all: Vec<[Gathered; 2]>, exercise: &Exercise, from_s: f64, rate_hz: f64) -> Vec<Curve> {
    let signal = exercise.signal.map(|signal| signal.measure);
    let mut curves = Vec::new();
    for [left, right] in all {
        let primary = signal == Some(left.measure);
        let same = |(a, b): (&Option<Estimate>, &Option<Estimate>)| a == b;
        let single = left.samples.iter().zip(&right.samples).all(same);
        if single {
            curves.push(Curve::new(left, None, primary, from_s, rate_hz));
            continue;
        }
        for gathered in [left, right] {
            if gathered.samples.iter().any(Option::is_some) {
                let side = Some(gathered.side);
                curves.push(Curve::new(gathered, side, primary, from_s, rate_hz));
            }
        }
    }
    curves.retain(|curve| curve.claim.contains(['f', 'c', 'r']));
    curves
}
