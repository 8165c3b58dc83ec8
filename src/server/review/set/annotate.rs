//! What a therapist pins to a moment of a set: words, lines in its space, their voice. Ordered by the server, and never changed.

use super::{Opened, comments::is_joint};
use crate::review::{
    Shared,
    enter::{Caller, Visitor},
    frame::to,
    patient::{id, raw, record_id},
    problem::Problem,
    write::typed,
};
use axum::{
    body::Bytes as Body,
    extract::{Form, Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse as _, Response},
};
use baro_wire::{Bytes, List, PersonId, PostBody, PostId, RecordId, Sound, Spot, Stroke};
use serde::Deserialize;
use std::sync::Arc;

/// A comment with a drawing of 16 lines, each letter of which may be written as `%xx`.
pub const COMMENT_BYTES: usize = 64 * 1024;
/// What shows that a voice was sent by a page of this server; a form has a field for it.
const FORM: &str = "x-baro-form";

/// A comment as it is sent.
#[derive(Deserialize)]
pub struct Comment {
    form: String,
    once: String,
    time: f64,
    #[serde(default)]
    joint: String,
    #[serde(default)]
    strokes: String,
    text: String,
}

/// Where a voice belongs.
#[derive(Deserialize)]
pub struct Said {
    once: String,
    time: f64,
    #[serde(default)]
    joint: String,
}

/// A moment of somebody's set that the caller may see now.
struct Pin {
    person: PersonId,
    record: RecordId,
    time_ms: u32,
    joint: Option<u8>,
}

impl Shared {
    async fn pin(
        &self,
        caller: &mut Caller,
        [person, record]: [&str; 2],
        time: f64,
        joint: &str,
    ) -> Result<Pin, Problem> {
        let (person, record) = (id(person)?, record_id(record)?);
        let opened = self.record(caller, person, record).await?;
        Ok(Pin { person, record, time_ms: moment(&opened, time)?, joint: landmark(joint)? })
    }
}

fn moment(opened: &Opened, time_s: f64) -> Result<u32, Problem> {
    let [from, until] = opened.span_s;
    match (0.0..=until - from).contains(&time_s) {
        true => Ok((time_s * 1_000.0) as u32),
        false => Err(Problem::Bad("web-no-such-time")),
    }
}

fn landmark(text: &str) -> Result<Option<u8>, Problem> {
    if text.is_empty() {
        return Ok(None);
    }
    let number = text.parse().ok().filter(|number| is_joint(*number));
    number.map(Some).ok_or(Problem::Bad("web-set-bad-lines"))
}

pub async fn comment(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
    Form(written): Form<Comment>,
) -> Response {
    let outcome = async {
        let mut caller = shared.sender(&visitor, &written.form)?;
        let (text, strokes) = (typed(&written.text)?, lines(&written.strokes)?);
        let pin = shared.pin(&mut caller, [&person, &record], written.time, &written.joint).await?;
        let Pin { person, record, time_ms, joint } = pin;
        let body = match strokes.is_empty() {
            true => PostBody::Note { record, time_ms, joint, text },
            false => PostBody::Drawing { record, time_ms, joint, strokes, text },
        };
        shared.post(&mut caller, person, &written.once, body).await?;
        Ok(to(&format!("/patient/{person}/session/{record}#comments")))
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// A voice, as the browser recorded it.
pub async fn speak(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record)): Path<(String, String)>,
    Query(said): Query<Said>,
    headers: HeaderMap,
    sound: Body,
) -> Response {
    let outcome = async {
        let form = headers.get(FORM).and_then(|form| form.to_str().ok()).unwrap_or_default();
        let mut caller = shared.sender(&visitor, form)?;
        let form = packed(&sound).ok_or(Problem::Bad("web-set-bad-sound"))?;
        let sound = Bytes::new(&sound[..]).map_err(|_| Problem::Bad("web-set-bad-sound"))?;
        let pin = shared.pin(&mut caller, [&person, &record], said.time, &said.joint).await?;
        let Pin { person, record, time_ms, joint } = pin;
        let body = PostBody::Spoken { record, time_ms, joint, form, sound };
        shared.post(&mut caller, person, &said.once, body).await?;
        Ok(StatusCode::NO_CONTENT.into_response())
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// A voice that was pinned to this set.
pub async fn hear(
    State(shared): State<Arc<Shared>>,
    visitor: Visitor,
    Path((person, record, post)): Path<(String, String, String)>,
) -> Response {
    let outcome = async {
        let (person, record, post) = (id(&person)?, record_id(&record)?, PostId(raw(&post)?));
        let mut caller = shared.caller(&visitor)?;
        let about = shared.about(&mut caller, person).await?;
        let found = about.entries.into_iter().find(|entry| entry.post.id == post);
        match found.map(|entry| entry.post.body) {
            Some(PostBody::Spoken { record: of, form, sound, .. }) if of == record => {
                let kind = HeaderValue::from_static(match form {
                    Sound::WebmOpus => "audio/webm",
                    Sound::OggOpus => "audio/ogg",
                });
                Ok(([(CONTENT_TYPE, kind)], sound.into_inner()).into_response())
            }
            _ => Err(Problem::NotFound),
        }
    };
    let outcome = outcome.await;
    shared.answered(&visitor, outcome)
}

/// What it is by its first bytes, whatever the browser says.
fn packed(sound: &[u8]) -> Option<Sound> {
    match sound {
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Sound::WebmOpus),
        [b'O', b'g', b'g', b'S', ..] => Some(Sound::OggOpus),
        _ => None,
    }
}

/// Lines as the script writes them: `x y z,x y z;x y z,…`, in millimetres.
fn lines(text: &str) -> Result<List<Stroke, { baro_wire::limits::STROKES }>, Problem> {
    let read = || {
        let spot = |text: &str| {
            let mut numbers = text.split(' ').map(|number| number.parse().ok());
            let spot = Spot { x_mm: numbers.next()??, y_mm: numbers.next()??, z_mm: numbers.next()?? };
            numbers.next().is_none().then_some(spot)
        };
        let stroke = |text: &str| {
            let points = text.split(',').map(spot).collect::<Option<Vec<_>>>()?;
            Some(Stroke { points: List::new(points).ok()? })
        };
        let strokes = text.split(';').filter(|line| !line.is_empty()).map(stroke);
        List::new(strokes.collect::<Option<Vec<_>>>()?).ok()
    };
    read().ok_or(Problem::Bad("web-set-bad-lines"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_nonsense_is_not() {
        let read = lines("1 -2 3,4 5 6;7 8 9").unwrap();
        let spot = |x_mm, y_mm, z_mm| Spot { x_mm, y_mm, z_mm };
        assert_eq!(*read[0].points, [spot(1, -2, 3), spot(4, 5, 6)]);
        assert_eq!(*read[1].points, [spot(7, 8, 9)]);
        assert!(lines("").unwrap().is_empty());
        for bad in
            ["1 2", "1 2 3 4", "1 2 x", "40000 0 0", "1 2 3,", &"1 2 3;".repeat(17), &"1 2 3,".repeat(65)]
        {
            assert!(lines(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_sound_is_what_its_bytes_say() {
        assert_eq!(packed(b"OggS\0"), Some(Sound::OggOpus));
        assert_eq!(packed(&[0x1a, 0x45, 0xdf, 0xa3, 1]), Some(Sound::WebmOpus));
        for bad in [&b"<html>"[..], b"", b"Ogg", b"RIFF"] {
            assert_eq!(packed(bad), None);
        }
    }
}
