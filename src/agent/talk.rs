//! What a clinic and the person wrote to each other.

use crate::{Agent, AgentError, agent::Shared, scan};
use baro_record::record_id;
use baro_store::StoreError;
use baro_sync::{Content, Key};
use baro_wire::{Entry, PersonId, Post, PostBody, PostId, RecordId, Stroke, Text, TooLong};
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
    /// Lines in the space of a record's replay.
    Drawing {
        /// Which.
        record: RecordId,
        /// From its first frame, milliseconds.
        time_ms: u32,
        /// The lines.
        strokes: Vec<Stroke>,
        /// What was written beside them.
        text: String,
    },
    /// A spoken note on a moment of a record.
    Spoken {
        /// Which.
        record: RecordId,
        /// From its first frame, milliseconds.
        time_ms: u32,
        /// Opus in WebM or Ogg.
        sound: Vec<u8>,
    },
    /// A plan, as the text of its file.
    Plan(String),
    /// A questionnaire that is asked, or no more, as FHIR JSON.
    Asked {
        /// It.
        questionnaire: String,
        /// It is asked no more.
        withdrawn: bool,
    },
    /// A questionnaire was filled in.
    Answered,
    /// The two meet.
    Appointment {
        /// ms since 1970.
        starts_ms: i64,
        /// How long, minutes.
        minutes: u16,
        /// In a live room, not in the practice.
        live: bool,
        /// It moves or cancels an earlier one.
        moved: bool,
        /// It does not take place.
        cancelled: bool,
        /// What was written with it.
        text: String,
    },
    /// What came of a visit.
    Summary(String),
}

impl SaidWhat {
    /// The record and the moment, milliseconds, that it is about.
    pub const fn about(&self) -> Option<(RecordId, u32)> {
        match self {
            Self::Note { record, time_ms, .. }
            | Self::Drawing { record, time_ms, .. }
            | Self::Spoken { record, time_ms, .. } => Some((*record, *time_ms)),
            _ => None,
        }
    }

    fn of(body: &PostBody) -> Option<Self> {
        Some(match body {
            PostBody::Message { text, .. } => Self::Message(text.to_string()),
            PostBody::Note { record, time_ms, text, .. } => {
                Self::Note { record: *record, time_ms: *time_ms, text: text.to_string() }
            }
            PostBody::Drawing { record, time_ms, strokes, text, .. } => Self::Drawing {
                record: *record,
                time_ms: *time_ms,
                strokes: strokes.to_vec(),
                text: text.to_string(),
            },
            PostBody::Spoken { record, time_ms, sound, .. } => {
                Self::Spoken { record: *record, time_ms: *time_ms, sound: sound.to_vec() }
            }
            PostBody::Plan { routine } => Self::Plan(routine.to_string()),
            PostBody::Asked { questionnaire, withdrawn, .. } => {
                Self::Asked { questionnaire: questionnaire.to_string(), withdrawn: *withdrawn }
            }
            PostBody::Answered { .. } => Self::Answered,
            &PostBody::Appointment { instead_of, starts_ms, minutes, live, cancelled, ref text } => {
                Self::Appointment {
                    starts_ms,
                    minutes,
                    live,
                    moved: instead_of.is_some(),
                    cancelled,
                    text: text.to_string(),
                }
            }
            PostBody::Summary { text, .. } => Self::Summary(text.to_string()),
            PostBody::Diary { .. }
            | PostBody::Consent { .. }
            | PostBody::RevokeDevice { .. }
            | PostBody::Erase
            | PostBody::NewerThanYou => return None,
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
    /// Every post about the person, in the order of the feed, and then what waits to be sent.
    fn each(&self, mut take: impl FnMut(At, &Post)) -> Result<(), StoreError> {
        let clinic = self.clinic();
        let me = self.pairing.person;
        let mut after = 0;
        loop {
            let entries = clinic.entries(after, PAGE)?;
            for entry in entries.iter().filter(|entry| entry.post.about == me) {
                take(At { ms: entry.stored_ms, own: entry.author == me, waits: false }, &entry.post);
            }
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
                if let Content::Post(post) = &row.content {
                    take(At { ms: post.written_ms, own: true, waits: true }, post);
                }
            }
            if end {
                return Ok(());
            }
        }
    }
}

/// When something was written: by the server's clock, or by this device's while it waits.
struct At {
    ms: i64,
    own: bool,
    waits: bool,
}

impl Agent {
    /// What was written, oldest first; what waits to be sent comes last.
    ///
    /// # Errors
    /// The disk.
    pub fn talk(&self) -> Result<Vec<Said>, AgentError> {
        let mut all: Vec<Said> = Vec::new();
        self.shared().each(|At { ms, own, waits }, post| {
            // What the server just took may still be among what waits.
            let Some(what) = SaidWhat::of(&post.body).filter(|_| all.iter().all(|said| said.id != post.id))
            else {
                return;
            };
            all.push(Said { id: post.id, at_ms: ms, own, waits, what });
            all.drain(..all.len().saturating_sub(NEWEST));
        })?;
        Ok(all)
    }

    /// Every post about the person that is `wanted`, with when it was stored, ms since 1970; what waits to be sent comes last.
    ///
    /// # Errors
    /// The disk.
    pub fn posts(&self, wanted: impl Fn(&PostBody) -> bool) -> Result<Vec<(i64, Post)>, AgentError> {
        let mut all = Vec::new();
        self.shared().each(|at, post| {
            if wanted(&post.body) {
                all.push((at.ms, post.clone()));
            }
        })?;
        Ok(all)
    }

    /// Sends a filled questionnaire, as JSON, to the clinic that asked for it. It waits on the disk until it is sent.
    ///
    /// # Errors
    /// It is too long, or the outbox takes nothing now.
    pub fn answer(&self, asked: PostId, filled: &str) -> Result<(), AgentError> {
        let filled = Text::new(filled).map_err(|TooLong { .. }| AgentError::TooLong)?;
        self.shared().post(PostBody::Answered { asked: Some(asked), filled })
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
        self.post_about(self.pairing.person, body)
    }

    /// The same about somebody whom they treat.
    pub fn post_about(&self, about: PersonId, body: PostBody) -> Result<(), AgentError> {
        let mut id = [0; 16];
        getrandom::fill(&mut id)?;
        let id = PostId(id);
        let written_ms = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().as_millis();
        let written_ms = i64::try_from(written_ms).unwrap_or_default();
        let content = Content::Post(Box::new(Post { id, about, written_ms, body }));
        let link = self.link().clone();
        let added = link.map(|link| link.add(Key::Post(id), content));
        added.and_then(Result::ok).ok_or(AgentError::Busy)
    }
}
