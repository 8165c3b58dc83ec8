//! A set as it was done.

use baro_coach::{Rep, RepSide, Report, SubScores, TestResult, plan::Prescription};
use baro_motion::Claim;
use serde::{Deserialize, Serialize};

/// Who saw that it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watched {
    /// The camera.
    Camera,
    /// Nobody: the person says so.
    Told,
}

/// How a set came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SetEnding {
    /// Everything was done.
    Whole,
    /// The person, or a rule, ended it before.
    Short,
    /// The camera or the program failed: it is offered again.
    Failed,
}

/// How far a movement went at its best in a set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The measure's name in exercise files.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// The side that moved.
    pub side: RepSide,
    /// The value at the far end.
    pub value: f64,
    /// Its standard deviation.
    pub sd: f64,
    /// May it be told, from where it was seen?
    pub claim: Claim,
}

/// A set as it was done, or the part of one that was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SetDone {
    /// The exercise's place in the visit, from 0.
    pub item: usize,
    /// Which set of it, from 1.
    pub set: u32,
    /// The dose in force.
    pub asked: Prescription,
    /// Complete repetitions or holds.
    pub done: u32,
    /// Repetitions begun and not completed.
    pub partial: u32,
    /// Who saw it.
    pub watched: Watched,
    /// How it came to its end.
    pub end: SetEnding,
    /// Mean score, 0 to 100, where it was scored.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Mean of the parts of the score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sub: Option<SubScores>,
    /// The farthest repetition, side by side.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ranges: Vec<Range>,
    /// What it measured as a functional test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<TestResult>,
    /// Name of its record in the person's `records`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
}

impl SetDone {
    /// From the coach's report.
    pub fn seen(
        item: usize,
        set: u32,
        asked: &Prescription,
        report: &Report,
        record: Option<String>,
        failed: bool,
    ) -> Self {
        let whole = report.test.is_some() || report.count >= asked.reps || asked.minutes.is_some();
        let end = match () {
            () if failed => SetEnding::Failed,
            () if whole => SetEnding::Whole,
            () => SetEnding::Short,
        };
        let complete: Vec<&Rep> = report.reps.iter().filter(|rep| rep.complete).collect();
        Self {
            item,
            set,
            asked: asked.clone(),
            done: report.count,
            partial: report.partial,
            watched: Watched::Camera,
            end,
            score: report.score,
            sub: mean(&complete),
            ranges: farthest(&complete),
            test: report.test,
            record,
        }
    }

    /// As the person says: all of it, unseen.
    pub fn told(item: usize, set: u32, asked: &Prescription) -> Self {
        Self {
            item,
            set,
            asked: asked.clone(),
            done: asked.reps,
            partial: 0,
            watched: Watched::Told,
            end: SetEnding::Whole,
            score: None,
            sub: None,
            ranges: Vec::new(),
            test: None,
            record: None,
        }
    }
}

fn mean(reps: &[&Rep]) -> Option<SubScores> {
    let n = reps.len() as f64;
    let of = |part: fn(&SubScores) -> f64| reps.iter().map(|rep| part(&rep.sub)).sum::<f64>() / n;
    (!reps.is_empty()).then(|| SubScores {
        range: of(|sub| sub.range),
        form: of(|sub| sub.form),
        tempo: of(|sub| sub.tempo),
        stability: of(|sub| sub.stability),
        symmetry: of(|sub| sub.symmetry),
    })
}

/// The farthest repetition of each side that moved.
pub(super) fn farthest(reps: &[&Rep]) -> Vec<Range> {
    let sides = [RepSide::Left, RepSide::Right, RepSide::Both].into_iter();
    sides.filter_map(|side| farthest_of(reps, side)).collect()
}

/// The repetition that went farthest from where it began; holds, which have no way, by the value itself.
fn farthest_of(reps: &[&Rep], side: RepSide) -> Option<Range> {
    let signals = reps.iter().filter(|rep| rep.side == side).filter_map(|rep| rep.signal.as_ref());
    let usable = signals.filter(|signal| signal.peak.is_finite() && signal.sd.is_finite());
    let far =
        usable.max_by(|a, b| a.way.unwrap_or(a.peak).abs().total_cmp(&b.way.unwrap_or(b.peak).abs()))?;
    Some(Range {
        measure: far.measure.clone(),
        unit: far.unit.clone(),
        side,
        value: far.peak,
        sd: far.sd,
        claim: far.claim,
    })
}
