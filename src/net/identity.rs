//! Who the server is: one key, made once and kept. Clients pin it, so no authority and no name has to vouch for it.

use baro_wire::{Digest, sha256};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _};
use std::{fmt, str::FromStr};
use zeroize::Zeroizing;

/// The name in every certificate and greeting. It says nothing: what is checked is the key.
pub(crate) const NAME: &str = "baro";

/// The server's certificate and its private key.
pub struct Identity {
    pem: Zeroizing<String>,
    pub(crate) certificate: CertificateDer<'static>,
    pub(crate) key: PrivateKeyDer<'static>,
    pin: Pin,
}

/// Why there is no identity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum IdentityError {
    #[error("no key and certificate could be made: {0}")]
    Make(String),
    #[error(
        "no certificate and private key in PEM: restore the file from a backup; with a new one every device must be paired again"
    )]
    Pem,
}

impl Identity {
    /// A new key and a certificate around it that signs itself.
    pub fn new() -> Result<Self, IdentityError> {
        let made = || {
            let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519)?;
            let mut params = rcgen::CertificateParams::new([NAME.to_owned()])?;
            params.distinguished_name = rcgen::DistinguishedName::new();
            params.distinguished_name.push(rcgen::DnType::CommonName, NAME);
            let certificate = params.self_signed(&key)?;
            Ok(certificate.pem() + &Zeroizing::new(key.serialize_pem()))
        };
        Self::from_pem(&made().map_err(|error: rcgen::Error| IdentityError::Make(error.to_string()))?)
    }

    /// From what [`Self::to_pem`] gave, or from any certificate and key in one text.
    pub fn from_pem(pem: &str) -> Result<Self, IdentityError> {
        let certificate = CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| IdentityError::Pem)?;
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| IdentityError::Pem)?;
        let pin = Pin::of(&certificate).ok_or(IdentityError::Pem)?;
        Ok(Self { pem: Zeroizing::new(pem.to_owned()), certificate, key, pin })
    }

    /// To be kept in a file that only the server reads. Who has it can pose as the server.
    pub fn to_pem(&self) -> &str {
        &self.pem
    }

    /// What devices check.
    pub const fn pin(&self) -> Pin {
        self.pin
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Identity({})", self.pin)
    }
}

/// The SHA-256 of the public key in the server's certificate (its SPKI), in base58.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pin(pub [u8; 32]);

impl Pin {
    pub(crate) fn of(certificate: &CertificateDer) -> Option<Self> {
        let parsed = rustls::server::ParsedCertificate::try_from(certificate).ok()?;
        let Digest(hash) = sha256(&[&parsed.subject_public_key_info()]);
        Some(Self(hash))
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).into_string())
    }
}

/// A text that is no pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the part behind # is not whole")]
pub struct NoPin;

impl FromStr for Pin {
    type Err = NoPin;

    fn from_str(text: &str) -> Result<Self, NoPin> {
        let mut pin = [0; 32];
        match bs58::decode(text).onto(&mut pin) {
            Ok(32) => Ok(Self(pin)),
            _ => Err(NoPin),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_kept_as_text() {
        let made = Identity::new().unwrap();
        let read = Identity::from_pem(made.to_pem()).unwrap();
        assert_eq!((read.pin(), read.key), (made.pin(), made.key));
        assert_ne!(Identity::new().unwrap().pin(), read.pin);
        assert!(!format!("{:?}", Identity::new().unwrap()).contains("PRIVATE"));
    }

    #[test]
    fn a_torn_file_is_no_identity() {
        let made = Identity::new().unwrap();
        for part in [0, 10, made.to_pem().len() / 2, made.to_pem().len() - 30] {
            assert_eq!(Identity::from_pem(&made.to_pem()[..part]).err(), Some(IdentityError::Pem));
        }
    }

    #[test]
    fn pins_are_text_and_back() {
        let pin = Identity::new().unwrap().pin();
        assert_eq!(pin.to_string().parse(), Ok(pin));
        for bad in ["", "1", "0OIl", &pin.to_string()[5..], &format!("{pin}2")] {
            assert_eq!(bad.parse::<Pin>(), Err(NoPin), "{bad}");
        }
    }
}
