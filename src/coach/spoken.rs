//! What was said, when, and why.

use crate::{CueId, Report};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

/// Id of a rule in the exercise file, cheap to clone.
pub type RuleId = Arc<str>;

/// Why a cue was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CueReason {
    /// A rule that guards against harm is being broken.
    Safety,
    /// Something that is needed can't be seen.
    Sight,
    /// The largest fault of the moment, or of the repetition that has just ended.
    Fault,
    /// Too fast or too slow.
    Tempo,
    /// A good repetition.
    Praise,
    /// The set has ended.
    Close,
}

/// A cue that was given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SpokenCue {
    /// Capture time of the frame with which it was given, seconds, rounded to a millisecond.
    pub time_s: f64,
    /// Key of the cue.
    #[serde(with = "text")]
    pub cue: CueId,
    /// The rule that it is about.
    #[serde(with = "optional_text")]
    pub rule: Option<RuleId>,
    /// Why it was given.
    pub reason: CueReason,
}

/// The end of a very good set.
pub const CUE_CLOSE_GREAT: &str = "cue-set-great";
/// The end of a set that got better on its way.
pub const CUE_CLOSE_BETTER: &str = "cue-set-better";
/// The end of any other set with a complete repetition.
pub const CUE_CLOSE_DONE: &str = "cue-set-done";
/// The end of a set with attempts only.
pub const CUE_CLOSE_TRIED: &str = "cue-set-tried";
/// All of them.
pub const CUES_CLOSE: [&str; 4] = [CUE_CLOSE_GREAT, CUE_CLOSE_BETTER, CUE_CLOSE_DONE, CUE_CLOSE_TRIED];

/// A set with this score is very good.
const GREAT_FROM: f64 = 90.0;
/// The second half of a set is better than the first by this many points.
const BETTER_BY: f64 = 5.0;

/// The good thing to say at the end of a set, whatever happened in it; `None` where nothing was tried.
pub(crate) fn closing(report: &Report) -> Option<&'static str> {
    let scores = || report.reps.iter().filter(|rep| rep.complete).map(|rep| rep.score);
    let count = scores().count();
    let mean = |from: usize, to: usize| scores().skip(from).take(to - from).sum::<f64>() / (to - from) as f64;
    match report.score {
        None if report.reps.is_empty() => None,
        None => Some(CUE_CLOSE_TRIED),
        Some(score) if score >= GREAT_FROM => Some(CUE_CLOSE_GREAT),
        Some(_) if count >= 4 && mean(count.div_ceil(2), count) >= mean(0, count / 2) + BETTER_BY => {
            Some(CUE_CLOSE_BETTER)
        }
        Some(_) => Some(CUE_CLOSE_DONE),
    }
}

// Shared strings are not serialised by serde without a feature that every crate would have to build.
mod text {
    use super::*;

    pub fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(from).map(Arc::from)
    }
}

mod optional_text {
    use super::*;

    pub fn serialize<S: Serializer>(text: &Option<Arc<str>>, to: S) -> Result<S::Ok, S::Error> {
        text.as_deref().serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Arc<str>>, D::Error> {
        Ok(Option::<String>::deserialize(from)?.map(Arc::from))
    }
}
