//! Signing in with a browser: the part of whoever lets somebody in.

use super::{find_person, log, print};
use crate::{access::AccessKey, config::Config, invite, now_ms, review::Link};
use anyhow::{Context as _, bail};
use baro_store::Store;
use baro_sync::{Write, Written, code_hash};
use baro_wire::{Ask, DeviceId, OrganisationId, PersonId, Role, Text};

/// What stands in lists of devices.
const NAME: &str = "browser";

pub fn run(store: &mut dyn Store, config: &Config, person: &str) -> anyhow::Result<()> {
    let web = config.web.context("say where the pages are, as the server was started: --web ADDRESS:PORT")?;
    let (organisation, state) = find_person(store, person)?;
    log(store, Ask::Pair, state.person)?;
    let granted = grant(store, organisation, state.person, state.role)?;
    let (address, minutes) = (invite::own_address(web), Link::VALID_MS / 60_000);
    let Granted { device, name, link } = granted;
    print(&format!(
        "device  {device}\nname    {name}\nlink    https://{address}/welcome/{link}\n\n\
        With the link a password is chosen, once, within {minutes} minutes, with the digits of the second factor.\n",
    ))
}

/// A way in that was made. The link is shown once.
pub struct Granted {
    pub device: DeviceId,
    pub name: String,
    pub link: Link,
}

/// Lets a member of staff choose a password. What they had until now ends.
pub fn grant(
    store: &mut dyn Store,
    organisation: OrganisationId,
    person: PersonId,
    role: Role,
) -> anyhow::Result<Granted> {
    if !role.is_staff() {
        bail!("the pages are for staff: what a patient may see is on their own device");
    }
    if store.factor(person)?.is_none() {
        bail!("there is no second factor for this person: run `baro-server factor {person}` first");
    }
    // The browser that they had until now can do nothing any more.
    if let Some(old) = store.web_access(person)? {
        store.revoke_device(old.device, now_ms())?;
    }
    // Paired as any device, with a code and a key that nobody ever sees: it does nothing but behind the password.
    let (key, code) = (AccessKey::new()?, invite::random_code());
    let code = code.context("the operating system gives no random numbers")?;
    if !invite::store(store, &code, organisation, person, role, now_ms())? {
        bail!("this person was erased");
    }
    let (own, name) = (key.public(), Text::new(NAME).unwrap_or_default());
    let pair = Write::Pair { code: code_hash(&code), key: own, person_key: own, name, paired_ms: now_ms() };
    let Written::Paired { .. } = store.write(None, &pair)? else { bail!("the browser could not be stored") };
    let link = Link::new()?;
    let name: String = person.to_string().chars().take(8).collect();
    if !store.set_web_access(person, key.device(), &name, link.hash(), now_ms() + Link::VALID_MS)? {
        bail!("the name {name} is somebody else's, or the person was erased");
    }
    Ok(Granted { device: key.device(), name, link })
}
