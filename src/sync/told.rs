//! What the person is told about synchronisation. Each is one Fluent message, `sync-told-` and its id.

use baro_wire::{HelloRefusal, Purpose, Refusal};

/// The one thing that matters most now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Everything is at the clinic.
    UpToDate,
    /// Something is being sent or fetched.
    Busy,
    /// No connection. Nothing is lost; it goes on by itself.
    Offline,
    /// This device's disk is full: what is not stored yet is kept in memory and tried again; free some space.
    DeviceFull,
    /// The server's disk is full. Everything stays here until there is room.
    ServerFull,
    /// The person has not agreed that the server keeps their sessions; they stay here.
    NotAgreed(Purpose),
    /// Something was refused and stays here; why.
    Kept(Refusal),
    /// Signing in failed; why.
    SignIn(Refusal),
    /// This program and the server can't talk; which must be updated.
    Update(HelloRefusal),
    /// This device was revoked. It sends and fetches nothing any more.
    Revoked,
    /// The person's data was erased at the server.
    Erased,
}

impl Told {
    /// Its message.
    pub const fn id(self) -> &'static str {
        match self {
            Self::UpToDate => "up-to-date",
            Self::Busy => "busy",
            Self::Offline => "offline",
            Self::DeviceFull => "device-full",
            Self::ServerFull => "server-full",
            Self::NotAgreed(_) => "not-agreed",
            Self::Kept(_) => "kept",
            Self::SignIn(_) => "sign-in",
            Self::Update(_) => "update",
            Self::Revoked => "revoked",
            Self::Erased => "erased",
        }
    }

    /// What a refusal means for something that waits to be sent.
    pub(crate) const fn of(refusal: Refusal) -> Self {
        match refusal {
            Refusal::ConsentMissing { purpose } => Self::NotAgreed(purpose),
            Refusal::ServerFull { .. } => Self::ServerFull,
            Refusal::Erased => Self::Erased,
            other => Self::Kept(other),
        }
    }
}
