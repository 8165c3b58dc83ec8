//! What the clinic has of patients, in words.

use crate::{locale::Texts, visit::messages};
use baro_agent::{Missing, Seen, Treated};
use baro_home::{Moment, diary};
use baro_motion::Side;
use baro_review::{
    record_of,
    session::{Curve, SessionReview},
    triage::{self, Directions, Patient, Thresholds},
};
use baro_screens::{
    desk::{RowView, TakenView},
    rooms::SaidView,
    widgets::Trace,
};
use baro_wire::{PersonId, PostBody, RecordId};
use jiff::{Timestamp, Zoned, tz::TimeZone};

/// The newest sets, and the newest words, that are shown.
const SETS: usize = 60;
const SAID: usize = 40;

/// Who needs help first; who has not agreed comes last.
pub fn rows(treated: &[Treated], directions: &Directions, texts: &Texts) -> Vec<(PersonId, RowView)> {
    let (thresholds, now) = (Thresholds::default(), Moment::of(&Zoned::now()));
    let (hidden, seen): (Vec<_>, Vec<_>) = treated.iter().partition(|treated| treated.refused.is_some());
    let reasons = |treated: &&Treated| {
        let mut patient = Patient::default();
        treated.posts.iter().for_each(|entry| patient.post(entry));
        for (id, names) in patient.names() {
            texts.learn(&format!("exercise-{id}"), [&names.en, &names.ko]);
        }
        (treated.person, patient.reasons(&thresholds, directions, now))
    };
    let mut board: Vec<_> = seen.iter().map(reasons).collect();
    triage::sort(&mut board);
    let seen = board.into_iter().map(|(person, reasons)| {
        let why = reasons.iter().map(|reason| reason.text().in_words(texts)).collect();
        let strength = reasons.first().map(|reason| texts.text(reason.strength.key())).unwrap_or_default();
        (person, RowView { name: name(person, texts), why, strength, hidden: false })
    });
    let hidden = hidden.iter().map(|hidden| {
        let name = name(hidden.person, texts);
        (hidden.person, RowView { name, hidden: true, ..RowView::default() })
    });
    seen.chain(hidden).collect()
}

/// The server knows no names: whose id it is stands in the clinic's own papers.
fn name(person: PersonId, texts: &Texts) -> String {
    let short: String = person.to_string().chars().take(8).collect();
    texts.with("desk-patient", [("id", short.into())])
}

/// Sets and what was written, each newest first.
pub fn patient(
    seen: &Seen,
    person: PersonId,
    texts: &Texts,
) -> (Vec<(Option<RecordId>, TakenView)>, Vec<SaidView>) {
    let treated = seen.treated.iter().flat_map(|all| all.iter()).find(|treated| treated.person == person);
    let Some(treated) = treated else { return Default::default() };
    let records = seen.patient.as_ref().filter(|open| open.person == person);
    let records = records.map_or(&[][..], |open| &open.records);
    let diary: Vec<diary::Entry> = treated
        .posts
        .iter()
        .filter_map(|entry| match &entry.post.body {
            PostBody::Diary { line } => serde_json::from_str(line).ok(),
            _ => None,
        })
        .collect();
    let visits = diary::visits(&diary);
    let sets = visits.iter().rev().flat_map(|visit| visit.sets().collect::<Vec<_>>().into_iter().rev());
    let mut sets: Vec<_> = sets
        .take(SETS)
        .map(|set| {
            let record = record_of(set.set.record.is_some(), set.when.at.as_millisecond(), records);
            let done = texts
                .with("desk-set", [("day", set.when.day.to_string().into()), ("done", set.set.done.into())]);
            let score = set.set.score.map(|score| format!("{score:.0}")).unwrap_or_default();
            let name = texts.text(&format!("exercise-{}", set.set.asked.exercise));
            (record, TakenView { name, done, score, shows: record.is_some() })
        })
        .collect();
    // What no set of the diary leads to.
    let mut rest: Vec<_> =
        records.iter().filter(|state| sets.iter().all(|(record, _)| *record != Some(state.record))).collect();
    rest.sort_by_key(|state| std::cmp::Reverse(state.started_ms));
    sets.extend(rest.into_iter().take(SETS).map(|state| {
        let (name, done) = (texts.text("desk-unnamed"), moment(state.started_ms));
        (Some(state.record), TakenView { name, done, score: String::new(), shows: true })
    }));
    (sets, said(treated, texts))
}

fn said(treated: &Treated, texts: &Texts) -> Vec<SaidView> {
    let mut said: Vec<SaidView> = treated
        .said()
        .map(|said| SaidView {
            who: if said.own {
                format!("{} · {}", name(treated.person, texts), moment(said.at_ms))
            } else {
                texts.with("rooms-messages-clinic", [("when", moment(said.at_ms).into())])
            },
            text: messages::text_of(&said.what, texts),
            ..SaidView::default()
        })
        .collect();
    said.reverse();
    said.truncate(SAID);
    said
}

fn moment(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or_default();
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Why a record can't be shown.
pub const fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::TooLong => "desk-missing-long",
        Missing::Unreadable => "desk-missing-unreadable",
        Missing::Refused => "desk-missing-refused",
    }
}

/// What the exercise is counted on, on each side where it was measured.
pub fn traces(review: &SessionReview, time_s: f64, texts: &Texts) -> Vec<Trace> {
    let shown = review.curves.iter().filter(|curve| curve.primary && curve.value.iter().any(Option::is_some));
    shown.map(|curve| trace(curve, time_s, texts)).collect()
}

/// `time_s`: from the first frame, as the curve's first sample is.
fn trace(curve: &Curve, time_s: f64, texts: &Texts) -> Trace {
    let measure = texts.text(&format!("measure-{}", curve.measure));
    let name = match curve.side {
        Some(Side::Left) => format!("{measure}, {}", texts.text("desk-side-left")),
        Some(Side::Right) => format!("{measure}, {}", texts.text("desk-side-right")),
        None => measure,
    };
    let both = curve.value.iter().zip(&curve.pm);
    let samples: Vec<_> = both.map(|(value, pm)| Some([(*value)?, pm.unwrap_or(0.0)])).collect();
    let at = (time_s * curve.rate_hz).round() as usize;
    let told = curve.claim.as_bytes().get(at).is_some_and(|claim| matches!(claim, b'f' | b'c'));
    let now = samples.get(at).copied().flatten().filter(|_| told).map(|[value, pm]| {
        let [value, pm] = [value, pm].map(|number| texts.value(number, &curve.unit));
        texts.with("desk-value", [("value", value.into()), ("pm", pm.into())])
    });
    Trace { name, rate_hz: curve.rate_hz, samples, now: now.unwrap_or_default() }
}
