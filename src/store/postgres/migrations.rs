//! The database's versions: numbered, forward only, each in one transaction with its number. Servers that start at once take turns.

use crate::{Result, StoreError};
use postgres::Client;

/// Only ever added to: a database in a clinic has run the earlier ones.
const STEPS: [&str; 6] = [
    include_str!("steps/0001_store.sql"),
    include_str!("steps/0002_factor.sql"),
    include_str!("steps/0003_web.sql"),
    include_str!("steps/0004_safe.sql"),
    include_str!("steps/0005_templates.sql"),
    include_str!("steps/0006_exercises.sql"),
];

pub fn run(client: &mut Client) -> Result<()> {
    let known = STEPS.len() as i64;
    loop {
        let mut step = client.transaction()?;
        // "baro"; another server's step may take long.
        step.batch_execute("SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(1650553455)")?;
        let is = version(&mut step)?;
        if is > known {
            return Err(StoreError::TooNew { is, known });
        }
        let Some(sql) = usize::try_from(is).ok().and_then(|is| STEPS.get(is)) else { return Ok(()) };
        step.batch_execute(sql)?;
        step.execute("UPDATE baro SET version = $1", &[&(is + 1)])?;
        step.commit()?;
    }
}

/// 0 where there is nothing yet; another program's tables are left alone.
fn version(step: &mut postgres::Transaction) -> Result<i64> {
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()";
    let ours = "SELECT to_regclass('baro') IS NOT NULL";
    if !step.query_one(ours, &[])?.try_get::<_, bool>(0)? {
        if step.query_one(tables, &[])?.try_get::<_, i64>(0)? > 0 {
            let name: String = step.query_one("SELECT current_database()::text", &[])?.try_get(0)?;
            return Err(StoreError::Foreign(name.into()));
        }
        step.batch_execute("CREATE TABLE baro (version BIGINT NOT NULL); INSERT INTO baro VALUES (0)")?;
    }
    Ok(step.query_one("SELECT version FROM baro", &[])?.try_get(0)?)
}
