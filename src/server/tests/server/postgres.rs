//! The same server on PostgreSQL.

use crate::{
    device::{agree, paired, send},
    postgres_server::server,
    running::Running,
    set,
};
use baro_record::{Integrity, verify};
use baro_wire::Role;
use std::time::{Duration, Instant};

#[test]
fn a_session_reaches_a_server_on_postgresql() {
    let Some(mut database) = server() else { return };
    let url = database.database();
    let server = Running::with(tempfile::tempdir().unwrap(), &["--postgres", &url]);
    assert!(!server.data().join("baro.db").exists());
    let patient = paired(&Running::invitation(&server.said), 1);
    let link = patient.online(Role::Patient);
    agree(&link, patient.is.person);
    let path = server.folder.path().join("set.baro");
    set::record(&path, &set::session(), true);
    let sent = send(&link, &path);
    assert_eq!(server.get("/healthz").0, 200);
    let person = patient.is.person.to_string();
    server.done(&["export", &person, "--out", "out"]);
    let record = server.folder.path().join("out").join(format!("{}.baro", sent.record));
    assert_eq!(verify(&record).unwrap().verdict, Integrity::Whole);
    assert!(server.done(&["check"]).contains("pg_amcheck"));
    assert!(server.refused(&["backup", "copy.db"]).contains("pg_dump"));
    server.done(&["erase", &person, "--yes"]);
    assert!(server.done(&["people"]).contains("erased"));
    assert!(!server.log().contains(&url));
    // A database that is gone is no health; one that is back is.
    database.kill();
    assert_eq!(server.get("/healthz").0, 503);
    database.start();
    // Each connection finds out for itself, and is made anew.
    let begun = Instant::now();
    while server.get("/healthz").0 != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "{}", server.log());
    }
    assert!(server.stop().0);
}
