//! Nodes at a real NATS.
#![allow(
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy does not see that these are tests"
)]

#[path = "support/nats.rs"]
mod server;

use baro_cluster::{Home, Join, Nodes, Told, Unavailable, Wanted};
use baro_wire::{DeviceId, RoomId, Text};
use server::{Nats, nats};
use std::time::{Duration, Instant};
use tokio::time::{sleep, timeout};

const ROOM: RoomId = RoomId([7; 16]);

async fn node(nats: &Nats, at: &str) -> (Nodes, tokio::sync::mpsc::Receiver<Told>) {
    let join = Join { nats: nats.url(), at: Text::new(at).unwrap(), replicas: 1 };
    Nodes::join(join).await.unwrap()
}

async fn until(what: &str, seconds: u64, is: impl AsyncFn() -> bool) -> Duration {
    let begun = Instant::now();
    while !is().await {
        assert!(begun.elapsed() < Duration::from_secs(seconds), "not in time: {what}");
        sleep(Duration::from_millis(20)).await;
    }
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_room_has_one_node_and_another_when_that_is_gone() {
    let Some(nats) = nats() else { return };
    let ((a, _), (b, mut told)) = (node(&nats, "a:1").await, node(&nats, "b:2").await);
    let code = Text::new("ABC123").unwrap();
    let (by_id, by_code) = (Wanted::Room(ROOM), Wanted::Code(code.clone()));
    until("they hear each other", 5, async || a.places().len() == 2 && b.places().len() == 2).await;
    assert_eq!(a.home(&by_id).await, Ok(Home::Nowhere));
    a.name(ROOM, &code).await.unwrap();
    let first = a.keep(ROOM, &code, 0, vec![1]).await.unwrap().unwrap();
    let second = a.keep(ROOM, &code, first, vec![1, 2]).await.unwrap().unwrap();
    assert_eq!(a.home(&by_code).await, Ok(Home::Mine(ROOM)));
    for wanted in [&by_id, &by_code] {
        assert_eq!(b.home(wanted).await, Ok(Home::There(Text::new("a:1").unwrap())));
    }
    assert_eq!(b.home(&Wanted::Code(Text::new("a*.>").unwrap())).await, Ok(Home::Nowhere));
    // Nobody else writes over what is somebody's; who lost an answer goes on.
    assert_eq!(b.keep(ROOM, &code, second, vec![]).await.map(|kept| kept.is_some()), Ok(true));
    assert_eq!(a.keep(ROOM, &code, second, vec![9]).await, Ok(None), "who was taken over learns it");
    assert_eq!(b.home(&by_id).await, Ok(Home::Mine(ROOM)));
    let known = b.keep(ROOM, &code, 1, vec![3]).await.unwrap();
    assert!(known.is_some(), "one's own lost answer");
    a.tell(Told::Revoked(DeviceId([4; 16]))).await;
    assert_eq!(
        timeout(Duration::from_secs(5), told.recv()).await.unwrap(),
        Some(Told::Revoked(DeviceId([4; 16])))
    );
    // A code that was replaced leads nowhere.
    let newer = Text::new("NEW777").unwrap();
    b.name(ROOM, &newer).await.unwrap();
    let newest = b.keep(ROOM, &newer, known.unwrap(), vec![4]).await.unwrap().unwrap();
    assert_eq!(a.home(&by_code).await, Ok(Home::Nowhere));
    // As a process that is killed: no word of farewell.
    drop(b);
    let free = async || matches!(a.home(&by_id).await, Ok(Home::Free(_)));
    let after = until("its room is free", 5, free).await;
    assert!(after > Duration::from_secs(1), "not before it is missed: {after:?}");
    let Ok(Home::Free(free)) = a.home(&by_id).await else { unreachable!() };
    assert_eq!((free.revision, free.snapshot), (newest, vec![4]));
    assert!((1_000..6_000).contains(&free.ago_ms), "{}", free.ago_ms);
    assert!(a.keep(ROOM, &newer, newest, vec![5]).await.unwrap().is_some());
    // Who leaves says so.
    let (c, _) = node(&nats, "c:3").await;
    until("c knows a", 5, async || matches!(c.home(&by_id).await, Ok(Home::There(_)))).await;
    a.leave().await;
    let after = until("a has left", 5, async || matches!(c.home(&by_id).await, Ok(Home::Free(_)))).await;
    assert!(after < Duration::from_secs(1), "{after:?}");
    assert_eq!(a.home(&by_id).await, Err(Unavailable), "who leaves takes nothing");
    c.end(ROOM).await.unwrap();
    assert_eq!(c.home(&by_id).await, Ok(Home::Nowhere));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_not_listening_takes_nothing() {
    let Some(mut nats) = nats() else { return };
    let (a, _) = node(&nats, "a:1").await;
    until("it hears itself", 5, async || a.is_well()).await;
    let code = Text::new("ABC123").unwrap();
    let revision = a.keep(ROOM, &code, 0, vec![1]).await.unwrap().unwrap();
    let (b, _) = node(&nats, "b:2").await;
    let wanted = Wanted::Room(ROOM);
    nats.kill();
    until("they notice", 10, async || !a.is_well() && !b.is_well()).await;
    assert_eq!(b.home(&wanted).await, Err(Unavailable));
    assert_eq!(a.keep(ROOM, &code, revision, vec![2]).await, Err(Unavailable));
    nats.start();
    let there = async || match b.home(&wanted).await {
        Ok(Home::There(_)) => true,
        other => {
            assert_eq!(other, Err(Unavailable), "it is not free: its node is there");
            false
        }
    };
    until("all is as before", 20, there).await;
    assert!(a.keep(ROOM, &code, revision, vec![2]).await.unwrap().is_some());
}
