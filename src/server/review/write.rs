//! What a therapist writes: to the patient, and to a moment of a set. Ordered by the server, and never changed.

use super::{
    Shared,
    enter::{Caller, Visitor},
    frame::to,
    patient::{id, raw, record_id},
    problem::Problem,
};
use crate::now_ms;
use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use baro_net::Backend as _;
use baro_wire::{PersonId, Post, PostBody, PostId, Text, limits::TEXT_BYTES};
use serde::Deserialize;
use std::sync::Arc;

/// A message as it is sent.
#[derive(Deserialize)]
pub struct Written {
    form: String,
    once: String,
    text: String,
}

/// A comment as it is sent.
#[derive(Deserialize)]
pub struct Comment {
    form: String,
    once: String,
    time: f64,
    text: String,
}

impl Shared {
    /// Writes about somebody, once: a form that is sent again has the same id. Their devices are told at once.
    pub async fn post(
        &self,
        caller: &mut Caller,
        about: PersonId,
        once: &str,
        body: PostBody,
    ) -> Result<(), Problem> {
        let id = PostId(raw(once)?);
        caller.asker.post(Post { id, about, written_ms: now_ms(), body }).await?;
        for (person, cursor) in self.behind.news(id).await {
            self.hub.news(person, cursor);
        }
        Ok(())
    }
}

/// What somebody typed; browsers write lines as `\r\n`.
pub fn typed(text: &str) -> Result<Text<TEXT_BYTES>, Problem> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.is_empty() {
        return Err(Problem::Bad("web-empty"));
    }
    Text::new(text).map_err(|_| Problem::Bad("web-text-too-long"))
}

pub async fn message(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path(person): Path<String>,
    Form(written): Form<Written>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &written.form)?;
        let (person, text) = (id(&person)?, typed(&written.text)?);
        let body = PostBody::Message { answers: None, text };
        shared.post(&mut caller, person, &written.once, body).await?;
        Ok(to(&format!("/patient/{person}#messages")))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

pub async fn comment(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
    Form(written): Form<Comment>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &written.form)?;
        let (person, record, text) = (id(&person)?, record_id(&record)?, typed(&written.text)?);
        // Of this patient, and to be seen now.
        let seen = shared.record(&mut caller, person, record).await?;
        let [from, until] = seen.watched.span_s;
        if !(0.0..=until - from).contains(&written.time) {
            return Err(Problem::Bad("web-no-such-time"));
        }
        let time_ms = (written.time * 1_000.0) as u32;
        let body = PostBody::Note { record, time_ms, joint: None, text };
        shared.post(&mut caller, person, &written.once, body).await?;
        Ok(to(&format!("/patient/{person}/session/{record}#comments")))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}
