//! The plan: what is done, how much of it, within which limits, and why. The form works without a script: each press of a button sends all
//! that was typed, and brings it back. What was saved is a version; none is ever changed.

mod draft;
mod figure;
mod form;
mod history;
mod template;
mod words;

pub use figure::strip;
pub use history::show as history;
pub use words::dose;

use super::{
    Shared, board,
    care::About,
    enter::{Caller, Visitor},
    frame::{self, to},
    patient::{id, raw},
    problem::Problem,
};
use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use baro_coach::plan::Limits;
use baro_home::Assigned;
use baro_wire::{Cursor, PersonId, PostBody, PostId, Text};
use draft::{Draft, Finding, Typed, What};
use form::{Editor, Notice};
use maud::html;
use std::sync::Arc;
use template::Template;

/// A form of 40 exercises, each with 15 fields, and a reason in Korean as `%xx`.
pub const FORM_BYTES: usize = 96 * 1024;

/// What the editor starts from.
#[derive(serde::Deserialize)]
pub struct From {
    /// An older version, by its place.
    from: Option<Cursor>,
}

pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Query(from): Query<From>,
) -> Response {
    let shown = async {
        let person = id(&person)?;
        let mut caller = shared.caller(&visitor)?;
        let about = shared.about(&mut caller, person).await?;
        let catalogue = shared.catalogue(&caller, &about).await?;
        let mut editor = Editor::of(&about, catalogue);
        if let Some(from) = from.from {
            let plans = about.plans();
            let older =
                plans.into_iter().find(|planned| planned.entry.cursor == from).ok_or(Problem::NotFound)?;
            editor.draft = Draft::of(&older.plan.ok_or(Problem::NotFound)?);
            editor.notice = Some(Notice::Again(older.entry.stored_ms));
        }
        shared.edited(&visitor, &caller, person, StatusCode::OK, editor).await
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// The plan that holds, and where the newest stands; where nobody wrote one (0), what the last visit was done by.
fn start(about: &About) -> (Cursor, Assigned) {
    let newest = about.plans().last().map_or(0, |planned| planned.entry.cursor);
    let plan = about.plan().map(|(_, plan)| plan);
    if let Some(plan) = plan.clone().filter(|plan| !plan.doses.is_empty()) {
        return (newest, plan);
    }
    let limits = plan.map_or_else(Limits::default, |plan| plan.limits);
    let visits = about.visits();
    let last = visits.iter().rev().find(|visit| visit.is_session());
    let doses = last.map(|visit| visit.items.iter().map(|item| item.dose.clone()).collect());
    (newest, Assigned { doses: doses.unwrap_or_default(), limits, ..Assigned::default() })
}

impl Shared {
    /// The page with the form.
    async fn edited(
        &self,
        visitor: &Visitor,
        caller: &Caller,
        person: PersonId,
        status: StatusCode,
        mut editor: Editor,
    ) -> Result<Response, Problem> {
        editor.templates = self.templates(caller).await?;
        let texts = self.texts(visitor);
        let title = texts.text("web-change-plan");
        let body = html! {
            p { a href={ "/patient/" (person) } { "← " (board::name(texts, person)) } }
            h1 { (title) }
            p { a href={ "/patient/" (person) "/plan/history" } { (texts.text("plan-history")) } }
            (editor.markup(texts, person, caller))
        };
        Ok((status, frame::page(texts, visitor, Some(&caller.form), &title, &body)).into_response())
    }
}

pub async fn change(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let outcome = async {
        let field = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let mut caller = shared.sender(&visitor, field("form"))?;
        let person = id(&person)?;
        if matches!(field("do"), "" | "save") {
            return shared.save(&visitor, &mut caller, person, &typed).await;
        }
        let about = shared.about(&mut caller, person).await?;
        let catalogue = shared.catalogue(&caller, &about).await?;
        let mut editor = Editor { draft: Draft::typed(&typed), ..Editor::of(&about, catalogue) };
        editor.at = field("at").parse().map_err(|_| Problem::NotFound)?;
        let status = shared.pressed(&caller, &mut editor, &typed).await?;
        shared.edited(&visitor, &caller, person, status, editor).await
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

impl Shared {
    /// A button that saves nothing of the patient.
    async fn pressed(
        &self,
        caller: &Caller,
        editor: &mut Editor,
        typed: &Typed,
    ) -> Result<StatusCode, Problem> {
        let field = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let (press, row) = match field("do").split_once('-') {
            Some((press, row)) => (press, row.parse().ok().filter(|row| *row < editor.draft.rows.len())),
            None => (field("do"), None),
        };
        let rows = &mut editor.draft.rows;
        match (press, row) {
            ("up", Some(row)) if row > 0 => {
                rows.swap(row, row - 1);
                editor.focus = Some(format!("up-{}", row - 1));
            }
            ("down", Some(row)) if row + 1 < rows.len() => {
                rows.swap(row, row + 1);
                editor.focus = Some(format!("down-{}", row + 1));
            }
            ("remove", Some(row)) => {
                rows.remove(row);
                editor.focus = Some("new".into());
            }
            ("add", None) => {
                let row = editor.draft.add(field("new"), &editor.catalogue);
                editor.focus = row.map(|row| format!("row-{row}"));
            }
            ("take" | "append", None) => {
                let doses = self.doses_of(caller, field("template")).await?;
                if press == "take" {
                    editor.draft.take(&doses);
                } else {
                    let more = doses.iter().map(draft::Row::of);
                    editor.draft.rows.extend(more);
                }
            }
            ("keep", None) => return self.keep(caller, editor, field("name").trim()).await,
            ("drop", None) => {
                if let Template::Own(name) = Template::named(field("template"))? {
                    self.drop_template(caller, name).await?;
                    editor.notice = Some(Notice::Dropped);
                }
            }
            ("look", None) => {
                editor.looked = true;
                editor.found = editor.draft.read(&editor.catalogue, false).err().unwrap_or_default();
            }
            _ => {}
        }
        Ok(StatusCode::OK)
    }

    async fn save(
        &self,
        visitor: &Visitor,
        caller: &mut Caller,
        person: PersonId,
        typed: &Typed,
    ) -> Result<Response, Problem> {
        let field = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        // From looking which version is the newest until the next one stands: of two who save at once, one is told of the other.
        let _one = self.plans.lock().await;
        let about = self.about(caller, person).await?;
        let plans = about.plans();
        let back = to(&format!("/patient/{person}"));
        // The same form once more: it is saved.
        let once = PostId(raw(field("once"))?);
        if plans.iter().any(|planned| planned.entry.post.id == once) {
            return Ok(back);
        }
        let catalogue = self.catalogue(caller, &about).await?;
        let mut editor = Editor { draft: Draft::typed(typed), ..Editor::of(&about, catalogue) };
        let base: Cursor = field("at").parse().map_err(|_| Problem::NotFound)?;
        if base != editor.at {
            let before = plans.iter().rev().find(|planned| planned.entry.cursor <= base);
            editor.notice = plans.last().map(|newest| Notice::Meanwhile {
                stored_ms: newest.entry.stored_ms,
                author: newest.entry.author,
                before: before.and_then(|before| before.plan.clone()).map(Box::new),
            });
            return self.edited(visitor, caller, person, StatusCode::CONFLICT, editor).await;
        }
        let plan = match editor.draft.read(&editor.catalogue, true) {
            Ok(plan) => plan,
            Err(found) => {
                editor.found = found;
                return self.edited(visitor, caller, person, StatusCode::UNPROCESSABLE_ENTITY, editor).await;
            }
        };
        let routine = plan.to_toml().map_err(|_| Problem::Unavailable)?;
        let Ok(routine) = Text::new(routine) else {
            editor.found = vec![Finding { row: None, field: "new", what: What::TooMuch }];
            return self.edited(visitor, caller, person, StatusCode::UNPROCESSABLE_ENTITY, editor).await;
        };
        self.post(caller, person, field("once"), PostBody::Plan { routine }).await?;
        Ok(back)
    }
}
