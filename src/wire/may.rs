//! Who may do what: one function. What it does not name is hidden.

use crate::schema::wire_enum;
use crate::{Consents, Purpose, Role};

wire_enum! {
    /// The kinds of requests, and of seeing what others wrote. They stand in the audit log, so their order stays.
    #[derive(Copy, PartialOrd, Ord, Hash)]
    pub enum Ask {
        V2 Pair,
        V2 SignIn,
        V2 Resume,
        V2 OfferRecord,
        V2 PutChunk,
        V2 Have,
        V2 SealRecord,
        V2 PostMessage,
        V2 PostNote,
        V2 PostPlan,
        V2 PostDiary,
        V2 GiveConsent,
        V2 WithdrawConsent,
        V2 RevokeDevice,
        V2 Erase,
        V2 Feed,
        V2 SeeMessage,
        V2 SeeNote,
        V2 SeePlan,
        V2 SeeDiary,
        V2 ReadConsents,
        V2 ListDevices,
        V2 Nonsense,
        V2 ListPatients,
        V2 ListRecords,
        V2 ReadChunk,
        V2 ReadPosts,
        V2 ReadAudit,
        V2 InvitePatient,
        V2 InviteStaff,
        V3 OpenRoom,
        V3 EnterRoom,
        V3 SeeAvatar,
        V3 SeeRepetitions,
        V3 SeeScore,
        V3 SeeHeartRate,
        V3 SeeForm,
        V3 SeeAlarm,
        V3 LeadRoom,
        V3 ReportPerson,
        V3 ReportInsulting,
        V3 ReportDisturbing,
        V3 ReportNotWhoTheySay,
    }
}

impl Ask {
    /// All.
    pub const ALL: &[Self] = &[
        Self::Pair,
        Self::SignIn,
        Self::Resume,
        Self::OfferRecord,
        Self::PutChunk,
        Self::Have,
        Self::SealRecord,
        Self::PostMessage,
        Self::PostNote,
        Self::PostPlan,
        Self::PostDiary,
        Self::GiveConsent,
        Self::WithdrawConsent,
        Self::RevokeDevice,
        Self::Erase,
        Self::Feed,
        Self::SeeMessage,
        Self::SeeNote,
        Self::SeePlan,
        Self::SeeDiary,
        Self::ReadConsents,
        Self::ListDevices,
        Self::Nonsense,
        Self::ListPatients,
        Self::ListRecords,
        Self::ReadChunk,
        Self::ReadPosts,
        Self::ReadAudit,
        Self::InvitePatient,
        Self::InviteStaff,
        Self::OpenRoom,
        Self::EnterRoom,
        Self::SeeAvatar,
        Self::SeeRepetitions,
        Self::SeeScore,
        Self::SeeHeartRate,
        Self::SeeForm,
        Self::SeeAlarm,
        Self::LeadRoom,
        Self::ReportPerson,
        Self::ReportInsulting,
        Self::ReportDisturbing,
        Self::ReportNotWhoTheySay,
    ];
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Nobody yet.
    Stranger,
    /// Signed in.
    As(Role),
}

/// What the asker is to the person whose data it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It is their own.
    Own,
    /// The person is assigned to them.
    Treats,
    /// The person is in their class.
    Leads,
    /// Both are in one room now.
    Classmate,
    /// Only of the same organisation.
    Colleague,
    /// Nothing, or the person does not exist.
    Nothing,
}

impl Relation {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Own, Self::Treats, Self::Leads, Self::Classmate, Self::Colleague, Self::Nothing];
}

/// What happens with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// It is done.
    Allowed,
    /// Sign in first.
    SignIn,
    /// The person must agree first. Told only to those who know the person anyway.
    Consent(Purpose),
    /// Not this role. Told only about one's own data and patients.
    Forbidden,
    /// Answered as if it weren't there.
    Hidden,
}

/// May somebody do this with the data of a person to whom they have this relation and who agrees to this?
pub fn may(standing: Standing, ask: Ask, relation: Relation, consents: Consents) -> Decision {
    use Decision::{Allowed, Forbidden, Hidden};
    use Relation::{Classmate, Colleague, Leads, Own, Treats};
    use Role::{Admin, Device, Leader, Patient, Therapist};
    let role = match (standing, ask) {
        (_, Ask::Pair | Ask::SignIn | Ask::Resume) => return Allowed,
        (Standing::Stranger, _) => return Decision::SignIn,
        (Standing::As(role), _) => role,
    };
    let if_agreed = |purpose| if consents.has(purpose) { Allowed } else { Decision::Consent(purpose) };
    // Those who know of the person anyway are told that they may not; to all others there is nothing.
    let otherwise = match (role, relation) {
        (_, Own) | (Therapist, Treats) | (Leader, Leads) | (Patient | Therapist | Leader, Classmate) => {
            Forbidden
        }
        _ => Hidden,
    };
    match ask {
        Ask::Pair | Ask::SignIn | Ask::Resume => Allowed,
        Ask::OfferRecord | Ask::PutChunk | Ask::Have | Ask::SealRecord | Ask::PostDiary => {
            match (role, relation) {
                (Device | Patient, Own) => if_agreed(Purpose::Keep),
                _ => otherwise,
            }
        }
        Ask::PostMessage | Ask::SeeMessage => match (role, relation) {
            (Device | Patient, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Therapist),
            (Leader, Leads) => if_agreed(Purpose::Class),
            _ => otherwise,
        },
        Ask::PostNote | Ask::SeeNote => match (role, relation) {
            (Device | Patient, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Movements),
            _ => otherwise,
        },
        Ask::PostPlan => match (role, relation) {
            (Therapist, Treats) => if_agreed(Purpose::Therapist),
            _ => otherwise,
        },
        Ask::SeePlan | Ask::SeeDiary => match (role, relation) {
            (Device | Patient, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Therapist),
            _ => otherwise,
        },
        // To agree, the person must be there. To withdraw must never wait for that.
        Ask::GiveConsent => match (role, relation) {
            (Patient, Own) => Allowed,
            _ => otherwise,
        },
        Ask::WithdrawConsent => match (role, relation) {
            (Device | Patient, Own) => Allowed,
            _ => otherwise,
        },
        // Not for a device alone: a stolen one would lock the others out.
        Ask::RevokeDevice => match (role, relation) {
            (Patient | Therapist | Leader | Admin, Own) | (Admin, Colleague) => Allowed,
            _ => otherwise,
        },
        Ask::Erase => match (role, relation) {
            (Patient, Own) | (Admin, Colleague) => Allowed,
            _ => otherwise,
        },
        Ask::Feed => match relation {
            Own => Allowed,
            _ => otherwise,
        },
        Ask::ReadConsents => match (role, relation) {
            (_, Own) | (Therapist, Treats) | (Leader, Leads) | (Admin, Colleague) => Allowed,
            _ => otherwise,
        },
        Ask::ListDevices => match (role, relation) {
            (_, Own) | (Admin, Colleague) => Allowed,
            _ => otherwise,
        },
        // To whom somebody is assigned is known to both; what they see of them is asked one by one.
        Ask::ListPatients => match (role, relation) {
            (Therapist | Leader, Own) => Allowed,
            _ => otherwise,
        },
        Ask::ListRecords | Ask::ReadChunk => match (role, relation) {
            (Device | Patient, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Movements),
            _ => otherwise,
        },
        // Each post is then decided by what it is.
        Ask::ReadPosts => match (role, relation) {
            (Device | Patient, Own) | (Therapist, Treats) | (Leader, Leads) => Allowed,
            _ => otherwise,
        },
        Ask::ReadAudit => match (role, relation) {
            (Patient | Therapist | Leader | Admin, Own) | (Admin, Colleague) => Allowed,
            _ => otherwise,
        },
        Ask::InvitePatient => match (role, relation) {
            (Therapist | Admin, Own) => Allowed,
            _ => otherwise,
        },
        Ask::InviteStaff => match (role, relation) {
            (Admin, Own) => Allowed,
            _ => otherwise,
        },
        Ask::OpenRoom | Ask::LeadRoom => match (role, relation) {
            (Therapist | Leader, Own) => Allowed,
            _ => otherwise,
        },
        // In a room somebody is there themselves, never a device alone.
        Ask::EnterRoom => match (role, relation) {
            (Patient, Own) => if_agreed(Purpose::Class),
            (Therapist | Leader, Own) => Allowed,
            _ => otherwise,
        },
        // Of a classmate each person chooses what is shown, which the room knows (`Shows`); a treating therapist sees what was measured.
        Ask::SeeAvatar | Ask::SeeScore | Ask::SeeHeartRate => match (role, relation) {
            (Patient | Therapist | Leader, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Movements),
            (Patient | Therapist | Leader, Classmate) => if_agreed(Purpose::Class),
            _ => otherwise,
        },
        Ask::SeeRepetitions => match (role, relation) {
            (Patient | Therapist | Leader, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Movements),
            (Leader, Leads) | (Patient | Therapist | Leader, Classmate) => if_agreed(Purpose::Class),
            _ => otherwise,
        },
        Ask::SeeForm => match (role, relation) {
            (Patient | Therapist | Leader, Own) => Allowed,
            (Therapist, Treats) => if_agreed(Purpose::Movements),
            (Leader, Leads) => if_agreed(Purpose::Class),
            _ => otherwise,
        },
        // Of a classmate only where they lead the room, which the room knows.
        Ask::SeeAlarm => match (role, relation) {
            (Patient | Therapist | Leader, Own) => Allowed,
            (Therapist, Treats) | (Leader, Leads) | (Therapist | Leader, Classmate) => {
                if_agreed(Purpose::Class)
            }
            _ => otherwise,
        },
        Ask::ReportPerson | Ask::ReportInsulting | Ask::ReportDisturbing | Ask::ReportNotWhoTheySay => {
            match (role, relation) {
                (Patient | Therapist | Leader, Classmate) => Allowed,
                _ => otherwise,
            }
        }
        Ask::Nonsense => otherwise,
    }
}
