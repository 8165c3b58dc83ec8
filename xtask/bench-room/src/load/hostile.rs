//! Somebody who is let into a room and means harm: datagrams as fast as they go (garbage, too long, replayed, with forged keys and slots, as speech),
//! floods of asks until they are sent away, and from then on forged ways in and garbage on new streams, one after the other.

use super::crowd::{Person, say};
use anyhow::Result;
use baro_wire::limits::BLOB_BYTES;
use baro_wire::room::{Door, Held, Shows, Speech, Up};
use baro_wire::*;
use fastrand::Rng;
use quinn::SendStream;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::time::{interval, sleep_until};

/// Datagrams of each millisecond.
const AT_ONCE: usize = 8;

/// What somebody did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Deeds {
    pub datagrams: u64,
    pub streams: u64,
}

/// Does harm until then, or until the connection is ended.
///
/// # Errors
/// Where a message can't be written.
pub async fn attack(mut person: Person, until: Instant) -> Result<Deeds> {
    let (datagrams, streams) = (AtomicU64::new(0), AtomicU64::new(0));
    let old = person.up(Instant::now(), &Default::default(), 0);
    let stay = person.take_stay();
    let floods = async {
        let (mut ticks, mut rng) = (interval(Duration::from_millis(1)), Rng::with_seed(1));
        while person.quic.close_reason().is_none() {
            ticks.tick().await;
            for _ in 0..AT_ONCE {
                let most = person.quic.max_datagram_size().unwrap_or_default();
                let _ = person.quic.send_datagram(misdeed(&mut rng, &old, most).into());
                datagrams.fetch_add(1, Relaxed);
            }
        }
    };
    let asks = async {
        if let Some(mut stay) = stay {
            talk(&mut stay.send).await?;
        }
        let mut rng = Rng::with_seed(2);
        while person.quic.close_reason().is_none() {
            let mut id = RoomId::default();
            rng.fill(&mut id.0);
            let door = Door::Back { room: id, seen: rng.u64(..) };
            let enter = Request::EnterRoom { door, called: Text::default(), shows: Shows::NOTHING };
            let mut frame = encode(&enter, Version::V3)?;
            if rng.bool() {
                rng.fill(&mut frame);
            }
            let _ = say(&person.quic, &frame).await;
            streams.fetch_add(1, Relaxed);
        }
        Ok::<_, anyhow::Error>(())
    };
    tokio::select! {
        () = sleep_until(until.into()) => {}
        ((), asked) = async { tokio::join!(floods, asks) } => asked?,
    }
    Ok(Deeds { datagrams: datagrams.load(Relaxed), streams: streams.load(Relaxed) })
}

/// Talks without end, until nobody listens.
async fn talk(send: &mut SendStream) -> Result<()> {
    let frame = encode(&RoomAsk::Hand { up: true }, Version::V3)?;
    while send.write_all(&frame).await.is_ok() {}
    Ok(())
}

fn misdeed(rng: &mut Rng, old: &[u8], most: usize) -> Vec<u8> {
    let mut noise = vec![0; rng.usize(0..=most)];
    rng.fill(&mut noise);
    match rng.u8(..5) {
        0 => noise,
        1 => old.to_vec(),
        2 => {
            let held = (0..8).map(|_| Held { slot: rng.u8(..), key: rng.u16(..) }).collect();
            noise.truncate(BLOB_BYTES);
            let mut bytes = Vec::new();
            Up { sent_ms: rng.u16(..), held, blob: noise }.write(&mut bytes);
            bytes
        }
        3 => {
            noise.insert(0, Up::KIND);
            noise.truncate(most);
            noise
        }
        _ => {
            noise.insert(0, Speech::UP);
            noise.truncate(most);
            noise
        }
    }
}
