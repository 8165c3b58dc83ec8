//! From the microphone to what is sent.

use crate::codec::Encoder;
use crate::gate::Gate;
use crate::level::{SILENCE_DB, level_db};
use crate::{FRAME, VoiceError};
use baro_wire::room::Speech;

/// After the key was let go, so much is sent on, in 20 ms: people let go before they end.
const TAIL_FRAMES: u32 = 10;

/// When the person is heard.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Talk {
    /// Not at all.
    #[default]
    Silent,
    /// A key is held: all.
    Held,
    /// Whenever they speak.
    Open,
}

/// The microphone's side of a voice.
pub struct Mouth {
    encoder: Encoder,
    gate: Gate,
    /// What does not fill 20 ms yet.
    rest: Vec<f32>,
    number: u16,
    tail: u32,
    level_db: f32,
    sends: bool,
}

impl Mouth {
    /// One that has said nothing.
    ///
    /// # Errors
    /// Where Opus can't.
    pub fn new() -> Result<Self, VoiceError> {
        Ok(Self {
            encoder: Encoder::new()?,
            gate: Gate::default(),
            rest: Vec::with_capacity(2 * FRAME),
            number: 0,
            tail: 0,
            level_db: SILENCE_DB,
            sends: false,
        })
    }

    /// What the microphone heard, while the loudspeaker plays so loud; gives back what is to be sent.
    pub fn hears(&mut self, samples: &[f32], talk: Talk, played_db: f32) -> Vec<Speech> {
        let mut said = Vec::new();
        self.rest.extend_from_slice(samples);
        let mut rest = std::mem::take(&mut self.rest);
        let whole = rest.len() / FRAME * FRAME;
        for frame in rest[..whole].chunks_exact(FRAME) {
            said.extend(self.frame(frame, talk, played_db));
        }
        rest.drain(..whole);
        self.rest = rest;
        said
    }

    fn frame(&mut self, frame: &[f32], talk: Talk, played_db: f32) -> Option<Speech> {
        let number = self.number;
        self.number = number.wrapping_add(1);
        self.level_db = level_db(frame);
        // The gate listens always, so that it knows the room when it is asked.
        let speaks = self.gate.opens(self.level_db, played_db);
        self.sends = match talk {
            Talk::Held => {
                self.tail = TAIL_FRAMES;
                true
            }
            Talk::Open => speaks,
            Talk::Silent => {
                self.tail = self.tail.saturating_sub(1);
                self.tail > 0
            }
        };
        if talk == Talk::Open {
            self.tail = 0;
        }
        let opus = if self.sends { self.encoder.encode(frame) } else { None };
        opus.map(|opus| Speech { number, opus })
    }

    /// Nothing more goes out, at once: the key's tail neither.
    pub fn hush(&mut self) {
        (self.tail, self.sends) = (0, false);
    }

    /// How loud the microphone is, decibels below full scale.
    pub const fn level_db(&self) -> f32 {
        self.level_db
    }

    /// Does it send?
    pub const fn sends(&self) -> bool {
        self.sends
    }
}
