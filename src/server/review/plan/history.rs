//! Every version of the plan: who wrote it when and why, what changed, and the way back to it.

use super::{
    super::{Shared, board, care::Planned, enter::Visitor, frame, patient::id, problem::Problem, texts},
    words,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use baro_home::Assigned;
use baro_locale::Texts;
use baro_wire::PersonId;
use maud::{Markup, html};
use std::sync::Arc;

/// The newest versions that are shown.
const VERSIONS: usize = 100;

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
        let title = texts.text("plan-history");
        let plans = about.plans();
        let own = caller.staff.access.person;
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (title) }
            p { a href={ "/patient/" (person) "/plan" } { (texts.text("web-change-plan")) } }
            @if plans.is_empty() { p { (texts.text("web-no-plan")) } }
            ol.plain { @for n in (0..plans.len()).rev().take(VERSIONS) { (version(texts, person, own, &plans, n)) } }
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// Who wrote something: the server knows no names.
pub fn author(texts: &Texts, author: PersonId, own: PersonId) -> String {
    if author == own {
        return texts.text("plan-by-you");
    }
    let short: String = author.to_string().chars().take(8).collect();
    texts.with("plan-by", [("id", short.into())])
}

fn version(texts: &Texts, person: PersonId, own: PersonId, plans: &[Planned], n: usize) -> Markup {
    let Planned { entry, plan } = &plans[n];
    let holds = n + 1 == plans.len();
    // What the patient's program compared it with, too: the last one before that can be read.
    let before = plans[..n].iter().rev().find_map(|before| before.plan.clone());
    let nothing = Assigned::default();
    let number = texts.with("plan-version", [("number", (n + 1).to_string().into())]);
    html! {
        li.card id={ "version-" (n + 1) } {
            h2 { (number) @if holds { span.tag { (texts.text("plan-holds")) } } }
            p.faint { (texts::moment(texts, entry.stored_ms)) ", " (author(texts, entry.author, own)) }
            @match plan {
                None => p.problem { (texts.text("plan-unreadable")) },
                Some(plan) => {
                    @if let Some(why) = &plan.why { p.said { (why) } }
                    @let changes = words::changes(texts, plan, before.as_ref().unwrap_or(&nothing));
                    @if changes.is_empty() { p { (texts.text("plan-no-change")) } } @else {
                        ul { @for change in changes { li { (change) } } }
                    }
                    @if before.is_some() && !plan.doses.is_empty() {
                        details {
                            summary { (texts.text("plan-whole")) }
                            (whole(texts, plan))
                        }
                    }
                    @if !holds {
                        p { a.button href={ "/patient/" (person) "/plan?from=" (entry.cursor) } aria-label={ (texts.text("plan-again")) ": " (number) } { (texts.text("plan-again")) } }
                    }
                }
            }
        }
    }
}

/// Everything that a plan says.
pub fn whole(texts: &Texts, plan: &Assigned) -> Markup {
    html! {
        ol { @for dose in &plan.doses { li { (words::dose(texts, dose)) } } }
        @let limits = words::limits(texts, &plan.limits);
        @if !limits.is_empty() { ul { @for limit in limits { li { (limit) } } } }
    }
}
