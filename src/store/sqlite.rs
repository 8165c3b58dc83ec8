//! The embedded store: one SQLite file with its write-ahead log beside it.

mod admin;
mod copies;
mod migrations;
mod read;
mod row;
mod write;

pub use copies::{backup, restore};

use crate::{Assignment, Result, Store, StoreError};
use baro_sync::{Account, Actor, Data, Facts, Invitation, Write, Written, audit};
use baro_wire::{AuditEntry, Cursor, DeviceId, Digest, OrganisationId, PersonId, PostId, Request};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior};
use std::{fs::File, path::Path, time::Duration};

/// How long another connection's lock is waited for.
const BUSY: Duration = Duration::from_secs(5);

/// What may be chosen.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// The database grows up to so many pages of 4 KiB; none: as far as the disk.
    pub most_pages: Option<u32>,
}

/// The embedded store.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Opens the database, made or brought to the newest version where needed.
    pub fn open(path: &Path, options: Options) -> Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        migrations::check(&connection, path)?;
        for (pragma, value) in [
            ("journal_mode", "WAL"),
            // A commit returns when its bytes are on the disk.
            ("synchronous", "FULL"),
            ("foreign_keys", "ON"),
            // What is deleted is overwritten.
            ("secure_delete", "ON"),
            ("temp_store", "MEMORY"),
            ("trusted_schema", "OFF"),
        ] {
            connection.pragma_update_and_check(None, pragma, value, |_| Ok(())).or_else(none_returned)?;
        }
        if let Some(pages) = options.most_pages {
            connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))?;
        }
        migrations::run(&mut connection)?;
        sync_folder_of(path)?;
        let mut store = Self { connection };
        // An erasure may have been cut off between its commit and this. Not where a backup or another program is reading.
        match store.scrub() {
            Ok(()) | Err(StoreError::Busy | StoreError::Full) => Ok(store),
            Err(error) => Err(error),
        }
    }

    /// Reads everything: pages, references, and the audit log's chain.
    pub fn check(&mut self) -> Result<()> {
        copies::check(&self.connection)
    }

    fn reading<T>(&mut self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction()?;
        read(&transaction)
    }

    /// On the disk when this returns.
    fn writing<T>(&mut self, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = write(&transaction)?;
        transaction.commit()?;
        Ok(done)
    }

    /// Carries the overwritten pages into the file and empties the log, which still holds what they were.
    fn scrub(&mut self) -> Result<()> {
        let busy: i64 = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
    }
}

impl Store for Sqlite {
    fn find(&mut self, device: DeviceId) -> Result<Option<Account>> {
        self.reading(|db| read::account(db, device))
    }

    fn look(&mut self, actor: &Actor, request: &Request) -> Result<(Facts, Data)> {
        self.reading(|db| read::look(db, actor, request))
    }

    fn log(&mut self, drafts: &[audit::Draft]) -> Result<()> {
        self.writing(|db| write::log(db, drafts))
    }

    fn write(&mut self, actor: Option<&Actor>, write: &Write) -> Result<Written> {
        let written = match self.writing(|db| write::write(db, actor, write)) {
            Err(StoreError::Full) => return Ok(Written::Full),
            written => written?,
        };
        if matches!(written, Written::Erased { .. }) {
            // Reported only when it is gone from the disk; asked again, this is done again.
            self.scrub()?;
        }
        Ok(written)
    }

    fn news(&mut self, post: PostId) -> Result<Vec<(PersonId, Cursor)>> {
        self.reading(|db| read::news(db, post))
    }

    fn audit(&mut self, after: u64, most: u32) -> Result<Vec<AuditEntry>> {
        self.reading(|db| read::audit(db, after, most))
    }

    fn add_organisation(&mut self, organisation: OrganisationId) -> Result<()> {
        self.writing(|db| admin::add_organisation(db, organisation))
    }

    fn invite(&mut self, code: Digest, invitation: &Invitation) -> Result<bool> {
        self.writing(|db| admin::invite(db, code, invitation))
    }

    fn assign(&mut self, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool> {
        self.writing(|db| admin::assign(db, staff, patient, assignment))
    }
}

/// Some pragmas answer with their value, some with nothing.
fn none_returned(error: rusqlite::Error) -> rusqlite::Result<()> {
    Err(error).optional().map(|_: Option<()>| ())
}

/// A new file is only there after a power cut when its folder is on the disk, too.
fn sync_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| StoreError::File(folder.into(), error))
}
