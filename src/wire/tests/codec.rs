//! Frames, limits, versions and tokens, with what a hostile or unlucky peer sends.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

mod support;

use baro_wire::room::{Door, Down, Held, Shows, Speech, Up};
use baro_wire::*;
use proptest::prelude::*;

#[test]
fn a_length_is_refused_before_its_bytes_arrive() {
    let mut frames = Frames::new(Request::MOST);
    let header = (Request::MOST as u32 + 1).to_le_bytes();
    assert!(matches!(frames.take(&mut header.as_slice()), Err(DecodeError::TooLong { .. })));
}

#[test]
fn the_largest_messages_fit() {
    let bytes = Bytes::new(vec![7; limits::CHUNK_BYTES]).unwrap();
    let chunk = ChunkId { record: RecordId([255; 16]), index: u32::MAX, digest: Digest([255; 32]) };
    let frame = encode(&Request::PutChunk { chunk, previous: chunk.digest, bytes }, Version::V1).unwrap();
    assert!(frame.len() <= limits::FRAME_HEADER_BYTES + limits::MESSAGE_BYTES);
    let have = vec![HaveChunk { index: u32::MAX, digest: Digest([255; 32]) }; limits::HAVE_CHUNKS];
    let record = RecordId::default();
    let have = List::new(have).unwrap();
    encode(&Reply::Record { record, outcome: Outcome::Exists, have, more: true }, Version::V1).unwrap();
    const { assert!(limits::FEED_BYTES + limits::PLAN_BYTES < limits::MESSAGE_BYTES) };
}

#[test]
fn what_is_too_long_is_refused_by_its_own_type() {
    assert!(Text::<3>::new("바로").is_err());
    let long = postcard::to_stdvec("a longer text than three").unwrap();
    assert!(postcard::from_bytes::<Text<3>>(&long).is_err());
    let many = postcard::to_stdvec(&vec![1_u8; 9]).unwrap();
    assert!(postcard::from_bytes::<List<u8, 8>>(&many).is_err());
    assert!(postcard::from_bytes::<Bytes<8>>(&many).is_err());
    // A list that claims four thousand million elements in six bytes.
    assert!(postcard::from_bytes::<List<u64, 8>>(&[255, 255, 255, 255, 15, 1]).is_err());
}

#[test]
fn bytes_behind_a_message_are_refused() {
    let frame = encode(&Push::Revoked, Version::V1).unwrap();
    let mut payload = frame[4..].to_vec();
    assert_eq!(decode::<Push>(&payload, Version::V1), Ok(Push::Revoked));
    payload.push(0);
    assert_eq!(decode::<Push>(&payload, Version::V1), Err(DecodeError::Trailing(1)));
}

/// A peer of the version before is neither sent nor allowed what came after it, however deep it stands.
#[test]
fn what_is_new_stays_between_those_who_know_it() {
    let door = Door::Open { title: Text::default() };
    let new = Request::EnterRoom { door, called: Text::default(), shows: Shows::NOTHING };
    assert_eq!(encode(&new, Version::V2), Err(EncodeError::NotInVersion(Version::V2)));
    let frame = encode(&new, Version::V3).unwrap();
    assert_eq!(decode::<Request>(&frame[4..], Version::V2), Err(DecodeError::NotInVersion(Version::V2)));
    assert_eq!(decode(&frame[4..], Version::V3), Ok(new));
    let old = hello(&[(2, Version::V2.schema_hash())]);
    assert_eq!(negotiate(&old), Ok(Version::V2), "a program that knows only the version before is served");
}

fn hello(offers: &[(u16, Digest)]) -> Hello {
    let offers = offers.iter().map(|&(version, schema)| Offer { version, schema }).collect::<Vec<_>>();
    Hello { offers: List::new(offers).unwrap(), ..Hello::new(Text::default()) }
}

#[test]
fn a_version_is_agreed_on_or_refused_with_its_reason() {
    let other = Digest([1; 32]);
    for &version in Version::SERVED {
        assert_eq!(negotiate(&hello(&[(version.number(), version.schema_hash())])), Ok(version));
    }
    assert_eq!(negotiate(&Hello::new(Text::default())), Ok(Version::NEWEST));
    let newest = Version::NEWEST.number();
    assert_eq!(negotiate(&hello(&[(newest, other)])), Err(HelloRefusal::SchemaDiffers));
    assert_eq!(negotiate(&hello(&[(newest + 1, other)])), Err(HelloRefusal::ServerTooOld));
    assert_eq!(negotiate(&hello(&[(0, other)])), Err(HelloRefusal::ClientTooOld));
    assert_eq!(negotiate(&hello(&[])), Err(HelloRefusal::NotBaro));
    assert_eq!(negotiate(&Hello { magic: 1, ..Hello::new(Text::default()) }), Err(HelloRefusal::NotBaro));
    // A newer program that still speaks our version.
    let both = hello(&[(newest + 1, other), (newest, Version::NEWEST.schema_hash())]);
    assert_eq!(negotiate(&both), Ok(Version::NEWEST));
}

/// A stand-in for Ed25519 with the same shape: the token's own checks are what is tested here.
fn sign(message: &[u8]) -> Signature {
    Signature { r: sha256(&[b"key", message]), s: sha256(&[message, b"key"]) }
}

#[test]
fn a_token_holds_for_its_time_only() {
    let claims = support::claims();
    let token = claims.issue(sign).unwrap();
    let at = |now_ms| Claims::check(&token, now_ms, |message, signature| sign(message) == *signature);
    let issued = claims.issued_ms;
    assert_eq!(at(issued), Ok(claims));
    assert_eq!(at(issued + Claims::LIFE_MS - 1), Ok(claims));
    assert_eq!(at(issued + Claims::LIFE_MS), Err(TokenError::Expired));
    assert_eq!(at(issued - Claims::SKEW_MS), Ok(claims));
    assert_eq!(at(issued - Claims::SKEW_MS - 1), Err(TokenError::NotYet));
}

#[test]
fn a_changed_token_is_refused() {
    let claims = support::claims();
    let token = claims.issue(sign).unwrap();
    for at in 0..token.len() {
        for bit in 0..8 {
            let mut changed = token.to_vec();
            changed[at] ^= 1 << bit;
            let found =
                Claims::check(&changed, claims.issued_ms, |message, signature| sign(message) == *signature);
            assert!(found.is_err(), "byte {at} bit {bit}");
        }
    }
}

/// What is read is written as the same bytes, so nothing can hide in a datagram.
fn datagrams(bytes: &[u8]) {
    let mut again = Vec::new();
    match (Speech::read_up(bytes), Speech::read_down(bytes)) {
        (Ok(said), Err(_)) => said.write_up(&mut again),
        (Err(_), Ok((by, said))) => said.write_down(by, &mut again),
        (Err(_), Err(_)) => return movement(bytes),
        both => panic!("{both:?}"),
    }
    assert_eq!(again, bytes);
}

fn movement(bytes: &[u8]) {
    let mut again = Vec::new();
    match (Up::read(bytes), Down::read(bytes)) {
        (Ok(up), Err(_)) => up.write(&mut again),
        (Err(_), Ok(down)) => {
            down.write(&mut again);
            // Where nothing came, its time says nothing.
            if down.echo.is_none() {
                return assert_eq!(Down::read(&again), Ok(down));
            }
        }
        (Err(_), Err(_)) => return,
        both => panic!("{both:?}"),
    }
    assert_eq!(again, bytes);
}

#[test]
fn a_datagram_holds_what_it_may() {
    let held = vec![Held { slot: 31, key: 65_535 }; limits::ACKS + 1];
    let up = Up { sent_ms: 65_535, held, blob: vec![7; limits::BLOB_BYTES] };
    let mut bytes = Vec::new();
    up.write(&mut bytes);
    assert_eq!(bytes.len(), Up::BYTES);
    assert_eq!(Up::read(&bytes), Ok(Up { held: up.held[..limits::ACKS].to_vec(), ..up }));
    bytes.push(7);
    assert!(Up::read(&bytes).is_err(), "one byte more than a figure has");
    let down = Down {
        time_ms: 1_000,
        echo: Some((40, 12)),
        own: vec![3],
        entries: vec![(1, vec![1, 2, 3]), (4, vec![]), (9, vec![9; limits::BLOB_BYTES])],
    };
    let mut bytes = Vec::new();
    down.write(&mut bytes);
    assert_eq!(Down::read(&bytes), Ok(down));
    assert!(Down::read(&bytes[..bytes.len() - 1]).is_err());
    let mut speech = Speech { number: 9, opus: vec![1; limits::SPEECH_BYTES] };
    for (length, reads) in [(limits::SPEECH_BYTES, true), (limits::SPEECH_BYTES + 1, false), (0, false)] {
        speech.opus.resize(length, 1);
        let (mut up, mut down) = (Vec::new(), Vec::new());
        speech.write_up(&mut up);
        speech.write_down(31, &mut down);
        assert_eq!(Speech::read_up(&up).ok(), reads.then(|| speech.clone()));
        assert_eq!(Speech::read_down(&down).ok(), reads.then(|| (31, speech.clone())));
    }
}

proptest! {
    /// However a stream is cut, the same frames come out.
    #[test]
    fn frames_come_out_whole(cuts in prop::collection::vec(1_usize..40, 1..60), count in 1_usize..6) {
        let requests: Vec<Request> = support::requests().into_iter().take(count * 4).collect();
        let bytes: Vec<u8> = requests.iter().flat_map(|r| encode(r, Version::NEWEST).unwrap()).collect();
        let (mut frames, mut found, mut rest) = (Frames::new(Request::MOST), Vec::new(), bytes.as_slice());
        for cut in cuts.iter().cycle() {
            if rest.is_empty() { break }
            let (mut now, later) = rest.split_at((*cut).min(rest.len()));
            rest = later;
            while let Some(payload) = frames.take(&mut now).unwrap() {
                found.push(decode::<Request>(&payload, Version::NEWEST).unwrap());
            }
        }
        prop_assert_eq!(found, requests);
        prop_assert!(!frames.is_inside());
    }

    /// Any bytes are a message or are refused; what is read is written to bytes that read the same.
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        fn again<M: Message + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
            if let Ok(message) = decode::<M>(bytes, Version::NEWEST) {
                let frame = encode(&message, Version::NEWEST).unwrap();
                assert_eq!(decode::<M>(&frame[4..], Version::NEWEST), Ok(message));
            }
        }
        again::<Hello>(&bytes);
        again::<Welcome>(&bytes);
        again::<Request>(&bytes);
        again::<Reply>(&bytes);
        again::<Push>(&bytes);
        again::<RoomAsk>(&bytes);
        again::<RoomTold>(&bytes);
        datagrams(&bytes);
        datagrams(&[&[Up::KIND], bytes.as_slice()].concat());
        datagrams(&[&[Down::KIND], bytes.as_slice()].concat());
        datagrams(&[&[Speech::UP], bytes.as_slice()].concat());
        datagrams(&[&[Speech::DOWN], bytes.as_slice()].concat());
        let _ = Claims::check(&bytes, 0, |_, _| true);
    }

    /// One byte of a real message changed, or its end missing.
    #[test]
    fn broken_messages_are_refused_or_other_messages(which in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let requests = support::requests();
        let frame = encode(&requests[which.index(requests.len())], Version::NEWEST).unwrap();
        let mut payload = frame[4..].to_vec();
        let at = at.index(payload.len());
        prop_assert!(decode::<Request>(&payload[..at], Version::NEWEST).is_err());
        payload[at] = to;
        if let Ok(message) = decode::<Request>(&payload, Version::NEWEST) {
            message.ask();
            message.about();
        }
    }
}
