//! What a therapist writes to a patient. Ordered by the server, and never changed.

use super::{
    Shared,
    enter::{Caller, Visitor},
    frame::to,
    patient::{id, raw},
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
