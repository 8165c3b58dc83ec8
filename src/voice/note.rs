//! A spoken note, as a browser recorded it: Opus in WebM or Ogg.

use crate::{FRAME, RATE};
use opus::Channels;
use std::io::Cursor;
use symphonia::{
    core::{
        codecs::audio::well_known::CODEC_ID_OPUS,
        formats::{FormatOptions, TrackType, probe::Hint},
        io::MediaSourceStream,
        meta::MetadataOptions,
    },
    default::get_probe,
};

/// A note is a minute; what claims to be much more is none.
const MOST_S: usize = 120;

/// A spoken note can't be played.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// It is damaged, or something else.
    #[error("the spoken note can't be read: {0}")]
    Unreadable(String),
    /// There is no Opus in it.
    #[error("the spoken note holds no Opus")]
    NoOpus,
}

/// Its samples, one channel, [`RATE`] a second.
///
/// # Errors
/// What is no WebM or Ogg with Opus in it.
pub fn decode_note(bytes: Vec<u8>) -> Result<Vec<f32>, NoteError> {
    let unreadable = |error: &dyn std::fmt::Display| NoteError::Unreadable(error.to_string());
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let (format, meta) = (FormatOptions::default(), MetadataOptions::default());
    let mut reader =
        get_probe().probe(&Hint::new(), stream, format, meta).map_err(|error| unreadable(&error))?;
    let track = reader.first_track(TrackType::Audio).ok_or(NoteError::NoOpus)?;
    let codec = track.codec_params.as_ref().and_then(|params| params.audio());
    if codec.is_none_or(|params| params.codec != CODEC_ID_OPUS) {
        return Err(NoteError::NoOpus);
    }
    let track = track.id;
    // Two channels become one where it is decoded.
    let mut decoder = opus::Decoder::new(RATE as u32, Channels::Mono).map_err(|error| unreadable(&error))?;
    let (mut samples, mut frame) = (Vec::new(), [0.0; 6 * FRAME]);
    while samples.len() < MOST_S * RATE {
        // What is damaged from here on is heard as far as it goes.
        let Ok(Some(packet)) = reader.next_packet() else { break };
        if packet.track_id == track
            && let Ok(count) = decoder.decode_float(&packet.data, &mut frame, false)
        {
            samples
                .extend(frame[..count].iter().map(|sample| if sample.is_finite() { *sample } else { 0.0 }));
        }
    }
    if samples.is_empty() { Err(NoteError::NoOpus) } else { Ok(samples) }
}
