//! What the clinic and the person wrote to each other, read from the connection's database while its room is open.

use super::words;
use crate::locale::Texts;
use baro_agent::{Agent, Said, SaidWhat};
use baro_home::{Assigned, Catalogue, Known, PlanChange};
use baro_screens::rooms::SaidView;
use baro_wire::RecordId;
use bevy::log::warn;
use jiff::{Timestamp, tz::TimeZone};
use std::collections::BTreeMap;

/// What was written, and what is being written.
#[derive(Default)]
pub struct Messages {
    /// Oldest first.
    said: Vec<Said>,
    /// Names of the records that notes are about; none where they are not on this device.
    records: BTreeMap<RecordId, Option<String>>,
    /// What is being written.
    pub draft: String,
    /// Fluent key of why the last one could not be written.
    pub told: Option<&'static str>,
}

impl Messages {
    /// Reads what there is now.
    pub fn read(&mut self, agent: &Agent) {
        match agent.talk() {
            Ok(said) => self.said = said,
            Err(error) => warn!("{error}"),
        }
        for said in &self.said {
            if let SaidWhat::Note { record, .. } = &said.what {
                let name = || Some(agent.record(*record)?.file_name()?.to_str()?.to_owned());
                self.records.entry(*record).or_insert_with(name);
            }
        }
    }

    /// Writes to the clinic; an answer to what came last.
    pub fn send(&mut self, agent: &Agent, text: &str) {
        let answers = self.said.iter().rev().find(|said| !said.own).map(|said| said.id);
        match agent.say(text.trim(), answers) {
            Ok(()) => (self.draft, self.told) = (String::new(), None),
            Err(error) => {
                warn!("{error}");
                self.told = Some("rooms-messages-failed");
            }
        }
        self.read(agent);
    }

    /// The record and the moment, seconds, that one is about, by its place among the newest first.
    pub fn about(&self, newest: usize) -> Option<(String, f64)> {
        let SaidWhat::Note { record, time_ms, .. } = &self.said.iter().rev().nth(newest)?.what else {
            return None;
        };
        Some((self.records.get(record)?.clone()?, f64::from(*time_ms) / 1000.0))
    }

    /// Everything in words, newest first.
    pub fn words(&self, known: &Known, catalogue: &Catalogue, texts: &Texts) -> Vec<SaidView> {
        let mut before = None;
        let words = self.said.iter().map(|said| {
            let key = match (said.own, said.waits) {
                (false, _) => "rooms-messages-clinic",
                (true, false) => "rooms-messages-me",
                (true, true) => "rooms-messages-waits",
            };
            let who = texts.with(key, [("when", when(said.at_ms).into())]);
            let (text, about) = match &said.what {
                SaidWhat::Message(text) => (text.clone(), None),
                SaidWhat::Note { record, time_ms, text } => {
                    let name = self.records.get(record).and_then(Option::as_deref);
                    (text.clone(), Some((name, *time_ms)))
                }
                SaidWhat::Plan(text) => {
                    let plan = Assigned::from_toml(text).ok();
                    let words = plan_words(plan.as_ref(), before.as_ref(), catalogue, texts);
                    before = plan.or(before.take());
                    (words, None)
                }
            };
            let shows = matches!(about, Some((Some(_), _)));
            let about = about.map(|(name, time_ms)| about_words(name, time_ms, known, catalogue, texts));
            SaidView { who, text, about: about.unwrap_or_default(), shows }
        });
        let mut words: Vec<SaidView> = words.collect();
        words.reverse();
        words
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
