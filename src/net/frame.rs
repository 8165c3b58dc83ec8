//! One message on a stream.

use baro_wire::{DecodeError, EncodeError, Frames, Message, Version, decode, encode};
use quinn::{ReadError, RecvStream, SendStream, WriteError};

/// Bytes taken from the stream at a time.
const PIECE: usize = 64 * 1024;

/// Why there is no message.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    #[error(transparent)]
    Decode(#[from] DecodeError),
    #[error(transparent)]
    Encode(#[from] EncodeError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error("the stream ended early, or has something behind its message")]
    Ends,
}

/// The frames of a stream, one after the other. A call that is broken off loses nothing.
pub(crate) struct Reader {
    pub recv: RecvStream,
    frames: Frames,
    rest: Vec<u8>,
}

impl Reader {
    pub fn new(recv: RecvStream, most: usize) -> Self {
        Self { recv, frames: Frames::new(most), rest: Vec::new() }
    }

    /// From the next frame on they may be so long.
    pub fn limit(&mut self, most: usize) {
        self.frames = Frames::new(most);
    }

    /// The next frame's payload; none at the stream's end.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, FrameError> {
        loop {
            let mut bytes = self.rest.as_slice();
            let whole = self.frames.take(&mut bytes)?;
            self.rest = bytes.to_vec();
            if whole.is_some() {
                return Ok(whole);
            }
            match self.recv.read_chunk(PIECE, true).await? {
                Some(piece) => self.rest.extend_from_slice(&piece.bytes),
                None if self.frames.is_inside() => return Err(FrameError::Ends),
                None => return Ok(None),
            }
        }
    }

    /// Nothing may stand behind the frame that came.
    pub async fn end(&mut self) -> Result<(), FrameError> {
        match self.rest.is_empty() && self.recv.read_chunk(PIECE, true).await?.is_none() {
            true => Ok(()),
            false => Err(FrameError::Ends),
        }
    }
}

/// The only message of a stream, of at most `most` bytes. Reads to the stream's end.
pub(crate) async fn read_only(from: &mut RecvStream, most: usize) -> Result<Vec<u8>, FrameError> {
    let mut frames = Frames::new(most);
    let mut whole = None;
    while let Some(piece) = from.read_chunk(PIECE, true).await? {
        let mut bytes = &*piece.bytes;
        if whole.is_none() {
            whole = frames.take(&mut bytes)?;
        }
        if !bytes.is_empty() {
            return Err(FrameError::Ends);
        }
    }
    whole.ok_or(FrameError::Ends)
}

/// The only message of a stream, as what it is.
pub(crate) async fn read<M: Message>(from: &mut RecvStream, version: Version) -> Result<M, FrameError> {
    Ok(decode(&read_only(from, M::MOST).await?, version)?)
}

/// The next message of several; none at the stream's end.
pub(crate) async fn read_next<M: Message>(
    from: &mut RecvStream,
    version: Version,
) -> Result<Option<M>, FrameError> {
    let mut frames = Frames::new(M::MOST);
    loop {
        // Never more than the frame: what is behind it is the next call's.
        let mut byte = [0; 1];
        match from.read(&mut byte).await? {
            None if frames.is_inside() => return Err(FrameError::Ends),
            None => return Ok(None),
            Some(_) => {}
        }
        if let Some(payload) = frames.take(&mut byte.as_slice())? {
            return Ok(Some(decode(&payload, version)?));
        }
    }
}

/// Writes a message; how many bytes it has.
pub(crate) async fn write<M: Message + Sync>(
    to: &mut SendStream,
    message: &M,
    version: Version,
) -> Result<usize, FrameError> {
    let frame = encode(message, version)?;
    to.write_all(&frame).await?;
    Ok(frame.len())
}
