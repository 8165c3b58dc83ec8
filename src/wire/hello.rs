//! The greeting: which version both speak, and what a device must sign. Its own layout never changes.

use crate::limits::{NAME_BYTES, OFFERS};
use crate::schema::{wire_enum, wire_struct};
use crate::{DeviceId, Digest, List, PublicKey, Text, Version};

wire_struct! {
    /// A version that the client speaks.
    #[derive(Copy)]
    pub struct Offer {
        pub version: u16,
        /// What the client takes that version to be.
        pub schema: Digest,
    }
}

wire_struct! {
    /// The first frame, from the client.
    pub struct Hello {
        /// [`Hello::MAGIC`].
        pub magic: u64,
        pub offers: List<Offer, OFFERS>,
        /// Name and version, for the server's log.
        pub program: Text<NAME_BYTES>,
    }
}

wire_enum! {
    /// Why two programs can't talk.
    #[derive(Copy)]
    pub enum HelloRefusal {
        /// The client must be updated.
        V1 ClientTooOld,
        /// The server must be updated.
        V1 ServerTooOld,
        /// The same number for different protocols: one of the two was built from other sources.
        V1 SchemaDiffers,
        /// Not Baro at all.
        V1 NotBaro,
    }
}

wire_enum! {
    /// The first frame from the server.
    #[derive(Copy)]
    pub enum Welcome {
        V1 Accepted {
            version: u16,
            /// New for each connection; what a device signs.
            challenge: Digest,
            /// ms since 1970.
            server_ms: i64,
        },
        V1 Refused { refusal: HelloRefusal },
    }
}

impl Hello {
    /// `BARO-1\n` and a zero, little-endian.
    pub const MAGIC: u64 = u64::from_le_bytes(*b"BARO-1\n\0");

    /// Offers every version that this program serves.
    pub fn new(program: Text<NAME_BYTES>) -> Self {
        let offers = Version::SERVED.iter().map(|v| Offer { version: v.number(), schema: v.schema_hash() });
        let offers = List::new(offers.collect::<Vec<_>>()).unwrap_or_default();
        Self { magic: Self::MAGIC, offers, program }
    }
}

/// The newest version that both sides speak and describe alike.
pub fn negotiate(hello: &Hello) -> Result<Version, HelloRefusal> {
    if hello.magic != Hello::MAGIC || hello.offers.is_empty() {
        return Err(HelloRefusal::NotBaro);
    }
    let offered = |version: &Version| hello.offers.iter().find(|offer| offer.version == version.number());
    let shared: Vec<(Version, &Offer)> =
        Version::SERVED.iter().filter_map(|v| offered(v).map(|offer| (*v, offer))).collect();
    if let Some((version, _)) = shared.iter().find(|(v, offer)| offer.schema == v.schema_hash()) {
        return Ok(*version);
    }
    let newest_offer = hello.offers.iter().map(|offer| offer.version).max().unwrap_or_default();
    Err(match shared.is_empty() {
        false => HelloRefusal::SchemaDiffers,
        true if newest_offer < Version::NEWEST.number() => HelloRefusal::ClientTooOld,
        true => HelloRefusal::ServerTooOld,
    })
}

/// What a device signs to be paired: bound to this connection, so that it can't be replayed on another.
pub fn pairing_proof(challenge: &Digest, key: &PublicKey, person_key: &PublicKey) -> Vec<u8> {
    [b"baro pair 1\0".as_slice(), &challenge.0, &key.0, &person_key.0].concat()
}

/// What a device, and a person with their own key, sign to sign in.
pub fn sign_in_proof(challenge: &Digest, device: &DeviceId) -> Vec<u8> {
    [b"baro sign-in 1\0".as_slice(), &challenge.0, &device.0].concat()
}
