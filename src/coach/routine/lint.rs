//! Checks of routines against the exercises that they name.

use super::{Routine, parse};
use crate::{
    Exercise, ExerciseError, Finding, Kind, SideChoice, Sides, Stage, exercise::parse::line_of_field,
    plan::Prescription,
};

/// A routine that takes longer is not done at home; minutes.
const LONGEST_MINUTES: u32 = 45;

/// Checks routine files, given as name (`low_back.toml`) and text, against the exercises. No findings: the set can be
/// shipped.
pub fn lint_routines(files: &[(&str, &str)], exercises: &[Exercise]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut ids: Vec<(String, &str)> = Vec::new();
    for &(name, text) in files {
        let mut find = |line, message| findings.push(Finding { file: name.into(), line, message });
        let (routine, lines) = match parse::routine(text) {
            Ok(read) => read,
            Err(ExerciseError { line, message }) => {
                find(line, message);
                continue;
            }
        };
        let id = &routine.id;
        let stem = id.replace('-', "_");
        let id_line = line_of_field(text, "id");
        if name.rsplit(['/', '\\']).next() != Some(&format!("{stem}.toml")) {
            find(id_line, format!("the id is `{id}`; name the file {stem}.toml, or change the id"));
        }
        if let Some((_, other)) = ids.iter().find(|(other, _)| other == id) {
            find(id_line, format!("{other} has the id `{id}` too; give each routine its own"));
        }
        ids.push((id.clone(), name));
        let minutes = routine.minutes();
        if minutes > LONGEST_MINUTES {
            find(
                id_line,
                format!(
                    "it takes {minutes} minutes; write fewer items or sets, up to {LONGEST_MINUTES} minutes"
                ),
            );
        }
        items(&routine, &lines, exercises, &mut find);
    }
    findings
}

fn items(
    routine: &Routine,
    lines: &[parse::Lines],
    exercises: &[Exercise],
    find: &mut impl FnMut(usize, String),
) {
    for (item, lines) in routine.items.iter().zip(lines) {
        let Some(exercise) = named(&item.dose, exercises) else {
            find(lines.dose, unknown(&item.dose));
            continue;
        };
        let each_alone = item.each_side || item.dose.side != SideChoice::Auto;
        if each_alone && exercise.sides != Sides::Each {
            find(lines.dose, format!("the sides of `{}` are not chosen; leave `side` out", exercise.id));
        }
        if let Some(message) = misfit(&item.dose, exercise) {
            find(lines.dose, message);
        }
        if exercise.test.is_some() {
            continue;
        }
        let steps = [("easier", &item.easier, lines.easier), ("harder", &item.harder, lines.harder)];
        for (name, step, line) in steps {
            let Some(step) = step else {
                find(
                    line,
                    format!("`{}` has no `{name}`; write a step, as in {name} = {{ reps = 6 }}", exercise.id),
                );
                continue;
            };
            match named(step, exercises) {
                None => find(line, unknown(step)),
                Some(exercise) => misfit(step, exercise).into_iter().for_each(|message| find(line, message)),
            }
        }
    }
}

fn named<'a>(dose: &Prescription, exercises: &'a [Exercise]) -> Option<&'a Exercise> {
    exercises.iter().find(|exercise| exercise.id == dose.exercise)
}

fn unknown(dose: &Prescription) -> String {
    format!("there is no exercise `{}`; write the id of a file in assets/exercises", dose.exercise)
}

/// Why a dose does not fit its exercise, and what to write.
fn misfit(dose: &Prescription, exercise: &Exercise) -> Option<String> {
    let id = &exercise.id;
    let (held, paced, timed) = (dose.hold_s.is_some(), dose.minutes.is_some(), dose.tempo_s.is_some());
    if exercise.test.is_some() {
        let plain = !held && !paced && !timed && dose.reps == 1;
        return (!plain).then(|| format!("`{id}` is a test and ends by itself; write only sets and rest_s"));
    }
    match &exercise.kind {
        Kind::Reps if held || paced => Some(format!("`{id}` is counted; write reps, not hold_s or minutes")),
        Kind::Reps => match dose.tempo_s {
            None => {
                Some(format!("`{id}` has no tempo; write tempo_s = [out, far end, back, rest] in seconds"))
            }
            Some(tempo_s) => too_fast_or_slow(tempo_s, exercise),
        },
        Kind::Hold(_) if !held || timed => {
            Some(format!("`{id}` is held; write hold_s, with reps for how often, and no tempo_s"))
        }
        Kind::Paced(_) if !paced || timed || dose.sets != 1 || dose.reps != 1 => {
            Some(format!("`{id}` follows its own pace; write sets = 1 and minutes, no reps and no tempo_s"))
        }
        Kind::Hold(_) | Kind::Paced(_) => None,
    }
}

/// Nobody is asked for a tempo that costs points.
fn too_fast_or_slow(tempo_s: [f64; 4], exercise: &Exercise) -> Option<String> {
    let [out, far, back, _] = tempo_s;
    exercise.tempo.iter().find_map(|rule| {
        let (asked, name) = match rule.stage {
            Stage::Out => (out, "out"),
            Stage::Peak => (far, "at the far end"),
            Stage::Return => (back, "back"),
        };
        let least = rule.min_s.filter(|&least| asked < least);
        let limit = least.or(rule.max_s.filter(|&most| asked > most))?;
        let how = if least.is_some() { "least" } else { "most" };
        Some(format!(
            "tempo_s asks for {asked} s {name}, and the rule `{}` of `{}` wants at {how} {limit}; change one of them",
            rule.id, exercise.id
        ))
    })
}
