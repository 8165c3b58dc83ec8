//! The week of whoever treats: all appointments of their patients, day by day.

use super::{
    super::{Shared, board, enter::Visitor, frame, problem::Problem, texts},
    page,
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use baro_home::appointments::{Appointment, appointments};
use baro_locale::Texts;
use baro_wire::PersonId;
use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// Any day of the week that is shown; this one, where it is missing.
#[derive(Deserialize)]
pub struct Week {
    of: Option<String>,
}

pub async fn show(State(shared): State<Arc<Shared>>, visitor: Visitor, Query(week): Query<Week>) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        shared.thresholds(&mut caller).await?;
        let board = shared.board(&mut caller).await?;
        let people: Vec<PersonId> = board.seen.iter().map(|(person, _)| *person).collect();
        let today = texts::now().day;
        let of = week.of.and_then(|day| day.parse().ok()).unwrap_or(today);
        let texts = shared.texts(&visitor);
        let title = texts.text("visits-week");
        let all = shared.care.visits(&people);
        let all = all
            .into_iter()
            .flat_map(|(person, posts)| appointments(posts).into_iter().map(move |one| (person, one)));
        let body = body(texts, &title, monday(of), today, &all.collect::<Vec<_>>());
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn monday(day: Date) -> Date {
    let since = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(since.days()).unwrap_or(day)
}

fn day_of(one: &Appointment) -> Date {
    Timestamp::from_millisecond(one.now.starts_ms).unwrap_or_default().to_zoned(TimeZone::system()).date()
}

fn body(texts: &Texts, title: &str, monday: Date, today: Date, all: &[(PersonId, Appointment)]) -> Markup {
    let day = |n: i64| monday.checked_add(n.days()).unwrap_or(monday);
    let of = |day: Date| {
        let mut of: Vec<_> = all.iter().filter(|(_, one)| day_of(one) == day).collect();
        of.sort_by_key(|(_, one)| one.now.starts_ms);
        of
    };
    html! {
        h1 { (title) }
        p.controls {
            a.button href={ "/calendar?of=" (day(-7)) } { (texts.text("visits-week-before")) }
            a.button href="/calendar" { (texts.text("visits-week-this")) }
            a.button href={ "/calendar?of=" (day(7)) } { (texts.text("visits-week-after")) }
        }
        div.cards { @for day in (0..7).map(day) {
            @let of = of(day);
            section.card aria-labelledby={ "day-" (day) } {
                h2 id={ "day-" (day) } {
                    (texts.text(&format!("visits-weekday-{}", day.weekday().to_monday_one_offset()))) ", " (texts::day(texts, day))
                    @if day == today { span.tag { (texts.text("visits-today")) } }
                }
                @if of.is_empty() { p.faint { (texts.text("visits-free")) } } @else {
                    ul { @for (person, one) in of { li {
                        (page::hours(texts, one)) " · "
                        a href={ "/patient/" (person) "/appointments" } { (board::name(texts, *person)) }
                        span.tag { (texts.text(if one.now.live { "visits-live-tag" } else { "visits-here-tag" })) }
                        @if one.now.cancelled { span.tag { (texts.text("visits-cancelled")) } }
                    } } }
                }
            }
        } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        let of = |day: i8| monday(Date::constant(2026, 11, day)).to_string();
        assert_eq!(
            [of(22), of(23), of(29), of(30)],
            ["2026-11-16", "2026-11-23", "2026-11-23", "2026-11-30"]
        );
    }
}
