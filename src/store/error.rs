//! What can go wrong with storage, and what to do about it.

use rusqlite::ErrorCode;
use std::path::PathBuf;

/// Why the store can't do it. Nothing of the transaction was kept.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum StoreError {
    #[error("the disk of the database is full: free some space; what was stored before is safe")]
    Full,
    #[error(
        "the database is in use by another program: stop the other server or wait for it, then try again"
    )]
    Busy,
    #[error("the database is damaged ({0}): stop the server, keep the files, and restore the newest backup")]
    Damaged(String),
    #[error(
        "the database has version {is}, this program knows up to {known}: install a newer Baro, the data is untouched"
    )]
    TooNew { is: i64, known: i64 },
    #[error("{0} is a database of another program: give another path")]
    Foreign(PathBuf),
    #[error(
        "this key does not open the database: it is somebody else's, or the system's key store was reset; the data is untouched"
    )]
    WrongKey,
    #[error("the system gives no random numbers: {0}")]
    NoRandom(#[from] getrandom::Error),
    #[error("{0} is there already: give another path, or move it away")]
    Exists(PathBuf),
    #[error("{0} can't be read or written: {1}")]
    File(PathBuf, #[source] std::io::Error),
    #[error("the database can't be reached ({0}): is it running, and are address and password right?")]
    Unreachable(String),
    #[error("this PostgreSQL is not used: {0}")]
    Refused(String),
    #[error("PostgreSQL can't do it: {0}; report this")]
    Postgres(String),
    #[error("the database can't do it: {0}; report this")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(error),
        }
    }
}
