//! What the server's store is asked and answers. Its promises are the contract that `store` is tested against.

use baro_wire::{
    Bytes, ChunkId, Consents, DeviceId, Digest, Entry, HaveChunk, OrganisationId, Outcome, PersonId, Post,
    PublicKey, RecordId, Relation, Reply, Role, Text, limits,
};

/// Who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Where.
    pub organisation: OrganisationId,
    /// Who.
    pub person: PersonId,
    /// With what.
    pub device: DeviceId,
    /// As what, by the token.
    pub role: Role,
}

/// A paired device and its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Where.
    pub organisation: OrganisationId,
    /// Whose.
    pub person: PersonId,
    /// What the person is; never [`Role::Device`].
    pub role: Role,
    /// The device's key.
    pub key: PublicKey,
    /// The key that the person signs with on this device.
    pub person_key: PublicKey,
    /// Was it revoked?
    pub revoked: bool,
}

/// What a pairing code is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// Where.
    pub organisation: OrganisationId,
    /// For whom.
    pub person: PersonId,
    /// As what.
    pub role: Role,
    /// The server's clock when it ends, ms since 1970.
    pub ends_ms: i64,
}

/// What decides a request, as it is at one moment: the store reads all of it, and the data, in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// The actor's device is paired and not revoked.
    pub device_active: bool,
    /// What the actor's person is now.
    pub role: Role,
    /// The actor's person was erased.
    pub erased: bool,
    /// What the actor is to the person whom the request is about (the actor where it is about nobody).
    pub relation: Relation,
    /// What that person agrees to.
    pub consents: Consents,
    /// The keys with which the actor's person signs records.
    pub person_keys: Vec<PublicKey>,
}

/// What a request asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Data {
    /// It is a write, or there is nothing.
    Nothing,
    /// As it is answered.
    Reply(Box<Reply>),
    /// A page of posts; each with what the actor is to the person it is about, and what that one agrees to.
    Entries {
        /// By cursor.
        entries: Vec<(Entry, Relation, Consents)>,
        /// There are more behind these.
        more: bool,
    },
}

/// What is stored. Each in one transaction, and `Written` is reported when it would survive a power cut.
///
/// The store refuses by itself, in that transaction, what would come too late: `Gone` for a person who is erased,
/// `Missing` for a record that is not the actor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A record of the actor's, if it is not there.
    Record {
        /// Its id.
        record: RecordId,
        /// The device's clock.
        started_ms: i64,
    },
    /// A chunk whose digest and signature were checked. The store checks the chain with the neighbours that it has.
    Chunk {
        /// Its name.
        chunk: ChunkId,
        /// Digest of the one before.
        previous: Digest,
        /// Its bytes.
        bytes: Bytes<{ limits::CHUNK_BYTES }>,
    },
    /// The record has so many chunks, if all of them are there. It may be sealed again when it has grown.
    Seal {
        /// Of the actor's.
        record: RecordId,
        /// How many.
        chunks: u32,
        /// Digest of the last.
        last: Digest,
    },
    /// A post and all that it does: consent, revocation or erasure in the same transaction, and the entries in the feeds of all
    /// whom it concerns.
    Post {
        /// It.
        post: Post,
        /// The server's clock.
        stored_ms: i64,
    },
    /// A device, which uses the code up: `Missing` where there is no such code, it is over, or another key has used it. The same
    /// key again is answered `Exists`, since its first answer may have been lost.
    Pair {
        /// Of the code.
        code: Digest,
        /// Of the device.
        key: PublicKey,
        /// Of the person.
        person_key: PublicKey,
        /// Shown in lists.
        name: Text<{ limits::NAME_BYTES }>,
        /// The server's clock.
        paired_ms: i64,
    },
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// It is on the disk.
    Done(Outcome),
    /// The record is on the disk, and these chunks of it.
    Record {
        /// Now or before.
        outcome: Outcome,
        /// From the first on.
        have: Vec<HaveChunk>,
        /// There are more.
        more: bool,
    },
    /// The device is on the disk, the code used up.
    Paired {
        /// Now or before.
        outcome: Outcome,
        /// What the code was for.
        invitation: Invitation,
    },
    /// The person's data is gone from the disk. Asked again, the same numbers come again.
    Erased {
        /// The server's clock at the time.
        erased_ms: i64,
        /// How many records are gone.
        records: u32,
        /// How many posts are gone.
        posts: u32,
        /// The audit log's newest digest, with the erasure in it.
        audit: Digest,
    },
    /// Other bytes are there.
    Differs,
    /// It does not fit to its neighbours.
    Broken,
    /// There is no such record or code for this actor, or a chunk is missing.
    Missing,
    /// The person was erased.
    Gone,
    /// No room.
    Full,
}
