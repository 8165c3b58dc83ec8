//! Where the film is shown by its script: without one there is only what the page says.

use super::{Beside, Opened, Seen};
use baro_locale::Texts;
use baro_review::session::Shown;
use maud::{Markup, html};

const SPEEDS: [(&str, &str); 5] = [("0.25", "¼"), ("0.5", "½"), ("1", "1"), ("1.5", "1½"), ("2", "2")];
/// Where the camera stands, as the script knows it.
const CAMERAS: [&str; 4] = ["front", "left", "right", "free"];

/// Where a film comes from.
pub struct Film {
    from: String,
    parts: usize,
}

impl Film {
    /// Of a set; `path`: of its page.
    pub fn of(path: &str, opened: &Opened) -> Self {
        Self { from: format!("{path}/film"), parts: opened.parts }
    }

    /// Of the trainer; `path`: of the page beside which it lies.
    pub fn shown(path: &str) -> Self {
        Self { from: format!("{path}/shown"), parts: 1 }
    }

    /// What stands beside a set; `path`: of its page.
    pub fn beside(path: &str, beside: &Beside) -> Option<Self> {
        match beside {
            Beside::Nothing => None,
            Beside::Shown(_) => Some(Self::shown(path)),
            Beside::Day(day, other) => {
                let (before, _) = path.rsplit_once('/').unwrap_or((path, ""));
                Some(Self::of(&format!("{before}/{}", day.record), other))
            }
        }
    }
}

/// `who`: whose film stands beside it.
pub fn stage(texts: &Texts, film: &Film, other: Option<&Film>, who: Option<String>) -> Markup {
    html! {
        section.film-of hidden data-parts=(film.parts) data-from=(film.from)
            data-beside-from=[other.map(|it| &it.from)] data-beside-parts=[other.map(|it| it.parts)]
            aria-label=(texts.text("web-film")) {
            h2 { (texts.text("web-film")) }
            div.film { canvas data-film="canvas" tabindex="0" role="img" aria-label=(texts.text("web-film-canvas")) {} }
            div.controls {
                button type="button" data-film="play" data-play=(texts.text("web-play")) data-pause=(texts.text("web-pause")) { (texts.text("web-play")) }
                button.quiet type="button" data-film="before" { (texts.text("web-set-before")) }
                button.quiet type="button" data-film="after" { (texts.text("web-set-after")) }
                input type="range" data-film="scrub" min="0" max="1" step="0.05" value="0" disabled aria-label=(texts.text("web-scrub"));
                span data-film="time" {}
            }
            div.controls {
                label.inline for="speed" { (texts.text("web-speed")) }
                select id="speed" data-film="speed" {
                    @for (value, name) in SPEEDS { option value=(value) selected[value == "1"] { (name) "×" } }
                }
                label.inline for="camera" { (texts.text("web-set-camera")) }
                select id="camera" data-film="camera" {
                    @for name in CAMERAS { option value=(name) { (texts.text(&format!("web-set-camera-{name}"))) } }
                }
                button.quiet type="button" data-film="reset" { (texts.text("web-reset")) }
            }
            div.controls hidden data-film="drawn" { button type="button" { (texts.text("web-set-drawn")) } }
            @if let Some(who) = who { p { (texts.with("web-set-who", [("other", who.into())])) } }
            p.faint { (texts.text("web-film-help")) }
        }
        // Runs while the rest of the page is still on its way.
        script src="/static/film.js" async {}
    }
}

/// For the script: from when to when each repetition is, of the film and of what stands beside it.
pub fn repetitions(mine: &str, beside: Option<&str>) -> Markup {
    html! { div hidden data-reps=(mine) data-beside-reps=[beside] {} }
}

/// When the repetitions of a set are.
pub fn reps(seen: &Seen) -> String {
    moments(seen.review.repetitions.iter().map(|rep| [rep.start_s, rep.end_s]))
}

/// When the trainer's are.
pub fn reps_shown(shown: &Shown) -> String {
    let n = f64::from(shown.repetitions.max(1));
    let places = (0..shown.repetitions).map(|i| [f64::from(i), f64::from(i) + 1.0]);
    moments(places.map(|ends| ends.map(|place| shown.lasts_s * place / n)))
}

fn moments(all: impl Iterator<Item = [f64; 2]>) -> String {
    all.map(|[from, to]| format!("{from:.2} {to:.2}")).collect::<Vec<_>>().join(",")
}
