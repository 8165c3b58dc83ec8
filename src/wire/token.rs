//! Tokens: who somebody is, signed by the server, for a quarter of an hour.
//!
//! Signed claims of our own rather than JWT, PASETO or Biscuit: only the servers that issue a token read it, there is one
//! algorithm, no header that could choose another, nothing to delegate, and the key and signature code that records need anyway.
//! A token alone decides nothing that can be withdrawn: revoked devices, roles and consent are looked up at every request.

use crate::limits::TOKEN_BYTES;
use crate::{Bytes, DeviceId, OrganisationId, PersonId, Role, Signature};
use serde::{Deserialize, Serialize};

/// What is signed begins with this, so that no other signature of the server can pass for a token.
const DOMAIN: &[u8] = b"baro token 1\0";
const SIGNATURE_BYTES: usize = 64;

/// What a token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Where.
    pub organisation: OrganisationId,
    /// Who.
    pub person: PersonId,
    /// With what.
    pub device: DeviceId,
    /// As what.
    pub role: Role,
    /// The server's clock when it was issued, ms since 1970.
    pub issued_ms: i64,
}

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum TokenError {
    #[error("these bytes are no token")]
    Malformed,
    #[error("the token was not signed by this server")]
    Signature,
    #[error("the token is over")]
    Expired,
    #[error("the token was issued later than now: the server's clock was set back")]
    NotYet,
}

impl Claims {
    /// How long a token holds.
    pub const LIFE_MS: i64 = 15 * 60 * 1000;
    /// How far the clocks of two servers may be apart.
    pub const SKEW_MS: i64 = 60 * 1000;

    /// As a token; `sign` is the server's key.
    pub fn issue(&self, sign: impl FnOnce(&[u8]) -> Signature) -> Result<Bytes<TOKEN_BYTES>, TokenError> {
        let mut signed = DOMAIN.to_vec();
        signed.extend(postcard::to_stdvec(self).map_err(|_| TokenError::Malformed)?);
        let signature: [u8; SIGNATURE_BYTES] = sign(&signed).into();
        signed.drain(..DOMAIN.len());
        signed.extend(signature);
        Bytes::new(signed).map_err(|_| TokenError::Malformed)
    }

    /// What a token says, if the server's key signed it and it holds now (ms since 1970).
    pub fn check(
        token: &[u8],
        now_ms: i64,
        verify: impl FnOnce(&[u8], &Signature) -> bool,
    ) -> Result<Self, TokenError> {
        let Some((claims, signature)) = token.split_last_chunk::<SIGNATURE_BYTES>() else {
            return Err(TokenError::Malformed);
        };
        if token.len() > TOKEN_BYTES {
            return Err(TokenError::Malformed);
        }
        if !verify(&[DOMAIN, claims].concat(), &Signature::from(*signature)) {
            return Err(TokenError::Signature);
        }
        let (claims, rest) = postcard::take_from_bytes::<Self>(claims).map_err(|_| TokenError::Malformed)?;
        if !rest.is_empty() {
            return Err(TokenError::Malformed);
        }
        claims.holds(now_ms).map(|()| claims)
    }

    /// Does it hold now? Asked at every request, since a connection outlives its token.
    pub const fn holds(&self, now_ms: i64) -> Result<(), TokenError> {
        let age_ms = now_ms.saturating_sub(self.issued_ms);
        if age_ms < -Self::SKEW_MS {
            return Err(TokenError::NotYet);
        }
        if age_ms >= Self::LIFE_MS { Err(TokenError::Expired) } else { Ok(()) }
    }
}
