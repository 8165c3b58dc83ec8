//! Ten kills of the hundreds that `cargo xtask bench sync` does.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, and clippy does not see that this is one")]

use std::{path::Path, process::Command};

#[test]
fn nothing_acknowledged_is_lost_when_both_sides_are_killed() {
    let bench = Path::new(env!("CARGO_BIN_EXE_bench-sync"));
    let server = bench.with_file_name("baro-server");
    if !server.exists() {
        let folder = bench.parent().unwrap().parent().unwrap();
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--package", "baro-server", "--target-dir"])
            .arg(folder)
            .status();
        assert!(built.unwrap().success());
    }
    let out = Command::new(bench).args(["--kills", "10", "--server"]).arg(&server).output().unwrap();
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(out.status.success(), "{said}{}", String::from_utf8_lossy(&out.stderr));
    assert!(said.contains("in 10 kills"), "{said}");
}
