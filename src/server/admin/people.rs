//! Organisations, people, their devices.

use super::{InviteRole, everybody, find_person, log, only, print, role_name};
use crate::{config::Config, factor::Secret, folder::Folder, invite, now_ms};
use anyhow::{Context as _, bail};
use baro_store::{Assignment, Store};
use baro_wire::{Ask, OrganisationId, Role};
use std::fmt::Write as _;

pub fn add(store: &mut dyn Store, name: &str) -> anyhow::Result<()> {
    let id = invite::random_organisation().context("the operating system gives no random numbers")?;
    store.add_organisation(id, name)?;
    print(&format!("organisation  {id}\n"))
}

pub fn organisations(store: &mut dyn Store) -> anyhow::Result<()> {
    let mut text = String::new();
    for (id, name) in store.organisations()? {
        writeln!(text, "{id}  {name}")?;
    }
    print(&text)
}

pub fn invite(
    store: &mut dyn Store,
    config: &Config,
    folder: &Folder,
    role: Option<InviteRole>,
    person: Option<&str>,
    organisation: Option<&str>,
) -> anyhow::Result<()> {
    let (organisation, person, role) = match (person, role) {
        (Some(person), _) => {
            let (organisation, state) = find_person(store, person)?;
            (organisation, state.person, state.role)
        }
        (None, Some(role)) => {
            let person = invite::random_person().context("the operating system gives no random numbers")?;
            (find_organisation(store, organisation)?, person, role.role())
        }
        (None, None) => bail!("say for whom: --role patient|therapist|leader|admin, or --person PERSON"),
    };
    // First the address: where there is none to give, nothing is made.
    let server = invite::server(config, &folder.identity()?)?;
    print(&invite::made(store, &server, organisation, person, role)?.to_string())
}

fn find_organisation(store: &mut dyn Store, begins: Option<&str>) -> anyhow::Result<OrganisationId> {
    let all = store.organisations()?;
    match (begins, all.as_slice()) {
        (Some(begins), _) => Ok(only(all, "organisation", begins, |(id, _)| id.to_string())?.0),
        (None, [(one, _)]) => Ok(*one),
        (None, []) => bail!("there is no organisation: run `baro-server organisation add NAME`"),
        (None, _) => {
            bail!("there are several organisations: give --organisation ID (`baro-server organisation list`)")
        }
    }
}

pub fn factor(store: &mut dyn Store, person: &str) -> anyhow::Result<()> {
    let (_, state) = find_person(store, person)?;
    if !state.role.is_staff() {
        bail!("a patient shows who they are with their own key; second factors are for staff");
    }
    let secret = Secret::new()?;
    if !store.set_factor(state.person, secret.bytes())? {
        bail!("this person was erased");
    }
    print(&secret.shown(state.person))
}

pub fn assign(store: &mut dyn Store, staff: &str, patient: &str, end: bool) -> anyhow::Result<()> {
    let (staff, patient) = (find_person(store, staff)?.1, find_person(store, patient)?.1);
    let assignment = match (end, staff.role) {
        (true, _) => Assignment::Ends,
        (false, Role::Leader) => Assignment::Leads,
        (false, _) => Assignment::Treats,
    };
    if !store.assign(staff.person, patient.person, assignment)? {
        bail!(
            "that can't be: it takes a therapist or leader, and a patient, of one organisation, neither of them erased"
        );
    }
    print(if end { "no longer assigned\n" } else { "assigned; what they see, the patient decides\n" })
}

pub fn list(store: &mut dyn Store) -> anyhow::Result<()> {
    let mut text = String::new();
    for (organisation, state) in everybody(store)? {
        let working = state.devices.iter().filter(|device| !device.revoked).count();
        let erased = if state.erased_ms.is_some() { "  erased" } else { "" };
        let (person, role) = (state.person, role_name(state.role));
        writeln!(text, "{person}  {role:9}  {working} devices{erased}  of {organisation}")?;
    }
    print(&text)
}

pub fn devices(store: &mut dyn Store, person: Option<&str>) -> anyhow::Result<()> {
    let all = match person {
        Some(person) => vec![find_person(store, person)?],
        None => everybody(store)?,
    };
    let mut text = String::new();
    for (_, state) in all {
        log(store, Ask::ListDevices, state.person)?;
        for device in state.devices {
            let revoked = if device.revoked { "  revoked" } else { "" };
            // What somebody else's device calls itself must not move the cursor.
            let name: String = device.name.chars().filter(|letter| !letter.is_control()).collect();
            let since = jiff::Timestamp::from_millisecond(device.paired_ms).unwrap_or_default();
            writeln!(text, "{}  {since:.0}  of {}  {name}{revoked}", device.device, state.person)?;
        }
    }
    print(&text)
}

pub fn revoke(store: &mut dyn Store, device: &str) -> anyhow::Result<()> {
    let all = everybody(store)?.into_iter().flat_map(|(_, state)| state.devices).collect();
    let found = only(all, "device", device, |device| device.device.to_string())?;
    if !store.revoke_device(found.device, now_ms())? {
        bail!("there is no such device any more");
    }
    print(&format!("revoked  {}\n", found.device))
}
