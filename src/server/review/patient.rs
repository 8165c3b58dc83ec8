//! A patient: sessions by day, trends with their error, the plan, and what was written.

use super::{
    Shared, board,
    care::About,
    chart,
    enter::Visitor,
    frame::{self, hidden, once},
    problem::Problem,
    texts,
};
use crate::fhir::list_records;
use axum::{
    extract::{Path, State},
    response::Response,
};
use baro_home::{VisitDone, diary::Ending, history};
use baro_locale::Texts;
use baro_review::record_of;
use baro_wire::{PersonId, PostBody, RecordId, RecordState};
use data_encoding::HEXLOWER;
use maud::{Markup, html};
use std::sync::Arc;

/// The newest visits and messages that are shown.
const VISITS: usize = 40;
const MESSAGES: usize = 40;

/// A person's id, as it stands in addresses.
pub fn id(text: &str) -> Result<PersonId, Problem> {
    raw(text).map(PersonId)
}

/// A record's.
pub fn record_id(text: &str) -> Result<RecordId, Problem> {
    raw(text).map(RecordId)
}

/// What can't be an id is none: as if it weren't there.
pub fn raw(text: &str) -> Result<[u8; 16], Problem> {
    let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| Problem::NotFound)?;
    bytes.try_into().map_err(|_| Problem::NotFound)
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
        shared.thresholds(&mut caller).await?;
        let reasons = shared.reasons(&caller, &about);
        let records = match all_records(&mut caller.asker, person).await {
            Err(Problem::Consent(_)) => None,
            found => Some(found?),
        };
        let texts = shared.texts(&visitor);
        let title = board::name(texts, person);
        let visits = about.visits();
        let body = html! {
            p { a href="/" { "← " (texts.text("web-board")) } }
            h1 { (title) }
            (board::why(texts, &reasons))
            p {
                a href={ "/patient/" (person) "/questionnaires" } { (texts.text("web-questionnaires")) } " · "
                a href={ "/patient/" (person) "/report" } { (texts.text("web-report")) }
            }
            (plan(texts, person, &about))
            (super::visits::next(texts, person, &about))
            (sessions(texts, person, &visits, records.as_deref()))
            (trends(texts, &visits))
            (messages(texts, person, &about, &caller.form))
            // Gets ready for the film of a set while this page is read.
            script src="/static/film.js" async {}
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// All that are whole.
pub async fn all_records(
    asker: &mut crate::asker::Asker,
    person: PersonId,
) -> Result<Vec<RecordState>, Problem> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let (records, more) = list_records(asker, person, after).await?;
        after = records.last().map(|state| state.record);
        all.extend(records.into_iter().filter(|state| state.sealed));
        if !more {
            return Ok(all);
        }
    }
}

fn plan(texts: &Texts, person: PersonId, about: &About) -> Markup {
    let plan = about.plan().map(|(_, plan)| plan);
    html! {
        h2 { (texts.text("web-plan")) }
        @match plan.filter(|plan| !plan.doses.is_empty()) {
            Some(plan) => {
                ul { @for dose in &plan.doses { li { (super::plan::dose(texts, dose)) } } }
                @if let Some(why) = plan.why { p.said { (why) } }
            }
            None => p { (texts.text("web-no-plan")) },
        }
        p {
            a href={ "/patient/" (person) "/plan" } { (texts.text("web-change-plan")) }
            @if about.plan().is_some() { " · " a href={ "/patient/" (person) "/plan/history" } { (texts.text("plan-history")) } }
        }
    }
}

fn sessions(
    texts: &Texts,
    person: PersonId,
    visits: &[VisitDone],
    records: Option<&[RecordState]>,
) -> Markup {
    let shown: Vec<&VisitDone> =
        visits.iter().rev().filter(|v| v.is_session() || v.symptom.is_some()).take(VISITS).collect();
    html! {
        h2 { (texts.text("web-sessions")) }
        @if records.is_none() { p.faint { (texts.text("web-problem-movements")) } }
        @if shown.is_empty() { p { (texts.text("web-no-sessions")) } } @else {
            div.scroll tabindex="0" role="region" aria-label=(texts.text("web-sessions")) {
                table {
                    thead { tr {
                        th scope="col" { (texts.text("web-day")) }
                        th scope="col" { (texts.text("web-done")) }
                        th.number scope="col" { (texts.text("web-pain-before")) }
                        th.number scope="col" { (texts.text("web-pain-worst")) }
                    } }
                    tbody { @for visit in shown { (row(texts, person, visit, records.unwrap_or_default())) } }
                }
            }
        }
        @let rest = unnamed(visits, records.unwrap_or_default());
        @if !rest.is_empty() {
            details {
                summary { (texts.text("web-other-records")) }
                ul { @for state in rest { li {
                    a href={ "/patient/" (person) "/session/" (state.record) } { (texts::moment(texts, state.started_ms)) }
                } } }
            }
        }
    }
}

fn row(texts: &Texts, person: PersonId, visit: &VisitDone, records: &[RecordState]) -> Markup {
    let pain = |pain: Option<baro_coach::safety::Nprs>| {
        pain.map_or_else(|| "–".into(), |pain| pain.get().to_string())
    };
    html! {
        tr {
            th scope="row" { (texts::day(texts, visit.began.day))
                @if let Some((symptom, _)) = visit.symptom {
                    br; strong { (texts.text(&format!("safety-symptom-{}", symptom.id()))) }
                } @else if visit.ended == Some(Ending::Safety) { br; strong { (texts.text("web-stopped")) } }
            }
            td { ul.reasons { @for set in visit.sets() {
                li {
                    (texts::exercise(texts, &set.set.asked.exercise)) ": " (set.set.done)
                    @if let Some(score) = set.set.score { " · " (texts.text("report-score")) " " (format!("{score:.0}")) }
                    @if let Some(record) = record_of(set.set.record.is_some(), set.when.at.as_millisecond(), records) {
                        " " a href={ "/patient/" (person) "/session/" (record) } { (texts.text("web-look")) }
                    }
                }
            } } }
            td.number { (pain(visit.pain_before)) }
            td.number { (pain(visit.worst_pain())) }
        }
    }
}

/// Records that no set of the diary leads to, newest first.
fn unnamed<'a>(visits: &[VisitDone], records: &'a [RecordState]) -> Vec<&'a RecordState> {
    let sets = visits.iter().flat_map(VisitDone::sets);
    let named: Vec<RecordId> = sets
        .filter_map(|set| record_of(set.set.record.is_some(), set.when.at.as_millisecond(), records))
        .collect();
    let mut rest: Vec<_> = records.iter().filter(|state| !named.contains(&state.record)).collect();
    rest.sort_by_key(|state| std::cmp::Reverse(state.started_ms));
    rest.truncate(VISITS);
    rest
}

fn trends(texts: &Texts, visits: &[VisitDone]) -> Markup {
    let lines = history::trends(visits);
    let lines: Vec<_> = lines.iter().filter(|line| line.points.len() > 1).collect();
    html! {
        @if !lines.is_empty() {
            h2 { (texts.text("web-trends")) }
            p.faint { (texts.text("home-trend-why")) " " (texts.text("web-trend-error")) }
            @for line in lines { (chart::trend(texts, line)) }
        }
    }
}

fn messages(texts: &Texts, person: PersonId, about: &About, form: &str) -> Markup {
    let all: Vec<_> = about
        .entries
        .iter()
        .filter_map(|entry| match &entry.post.body {
            PostBody::Message { text, .. } => Some((entry, text)),
            _ => None,
        })
        .collect();
    let newest = &all[all.len().saturating_sub(MESSAGES)..];
    html! {
        h2 id="messages" { (texts.text("web-messages")) }
        @if newest.is_empty() { p { (texts.text("web-no-messages")) } }
        @for (entry, text) in newest {
            div {
                p.said.own[entry.author != person] { (text.to_string()) }
                p.faint { (texts.text(if entry.author == person { "web-from-patient" } else { "web-from-staff" })) ", " (texts::moment(texts, entry.stored_ms)) }
            }
        }
        form method="post" action={ "/patient/" (person) "/message" } {
            (hidden(form)) (once())
            label for="text" { (texts.text("web-message")) }
            textarea id="text" name="text" rows="3" maxlength="600" required {}
            button type="submit" { (texts.text("web-send")) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_id_is_not_found() {
        assert_eq!(id(&"ab".repeat(16)), Ok(PersonId([0xab; 16])));
        for bad in ["", "x", "ab", &"AB".repeat(16), &"ab".repeat(17)] {
            assert_eq!(id(bad), Err(Problem::NotFound), "{bad}");
        }
    }
}
