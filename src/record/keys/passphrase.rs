//! Secrets sealed with a passphrase.

use super::{Both, KeyError, both};
use crate::seal::{open, random, seal};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// 64 MiB, three passes, one lane: RFC 9106's second recommendation has four lanes, which here would be one after the other.
const MEMORY_KIB: u32 = 64 << 10;
const PASSES: u32 = 3;
/// A file may not ask for more.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 20;
const ABOUT: &[u8] = b"baro keys passphrase";
/// Folders that are open at once: who exercises here between two starts of the program.
const MOST_OPEN: usize = 16;

type Salt = [u8; 16];

/// What was unlocked since the program started; of the passphrase itself nothing is kept.
static OPEN: Mutex<Vec<(Salt, Zeroizing<[u8; 32]>)>> = Mutex::new(Vec::new());

/// The secrets, and how the passphrase becomes the key that opens them (Argon2id).
#[derive(Serialize, Deserialize)]
pub(super) struct Locked {
    memory_kib: u32,
    passes: u32,
    salt: Salt,
    sealed: Vec<u8>,
}

impl Locked {
    pub fn new(passphrase: &str, secret: &Both) -> Result<Self, KeyError> {
        let salt = *random::<16>()?;
        let mut locked = Self { memory_kib: MEMORY_KIB, passes: PASSES, salt, sealed: Vec::new() };
        locked.sealed = seal(&locked.key(passphrase)?, ABOUT, secret.as_slice())?;
        Ok(locked)
    }

    pub fn open(&self, passphrase: Option<&String>) -> Result<Both, KeyError> {
        match (self.opened(), passphrase) {
            (Some(key), _) => self.open_with(&key),
            (None, Some(passphrase)) => self.open_with(&self.key(passphrase)?),
            (None, None) => Err(KeyError::NoPassphrase),
        }
    }

    /// From now on it opens without the passphrase.
    pub fn unlock(&self, passphrase: &str) -> Result<(), KeyError> {
        let key = self.key(passphrase)?;
        self.open_with(&key)?;
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() == MOST_OPEN {
            open.remove(0);
        }
        open.push((self.salt, key));
        Ok(())
    }

    pub fn is_open(&self) -> bool {
        self.opened().is_some()
    }

    fn opened(&self) -> Option<Zeroizing<[u8; 32]>> {
        let open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.iter().find(|(salt, _)| *salt == self.salt).map(|(_, key)| key.clone())
    }

    fn open_with(&self, key: &Zeroizing<[u8; 32]>) -> Result<Both, KeyError> {
        let secret = open(key, ABOUT, &self.sealed).map(Zeroizing::new);
        secret.and_then(|secret| both(&secret)).ok_or(KeyError::WrongPassphrase)
    }

    fn key(&self, passphrase: &str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        if self.memory_kib > MOST_MEMORY_KIB || self.passes > MOST_PASSES {
            return Err(KeyError::Derive(argon2::Error::MemoryTooMuch));
        }
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(KeyError::Derive)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), &self.salt, key.as_mut())
            .map_err(KeyError::Derive)?;
        Ok(key)
    }
}
