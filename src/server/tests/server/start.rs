//! One command starts everything; it says how it is, and ends in good order.

use crate::{
    device::paired,
    running::{Running, program},
};
use baro_wire::Role;
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    time::{Duration, Instant},
};

#[test]
fn one_command_starts_everything() {
    let server = Running::start();
    let invite = Running::invitation(&server.said);
    assert!(server.said.contains("baro-server invite --role"), "{}", server.said);
    for secret in ["server.key", "identity.pem"] {
        let mode = fs::metadata(server.data().join(secret)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{secret}");
    }
    assert_eq!(server.get("/healthz"), (200, "well\n".into()));
    let (status, metrics) = server.get("/metrics");
    assert_eq!(status, 200);
    for name in
        ["baro_connections 0", "baro_requests_total{kind=\"PutChunk\"} 0", "baro_store_seconds_bucket"]
    {
        assert!(metrics.contains(name), "{name}: {metrics}");
    }
    assert_eq!(metrics.matches("# EOF").count(), 1);
    assert_eq!(server.get("/").0, 404);
    let (ended, folder) = server.stop();
    assert!(ended);
    let again = Running::of(folder);
    assert!(!again.said.contains("pair"), "codes are for the first start: {}", again.said);
    let more = Running::invitation(&again.done(&["invite", "--role", "patient"]));
    assert_eq!(more.server.pin, invite.server.pin);
    assert_ne!(more.code, invite.code);
}

#[test]
fn health_is_the_truth() {
    let server = Running::start();
    let away = server.folder.path().join("away");
    fs::rename(server.data(), &away).unwrap();
    assert_eq!(server.get("/healthz").0, 503);
    fs::rename(&away, server.data()).unwrap();
    assert_eq!(server.get("/healthz").0, 200);
}

#[test]
fn what_was_chosen_wrongly_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("baro-server.toml");
    fs::write(&file, "listen = \"127.0.0.1:0\"\nreadrs = 3\n").unwrap();
    let says = |command: &mut std::process::Command| {
        let out = command.output().unwrap();
        assert!(!out.status.success());
        String::from_utf8(out.stderr).unwrap()
    };
    let said = says(program(folder.path()).arg("--config").arg(&file));
    assert!(said.contains("readrs") && said.contains("baro-server.toml"), "{said}");
    let said = says(program(folder.path()).env("BARO_SERVER_PORT", "1"));
    assert!(said.contains("BARO_SERVER_PORT") && said.contains("BARO_SERVER_LISTEN"), "{said}");
    let said = says(program(folder.path()).args(["--listen", "here"]));
    assert!(said.contains("--listen"), "{said}");
    let said = says(program(&folder.path().join("none")).arg("people"));
    assert!(said.contains("no data folder"), "{said}");
}

#[test]
fn a_port_that_is_taken_is_said() {
    let server = Running::start();
    let other = tempfile::tempdir().unwrap();
    let taken = Running::invitation(&server.said).server.port.to_string();
    let out = program(other.path()).args(["--listen", &format!("127.0.0.1:{taken}")]).output().unwrap();
    assert!(!out.status.success());
    assert!(String::from_utf8_lossy(&out.stderr).contains(&taken));
}

#[test]
fn so_many_connect_as_was_chosen() {
    let server = Running::with(tempfile::tempdir().unwrap(), &["--connections", "2", "--per-address", "1"]);
    let person = paired(&Running::invitation(&server.said), 1);
    let first = person.online(Role::Patient);
    let turned_away = || Running::word(&server.get("/metrics").1, "baro_turned_away_total");
    let (second, before, begun) = (person.link(), turned_away(), Instant::now());
    while turned_away() == before {
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?} {:?}", second.told(), second.fault());
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!((first.role(), second.role()), (Some(Role::Patient), None));
    drop(first);
    second.try_now();
    while second.role() != Some(Role::Patient) {
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?} {:?}", second.told(), second.fault());
        std::thread::sleep(Duration::from_millis(20));
    }
}
