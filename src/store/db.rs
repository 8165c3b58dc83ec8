//! What the stores share: SQL that both databases understand, its values, and transactions around it.

use crate::{Result, StoreError};
use baro_wire::{DeviceId, Digest, OrganisationId, PersonId, PostId, PublicKey, RecordId};

/// One open transaction. Places in the SQL are `?1`, `?2`, …; it has no other question mark.
pub trait Db {
    fn all(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>>;
    /// How many rows were changed.
    fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64>;
    /// Called first in a transaction that will append to the audit log: nobody else does until it ends.
    fn lock_log(&mut self) -> Result<()>;
}

/// Transactions of one connection. Where others were in the way they are run again, so `run` may be called several times.
pub trait Transactions {
    /// At one moment.
    fn reading<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T>;
    /// On the disk when this returns; on an error nothing of it is there.
    fn writing<T>(&mut self, run: impl Fn(&mut dyn Db) -> Result<T>) -> Result<T>;
    /// After an erasure: what was deleted goes from the disk, too.
    fn scrub(&mut self) -> Result<()>;
}

/// The first row, if there is one.
pub fn one<T>(
    db: &mut dyn Db,
    sql: &str,
    values: &[Value],
    read: impl FnOnce(&mut Row) -> Result<T>,
) -> Result<Option<T>> {
    db.all(sql, values)?.first_mut().map(read).transpose()
}

pub fn all<T>(
    db: &mut dyn Db,
    sql: &str,
    values: &[Value],
    read: impl FnMut(&mut Row) -> Result<T>,
) -> Result<Vec<T>> {
    db.all(sql, values)?.iter_mut().map(read).collect()
}

/// A value for a place in the SQL, or of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
}

/// As it comes out of the database.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Cell {
    #[default]
    Null,
    Int(i64),
    Bytes(Vec<u8>),
    Text(String),
}

/// Its cells, read from left to right.
#[derive(Debug)]
pub struct Row {
    cells: std::vec::IntoIter<Cell>,
}

impl Row {
    pub fn new(cells: Vec<Cell>) -> Self {
        Self { cells: cells.into_iter() }
    }

    pub fn next<T: FromCell>(&mut self) -> Result<T> {
        let cell = self.cells.next().unwrap_or_default();
        T::from_cell(cell)
            .ok_or_else(|| StoreError::Damaged("a value that this program did not write".into()))
    }
}

/// What a cell may be read as.
pub trait FromCell: Sized {
    fn from_cell(cell: Cell) -> Option<Self>;
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Text(text) = cell { Some(text) } else { None }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Bytes(bytes) = cell { Some(bytes) } else { None }
    }
}

impl<const N: usize> FromCell for [u8; N] {
    fn from_cell(cell: Cell) -> Option<Self> {
        Vec::from_cell(cell)?.try_into().ok()
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Option<Self> {
        if cell == Cell::Null { Some(None) } else { T::from_cell(cell).map(Some) }
    }
}

impl FromCell for bool {
    fn from_cell(cell: Cell) -> Option<Self> {
        u8::from_cell(cell).filter(|number| *number < 2).map(|number| number == 1)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl FromCell for $number {
            fn from_cell(cell: Cell) -> Option<Self> {
                if let Cell::Int(number) = cell { number.try_into().ok() } else { None }
            }
        }
    )*};
}
numbers!(u8, u32, i64, u64);

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl FromCell for $id {
            fn from_cell(cell: Cell) -> Option<Self> {
                FromCell::from_cell(cell).map(Self)
            }
        }
        impl<'a> From<&'a $id> for Value<'a> {
            fn from(id: &'a $id) -> Self {
                Self::Bytes(&id.0)
            }
        }
    )*};
}
ids!(RecordId, PersonId, DeviceId, OrganisationId, PostId, Digest, PublicKey);

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Int(flag.into())
    }
}

/// Ours stay far below; a peer's larger one means the same as the largest.
impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// The values of a statement, in their order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*] };
}
pub(crate) use values;
