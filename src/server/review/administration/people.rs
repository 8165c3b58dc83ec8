//! Everybody of the organisation, and inviting somebody new.

use super::{
    super::{
        Shared,
        enter::{Caller, Visitor},
        frame::{self, hidden},
        log::role_key,
        problem::Problem,
    },
    short,
};
use axum::{extract::State, response::Response};
use baro_locale::Texts;
use baro_store::{PersonState, Store};
use baro_wire::{PersonId, Role};
use maud::{Markup, html};
use std::{collections::BTreeMap, sync::Arc};

/// As what somebody can be invited.
pub const ROLES: [(&str, Role); 4] = [
    ("patient", Role::Patient),
    ("therapist", Role::Therapist),
    ("leader", Role::Leader),
    ("admin", Role::Admin),
];

pub async fn show(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let shown = async {
        let mut caller = shared.administrator(&visitor)?;
        // Still who they are: a role that was taken, or a device that was revoked, ends it.
        let own = caller.staff.access.person;
        shared.member(&mut caller, own).await?;
        let people = shared.members(&caller).await?;
        let treated = shared.treated(&caller).await?;
        let texts = shared.texts(&visitor);
        let title = texts.text("web-administration");
        let body = html! {
            h1 { (title) }
            (invite(texts, &caller))
            h2 { (texts.text("web-people")) }
            (table(texts, &people, &treated))
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

impl Shared {
    /// By patient: who treats them, and who leads their class.
    pub(super) async fn treated(
        &self,
        caller: &Caller,
    ) -> Result<BTreeMap<PersonId, Vec<PersonId>>, Problem> {
        let organisation = caller.staff.access.organisation;
        let find = move |store: &mut dyn Store| store.assignments(organisation);
        let all = self.behind.pool().read("assignments", find).await.ok_or(Problem::Unavailable)?;
        let mut by_patient: BTreeMap<PersonId, Vec<PersonId>> = BTreeMap::new();
        all.into_iter().for_each(|(staff, patient, _)| by_patient.entry(patient).or_default().push(staff));
        Ok(by_patient)
    }
}

fn invite(texts: &Texts, caller: &Caller) -> Markup {
    html! {
        section.card {
            h2 { (texts.text("web-invite")) }
            p.faint { (texts.text("web-invite-help")) }
            form method="post" action="/administration/invite" {
                (hidden(&caller.form))
                label for="role" { (texts.text("web-invite-as")) }
                select id="role" name="role" {
                    @for (name, role) in ROLES { option value=(name) { (texts.text(role_key(role))) } }
                }
                button type="submit" { (texts.text("web-invite-make")) }
            }
        }
    }
}

fn table(texts: &Texts, people: &[PersonState], treated: &BTreeMap<PersonId, Vec<PersonId>>) -> Markup {
    let working = |state: &PersonState| state.devices.iter().filter(|device| !device.revoked).count();
    html! {
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-people")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-person")) }
                    th scope="col" { (texts.text("web-role")) }
                    th.number scope="col" { (texts.text("web-devices")) }
                    th scope="col" { (texts.text("web-treated-by")) }
                } }
                tbody { @for state in people { tr {
                    th scope="row" {
                        @if state.erased_ms.is_some() { code { (short(state.person)) } }
                        @else { a href={ "/administration/" (state.person) } { code { (short(state.person)) } } }
                    }
                    td { (texts.text(role_key(state.role)))
                        @if state.erased_ms.is_some() { span.tag { (texts.text("web-erased")) } } }
                    td.number { (working(state)) }
                    td {
                        @for (n, staff) in treated.get(&state.person).into_iter().flatten().enumerate() {
                            @if n > 0 { ", " } code { (short(*staff)) }
                        }
                        @if state.role == Role::Patient && state.erased_ms.is_none() && !treated.contains_key(&state.person) {
                            (texts.text("web-nobody-treats"))
                        }
                    }
                } } }
            }
        }
    }
}
