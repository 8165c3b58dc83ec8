//! What was said about pain, effort and symptoms goes into the record of the set that it belongs to, beside the diary.

use crate::diary::{Entry, SetDone, What};
use baro_coach::safety::{SafetyEvent, SafetyNote};
use baro_record::Event;
use std::path::{Path, PathBuf};

/// Which record is meant, and what waits for the next one.
#[derive(Debug, Default)]
pub struct Said {
    /// The newest record, and the visit that it was made in.
    record: Option<(u32, String)>,
    /// Was the newest set recorded? What is said after one that was not belongs to no record.
    recorded: bool,
    /// Each with its visit.
    waiting: Vec<(u32, SafetyNote)>,
}

impl Said {
    /// Where things stand after these lines of the diary.
    pub fn after(diary: &[Entry]) -> Self {
        let mut said = Self::default();
        for entry in diary {
            if let What::Set(set) = &entry.what {
                said.set(entry.visit, set);
            }
        }
        said
    }

    fn set(&mut self, visit: u32, set: &SetDone) {
        self.recorded = set.record.is_some();
        if let Some(name) = &set.record {
            self.record = Some((visit, name.clone()));
        }
    }

    /// What waited in this visit; what did in another has no record any more.
    fn waited(&mut self, visit: u32) -> Vec<SafetyNote> {
        let waiting = std::mem::take(&mut self.waiting);
        waiting.into_iter().filter(|(of, _)| *of == visit).map(|(_, note)| note).collect()
    }

    /// Takes the diary's next line; what goes into which record now.
    pub fn hear(&mut self, entry: &Entry) -> Option<(String, Vec<SafetyNote>)> {
        let this_visit = |record: &Option<(u32, String)>| {
            record.as_ref().filter(|(visit, _)| *visit == entry.visit).map(|(_, name)| name.clone())
        };
        match &entry.what {
            // Said before the set, or while it was going on.
            What::Set(set) => {
                self.set(entry.visit, set);
                let name = set.record.clone()?;
                Some((name, self.waited(entry.visit)))
            }
            What::Ended { .. } => Some((this_visit(&self.record)?, self.waited(entry.visit))),
            What::Safety { event } => {
                let unix_ms = u64::try_from(entry.when.at.as_millisecond()).unwrap_or_default();
                let note = SafetyNote { unix_ms, event: event.clone() };
                match event {
                    SafetyEvent::PainNextMorning { .. } => {
                        Some((self.record.as_ref().map(|(_, name)| name.clone())?, vec![note]))
                    }
                    SafetyEvent::AfterSet { .. } => {
                        Some((this_visit(&self.record).filter(|_| self.recorded)?, vec![note]))
                    }
                    _ => {
                        self.waiting.push((entry.visit, note));
                        None
                    }
                }
            }
            _ => None,
        }
    }
}

/// Appends to a record, where that is a plain file name in this folder.
pub fn append(records: &Path, name: &str, notes: Vec<SafetyNote>) {
    let path: PathBuf = records.join(name);
    if !notes.is_empty() && path.file_name().is_some_and(|plain| plain == name) {
        // Where it can't be: the diary has it, and the record is as whole as it was.
        let _ = baro_record::append(&path, notes.into_iter().map(Event::Safety));
    }
}
