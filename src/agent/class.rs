//! Into a live room, as the person whose folder it is.

use crate::{Agent, AgentError};
use baro_net::{Prove, RoomLink, Visitor};
use baro_record::PersonKey;
use baro_wire::limits::CALLED_BYTES;
use baro_wire::room::{Door, Shows};
use baro_wire::{PersonProof, Role, Text, TooLong, sign_in_proof};
use std::sync::Arc;

/// At the door of a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// With the code that its leader gave out.
    Code(String),
    /// To open one, by its title.
    New(String),
}

/// Who comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Into which.
    pub at: At,
    /// What the others call them.
    pub called: String,
    /// What the others see of them.
    pub shows: Shows,
    /// The second factor's six digits, for who leads or treats.
    pub digits: Option<u32>,
}

impl Agent {
    /// May this person open a class?
    pub fn leads(&self) -> bool {
        matches!(self.shared().pairing.role, Role::Leader | Role::Therapist)
    }

    /// Goes into a class on a connection of its own. What comes of it is told by the link.
    ///
    /// # Errors
    /// Code or title are too long, or a thread can't be started.
    pub fn enter(&self, entry: Entry) -> Result<RoomLink, AgentError> {
        let shared = Arc::clone(self.shared());
        let door = match entry.at {
            At::Code(code) => Door::Invited { code: text(code.trim().to_uppercase())? },
            At::New(title) => Door::Open { title: text(title)? },
        };
        let visitor = Visitor {
            server: shared.address().clone(),
            device: shared.pairing.device,
            door,
            called: called(&entry.called),
            shows: entry.shows,
        };
        let device = PersonKey::from_seed(&shared.pairing.device_secret);
        let prove: Prove = Box::new(move |challenge| {
            let message = sign_in_proof(challenge, &shared.pairing.device);
            let person = match entry.digits {
                Some(digits) => PersonProof::Factor { digits },
                None => PersonProof::Key { signature: shared.keys.person().prove(&message).into() },
            };
            Some((device.prove(&message).into(), person))
        });
        Ok(RoomLink::enter(visitor, prove)?)
    }
}

/// A name of any length comes in, as much of it as fits.
fn called(name: &str) -> Text<CALLED_BYTES> {
    let name = name.trim();
    Text::new(name[..name.floor_char_boundary(CALLED_BYTES)].trim_end()).unwrap_or_default()
}

fn text<const MOST: usize>(text: String) -> Result<Text<MOST>, AgentError> {
    Text::new(&text).map_err(|TooLong { .. }| AgentError::TooLong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_two_letters() {
        let name = "남궁".repeat(20);
        let called = called(&name);
        assert_eq!(called.len(), CALLED_BYTES / 3 * 3);
        assert!(name.starts_with(&*called));
        assert_eq!(&*super::called(" 지수 "), "지수");
    }
}
