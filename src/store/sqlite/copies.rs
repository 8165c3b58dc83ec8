//! Backup while the server runs, restore, and the check that both make.

use super::{BUSY, Open, migrations, sync_folder_of};
use crate::{Result, StoreError, read};
use rusqlite::{Connection, OpenFlags};
use std::{fs, fs::File, io, path::Path, path::PathBuf};

/// Copies the database as it is at one moment to a new file, while others write. The copy is checked, and there whole or not at all.
pub fn backup(database: &Path, to: &Path) -> Result<()> {
    let db = open(database)?;
    db.busy_timeout(BUSY)?;
    migrations::check(&db, database, &migrations::SERVER)?;
    whole_or_not(to, |part| copy(&db, part))
}

/// Puts a backup where there is no database. It is checked first; open it afterwards as any other.
pub fn restore(backup: &Path, to: &Path) -> Result<()> {
    // A log left behind by another database would be played into this one.
    for left in ["-wal", "-shm", "-journal"].map(|end| with_end(to, end)) {
        refuse_if_there(&left)?;
    }
    let from = open(backup)?;
    migrations::check(&from, backup, &migrations::SERVER)?;
    check(&from)?;
    whole_or_not(to, |part| {
        copy(&from, part)?;
        let part = open(part)?;
        if part.table_exists(None, "person")? {
            part.execute("UPDATE person SET cursor = cursor + ?1", [JUMP])?;
        }
        Ok(())
    })
}

/// Devices have fetched what came after the backup was made. Places in feeds go on far behind those, or what is written from now on would
/// stand where a device has been already, and never be fetched.
const JUMP: i64 = 1 << 32;

fn copy(db: &Connection, to: &Path) -> Result<()> {
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

/// Pages, references, the audit log's chain.
pub fn check(db: &Connection) -> Result<()> {
    let found: String = db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        return Err(StoreError::Damaged(found));
    }
    if db.prepare("PRAGMA foreign_key_check")?.exists([])? {
        return Err(StoreError::Damaged("a row belongs to one that is not there".into()));
    }
    if !db.table_exists(None, "audit")? {
        return Ok(());
    }
    read::check_log(&mut Open(db))
}

/// A database that must be there already.
fn open(path: &Path) -> Result<Connection> {
    fs::metadata(path).map_err(|error| StoreError::File(path.into(), error))?;
    Ok(Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?)
}

/// Makes a file beside its place, checks it, puts it on the disk, and only then gives it its name.
fn whole_or_not(to: &Path, make: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    refuse_if_there(to)?;
    let part = with_end(to, ".part");
    let file = |error: io::Error| StoreError::File(part.clone(), error);
    // Left by one that was cut off.
    match fs::remove_file(&part) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(file(error)),
        _ => {}
    }
    let made = make(&part).and_then(|()| check(&open(&part)?));
    let synced = made.and_then(|()| File::open(&part).and_then(|part| part.sync_all()).map_err(file));
    let named = synced.and_then(|()| fs::rename(&part, to).map_err(file));
    if named.is_err() {
        // The first error is the one that matters.
        let _ = fs::remove_file(&part);
    }
    named.and_then(|()| sync_folder_of(to))
}

fn refuse_if_there(path: &Path) -> Result<()> {
    if path.exists() { Err(StoreError::Exists(path.into())) } else { Ok(()) }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
