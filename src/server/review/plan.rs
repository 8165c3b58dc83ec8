//! The plan, and changing how much of each exercise is done, with the reason that the patient reads.

use super::{
    Shared, board,
    care::About,
    enter::Visitor,
    frame::{self, hidden, once, to},
    patient::id,
    problem::Problem,
    texts,
    write::typed,
};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_coach::plan::Limits;
use baro_home::{Assigned, PLAN_FORMAT};
use baro_locale::Texts;
use baro_wire::{Cursor, PersonId, PostBody, Text};
use maud::{Markup, html};
use std::{collections::BTreeMap, sync::Arc};

/// More is no exercise of anybody's.
const MOST_SETS: u32 = 10;
const MOST_REPS: u32 = 100;
const DAYS: u32 = 7;

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Response {
    let shown = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let about = shared.about(&mut caller, person).await?;
        let texts = shared.texts(&visitor);
        let title = texts.text("web-change-plan");
        let (at, plan) = start(&about);
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (title) }
            @if at == 0 && !plan.doses.is_empty() { p.faint { (texts.text("web-plan-from-last")) } }
            @if plan.doses.is_empty() { p { (texts.text("web-plan-nothing")) } } @else {
                (form(texts, person, at, &plan, &caller.form))
            }
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// The plan that holds, and where it stands; where nobody wrote one (0), what the last visit was done by.
fn start(about: &About) -> (Cursor, Assigned) {
    if let Some((at, plan)) = about.plan().filter(|(_, plan)| !plan.doses.is_empty()) {
        return (at, plan);
    }
    let limits = about.plan().map_or_else(Limits::default, |(_, plan)| plan.limits);
    let visits = about.visits();
    let last = visits.iter().rev().find(|visit| visit.is_session());
    let doses = last.map(|visit| visit.items.iter().map(|item| item.dose.clone()).collect());
    (0, Assigned { format: PLAN_FORMAT, doses: doses.unwrap_or_default(), why: None, limits })
}

fn form(texts: &Texts, person: PersonId, at: Cursor, plan: &Assigned, form: &str) -> Markup {
    let number = |name: String, label: &str, value: u32, most: u32| {
        html! { div {
            label for=(name) { (texts.text(label)) }
            input id=(name) name=(name) type="number" min="1" max=(most) value=(value) required;
        } }
    };
    html! {
        form method="post" action={ "/patient/" (person) "/plan" } {
            (hidden(form)) (once())
            input type="hidden" name="at" value=(at);
            @for (i, dose) in plan.doses.iter().enumerate() {
                fieldset.card {
                    legend { strong { (texts::exercise(texts, &dose.exercise)) } }
                    div.pair {
                        (number(format!("sets-{i}"), "web-sets", dose.sets, MOST_SETS))
                        (number(format!("reps-{i}"), "web-reps", dose.reps, MOST_REPS))
                        (number(format!("days-{i}"), "web-days", dose.days_a_week, DAYS))
                    }
                }
            }
            label for="why" { (texts.text("web-why")) }
            textarea id="why" name="why" rows="3" maxlength="600" required aria-describedby="why-help" {}
            p.faint id="why-help" { (texts.text("web-why-help")) }
            button type="submit" { (texts.text("web-save-plan")) }
        }
    }
}

pub async fn change(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(typed): Form<BTreeMap<String, String>>,
) -> Response {
    let outcome = async {
        let field = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let mut caller = shared.sender(&visitor, field("form"))?;
        let person = id(&person)?;
        let about = shared.about(&mut caller, person).await?;
        let (at, plan) = start(&about);
        // Somebody else may have written one since the form was made.
        if field("at") != at.to_string() {
            return Err(Problem::Bad("web-plan-outdated"));
        }
        let routine = changed(plan, field)?.to_toml().map_err(|_| Problem::Unavailable)?;
        let routine = Text::new(routine).map_err(|_| Problem::Bad("web-text-too-long"))?;
        shared.post(&mut caller, person, field("once"), PostBody::Plan { routine }).await?;
        Ok(to(&format!("/patient/{person}")))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

fn changed<'a>(mut plan: Assigned, field: impl Fn(&str) -> &'a str) -> Result<Assigned, Problem> {
    let number = |name: String, most: u32, limit: Option<u32>| {
        let number = field(&name).parse().ok().filter(|number| (1..=most).contains(number));
        let number: u32 = number.ok_or(Problem::Bad("web-plan-number"))?;
        // Limits win on the patient's device: what is above would silently not hold.
        if limit.is_some_and(|limit| number > limit) {
            Err(Problem::Bad("web-plan-limit"))
        } else {
            Ok(number)
        }
    };
    for (i, dose) in plan.doses.iter_mut().enumerate() {
        dose.sets = number(format!("sets-{i}"), MOST_SETS, plan.limits.max_sets)?;
        dose.reps = number(format!("reps-{i}"), MOST_REPS, plan.limits.max_reps)?;
        dose.days_a_week = number(format!("days-{i}"), DAYS, plan.limits.max_days_a_week)?;
    }
    plan.why = Some(typed(field("why"))?.to_string());
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "format = 1\n[[doses]]\nexercise = 'squat'\nsets = 2\nreps = 8\nrest_s = 60\n\
        days_a_week = 3\nrpe_target = 5\npain_limit = 4\n[limits]\nmax_reps = 12";

    #[test]
    fn a_plan_is_changed_within_its_limits_and_with_a_reason() {
        let with = |sets: &'static str, reps: &'static str, why: &'static str| {
            let field = move |name: &str| match name {
                "sets-0" => sets,
                "reps-0" => reps,
                "days-0" => "4",
                "why" => why,
                _ => "",
            };
            changed(Assigned::from_toml(PLAN).unwrap(), field)
        };
        let plan = with("3", "10", "It goes well").unwrap();
        let dose = &plan.doses[0];
        assert_eq!((dose.sets, dose.reps, dose.days_a_week, dose.rest_s), (3, 10, 4, 60));
        assert_eq!(
            Assigned::from_toml(&plan.to_toml().unwrap()).unwrap(),
            plan,
            "the patient's device reads it"
        );
        assert_eq!(with("3", "13", "x").unwrap_err(), Problem::Bad("web-plan-limit"));
        for (sets, reps) in [("0", "8"), ("11", "8"), ("2", ""), ("2", "-1"), ("2", "101")] {
            assert_eq!(with(sets, reps, "x").unwrap_err(), Problem::Bad("web-plan-number"), "{sets} {reps}");
        }
        assert_eq!(with("3", "10", "  ").unwrap_err(), Problem::Bad("web-empty"));
    }
}
