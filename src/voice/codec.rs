//! Opus, set for speech: mono, 20 ms, with what a lost packet needs in the next one.

use crate::{FRAME, RATE, VoiceError};
use baro_wire::limits::SPEECH_BYTES;
use opus::{Application, Bitrate, Channels, Signal};

/// Bits a second while somebody speaks. Clear wideband speech; its own repair data are in it.
const BITS: i32 = 24_000;
/// Packets in a hundred that may be lost: so much room repair data get.
const LOST: i32 = 10;
/// Packets so short say that nobody speaks: they need not be sent.
const NOTHING: usize = 2;
/// 0 to 10: more is hardly heard, and costs the exercise.
const COMPLEXITY: i32 = 5;

pub struct Encoder(opus::Encoder);

impl Encoder {
    pub fn new() -> Result<Self, VoiceError> {
        let mut encoder = opus::Encoder::new(RATE as u32, Channels::Mono, Application::Voip)?;
        encoder.set_bitrate(Bitrate::Bits(BITS))?;
        encoder.set_signal(Signal::Voice)?;
        encoder.set_complexity(COMPLEXITY)?;
        encoder.set_inband_fec(true)?;
        encoder.set_packet_loss_perc(LOST)?;
        encoder.set_dtx(true)?;
        Ok(Self(encoder))
    }

    /// 20 ms, packed; none where Opus can't.
    pub fn encode(&mut self, frame: &[f32]) -> Option<Vec<u8>> {
        let packed = self.0.encode_vec_float(frame, SPEECH_BYTES).ok()?;
        (packed.len() > NOTHING).then_some(packed)
    }
}

pub struct Decoder(opus::Decoder);

impl Decoder {
    pub fn new() -> Result<Self, VoiceError> {
        Ok(Self(opus::Decoder::new(RATE as u32, Channels::Mono)?))
    }

    /// What was packed.
    pub fn decode(&mut self, packed: &[u8]) -> [f32; FRAME] {
        self.run(packed, false)
    }

    /// The 20 ms before these, as far as they say what it was.
    pub fn repair(&mut self, next: &[u8]) -> [f32; FRAME] {
        self.run(next, true)
    }

    /// What may have been in 20 ms that never came.
    pub fn guess(&mut self) -> [f32; FRAME] {
        self.run(&[], false)
    }

    /// Silence where it is no Opus: it came from somebody else's program.
    fn run(&mut self, packed: &[u8], fec: bool) -> [f32; FRAME] {
        // Somebody else's packet may hold up to 120 ms.
        let mut out = [0.0; 6 * FRAME];
        let room = if fec || packed.is_empty() { &mut out[..FRAME] } else { &mut out[..] };
        let found = self.0.decode_float(packed, room, fec);
        let mut frame = [0.0; FRAME];
        if found.is_ok_and(|samples| samples == FRAME) {
            frame.copy_from_slice(&out[..FRAME]);
        }
        frame.iter_mut().filter(|sample| !sample.is_finite()).for_each(|sample| *sample = 0.0);
        frame
    }
}

impl From<opus::Error> for VoiceError {
    fn from(error: opus::Error) -> Self {
        Self::Opus(error.description().to_owned())
    }
}
