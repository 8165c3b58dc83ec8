//! Answers: a resource, a page of them, or what is wrong.

use crate::asker::Refused;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use baro_wire::Refusal;
use serde_json::{Value, json};

const CONTENT: &str = "application/fhir+json; charset=utf-8";

/// A resource as it is.
pub struct Resource(pub Value);

impl IntoResponse for Resource {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, CONTENT), (header::CACHE_CONTROL, "no-store")], self.0.to_string())
            .into_response()
    }
}

/// What is wrong. What is hidden and what is not there are the same here as everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub status: StatusCode,
    /// FHIR's `IssueType`.
    code: &'static str,
    text: &'static str,
    wait_s: Option<u64>,
}

impl Problem {
    const fn new(status: StatusCode, code: &'static str, text: &'static str) -> Self {
        Self { status, code, text, wait_s: None }
    }

    pub const fn bad(text: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid", text)
    }

    pub const fn nothing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "there is nothing here for you")
    }

    pub const fn no_key() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "login", "give a valid access key: Authorization: Bearer KEY")
    }

    pub const fn unavailable() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "transient", "the store does not answer; try again")
            .after(5)
    }

    pub const fn too_often(wait_s: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "throttled", "too many requests; wait").after(wait_s)
    }

    const fn after(mut self, wait_s: u64) -> Self {
        self.wait_s = Some(wait_s);
        self
    }

    /// The resource that says it.
    pub fn outcome(&self) -> Value {
        json!({
            "resourceType": "OperationOutcome",
            "issue": [{ "severity": "error", "code": self.code, "diagnostics": self.text }],
        })
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::By(Refusal::SignIn | Refusal::DeviceRevoked | Refusal::Erased) => Self::no_key(),
            Refused::By(Refusal::ConsentMissing { .. }) => {
                Self::new(StatusCode::FORBIDDEN, "suppressed", "the patient does not agree to this")
            }
            Refused::By(Refusal::NotAllowed) => {
                Self::new(StatusCode::FORBIDDEN, "forbidden", "this is not for your role")
            }
            Refused::By(Refusal::Busy { .. } | Refusal::ServerFull { .. }) | Refused::Unavailable => {
                Self::unavailable()
            }
            Refused::By(_) => Self::nothing(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Resource(self.outcome())).into_response();
        let headers = response.headers_mut();
        if let Some(wait_s) = self.wait_s {
            headers.insert(header::RETRY_AFTER, wait_s.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, header::HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A page of what was found.
pub fn searchset(found: Vec<Value>, this: &str, next: Option<String>) -> Value {
    let mut links = vec![json!({ "relation": "self", "url": this })];
    links.extend(next.map(|url| json!({ "relation": "next", "url": url })));
    let entry = |resource: Value| {
        let kind = resource["resourceType"].as_str().unwrap_or_default();
        let mode = if kind == "OperationOutcome" { "outcome" } else { "match" };
        let mut entry = json!({ "search": { "mode": mode } });
        if let Some(id) = resource["id"].as_str() {
            entry["fullUrl"] = format!("{}/{kind}/{id}", base(this)).into();
        }
        entry["resource"] = resource;
        entry
    };
    let mut bundle = json!({ "resourceType": "Bundle", "type": "searchset", "link": links });
    // FHIR knows no empty lists.
    if !found.is_empty() {
        bundle["entry"] = found.into_iter().map(entry).collect();
    }
    bundle
}

/// Of a search's address: what stands before the resource's type.
fn base(this: &str) -> &str {
    let path = this.split('?').next().unwrap_or_default();
    path.rsplit_once('/').map_or(path, |(base, _)| base)
}
