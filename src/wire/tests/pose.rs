//! The pose codec: what comes out is what went in, in whatever order blobs come.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

use baro_wire::pose::{
    BLOB_BYTES, Decoder, Encoder, Figure, Flag, Head, JOINTS, KeyId, Kind, PHASES, PoseError, Seen, Shape,
    Shown, State,
};
use proptest::prelude::*;

/// The largest error of any turn on any key, degrees: ½ step in three parts and what the fourth makes of it.
const MOST_DEG: f32 = 1.05;

fn quaternion() -> impl Strategy<Value = [f32; 4]> {
    // Also of no length, and of the other sign.
    prop::array::uniform4(-1.0_f32..1.0).prop_map(|q| {
        let length = q.iter().map(|part| part * part).sum::<f32>().sqrt();
        if length < 0.01 { [0.0, 0.0, 0.0, 1.0] } else { q.map(|part| part / length) }
    })
}

prop_compose! {
    fn figure()(
        root_m in (-16.0_f32..16.0, -1.0_f32..3.0, -16.0_f32..16.0),
        turns in prop::collection::vec(quaternion(), JOINTS),
        seen in any::<u32>(),
        phase in 0..PHASES,
        repetitions in any::<u8>(),
        flags in prop::array::uniform5(any::<bool>()),
        heart_rate_bpm in prop::option::of(1_u8..),
    ) -> Figure {
        let mut state = State::new(phase, repetitions);
        for (flag, on) in State::FLAGS.into_iter().zip(flags) {
            state = state.with(flag, on);
        }
        Figure {
            root_m: root_m.into(),
            turns: turns.try_into().unwrap(),
            seen: Seen::from_bits(seen),
            state,
            heart_rate_bpm,
        }
    }
}

fn apart_deg(a: [f32; 4], b: [f32; 4]) -> f32 {
    // The chord is exact where the cosine is not.
    let chord = |sign: f32| a.iter().zip(b).map(|(a, b)| (a - sign * b).powi(2)).sum::<f32>().sqrt();
    (4.0 * (chord(1.0).min(chord(-1.0)) / 2.0).asin()).to_degrees()
}

fn assert_like(is: &Figure, sent: &Figure) {
    for (is, sent) in is.turns.iter().zip(sent.turns) {
        assert!(apart_deg(*is, sent) <= MOST_DEG, "{is:?} {sent:?}: {}", apart_deg(*is, sent));
    }
    for (is, sent) in is.root_m.iter().zip(sent.root_m) {
        assert!((is - sent).abs() < 0.0011, "{is} {sent}");
    }
    assert_eq!((is.seen, is.state, is.heart_rate_bpm), (sent.seen, sent.state, sent.heart_rate_bpm));
}

fn encode(encoder: &mut Encoder, time_ms: u16, figure: &Figure) -> (Head, Vec<u8>) {
    let mut blob = Vec::new();
    let head = encoder.encode(time_ms, figure, &mut blob);
    assert!(blob.len() <= BLOB_BYTES);
    (head, blob)
}

proptest! {
    #[test]
    fn any_figures_come_back(figures in prop::collection::vec(figure(), 1..12)) {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        for (figure, tick) in figures.iter().zip(0..) {
            let (head, blob) = encode(&mut encoder, tick * 33, figure);
            let decoded = decoder.decode(&blob).unwrap();
            assert_like(&decoded, figure);
            let read = Head::read(&blob).unwrap();
            prop_assert_eq!((read.time_ms, read.kind, read.state), (head.time_ms, head.kind, figure.state));
            prop_assert_eq!((read.root_m, read.moving), (decoded.root_m, head.moving));
            if let Kind::Key(id) = read.kind {
                encoder.acknowledged(id);
            }
        }
    }

    /// A quaternion and its negative are the same turn: the same bytes.
    #[test]
    fn the_sign_changes_nothing(figure in figure()) {
        let turned = Figure { turns: figure.turns.map(|q| q.map(|part| -part)), ..figure };
        let bytes = |figure| encode(&mut Encoder::default(), 7, figure).1;
        prop_assert_eq!(bytes(&figure), bytes(&turned));
    }

    /// Whatever is lost, late or twice: each blob gives its own figure, or says which key it lacks.
    #[test]
    fn any_order_and_loss(
        figures in prop::collection::vec(figure(), 4..40),
        deliveries in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4), 1..80),
    ) {
        let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
        let (mut sent, mut held) = (Vec::new(), Vec::<KeyId>::new());
        let mut deliveries = deliveries.into_iter();
        for (figure, tick) in figures.iter().zip(0_u16..) {
            sent.push((*figure, encode(&mut encoder, tick.wrapping_mul(9_000), figure).1));
            for (index, more) in deliveries.by_ref() {
                let (figure, blob) = index.get(&sent);
                match (Head::read(blob).unwrap().kind, decoder.decode(blob)) {
                    (kind, Ok(decoded)) => {
                        assert_like(&decoded, figure);
                        if let Kind::Key(id) = kind {
                            held.push(id);
                            encoder.acknowledged(id);
                        }
                    }
                    (Kind::Delta(base), Err(error)) => {
                        prop_assert_eq!(error, PoseError::MissingKey(base));
                        prop_assert!(!decoder.holds(base));
                    }
                    (kind, Err(error)) => prop_assert!(false, "{kind:?} {error}"),
                }
                if more == 0 {
                    break;
                }
            }
        }
    }

    #[test]
    fn garbage_is_an_error_or_a_figure(bytes in prop::collection::vec(any::<u8>(), 0..140)) {
        let mut decoder = Decoder::default();
        for first in [bytes.first().copied().unwrap_or_default(), 0x10, 0x18, 0x1f] {
            let mut blob = bytes.clone();
            blob.iter_mut().take(1).for_each(|byte| *byte = first);
            if let Ok(figure) = decoder.decode(&blob) {
                for turn in figure.turns {
                    prop_assert!((turn.iter().map(|part| part * part).sum::<f32>() - 1.0).abs() < 1e-5);
                }
            }
            let _ = Head::redact(&blob, Shown::default(), &mut Vec::new());
            let _ = Shape::read(&blob);
        }
    }
}

fn bending(angle: f32) -> Figure {
    let (sin, cos) = (angle / 2.0).sin_cos();
    let mut figure = Figure { root_m: [1.0, 0.9, -2.0], ..Figure::default() };
    for joint in [15, 16, 17, 19, 20, 21] {
        figure.turns[joint] = [sin, 0.0, 0.0, cos];
    }
    figure
}

#[test]
fn a_lost_delta_costs_only_itself() {
    let (mut encoder, mut decoder) = (Encoder::default(), Decoder::default());
    let mut deltas = 0;
    for tick in 0..200_u16 {
        let figure = bending((f32::from(tick) / 20.0).sin());
        let (head, blob) = encode(&mut encoder, tick * 33, &figure);
        let is_key = matches!(head.kind, Kind::Key(_));
        deltas += u32::from(!is_key);
        if is_key || tick % 3 == 0 {
            assert_like(&decoder.decode(&blob).unwrap(), &figure);
        }
        if let Kind::Key(id) = head.kind {
            encoder.acknowledged(id);
        }
    }
    assert!(deltas > 150, "{deltas}");
}

#[test]
fn nothing_is_based_on_a_key_that_nobody_has() {
    let mut encoder = Encoder::default();
    let mut kinds = Vec::new();
    for tick in 0..60_u16 {
        let (head, blob) = encode(&mut encoder, tick * 33, &bending(0.1));
        assert!(Decoder::default().decode(&blob).is_ok(), "readable by whoever comes");
        kinds.push(head.kind);
    }
    let keys: Vec<KeyId> =
        kinds.iter().filter_map(|kind| if let Kind::Key(id) = kind { Some(*id) } else { None }).collect();
    assert_eq!(keys.len(), 4, "one each half second");
    assert!(kinds.iter().all(|kind| !matches!(kind, Kind::Delta(_))));
    // The word on the first comes after all.
    encoder.acknowledged(keys[0]);
    assert_eq!(encode(&mut encoder, 60 * 33, &bending(0.1)).0.kind, Kind::Delta(keys[0]));
    encoder.renew();
    assert!(matches!(encode(&mut encoder, 61 * 33, &bending(0.1)).0.kind, Kind::Key(_)));
}

/// Who comes back begins to count anew; what others still hold of before has other names.
#[test]
fn a_delta_is_never_put_on_another_key_of_the_same_number() {
    let (mut old, mut new, mut decoder) = (Encoder::default(), Encoder::default(), Decoder::default());
    decoder.decode(&encode(&mut old, 0, &bending(0.1)).1).unwrap();
    let (head, _) = encode(&mut new, 0, &bending(1.0));
    let Kind::Key(id) = head.kind else { panic!("{head:?}") };
    new.acknowledged(id);
    let (_, delta) = encode(&mut new, 33, &bending(1.1));
    assert_eq!(decoder.decode(&delta), Err(PoseError::MissingKey(id)));
}

#[test]
fn what_may_not_be_seen_is_taken_out() {
    let state = State::new(3, 9).with(Flag::Pain, true);
    let figure = Figure { state, heart_rate_bpm: Some(120), ..bending(0.5) };
    let (_, blob) = encode(&mut Encoder::default(), 5, &figure);
    let redacted = |shown| {
        let mut out = Vec::new();
        Head::redact(&blob, shown, &mut out).unwrap();
        (Decoder::default().decode(&out).unwrap(), out)
    };
    let all = Shown { state: true, heart_rate: true, extensions: true };
    assert_eq!(redacted(all).1, blob);
    let (seen, bytes) = redacted(Shown::default());
    assert_eq!((seen.state, seen.heart_rate_bpm), (State::default(), None));
    assert_eq!(bytes.len(), blob.len() - 3);
    assert_eq!(seen.turns, Decoder::default().decode(&blob).unwrap().turns);
    let (seen, _) = redacted(Shown { state: true, ..Shown::default() });
    assert_eq!((seen.state, seen.heart_rate_bpm), (state, None));
}

/// What a newer version writes into its slot is skipped.
#[test]
fn extensions_are_skipped() {
    let figure = bending(0.3);
    let (_, blob) = encode(&mut Encoder::default(), 5, &figure);
    let mut newer = blob.clone();
    newer[0] |= 1;
    newer.splice(10..10, [3, 0xaa, 0xbb, 0xcc]);
    assert_eq!(Decoder::default().decode(&newer), Decoder::default().decode(&blob));
    let mut out = Vec::new();
    Head::redact(&newer, Shown::default(), &mut out).unwrap();
    assert_eq!(out, blob);
    newer[10] = 255;
    assert_eq!(Head::read(&newer), Err(PoseError::Short));
    newer[0] = 0x20;
    assert_eq!(Head::read(&newer), Err(PoseError::Version(2)));
}

#[test]
fn a_blob_cut_short_is_no_figure() {
    let (_, blob) = encode(&mut Encoder::default(), 5, &bending(0.7));
    for length in 0..blob.len() {
        assert!(Decoder::default().decode(&blob[..length]).is_err(), "{length}");
    }
    assert_eq!(Decoder::default().decode(&[blob, vec![0]].concat()), Err(PoseError::Nonsense));
}

#[test]
fn who_stands_still_does_not_move() {
    let mut encoder = Encoder::default();
    let moving: Vec<bool> = (0..60_u16)
        .map(|tick| encode(&mut encoder, tick * 33, &bending(if tick < 30 { 0.0 } else { 0.2 })).0.moving)
        .collect();
    assert!(moving[0] && !moving[29] && moving[30] && moving[44] && !moving[59]);
}

#[test]
fn a_shape_comes_back_and_grows() {
    let shape = Shape {
        model: baro_wire::Text::new("sunhee").unwrap(),
        height_mm: 1_650,
        bones_mm: std::array::from_fn(|joint| joint as u16 * 10),
    };
    let mut bytes = Vec::new();
    shape.write(&mut bytes);
    for length in 0..bytes.len() {
        assert_eq!(Shape::read(&bytes[..length]), Err(PoseError::Short));
    }
    bytes.extend([1, 2, 3]);
    assert_eq!(Shape::read(&bytes), Ok(shape));
}
