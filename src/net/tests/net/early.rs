//! Early data: a second connection greets at once, and nothing but a greeting can go so, or be done twice.

use crate::clinic::Running;
use crate::home::{Home, PATIENT, add, message};
use crate::proxy::{CALM, Proxy};
use crate::raw::{Raw, greet, hello, on};
use crate::until;
use baro_net::Address;
use baro_sync::Told;
use baro_wire::{Role, Version};
use std::{net::UdpSocket, sync::atomic::Ordering::SeqCst, time::Duration};
use tokio::time::{sleep, timeout};

#[test]
fn the_second_greeting_goes_at_once() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let proxy = Proxy::start(server.addr, CALM);
    let link = home.link(Address { port: proxy.addr.port(), ..server.address() });
    until("it is in", 10, || link.told() == Told::UpToDate);
    assert_eq!(server.counts().early_greetings, 0);
    server.clinic().silent.store(true, SeqCst);
    add(&link, vec![message(PATIENT, "x")]);
    until("it is off", 10, || link.told() == Told::Offline);
    server.clinic().silent.store(false, SeqCst);
    // The handshake can't end before the device hears the server: what is heard from the device now came with its first packets.
    proxy.switches.deaf.store(true, SeqCst);
    until("the greeting came early", 20, || server.counts().early_greetings > 0);
    proxy.switches.deaf.store(false, SeqCst);
    until("it is back", 20, || link.told() == Told::UpToDate);
}

#[test]
fn a_server_that_forgot_its_tickets_is_greeted_again() {
    let mut server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let link = home.link(server.address());
    until("it is in", 10, || link.told() == Told::UpToDate);
    server.stop();
    until("it is off", 10, || link.told() == Told::Offline);
    server.come_back();
    until("it is back", 20, || link.told() == Told::UpToDate);
    assert_eq!(server.counts().early_greetings, 0);
}

#[test]
fn nothing_but_a_greeting_fits() {
    let server = Running::start();
    let proxy = Proxy::start(server.addr, CALM);
    on(async {
        let raw = Raw::new();
        let first = raw.connect(proxy.addr).await;
        greet(&first, Version::SERVED).await;
        first.close(0u8.into(), b"");
        proxy.switches.deaf.store(true, SeqCst);
        let Ok((second, _)) = raw.connecting(proxy.addr).into_0rtt() else { panic!("no ticket") };
        let (mut send, _recv) = second.open_bi().await.unwrap();
        send.write_all(&hello(Version::SERVED)).await.unwrap();
        send.finish().unwrap();
        // No second stream, and by far no chunk on the first.
        assert!(timeout(Duration::from_millis(500), second.open_bi()).await.is_err());
        until("the greeting came early", 5, || server.counts().early_greetings == 1);
        proxy.switches.deaf.store(false, SeqCst);
        let _ = timeout(Duration::from_secs(5), second.open_bi()).await.unwrap().unwrap();
        let third = raw.connecting(proxy.addr).into_0rtt();
        let Ok((third, _)) = third else { panic!("no ticket") };
        let (mut send, _recv) = third.open_bi().await.unwrap();
        proxy.switches.deaf.store(true, SeqCst);
        let large = timeout(Duration::from_millis(500), send.write_all(&[0; 64 * 1024])).await;
        assert!(large.is_err(), "{large:?}");
    });
}

#[test]
fn a_recorded_greeting_is_not_heard_again() {
    let server = Running::start();
    let proxy = Proxy::start(server.addr, CALM);
    on(async {
        let raw = Raw::new();
        let first = raw.connect(proxy.addr).await;
        greet(&first, Version::SERVED).await;
        first.close(0u8.into(), b"");
        sleep(Duration::from_millis(100)).await;
        proxy.switches.tape.lock().unwrap().clear();
        // Before the first packet: a handshake that is over makes nothing early.
        proxy.switches.deaf.store(true, SeqCst);
        let Ok((second, accepted)) = raw.connecting(proxy.addr).into_0rtt() else { panic!("no ticket") };
        let greeted = tokio::spawn({
            let second = second.clone();
            async move { greet(&second, Version::SERVED).await }
        });
        until("the greeting came early", 5, || server.counts().early_greetings == 1);
        proxy.switches.deaf.store(false, SeqCst);
        greeted.await.unwrap();
        assert!(accepted.await);
        second.close(0u8.into(), b"");
        sleep(Duration::from_millis(100)).await;
        let before = server.counts();
        assert_eq!(before.early_greetings, 1);
        let tape = proxy.switches.tape.lock().unwrap().clone();
        let thief = UdpSocket::bind("127.0.0.1:0").unwrap();
        for packet in &tape {
            thief.send_to(packet, server.addr).unwrap();
        }
        sleep(Duration::from_millis(500)).await;
        let after = server.counts();
        assert_eq!((after.early_greetings, after.bytes_in), (1, before.bytes_in), "{after:?}");
    });
}
