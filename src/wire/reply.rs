//! What the server answers, and what it says unasked.

use crate::limits::{
    CHUNK_BYTES, CODE_BYTES, DEVICES, FEED_ENTRIES, HAVE_CHUNKS, NAME_BYTES, NODE_BYTES, ROWS, TOKEN_BYTES,
};
use crate::schema::{wire_enum, wire_struct};
use crate::{
    Ask, Bytes, ChunkId, Consents, Cursor, DeviceId, Digest, Entry, List, OrganisationId, PersonId, PostId,
    RecordId, Refusal, Role, RoomId, Signature, Text, room::Slot,
};

wire_enum! {
    /// Both mean: it is on the server's disk.
    #[derive(Copy)]
    pub enum Outcome {
        V1 Created,
        V1 Exists,
    }
}

wire_struct! {
    /// A chunk that the server has.
    #[derive(Copy)]
    pub struct HaveChunk {
        pub index: u32,
        pub digest: Digest,
    }
}

wire_struct! {
    /// What a person agrees to now, and the version of the text of each purpose.
    #[derive(Copy)]
    pub struct ConsentState {
        pub consents: Consents,
        pub text_version: u32,
    }
}

wire_struct! {
    pub struct DeviceState {
        pub device: DeviceId,
        pub name: Text<NAME_BYTES>,
        /// ms since 1970.
        pub paired_ms: i64,
        pub revoked: bool,
    }
}

wire_struct! {
    /// Proof of an erasure, signed by the server. It anchors the audit log outside of the server as well.
    #[derive(Copy)]
    pub struct Receipt {
        /// The post that asked for it.
        pub post: PostId,
        pub person: PersonId,
        /// The server's clock, ms since 1970.
        pub erased_ms: i64,
        pub records: u32,
        pub posts: u32,
        /// The audit log's newest digest, this erasure included.
        pub audit: Digest,
        /// Of all before, with the server's key.
        pub signature: Signature,
    }
}

wire_struct! {
    /// Somebody's patient, and what they agree to: nothing clinical.
    #[derive(Copy)]
    pub struct PatientState {
        pub person: PersonId,
        pub consents: Consents,
    }
}

wire_struct! {
    #[derive(Copy)]
    pub struct RecordState {
        pub record: RecordId,
        pub started_ms: i64,
        /// Those that are there.
        pub chunks: u32,
        pub sealed: bool,
    }
}

wire_struct! {
    /// One line of the audit log; each holds the digest of the one before.
    #[derive(Copy)]
    pub struct AuditEntry {
        /// From 1.
        pub number: u64,
        /// The server's clock, ms since 1970.
        pub at_ms: i64,
        pub actor: PersonId,
        pub device: DeviceId,
        pub ask: Ask,
        pub about: PersonId,
        pub previous: Digest,
        pub digest: Digest,
    }
}

wire_enum! {
    /// The answer to a request, on its stream.
    pub enum Reply {
        V1 Paired { person: PersonId, organisation: OrganisationId, device: DeviceId, role: Role, outcome: Outcome },
        V1 SignedIn { token: Bytes<TOKEN_BYTES>, role: Role, valid_s: u32 },
        V1 Resumed { role: Role },
        /// To an offer, and to `Have`.
        V1 Record { record: RecordId, outcome: Outcome, have: List<HaveChunk, HAVE_CHUNKS>, more: bool },
        /// The chunk is on the server's disk.
        V1 Chunk { chunk: ChunkId, outcome: Outcome },
        /// All chunks of the record are on the server's disk, and their chain is whole.
        V1 Sealed { record: RecordId, outcome: Outcome },
        V1 Posted { post: PostId, outcome: Outcome },
        V1 Erased { receipt: Receipt },
        V1 Feed { entries: List<Entry, FEED_ENTRIES>, more: bool },
        V1 Consents { person: PersonId, state: ConsentState },
        V1 Devices { person: PersonId, devices: List<DeviceState, DEVICES> },
        V1 Refused { refusal: Refusal },
        V2 Patients { patients: List<PatientState, ROWS>, more: bool },
        V2 Records { person: PersonId, records: List<RecordState, ROWS>, more: bool },
        V2 ChunkBytes { chunk: ChunkId, previous: Digest, bytes: Bytes<CHUNK_BYTES> },
        V2 Audit { person: PersonId, entries: List<AuditEntry, ROWS>, more: bool },
        V2 Invited { code: Text<CODE_BYTES>, valid_s: u32 },
        V3 InRoom {
            room: RoomId,
            /// The own one.
            slot: Slot,
            /// The room's clock.
            time_ms: u32,
            /// The newest happening that will not be told.
            heard: u64,
            /// The place was kept.
            back: bool,
        },
        /// The room is at another node of the same clinic, which holds the same key: ask there.
        V3 Elsewhere { at: Text<NODE_BYTES> },
    }
}

wire_enum! {
    /// Said unasked, on one stream from the server.
    #[derive(Copy)]
    pub enum Push {
        /// The feed has entries up to this cursor.
        V1 News { cursor: Cursor },
        /// This device was revoked; the connection ends.
        V1 Revoked,
        /// The server stops or is too busy; come back after this.
        V1 GoingAway { wait_ms: u32 },
    }
}
