//! What keeps a record unreadable at rest: XChaCha20-Poly1305 with a key of its own for each file.

use crate::RecordId;
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// 32 secret bytes, zeroed when dropped.
pub type Secret = Zeroizing<[u8; 32]>;

const NONCE: usize = 24;

/// Something could not be sealed.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum SealError {
    #[error("the system gives no random numbers: {0}")]
    NoRandom(#[from] getrandom::Error),
    #[error("more than can be sealed at once")]
    TooLong,
}

/// Random bytes of the operating system.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, SealError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut())?;
    Ok(bytes)
}

/// A nonce and what was sealed with it. `about` is bound to it and must be told again to open it.
pub(crate) fn seal(key: &Secret, about: &[u8], plain: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce = random::<NONCE>()?;
    let mut sealed = nonce.to_vec();
    let cipher = XChaCha20Poly1305::new((&**key).into());
    let piece = Payload { msg: plain, aad: about };
    sealed.extend(cipher.encrypt(&XNonce::from(*nonce), piece).map_err(|_| SealError::TooLong)?);
    Ok(sealed)
}

/// What was sealed; `None` with another key, about something else, or where a bit was changed.
pub(crate) fn open(key: &Secret, about: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
    let (nonce, secret) = sealed.split_first_chunk::<NONCE>()?;
    let cipher = XChaCha20Poly1305::new((&**key).into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: secret, aad: about }).ok()
}

/// The key of one file, sealed with the key of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WrappedKey(Vec<u8>);

/// Seals the pieces of one file; a piece opens only at its own place in its own file. Without a key they stay plain.
pub(crate) struct Sealer {
    record: RecordId,
    key: Option<Secret>,
}

impl Sealer {
    pub const fn plain(record: RecordId) -> Self {
        Self { record, key: None }
    }

    /// A new key for a new file, and how it is kept in it.
    pub fn create(record: RecordId, folder: &Secret) -> Result<(Self, WrappedKey), SealError> {
        let key = random::<32>()?;
        let wrapped = WrappedKey(seal(folder, &about(b"file key", record, 0, 0), &*key)?);
        Ok((Self { record, key: Some(key) }, wrapped))
    }

    /// The key that a file was made with; `None` where the folder's key is another.
    pub fn unwrap(record: RecordId, folder: &Secret, wrapped: &WrappedKey) -> Option<Self> {
        let key = Zeroizing::new(open(folder, &about(b"file key", record, 0, 0), &wrapped.0)?);
        let key = Zeroizing::new(<[u8; 32]>::try_from(key.as_slice()).ok()?);
        Some(Self { record, key: Some(key) })
    }

    /// Seals what stands at this place.
    pub fn seal(&self, place: Place, plain: Vec<u8>) -> Result<Vec<u8>, SealError> {
        match &self.key {
            None => Ok(plain),
            Some(key) => seal(key, &place.about(self.record), &plain),
        }
    }

    /// Opens what stands at this place.
    pub fn open(&self, place: Place, stored: Vec<u8>) -> Option<Vec<u8>> {
        match &self.key {
            None => Some(stored),
            Some(key) => open(key, &place.about(self.record), &stored),
        }
    }
}

/// Where a piece stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Place {
    /// A chunk, by its number.
    Chunk(u32),
    /// An entry of the journal of a chunk, both by number.
    Entry(u32, u32),
}

impl Place {
    fn about(self, record: RecordId) -> Vec<u8> {
        match self {
            Self::Chunk(index) => about(b"chunk", record, index, 0),
            Self::Entry(index, entry) => about(b"entry", record, index, entry),
        }
    }
}

fn about(what: &[u8], record: RecordId, index: u32, entry: u32) -> Vec<u8> {
    [b"baro record ", what, record.as_bytes(), &index.to_le_bytes(), &entry.to_le_bytes()].concat()
}
