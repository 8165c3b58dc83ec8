//! What is done for somebody of the organisation: each of it stands in the audit log.

use super::{
    super::{
        Shared,
        enter::Visitor,
        frame::{self, to},
        patient::{id, raw},
        problem::Problem,
        sign_in::Sent,
    },
    invite::picture,
    short,
};
use crate::{admin, factor::Secret, now_ms};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_store::{Assignment, Store};
use baro_wire::{Ask, DeviceId, PersonId, Post, PostBody, PostId, Role};
use maud::html;
use serde::Deserialize;
use std::sync::Arc;

/// Who is to treat, or no longer.
#[derive(Deserialize)]
pub struct Treating {
    form: String,
    staff: String,
    ends: Option<String>,
}

/// Which device.
#[derive(Deserialize)]
pub struct OfDevice {
    form: String,
    device: String,
}

fn page_of(person: PersonId) -> Response {
    to(&format!("/administration/{person}"))
}

/// From an address that only takes forms.
pub async fn back() -> Response {
    to("/administration")
}

pub async fn assign(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(treating): Form<Treating>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &treating.form)?;
        let patient = shared.member(&mut caller, id(&person)?).await?.person;
        let staff = shared.member(&mut caller, id(&treating.staff)?).await?;
        let assignment = match (treating.ends.is_some(), staff.role) {
            (true, _) => Assignment::Ends,
            (false, Role::Leader) => Assignment::Leads,
            (false, _) => Assignment::Treats,
        };
        shared.note(&caller, Ask::InvitePatient, patient).await?;
        let assign = move |store: &mut dyn Store| store.assign(staff.person, patient, assignment);
        let assigned = shared.behind.pool().change("assign", assign).await.ok_or(Problem::Unavailable)?;
        if assigned { Ok(page_of(patient)) } else { Err(Problem::Bad("web-assign-wrong")) }
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

pub async fn device(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(of): Form<OfDevice>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &of.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        let device = DeviceId(raw(&of.device)?);
        if member.devices.iter().all(|known| known.device != device) {
            return Err(Problem::NotFound);
        }
        let body = PostBody::RevokeDevice { device };
        let post = Post { id: random()?, about: member.person, written_ms: now_ms(), body };
        caller.asker.post(post).await?;
        shared.hub.revoked(device);
        Ok(page_of(member.person))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

/// A new id; without random numbers nothing is done.
pub fn random() -> Result<PostId, Problem> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map(|()| PostId(id)).map_err(|_| Problem::Unavailable)
}

pub async fn end_sessions(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &sent.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        shared.note(&caller, Ask::SignIn, member.person).await?;
        shared.browsers.end_of(member.person);
        Ok(page_of(member.person))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

/// A new second factor, shown once. Who is signed in with the old one no longer is.
pub async fn factor(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &sent.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        if !member.role.is_staff() {
            return Err(Problem::NotFound);
        }
        shared.note(&caller, Ask::InviteStaff, member.person).await?;
        let secret = Secret::new().map_err(|_| Problem::Unavailable)?;
        let (of, bytes) = (member.person, secret.clone());
        let set =
            shared.behind.pool().change("factor", move |store| store.set_factor(of, bytes.bytes())).await;
        if !set.ok_or(Problem::Unavailable)? {
            return Err(Problem::NotFound);
        }
        // One's own browser is the one that shows it.
        if member.person != caller.staff.access.person {
            shared.browsers.end_of(member.person);
        }
        let texts = shared.texts(&visitor);
        let (title, url) = (texts.text("web-invited-factor"), secret.url_of(member.person));
        let body = html! {
            p { a href={ "/administration/" (member.person) } { "← " code { (short(member.person)) } } }
            h1 { (title) }
            p.done role="status" { (texts.text("web-factor-once")) }
            (picture(texts, &url))
            p.faint { code.long { (url) } }
        };
        Ok(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

/// A link with which they choose a password, shown once. What they had until now ends.
pub async fn web_access(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let done = async {
        let mut caller = shared.administering(&visitor, &sent.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        // It would end the page that shows the link.
        if member.person == caller.staff.access.person {
            return Err(Problem::Bad("web-access-own"));
        }
        shared.note(&caller, Ask::Pair, member.person).await?;
        let (organisation, of, role) = (caller.staff.access.organisation, member.person, member.role);
        let grant = move |store: &mut dyn Store| Ok(admin::grant(store, organisation, of, role).ok());
        let granted = shared.behind.pool().change("web access", grant).await.ok_or(Problem::Unavailable)?;
        let granted = granted.ok_or(Problem::Bad("web-access-factor-first"))?;
        shared.browsers.end_of(member.person);
        let texts = shared.texts(&visitor);
        let title = texts.text("web-access-link");
        let minutes = super::super::Link::VALID_MS / 60_000;
        let server = shared.places.web.as_deref().unwrap_or_default();
        let body = html! {
            p { a href={ "/administration/" (member.person) } { "← " code { (short(member.person)) } } }
            h1 { (title) }
            p.done role="status" { (texts.with("web-access-once", [("minutes", minutes.into())])) }
            p { (texts.text("web-welcome-name")) " " strong { (granted.name) } }
            p { code.long { "https://" (server) "/welcome/" (granted.link) } }
        };
        Ok(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}
