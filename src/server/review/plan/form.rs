//! The form in which a plan is typed, with what is to be said about it.

use super::{
    super::{
        care::About,
        enter::Caller,
        frame::{hidden, once},
        texts,
    },
    draft::{Draft, Finding, LIMITS, ROW, Row, TEMPO},
    figure, history, start, words,
};
use baro_coach::{Exercise, Kind, Sides};
use baro_home::{Assigned, Catalogue, today};
use baro_locale::Texts;
use baro_wire::{Cursor, PersonId};
use maud::{Markup, html};
use std::sync::Arc;

/// What to say above the form.
pub enum Notice {
    /// An older version is being taken up; when it was written.
    Again(i64),
    /// Somebody else saved another one since this form was made.
    Meanwhile { stored_ms: i64, author: PersonId, before: Option<Box<Assigned>> },
    /// The template is kept.
    Kept,
    /// The template is gone.
    Dropped,
}

/// The page's state.
pub struct Editor {
    pub draft: Draft,
    /// What can be planned.
    pub catalogue: Arc<Catalogue>,
    /// The version that it changes.
    pub at: Cursor,
    /// What that version says; what the last visit was done by, where there is none.
    pub stored: Assigned,
    pub found: Vec<Finding>,
    pub notice: Option<Notice>,
    /// The clinic's templates.
    pub templates: Vec<String>,
    /// It is shown as the patient will see it.
    pub looked: bool,
    /// The id of what has the keyboard.
    pub focus: Option<String>,
}

impl Editor {
    pub fn of(about: &About, catalogue: Arc<Catalogue>) -> Self {
        let (at, stored) = start(about);
        let draft = Draft::of(&stored);
        let (found, templates) = (Vec::new(), Vec::new());
        Self { draft, catalogue, at, stored, found, notice: None, templates, looked: false, focus: None }
    }

    pub fn markup(&self, texts: &Texts, person: PersonId, caller: &Caller) -> Markup {
        html! {
            (self.notices(texts, caller))
            (self.findings(texts))
            @if self.looked && self.found.is_empty() { (self.preview(texts)) }
            @if self.at == 0 && !self.draft.rows.is_empty() { p.faint { (texts.text("web-plan-from-last")) } }
            form.plan method="post" action={ "/patient/" (person) "/plan" } {
                (hidden(&caller.form)) (once())
                input type="hidden" name="at" value=(self.at);
                // What Enter presses in a field.
                button hidden type="submit" name="do" value="look" formnovalidate tabindex="-1" { (texts.text("plan-look")) }
                @if self.draft.rows.is_empty() { p { (texts.text("plan-empty")) } }
                @for i in 0..self.draft.rows.len() { (self.row(texts, i)) }
                (self.adding(texts))
                (self.limits(texts))
                label for="why" { (texts.text("web-why")) }
                textarea id="why" name="why" rows="3" maxlength="600" aria-describedby=(self.described("why", "why-help")) aria-invalid=[self.wrong("why")] { (self.draft.why) }
                p.faint id="why-help" { (texts.text("web-why-help")) }
                div.controls {
                    button type="submit" name="do" value="save" { (texts.text("web-save-plan")) }
                    button.quiet type="submit" name="do" value="look" { (texts.text("plan-look")) }
                }
            }
        }
    }

    fn notices(&self, texts: &Texts, caller: &Caller) -> Markup {
        let when = |ms: i64| ("when", texts::moment(texts, ms).into());
        html! { @match &self.notice {
            None => {},
            Some(Notice::Again(ms)) => p.done role="status" { (texts.with("plan-notice-again", [when(*ms)])) },
            Some(Notice::Kept) => p.done role="status" { (texts.text("plan-notice-kept")) },
            Some(Notice::Dropped) => p.done role="status" { (texts.text("plan-notice-dropped")) },
            Some(Notice::Meanwhile { stored_ms, author, before }) => {
                section.problem role="alert" aria-labelledby="meanwhile" {
                    h2 id="meanwhile" { (texts.text("plan-meanwhile")) }
                    p { (texts.with("plan-meanwhile-who", [when(*stored_ms), ("who", history::author(texts, *author, caller.staff.access.person).into())])) }
                    @if let Some(why) = &self.stored.why { p.said { (why) } }
                    @if let Some(before) = before {
                        ul { @for change in words::changes(texts, &self.stored, before) { li { (change) } } }
                    }
                    h3 { (texts.text("plan-meanwhile-theirs")) }
                    (history::whole(texts, &self.stored))
                    p { (texts.text("plan-meanwhile-yours")) }
                }
            }
        } }
    }

    fn findings(&self, texts: &Texts) -> Markup {
        html! { @if !self.found.is_empty() {
            div.problem role="alert" {
                p { (texts.text("plan-found")) }
                ul { @for finding in &self.found {
                    li { a href={ "#" (id_of(finding)) } { (words::finding(texts, &self.draft, finding)) } }
                } }
            }
        } }
    }

    /// What the patient sees: what is otherwise, why, and what they will do.
    fn preview(&self, texts: &Texts) -> Markup {
        let Ok(plan) = self.draft.read(&self.catalogue, false) else { return html! {} };
        let minutes = today::minutes_of(&plan.doses);
        html! {
            section.card aria-labelledby="preview" tabindex="-1" id="previewed" autofocus {
                h2 id="preview" { (texts.text("plan-preview")) }
                @let changes = words::changes(texts, &plan, &self.stored);
                @if changes.is_empty() { p { (texts.text("plan-no-change")) } } @else {
                    h3 { (texts.text("plan-preview-changes")) }
                    ul { @for change in changes { li { (change) } } }
                }
                @if let Some(why) = &plan.why { p.said { (why) } }
                h3 { (texts.with("plan-preview-minutes", [("minutes", minutes.into())])) }
                ol.preview { @for dose in &plan.doses {
                    li {
                        strong { (texts::exercise(texts, &dose.exercise)) } " " (words::amount(texts, dose))
                        @if let Some(file) = self.catalogue.exercise(&dose.exercise) {
                            @let name = texts::exercise(texts, &dose.exercise);
                            (figure::strip(&file.exercise, &texts.with("plan-figures", [("exercise", name.into())])))
                        }
                    }
                } }
            }
        }
    }

    fn row(&self, texts: &Texts, i: usize) -> Markup {
        let row = &self.draft.rows[i];
        let name = texts::exercise(texts, row.get("exercise"));
        let exercise = self.catalogue.exercise(row.get("exercise")).map(|file| &*file.exercise);
        let (outer, inner): (Vec<_>, Vec<_>) = ROW
            .into_iter()
            .filter(|name| !matches!(*name, "exercise" | "side") && shows(exercise, row, name))
            .partition(|name| matches!(*name, "sets" | "reps" | "hold" | "minutes" | "days"));
        let button = |press: &str, key: &str| {
            let at = format!("{press}-{i}");
            let focus = self.focus.as_deref() == Some(&*at);
            html! {
                button.quiet type="submit" name="do" value=(at) id=(at) formnovalidate autofocus[focus]
                    aria-label={ (texts.text(key)) ": " (name) } { (texts.text(key)) }
            }
        };
        let focus = self.focus.as_deref() == Some(&*format!("row-{i}"));
        html! {
            fieldset.card id={ "row-" (i) } tabindex="-1" autofocus[focus] {
                legend { strong { (i + 1) ". " (name) } }
                input type="hidden" id={ "exercise-" (i) } name={ "exercise-" (i) } value=(row.get("exercise"));
                @if self.wrong_at(i, "exercise").is_some() { (self.told(texts, Some(i), "exercise")) }
                div.pair {
                    @for name in outer { (self.number(texts, i, name)) }
                    @if exercise.is_none_or(|exercise| exercise.sides == Sides::Each) || !matches!(row.get("side"), "" | "auto") {
                        (self.side(texts, i))
                    }
                }
                details open[inner.iter().any(|name| self.wrong_at(i, name).is_some())] {
                    summary { (texts.text("plan-more")) }
                    div.pair { @for name in inner { (self.number(texts, i, name)) } }
                    (self.told(texts, Some(i), "tempo"))
                }
                div.controls {
                    @if i > 0 { (button("up", "plan-up")) }
                    @if i + 1 < self.draft.rows.len() { (button("down", "plan-down")) }
                    (button("remove", "plan-remove"))
                }
            }
        }
    }

    fn number(&self, texts: &Texts, i: usize, name: &'static str) -> Markup {
        let id = format!("{name}-{i}");
        let step = match name {
            "load" => "0.5",
            name if TEMPO.contains(&name) => "0.1",
            _ => "1",
        };
        html! { div {
            label for=(id) { (words::label(texts, name)) }
            input id=(id) name=(id) type="number" min="0" step=(step) value=(self.draft.rows[i].get(name))
                aria-invalid=[self.wrong_at(i, name)] aria-describedby=[self.wrong_at(i, name).map(|_| format!("{id}-wrong"))];
            (self.told(texts, Some(i), name))
        } }
    }

    fn side(&self, texts: &Texts, i: usize) -> Markup {
        let id = format!("side-{i}");
        let side = self.draft.rows[i].get("side");
        html! { div {
            label for=(id) { (words::label(texts, "side")) }
            select id=(id) name=(id) aria-invalid=[self.wrong_at(i, "side")] {
                @for value in ["auto", "left", "right"] {
                    option value=(value) selected[value == side] { (texts.text(&format!("plan-side-{value}"))) }
                }
            }
            (self.told(texts, Some(i), "side"))
        } }
    }

    /// A further exercise, and templates.
    fn adding(&self, texts: &Texts) -> Markup {
        let focus = self.focus.as_deref() == Some("new");
        let routine = |routine: &baro_coach::Routine| {
            (format!("shipped/{}", routine.id), texts.text(&routine.name_key))
        };
        html! {
            div.card {
                label for="new" { (texts.text("plan-add-which")) }
                div.controls {
                    select.grows id="new" name="new" autofocus[focus] {
                        @let (own, shipped) = words::exercises(texts, &self.catalogue);
                        @if !own.is_empty() {
                            optgroup label=(texts.text("exercises-own")) { @for (name, id) in own { option value=(id) { (name) } } }
                        }
                        @for (name, id) in shipped { option value=(id) { (name) } }
                    }
                    button.quiet type="submit" name="do" value="add" formnovalidate { (texts.text("plan-add")) }
                }
                p { a href="/exercises" { (texts.text("exercises-own")) } }
            }
            details.card open[self.wrong("name").is_some()] {
                summary { (texts.text("plan-templates")) }
                label for="template" { (texts.text("plan-template")) }
                select id="template" name="template" {
                    optgroup label=(texts.text("plan-templates-shipped")) {
                        @for (value, name) in self.catalogue.routines.iter().map(|one| routine(one)) { option value=(value) { (name) } }
                    }
                    @if !self.templates.is_empty() {
                        optgroup label=(texts.text("plan-templates-own")) {
                            @for name in &self.templates { option value={ "own/" (name) } { (name) } }
                        }
                    }
                }
                div.controls {
                    button.quiet type="submit" name="do" value="take" formnovalidate { (texts.text("plan-take")) }
                    button.quiet type="submit" name="do" value="append" formnovalidate { (texts.text("plan-append")) }
                    @if !self.templates.is_empty() {
                        button.quiet type="submit" name="do" value="drop" formnovalidate { (texts.text("plan-drop")) }
                    }
                }
                label for="name" { (texts.text("plan-name")) }
                input id="name" name="name" maxlength="60" aria-describedby=(self.described("name", "name-help")) aria-invalid=[self.wrong("name")];
                (self.told(texts, None, "name"))
                p.faint id="name-help" { (texts.text("plan-name-help")) }
                button.quiet type="submit" name="do" value="keep" formnovalidate { (texts.text("plan-keep")) }
            }
        }
    }

    fn limits(&self, texts: &Texts) -> Markup {
        let draft = &self.draft;
        let set = !draft.limits.is_empty() || draft.no_progress || !draft.forbidden.is_empty();
        let known = |id: &str| self.catalogue.exercise(id).is_some();
        let foreign = draft.forbidden.iter().filter(|id| !known(id));
        html! {
            details.card open[set] {
                summary { (texts.text("plan-limits")) }
                p.faint { (texts.text("plan-limits-help")) }
                div.pair { @for name in LIMITS {
                    div {
                        label for=(name) { (words::label(texts, name)) }
                        input id=(name) name=(name) type="number" min="0" step=(if name == "max_load_kg" { "0.5" } else { "1" })
                            value=(draft.limits.get(name).map(String::as_str).unwrap_or_default()) aria-invalid=[self.wrong(name)];
                        (self.told(texts, None, name))
                    }
                } }
                (tick(texts.text("plan-no-progress"), "no_progress", draft.no_progress))
                details {
                    summary { (texts.text("plan-forbidden")) " (" (draft.forbidden.len()) ")" }
                    div.ticks {
                        @let (own, shipped) = words::exercises(texts, &self.catalogue);
                        @for (name, id) in own.into_iter().chain(shipped) {
                            (tick(name, &format!("forbid-{id}"), draft.forbidden.contains(id)))
                        }
                        @for id in foreign { (tick(id.clone(), &format!("forbid-{id}"), true)) }
                    }
                }
            }
        }
    }

    fn find(&self, row: Option<usize>, field: &str) -> Option<&Finding> {
        self.found.iter().find(|found| (found.row, found.field) == (row, field))
    }

    /// Value of `aria-invalid`; none where nothing is wrong.
    fn wrong(&self, field: &str) -> Option<&'static str> {
        self.find(None, field).map(|_| "true")
    }

    fn wrong_at(&self, row: usize, field: &str) -> Option<&'static str> {
        self.find(Some(row), field).map(|_| "true")
    }

    fn described(&self, field: &str, help: &str) -> String {
        if self.wrong(field).is_some() { format!("{help} {field}-wrong") } else { help.to_owned() }
    }

    /// What is wrong with a field, beside it.
    fn told(&self, texts: &Texts, row: Option<usize>, field: &str) -> Markup {
        html! { @if let Some(finding) = self.find(row, field) {
            p.wrong id={ (id_of(finding)) "-wrong" } { (words::finding(texts, &self.draft, finding)) }
        } }
    }
}

fn tick(name: String, field: &str, set: bool) -> Markup {
    html! { label.tick { input type="checkbox" name=(field) id=(field) checked[set]; " " (name) } }
}

fn id_of(finding: &Finding) -> String {
    finding.row.map_or_else(|| finding.field.to_owned(), |row| format!("{}-{row}", finding.field))
}

/// Has the exercise this field? What was typed into one that it lacks is shown, too: it has to go.
fn shows(exercise: Option<&Exercise>, row: &Row, name: &str) -> bool {
    let Some(exercise) = exercise else { return true };
    let test = exercise.test.is_some();
    let (reps, hold, paced) = match exercise.kind {
        _ if test => (false, false, false),
        Kind::Reps => (true, false, false),
        Kind::Hold(_) => (false, true, false),
        Kind::Paced(_) => (false, false, true),
    };
    let text = row.get(name);
    match name {
        "sets" => !paced || text != "1",
        "reps" => reps || hold || !matches!(text, "" | "1"),
        "hold" => hold || !text.is_empty(),
        "minutes" => paced || !text.is_empty(),
        "load" => reps || hold || !text.is_empty(),
        name if TEMPO.contains(&name) => reps || !text.is_empty(),
        "rest" => !paced,
        _ => true,
    }
}
