//! Who asks: the browser's cookie, its language, where it comes from; and slowing down whoever guesses.

use super::{
    Shared,
    browser::{Staff, Token},
    problem::Problem,
};
use crate::{asker::Asker, now_ms};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, Method, header, request::Parts},
};
use baro_locale::{Language, Texts};
use baro_review::triage::Thresholds;
use baro_sync::{Attempts, Millis, Source};
use baro_wire::Role;
use std::{
    convert::Infallible,
    hash::{BuildHasher as _, RandomState},
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

/// The names of the cookies. `__Host-`: over TLS, of this host and no other, for all paths.
pub const COOKIE: &str = "__Host-baro";
pub const LANGUAGE: &str = "__Host-baro-language";

/// What a request says about its browser.
pub struct Visitor {
    pub language: Language,
    /// The language was chosen with this request.
    pub chose: bool,
    pub token: Option<Token>,
    /// As what somebody is signed in: for what the page offers, nothing is decided by it.
    pub role: Option<Role>,
    /// Where it comes from.
    pub from: SocketAddr,
    /// It asks for this.
    pub path: String,
    /// A form that another page sent. Browsers say so.
    pub foreign: bool,
}

impl FromRequestParts<Arc<Shared>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Infallible> {
        let from = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|from| from.0);
        let chosen =
            parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
        let asked = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let tag = chosen.or_else(|| cookie(&parts.headers, LANGUAGE)).or(asked).unwrap_or_default();
        let token = cookie(&parts.headers, COOKIE).map(Token::of);
        Ok(Self {
            language: Language::from_tag(tag),
            chose: chosen.is_some(),
            role: token.as_ref().and_then(|token| shared.browsers.role(token)),
            token,
            from: from.unwrap_or_else(|| SocketAddr::from(([0, 0, 0, 0], 0))),
            path: parts.uri.path().to_owned(),
            foreign: parts.method != Method::GET && !is_own(parts),
        })
    }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|all| all.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Does the form come from a page of this server?
fn is_own(parts: &Parts) -> bool {
    let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return site == "same-origin";
    }
    let host = parts.uri.authority().map(|host| host.as_str()).or_else(|| header("host"));
    let origin = header("origin").and_then(|origin| origin.strip_prefix("https://"));
    host.is_some() && host == origin
}

/// Somebody who is signed in.
pub struct Caller {
    pub staff: Staff,
    pub asker: Asker,
    /// For forms.
    pub form: String,
    /// When they want to be told; the usual until [`Shared::thresholds`] has read theirs.
    pub thresholds: Thresholds,
}

impl Shared {
    /// Who is in front of the browser.
    pub fn caller(&self, visitor: &Visitor) -> Result<Caller, Problem> {
        let token = visitor.token.as_ref().ok_or(Problem::SignIn)?;
        let staff = self.browsers.go_on(token, now_ms()).ok_or(Problem::SignIn)?;
        let asker = Asker::new(Arc::clone(&self.behind), staff.access, staff.device, "browser");
        let (asker, form) = (asker.ok_or(Problem::Unavailable)?, token.form());
        Ok(Caller { staff, asker, form, thresholds: Thresholds::default() })
    }

    /// The same, for a form that they sent.
    pub fn sender(&self, visitor: &Visitor, form: &str) -> Result<Caller, Problem> {
        let caller = self.caller(visitor)?;
        if visitor.foreign || form != caller.form { Err(Problem::Foreign) } else { Ok(caller) }
    }

    pub fn texts(&self, visitor: &Visitor) -> &Texts {
        self.care.texts.of(visitor.language)
    }
}

/// Failed sign-ins, by where they came from and by whom they were for.
pub struct Guesses {
    began: Instant,
    hasher: RandomState,
    attempts: Mutex<Attempts>,
}

impl Default for Guesses {
    fn default() -> Self {
        Self { began: Instant::now(), hasher: RandomState::new(), attempts: Mutex::default() }
    }
}

impl Guesses {
    /// One more try; counted as a failure until [`Self::passed`].
    pub fn take(&self, from: SocketAddr, name: &str) -> Result<[Source; 2], Problem> {
        let now = Millis(self.began.elapsed().as_millis() as u64);
        let both = [self.hasher.hash_one(from.ip().to_canonical()), self.hasher.hash_one(name)];
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        for source in both {
            attempts.check(now, source).map_err(|wait_ms| Problem::Wait(wait_ms.div_ceil(1_000)))?;
        }
        both.into_iter().for_each(|source| attempts.failed(now, source));
        Ok(both)
    }

    /// It was right.
    pub fn passed(&self, both: [Source; 2]) {
        let mut attempts = self.attempts.lock().unwrap_or_else(PoisonError::into_inner);
        both.into_iter().for_each(|source| attempts.passed(source));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_wait_by_source_and_by_name() {
        let guesses = Guesses::default();
        let from = |n: u8| SocketAddr::from(([10, 0, 0, n], 1));
        let tries = (0..30).filter(|n| guesses.take(from(*n), "one").is_ok()).count();
        assert!(tries <= 6, "a name is guessed from many places: {tries}");
        let tries = (0..30).filter(|n| guesses.take(from(99), &n.to_string()).is_ok()).count();
        assert!(tries <= 6, "many names from one place: {tries}");
        let who = guesses.take(from(50), "other").unwrap();
        guesses.passed(who);
    }
}
