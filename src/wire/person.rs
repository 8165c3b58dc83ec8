//! Who somebody is, and what they agreed to.

use crate::schema::wire_enum;
use crate::{Described, Signature};
use serde::{Deserialize, Serialize};

wire_enum! {
    /// What an account may be. Each person has one role in one organisation.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Role {
        /// A paired device whose person is not there: it sends what was recorded and fetches what came, unattended.
        V1 Device,
        /// Exercises; has shown to be there, with the key that only they can open.
        V1 Patient,
        /// Treats the patients that are assigned to them.
        V1 Therapist,
        /// Leads a class.
        V1 Leader,
        /// Runs the organisation; sees no clinical data.
        V1 Admin,
    }
}

impl Role {
    /// All.
    pub const ALL: [Self; 5] = [Self::Device, Self::Patient, Self::Therapist, Self::Leader, Self::Admin];

    /// Must a second factor be shown for it?
    pub const fn is_staff(self) -> bool {
        matches!(self, Self::Therapist | Self::Leader | Self::Admin)
    }
}

wire_enum! {
    /// How a person shows that they are there, beside their device's key.
    #[derive(Copy)]
    pub enum PersonProof {
        /// Not at all: the device works alone, as [`Role::Device`].
        V1 Absent,
        /// A signature with the person's own key, which the system's key store opens for them.
        V1 Key { signature: Signature },
        /// The six digits of the second factor. Staff need it.
        V1 Factor { digits: u32 },
    }
}

wire_enum! {
    /// A purpose that is agreed to on its own.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Purpose {
        /// The server keeps what my devices send.
        V1 Keep,
        /// My therapist reads my diary and my messages and writes to me.
        V1 Therapist,
        /// My therapist sees my measured movements.
        V1 Movements,
        /// The leader of my class writes to me and reads my messages.
        V1 Class,
    }
}

impl Purpose {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 4] = [Self::Keep, Self::Therapist, Self::Movements, Self::Class];

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The purposes that somebody agrees to now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Consents(u8);

impl Consents {
    /// To nothing: how everybody starts.
    pub const NONE: Self = Self(0);

    /// With this one given or withdrawn.
    #[must_use]
    pub const fn with(self, purpose: Purpose, given: bool) -> Self {
        Self(if given { self.0 | purpose.bit() } else { self.0 & !purpose.bit() })
    }

    /// Is it given?
    pub const fn has(self, purpose: Purpose) -> bool {
        self.0 & purpose.bit() != 0
    }

    /// Every set there can be.
    pub fn every() -> impl Iterator<Item = Self> {
        (0..1 << Purpose::ALL.len()).map(Self)
    }
}

impl Described for Consents {
    fn name() -> String {
        "Consents(u8, a bit for each Purpose)".into()
    }
}
