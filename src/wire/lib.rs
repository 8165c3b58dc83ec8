//! What clients and server say to each other: messages, their limits and versions, and who may say what. No sockets.
//!
//! The bytes are described in `docs/protocol.md`. A message is a frame (`Frames`, length checked before anything is read)
//! around [postcard](https://postcard.jamesmunns.com/wire-format). The types of the messages are made by the macros of
//! [`schema`], so that their description, the version that brought each, and the hash which both sides compare in the
//! handshake can't drift from the code.

mod bounded;
mod codec;
mod hello;
mod id;
pub mod limits;
mod may;
mod person;
pub mod pose;
mod post;
mod refusal;
mod reply;
mod request;
pub mod room;
pub mod schema;
mod token;
mod version;

pub use bounded::{Bytes, List, Text, TooLong};
pub use codec::{DecodeError, EncodeError, Frames, Message, decode, encode};
pub use hello::{Hello, HelloRefusal, Offer, Welcome, negotiate, pairing_proof, sign_in_proof};
pub use id::{
    ChunkId, Cursor, DeviceId, Digest, OrganisationId, PersonId, PostId, PublicKey, RecordId, RoomId,
    Signature, sha256,
};
pub use may::{Ask, Decision, Relation, Standing, may};
pub use person::{Consents, PersonProof, Purpose, Role};
pub use post::{Entry, Post, PostBody, Sound, Spot, Stroke};
pub use refusal::Refusal;
pub use reply::{
    AuditEntry, ConsentState, DeviceState, HaveChunk, Outcome, PatientState, Push, Receipt, RecordState,
    Reply,
};
pub use request::Request;
pub use room::{RoomAsk, RoomTold};
pub use schema::Described;
pub use token::{Claims, TokenError};
pub use version::Version;
