//! What a client asks.

use crate::limits::{CALLED_BYTES, CHUNK_BYTES, CODE_BYTES, NAME_BYTES, TOKEN_BYTES};
use crate::room::{Door, Shows};
use crate::schema::wire_enum;
use crate::{
    Ask, Bytes, ChunkId, Cursor, DeviceId, Digest, PersonId, PersonProof, Post, PostBody, PublicKey,
    RecordId, Role, Signature, Text,
};

wire_enum! {
    /// Each travels on a stream of its own and is answered there, so a large chunk holds nothing up. Each may be sent again:
    /// what was done already is answered `Exists`.
    pub enum Request {
        /// A new device with the code that the person was given.
        V1 Pair {
            code: Text<CODE_BYTES>,
            key: PublicKey,
            /// The person's own key, which signs their records.
            person_key: PublicKey,
            /// Shown in the list of devices.
            name: Text<NAME_BYTES>,
            /// Of [`crate::pairing_proof`], with `key`.
            proof: Signature,
        },
        /// A token for a paired device.
        V1 SignIn {
            device: DeviceId,
            /// Of [`crate::sign_in_proof`], with the device's key.
            proof: Signature,
            person: PersonProof,
        },
        /// Goes on with a token on a new connection.
        V1 Resume { token: Bytes<TOKEN_BYTES> },
        /// A record is about to come; answered with what is there already.
        V1 OfferRecord {
            record: RecordId,
            /// The device's clock when it began, ms since 1970; only to be shown.
            started_ms: i64,
        },
        V1 PutChunk {
            chunk: ChunkId,
            /// Digest of the chunk before it; zeros for the first.
            previous: Digest,
            bytes: Bytes<CHUNK_BYTES>,
        },
        /// What is there of a record, from this index.
        V1 Have { record: RecordId, from: u32 },
        /// The record is whole and ends with this chunk.
        V1 SealRecord { record: RecordId, chunks: u32, last: Digest },
        V1 Post { post: Post },
        /// The own feed behind a cursor.
        V1 Feed { after: Cursor, most: u16 },
        V1 ReadConsents { person: PersonId },
        V1 ListDevices { person: PersonId },
        /// Those whom the caller treats or leads.
        V2 ListPatients { after: Option<PersonId> },
        V2 ListRecords { person: PersonId, after: Option<RecordId> },
        V2 ReadChunk { person: PersonId, record: RecordId, index: u32 },
        /// What was written about a person; of each kind only what the caller may see.
        V2 ReadPosts { person: PersonId, after: Cursor, most: u16 },
        /// Who looked at a person's data.
        V2 ReadAudit { person: PersonId, after: u64 },
        /// A pairing code for a new person of the caller's organisation.
        V2 Invite { role: Role },
        /// Into a live room. Its stream stays open: behind this come [`crate::RoomAsk`]s, behind the answer [`crate::RoomTold`].
        V3 EnterRoom {
            door: Door,
            /// What the others call them.
            called: Text<CALLED_BYTES>,
            /// What the others see of them.
            shows: Shows,
        },
    }
}

impl Request {
    /// Its kind, by which it is allowed or refused.
    pub const fn ask(&self) -> Ask {
        match self {
            Self::Pair { .. } => Ask::Pair,
            Self::SignIn { .. } => Ask::SignIn,
            Self::Resume { .. } => Ask::Resume,
            Self::OfferRecord { .. } => Ask::OfferRecord,
            Self::PutChunk { .. } => Ask::PutChunk,
            Self::Have { .. } => Ask::Have,
            Self::SealRecord { .. } => Ask::SealRecord,
            Self::Feed { .. } => Ask::Feed,
            Self::ReadConsents { .. } => Ask::ReadConsents,
            Self::ListDevices { .. } => Ask::ListDevices,
            Self::ListPatients { .. } => Ask::ListPatients,
            Self::ListRecords { .. } => Ask::ListRecords,
            Self::ReadChunk { .. } => Ask::ReadChunk,
            Self::ReadPosts { .. } => Ask::ReadPosts,
            Self::ReadAudit { .. } => Ask::ReadAudit,
            Self::Invite { role: Role::Patient } => Ask::InvitePatient,
            Self::Invite { role: Role::Therapist | Role::Leader | Role::Admin } => Ask::InviteStaff,
            Self::Invite { role: Role::Device } => Ask::Nonsense,
            Self::EnterRoom { door, .. } => door.ask(),
            Self::Post { post } => match post.body {
                PostBody::Message { .. } => Ask::PostMessage,
                PostBody::Note { .. } | PostBody::Drawing { .. } | PostBody::Spoken { .. } => Ask::PostNote,
                PostBody::Plan { .. }
                | PostBody::Asked { .. }
                | PostBody::Appointment { .. }
                | PostBody::Summary { .. } => Ask::PostPlan,
                PostBody::Diary { .. } | PostBody::Answered { .. } => Ask::PostDiary,
                PostBody::Consent { given: true, .. } => Ask::GiveConsent,
                PostBody::Consent { given: false, .. } => Ask::WithdrawConsent,
                PostBody::RevokeDevice { .. } => Ask::RevokeDevice,
                PostBody::Erase => Ask::Erase,
                PostBody::NewerThanYou => Ask::Nonsense,
            },
        }
    }

    /// Whose data it touches; none: the caller's own.
    pub const fn about(&self) -> Option<PersonId> {
        match self {
            Self::Post { post } => Some(post.about),
            Self::ReadConsents { person }
            | Self::ListDevices { person }
            | Self::ListRecords { person, .. }
            | Self::ReadChunk { person, .. }
            | Self::ReadPosts { person, .. }
            | Self::ReadAudit { person, .. } => Some(*person),
            Self::Pair { .. }
            | Self::SignIn { .. }
            | Self::Resume { .. }
            | Self::OfferRecord { .. }
            | Self::PutChunk { .. }
            | Self::Have { .. }
            | Self::SealRecord { .. }
            | Self::Feed { .. }
            | Self::ListPatients { .. }
            | Self::Invite { .. }
            | Self::EnterRoom { .. } => None,
        }
    }
}

impl PostBody {
    /// What somebody asks to whom it would be shown.
    pub const fn to_see(&self) -> Ask {
        match self {
            Self::Message { .. } => Ask::SeeMessage,
            Self::Note { .. } | Self::Drawing { .. } | Self::Spoken { .. } => Ask::SeeNote,
            Self::Plan { .. } | Self::Asked { .. } | Self::Appointment { .. } | Self::Summary { .. } => {
                Ask::SeePlan
            }
            Self::Diary { .. } | Self::Answered { .. } => Ask::SeeDiary,
            Self::Consent { .. } => Ask::ReadConsents,
            Self::RevokeDevice { .. } => Ask::ListDevices,
            Self::Erase | Self::NewerThanYou => Ask::Nonsense,
        }
    }
}
