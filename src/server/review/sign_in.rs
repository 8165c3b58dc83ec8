//! Signing in: a name, a password, and the digits of the second factor. And choosing the password, with a link, once.

use super::{
    Shared,
    browser::{Staff, WHOLE_MS},
    enter::{COOKIE, Visitor},
    frame::{self, to},
    password::{self, Link},
    problem::Problem,
};
use crate::{factor::Secret, now_ms};
use axum::{
    extract::{Form, Path, State},
    http::{HeaderValue, header::SET_COOKIE},
    response::{IntoResponse as _, Response},
};
use baro_locale::Texts;
use baro_store::{Factor, WebAccess};
use baro_sync::audit;
use baro_wire::{Ask, PersonId};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Passwords that are derived at the same time: each takes 19 MiB.
static DERIVING: Semaphore = Semaphore::const_new(2);

/// What is typed to sign in.
#[derive(Deserialize)]
pub struct Typed {
    name: String,
    password: String,
    digits: String,
}

/// What is typed to choose a password.
#[derive(Deserialize)]
pub struct Chosen {
    password: String,
    again: String,
    digits: String,
}

/// What every form holds.
#[derive(Deserialize)]
pub struct Sent {
    pub form: String,
}

pub async fn show(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let texts = shared.texts(&visitor);
    form(texts, &visitor, None)
}

fn form(texts: &Texts, visitor: &Visitor, wrong: Option<&str>) -> Response {
    let title = texts.text("web-sign-in");
    let body = html! {
        h1 { (title) }
        @if let Some(wrong) = wrong { p.problem role="alert" { (wrong) } }
        form.narrow method="post" action="/sign-in" {
            (field(texts, "name", "web-name", "text", "username"))
            (field(texts, "password", "web-password", "password", "current-password"))
            (field(texts, "digits", "web-digits", "text", "one-time-code"))
            button type="submit" { (title) }
        }
        p.faint { (texts.text("web-no-access")) }
    };
    frame::page(texts, visitor, None, &title, &body)
}

fn field(texts: &Texts, name: &str, key: &str, kind: &str, filled: &str) -> Markup {
    let numeric = (name == "digits").then_some("numeric");
    html! {
        label for=(name) { (texts.text(key)) }
        input id=(name) name=(name) type=(kind) autocomplete=(filled) inputmode=[numeric] required autocapitalize="none" spellcheck="false";
    }
}

pub async fn enter(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Form(typed): Form<Typed>,
) -> Response {
    let outcome = signed_in(&shared, &visitor, &typed).await;
    match outcome {
        // Which of the three was wrong is nobody's to know.
        Err(Problem::Bad(key)) => {
            let texts = shared.texts(&visitor);
            form(texts, &visitor, Some(&texts.text(key)))
        }
        outcome => shared.answered(&visitor, outcome),
    }
}

async fn signed_in(shared: &Shared, visitor: &Visitor, typed: &Typed) -> Result<Response, Problem> {
    if visitor.foreign {
        return Err(Problem::Foreign);
    }
    let name = typed.name.trim().to_lowercase();
    let tried = shared.guesses.take(visitor.from, &name)?;
    let find = move |store: &mut dyn baro_store::Store| {
        let found = store.web_access_named(&name)?;
        let factor = found.as_ref().map(|found| store.factor(found.access.person)).transpose()?.flatten();
        Ok((found, factor))
    };
    let (found, factor) = shared.behind.pool().read("web access", find).await.ok_or(Problem::Unavailable)?;
    let stored = found.as_ref().and_then(|found| found.password.clone());
    let right = derived(typed.password.clone(), stored).await?;
    let wrong = Problem::Bad("web-wrong");
    let found = found.filter(|_| right).ok_or(wrong)?;
    if !use_digits(shared, &found, factor, &typed.digits).await? {
        return Err(wrong);
    }
    shared.guesses.passed(tried);
    begin(shared, &found).await
}

async fn derived(password: String, stored: Option<Vec<u8>>) -> Result<bool, Problem> {
    if password.len() > password::MOST_BYTES {
        return Ok(false);
    }
    let _one = DERIVING.acquire().await.map_err(|_| Problem::Unavailable)?;
    let derive = spawn_blocking(move || password::is_right(&password, stored.as_deref()));
    derive.await.map_err(|_| Problem::Unavailable)
}

/// Each step's digits are good once; that this one was used is on the disk before anybody is in.
async fn use_digits(
    shared: &Shared,
    found: &WebAccess,
    factor: Option<Factor>,
    digits: &str,
) -> Result<bool, Problem> {
    let typed: String = digits.chars().filter(|letter| !letter.is_whitespace()).collect();
    let Some((factor, digits)) = factor.zip(typed.parse().ok()).filter(|_| typed.len() == 6) else {
        return Ok(false);
    };
    let step = Secret::of(factor.secret).step(digits, now_ms(), factor.last_step);
    let (Some(step), person) = (step, found.access.person) else { return Ok(false) };
    let used = shared.behind.pool().change("factor", move |store| store.use_factor_step(person, step)).await;
    used.ok_or(Problem::Unavailable)
}

/// Somebody who is signed in shows once more that it is them, before what is grave.
pub async fn show_digits(
    shared: &Shared,
    visitor: &Visitor,
    person: PersonId,
    digits: &str,
) -> Result<(), Problem> {
    let find = move |store: &mut dyn baro_store::Store| {
        let found = store.web_access(person)?;
        Ok((found, store.factor(person)?))
    };
    let (found, factor) = shared.behind.pool().read("web access", find).await.ok_or(Problem::Unavailable)?;
    let found = found.ok_or(Problem::SignIn)?;
    let tried = shared.guesses.take(visitor.from, &found.name)?;
    if !use_digits(shared, &found, factor, digits).await? {
        return Err(Problem::Bad("web-wrong-digits"));
    }
    shared.guesses.passed(tried);
    Ok(())
}

async fn begin(shared: &Shared, found: &WebAccess) -> Result<Response, Problem> {
    let (person, device) = (found.access.person, found.device);
    let draft = audit::Draft { at_ms: now_ms(), actor: person, device, ask: Ask::SignIn, about: person };
    baro_net::Backend::log(&*shared.behind, vec![draft]).await.map_err(|_| Problem::Unavailable)?;
    let staff = Staff { access: found.access, device };
    let token = shared.browsers.begin(staff, now_ms()).ok_or(Problem::Unavailable)?;
    Ok(with_cookie(to("/"), token.text(), WHOLE_MS / 1_000))
}

fn with_cookie(response: Response, token: &str, seconds: i64) -> Response {
    let kept = format!("{COOKIE}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict");
    match HeaderValue::from_str(&kept) {
        Ok(kept) => ([(SET_COOKIE, kept)], response).into_response(),
        Err(_) => response,
    }
}

pub async fn leave(State(shared): State<Arc<Shared>>, visitor: Visitor, Form(sent): Form<Sent>) -> Response {
    let left = shared.sender(&visitor, &sent.form).map(|_| {
        visitor.token.iter().for_each(|token| shared.browsers.end(token));
        with_cookie(to("/sign-in"), "", 0)
    });
    shared.answered(&visitor, left)
}

pub async fn welcome(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(link): Path<String>,
) -> Response {
    let found = linked(&shared, &visitor, &link).await;
    let shown = found.map(|(found, _)| choosing(shared.texts(&visitor), &visitor, &found, None));
    shared.answered(&visitor, shown)
}

/// Whose link it is. Links are guessed no more often than passwords.
async fn linked(
    shared: &Shared,
    visitor: &Visitor,
    link: &str,
) -> Result<(WebAccess, Option<Factor>), Problem> {
    let tried = shared.guesses.take(visitor.from, &visitor.from.ip().to_string())?;
    let hash = Link::parse(link).ok_or(Problem::NotFound)?.hash();
    let find = move |store: &mut dyn baro_store::Store| {
        let Some(found) = store.web_access_linked(hash, now_ms())? else { return Ok(None) };
        let factor = store.factor(found.access.person)?;
        Ok(Some((found, factor)))
    };
    let found = shared.behind.pool().read("web access", find).await.ok_or(Problem::Unavailable)?;
    let found = found.ok_or(Problem::NotFound)?;
    shared.guesses.passed(tried);
    Ok(found)
}

fn choosing(texts: &Texts, visitor: &Visitor, found: &WebAccess, wrong: Option<&str>) -> Response {
    let title = texts.text("web-welcome");
    let least = password::LEAST_LETTERS;
    let body = html! {
        h1 { (title) }
        p { (texts.text("web-welcome-name")) " " strong { (found.name) } }
        p.faint { (texts.with("web-welcome-password", [("least", least.into())])) }
        @if let Some(wrong) = wrong { p.problem role="alert" { (wrong) } }
        form.narrow method="post" action=(visitor.path) {
            // For the browser's own list of passwords.
            input type="hidden" name="name" value=(found.name) autocomplete="username";
            (field(texts, "password", "web-new-password", "password", "new-password"))
            (field(texts, "again", "web-again", "password", "new-password"))
            (field(texts, "digits", "web-digits", "text", "one-time-code"))
            button type="submit" { (texts.text("web-choose")) }
        }
    };
    frame::page(texts, visitor, None, &title, &body)
}

pub async fn choose(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(link): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Response {
    let outcome = async {
        if visitor.foreign {
            return Err(Problem::Foreign);
        }
        let (found, factor) = linked(&shared, &visitor, &link).await?;
        match set_password(&shared, &visitor, &link, &found, factor, &chosen).await {
            Err(Problem::Bad(key)) => {
                let texts = shared.texts(&visitor);
                Ok(choosing(texts, &visitor, &found, Some(&texts.text(key))))
            }
            outcome => outcome,
        }
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

async fn set_password(
    shared: &Shared,
    visitor: &Visitor,
    link: &str,
    found: &WebAccess,
    factor: Option<Factor>,
    chosen: &Chosen,
) -> Result<Response, Problem> {
    if chosen.password != chosen.again {
        return Err(Problem::Bad("web-not-the-same"));
    }
    let length = chosen.password.chars().count();
    let easy = chosen.password.to_lowercase().contains(&found.name);
    if length < password::LEAST_LETTERS || chosen.password.len() > password::MOST_BYTES || easy {
        return Err(Problem::Bad("web-too-short"));
    }
    let tried = shared.guesses.take(visitor.from, &found.name)?;
    if !use_digits(shared, found, factor, &chosen.digits).await? {
        return Err(Problem::Bad("web-wrong-digits"));
    }
    shared.guesses.passed(tried);
    let _one = DERIVING.acquire().await.map_err(|_| Problem::Unavailable)?;
    let password = chosen.password.clone();
    let hashed = spawn_blocking(move || password::hashed(&password)).await.ok().flatten();
    let (hashed, hash) = hashed.zip(Link::parse(link).map(|link| link.hash())).ok_or(Problem::Unavailable)?;
    let set =
        shared.behind.pool().change("password", move |store| store.set_password(hash, now_ms(), &hashed));
    if !set.await.ok_or(Problem::Unavailable)? {
        return Err(Problem::NotFound);
    }
    begin(shared, found).await
}
