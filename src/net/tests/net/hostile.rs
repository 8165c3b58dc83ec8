//! Who wants to break it.

use crate::clinic::Running;
use crate::home::{Home, PATIENT, THERAPIST};
use crate::raw::{Raw, ask, greet, hello, on, reply, say, sign_in};
use crate::until;
use baro_net::Limits;
use baro_sync::Told;
use baro_wire::room::{Door, Shows};
use baro_wire::*;
use quinn::{ConnectionError, VarInt};
use std::time::{Duration, Instant};
use tokio::time::timeout;

const BOTH: &[Version] = Version::SERVED;
const MALFORMED: Reply = Reply::Refused { refusal: Refusal::Malformed };

fn frame(bytes: usize, of: u8) -> Vec<u8> {
    let mut frame = (bytes as u32).to_le_bytes().to_vec();
    frame.resize(4 + bytes, of);
    frame
}

#[test]
fn a_greeting_that_is_none_ends_the_connection() {
    let server = Running::start();
    on(async {
        let raw = Raw::new();
        let behind = [hello(BOTH), vec![0]].concat();
        let cut = hello(BOTH)[..20].to_vec();
        let bad =
            [Vec::new(), vec![255; 4], frame(900, 0), frame(limits::GREETING_BYTES + 1, 7), behind, cut];
        for bytes in &bad {
            let connection = raw.connect(server.addr).await;
            let _ = say(&connection, bytes).await;
            let closed = timeout(Duration::from_secs(3), connection.closed()).await.unwrap();
            let is_ours = matches!(&closed, ConnectionError::ApplicationClosed(close) if close.error_code == VarInt::from_u32(2));
            assert!(is_ours, "{closed:?}");
        }
        assert_eq!(server.counts().malformed, bad.len() as u64);
    });
}

#[test]
fn a_request_that_is_none_is_refused_and_harms_nothing() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    on(async {
        let raw = Raw::new();
        let connection = raw.connect(server.addr).await;
        let (_, challenge) = greet(&connection, BOTH).await;
        // As a stranger: what is longer than a greeting isn't read, what is known is not done.
        let feed = Request::Feed { after: 0, most: 1 };
        assert_eq!(ask(&connection, &feed, Version::V3).await, Reply::Refused { refusal: Refusal::SignIn });
        for bytes in [
            frame(limits::GREETING_BYTES + 1, 0),
            frame(limits::MESSAGE_BYTES, 9),
            vec![255; 64],
            frame(3, 200),
        ] {
            assert_eq!(reply(&say(&connection, &bytes).await.unwrap(), Version::V3), MALFORMED);
        }
        sign_in(&connection, &home, challenge, Version::V3).await;
        let trailing = [encode(&feed, Version::V3).unwrap(), vec![1]].concat();
        for bytes in [
            frame(limits::MESSAGE_BYTES + 1, 0),
            frame(limits::MESSAGE_BYTES, 255),
            vec![255; 64],
            trailing,
            Vec::new(),
        ] {
            assert_eq!(reply(&say(&connection, &bytes).await.unwrap(), Version::V3), MALFORMED);
        }
        assert!(matches!(ask(&connection, &feed, Version::V3).await, Reply::Feed { .. }));
        // There is no other way in.
        assert!(timeout(Duration::from_millis(300), connection.open_uni()).await.is_err());
        // Of who is in no room no datagram is read: a short queue of them is kept, and then dropped.
        for _ in 0..2_000 {
            let _ = connection.send_datagram(vec![1; 1_000].into());
        }
        assert!(matches!(ask(&connection, &feed, Version::V3).await, Reply::Feed { .. }));
    });
}

#[test]
fn who_says_nothing_is_sent_away() {
    let server = Running::start();
    on(async {
        let raw = Raw::new();
        let (silent, half, stranger) =
            (raw.connect(server.addr).await, raw.connect(server.addr).await, raw.connect(server.addr).await);
        let (mut send, _recv) = half.open_bi().await.unwrap();
        send.write_all(&hello(BOTH)[..9]).await.unwrap();
        greet(&stranger, BOTH).await;
        let began = Instant::now();
        for connection in [silent, half, stranger] {
            let closed = timeout(Duration::from_secs(20), connection.closed()).await.unwrap();
            assert!(matches!(closed, ConnectionError::ApplicationClosed(_)), "{closed:?}");
        }
        assert!(began.elapsed() > Duration::from_secs(10), "{:?}", began.elapsed());
    });
    until("nothing is left of them", 5, || server.counts().open == 0);
}

#[test]
fn a_flood_of_streams_waits_and_others_are_served() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let other = Home::paired(&server, THERAPIST, Role::Therapist);
    on(async {
        let raw = Raw::new();
        let connection = raw.connect(server.addr).await;
        let (_, challenge) = greet(&connection, BOTH).await;
        sign_in(&connection, &home, challenge, Version::V3).await;
        let mut open = Vec::new();
        // The server's word that there may be more is on its way.
        while let Ok(Ok((mut send, recv))) = timeout(Duration::from_millis(500), connection.open_bi()).await {
            send.write_all(&[9, 0]).await.unwrap();
            open.push((send, recv));
            assert!(open.len() <= 40);
        }
        // Credit for streams that are done comes a few at a time.
        assert!((28..=32).contains(&open.len()), "{}", open.len());
        let link = other.link(server.address());
        until("others are served", 10, || link.told() == Told::UpToDate);
        open.into_iter().for_each(|(mut send, _)| send.reset(VarInt::from_u32(0)).unwrap());
        let feed = Request::Feed { after: 0, most: 1 };
        assert!(matches!(ask(&connection, &feed, Version::V3).await, Reply::Feed { .. }));
    });
}

#[test]
fn one_address_has_so_many_connections() {
    let server = Running::with(Limits { connections: 100, per_address: 4 });
    on(async {
        let raw = Raw::new();
        // From the second on, the address must show that it is one.
        let mut open = Vec::new();
        for _ in 0..4 {
            open.push(raw.connect(server.addr).await);
        }
        let refused = raw.connecting(server.addr).await.unwrap_err();
        assert!(matches!(refused, ConnectionError::ConnectionClosed(_)), "{refused:?}");
        assert_eq!(server.counts().turned_away, 1);
        open.pop().unwrap().close(VarInt::from_u32(0), b"");
        until("there is room", 5, || server.counts().open == 3);
        raw.connect(server.addr).await;
    });
}

#[test]
fn the_version_before_is_served() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    on(async {
        let connection = Raw::new().connect(server.addr).await;
        let (version, challenge) = greet(&connection, &[Version::V2]).await;
        assert_eq!(version, 2);
        sign_in(&connection, &home, challenge, Version::V2).await;
        let feed = Request::Feed { after: 0, most: 1 };
        assert!(matches!(ask(&connection, &feed, Version::V2).await, Reply::Feed { .. }));
        let door = Door::Open { title: Text::default() };
        let newer = Request::EnterRoom { door, called: Text::default(), shows: Shows::NOTHING };
        let newer = encode(&newer, Version::V3).unwrap();
        assert_eq!(reply(&say(&connection, &newer).await.unwrap(), Version::V2), MALFORMED);
    });
}
