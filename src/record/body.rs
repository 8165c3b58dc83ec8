//! What is in a chunk: header, frames and events, packed.

use crate::{Digest, Entry, Event, Header, frames::FramesBlock, grid::Grid};
use flate2::{Compression, read::DeflateDecoder, write::DeflateEncoder};
use serde::{Deserialize, Serialize};
use std::io::{Read as _, Write as _};

/// Words of one chunk at most, unpacked: far more than the largest exercise with the largest reference motion.
const MAX_WORDS: u64 = 1 << 20;

/// What the first chunk begins with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct First {
    pub header: Header,
    /// Tells the person's devices apart without naming them.
    pub device: Option<Digest>,
}

/// What a record grows by, one at a time.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are frames")]
pub(crate) enum Piece {
    Frame(Grid),
    Event(Event),
    End(Digest),
}

/// A piece as the journal keeps it.
#[derive(Serialize, Deserialize)]
enum Stored {
    Frame(i64, Option<Vec<i16>>),
    Event(Event),
    End(Digest),
}

/// Everything that is no frame, each with the number of frames before it.
#[derive(Serialize, Deserialize)]
struct Words {
    first: Option<First>,
    said: Vec<(u32, Word)>,
}

#[derive(Serialize, Deserialize)]
enum Word {
    Event(Event),
    End(Digest),
}

#[derive(Serialize, Deserialize)]
struct Packed {
    /// [`Words`], deflated.
    words: Vec<u8>,
    frames: FramesBlock,
}

impl Piece {
    /// For the journal.
    pub fn to_bytes(&self) -> Result<Vec<u8>, postcard::Error> {
        postcard::to_allocvec(&match self {
            Self::Frame(frame) => Stored::Frame(frame.ticks, frame.body.map(|body| body.to_vec())),
            Self::Event(event) => Stored::Event(event.clone()),
            Self::End(digest) => Stored::End(*digest),
        })
    }

    /// From the journal.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Some(match postcard::from_bytes(bytes).ok()? {
            Stored::Frame(ticks, None) => Self::Frame(Grid { ticks, body: None }),
            Stored::Frame(ticks, Some(body)) => {
                Self::Frame(Grid { ticks, body: Some(body.as_slice().try_into().ok()?) })
            }
            Stored::Event(event) => Self::Event(event),
            Stored::End(digest) => Self::End(digest),
        })
    }

    /// As a reader sees it.
    pub fn entry(self) -> Entry {
        match self {
            Self::Frame(grid) => Entry::Frame(Box::new(grid.frame())),
            Self::Event(event) => Entry::Event(event),
            Self::End(digest) => Entry::End(digest),
        }
    }
}

/// Packs what goes into one chunk; `None` where it is more than one can hold.
pub(crate) fn pack(first: Option<First>, pieces: &[Piece]) -> Option<Vec<u8>> {
    let (mut frames, mut said) = (Vec::with_capacity(pieces.len()), Vec::new());
    for piece in pieces {
        let before = u32::try_from(frames.len()).ok()?;
        match piece {
            Piece::Frame(frame) => frames.push(*frame),
            Piece::Event(event) => said.push((before, Word::Event(event.clone()))),
            Piece::End(digest) => said.push((before, Word::End(*digest))),
        }
    }
    let words = postcard::to_allocvec(&Words { first, said }).ok()?;
    if words.len() as u64 > MAX_WORDS {
        return None;
    }
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::default());
    deflate.write_all(&words).ok()?;
    let packed = Packed { words: deflate.finish().ok()?, frames: FramesBlock::encode(&frames)? };
    postcard::to_allocvec(&packed).ok()
}

/// What was packed; `None` where it was not by [`pack`].
pub(crate) fn unpack(body: &[u8]) -> Option<(Option<First>, Vec<Piece>)> {
    let packed: Packed = postcard::from_bytes(body).ok()?;
    let mut words = Vec::new();
    DeflateDecoder::new(packed.words.as_slice()).take(MAX_WORDS + 1).read_to_end(&mut words).ok()?;
    if words.len() as u64 > MAX_WORDS {
        return None;
    }
    let Words { first, said } = postcard::from_bytes(&words).ok()?;
    let frames = packed.frames.decode()?;
    let mut pieces = Vec::with_capacity(frames.len() + said.len());
    let mut said = said.into_iter().peekable();
    for n in 0..=frames.len() {
        while let Some((_, word)) = said.next_if(|(before, _)| *before as usize == n) {
            pieces.push(match word {
                Word::Event(event) => Piece::Event(event),
                Word::End(digest) => Piece::End(digest),
            });
        }
        pieces.extend(frames.get(n).copied().map(Piece::Frame));
    }
    said.next().is_none().then_some((first, pieces))
}
