//! Pairing codes: made, stored as a hash, and shown.

use crate::{config::Config, factor::Secret, now_ms};
use anyhow::{Context as _, bail};
use baro_net::{Address, Identity, Invite};
use baro_store::{Store, StoreError};
use baro_sync::{Invitation, code_hash, code_of};
use baro_wire::{OrganisationId, PersonId, Role, Text, limits::CODE_BYTES};
use qrcode::{EcLevel, QrCode, render::unicode::Dense1x2};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr, UdpSocket},
};

/// How long a code is good (`docs/threat-model.md`).
pub const VALID_MS: i64 = 15 * 60 * 1_000;

/// Of the operating system; `None` where it gives none.
fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}

/// A code that nobody has.
pub fn random_code() -> Option<Text<CODE_BYTES>> {
    random().map(|bytes| code_of(&bytes))
}

/// Somebody new.
pub fn random_person() -> Option<PersonId> {
    random().map(PersonId)
}

/// A new organisation.
pub fn random_organisation() -> Option<OrganisationId> {
    random().map(OrganisationId)
}

/// Stores the code's hash; `false` where the store knows of no such organisation, or the person is erased.
pub fn store(
    store: &mut dyn Store,
    code: &str,
    organisation: OrganisationId,
    person: PersonId,
    role: Role,
    now_ms: i64,
) -> Result<bool, StoreError> {
    let invitation = Invitation { organisation, person, role, ends_ms: now_ms + VALID_MS };
    store.invite(code_hash(code), &invitation)
}

/// A code that was made, and what goes with it. It is shown once: only hashes of it are kept.
pub struct Made {
    /// For whom.
    pub person: PersonId,
    /// Typed where nothing can be scanned.
    pub code: Text<CODE_BYTES>,
    /// What is scanned: server, pin and code.
    pub text: String,
    /// The second factor of staff who had none.
    pub factor: Option<Secret>,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { person, code, text, factor } = self;
        let factor = factor.as_ref().map(|secret| secret.shown(*person)).unwrap_or_default();
        let (picture, minutes) = (picture(text).unwrap_or_default(), VALID_MS / 60_000);
        let code = &**code;
        write!(
            f,
            "{picture}\n\nperson  {person}\ncode    {code}  (one device, {minutes} minutes)\npair    baro pair '{text}'\n{factor}"
        )
    }
}

/// A new code, stored.
pub fn made(
    to: &mut dyn Store,
    server: &Address,
    organisation: OrganisationId,
    person: PersonId,
    role: Role,
) -> anyhow::Result<Made> {
    let code = random_code().context("the operating system gives no random numbers")?;
    let text = Invite { server: server.clone(), code: code.clone() }.to_string();
    let invitation = Invitation { organisation, person, role, ends_ms: now_ms() + VALID_MS };
    // Whoever has one already keeps it.
    let factor = if role.is_staff() && to.factor(person)?.is_none() { Some(Secret::new()?) } else { None };
    let invited = match &factor {
        Some(secret) => to.invite_with_factor(code_hash(&code), &invitation, secret.bytes())?,
        None => to.invite(code_hash(&code), &invitation)?,
    };
    if !invited {
        bail!("there is no such organisation, or the person was erased");
    }
    Ok(Made { person, code, text, factor })
}

/// Where devices connect, with the pin of the server's key.
pub fn server(config: &Config, identity: &Identity) -> anyhow::Result<Address> {
    let public = match &config.public {
        Some(public) => public.clone(),
        None => own_address(config.listen).to_string(),
    };
    // By its own parser, so that what is printed can be read.
    Ok(format!("baro://{public}#{}", identity.pin()).parse()?)
}

/// The address of this computer that others most likely reach.
pub fn own_address(listen: SocketAddr) -> SocketAddr {
    let mut address = listen;
    if listen.ip().is_unspecified() {
        // Nothing is sent: the system only says which of its addresses it would use.
        let asked = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
            socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
            socket.local_addr()
        });
        address.set_ip(asked.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |found| found.ip()));
    }
    address
}

/// A text as a picture of letters, for a terminal.
pub fn picture(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    // For a dark terminal; on a light one it is the negative, which most programs read too.
    Some(code.render::<Dense1x2>().dark_color(Dense1x2::Light).light_color(Dense1x2::Dark).build())
}
