//! What the pages for staff need: who signs in with a browser, and all about a patient at one moment.

use crate::db::{Db, Row, all, one, values};
use crate::{Access, Result, read};
use baro_wire::{
    Consents, Cursor, DeviceId, Digest, Entry, OrganisationId, PersonId, Post, RecordId, Relation,
};

/// Somebody who may sign in with a browser.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAccess {
    /// Who they are.
    pub access: Access,
    /// What their browser counts as, in all lists and in the audit log.
    pub device: DeviceId,
    /// What they type.
    pub name: String,
    /// Salt and hash, when it was chosen.
    pub password: Option<Vec<u8>>,
}

/// What a clinic keeps of its own, of nobody in particular.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// Plans to start from, by their names: the texts of `plan.toml`.
    Template,
    /// Exercises that it taught, by their ids: the texts of exercise files.
    Exercise,
}

/// A patient whom somebody treats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cared {
    /// Who.
    pub person: PersonId,
    /// What they agree to.
    pub consents: Consents,
    /// Grows with whatever is written about them.
    pub cursor: Cursor,
}

/// What was written about somebody, and the facts of the same moment by which it is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What the asker is to them.
    pub relation: Relation,
    /// What they agree to.
    pub consents: Consents,
    /// Where their feed ends.
    pub cursor: Cursor,
    /// Oldest first.
    pub entries: Vec<Entry>,
}

/// All chunks of a record, and the facts of the same moment by which it is decided who sees them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordOf {
    /// What the asker is to its owner.
    pub relation: Relation,
    /// What they agree to.
    pub consents: Consents,
    /// In their order; none where the person has no such record.
    pub chunks: Vec<Vec<u8>>,
}

const COLUMNS: &str = "p.organisation, p.id, p.role, w.device, w.name, w.password";
/// A revoked device is nobody's way in, whatever it knows.
const GOOD: &str = "FROM web_access w JOIN person p ON p.id = w.person JOIN device d ON d.id = w.device
    WHERE p.erased_ms IS NULL AND d.revoked = 0";

fn access(row: &mut Row) -> Result<WebAccess> {
    let access = Access { organisation: row.next()?, person: row.next()?, role: row.next()? };
    Ok(WebAccess { access, device: row.next()?, name: row.next()?, password: row.next()? })
}

pub fn set(
    db: &mut dyn Db,
    person: PersonId,
    device: DeviceId,
    name: &str,
    link: Digest,
    ends_ms: i64,
) -> Result<bool> {
    let taken = "SELECT 1 FROM web_access WHERE name = ?2 AND person != ?1";
    if one(db, taken, values![&person, name], Row::next::<i64>)?.is_some() {
        return Ok(false);
    }
    let sql = "INSERT INTO web_access (person, device, name, link, link_ends_ms)
        SELECT d.person, d.id, ?3, ?4, ?5 FROM device d JOIN person p ON p.id = d.person
        WHERE d.id = ?2 AND d.person = ?1 AND p.erased_ms IS NULL
        ON CONFLICT (person) DO UPDATE SET device = excluded.device, name = excluded.name, link = excluded.link,
            link_ends_ms = excluded.link_ends_ms, password = NULL";
    Ok(db.run(sql, values![&person, &device, name, &link, ends_ms])? > 0)
}

pub fn of_person(db: &mut dyn Db, person: PersonId) -> Result<Option<WebAccess>> {
    one(db, &format!("SELECT {COLUMNS} {GOOD} AND p.id = ?1"), values![&person], access)
}

pub fn by_name(db: &mut dyn Db, name: &str) -> Result<Option<WebAccess>> {
    one(db, &format!("SELECT {COLUMNS} {GOOD} AND w.name = ?1"), values![name], access)
}

pub fn by_link(db: &mut dyn Db, link: Digest, now_ms: i64) -> Result<Option<WebAccess>> {
    let sql = format!("SELECT {COLUMNS} {GOOD} AND w.link = ?1 AND w.link_ends_ms > ?2");
    one(db, &sql, values![&link, now_ms], access)
}

pub fn set_password(db: &mut dyn Db, link: Digest, now_ms: i64, password: &[u8]) -> Result<bool> {
    let sql = "UPDATE web_access SET password = ?3, link = NULL WHERE link = ?1 AND link_ends_ms > ?2";
    Ok(db.run(sql, values![&link, now_ms, password])? > 0)
}

pub fn cared(db: &mut dyn Db, staff: PersonId) -> Result<Vec<Cared>> {
    let sql = "SELECT p.id, p.consents, p.cursor FROM assigned s JOIN person p ON p.id = s.patient
        WHERE s.staff = ?1 AND s.leads = 0 AND p.erased_ms IS NULL ORDER BY p.id";
    let read = |row: &mut Row| Ok(Cared { person: row.next()?, consents: row.next()?, cursor: row.next()? });
    all(db, sql, values![&staff], read)
}

pub fn about(db: &mut dyn Db, asker: PersonId, person: PersonId, after: Cursor) -> Result<About> {
    let relation = read::relation(db, asker, person)?;
    let sql = "SELECT consents, cursor FROM person WHERE id = ?1 AND erased_ms IS NULL";
    let found = one(db, sql, values![&person], |row| Ok((row.next()?, row.next()?)))?;
    let Some((consents, cursor)) = found else {
        let consents = Consents::NONE;
        return Ok(About { relation: Relation::Nothing, consents, cursor: 0, entries: Vec::new() });
    };
    let sql = "SELECT f.cursor, p.author, p.stored_ms, p.id, p.about, p.written_ms, p.body
        FROM feed f JOIN post p ON p.id = f.post WHERE f.reader = ?1 AND p.about = ?1 AND f.cursor > ?2
        ORDER BY f.cursor";
    let read = |row: &mut Row| {
        let (cursor, author, stored_ms) = (row.next()?, row.next()?, row.next()?);
        let post = Post { id: row.next()?, about: row.next()?, written_ms: row.next()?, body: row.next()? };
        Ok(Entry { cursor, author, stored_ms, post })
    };
    let entries = all(db, sql, values![&person, after], read)?;
    Ok(About { relation, consents, cursor, entries })
}

pub fn treated(db: &mut dyn Db) -> Result<Vec<PersonId>> {
    let sql = "SELECT DISTINCT s.patient FROM assigned s JOIN person p ON p.id = s.patient
        WHERE s.leads = 0 AND p.erased_ms IS NULL ORDER BY s.patient";
    all(db, sql, &[], Row::next)
}

pub fn record(db: &mut dyn Db, asker: PersonId, person: PersonId, record: RecordId) -> Result<RecordOf> {
    let relation = read::relation(db, asker, person)?;
    let sql = "SELECT consents FROM person WHERE id = ?1 AND erased_ms IS NULL";
    let consents = one(db, sql, values![&person], Row::next)?.unwrap_or(Consents::NONE);
    let sql = "SELECT c.bytes FROM chunk c JOIN record r ON r.id = c.record
        WHERE r.owner = ?1 AND c.record = ?2 ORDER BY c.place";
    let chunks = all(db, sql, values![&person, &record], Row::next)?;
    Ok(RecordOf { relation, consents, chunks })
}

pub fn thresholds(db: &mut dyn Db, staff: PersonId) -> Result<Option<String>> {
    one(db, "SELECT text FROM thresholds WHERE staff = ?1", values![&staff], Row::next)
}

pub fn set_thresholds(db: &mut dyn Db, staff: PersonId, text: &str) -> Result<()> {
    let sql = "INSERT INTO thresholds (staff, text) VALUES (?1, ?2)
        ON CONFLICT (staff) DO UPDATE SET text = excluded.text";
    db.run(sql, values![&staff, text]).map(|_| ())
}

/// Who treats whom, and who leads whose class: staff, patient, whether it is a class.
pub fn assignments(db: &mut dyn Db, organisation: OrganisationId) -> Result<Vec<(PersonId, PersonId, bool)>> {
    let sql = "SELECT a.staff, a.patient, a.leads FROM assigned a JOIN person s ON s.id = a.staff
        WHERE s.organisation = ?1 ORDER BY a.patient, a.staff";
    all(db, sql, values![&organisation], |row| Ok((row.next()?, row.next()?, row.next()?)))
}

/// Up to which place of their feed somebody has talked with each of those whom they treat about answers that ask for safety.
pub fn safe_until(db: &mut dyn Db, staff: PersonId) -> Result<Vec<(PersonId, Cursor)>> {
    let sql = "SELECT t.person, t.cursor FROM safe_until t JOIN assigned a ON a.patient = t.person
        WHERE a.staff = ?1 AND a.leads = 0";
    all(db, sql, values![&staff], |row| Ok((row.next()?, row.next()?)))
}

/// It never goes back.
pub fn set_safe_until(db: &mut dyn Db, person: PersonId, cursor: Cursor) -> Result<()> {
    let sql = "INSERT INTO safe_until (person, cursor) SELECT id, ?2 FROM person WHERE id = ?1 AND erased_ms IS NULL
        ON CONFLICT (person) DO UPDATE SET cursor = CASE WHEN excluded.cursor > safe_until.cursor
            THEN excluded.cursor ELSE safe_until.cursor END";
    db.run(sql, values![&person, cursor]).map(|_| ())
}

/// Of each kind an organisation keeps so many at most.
const KEPT: i64 = 200;

impl Kept {
    const fn table(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Exercise => "exercise",
        }
    }
}

pub fn kept(db: &mut dyn Db, organisation: OrganisationId, kind: Kept) -> Result<Vec<(String, String)>> {
    let sql = format!("SELECT name, text FROM {} WHERE organisation = ?1 ORDER BY name", kind.table());
    all(db, &sql, values![&organisation], |row| Ok((row.next()?, row.next()?)))
}

pub fn keep(
    db: &mut dyn Db,
    organisation: OrganisationId,
    kind: Kept,
    name: &str,
    text: &str,
) -> Result<bool> {
    let table = kind.table();
    let others = format!("SELECT count(*) FROM {table} WHERE organisation = ?1 AND name != ?2");
    let others = one(db, &others, values![&organisation, name], Row::next::<i64>)?.unwrap_or_default();
    if others >= KEPT {
        return Ok(false);
    }
    let sql = format!(
        "INSERT INTO {table} (organisation, name, text) SELECT id, ?2, ?3 FROM organisation WHERE id = ?1
        ON CONFLICT (organisation, name) DO UPDATE SET text = excluded.text"
    );
    Ok(db.run(&sql, values![&organisation, name, text])? > 0)
}

pub fn drop_kept(db: &mut dyn Db, organisation: OrganisationId, kind: Kept, name: &str) -> Result<bool> {
    let sql = format!("DELETE FROM {} WHERE organisation = ?1 AND name = ?2", kind.table());
    Ok(db.run(&sql, values![&organisation, name])? > 0)
}
