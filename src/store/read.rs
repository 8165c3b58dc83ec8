//! What is asked. All of one answer comes from one transaction.

use crate::db::{Db, Row, Value, all, one, values};
use crate::row::{AUDIT, audit_entry};
use crate::{Result, StoreError};
use baro_sync::{Account, Actor, Data, Facts, audit};
use baro_wire::{
    AuditEntry, ChunkId, ConsentState, Consents, Cursor, DeviceId, DeviceState, Entry, HaveChunk, List,
    Outcome, PatientState, PersonId, Post, PostId, RecordId, RecordState, Relation, Reply, Request, Role,
    limits,
};

/// A page, and is there more? The question asks for one row more than `most`.
fn page<T>(mut rows: Vec<T>, most: usize) -> (Vec<T>, bool) {
    let more = rows.len() > most;
    rows.truncate(most);
    (rows, more)
}

pub fn account(db: &mut dyn Db, device: DeviceId) -> Result<Option<Account>> {
    let sql = "SELECT p.organisation, d.person, p.role, d.key, d.person_key, d.revoked
        FROM device d JOIN person p ON p.id = d.person WHERE d.id = ?1";
    one(db, sql, values![&device], |row| {
        Ok(Account {
            organisation: row.next()?,
            person: row.next()?,
            role: row.next()?,
            key: row.next()?,
            person_key: row.next()?,
            revoked: row.next()?,
        })
    })
}

pub fn look(db: &mut dyn Db, actor: &Actor, request: &Request) -> Result<(Facts, Data)> {
    let about = request.about().unwrap_or(actor.person);
    let sql = "SELECT role, erased_ms IS NOT NULL FROM person WHERE id = ?1";
    let me = one(db, sql, values![&actor.person], |row| Ok((row.next::<Role>()?, row.next::<bool>()?)))?;
    let device = account(db, actor.device)?.filter(|device| device.person == actor.person);
    let keys = "SELECT DISTINCT person_key FROM device WHERE person = ?1 AND revoked = 0";
    let facts = Facts {
        device_active: me.is_some() && device.is_some_and(|device| !device.revoked),
        role: me.map_or(Role::Device, |(role, _)| role),
        erased: me.is_some_and(|(_, erased)| erased),
        relation: relation(db, actor.person, about)?,
        consents: consent_state(db, about)?.consents,
        person_keys: all(db, keys, values![&actor.person], Row::next)?,
    };
    let nothing = !facts.device_active || facts.erased;
    let data = if nothing { Data::Nothing } else { data(db, actor, request)? };
    Ok((facts, data))
}

pub fn relation(db: &mut dyn Db, actor: PersonId, about: PersonId) -> Result<Relation> {
    if actor == about {
        return Ok(Relation::Own);
    }
    let sql = "SELECT s.leads FROM person a JOIN person b ON b.organisation = a.organisation
        LEFT JOIN assigned s ON s.staff = a.id AND s.patient = b.id WHERE a.id = ?1 AND b.id = ?2";
    Ok(one(db, sql, values![&actor, &about], Row::next)?.map_or(Relation::Nothing, related))
}

const fn related(leads: Option<bool>) -> Relation {
    match leads {
        Some(true) => Relation::Leads,
        Some(false) => Relation::Treats,
        None => Relation::Colleague,
    }
}

fn consent_state(db: &mut dyn Db, person: PersonId) -> Result<ConsentState> {
    let sql = "SELECT consents, text_version FROM person WHERE id = ?1";
    let found = one(db, sql, values![&person], |row| {
        Ok(ConsentState { consents: row.next()?, text_version: row.next()? })
    })?;
    Ok(found.unwrap_or(ConsentState { consents: Consents::NONE, text_version: 0 }))
}

fn data(db: &mut dyn Db, actor: &Actor, request: &Request) -> Result<Data> {
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
        Request::ListDevices { person } => {
            let devices = List::new(devices(db, *person)?).unwrap_or_default();
            Reply::Devices { person: *person, devices }
        }
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
    db: &mut dyn Db,
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
        WHERE f.reader = ?2 AND f.cursor > ?3 AND p.about = coalesce(?4, p.about)
            AND (p.about = ?1 OR p.author = ?1 OR s.staff IS NOT NULL)
        ORDER BY f.cursor LIMIT ?5";
    let most = usize::from(most).min(limits::FEED_ENTRIES);
    let read = |row: &mut Row| {
        let (cursor, author, stored_ms) = (row.next()?, row.next()?, row.next()?);
        let post = Post { id: row.next()?, about: row.next()?, written_ms: row.next()?, body: row.next()? };
        let (consents, leads, same) = (row.next()?, row.next()?, row.next()?);
        let relation = match same {
            _ if post.about == actor.person => Relation::Own,
            true => related(leads),
            false => Relation::Nothing,
        };
        Ok((Entry { cursor, author, stored_ms, post }, relation, consents))
    };
    let about = about.as_ref().map_or(Value::Null, Value::from);
    let values = [(&actor.person).into(), (&of).into(), after.into(), about, (most as i64 + 1).into()];
    let rows = all(db, sql, &values, read)?;
    let (entries, more) = page(rows, most);
    Ok(Data::Entries { entries, more })
}

pub fn owner(db: &mut dyn Db, record: RecordId) -> Result<Option<PersonId>> {
    one(db, "SELECT owner FROM record WHERE id = ?1", values![&record], Row::next)
}

pub fn have(db: &mut dyn Db, record: RecordId, from: u32) -> Result<(Vec<HaveChunk>, bool)> {
    let sql = "SELECT place, digest FROM chunk WHERE record = ?1 AND place >= ?2 ORDER BY place LIMIT ?3";
    let read = |row: &mut Row| Ok(HaveChunk { index: row.next()?, digest: row.next()? });
    let rows = all(db, sql, values![&record, from, limits::HAVE_CHUNKS as i64 + 1], read)?;
    Ok(page(rows, limits::HAVE_CHUNKS))
}

fn chunk(db: &mut dyn Db, person: PersonId, record: RecordId, index: u32) -> Result<Option<Reply>> {
    let sql = "SELECT c.digest, c.previous, c.bytes FROM chunk c JOIN record r ON r.id = c.record
        WHERE r.owner = ?1 AND c.record = ?2 AND c.place = ?3";
    one(db, sql, values![&person, &record, index], |row| {
        let chunk = ChunkId { record, index, digest: row.next()? };
        Ok(Reply::ChunkBytes { chunk, previous: row.next()?, bytes: row.next()? })
    })
}

/// Of too many, those that still work and the newest.
pub fn devices(db: &mut dyn Db, person: PersonId) -> Result<Vec<DeviceState>> {
    let sql = "SELECT id, name, paired_ms, revoked FROM device WHERE person = ?1
        ORDER BY revoked, paired_ms DESC LIMIT ?2";
    all(db, sql, values![&person, limits::DEVICES as i64], |row| {
        Ok(DeviceState {
            device: row.next()?,
            name: row.next()?,
            paired_ms: row.next()?,
            revoked: row.next()?,
        })
    })
}

/// A page of a list's rows.
const PAGE: i64 = limits::ROWS as i64 + 1;

fn patients(db: &mut dyn Db, staff: PersonId, after: Option<PersonId>) -> Result<Reply> {
    let sql = "SELECT p.id, p.consents FROM assigned s JOIN person p ON p.id = s.patient
        WHERE s.staff = ?1 AND s.patient > ?2 ORDER BY s.patient LIMIT ?3";
    let read = |row: &mut Row| Ok(PatientState { person: row.next()?, consents: row.next()? });
    let after = after.as_ref().map_or(&[][..], |after| &after.0);
    let (patients, more) = page(all(db, sql, values![&staff, after, PAGE], read)?, limits::ROWS);
    Ok(Reply::Patients { patients: List::new(patients).unwrap_or_default(), more })
}

fn records(db: &mut dyn Db, person: PersonId, after: Option<RecordId>) -> Result<Reply> {
    let sql = "SELECT id, started_ms, (SELECT count(*) FROM chunk WHERE record = id) AS chunks, sealed
        FROM record WHERE owner = ?1 AND id > ?2 ORDER BY id LIMIT ?3";
    let read = |row: &mut Row| {
        let (record, started_ms, chunks) = (row.next()?, row.next()?, row.next()?);
        Ok(RecordState { record, started_ms, chunks, sealed: row.next::<u32>()? == chunks })
    };
    let after = after.as_ref().map_or(&[][..], |after| &after.0);
    let (records, more) = page(all(db, sql, values![&person, after, PAGE], read)?, limits::ROWS);
    Ok(Reply::Records { person, records: List::new(records).unwrap_or_default(), more })
}

fn audit_of(db: &mut dyn Db, person: PersonId, after: u64) -> Result<Reply> {
    let sql = format!("SELECT {AUDIT} FROM audit WHERE about = ?1 AND number > ?2 ORDER BY number LIMIT ?3");
    let (entries, more) = page(all(db, &sql, values![&person, after, PAGE], audit_entry)?, limits::ROWS);
    Ok(Reply::Audit { person, entries: List::new(entries).unwrap_or_default(), more })
}

pub fn audit(db: &mut dyn Db, after: u64, most: u32) -> Result<Vec<AuditEntry>> {
    let sql = format!("SELECT {AUDIT} FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2");
    all(db, &sql, values![after, most], audit_entry)
}

/// Audit lines that are read at once.
const LINES: u32 = 4096;

/// Is the audit log the chain that was written?
pub fn check_log(db: &mut dyn Db) -> Result<()> {
    let mut log = audit::Log::default();
    loop {
        let lines = audit(db, log.number, LINES)?;
        if lines.is_empty() {
            return Ok(());
        }
        let whole = lines.iter().try_for_each(|line| log.check(line));
        whole.map_err(|broken| StoreError::Damaged(broken.to_string()))?;
    }
}

pub fn news(db: &mut dyn Db, post: PostId) -> Result<Vec<(PersonId, Cursor)>> {
    let sql = "SELECT reader, cursor FROM feed WHERE post = ?1 ORDER BY reader";
    all(db, sql, values![&post], |row| Ok((row.next()?, row.next()?)))
}

/// A plan's first byte on the disk: the number of its kind among those of `PostBody`.
const PLAN: &[u8] = &[2];

pub fn plans(db: &mut dyn Db, person: PersonId) -> Result<Vec<(Cursor, i64)>> {
    let sql = "SELECT f.cursor, p.stored_ms FROM feed f JOIN post p ON p.id = f.post
        WHERE f.reader = ?1 AND p.about = ?1 AND substr(p.body, 1, 1) = ?2 ORDER BY f.cursor";
    all(db, sql, values![&person, PLAN], |row| Ok((row.next()?, row.next()?)))
}
