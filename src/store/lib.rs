//! The server's durable storage: one trait, [`Store`], and its embedded form, [`Sqlite`], which needs nothing beside it.
//!
//! What it promises is written at [`baro_sync::Write`] and [`baro_sync::Facts`]. Every call is one transaction, and whatever it
//! reports has survived a power cut by then (`synchronous=FULL`). Facts and the data they decide about are read in the same
//! transaction. A feed gives only what is about its reader, written by them or about a patient assigned to them, chosen in SQL;
//! whether that patient agrees is decided on the facts, by `baro_wire::may`, in one place.
//!
//! Not here: `Request::Invite` is answered by the server, which makes the code and hands its hash to [`Store::invite`]. A backup
//! holds what it held when it was made: erasures after it have to be asked again once it is restored.

mod error;
mod sqlite;

pub use error::StoreError;
pub use sqlite::{Options, Sqlite, backup, restore};

use baro_sync::{Account, Actor, Data, Facts, Invitation, Write, Written, audit};
use baro_wire::{AuditEntry, Cursor, DeviceId, Digest, OrganisationId, PersonId, PostId, Request};

/// Shorthand of this crate.
pub type Result<T> = std::result::Result<T, StoreError>;

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

/// Durable storage of a server. The machines' actions each have one method.
pub trait Store {
    /// `SessionAction::Find`.
    fn find(&mut self, device: DeviceId) -> Result<Option<Account>>;
    /// `SessionAction::Look`.
    fn look(&mut self, actor: &Actor, request: &Request) -> Result<(Facts, Data)>;
    /// `SessionAction::Log`: all lines or none.
    fn log(&mut self, drafts: &[audit::Draft]) -> Result<()>;
    /// `SessionAction::Write`. A full disk is `Written::Full`, not an error: the session tells the device to wait.
    fn write(&mut self, actor: Option<&Actor>, write: &Write) -> Result<Written>;

    /// In whose feeds a post stands, and where: whom to tell.
    fn news(&mut self, post: PostId) -> Result<Vec<(PersonId, Cursor)>>;
    /// The audit log behind a line.
    fn audit(&mut self, after: u64, most: u32) -> Result<Vec<AuditEntry>>;

    /// A new organisation; one that is there stays.
    fn add_organisation(&mut self, organisation: OrganisationId) -> Result<()>;
    /// A pairing code, by its hash. `false`: there is no such organisation, the person is of another one or erased, or the code is
    /// there already.
    fn invite(&mut self, code: Digest, invitation: &Invitation) -> Result<bool>;
    /// Puts a patient into somebody's care. `false`: they are not of one organisation, their roles don't fit, or one was erased.
    fn assign(&mut self, staff: PersonId, patient: PersonId, assignment: Assignment) -> Result<bool>;
}
