//! Somebody of the organisation: what they agree to, who treats them, their devices, and what can be done.

use super::{
    super::{
        Shared,
        enter::Caller,
        enter::Visitor,
        frame::{self, hidden},
        log::role_key,
        patient::id,
        problem::Problem,
        texts,
    },
    short,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use baro_locale::Texts;
use baro_store::{PersonState, Store};
use baro_wire::{ConsentState, PersonId, PostBody, Purpose, Reply, Request, Role};
use maud::{Markup, html};
use std::sync::Arc;

/// A purpose, whether it is agreed to, since when, and to which text.
struct Agreed {
    purpose: Purpose,
    given: bool,
    /// By the server's clock; never decided: `None`.
    since: Option<(i64, u32)>,
}

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Response {
    let shown = async {
        let mut caller = shared.administrator(&visitor)?;
        let member = shared.member(&mut caller, id(&person)?).await?;
        let agreed = shared.agreed(&mut caller, &member).await?;
        let treated = shared.treated(&caller).await?;
        let people = shared.members(&caller).await?;
        let texts = shared.texts(&visitor);
        let title = format!("{} {}", texts.text(role_key(member.role)), short(member.person));
        let of = treated.get(&member.person).cloned().unwrap_or_default();
        let body = html! {
            p { a href="/administration" { "← " (texts.text("web-administration")) } }
            h1 { (title) }
            p.faint { code { (member.person) } }
            @if member.role == Role::Patient {
                (consents(texts, &agreed))
                (treating(texts, &caller, &member, &of, &people))
            } @else { (signing_in(texts, &caller, &member)) }
            (devices(texts, &caller, &member))
            h2 { (texts.text("web-log")) }
            p { a href={ "/patient/" (member.person) "/log" } { (texts.text("web-to-log")) } }
            (data(texts, &caller, &member))
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

impl Shared {
    async fn agreed(&self, caller: &mut Caller, member: &PersonState) -> Result<Vec<Agreed>, Problem> {
        if member.role != Role::Patient {
            return Ok(Vec::new());
        }
        let person = member.person;
        let Reply::Consents { state, .. } = caller.asker.ask(Request::ReadConsents { person }).await? else {
            return Err(Problem::NotFound);
        };
        // Only what they decided is taken from their feed: an administrator sees nothing else of it.
        let find = move |store: &mut dyn Store| {
            let entries = store.about(person, person, 0)?.entries.into_iter();
            let decided = entries.filter_map(|entry| match entry.post.body {
                PostBody::Consent { purpose, text_version, .. } => {
                    Some((purpose, entry.stored_ms, text_version))
                }
                _ => None,
            });
            Ok(decided.collect::<Vec<_>>())
        };
        let decided = self.behind.pool().read("consents", find).await.ok_or(Problem::Unavailable)?;
        Ok(Purpose::ALL.into_iter().map(|purpose| of(purpose, &state, &decided)).collect())
    }
}

fn of(purpose: Purpose, state: &ConsentState, decided: &[(Purpose, i64, u32)]) -> Agreed {
    let last = decided.iter().rev().find(|(of, ..)| *of == purpose);
    Agreed {
        purpose,
        given: state.consents.has(purpose),
        since: last.map(|(_, stored_ms, version)| (*stored_ms, *version)),
    }
}

fn consents(texts: &Texts, agreed: &[Agreed]) -> Markup {
    html! {
        h2 { (texts.text("web-consents")) }
        div.scroll tabindex="0" role="region" aria-label=(texts.text("web-consents")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-consent-to")) }
                    th scope="col" { (texts.text("web-consent-state")) }
                    th scope="col" { (texts.text("web-consent-since")) }
                    th.number scope="col" { (texts.text("web-consent-version")) }
                } }
                tbody { @for each in agreed { tr {
                    th scope="row" { (texts.text(purpose_key(each.purpose))) }
                    td { (texts.text(match (each.given, each.since) {
                        (true, _) => "web-consent-given",
                        (false, Some(_)) => "web-consent-withdrawn",
                        (false, None) => "web-consent-never",
                    })) }
                    td { @if let Some((ms, _)) = each.since { (texts::moment(texts, ms)) } @else { "–" } }
                    td.number { @if let Some((_, version)) = each.since { (version) } @else { "–" } }
                } } }
            }
        }
        p.faint { (texts.text("web-consent-help")) }
    }
}

const fn purpose_key(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Keep => "web-purpose-keep",
        Purpose::Therapist => "web-purpose-therapist",
        Purpose::Movements => "web-purpose-movements",
        Purpose::Class => "web-purpose-class",
    }
}

fn treating(
    texts: &Texts,
    caller: &Caller,
    member: &PersonState,
    of: &[PersonId],
    people: &[PersonState],
) -> Markup {
    let action = format!("/administration/{}/assign", member.person);
    let staff = people.iter().filter(|state| {
        matches!(state.role, Role::Therapist | Role::Leader)
            && state.erased_ms.is_none()
            && !of.contains(&state.person)
    });
    let free: Vec<_> = staff.collect();
    let role =
        |staff: PersonId| people.iter().find(|state| state.person == staff).map(|state| role_key(state.role));
    html! {
        h2 { (texts.text("web-treated-by")) }
        @if of.is_empty() { p { (texts.text("web-nobody-treats")) } }
        ul.plain { @for staff in of { li {
            form.inline method="post" action=(action) {
                (hidden(&caller.form))
                input type="hidden" name="staff" value=(staff);
                input type="hidden" name="ends" value="yes";
                code { (short(*staff)) } @if let Some(role) = role(*staff) { " · " (texts.text(role)) } " "
                button.quiet type="submit" aria-label=(texts.with("web-assign-end-of", [("id", short(*staff).into())])) { (texts.text("web-assign-end")) }
            }
        } } }
        @if !free.is_empty() {
            form.narrow method="post" action=(action) {
                (hidden(&caller.form))
                label for="staff" { (texts.text("web-assign-to")) }
                select id="staff" name="staff" { @for state in free {
                    option value=(state.person) { (short(state.person)) " · " (texts.text(role_key(state.role))) }
                } }
                button type="submit" { (texts.text("web-assign")) }
            }
        }
    }
}

fn act(caller: &Caller, person: PersonId, what: &str, label: &str, help: &str) -> Markup {
    html! {
        form method="post" action={ "/administration/" (person) "/" (what) } {
            (hidden(&caller.form))
            button.quiet type="submit" aria-describedby=(format!("{what}-help")) { (label) }
            p.faint id={ (what) "-help" } { (help) }
        }
    }
}

fn signing_in(texts: &Texts, caller: &Caller, member: &PersonState) -> Markup {
    let person = member.person;
    html! {
        h2 { (texts.text("web-sign-in")) }
        (act(caller, person, "web-access", &texts.text("web-access-new"), &texts.text("web-access-help")))
        (act(caller, person, "factor", &texts.text("web-factor-new"), &texts.text("web-factor-help")))
        (act(caller, person, "end-sessions", &texts.text("web-end-sessions"), &texts.text("web-end-sessions-help")))
    }
}

fn devices(texts: &Texts, caller: &Caller, member: &PersonState) -> Markup {
    let person = member.person;
    html! {
        h2 { (texts.text("web-devices")) }
        @if member.devices.is_empty() { p { (texts.text("web-no-devices")) } } @else {
            ul.plain { @for device in &member.devices { li {
                (device.name.to_string()) " "
                span.faint { (texts.with("web-device-since", [("when", texts::moment(texts, device.paired_ms).into())])) } " "
                @if device.revoked { span.tag { (texts.text("web-device-revoked")) } } @else {
                    form.inline method="post" action={ "/administration/" (person) "/device" } {
                        (hidden(&caller.form))
                        input type="hidden" name="device" value=(device.device);
                        button.quiet type="submit" aria-label=(texts.with("web-device-revoke-of", [("name", device.name.to_string().into())])) { (texts.text("web-device-revoke")) }
                    }
                }
            } } }
        }
        (act(caller, person, "invite", &texts.text("web-invite-device"), &texts.text("web-invite-device-help")))
    }
}

fn data(texts: &Texts, caller: &Caller, member: &PersonState) -> Markup {
    let person = member.person;
    html! {
        h2 { (texts.text("web-data")) }
        @if member.role == Role::Patient {
            form.narrow method="post" action={ "/administration/" (person) "/export" } {
                (hidden(&caller.form))
                label for="digits" { (texts.text("web-digits")) }
                input id="digits" name="digits" type="text" inputmode="numeric" autocomplete="one-time-code" required aria-describedby="export-help";
                button.quiet type="submit" { (texts.text("web-export")) }
                p.faint id="export-help" { (texts.text("web-export-help")) }
            }
        }
        p { a href={ "/administration/" (person) "/erase" } { (texts.text("web-erase")) } }
    }
}
