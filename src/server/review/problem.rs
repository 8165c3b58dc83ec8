//! Why there is no such page. What somebody may not know of looks like what does not exist.

use super::{Shared, enter::Visitor, frame};
use crate::asker::Refused;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header::LOCATION},
    response::{IntoResponse as _, Response},
};
use baro_locale::Texts;
use baro_wire::{Purpose, Refusal};
use maud::{Markup, html};
use std::sync::Arc;

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nobody is signed in, or no longer.
    SignIn,
    NotFound,
    /// Not for this role.
    Forbidden,
    /// The patient has not agreed to it.
    Consent(Purpose),
    /// A form that another page sent, or an old one.
    Foreign,
    /// So many seconds.
    Wait(u64),
    /// What was typed can't be; the text that says why.
    Bad(&'static str),
    Unavailable,
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Unavailable => Self::Unavailable,
            Refused::By(refusal) => match refusal {
                Refusal::SignIn | Refusal::DeviceRevoked | Refusal::Erased => Self::SignIn,
                Refusal::NotAllowed => Self::Forbidden,
                Refusal::ConsentMissing { purpose } => Self::Consent(purpose),
                Refusal::Busy { .. } | Refusal::ServerFull { .. } => Self::Unavailable,
                _ => Self::NotFound,
            },
        }
    }
}

impl Problem {
    const fn status(self) -> StatusCode {
        match self {
            Self::SignIn => StatusCode::SEE_OTHER,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Forbidden | Self::Consent(_) | Self::Foreign => StatusCode::FORBIDDEN,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Bad(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::SignIn => "web-problem-sign-in",
            Self::NotFound => "web-problem-not-found",
            Self::Forbidden => "web-problem-forbidden",
            Self::Consent(Purpose::Movements) => "web-problem-movements",
            Self::Consent(_) => "web-problem-consent",
            Self::Foreign => "web-problem-foreign",
            Self::Wait(_) => "web-problem-wait",
            Self::Bad(key) => key,
            Self::Unavailable => "web-problem-unavailable",
        }
    }

    /// What a page says of it.
    pub fn told(self, texts: &Texts) -> Markup {
        let seconds = if let Self::Wait(seconds) = self { seconds } else { 0 };
        html! { p.problem role="alert" { (texts.with(self.key(), [("seconds", seconds.into())])) } }
    }
}

impl Shared {
    /// The page, or why there is none.
    pub fn answered(&self, visitor: &Visitor, outcome: Result<Response, Problem>) -> Response {
        match outcome {
            Ok(response) => response,
            Err(Problem::SignIn) => {
                // What the server refuses from now on is over in the browser, too.
                visitor.token.iter().for_each(|token| self.browsers.end(token));
                let to = [(LOCATION, HeaderValue::from_static("/sign-in"))];
                (Problem::SignIn.status(), to).into_response()
            }
            Err(problem) => self.told(visitor, problem),
        }
    }

    fn told(&self, visitor: &Visitor, problem: Problem) -> Response {
        let texts = self.texts(visitor);
        let title = texts.text("web-problem");
        let body = html! {
            h1 { (title) }
            (problem.told(texts))
            p { a href="/" { (texts.text("web-to-board")) } }
        };
        let form =
            visitor.token.as_ref().filter(|_| problem != Problem::SignIn).map(super::browser::Token::form);
        let page = frame::page(texts, visitor, form.as_deref(), &title, &body);
        (problem.status(), page).into_response()
    }
}

/// Any other address: the same page for everybody.
pub async fn nowhere(State(shared): State<Arc<Shared>>, visitor: Visitor) -> Response {
    shared.answered(&visitor, Err(Problem::NotFound))
}
