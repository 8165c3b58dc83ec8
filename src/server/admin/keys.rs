//! Access keys for FHIR.

use super::{find_person, log, only, print};
use crate::{access::AccessKey, invite, now_ms};
use anyhow::{Context as _, bail};
use baro_store::Store;
use baro_sync::{Write, Written, code_hash};
use baro_wire::{Ask, DeviceId, Text};
use std::fmt::Write as _;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

pub fn add(store: &mut dyn Store, person: &str, label: &str, days: u16) -> anyhow::Result<()> {
    let (organisation, state) = find_person(store, person)?;
    if !state.role.is_staff() {
        bail!("access keys are for staff: what a patient may see is on their own device");
    }
    let now = now_ms();
    let name = Text::new(format!("access key: {label}")).context("the label is too long")?;
    let key = AccessKey::new()?;
    log(store, Ask::Pair, state.person)?;
    // Paired as any device, with a code that nobody else ever sees.
    let code = invite::random_code().context("the operating system gives no random numbers")?;
    if !invite::store(store, &code, organisation, state.person, state.role, now)? {
        bail!("this person was erased");
    }
    let (own, code) = (key.public(), code_hash(&code));
    let pair = Write::Pair { code, key: own, person_key: own, name, paired_ms: now };
    let Written::Paired { .. } = store.write(None, &pair)? else { bail!("the key could not be stored") };
    if !store.add_access_key(key.hash(), state.person, now + i64::from(days) * DAY_MS, label)? {
        bail!("the key could not be stored");
    }
    let once = "It is shown once. Programs send it as `Authorization: Bearer KEY`.";
    print(&format!("device  {}\nkey     {key}\n\n{once}\n", key.device()))
}

pub fn list(store: &mut dyn Store) -> anyhow::Result<()> {
    let mut text = String::new();
    for (organisation, _) in store.organisations()? {
        for key in store.access_keys(organisation)? {
            let ends = jiff::Timestamp::from_millisecond(key.ends_ms).unwrap_or_default();
            let state = match key.revoked {
                true => "revoked",
                false if key.ends_ms <= now_ms() => "over",
                false => "good",
            };
            writeln!(text, "{}  {state}  until {ends:.0}  for {}  {}", key.hash, key.person, key.label)?;
        }
    }
    print(&text)
}

pub fn revoke(store: &mut dyn Store, key: &str) -> anyhow::Result<()> {
    let mut all = Vec::new();
    for (organisation, _) in store.organisations()? {
        all.extend(store.access_keys(organisation)?);
    }
    let found = only(all, "access key", key, |key| key.hash.to_string())?;
    store.revoke_access_key(found.hash)?;
    // The hash begins with the id of the device that the key is.
    let device = found.hash.0.first_chunk().map(|id| DeviceId(*id)).unwrap_or_default();
    store.revoke_device(device, now_ms())?;
    print(&format!("revoked  {device}\n"))
}
