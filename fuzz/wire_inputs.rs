//! What the fuzz targets of the wire do with their bytes, as in `inputs.rs`. `cargo test` runs the same on all kept inputs
//! (src/wire/tests/crashers.rs).
#![allow(dead_code, reason = "each target uses its own part")]

use baro_wire::{
    Claims, Frames, Hello, Message, Push, Reply, Request, RoomAsk, RoomTold, Signature, Version, Welcome,
    decode, encode, limits, negotiate,
    room::{Down, Up},
};
use std::fmt::Debug;

/// Any bytes as a payload of each kind in each version, and as a stream of frames.
pub fn wire(data: &[u8]) {
    payload(data);
    let (mut frames, mut rest) = (Frames::new(limits::MESSAGE_BYTES), data);
    while let Ok(Some(found)) = frames.take(&mut rest) {
        assert!(found.len() <= limits::MESSAGE_BYTES);
        payload(&found);
    }
}

fn payload(bytes: &[u8]) {
    for &version in Version::SERVED {
        if let Some(hello) = again::<Hello>(bytes, version) {
            let _ = negotiate(&hello);
        }
        if let Some(request) = again::<Request>(bytes, version) {
            request.ask();
            request.about();
        }
        again::<Welcome>(bytes, version);
        again::<Reply>(bytes, version);
        again::<Push>(bytes, version);
        again::<RoomAsk>(bytes, version);
        again::<RoomTold>(bytes, version);
    }
    datagrams(bytes);
}

/// What was read is written, and reads the same.
fn again<M: Message + PartialEq + Debug>(bytes: &[u8], version: Version) -> Option<M> {
    let message: M = decode(bytes, version).ok()?;
    let frame = encode(&message, version).expect("what was read can be written");
    assert_eq!(decode::<M>(&frame[limits::FRAME_HEADER_BYTES..], version).as_ref(), Ok(&message));
    Some(message)
}

/// What was read as a datagram is written, and reads the same.
fn datagrams(bytes: &[u8]) {
    let mut again = Vec::new();
    if let Ok(up) = Up::read(bytes) {
        up.write(&mut again);
        assert_eq!(Up::read(&again), Ok(up));
    } else if let Ok(down) = Down::read(bytes) {
        down.write(&mut again);
        assert_eq!(Down::read(&again), Ok(down));
    }
}

/// Any bytes as a token whose signature holds: what it says is issued anew and says the same.
pub fn token(data: &[u8]) {
    for now_ms in [0, 1_764_000_000_000, i64::MAX, i64::MIN] {
        assert!(Claims::check(data, now_ms, |_, _| false).is_err());
        if let Ok(claims) = Claims::check(data, now_ms, |_, _| true) {
            let token = claims.issue(|_| Signature::from([0; 64])).expect("claims fit a token");
            assert_eq!(Claims::check(&token, now_ms, |_, _| true), Ok(claims));
        }
    }
}
