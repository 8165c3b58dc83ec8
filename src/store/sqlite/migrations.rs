//! The database's versions: numbered, forward only, each in one transaction with its number.

use crate::{Result, StoreError};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// What the file is for.
#[derive(Debug)]
pub struct Kind {
    /// Marks the file as ours.
    pub application: i64,
    /// Only ever added to: a database in a clinic has run the earlier ones.
    pub steps: &'static [&'static str],
}

/// "baro"
pub const SERVER: Kind = Kind {
    application: 0x6261_726f,
    steps: &[
        include_str!("steps/0001_accounts.sql"),
        include_str!("steps/0002_records.sql"),
        include_str!("steps/0003_posts.sql"),
        include_str!("steps/0004_audit.sql"),
        include_str!("steps/0005_staff.sql"),
        include_str!("steps/0006_factor.sql"),
        include_str!("steps/0007_web.sql"),
        include_str!("steps/0008_safe.sql"),
        include_str!("steps/0009_templates.sql"),
        include_str!("steps/0010_exercises.sql"),
    ],
};

/// Is it a database that this program may touch?
pub fn check(db: &Connection, path: &Path, kind: &Kind) -> Result<()> {
    let known = kind.steps.len() as i64;
    let number = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (application, is) = (number("application_id")?, number("user_version")?);
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != kind.application && (application, is, tables) != (0, 0, 0) {
        return Err(StoreError::Foreign(path.into()));
    }
    if is > known { Err(StoreError::TooNew { is, known }) } else { Ok(()) }
}

/// Runs the steps that are missing.
pub fn run(db: &mut Connection, kind: &Kind) -> Result<()> {
    loop {
        let step = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Asked inside the transaction: another program may have been faster.
        let is: i64 = step.pragma_query_value(None, "user_version", |row| row.get(0))?;
        let Some(sql) = usize::try_from(is).ok().and_then(|is| kind.steps.get(is)) else { return Ok(()) };
        step.execute_batch(sql)?;
        step.pragma_update(None, "application_id", kind.application)?;
        step.pragma_update(None, "user_version", is + 1)?;
        step.commit()?;
    }
}
