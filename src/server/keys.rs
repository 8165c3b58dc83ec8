//! Real cryptography for the machines of `baro-sync`: the server's key, other people's signatures, second factors.

use crate::factor::Secret;
use baro_record::Chunk;
use baro_sync::Keys;
use baro_wire::{ChunkId, Digest, PersonId, PublicKey, Signature};
use ed25519_dalek::{Signer as _, SigningKey, VerifyingKey};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Second factors that are remembered between finding a device and hearing its digits; beyond, any one is forgotten, and its
/// person tries again.
const FACTORS: usize = 1_024;

/// The keys of a running server.
pub struct ServerKeys {
    own: SigningKey,
    factors: Mutex<BTreeMap<PersonId, Factor>>,
}

struct Factor {
    secret: Secret,
    used: u64,
    /// Of a sign-in that is not answered until this is on the disk.
    unwritten: Option<u64>,
}

impl ServerKeys {
    /// With the server's key.
    pub fn new(own: SigningKey) -> Arc<Self> {
        Arc::new(Self { own, factors: Mutex::default() })
    }

    /// A person's second factor, as it was read when their device asked to sign in.
    pub fn remember(&self, person: PersonId, secret: Secret, used: u64) {
        let mut factors = self.factors();
        // What was used a moment ago may not be on the disk yet.
        let known = factors.get(&person).map(|known| (known.used, known.unwritten));
        let (known, unwritten) = known.unwrap_or_default();
        if factors.len() >= FACTORS && !factors.contains_key(&person) {
            factors.pop_first();
        }
        factors.insert(person, Factor { secret, used: used.max(known), unwritten });
    }

    /// The step whose digits were right just now, to be written down; once.
    pub fn take_used(&self, person: PersonId) -> Option<u64> {
        self.factors().get_mut(&person)?.unwritten.take()
    }

    fn factors(&self) -> MutexGuard<'_, BTreeMap<PersonId, Factor>> {
        self.factors.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Did this key sign this?
pub fn verify(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    let signature = ed25519_dalek::Signature::from_bytes(&(*signature).into());
    VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// Signs with the server's key.
pub fn sign(own: &SigningKey, message: &[u8]) -> Signature {
    own.sign(message).to_bytes().into()
}

impl Keys for ServerKeys {
    fn verify(&self, key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
        verify(key, message, signature)
    }

    fn own(&self) -> PublicKey {
        PublicKey(self.own.verifying_key().to_bytes())
    }

    fn sign(&self, message: &[u8]) -> Signature {
        sign(&self.own, message)
    }

    fn author(&self, chunk: &ChunkId, previous: &Digest, bytes: &[u8]) -> Option<PublicKey> {
        let found = Chunk::from_bytes(bytes).ok()?;
        let same = *found.record.as_bytes() == chunk.record.0
            && found.index == chunk.index
            && found.previous.0 == previous.0
            && found.digest().0 == chunk.digest.0;
        (same && found.is_signed()).then_some(PublicKey(found.author.0))
    }

    fn factor(&self, person: PersonId, digits: u32, now_ms: i64) -> bool {
        let mut factors = self.factors();
        let Some(factor) = factors.get_mut(&person) else { return false };
        let Some(step) = factor.secret.step(digits, now_ms, factor.used) else { return false };
        (factor.used, factor.unwritten) = (step, Some(step));
        true
    }
}
