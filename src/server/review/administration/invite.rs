//! Pairing codes, each shown once.

use super::{
    super::{
        Shared,
        enter::{Caller, Visitor},
        frame,
        log::role_key,
        patient::id,
        problem::Problem,
        sign_in::Sent,
    },
    people::ROLES,
    short,
};
use crate::invite::{self, Made};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_locale::Texts;
use baro_wire::{Ask, PersonId, Role};
use maud::{Markup, PreEscaped, html};
use qrcode::{Color, EcLevel, QrCode};
use serde::Deserialize;
use std::{fmt::Write as _, sync::Arc};

/// As what.
#[derive(Deserialize)]
pub struct Wanted {
    form: String,
    role: String,
}

pub async fn somebody(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Form(wanted): Form<Wanted>,
) -> Response {
    let shown = async {
        let mut caller = shared.administering(&visitor, &wanted.form)?;
        let role = ROLES.iter().find(|(name, _)| *name == wanted.role).ok_or(Problem::NotFound)?.1;
        let own = caller.staff.access.person;
        shared.member(&mut caller, own).await?;
        let person = invite::random_person().ok_or(Problem::Unavailable)?;
        let ask = if role == Role::Patient { Ask::InvitePatient } else { Ask::InviteStaff };
        shared.note(&caller, ask, own).await?;
        shared.invited(&visitor, &caller, person, role).await
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

pub async fn another(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let shown = async {
        let mut caller = shared.administering(&visitor, &sent.form)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        let ask = if member.role == Role::Patient { Ask::InvitePatient } else { Ask::InviteStaff };
        shared.note(&caller, ask, member.person).await?;
        shared.invited(&visitor, &caller, member.person, member.role).await
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

impl Shared {
    async fn invited(
        &self,
        visitor: &Visitor,
        caller: &Caller,
        person: PersonId,
        role: Role,
    ) -> Result<Response, Problem> {
        let (organisation, server) = (caller.staff.access.organisation, self.places.devices.clone());
        let make = move |store: &mut dyn baro_store::Store| {
            Ok(invite::made(store, &server, organisation, person, role).ok())
        };
        let made = self.behind.pool().change("invite", make).await.flatten().ok_or(Problem::Unavailable)?;
        let texts = self.texts(visitor);
        let title = texts.text("web-invited");
        let body = html! {
            p { a href="/administration" { "← " (texts.text("web-administration")) } }
            h1 { (title) }
            (card(texts, &made, role))
        };
        Ok(frame::page(texts, visitor, Some(&caller.form), &title, &body))
    }
}

fn card(texts: &Texts, made: &Made, role: Role) -> Markup {
    let minutes = invite::VALID_MS / 60_000;
    html! {
        p { (texts.text(role_key(role))) " " code { (short(made.person)) } }
        p.done role="status" { (texts.with("web-invited-once", [("minutes", minutes.into())])) }
        div.pair {
            div {
                h2 { (texts.text("web-invited-device")) }
                (picture(texts, &made.text))
                p { (texts.text("web-invited-code")) " " strong { code { (made.code.to_string()) } } }
                p.faint { code.long { (made.text) } }
            }
            @if let Some(factor) = &made.factor {
                @let url = factor.url_of(made.person);
                div {
                    h2 { (texts.text("web-invited-factor")) }
                    (picture(texts, &url))
                    p.faint { code.long { (url) } }
                }
            }
        }
        p.faint { (texts.text("web-invited-hand-over")) }
    }
}

/// A text as a QR code. Every dark square is a part of one path.
pub fn picture(texts: &Texts, text: &str) -> Markup {
    const QUIET: usize = 4;
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return html! {} };
    let (width, colours) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (n, _) in colours.iter().enumerate().filter(|(_, colour)| **colour == Color::Dark) {
        let _ = write!(path, "M{} {}h1v1h-1z", n % width + QUIET, n / width + QUIET);
    }
    let side = width + 2 * QUIET;
    html! {
        svg.qr xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (side) " " (side) } width="264" height="264" role="img" aria-label=(texts.text("web-qr")) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#ffffff" {}
            (PreEscaped(format!("<path fill=\"#000000\" d=\"{path}\"/>")))
        }
    }
}
