//! A recorded set: its repetitions with each lost point, curves with their error, comments, and a film of it.

use super::{
    Shared, board,
    care::About,
    enter::Visitor,
    frame::{self, hidden, once},
    patient::{id, record_id},
    problem::Problem,
    record::Seen,
    texts,
};
use axum::{
    extract::{Path, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use baro_coach::{Rep, Report};
use baro_locale::Texts;
use baro_report::{chart, words};
use baro_wire::{PostBody, RecordId};
use maud::{Markup, html};
use std::sync::Arc;

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
) -> Response {
    let shown = async {
        let (person, record) = (id(&person)?, record_id(&record)?);
        let mut caller = shared.caller(&visitor)?;
        let seen = shared.record(&mut caller, person, record).await?;
        let about = shared.about(&mut caller, person).await?;
        let texts = shared.texts(&visitor);
        let exercise = texts.text(&seen.watched.exercise.name_key);
        let title = format!("{exercise} · {}", board::name(texts, person));
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (exercise) }
            p.faint { (texts::moment(texts, seen.started_ms)) }
            (result(texts, &seen.watched.report))
            (stage(texts, &visitor.path, &seen))
            (repetitions(texts, &seen.watched.report))
            (curves(texts, &seen))
            (comments(texts, &about, record, &seen, &visitor.path, &caller.form))
            script src="/static/film.js" defer {}
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// A part of the film.
pub async fn film(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record, index)): Path<(String, String, usize)>,
) -> Response {
    let shown = async {
        let (person, record) = (id(&person)?, record_id(&record)?);
        let mut caller = shared.caller(&visitor)?;
        let seen = shared.record(&mut caller, person, record).await?;
        let part = seen.parts.get(index).cloned().ok_or(Problem::NotFound)?;
        Ok(([(CONTENT_TYPE, "application/octet-stream")], part).into_response())
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn result(texts: &Texts, report: &Report) -> Markup {
    let score = report.score.map_or_else(|| "–".into(), words::whole);
    html! {
        p {
            (texts.text("report-score")) " " strong { (score) } " · "
            (texts.text("report-complete")) " " strong { (report.count) } " · "
            (texts.text("report-partial")) " " strong { (report.partial) }
            @if let Some((index, _)) = worst(report) {
                " · " a href={ "#rep-" (index + 1) } data-worst { (texts.text("web-worst")) }
            }
        }
    }
}

/// The one to look at first: of those that were completed the one with the fewest points, else one that was not.
fn worst(report: &Report) -> Option<(usize, &Rep)> {
    let all = || report.reps.iter().enumerate();
    let least = |a: &(usize, &Rep), b: &(usize, &Rep)| a.1.score.total_cmp(&b.1.score);
    all().filter(|(_, rep)| rep.complete).min_by(least).or_else(|| all().min_by(least))
}

/// Shown by its script: without one there is only what the tables say.
fn stage(texts: &Texts, path: &str, seen: &Seen) -> Markup {
    html! {
        section.film-of hidden data-parts=(seen.parts.len()) data-from={ (path) "/film" } aria-label=(texts.text("web-film")) {
            h2 { (texts.text("web-film")) }
            div.film { canvas data-film="canvas" tabindex="0" role="img" aria-label=(texts.text("web-film-canvas")) {} }
            div.controls {
                button type="button" data-film="play" data-play=(texts.text("web-play")) data-pause=(texts.text("web-pause")) { (texts.text("web-play")) }
                input type="range" data-film="scrub" min="0" max="1" step="0.05" value="0" disabled aria-label=(texts.text("web-scrub"));
                span data-film="time" {}
                label.inline for="speed" { (texts.text("web-speed")) }
                select id="speed" data-film="speed" {
                    @for (value, name) in [("0.25", "¼"), ("0.5", "½"), ("1", "1"), ("2", "2")] {
                        option value=(value) selected[value == "1"] { (name) "×" }
                    }
                }
                button.quiet type="button" data-film="reset" { (texts.text("web-reset")) }
            }
            p.faint { (texts.text("web-film-help")) }
        }
    }
}

fn repetitions(texts: &Texts, report: &Report) -> Markup {
    let worst = worst(report).map(|(index, _)| index);
    html! {
        h2 { (texts.text("report-reps")) }
        div.scroll tabindex="0" role="region" aria-label=(texts.text("report-reps")) {
            table {
                thead { tr {
                    th scope="col" { (texts.text("web-number")) }
                    th scope="col" { (texts.text("web-when")) }
                    th.number scope="col" { (texts.text("report-score")) }
                    th scope="col" { (texts.text("web-reach")) }
                    th scope="col" { (texts.text("web-lost")) }
                } }
                tbody { @for (i, rep) in report.reps.iter().enumerate() {
                    tr id={ "rep-" (i + 1) } tabindex="-1" class=[(worst == Some(i)).then_some("worst")] {
                        th scope="row" {
                            (i + 1) " " (words::side(texts, rep))
                            @if worst == Some(i) { span.tag { (texts.text("web-worst-tag")) } }
                            @if !rep.complete { span.tag { (texts.text("web-not-whole")) } }
                        }
                        td { (words::span(texts, rep.start_s, rep.end_s)) " "
                            a href={ "#rep-" (i + 1) } hidden data-seek=(format!("{:.2}", rep.start_s)) aria-label=(texts.with("web-show-number", [("number", (i + 1).into())])) { (texts.text("web-show")) }
                        }
                        td.number { (words::whole(rep.score)) }
                        td { (words::farthest(texts, rep)) }
                        td { (lost(texts, rep)) }
                    }
                } }
            }
        }
    }
}

/// Each lost point, the dearest first.
fn lost(texts: &Texts, rep: &Rep) -> Markup {
    let mut faults: Vec<_> = rep.faults.iter().collect();
    faults.sort_by(|a, b| b.points.total_cmp(&a.points));
    html! {
        @if faults.is_empty() { (texts.text("web-nothing-lost")) } @else {
            ul.reasons { @for fault in faults {
                li { (words::fault(texts, fault)) " " span.faint { (words::measured(texts, fault)) } " "
                    strong { "−" (words::whole(fault.points)) } }
            } }
        }
    }
}

fn curves(texts: &Texts, seen: &Seen) -> Markup {
    let watched = &seen.watched;
    html! {
        @if let Some(curve) = watched.curves.first() {
            h2 { (texts.text("web-curves")) }
            p.faint { (texts.text("web-curves-help")) }
            figure {
                figcaption { strong { (words::measure(texts, curve.measure)) } }
                (chart(watched, curve, texts))
            }
            @if watched.curves.len() > 1 {
                details {
                    summary { (texts.text("web-more-curves")) }
                    @for curve in &watched.curves[1..] {
                        figure { figcaption { strong { (words::measure(texts, curve.measure)) } } (chart(watched, curve, texts)) }
                    }
                }
            }
        }
    }
}

fn comments(texts: &Texts, about: &About, record: RecordId, seen: &Seen, path: &str, form: &str) -> Markup {
    let from_s = seen.watched.span_s[0];
    let notes = about.entries.iter().filter_map(|entry| match &entry.post.body {
        PostBody::Note { record: of, time_ms, text, .. } if *of == record => Some((entry, *time_ms, text)),
        _ => None,
    });
    html! {
        h2 id="comments" { (texts.text("web-comments")) }
        ul.plain { @for (entry, time_ms, text) in notes {
            @let time_s = f64::from(time_ms) / 1_000.0;
            li {
                p.said.own[entry.author != entry.post.about] {
                    strong { (words::seconds(texts, time_s)) } " "
                    a href="#comments" hidden data-seek=(format!("{:.2}", time_s + from_s)) { (texts.text("web-show")) }
                    br; (text.to_string())
                }
                p.faint { (texts::moment(texts, entry.stored_ms)) }
            }
        } }
        form method="post" action={ (path) "/comment" } {
            (hidden(form)) (once())
            label for="time" { (texts.text("web-comment-time")) }
            input id="time" name="time" type="number" min="0" step="0.1" value="0" required data-film-time;
            label for="text" { (texts.text("web-comment")) }
            textarea id="text" name="text" rows="3" maxlength="600" required aria-describedby="comment-help" {}
            p.faint id="comment-help" { (texts.text("web-comment-help")) }
            button type="submit" { (texts.text("web-comment-send")) }
        }
    }
}
