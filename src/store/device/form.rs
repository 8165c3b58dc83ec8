//! How the outbox's rows and the pairing are written.

use crate::{Result, StoreError};
use baro_sync::{Content, Key};
use baro_wire::{DeviceId, Digest, OrganisationId, PersonId, Post, PostId, RecordId, Role};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::{Zeroize as _, Zeroizing};

/// With which server this device is paired, and as whose.
#[derive(Clone, PartialEq, Eq)]
pub struct Pairing {
    /// Host and port, as the person typed them.
    pub server: String,
    /// SHA-256 of the server's certificate.
    pub pin: [u8; 32],
    /// Where.
    pub organisation: OrganisationId,
    /// Whose.
    pub person: PersonId,
    /// What this device is there.
    pub device: DeviceId,
    /// What the person is there.
    pub role: Role,
    /// The device's Ed25519 key.
    pub device_secret: Zeroizing<[u8; 32]>,
    /// The person's, where it is not kept elsewhere.
    pub person_secret: Option<Zeroizing<[u8; 32]>>,
}

impl fmt::Debug for Pairing {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { server, person, device, role, .. } = self;
        write!(f, "Pairing({server}, {person}, {device}, {role:?})")
    }
}

/// Its fields may only be added to, at the end, with a migration.
#[derive(Serialize, Deserialize)]
pub struct StoredPairing {
    server: String,
    pin: [u8; 32],
    organisation: OrganisationId,
    person: PersonId,
    device: DeviceId,
    role: Role,
    device_secret: [u8; 32],
    person_secret: Option<[u8; 32]>,
}

impl From<&Pairing> for StoredPairing {
    fn from(pairing: &Pairing) -> Self {
        Self {
            server: pairing.server.clone(),
            pin: pairing.pin,
            organisation: pairing.organisation,
            person: pairing.person,
            device: pairing.device,
            role: pairing.role,
            device_secret: *pairing.device_secret,
            person_secret: pairing.person_secret.as_ref().map(|secret| **secret),
        }
    }
}

impl From<StoredPairing> for Pairing {
    fn from(stored: StoredPairing) -> Self {
        Self {
            server: stored.server.clone(),
            pin: stored.pin,
            organisation: stored.organisation,
            person: stored.person,
            device: stored.device,
            role: stored.role,
            device_secret: Zeroizing::new(stored.device_secret),
            person_secret: stored.person_secret.map(Zeroizing::new),
        }
    }
}

impl Drop for StoredPairing {
    fn drop(&mut self) {
        self.device_secret.zeroize();
        self.person_secret.zeroize();
    }
}

/// What [`Content`] is on the disk.
#[derive(Serialize, Deserialize)]
pub enum StoredContent {
    Chunk { digest: Digest, previous: Digest, started_ms: i64 },
    Seal { chunks: u32, last: Digest, started_ms: i64 },
    Post(Box<Post>),
}

impl From<&Content> for StoredContent {
    fn from(content: &Content) -> Self {
        match content.clone() {
            Content::Chunk { digest, previous, started_ms } => Self::Chunk { digest, previous, started_ms },
            Content::Seal { chunks, last, started_ms } => Self::Seal { chunks, last, started_ms },
            Content::Post(post) => Self::Post(post),
        }
    }
}

impl From<StoredContent> for Content {
    fn from(stored: StoredContent) -> Self {
        match stored {
            StoredContent::Chunk { digest, previous, started_ms } => {
                Self::Chunk { digest, previous, started_ms }
            }
            StoredContent::Seal { chunks, last, started_ms } => Self::Seal { chunks, last, started_ms },
            StoredContent::Post(post) => Self::Post(post),
        }
    }
}

/// The first byte of a name: its kind.
pub const POST: u8 = 2;

/// Kind, id, place.
pub fn name(key: Key) -> Vec<u8> {
    match key {
        Key::Chunk(RecordId(id), index) => [&[0], &id[..], &index.to_be_bytes()].concat(),
        Key::Seal(RecordId(id), chunks) => [&[1], &id[..], &chunks.to_be_bytes()].concat(),
        Key::Post(PostId(id)) => [&[POST], &id[..]].concat(),
    }
}

pub fn key(name: &[u8]) -> Result<Key> {
    let parts = name.split_first().and_then(|(kind, rest)| Some((kind, rest.split_first_chunk::<16>()?)));
    let found = match parts {
        Some((&POST, (id, []))) => Some(Key::Post(PostId(*id))),
        Some((kind, (id, place))) => {
            place.try_into().ok().map(u32::from_be_bytes).and_then(|place| match kind {
                0 => Some(Key::Chunk(RecordId(*id), place)),
                1 => Some(Key::Seal(RecordId(*id), place)),
                _ => None,
            })
        }
        None => None,
    };
    found.ok_or_else(|| StoreError::Damaged("the name of a row that waits".into()))
}
