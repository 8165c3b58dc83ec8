//! Types of the wire as values of a row, and back.

use baro_wire::{Ask, AuditEntry, Consents, DeviceId, Digest, PersonId, PostBody, Purpose, Role};
use rusqlite::{Row, types::Type};

pub fn consents(row: &Row, at: usize) -> rusqlite::Result<Consents> {
    let bits: i64 = row.get(at)?;
    let with = |all: Consents, purpose: Purpose| all.with(purpose, bits & (1 << purpose as u8) != 0);
    Ok(Purpose::ALL.into_iter().fold(Consents::NONE, with))
}

pub fn role(row: &Row, at: usize) -> rusqlite::Result<Role> {
    let number: i64 = row.get(at)?;
    let found = Role::ALL.into_iter().find(|role| i64::from(*role as u8) == number);
    found.ok_or(rusqlite::Error::IntegralValueOutOfRange(at, number))
}

/// A number that we wrote and that is never negative.
pub fn number(row: &Row, at: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(at)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(at, number))
}

/// As a row holds it; none is larger.
pub fn number_to(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub fn body_to(body: &PostBody) -> rusqlite::Result<Vec<u8>> {
    postcard::to_stdvec(body).map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))
}

pub fn body(row: &Row, at: usize) -> rusqlite::Result<PostBody> {
    let bytes: Vec<u8> = row.get(at)?;
    postcard::from_bytes(&bytes).map_err(|error| broken(at, error))
}

/// What we wrote and can't read.
pub fn broken(at: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(at, Type::Blob, Box::new(error))
}

/// The columns of [`audit_entry`].
pub const AUDIT: &str = "number, at_ms, actor, device, ask, about, previous, digest";

pub fn audit_entry(row: &Row) -> rusqlite::Result<AuditEntry> {
    let ask: i64 = row.get(4)?;
    let found = Ask::ALL.iter().find(|known| i64::from(**known as u8) == ask);
    Ok(AuditEntry {
        number: number(row, 0)?,
        at_ms: row.get(1)?,
        actor: PersonId(row.get(2)?),
        device: DeviceId(row.get(3)?),
        ask: *found.ok_or(rusqlite::Error::IntegralValueOutOfRange(4, ask))?,
        about: PersonId(row.get(5)?),
        previous: Digest(row.get(6)?),
        digest: Digest(row.get(7)?),
    })
}
