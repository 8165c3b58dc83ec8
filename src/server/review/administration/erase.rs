//! Destroying all that is kept of somebody: their code is typed, then it is confirmed, then the receipt is shown.

use super::{
    super::{
        Shared,
        enter::{Caller, Visitor},
        frame::{self, hidden},
        patient::id,
        problem::Problem,
        texts,
    },
    act::random,
    short,
};
use crate::{admin, now_ms};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_locale::Texts;
use baro_net::Backend as _;
use baro_store::PersonState;
use baro_wire::{PersonId, Post, PostBody, PublicKey, Receipt, Reply};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// What was typed, and whether it was confirmed after that.
#[derive(Deserialize)]
pub struct Typed {
    form: String,
    code: String,
    confirmed: Option<String>,
}

pub async fn ask(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Response {
    let shown = async {
        let mut caller = shared.administrator(&visitor)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        let texts = shared.texts(&visitor);
        Ok(page(
            texts,
            &visitor,
            &caller,
            &member,
            &html! {
                p { (texts.text("web-erase-what")) }
                form.narrow method="post" action={ "/administration/" (member.person) "/erase" } {
                    (hidden(&caller.form))
                    label for="code" { (texts.with("web-erase-type", [("id", short(member.person).into())])) }
                    input id="code" name="code" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" required;
                    button type="submit" { (texts.text("web-erase-next")) }
                }
            },
        ))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

pub async fn erase(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &typed.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        if typed.code.trim() != short(member.person) {
            return Err(Problem::Bad("web-erase-wrong"));
        }
        // Who administers alone would lock everybody out.
        if member.person == caller.staff.access.person {
            return Err(Problem::Bad("web-erase-own"));
        }
        let texts = shared.texts(&visitor);
        if typed.confirmed.is_none() {
            return Ok(page(texts, &visitor, &caller, &member, &confirm(texts, &caller, &member)));
        }
        let post = Post { id: random()?, about: member.person, written_ms: now_ms(), body: PostBody::Erase };
        let Reply::Erased { receipt } = caller.asker.post(post).await? else {
            return Err(Problem::Unavailable);
        };
        shared.browsers.end_of(member.person);
        shared.care.forget(member.person);
        member.devices.iter().for_each(|device| shared.hub.revoked(device.device));
        let body = done(texts, &receipt, shared.behind.keys().own());
        Ok(page(texts, &visitor, &caller, &member, &body))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

fn page(texts: &Texts, visitor: &Visitor, caller: &Caller, member: &PersonState, body: &Markup) -> Response {
    let title = texts.with("web-erase-title", [("id", short(member.person).into())]);
    let whole = html! {
        p { a href="/administration" { "← " (texts.text("web-administration")) } }
        h1 { (title) }
        (body)
    };
    frame::page(texts, visitor, Some(&caller.form), &title, &whole)
}

fn confirm(texts: &Texts, caller: &Caller, member: &PersonState) -> Markup {
    let person: PersonId = member.person;
    html! {
        p.problem role="alert" { (texts.text("web-erase-sure")) }
        form method="post" action={ "/administration/" (person) "/erase" } {
            (hidden(&caller.form))
            input type="hidden" name="code" value=(short(person));
            input type="hidden" name="confirmed" value="yes";
            button type="submit" { (texts.text("web-erase-now")) }
        }
        p { a href={ "/administration/" (person) } { (texts.text("web-erase-not")) } }
    }
}

fn done(texts: &Texts, receipt: &Receipt, server: PublicKey) -> Markup {
    let written = admin::receipt(receipt, server).unwrap_or_default();
    let counts = [("records", receipt.records.into()), ("posts", receipt.posts.into())];
    html! {
        p.done role="status" { (texts.with("web-erased-done", counts)) }
        p { (texts::moment(texts, receipt.erased_ms)) }
        h2 { (texts.text("web-erase-receipt")) }
        p { (texts.text("web-erase-keep")) }
        pre.scroll tabindex="0" role="region" aria-label=(texts.text("web-erase-receipt")) { (written) }
        p.faint { (texts.text("web-erase-backups")) }
    }
}
