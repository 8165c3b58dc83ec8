//! What stands around each page, and what each answer says to the browser.

use super::enter::{LANGUAGE, Visitor};
use axum::{
    body::Body,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
};
use baro_locale::Texts;
use baro_wire::Role;
use data_encoding::HEXLOWER;
use futures_util::{FutureExt as _, StreamExt as _, stream};
use maud::{DOCTYPE, Markup, html};
use std::convert::Infallible;

/// Nothing from elsewhere, nothing that stands in a page itself, and no page of this inside another.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    media-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a page may ask the browser's user for.
const PERMISSIONS: &str = "permissions-policy";
const STYLE: &str = include_str!("web.css");
const FILM: &str = include_str!("../../../assets/web/film.js");

/// Of the `main` of a page; what comes later stands before it.
const END: &str = "</main>";

/// A whole page. `form`: somebody is signed in, and their forms hold this.
pub fn page(texts: &Texts, visitor: &Visitor, form: Option<&str>, title: &str, body: &Markup) -> Response {
    sent(texts, visitor, Html(whole(texts, visitor, form, title, body).into_string()).into_response())
}

/// A page that is sent at once, but for what stands last in it, which follows when it is there.
pub fn page_with_later(
    texts: &Texts,
    visitor: &Visitor,
    form: &str,
    (title, body): (&str, &Markup),
    later: impl Future<Output = Markup> + Send + 'static,
) -> Response {
    let whole = whole(texts, visitor, Some(form), title, body).into_string();
    let (begin, end) = whole.split_at(whole.rfind(END).unwrap_or(whole.len()));
    let (begin, end) = (begin.to_owned(), end.to_owned());
    let later = later.map(move |later| later.into_string() + &end);
    let pieces = stream::iter([begin]).chain(later.into_stream()).map(Ok::<_, Infallible>);
    sent(texts, visitor, Html(Body::from_stream(pieces)).into_response())
}

fn whole(texts: &Texts, visitor: &Visitor, form: Option<&str>, title: &str, body: &Markup) -> Markup {
    let other = texts.language().other();
    html! {
        (DOCTYPE)
        html lang=(texts.language().tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · Baro" }
                link rel="stylesheet" href="/static/web.css";
            }
            body {
                a.skip href="#main" { (texts.text("web-skip")) }
                header.top {
                    nav aria-label=(texts.text("web-navigation")) {
                        a.brand href="/" { "Baro" }
                        @if form.is_some() {
                            @if visitor.role == Some(Role::Admin) {
                                a href="/administration" { (texts.text("web-administration")) }
                            } @else {
                                a href="/" { (texts.text("web-board")) }
                                a href="/calendar" { (texts.text("visits-week")) }
                                a href="/thresholds" { (texts.text("web-thresholds")) }
                            }
                            a href="/log" { (texts.text("web-log")) }
                        }
                    }
                    div.tools {
                        a href={ "?lang=" (other.tag()) } hreflang=(other.tag()) lang=(other.tag()) { (texts.text("web-other-language")) }
                        @if let Some(form) = form {
                            form method="post" action="/sign-out" {
                                (hidden(form))
                                button.quiet type="submit" { (texts.text("web-sign-out")) }
                            }
                        }
                    }
                }
                main id="main" tabindex="-1" { (body) }
            }
        }
    }
}

fn sent(texts: &Texts, visitor: &Visitor, mut response: Response) -> Response {
    if visitor.chose {
        let kept = format!(
            "{LANGUAGE}={}; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Strict",
            texts.language().tag()
        );
        HeaderValue::from_str(&kept).into_iter().for_each(|kept| {
            response.headers_mut().append(header::SET_COOKIE, kept);
        });
    }
    response
}

/// A page on which somebody may record their voice.
pub fn with_microphone(mut page: Response) -> Response {
    let allowed = HeaderValue::from_static("camera=(), microphone=(self), geolocation=()");
    page.headers_mut().insert(PERMISSIONS, allowed);
    page
}

/// What shows that a form is this server's.
pub fn hidden(form: &str) -> Markup {
    html! { input type="hidden" name="form" value=(form); }
}

/// The id of what a form will write: sent twice, it is written once.
pub fn once() -> Markup {
    html! { input type="hidden" name="once" value=(new_id()); }
}

/// An id of something that will be written.
pub fn new_id() -> String {
    let mut id = [0; 16];
    // Without random numbers what is sent with it is refused.
    getrandom::fill(&mut id).map(|()| HEXLOWER.encode(&id)).unwrap_or_default()
}

/// To another page, after a form: going back and reloading send nothing again.
pub fn to(path: &str) -> Response {
    let to = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response()
}

/// What every page takes from beside it.
pub async fn file(Path(name): Path<String>) -> Response {
    let (kind, text) = match &*name {
        "web.css" => ("text/css; charset=utf-8", STYLE),
        "film.js" => ("text/javascript; charset=utf-8", FILM),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    // They change with the program, and are small: asked for anew each hour.
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600")], text).into_response()
}

/// Said with every answer.
pub async fn guarded(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // Forms say where they come from, which `no-referrer` would hide.
        (header::REFERRER_POLICY, "same-origin"),
        (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in
        [("cross-origin-opener-policy", "same-origin"), ("cross-origin-resource-policy", "same-origin")]
    {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(PERMISSIONS)
        .or_insert(HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    // Nothing of a patient stays in a browser's cache.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
