//! Who looked, and when: of one person for administrators, and of oneself for everybody.

use super::{
    Shared,
    enter::{Caller, Visitor},
    frame,
    patient::id,
    problem::Problem,
    texts,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use baro_locale::Texts;
use baro_wire::{Ask, AuditEntry, PersonId, Reply, Request, Role};
use maud::{Markup, html};
use std::sync::Arc;

/// The newest lines that are shown.
const LINES: usize = 500;

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Response {
    let shown = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let lines = lines(&mut caller, person).await?;
        Ok(page(shared.texts(&visitor), &visitor, &caller, person, &lines, &[]))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// One's own; and for administrators the way to everybody else's.
pub async fn own(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        let access = caller.staff.access;
        let lines = lines(&mut caller, access.person).await?;
        let mut people = Vec::new();
        if access.role == Role::Admin {
            let find = move |store: &mut dyn baro_store::Store| store.people(access.organisation);
            let all = shared.behind.pool().read("people", find).await.ok_or(Problem::Unavailable)?;
            people = all.into_iter().map(|state| (state.person, state.role)).collect();
        }
        Ok(page(shared.texts(&visitor), &visitor, &caller, access.person, &lines, &people))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

async fn lines(caller: &mut Caller, person: PersonId) -> Result<Vec<AuditEntry>, Problem> {
    let (mut all, mut after) = (Vec::new(), 0);
    loop {
        let Reply::Audit { entries, more, .. } =
            caller.asker.ask(Request::ReadAudit { person, after }).await?
        else {
            return Err(Problem::NotFound);
        };
        after = entries.last().map_or(after, |last| last.number);
        all.extend(entries.into_inner());
        all.drain(..all.len().saturating_sub(LINES));
        if !more {
            return Ok(all);
        }
    }
}

fn page(
    texts: &Texts,
    visitor: &Visitor,
    caller: &Caller,
    person: PersonId,
    lines: &[AuditEntry],
    people: &[(PersonId, Role)],
) -> Response {
    let title = texts.text("web-log");
    let body = html! {
        h1 { (title) }
        p.faint { (texts.text("web-log-of")) " " code { (person) } }
        @if !people.is_empty() {
            h2 { (texts.text("web-people")) }
            ul { @for (person, role) in people { li {
                a href={ "/patient/" (person) "/log" } { code { (short(person)) } } " " (texts.text(role_key(*role)))
            } } }
        }
        (table(texts, lines))
    };
    frame::page(texts, visitor, Some(&caller.form), &title, &body)
}

fn table(texts: &Texts, lines: &[AuditEntry]) -> Markup {
    html! {
        @if lines.is_empty() { p { (texts.text("web-log-nothing")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-log")) {
                table {
                    thead { tr {
                        th scope="col" { (texts.text("web-log-when")) }
                        th scope="col" { (texts.text("web-log-who")) }
                        th scope="col" { (texts.text("web-log-what")) }
                    } }
                    tbody { @for line in lines.iter().rev() { tr {
                        td { (texts::moment(texts, line.at_ms)) }
                        td { @if line.actor == crate::admin::OPERATOR { (texts.text("web-operator")) } @else { code { (short(&line.actor)) } } }
                        td { (texts.text(what(line.ask))) }
                    } } }
                }
            }
        }
    }
}

fn short(person: &PersonId) -> String {
    person.to_string().chars().take(8).collect()
}

pub const fn role_key(role: Role) -> &'static str {
    match role {
        Role::Device | Role::Patient => "web-role-patient",
        Role::Therapist => "web-role-therapist",
        Role::Leader => "web-role-leader",
        Role::Admin => "web-role-admin",
    }
}

/// What was done, in few words; the log itself has it exactly.
const fn what(ask: Ask) -> &'static str {
    match ask {
        Ask::Pair | Ask::InvitePatient | Ask::InviteStaff | Ask::ListDevices => "web-ask-devices",
        Ask::SignIn | Ask::Resume => "web-ask-sign-in",
        Ask::PostMessage | Ask::SeeMessage => "web-ask-message",
        Ask::PostNote | Ask::SeeNote => "web-ask-note",
        Ask::PostPlan | Ask::SeePlan => "web-ask-plan",
        Ask::GiveConsent | Ask::WithdrawConsent | Ask::ReadConsents => "web-ask-consent",
        Ask::RevokeDevice => "web-ask-revoke",
        Ask::Erase => "web-ask-erase",
        Ask::ReadPosts | Ask::Feed | Ask::SeeDiary | Ask::PostDiary => "web-ask-posts",
        Ask::ListRecords
        | Ask::ReadChunk
        | Ask::OfferRecord
        | Ask::PutChunk
        | Ask::Have
        | Ask::SealRecord => "web-ask-records",
        Ask::ReadAudit => "web-ask-audit",
        Ask::ListPatients => "web-ask-patients",
        _ => "web-ask-room",
    }
}
