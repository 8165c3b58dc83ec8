//! Spoken notes as browsers make them. The fixtures are a second of 440 Hz: `ffmpeg -f lavfi -i sine=frequency=440:duration=1
//! -c:a libopus -b:a 16k -f webm - > tone.webm`, and the same with `-f ogg`.

use baro_voice::{NoteError, RATE, decode_note};

const WEBM: &[u8] = include_bytes!("fixtures/tone.webm");
const OGG: &[u8] = include_bytes!("fixtures/tone.ogg");

#[test]
fn a_note_is_heard_as_it_was_spoken() {
    for note in [WEBM, OGG] {
        let samples = decode_note(note.to_vec()).unwrap();
        assert!(samples.len().abs_diff(RATE) < RATE / 20, "{} samples of a second", samples.len());
        // Zero crossings upwards in the middle half second.
        let middle = &samples[RATE / 4..RATE * 3 / 4];
        let crossings = middle.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
        assert!(crossings.abs_diff(220) <= 2, "{crossings} periods in half a second");
    }
}

#[test]
fn what_is_no_note_is_refused() {
    assert!(matches!(decode_note(Vec::new()), Err(NoteError::Unreadable(_))));
    assert!(matches!(decode_note(b"a letter, not a sound".repeat(200)), Err(NoteError::Unreadable(_))));
    for note in [WEBM, OGG] {
        if let Ok(part) = decode_note(note[..note.len() * 2 / 3].to_vec()) {
            assert!(part.len() > RATE / 4 && part.len() < RATE, "{}", part.len());
        }
        let mut rng = fastrand::Rng::with_seed(7);
        for _ in 0..300 {
            let mut torn = note.to_vec();
            let at = rng.usize(..torn.len());
            torn[at] = rng.u8(..);
            // Whatever comes of it, it is told and ends.
            let _ = decode_note(torn);
        }
    }
}
