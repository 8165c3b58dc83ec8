//! What to say, and when to be quiet.

use crate::{CueId, CueReason, RuleId, Severity, SpokenCue};
use std::cmp::Ordering;

/// Least time between two cues, seconds: a short sentence and a breath.
const GAP_S: f64 = 2.5;
/// Least time before a cue on safety.
const SAFETY_GAP_S: f64 = 1.0;
/// Least time before the same cue is said again.
const SAME_GAP_S: f64 = 6.0;
/// Said so often without being obeyed, a cue tires more than it helps: it comes less often, and others get their turn.
/// Less feedback is learned from better: Winstein and Schmidt, J Exp Psychol Learn Mem Cogn 16 (1990) 677.
const TIRED_AFTER: u32 = 3;
const TIRED_GAP_S: f64 = 20.0;
/// In a hold that goes on and on, a cue comes again after this, seconds.
const LONG_S: f64 = 10.0;
/// Least time between two praises.
const PRAISE_GAP_S: f64 = 8.0;
/// Sight must be lost for this long before it is mentioned.
const UNSEEN_AFTER_S: f64 = 1.5;
/// Sight cues come again after this.
const UNSEEN_GAP_S: f64 = 8.0;
/// Cues that the log holds before it has to grow: ten minutes of talking without a pause.
const LOG_EXPECTED: usize = 256;

/// Why a candidate should be said; numbers are the points that it costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Urgency {
    Praise,
    Tempo(f64),
    Form(Severity, f64),
    Sight,
}

impl Urgency {
    /// Safety, then sight (what is not seen can't be corrected), then the largest fault, then tempo, then praise.
    fn rank(self) -> (u8, f64) {
        match self {
            Self::Praise => (0, 0.0),
            Self::Tempo(points) => (1, points),
            Self::Form(Severity::Minor | Severity::Major, points) => (2, points),
            Self::Sight => (3, 0.0),
            Self::Form(Severity::Safety, points) => (4, points),
        }
    }

    fn above(self, other: Self) -> bool {
        let ((class, points), (other_class, other_points)) = (self.rank(), other.rank());
        class.cmp(&other_class).then(points.total_cmp(&other_points)) == Ordering::Greater
    }

    fn reason(self) -> CueReason {
        match self {
            Self::Praise => CueReason::Praise,
            Self::Tempo(_) => CueReason::Tempo,
            Self::Form(Severity::Safety, _) => CueReason::Safety,
            Self::Form(..) => CueReason::Fault,
            Self::Sight => CueReason::Sight,
        }
    }
}

/// What is remembered of one cue.
struct Memory {
    cue: CueId,
    said_s: f64,
    /// How often it was said since it was last obeyed.
    times: u32,
    /// It was offered since the last repetition ended: it has not been obeyed.
    offered: bool,
    /// Said since the repetition began: it is not said again at its end.
    in_rep: bool,
}

/// One cue at a time.
pub(super) struct Cues {
    memories: Vec<Memory>,
    rules: Vec<RuleId>,
    now_s: f64,
    last_s: f64,
    /// Places in `memories` and `rules`.
    best: Option<(usize, Option<usize>, Urgency)>,
    trouble_since_s: Option<f64>,
}

impl Cues {
    /// `all`: every cue that may come; `rules`: the ids of all rules that may be named, so that nothing has to be allocated later.
    pub fn new<'a>(all: &[CueId], rules: impl Iterator<Item = &'a str>) -> Self {
        let fresh = |cue: &CueId| Memory {
            cue: cue.clone(),
            said_s: f64::NEG_INFINITY,
            times: 0,
            offered: false,
            in_rep: false,
        };
        Self {
            memories: all.iter().map(fresh).collect(),
            rules: rules.map(RuleId::from).collect(),
            now_s: f64::NEG_INFINITY,
            last_s: f64::NEG_INFINITY,
            best: None,
            trouble_since_s: None,
        }
    }

    /// Room for what will be said.
    pub fn log() -> Vec<SpokenCue> {
        Vec::with_capacity(LOG_EXPECTED)
    }

    /// A frame begins: what follows is offered, and chosen, at its time.
    pub fn frame(&mut self, time_s: f64) {
        self.now_s = time_s;
    }

    /// A repetition begins.
    pub fn rep_begins(&mut self) {
        self.memories.iter_mut().for_each(|memory| memory.in_rep = false);
    }

    /// A repetition has ended, and all that there was to say about it was offered: what was not, was obeyed.
    pub fn rep_ended(&mut self) {
        for memory in &mut self.memories {
            if !memory.offered {
                memory.times = 0;
            }
            memory.offered = false;
        }
    }

    /// Offers a cue for what goes on in this frame; the most urgent one wins. `rule`: the id of the rule that it is about.
    pub fn offer(&mut self, cue: &CueId, rule: Option<&str>, urgency: Urgency) {
        self.consider(cue, rule, urgency, false);
    }

    /// The same for what was found when a repetition ended.
    pub fn offer_after(&mut self, cue: &CueId, rule: Option<&str>, urgency: Urgency) {
        self.consider(cue, rule, urgency, true);
    }

    fn consider(&mut self, cue: &CueId, rule: Option<&str>, urgency: Urgency, over: bool) {
        let Some(place) = self.memories.iter().position(|memory| memory.cue == *cue) else { return };
        let memory = &mut self.memories[place];
        memory.offered = true;
        let again_s = match urgency {
            Urgency::Sight => 0.0,
            Urgency::Form(Severity::Safety, _) if !over => 0.0,
            _ if over => f64::INFINITY,
            _ => LONG_S,
        };
        let again = memory.in_rep && self.now_s - memory.said_s < again_s;
        let tired = memory.times >= TIRED_AFTER
            && self.now_s - memory.said_s < TIRED_GAP_S
            && matches!(urgency, Urgency::Tempo(_) | Urgency::Form(Severity::Minor | Severity::Major, _));
        if !again && !tired && self.best.is_none_or(|(_, _, best)| urgency.above(best)) {
            let rule = rule.and_then(|id| self.rules.iter().position(|rule| **rule == *id));
            self.best = Some((place, rule, urgency));
        }
    }

    /// Offers a sight cue where something needed has been out of sight for long. `trouble`: what to say, `None` where all is seen.
    pub fn sight(&mut self, trouble: Option<&CueId>) {
        let Some(cue) = trouble else {
            self.trouble_since_s = None;
            return;
        };
        let since_s = *self.trouble_since_s.get_or_insert(self.now_s);
        if self.now_s - since_s >= UNSEEN_AFTER_S {
            self.offer(cue, None, Urgency::Sight);
        }
    }

    /// The cue to say now, if any may be said.
    pub fn choose(&mut self) -> Option<SpokenCue> {
        let time_s = self.now_s;
        let (place, rule, urgency) = self.best.take()?;
        let (gap_s, same_gap_s) = match urgency {
            Urgency::Praise => (GAP_S, PRAISE_GAP_S),
            Urgency::Form(Severity::Safety, _) => (SAFETY_GAP_S, SAME_GAP_S),
            Urgency::Tempo(_) | Urgency::Form(..) => (GAP_S, SAME_GAP_S),
            Urgency::Sight => (GAP_S, UNSEEN_GAP_S),
        };
        let memory = self.memories.get_mut(place)?;
        if time_s - self.last_s < gap_s || time_s - memory.said_s < same_gap_s {
            return None;
        }
        (memory.said_s, memory.in_rep) = (time_s, true);
        memory.times += 1;
        self.last_s = time_s;
        let rule = rule.and_then(|rule| self.rules.get(rule)).cloned();
        Some(SpokenCue { time_s, cue: memory.cue.clone(), rule, reason: urgency.reason() })
    }
}
