//! The trait, and how each of its calls is one transaction.

use crate::db::{Db, Transactions};
use crate::{About, Cared, Kept, RecordOf, Result, StoreError, WebAccess, admin, read, web, write};
use baro_sync::{Account, Actor, Data, Facts, Invitation, Write, Written, audit};
use baro_wire::{
    AuditEntry, Cursor, DeviceId, DeviceState, Digest, OrganisationId, PersonId, PostId, RecordId, Request,
    Role,
};

/// For whom somebody is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignment {
    /// A therapist's patient.
    Treats,
    /// In a leader's class.
    Leads,
    /// No longer.
    Ends,
}

/// Somebody of an organisation, for its administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonState {
    /// Who.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// When everything of theirs was erased.
    pub erased_ms: Option<i64>,
    /// Those that work and the newest.
    pub devices: Vec<DeviceState>,
}

/// The second factor of a person.
#[derive(Clone, PartialEq, Eq)]
pub struct Factor {
    /// Shared with their authenticator.
    pub secret: Vec<u8>,
    /// The newest step whose digits were used; 0: none.
    pub last_step: u64,
}

/// For whom a program reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    /// Where.
    pub organisation: OrganisationId,
    /// Whose key it is.
    pub person: PersonId,
    /// What they are now.
    pub role: Role,
}

/// A program's key, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessKey {
    /// Of the key, which is nowhere here.
    pub hash: Digest,
    /// Whose.
    pub person: PersonId,
    /// What it is for, in the administrator's words.
    pub label: String,
    /// The server's clock, ms since 1970.
    pub ends_ms: i64,
    /// Was it revoked?
    pub revoked: bool,
}

/// Durable storage of a server.
///
/// After an error nothing of the call was kept, with two exceptions: [`StoreError::Unreachable`], where it may have been, and an
/// erasure, which is done but may still have traces on the disk. Each may be called again, and is not done twice.
pub trait Store {
    /// `SessionAction::Find`.
    fn find(&mut self, device: DeviceId) -> Result<Option<Account>>;
    /// `SessionAction::Look`.
    fn look(&mut self, actor: &Actor, request: &Request) -> Result<(Facts, Data)>;
    /// `SessionAction::Log`: all lines or none.
    fn log(&mut self, drafts: &[audit::Draft]) -> Result<()>;
    /// `SessionAction::Write`. A full disk is `Written::Full`, not an error: the session tells the device to wait.
    fn write(&mut self, actor: Option<&Actor>, write: &Write) -> Result<Written>;
    /// Many of them, in their order, with one wait for the disk. Each is answered as `write` would have.
    fn write_many(&mut self, writes: &[(Option<Actor>, Write)]) -> Vec<Result<Written>>;

    /// In whose feeds a post stands, and where: whom to tell.
    fn news(&mut self, post: PostId) -> Result<Vec<(PersonId, Cursor)>>;
    /// Where the plans for somebody stand in their feed, and when each came; oldest first.
    fn plans(&mut self, person: PersonId) -> Result<Vec<(Cursor, i64)>>;
    /// The audit log behind a line.
    fn audit(&mut self, after: u64, most: u32) -> Result<Vec<AuditEntry>>;

    /// A new organisation, or a new name for one that is there.
    fn add_organisation(&mut self, organisation: OrganisationId, name: &str) -> Result<()>;
    /// All, by name.
    fn organisations(&mut self) -> Result<Vec<(OrganisationId, String)>>;
    /// Everybody of an organisation, erased ones too.
    fn people(&mut self, organisation: OrganisationId) -> Result<Vec<PersonState>>;
    /// A pairing code, by its hash. `false`: there is no such organisation, the person is of another one or erased, or the code is
    /// there already.
    fn invite(&mut self, code: Digest, invitation: &Invitation) -> Result<bool>;
    /// The same for somebody new, with the second factor that they have from the moment they pair.
    fn invite_with_factor(&mut self, code: Digest, invitation: &Invitation, secret: &[u8]) -> Result<bool>;
    /// Puts a patient into somebody's care. `false`: they are not of one organisation, their roles don't fit, or one was erased.
    fn assign(&mut self, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool>;
    /// The operator's: as the person's own post, with a line in the audit log (actor and device all zero). `false`: no such device.
    fn revoke_device(&mut self, device: DeviceId, at_ms: i64) -> Result<bool>;
    /// The operator's: as the person's own post, with a line in the audit log. Answered with `Written::Erased`; none: no such person.
    fn erase(&mut self, person: PersonId, at_ms: i64) -> Result<Option<Written>>;

    /// A new second factor in the place of any other. `false`: no such person, or erased.
    fn set_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<bool>;
    /// The one that somebody has.
    fn factor(&mut self, person: PersonId) -> Result<Option<Factor>>;
    /// A step's digits are good once: `false` where this step or a later one was used.
    fn use_factor_step(&mut self, person: PersonId, step: u64) -> Result<bool>;

    /// A key with which a program reads for somebody. `false`: no such person, erased, or the key is there already.
    fn add_access_key(&mut self, hash: Digest, person: PersonId, ends_ms: i64, label: &str) -> Result<bool>;
    /// Whose it is, unless it is over or revoked, or they were erased.
    fn access_key(&mut self, hash: Digest, now_ms: i64) -> Result<Option<Access>>;
    /// All of an organisation.
    fn access_keys(&mut self, organisation: OrganisationId) -> Result<Vec<AccessKey>>;
    /// It is good for nothing any more. `false`: no such key.
    fn revoke_access_key(&mut self, hash: Digest) -> Result<bool>;

    /// Lets somebody choose a password with a link, in the place of any they had; their browser counts as this device of theirs.
    /// `false`: it is not theirs, they were erased, or the name is somebody else's.
    fn set_web_access(
        &mut self,
        person: PersonId,
        device: DeviceId,
        name: &str,
        link: Digest,
        ends_ms: i64,
    ) -> Result<bool>;
    /// Theirs, unless they were erased or its device was revoked.
    fn web_access(&mut self, person: PersonId) -> Result<Option<WebAccess>>;
    /// The same, by the name that is typed.
    fn web_access_named(&mut self, name: &str) -> Result<Option<WebAccess>>;
    /// The same, by a link that is still good.
    fn web_access_linked(&mut self, link: Digest, now_ms: i64) -> Result<Option<WebAccess>>;
    /// Uses the link up. `false`: it was over.
    fn set_password(&mut self, link: Digest, now_ms: i64, password: &[u8]) -> Result<bool>;
    /// Everybody whom a therapist treats.
    fn cared(&mut self, staff: PersonId) -> Result<Vec<Cared>>;
    /// What was written about somebody behind a place of their feed, with what decides who sees it. Nothing is decided here.
    fn about(&mut self, asker: PersonId, person: PersonId, after: Cursor) -> Result<About>;
    /// Everybody whom somebody treats.
    fn treated(&mut self) -> Result<Vec<PersonId>>;
    /// A record of somebody as a whole, with what decides who sees it. Nothing is decided here.
    fn record(&mut self, asker: PersonId, person: PersonId, record: RecordId) -> Result<RecordOf>;
    /// When a member of staff wants to be told of a patient.
    fn thresholds(&mut self, staff: PersonId) -> Result<Option<String>>;
    /// From now on.
    fn set_thresholds(&mut self, staff: PersonId, text: &str) -> Result<()>;
    /// Who treats whom, and who leads whose class: staff, patient, whether it is a class.
    fn assignments(&mut self, organisation: OrganisationId) -> Result<Vec<(PersonId, PersonId, bool)>>;
    /// Up to which place of the feed answers that ask for safety were dealt with, of each patient of a therapist.
    fn safe_until(&mut self, staff: PersonId) -> Result<Vec<(PersonId, Cursor)>>;
    /// Answers that ask for safety were dealt with up to this place; it never goes back.
    fn set_safe_until(&mut self, person: PersonId, cursor: Cursor) -> Result<()>;
    /// What a clinic keeps of a kind, by name.
    fn kept(&mut self, organisation: OrganisationId, kind: Kept) -> Result<Vec<(String, String)>>;
    /// A new one, or in the place of the one of this name. `false`: there is no such organisation, or it has 200.
    fn keep(&mut self, organisation: OrganisationId, kind: Kept, name: &str, text: &str) -> Result<bool>;
    /// `false`: there is none of this name.
    fn drop_kept(&mut self, organisation: OrganisationId, kind: Kept, name: &str) -> Result<bool>;
}

impl<S: Transactions> Store for S {
    fn find(&mut self, device: DeviceId) -> Result<Option<Account>> {
        self.reading(|db| read::account(db, device))
    }

    fn look(&mut self, actor: &Actor, request: &Request) -> Result<(Facts, Data)> {
        self.reading(|db| read::look(db, actor, request))
    }

    fn log(&mut self, drafts: &[audit::Draft]) -> Result<()> {
        self.writing(|db| {
            db.lock_log()?;
            write::log(db, drafts)
        })
    }

    fn write(&mut self, actor: Option<&Actor>, write: &Write) -> Result<Written> {
        let written = match self.writing(|db| write::write(db, actor, write)) {
            Err(StoreError::Full) => return Ok(Written::Full),
            written => written?,
        };
        gone(self, &written)?;
        Ok(written)
    }

    fn write_many(&mut self, writes: &[(Option<Actor>, Write)]) -> Vec<Result<Written>> {
        let each = |db: &mut dyn Db| {
            writes
                .iter()
                .map(|(actor, write)| write::write(db, actor.as_ref(), write))
                .collect::<Result<Vec<_>>>()
        };
        match self.writing(each) {
            Ok(written) => {
                written.into_iter().map(|written| gone(self, &written).map(|()| written)).collect()
            }
            Err(StoreError::Busy) => writes.iter().map(|_| Err(StoreError::Busy)).collect(),
            Err(StoreError::Unreachable(why)) => {
                writes.iter().map(|_| Err(StoreError::Unreachable(why.clone()))).collect()
            }
            // One of them can't be done, and none of them is there: each on its own.
            Err(_) => writes.iter().map(|(actor, write)| self.write(actor.as_ref(), write)).collect(),
        }
    }

    fn news(&mut self, post: PostId) -> Result<Vec<(PersonId, Cursor)>> {
        self.reading(|db| read::news(db, post))
    }

    fn plans(&mut self, person: PersonId) -> Result<Vec<(Cursor, i64)>> {
        self.reading(|db| read::plans(db, person))
    }

    fn audit(&mut self, after: u64, most: u32) -> Result<Vec<AuditEntry>> {
        self.reading(|db| read::audit(db, after, most))
    }

    fn add_organisation(&mut self, organisation: OrganisationId, name: &str) -> Result<()> {
        self.writing(|db| admin::add_organisation(db, organisation, name))
    }

    fn organisations(&mut self) -> Result<Vec<(OrganisationId, String)>> {
        self.reading(|db| admin::organisations(db))
    }

    fn people(&mut self, organisation: OrganisationId) -> Result<Vec<PersonState>> {
        self.reading(|db| admin::people(db, organisation))
    }

    fn invite(&mut self, code: Digest, invitation: &Invitation) -> Result<bool> {
        self.writing(|db| admin::invite(db, code, invitation, None))
    }

    fn invite_with_factor(&mut self, code: Digest, invitation: &Invitation, secret: &[u8]) -> Result<bool> {
        self.writing(|db| admin::invite(db, code, invitation, Some(secret)))
    }

    fn assign(&mut self, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool> {
        self.writing(|db| admin::assign(db, staff, patient, assignment))
    }

    fn revoke_device(&mut self, device: DeviceId, at_ms: i64) -> Result<bool> {
        self.writing(|db| admin::revoke_device(db, device, at_ms))
    }

    fn erase(&mut self, person: PersonId, at_ms: i64) -> Result<Option<Written>> {
        let written = self.writing(|db| admin::erase(db, person, at_ms))?;
        written.iter().try_for_each(|written| gone(self, written))?;
        Ok(written)
    }

    fn set_factor(&mut self, person: PersonId, secret: &[u8]) -> Result<bool> {
        self.writing(|db| admin::set_factor(db, person, secret))
    }

    fn factor(&mut self, person: PersonId) -> Result<Option<Factor>> {
        self.reading(|db| admin::factor(db, person))
    }

    fn use_factor_step(&mut self, person: PersonId, step: u64) -> Result<bool> {
        self.writing(|db| admin::use_factor_step(db, person, step))
    }

    fn add_access_key(&mut self, hash: Digest, person: PersonId, ends_ms: i64, label: &str) -> Result<bool> {
        self.writing(|db| admin::add_access_key(db, hash, person, ends_ms, label))
    }

    fn access_key(&mut self, hash: Digest, now_ms: i64) -> Result<Option<Access>> {
        self.reading(|db| admin::access_key(db, hash, now_ms))
    }

    fn access_keys(&mut self, organisation: OrganisationId) -> Result<Vec<AccessKey>> {
        self.reading(|db| admin::access_keys(db, organisation))
    }

    fn revoke_access_key(&mut self, hash: Digest) -> Result<bool> {
        self.writing(|db| admin::revoke_access_key(db, hash))
    }

    fn set_web_access(
        &mut self,
        person: PersonId,
        device: DeviceId,
        name: &str,
        link: Digest,
        ends_ms: i64,
    ) -> Result<bool> {
        self.writing(|db| web::set(db, person, device, name, link, ends_ms))
    }

    fn web_access(&mut self, person: PersonId) -> Result<Option<WebAccess>> {
        self.reading(|db| web::of_person(db, person))
    }

    fn web_access_named(&mut self, name: &str) -> Result<Option<WebAccess>> {
        self.reading(|db| web::by_name(db, name))
    }

    fn web_access_linked(&mut self, link: Digest, now_ms: i64) -> Result<Option<WebAccess>> {
        self.reading(|db| web::by_link(db, link, now_ms))
    }

    fn set_password(&mut self, link: Digest, now_ms: i64, password: &[u8]) -> Result<bool> {
        self.writing(|db| web::set_password(db, link, now_ms, password))
    }

    fn cared(&mut self, staff: PersonId) -> Result<Vec<Cared>> {
        self.reading(|db| web::cared(db, staff))
    }

    fn about(&mut self, asker: PersonId, person: PersonId, after: Cursor) -> Result<About> {
        self.reading(|db| web::about(db, asker, person, after))
    }

    fn treated(&mut self) -> Result<Vec<PersonId>> {
        self.reading(|db| web::treated(db))
    }

    fn record(&mut self, asker: PersonId, person: PersonId, record: RecordId) -> Result<RecordOf> {
        self.reading(|db| web::record(db, asker, person, record))
    }

    fn thresholds(&mut self, staff: PersonId) -> Result<Option<String>> {
        self.reading(|db| web::thresholds(db, staff))
    }

    fn set_thresholds(&mut self, staff: PersonId, text: &str) -> Result<()> {
        self.writing(|db| web::set_thresholds(db, staff, text))
    }

    fn assignments(&mut self, organisation: OrganisationId) -> Result<Vec<(PersonId, PersonId, bool)>> {
        self.reading(|db| web::assignments(db, organisation))
    }

    fn safe_until(&mut self, staff: PersonId) -> Result<Vec<(PersonId, Cursor)>> {
        self.reading(|db| web::safe_until(db, staff))
    }

    fn set_safe_until(&mut self, person: PersonId, cursor: Cursor) -> Result<()> {
        self.writing(|db| web::set_safe_until(db, person, cursor))
    }

    fn kept(&mut self, organisation: OrganisationId, kind: Kept) -> Result<Vec<(String, String)>> {
        self.reading(|db| web::kept(db, organisation, kind))
    }

    fn keep(&mut self, organisation: OrganisationId, kind: Kept, name: &str, text: &str) -> Result<bool> {
        self.writing(|db| web::keep(db, organisation, kind, name, text))
    }

    fn drop_kept(&mut self, organisation: OrganisationId, kind: Kept, name: &str) -> Result<bool> {
        self.writing(|db| web::drop_kept(db, organisation, kind, name))
    }
}

/// An erasure is reported only when it is gone from the disk; asked again, this is done again.
fn gone(store: &mut impl Transactions, written: &Written) -> Result<()> {
    if matches!(written, Written::Erased { .. }) { store.scrub() } else { Ok(()) }
}
