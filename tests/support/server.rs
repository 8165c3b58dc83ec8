//! The clinic's server, as a program of its own.

use super::finish;
use hmac::{Hmac, KeyInit as _, Mac as _};
use std::{
    io::{BufRead as _, BufReader, Lines},
    net::{TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::SystemTime,
};

/// The server that runs, with its folder.
pub struct Server {
    pub folder: PathBuf,
    pub places: [String; 3],
    child: Child,
    /// Kept open for what it prints later.
    _said: Lines<BufReader<ChildStdout>>,
    /// The text that a device is paired with.
    pub code: String,
}

/// The server's program, which the workspace's build puts beside ours.
pub fn program(data: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_baro")).with_file_name("baro-server");
    assert!(program.is_file(), "build it with: cargo build -p baro-server");
    let mut command = Command::new(program);
    command.arg("--data").arg(data).stdin(Stdio::null());
    command
}

impl Server {
    /// One of its own, on ports that are free.
    pub fn start(folder: PathBuf) -> Self {
        Self::start_for(folder, "patient")
    }

    /// The first code is for somebody of this role.
    pub fn start_for(folder: PathBuf, first: &str) -> Self {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let tcp = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        Self::at_for(folder, [udp, tcp(), tcp()].map(|place| place.to_string()), first)
    }

    /// On these ports.
    pub fn at(folder: PathBuf, places: [String; 3]) -> Self {
        Self::at_for(folder, places, "patient")
    }

    fn at_for(folder: PathBuf, places: [String; 3], first: &str) -> Self {
        let mut child = program(&folder)
            .args(["--listen", &places[0], "--fhir", &places[1], "--metrics", &places[2], "--first", first])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut said = String::new();
        while !said.contains("Devices connect") {
            said += &lines.next().expect("the server runs").unwrap();
            said += "\n";
        }
        let code = said.lines().find(|line| line.starts_with("pair"));
        let code = code.and_then(|line| line.split('\'').nth(1)).unwrap_or_default().to_owned();
        Self { folder, places, child, _said: lines, code }
    }

    /// One of the operator's commands; what it prints.
    pub fn done(&self, arguments: &[&str]) -> String {
        let outcome = finish(program(&self.folder).args(["--listen", &self.places[0]]).args(arguments));
        assert!(outcome.success, "{arguments:?}: {}", outcome.said());
        outcome.stdout
    }

    /// Killed as by a power cut.
    pub fn killed(mut self) -> (PathBuf, [String; 3]) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        (std::mem::take(&mut self.folder), self.places.clone())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What an authenticator program shows now (RFC 6238).
pub fn digits(url: &str) -> String {
    let secret = url.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).unwrap();
    let secret = data_encoding::BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let step = SystemTime::UNIX_EPOCH.elapsed().unwrap().as_secs() / 30;
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 15);
    let word = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", word % 1_000_000)
}
