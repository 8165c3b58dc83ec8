//! `kill -9` of the server while a device sends: what was acknowledged is there. `BARO_KILLS` says how often, if not a few times.

use crate::{
    device::{agree, paired},
    running::Running,
    set,
};
use baro_net::Link;
use baro_record::{Recorder, Sending, snap};
use baro_wire::*;
use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed},
    thread::{self, sleep},
    time::{Duration, Instant},
};

/// A record of some chunks.
fn record(path: &Path) -> Sending {
    let mut recorder = Recorder::create(path, set::header(), set::keys()).unwrap();
    for n in 0..300 * 4 {
        let knee = (f64::from(n) / 40.0).sin().abs() as f32;
        recorder.frame(&snap(&set::squatting(f64::from(n) / 30.0, knee))).unwrap();
    }
    drop(recorder);
    Sending::of(path).unwrap()
}

/// The answer, across kills: without one it is asked again.
fn insist(link: &Link, request: &Request) -> Reply {
    let begun = Instant::now();
    loop {
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?} {:?}", link.told(), link.fault());
        match link.ask(request.clone()).recv_timeout(Duration::from_secs(5)) {
            Ok(Some(Reply::Refused { refusal: Refusal::Busy { .. } }) | None) | Err(_) => {
                link.try_now();
                sleep(Duration::from_millis(20));
            }
            Ok(Some(reply)) => return reply,
        }
    }
}

/// Sends record after record, and counts; what was acknowledged.
fn send_until(
    link: &Link,
    folder: &Path,
    stop: &AtomicBool,
    count: &AtomicU64,
) -> BTreeMap<RecordId, Vec<HaveChunk>> {
    let mut acknowledged = BTreeMap::<_, Vec<_>>::new();
    for n in 0.. {
        if stop.load(Relaxed) {
            break;
        }
        let sending = record(&folder.join(format!("{n}.baro")));
        let record = RecordId(*sending.record.as_bytes());
        insist(link, &Request::OfferRecord { record, started_ms: 1 });
        for chunk in &sending.chunks {
            let (index, digest) = (chunk.index, Digest(chunk.digest().0));
            let bytes = Bytes::new(chunk.to_bytes().unwrap()).unwrap();
            let chunk_id = ChunkId { record, index, digest };
            let put = Request::PutChunk { chunk: chunk_id, previous: Digest(chunk.previous.0), bytes };
            let reply = insist(link, &put);
            assert!(matches!(reply, Reply::Chunk { chunk, .. } if chunk == chunk_id), "{reply:?}");
            acknowledged.entry(record).or_default().push(HaveChunk { index, digest });
            count.fetch_add(1, Relaxed);
        }
    }
    acknowledged
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a scope, for a thread that has a name")]
fn what_was_acknowledged_survives_kills() {
    let kills: u64 = std::env::var("BARO_KILLS").map_or(5, |kills| kills.parse().unwrap());
    let mut server = Running::start();
    let patient = paired(&Running::invitation(&server.said), 1);
    let link = patient.online(Role::Patient);
    agree(&link, patient.is.person);
    let (stop, count, records) = (AtomicBool::new(false), AtomicU64::new(0), tempfile::tempdir().unwrap());
    let acknowledged = thread::scope(|scope| {
        let sending = thread::Builder::new()
            .name("sending".into())
            .spawn_scoped(scope, || send_until(&link, records.path(), &stop, &count))
            .unwrap();
        for kill in 0..kills {
            let (before, begun) = (count.load(Relaxed), Instant::now());
            while count.load(Relaxed) == before {
                assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", link.told());
                sleep(Duration::from_millis(1));
            }
            // In the middle of what comes next, at moments that are spread.
            sleep(Duration::from_millis(kill * 7_919 % 100));
            server.kill_and_start();
        }
        stop.store(true, Relaxed);
        sending.join().unwrap()
    });
    let chunks: usize = acknowledged.values().map(Vec::len).sum();
    assert!(chunks > kills as usize, "{chunks}");
    for (record, chunks) in &acknowledged {
        let Reply::Record { have, .. } = insist(&link, &Request::Have { record: *record, from: 0 }) else {
            panic!("{record} is gone");
        };
        assert_eq!(*have, **chunks);
    }
    server.done(&["check"]);
    println!("{kills} kills, {chunks} chunks of {} records acknowledged, all there", acknowledged.len());
}
