//! The sync agent: what of a person's folder goes to their clinic, and what comes back.
//!
//! [`Pairer`] connects the folder with a clinic's server; from then on an [`Agent`] works in the background for as long as the
//! program runs. It reads what [`baro_home`] and [`baro_record`] have written, and writes only the therapist's plan and its own
//! `clinic.db`. Without a connection everything waits there, for as long as it takes.

mod agent;
mod appointments;
mod class;
mod desk;
mod device;
mod pairing;
mod restored;
mod scan;
mod scanner;
mod talk;
#[cfg(test)]
mod texts;

pub use agent::{Agent, AgentError, State};
pub use baro_net::{Fault, Heard, RoomEvent, RoomLink, VoiceLine};
pub use baro_sync::Told;
pub use baro_sync::room::{
    Over, Person, View,
    receive::{Drawn, How},
};
pub use class::{At, Entry};
pub use desk::{Choose, Desk, Missing, Patient, Seen, Treated};
pub use pairing::{Pairer, PairingError, unpair};
pub use talk::{Said, SaidWhat};
