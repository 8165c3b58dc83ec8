//! What the clinic has of patients, in words.

use crate::{locale::Texts, visit::messages};
use baro_agent::{Missing, Seen, Treated};
use baro_coach::RepSide;
use baro_home::{Moment, VisitDone, diary};
use baro_motion::Side;
use baro_review::{
    norm::{MOMENTS, Norm},
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
    let visits = visits(treated);
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

/// Their visits, oldest first, as their diary tells them.
pub fn visits(treated: &Treated) -> Vec<VisitDone> {
    let lines = treated.posts.iter().filter_map(|entry| match &entry.post.body {
        PostBody::Diary { line } => serde_json::from_str(line).ok(),
        _ => None,
    });
    diary::visits(&lines.collect::<Vec<diary::Entry>>())
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
fn shown(review: &SessionReview) -> impl Iterator<Item = &Curve> {
    review.curves.iter().filter(|curve| curve.primary && curve.value.iter().any(Option::is_some))
}

/// The same over time, with how others do it in each repetition.
pub fn traces(review: &SessionReview, norm: Option<&Norm>, texts: &Texts) -> Vec<Trace> {
    let drawn = shown(review).map(|curve| {
        let norm = norm.filter(|norm| norm.measure == curve.measure);
        trace(curve, norm.map(|norm| others(review, curve, norm)).unwrap_or_default(), texts)
    });
    drawn.collect()
}

/// At each sample of the curve the lower quartile, the median and the upper quartile of others, at the same share of a repetition.
fn others(review: &SessionReview, curve: &Curve, norm: &Norm) -> Vec<Option<[f64; 3]>> {
    let side = |side: RepSide| match side {
        RepSide::Left => curve.side.is_none_or(|of| of == Side::Left),
        RepSide::Right => curve.side.is_none_or(|of| of == Side::Right),
        RepSide::Both => true,
    };
    let at = |i: usize| {
        let time_s = curve.time_s(i);
        let rep = review.repetitions.iter().find(|rep| (rep.start_s..rep.end_s).contains(&time_s))?;
        let share = (time_s - rep.start_s) / (rep.end_s - rep.start_s);
        let moment = (share * (MOMENTS - 1) as f64).round() as usize;
        (rep.complete && side(rep.side)).then(|| norm.quartiles.each_ref().map(|line| line[moment]))
    };
    (0..curve.value.len()).map(at).collect()
}

/// What each of them is now; `time_s`: from the first frame, as a curve's first sample is.
pub fn now(review: &SessionReview, time_s: f64, texts: &Texts) -> Vec<String> {
    let value = |curve: &Curve| {
        let at = (time_s * curve.rate_hz).round() as usize;
        let told = curve.claim.as_bytes().get(at).is_some_and(|claim| matches!(claim, b'f' | b'c'));
        let value = curve.value.get(at).copied().flatten().filter(|_| told)?;
        let pm = curve.pm.get(at).copied().flatten().unwrap_or(0.0);
        let [value, pm] = [value, pm].map(|number| texts.value(number, &curve.unit));
        Some(texts.with("desk-value", [("value", value.into()), ("pm", pm.into())]))
    };
    shown(review).map(|curve| value(curve).unwrap_or_default()).collect()
}

fn trace(curve: &Curve, others: Vec<Option<[f64; 3]>>, texts: &Texts) -> Trace {
    let measure = texts.text(&format!("measure-{}", curve.measure));
    let name = match curve.side {
        Some(Side::Left) => format!("{measure}, {}", texts.text("desk-side-left")),
        Some(Side::Right) => format!("{measure}, {}", texts.text("desk-side-right")),
        None => measure,
    };
    let both = curve.value.iter().zip(&curve.pm);
    let samples = both.map(|(value, pm)| Some([(*value)?, pm.unwrap_or(0.0)])).collect();
    Trace { name, rate_hz: curve.rate_hz, samples, others, now: String::new() }
}
