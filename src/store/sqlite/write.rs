//! What is stored; each of these runs inside one transaction.

use super::{read, row};
use crate::Result;
use baro_sync::{Actor, Invitation, Write, Written, audit};
use baro_wire::{
    ChunkId, DeviceId, Digest, OrganisationId, Outcome, PersonId, Post, PostBody, PublicKey, RecordId,
};
use rusqlite::{Connection, OptionalExtension as _, Row, params};

pub fn write(db: &Connection, actor: Option<&Actor>, write: &Write) -> Result<Written> {
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

enum State {
    Here,
    Erased(Written),
    Unknown,
}

fn state(db: &Connection, person: PersonId) -> Result<State> {
    let sql = "SELECT erased_ms, erased_records, erased_posts, erased_audit FROM person WHERE id = ?1";
    let read = |row: &Row| {
        Ok(match row.get(0)? {
            None => State::Here,
            Some(erased_ms) => State::Erased(Written::Erased {
                erased_ms,
                records: row.get(1)?,
                posts: row.get(2)?,
                audit: Digest(row.get(3)?),
            }),
        })
    };
    Ok(db.prepare_cached(sql)?.query_row([person.0], read).optional()?.unwrap_or(State::Unknown))
}

fn offer(db: &Connection, actor: PersonId, record: RecordId, started_ms: i64) -> Result<Written> {
    let outcome = match read::owner(db, record)? {
        Some(owner) if owner != actor => return Ok(Written::Missing),
        Some(_) => Outcome::Exists,
        None => {
            let sql = "INSERT INTO record (id, owner, started_ms) VALUES (?1, ?2, ?3)";
            db.prepare_cached(sql)?.execute(params![record.0, actor.0, started_ms])?;
            Outcome::Created
        }
    };
    let (have, more) = read::have(db, record, 0)?;
    Ok(Written::Record { outcome, have, more })
}

/// Digest and predecessor of the chunk at a place.
fn links(db: &Connection, record: RecordId, place: Option<u32>) -> Result<Option<(Digest, Digest)>> {
    let Some(place) = place else { return Ok(None) };
    let sql = "SELECT digest, previous FROM chunk WHERE record = ?1 AND place = ?2";
    let read = |row: &Row| Ok((Digest(row.get(0)?), Digest(row.get(1)?)));
    Ok(db.prepare_cached(sql)?.query_row(params![record.0, place], read).optional()?)
}

fn put(db: &Connection, actor: PersonId, chunk: &ChunkId, previous: Digest, bytes: &[u8]) -> Result<Written> {
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
    db.prepare_cached(sql)?.execute(params![record.0, index, digest.0, previous.0, bytes])?;
    Ok(Written::Done(Outcome::Created))
}

fn seal(db: &Connection, actor: PersonId, record: RecordId, chunks: u32, last: Digest) -> Result<Written> {
    if read::owner(db, record)? != Some(actor) {
        return Ok(Written::Missing);
    }
    let sql = "SELECT count(*) FROM chunk WHERE record = ?1 AND place < ?2";
    let there: u32 = db.prepare_cached(sql)?.query_row(params![record.0, chunks], |row| row.get(0))?;
    let ends = links(db, record, chunks.checked_sub(1))?.map(|(digest, _)| digest);
    if there != chunks || ends != Some(last) {
        return Ok(Written::Missing);
    }
    let sql = "UPDATE record SET sealed = ?2 WHERE id = ?1 AND sealed < ?2";
    let grown = db.prepare_cached(sql)?.execute(params![record.0, chunks])?;
    Ok(Written::Done(if grown == 0 { Outcome::Exists } else { Outcome::Created }))
}

fn post(db: &Connection, author: PersonId, post: &Post, stored_ms: i64) -> Result<Written> {
    match state(db, post.about)? {
        State::Here => {}
        State::Erased(erased) if post.body == PostBody::Erase => return Ok(erased),
        State::Erased(_) | State::Unknown => return Ok(Written::Gone),
    }
    let sql = "SELECT author, about FROM post WHERE id = ?1";
    let read = |row: &Row| Ok((PersonId(row.get(0)?), PersonId(row.get(1)?)));
    if let Some(found) = db.prepare_cached(sql)?.query_row([post.id.0], read).optional()? {
        // Somebody else's post is not this one: it would be acknowledged and lost.
        let same = found == (author, post.about);
        return Ok(if same { Written::Done(Outcome::Exists) } else { Written::Missing });
    }
    match &post.body {
        PostBody::Consent { purpose, given, text_version } => {
            let sql =
                "UPDATE person SET consents = (consents & ~?2) | (?2 * ?3), text_version = ?4 WHERE id = ?1";
            let bit = 1_i64 << *purpose as u8;
            db.prepare_cached(sql)?.execute(params![post.about.0, bit, given, text_version])?;
        }
        PostBody::RevokeDevice { device } => {
            let sql = "UPDATE device SET revoked = 1 WHERE id = ?1 AND person = ?2";
            if db.prepare_cached(sql)?.execute(params![device.0, post.about.0])? == 0 {
                return Ok(Written::Missing);
            }
        }
        PostBody::Erase => return erase(db, post.about, stored_ms),
        _ => {}
    }
    let sql =
        "INSERT INTO post (id, author, about, written_ms, stored_ms, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (about, body) = (post.about.0, row::body_to(&post.body)?);
    db.prepare_cached(sql)?.execute(params![post.id.0, author.0, about, post.written_ms, stored_ms, body])?;
    // Everyone whom it concerns: its author, the person, and all who care for them.
    let readers = "SELECT ?1 UNION SELECT ?2 UNION SELECT staff FROM assigned WHERE patient = ?2";
    let sql = format!("UPDATE person SET cursor = cursor + 1 WHERE id IN ({readers})");
    db.prepare_cached(&sql)?.execute([author.0, about])?;
    let sql = format!(
        "INSERT INTO feed (reader, cursor, post) SELECT id, cursor, ?3 FROM person WHERE id IN ({readers})"
    );
    db.prepare_cached(&sql)?.execute([author.0, about, post.id.0])?;
    Ok(Written::Done(Outcome::Created))
}

/// Everything of a person is deleted but what says that they were: the id, the receipt's numbers, the devices' keys (with
/// which the receipt may be fetched again) and the audit log.
fn erase(db: &Connection, who: PersonId, erased_ms: i64) -> Result<Written> {
    let count = |sql: &str| db.execute(sql, [who.0]).map(|rows| u32::try_from(rows).unwrap_or(u32::MAX));
    let records = count("DELETE FROM record WHERE owner = ?1")?;
    let posts = count("DELETE FROM post WHERE about = ?1")?;
    count("DELETE FROM assigned WHERE patient = ?1 OR staff = ?1")?;
    count("DELETE FROM invitation WHERE person = ?1")?;
    count("UPDATE device SET name = '' WHERE person = ?1")?;
    let head = end_of_log(db)?.head;
    let sql = "UPDATE person SET consents = 0, text_version = 0, erased_ms = ?2, erased_records = ?3,
        erased_posts = ?4, erased_audit = ?5 WHERE id = ?1";
    db.execute(sql, params![who.0, erased_ms, records, posts, head.0])?;
    Ok(Written::Erased { erased_ms, records, posts, audit: head })
}

fn pair(
    db: &Connection,
    code: Digest,
    key: PublicKey,
    person_key: PublicKey,
    name: &str,
    paired_ms: i64,
) -> Result<Written> {
    let sql = "SELECT organisation, person, role, ends_ms, used_by FROM invitation WHERE code = ?1";
    let read = |row: &Row| {
        let invitation = Invitation {
            organisation: OrganisationId(row.get(0)?),
            person: PersonId(row.get(1)?),
            role: row::role(row, 2)?,
            ends_ms: row.get(3)?,
        };
        Ok((invitation, row.get::<_, Option<[u8; 32]>>(4)?))
    };
    let found = db.prepare_cached(sql)?.query_row([code.0], read).optional()?;
    let Some((invitation, used_by)) = found else { return Ok(Written::Missing) };
    let device = DeviceId::of(&key);
    match used_by {
        Some(by) if by == key.0 => return Ok(Written::Paired { outcome: Outcome::Exists, invitation }),
        Some(_) => return Ok(Written::Missing),
        // A device is somebody's once and for all: neither a second person's, nor back after it was revoked.
        None if paired_ms >= invitation.ends_ms || read::account(db, device)?.is_some() => {
            return Ok(Written::Missing);
        }
        None => {}
    }
    let Invitation { organisation, person, role, .. } = invitation;
    let sql = "INSERT INTO person (id, organisation, role) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
    db.execute(sql, params![person.0, organisation.0, role as u8])?;
    let sql =
        "INSERT INTO device (id, person, key, person_key, name, paired_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    db.execute(sql, params![device.0, person.0, key.0, person_key.0, name, paired_ms])?;
    db.execute("UPDATE invitation SET used_by = ?2 WHERE code = ?1", [code.0, key.0])?;
    Ok(Written::Paired { outcome: Outcome::Created, invitation })
}

fn end_of_log(db: &Connection) -> Result<audit::Log> {
    let sql = "SELECT number, digest FROM audit ORDER BY number DESC LIMIT 1";
    let read = |row: &Row| Ok(audit::Log { number: row::number(row, 0)?, head: Digest(row.get(1)?) });
    Ok(db.prepare_cached(sql)?.query_row([], read).optional()?.unwrap_or_default())
}

pub fn log(db: &Connection, drafts: &[audit::Draft]) -> Result<()> {
    let mut log = end_of_log(db)?;
    let sql = format!("INSERT INTO audit ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", row::AUDIT);
    let mut insert = db.prepare_cached(&sql)?;
    for draft in drafts {
        let line = log.append(*draft);
        insert.execute(params![
            row::number_to(line.number),
            line.at_ms,
            line.actor.0,
            line.device.0,
            line.ask as u8,
            line.about.0,
            line.previous.0,
            line.digest.0,
        ])?;
    }
    Ok(())
}
