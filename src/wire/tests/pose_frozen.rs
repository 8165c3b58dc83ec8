//! The bytes of the pose codec are kept in `frozen/pose-v1.txt`, with a digest of what each decodes to: a version that was given out never
//! changes, on no platform.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_wire::pose::{Decoder, Encoder, Figure, Flag, JOINTS, Kind, Seen, State};
use std::fmt::Write as _;
use std::path::Path;

/// Movement from whole numbers, roots and quotients alone: the same everywhere.
fn figure(tick: u16) -> Figure {
    let wave = f32::from(tick % 40).min(40.0 - f32::from(tick % 40)) / 20.0;
    let mut figure = Figure { root_m: [0.25, 0.9 - 0.3 * wave, -1.5], ..Figure::default() };
    for joint in 0..JOINTS {
        let lot = |k: usize| ((joint * 37 + k * 11) % 23) as f32 / 23.0 - 0.5;
        let turn = [lot(1) * wave, lot(2) * wave, lot(3) * wave, 1.0];
        // One joint passes half a turn.
        let turn = if joint == 8 { [3.0 * wave, 0.1, 0.0, 1.5 - 2.0 * wave] } else { turn };
        let length = turn.iter().map(|part| part * part).sum::<f32>().sqrt();
        figure.turns[joint] = turn.map(|part| part / length);
    }
    if tick > 20 {
        figure.seen = Seen::from_bits(0x3f_00ff);
        figure.state = State::new(2, 7).with(Flag::Pain, true);
        figure.heart_rate_bpm = Some(101);
    }
    figure
}

/// FNV-1a over the bits of a decoded figure.
fn digest(figure: &Figure) -> u64 {
    let numbers = figure.root_m.iter().chain(figure.turns.iter().flatten());
    let bytes = numbers.flat_map(|number| number.to_bits().to_le_bytes());
    let bytes = bytes.chain(figure.seen.bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn bytes_and_figures_are_frozen() {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let mut now = String::new();
    for tick in 0..60 {
        let mut blob = Vec::new();
        let head = encoder.encode(tick * 33, &figure(tick), &mut blob);
        let hex: String = blob.iter().map(|byte| format!("{byte:02x}")).collect();
        writeln!(now, "{hex} {:016x}", digest(&decoder.decode(&blob).unwrap())).unwrap();
        if let (Kind::Key(id), 2..) = (head.kind, tick) {
            encoder.acknowledged(id);
        } else if let (Kind::Whole, 4) = (head.kind, tick) {
            encoder.renew();
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/pose-v1.txt");
    // Only for a version that nobody has yet.
    if std::env::var_os("BARO_FREEZE").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    assert_eq!(std::fs::read_to_string(file).unwrap_or_default(), now);
}
