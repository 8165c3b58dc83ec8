//! The report of a person's course: a page that asks for which time, the page as PDF, and the same figures as FHIR.

use super::{
    Shared, board,
    care::About,
    enter::{Caller, Visitor},
    frame,
    patient::id,
    problem::Problem,
    texts,
};
use crate::fhir;
use axum::{
    extract::{Path, Query, State},
    http::header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use baro_home::{Assigned, diary};
use baro_locale::{Language, Texts};
use baro_paper::{Course, Known, Written};
use baro_wire::{PersonId, PostBody};
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use tokio::task::spawn_blocking;

/// Where nobody says another: twelve weeks, what is usual for a course of exercise.
const USUAL_DAYS: i64 = 84;
/// The longest, three years.
const MOST_DAYS: i32 = 1_096;

/// For which time, as it stands in the address.
#[derive(Deserialize, Default)]
pub struct Asked {
    from: Option<String>,
    to: Option<String>,
}

impl Asked {
    /// The days of it, both inside.
    fn period(&self, today: Date) -> Result<[Date; 2], Problem> {
        let wrong = Problem::Bad("web-period-wrong");
        let day = |text: &Option<String>, usual: Date| match text.as_deref().filter(|text| !text.is_empty()) {
            Some(text) => text.parse::<Date>().map_err(|_| wrong),
            None => Ok(usual),
        };
        let to = day(&self.to, today)?;
        let from = day(&self.from, to.saturating_sub((USUAL_DAYS - 1).days()))?;
        let days = from.until(to).map_err(|_| wrong)?.get_days();
        if (0..MOST_DAYS).contains(&days) { Ok([from, to]) } else { Err(wrong) }
    }
}

impl Shared {
    /// Somebody's course, of what the caller may see.
    async fn course(
        &self,
        caller: &mut Caller,
        texts: &Texts,
        person: PersonId,
        asked: &Asked,
    ) -> Result<(About, Course), Problem> {
        let now = texts::now();
        let period = asked.period(now.day)?;
        let about = self.about(caller, person).await?;
        let writer = short(caller.staff.access.person);
        let role = texts.text(super::log::role_key(caller.staff.access.role));
        let by = texts.with("web-report-by", [("role", role.into()), ("id", writer.into())]);
        let course = of(&about, person, period, Written { by, at: now });
        Ok((about, course))
    }
}

fn of(about: &About, person: PersonId, period: [Date; 2], written: Written) -> Course {
    let diary: Vec<diary::Entry> = about.diary();
    let plans: Vec<(Date, Assigned)> = about.entries.iter().filter_map(plan).collect();
    let filled = about.answered();
    let known = Known { diary: &diary, plans: &plans, filled: &filled };
    Course::of(&short(person), &known, period, written)
}

/// From which day on it held; days of the server are those of UTC, as the triage counts them.
fn plan(entry: &baro_wire::Entry) -> Option<(Date, Assigned)> {
    let PostBody::Plan { routine } = &entry.post.body else { return None };
    let day = Timestamp::from_millisecond(entry.stored_ms).ok()?.to_zoned(TimeZone::UTC).date();
    Some((day, Assigned::from_toml(routine).ok()?))
}

fn short(person: PersonId) -> String {
    person.to_string().chars().take(8).collect()
}

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let texts = shared.texts(&visitor);
        let (_, course) = shared.course(&mut caller, texts, person, &asked).await?;
        let title = texts.text("web-report");
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (title) }
            p { (texts.text("web-report-help")) }
            (form(texts, &visitor.path, course.period))
            (brief(texts, &course))
            (links(texts, &visitor.path, course.period))
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn form(texts: &Texts, path: &str, [from, to]: [Date; 2]) -> Markup {
    html! {
        form method="get" action=(path) {
            div.pair {
                @for (name, key, day) in [("from", "web-report-from", from), ("to", "web-report-to", to)] {
                    div {
                        label for=(name) { (texts.text(key)) }
                        input id=(name) name=(name) type="date" value=(day) required;
                    }
                }
            }
            button.quiet type="submit" { (texts.text("web-report-show")) }
        }
    }
}

fn brief(texts: &Texts, course: &Course) -> Markup {
    let [from, to] = course.period.map(|day| texts::day(texts, day));
    let counts = [("sessions", course.sessions.into()), ("days", course.adherence.done.into())];
    let period = [("from", from.into()), ("to", to.into())];
    html! {
        section.card aria-live="polite" {
            p { strong { (texts.with("web-report-period", period)) } }
            p { (texts.with("web-report-sessions", counts)) }
        }
    }
}

fn links(texts: &Texts, path: &str, [from, to]: [Date; 2]) -> Markup {
    let address = |end: &str, tag: &str| format!("{path}.{end}?from={from}&to={to}&lang={tag}");
    html! {
        ul.plain {
            @for language in Language::ALL {
                li { a.button href=(address("pdf", language.tag())) download hreflang=(language.tag()) {
                    (texts.text(&format!("web-report-pdf-{}", language.tag())))
                } }
            }
            li { a href=(address("json", texts.language().tag())) download { (texts.text("web-report-fhir")) } }
        }
        p.faint { (texts.text("web-report-hand-over")) }
    }
}

pub async fn pdf(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let made = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let (_, course) = shared.course(&mut caller, shared.texts(&visitor), person, &asked).await?;
        let name = file(&course, "pdf");
        let (shared, language) = (Arc::clone(&shared), visitor.language);
        let bytes = paper(shared, language, course).await?;
        Ok(download("application/pdf", &name, bytes))
    };
    let made = made.await;
    shared.answered(&visitor, made)
}

pub async fn json(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let made = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let (about, course) = shared.course(&mut caller, shared.texts(&visitor), person, &asked).await?;
        let pdf = paper(Arc::clone(&shared), visitor.language, course.clone()).await?;
        let told = fhir::Told {
            person,
            staff: caller.staff.access.person,
            course: &course,
            visits: &about.visits(),
            answered: &about.answered(),
            posts: &about.entries,
            pdf: &pdf,
            language: visitor.language.tag(),
        };
        let bundle = fhir::course(&told).to_string();
        Ok(download("application/fhir+json; charset=utf-8", &file(&course, "json"), bundle.into_bytes()))
    };
    let made = made.await;
    shared.answered(&visitor, made)
}

/// Drawn beside the threads that answer: it takes some milliseconds.
async fn paper(shared: Arc<Shared>, language: Language, course: Course) -> Result<Vec<u8>, Problem> {
    let made = spawn_blocking(move || baro_paper::pdf(&course, shared.care.texts.of(language))).await;
    let made = made.map_err(|_| Problem::Unavailable)?;
    made.map_err(|error| {
        tracing::error!(%error, "a report can't be drawn");
        Problem::Unavailable
    })
}

fn file(course: &Course, end: &str) -> String {
    let [_, to] = course.period;
    format!("baro-{}-{to}.{end}", course.person)
}

fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_period_is_read_and_nonsense_is_not() {
        let today = date(2026, 11, 23);
        let asked =
            |from: &str, to: &str| Asked { from: Some(from.into()), to: Some(to.into()) }.period(today);
        assert_eq!(Asked::default().period(today), Ok([date(2026, 9, 1), today]));
        assert_eq!(asked("", ""), Ok([date(2026, 9, 1), today]));
        assert_eq!(asked("2026-01-01", "2026-01-01"), Ok([date(2026, 1, 1); 2]));
        for (from, to) in
            [("2026-02-02", "2026-02-01"), ("x", ""), ("2020-01-01", "2026-01-01"), ("", "2026-13-01")]
        {
            assert!(asked(from, to).is_err(), "{from} {to}");
        }
        assert!(asked("-009999-01-01", "9999-12-31").is_err());
        assert!(asked("", "-009999-01-01").is_ok(), "the beginning of the calendar is one day long");
    }
}
