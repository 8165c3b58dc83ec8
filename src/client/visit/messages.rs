//! What the clinic and the person wrote to each other, read from the connection's database while its room is open.

use super::{questions, words};
use crate::{audio::Voice, locale::Texts, replay::Pinned};
use baro_agent::{Agent, Said, SaidWhat};
use baro_home::{Assigned, Catalogue, Known, PlanChange};
use baro_screens::rooms::SaidView;
use baro_voice::{RATE, decode_note};
use baro_wire::{PostId, RecordId, Stroke};
use bevy::{log::warn, math::Vec3};
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeMap;

/// What was written, and what is being written.
#[derive(Default)]
pub struct Messages {
    /// Oldest first.
    said: Vec<Said>,
    /// So many of them were looked through for names of exercises.
    learned: usize,
    /// Names of the records that notes are about; none where they are not on this device.
    records: BTreeMap<RecordId, Option<String>>,
    /// What is being written.
    pub draft: String,
    /// Why the last one could not be written, or what became of the last press; may be empty.
    pub told: String,
}

impl Messages {
    /// Reads what there is now.
    pub fn read(&mut self, agent: &Agent) {
        match agent.talk() {
            Ok(said) => self.said = said,
            Err(error) => warn!("{error}"),
        }
        for said in &self.said {
            if let Some((record, _)) = said.what.about() {
                let name = || Some(agent.record(record)?.file_name()?.to_str()?.to_owned());
                self.records.entry(record).or_insert_with(name);
            }
        }
    }

    /// Knows what exercises of the clinic's own are called, also of those that no plan asks for any more.
    pub fn learn(&mut self, texts: &Texts) {
        for said in self.said.iter().skip(self.learned) {
            if let SaidWhat::Plan(text) = &said.what
                && let Ok(plan) = Assigned::from_toml(text)
            {
                plan.exercises().for_each(|exercise| super::learn_name(&exercise, texts));
            }
        }
        self.learned = self.said.len();
    }

    /// Writes to the clinic; an answer to what came last.
    pub fn send(&mut self, agent: &Agent, text: &str, texts: &Texts) {
        let answers = self.said.iter().rev().find(|said| !said.own).map(|said| said.id);
        match agent.say(text.trim(), answers) {
            Ok(()) => (self.draft, self.told) = Default::default(),
            Err(error) => {
                warn!("{error}");
                self.told = texts.text("rooms-messages-failed");
            }
        }
        self.read(agent);
    }

    /// One by its place among the newest first.
    fn nth(&self, newest: usize) -> Option<&SaidWhat> {
        self.said.iter().rev().nth(newest).map(|said| &said.what)
    }

    /// The post by its place among the newest first.
    pub fn post(&self, newest: usize) -> Option<PostId> {
        Some(self.said.iter().rev().nth(newest)?.id)
    }

    /// The record that one is about, and what is pinned there, by its place among the newest first.
    pub fn about(&self, newest: usize) -> Option<(String, Pinned)> {
        let what = self.nth(newest)?;
        let (record, time_ms) = what.about()?;
        let (text, strokes) = match what {
            SaidWhat::Note { text, .. } => (text.clone(), Vec::new()),
            SaidWhat::Drawing { text, strokes, .. } => (text.clone(), strokes.iter().map(points).collect()),
            _ => (String::new(), Vec::new()),
        };
        let pinned = Pinned { time_s: f64::from(time_ms) / 1000.0, text, strokes };
        Some((self.records.get(&record)?.clone()?, pinned))
    }

    /// Plays a spoken note, by its place among the newest first.
    pub fn hear(&mut self, newest: usize, voice: &Voice, texts: &Texts) {
        let Some(SaidWhat::Spoken { sound, .. }) = self.nth(newest) else { return };
        let told = match decode_note(sound.clone()) {
            Ok(samples) => (!voice.play(samples, RATE as u32)).then_some("rooms-messages-silent"),
            Err(error) => {
                warn!("{error}");
                Some("rooms-messages-unheard")
            }
        };
        self.told = told.map(|key| texts.text(key)).unwrap_or_default();
    }

    /// Everything in words, newest first. `due`: does this post ask something that can be answered now? `kept`: is it an appointment?
    pub fn words(
        &self,
        known: &Known,
        catalogue: &Catalogue,
        texts: &Texts,
        due: impl Fn(PostId) -> bool,
        kept: impl Fn(PostId) -> bool,
    ) -> Vec<SaidView> {
        let mut before = None;
        let words = self.said.iter().map(|said| {
            let key = match (said.own, said.waits) {
                (false, _) => "rooms-messages-clinic",
                (true, false) => "rooms-messages-me",
                (true, true) => "rooms-messages-waits",
            };
            let who = texts.with(key, [("when", when(said.at_ms).into())]);
            let text = match &said.what {
                SaidWhat::Plan(text) => {
                    let plan = Assigned::from_toml(text).ok();
                    let words = plan_words(plan.as_ref(), before.as_ref(), catalogue, texts);
                    before = plan.or(before.take());
                    words
                }
                what => text_of(what, texts),
            };
            let about = said.what.about().map(|(record, time_ms)| {
                let name = self.records.get(&record).and_then(Option::as_deref);
                (name.is_some(), about_words(name, time_ms, known, catalogue, texts))
            });
            let (shows, about) = about.unwrap_or_default();
            let sounds = matches!(said.what, SaidWhat::Spoken { .. });
            let asks = matches!(&said.what, SaidWhat::Asked { withdrawn: false, .. }) && due(said.id);
            SaidView { who, text, about, shows, sounds, asks, keeps: kept(said.id) }
        });
        let mut words: Vec<SaidView> = words.collect();
        words.reverse();
        words
    }
}

/// A line in the frame of the film, metres.
fn points(stroke: &Stroke) -> Vec<Vec3> {
    let metres = |mm: i16| f32::from(mm) / 1000.0;
    stroke.points.iter().map(|at| Vec3::new(metres(at.x_mm), metres(at.y_mm), metres(at.z_mm))).collect()
}

/// What was written, but for a plan.
pub fn text_of(what: &SaidWhat, texts: &Texts) -> String {
    match what {
        SaidWhat::Message(text) | SaidWhat::Note { text, .. } => text.clone(),
        SaidWhat::Drawing { text, .. } => format!("{}\n{text}", texts.text("rooms-messages-drawing")),
        SaidWhat::Spoken { .. } => texts.text("rooms-messages-spoken"),
        SaidWhat::Plan(_) => texts.text("rooms-messages-plan"),
        SaidWhat::Asked { questionnaire, withdrawn } => {
            let key = if *withdrawn { "rooms-messages-not-asked" } else { "rooms-messages-asked" };
            texts.with(key, [("title", questions::title(questionnaire, texts).into())])
        }
        SaidWhat::Answered => texts.text("rooms-messages-answered"),
        SaidWhat::Summary(text) => format!("{}\n{text}", texts.text("rooms-messages-summary")),
        &SaidWhat::Appointment { starts_ms, minutes, live, moved, cancelled, ref text } => {
            let key = match (cancelled, moved, live) {
                (true, ..) => "rooms-messages-visit-cancelled",
                (_, true, _) => "rooms-messages-visit-moved",
                (.., true) => "rooms-messages-visit-live",
                _ => "rooms-messages-visit",
            };
            let args = [("when", when(starts_ms).into()), ("minutes", minutes.into())];
            format!("{}\n{text}", texts.with(key, args)).trim_end().to_owned()
        }
    }
}

fn when(at_ms: i64) -> String {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or_default();
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// "Squat, at 0:12".
fn about_words(
    record: Option<&str>,
    time_ms: u32,
    known: &Known,
    catalogue: &Catalogue,
    texts: &Texts,
) -> String {
    let Some(record) = record else { return texts.text("rooms-messages-about-gone") };
    let visits = known.visits();
    let sets = visits.iter().flat_map(|visit| visit.sets());
    let of_visit = sets
        .filter(|set| set.set.record.as_deref() == Some(record))
        .map(|set| set.set.asked.exercise.clone());
    let together = known.together().filter(|(_, set)| set.record.as_deref() == Some(record));
    let exercise = of_visit.chain(together.map(|(_, set)| set.exercise.clone())).next();
    let name = exercise.map(|id| words::exercise_name(&id, catalogue, texts)).unwrap_or_default();
    let seconds = time_ms / 1000;
    let at = format!("{}:{:02}", seconds / 60, seconds % 60);
    texts.with("rooms-messages-about", [("exercise", name.into()), ("at", at.into())])
}

/// What is otherwise in a plan that came, and why.
fn plan_words(
    plan: Option<&Assigned>,
    before: Option<&Assigned>,
    catalogue: &Catalogue,
    texts: &Texts,
) -> String {
    let mut lines = vec![texts.text("rooms-messages-plan")];
    let Some(plan) = plan else { return lines.remove(0) };
    let nothing = Assigned { doses: Vec::new(), ..plan.clone() };
    let name = |id: &str| words::exercise_name(id, catalogue, texts);
    for change in plan.changes_since(before.unwrap_or(&nothing)) {
        lines.push(match change {
            PlanChange::New(dose) => {
                let args =
                    [("name", name(&dose.exercise).into()), ("dose", words::dose(&dose, texts).into())];
                texts.with("rooms-messages-plan-new", args)
            }
            PlanChange::Other { from, to } => texts.with(
                "rooms-messages-plan-other",
                [
                    ("name", name(&to.exercise).into()),
                    ("from", words::dose(&from, texts).into()),
                    ("to", words::dose(&to, texts).into()),
                ],
            ),
            PlanChange::Gone(dose) => {
                texts.with("rooms-messages-plan-gone", [("name", name(&dose.exercise).into())])
            }
        });
    }
    if let Some(why) = &plan.why {
        lines.push(texts.with("rooms-messages-plan-why", [("why", why.clone().into())]));
    }
    lines.join("\n")
}
