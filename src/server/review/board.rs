//! Who is treated, and who needs help first.

use super::{Shared, care::Board, enter::Visitor, frame, problem::Problem};
use axum::{extract::State, response::Response};
use baro_locale::Texts;
use baro_review::triage::{Reason, Strength};
use baro_wire::{PersonId, Role};
use maud::{Markup, html};
use std::sync::Arc;

pub async fn show(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        // Who administers treats nobody.
        if caller.staff.access.role == Role::Admin {
            return Ok(frame::to("/administration"));
        }
        shared.thresholds(&mut caller).await?;
        let board = shared.board(&mut caller).await?;
        let texts = shared.texts(&visitor);
        let title = texts.text("web-board");
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body(texts, &board)))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn body(texts: &Texts, board: &Board) -> Markup {
    html! {
        h1 { (texts.text("web-board")) }
        @if board.seen.is_empty() && board.hidden.is_empty() { p { (texts.text("web-nobody")) } }
        @let need = board.seen.iter().filter(|(_, reasons)| !reasons.is_empty()).count();
        @if !board.seen.is_empty() {
            p { (texts.with("web-need", [("need", need.into()), ("all", board.seen.len().into())])) }
        }
        ul.cards {
            @for (person, reasons) in &board.seen {
                li class={ "card " (reasons.first().map_or("none", |reason| look(reason.strength))) } {
                    h2 {
                        a href={ "/patient/" (person) } { (name(texts, *person)) }
                        @if let Some(reason) = reasons.first() { span.tag { (texts.text(reason.strength.key())) } }
                    }
                    (why(texts, reasons))
                }
            }
        }
        @if !board.hidden.is_empty() {
            h2 { (texts.text("web-hidden")) }
            ul.plain { @for person in &board.hidden { li { (name(texts, *person)) ": " (texts.text("web-not-agreed")) } } }
        }
    }
}

/// Each reason in words, the strongest first.
pub fn why(texts: &Texts, reasons: &[Reason]) -> Markup {
    html! {
        @if reasons.is_empty() { p.faint { (texts.text("web-no-reason")) } } @else {
            ul.reasons { @for reason in reasons { li { (reason.text().in_words(texts)) } } }
        }
    }
}

/// The look of a card; the words beside it say the same.
const fn look(strength: Strength) -> &'static str {
    match strength {
        Strength::Low => "low",
        Strength::Medium => "medium",
        Strength::High => "high",
        Strength::Urgent => "urgent",
    }
}

/// The server knows no names: whose id it is stands in the clinic's own papers.
pub fn name(texts: &Texts, person: PersonId) -> String {
    let short: String = person.to_string().chars().take(8).collect();
    texts.with("web-patient", [("id", short.into())])
}
