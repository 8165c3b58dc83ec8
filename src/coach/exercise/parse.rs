//! The text of an exercise file, and the checks that make an [`Exercise`] of it.

use super::{
    Aspect, EXERCISE_FORMAT, Exercise, ExerciseError, FormRule, Limit, Price, RangeRule, Severity, Sides,
    Signal, Stage, TempoRule, Trainer, View, trainer::Key,
};
use crate::CueId;
use baro_motion::{ANGLE_COUNT, Joint, JointAngles, Measure, Unit};
use serde::{Deserialize, de::DeserializeOwned};
use std::collections::BTreeMap;
use toml::Spanned;

/// A forgiven breach may be at most this long: longer, and no cue comes in time to help.
const MAX_HOLD_S: f64 = 2.0;
/// A breach shorter than this is forgiven unless the file says otherwise: one bad frame is no fault.
const DEFAULT_HOLD_S: f64 = 0.15;
/// Longest repetition and trainer's period that a file may ask for.
const MAX_REPETITION_S: f64 = 120.0;
/// Most keys, rules and tempo rules in a file.
const MAX_LIST: usize = 32;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExercise {
    format: Spanned<u32>,
    id: Spanned<String>,
    name: Spanned<String>,
    view: View,
    sides: Sides,
    needs: Spanned<Vec<Joint>>,
    unseen_cue: Spanned<String>,
    signal: RawSignal,
    range: RawRange,
    finish: Option<RawRange>,
    #[serde(default)]
    tempo: Vec<RawTempo>,
    rules: Spanned<Vec<RawRule>>,
    trainer: RawTrainer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSignal {
    measure: Measure,
    unit: Spanned<Unit>,
    rest: Spanned<f64>,
    back: Spanned<f64>,
    leave: Spanned<f64>,
    attempt: Spanned<f64>,
    reach: Spanned<f64>,
    target: Spanned<f64>,
    min_s: Spanned<f64>,
    max_s: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRange {
    id: Spanned<String>,
    points_per_unit: Spanned<f64>,
    max_points: Spanned<f64>,
    cue: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTempo {
    id: Spanned<String>,
    stage: Stage,
    min_s: Option<Spanned<f64>>,
    max_s: Option<Spanned<f64>>,
    points_per_s: Spanned<f64>,
    max_points: Spanned<f64>,
    cue_fast: Option<Spanned<String>>,
    cue_slow: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: Spanned<String>,
    measure: Measure,
    unit: Spanned<Unit>,
    #[serde(default)]
    aspect: Aspect,
    stages: Spanned<Vec<Stage>>,
    min: Option<Spanned<f64>>,
    max: Option<Spanned<f64>>,
    hold_s: Option<Spanned<f64>>,
    points_per_unit: Spanned<f64>,
    max_points: Spanned<f64>,
    severity: Severity,
    cue: Spanned<String>,
    view: Option<View>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTrainer {
    period_s: Spanned<f64>,
    keys: Spanned<Vec<BTreeMap<String, Spanned<f64>>>>,
}

/// The text, for turning places into lines.
struct Checker<'a>(&'a str);

pub(super) fn exercise(text: &str) -> Result<Exercise, ExerciseError> {
    let raw: RawExercise = read(text)?;
    let check = Checker(text);
    if *raw.format.get_ref() != EXERCISE_FORMAT {
        return Err(
            check.wrong(&raw.format, format!("this version reads `format = {EXERCISE_FORMAT}`; update Baro"))
        );
    }
    check.id(&raw.id)?;
    check.list(&raw.needs, raw.needs.get_ref().len(), "needs", "the joints that must be seen")?;
    check.list(&raw.rules, raw.rules.get_ref().len(), "rules", "[[rules]] with the form rules")?;
    let (signal, min_s, max_s) = check.signal(&raw.signal)?;
    let exercise = Exercise {
        id: raw.id.get_ref().clone(),
        name_key: check.key(&raw.name, "exercise-")?,
        view: raw.view,
        sides: raw.sides,
        needs: raw.needs.get_ref().clone(),
        unseen_cue: check.cue(&raw.unseen_cue)?,
        signal,
        min_s,
        max_s,
        range: check.range(&raw.range)?,
        finish: raw.finish.as_ref().map(|rule| check.range(rule)).transpose()?,
        tempo: raw.tempo.iter().map(|rule| check.tempo(rule)).collect::<Result<_, _>>()?,
        rules: raw.rules.get_ref().iter().map(|rule| check.rule(rule)).collect::<Result<_, _>>()?,
        trainer: check.trainer(&raw.trainer)?,
    };
    let rule_ids = raw.rules.get_ref().iter().map(|rule| &rule.id);
    let range_ids = [&raw.range].into_iter().chain(&raw.finish).map(|rule| &rule.id);
    check.unique(range_ids.chain(raw.tempo.iter().map(|rule| &rule.id)).chain(rule_ids))?;
    Ok(exercise)
}

pub(super) fn trainer(text: &str) -> Result<Trainer, ExerciseError> {
    Checker(text).trainer(&read(text)?)
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, ExerciseError> {
    toml::from_str(text).map_err(|error| ExerciseError::Syntax {
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
    })
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&b| b == b'\n').count()
}

impl Checker<'_> {
    fn wrong<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> ExerciseError {
        ExerciseError::Value { line: line_of(self.0, at.span().start), message: message.into() }
    }

    /// Ids are lower-case words with hyphens: they stand in file names, JSON and command lines.
    fn id(&self, id: &Spanned<String>) -> Result<String, ExerciseError> {
        let text = id.get_ref();
        let fits = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !fits
            || !text.starts_with(|c: char| c.is_ascii_lowercase())
            || text.ends_with('-')
            || text.len() > 48
        {
            let message = format!(
                "`{text}` is no id; write lower-case letters, digits and hyphens, as in `knees-inward`"
            );
            return Err(self.wrong(id, message));
        }
        Ok(text.clone())
    }

    fn key(&self, key: &Spanned<String>, prefix: &str) -> Result<String, ExerciseError> {
        let id = self.id(key)?;
        if !id.starts_with(prefix) {
            return Err(self.wrong(key, format!("`{id}` is no key for a text; write `{prefix}...`")));
        }
        Ok(id)
    }

    fn cue(&self, cue: &Spanned<String>) -> Result<CueId, ExerciseError> {
        Ok(self.key(cue, "cue-")?.into())
    }

    fn unique<'a>(&self, ids: impl Iterator<Item = &'a Spanned<String>>) -> Result<(), ExerciseError> {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if seen.contains(&id.get_ref().as_str()) {
                let message = format!("the rule id `{}` stands twice; give every rule its own", id.get_ref());
                return Err(self.wrong(id, message));
            }
            seen.push(id.get_ref());
        }
        Ok(())
    }

    fn list<T>(&self, at: &Spanned<T>, len: usize, name: &str, what: &str) -> Result<(), ExerciseError> {
        match len {
            0 => Err(self.wrong(at, format!("`{name}` is empty; write {what}"))),
            1..=MAX_LIST => Ok(()),
            _ => Err(self.wrong(at, format!("`{name}` has {len} entries; write at most {MAX_LIST}"))),
        }
    }

    fn within(&self, value: &Spanned<f64>, name: &str, low: f64, high: f64) -> Result<f64, ExerciseError> {
        let v = *value.get_ref();
        if !(low..=high).contains(&v) {
            return Err(self.wrong(value, format!("`{name}` is {v}; write a number from {low} to {high}")));
        }
        Ok(v)
    }

    fn unit(&self, unit: &Spanned<Unit>, measure: Measure) -> Result<Unit, ExerciseError> {
        let right = measure.unit();
        if *unit.get_ref() != right {
            let message =
                format!("{} is measured as `{1}`; write unit = \"{1}\"", measure.name(), right.name());
            return Err(self.wrong(unit, message));
        }
        Ok(right)
    }

    /// A value of a measure, in radians or as a ratio.
    fn value(&self, value: &Spanned<f64>, name: &str, unit: Unit) -> Result<f32, ExerciseError> {
        let most = match unit {
            Unit::Angle => 180.0,
            Unit::Ratio => 10.0,
        };
        Ok(unit.from_edge(self.within(value, name, -most, most)?) as f32)
    }

    fn signal(&self, raw: &RawSignal) -> Result<(Signal, f64, f64), ExerciseError> {
        let unit = self.unit(&raw.unit, raw.measure)?;
        let steps = [
            ("rest", &raw.rest),
            ("back", &raw.back),
            ("leave", &raw.leave),
            ("attempt", &raw.attempt),
            ("reach", &raw.reach),
            ("target", &raw.target),
        ];
        for pair in steps.windows(2) {
            let [(low_name, low), (name, value)] = pair else { continue };
            if value.get_ref() <= low.get_ref() {
                let message = format!(
                    "`{name}` is {} and `{low_name}` is {}; write rising values: rest < back < leave < attempt < reach < \
                     target",
                    value.get_ref(),
                    low.get_ref()
                );
                return Err(self.wrong(value, message));
            }
        }
        let min_s = self.within(&raw.min_s, "min_s", 0.1, MAX_REPETITION_S)?;
        let max_s = self.within(&raw.max_s, "max_s", min_s, MAX_REPETITION_S)?;
        let [rest, back, leave, attempt, reach, target] =
            steps.map(|(name, value)| self.value(value, name, unit));
        let signal = Signal {
            measure: raw.measure,
            rest: rest?,
            back: back?,
            leave: leave?,
            attempt: attempt?,
            reach: reach?,
            target: target?,
        };
        Ok((signal, min_s, max_s))
    }

    fn price(&self, per_unit: &Spanned<f64>, at_most: &Spanned<f64>) -> Result<Price, ExerciseError> {
        let per_unit = self.within(per_unit, "points per unit", 0.001, 1000.0)?;
        Ok(Price { per_unit, at_most: self.within(at_most, "max_points", 0.1, 100.0)? })
    }

    fn range(&self, raw: &RawRange) -> Result<RangeRule, ExerciseError> {
        Ok(RangeRule {
            id: self.id(&raw.id)?,
            price: self.price(&raw.points_per_unit, &raw.max_points)?,
            cue: self.cue(&raw.cue)?,
        })
    }

    fn tempo(&self, raw: &RawTempo) -> Result<TempoRule, ExerciseError> {
        let seconds = |value: &Option<Spanned<f64>>, name| {
            value.as_ref().map(|value| self.within(value, name, 0.0, MAX_REPETITION_S)).transpose()
        };
        let (min_s, max_s) = (seconds(&raw.min_s, "min_s")?, seconds(&raw.max_s, "max_s")?);
        match (min_s, max_s) {
            (None, None) => return Err(self.wrong(&raw.id, "write min_s, max_s or both")),
            (Some(min), Some(max)) if min >= max => {
                return Err(self
                    .wrong(&raw.id, format!("min_s is {min} and max_s is {max}; write min_s below max_s")));
            }
            _ => {}
        }
        Ok(TempoRule {
            id: self.id(&raw.id)?,
            stage: raw.stage,
            min_s,
            max_s,
            price: self.price(&raw.points_per_s, &raw.max_points)?,
            cue_fast: raw.cue_fast.as_ref().map(|cue| self.cue(cue)).transpose()?,
            cue_slow: raw.cue_slow.as_ref().map(|cue| self.cue(cue)).transpose()?,
        })
    }

    fn rule(&self, raw: &RawRule) -> Result<FormRule, ExerciseError> {
        let unit = self.unit(&raw.unit, raw.measure)?;
        let limit = match (&raw.min, &raw.max) {
            (Some(min), None) => Limit::Min(self.value(min, "min", unit)?),
            (None, Some(max)) => Limit::Max(self.value(max, "max", unit)?),
            (Some(_), Some(max)) => return Err(self.wrong(max, "write either min or max, not both")),
            (None, None) => return Err(self.wrong(&raw.id, "the rule has no limit; write min or max")),
        };
        if raw.aspect == Aspect::Difference && matches!(limit, Limit::Min(_)) {
            return Err(self.wrong(&raw.id, "a difference between the sides has no min; write max"));
        }
        let mut stages = [false; 3];
        raw.stages.get_ref().iter().for_each(|&stage| stages[stage as usize] = true);
        if stages == [false; 3] {
            return Err(self.wrong(
                &raw.stages,
                "write the stages in which the rule holds: \"out\", \"peak\", \"return\"",
            ));
        }
        let hold_s =
            raw.hold_s.as_ref().map(|hold| self.within(hold, "hold_s", 0.0, MAX_HOLD_S)).transpose()?;
        Ok(FormRule {
            id: self.id(&raw.id)?,
            measure: raw.measure,
            aspect: raw.aspect,
            stages,
            limit,
            hold_s: hold_s.unwrap_or(DEFAULT_HOLD_S),
            price: self.price(&raw.points_per_unit, &raw.max_points)?,
            severity: raw.severity,
            cue: self.cue(&raw.cue)?,
            view: raw.view.unwrap_or(View::Any),
        })
    }

    fn trainer(&self, raw: &RawTrainer) -> Result<Trainer, ExerciseError> {
        let period_s = self.within(&raw.period_s, "period_s", 0.5, MAX_REPETITION_S)?;
        let keys = raw.keys.get_ref();
        self.list(&raw.keys, keys.len(), "keys", "at least one [[keys]]")?;
        let keys = keys.iter().map(|key| self.trainer_key(key, raw)).collect::<Result<Vec<_>, _>>()?;
        if let Some(i) = keys.windows(2).position(|pair| matches!(pair, [a, b] if b.at <= a.at)) {
            let at = raw.keys.get_ref().get(i + 1).and_then(|key| key.get("at"));
            return Err(self.wrong(at.unwrap_or(&raw.period_s), "write the keys in rising order of `at`"));
        }
        Ok(Trainer::new(period_s, keys))
    }

    fn trainer_key(
        &self,
        raw: &BTreeMap<String, Spanned<f64>>,
        whole: &RawTrainer,
    ) -> Result<Key, ExerciseError> {
        let Some(at) = raw.get("at") else {
            return Err(
                self.wrong(&whole.keys, "a key has no `at`; write its share of the period, 0 to below 1")
            );
        };
        let mut key = Key { at: self.within(at, "at", 0.0, 0.9999)?, angles: [0.0; ANGLE_COUNT] };
        for (name, degrees) in raw.iter().filter(|(name, _)| *name != "at") {
            let Some(index) = JointAngles::index(name) else {
                let (trunk, limb) = JointAngles::NAMES;
                let message = format!(
                    "`{name}` is no angle; write at, {}, or left_ or right_ with one of {}",
                    trunk.join(", "),
                    limb.join(", ")
                );
                return Err(self.wrong(degrees, message));
            };
            key.angles[index] = self.value(degrees, name, JointAngles::unit(name))?;
        }
        Ok(key)
    }
}
