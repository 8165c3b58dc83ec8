//! `cargo xtask bench window`: start, frames, idling and memory of the window on the bundled demo, on a virtual screen of its own.

use crate::sh::{build_baro, root};
use anyhow::{Context, Result, bail};
use bench_table::Table;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// The window's smallest size: what a machine without graphics hardware is measured at.
const SIZE: &str = "1024x640";
/// Kernel ticks a second in `/proc`, the same on every Linux.
const TICKS: f64 = 100.0;
/// Minutes after which the window has all it needs: by then both exercises were done once, with their results and rests.
const WARM: usize = 3;
/// Samples of the memory in a minute.
const SAMPLES: usize = 4;

/// Measures, prints a table, and writes it into `docs/measurements.md`.
///
/// `--baro PROGRAM` measures that program instead of building it; `--minutes N` watches the memory for so long.
pub fn run(arguments: &[String]) -> Result<()> {
    let (mut baro, mut minutes) = (None, 30);
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--baro" => baro = Some(PathBuf::from(rest.next().context("--baro needs a program")?)),
            "--minutes" => minutes = rest.next().context("--minutes needs a number")?.parse()?,
            other => bail!("`{other}` is unknown; there are --baro PROGRAM and --minutes N"),
        }
    }
    let baro = baro.map_or_else(build_baro, Ok)?;
    let bench = Bench { baro, screen: Screen::open()? };
    let mut table = Table::default();
    bench.start(&mut table)?;
    bench.frames(&mut table)?;
    bench.idle(&mut table)?;
    bench.memory(&mut table, minutes)?;
    let command = "cargo xtask bench window";
    table.write_into(&root().join("docs/measurements.md"), "window", command)
}

struct Bench {
    baro: PathBuf,
    screen: Screen,
}

impl Bench {
    /// The program with a person's folder of its own, which is new.
    fn window(&self, arguments: &[&str]) -> Result<Command> {
        let folder = std::env::temp_dir().join("baro-bench-window");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        let mut command = Command::new(&self.baro);
        command
            .current_dir(root())
            .env("DISPLAY", &self.screen.name)
            .args(["--source", "demo", "--mute", "--size", SIZE, "--records"])
            .arg(folder)
            .args(arguments);
        Ok(command)
    }

    fn start(&self, table: &mut Table) -> Result<()> {
        let mut times = Vec::new();
        for _ in 0..4 {
            let said = said(self.window(&["--exit-after", "5"])?)?;
            times.push(number_after(&said, "the first screen after ").context("no first screen in the log")?);
        }
        // The first one warms the disk's cache.
        let worst = times[1..].iter().copied().fold(0.0, f64::max);
        table.at_most("first screen after the start, worst of three", worst, "s", Some(3.0), "");
        Ok(())
    }

    fn frames(&self, table: &mut Table) -> Result<()> {
        // Of a longer run less a shorter one: what the start takes is told above.
        let (short, long) = (self.drawn_until("14")?, self.drawn_until("38")?);
        let rate = (long.0 - short.0) / (long.1 - short.1);
        let what = "frames a second while the demo is coached at 20 pictures a second";
        table.at_least(what, rate, "", Some(10.0), "lowest quality");
        Ok(())
    }

    /// Frames that were drawn, and in how many seconds.
    fn drawn_until(&self, end_s: &str) -> Result<(f64, f64)> {
        let said = said(self.window(&["--exercise", "squat", "--exit-after", end_s])?)?;
        let (before, _) = said.split_once(" frames drawn in ").context("no frames in the log")?;
        let frames = before.rsplit(' ').next().unwrap_or_default().parse()?;
        Ok((frames, number_after(&said, " frames drawn in ").context("no time in the log")?))
    }

    fn idle(&self, table: &mut Table) -> Result<()> {
        let running = Running::start(self.window(&[])?)?;
        sleep(Duration::from_secs(14));
        let before = running.ticks()?;
        sleep(Duration::from_secs(15));
        let share = (running.ticks()? - before) / TICKS / 15.0 * 100.0;
        table.told("a still screen (welcome), share of a core", share, "%", "");
        Ok(())
    }

    /// Two exercises in turn, for ever: Enter leads from each result to the next set.
    fn memory(&self, table: &mut Table, minutes: usize) -> Result<()> {
        let exercises = ["--exercise", "squat", "--exercise", "shoulder-abduction"];
        let running = Running::start(self.window(&exercises)?)?;
        let mut samples = Vec::new();
        for _ in 0..(WARM + minutes) * SAMPLES {
            sleep(Duration::from_secs(60 / SAMPLES as u64));
            self.screen.press_enter()?;
            samples.push(running.resident_mb()?);
        }
        let warm = WARM * SAMPLES;
        if samples.len() < warm + 4 * SAMPLES {
            bail!("watch the memory for 4 minutes at least");
        }
        let (first, last) = (&samples[warm..][..2 * SAMPLES], &samples[samples.len() - 2 * SAMPLES..]);
        let (first, last) = (median(first), median(last));
        let what = format!("memory, growth in {minutes} minutes of the demo");
        let note = format!(
            "resident; from {first:.1} to {last:.1} MB, medians of two minutes, after {WARM} minutes of warming up"
        );
        table.at_most(&what, last - first, "MB", Some(5.0), &note);
        Ok(())
    }
}

/// What a program says until it ends.
fn said(mut command: Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().context("can't start the window")?;
    let text = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("the window failed ({}): {text}", output.status);
    }
    Ok(text.into_owned())
}

fn number_after(text: &str, words: &str) -> Option<f64> {
    text.split_once(words)?.1.split(' ').next()?.parse().ok()
}

fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

/// A window that is closed when this goes.
struct Running(Child);

impl Running {
    fn start(mut command: Command) -> Result<Self> {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Ok(Self(command.spawn().context("can't start the window")?))
    }

    fn proc(&self, file: &str) -> Result<String> {
        let path = Path::new("/proc").join(self.0.id().to_string()).join(file);
        std::fs::read_to_string(path).context("the window has closed itself")
    }

    /// Processor time so far.
    fn ticks(&self) -> Result<f64> {
        let stat = self.proc("stat")?;
        // Behind the name, which may hold anything, come state and numbers.
        let (_, rest) = stat.rsplit_once(") ").context("/proc/PID/stat is odd")?;
        let ticks = rest.split(' ').skip(11).take(2).map(str::parse::<f64>);
        Ok(ticks.sum::<std::result::Result<f64, _>>()?)
    }

    fn resident_mb(&self) -> Result<f64> {
        let status = self.proc("status")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib: f64 = line.and_then(|line| line.split_whitespace().next()).context("no VmRSS")?.parse()?;
        Ok(kib * 1024.0 / 1e6)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A virtual screen of its own, so that nothing else gets the keys.
struct Screen {
    server: Child,
    name: String,
}

impl Screen {
    fn open() -> Result<Self> {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp", "-screen", "0"])
            .arg(format!("{SIZE}x24"))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("can't start Xvfb; `cargo xtask setup bench` installs it")?;
        let mut number = String::new();
        BufReader::new(server.stdout.take().context("Xvfb has no output")?).read_line(&mut number)?;
        Ok(Self { server, name: format!(":{}", number.trim()) })
    }

    fn press_enter(&self) -> Result<()> {
        // Without a window manager nobody gives the window the focus.
        let arguments = ["search", "--class", "baro", "windowfocus", "key", "Return"];
        let status = Command::new("xdotool")
            .env("DISPLAY", &self.name)
            .args(arguments)
            .stdout(Stdio::null())
            .status()
            .context("can't start xdotool; `cargo xtask setup bench` installs it")?;
        if !status.success() {
            bail!("xdotool found no window");
        }
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_off_the_log() {
        let log = "INFO 252 frames drawn in 24.1 s\nINFO the first screen after 0.76 s\n";
        assert_eq!(number_after(log, " frames drawn in "), Some(24.1));
        assert_eq!(number_after(log, "the first screen after "), Some(0.76));
        assert_eq!(number_after(log, "no such words"), None);
    }

    #[test]
    fn a_median_is_in_the_middle() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    }
}
