//! What each fuzz target does with its bytes: any input is used or refused, never a panic. The same functions run on all kept
//! inputs in `cargo test` (src/record/tests/crashers.rs).
#![allow(dead_code, reason = "each target uses its own part")]

use baro_coach::{Coach, Exercise, Routine, SideChoice, reference::Reference};
use baro_motion::{JointAngles, Mannequin, PoseFrame, Viewpoint};
use baro_record::{
    Chunk, Digest, Link, PersonKey, RecordId, Recording, format_jsonl_line, format_trc, parse_jsonl,
    parse_mot, parse_trc, replay,
};
use std::sync::{Arc, LazyLock};

/// Frames of a recording that are coached at most: enough to pass every state, and quick.
const FRAMES: usize = 200;

static SQUAT: LazyLock<Arc<Exercise>> = LazyLock::new(|| {
    let text = include_str!("../assets/exercises/squat.toml");
    Arc::new(Exercise::from_toml(text).expect("the shipped squat is an exercise"))
});

/// An exercise file, then coached on a body that moves all its joints.
pub fn exercise(data: &[u8]) {
    let Ok(exercise) = Exercise::from_toml(&String::from_utf8_lossy(data)) else { return };
    let exercise = Arc::new(exercise);
    let mut coach = Coach::new(exercise, SideChoice::Auto);
    for i in 0..FRAMES as u16 {
        let time_s = f64::from(i) / 15.0;
        let bend = (1.0 - (time_s as f32).cos()) / 2.0;
        let mut angles = JointAngles { trunk_flexion_rad: bend, ..JointAngles::default() };
        for limb in [&mut angles.left, &mut angles.right] {
            limb.knee_flexion_rad = 2.0 * bend;
            limb.hip_flexion_rad = 1.5 * bend;
            limb.shoulder_abduction_rad = 3.0 * bend;
        }
        let pose = Viewpoint::default().view(&Mannequin::default().landmarks(&angles));
        coach.step(&PoseFrame { time_s, pose: Some(pose) });
    }
    coach.finish();
}

/// A routine file.
pub fn routine(data: &[u8]) {
    if let Ok(routine) = Routine::from_toml(&String::from_utf8_lossy(data)) {
        routine.plan();
        routine.minutes();
    }
}

/// A file of reference motion: what was read is written and read again.
pub fn reference(data: &[u8]) {
    if let Ok(reference) = Reference::from_text(&String::from_utf8_lossy(data)) {
        assert!(Reference::from_text(&reference.to_text()).is_ok());
    }
}

/// A marker file: what was read is coached, written and read again.
pub fn trc(data: &[u8]) {
    let Ok(frames) = parse_trc(&String::from_utf8_lossy(data)) else { return };
    coach(&frames);
    let mut written = Vec::new();
    // Its own header counts the frames and names the points, so the copy must be whole.
    if format_trc(&mut written, "copy.trc", &frames).is_ok() {
        let _ = parse_trc(&String::from_utf8_lossy(&written));
    }
}

/// OpenSim's joint angles: what was read is coached.
pub fn mot(data: &[u8]) {
    if let Ok(frames) = parse_mot(&String::from_utf8_lossy(data)) {
        coach(&frames);
    }
}

/// Tracked landmarks: what was read is coached, and written again to the same frames.
pub fn jsonl(data: &[u8]) {
    let Ok(frames) = parse_jsonl(&String::from_utf8_lossy(data)) else { return };
    coach(&frames);
    let text: String = frames.iter().zip(0..).map(|(frame, i)| format_jsonl_line(i, frame) + "\n").collect();
    assert_eq!(parse_jsonl(&text).ok().as_ref(), Some(&frames));
}

/// A record, first as the bytes are, then as blocks with valid checksums, then as bodies of signed chunks: bytes alone hardly
/// ever hit those.
pub fn record(data: &[u8]) {
    let _ = Chunk::from_bytes(data);
    for bytes in [data, &framed(pieces(data), 1), &framed(pieces(data), 2), &framed(signed(data), 3)] {
        if let Ok(recording) = Recording::from_bytes(bytes) {
            let _ = replay(&recording);
        }
    }
}

/// The magic and the format, then every piece as a block.
fn framed(pieces: Vec<Vec<u8>>, format: u8) -> Vec<u8> {
    let mut file = [b"BAROR\n".as_slice(), &[format, 0]].concat();
    for payload in pieces {
        file.extend((payload.len() as u32).to_le_bytes());
        file.extend(crc32(&payload).to_le_bytes());
        file.extend(payload);
    }
    file
}

/// Pieces, each behind its length in two bytes.
fn pieces(mut data: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    while let [low, high, rest @ ..] = data {
        let length = usize::from(u16::from_le_bytes([*low, *high]));
        let (piece, rest) = rest.split_at(length.min(rest.len()));
        pieces.push(piece.to_vec());
        data = rest;
    }
    pieces
}

/// The head of a record that is not sealed, then every piece as the body of a good chunk.
fn signed(data: &[u8]) -> Vec<Vec<u8>> {
    let (key, id) = (PersonKey::from_seed(&[5; 32]), [3; 16]);
    let record = RecordId::from_bytes(id);
    let (author, mut previous) = (key.author(), Link::first(record).previous);
    let mut blocks = vec![[&[16], id.as_slice(), &[0]].concat()];
    for (body, index) in pieces(data).into_iter().zip(0..) {
        let mut chunk = Chunk { record, index, previous, last: true, author, body, signature: [0; 64] };
        let digest: Digest = chunk.digest();
        chunk.signature = key.sign(&digest);
        previous = digest;
        blocks.extend(chunk.to_bytes());
    }
    blocks
}

/// CRC-32 (IEEE), bit by bit: a second reading of the format's description.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

fn coach(frames: &[PoseFrame]) {
    let mut coach = Coach::new(SQUAT.clone(), SideChoice::Auto);
    frames.iter().take(FRAMES).for_each(|frame| {
        coach.step(frame);
    });
    coach.finish();
}
