//! The unit in which a record is signed, sealed and sent.

use crate::{Author, Digest, PersonKey, RecordError};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::{fmt, str::FromStr};
use uuid::Uuid;

/// Largest chunk in bytes, as it is signed and sent.
pub const MAX_CHUNK: usize = 256 << 10;
/// What a body may have of it.
pub(crate) const MAX_BODY: usize = MAX_CHUNK - 1024;

/// A record's id: a UUID of version 7, made by the writer and on the disk before anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordId(Uuid);

impl RecordId {
    /// A new one; ids sort by the time that they were made.
    pub fn now() -> Self {
        Self(Uuid::now_v7())
    }

    /// From its bytes, as they came from elsewhere.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for RecordId {
    type Err = uuid::Error;
    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        text.parse().map(Self)
    }
}

/// A piece of a record, signed. It can be checked alone; that it is the next one, by the chunk before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// The record that it belongs to.
    pub record: RecordId,
    /// Its number, from 0.
    pub index: u32,
    /// Digest of the chunk before; zeros before the first.
    pub previous: Digest,
    /// Was it the last when it was written? What was said later may still follow. A record without such an end was cut off.
    pub last: bool,
    /// Whose record it is: the same in every chunk, so that each can be checked alone.
    pub author: Author,
    /// Header, frames and events, packed.
    pub body: Vec<u8>,
    /// The author's signature under [`Self::digest`].
    pub signature: [u8; 64],
}

/// As postcard sees it.
#[derive(Serialize, Deserialize)]
struct Wire<'a> {
    record: RecordId,
    index: u32,
    previous: Digest,
    last: bool,
    author: Author,
    #[serde(borrow)]
    body: &'a [u8],
    #[serde(borrow)]
    signature: &'a [u8],
}

/// What is wrong with a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum Flaw {
    #[error("its checksum is wrong: the file is damaged there")]
    Checksum,
    #[error("it can't be unsealed: it was altered, moved, or sealed with another key")]
    Seal,
    #[error("it is no chunk")]
    Form,
    #[error("it belongs to another record")]
    Record,
    #[error("its number is not the next one: a chunk is missing, or the order was changed")]
    Index,
    #[error("it does not continue the chunk before")]
    Previous,
    #[error("it is by another author")]
    Author,
    #[error("its signature is wrong: it was altered")]
    Signature,
    #[error("its content can't be read")]
    Content,
}

impl Chunk {
    /// Signs the next chunk after `previous`.
    pub(crate) fn sign(key: &PersonKey, link: Link, last: bool, body: Vec<u8>) -> Self {
        let Link { record, index, previous } = link;
        let mut chunk =
            Self { record, index, previous, last, author: key.author(), body, signature: [0; 64] };
        chunk.signature = key.sign(&chunk.digest());
        chunk
    }

    /// SHA-256 of everything but the signature.
    pub fn digest(&self) -> Digest {
        let mut hash = Sha256::new();
        hash.update(b"baro record chunk 3\0");
        hash.update(self.record.as_bytes());
        hash.update(self.index.to_le_bytes());
        hash.update(self.previous.0);
        hash.update([u8::from(self.last)]);
        hash.update(self.author.0);
        hash.update(&self.body);
        Digest(hash.finalize().into())
    }

    /// Is the signature that of the author whom the chunk names?
    pub fn is_signed(&self) -> bool {
        self.author.signed(&self.digest(), &self.signature)
    }

    /// The bytes that are sent and stored.
    ///
    /// # Errors
    /// [`RecordError::Encode`], which does not happen.
    pub fn to_bytes(&self) -> Result<Vec<u8>, RecordError> {
        let Self { record, index, previous, last, author, body, signature } = self;
        let wire = Wire {
            record: *record,
            index: *index,
            previous: *previous,
            last: *last,
            author: *author,
            body,
            signature,
        };
        postcard::to_allocvec(&wire).map_err(RecordError::Encode)
    }

    /// Reads a chunk; nothing is checked but its form.
    ///
    /// # Errors
    /// [`Flaw::Form`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Flaw> {
        if bytes.len() > MAX_CHUNK {
            return Err(Flaw::Form);
        }
        let (wire, rest) = postcard::take_from_bytes::<Wire>(bytes).map_err(|_| Flaw::Form)?;
        let signature = wire.signature.try_into().map_err(|_| Flaw::Form)?;
        if !rest.is_empty() {
            return Err(Flaw::Form);
        }
        let Wire { record, index, previous, last, author, body, .. } = wire;
        Ok(Self { record, index, previous, last, author, body: body.to_vec(), signature })
    }
}

/// Where the next chunk of a record goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The record.
    pub record: RecordId,
    /// The next chunk's number.
    pub index: u32,
    /// The digest that it must name.
    pub previous: Digest,
}

impl Link {
    /// Before the first chunk.
    pub const fn first(record: RecordId) -> Self {
        Self { record, index: 0, previous: Digest([0; 32]) }
    }

    /// Is this the next chunk, by this author, and signed? If so, goes on behind it.
    ///
    /// # Errors
    /// What is wrong with the chunk.
    pub fn follow(&mut self, chunk: &Chunk, author: Option<Author>) -> Result<(), Flaw> {
        let wrong = [
            (chunk.record != self.record, Flaw::Record),
            (chunk.index != self.index, Flaw::Index),
            (chunk.previous != self.previous, Flaw::Previous),
            (author.is_some_and(|author| author != chunk.author), Flaw::Author),
        ];
        if let Some((_, flaw)) = wrong.into_iter().find(|(wrong, _)| *wrong) {
            return Err(flaw);
        }
        let digest = chunk.digest();
        if !chunk.author.signed(&digest, &chunk.signature) {
            return Err(Flaw::Signature);
        }
        (self.index, self.previous) = (self.index + 1, digest);
        Ok(())
    }
}
