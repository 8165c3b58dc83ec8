//! The voices of a room, beside its movement: each 20 ms go out as soon as they are there.

use crate::lock;
use baro_wire::room::{Slot, Speech};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Instant,
};
use tokio::sync::mpsc::Sender;

/// What is said and not yet on its way: a quarter of a second. Later it would be too late.
pub(super) const SAID: usize = 12;
/// What came and was not fetched: two seconds of four voices. The oldest is forgotten.
const HEARD: usize = 400;

/// 20 ms of somebody's voice that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// When.
    pub at: Instant,
    /// Whose.
    pub by: Slot,
    /// It.
    pub speech: Speech,
}

/// Where a microphone speaks into a room, and what is said there is heard. Outlives the stay: then nothing goes through it.
#[derive(Debug, Clone)]
pub struct VoiceLine {
    pub(super) said: Sender<Vec<u8>>,
    pub(super) heard: Arc<Mutex<VecDeque<Heard>>>,
}

impl VoiceLine {
    /// 20 ms of the own voice; lost where the network takes nothing.
    pub fn say(&self, speech: &Speech) {
        let mut bytes = Vec::new();
        speech.write_up(&mut bytes);
        let _ = self.said.try_send(bytes);
    }

    /// What came since this was asked last.
    pub fn heard(&self) -> Vec<Heard> {
        lock(&self.heard).drain(..).collect()
    }

    pub(super) fn came(&self, bytes: &[u8]) {
        let Ok((by, speech)) = Speech::read_down(bytes) else { return };
        let mut heard = lock(&self.heard);
        if heard.len() == HEARD {
            heard.pop_front();
        }
        heard.push_back(Heard { at: Instant::now(), by, speech });
    }
}
