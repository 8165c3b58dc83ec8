//! The other side, a process of its own.

use anyhow::{Context as _, Result};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use crate::serve::LISTENS;

/// This program again, which serves.
pub struct Process {
    child: Child,
    pub at: SocketAddr,
}

impl Process {
    pub fn start(arguments: &[&str]) -> Result<Self> {
        let mut child =
            Command::new(std::env::current_exe()?).args(arguments).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        let at = line.trim().strip_prefix(LISTENS).context("it does not listen")?.parse()?;
        Ok(Self { child, at })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    pub fn resident_kb(&self) -> Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("no VmRSS")?;
        Ok(line.split_whitespace().nth(1).context("no number")?.parse()?)
    }
}

/// Seconds of processor time that a process took since it began.
pub fn spent_s(id: u32) -> Result<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(11) + ticks(12)) / 100.0)
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
