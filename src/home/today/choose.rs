//! The routine that fits a person's regions and goals.

use super::slot::{slots, unsuitable};
use crate::{Catalogue, Goal, Known, Person, diary::Source};
use baro_coach::{Region, Routine};

/// What weighs how much: a region that hurts or is to be trained, a goal, and the share that the person can do.
const REGION: f64 = 4.0;
const FIRST_REGION: f64 = 2.0;
const GOAL: f64 = 2.0;

/// Id of the routine that fits best; the first by id among equals. `None` where no routine can be done.
pub fn routine(known: &Known, catalogue: &Catalogue) -> Option<String> {
    let nobody = Person::default();
    let person = known.person.as_ref().unwrap_or(&nobody);
    let fits = catalogue.routines.iter().map(|routine| (fit(routine, person, known, catalogue), &routine.id));
    let best =
        fits.filter(|(fit, _)| *fit > 0.0).min_by(|(a, a_id), (b, b_id)| b.total_cmp(a).then(a_id.cmp(b_id)));
    best.map(|(_, id)| id.clone())
}

fn fit(routine: &Routine, person: &Person, known: &Known, catalogue: &Catalogue) -> f64 {
    let exercises = catalogue.exercises_of(routine);
    let tests = exercises.iter().any(|exercise| exercise.test.is_some());
    if tests || routine.avoid.iter().any(|condition| person.conditions.contains(condition)) {
        return 0.0;
    }
    let named = |region: &Region| routine.body.contains(region);
    let matched = person.regions.iter().filter(|region| named(region)).count() as f64;
    // Of two that name it, the one that is for little else.
    let regions = matched * (REGION + 1.0 / routine.body.len().max(1) as f64);
    let first =
        routine.body.first().filter(|first| person.regions.contains(first)).map_or(0.0, |_| FIRST_REGION);
    let goals = person.goals.iter().filter_map(|goal| region_of(*goal)).filter(named).count() as f64 * GOAL;
    // Whoever named nothing gets what is for the whole body.
    let whole = if named(&Region::WholeBody) { 1.0 } else { 0.5 };
    let (slots, left_out) = slots(&Source::Routine(routine.id.clone()), known, catalogue);
    let as_written =
        exercises.iter().filter(|exercise| unsuitable(exercise, person, false).is_none()).count();
    let can = slots.len() as f64 / (slots.len() + left_out.len()).max(1) as f64;
    let own = as_written as f64 / exercises.len().max(1) as f64;
    (regions + first + goals + whole) * can * (0.5 + 0.5 * own)
}

/// The region that stands for a goal, where one does.
const fn region_of(goal: Goal) -> Option<Region> {
    match goal {
        Goal::SteadyOnFeet => Some(Region::Balance),
        Goal::Relax => Some(Region::Breathing),
        Goal::DailyTasks | Goal::MoveFreely => Some(Region::WholeBody),
        Goal::LessPain | Goal::GetStronger => None,
    }
}
