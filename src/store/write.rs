//! What is stored; each of these runs inside one transaction.

use crate::Result;
use crate::db::{Db, Row, Value, one, values};
use crate::{read, row};
use baro_sync::{Actor, Invitation, Write, Written, audit};
use baro_wire::{
    AuditEntry, ChunkId, DeviceId, Digest, Outcome, PersonId, Post, PostBody, PublicKey, RecordId,
};

pub fn write(db: &mut dyn Db, actor: Option<&Actor>, write: &Write) -> Result<Written> {
    let actor = match (write, actor) {
        (Write::Pair { code, key, person_key, name, paired_ms }, _) => {
            return pair(db, *code, *key, *person_key, name, *paired_ms);
        }
        (_, Some(actor)) => actor.person,
        (_, None) => return Ok(Written::Missing),
    };
    match state(db, actor)? {
        State::Here => {}
        // Whoever asks for their own erasure again gets the same numbers.
        State::Erased(erased) if erases(write, actor) => return Ok(erased),
        State::Erased(_) | State::Unknown => return Ok(Written::Gone),
    }
    match write {
        Write::Record { record, started_ms } => offer(db, actor, *record, *started_ms),
        Write::Chunk { chunk, previous, bytes } => put(db, actor, chunk, *previous, bytes),
        Write::Seal { record, chunks, last } => seal(db, actor, *record, *chunks, *last),
        Write::Post { post, stored_ms } => self::post(db, actor, post, *stored_ms),
        Write::Pair { .. } => Ok(Written::Missing),
    }
}

fn erases(write: &Write, person: PersonId) -> bool {
    matches!(write, Write::Post { post, .. } if post.body == PostBody::Erase && post.about == person)
}

/// What somebody is to the store.
pub enum State {
    Here,
    Erased(Written),
    Unknown,
}

pub fn state(db: &mut dyn Db, person: PersonId) -> Result<State> {
    let sql = "SELECT erased_ms, erased_records, erased_posts, erased_audit FROM person WHERE id = ?1";
    let found = one(db, sql, values![&person], |row| {
        Ok(match row.next()? {
            None => State::Here,
            Some(erased_ms) => State::Erased(Written::Erased {
                erased_ms,
                records: row.next()?,
                posts: row.next()?,
                audit: row.next()?,
            }),
        })
    })?;
    Ok(found.unwrap_or(State::Unknown))
}

fn offer(db: &mut dyn Db, actor: PersonId, record: RecordId, started_ms: i64) -> Result<Written> {
    let outcome = match read::owner(db, record)? {
        Some(owner) if owner != actor => return Ok(Written::Missing),
        Some(_) => Outcome::Exists,
        None => {
            let sql = "INSERT INTO record (id, owner, started_ms) VALUES (?1, ?2, ?3)";
            db.run(sql, values![&record, &actor, started_ms])?;
            Outcome::Created
        }
    };
    let (have, more) = read::have(db, record, 0)?;
    Ok(Written::Record { outcome, have, more })
}

/// Digest and predecessor of the chunk at a place.
fn links(db: &mut dyn Db, record: RecordId, place: Option<u32>) -> Result<Option<(Digest, Digest)>> {
    let Some(place) = place else { return Ok(None) };
    let sql = "SELECT digest, previous FROM chunk WHERE record = ?1 AND place = ?2";
    one(db, sql, values![&record, place], |row| Ok((row.next()?, row.next()?)))
}

fn put(db: &mut dyn Db, actor: PersonId, chunk: &ChunkId, previous: Digest, bytes: &[u8]) -> Result<Written> {
    let ChunkId { record, index, digest } = *chunk;
    if read::owner(db, record)? != Some(actor) {
        return Ok(Written::Missing);
    }
    if let Some((found, _)) = links(db, record, Some(index))? {
        return Ok(if found == digest { Written::Done(Outcome::Exists) } else { Written::Differs });
    }
    let before = links(db, record, index.checked_sub(1))?;
    let after = links(db, record, index.checked_add(1))?;
    let fits = before.is_none_or(|(found, _)| found == previous)
        && after.is_none_or(|(_, expected)| expected == digest)
        && (index > 0 || previous == Digest::default());
    if !fits {
        return Ok(Written::Broken);
    }
    let sql = "INSERT INTO chunk (record, place, digest, previous, bytes) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.run(sql, values![&record, index, &digest, &previous, bytes])?;
    Ok(Written::Done(Outcome::Created))
}

fn seal(db: &mut dyn Db, actor: PersonId, record: RecordId, chunks: u32, last: Digest) -> Result<Written> {
    if read::owner(db, record)? != Some(actor) {
        return Ok(Written::Missing);
    }
    let sql = "SELECT count(*) FROM chunk WHERE record = ?1 AND place < ?2";
    let there: Option<u32> = one(db, sql, values![&record, chunks], Row::next)?;
    let ends = links(db, record, chunks.checked_sub(1))?.map(|(digest, _)| digest);
    if there != Some(chunks) || ends != Some(last) {
        return Ok(Written::Missing);
    }
    let sql = "UPDATE record SET sealed = ?2 WHERE id = ?1 AND sealed < ?2";
    let grown = db.run(sql, values![&record, chunks])?;
    Ok(Written::Done(if grown == 0 { Outcome::Exists } else { Outcome::Created }))
}

fn post(db: &mut dyn Db, author: PersonId, post: &Post, stored_ms: i64) -> Result<Written> {
    match state(db, post.about)? {
        State::Here => {}
        State::Erased(erased) if post.body == PostBody::Erase => return Ok(erased),
        State::Erased(_) | State::Unknown => return Ok(Written::Gone),
    }
    let sql = "SELECT author, about FROM post WHERE id = ?1";
    if let Some(found) =
        one(db, sql, values![&post.id], |row| Ok((row.next::<PersonId>()?, row.next::<PersonId>()?)))?
    {
        // Somebody else's post is not this one: it would be acknowledged and lost.
        let same = found == (author, post.about);
        return Ok(if same { Written::Done(Outcome::Exists) } else { Written::Missing });
    }
    match &post.body {
        PostBody::Consent { purpose, given, text_version } => {
            let sql = "UPDATE person SET consents = (consents & ?2) | ?3, text_version = ?4 WHERE id = ?1";
            let bit = row::bit(*purpose);
            let given = if *given { bit } else { 0 };
            db.run(sql, values![&post.about, !bit, given, *text_version])?;
        }
        PostBody::RevokeDevice { device } => {
            let sql = "UPDATE device SET revoked = 1 WHERE id = ?1 AND person = ?2";
            if db.run(sql, values![device, &post.about])? == 0 {
                return Ok(Written::Missing);
            }
        }
        PostBody::Erase => return erase(db, post.about, stored_ms),
        _ => {}
    }
    let sql =
        "INSERT INTO post (id, author, about, written_ms, stored_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let body = row::body_to(&post.body)?;
    db.run(sql, values![&post.id, &author, &post.about, post.written_ms, stored_ms, &body[..]])?;
    let readers = format!("UPDATE person SET cursor = cursor + 1 WHERE id IN ({READERS})");
    db.run(&readers, values![&author, &post.about])?;
    let entries = format!(
        "INSERT INTO feed (reader, cursor, post) SELECT id, cursor, ?3 FROM person WHERE id IN ({READERS})"
    );
    db.run(&entries, values![&author, &post.about, &post.id])?;
    Ok(Written::Done(Outcome::Created))
}

/// Everyone whom a post concerns: its author, the person, and all who care for them.
const READERS: &str =
    "SELECT id FROM person WHERE id IN (?1, ?2) UNION SELECT staff FROM assigned WHERE patient = ?2";

/// Everything of a person is deleted but what says that they were: the id, the receipt's numbers, the devices' keys (with
/// which the receipt may be fetched again) and the audit log.
pub fn erase(db: &mut dyn Db, who: PersonId, erased_ms: i64) -> Result<Written> {
    let mut count =
        |sql: &str| -> Result<u32> { Ok(u32::try_from(db.run(sql, values![&who])?).unwrap_or(u32::MAX)) };
    let records = count("DELETE FROM record WHERE owner = ?1")?;
    let posts = count("DELETE FROM post WHERE about = ?1")?;
    count("DELETE FROM assigned WHERE patient = ?1 OR staff = ?1")?;
    count("DELETE FROM invitation WHERE person = ?1")?;
    count("DELETE FROM factor WHERE person = ?1")?;
    count("DELETE FROM access_key WHERE person = ?1")?;
    count("DELETE FROM web_access WHERE person = ?1")?;
    count("DELETE FROM thresholds WHERE staff = ?1")?;
    count("DELETE FROM safe_until WHERE person = ?1")?;
    count("UPDATE device SET name = '' WHERE person = ?1")?;
    let head = end_of_log(db)?.head;
    let sql = "UPDATE person SET consents = 0, text_version = 0, erased_ms = ?2, erased_records = ?3,
        erased_posts = ?4, erased_audit = ?5 WHERE id = ?1";
    db.run(sql, values![&who, erased_ms, records, posts, &head])?;
    Ok(Written::Erased { erased_ms, records, posts, audit: head })
}

fn pair(
    db: &mut dyn Db,
    code: Digest,
    key: PublicKey,
    person_key: PublicKey,
    name: &str,
    paired_ms: i64,
) -> Result<Written> {
    let sql = "SELECT organisation, person, role, ends_ms, used_by FROM invitation WHERE code = ?1";
    let found = one(db, sql, values![&code], |row| {
        let invitation = Invitation {
            organisation: row.next()?,
            person: row.next()?,
            role: row.next()?,
            ends_ms: row.next()?,
        };
        Ok((invitation, row.next::<Option<PublicKey>>()?))
    })?;
    let Some((invitation, used_by)) = found else { return Ok(Written::Missing) };
    let device = DeviceId::of(&key);
    match used_by {
        Some(by) if by == key => return Ok(Written::Paired { outcome: Outcome::Exists, invitation }),
        Some(_) => return Ok(Written::Missing),
        // A device is somebody's once and for all: neither a second person's, nor back after it was revoked.
        None if paired_ms >= invitation.ends_ms || read::account(db, device)?.is_some() => {
            return Ok(Written::Missing);
        }
        None => {}
    }
    let Invitation { organisation, person, role, .. } = invitation;
    let sql = "INSERT INTO person (id, organisation, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    db.run(sql, values![&person, &organisation, role as i64])?;
    let sql =
        "INSERT INTO device (id, person, key, person_key, name, paired_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    // PostgreSQL takes every letter but this.
    let name = name.replace('\0', " ");
    db.run(sql, values![&device, &person, &key, &person_key, &*name, paired_ms])?;
    let sql = "INSERT INTO factor (person, secret) SELECT person, factor FROM invitation
        WHERE code = ?1 AND factor IS NOT NULL ON CONFLICT (person) DO NOTHING";
    db.run(sql, values![&code])?;
    db.run("UPDATE invitation SET used_by = ?2, factor = NULL WHERE code = ?1", values![&code, &key])?;
    Ok(Written::Paired { outcome: Outcome::Created, invitation })
}

fn end_of_log(db: &mut dyn Db) -> Result<audit::Log> {
    let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
    let log = one(db, sql, &[], |row| Ok(audit::Log { number: row.next()?, head: row.next()? }))?;
    Ok(log.unwrap_or_default())
}

/// Lines of the audit log that are written with one statement.
const LINES: usize = 64;

/// `Db::lock_log` was called first.
pub fn log(db: &mut dyn Db, drafts: &[audit::Draft]) -> Result<()> {
    let mut log = end_of_log(db)?;
    let lines: Vec<AuditEntry> = drafts.iter().map(|draft| log.append(*draft)).collect();
    let (many, rest) = lines.as_chunks::<LINES>();
    if !many.is_empty() {
        let sql = insert(LINES);
        for some in many {
            db.run(&sql, &some.iter().flat_map(cells).collect::<Vec<_>>())?;
        }
    }
    let sql = insert(1);
    rest.iter().try_for_each(|line| db.run(&sql, &cells(line)).map(|_| ()))
}

/// So many lines at once.
fn insert(lines: usize) -> String {
    let line = |n: usize| {
        let places: Vec<String> = (1..=8).map(|place| format!("?{}", 8 * n + place)).collect();
        format!("({})", places.join(", "))
    };
    let all: Vec<String> = (0..lines).map(line).collect();
    format!("INSERT INTO audit ({}) VALUES {}", row::AUDIT, all.join(", "))
}

fn cells(line: &AuditEntry) -> [Value<'_>; 8] {
    let AuditEntry { number, at_ms, actor, device, ask, about, previous, digest } = line;
    [
        (*number).into(),
        (*at_ms).into(),
        actor.into(),
        device.into(),
        (*ask as i64).into(),
        about.into(),
        previous.into(),
        digest.into(),
    ]
}
