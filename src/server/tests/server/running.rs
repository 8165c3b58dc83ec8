//! A server that runs, and its commands.

use baro_net::Invite;
use serde_json::Value;
use std::{
    fs,
    io::{BufRead as _, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream, UdpSocket},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::Arc,
};

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_baro-server");

/// Ended when it is dropped.
pub struct Running {
    pub folder: tempfile::TempDir,
    child: Child,
    /// What it printed at its start.
    pub said: String,
    fhir: SocketAddr,
    metrics: SocketAddr,
    /// Where the pages for staff are.
    pub web: SocketAddr,
    places: [String; 4],
    more: Vec<String>,
}

/// The program, for this folder, without what the environment of the tests may say.
pub fn program(data: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BARO_SERVER_")) {
        command.env_remove(name);
    }
    command.arg("--data").arg(data);
    command
}

impl Running {
    pub fn start() -> Self {
        Self::of(tempfile::tempdir().unwrap())
    }

    pub fn of(folder: tempfile::TempDir) -> Self {
        Self::with(folder, &[])
    }

    /// With these arguments, too; its commands have them as well.
    pub fn with(folder: tempfile::TempDir, more: &[&str]) -> Self {
        Self::at(folder, places(), more.iter().map(|each| String::from(*each)).collect())
    }

    /// One of several, which share a database, a NATS and the keys of the first.
    pub fn node(postgres: &str, nats: &str, first: Option<&Self>) -> Self {
        let (folder, places) = (tempfile::tempdir().unwrap(), places());
        if let Some(first) = first {
            let data = folder.path().join("data");
            fs::create_dir(&data).unwrap();
            for name in ["server.key", "identity.pem"] {
                fs::copy(first.data().join(name), data.join(name)).unwrap();
            }
        }
        let more = ["--postgres", postgres, "--nats", nats, "--public", &places[0]].map(String::from);
        Self::at(folder, places.clone(), more.into())
    }

    /// The port of devices.
    pub fn port(&self) -> u16 {
        self.places[0].parse::<SocketAddr>().unwrap().port()
    }

    /// `kill -9`, for good.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// `kill -9`, and the same once more.
    pub fn kill_and_start(&mut self) {
        self.kill_and_start_after(|_| {});
    }

    /// The disk is lost, and a backup of its database put in its place.
    pub fn restore_and_start(&mut self, backup: &Path) {
        self.kill_and_start_after(|data| {
            for file in ["baro.db", "baro.db-wal", "baro.db-shm"] {
                let _ = fs::remove_file(data.join(file));
            }
            let out = program(data).arg("restore").arg(backup).output().unwrap();
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        });
    }

    pub fn kill_and_start_after(&mut self, change: impl FnOnce(&Path)) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        change(&self.data());
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        *self = Self::at(folder, self.places.clone(), self.more.clone());
    }

    fn at(folder: tempfile::TempDir, places: [String; 4], more: Vec<String>) -> Self {
        let [_, fhir, metrics, web] = places.clone().map(|place| place.parse().unwrap());
        let mut child = program(&folder.path().join("data"))
            .args([
                "--listen",
                &places[0],
                "--fhir",
                &places[1],
                "--metrics",
                &places[2],
                "--web",
                &places[3],
            ])
            .args(&more)
            .stdout(Stdio::piped())
            .stderr(fs::File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Devices connect") {
            let before = said.len();
            lines.read_line(&mut said).unwrap();
            assert!(
                said.len() > before,
                "it ended: {}",
                fs::read_to_string(folder.path().join("log")).unwrap()
            );
        }
        Self { folder, child, said, fhir, metrics, web, places, more }
    }

    /// The text with which a device is paired, of what was printed.
    pub fn invitation(said: &str) -> Invite {
        let line = said.lines().find(|line| line.starts_with("pair")).unwrap();
        line.split('\'').nth(1).unwrap().parse().unwrap()
    }

    /// What a line that begins so says next.
    pub fn word(said: &str, name: &str) -> String {
        let line =
            said.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name}: {said}"));
        line.split_whitespace().nth(1).unwrap().to_owned()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    /// A command beside the server that runs.
    pub fn command(&self, arguments: &[&str]) -> Output {
        let mut command = program(&self.data());
        command
            .args(["--listen", &self.places[0], "--web", &self.places[3]])
            .args(&self.more)
            .args(arguments)
            .current_dir(self.folder.path());
        command.output().unwrap()
    }

    /// One that works; what it prints.
    pub fn done(&self, arguments: &[&str]) -> String {
        let out = self.command(arguments);
        assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).unwrap()
    }

    /// One that does not; what it says.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let out = self.command(arguments);
        assert!(!out.status.success(), "{arguments:?}");
        String::from_utf8(out.stderr).unwrap()
    }

    /// Of the health listener.
    pub fn get(&self, path: &str) -> (u16, String) {
        http(TcpStream::connect(self.metrics).unwrap(), path, None)
    }

    /// Of the FHIR listener, with a key.
    pub fn fhir(&self, path: &str, key: Option<&str>) -> (u16, Value) {
        let (status, body) = http(self.tls(self.fhir), path, key);
        (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("{path}: {body}")))
    }

    /// The server's own certificate, and no other, is trusted.
    pub fn tls(&self, to: SocketAddr) -> impl Read + Write + use<> {
        use rustls::pki_types::{CertificateDer, pem::PemObject as _};
        let (file, name) = if to == self.web { ("web.pem", "localhost") } else { ("identity.pem", "baro") };
        let pem = fs::read(self.data().join(file)).unwrap();
        let mut roots = rustls::RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(&pem).unwrap()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = rustls::ClientConnection::new(Arc::new(config), name.try_into().unwrap()).unwrap();
        let stream = TcpStream::connect(to).unwrap();
        // As browsers do.
        stream.set_nodelay(true).unwrap();
        rustls::StreamOwned::new(client, stream)
    }

    /// Told to stop as systemd does; what it ended with.
    pub fn stop(mut self) -> (bool, tempfile::TempDir) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let ended = self.child.wait().unwrap().success();
        let place = tempfile::tempdir().unwrap();
        (ended, std::mem::replace(&mut self.folder, place))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Free now; nobody else takes them in the moment until the server does.
fn places() -> [String; 4] {
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let [fhir, metrics, web] =
        [0; 3].map(|_| TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap());
    [udp, fhir, metrics, web].map(|place| place.to_string())
}

fn http(mut to: impl Read + Write, path: &str, key: Option<&str>) -> (u16, String) {
    let key = key.map_or_else(String::new, |key| format!("Authorization: Bearer {key}\r\n"));
    write!(to, "GET {path} HTTP/1.1\r\nHost: baro\r\n{key}Connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    // A TLS end without its last word is none of ours.
    let _ = to.read_to_end(&mut answer);
    let answer = String::from_utf8(answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer}"));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
    (status, if chunked { unchunked(body) } else { body.to_owned() })
}

fn unchunked(mut body: &str) -> String {
    let mut all = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap();
        all += &rest[..length];
        body = &rest[length + 2..];
        if length == 0 {
            break;
        }
    }
    all
}
