//! Doses: of an exercise that no routine prescribes, of a variant, and a step down or up when someone asks.
//!
//! The steps themselves are the plan's ([`plan::next`]): asking for less in the middle of a session is answered as the next
//! session would be after one that was too much, asking for more as after some that went well. So a therapist's limits hold here too.

use crate::Catalogue;
use baro_coach::{
    Exercise, Kind, SideChoice, Sides,
    plan::{self, Limits, Prescription, SessionResult, SetResult, Variants},
    safety::{Clearance, NPRS_ACCEPTABLE, Nprs, Rpe},
};

/// A dose to begin with, where no routine says one: two sets of eight, the low end of what trains novices (ACSM 2009); three
/// short holds (McGill 2007).
const SETS: u32 = 2;
const REPS: u32 = 8;
const HOLDS: u32 = 3;
const REST_S: u32 = 45;
const DAYS_A_WEEK: u32 = 3;
const RPE_TARGET: u32 = 4;
/// Sessions that went well, more than the plan needs to go a step up.
const GOOD_SESSIONS: usize = 4;

/// The dose of an exercise alone: as the first routine with it says, else one to begin with.
pub fn alone(exercise: &Exercise, catalogue: &Catalogue) -> Prescription {
    let plain = Prescription {
        exercise: exercise.id.clone(),
        sets: SETS,
        reps: REPS,
        hold_s: None,
        minutes: None,
        rest_s: REST_S,
        tempo_s: None,
        load_kg: None,
        days_a_week: DAYS_A_WEEK,
        side: SideChoice::Auto,
        rpe_target: RPE_TARGET,
        pain_limit: u32::from(NPRS_ACCEPTABLE),
    };
    match written(&exercise.id, catalogue) {
        Some(dose) => Prescription { load_kg: None, ..dose.clone() },
        None => fitted(plain, exercise, catalogue),
    }
}

fn written<'a>(id: &str, catalogue: &'a Catalogue) -> Option<&'a Prescription> {
    let items = catalogue.routines.iter().flat_map(|routine| &routine.items);
    items.map(|item| &item.dose).find(|dose| dose.exercise == id)
}

/// A dose that came from another exercise, made to fit this one: repetitions, holds or minutes.
pub fn fitted(mut dose: Prescription, exercise: &Exercise, catalogue: &Catalogue) -> Prescription {
    let written = written(&exercise.id, catalogue);
    if exercise.sides != Sides::Each {
        dose.side = SideChoice::Auto;
    }
    let was_counted = dose.hold_s.is_none() && dose.minutes.is_none();
    match &exercise.kind {
        _ if exercise.test.is_some() => {
            (dose.sets, dose.reps, dose.hold_s, dose.minutes, dose.tempo_s) = (1, 1, None, None, None);
        }
        Kind::Reps => {
            if !was_counted {
                dose.reps = written.map_or(REPS, |written| written.reps);
            }
            (dose.hold_s, dose.minutes) = (None, None);
            dose.tempo_s = dose.tempo_s.or(written.and_then(|written| written.tempo_s));
        }
        Kind::Hold(hold) => {
            if dose.hold_s.is_none() {
                dose.reps = written.map_or(HOLDS, |written| written.reps);
            }
            let target_s = (hold.target_s.round() as u32).max(1);
            dose.hold_s = dose.hold_s.or(written.and_then(|written| written.hold_s)).or(Some(target_s));
            (dose.minutes, dose.tempo_s, dose.load_kg) = (None, None, None);
        }
        Kind::Paced(pace) => {
            let minutes = (pace.minutes.round() as u32).max(1);
            (dose.sets, dose.reps, dose.hold_s, dose.tempo_s, dose.load_kg) = (1, 1, None, None, None);
            dose.minutes = dose.minutes.or(Some(minutes));
        }
    }
    dose
}

/// The same dose within a therapist's limits; `None` where they allow none of it.
pub fn within(dose: &Prescription, limits: &Limits) -> Option<Prescription> {
    plan::next(dose, Variants::default(), &[], 0, &Clearance::Clear, limits).next
}

/// Less of it, or an easier variant; `for_pain`: the easier variant first. `None` at the bottom.
pub fn less(now: &Prescription, variants: Variants, limits: &Limits, for_pain: bool) -> Option<Prescription> {
    let worst = if for_pain { Nprs::new(10).ok() } else { None };
    let set = SetResult { done: 0, score: None, pain: worst, rpe: None };
    let too_much = result(now, vec![set], None);
    plan::next(now, variants, &[too_much], 0, &Clearance::Clear, limits).next.filter(|next| next != now)
}

/// More of it, or a harder variant. `None` at the top, or where a therapist allows no more.
pub fn more(now: &Prescription, variants: Variants, limits: &Limits) -> Option<Prescription> {
    let no_pain = Nprs::new(0).ok();
    let set = SetResult { done: now.reps, score: Some(100.0), pain: no_pain, rpe: Rpe::new(0.0).ok() };
    let good = result(now, vec![set; now.sets as usize], no_pain);
    let past = vec![good; GOOD_SESSIONS];
    plan::next(now, variants, &past, 0, &Clearance::Clear, limits).next.filter(|next| next != now)
}

fn result(asked: &Prescription, sets: Vec<SetResult>, pain: Option<Nprs>) -> SessionResult {
    SessionResult {
        day: 0,
        asked: asked.clone(),
        sets,
        pain_before: pain,
        pain_next_morning: pain,
        symptom: None,
    }
}
