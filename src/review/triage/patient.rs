//! What a clinic keeps in mind of a person, entry by entry.

use crate::measures::Filled;
use baro_coach::{
    Exercise, Names, RepSide, SubScores,
    safety::{RedFlag, SafetyEvent, StopSymptom},
};
use baro_home::{
    Assigned, Moment,
    diary::{Ending, Entry, Range, SetDone, What},
};
use baro_motion::Claim;
use baro_wire::{Cursor, PostBody};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Sessions, answers and plans that are kept of each kind: more than a year of daily ones. Older ones are forgotten.
const KEPT: usize = 400;

/// Which way an exercise goes: up to larger values, or down to smaller ones (a bridge straightens the hips). A range is only compared
/// where this is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directions(BTreeMap<String, bool>);

impl Directions {
    /// Of these exercises.
    pub fn of<'a>(exercises: impl IntoIterator<Item = &'a Exercise>) -> Self {
        let rises = |exercise: &Exercise| Some((exercise.id.clone(), exercise.signal?.direction() > 0.0));
        Self(exercises.into_iter().filter_map(rises).collect())
    }

    pub(super) fn rises(&self, exercise: &str) -> Option<bool> {
        self.0.get(exercise).copied()
    }
}

/// A person as the triage knows them. Give it every post about them, in order; it can be stored and taken up again.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Patient {
    /// Up to here it knows the feed.
    pub cursor: Cursor,
    /// Pain before sessions.
    pub(super) pain: Vec<(Date, u8)>,
    /// Days with a session, rising.
    pub(super) days: BTreeSet<Date>,
    /// By exercise.
    pub(super) scores: BTreeMap<String, Vec<Scored>>,
    pub(super) ranges: BTreeMap<Line, Vec<Reach>>,
    /// Stop symptoms and health questions that nobody has looked into, and when they were told.
    pub(super) symptoms: BTreeMap<StopSymptom, Date>,
    pub(super) flags: BTreeMap<RedFlag, Date>,
    /// Days on which a rule of safety stopped a session.
    pub(super) stopped: BTreeSet<Date>,
    /// Since when how many days a week are planned.
    pub(super) plans: Vec<(Date, u32)>,
    /// Exercises of the clinic's own that were in a plan, by id.
    #[serde(default)]
    pub(super) taught: BTreeMap<String, Taught>,
    /// What the person wrote and nobody has answered: place in the feed, the server's clock in ms.
    pub(super) waiting: Vec<(Cursor, i64)>,
    pub(super) filled: BTreeMap<String, Vec<Filled>>,
    /// By questionnaire: the last answers that asked for safety, where they stand in the feed, and of which day they say to be.
    pub(super) asking: BTreeMap<String, (Cursor, Date)>,
    /// Up to here a therapist has dealt with them.
    pub(super) released: Option<Cursor>,
    /// What was written in another version's words and was left out.
    pub unread: u32,
}

/// An exercise that a clinic taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Taught {
    names: Names,
    /// Does it go up to larger values?
    rises: Option<bool>,
}

/// What is compared from session to session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub(super) struct Line {
    pub exercise: String,
    pub measure: String,
    pub unit: String,
    pub side: u8,
}

/// How an exercise was done in a session: sums over its sets.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Scored {
    pub visit: u32,
    pub day: Date,
    pub sets: u32,
    pub score: f64,
    /// With how many sets it is the sum of, in the order of [`crate::session::Part::ALL`].
    pub parts: (u32, [f64; 5]),
}

/// The smallest and the largest value of a session, each with its standard deviation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) struct Reach {
    pub visit: u32,
    pub day: Date,
    pub low: (f64, f64),
    pub high: (f64, f64),
}

impl Patient {
    /// Takes in a post about the person, from their feed; those before [`Self::cursor`] are known.
    pub fn post(&mut self, entry: &baro_wire::Entry) {
        if entry.cursor <= self.cursor {
            return;
        }
        self.cursor = entry.cursor;
        match &entry.post.body {
            PostBody::Message { .. } if entry.author == entry.post.about => {
                self.waiting.push((entry.cursor, entry.stored_ms));
                forget(&mut self.waiting);
            }
            PostBody::Message { .. } => self.waiting.clear(),
            PostBody::Plan { routine } => match (Assigned::from_toml(routine), day_of(entry.stored_ms)) {
                (Ok(plan), Some(day)) => self.plan(day, &plan),
                _ => self.unread += 1,
            },
            PostBody::Diary { line } => match serde_json::from_str(line) {
                Ok(entry) => self.diary(&entry),
                Err(_) => self.unread += 1,
            },
            // Nobody answers for somebody else.
            PostBody::Answered { filled, .. } if entry.author == entry.post.about => {
                match serde_json::from_str(filled) {
                    Ok(filled) => self.filled(filled),
                    Err(_) => self.unread += 1,
                }
            }
            _ => {}
        }
    }

    /// A therapist has dealt with what was written up to here, also without an answer.
    pub fn dealt_with(&mut self, up_to: Cursor) {
        self.waiting.retain(|(cursor, _)| *cursor > up_to);
    }

    /// A therapist has talked with the person about answers that ask for safety, those up to here in the feed. (Days are as the person's
    /// clock says, and there may be two answers on one.)
    pub fn safe_until(&mut self, up_to: Cursor) {
        self.released = self.released.max(Some(up_to));
    }

    pub(super) fn is_safe(&self, cursor: Cursor) -> bool {
        self.released.is_some_and(|released| cursor <= released)
    }

    /// A plan holds from this day on.
    pub fn plan(&mut self, day: Date, plan: &Assigned) {
        let days = plan.doses.iter().map(|dose| dose.days_a_week).max().unwrap_or(0).min(7);
        self.plans.push((day, days));
        forget(&mut self.plans);
        for exercise in plan.exercises() {
            let rises = exercise.signal.map(|signal| signal.direction() > 0.0);
            let taught = exercise.names.map(|names| (exercise.id, Taught { names, rises }));
            self.taught.extend(taught);
        }
    }

    /// What the exercises that came with plans are called, by their ids.
    pub fn names(&self) -> impl Iterator<Item = (&str, &Names)> {
        self.taught.iter().map(|(id, taught)| (id.as_str(), &taught.names))
    }

    /// Which way an exercise of the clinic's own goes.
    pub(super) fn rises(&self, exercise: &str) -> Option<bool> {
        self.taught.get(exercise)?.rises
    }

    /// A questionnaire was filled in, at [`Self::cursor`].
    pub fn filled(&mut self, filled: Filled) {
        if filled.asks_for_safety {
            self.asking.insert(filled.questionnaire.clone(), (self.cursor, filled.day));
        }
        let all = self.filled.entry(filled.questionnaire.clone()).or_default();
        all.push(filled);
        forget(all);
    }

    /// Takes in a line of the diary; times may go back, the order is that of the lines.
    pub fn diary(&mut self, entry: &Entry) {
        let day = entry.when.day;
        match &entry.what {
            What::Set(set) => self.set(entry.visit, day, set),
            What::Together(set) => {
                self.session(day);
                self.scored(entry.visit, day, &set.exercise, set.score, None);
                self.reached(entry.visit, day, &set.exercise, &set.ranges);
            }
            What::Safety { event } => self.safety(day, event),
            What::SymptomCleared { symptom } => {
                self.symptoms.remove(symptom);
            }
            What::Ended { how: Ending::Safety } => {
                // A symptom that was told on that day says more.
                if !self.symptoms.values().any(|told| *told == day) {
                    self.stopped(day);
                }
            }
            What::Began { .. } | What::Adjusted { .. } | What::Skipped { .. } => {}
            What::Game(_) | What::Ended { .. } => {}
        }
    }

    fn set(&mut self, visit: u32, day: Date, set: &SetDone) {
        self.session(day);
        self.scored(visit, day, &set.asked.exercise, set.score, set.sub);
        self.reached(visit, day, &set.asked.exercise, &set.ranges);
    }

    fn session(&mut self, day: Date) {
        self.days.insert(day);
        while self.days.len() > KEPT {
            self.days.pop_first();
        }
    }

    fn safety(&mut self, day: Date, event: &SafetyEvent) {
        match event {
            SafetyEvent::Symptom { symptom } => {
                self.symptoms.insert(*symptom, day);
                self.stopped.remove(&day);
            }
            SafetyEvent::Screened { flags, .. } => {
                // The last answers count; what was open keeps the day on which it was told first.
                let was = std::mem::take(&mut self.flags);
                let since = |flag: &RedFlag| (*flag, was.get(flag).copied().unwrap_or(day));
                self.flags = flags.iter().map(since).collect();
            }
            SafetyEvent::FlagCleared { flag } => {
                self.flags.remove(flag);
            }
            SafetyEvent::PainBefore { pain, .. } => {
                self.pain.push((day, pain.get()));
                forget(&mut self.pain);
                if event.notifies_therapist() {
                    self.stopped(day);
                }
            }
            SafetyEvent::AfterSet { .. } if event.notifies_therapist() => self.stopped(day),
            SafetyEvent::AfterSet { .. } | SafetyEvent::PainNextMorning { .. } => {}
        }
    }

    fn stopped(&mut self, day: Date) {
        if !self.symptoms.values().any(|told| *told == day) {
            self.stopped.insert(day);
        }
        while self.stopped.len() > KEPT {
            self.stopped.pop_first();
        }
    }

    fn scored(&mut self, visit: u32, day: Date, exercise: &str, score: Option<f64>, sub: Option<SubScores>) {
        let Some(score) = score.filter(|score| score.is_finite()) else { return };
        let all = self.scores.entry(exercise.to_owned()).or_default();
        if all.last().is_none_or(|last| last.visit != visit || last.day != day) {
            all.push(Scored { visit, day, sets: 0, score: 0.0, parts: (0, [0.0; 5]) });
            forget(all);
        }
        let Some(now) = all.last_mut() else { return };
        now.sets += 1;
        now.score += score;
        if let Some(sub) = sub {
            now.parts.0 += 1;
            let parts = [sub.range, sub.form, sub.tempo, sub.stability, sub.symmetry];
            now.parts.1.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
    }

    fn reached(&mut self, visit: u32, day: Date, exercise: &str, ranges: &[Range]) {
        let sure = |range: &&Range| {
            range.claim != Claim::Refused && range.value.is_finite() && range.sd.is_finite() && range.sd > 0.0
        };
        for range in ranges.iter().filter(sure) {
            let line = Line {
                exercise: exercise.to_owned(),
                measure: range.measure.clone(),
                unit: range.unit.clone(),
                side: range.side as u8,
            };
            let all = self.ranges.entry(line).or_default();
            let now = (range.value, range.sd);
            match all.last_mut().filter(|last| last.visit == visit && last.day == day) {
                Some(last) => {
                    last.low = if now.0 < last.low.0 { now } else { last.low };
                    last.high = if now.0 > last.high.0 { now } else { last.high };
                }
                None => {
                    all.push(Reach { visit, day, low: now, high: now });
                    forget(all);
                }
            }
        }
    }

    /// The newest day on which an exercise was scored.
    pub fn last(&self, exercise: &str) -> Option<Date> {
        self.scores.get(exercise)?.last().map(|scored| scored.day)
    }

    /// Days since the last session before or on this day, or, where there was none, since the plan.
    pub(super) fn quiet_days(&self, now: Moment) -> Option<u32> {
        let last = self.days.range(..=now.day).next_back().copied();
        let since = last.or_else(|| self.plans.iter().find(|(_, days)| *days > 0).map(|(day, _)| *day))?;
        u32::try_from(since.until(now.day).ok()?.get_days()).ok()
    }
}

impl Line {
    pub fn side(&self) -> RepSide {
        match self.side {
            0 => RepSide::Left,
            1 => RepSide::Right,
            _ => RepSide::Both,
        }
    }
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        format!("{}/{}/{}/{}", line.exercise, line.measure, line.unit, line.side)
    }
}

impl TryFrom<String> for Line {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('/').collect();
        let [exercise, measure, unit, side] = parts[..] else { return Err(format!("`{text}` is no line")) };
        let side = side.parse().map_err(|_| format!("`{side}` is no side"))?;
        Ok(Self { exercise: exercise.into(), measure: measure.into(), unit: unit.into(), side })
    }
}

/// Keeps the newest.
fn forget<T>(all: &mut Vec<T>) {
    if all.len() > 2 * KEPT {
        all.drain(..all.len() - KEPT);
    }
}

fn day_of(unix_ms: i64) -> Option<Date> {
    Some(Timestamp::from_millisecond(unix_ms).ok()?.to_zoned(TimeZone::UTC).date())
}
