//! Exercises of the clinic's own: taught from recorded sets, shown as they were understood, and free to be planned. A plan takes with it those that
//! it asks for, so that the patient's program needs nothing else; removing one here changes no plan.

mod teach;
mod words;

pub use teach::{ask, teach};

use super::{
    Shared,
    care::About,
    enter::{Caller, Visitor},
    exercises::CATALOGUE,
    frame::{self, hidden, to},
    problem::Problem,
    set::{FILM_HZ, Film, json_of, repetitions, reps_shown, stage},
    texts,
};
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_coach::Exercise;
use baro_home::{Catalogue, ExerciseFile};
use baro_review::session::Shown;
use baro_store::{Kept, Store};
use baro_wire::Request;
use maud::html;
use serde::Deserialize;
use std::sync::Arc;

/// Takes one away.
#[derive(Deserialize)]
pub struct Removed {
    form: String,
}

impl Shared {
    /// Those that the caller's clinic taught, as far as this version reads them.
    async fn taught(&self, caller: &Caller) -> Result<Vec<ExerciseFile>, Problem> {
        let organisation = caller.staff.access.organisation;
        let all = self
            .behind
            .pool()
            .read("exercises", move |store| store.kept(organisation, Kept::Exercise))
            .await
            .ok_or(Problem::Unavailable)?;
        let texts = all.iter().map(|(_, text)| &**text);
        let all = Catalogue::default().with_taught(texts);
        self.care.texts.learn_of(all.exercises.iter().map(|file| Exercise::clone(&file.exercise)));
        Ok(all.exercises)
    }

    /// What can be planned for somebody: what ships, what the clinic taught, and what came with their plans.
    pub async fn catalogue(&self, caller: &Caller, about: &About) -> Result<Arc<Catalogue>, Problem> {
        let own = self.taught(caller).await?;
        let plans = about.plans().into_iter().filter_map(|planned| planned.plan);
        let of_plans: Vec<String> = plans.flat_map(|plan| plan.taught).collect();
        let texts = of_plans.iter().map(String::as_str).chain(own.iter().map(|file| &*file.toml));
        Ok(Arc::new(CATALOGUE.with_taught(texts)))
    }

    /// One of the clinic's own; for all others as if there were none.
    async fn one_taught(&self, visitor: &Visitor, id: &str) -> Result<(Caller, ExerciseFile), Problem> {
        let mut caller = self.caller(visitor)?;
        // Whether they may be here at all.
        caller.asker.ask(Request::ListPatients { after: None }).await?;
        let all = self.taught(&caller).await?;
        let file = all.into_iter().find(|file| file.exercise.id == id).ok_or(Problem::NotFound)?;
        Ok((caller, file))
    }
}

/// All of them.
pub async fn list(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    let shown = async {
        let mut caller = shared.caller(&visitor)?;
        caller.asker.ask(Request::ListPatients { after: None }).await?;
        let all = shared.taught(&caller).await?;
        let texts = shared.texts(&visitor);
        let title = texts.text("exercises-own");
        let body = html! {
            h1 { (title) }
            p.faint { (texts.text("taught-list-help")) }
            @if all.is_empty() { p { (texts.text("taught-none")) } } @else {
                ul { @for file in &all {
                    li { a href={ "/exercises/" (file.exercise.id) } { (texts::exercise(texts, &file.exercise.id)) } }
                } }
            }
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// One of them, as it was understood.
pub async fn show(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(exercise): Path<String>,
) -> Response {
    let shown = async {
        let (caller, file) = shared.one_taught(&visitor, &exercise).await?;
        let texts = shared.texts(&visitor);
        let title = texts::exercise(texts, &exercise);
        let reps = reps_shown(&Shown::of(&file.exercise, FILM_HZ));
        let body = html! {
            p { a href="/exercises" { "← " (texts.text("exercises-own")) } }
            h1 { (title) }
            p { (texts.text("taught-look")) }
            (super::plan::strip(&file.exercise, &texts.with("plan-figures", [("exercise", title.clone().into())])))
            (words::facts(texts, &file.exercise))
            (stage(texts, &Film::shown(&visitor.path), None, None))
            (repetitions(&reps, None))
            form method="post" action={ "/exercises/" (exercise) "/remove" } {
                (hidden(&caller.form))
                p.faint id="remove-help" { (texts.text("taught-remove-help")) }
                button.quiet type="submit" aria-describedby="remove-help" { (texts.text("taught-remove")) }
            }
        };
        Ok::<_, Problem>(frame::page(texts, &visitor, Some(&caller.form), &title, &body))
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// Its trainer, as a film.
pub async fn shown(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(exercise): Path<String>,
) -> Response {
    let shown = async {
        let (_, file) = shared.one_taught(&visitor, &exercise).await?;
        json_of(&Shown::of(&file.exercise, FILM_HZ).replay)
    };
    let shown = shown.await;
    shared.answered(&visitor, shown)
}

/// Takes it away: nobody plans it any more. Plans that have it keep it.
pub async fn remove(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(exercise): Path<String>,
    Form(removed): Form<Removed>,
) -> Response {
    let outcome = async {
        shared.sender(&visitor, &removed.form)?;
        let (caller, _) = shared.one_taught(&visitor, &exercise).await?;
        let organisation = caller.staff.access.organisation;
        let drop = move |store: &mut dyn Store| store.drop_kept(organisation, Kept::Exercise, &exercise);
        let dropped = shared.behind.pool().change("exercise", drop).await.ok_or(Problem::Unavailable)?;
        if dropped { Ok(to("/exercises")) } else { Err(Problem::NotFound) }
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}
