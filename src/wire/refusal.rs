//! Why something was not done: typed, so that the client tells a person one sentence in their language.

use crate::schema::wire_enum;
use crate::{ChunkId, Purpose};

wire_enum! {
    /// Why not, and with that what to do.
    #[derive(Copy)]
    pub enum Refusal {
        /// No token, or it is over: sign in again.
        V1 SignIn,
        /// This device was revoked.
        V1 DeviceRevoked,
        /// It is not there, or not for you: the two look alike.
        V1 NotFound,
        /// You may not do this, with your own data or as who you are.
        V1 NotAllowed,
        /// The person has not agreed to this, or no longer.
        V1 ConsentMissing { purpose: Purpose },
        /// The code is wrong, used or too old.
        V1 WrongCode,
        /// Staff need the digits of their second factor.
        V1 FactorMissing,
        /// Too many attempts; wait.
        V1 TooManyAttempts { wait_s: u32 },
        /// Too much at once; the same again after this.
        V1 Busy { wait_ms: u32 },
        /// The server's disk is full; the same again after this. Nothing is lost: it stays on the device.
        V1 ServerFull { wait_ms: u32 },
        /// The server has other bytes at this place: kept on the device, and told.
        V1 Differs { chunk: ChunkId },
        /// The bytes don't match their digest, chain or signature.
        V1 Altered { chunk: ChunkId },
        /// The person's data was erased; nothing more is taken.
        V1 Erased,
        /// The message is not one of this protocol.
        V1 Malformed,
        /// The room holds no more people.
        V3 RoomFull,
        /// Who leads the room has sent you away from it.
        V3 RoomClosed,
        /// The server is too old to know of this: kept, and sent after its update.
        V3 NotInVersion,
    }
}

impl Refusal {
    /// The Fluent message that tells it: `sync-refusal-` and this.
    pub const fn id(&self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::DeviceRevoked => "device-revoked",
            Self::NotFound => "not-found",
            Self::NotAllowed => "not-allowed",
            Self::ConsentMissing { .. } => "consent-missing",
            Self::WrongCode => "wrong-code",
            Self::FactorMissing => "factor-missing",
            Self::TooManyAttempts { .. } => "too-many-attempts",
            Self::Busy { .. } => "busy",
            Self::ServerFull { .. } => "server-full",
            Self::Differs { .. } => "differs",
            Self::Altered { .. } => "altered",
            Self::Erased => "erased",
            Self::Malformed => "malformed",
            Self::RoomFull => "room-full",
            Self::RoomClosed => "room-closed",
            Self::NotInVersion => "not-in-version",
        }
    }
}
