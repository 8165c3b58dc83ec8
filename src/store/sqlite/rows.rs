//! Statements and their values, as SQLite has them.

use crate::Result;
use crate::db::{Cell, Db, Row, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Params, ToSql, params_from_iter};

/// The transaction that is open on a connection.
pub struct Open<'a>(pub &'a Connection);

impl Db for Open<'_> {
    fn all(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let mut statement = self.0.prepare_cached(sql)?;
        Ok(rows(&mut statement, params_from_iter(values))?)
    }

    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        Ok(self.0.prepare_cached(sql)?.execute(params_from_iter(values))? as u64)
    }

    /// Whoever writes is alone.
    fn lock_log(&mut self) -> Result<()> {
        Ok(())
    }
}

fn rows(statement: &mut CachedStatement, values: impl Params) -> rusqlite::Result<Vec<Row>> {
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row| (0..columns).map(|at| Ok(cell(row.get_ref(at)?))).collect();
    statement.query_map(values, read)?.map(|cells| Ok(Row::new(cells?))).collect()
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
        ValueRef::Text(text) => String::from_utf8(text.to_vec()).map_or(Cell::Null, Cell::Text),
        // No column of ours has one.
        ValueRef::Null | ValueRef::Real(_) => Cell::Null,
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}
