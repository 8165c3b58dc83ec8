//! Statements and their values, as PostgreSQL has them.

use crate::db::{Cell, Db, Row, Value};
use crate::{Result, StoreError};
use postgres::types::{IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use postgres::{Statement, Transaction};
use std::{collections::HashMap, error::Error};

/// The transaction that is open on a connection.
pub struct Open<'a> {
    pub transaction: Transaction<'a>,
    /// Prepared once a connection.
    pub statements: &'a mut HashMap<String, Statement>,
}

impl Open<'_> {
    fn prepared(&mut self, sql: &str) -> Result<Statement> {
        if let Some(found) = self.statements.get(sql) {
            return Ok(found.clone());
        }
        let statement = self.transaction.prepare(&sql.replace('?', "$"))?;
        self.statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }
}

impl Db for Open<'_> {
    fn all(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let statement = self.prepared(sql)?;
        self.transaction.query(&statement, &places(values))?.iter().map(row).collect()
    }

    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        let statement = self.prepared(sql)?;
        Ok(self.transaction.execute(&statement, &places(values))?)
    }

    /// Before the first statement: what the transaction sees is fixed with that, and must have the newest line.
    fn lock_log(&mut self) -> Result<()> {
        Ok(self.transaction.batch_execute("LOCK TABLE audit_turn IN EXCLUSIVE MODE")?)
    }
}

fn places<'a>(values: &'a [Value]) -> Vec<&'a (dyn ToSql + Sync)> {
    values.iter().map(|value| value as &(dyn ToSql + Sync)).collect()
}

fn row(row: &postgres::Row) -> Result<Row> {
    let cells = row.columns().iter().enumerate().map(|(at, column)| {
        let cell = match *column.type_() {
            Type::INT8 => row.try_get::<_, Option<i64>>(at)?.map(Cell::Int),
            Type::BOOL => row.try_get::<_, Option<bool>>(at)?.map(|flag| Cell::Int(flag.into())),
            Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.map(Cell::Bytes),
            Type::TEXT => row.try_get::<_, Option<String>>(at)?.map(Cell::Text),
            ref other => return Err(StoreError::Postgres(format!("a column of type {other}"))),
        };
        Ok(cell.unwrap_or_default())
    });
    Ok(Row::new(cells.collect::<Result<_>>()?))
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> std::result::Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql_checked(ty, out),
            Self::Bytes(bytes) => bytes.to_sql_checked(ty, out),
            Self::Text(text) => text.to_sql_checked(ty, out),
        }
    }

    /// Asked of the value inside, above.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}
