//! What is asked. All of one answer comes from one transaction.

use super::row;
use crate::Result;
use baro_sync::{Account, Actor, Data, Facts};
use baro_wire::{
    AuditEntry, Bytes, ChunkId, ConsentState, Consents, Cursor, DeviceId, DeviceState, Digest, Entry,
    HaveChunk, List, OrganisationId, Outcome, PatientState, PersonId, Post, PostId, PublicKey, RecordId,
    RecordState, Relation, Reply, Request, Role, Text, limits,
};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, params};

/// All rows of a question.
fn all<T>(
    db: &Connection,
    sql: &str,
    values: &[&dyn ToSql],
    read: impl FnMut(&Row) -> rusqlite::Result<T>,
) -> Result<Vec<T>> {
    Ok(db.prepare_cached(sql)?.query_map(values, read)?.collect::<rusqlite::Result<_>>()?)
}

/// A page, and is there more? The question asks for one row more than `most`.
fn page<T>(mut rows: Vec<T>, most: usize) -> (Vec<T>, bool) {
    let more = rows.len() > most;
    rows.truncate(most);
    (rows, more)
}

pub fn account(db: &Connection, device: DeviceId) -> Result<Option<Account>> {
    let sql = "SELECT p.organisation, d.person, p.role, d.key, d.person_key, d.revoked
        FROM device d JOIN person p ON p.id = d.person WHERE d.id = ?1";
    let read = |row: &Row| {
        Ok(Account {
            organisation: OrganisationId(row.get(0)?),
            person: PersonId(row.get(1)?),
            role: row::role(row, 2)?,
            key: PublicKey(row.get(3)?),
            person_key: PublicKey(row.get(4)?),
            revoked: row.get(5)?,
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([device.0], read).optional()?)
}

pub fn look(db: &Connection, actor: &Actor, request: &Request) -> Result<(Facts, Data)> {
    let about = request.about().unwrap_or(actor.person);
    let sql = "SELECT role, erased_ms IS NOT NULL FROM person WHERE id = ?1";
    let read = |row: &Row| Ok((row::role(row, 0)?, row.get::<_, bool>(1)?));
    let me = db.prepare_cached(sql)?.query_row([actor.person.0], read).optional()?;
    let device = account(db, actor.device)?.filter(|device| device.person == actor.person);
    let keys = "SELECT DISTINCT person_key FROM device WHERE person = ?1 AND NOT revoked";
    let facts = Facts {
        device_active: me.is_some() && device.is_some_and(|device| !device.revoked),
        role: me.map_or(Role::Device, |(role, _)| role),
        erased: me.is_some_and(|(_, erased)| erased),
        relation: relation(db, actor.person, about)?,
        consents: consent_state(db, about)?.consents,
        person_keys: all(db, keys, &[&actor.person.0], |row| Ok(PublicKey(row.get(0)?)))?,
    };
    let nothing = !facts.device_active || facts.erased;
    let data = if nothing { Data::Nothing } else { data(db, actor, request)? };
    Ok((facts, data))
}

fn relation(db: &Connection, actor: PersonId, about: PersonId) -> Result<Relation> {
    if actor == about {
        return Ok(Relation::Own);
    }
    let sql = "SELECT s.leads FROM person a JOIN person b ON b.organisation = a.organisation
        LEFT JOIN assigned s ON s.staff = a.id AND s.patient = b.id WHERE a.id = ?1 AND b.id = ?2";
    let found = db.prepare_cached(sql)?.query_row([actor.0, about.0], |row| row.get::<_, Option<bool>>(0));
    Ok(found.optional()?.map_or(Relation::Nothing, related))
}

const fn related(leads: Option<bool>) -> Relation {
    match leads {
        Some(true) => Relation::Leads,
        Some(false) => Relation::Treats,
        None => Relation::Colleague,
    }
}

fn consent_state(db: &Connection, person: PersonId) -> Result<ConsentState> {
    let sql = "SELECT consents, text_version FROM person WHERE id = ?1";
    let read = |row: &Row| Ok(ConsentState { consents: row::consents(row, 0)?, text_version: row.get(1)? });
    let found = db.prepare_cached(sql)?.query_row([person.0], read).optional()?;
    Ok(found.unwrap_or(ConsentState { consents: Consents::NONE, text_version: 0 }))
}

fn data(db: &Connection, actor: &Actor, request: &Request) -> Result<Data> {
    let reply = match request {
        Request::Have { record, from } => match owner(db, *record)? {
            Some(owner) if owner == actor.person => {
                let (have, more) = have(db, *record, *from)?;
                let have = List::new(have).unwrap_or_default();
                Reply::Record { record: *record, outcome: Outcome::Exists, have, more }
            }
            _ => return Ok(Data::Nothing),
        },
        Request::Feed { after, most } => return entries(db, actor, actor.person, None, *after, *most),
        Request::ReadPosts { person, after, most } => {
            return entries(db, actor, *person, Some(*person), *after, *most);
        }
        Request::ReadConsents { person } => {
            Reply::Consents { person: *person, state: consent_state(db, *person)? }
        }
        Request::ListDevices { person } => devices(db, *person)?,
        Request::ListPatients { after } => patients(db, actor.person, *after)?,
        Request::ListRecords { person, after } => records(db, *person, *after)?,
        Request::ReadChunk { person, record, index } => match chunk(db, *person, *record, *index)? {
            Some(reply) => reply,
            None => return Ok(Data::Nothing),
        },
        Request::ReadAudit { person, after } => audit_of(db, *person, *after)?,
        _ => return Ok(Data::Nothing),
    };
    Ok(Data::Reply(Box::new(reply)))
}

/// A page of a feed: what is about the actor, written by them, or about somebody assigned to them.
fn entries(
    db: &Connection,
    actor: &Actor,
    of: PersonId,
    about: Option<PersonId>,
    after: Cursor,
    most: u16,
) -> Result<Data> {
    let sql = "SELECT f.cursor, p.author, p.stored_ms, p.id, p.about, p.written_ms, p.body,
            a.consents, s.leads, a.organisation = me.organisation
        FROM feed f JOIN post p ON p.id = f.post JOIN person a ON a.id = p.about JOIN person me ON me.id = ?1
        LEFT JOIN assigned s ON s.staff = ?1 AND s.patient = p.about
        WHERE f.reader = ?2 AND f.cursor > ?3 AND p.about = ifnull(?4, p.about)
            AND (p.about = ?1 OR p.author = ?1 OR s.staff IS NOT NULL)
        ORDER BY f.cursor LIMIT ?5";
    let most = usize::from(most).min(limits::FEED_ENTRIES);
    let read = |row: &Row| {
        let about = PersonId(row.get(4)?);
        let post = Post { id: PostId(row.get(3)?), about, written_ms: row.get(5)?, body: row::body(row, 6)? };
        let (cursor, author, stored_ms) = (row::number(row, 0)?, PersonId(row.get(1)?), row.get(2)?);
        let relation = match row.get(9)? {
            _ if about == actor.person => Relation::Own,
            true => related(row.get(8)?),
            false => Relation::Nothing,
        };
        Ok((Entry { cursor, author, stored_ms, post }, relation, row::consents(row, 7)?))
    };
    let (after, about, limit) = (row::number_to(after), about.map(|about| about.0), most as i64 + 1);
    let rows = all(db, sql, &[&actor.person.0, &of.0, &after, &about, &limit], read)?;
    let (entries, more) = page(rows, most);
    Ok(Data::Entries { entries, more })
}

pub fn owner(db: &Connection, record: RecordId) -> Result<Option<PersonId>> {
    let sql = "SELECT owner FROM record WHERE id = ?1";
    Ok(db.prepare_cached(sql)?.query_row([record.0], |row| Ok(PersonId(row.get(0)?))).optional()?)
}

pub fn have(db: &Connection, record: RecordId, from: u32) -> Result<(Vec<HaveChunk>, bool)> {
    let sql = "SELECT place, digest FROM chunk WHERE record = ?1 AND place >= ?2 ORDER BY place LIMIT ?3";
    let read = |row: &Row| Ok(HaveChunk { index: row.get(0)?, digest: Digest(row.get(1)?) });
    let rows = all(db, sql, &[&record.0, &from, &(limits::HAVE_CHUNKS as i64 + 1)], read)?;
    Ok(page(rows, limits::HAVE_CHUNKS))
}

fn chunk(db: &Connection, person: PersonId, record: RecordId, index: u32) -> Result<Option<Reply>> {
    let sql = "SELECT c.digest, c.previous, c.bytes FROM chunk c JOIN record r ON r.id = c.record
        WHERE r.owner = ?1 AND c.record = ?2 AND c.place = ?3";
    let read = |row: &Row| {
        let chunk = ChunkId { record, index, digest: Digest(row.get(0)?) };
        let bytes = Bytes::new(row.get::<_, Vec<u8>>(2)?).map_err(|error| row::broken(2, error))?;
        Ok(Reply::ChunkBytes { chunk, previous: Digest(row.get(1)?), bytes })
    };
    Ok(db.prepare_cached(sql)?.query_row(params![person.0, record.0, index], read).optional()?)
}

fn devices(db: &Connection, person: PersonId) -> Result<Reply> {
    // Of too many, those that still work and the newest.
    let sql = "SELECT id, name, paired_ms, revoked FROM device WHERE person = ?1
        ORDER BY revoked, paired_ms DESC LIMIT ?2";
    let read = |row: &Row| {
        let name = Text::new(row.get::<_, String>(1)?).map_err(|error| row::broken(1, error))?;
        Ok(DeviceState { device: DeviceId(row.get(0)?), name, paired_ms: row.get(2)?, revoked: row.get(3)? })
    };
    let devices = all(db, sql, &[&person.0, &(limits::DEVICES as i64)], read)?;
    Ok(Reply::Devices { person, devices: List::new(devices).unwrap_or_default() })
}

fn patients(db: &Connection, staff: PersonId, after: Option<PersonId>) -> Result<Reply> {
    let sql = "SELECT p.id, p.consents FROM assigned s JOIN person p ON p.id = s.patient
        WHERE s.staff = ?1 AND s.patient > ?2 ORDER BY s.patient LIMIT ?3";
    let read =
        |row: &Row| Ok(PatientState { person: PersonId(row.get(0)?), consents: row::consents(row, 1)? });
    let after = after.map_or(vec![], |after| after.0.to_vec());
    let (patients, more) =
        page(all(db, sql, &[&staff.0, &after, &(limits::ROWS as i64 + 1)], read)?, limits::ROWS);
    Ok(Reply::Patients { patients: List::new(patients).unwrap_or_default(), more })
}

fn records(db: &Connection, person: PersonId, after: Option<RecordId>) -> Result<Reply> {
    let sql = "SELECT id, started_ms, (SELECT count(*) FROM chunk WHERE record = id) AS chunks, sealed
        FROM record WHERE owner = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    let read = |row: &Row| {
        let chunks: u32 = row.get(2)?;
        let sealed = chunks == row.get::<_, u32>(3)?;
        Ok(RecordState { record: RecordId(row.get(0)?), started_ms: row.get(1)?, chunks, sealed })
    };
    let after = after.map_or(vec![], |after| after.0.to_vec());
    let (records, more) =
        page(all(db, sql, &[&person.0, &after, &(limits::ROWS as i64 + 1)], read)?, limits::ROWS);
    Ok(Reply::Records { person, records: List::new(records).unwrap_or_default(), more })
}

fn audit_of(db: &Connection, person: PersonId, after: u64) -> Result<Reply> {
    let sql =
        format!("SELECT {} FROM audit WHERE about = ?1 AND number > ?2 ORDER BY number LIMIT ?3", row::AUDIT);
    let values: [&dyn ToSql; 3] = [&person.0, &row::number_to(after), &(limits::ROWS as i64 + 1)];
    let (entries, more) = page(all(db, &sql, &values, row::audit_entry)?, limits::ROWS);
    Ok(Reply::Audit { person, entries: List::new(entries).unwrap_or_default(), more })
}

pub fn audit(db: &Connection, after: u64, most: u32) -> Result<Vec<AuditEntry>> {
    let sql = format!("SELECT {} FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2", row::AUDIT);
    all(db, &sql, &[&row::number_to(after), &most], row::audit_entry)
}

pub fn news(db: &Connection, post: PostId) -> Result<Vec<(PersonId, Cursor)>> {
    let sql = "SELECT reader, cursor FROM feed WHERE post = ?1";
    all(db, sql, &[&post.0], |row| Ok((PersonId(row.get(0)?), row::number(row, 1)?)))
}
