//! What the people who run a server decide.

use crate::{Assignment, Result};
use baro_sync::Invitation;
use baro_wire::{Digest, OrganisationId, PersonId, Role};
use rusqlite::{Connection, params};

pub fn add_organisation(db: &Connection, organisation: OrganisationId) -> Result<()> {
    db.execute("INSERT INTO organisation (id) VALUES (?1) ON CONFLICT DO NOTHING", [organisation.0])?;
    Ok(())
}

pub fn invite(db: &Connection, code: Digest, invitation: &Invitation) -> Result<bool> {
    let Invitation { organisation, person, role, ends_ms } = *invitation;
    if role == Role::Device {
        return Ok(false);
    }
    // Somebody who is there already gets another device, as what they are.
    let sql = "INSERT INTO invitation (code, organisation, person, role, ends_ms)
        SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM organisation WHERE id = ?2) AND NOT EXISTS
            (SELECT 1 FROM person WHERE id = ?3 AND (organisation != ?2 OR role != ?4 OR erased_ms IS NOT NULL))
        ON CONFLICT DO NOTHING";
    let added = db.execute(sql, params![code.0, organisation.0, person.0, role as u8, ends_ms])?;
    Ok(added > 0)
}

pub fn assign(db: &Connection, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool> {
    let (role, leads) = match assignment {
        Assignment::Treats => (Role::Therapist, false),
        Assignment::Leads => (Role::Leader, true),
        Assignment::Ends => {
            let sql = "DELETE FROM assigned WHERE staff = ?1 AND patient = ?2";
            return Ok(db.execute(sql, [staff.0, patient.0])? > 0);
        }
    };
    let sql = "INSERT OR REPLACE INTO assigned (staff, patient, leads) SELECT s.id, p.id, ?3
        FROM person s JOIN person p ON p.organisation = s.organisation
        WHERE s.id = ?1 AND p.id = ?2 AND s.role = ?4 AND p.role = ?5
            AND s.erased_ms IS NULL AND p.erased_ms IS NULL";
    let values = params![staff.0, patient.0, leads, role as u8, Role::Patient as u8];
    Ok(db.execute(sql, values)? > 0)
}
