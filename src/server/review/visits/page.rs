//! The appointments of one patient.

use super::super::{
    Shared, board,
    care::About,
    enter::{Caller, Visitor},
    frame::{self, hidden, once, to},
    patient::{id, raw},
    problem::Problem,
    texts,
    write::typed,
};
use crate::now_ms;
use axum::{
    extract::{Form, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use baro_home::appointments::{Appointment, ics};
use baro_locale::Texts;
use baro_wire::{PersonId, PostBody, PostId, Text};
use data_encoding::HEXLOWER;
use jiff::{Timestamp, civil, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// Shorter and longer is no visit.
const MINUTES: std::ops::RangeInclusive<u16> = 5..=480;
const USUAL_MINUTES: u16 = 30;
/// Those that are over, the newest first.
const PAST: usize = 40;

/// An appointment as it is typed; with `instead_of` it moves that one.
#[derive(Deserialize, Default, Clone)]
pub struct Typed {
    form: String,
    once: String,
    #[serde(default)]
    instead_of: String,
    #[serde(default)]
    day: String,
    #[serde(default)]
    time: String,
    #[serde(default)]
    minutes: String,
    /// `on` for a live visit.
    #[serde(default)]
    live: String,
    #[serde(default)]
    text: String,
    /// `cancel`, or nothing.
    #[serde(default, rename = "do")]
    press: String,
}

#[derive(Deserialize)]
pub struct Written {
    form: String,
    once: String,
    appointment: String,
    text: String,
}

/// What to say above the page, and what was typed.
#[derive(Default)]
struct Told {
    wrong: Option<&'static str>,
    typed: Typed,
}

fn zone() -> TimeZone {
    TimeZone::system()
}

fn local(ms: i64) -> civil::DateTime {
    Timestamp::from_millisecond(ms).unwrap_or_default().to_zoned(zone()).datetime()
}

/// "3 Dec 2026, 10:00 to 10:30".
pub fn span(texts: &Texts, one: &Appointment) -> String {
    let end = local(one.ends_ms()).strftime("%H:%M").to_string();
    let start = texts::moment(texts, one.now.starts_ms);
    texts.with("visits-span", [("start", start.into()), ("end", end.into())])
}

/// "10:00 to 10:30".
pub fn hours(texts: &Texts, one: &Appointment) -> String {
    let at = |ms| local(ms).strftime("%H:%M").to_string().into();
    texts.with("visits-span", [("start", at(one.now.starts_ms)), ("end", at(one.ends_ms()))])
}

/// The next appointment, on the patient's page.
pub fn next(texts: &Texts, person: PersonId, about: &About) -> Markup {
    let all = about.appointments();
    let now = now_ms();
    let next = all.iter().find(|one| !one.now.cancelled && one.ends_ms() > now);
    html! {
        h2 { (texts.text("visits")) }
        p { @match next {
            Some(next) => (span(texts, next)),
            None => (texts.text("visits-none")),
        } }
        p { a href={ "/patient/" (person) "/appointments" } { (texts.text("visits-all")) } }
    }
}

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
) -> Response {
    let shown = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let about = shared.about(&mut caller, person).await?;
        Ok::<_, Problem>(page(&shared, &visitor, &caller, person, &about, &Told::default()))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn page(
    shared: &Shared,
    visitor: &Visitor,
    caller: &Caller,
    person: PersonId,
    about: &About,
    told: &Told,
) -> Response {
    let texts = shared.texts(visitor);
    let title = texts.text("visits");
    let (all, now) = (about.appointments(), now_ms());
    let (coming, mut past): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.ends_ms() > now);
    past.reverse();
    past.truncate(PAST);
    let form = Forms { texts, person, about, form: &caller.form, told };
    let body = html! {
        p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
        h1 { (title) }
        @if let Some(wrong) = told.wrong { p.problem role="alert" { (texts.text(wrong)) " " (texts.text("visits-still-there")) } }
        @if coming.is_empty() { p { (texts.text("visits-none")) } }
        ul.plain { @for one in coming { (form.one(one, true)) } }
        h2 { (texts.text("visits-make")) }
        div.card { (form.make()) }
        @if !past.is_empty() {
            h2 { (texts.text("visits-past")) }
            ul.plain { @for one in past { (form.one(one, false)) } }
        }
        (form.alone())
    };
    let page = frame::page(texts, visitor, Some(&caller.form), &title, &body);
    let status = match told.wrong {
        None => StatusCode::OK,
        Some("visits-meanwhile") => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    (status, page).into_response()
}

struct Forms<'a> {
    texts: &'a Texts,
    person: PersonId,
    about: &'a About,
    form: &'a str,
    told: &'a Told,
}

impl Forms<'_> {
    fn one(&self, one: &Appointment, coming: bool) -> Markup {
        let texts = self.texts;
        let (first, now) = (HEXLOWER.encode(&one.first), HEXLOWER.encode(&one.now.id));
        let summaries: Vec<_> =
            self.about.summaries().into_iter().filter(|(_, of, _)| *of == Some(one.first)).collect();
        html! {
            li.card id={ "visit-" (first) } {
                h2 {
                    (span(texts, one))
                    span.tag { (texts.text(if one.now.live { "visits-live-tag" } else { "visits-here-tag" })) }
                    @if one.now.cancelled { span.tag { (texts.text("visits-cancelled")) } }
                    @else if one.changes > 0 { span.tag { (texts.text("visits-moved")) } }
                }
                @if !one.now.text.is_empty() { p.said { (one.now.text) } }
                @for (entry, _, text) in &summaries { (self.summary(entry.stored_ms, text)) }
                @if coming && !one.now.cancelled {
                    p { a href={ "/patient/" (self.person) "/appointments/" (first) "/baro.ics" } download { (texts.text("visits-ics")) } }
                    details open[self.told.typed.instead_of == now] {
                        summary { (texts.text("visits-move")) }
                        (self.fields(&now, Some(one)))
                    }
                    form method="post" action={ "/patient/" (self.person) "/appointments" } {
                        (hidden(self.form)) (once())
                        input type="hidden" name="instead_of" value=(now);
                        button.quiet type="submit" name="do" value="cancel" { (texts.text("visits-cancel")) }
                    }
                }
                @if one.now.live && !one.now.cancelled { (self.live(one, &first, coming)) }
                @if !one.now.cancelled && one.now.starts_ms <= now_ms() { (self.sum_up(&first)) }
            }
        }
    }

    /// The therapist's side of the room is the program on their computer.
    fn live(&self, one: &Appointment, first: &str, coming: bool) -> Markup {
        let texts = self.texts;
        html! { @if coming && one.now.live {
            details {
                summary { (texts.text("visits-live")) }
                p { (texts.text("visits-live-how")) }
                form method="post" action={ "/patient/" (self.person) "/appointments/" (first) "/code" } {
                    (hidden(self.form)) (once())
                    input type="hidden" name="appointment" value=(first);
                    label for={ "code-" (first) } { (texts.text("visits-code")) }
                    input id={ "code-" (first) } name="text" maxlength="40" autocomplete="off" required;
                    button.quiet type="submit" { (texts.text("visits-code-send")) }
                }
            }
        } }
    }

    fn summary(&self, stored_ms: i64, text: &str) -> Markup {
        html! {
            h3 { (self.texts.text("visits-summary")) }
            p.said.own { (text) }
            p.faint { (texts::moment(self.texts, stored_ms)) }
        }
    }

    fn sum_up(&self, first: &str) -> Markup {
        let texts = self.texts;
        let typed = if self.told.typed.instead_of == first { &*self.told.typed.text } else { "" };
        html! {
            form method="post" action={ "/patient/" (self.person) "/summary" } {
                (hidden(self.form)) (once())
                input type="hidden" name="appointment" value=(first);
                label for={ "summary-" (first) } { (texts.text("visits-sum-up")) }
                textarea id={ "summary-" (first) } name="text" rows="4" maxlength="600" required aria-describedby={ "summary-help-" (first) } { (typed) }
                p.faint id={ "summary-help-" (first) } { (texts.text("visits-sum-up-help")) }
                button.quiet type="submit" { (texts.text("visits-sum-up-send")) }
            }
        }
    }

    /// Summaries of no appointment that is shown.
    fn alone(&self) -> Markup {
        let all = self.about.summaries();
        let known = self.about.appointments();
        let alone =
            all.iter().filter(|(_, of, _)| of.is_none_or(|of| known.iter().all(|one| one.first != of)));
        html! { @for (entry, _, text) in alone { (self.summary(entry.stored_ms, text)) } }
    }

    fn make(&self) -> Markup {
        self.fields("", None)
    }

    /// What is typed of a new one, or of one that is moved.
    fn fields(&self, instead_of: &str, one: Option<&Appointment>) -> Markup {
        let texts = self.texts;
        let told = Some(&self.told.typed)
            .filter(|typed| self.told.wrong.is_some() && typed.instead_of == instead_of);
        let at = one.map(|one| local(one.now.starts_ms));
        let or = |told: Option<String>, now: Option<String>| told.or(now).unwrap_or_default();
        let day = or(told.map(|typed| typed.day.clone()), at.map(|at| at.date().to_string()));
        let time = or(told.map(|typed| typed.time.clone()), at.map(|at| at.strftime("%H:%M").to_string()));
        let usual = one.map_or(USUAL_MINUTES, |one| one.now.minutes).to_string();
        let minutes = or(told.map(|typed| typed.minutes.clone()), Some(usual));
        let live = told.map_or_else(|| one.is_some_and(|one| one.now.live), |typed| typed.live == "on");
        let text = or(told.map(|typed| typed.text.clone()), one.map(|one| one.now.text.clone()));
        let field = |name: &str| format!("{name}-{}", if instead_of.is_empty() { "new" } else { instead_of });
        html! {
            form method="post" action={ "/patient/" (self.person) "/appointments" } {
                (hidden(self.form)) (once())
                input type="hidden" name="instead_of" value=(instead_of);
                div.pair {
                    div { label for=(field("day")) { (texts.text("visits-day")) }
                        input id=(field("day")) name="day" type="date" value=(day) required; }
                    div { label for=(field("time")) { (texts.text("visits-time")) }
                        input id=(field("time")) name="time" type="time" value=(time) required aria-describedby=(field("zone")); }
                    div { label for=(field("minutes")) { (texts.text("visits-minutes")) }
                        input id=(field("minutes")) name="minutes" type="number" min=(MINUTES.start()) max=(MINUTES.end()) value=(minutes) required; }
                }
                @let zone = zone().iana_name().unwrap_or("UTC").to_owned();
                p.faint id=(field("zone")) { (texts.with("visits-zone", [("zone", zone.into())])) }
                label.tick { input type="checkbox" name="live" checked[live]; " " (texts.text("visits-is-live")) }
                label for=(field("text")) { (texts.text("visits-text")) }
                textarea id=(field("text")) name="text" rows="2" maxlength="600" { (text) }
                button type="submit" { (texts.text(if one.is_some() { "visits-move-send" } else { "visits-make-send" })) }
            }
        }
    }
}

pub async fn change(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &typed.form)?;
        let person = id(&person)?;
        // Of two who change the same at once, one is told of the other.
        let _one = shared.plans.lock().await;
        let about = shared.about(&mut caller, person).await?;
        let back = to(&format!("/patient/{person}/appointments"));
        let once = PostId(raw(&typed.once)?);
        if about.entries.iter().any(|entry| entry.post.id == once) {
            return Ok(back);
        }
        match read(&typed, &about.appointments()) {
            Ok(body) => {
                shared.post(&mut caller, person, &typed.once, body).await?;
                Ok(back)
            }
            Err(wrong) => {
                let told = Told { wrong: Some(wrong), typed };
                Ok(page(&shared, &visitor, &caller, person, &about, &told))
            }
        }
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// What was typed, or the text that says what is wrong with it.
fn read(typed: &Typed, all: &[Appointment]) -> Result<PostBody, &'static str> {
    let before = if typed.instead_of.is_empty() {
        None
    } else {
        let id: [u8; 16] = raw(&typed.instead_of).map_err(|_| "visits-meanwhile")?;
        let before = all.iter().find(|one| one.now.id == id && !one.now.cancelled);
        Some(before.ok_or("visits-meanwhile")?)
    };
    let instead_of = before.map(|one| PostId(one.now.id));
    if let ("cancel", Some(one)) = (&*typed.press, before) {
        let (starts_ms, minutes, live) = (one.now.starts_ms, one.now.minutes, one.now.live);
        let text = Text::new("").map_err(|_| "web-text-too-long")?;
        return Ok(PostBody::Appointment { instead_of, starts_ms, minutes, live, cancelled: true, text });
    }
    let day: civil::Date = typed.day.trim().parse().map_err(|_| "visits-wrong-time")?;
    let time: civil::Time = typed.time.trim().parse().map_err(|_| "visits-wrong-time")?;
    let starts = day.to_datetime(time).to_zoned(zone()).map_err(|_| "visits-wrong-time")?;
    let starts_ms = starts.timestamp().as_millisecond();
    let minutes = typed.minutes.trim().parse().ok().filter(|minutes| MINUTES.contains(minutes));
    let minutes: u16 = minutes.ok_or("visits-wrong-minutes")?;
    if starts_ms <= now_ms() {
        return Err("visits-wrong-past");
    }
    let text = Text::new(typed.text.replace("\r\n", "\n").trim()).map_err(|_| "web-text-too-long")?;
    Ok(PostBody::Appointment {
        instead_of,
        starts_ms,
        minutes,
        live: typed.live == "on",
        cancelled: false,
        text,
    })
}

/// A calendar file of one of them.
pub async fn file(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, first)): Path<(String, String)>,
) -> Response {
    let shown = async {
        let (person, first) = (id(&person)?, raw(&first)?);
        let mut caller = shared.caller(&visitor)?;
        let about = shared.about(&mut caller, person).await?;
        let one = about.appointments().into_iter().find(|one| one.first == first).ok_or(Problem::NotFound)?;
        let title = shared.texts(&visitor).text("visits-ics-title");
        let kind = [
            (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
            (header::CONTENT_DISPOSITION, "attachment; filename=\"baro.ics\""),
        ];
        Ok((kind, ics(&one, &title)).into_response())
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

pub async fn summary(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(written): Form<Written>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &written.form)?;
        let (person, first) = (id(&person)?, raw(&written.appointment)?);
        let about = shared.about(&mut caller, person).await?;
        let known = about.appointments().iter().any(|one| one.first == first);
        if !known {
            return Err(Problem::NotFound);
        }
        let text = match typed(&written.text) {
            Ok(text) => text,
            Err(Problem::Bad(wrong)) => {
                let instead_of = written.appointment;
                let typed = Typed { instead_of, text: written.text, ..Typed::default() };
                return Ok(page(
                    &shared,
                    &visitor,
                    &caller,
                    person,
                    &about,
                    &Told { wrong: Some(wrong), typed },
                ));
            }
            Err(problem) => return Err(problem),
        };
        let body = PostBody::Summary { appointment: Some(PostId(first)), text };
        shared.post(&mut caller, person, &written.once, body).await?;
        Ok(to(&format!("/patient/{person}/appointments#visit-{}", written.appointment)))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// Tells the patient the code of the room, as a message.
pub async fn code(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, first)): Path<(String, String)>,
    Form(written): Form<Written>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &written.form)?;
        let (person, first) = (id(&person)?, raw(&first)?);
        let about = shared.about(&mut caller, person).await?;
        let all = about.appointments();
        let one = all.iter().find(|one| one.first == first && one.now.live && !one.now.cancelled);
        let one = one.ok_or(Problem::NotFound)?;
        let texts = shared.texts(&visitor);
        let code = typed(&written.text)?.to_string();
        let when = texts::moment(texts, one.now.starts_ms);
        let text = texts.with("visits-code-message", [("when", when.into()), ("code", code.into())]);
        let text = Text::new(text).map_err(|_| Problem::Bad("web-text-too-long"))?;
        shared.post(&mut caller, person, &written.once, PostBody::Message { answers: None, text }).await?;
        Ok(to(&format!("/patient/{person}#messages")))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

#[cfg(test)]
mod tests {
    use super::*;
    use baro_home::appointments::{AppointmentPost, appointments};

    fn known(cancelled: bool) -> Vec<Appointment> {
        appointments([AppointmentPost {
            id: [7; 16],
            instead_of: None,
            stored_ms: 0,
            starts_ms: now_ms() + 3_600_000,
            minutes: 45,
            live: true,
            cancelled,
            text: "x".into(),
        }])
    }

    fn with(day: &str, time: &str, minutes: &str, instead_of: &str, press: &str) -> Typed {
        let text = |text: &str| text.to_owned();
        Typed {
            day: text(day),
            time: text(time),
            minutes: text(minutes),
            instead_of: text(instead_of),
            press: text(press),
            live: "on".into(),
            text: "Bring shoes\r\n".into(),
            ..Typed::default()
        }
    }

    #[test]
    fn only_what_makes_sense_is_an_appointment() {
        let made = read(&with("2999-12-03", "10:05", "30", "", ""), &[]).unwrap();
        let PostBody::Appointment {
            instead_of: None,
            starts_ms,
            minutes: 30,
            live: true,
            cancelled: false,
            text,
        } = made
        else {
            panic!("{made:?}")
        };
        assert_eq!((local(starts_ms).to_string(), &*text), ("2999-12-03T10:05:00".into(), "Bring shoes"));
        let seven = "07".repeat(16);
        for (typed, wrong) in [
            (with("2999-13-03", "10:00", "30", "", ""), "visits-wrong-time"),
            (with("", "10:00", "30", "", ""), "visits-wrong-time"),
            (with("2999-12-03", "25:00", "30", "", ""), "visits-wrong-time"),
            (with("2999-12-03", "10:00", "4", "", ""), "visits-wrong-minutes"),
            (with("2999-12-03", "10:00", "x", "", ""), "visits-wrong-minutes"),
            (with("2001-12-03", "10:00", "30", "", ""), "visits-wrong-past"),
            (with("2999-12-03", "10:00", "30", &"08".repeat(16), ""), "visits-meanwhile"),
        ] {
            assert_eq!(read(&typed, &known(false)).unwrap_err(), wrong);
        }
        let cancelled = read(&with("", "", "", &seven, "cancel"), &known(false)).unwrap();
        assert!(matches!(
            cancelled,
            PostBody::Appointment { instead_of: Some(_), cancelled: true, minutes: 45, .. }
        ));
        assert_eq!(read(&with("", "", "", &seven, "cancel"), &known(true)).unwrap_err(), "visits-meanwhile");
    }
}
