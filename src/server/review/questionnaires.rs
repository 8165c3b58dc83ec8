//! Questionnaires: what is asked of a patient, how often, what was answered, and whether it changed by as much as matters.

use super::{
    Shared, board,
    care::About,
    chart,
    enter::{Caller, Visitor},
    frame::{self, hidden, once, to},
    patient::id,
    problem::Problem,
    texts,
};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_home::history::{Changed, Of, Point};
use baro_locale::Texts;
use baro_review::measures::{self, Answer, Asked, Filled, Item, Questionnaire};
use baro_wire::{Ask, Cursor, PersonId, PostBody, Text, limits::QUESTIONNAIRE_BYTES};
use jiff::civil::Date;
use maud::{Markup, html};
use serde::Deserialize;
use std::sync::Arc;

/// A questionnaire's text, each byte as `%xx`, and what stands around it.
pub const BODY_BYTES: usize = 3 * QUESTIONNAIRE_BYTES + 4 * 1024;
/// Asked again after so many days at most.
const MOST_DAYS: u16 = 366;

/// What is asked.
#[derive(Deserialize)]
pub struct Wanted {
    form: String,
    once: String,
    /// The id of one that ships; empty: the text below.
    which: String,
    #[serde(default)]
    text: String,
    /// Empty: once.
    days: String,
}

/// What is no longer asked.
#[derive(Deserialize)]
pub struct Withdrawn {
    form: String,
    once: String,
    which: String,
}

/// Answers that asked for safety were dealt with, up to this place of the feed.
#[derive(Deserialize)]
pub struct Dealt {
    form: String,
    up_to: Cursor,
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
        let texts = shared.texts(&visitor);
        let title = texts.text("web-questionnaires");
        let answered = about.answered();
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (title) }
            (safety(texts, person, &about, &caller))
            (being_asked(texts, person, &about, &answered, &caller))
            (ask_form(texts, person, &caller))
            (results(texts, &answered))
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

fn safety(texts: &Texts, person: PersonId, about: &About, caller: &Caller) -> Markup {
    html! {
        @if let Some((up_to, day)) = about.open_safety() {
            section.problem id="safety" {
                p role="alert" { strong { (texts.with("web-asks-for-safety", [("day", texts::day(texts, day).into())])) } }
                p { (texts.text("web-safety-help")) }
                form method="post" action={ "/patient/" (person) "/questionnaires/dealt" } {
                    (hidden(&caller.form))
                    input type="hidden" name="up_to" value=(up_to);
                    button type="submit" { (texts.text("web-dealt")) }
                }
            }
        }
    }
}

fn title_of(texts: &Texts, questionnaire: &Questionnaire) -> String {
    questionnaire.title.in_language(texts.language().tag()).to_owned()
}

fn how_often(texts: &Texts, every_days: Option<u16>) -> String {
    every_days.map_or_else(
        || texts.text("web-asked-once"),
        |days| texts.with("web-asked-every", [("days", days.into())]),
    )
}

fn being_asked(
    texts: &Texts,
    person: PersonId,
    about: &About,
    answered: &[(Questionnaire, Vec<Filled>)],
    caller: &Caller,
) -> Markup {
    let asked: Vec<Asked> = about.asked();
    let last = |which: &Questionnaire| {
        let of_it = answered.iter().filter(|(known, _)| known.id == which.id);
        of_it.flat_map(|(_, filled)| filled).map(|filled| filled.day).max()
    };
    let since = |each: &Asked| texts::moment(texts, about.stored_ms(each.post).unwrap_or_default());
    html! {
        h2 { (texts.text("web-asked")) }
        @if asked.is_empty() { p { (texts.text("web-asked-nothing")) } }
        ul.plain { @for each in &asked { li.card {
            @let title = title_of(texts, &each.questionnaire);
            strong { (title) } " · " (how_often(texts, each.every_days))
            p.faint {
                (texts.with("web-asked-since", [("when", since(each).into())])) " "
                @match last(&each.questionnaire) {
                    Some(day) => (texts.with("web-answered-last", [("day", texts::day(texts, day).into())])),
                    None => (texts.text("web-answered-never")),
                }
            }
            form.inline method="post" action={ "/patient/" (person) "/questionnaires/withdraw" } {
                (hidden(&caller.form)) (once())
                input type="hidden" name="which" value=(each.questionnaire.id);
                button.quiet type="submit" aria-label=(texts.with("web-withdraw-of", [("title", title.into())])) { (texts.text("web-withdraw")) }
            }
        } } }
    }
}

fn ask_form(texts: &Texts, person: PersonId, caller: &Caller) -> Markup {
    let shipped = Questionnaire::shipped().unwrap_or_default();
    html! {
        h2 { (texts.text("web-ask-new")) }
        form method="post" action={ "/patient/" (person) "/questionnaires" } {
            (hidden(&caller.form)) (once())
            label for="which" { (texts.text("web-which")) }
            select id="which" name="which" {
                @for which in &shipped { option value=(which.id) { (title_of(texts, which)) } }
                option value="" { (texts.text("web-which-own")) }
            }
            label for="days" { (texts.text("web-ask-days")) }
            input id="days" name="days" type="number" min="1" max=(MOST_DAYS) aria-describedby="days-help";
            p.faint id="days-help" { (texts.text("web-ask-days-help")) }
            details {
                summary { (texts.text("web-own-questionnaire")) }
                label for="text" { (texts.text("web-own-json")) }
                textarea id="text" name="text" rows="8" spellcheck="false" aria-describedby="text-help" {}
                p.faint id="text-help" { (texts.text("web-own-help")) }
            }
            button type="submit" { (texts.text("web-ask-it")) }
        }
    }
}

fn results(texts: &Texts, answered: &[(Questionnaire, Vec<Filled>)]) -> Markup {
    html! {
        @for (which, filled) in answered {
            @let trend = measures::trend(filled);
            h2 { (title_of(texts, which)) }
            p {
                @if let Some(changed) = trend.changed { strong { (texts.text(verdict(which, changed))) } " " }
                @match which.sums.first().and_then(|sum| sum.change) {
                    Some(change) => (texts.with("web-least-change", [("points", format!("{change:.0}").into())])),
                    None => (texts.text("web-no-least-change")),
                }
            }
            @if trend.points.len() > 1 { (drawn(texts, which, &trend)) }
            (fillings(texts, which, filled))
        }
    }
}

/// Better or worse, only where it is as much as matters.
fn verdict(which: &Questionnaire, changed: Changed) -> &'static str {
    let worse_up = which.sums.first().is_none_or(|sum| sum.higher_is_worse);
    match changed {
        Changed::NotYet => "web-measure-not-yet",
        Changed::More(_) if worse_up => "web-measure-worse",
        Changed::Less(_) if !worse_up => "web-measure-worse",
        Changed::More(_) | Changed::Less(_) => "web-measure-better",
    }
}

fn drawn(texts: &Texts, which: &Questionnaire, trend: &measures::Trend) -> Markup {
    let points: Vec<Point> =
        trend.points.iter().map(|(day, value)| Point { day: *day, value: *value, sd: None }).collect();
    let told =
        |point: Option<&(Date, f64)>| point.map(|(_, value)| format!("{value:.0}")).unwrap_or_default();
    let since = trend.points.first().map(|(day, _)| texts::day(texts, *day)).unwrap_or_default();
    let words = texts.with(
        "web-trend",
        [
            ("name", title_of(texts, which).into()),
            ("from", told(trend.points.first()).into()),
            ("to", told(trend.points.last()).into()),
            ("since", since.into()),
        ],
    );
    // Drawn as plain numbers are.
    let of = Of::Test { exercise: which.id.clone(), unit: "count".into() };
    html! { figure { (chart::svg(texts, &of, &points, &words)) } }
}

fn fillings(texts: &Texts, which: &Questionnaire, filled: &[Filled]) -> Markup {
    let sum = which.sums.first();
    html! {
        @for each in filled.iter().rev() {
            details.card {
                summary {
                    (texts::day(texts, each.day)) ": "
                    @match each.total() {
                        Some(total) => {
                            strong { (format!("{total:.0}")) }
                            @if let Some(band) = sum.and_then(|sum| sum.band(total)) { " · " (texts.text(&format!("review-band-{band}"))) }
                        }
                        None => (texts.text("web-no-sum")),
                    }
                    @if each.asks_for_safety { span.tag { (texts.text("web-safety-tag")) } }
                }
                table {
                    tbody { @for item in which.items.iter().filter(|item| each.answers.contains_key(&item.link_id)) { tr {
                        th scope="row" { (item.text.in_language(texts.language().tag())) }
                        td { (answer(texts, item, &each.answers[&item.link_id])) }
                    } } }
                }
            }
        }
    }
}

fn answer(texts: &Texts, item: &Item, answer: &Answer) -> String {
    let tag = texts.language().tag();
    match answer {
        Answer::Code(code) => {
            let choice = item.choices.iter().find(|choice| choice.code == *code);
            choice.map_or_else(|| code.clone(), |choice| choice.text.in_language(tag).to_owned())
        }
        Answer::Yes(yes) => texts.text(if *yes { "safety-answer-yes" } else { "safety-answer-no" }),
        Answer::Number(number) => number.to_string(),
        Answer::Text(text) => text.clone(),
    }
}

/// The text that is asked: one that ships, or what was pasted, if it can be read.
fn text_of(wanted: &Wanted) -> Result<Text<QUESTIONNAIRE_BYTES>, Problem> {
    let shipped = Questionnaire::shipped_text(&wanted.which);
    let text = shipped.unwrap_or_else(|| wanted.text.trim());
    let read = Questionnaire::from_json(text).map_err(|error| {
        tracing::debug!(%error, "a questionnaire can't be read");
        Problem::Bad("web-questionnaire-wrong")
    })?;
    // One's own under the name of one that ships would be counted as that.
    let known = Questionnaire::shipped().unwrap_or_default();
    if shipped.is_none() && known.iter().any(|known| known.id == read.id || known.url == read.url) {
        return Err(Problem::Bad("web-questionnaire-taken"));
    }
    Text::new(text).map_err(|_| Problem::Bad("web-questionnaire-long"))
}

pub async fn ask(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let done = async {
        let mut caller = shared.sender(&visitor, &wanted.form)?;
        let person = id(&person)?;
        // Whether there is such a patient for them comes before what they typed.
        shared.about(&mut caller, person).await?;
        let every_days = match wanted.days.trim() {
            "" => None,
            days => {
                let days = days.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
                Some(days.ok_or(Problem::Bad("web-plan-number"))?)
            }
        };
        let body = PostBody::Asked { questionnaire: text_of(&wanted)?, every_days, withdrawn: false };
        shared.post(&mut caller, person, &wanted.once, body).await?;
        Ok(to(&format!("/patient/{person}/questionnaires")))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

pub async fn withdraw(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(withdrawn): Form<Withdrawn>,
) -> Response {
    let done = async {
        let mut caller = shared.sender(&visitor, &withdrawn.form)?;
        let person = id(&person)?;
        let about = shared.about(&mut caller, person).await?;
        let asked = about.asked().into_iter().find(|asked| asked.questionnaire.id == withdrawn.which);
        let post = asked.ok_or(Problem::NotFound)?.post;
        let text = about.entries.iter().find_map(|entry| match &entry.post.body {
            PostBody::Asked { questionnaire, .. } if entry.post.id == post => Some(questionnaire.clone()),
            _ => None,
        });
        let questionnaire = text.ok_or(Problem::NotFound)?;
        let body = PostBody::Asked { questionnaire, every_days: None, withdrawn: true };
        shared.post(&mut caller, person, &withdrawn.once, body).await?;
        Ok(to(&format!("/patient/{person}/questionnaires")))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}

pub async fn dealt(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(dealt): Form<Dealt>,
) -> Response {
    let done = async {
        let mut caller = shared.sender(&visitor, &dealt.form)?;
        let person = id(&person)?;
        let about = shared.about(&mut caller, person).await?;
        // What the form was about, and nothing that came after it.
        let up_to = dealt.up_to;
        if about.open_safety().is_none_or(|(open, _)| up_to > open) {
            return Err(Problem::NotFound);
        }
        shared.log(&caller, Ask::SeeDiary, &[person]).await?;
        let set = move |store: &mut dyn baro_store::Store| store.set_safe_until(person, up_to);
        shared.behind.pool().change("safe until", set).await.ok_or(Problem::Unavailable)?;
        Ok(to(&format!("/patient/{person}/questionnaires")))
    };
    let done = done.await;
    shared.answered(&visitor, done)
}
