//! The protocol's versions.

use crate::{Digest, Push, Reply, Request, RoomAsk, RoomTold, schema, sha256};
use std::sync::LazyLock;

/// A version of the protocol. The newest and the one before it are served.
///
/// A version only adds: types, and variants at the end of an enum. What a version has is never changed or taken away while
/// it is served, so one set of types speaks both, and `encode` refuses what the peer can't know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Devices, records, posts, consent, the feed.
    V1,
    /// What staff read and do: patients, their records, the access log, invitations.
    V2,
    /// The live room.
    V3,
}

impl Version {
    /// Those that are served, newest first.
    pub const SERVED: &[Self] = &[Self::V3, Self::V2];

    /// The newest.
    pub const NEWEST: Self = Self::SERVED[0];

    /// As it crosses the wire.
    pub const fn number(self) -> u16 {
        match self {
            Self::V1 => 1,
            Self::V2 => 2,
            Self::V3 => 3,
        }
    }

    /// Every type of this version, a line each.
    pub fn schema(self) -> String {
        let mut lines = schema::Lines::of(self);
        lines.add::<Request>();
        lines.add::<Reply>();
        lines.add::<Push>();
        if lines.has(Self::V3) {
            lines.add::<RoomAsk>();
            lines.add::<RoomTold>();
        }
        lines.text()
    }

    /// SHA-256 of [`Self::schema`]: two programs that disagree on a version find out before they talk.
    pub fn schema_hash(self) -> Digest {
        static HASHES: LazyLock<Vec<Digest>> =
            LazyLock::new(|| Version::SERVED.iter().map(|v| sha256(&[v.schema().as_bytes()])).collect());
        let at = Self::SERVED.iter().position(|v| *v == self).unwrap_or_default();
        HASHES.get(at).copied().unwrap_or_default()
    }
}
