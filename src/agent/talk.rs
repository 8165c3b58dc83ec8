//! What a clinic and the person wrote to each other.

use crate::{Agent, AgentError, agent::Shared, scan};
use baro_record::record_id;
use baro_store::StoreError;
use baro_sync::{Content, Key};
use baro_wire::{Entry, PersonId, Post, PostBody, PostId, RecordId, Text, TooLong};
use std::{path::PathBuf, time::SystemTime};

/// Rows and entries that are read at a time.
const PAGE: usize = 100;
/// The newest that are shown.
const NEWEST: usize = 200;

/// Something that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its post.
    pub id: PostId,
    /// When, ms since 1970: by the server's clock; by this device's while it waits.
    pub at_ms: i64,
    /// By the person themselves.
    pub own: bool,
    /// It waits to be sent.
    pub waits: bool,
    /// What.
    pub what: SaidWhat,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaidWhat {
    /// A message.
    Message(String),
    /// A note on a moment of a record.
    Note {
        /// Which.
        record: RecordId,
        /// From its first frame, milliseconds.
        time_ms: u32,
        /// It.
        text: String,
    },
    /// A plan, as the text of its file.
    Plan(String),
}

impl SaidWhat {
    fn of(body: &PostBody) -> Option<Self> {
        Some(match body {
            PostBody::Message { text, .. } => Self::Message(text.to_string()),
            PostBody::Note { record, time_ms, text, .. } => {
                Self::Note { record: *record, time_ms: *time_ms, text: text.to_string() }
            }
            PostBody::Plan { routine } => Self::Plan(routine.to_string()),
            _ => return None,
        })
    }
}

/// What of these entries was written to `me`, or by them.
pub fn said(entries: &[Entry], me: PersonId) -> impl Iterator<Item = Said> {
    entries.iter().filter(move |entry| entry.post.about == me).filter_map(move |entry| {
        Some(Said {
            id: entry.post.id,
            at_ms: entry.stored_ms,
            own: entry.author == me,
            waits: false,
            what: SaidWhat::of(&entry.post.body)?,
        })
    })
}

impl Shared {
    /// The newest of what was written, oldest first; what waits to be sent comes last.
    fn talk(&self) -> Result<Vec<Said>, StoreError> {
        let clinic = self.clinic();
        let me = self.pairing.person;
        let (mut all, mut after) = (Vec::new(), 0);
        loop {
            let entries = clinic.entries(after, PAGE)?;
            all.extend(said(&entries, me));
            all.drain(..all.len().saturating_sub(NEWEST));
            match entries.last() {
                Some(last) if entries.len() == PAGE => after = last.cursor,
                _ => break,
            }
        }
        let mut after = 0;
        loop {
            let (rows, end) = clinic.page(after, PAGE)?;
            for row in &rows {
                after = row.number;
                if let Content::Post(post) = &row.content
                    && let Some(what @ SaidWhat::Message(_)) = SaidWhat::of(&post.body)
                    && all.iter().all(|said| said.id != post.id)
                {
                    all.push(Said { id: post.id, at_ms: post.written_ms, own: true, waits: true, what });
                }
            }
            if end {
                return Ok(all);
            }
        }
    }
}

impl Agent {
    /// What was written, oldest first; what waits to be sent comes last.
    ///
    /// # Errors
    /// The disk.
    pub fn talk(&self) -> Result<Vec<Said>, AgentError> {
        Ok(self.shared().talk()?)
    }

    /// The person's record of this id, where it is on this device.
    pub fn record(&self, id: RecordId) -> Option<PathBuf> {
        let is_it = |path: &PathBuf| record_id(path).is_ok_and(|found| *found.as_bytes() == id.0);
        scan::records(&self.shared().folder).into_iter().find(is_it)
    }

    /// Writes to the clinic. It waits on the disk until it is sent.
    ///
    /// # Errors
    /// It is too long, or the outbox takes nothing now.
    pub fn say(&self, text: &str, answers: Option<PostId>) -> Result<(), AgentError> {
        let text = Text::new(text).map_err(|TooLong { .. }| AgentError::TooLong)?;
        self.shared().post(PostBody::Message { answers, text })
    }
}

impl Shared {
    /// Puts something new of the person into the outbox.
    pub fn post(&self, body: PostBody) -> Result<(), AgentError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id)?;
        let (id, about) = (PostId(id), self.pairing.person);
        let written_ms = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        let written_ms = i64::try_from(written_ms).unwrap_or_default();
        let content = Content::Post(Box::new(Post { id, about, written_ms, body }));
        let link = self.link().clone();
        let added = link.map(|link| link.add(Key::Post(id), content));
        added.and_then(Result::ok).ok_or(AgentError::Busy)
    }
}
