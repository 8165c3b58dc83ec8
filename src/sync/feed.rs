//! What comes down: entries are stored with their cursor in one transaction, then the next page is asked for.

use crate::Millis;
use baro_wire::{Cursor, Entry, limits};

/// Asked again when nothing was heard for so long, should a `News` be lost.
const EVERY_MS: u64 = 5 * 60 * 1_000;
/// After the disk was full.
const DISK_RETRY_MS: u64 = 5_000;

/// Entries that don't follow one another: the server is broken, nothing of them is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfOrder;

#[derive(Debug)]
pub(crate) struct Feed {
    /// On the disk.
    kept: Cursor,
    /// Something came while a page was under way, which may have been made before.
    news: bool,
    stage: Stage,
    disk_full: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing to do before then.
    Until(Millis),
    Asked,
    /// Being stored; more behind it?
    Keeping(bool),
}

impl Feed {
    pub const fn new(kept: Cursor) -> Self {
        Self { kept, news: false, stage: Stage::Until(Millis(0)), disk_full: false }
    }

    /// The cursor to ask behind, if it is time to ask.
    pub fn due(&mut self, now: Millis) -> Option<(Cursor, u16)> {
        let due = matches!(self.stage, Stage::Until(at) if at <= now);
        if due {
            self.stage = Stage::Asked;
            self.news = false;
        }
        due.then_some((self.kept, limits::FEED_ENTRIES as u16))
    }

    pub const fn wake_at(&self) -> Option<Millis> {
        match self.stage {
            Stage::Until(at) => Some(at),
            Stage::Asked | Stage::Keeping(_) => None,
        }
    }

    /// What is new in a page, to be stored with the cursor that comes with it.
    pub fn page(
        &mut self,
        now: Millis,
        mut entries: Vec<Entry>,
        more: bool,
    ) -> Result<Option<(Vec<Entry>, Cursor)>, OutOfOrder> {
        if self.stage != Stage::Asked {
            return Ok(None);
        }
        if !entries.is_sorted_by(|a, b| a.cursor < b.cursor) {
            return Err(OutOfOrder);
        }
        entries.retain(|entry| entry.cursor > self.kept);
        let Some(cursor) = entries.last().map(|entry| entry.cursor) else {
            // What did not fit before is for others now.
            self.disk_full = false;
            self.stage = self.rest(now, false);
            return Ok(None);
        };
        self.stage = Stage::Keeping(more);
        Ok(Some((entries, cursor)))
    }

    pub fn kept(&mut self, now: Millis, cursor: Cursor) {
        self.kept = self.kept.max(cursor);
        self.disk_full = false;
        if let Stage::Keeping(more) = self.stage {
            self.stage = self.rest(now, more);
        }
    }

    /// Goes on at once, or rests.
    const fn rest(&self, now: Millis, more: bool) -> Stage {
        Stage::Until(if more || self.news { now } else { now.after(EVERY_MS) })
    }

    pub const fn not_kept(&mut self, now: Millis) {
        self.disk_full = true;
        self.stage = Stage::Until(now.after(DISK_RETRY_MS));
    }

    /// The server has entries up to this cursor.
    pub fn news(&mut self, now: Millis, cursor: Cursor) {
        self.news |= cursor > self.kept;
        if let Stage::Until(at) = &mut self.stage
            && cursor > self.kept
            && !self.disk_full
        {
            *at = now;
        }
    }

    /// A new connection: there may be news that nobody told.
    pub fn opened(&mut self, now: Millis) {
        if let Stage::Until(at) = &mut self.stage
            && !self.disk_full
        {
            *at = (*at).min(now);
        }
    }

    /// The request failed or its connection broke.
    pub fn again(&mut self, at: Millis) {
        if self.stage == Stage::Asked {
            self.stage = Stage::Until(at);
        }
    }

    pub const fn is_disk_full(&self) -> bool {
        self.disk_full
    }

    pub const fn is_busy(&self) -> bool {
        !matches!(self.stage, Stage::Until(_))
    }
}
