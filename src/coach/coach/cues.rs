//! What to say, and when to be quiet.

use crate::{CueId, Severity};

/// Least time between two cues, seconds: a short sentence and a breath.
const GAP_S: f64 = 2.5;
/// Least time before a cue on safety.
const SAFETY_GAP_S: f64 = 1.0;
/// Least time before the same cue is said again.
const SAME_GAP_S: f64 = 6.0;
/// Least time between two praises.
const PRAISE_GAP_S: f64 = 8.0;
/// Sight must be lost for this long before it is mentioned.
const UNSEEN_AFTER_S: f64 = 1.5;
/// Sight cues come again after this.
const UNSEEN_GAP_S: f64 = 8.0;

/// Urgency of a candidate, in rising order.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Urgency {
    Praise,
    Form(Severity, f64),
    Sight,
}

/// One cue at a time.
pub(super) struct Cues {
    said: Vec<(CueId, f64)>,
    last_s: f64,
    best: Option<(CueId, Urgency)>,
    trouble_since_s: Option<f64>,
    /// Cues said since the repetition began: they are not said again at its end.
    in_rep: Vec<CueId>,
}

impl Cues {
    /// `all`: every cue that may come, so that nothing has to be allocated later.
    pub fn new(all: &[CueId]) -> Self {
        Self {
            said: all.iter().map(|cue| (cue.clone(), f64::NEG_INFINITY)).collect(),
            last_s: f64::NEG_INFINITY,
            best: None,
            trouble_since_s: None,
            in_rep: Vec::with_capacity(all.len()),
        }
    }

    /// A repetition begins.
    pub fn rep_begins(&mut self) {
        self.in_rep.clear();
    }

    /// Offers a cue for this frame; the most urgent one wins.
    pub fn offer(&mut self, cue: &CueId, urgency: Urgency) {
        let again = urgency != Urgency::Sight && self.in_rep.contains(cue);
        if !again && self.best.as_ref().is_none_or(|(_, best)| urgency > *best) {
            self.best = Some((cue.clone(), urgency));
        }
    }

    /// Offers a sight cue where something needed has been out of sight for long. `trouble`: what to say, `None` where all is seen.
    pub fn sight(&mut self, time_s: f64, trouble: Option<&CueId>) {
        let Some(cue) = trouble else {
            self.trouble_since_s = None;
            return;
        };
        let since_s = *self.trouble_since_s.get_or_insert(time_s);
        if time_s - since_s >= UNSEEN_AFTER_S {
            self.offer(cue, Urgency::Sight);
        }
    }

    /// The cue to say now, if any may be said.
    pub fn choose(&mut self, time_s: f64) -> Option<CueId> {
        let (cue, urgency) = self.best.take()?;
        let (gap_s, same_gap_s) = match urgency {
            Urgency::Praise => (GAP_S, PRAISE_GAP_S),
            Urgency::Form(Severity::Safety, _) => (SAFETY_GAP_S, SAME_GAP_S),
            Urgency::Form(..) => (GAP_S, SAME_GAP_S),
            Urgency::Sight => (GAP_S, UNSEEN_GAP_S),
        };
        let said_s = self.said.iter_mut().find(|(said, _)| *said == cue).map(|(_, said_s)| said_s)?;
        if time_s - self.last_s < gap_s || time_s - *said_s < same_gap_s {
            return None;
        }
        *said_s = time_s;
        self.last_s = time_s;
        self.in_rep.push(cue.clone());
        Some(cue)
    }
}
