//! Connecting a person's folder with a clinic, and ending that.

use crate::agent::{AgentError, open};
use baro_home::PersonFolder;
use baro_net::{Fault, Invite, InviteError, NewDevice, PairError, pair};
use baro_record::{KeyRing, PersonKey};
use baro_store::Pairing;
use baro_wire::{PublicKey, Role};
use zeroize::Zeroizing;

/// Why a folder was not connected.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum PairingError {
    #[error("this is no connection code: {0}")]
    Code(#[from] InviteError),
    #[error(transparent)]
    Server(#[from] PairError),
    #[error(
        "the code is for {0:?}, this program is for those who exercise, lead or treat: use the server's own tools, or ask for another code"
    )]
    NotForThis(Role),
    #[error("it is connected with {0} already: disconnect it first")]
    Already(String),
    #[error(transparent)]
    Here(#[from] AgentError),
}

impl PairingError {
    /// Fluent key of the sentence that a person reads.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Code(_) => "sync-pair-text",
            Self::Server(PairError::Fault(Fault::OtherServer)) => "sync-pair-stranger",
            Self::Server(PairError::WrongCode) => "sync-pair-wrong-code",
            Self::Server(PairError::Wait(_)) => "sync-pair-wait",
            Self::Server(PairError::Update(_)) => "sync-pair-update",
            Self::Server(PairError::Refused(_)) => "sync-pair-refused",
            Self::Server(_) => "sync-pair-unreachable",
            Self::NotForThis(_) => "sync-pair-not-for-this",
            Self::Already(_) => "sync-pair-already",
            Self::Here(AgentError::Keys(_) | AgentError::Unsealed) => "sync-pair-keys",
            Self::Here(_) => "sync-pair-disk",
        }
    }
}

/// One device's attempts to be connected. They use the same key, so that the code is not lost where only the answer was.
#[derive(Debug)]
pub struct Pairer {
    folder: PersonFolder,
    seed: Zeroizing<[u8; 32]>,
}

impl Pairer {
    /// For this person's folder.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn new(folder: PersonFolder) -> Result<Self, PairingError> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut()).map_err(AgentError::NoRandom)?;
        Ok(Self { folder, seed })
    }

    /// Asks the server that `code` names. It takes as long as the network: call it on a thread of its own.
    ///
    /// # Errors
    /// It is not connected; what to do about it is in the error.
    pub fn pair(&self, code: &str, name: &str, ring: &KeyRing) -> Result<(), PairingError> {
        let invite: Invite = code.parse()?;
        let (keys, mut clinic) = open(&self.folder, ring)?;
        if let Some(pairing) = clinic.pairing().map_err(AgentError::from)? {
            return Err(PairingError::Already(pairing.server));
        }
        let key = PersonKey::from_seed(&self.seed);
        let sign = |message: &[u8]| key.prove(message).into();
        let (key, person_key) = (PublicKey(key.author().0), PublicKey(keys.author().0));
        let paired = pair(&invite, &NewDevice { key, person_key, sign: &sign, name })?;
        if matches!(paired.role, Role::Admin | Role::Device) {
            return Err(PairingError::NotForThis(paired.role));
        }
        let pairing = Pairing {
            server: invite.server.to_string(),
            pin: invite.server.pin.0,
            organisation: paired.organisation,
            person: paired.person,
            device: paired.device,
            role: paired.role,
            device_secret: self.seed.clone(),
            // It stays with the keys of the records.
            person_secret: None,
        };
        clinic.set_pairing(&pairing).map_err(AgentError::from)?;
        Ok(())
    }
}

/// Ends the connection on this side: what waits to be sent is forgotten with it, what was recorded stays. The agent must be closed.
///
/// # Errors
/// The keys or the disk.
pub fn unpair(folder: &PersonFolder, ring: &KeyRing) -> Result<(), AgentError> {
    let (_, mut clinic) = open(folder, ring)?;
    Ok(clinic.forget_pairing()?)
}
