//! Checks that every part of a file needs: places, ids, numbers, units.

use super::super::ExerciseError;
use crate::CueId;
use baro_motion::{Measure, Unit};
use serde::{Serialize, de::DeserializeOwned};
use toml::Spanned;

/// Most keys, rules and tempo rules in a file.
const MAX_LIST: usize = 32;

/// The text, for turning places into lines.
pub(crate) struct Checker<'a>(pub &'a str);

pub(crate) fn read<T: DeserializeOwned>(text: &str) -> Result<T, ExerciseError> {
    toml::from_str(text).map_err(|error| ExerciseError {
        line: error.span().map_or(1, |span| line_of(text, span.start)),
        message: error.message().to_owned(),
    })
}

pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|&b| b == b'\n').count()
}

/// The name of a plain enum's variant in files.
pub(crate) fn word(value: &impl Serialize) -> String {
    toml::Value::try_from(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

impl Checker<'_> {
    pub fn wrong<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> ExerciseError {
        ExerciseError { line: line_of(self.0, at.span().start), message: message.into() }
    }

    /// Ids are lower-case words with hyphens: they stand in file names, JSON and command lines.
    pub fn id(&self, id: &Spanned<String>) -> Result<String, ExerciseError> {
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

    pub fn key(&self, key: &Spanned<String>, prefix: &str) -> Result<String, ExerciseError> {
        let id = self.id(key)?;
        if !id.starts_with(prefix) {
            return Err(self.wrong(key, format!("`{id}` is no key for a text; write `{prefix}...`")));
        }
        Ok(id)
    }

    pub fn cue(&self, cue: &Spanned<String>) -> Result<CueId, ExerciseError> {
        Ok(self.key(cue, "cue-")?.into())
    }

    pub fn unique<'a>(&self, ids: impl Iterator<Item = &'a Spanned<String>>) -> Result<(), ExerciseError> {
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

    pub fn list<T>(&self, at: &Spanned<T>, len: usize, name: &str, what: &str) -> Result<(), ExerciseError> {
        match len {
            0 => Err(self.wrong(at, format!("`{name}` is empty; write {what}"))),
            1..=MAX_LIST => Ok(()),
            _ => Err(self.wrong(at, format!("`{name}` has {len} entries; write at most {MAX_LIST}"))),
        }
    }

    /// Nothing stands twice in the list.
    pub fn distinct<T: PartialEq>(&self, list: &Spanned<Vec<T>>, name: &str) -> Result<(), ExerciseError> {
        let all = list.get_ref();
        if (1..all.len()).any(|i| all[..i].contains(&all[i])) {
            return Err(self.wrong(list, format!("something stands twice in `{name}`; write it once")));
        }
        Ok(())
    }

    pub fn within(
        &self,
        value: &Spanned<f64>,
        name: &str,
        low: f64,
        high: f64,
    ) -> Result<f64, ExerciseError> {
        let v = *value.get_ref();
        if !(low..=high).contains(&v) {
            return Err(self.wrong(value, format!("`{name}` is {v}; write a number from {low} to {high}")));
        }
        Ok(v)
    }

    pub fn unit(&self, unit: &Spanned<Unit>, measure: Measure) -> Result<Unit, ExerciseError> {
        let right = measure.unit();
        if *unit.get_ref() != right {
            let message =
                format!("{} is measured as `{1}`; write unit = \"{1}\"", measure.name(), right.name());
            return Err(self.wrong(unit, message));
        }
        Ok(right)
    }

    /// A value of a measure, in radians or as a ratio.
    pub fn value(&self, value: &Spanned<f64>, name: &str, unit: Unit) -> Result<f32, ExerciseError> {
        let most = match unit {
            Unit::Angle => 180.0,
            Unit::Ratio => 10.0,
        };
        Ok(unit.from_edge(self.within(value, name, -most, most)?) as f32)
    }
}
