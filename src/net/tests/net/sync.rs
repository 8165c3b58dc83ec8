//! What people notice: it arrives, whatever breaks.

use crate::clinic::Running;
use crate::home::{Home, PATIENT, THERAPIST, add, agree, message, post};
use crate::until;
use baro_sync::Told;
use baro_wire::*;
use std::{
    sync::atomic::Ordering::SeqCst,
    time::{Duration, Instant},
};

#[test]
fn a_record_reaches_the_clinic() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let link = home.link(server.address());
    agree(&home, &link);
    let (record, items) = home.record(6, limits::CHUNK_BYTES);
    add(&link, items);
    until("all is there", 20, || link.told() == Told::UpToDate && home.settled() == 4 + 7);
    assert_eq!(server.chunks(home.actor(), record), [0, 1, 2, 3, 4, 5]);
    assert_eq!((link.role(), link.fault()), (Some(Role::Patient), None));
    let counts = server.counts();
    assert_eq!((counts.open, counts.signed_in, counts.connections), (1, 1, 2), "{counts:?}");
    assert_eq!((counts.refused, counts.malformed, counts.handshake_failures), (0, 0, 0), "{counts:?}");
    assert_eq!(server.requests(Ask::PutChunk), 6);
    assert!(counts.bytes_in > 6 * limits::CHUNK_BYTES as u64);
    link.close();
    until("the server notices", 5, || server.counts().open == 0);
}

#[test]
fn killed_in_mid_upload_on_either_side() {
    let mut server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let link = home.link(server.address());
    agree(&home, &link);
    server.clinic().slow_ms.store(30, SeqCst);
    let (record, items) = home.record(24, 100_000);
    add(&link, items);
    until("some are there", 20, || home.settled() >= 4 + 5);
    server.kill();
    // What was acknowledged is there, and the device's process dies too.
    let acknowledged = home.settled() - 4;
    drop(link);
    server.come_back();
    assert!(server.chunks(home.actor(), record).len() >= acknowledged);
    assert!(acknowledged < 24);
    let link = home.link(server.address());
    until("the rest is there", 30, || link.told() == Told::UpToDate && home.settled() == 4 + 25);
    assert_eq!(server.chunks(home.actor(), record).len(), 24);
    // And by a server that comes back while the device waits.
    let (other, items) = home.record(24, 100_000);
    server.clinic().slow_ms.store(30, SeqCst);
    add(&link, items);
    until("some are there", 20, || home.settled() >= 29 + 5);
    server.kill();
    server.come_back();
    link.try_now();
    until("the rest is there", 45, || link.told() == Told::UpToDate && home.settled() == 29 + 25);
    assert_eq!(server.chunks(home.actor(), other).len(), 24);
}

#[test]
fn a_store_that_does_not_answer_is_asked_again() {
    let server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let link = home.link(server.address());
    agree(&home, &link);
    server.clinic().silent.store(true, SeqCst);
    add(&link, vec![message(PATIENT, "hello")]);
    until("the connection ends", 10, || link.told() == Told::Offline);
    assert!(server.counts().unavailable > 0);
    assert_eq!(home.settled(), 4);
    server.clinic().silent.store(false, SeqCst);
    until("it arrives", 20, || home.settled() == 5 && link.told() == Told::UpToDate);
}

#[test]
fn news_reaches_who_waits() {
    let server = Running::start();
    let patient = Home::paired(&server, PATIENT, Role::Patient);
    let therapist = Home::paired(&server, THERAPIST, Role::Therapist);
    server.treats(THERAPIST, PATIENT);
    let at_home = patient.link(server.address());
    agree(&patient, &at_home);
    let at_work = therapist.link(server.address());
    until("both wait", 10, || at_work.told() == Told::UpToDate && at_home.told() == Told::UpToDate);
    let (before, seen) = (patient.entries(), server.counts().connections);
    add(&at_work, vec![message(PATIENT, "Well done. Slower on the way down.")]);
    let took = until("the message comes", 5, || patient.entries() > before);
    assert!(took < Duration::from_secs(2), "{took:?}");
    assert_eq!(server.counts().connections, seen);
    let asked = at_work.ask(Request::ListPatients { after: None });
    let answer = asked.recv_timeout(Duration::from_secs(5)).unwrap();
    assert!(matches!(answer, Some(Reply::Patients { .. })), "{answer:?}");
}

#[test]
fn a_revoked_device_is_cut_off_at_once() {
    let server = Running::start();
    let (laptop, phone) =
        (Home::paired(&server, PATIENT, Role::Patient), Home::paired(&server, PATIENT, Role::Patient));
    let (keeps, loses) = (laptop.link(server.address()), phone.link(server.address()));
    agree(&laptop, &keeps);
    until("both are in", 10, || loses.told() == Told::UpToDate);
    add(&keeps, vec![post(PATIENT, PostBody::RevokeDevice { device: phone.id() })]);
    until("it is told", 5, || loses.told() == Told::Revoked);
    until("and gone", 5, || server.counts().open == 1);
    until("the other goes on", 5, || keeps.told() == Told::UpToDate);
    // By the clinic's own hand.
    server.hub().revoked(laptop.id());
    until("it is told", 5, || keeps.told() == Told::Revoked);
}

#[test]
fn a_token_does_not_help_a_revoked_device() {
    let server = Running::start();
    let (laptop, phone) =
        (Home::paired(&server, PATIENT, Role::Patient), Home::paired(&server, PATIENT, Role::Patient));
    let keeps = laptop.link(server.address());
    agree(&laptop, &keeps);
    let loses = phone.link(server.address());
    until("it is in", 10, || loses.told() == Told::UpToDate);
    // Away while it is revoked, and back with its token.
    server.clinic().silent.store(true, SeqCst);
    add(&loses, vec![message(PATIENT, "x")]);
    until("it is off", 10, || loses.told() == Told::Offline);
    server.clinic().silent.store(false, SeqCst);
    add(&keeps, vec![post(PATIENT, PostBody::RevokeDevice { device: phone.id() })]);
    until("it is told", 20, || loses.told() == Told::Revoked);
}

#[test]
fn a_server_that_stops_says_so() {
    let mut server = Running::start();
    let home = Home::paired(&server, PATIENT, Role::Patient);
    let link = home.link(server.address());
    until("it is in", 10, || link.told() == Told::UpToDate);
    let began = Instant::now();
    server.stop();
    assert!(began.elapsed() < Duration::from_secs(2), "{:?}", began.elapsed());
    until("the device knows", 1, || link.told() == Told::Offline);
    server.come_back();
    until("it comes back by itself", 30, || link.told() == Told::UpToDate);
}
