//! The text of a routine file, and the checks that make a [`Routine`] of it.

use super::{Item, ROUTINE_FORMAT, Routine};
use crate::{
    Avoid, ExerciseError, Region, SideChoice,
    exercise::parse::check::{Checker, line_of, read},
    plan::{
        Prescription,
        check::{
            LEAST_REP_S, MAX_HOLD_S, MAX_LOAD_KG, MAX_MINUTES, MAX_REPS, MAX_REST_S, MAX_SETS, MAX_TEMPO_S,
        },
    },
};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRoutine {
    format: Spanned<u32>,
    id: Spanned<String>,
    name: Spanned<String>,
    body: Spanned<Vec<Region>>,
    avoid: Spanned<Vec<Avoid>>,
    sources: Spanned<Vec<Spanned<String>>>,
    days_a_week: Spanned<u32>,
    rpe_target: Spanned<u32>,
    pain_limit: Spanned<u32>,
    items: Spanned<Vec<Spanned<RawItem>>>,
}

/// An item, or a step from it: then only what changes.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct RawItem {
    exercise: Option<Spanned<String>>,
    sets: Option<Spanned<u32>>,
    reps: Option<Spanned<u32>>,
    hold_s: Option<Spanned<u32>>,
    minutes: Option<Spanned<u32>>,
    rest_s: Option<Spanned<u32>>,
    tempo_s: Option<Spanned<[f64; 4]>>,
    load_kg: Option<Spanned<f64>>,
    side: Option<RawSide>,
    days_a_week: Option<Spanned<u32>>,
    rpe_target: Option<Spanned<u32>>,
    pain_limit: Option<Spanned<u32>>,
    easier: Option<Box<Spanned<RawItem>>>,
    harder: Option<Box<Spanned<RawItem>>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum RawSide {
    Auto,
    Left,
    Right,
    Each,
}

/// On which lines an item's dose and its steps stand, from 1.
pub(super) struct Lines {
    pub dose: usize,
    pub easier: usize,
    pub harder: usize,
}

pub(super) fn routine(text: &str) -> Result<(Routine, Vec<Lines>), ExerciseError> {
    let raw: RawRoutine = read(text)?;
    let check = Checker(text);
    if *raw.format.get_ref() != ROUTINE_FORMAT {
        return Err(
            check.wrong(&raw.format, format!("this version reads `format = {ROUTINE_FORMAT}`; update Baro"))
        );
    }
    check.list(
        &raw.body,
        raw.body.get_ref().len(),
        "body",
        "the regions that it is for, as in [\"neck\"]",
    )?;
    check.distinct(&raw.body, "body")?;
    check.distinct(&raw.avoid, "avoid")?;
    let sources = raw.sources.get_ref();
    check.list(&raw.sources, sources.len(), "sources", "at least one guideline or trial")?;
    let items = raw.items.get_ref();
    check.list(&raw.items, items.len(), "items", "[[items]] with the exercises in order")?;
    let whole = Dosing { check: &check, routine: &raw };
    let routine = Routine {
        id: check.id(&raw.id)?,
        name_key: check.key(&raw.name, "routine-")?,
        body: raw.body.get_ref().clone(),
        avoid: raw.avoid.get_ref().clone(),
        sources: sources.iter().map(|source| source.get_ref().clone()).collect(),
        items: items.iter().map(|item| whole.item(item)).collect::<Result<_, _>>()?,
    };
    let line = |at: usize| line_of(text, at);
    let lines = items.iter().map(|item| {
        let step = |step: &Option<Box<Spanned<RawItem>>>| {
            step.as_ref().map_or(item.span().start, |step| step.span().start)
        };
        let raw = item.get_ref();
        let dose = raw.exercise.as_ref().map_or(item.span().start, |id| id.span().start);
        Lines { dose: line(dose), easier: line(step(&raw.easier)), harder: line(step(&raw.harder)) }
    });
    Ok((routine, lines.collect()))
}

struct Dosing<'a> {
    check: &'a Checker<'a>,
    routine: &'a RawRoutine,
}

impl Dosing<'_> {
    fn item(&self, raw: &Spanned<RawItem>) -> Result<Item, ExerciseError> {
        let dose = self.dose(raw, raw)?;
        let step = |step: &Option<Box<Spanned<RawItem>>>, name: &str| {
            step.as_ref().map(|step| self.step(raw, step, &dose, name)).transpose()
        };
        Ok(Item {
            each_side: raw.get_ref().side == Some(RawSide::Each),
            easier: step(&raw.get_ref().easier, "easier")?,
            harder: step(&raw.get_ref().harder, "harder")?,
            dose,
        })
    }

    /// What the step changes, the rest as in the item. Another exercise has its own tempo, hold, minutes and side.
    fn step(
        &self,
        item: &Spanned<RawItem>,
        step: &Spanned<RawItem>,
        dose: &Prescription,
        name: &str,
    ) -> Result<Prescription, ExerciseError> {
        let (base, change) = (item.get_ref().clone(), step.get_ref().clone());
        if change.easier.is_some() || change.harder.is_some() {
            return Err(self.check.wrong(step, "a step has no steps of its own; write only what it changes"));
        }
        let own = change.exercise.is_some();
        let kept = |keep: bool| if keep { Some(base.clone()) } else { None };
        let same = kept(!own);
        let merged = RawItem {
            exercise: change.exercise.or(base.exercise.clone()),
            sets: change.sets.or(base.sets.clone()),
            reps: change.reps.or(base.reps.clone()),
            rest_s: change.rest_s.or(base.rest_s.clone()),
            hold_s: change.hold_s.or(same.as_ref().and_then(|base| base.hold_s.clone())),
            minutes: change.minutes.or(same.as_ref().and_then(|base| base.minutes.clone())),
            tempo_s: change.tempo_s.or(same.as_ref().and_then(|base| base.tempo_s.clone())),
            load_kg: change.load_kg.or(same.as_ref().and_then(|base| base.load_kg.clone())),
            side: change.side.or(same.and_then(|base| base.side)),
            days_a_week: change.days_a_week.or(base.days_a_week.clone()),
            rpe_target: change.rpe_target.or(base.rpe_target.clone()),
            pain_limit: change.pain_limit.or(base.pain_limit.clone()),
            easier: None,
            harder: None,
        };
        let merged = self.dose(&Spanned::new(step.span(), merged), step)?;
        if merged == *dose {
            return Err(self.check.wrong(step, format!("`{name}` changes nothing; write what is different")));
        }
        Ok(merged)
    }

    fn dose<T>(&self, raw: &Spanned<RawItem>, place: &Spanned<T>) -> Result<Prescription, ExerciseError> {
        let check = self.check;
        let item = raw.get_ref();
        let missing =
            |name: &str, what: &str| check.wrong(place, format!("`{name}` is missing; write {what}"));
        let exercise = item.exercise.as_ref().ok_or_else(|| missing("exercise", "the id of an exercise"))?;
        let sets = item.sets.as_ref().ok_or_else(|| missing("sets", "how many, as in sets = 2"))?;
        let rest_s =
            item.rest_s.as_ref().ok_or_else(|| missing("rest_s", "the seconds between sets, or 0"))?;
        let optional = |value: &Option<Spanned<u32>>, name, low, high| {
            value.as_ref().map(|value| self.whole(value, name, low, high)).transpose()
        };
        let or_routine = |own: &Option<Spanned<u32>>, all: &Spanned<u32>, name, low, high| {
            self.whole(own.as_ref().unwrap_or(all), name, low, high)
        };
        let (hold_s, minutes) = (&item.hold_s, &item.minutes);
        if let (Some(_), Some(minutes)) = (hold_s, minutes) {
            return Err(check.wrong(minutes, "write either hold_s (held) or minutes (paced), not both"));
        }
        Ok(Prescription {
            exercise: check.id(exercise)?,
            sets: self.whole(sets, "sets", 1, MAX_SETS)?,
            reps: optional(&item.reps, "reps", 1, MAX_REPS)?.unwrap_or(1),
            hold_s: optional(hold_s, "hold_s", 1, MAX_HOLD_S)?,
            minutes: optional(minutes, "minutes", 1, MAX_MINUTES)?,
            rest_s: self.whole(rest_s, "rest_s", 0, MAX_REST_S)?,
            tempo_s: item.tempo_s.as_ref().map(|tempo| self.tempo(tempo)).transpose()?,
            load_kg: item
                .load_kg
                .as_ref()
                .map(|load| check.within(load, "load_kg", 0.0, MAX_LOAD_KG))
                .transpose()?,
            days_a_week: or_routine(&item.days_a_week, &self.routine.days_a_week, "days_a_week", 1, 7)?,
            side: match item.side {
                None | Some(RawSide::Auto | RawSide::Each) => SideChoice::Auto,
                Some(RawSide::Left) => SideChoice::Left,
                Some(RawSide::Right) => SideChoice::Right,
            },
            rpe_target: or_routine(&item.rpe_target, &self.routine.rpe_target, "rpe_target", 0, 10)?,
            pain_limit: or_routine(&item.pain_limit, &self.routine.pain_limit, "pain_limit", 0, 10)?,
        })
    }

    fn whole(&self, value: &Spanned<u32>, name: &str, low: u32, high: u32) -> Result<u32, ExerciseError> {
        let n = *value.get_ref();
        if !(low..=high).contains(&n) {
            let message = format!("`{name}` is {n}; write a whole number from {low} to {high}");
            return Err(self.check.wrong(value, message));
        }
        Ok(n)
    }

    fn tempo(&self, tempo: &Spanned<[f64; 4]>) -> Result<[f64; 4], ExerciseError> {
        let all = *tempo.get_ref();
        if all.iter().any(|s| !(0.0..=MAX_TEMPO_S).contains(s)) || all.iter().sum::<f64>() < LEAST_REP_S {
            let message = format!(
                "`tempo_s` is {all:?}; write the seconds out, at the far end, back and at rest, each 0 to {MAX_TEMPO_S}, as \
                 in [2, 1, 3, 0]"
            );
            return Err(self.check.wrong(tempo, message));
        }
        Ok(all)
    }
}
