//! What keeps the device's database unreadable at rest: XChaCha20-Poly1305. A value opens only in its own row.

use crate::{Result, StoreError};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Where a value stands.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub table: &'static str,
    pub row: &'a [u8],
}

pub struct Sealer(XChaCha20Poly1305);

impl Sealer {
    pub fn new(key: &Zeroizing<[u8; 32]>) -> Self {
        Self(XChaCha20Poly1305::new((&**key).into()))
    }

    pub fn seal(&self, place: Place, value: &impl Serialize) -> Result<Vec<u8>> {
        let plain = postcard::to_stdvec(value).map_err(|error| broken(place, &error.to_string()))?;
        let plain = Zeroizing::new(plain);
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce)?;
        let payload = Payload { msg: &plain, aad: &place.bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| broken(place, "more than can be sealed at once"))?;
        Ok([&nonce, &sealed[..]].concat())
    }

    pub fn open<T: DeserializeOwned>(&self, place: Place, sealed: &[u8]) -> Result<T> {
        let plain = self.plain(place, sealed).ok_or_else(|| broken(place, "it does not open"))?;
        postcard::from_bytes(&plain).map_err(|error| broken(place, &error.to_string()))
    }

    fn plain(&self, place: Place, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: &place.bytes() };
        self.0.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

impl Place<'_> {
    fn bytes(self) -> Vec<u8> {
        [b"baro device 1\0", self.table.as_bytes(), b"\0", self.row].concat()
    }
}

fn broken(place: Place, why: &str) -> StoreError {
    StoreError::Damaged(format!("a value of the table {}: {why}", place.table))
}
