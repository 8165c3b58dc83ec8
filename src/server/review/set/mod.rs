//! A recorded set: its repetitions with each lost point, what happened when, curves with their error, what it compares with, comments, and
//! a film of it.

mod annotate;
mod beside;
mod comments;
mod curves;
mod norm;
mod seen;
mod stage;
mod svg;
mod timeline;

pub use annotate::{COMMENT_BYTES, comment, hear, speak};
pub use norm::Cycles;
pub use seen::{FILM_HZ, Films, Opened, Seen, read};
pub use stage::{Film, repetitions, reps, reps_shown, stage};

use super::{
    Shared, board,
    care::About,
    enter::{Caller, Visitor},
    frame,
    patient::{id, record_id},
    problem::Problem,
    texts,
};
use axum::{
    extract::{Path, Query, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse as _, Response},
};
use baro_coach::RepSide;
use baro_locale::Texts;
use baro_motion::{Claim, Side};
use baro_review::session::{Answers, Lost, Repetition, Replay, SessionReview};
use baro_wire::{PersonId, RecordId};
use beside::Beside;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;
use svg::Scale;

/// What was chosen to stand beside the set.
#[derive(Deserialize)]
pub struct Chosen {
    #[serde(default)]
    beside: String,
    #[serde(default)]
    others: String,
}

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
    Query(chosen): Query<Chosen>,
) -> Response {
    let shown = async {
        let (person, record) = (id(&person)?, record_id(&record)?);
        let mut caller = shared.caller(&visitor)?;
        let opened = shared.record(&mut caller, person, record).await?;
        let about = shared.about(&mut caller, person).await?;
        let exercise = &opened.exercise.id;
        let days = shared.days(&mut caller, person, &about, exercise, record).await?;
        let beside = shared.beside(&mut caller, person, &opened, &chosen.beside, &days).await?;
        let others = !chosen.others.is_empty();
        let texts = shared.texts(&visitor);
        let name = texts::exercise(texts, exercise);
        let title = format!("{name} · {}", board::name(texts, person));
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (name) }
            p.faint { (texts::moment(texts, opened.started_ms)) }
            (beside::form(texts, &visitor.path, &beside, &days, others))
            (stage(texts, &Film::of(&visitor.path, &opened), Film::beside(&visitor.path, &beside).as_ref(), beside.name(texts)))
            p.waiting { (texts.text("web-set-waiting")) }
        };
        let set = Set { person, record, path: visitor.path.clone(), opened, about, beside, others };
        let (later, language, form) = (Arc::clone(&shared), visitor.language, caller.form.clone());
        let score = async move {
            let texts = later.care.texts.of(language);
            let score = set.score(&later, texts, &mut caller).await;
            score.unwrap_or_else(|problem| problem.told(texts))
        };
        let page = frame::page_with_later(texts, &visitor, &form, (&title, &body), score);
        Ok::<_, Problem>(frame::with_microphone(page))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// What a page is about.
struct Set {
    person: PersonId,
    record: RecordId,
    /// Of the page.
    path: String,
    opened: Arc<Opened>,
    about: About,
    beside: Beside,
    /// Are other people's movements to be shown, too?
    others: bool,
}

impl Set {
    /// All that needs the score. The film is already there.
    async fn score(&self, shared: &Shared, texts: &Texts, caller: &mut Caller) -> Result<Markup, Problem> {
        // What is there already is sent before more is made.
        tokio::task::yield_now().await;
        let seen = self.opened.seen().await?;
        let review = &seen.review;
        let measure = review.curves.iter().find(|curve| curve.primary).map(|curve| &curve.measure);
        let norm = match measure.filter(|_| self.others) {
            Some(measure) => Some(shared.norm(caller, self.person, &review.exercise, measure).await?),
            None => None,
        };
        let day = match &self.beside {
            Beside::Day(day, other) => Some((day, other.seen().await?)),
            Beside::Nothing | Beside::Shown(_) => None,
        };
        let day = day.as_ref().map(|(day, seen)| (*day, &**seen));
        let beside = match (&self.beside, day) {
            (Beside::Shown(shown), _) => Some(reps_shown(shown)),
            (_, Some((_, seen))) => Some(reps(seen)),
            _ => None,
        };
        Ok(html! {
            (repetitions(&reps(&seen), beside.as_deref()))
            section.result { (result(texts, review, &answers(review, &self.about))) }
            h2 { (texts.text("web-set-timeline")) }
            (timeline::timeline(texts, review))
            (said(texts, review))
            (each(texts, review))
            p { a href={ (self.path) "/teach" } { (texts.text("taught-from-set")) } }
            (comments::comments(texts, &self.about, self.record, &seen, &self.path, &caller.form))
            (beside::cycles(texts, &seen, day, norm.as_ref()))
            (curves::curves(texts, &seen))
        })
    }
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
        let opened = shared.record(&mut caller, person, record).await?;
        opened.part(index).await.map(json)
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// The exercise as the trainer shows it, as a film.
pub async fn shown(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
) -> Response {
    let shown = async {
        let (person, record) = (id(&person)?, record_id(&record)?);
        let mut caller = shared.caller(&visitor)?;
        let opened = shared.record(&mut caller, person, record).await?;
        json_of(&opened.shown().replay)
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// A film as the script reads it.
pub fn json_of(film: &Replay) -> Result<Response, Problem> {
    serde_json::to_string(film).map(json).map_err(|_| Problem::Unavailable)
}

fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// From the first to the last frame, seconds; never nothing.
fn times(review: &SessionReview) -> [f64; 2] {
    let [from, to] = review.span_s;
    [from, to.max(from + 1.0)]
}

/// For the script: from when to when, and where that is in the drawing.
fn axis(scale: &Scale) -> String {
    let [from, to] = scale.x;
    format!("{from:.3} {to:.3} {} {}", svg::LEFT, svg::RIGHT)
}

/// What the person said: in the diary, which knows more, else in the record.
fn answers(review: &SessionReview, about: &About) -> Answers {
    let [from, to] = review.span_s;
    Answers::of(&about.diary(), &review.exercise, review.started_unix_ms, to - from).or(review.answers)
}

fn result(texts: &Texts, review: &SessionReview, answers: &Answers) -> Markup {
    let number = |value: Option<f64>| value.map_or_else(|| "–".into(), |value| format!("{value:.0}"));
    let pain = |value: Option<u8>| value.map_or_else(|| "–".into(), |value| value.to_string());
    html! {
        dl.facts {
            (fact(&texts.text("report-score"), &number(review.score)))
            (fact(&texts.text("report-complete"), &review.count.to_string()))
            (fact(&texts.text("report-partial"), &review.partial.to_string()))
            (fact(&texts.text("web-pain-before"), &pain(answers.pain_before)))
            (fact(&texts.text("web-set-pain-after"), &pain(answers.pain_after)))
            @if answers.pain_next_morning.is_some() { (fact(&texts.text("report-next-morning"), &pain(answers.pain_next_morning))) }
            (fact(&texts.text("report-effort"), &answers.effort.map_or_else(|| "–".into(), |effort| effort.to_string())))
        }
        @if let Some(symptom) = answers.symptom { p.problem { (texts.text(&format!("safety-symptom-{}", symptom.id()))) } }
        @if answers.wrong { p.problem { (texts.text("web-set-wrong")) } }
        @if let Some((number, rep, why)) = worst(review) {
            p.worst {
                a.button href={ "#rep-" (number) } data-worst data-seek=(timeline::seek(rep.start_s)) { (texts.text("web-worst")) }
                " " (texts.with("web-set-number", [("number", number.into())])) " · " (texts.text(why))
                @if let Some(lost) = rep.lost.first() { ": " (lost.text().in_words(texts)) " −" (format!("{:.0}", lost.points)) }
            }
        }
        p.faint { (texts.text(agrees(review))) }
    }
}

const fn agrees(review: &SessionReview) -> &'static str {
    use baro_review::session::Agrees::{BrokenOff, Differs, Whole};
    match review.agrees {
        Whole => "review-agrees-whole",
        BrokenOff => "review-agrees-broken-off",
        Differs => "review-agrees-differs",
    }
}

fn fact(name: &str, value: &str) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// The one to look at first: its number, itself, and why.
fn worst(review: &SessionReview) -> Option<(usize, &Repetition, &str)> {
    let worst = review.worst.as_ref()?;
    Some((worst.index + 1, review.repetitions.get(worst.index)?, &worst.why))
}

/// What the coach said, and when nothing was measured.
fn said(texts: &Texts, review: &SessionReview) -> Markup {
    let from_s = review.span_s[0];
    html! {
        details {
            summary { (texts.with("web-set-said-count", [("count", review.cues.len().into())])) }
            @if review.cues.is_empty() { p { (texts.text("report-cues-none")) } }
            ul.plain { @for cue in &review.cues {
                li { (svg::clock(cue.time_s - from_s)) " " (texts.text(&cue.cue)) " "
                    a href="#main" hidden data-seek=(timeline::seek(cue.time_s)) { (texts.text("web-show")) } }
            } }
        }
        @if !review.gaps.is_empty() {
            ul { @for gap in &review.gaps {
                li { (svg::clock(gap.from_s - from_s)) "–" (svg::clock(gap.to_s - from_s)) " " (texts.text(&format!("review-gap-{}", gap.why))) }
            } }
        }
    }
}

/// Each repetition in a row of its own.
fn each(texts: &Texts, review: &SessionReview) -> Markup {
    let worst = review.worst.as_ref().map(|worst| worst.index);
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
                tbody { @for (i, rep) in review.repetitions.iter().enumerate() {
                    tr id={ "rep-" (i + 1) } tabindex="-1" class=[(worst == Some(i)).then_some("worst")] {
                        th scope="row" {
                            (i + 1) " " (side(texts, rep.side))
                            @if worst == Some(i) { span.tag { (texts.text("web-worst-tag")) } }
                            @if !rep.complete { span.tag { (texts.text("web-not-whole")) } }
                        }
                        td.tight { (svg::clock(rep.start_s - review.span_s[0])) "–" (svg::clock(rep.end_s - review.span_s[0])) " "
                            a href={ "#rep-" (i + 1) } hidden data-seek=(timeline::seek(rep.start_s)) aria-label=(texts.with("web-show-number", [("number", (i + 1).into())])) { (texts.text("web-show")) }
                        }
                        td.number { (format!("{:.0}", rep.score)) }
                        td.tight { (reach(texts, rep)) }
                        td { (lost(texts, &rep.lost)) }
                    }
                } }
            }
        }
    }
}

fn side(texts: &Texts, side: RepSide) -> String {
    match side {
        RepSide::Left => curves::one_side(texts, Side::Left),
        RepSide::Right => curves::one_side(texts, Side::Right),
        RepSide::Both => String::new(),
    }
}

/// How far it went, with its error; a dash where that may not be told from where it was seen.
fn reach(texts: &Texts, rep: &Repetition) -> String {
    let told = rep.reach.as_ref().and_then(|reach| Some((reach, reach.value?, reach.pm?)));
    told.map_or_else(|| "–".into(), |(reach, value, pm)| curves::with_error(texts, value, pm, &reach.unit))
}

/// Each lost point, the dearest first.
fn lost(texts: &Texts, lost: &[Lost]) -> Markup {
    html! {
        @if lost.is_empty() { (texts.text("web-nothing-lost")) } @else {
            ul.reasons { @for one in lost {
                li { (one.text().in_words(texts)) @if let Some(side) = one.side { " (" (curves::one_side(texts, side)) ")" }
                    ": " strong { "−" (format!("{:.0}", one.points)) }
                    " " span.faint { (texts.text(one.part.key())) ", " (measured(texts, one)) } }
            } }
        }
    }
}

/// What was measured beside its limit; no number where the view can't tell it.
fn measured(texts: &Texts, lost: &Lost) -> String {
    let key = match lost.claim {
        Claim::Firm => "fault-value",
        Claim::Cautious => "fault-value-about",
        Claim::Refused => "fault-value-refused",
    };
    let [value, limit] = texts.two_values(lost.value.unwrap_or(lost.limit), lost.limit, &lost.unit);
    let value = match lost.pm {
        Some(pm) => texts
            .with("report-value-sd", [("value", value.into()), ("sd", texts.value(pm, &lost.unit).into())]),
        None => value,
    };
    texts.with(key, [("value", value.into()), ("limit", limit.into())])
}
