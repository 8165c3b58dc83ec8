//! The two datagrams of movement, laid out by hand: they are sent thirty times a second (`docs/room.md`).
//!
//! Whoever reads them takes the first byte for the kind; a kind that is not known is left unread.

use super::Slot;
use crate::limits::{ACKS, BLOB_BYTES, OWN_KEYS};

/// A key frame of the pose codec, by its name there.
pub type Key = u16;

/// Somebody holds this key of somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Held {
    /// Whose.
    pub slot: Slot,
    /// Which.
    pub key: Key,
}

/// Why bytes are no datagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum BadDatagram {
    #[error("a kind that is not known")]
    Kind,
    #[error("it ends too early")]
    Short,
    #[error("more than there may be")]
    TooMuch,
}

/// From a person's program: which keys it holds, and how the person stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Up {
    /// The program's own clock, for the way there and back; begins anew after 65.536 s.
    pub sent_ms: u16,
    /// At most [`ACKS`], again and again: datagrams are lost.
    pub held: Vec<Held>,
    /// As the pose codec writes it; empty where there is nobody to be seen.
    pub blob: Vec<u8>,
}

/// From the room, one a tick.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Down {
    /// The room's time.
    pub time_ms: u32,
    /// The newest [`Up::sent_ms`] that came, and how long ago; none: nothing new came.
    pub echo: Option<(u16, u8)>,
    /// Keys of the receiver's own on which its deltas may now stand.
    pub own: Vec<Key>,
    /// Whose figure, and the blob. A key stands before what is put on it.
    pub entries: Vec<(Slot, Vec<u8>)>,
}

/// Bytes of a [`Down`] before its entries, at most.
pub const DOWN_HEADER_BYTES: usize = 1 + 4 + 3 + 1 + 2 * OWN_KEYS;
/// Bytes around each blob.
pub const ENTRY_HEADER_BYTES: usize = 2;
const NO_ECHO: u8 = u8::MAX;

/// Is `a` the later of two times of a clock that begins anew after 65.536 s?
pub const fn is_newer(a: u16, b: u16) -> bool {
    a != b && a.wrapping_sub(b) < 1 << 15
}

impl Up {
    /// The first byte.
    pub const KIND: u8 = 1;
    /// The longest.
    pub const BYTES: usize = 4 + 3 * ACKS + BLOB_BYTES;

    /// Appends it. What is beyond its limits is left out.
    pub fn write(&self, out: &mut Vec<u8>) {
        let held = &self.held[..self.held.len().min(ACKS)];
        out.push(Self::KIND);
        out.extend_from_slice(&self.sent_ms.to_le_bytes());
        out.push(held.len() as u8);
        for Held { slot, key } in held {
            out.push(*slot);
            out.extend_from_slice(&key.to_le_bytes());
        }
        if self.blob.len() <= BLOB_BYTES {
            out.extend_from_slice(&self.blob);
        }
    }

    /// Reads it. The blob is checked by its length only.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, BadDatagram> {
        let mut rest = Reader::of(bytes, Self::KIND, Self::BYTES)?;
        let sent_ms = rest.u16()?;
        let count = usize::from(rest.u8()?);
        if count > ACKS {
            return Err(BadDatagram::TooMuch);
        }
        let held =
            (0..count).map(|_| Ok(Held { slot: rest.u8()?, key: rest.u16()? })).collect::<Result<_, _>>()?;
        if rest.0.len() > BLOB_BYTES {
            return Err(BadDatagram::TooMuch);
        }
        Ok(Self { sent_ms, held, blob: rest.0.to_vec() })
    }
}

impl Down {
    /// The first byte.
    pub const KIND: u8 = 2;

    /// Appends it. What is beyond its limits is left out.
    pub fn write(&self, out: &mut Vec<u8>) {
        let own = &self.own[..self.own.len().min(OWN_KEYS)];
        let (sent_ms, ago_ms) = self.echo.map_or((0, NO_ECHO), |(sent, ago)| (sent, ago.min(NO_ECHO - 1)));
        out.push(Self::KIND);
        out.extend_from_slice(&self.time_ms.to_le_bytes());
        out.extend_from_slice(&sent_ms.to_le_bytes());
        out.push(ago_ms);
        out.push(own.len() as u8);
        own.iter().for_each(|key| out.extend_from_slice(&key.to_le_bytes()));
        for (slot, blob) in self.entries.iter().filter(|(_, blob)| blob.len() <= BLOB_BYTES) {
            out.extend_from_slice(&[*slot, blob.len() as u8]);
            out.extend_from_slice(blob);
        }
    }

    /// Reads it. The blobs are checked by their lengths only.
    ///
    /// # Errors
    /// Where it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, BadDatagram> {
        let mut rest = Reader::of(bytes, Self::KIND, usize::from(u16::MAX))?;
        let time_ms = rest.u32()?;
        let (sent_ms, ago_ms) = (rest.u16()?, rest.u8()?);
        let count = usize::from(rest.u8()?);
        if count > OWN_KEYS {
            return Err(BadDatagram::TooMuch);
        }
        let own = (0..count).map(|_| rest.u16()).collect::<Result<_, _>>()?;
        let mut entries = Vec::new();
        while !rest.0.is_empty() {
            let (slot, length) = (rest.u8()?, usize::from(rest.u8()?));
            if length > BLOB_BYTES {
                return Err(BadDatagram::TooMuch);
            }
            entries.push((slot, rest.take(length)?.to_vec()));
        }
        Ok(Self { time_ms, echo: (ago_ms != NO_ECHO).then_some((sent_ms, ago_ms)), own, entries })
    }
}

pub(super) struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn of(bytes: &'a [u8], kind: u8, most: usize) -> Result<Self, BadDatagram> {
        match bytes {
            _ if bytes.len() > most => Err(BadDatagram::TooMuch),
            [found, rest @ ..] if *found == kind => Ok(Self(rest)),
            _ => Err(BadDatagram::Kind),
        }
    }

    pub fn take(&mut self, count: usize) -> Result<&'a [u8], BadDatagram> {
        let (now, later) = self.0.split_at_checked(count).ok_or(BadDatagram::Short)?;
        self.0 = later;
        Ok(now)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], BadDatagram> {
        self.take(N)?.first_chunk().copied().ok_or(BadDatagram::Short)
    }

    pub fn u8(&mut self) -> Result<u8, BadDatagram> {
        self.array().map(|[byte]| byte)
    }

    pub fn u16(&mut self) -> Result<u16, BadDatagram> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, BadDatagram> {
        self.array().map(u32::from_le_bytes)
    }
}
