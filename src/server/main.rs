//! `baro-server`: keeps what devices send, for those who may see it (`docs/server.md`).

mod access;
mod admin;
mod args;
mod asker;
mod backend;
mod config;
mod factor;
mod fhir;
mod folder;
mod health;
mod invite;
mod keys;
mod metrics;
mod open;
mod pool;
mod review;
mod serve;
mod web;

use args::Cli;
use clap::Parser as _;
use config::{Config, LogFormat};
use std::{
    io::IsTerminal as _,
    process::ExitCode,
    time::{SystemTime, UNIX_EPOCH},
};
use tracing_subscriber::EnvFilter;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baro-server: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<()> {
    let config = Config::of(cli.choices, cli.config.as_deref())?;
    log_to_stderr(&config)?;
    match cli.command {
        None => serve::run(&config, cli.first),
        Some(command) => admin::run(&config, command),
    }
}

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log)?;
    let colours = std::io::stderr().is_terminal();
    let lines =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr);
    match config.log_format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    Ok(())
}

/// The wall clock, ms since 1970.
fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
