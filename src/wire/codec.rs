//! Messages as bytes and back.

use crate::limits::{FRAME_HEADER_BYTES, GREETING_BYTES, MESSAGE_BYTES, PUSH_BYTES, ROOM_BYTES};
use crate::{Described, Hello, Push, Reply, Request, RoomAsk, RoomTold, Version, Welcome};
use serde::{Serialize, de::DeserializeOwned};

/// What travels in a frame of its own.
pub trait Message: Serialize + DeserializeOwned + Described {
    /// Longest payload.
    const MOST: usize;
}

impl Message for Hello {
    const MOST: usize = GREETING_BYTES;
}
impl Message for Welcome {
    const MOST: usize = GREETING_BYTES;
}
impl Message for Request {
    const MOST: usize = MESSAGE_BYTES;
}
impl Message for Reply {
    const MOST: usize = MESSAGE_BYTES;
}
impl Message for Push {
    const MOST: usize = PUSH_BYTES;
}
impl Message for RoomAsk {
    const MOST: usize = ROOM_BYTES;
}
impl Message for RoomTold {
    const MOST: usize = ROOM_BYTES;
}

/// Why a message can't be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum EncodeError {
    #[error("the other side speaks version {0:?}, which has no such message")]
    NotInVersion(Version),
    #[error("the message has {is} bytes, {most} fit")]
    TooLong { is: usize, most: usize },
    #[error("the message can't be encoded: {0}")]
    Postcard(postcard::Error),
}

/// Why bytes are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each variant's message says what it is")]
pub enum DecodeError {
    #[error("a frame of {is} bytes; {most} are allowed here")]
    TooLong { is: usize, most: usize },
    #[error("no message of this protocol: {0}")]
    Postcard(postcard::Error),
    #[error("{0} bytes behind the message")]
    Trailing(usize),
    #[error("a message that version {0:?} does not have")]
    NotInVersion(Version),
}

/// A whole frame: length (`u32`, little-endian) and payload.
pub fn encode<M: Message>(message: &M, version: Version) -> Result<Vec<u8>, EncodeError> {
    if message.since() > version {
        return Err(EncodeError::NotInVersion(version));
    }
    let frame = postcard::to_extend(message, vec![0; FRAME_HEADER_BYTES]).map_err(EncodeError::Postcard)?;
    seal_frame(frame, M::MOST)
}

fn seal_frame(mut frame: Vec<u8>, most: usize) -> Result<Vec<u8>, EncodeError> {
    let is = frame.len() - FRAME_HEADER_BYTES;
    let length = u32::try_from(is).ok().filter(|_| is <= most).ok_or(EncodeError::TooLong { is, most })?;
    frame[..FRAME_HEADER_BYTES].copy_from_slice(&length.to_le_bytes());
    Ok(frame)
}

/// The message of a frame's payload: all of it, and nothing that the version does not have.
pub fn decode<M: Message>(payload: &[u8], version: Version) -> Result<M, DecodeError> {
    if payload.len() > M::MOST {
        return Err(DecodeError::TooLong { is: payload.len(), most: M::MOST });
    }
    let (message, rest) = postcard::take_from_bytes::<M>(payload).map_err(DecodeError::Postcard)?;
    if !rest.is_empty() {
        return Err(DecodeError::Trailing(rest.len()));
    }
    if message.since() > version {
        return Err(DecodeError::NotInVersion(version));
    }
    Ok(message)
}

/// Cuts a stream of bytes into frames. It never holds more than one frame of the allowed length.
#[derive(Debug)]
pub struct Frames {
    most: usize,
    held: Vec<u8>,
}

impl Frames {
    /// For frames of at most this payload, such as `Request::MOST`.
    pub const fn new(most: usize) -> Self {
        Self { most, held: Vec::new() }
    }

    /// Takes bytes off the front until a payload is whole: `None` when it needs more. Call it again while bytes are left.
    /// After an error the stream can't be read on.
    pub fn take(&mut self, bytes: &mut &[u8]) -> Result<Option<Vec<u8>>, DecodeError> {
        self.fill(bytes, FRAME_HEADER_BYTES);
        let Some(header) = self.held.first_chunk::<FRAME_HEADER_BYTES>() else { return Ok(None) };
        let is = u32::from_le_bytes(*header) as usize;
        if is > self.most {
            return Err(DecodeError::TooLong { is, most: self.most });
        }
        self.fill(bytes, FRAME_HEADER_BYTES + is);
        if self.held.len() < FRAME_HEADER_BYTES + is {
            return Ok(None);
        }
        let payload = self.held.split_off(FRAME_HEADER_BYTES);
        self.held.clear();
        Ok(Some(payload))
    }

    /// Did the stream end in the middle of a frame?
    pub const fn is_inside(&self) -> bool {
        !self.held.is_empty()
    }

    fn fill(&mut self, bytes: &mut &[u8], upto: usize) {
        let (now, later) = bytes.split_at(upto.saturating_sub(self.held.len()).min(bytes.len()));
        self.held.extend_from_slice(now);
        *bytes = later;
    }
}
