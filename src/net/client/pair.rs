//! Pairing: a code, once, for a device of its own.

use super::dial::{Dialer, Fault, PATIENCE};
use crate::frame::{self, FrameError};
use crate::{Invite, TlsError};
use baro_wire::{
    DeviceId, Hello, HelloRefusal, Message, OrganisationId, PersonId, PublicKey, Refusal, Reply, Request,
    Role, Signature, Text, Version, Welcome, limits::NAME_BYTES, pairing_proof,
};
use quinn::Connection;
use std::{fmt, io};
use tokio::time::timeout;

/// The device that is to be paired: keys that it made, and keeps.
#[derive(Clone, Copy)]
pub struct NewDevice<'a> {
    /// Of the device.
    pub key: PublicKey,
    /// Of the person, who signs records with it.
    pub person_key: PublicKey,
    /// Signs with the device's key.
    pub sign: &'a dyn Fn(&[u8]) -> Signature,
    /// What the person knows it by.
    pub name: &'a str,
}

impl fmt::Debug for NewDevice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_struct("NewDevice").field("key", &self.key).finish_non_exhaustive()
    }
}

/// Who the device belongs to from now on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Paired {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub device: DeviceId,
    pub role: Role,
}

/// Why a device was not paired. Each has an id, for the sentence that a person reads.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum PairError {
    #[error(transparent)]
    Fault(#[from] Fault),
    #[error("the code is wrong, over, or was used by another device: ask for a new one")]
    WrongCode,
    #[error("too many attempts: try again in {0} s")]
    Wait(u32),
    #[error("this program and the server can't talk: {0:?}")]
    Update(HelloRefusal),
    #[error("the device's name is longer than {NAME_BYTES} bytes")]
    Name,
    #[error("the server refused: {0:?}")]
    Refused(Refusal),
    #[error("the connection broke: try again, the code is still good for this device")]
    Broke,
    #[error("this device can't open a connection: {0}")]
    Here(String),
}

impl PairError {
    /// Its message.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.id(),
            Self::WrongCode => "wrong-code",
            Self::Wait(_) => "wait",
            Self::Update(_) => "update",
            Self::Name => "name",
            Self::Refused(_) => "refused",
            Self::Broke => "broke",
            Self::Here(_) => "here",
        }
    }
}

impl From<FrameError> for PairError {
    fn from(_: FrameError) -> Self {
        Self::Broke
    }
}

impl From<TlsError> for PairError {
    fn from(error: TlsError) -> Self {
        Self::Here(error.to_string())
    }
}

impl From<io::Error> for PairError {
    fn from(error: io::Error) -> Self {
        Self::Here(error.to_string())
    }
}

/// Uses the invitation's code up for this device. Waits for the network: call it on a thread of its own. Asked again with the same
/// keys after the connection broke, it gives the same answer.
pub fn pair(invite: &Invite, new: &NewDevice) -> Result<Paired, PairError> {
    let name = Text::new(new.name).map_err(|_| PairError::Name)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let dialer = Dialer::new(invite.server.clone())?;
        let mut fault = Fault::NoAddress;
        for address in dialer.addresses().await? {
            let (endpoint, connecting) = dialer.dial(address)?;
            match timeout(PATIENCE, connecting).await {
                Ok(Ok(connection)) => {
                    let asked = timeout(PATIENCE, ask(&connection, invite, new, name)).await;
                    connection.close(0u8.into(), b"");
                    let _ = timeout(PATIENCE, endpoint.wait_idle()).await;
                    return asked.unwrap_or(Err(PairError::Broke));
                }
                Ok(Err(error)) => fault = Fault::of(&error),
                Err(_) => fault = Fault::Unreachable,
            }
        }
        Err(fault.into())
    })
}

async fn ask(
    connection: &Connection,
    invite: &Invite,
    new: &NewDevice<'_>,
    name: Text<NAME_BYTES>,
) -> Result<Paired, PairError> {
    let program = Text::new(concat!("baro ", env!("CARGO_PKG_VERSION"))).unwrap_or_default();
    let (version, challenge) = match exchange(connection, &Hello::new(program), Version::V1).await? {
        Welcome::Accepted { version, challenge, .. } => {
            let agreed = Version::SERVED.iter().find(|served| served.number() == version);
            (*agreed.ok_or(PairError::Broke)?, challenge)
        }
        Welcome::Refused { refusal } => return Err(PairError::Update(refusal)),
    };
    let NewDevice { key, person_key, sign, .. } = *new;
    let proof = sign(&pairing_proof(&challenge, &key, &person_key));
    let request = Request::Pair { code: invite.code.clone(), key, person_key, name, proof };
    match exchange(connection, &request, version).await? {
        Reply::Paired { person, organisation, device, role, .. } => {
            Ok(Paired { person, organisation, device, role })
        }
        Reply::Refused { refusal: Refusal::WrongCode } => Err(PairError::WrongCode),
        Reply::Refused { refusal: Refusal::TooManyAttempts { wait_s } } => Err(PairError::Wait(wait_s)),
        Reply::Refused { refusal } => Err(PairError::Refused(refusal)),
        _ => Err(PairError::Broke),
    }
}

/// One message there, one back, on a stream of its own.
pub(crate) async fn exchange<A: Message + Sync, B: Message>(
    connection: &Connection,
    message: &A,
    version: Version,
) -> Result<B, FrameError> {
    let (mut send, mut recv) = connection.open_bi().await.map_err(|_| FrameError::Ends)?;
    frame::write(&mut send, message, version).await?;
    // Fails where the server has stopped listening, but then it answers why.
    let _ = send.finish();
    frame::read(&mut recv, version).await
}
