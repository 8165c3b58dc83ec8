//! `bench-sync`: figures of the way to the clinic (`cargo xtask bench sync`), with `baro-server` as its own process.
#![allow(clippy::print_stdout, reason = "its figures are what it is for")]

mod idle;
mod kills;
mod load;
mod person;
mod server;

use anyhow::{Context as _, Result, bail};
use baro_motion::PoseFrame;
use baro_record::MovementFile;
use bench_table::Table;
use server::Server;
use std::path::{Path, PathBuf};

const COMMAND: &str = "cargo xtask bench sync";
/// Sessions of each device in the measurement of what a server takes in.
const EACH: usize = 4;
const DEVICES: usize = 8;

/// What is measured.
struct Arguments {
    server: PathBuf,
    landmarks: Option<PathBuf>,
    postgres: Option<String>,
    kills: usize,
    idle: usize,
    table: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [device, home] = arguments.as_slice()
        && device == "device"
    {
        return kills::device(Path::new(home));
    }
    let arguments = Arguments::of(arguments)?;
    let mut table = Table::default();
    if let Some(landmarks) = &arguments.landmarks {
        sessions(&arguments, &MovementFile::Jsonl.read(landmarks)?, &mut table)?;
    }
    if arguments.idle > 0 {
        idle(&arguments, &mut table)?;
    }
    if arguments.kills > 0 {
        kill(&arguments, &mut table)?;
    }
    println!("{}", table.to_markdown());
    match arguments.table {
        Some(path) => table.write_into(&path, "sync", COMMAND),
        None => Ok(()),
    }
}

impl Arguments {
    fn of(arguments: Vec<String>) -> Result<Self> {
        let beside = std::env::current_exe()?.with_file_name("baro-server");
        let mut all =
            Self { server: beside, landmarks: None, postgres: None, kills: 0, idle: 0, table: None };
        let mut rest = arguments.into_iter();
        while let Some(name) = rest.next() {
            let value = rest.next().with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--server" => all.server = value.into(),
                "--landmarks" => all.landmarks = Some(value.into()),
                "--postgres" => all.postgres = Some(value),
                "--kills" => all.kills = value.parse()?,
                "--idle" => all.idle = value.parse()?,
                "--table" => all.table = Some(value.into()),
                other => bail!("`{other}` is unknown"),
            }
        }
        Ok(all)
    }
}

fn sessions(arguments: &Arguments, raw: &[PoseFrame], table: &mut Table) -> Result<()> {
    let server = Server::start(&arguments.server, None)?;
    let (mb, s) = load::one_session(&server, raw)?;
    table.at_most("a session of 10 minutes (18,000 frames) on the disk", mb, "MB", Some(2.5), "");
    let note =
        "from the end of the set until the device's disk knows that the server's has it; median of five";
    table.at_most("the same, synchronised on loopback", s, "s", Some(1.0), note);
    let note = format!("{DEVICES} devices at once, {EACH} sessions each, devices on the same two cores");
    let rate = load::sessions_per_s(&server, raw, DEVICES, EACH)?;
    table.told("sessions of 10 minutes stored durably, SQLite", rate, "a second", &note);
    if let Some(url) = &arguments.postgres {
        let server = Server::start(&arguments.server, Some(url))?;
        let rate = load::sessions_per_s(&server, raw, DEVICES, EACH)?;
        table.told("the same, PostgreSQL", rate, "a second", &note);
    }
    Ok(())
}

fn idle(arguments: &Arguments, table: &mut Table) -> Result<()> {
    let server = Server::start(&arguments.server, None)?;
    let (before, after) = idle::resident_mb(&server, arguments.idle)?;
    let what = format!("memory of the server with {} clients signed in and idle", arguments.idle);
    let note = format!("resident; {before:.0} MB before they came");
    table.at_most(&what, after, "MB", Some(400.0), &note);
    Ok(())
}

fn kill(arguments: &Arguments, table: &mut Table) -> Result<()> {
    let kills::Seen { kills, in_mid_upload, chunks } =
        kills::run(&arguments.server, arguments.kills.div_ceil(2))?;
    let note = format!(
        "half of them the server, half the device; in {in_mid_upload} of {} rounds in the middle of an upload; all {chunks} chunks there in the end, byte for byte",
        kills / 2
    );
    table.at_most(
        &format!("acknowledged chunks lost in {kills} kills (`kill -9`)"),
        0.0,
        "",
        Some(0.0),
        &note,
    );
    Ok(())
}
