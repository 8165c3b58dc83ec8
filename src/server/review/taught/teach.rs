//! Teaches an exercise from a part of a recorded set.

use super::{super::Shared, words};
use crate::review::{
    enter::{Caller, Visitor},
    frame::{self, hidden, to},
    patient::{id, record_id},
    problem::Problem,
    set::{Film, Opened, Seen, read, repetitions, reps, stage},
    texts,
};
use axum::{
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use baro_coach::{
    Avoid, Equipment, Muscle, Names, Region,
    teach::{self, TeachError, TeachOptions, Told},
};
use baro_locale::Texts;
use baro_motion::PoseFrame;
use baro_store::{Kept, Store};
use maud::{Markup, html};
use std::{collections::BTreeMap, sync::Arc};
use tokio::task::spawn_blocking;

/// The part that is learned from, seconds: one to ten repetitions.
const MOST_S: f64 = 120.0;
const LEAST_S: f64 = 2.0;
/// Stillness before the first and after the last repetition, seconds.
const STILL_S: f64 = 0.7;

type Typed = BTreeMap<String, String>;

/// What was typed, and what was wrong with it.
#[derive(Default)]
struct Asked {
    typed: Typed,
    wrong: Option<String>,
}

impl Asked {
    fn get(&self, name: &str) -> &str {
        self.typed.get(name).map(|text| text.trim()).unwrap_or_default()
    }

    fn ticked(&self, name: &str) -> bool {
        self.typed.contains_key(name)
    }

    /// Of a closed list, those that are ticked: `avoid-glaucoma`.
    fn all<T: Copy>(&self, kind: &str, all: &[T], name: impl Fn(T) -> &'static str) -> Vec<T> {
        all.iter().copied().filter(|one| self.ticked(&format!("{kind}-{}", name(*one)))).collect()
    }

    /// A name in one language stands for both.
    fn names(&self) -> Option<Names> {
        let [en, ko] = ["name-en", "name-ko"].map(|name| self.get(name));
        let or = |one: &str, other: &str| String::from(if one.is_empty() { other } else { one });
        let names = Names { en: or(en, ko), ko: or(ko, en) };
        let fits = |name: &str| !name.is_empty() && name.chars().count() <= Names::MOST_LETTERS;
        (fits(&names.en) && fits(&names.ko)).then_some(names)
    }

    /// From when to when, seconds from the first frame.
    fn span(&self, lasts_s: f64) -> Option<[f64; 2]> {
        let [from, to] = ["from", "to"].map(|name| self.get(name).parse::<f64>().ok());
        let (from, to) = (from?.max(0.0), to?.min(lasts_s));
        (LEAST_S..=MOST_S).contains(&(to - from)).then_some([from, to])
    }
}

/// The page with the form.
pub async fn ask(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        let opened = shared.record(&mut caller, id(&person)?, record_id(&record)?).await?;
        let seen = opened.seen().await?;
        let asked = Asked { typed: usual(&seen), wrong: None };
        Ok(page(&shared, &visitor, &caller, (&opened, &seen), &asked))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// What is likely wanted: all complete repetitions, and the least that everybody should know who should not do it.
fn usual(seen: &Seen) -> Typed {
    let review = &seen.review;
    let [begin_s, end_s] = review.span_s;
    let whole: Vec<_> = review.repetitions.iter().filter(|rep| rep.complete).take(10).collect();
    let from_s = whole.first().map_or(begin_s, |rep| (rep.start_s - STILL_S).max(begin_s));
    let to_s = whole.last().map_or(end_s, |rep| (rep.end_s + STILL_S).min(end_s));
    let number = |s: f64| format!("{:.1}", s - begin_s);
    let avoid = format!("avoid-{}", Avoid::AcuteInjury.name());
    [("from".into(), number(from_s)), ("to".into(), number(to_s.min(from_s + MOST_S))), (avoid, "on".into())]
        .into()
}

/// Learns it and keeps it.
pub async fn teach(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
    Form(typed): Form<Typed>,
) -> Response {
    let outcome = async {
        let mut caller =
            shared.sender(&visitor, typed.get("form").map(String::as_str).unwrap_or_default())?;
        let (person, record) = (id(&person)?, record_id(&record)?);
        let opened = shared.record(&mut caller, person, record).await?;
        let seen = opened.seen().await?;
        let mut asked = Asked { typed, wrong: None };
        let texts = shared.texts(&visitor);
        let [begin_s, end_s] = opened.span_s;
        let (Some(names), Some(span_s)) = (asked.names(), asked.span(end_s - begin_s)) else {
            let key = if asked.names().is_none() { "taught-error-name" } else { "taught-error-span" };
            asked.wrong = Some(texts.text(key));
            return Ok((
                StatusCode::UNPROCESSABLE_ENTITY,
                page(&shared, &visitor, &caller, (&opened, &seen), &asked),
            )
                .into_response());
        };
        let told = told(&asked, names);
        let chunks = shared.chunks(&mut caller, person, record).await?;
        let span_s = span_s.map(|s| s + begin_s);
        let learned = spawn_blocking(move || learn(&chunks, span_s, told)).await;
        let learned = learned.ok().flatten().ok_or(Problem::Bad("web-unreadable"))?;
        match learned {
            Ok((id, text)) => {
                let (organisation, name) = (caller.staff.access.organisation, id.clone());
                let keep =
                    move |store: &mut dyn Store| store.keep(organisation, Kept::Exercise, &name, &text);
                let kept = shared.behind.pool().change("exercise", keep).await.ok_or(Problem::Unavailable)?;
                if kept {
                    Ok(to(&format!("/exercises/{id}")))
                } else {
                    Err(Problem::Bad("taught-error-many"))
                }
            }
            Err(error) => {
                asked.wrong = Some(words::refused(texts, &error));
                let page = page(&shared, &visitor, &caller, (&opened, &seen), &asked);
                Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
            }
        }
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

fn told(asked: &Asked, names: Names) -> Told {
    Told {
        names,
        body: asked.all("body", Region::ALL, Region::name),
        muscles: asked.all("muscle", Muscle::ALL, Muscle::name),
        equipment: asked.all("equipment", Equipment::ALL, Equipment::name),
        avoid: asked.all("avoid", Avoid::ALL, Avoid::name),
        // Nothing of whom it was learned from.
        source: format!("A clinic's own, taught from a recording on {}", texts::now().day),
    }
}

/// The exercise's id, and its file. None: the record can't be read.
fn learn(
    chunks: &[Vec<u8>],
    [from_s, to_s]: [f64; 2],
    told: Told,
) -> Option<Result<(String, String), TeachError>> {
    let recording = read(chunks)?;
    let inside = |frame: &&PoseFrame| (from_s..=to_s).contains(&frame.time_s);
    let frames: Vec<PoseFrame> = recording.frames().filter(inside).copied().collect();
    let mut random = [0; 3];
    getrandom::fill(&mut random).ok()?;
    let id = words::id_of(&told.names, random);
    let options = TeachOptions { id: id.clone(), name: told.names.en.clone(), told: Some(told) };
    Some(teach::teach(&[frames], &options).map(|text| (id, text)))
}

fn page(
    shared: &Shared,
    visitor: &Visitor,
    caller: &Caller,
    (opened, seen): (&Opened, &Seen),
    asked: &Asked,
) -> Response {
    let texts = shared.texts(visitor);
    let title = texts.text("taught-from-set");
    let set = visitor.path.trim_end_matches("/teach");
    let body = html! {
        p { a href=(set) { "← " (texts::exercise(texts, &opened.exercise.id)) } }
        h1 { (title) }
        p { (texts.text("taught-help")) }
        @if let Some(wrong) = &asked.wrong { p.problem role="alert" { (wrong) } }
        (stage(texts, &Film::of(set, opened), None, None))
        (repetitions(&reps(seen), None))
        form method="post" action=(visitor.path) {
            (hidden(&caller.form))
            (fields(texts, asked, opened.span_s))
            button type="submit" { (texts.text("taught-teach")) }
        }
    };
    frame::page(texts, visitor, Some(&caller.form), &title, &body)
}

fn fields(texts: &Texts, asked: &Asked, [begin_s, end_s]: [f64; 2]) -> Markup {
    let most = format!("{:.1}", end_s - begin_s);
    let list = |kind: &str, names: Vec<&'static str>| {
        html! { div.ticks { @for name in names {
            @let field = format!("{kind}-{name}");
            label.tick { input type="checkbox" name=(field) checked[asked.ticked(&field)]; " " (texts.text(&field)) }
        } } }
    };
    html! {
        fieldset.card {
            legend { (texts.text("taught-part")) }
            p.faint id="part-help" { (texts.text("taught-part-help")) }
            div.pair { @for name in ["from", "to"] {
                div {
                    label for=(name) { (texts.text(&format!("taught-{name}"))) }
                    input id=(name) name=(name) type="number" min="0" max=(most) step="0.1" required value=(asked.get(name)) aria-describedby="part-help";
                    button.quiet type="button" hidden data-film-take=(name) { (texts.text("taught-take")) }
                }
            } }
        }
        div.pair { @for name in ["name-en", "name-ko"] {
            div {
                label for=(name) { (texts.text(&format!("taught-{name}"))) }
                input id=(name) name=(name) maxlength=(Names::MOST_LETTERS) value=(asked.get(name)) aria-describedby="name-help";
            }
        } }
        p.faint id="name-help" { (texts.text("taught-name-help")) }
        fieldset.card { legend { (texts.text("taught-avoid")) } (list("avoid", Avoid::ALL.iter().map(|one| one.name()).collect())) }
        fieldset.card { legend { (texts.text("taught-body")) } p.faint { (texts.text("taught-body-help")) } (list("body", Region::ALL.iter().map(|one| one.name()).collect())) }
        fieldset.card { legend { (texts.text("taught-equipment")) } (list("equipment", Equipment::ALL.iter().map(|one| one.name()).collect())) }
        details.card { summary { (texts.text("taught-muscles")) } (list("muscle", Muscle::ALL.iter().map(|one| one.name()).collect())) }
    }
}
