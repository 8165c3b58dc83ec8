//! The result of a set, in the stable form that `baro score --json` prints.

use crate::SpokenCue;
use crate::reference::Of;
use baro_motion::{Claim, Side};
use serde::{Deserialize, Serialize};

/// The side that a repetition was done with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RepSide {
    /// The person's left.
    Left,
    /// The person's right.
    Right,
    /// Both together.
    Both,
}

/// A form rule that a repetition broke, and what it cost.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Id of the rule in the exercise file.
    pub rule: String,
    /// First moment of the fault, seconds.
    pub from_s: f64,
    /// Last moment of the fault, seconds.
    pub to_s: f64,
    /// The worst measured value, in `unit`.
    pub value: f64,
    /// The limit that it passed, in `unit`.
    pub limit: f64,
    /// `deg`, `s`, `ratio` or `m`.
    pub unit: String,
    /// Points lost, out of 100.
    pub points: f64,
    /// Standard deviation of `value`, in `unit`; where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sd: Option<f64>,
    /// May `value` be told to a person, from where it was seen? The worst of the moments that it was broken in.
    #[serde(default = "firm")]
    pub claim: Claim,
    /// On which side; only for differences from reference motion (`like-...`) that have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Which number of the repetition it is; only for differences from reference motion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Of>,
}

/// Parts of a repetition's score, each 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SubScores {
    /// Was the target reached?
    pub range: f64,
    /// Were the form rules kept?
    pub form: f64,
    /// Was the speed right?
    pub tempo: f64,
    /// Was the body kept upright, level and still?
    #[serde(default = "full")]
    pub stability: f64,
    /// Did both sides do the same?
    #[serde(default = "full")]
    pub symmetry: f64,
}

impl Fault {
    /// Key of the text that tells `$value` beside `$limit`, or says why it doesn't.
    pub fn value_key(&self) -> &'static str {
        match self.claim {
            Claim::Firm => "fault-value",
            Claim::Cautious => "fault-value-about",
            Claim::Refused => "fault-value-refused",
        }
    }
}

/// What was said of a value in reports of earlier versions.
fn firm() -> Claim {
    Claim::Firm
}

/// What a part has that nothing was lost in; for reports of earlier versions.
fn full() -> f64 {
    100.0
}

/// What a repetition was counted on, at its farthest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepSignal {
    /// The measure's name in exercise files.
    pub measure: String,
    /// `deg` or `ratio`.
    pub unit: String,
    /// Its value there, mean of the sides that moved.
    pub peak: f64,
    /// Standard deviation of that value.
    pub sd: f64,
    /// How far that is from where the repetition began; missing for holds, and where the beginning was not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<f64>,
    /// May the value be told to a person, from where it was seen?
    #[serde(default = "firm")]
    pub claim: Claim,
}

/// One repetition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rep {
    /// When the movement began, seconds.
    pub start_s: f64,
    /// When the far end was reached, seconds.
    pub peak_s: f64,
    /// When it ended (or was given up, or the stream ended), seconds.
    pub end_s: f64,
    /// Did it reach the target zone and come back?
    pub complete: bool,
    /// Which side moved.
    pub side: RepSide,
    /// 0 to 100.
    pub score: f64,
    /// The parts of the score.
    pub sub: SubScores,
    /// How long the posture was held, seconds; only for holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_s: Option<f64>,
    /// How long it took to go out, how long it was near the far end, and to come back, seconds; `null` where not seen whole.
    #[serde(default)]
    pub tempo_s: [Option<f64>; 3],
    /// Spectral arc length, mean of the strokes: about -1.4 is one smooth stroke, lower is jerkier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smoothness: Option<f64>,
    /// How far the centre of mass went to either side of its mean place over the feet, root mean square, leg lengths; where it was
    /// seen from the front and standing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sway: Option<f64>,
    /// How still a posture was held: standard deviation of what is counted on, in its unit, drift aside; only for holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steadiness: Option<f64>,
    /// Difference of the two sides' reach over their mean, per cent; where both moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symmetry: Option<f64>,
    /// Likeness to how other people do it right, 0 to 100; where the exercise has a reference.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub similarity: Option<f64>,
    /// What was counted on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signal: Option<RepSignal>,
    /// What cost points.
    pub faults: Vec<Fault>,
}

/// Result of a functional test.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TestResult {
    /// In `unit`.
    pub value: f64,
    /// What was measured.
    pub unit: TestUnit,
}

/// Unit of a functional test's result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestUnit {
    /// Repetitions.
    Count,
    /// Seconds.
    S,
}

/// A whole set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Id of the exercise.
    pub exercise: String,
    /// Complete repetitions.
    pub count: u32,
    /// Repetitions begun and not completed.
    pub partial: u32,
    /// Mean score of the complete repetitions; `None` (JSON `null`) where there is none.
    pub score: Option<f64>,
    /// What the set measured, where the exercise is a functional test that was done to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<TestResult>,
    /// How even the two sides were, per cent (0 even, 10 to 15 is the usual flag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symmetry: Option<f64>,
    /// All repetitions in order.
    pub reps: Vec<Rep>,
    /// What was said, in order of time.
    #[serde(default)]
    pub cues: Vec<SpokenCue>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CueReason;
    use serde_json::{Value, json};
    use std::sync::Arc;

    fn full_report() -> Report {
        let fault = Fault {
            rule: "like-knee-flexion".into(),
            from_s: 1.0,
            to_s: 2.0,
            value: 70.0,
            limit: 80.0,
            unit: "deg".into(),
            points: 5.0,
            sd: Some(3.0),
            claim: Claim::Refused,
            side: Some(Side::Left),
            of: Some(Of::High),
        };
        let mut rep: Rep = serde_json::from_value(json!({
            "start_s": 0.0, "peak_s": 1.0, "end_s": 2.0, "complete": true, "side": "left", "score": 95.0,
            "sub": { "range": 100.0, "form": 95.0, "tempo": 100.0 }, "faults": [],
            "held_s": 1.0, "smoothness": -1.4, "symmetry": 3.0, "similarity": 90.0,
            "signal": { "measure": "knee_flexion", "unit": "deg", "peak": 80.0, "sd": 3.0, "way": 75.0 },
        }))
        .unwrap();
        rep.faults.push(fault);
        let cue = SpokenCue { time_s: 1.0, cue: Arc::from("cue-x"), rule: None, reason: CueReason::Fault };
        Report {
            exercise: "squat".into(),
            count: 1,
            partial: 0,
            score: Some(95.0),
            test: Some(TestResult { value: 1.0, unit: TestUnit::Count }),
            symmetry: Some(3.0),
            reps: vec![rep],
            cues: vec![cue],
        }
    }

    fn names(value: &Value, all: &mut Vec<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                all.push(name.clone());
                names(value, all);
            }),
            Value::Array(items) => items.iter().for_each(|item| names(item, all)),
            _ => {}
        }
    }

    #[test]
    fn every_field_is_in_the_document() {
        let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/score-json.md"));
        let page = page.unwrap();
        let mut all = Vec::new();
        names(&serde_json::to_value(full_report()).unwrap(), &mut all);
        assert!(all.len() > 40, "{all:?}");
        for name in all {
            assert!(page.contains(&format!("`{name}`")), "docs/score-json.md doesn't tell of `{name}`");
        }
    }
}
