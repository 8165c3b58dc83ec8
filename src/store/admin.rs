//! What the people who run a server decide, and what only they and staff need.

use crate::db::{Db, Row, Value, all, one, values};
use crate::{Access, AccessKey, Assignment, Factor, PersonState, Result, read, write};
use baro_sync::{Invitation, Written, audit};
use baro_wire::{Ask, DeviceId, Digest, OrganisationId, PersonId, Role};

pub fn add_organisation(db: &mut dyn Db, organisation: OrganisationId, name: &str) -> Result<()> {
    let sql = "INSERT INTO organisation (id, name) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET name = ?2";
    db.run(sql, values![&organisation, name]).map(|_| ())
}

pub fn organisations(db: &mut dyn Db) -> Result<Vec<(OrganisationId, String)>> {
    let sql = "SELECT id, name FROM organisation ORDER BY name, id";
    all(db, sql, &[], |row| Ok((row.next()?, row.next()?)))
}

pub fn people(db: &mut dyn Db, organisation: OrganisationId) -> Result<Vec<PersonState>> {
    let sql = "SELECT id, role, erased_ms FROM person WHERE organisation = ?1 ORDER BY role, id";
    let mut people = all(db, sql, values![&organisation], |row| {
        let (person, role, erased_ms) = (row.next()?, row.next()?, row.next()?);
        Ok(PersonState { person, role, erased_ms, devices: vec![] })
    })?;
    for found in &mut people {
        found.devices = read::devices(db, found.person)?;
    }
    Ok(people)
}

pub fn invite(db: &mut dyn Db, code: Digest, invitation: &Invitation, factor: Option<&[u8]>) -> Result<bool> {
    let Invitation { organisation, person, role, ends_ms } = *invitation;
    if role == Role::Device {
        return Ok(false);
    }
    // Somebody who is there already gets another device, as what they are.
    let sql = "INSERT INTO invitation (code, organisation, person, role, ends_ms, factor)
        SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM organisation WHERE id = ?2) AND NOT EXISTS
            (SELECT 1 FROM person WHERE id = ?3 AND (organisation != ?2 OR role != ?4 OR erased_ms IS NOT NULL))
        ON CONFLICT DO NOTHING";
    let factor = factor.map_or(Value::Null, Value::from);
    let added = db.run(sql, values![&code, &organisation, &person, role as i64, ends_ms, factor])?;
    Ok(added > 0)
}

pub fn assign(db: &mut dyn Db, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool> {
    let (role, leads) = match assignment {
        Assignment::Treats => (Role::Therapist, false),
        Assignment::Leads => (Role::Leader, true),
        Assignment::Ends => {
            let sql = "DELETE FROM assigned WHERE staff = ?1 AND patient = ?2";
            return Ok(db.run(sql, values![&staff, &patient])? > 0);
        }
    };
    let sql = "INSERT INTO assigned (staff, patient, leads) SELECT s.id, p.id, ?3
        FROM person s JOIN person p ON p.organisation = s.organisation
        WHERE s.id = ?1 AND p.id = ?2 AND s.role = ?4 AND p.role = ?5
            AND s.erased_ms IS NULL AND p.erased_ms IS NULL
        ON CONFLICT (staff, patient) DO UPDATE SET leads = excluded.leads";
    let values = values![&staff, &patient, leads, role as i64, Role::Patient as i64];
    Ok(db.run(sql, values)? > 0)
}

/// By nobody with a device: all zero.
fn operator(at_ms: i64, ask: Ask, about: PersonId) -> audit::Draft {
    audit::Draft { at_ms, actor: PersonId::default(), device: DeviceId::default(), ask, about }
}

pub fn revoke_device(db: &mut dyn Db, device: DeviceId, at_ms: i64) -> Result<bool> {
    db.lock_log()?;
    let Some(found) = read::account(db, device)? else { return Ok(false) };
    write::log(db, &[operator(at_ms, Ask::RevokeDevice, found.person)])?;
    db.run("UPDATE device SET revoked = 1 WHERE id = ?1", values![&device])?;
    Ok(true)
}

/// Again: the same numbers.
pub fn erase(db: &mut dyn Db, person: PersonId, at_ms: i64) -> Result<Option<Written>> {
    db.lock_log()?;
    match write::state(db, person)? {
        write::State::Unknown => Ok(None),
        write::State::Erased(erased) => Ok(Some(erased)),
        write::State::Here => {
            write::log(db, &[operator(at_ms, Ask::Erase, person)])?;
            write::erase(db, person, at_ms).map(Some)
        }
    }
}

const HERE: &str = "SELECT 1 FROM person WHERE id = ?1 AND erased_ms IS NULL";

pub fn set_factor(db: &mut dyn Db, person: PersonId, secret: &[u8]) -> Result<bool> {
    let sql = format!(
        "INSERT INTO factor (person, secret) SELECT ?1, ?2 WHERE EXISTS ({HERE})
        ON CONFLICT (person) DO UPDATE SET secret = excluded.secret, step = 0"
    );
    Ok(db.run(&sql, values![&person, secret])? > 0)
}

pub fn factor(db: &mut dyn Db, person: PersonId) -> Result<Option<Factor>> {
    let sql = "SELECT secret, step FROM factor WHERE person = ?1";
    one(db, sql, values![&person], |row| Ok(Factor { secret: row.next()?, last_step: row.next()? }))
}

pub fn use_factor_step(db: &mut dyn Db, person: PersonId, step: u64) -> Result<bool> {
    let sql = "UPDATE factor SET step = ?2 WHERE person = ?1 AND step < ?2";
    Ok(db.run(sql, values![&person, step])? > 0)
}

pub fn add_access_key(
    db: &mut dyn Db,
    hash: Digest,
    person: PersonId,
    ends_ms: i64,
    label: &str,
) -> Result<bool> {
    let sql = format!(
        "INSERT INTO access_key (person, hash, ends_ms, label) SELECT ?1, ?2, ?3, ?4 WHERE EXISTS ({HERE})
        ON CONFLICT DO NOTHING"
    );
    Ok(db.run(&sql, values![&person, &hash, ends_ms, label])? > 0)
}

pub fn access_key(db: &mut dyn Db, hash: Digest, now_ms: i64) -> Result<Option<Access>> {
    let sql = "SELECT p.organisation, p.id, p.role FROM access_key k JOIN person p ON p.id = k.person
        WHERE k.hash = ?1 AND k.ends_ms > ?2 AND k.revoked = 0 AND p.erased_ms IS NULL";
    one(db, sql, values![&hash, now_ms], |row| {
        Ok(Access { organisation: row.next()?, person: row.next()?, role: row.next()? })
    })
}

pub fn access_keys(db: &mut dyn Db, organisation: OrganisationId) -> Result<Vec<AccessKey>> {
    let sql = "SELECT k.hash, k.person, k.label, k.ends_ms, k.revoked FROM access_key k
        JOIN person p ON p.id = k.person WHERE p.organisation = ?1 ORDER BY k.label, k.hash";
    let read = |row: &mut Row| {
        let (hash, person, label) = (row.next()?, row.next()?, row.next()?);
        Ok(AccessKey { hash, person, label, ends_ms: row.next()?, revoked: row.next()? })
    };
    all(db, sql, values![&organisation], read)
}

pub fn revoke_access_key(db: &mut dyn Db, hash: Digest) -> Result<bool> {
    Ok(db.run("UPDATE access_key SET revoked = 1 WHERE hash = ?1", values![&hash])? > 0)
}
