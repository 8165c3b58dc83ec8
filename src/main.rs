//! `baro`: the desktop coach, and the same measuring and scoring on the command line.

mod clinic;
mod coached;
mod exercises;
mod export;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod lean;
mod lint_exercises;
mod output;
mod paths;
mod recording;
mod replay;
mod report_command;
mod score;
mod teach;
mod track;
mod verify;
mod window;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

/// A coach for exercises at home. Without a command it opens the window.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    window: window::Args,
}

#[derive(Subcommand)]
enum Command {
    Track(track::Args),
    Score(score::Args),
    Report(report_command::Args),
    Teach(teach::Args),
    LintExercises(lint_exercises::Args),
    Replay(replay::Args),
    Verify(verify::Args),
    Export(export::Args),
    Pair(clinic::Pair),
    Sync(clinic::Sync),
    /// End the connection with the clinic. What is there stays there; what was recorded here stays here.
    Unpair(clinic::Whose),
    /// List the cameras and the formats they offer.
    Cameras,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    if cli.command.is_none() {
        lean::restart();
    }
    let outcome = match cli.command {
        // Bevy sets up logging for the window itself.
        None => window::run(cli.window),
        Some(command) => {
            log_to_stderr();
            match command {
                Command::Track(args) => track::run(args),
                Command::Score(args) => score::run(args),
                Command::Report(args) => report_command::run(args),
                Command::Teach(args) => teach::run(args),
                Command::LintExercises(args) => lint_exercises::run(args),
                Command::Replay(args) => replay::run(args),
                Command::Verify(args) => verify::run(args),
                Command::Export(args) => export::run(args),
                Command::Pair(args) => clinic::pair(&args),
                Command::Sync(args) => clinic::sync(&args),
                Command::Unpair(whose) => clinic::unpair(&whose),
                Command::Cameras => window::list_cameras(),
            }
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baro: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
