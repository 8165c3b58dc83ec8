//! A process that writes until somebody dies: this program, as one of its own tests.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::{env, fmt::Display};

/// Where to write, for the test that is the process.
const TO: &str = "BARO_TEST_WRITER";

/// Where to write; none where it is only a test among others.
pub fn to() -> Option<OsString> {
    env::var_os(TO)
}

/// What the process prints of all that is safe.
pub fn acknowledge(number: impl Display) {
    println!("acknowledged {number}");
}

/// Starts the test of this name as the process, lets somebody die when so many were acknowledged, and reads on to its end; all that
/// were.
pub fn until_killed(
    test: &str,
    to: impl AsRef<OsStr>,
    many: usize,
    kill: impl FnOnce(&mut Child),
) -> Vec<u64> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(TO, to)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let numbers = lines.filter_map(|line| line.rsplit_once("acknowledged ").map(|(_, n)| n.parse().unwrap()));
    let mut numbers = numbers.fuse();
    let mut acknowledged: Vec<u64> = numbers.by_ref().take(many).collect();
    kill(&mut child);
    acknowledged.extend(numbers);
    child.wait().unwrap();
    acknowledged
}
