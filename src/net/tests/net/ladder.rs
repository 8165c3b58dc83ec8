//! The ladder of links, with real packets.

use crate::clinic::Running;
use crate::home::{Home, PATIENT, add, agree};
use crate::proxy::{CALM, Proxy, Weather};
use crate::until;
use baro_net::Address;
use baro_sync::Told;
use baro_wire::Role;
use std::{
    sync::atomic::Ordering::SeqCst,
    thread::{Builder, sleep},
    time::Duration,
};

const CHUNKS: u32 = 12;
const LADDER: [Weather; 3] = [
    CALM,
    Weather { name: "mobile", lost: (2, 2), turns: (0, 1_000), doubled: 2, late_ms: 20 },
    // A tenth is lost, most of it together.
    Weather { name: "bursty", lost: (2, 70), turns: (20, 150), doubled: 5, late_ms: 30 },
];

fn through(server: &Running, proxy: &Proxy) -> Address {
    Address { port: proxy.addr.port(), ..server.address() }
}

/// A record through a proxy, with something done to it in the middle. Only the pairing and one connection are ever needed.
fn upload(weather: Weather, in_the_middle: impl FnOnce(&Proxy, &baro_net::Link)) {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let proxy = Proxy::start(server.addr, weather);
    let link = home.link(through(&server, &proxy));
    agree(&home, &link);
    server.clinic().slow_ms.store(20, SeqCst);
    let (record, items) = home.record(CHUNKS, 64 * 1024);
    add(&link, items);
    until("some are there", 30, || home.settled() >= 4 + 3);
    in_the_middle(&proxy, &link);
    until("all is there", 40, || link.told() == Told::UpToDate && home.settled() == 4 + CHUNKS as usize + 1);
    assert_eq!(server.chunks(home.actor(), record), (0..CHUNKS).collect::<Vec<_>>(), "{}", weather.name);
    assert_eq!(server.counts().connections, 2, "{}", weather.name);
}

#[test]
fn everything_arrives_on_every_rung() {
    let rungs = LADDER.map(|weather| {
        Builder::new().name(weather.name.into()).spawn(move || upload(weather, |_, _| {})).unwrap()
    });
    rungs.into_iter().for_each(|rung| rung.join().unwrap());
}

#[test]
fn five_seconds_of_nothing_are_waited_out() {
    upload(CALM, |proxy, _| {
        proxy.switches.cut.store(true, SeqCst);
        sleep(Duration::from_secs(5));
        proxy.switches.cut.store(false, SeqCst);
    });
}

#[test]
fn from_wifi_to_mobile_in_mid_upload() {
    upload(CALM, |proxy, link| {
        let before = proxy.switches.clients.load(SeqCst);
        link.moved();
        until("it comes from elsewhere", 10, || proxy.switches.clients.load(SeqCst) > before);
    });
}
