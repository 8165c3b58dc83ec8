//! A plan as somebody types it: everything is kept as it was typed until it can be read as a plan.

use baro_coach::{
    SideChoice,
    plan::{self, Field, Limits, Prescription, Wrong},
};
use baro_home::{Assigned, Catalogue, today};
use baro_wire::limits::TEXT_BYTES;
use std::collections::{BTreeMap, BTreeSet};

/// The fields of an exercise, as the form names them.
pub const ROW: [&str; 15] = [
    "exercise", "sets", "reps", "hold", "minutes", "days", "side", "rest", "out", "far", "back", "pause",
    "load", "rpe", "pain",
];
pub const TEMPO: [&str; 4] = ["out", "far", "back", "pause"];
/// The limits that are numbers, as `plan.toml` names them.
pub const LIMITS: [&str; 9] = [
    "max_sets",
    "max_reps",
    "max_hold_s",
    "max_minutes",
    "max_load_kg",
    "max_days_a_week",
    "max_rpe",
    "max_pain",
    "min_rest_s",
];
/// Nobody does more in a day.
const MOST_ROWS: usize = 40;

/// What was typed, by the fields' names.
pub type Typed = BTreeMap<String, String>;

/// An exercise as it was typed; what is not there is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row(BTreeMap<&'static str, String>);

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    pub rows: Vec<Row>,
    pub limits: BTreeMap<&'static str, String>,
    pub no_progress: bool,
    pub forbidden: BTreeSet<String>,
    pub why: String,
}

/// Something that keeps what was typed from being a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Of the exercise at this place; none: of the whole plan.
    pub row: Option<usize>,
    /// The field, as the form names it without the row's number.
    pub field: &'static str,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum What {
    NoNumber,
    Empty,
    TooLong,
    /// More than a plan can take with it.
    TooMuch,
    /// What the coach has against it.
    Coach(Wrong),
}

impl Row {
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map(String::as_str).unwrap_or_default()
    }

    fn set(&mut self, name: &'static str, value: impl ToString) {
        self.0.insert(name, value.to_string());
    }

    pub fn of(dose: &Prescription) -> Self {
        let mut row = Self::default();
        row.set("exercise", &dose.exercise);
        row.set("side", side_name(dose.side));
        for (name, value) in [
            ("sets", Some(dose.sets)),
            ("reps", Some(dose.reps)),
            ("hold", dose.hold_s),
            ("minutes", dose.minutes),
            ("days", Some(dose.days_a_week)),
            ("rest", Some(dose.rest_s)),
            ("rpe", Some(dose.rpe_target)),
            ("pain", Some(dose.pain_limit)),
        ] {
            value.into_iter().for_each(|value| row.set(name, value));
        }
        for (name, seconds) in TEMPO.into_iter().zip(dose.tempo_s.into_iter().flatten()) {
            row.set(name, seconds);
        }
        dose.load_kg.into_iter().for_each(|load_kg| row.set("load", load_kg));
        row
    }

    /// As a dose; what can't be read is told to `wrong` with its field.
    fn read(&self, wrong: &mut impl FnMut(&'static str)) -> Prescription {
        let mut whole = |name: &'static str, if_missing: u32| match self.get(name) {
            "" => if_missing,
            text => text.parse().unwrap_or_else(|_| {
                wrong(name);
                if_missing
            }),
        };
        let (sets, reps, rest_s) = (whole("sets", 1), whole("reps", 1), whole("rest", 0));
        let (hold_s, minutes) = (whole("hold", 0), whole("minutes", 0));
        let (days_a_week, rpe_target, pain_limit) = (whole("days", 0), whole("rpe", 5), whole("pain", 4));
        let mut part = |name: &'static str| match self.get(name) {
            "" => None,
            text => text.parse::<f64>().ok().filter(|number| number.is_finite()).or_else(|| {
                wrong(name);
                None
            }),
        };
        let tempo = TEMPO.map(&mut part);
        let timed = tempo.iter().any(Option::is_some);
        let load_kg = part("load").filter(|load_kg| *load_kg != 0.0);
        Prescription {
            exercise: self.get("exercise").to_owned(),
            sets,
            reps,
            hold_s: (!self.get("hold").is_empty()).then_some(hold_s),
            minutes: (!self.get("minutes").is_empty()).then_some(minutes),
            rest_s,
            tempo_s: timed.then(|| tempo.map(Option::unwrap_or_default)),
            load_kg,
            days_a_week,
            side: self.get("side").parse().unwrap_or_default(),
            rpe_target,
            pain_limit,
        }
    }
}

pub const fn side_name(side: SideChoice) -> &'static str {
    match side {
        SideChoice::Auto => "auto",
        SideChoice::Left => "left",
        SideChoice::Right => "right",
    }
}

/// The field of the form that a part of a dose is typed in.
const fn field_of(field: Field) -> &'static str {
    match field {
        Field::Exercise => "exercise",
        Field::Sets => "sets",
        Field::Reps => "reps",
        Field::HoldS => "hold",
        Field::Minutes => "minutes",
        Field::RestS => "rest",
        Field::TempoS => "out",
        Field::LoadKg => "load",
        Field::DaysAWeek => "days",
        Field::Side => "side",
        Field::RpeTarget => "rpe",
        Field::PainLimit => "pain",
    }
}

impl Draft {
    /// To be changed; the reason for it is still to be written.
    pub fn of(plan: &Assigned) -> Self {
        let limits = &plan.limits;
        let whole = |value: Option<u32>| value.map(|value| value.to_string());
        let values = [
            whole(limits.max_sets),
            whole(limits.max_reps),
            whole(limits.max_hold_s),
            whole(limits.max_minutes),
            limits.max_load_kg.map(|load_kg| load_kg.to_string()),
            whole(limits.max_days_a_week),
            whole(limits.max_rpe),
            whole(limits.max_pain),
            whole(limits.min_rest_s),
        ];
        Self {
            rows: plan.doses.iter().map(Row::of).collect(),
            limits: LIMITS.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?))).collect(),
            no_progress: limits.no_progress,
            forbidden: limits.forbidden.iter().cloned().collect(),
            why: String::new(),
        }
    }

    pub fn typed(typed: &Typed) -> Self {
        let get =
            |name: &str| typed.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let row = |i: usize| {
            typed.get(&format!("exercise-{i}"))?;
            Some(Row(ROW.into_iter().filter_map(|name| Some((name, get(&format!("{name}-{i}"))?))).collect()))
        };
        let forbidden = typed.keys().filter_map(|name| name.strip_prefix("forbid-"));
        Self {
            rows: (0..MOST_ROWS).map_while(row).collect(),
            limits: LIMITS.into_iter().filter_map(|name| Some((name, get(name)?))).collect(),
            no_progress: typed.contains_key("no_progress"),
            forbidden: forbidden.map(str::to_owned).collect(),
            why: get("why").unwrap_or_default().replace("\r\n", "\n"),
        }
    }

    /// Adds an exercise in the dose to begin with; its place.
    pub fn add(&mut self, id: &str, catalogue: &Catalogue) -> Option<usize> {
        let exercise = &catalogue.exercise(id).filter(|_| self.rows.len() < MOST_ROWS)?.exercise;
        self.rows.push(Row::of(&today::alone(exercise, catalogue)));
        Some(self.rows.len() - 1)
    }

    /// Puts these in the place of what is there.
    pub fn take(&mut self, doses: &[Prescription]) {
        self.rows = doses.iter().take(MOST_ROWS).map(Row::of).collect();
    }

    /// As a plan, or everything that keeps it from being one. `explained`: with the reason that the patient reads.
    pub fn read(&self, catalogue: &Catalogue, explained: bool) -> Result<Assigned, Vec<Finding>> {
        let mut found = Vec::new();
        let mut doses = Vec::new();
        for (i, row) in self.rows.iter().enumerate() {
            let mut wrong = |field| found.push(Finding { row: Some(i), field, what: What::NoNumber });
            doses.push(row.read(&mut wrong));
        }
        let limits = self.read_limits(&mut found);
        let find = |id: &str| catalogue.exercise(id).map(|file| &*file.exercise);
        for (i, field, wrong) in plan::check(&doses, &limits, find) {
            let (row, field) = (Some(i), field_of(field));
            if found.iter().all(|other| (other.row, other.field) != (row, field)) {
                found.push(Finding { row, field, what: What::Coach(wrong) });
            }
        }
        let whole = |what, field| Finding { row: None, field, what };
        if explained && self.why.is_empty() {
            found.push(whole(What::Empty, "why"));
        }
        if self.why.len() > TEXT_BYTES {
            found.push(whole(What::TooLong, "why"));
        }
        found.sort_by_key(|finding| finding.row.unwrap_or(usize::MAX));
        let why = Some(self.why.clone()).filter(|why| !why.is_empty());
        let plan = Assigned { doses, why, limits, ..Assigned::default() };
        if found.is_empty() { Ok(plan.with_taught(catalogue)) } else { Err(found) }
    }

    fn read_limits(&self, found: &mut Vec<Finding>) -> Limits {
        let mut wrong = |field| found.push(Finding { row: None, field, what: What::NoNumber });
        let mut whole = |field| {
            let text = self.limits.get(field)?;
            text.parse().ok().or_else(|| {
                wrong(field);
                None
            })
        };
        let mut limits = Limits {
            max_sets: whole("max_sets"),
            max_reps: whole("max_reps"),
            max_hold_s: whole("max_hold_s"),
            max_minutes: whole("max_minutes"),
            max_days_a_week: whole("max_days_a_week"),
            max_rpe: whole("max_rpe"),
            max_pain: whole("max_pain"),
            min_rest_s: whole("min_rest_s"),
            max_load_kg: None,
            no_progress: self.no_progress,
            forbidden: self.forbidden.iter().cloned().collect(),
        };
        if let Some(text) = self.limits.get("max_load_kg") {
            limits.max_load_kg =
                text.parse().ok().filter(|load_kg: &f64| *load_kg >= 0.0 && load_kg.is_finite());
            if limits.max_load_kg.is_none() {
                wrong("max_load_kg");
            }
        }
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::{super::super::exercises::CATALOGUE, *};

    const PLAN: &str = "format = 1\n[[doses]]\nexercise = 'squat'\nsets = 2\nreps = 8\nrest_s = 60\ntempo_s = [2, 1, 2.5, 0]\n\
        load_kg = 1.5\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n\
        [[doses]]\nexercise = 'wall-sit'\nsets = 1\nreps = 3\nhold_s = 20\nrest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n\
        [limits]\nmax_reps = 12\nmax_load_kg = 2.5\nno_progress = true\nforbidden = ['lunge']";

    /// As the form sends it.
    fn sent(draft: &Draft) -> Typed {
        let mut typed = Typed::new();
        for (i, row) in draft.rows.iter().enumerate() {
            typed.extend(ROW.map(|name| (format!("{name}-{i}"), row.get(name).to_owned())));
        }
        typed.extend(draft.limits.iter().map(|(name, text)| ((*name).to_owned(), text.clone())));
        typed.extend(draft.forbidden.iter().map(|id| (format!("forbid-{id}"), "on".to_owned())));
        if draft.no_progress {
            typed.insert("no_progress".into(), "on".into());
        }
        typed.insert("why".into(), draft.why.clone());
        typed
    }

    #[test]
    fn a_plan_goes_through_the_form_unchanged() {
        let plan = Assigned { why: Some("Well done".into()), ..Assigned::from_toml(PLAN).unwrap() };
        let draft = Draft { why: "Well done".into(), ..Draft::of(&plan) };
        let again = Draft::typed(&sent(&draft));
        assert_eq!(again, draft);
        let read = again.read(&CATALOGUE, true).unwrap();
        assert_eq!(read, plan);
        assert_eq!(
            Assigned::from_toml(&read.to_toml().unwrap()).unwrap(),
            plan,
            "the patient's device reads it"
        );
    }

    #[test]
    fn every_routine_and_every_exercise_can_be_planned() {
        for routine in &CATALOGUE.routines {
            let mut draft = Draft::default();
            draft.take(&routine.plan());
            draft.read(&CATALOGUE, false).unwrap_or_else(|found| panic!("{}: {found:?}", routine.id));
        }
        for file in &CATALOGUE.exercises {
            let mut draft = Draft::default();
            assert_eq!(draft.add(&file.exercise.id, &CATALOGUE), Some(0));
            draft.read(&CATALOGUE, false).unwrap_or_else(|found| panic!("{}: {found:?}", file.exercise.id));
        }
        assert_eq!(Draft::default().add("nothing", &CATALOGUE), None);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_field_and_stays_typed() {
        let mut typed = sent(&Draft::of(&Assigned::from_toml(PLAN).unwrap()));
        for (name, text) in
            [("sets-0", "x"), ("reps-0", "13"), ("hold-1", ""), ("max_pain", "-1"), ("load-0", "NaN")]
        {
            typed.insert(name.into(), text.into());
        }
        let draft = Draft::typed(&typed);
        assert_eq!((draft.rows[0].get("sets"), draft.limits["max_pain"].as_str()), ("x", "-1"));
        let found = draft.read(&CATALOGUE, true).unwrap_err();
        let of = |row, field| found.iter().find(|f| (f.row, f.field) == (row, field)).map(|f| f.what);
        assert_eq!(of(Some(0), "sets"), Some(What::NoNumber));
        assert_eq!(of(Some(0), "load"), Some(What::NoNumber));
        assert_eq!(of(Some(0), "reps"), Some(What::Coach(Wrong::AboveLimit(12.0))));
        assert_eq!(of(Some(1), "hold"), Some(What::Coach(Wrong::Missing)));
        assert_eq!(of(None, "max_pain"), Some(What::NoNumber));
        assert_eq!(of(None, "why"), Some(What::Empty));
        assert_eq!(found.len(), 6, "{found:?}");
    }
}
