//! `bench-sync`: figures of the way to the clinic (`cargo xtask bench sync`), with `baro-server` as its own process.
#![allow(clippy::print_stdout, reason = "its figures are what it is for")]

mod clip;
mod idle;
mod kills;
mod load;
mod person;
#[path = "../../../src/store/tests/store/server.rs"]
#[allow(dead_code, clippy::unwrap_used, clippy::panic, reason = "the store's tests start PostgreSQL with it")]
mod postgres;
mod server;

use anyhow::{Context as _, Result, bail};
use baro_motion::PoseFrame;
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
    /// A video, and the folder of the models that find the body in it.
    clip: Option<PathBuf>,
    models: PathBuf,
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
    if let Some(clip) = &arguments.clip {
        sessions(&arguments, &clip::tracked(clip, &arguments.models)?, &mut table)?;
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
        let mut all = Self {
            server: beside,
            clip: None,
            models: "models".into(),
            postgres: None,
            kills: 0,
            idle: 0,
            table: None,
        };
        let mut rest = arguments.into_iter();
        while let Some(name) = rest.next() {
            let value = rest.next().with_context(|| format!("{name} needs a value"))?;
            match name.as_str() {
                "--server" => all.server = value.into(),
                "--clip" => all.clip = Some(value.into()),
                "--models" => all.models = value.into(),
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
    // Of its own on the same disk, where none was named.
    let mut own = None;
    let url = match &arguments.postgres {
        Some(url) => Some(url.clone()),
        None => {
            own = postgres::server_in(&std::env::temp_dir());
            own.as_mut().map(postgres::Server::database)
        }
    };
    let Some(url) = url else { return Ok(()) };
    let server = Server::start(&arguments.server, Some(&url))?;
    let rate = load::sessions_per_s(&server, raw, DEVICES, EACH)?;
    let note = if own.is_some() { note + "; shared_buffers 16 MB" } else { note };
    table.told("the same, PostgreSQL", rate, "a second", &note);
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
