//! Types of the wire as values of a row, and back.

use crate::db::{Cell, FromCell, Row};
use crate::{Result, StoreError};
use baro_wire::{Ask, AuditEntry, Bytes, Consents, PostBody, Purpose, Role, Text};

/// A bit for each purpose.
impl FromCell for Consents {
    fn from_cell(cell: Cell) -> Option<Self> {
        let bits = i64::from_cell(cell)?;
        let with = |all: Self, purpose: Purpose| all.with(purpose, bits & bit(purpose) != 0);
        Some(Purpose::ALL.into_iter().fold(Self::NONE, with))
    }
}

pub const fn bit(purpose: Purpose) -> i64 {
    1 << purpose as u8
}

impl FromCell for Role {
    fn from_cell(cell: Cell) -> Option<Self> {
        let number = u8::from_cell(cell)?;
        Self::ALL.into_iter().find(|role| *role as u8 == number)
    }
}

impl FromCell for Ask {
    fn from_cell(cell: Cell) -> Option<Self> {
        let number = u8::from_cell(cell)?;
        Self::ALL.iter().copied().find(|ask| *ask as u8 == number)
    }
}

impl<const MOST: usize> FromCell for Text<MOST> {
    fn from_cell(cell: Cell) -> Option<Self> {
        Self::new(String::from_cell(cell)?).ok()
    }
}

impl<const MOST: usize> FromCell for Bytes<MOST> {
    fn from_cell(cell: Cell) -> Option<Self> {
        Self::new(Vec::from_cell(cell)?).ok()
    }
}

impl FromCell for PostBody {
    fn from_cell(cell: Cell) -> Option<Self> {
        postcard::from_bytes(&Vec::from_cell(cell)?).ok()
    }
}

pub fn body_to(body: &PostBody) -> Result<Vec<u8>> {
    postcard::to_stdvec(body).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// The columns of [`audit_entry`].
pub const AUDIT: &str = "number, at_ms, actor, device, ask, about, previous, digest";

pub fn audit_entry(row: &mut Row) -> Result<AuditEntry> {
    Ok(AuditEntry {
        number: row.next()?,
        at_ms: row.next()?,
        actor: row.next()?,
        device: row.next()?,
        ask: row.next()?,
        about: row.next()?,
        previous: row.next()?,
        digest: row.next()?,
    })
}
