//! The text of an exercise file, and the checks that make an [`Exercise`] of it.

pub(crate) mod check;
mod kind;
mod raw;
mod rules;
mod trainer;

use super::{About, EXERCISE_FORMAT, Exercise, ExerciseError, Names, Trainer};
use check::{Checker, read};
use raw::RawExercise;
use toml::Spanned;

/// A forgiven breach may be at most this long: longer, and no cue comes in time to help.
const MAX_HOLD_S: f64 = 2.0;
/// A breach shorter than this is forgiven unless the file says otherwise: one bad frame is no fault.
const DEFAULT_HOLD_S: f64 = 0.15;
/// Longest repetition and trainer's period that a file may ask for.
const MAX_REPETITION_S: f64 = 180.0;

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
    let kind = check.kind(&raw)?;
    let exercise = Exercise {
        id: raw.id.get_ref().clone(),
        name_key: check.key(&raw.name, "exercise-")?,
        names: raw.names.as_ref().map(|names| own_names(&check, names)).transpose()?,
        view: raw.view,
        sides: *raw.sides.get_ref(),
        needs: raw.needs.get_ref().clone(),
        unseen_cue: check.cue(&raw.unseen_cue)?,
        about: about(&check, &raw)?,
        signal: raw.signal.as_ref().map(|signal| check.signal(signal.get_ref())).transpose()?,
        guards: raw.guards.iter().map(|guard| check.guard(guard)).collect::<Result<_, _>>()?,
        range: raw.range.as_ref().map(|rule| check.range(rule)).transpose()?,
        finish: raw.finish.as_ref().map(|rule| check.range(rule)).transpose()?,
        tempo: raw.tempo.iter().map(|rule| check.tempo(rule)).collect::<Result<_, _>>()?,
        rules: raw.rules.get_ref().iter().map(|rule| check.rule(rule)).collect::<Result<_, _>>()?,
        quality: raw.quality.iter().map(|rule| check.quality(rule)).collect::<Result<_, _>>()?,
        test: raw.test.as_ref().map(|test| check.test(test, &kind)).transpose()?,
        reference: raw.reference.as_ref().map(|reference| check.reference(&reference.file)).transpose()?,
        trainer: check.trainer(&raw.trainer)?,
        kind,
    };
    unique_ids(&check, &raw)?;
    Ok(exercise)
}

pub(super) fn trainer(text: &str) -> Result<Trainer, ExerciseError> {
    Checker(text).trainer(&read(text)?)
}

/// The line on which a top-level field stands, from 1; 1 where there is no such field.
pub(crate) fn line_of_field(text: &str, field: &str) -> usize {
    let is_it = |line: &str| line.strip_prefix(field).is_some_and(|rest| rest.trim_start().starts_with('='));
    text.lines().position(is_it).map_or(1, |i| i + 1)
}

/// Every rule has a name of its own.
fn unique_ids(check: &Checker, raw: &RawExercise) -> Result<(), ExerciseError> {
    let ranges = raw.range.iter().chain(&raw.finish).map(|rule| &rule.id);
    let holds = raw.hold.iter().map(|hold| &hold.get_ref().id);
    let tempo = raw.tempo.iter().map(|rule| &rule.id);
    let rules = raw.rules.get_ref().iter().map(|rule| &rule.id);
    let quality = raw.quality.iter().map(|rule| &rule.id);
    check.unique(ranges.chain(holds).chain(tempo).chain(rules).chain(quality))
}

/// Names are shown, spoken, and stand in lists: short, on one line.
fn own_names(check: &Checker, names: &Spanned<Names>) -> Result<Names, ExerciseError> {
    let Names { en, ko } = names.get_ref();
    let fits = |name: &String| {
        !name.trim().is_empty()
            && name.chars().count() <= Names::MOST_LETTERS
            && !name.contains(char::is_control)
    };
    if [en, ko].into_iter().all(fits) {
        return Ok(names.get_ref().clone());
    }
    let message = format!(
        "a name in `names` is empty, or longer than {} letters on one line; write a few words",
        Names::MOST_LETTERS
    );
    Err(check.wrong(names, message))
}

fn about(check: &Checker, raw: &RawExercise) -> Result<About, ExerciseError> {
    check.list(
        &raw.body,
        raw.body.get_ref().len(),
        "body",
        "the regions that it is for, as in [\"knee\", \"hip\"]",
    )?;
    check.distinct(&raw.body, "body")?;
    check.distinct(&raw.muscles, "muscles")?;
    check.distinct(&raw.equipment, "equipment")?;
    check.distinct(&raw.avoid, "avoid")?;
    let sources = raw.sources.get_ref();
    check.list(&raw.sources, sources.len(), "sources", "at least one paper or standard")?;
    if let Some(empty) = sources.iter().find(|source| source.get_ref().trim().len() < 8) {
        return Err(check.wrong(empty, "a source is too short; write authors, year and where it appeared"));
    }
    let variant = |id: &Option<Spanned<String>>| {
        let Some(id) = id else { return Ok(None) };
        if id.get_ref() == raw.id.get_ref() {
            return Err(
                check.wrong(id, "an exercise is no variant of itself; write another id, or leave it out")
            );
        }
        check.id(id).map(Some)
    };
    Ok(About {
        position: raw.position,
        body: raw.body.get_ref().clone(),
        muscles: raw.muscles.get_ref().clone(),
        equipment: raw.equipment.get_ref().clone(),
        avoid: raw.avoid.get_ref().clone(),
        easier: variant(&raw.easier)?,
        harder: variant(&raw.harder)?,
        seated: variant(&raw.seated)?,
        sources: sources.iter().map(|source| source.get_ref().clone()).collect(),
    })
}
