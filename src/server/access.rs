//! Access keys of programs that read for a member of staff: a device without a screen. So each stands in the list of devices, is
//! revoked like one, and every line that it leaves in the audit log names it.

use baro_wire::{DeviceId, Digest, PublicKey, sha256};
use ed25519_dalek::SigningKey;
use std::fmt;
use zeroize::Zeroizing;

/// What every key begins with, so that people and programs that look for leaked secrets know it.
const PREFIX: &str = "baro-key-";

/// The secret of one.
pub struct AccessKey(SigningKey);

impl AccessKey {
    /// A new one.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(&mut *seed)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// From what it is written as.
    pub fn parse(text: &str) -> Option<Self> {
        let mut seed = Zeroizing::new([0; 32]);
        let length = bs58::decode(text.strip_prefix(PREFIX)?).onto(&mut *seed).ok()?;
        (length == seed.len()).then(|| Self(SigningKey::from_bytes(&seed)))
    }

    /// All that the server keeps of it.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// What it is found by; the first half of it is the device's id.
    pub fn hash(&self) -> Digest {
        sha256(&[&self.public().0])
    }

    /// The device that it is.
    pub fn device(&self) -> DeviceId {
        DeviceId::of(&self.public())
    }
}

impl fmt::Display for AccessKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{PREFIX}{}", bs58::encode(self.0.as_bytes()).into_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_text_and_back() {
        let key = AccessKey::new().unwrap();
        let text = key.to_string();
        assert_eq!(AccessKey::parse(&text).map(|key| key.public()), Some(key.public()));
        assert_eq!(key.hash().0[..16], key.device().0);
        for bad in ["", PREFIX, &text[1..], &text[..text.len() - 3], "baro-key-0OIl"] {
            assert!(AccessKey::parse(bad).is_none(), "{bad}");
        }
    }
}
