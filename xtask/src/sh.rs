//! Starting other programs: each one is shown before it runs.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, Result, bail};

/// A command that prints itself before it runs.
pub struct Sh {
    command: Command,
    shown: String,
}

/// A command of this name.
pub fn sh(program: &str) -> Sh {
    Sh { command: Command::new(program), shown: program.to_owned() }
}

/// The cargo that started this program, in the workspace's root.
pub fn cargo() -> Sh {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(root());
    // Set by `cargo run` for this package only: passed on, they would make a build script's inputs differ.
    for name in ["CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH"] {
        command.env_remove(name);
    }
    Sh { command, shown: "cargo".to_owned() }
}

/// Builds the program as people get it and says where it is.
pub fn build_baro() -> Result<PathBuf> {
    let said = cargo()
        .args(["build", "--package", "baro", "--message-format=json-render-diagnostics"])
        .run_and_read()?;
    let (_, rest) = said.rsplit_once("\"executable\":\"").context("cargo names no program")?;
    Ok(rest.split('"').next().unwrap_or_default().into())
}

/// The workspace's root folder.
pub fn root() -> PathBuf {
    // What cargo says now, not when this was built: checkouts may share a target folder.
    let own = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let own = PathBuf::from(own);
    own.parent().map_or_else(|| own.clone(), PathBuf::from)
}

impl Sh {
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        let text = argument.to_string_lossy();
        self.shown.push(' ');
        if text.contains([' ', ';', '$', '*']) || text.is_empty() {
            self.shown.push_str(&format!("'{text}'"));
        } else {
            self.shown.push_str(&text);
        }
        self.command.arg(argument);
        self
    }

    pub fn args<I, S>(self, arguments: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        arguments.into_iter().fold(self, Self::arg)
    }

    /// The same command as an argument of another program that starts it.
    pub fn under(self, starter: &str, options: &[&str]) -> Self {
        let mut outer = sh(starter).args(options);
        outer.shown = format!("{} {}", outer.shown, self.shown);
        outer.command.arg(self.command.get_program()).args(self.command.get_args());
        for (name, value) in self.command.get_envs() {
            match value {
                Some(value) => outer.command.env(name, value),
                None => outer.command.env_remove(name),
            };
        }
        if let Some(dir) = self.command.get_current_dir() {
            outer.command.current_dir(dir);
        }
        outer
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn dir(mut self, dir: impl AsRef<std::path::Path>) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it with this program's own input and output; fails when it fails.
    pub fn run(mut self) -> Result<()> {
        self.show();
        let status = self.command.status().with_context(|| format!("could not start `{}`", self.shown))?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }

    /// Runs it and hands its exit code on.
    pub fn run_to_code(mut self) -> Result<ExitCode> {
        self.show();
        let status = self.command.status().with_context(|| format!("could not start `{}`", self.shown))?;
        // A code that does not fit a byte, or none after a signal: any failure will do.
        Ok(status.code().and_then(|code| u8::try_from(code).ok()).map_or(ExitCode::FAILURE, ExitCode::from))
    }

    /// Runs it silently and returns what it printed; fails when it fails, with what it said.
    pub fn read(mut self) -> Result<String> {
        let output = self
            .command
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("could not start `{}`", self.shown))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{}` failed ({}): {}", self.shown, output.status, said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Runs it, shown, with its messages on the terminal, and returns what it printed.
    pub fn run_and_read(mut self) -> Result<String> {
        self.show();
        let output = self
            .command
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("could not start `{}`", self.shown))?;
        if !output.status.success() {
            bail!("`{}` failed ({})", self.shown, output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Whether it can be started and succeeds; prints nothing.
    pub fn succeeds(mut self) -> bool {
        self.command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.command.status().is_ok_and(|status| status.success())
    }

    /// Shows the command and returns it for a caller that reads its output while it runs.
    pub fn into_command(self) -> Command {
        self.show();
        self.command
    }

    fn show(&self) {
        use std::io::Write;
        println!("\n$ {}", self.shown);
        // Before the other program's own output.
        let _ = std::io::stdout().flush();
    }
}

/// Whether a program of this name stands in `PATH` (or in the system folders that a user's `PATH` leaves out).
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/sbin"].map(PathBuf::from))
        .map(|dir| dir.join(name))
        .find(|file| file.is_file())
}
