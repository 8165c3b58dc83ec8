//! The two datagrams of speech: 20 ms each, sent when they are said and not with the next tick (`docs/room.md`).

use super::datagram::Reader;
use super::{BadDatagram, Slot};
use crate::limits::SPEECH_BYTES;

/// 20 ms of somebody's voice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speech {
    /// Counts 20 ms of the microphone's time, those that are not sent too: so it says when this was said. Begins anew after 2¹⁶.
    pub number: u16,
    /// As Opus packed it; never empty.
    pub opus: Vec<u8>,
}

impl Speech {
    /// The first byte on the way up.
    pub const UP: u8 = 3;
    /// The first byte on the way down.
    pub const DOWN: u8 = 4;

    /// Appends it, for the room.
    pub fn write_up(&self, out: &mut Vec<u8>) {
        out.push(Self::UP);
        self.write(out);
    }

    /// Appends it, for somebody in the room.
    pub fn write_down(&self, by: Slot, out: &mut Vec<u8>) {
        out.extend_from_slice(&[Self::DOWN, by]);
        self.write(out);
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.number.to_le_bytes());
        out.extend_from_slice(&self.opus);
    }

    /// Reads what somebody sends to the room. What Opus packed is checked by its length only.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read_up(bytes: &[u8]) -> Result<Self, BadDatagram> {
        Self::read(Reader::of(bytes, Self::UP, 3 + SPEECH_BYTES)?)
    }

    /// Reads what the room sends, and who says it.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read_down(bytes: &[u8]) -> Result<(Slot, Self), BadDatagram> {
        let mut rest = Reader::of(bytes, Self::DOWN, 4 + SPEECH_BYTES)?;
        Ok((rest.u8()?, Self::read(rest)?))
    }

    fn read(mut rest: Reader) -> Result<Self, BadDatagram> {
        let number = rest.u16()?;
        let opus = rest.take(rest.0.len())?.to_vec();
        if opus.is_empty() { Err(BadDatagram::Short) } else { Ok(Self { number, opus }) }
    }
}
