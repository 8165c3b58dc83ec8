//! The store on PostgreSQL: the suite, many at once, kills, TLS, and what is refused.

use crate::people::*;
use crate::server::{Server, server};
use crate::suite;
use crate::writer::{self, until_killed};
use baro_store::{Postgres, Store, StoreError};
use baro_sync::Written;
use baro_wire::*;

use std::thread;

const RECORD: RecordId = RecordId([60; 16]);

fn connect(url: &str) -> Postgres {
    Postgres::connect(url).unwrap()
}

#[test]
fn it_keeps_every_promise() {
    let Some(mut server) = server() else { return };
    for (name, test) in suite::all::<Postgres>() {
        println!("{name}");
        let mut store = connect(&server.database());
        test(&mut store);
        store.check().unwrap();
    }
    many_at_once(&server.database());
    servers_may_start_at_once(&server.database());
    strangers_are_left_alone(&mut server);
    other_machines_are_asked_for_their_certificate(&mut server);
    the_log_can_t_be_changed(&mut server);
    a_dump_comes_back(&mut server);
}

fn threads<T: Send + 'static>(count: u8, run: impl Fn(u8) -> T + Send + Clone + 'static) -> Vec<T> {
    let start = |number| {
        let run = run.clone();
        thread::Builder::new().spawn(move || run(number)).unwrap()
    };
    let started: Vec<_> = (0..count).map(start).collect();
    started.into_iter().map(|thread| thread.join().unwrap()).collect()
}

/// All write about one person, into the same feeds, the same record and the same log.
fn many_at_once(url: &str) {
    const EACH: u64 = 25;
    let mut store = connect(url);
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    let url = url.to_owned();
    threads(4, move |number| {
        let mut store = connect(&url);
        for n in 0..EACH {
            store.log(&[draft(A, Ask::PostMessage, A), draft(A, Ask::PutChunk, A)]).unwrap();
            let post = message(u64::from(number) * EACH + n, A, "words");
            let written = store.write(Some(&actor(A)), &stored(post)).unwrap();
            assert_eq!(written, Written::Done(Outcome::Created));
            // Of two that bring the same, one is first.
            let written = store.write(Some(&actor(A)), &chunk(RECORD, n as u32, b"x")).unwrap();
            assert!(matches!(written, Written::Done(_)), "{written:?}");
        }
    });
    store.check().unwrap();
    assert_eq!(store.audit(0, 1_000).unwrap().len() as u64, 4 * EACH * 2, "each line once");
    let mut places: Vec<Cursor> = (0..4 * EACH)
        .map(|number| {
            store.news(message(number, A, "").id).unwrap().iter().find(|(who, _)| *who == A).unwrap().1
        })
        .collect();
    places.sort_unstable();
    assert_eq!(places, (1..=4 * EACH).collect::<Vec<_>>(), "each place once");
    assert_eq!(chunks(&mut store), EACH as u32);
}

fn chunks(store: &mut Postgres) -> u32 {
    let (have, more) = match store.write(Some(&actor(A)), &offer(RECORD)).unwrap() {
        Written::Record { have, more, .. } => (have, more),
        other => panic!("{other:?}"),
    };
    assert!(!more && have.iter().enumerate().all(|(at, chunk)| chunk.index as usize == at));
    have.len() as u32
}

fn servers_may_start_at_once(url: &str) {
    let url = url.to_owned();
    threads(6, move |_| drop(connect(&url)));
}

fn strangers_are_left_alone(server: &mut Server) {
    let foreign = server.database();
    server.sql(foreign.rsplit_once('/').unwrap().1, "CREATE TABLE theirs (x INT)");
    assert!(matches!(Postgres::connect(&foreign), Err(StoreError::Foreign(_))));
    let newer = server.database();
    drop(connect(&newer));
    server.sql(newer.rsplit_once('/').unwrap().1, "UPDATE baro SET version = 99");
    assert!(matches!(Postgres::connect(&newer), Err(StoreError::TooNew { is: 99, .. })));
    assert!(matches!(Postgres::connect("postgres://baro@localhost:1/x"), Err(StoreError::Unreachable(_))));
    assert!(matches!(Postgres::connect("ftp://x"), Err(StoreError::Refused(_))));
}

fn other_machines_are_asked_for_their_certificate(server: &mut Server) {
    let url = server.database();
    let with = |more: &str| Postgres::connect(&format!("{url}?{more}"));
    let good = format!("sslmode=require&sslrootcert={}", server.file("server.crt").display());
    with(&good).unwrap();
    assert!(matches!(with("sslmode=require"), Err(StoreError::Unreachable(_))), "no authority knows it");
    assert!(matches!(with("sslrootcert=/dev/null"), Err(StoreError::Refused(_))));
    let far = "postgres://baro@192.0.2.1/x?sslmode=disable";
    assert!(matches!(Postgres::connect(far), Err(StoreError::Refused(_))));
    server.sql("template1", "ALTER SYSTEM SET fsync = off");
    server.sql("template1", "SELECT pg_reload_conf()");
    thread::sleep(std::time::Duration::from_millis(500));
    assert!(matches!(with(&good), Err(StoreError::Refused(_))), "it would lose what it acknowledged");
    server.sql("template1", "ALTER SYSTEM SET fsync = on");
    server.sql("template1", "SELECT pg_reload_conf()");
    thread::sleep(std::time::Duration::from_millis(500));
}

fn the_log_can_t_be_changed(server: &mut Server) {
    let url = server.database();
    let mut store = connect(&url);
    fill(&mut store);
    store.log(&[draft(A, Ask::Feed, A), draft(THERAPIST, Ask::ReadChunk, A)]).unwrap();
    let name = url.rsplit_once('/').unwrap().1;
    let refused = server.program("psql").args(["-c", "DELETE FROM audit"]).arg(&url).output().unwrap();
    assert!(!refused.status.success());
    // Whoever may change tables may take the trigger away; the chain still tells.
    server
        .sql(name, "ALTER TABLE audit DISABLE TRIGGER ALL; UPDATE audit SET actor = about WHERE number = 2");
    assert!(matches!(store.check(), Err(StoreError::Damaged(_))));
}

/// The commands of docs/store.md.
fn a_dump_comes_back(server: &mut Server) {
    let (url, other) = (server.database(), server.database());
    let mut store = connect(&url);
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    store.write(Some(&actor(A)), &chunk(RECORD, 0, &[7; 200_000])).unwrap();
    store.log(&[draft(A, Ask::PutChunk, A)]).unwrap();
    let file = server.file("baro.dump");
    let dumped = server.program("pg_dump").arg("--format=custom").arg("--file").arg(&file).arg(&url).status();
    assert!(dumped.unwrap().success());
    let mut restore = server.program("pg_restore");
    restore.args(["--exit-on-error", "--single-transaction", "--no-owner", "--dbname", &other]).arg(&file);
    assert!(restore.status().unwrap().success());
    server.sql(other.rsplit_once('/').unwrap().1, "UPDATE person SET cursor = cursor + 4294967296");
    let mut back = connect(&other);
    back.check().unwrap();
    assert_eq!(chunks(&mut back), 1);
    assert_eq!(back.audit(0, 9).unwrap(), store.audit(0, 9).unwrap());
    assert_eq!(back.people(home(A)).unwrap(), store.people(home(A)).unwrap());
}

/// Not a test by itself: the process that the next one kills.
#[test]
fn writer() {
    let Some(url) = writer::to().and_then(|url| url.into_string().ok()) else { return };
    let mut store = connect(&url);
    for number in chunks(&mut store).. {
        let written = store.write(Some(&actor(A)), &chunk(RECORD, number, &[1; 3_000])).unwrap();
        assert!(matches!(written, Written::Done(_)));
        store.log(&[draft(A, Ask::PutChunk, A)]).unwrap();
        writer::acknowledge(number);
    }
}

#[test]
fn what_is_acknowledged_outlives_kill_9_of_either() {
    let Some(mut server) = server() else { return };
    let url = server.database();
    let mut store = connect(&url);
    fill(&mut store);
    store.write(Some(&actor(A)), &offer(RECORD)).unwrap();
    let mut rng = fastrand::Rng::with_seed(3);
    let mut logged = 0;
    for round in 0..8 {
        let server_dies = round % 2 == 1;
        let acknowledged = until_killed("postgres::writer", &url, rng.usize(1..25), |child| {
            if server_dies { server.kill() } else { child.kill().unwrap() }
        });
        logged += acknowledged.len();
        if server_dies {
            if round == 1 {
                assert!(
                    matches!(store.find(actor(A).device), Err(StoreError::Unreachable(_))),
                    "told as such"
                );
            }
            server.start();
        }
        // The same value goes on: it connects again, asked in between or not.
        let there = chunks(&mut store);
        assert!(
            acknowledged.iter().all(|number| *number < u64::from(there)),
            "round {round}: of {there} chunks"
        );
        assert!(store.audit(0, 100_000).unwrap().len() >= logged, "round {round}");
        store.check().unwrap();
    }
}
