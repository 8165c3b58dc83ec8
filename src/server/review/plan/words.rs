//! Doses, limits and what changed between two plans, in words.

use super::{
    super::texts,
    draft::{Draft, Finding, What},
};
use baro_coach::{
    Stage,
    plan::{Limits, Prescription, Wrong},
};
use baro_home::{Assigned, Catalogue, ExerciseFile, PlanChange};
use baro_locale::Texts;

/// Sets, repetitions or time, side and load, as the patient's program says it.
pub fn amount(texts: &Texts, dose: &Prescription) -> String {
    let (sets, reps) = (("sets", dose.sets.into()), ("reps", dose.reps.into()));
    let mut text = match (dose.minutes, dose.hold_s) {
        (Some(minutes), _) => texts.with("flow-dose-paced", [("minutes", minutes.into())]),
        (None, Some(seconds)) => texts.with("flow-dose-hold", [sets, reps, ("seconds", seconds.into())]),
        (None, None) => texts.with("flow-dose-reps", [sets, reps]),
    };
    let side = super::draft::side_name(dose.side);
    if side != "auto" {
        text += &texts.with("flow-dose-side", [("side", side.into())]);
    }
    if let Some(load_kg) = dose.load_kg.filter(|load_kg| *load_kg > 0.0) {
        text += &texts.with("flow-dose-load", [("load", load_kg.into())]);
    }
    text
}

/// An exercise, how much of it, and how often.
pub fn dose(texts: &Texts, dose: &Prescription) -> String {
    let exercise = texts::exercise(texts, &dose.exercise).into();
    let args =
        [("exercise", exercise), ("dose", amount(texts, dose).into()), ("days", dose.days_a_week.into())];
    texts.with("plan-dose", args)
}

/// What a field is called.
pub fn label(texts: &Texts, field: &str) -> String {
    texts.text(&format!("plan-{}", field.replace('_', "-")))
}

fn number(value: f64) -> String {
    value.to_string()
}

/// Each part of a dose that a plan can change, as the form names it.
fn parts(texts: &Texts, dose: &Prescription) -> Vec<(&'static str, Option<String>)> {
    let whole = |value: u32| Some(value.to_string());
    let tempo = |tempo_s: [f64; 4]| tempo_s.map(number).join("-");
    vec![
        ("sets", whole(dose.sets)),
        ("reps", whole(dose.reps)),
        ("hold", dose.hold_s.and_then(whole)),
        ("minutes", dose.minutes.and_then(whole)),
        ("days", whole(dose.days_a_week)),
        ("side", Some(texts.text(&format!("plan-side-{}", super::draft::side_name(dose.side))))),
        ("rest", whole(dose.rest_s)),
        ("tempo", dose.tempo_s.map(tempo)),
        ("load", dose.load_kg.map(number)),
        ("rpe", whole(dose.rpe_target)),
        ("pain", whole(dose.pain_limit)),
    ]
}

fn numbers(limits: &Limits) -> Vec<(&'static str, Option<String>)> {
    let draft = Draft::of(&Assigned { limits: limits.clone(), ..Assigned::default() });
    super::draft::LIMITS.into_iter().map(|name| (name, draft.limits.get(name).cloned())).collect()
}

/// "Sets: 2 → 3".
fn moved(texts: &Texts, field: &str, from: Option<String>, to: Option<String>) -> String {
    let told = |value: Option<String>| value.unwrap_or_else(|| texts.text("plan-none"));
    let args = [("field", label(texts, field).into()), ("from", told(from).into()), ("to", told(to).into())];
    texts.with("plan-moved", args)
}

/// What is otherwise than in the plan before, a sentence each.
pub fn changes(texts: &Texts, now: &Assigned, before: &Assigned) -> Vec<String> {
    let name = |id: &str| texts::exercise(texts, id);
    let sentence = |change: PlanChange| match change {
        PlanChange::New(dose) => texts.with("plan-new", [("dose", self::dose(texts, &dose).into())]),
        PlanChange::Gone(dose) => texts.with("plan-gone", [("exercise", name(&dose.exercise).into())]),
        PlanChange::Other { from, to } => {
            let both = parts(texts, &from).into_iter().zip(parts(texts, &to));
            let otherwise = both.filter(|((_, from), (_, to))| from != to);
            let all: Vec<String> =
                otherwise.map(|((field, from), (_, to))| moved(texts, field, from, to)).collect();
            let args = [("exercise", name(&to.exercise).into()), ("changes", all.join(", ").into())];
            texts.with("plan-other", args)
        }
    };
    let mut all: Vec<String> = now.changes_since(before).into_iter().map(sentence).collect();
    if order(now, before) != order(before, now) {
        all.push(texts.text("plan-order"));
    }
    let limits = numbers(&before.limits).into_iter().zip(numbers(&now.limits));
    let limits = limits.filter(|((_, from), (_, to))| from != to);
    all.extend(limits.map(|((field, from), (_, to))| moved(texts, field, from, to)));
    match (before.limits.no_progress, now.limits.no_progress) {
        (false, true) => all.push(texts.text("plan-held")),
        (true, false) => all.push(texts.text("plan-free")),
        _ => {}
    }
    let lacks = |a: &Limits, b: &Limits| -> Vec<String> {
        a.forbidden.iter().filter(|id| !b.forbidden.contains(id)).map(|id| name(id)).collect()
    };
    for (key, names) in [
        ("plan-forbidden-now", lacks(&now.limits, &before.limits)),
        ("plan-forbidden-no-more", lacks(&before.limits, &now.limits)),
    ] {
        all.extend(names.into_iter().map(|name| texts.with(key, [("exercise", name.into())])));
    }
    all
}

/// What stands in both, in the order of the first.
fn order<'a>(of: &'a Assigned, and: &Assigned) -> Vec<(&'a str, &'static str)> {
    let key = |dose: &Prescription| (dose.exercise.clone(), dose.side);
    let both = of.doses.iter().filter(|dose| and.doses.iter().any(|other| key(other) == key(dose)));
    both.map(|dose| (dose.exercise.as_str(), super::draft::side_name(dose.side))).collect()
}

/// Limits that are set, a sentence each.
pub fn limits(texts: &Texts, limits: &Limits) -> Vec<String> {
    let none = Assigned::default();
    let some = Assigned { limits: limits.clone(), ..none.clone() };
    changes(texts, &some, &none)
}

/// What is wrong, with the exercise and the field.
pub fn finding(texts: &Texts, draft: &Draft, finding: &Finding) -> String {
    let seconds = |value: f64| number(value).into();
    let stage = |stage: Stage| {
        let name = match stage {
            Stage::Out => "out",
            Stage::Peak => "far",
            Stage::Return => "back",
        };
        ("stage", label(texts, name).into())
    };
    let what = match finding.what {
        What::NoNumber => texts.text("plan-wrong-number"),
        What::Empty => texts.text("plan-wrong-empty"),
        What::TooLong => texts.text("plan-wrong-long"),
        What::TooMuch => texts.text("plan-wrong-much"),
        What::Coach(wrong) => match wrong {
            Wrong::Missing => texts.text("plan-wrong-missing"),
            Wrong::NotHere => texts.text("plan-wrong-not-here"),
            Wrong::Outside { low, high } => {
                texts.with("plan-wrong-outside", [("low", seconds(low)), ("high", seconds(high))])
            }
            Wrong::TooFast { stage: of, least_s } => {
                texts.with("plan-wrong-fast", [stage(of), ("seconds", seconds(least_s))])
            }
            Wrong::TooSlow { stage: of, most_s } => {
                texts.with("plan-wrong-slow", [stage(of), ("seconds", seconds(most_s))])
            }
            Wrong::AboveLimit(most) => texts.with("plan-wrong-above", [("limit", seconds(most))]),
            Wrong::BelowLimit(least) => texts.with("plan-wrong-below", [("limit", seconds(least))]),
            Wrong::Forbidden => texts.text("plan-wrong-forbidden"),
            Wrong::Twice => texts.text("plan-wrong-twice"),
            Wrong::Unknown => texts.text("plan-wrong-unknown"),
        },
    };
    if finding.what == What::TooMuch {
        return what;
    }
    let field = label(texts, if finding.field == "out" { "tempo" } else { finding.field });
    let row = finding.row.and_then(|row| draft.rows.get(row));
    match row {
        None => texts.with("plan-finding", [("field", field.into()), ("what", what.into())]),
        Some(row) => {
            let exercise = texts::exercise(texts, row.get("exercise")).into();
            texts.with(
                "plan-finding-of",
                [("exercise", exercise), ("field", field.into()), ("what", what.into())],
            )
        }
    }
}

type Named<'a> = Vec<(String, &'a str)>;

/// Every exercise with its name, by name: those that somebody taught, and those that ship.
pub fn exercises<'a>(texts: &Texts, catalogue: &'a Catalogue) -> (Named<'a>, Named<'a>) {
    let named = |file: &'a ExerciseFile| (texts.text(&file.exercise.name_key), file.exercise.id.as_str());
    let (own, shipped): (Vec<_>, Vec<_>) = catalogue.exercises.iter().partition(|file| file.is_taught());
    let [own, shipped] = [own, shipped].map(|files| {
        let mut all: Named = files.into_iter().map(named).collect();
        all.sort();
        all
    });
    (own, shipped)
}

#[cfg(test)]
mod tests {
    use super::{super::super::texts::Both, *};
    use baro_locale::Language;

    fn plan(text: &str) -> Assigned {
        let dose = "rest_s = 60\ndays_a_week = 3\nrpe_target = 5\npain_limit = 4\n";
        Assigned::from_toml(&format!("format = 1\n{}", text.replace("DOSE", dose))).unwrap()
    }

    #[test]
    fn each_change_is_a_sentence() {
        let before = plan(
            "[[doses]]\nexercise = 'squat'\nsets = 2\nreps = 8\nDOSE[[doses]]\nexercise = 'bridge'\nsets = 2\nreps = 8\nDOSE\
             [[doses]]\nexercise = 'wall-sit'\nsets = 1\nreps = 3\nhold_s = 20\nDOSE[limits]\nforbidden = ['lunge']",
        );
        let after = plan(
            "[[doses]]\nexercise = 'wall-sit'\nsets = 1\nreps = 3\nhold_s = 30\nDOSE[[doses]]\nexercise = 'squat'\nsets = 3\nreps = 8\n\
             tempo_s = [2, 1, 2.5, 0]\nDOSE[[doses]]\nexercise = 'shoulder-abduction'\nside = 'left'\nsets = 2\nreps = 10\nDOSE[limits]\n\
             max_reps = 12\nno_progress = true\nforbidden = ['deep-squat']",
        );
        let both = Both::new().unwrap();
        let said = changes(both.of(Language::English), &after, &before);
        let expected = [
            "Wall sit: hold (seconds) 20 → 30",
            "Squat: sets 2 → 3, tempo none → 2-1-2.5-0",
            "New: Side arm raise: 2 sets of 10, left side, 3 days a week",
            "No more: Bridge",
            "The order is otherwise.",
            "most repetitions none → 12",
            "The program may not make it harder by itself.",
            "Not to be done: Deep squat, arms up",
            "May be done again: lunge",
        ];

        assert_eq!(said, expected);
        assert!(
            changes(both.of(Language::Korean), &after, &before).iter().all(|said| !said.contains("plan-"))
        );
        assert!(changes(both.of(Language::English), &after, &after).is_empty());
    }

    #[test]
    fn every_finding_and_field_has_words() {
        let both = Both::new().unwrap();
        let draft = Draft { rows: vec![super::super::draft::Row::default()], ..Draft::default() };
        let wrongs = [
            Wrong::Missing,
            Wrong::NotHere,
            Wrong::Outside { low: 1.0, high: 2.0 },
            Wrong::TooFast { stage: Stage::Out, least_s: 1.0 },
            Wrong::TooSlow { stage: Stage::Peak, most_s: 1.0 },
            Wrong::AboveLimit(1.0),
            Wrong::BelowLimit(1.0),
            Wrong::Forbidden,
            Wrong::Twice,
            Wrong::Unknown,
        ];
        let whats = wrongs.map(What::Coach).into_iter().chain([
            What::NoNumber,
            What::Empty,
            What::TooLong,
            What::TooMuch,
        ]);
        for what in whats {
            for (row, fields) in
                [(Some(0), &super::super::draft::ROW[..]), (None, &super::super::draft::LIMITS[..])]
            {
                for field in fields {
                    for language in Language::ALL {
                        let said = finding(both.of(language), &draft, &Finding { row, field, what });
                        assert!(!said.contains("plan-"), "{said}");
                    }
                }
            }
        }
    }
}
