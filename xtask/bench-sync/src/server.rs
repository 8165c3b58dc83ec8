//! `baro-server`, as its own process.

use anyhow::{Context as _, Result, ensure};
use baro_net::Invite;
use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    net::{SocketAddr, TcpListener, UdpSocket},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// A server that can be killed and started again on the same folder and ports.
pub struct Server {
    program: PathBuf,
    pub folder: TempDir,
    postgres: Option<String>,
    places: [SocketAddr; 3],
    child: Option<Child>,
    first: Option<String>,
}

impl Server {
    /// Runs a new one.
    pub fn start(program: &Path, postgres: Option<&str>) -> Result<Self> {
        let udp = UdpSocket::bind("127.0.0.1:0")?.local_addr()?;
        let [fhir, metrics] = [TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?];
        let mut server = Self {
            program: program.to_owned(),
            folder: tempfile::tempdir()?,
            postgres: postgres.map(ToOwned::to_owned),
            places: [udp, fhir.local_addr()?, metrics.local_addr()?],
            child: None,
            first: None,
        };
        drop((fhir, metrics));
        server.come_back()?;
        Ok(server)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--data").arg(self.folder.path().join("data"));
        command.args(["--listen", &self.places[0].to_string(), "--public", &self.places[0].to_string()]);
        if let Some(url) = &self.postgres {
            command.args(["--postgres", url]);
        }
        command
    }

    /// A new process; returns when it listens.
    pub fn come_back(&mut self) -> Result<()> {
        let log = File::options().create(true).append(true).open(self.folder.path().join("log"))?;
        let mut child = self
            .command()
            .args(["--fhir", &self.places[1].to_string(), "--metrics", &self.places[2].to_string()])
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        let mut lines = BufReader::new(child.stdout.take().context("no output")?);
        let mut said = String::new();
        while !said.contains("Devices connect") {
            if lines.read_line(&mut said)? == 0 {
                let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
                anyhow::bail!("the server ended: {log}");
            }
        }
        self.first = self.first.take().or(Some(said));
        self.child = Some(child);
        Ok(())
    }

    pub fn pid(&self) -> Option<u32> {
        self.child.as_ref().map(Child::id)
    }

    /// `kill -9`.
    pub fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill()?;
            child.wait()?;
        }
        Ok(())
    }

    /// A code for somebody new.
    pub fn invite(&self) -> Result<Invite> {
        let out = self.command().args(["invite", "--role", "patient"]).output()?;
        ensure!(out.status.success(), "no invitation: {}", String::from_utf8_lossy(&out.stderr));
        let said = String::from_utf8(out.stdout)?;
        let line = said.lines().find(|line| line.starts_with("pair")).context("no line `pair`")?;
        Ok(line.split('\'').nth(1).context("no text to pair with")?.parse()?)
    }

    /// Its database, where it is the embedded one.
    pub fn database(&self) -> Result<PathBuf> {
        let entries = fs::read_dir(self.folder.path().join("data"))?;
        let mut found = entries.flatten().map(|entry| entry.path());
        found
            .find(|path| path.extension().is_some_and(|end| end == "db"))
            .context("the server has no database")
    }

    /// Memory that is its own now, in MB.
    pub fn resident_mb(&self) -> Result<f64> {
        let pid = self.pid().context("the server is dead")?;
        let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        let kib: f64 = line.split_whitespace().nth(1).context("no number")?.parse()?;
        Ok(kib * 1_024.0 / 1e6)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.kill();
    }
}
