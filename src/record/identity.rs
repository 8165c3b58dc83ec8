//! Who made a record: an Ed25519 key, written as `did:key`.

use crate::Digest;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// Multicodec's prefix of an Ed25519 public key (`ed25519-pub`, 0xed as varint); the `z` before base58 is multibase.
const CODEC: [u8; 2] = [0xed, 0x01];
const SCHEME: &str = "did:key:z";

/// A person's public key: whose signature stands under a record.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Author(pub [u8; 32]);

impl Author {
    /// Did this author sign this digest? A key that is no key signed nothing.
    pub fn signed(&self, digest: &Digest, signature: &[u8; 64]) -> bool {
        VerifyingKey::from_bytes(&self.0)
            .is_ok_and(|key| key.verify_strict(&digest.0, &Signature::from_bytes(signature)).is_ok())
    }
}

impl fmt::Display for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes: Vec<u8> = CODEC.into_iter().chain(self.0).collect();
        write!(f, "{SCHEME}{}", bs58::encode(bytes).into_string())
    }
}

impl fmt::Debug for Author {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no `did:key` of an Ed25519 key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a did:key of an Ed25519 key; it begins with did:key:z6Mk")]
pub struct NotAnAuthor;

impl FromStr for Author {
    type Err = NotAnAuthor;

    fn from_str(text: &str) -> Result<Self, NotAnAuthor> {
        let text = text.strip_prefix(SCHEME).ok_or(NotAnAuthor)?;
        let mut bytes = [0; 34];
        let length = bs58::decode(text).onto(&mut bytes).map_err(|_| NotAnAuthor)?;
        let key = bytes.strip_prefix(&CODEC).and_then(|key| key.try_into().ok()).ok_or(NotAnAuthor)?;
        if length == bytes.len() && VerifyingKey::from_bytes(key).is_ok() {
            Ok(Self(*key))
        } else {
            Err(NotAnAuthor)
        }
    }
}

/// A person's secret key. Forgotten (zeroed) when dropped.
pub struct PersonKey(SigningKey);

impl PersonKey {
    /// The key of this seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn author(&self) -> Author {
        Author(self.0.verifying_key().to_bytes())
    }

    /// Signs a digest.
    pub fn sign(&self, digest: &Digest) -> [u8; 64] {
        self.0.sign(&digest.0).to_bytes()
    }

    /// Signs what proves to a server that the person is there. A message begins with what it is for and is longer than a digest,
    /// so that it can't be taken for a record's.
    pub fn prove(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sha256;

    /// The first test vector of RFC 8032 (7.1), and its name as other programs write it.
    #[test]
    fn a_known_key_has_its_known_name() {
        let seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let seed: Vec<u8> =
            (0..32).map(|i| u8::from_str_radix(&seed[2 * i..2 * i + 2], 16).unwrap()).collect();
        let key = PersonKey::from_seed(&seed.try_into().unwrap());
        let name = "did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw";
        assert_eq!(key.author().to_string(), name);
        assert_eq!(name.parse(), Ok(key.author()));
        let digest = sha256(b"moved");
        assert!(key.author().signed(&digest, &key.sign(&digest)));
        assert!(!key.author().signed(&sha256(b"altered"), &key.sign(&digest)));
        assert!(!Author([0; 32]).signed(&digest, &[0; 64]), "a weak key signs nothing");
        for wrong in
            ["", "did:key:z", "did:web:a.b", &name[..40], &name.replace("z6Mk", "z6Lk"), "did:key:z\u{ac00}"]
        {
            assert!(wrong.parse::<Author>().is_err(), "{wrong}");
        }
    }
}
