//! What the fuzz target of the pose codec does with its bytes, as in `inputs.rs`. `cargo test` runs the same on all kept inputs
//! (src/wire/tests/crashers.rs).
#![allow(dead_code, reason = "each target uses its own part")]

use baro_wire::pose::{BLOB_BYTES, Decoder, Encoder, Figure, Head, JOINTS, Kind, Shape, Shown};

/// Blobs that come one after the other to one decoder, each behind its length; and the bytes themselves as a figure to send.
pub fn pose(data: &[u8]) {
    let (mut decoder, mut rest) = (Decoder::default(), data);
    while let [length, behind @ ..] = rest {
        let (blob, behind) = behind.split_at(usize::from(*length).min(behind.len()));
        received(&mut decoder, blob);
        rest = behind;
    }
    if let Ok(shape) = Shape::read(data) {
        let mut bytes = Vec::new();
        shape.write(&mut bytes);
        assert_eq!(Shape::read(&bytes), Ok(shape));
    }
    sent(data);
}

fn received(decoder: &mut Decoder, blob: &[u8]) {
    let (head, decoded) = (Head::read(blob), decoder.decode(blob));
    let mut redacted = Vec::new();
    let may = Head::redact(blob, Shown::default(), &mut redacted);
    assert_eq!(head.is_ok(), may.is_ok());
    let Ok(figure) = decoded else { return };
    let head = head.expect("what can be decoded has a head");
    for turn in figure.turns {
        assert!((turn.iter().map(|part| part * part).sum::<f32>() - 1.0).abs() < 1e-5, "{turn:?}");
    }
    assert!(redacted.len() <= blob.len());
    let bare = decoder.decode(&redacted).expect("taking words out leaves the figure");
    assert_eq!((bare.turns, bare.root_m), (figure.turns, figure.root_m));
    if let Kind::Key(id) = head.kind {
        assert!(decoder.holds(id));
    }
}

/// Whatever numbers a client has, not numbers too: its blobs are short and can be read.
fn sent(data: &[u8]) {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let numbers = data.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    let numbers: Vec<f32> = numbers.collect();
    for (numbers, tick) in numbers.chunks(3 + 4 * JOINTS).zip(0_u16..) {
        let mut numbers = numbers.iter().copied();
        let mut figure = Figure::default();
        for number in figure.root_m.iter_mut().chain(figure.turns.iter_mut().flatten()) {
            *number = numbers.next().unwrap_or(0.5);
        }
        let mut blob = Vec::new();
        let head = encoder.encode(tick.wrapping_mul(33), &figure, &mut blob);
        assert!(blob.len() <= BLOB_BYTES);
        decoder.decode(&blob).expect("what is sent can be read");
        if let Kind::Key(id) = head.kind {
            encoder.acknowledged(id);
        }
    }
}
