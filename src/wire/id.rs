//! Names of things: random or hashes, never anything about a person.

use crate::schema::{Described, wire_struct};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fmt;

macro_rules! raw {
    ($(#[$meta:meta])* $name:ident[$bytes:literal]) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(pub [u8; $bytes]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl Described for $name {
            fn name() -> String {
                format!("{}[{}]", stringify!($name), $bytes)
            }
        }
    };
}

raw!(
    /// A record: the UUIDv7 that its writer made.
    RecordId[16]
);
raw!(
    /// A person: random.
    PersonId[16]
);
raw!(
    /// A device: the first half of the SHA-256 of its public key, so both sides know it before they talk.
    DeviceId[16]
);
raw!(
    /// An organisation: random.
    OrganisationId[16]
);
raw!(
    /// Anything that is posted once: the UUIDv7 that its writer made.
    PostId[16]
);
raw!(
    /// A live room: random.
    RoomId[16]
);
raw!(
    /// A SHA-256.
    Digest[32]
);
raw!(
    /// An Ed25519 public key.
    PublicKey[32]
);

wire_struct! {
    /// An Ed25519 signature: its two halves, since serde has no arrays of 64.
    #[derive(Copy, Hash)]
    pub struct Signature {
        /// The point.
        pub r: Digest,
        /// The scalar.
        pub s: Digest,
    }
}

wire_struct! {
    /// One chunk of a record, at this place.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub struct ChunkId {
        /// Of which record.
        pub record: RecordId,
        /// From 0.
        pub index: u32,
        /// SHA-256 of what its author signed (`docs/record-format.md`).
        pub digest: Digest,
    }
}

/// A place in a person's feed; 0 is before the first entry.
pub type Cursor = u64;

/// SHA-256 of the pieces in turn.
pub fn sha256(pieces: &[&[u8]]) -> Digest {
    let mut hash = Sha256::new();
    pieces.iter().for_each(|piece| hash.update(piece));
    Digest(hash.finalize().into())
}

impl DeviceId {
    /// The device that holds this key.
    pub fn of(key: &PublicKey) -> Self {
        let Digest(hash) = sha256(&[&key.0]);
        let mut id = [0; 16];
        id.copy_from_slice(&hash[..16]);
        Self(id)
    }
}

impl From<[u8; 64]> for Signature {
    fn from(bytes: [u8; 64]) -> Self {
        let (mut r, mut s) = (Digest::default(), Digest::default());
        r.0.copy_from_slice(&bytes[..32]);
        s.0.copy_from_slice(&bytes[32..]);
        Self { r, s }
    }
}

impl From<Signature> for [u8; 64] {
    fn from(signature: Signature) -> Self {
        let mut bytes = [0; 64];
        bytes[..32].copy_from_slice(&signature.r.0);
        bytes[32..].copy_from_slice(&signature.s.0);
        bytes
    }
}
