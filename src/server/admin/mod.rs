//! What the operator does, at the same machine as the server, while it runs or not.

mod copies;
mod erase;
mod export;
mod keys;
mod people;
mod web;

pub use erase::written as receipt;
pub use export::{ASKS as EXPORT_ASKS, Exported};
pub use web::grant;

use crate::{config::Config, folder::Folder, open};
use anyhow::{Context as _, bail};
use baro_store::{PersonState, Store, StoreError};
use baro_sync::audit;
use baro_wire::{Ask, DeviceId, OrganisationId, PersonId, Role};
use clap::{Subcommand, ValueEnum};
use std::{
    io::{self, Write as _},
    path::PathBuf,
};

/// In the audit log: neither a person nor a device, but whoever runs the server.
pub const OPERATOR: PersonId = PersonId([0; 16]);

/// The commands. Ids may be shortened as long as they are clear.
#[derive(Subcommand)]
pub enum Command {
    /// Add an organisation, or list them.
    Organisation {
        #[command(subcommand)]
        what: OrganisationCommand,
    },
    /// Make a pairing code: for somebody new, or for another device of somebody.
    Invite {
        /// As what.
        #[arg(long)]
        role: Option<InviteRole>,
        /// Another device for this person.
        #[arg(long, value_name = "PERSON", conflicts_with = "role")]
        person: Option<String>,
        /// Where there are several organisations.
        #[arg(long, value_name = "ORGANISATION")]
        organisation: Option<String>,
    },
    /// Make a new second factor for a member of staff who has paired a device.
    Factor { person: String },
    /// Put a patient into the care of a therapist, or into the class of a leader.
    Assign {
        staff: String,
        patient: String,
        /// No longer.
        #[arg(long)]
        end: bool,
    },
    /// Everybody, by random ids and roles.
    People,
    /// Devices, of everybody or of one.
    Devices { person: Option<String> },
    /// End a device's access; its open connections end within seconds.
    Revoke { device: String },
    /// Write all that is kept of a person: records, posts, FHIR.
    Export {
        person: String,
        /// A folder that is not there yet.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
    /// Destroy all that is kept of a person, and write the signed receipt.
    Erase {
        person: String,
        /// Where the receipt goes.
        #[arg(long, value_name = "FILE")]
        receipt: Option<PathBuf>,
        /// Without this nothing is destroyed.
        #[arg(long)]
        yes: bool,
    },
    /// Copy the database to a new file while the server runs.
    Backup { file: PathBuf },
    /// Put a backup where there is no database.
    Restore { file: PathBuf },
    /// Read everything: pages, references, and the chain of the audit log.
    Check,
    /// Let a member of staff sign in with a browser: a link with which they choose a password.
    WebAccess { person: String },
    /// Keys with which programs read FHIR for a member of staff.
    AccessKey {
        #[command(subcommand)]
        what: KeyCommand,
    },
}

/// About organisations.
#[derive(Subcommand)]
pub enum OrganisationCommand {
    /// A new one.
    Add { name: String },
    /// All.
    List,
}

/// About access keys.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// A new one; it is shown once.
    Add {
        /// The member of staff for whom it reads.
        person: String,
        /// What it is for.
        #[arg(long, default_value = "FHIR")]
        label: String,
        /// How long it is good.
        #[arg(long, default_value_t = 365, value_parser = clap::value_parser!(u16).range(1..=3_650))]
        days: u16,
    },
    /// All.
    List,
    /// It is good for nothing any more.
    Revoke { key: String },
}

/// Who can be invited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InviteRole {
    Patient,
    Therapist,
    Leader,
    Admin,
}

impl InviteRole {
    /// As it is stored.
    pub const fn role(self) -> Role {
        match self {
            Self::Patient => Role::Patient,
            Self::Therapist => Role::Therapist,
            Self::Leader => Role::Leader,
            Self::Admin => Role::Admin,
        }
    }
}

/// Runs a command.
pub fn run(config: &Config, command: Command) -> anyhow::Result<()> {
    let folder = Folder::find(&config.data)?;
    if let Command::Restore { file } = &command {
        return copies::restore(config, &folder, file);
    }
    let mut store = open::one(config, &folder)?;
    let store = &mut *store;
    match command {
        Command::Organisation { what: OrganisationCommand::Add { name } } => people::add(store, &name),
        Command::Organisation { what: OrganisationCommand::List } => people::organisations(store),
        Command::Invite { role, person, organisation } => {
            people::invite(store, config, &folder, role, person.as_deref(), organisation.as_deref())
        }
        Command::Factor { person } => people::factor(store, &person),
        Command::Assign { staff, patient, end } => people::assign(store, &staff, &patient, end),
        Command::People => people::list(store),
        Command::Devices { person } => people::devices(store, person.as_deref()),
        Command::Revoke { device } => people::revoke(store, &device),
        Command::Export { person, out } => export::run(store, &person, &out),
        Command::Erase { person, receipt, yes } => {
            erase::run(store, &folder, &person, receipt.as_deref(), yes)
        }
        Command::Backup { file } => copies::backup(config, &folder, &file),
        Command::Restore { .. } => Ok(()),
        Command::Check => copies::check(config, &folder),
        Command::WebAccess { person } => web::run(store, config, &person),
        Command::AccessKey { what: KeyCommand::Add { person, label, days } } => {
            keys::add(store, &person, &label, days)
        }
        Command::AccessKey { what: KeyCommand::List } => keys::list(store),
        Command::AccessKey { what: KeyCommand::Revoke { key } } => keys::revoke(store, &key),
    }
}

/// Prints; a reader that has seen enough (`| head`) is no error.
fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}

/// Everybody, with where they are.
pub fn everybody(store: &mut dyn Store) -> Result<Vec<(OrganisationId, PersonState)>, StoreError> {
    let mut all = Vec::new();
    for (organisation, _) in store.organisations()? {
        all.extend(store.people(organisation)?.into_iter().map(|person| (organisation, person)));
    }
    Ok(all)
}

/// The one whose id begins so.
fn find_person(store: &mut dyn Store, begins: &str) -> anyhow::Result<(OrganisationId, PersonState)> {
    let all = everybody(store)?;
    only(all, "person", begins, |(_, person)| person.person.to_string())
}

/// The one that begins so; it must be clear which.
fn only<T>(all: Vec<T>, kind: &str, begins: &str, id: impl Fn(&T) -> String) -> anyhow::Result<T> {
    let begins = begins.to_lowercase();
    if begins.is_empty() {
        bail!("give the {kind}'s id");
    }
    let mut found = all.into_iter().filter(|each| id(each).starts_with(&begins));
    let first = found.next().with_context(|| format!("there is no {kind} whose id begins with {begins}"))?;
    match found.next() {
        Some(_) => bail!("several ids begin with {begins}: give more of it"),
        None => Ok(first),
    }
}

/// Written before the data is looked at, as for everybody else.
fn log(store: &mut dyn Store, ask: Ask, about: PersonId) -> anyhow::Result<()> {
    let draft =
        audit::Draft { at_ms: crate::now_ms(), actor: OPERATOR, device: DeviceId::default(), ask, about };
    Ok(store.log(&[draft])?)
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Device => "device",
        Role::Patient => "patient",
        Role::Therapist => "therapist",
        Role::Leader => "leader",
        Role::Admin => "admin",
    }
}
