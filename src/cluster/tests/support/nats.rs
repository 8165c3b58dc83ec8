//! A NATS server with JetStream of its own, on a port that nobody has.

use std::{
    net::{TcpListener, TcpStream},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Ended when it is dropped.
pub struct Nats {
    folder: tempfile::TempDir,
    child: Child,
    port: u16,
}

/// None where NATS is not installed.
pub fn nats() -> Option<Nats> {
    let found = Command::new("nats-server").arg("--version").stdout(Stdio::null()).status();
    if found.is_err() {
        assert!(std::env::var_os("BARO_NEEDS_NATS").is_none(), "NATS is not installed");
        println!("SKIPPED: NATS is not installed (Debian's package nats-server)");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let child = run(&folder, port);
    Some(Nats { folder, child, port })
}

fn run(folder: &tempfile::TempDir, port: u16) -> Child {
    let mut command = Command::new("nats-server");
    command.args(["-a", "127.0.0.1", "-p", &port.to_string(), "-js", "-sd"]).arg(folder.path());
    let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let begun = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(begun.elapsed() < Duration::from_secs(30), "NATS does not start");
        std::thread::sleep(Duration::from_millis(20));
    }
    child
}

#[allow(dead_code, reason = "not every test that has a NATS needs all")]
impl Nats {
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    pub fn start(&mut self) {
        self.child = run(&self.folder, self.port);
    }
}

impl Drop for Nats {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
