//! The embedded store: one SQLite file with its write-ahead log beside it.

mod copies;
pub mod migrations;
mod rows;

pub use copies::{backup, restore};

use crate::db::{Db, Transactions};
use crate::{Result, StoreError};
use migrations::Kind;
use rows::Open;
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
        let connection = open(path, options, &migrations::SERVER)?;
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
}

impl Transactions for Sqlite {
    fn reading<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction()?;
        run(&mut Open(&transaction))
    }

    fn writing<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = run(&mut Open(&transaction))?;
        transaction.commit()?;
        Ok(done)
    }

    fn scrub(&mut self) -> Result<()> {
        scrub(&self.connection)
    }
}

/// Opens a file of this kind, made or brought to the newest version where needed.
pub fn open(path: &Path, options: Options, kind: &Kind) -> Result<Connection> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    migrations::check(&connection, path, kind)?;
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
    migrations::run(&mut connection, kind)?;
    sync_folder_of(path)?;
    Ok(connection)
}

/// Carries the overwritten pages into the file and empties the log, which still holds what they were.
pub fn scrub(db: &Connection) -> Result<()> {
    let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
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
