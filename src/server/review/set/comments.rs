//! What was written, drawn and said to moments of a set, and the form for more. Without a script there are words; with one, lines in the film
//! and a recorded voice, too.

use super::{Seen, svg::moment, timeline::seek};
use crate::review::{
    care::About,
    frame::{hidden, once},
    texts,
};
use baro_locale::Texts;
use baro_motion::LandmarkId;
use baro_wire::{Entry, PostBody, RecordId, Stroke};
use maud::{Markup, html};

/// Landmarks that something can be pinned to, as they are numbered.
const JOINTS: [u8; 15] = [0, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 31, 32];

/// Can something be pinned to this landmark?
pub fn is_joint(number: u8) -> bool {
    usize::from(number) < LandmarkId::NAMES.len()
}

/// What is pinned to a moment.
struct Pinned<'a> {
    entry: &'a Entry,
    time_s: f64,
    joint: Option<u8>,
    what: What<'a>,
}

enum What<'a> {
    Note(&'a str),
    Drawing(&'a [Stroke], &'a str),
    Spoken,
}

/// Of this record, in the order of the set.
fn pinned(about: &About, this: RecordId) -> Vec<Pinned<'_>> {
    let mut all: Vec<_> = about.entries.iter().filter_map(|entry| one(entry, this)).collect();
    all.sort_by(|a, b| a.time_s.total_cmp(&b.time_s));
    all
}

fn one(entry: &Entry, this: RecordId) -> Option<Pinned<'_>> {
    let (record, time_ms, joint, what) = match &entry.post.body {
        PostBody::Note { record, time_ms, joint, text } => (record, time_ms, joint, What::Note(text)),
        PostBody::Drawing { record, time_ms, joint, strokes, text } => {
            (record, time_ms, joint, What::Drawing(strokes, text))
        }
        PostBody::Spoken { record, time_ms, joint, .. } => (record, time_ms, joint, What::Spoken),
        _ => return None,
    };
    let time_s = f64::from(*time_ms) / 1_000.0;
    (*record == this).then_some(Pinned { entry, time_s, joint: *joint, what })
}

pub fn comments(
    texts: &Texts,
    about: &About,
    record: RecordId,
    seen: &Seen,
    path: &str,
    form: &str,
) -> Markup {
    let all = pinned(about, record);
    html! {
        h2 id="comments" { (texts.text("web-comments")) }
        @if all.is_empty() { p { (texts.text("web-set-no-comments")) } }
        ul.plain { @for one in &all { li { (shown(texts, one, seen, path)) } } }
        form.annotate method="post" action={ (path) "/comment" } data-annotate {
            (hidden(form)) (once())
            input type="hidden" name="strokes" data-strokes;
            div.pair {
                div {
                    label for="time" { (texts.text("web-comment-time")) }
                    input id="time" name="time" type="number" min="0" step="0.1" value="0" required data-film-time;
                }
                div {
                    label for="joint" { (texts.text("web-set-joint")) }
                    select id="joint" name="joint" data-joint {
                        option value="" { (texts.text("web-set-no-joint")) }
                        @for number in JOINTS { option value=(number) data-point=[name(number)] { (joint(texts, number)) } }
                    }
                }
            }
            (pens(texts))
            label for="text" { (texts.text("web-comment")) }
            textarea id="text" name="text" rows="3" maxlength="600" required aria-describedby="comment-help" {}
            p.faint id="comment-help" { (texts.text("web-comment-help")) }
            button type="submit" { (texts.text("web-comment-send")) }
        }
        (voice(texts, path, form))
    }
}

/// Lines in the film: its script shows these.
fn pens(texts: &Texts) -> Markup {
    html! {
        div hidden data-pens {
            div.controls {
                button.quiet type="button" data-pen="draw" aria-pressed="false" { (texts.text("web-set-draw")) }
                button.quiet type="button" data-pen="circle" { (texts.text("web-set-circle")) }
                button.quiet type="button" data-pen="undo" disabled { (texts.text("web-set-undo")) }
                span.faint role="status" data-pen="told" data-one=(texts.text("web-set-lines")) {}
            }
            p.faint { (texts.text("web-set-draw-help")) }
        }
    }
}

/// A voice: its script shows this where the browser can record.
fn voice(texts: &Texts, path: &str, form: &str) -> Markup {
    html! {
        section.voice hidden data-voice={ (path) "/spoken" } data-form=(form) data-once=(super::super::frame::new_id()) data-most=(baro_wire::limits::SPOKEN_BYTES) aria-label=(texts.text("web-set-voice")) {
            h3 { (texts.text("web-set-voice")) }
            p.faint { (texts.text("web-set-voice-help")) }
            div.controls {
                button.quiet type="button" data-record="go" data-start=(texts.text("web-set-record")) data-stop=(texts.text("web-set-stop")) { (texts.text("web-set-record")) }
                span data-record="time" {}
                audio controls hidden data-record="heard" {}
                button type="button" hidden data-record="send" { (texts.text("web-set-voice-send")) }
                button.quiet type="button" hidden data-record="drop" { (texts.text("web-set-voice-drop")) }
            }
            p role="status" data-record="told" data-refused=(texts.text("web-set-voice-refused")) data-failed=(texts.text("web-set-voice-failed")) {}
        }
    }
}

fn shown(texts: &Texts, one: &Pinned<'_>, seen: &Seen, path: &str) -> Markup {
    let Pinned { entry, time_s, joint: number, what } = one;
    let own = entry.author != entry.post.about;
    let at_s = time_s + seen.review.span_s[0];
    let lines = if let What::Drawing(strokes, _) = what { Some(lines(strokes)) } else { None };
    html! {
        div.said.own[own] data-pinned=(seek(at_s)) data-point=[number.and_then(name)] data-lines=[lines] {
            strong { (moment(*time_s)) @if let Some(number) = number { " · " (joint(texts, *number)) } } " "
            a href="#comments" hidden data-seek=(seek(at_s)) data-hold { (texts.text("web-show")) }
            @match what {
                What::Note(text) => { br; (text) },
                What::Drawing(strokes, text) => { span.tag { (texts.with("web-set-drawing", [("lines", strokes.len().into())])) } br; (text) },
                What::Spoken => { span.tag { (texts.text("web-set-spoken")) } br; audio controls preload="none" src={ (path) "/spoken/" (entry.post.id) } {} },
            }
        }
        p.faint { (texts.text(if own { "web-from-staff" } else { "web-from-patient" })) ", " (texts::moment(texts, entry.stored_ms)) }
    }
}

/// As the script reads them, and as it writes them into the form: points of a line behind each other, in millimetres.
fn lines(strokes: &[Stroke]) -> String {
    let line = |stroke: &Stroke| {
        let point = |spot: &baro_wire::Spot| format!("{} {} {}", spot.x_mm, spot.y_mm, spot.z_mm);
        stroke.points.iter().map(point).collect::<Vec<_>>().join(",")
    };
    strokes.iter().map(line).collect::<Vec<_>>().join(";")
}

/// The landmark's name in the film.
fn name(number: u8) -> Option<&'static str> {
    LandmarkId::NAMES.get(usize::from(number)).copied()
}

/// What people call it; a number where it has no name of its own.
fn joint(texts: &Texts, number: u8) -> String {
    let key = name(number).map(|name| format!("web-joint-{}", name.replace('_', "-")));
    match key.filter(|key| texts.has(texts.language(), key)) {
        Some(key) => texts.text(&key),
        None => texts.with("web-joint-number", [("number", number.into())]),
    }
}
