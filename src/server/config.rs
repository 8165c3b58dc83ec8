//! What may be chosen: by a file, by the environment, by flags; each stronger than the one before.

use anyhow::{Context as _, bail};
use baro_cluster::Join;
use baro_net::Limits;
use baro_wire::Text;
use clap::{Args, CommandFactory as _, ValueEnum};
use serde::Deserialize;
use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// Where devices connect (UDP).
const LISTEN: &str = "[::]:4433";
/// Where FHIR is read (TCP, TLS).
const FHIR: &str = "127.0.0.1:4433";
/// Where health and metrics are read (TCP, plain).
const METRICS: &str = "127.0.0.1:4434";
/// Connections to the store that only read.
const READERS: usize = 4;
/// More are of no use to anybody.
const MOST_READERS: usize = 64;
/// One port has no room for more.
const MOST_CONNECTIONS: usize = 1_000_000;
/// JetStream has no more.
const MOST_REPLICAS: usize = 5;
/// What all variables begin with.
const PREFIX: &str = "BARO_SERVER_";

/// How log lines are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Each choice as somebody made it, or not. The same names in the file (with `_` for `-`), the environment and as flags.
// Not to be printed: the database's address may hold a password.
#[derive(Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choices {
    /// The folder of the server's keys and its database.
    #[arg(long, global = true, env = "BARO_SERVER_DATA", value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Where devices connect (UDP).
    #[arg(long, global = true, env = "BARO_SERVER_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// The name or address, with the port, that devices are told to connect to; without it this computer's own.
    #[arg(long, global = true, env = "BARO_SERVER_PUBLIC", value_name = "HOST:PORT")]
    public: Option<String>,
    /// Where FHIR is read (HTTPS).
    #[arg(long, global = true, env = "BARO_SERVER_FHIR", value_name = "ADDRESS:PORT")]
    fhir: Option<SocketAddr>,
    /// Where staff open their pages in a browser (HTTPS); without it nowhere.
    #[arg(long, global = true, env = "BARO_SERVER_WEB", value_name = "ADDRESS:PORT")]
    web: Option<SocketAddr>,
    /// Where /healthz and /metrics are read (HTTP).
    #[arg(long, global = true, env = "BARO_SERVER_METRICS", value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// PostgreSQL instead of the embedded database: postgres://USER:PASSWORD@HOST/DATABASE. Others can read what stands on a command
    /// line: with a password in it, use the file or the environment.
    #[arg(long, global = true, env = "BARO_SERVER_POSTGRES", hide_env_values = true, value_name = "URL")]
    postgres: Option<String>,
    /// Connections to the database that only read.
    #[arg(long, global = true, env = "BARO_SERVER_READERS", value_name = "COUNT")]
    readers: Option<usize>,
    /// Devices that may be connected at once.
    #[arg(long, global = true, env = "BARO_SERVER_CONNECTIONS", value_name = "COUNT")]
    connections: Option<usize>,
    /// Of these, from one address (an IPv6 network counts as one); a clinic's devices often share one.
    #[arg(long, global = true, env = "BARO_SERVER_PER_ADDRESS", value_name = "COUNT")]
    per_address: Option<usize>,
    /// NATS with JetStream, by which several servers on one PostgreSQL share their classes: nats://HOST:PORT, more with commas. Needs
    /// --postgres and --public.
    #[arg(long, global = true, env = "BARO_SERVER_NATS", hide_env_values = true, value_name = "URL")]
    nats: Option<String>,
    /// NATS servers that each keep how a class stands.
    #[arg(long, global = true, env = "BARO_SERVER_NATS_REPLICAS", value_name = "COUNT")]
    nats_replicas: Option<usize>,
    /// What is logged: error, warn, info, debug, or a filter like `baro_server=debug`.
    #[arg(long, global = true, env = "BARO_SERVER_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// How it is logged.
    #[arg(long, global = true, env = "BARO_SERVER_LOG_FORMAT", value_name = "FORMAT")]
    log_format: Option<LogFormat>,
}

/// What holds.
#[derive(Clone)]
pub struct Config {
    pub data: PathBuf,
    pub listen: SocketAddr,
    pub public: Option<String>,
    pub fhir: SocketAddr,
    pub web: Option<SocketAddr>,
    pub metrics: SocketAddr,
    pub postgres: Option<String>,
    /// This server as one of several.
    pub node: Option<Join>,
    pub readers: usize,
    pub limits: Limits,
    pub log: String,
    pub log_format: LogFormat,
}

impl Config {
    /// Of flags and environment, and the file where there is one.
    pub fn of(chosen: Choices, file: Option<&Path>) -> anyhow::Result<Self> {
        check_variables(env::vars_os().filter_map(|(name, _)| name.into_string().ok()))?;
        let written = file.map_or_else(|| Ok(Choices::default()), read)?;
        chosen.or(written).with_defaults()
    }
}

impl Choices {
    fn or(self, weaker: Self) -> Self {
        Self {
            data: self.data.or(weaker.data),
            listen: self.listen.or(weaker.listen),
            public: self.public.or(weaker.public),
            fhir: self.fhir.or(weaker.fhir),
            web: self.web.or(weaker.web),
            metrics: self.metrics.or(weaker.metrics),
            postgres: self.postgres.or(weaker.postgres),
            readers: self.readers.or(weaker.readers),
            nats: self.nats.or(weaker.nats),
            nats_replicas: self.nats_replicas.or(weaker.nats_replicas),
            connections: self.connections.or(weaker.connections),
            per_address: self.per_address.or(weaker.per_address),
            log: self.log.or(weaker.log),
            log_format: self.log_format.or(weaker.log_format),
        }
    }

    fn with_defaults(self) -> anyhow::Result<Config> {
        let usual = Limits::default();
        let readers = within("readers", self.readers, READERS, MOST_READERS)?;
        let connections = within("connections", self.connections, usual.connections, MOST_CONNECTIONS)?;
        // Whoever takes in fewer than usual need not say it twice.
        let per_address = usual.per_address.min(connections);
        let per_address = within("per_address", self.per_address, per_address, connections)?;
        let replicas = within("nats_replicas", self.nats_replicas, 1, MOST_REPLICAS)?;
        let node = match self.nats {
            Some(nats) => Some(node(nats, replicas, self.postgres.as_deref(), self.public.as_deref())?),
            None => None,
        };
        Ok(Config {
            data: self.data.map_or_else(default_folder, Ok)?,
            listen: self.listen.map_or_else(|| LISTEN.parse(), Ok)?,
            public: self.public,
            fhir: self.fhir.map_or_else(|| FHIR.parse(), Ok)?,
            web: self.web,
            metrics: self.metrics.map_or_else(|| METRICS.parse(), Ok)?,
            postgres: self.postgres,
            node,
            readers,
            limits: Limits { connections, per_address },
            log: self.log.unwrap_or_else(|| "info".into()),
            log_format: self.log_format.unwrap_or_default(),
        })
    }
}

/// One of several servers: all have the same database, and devices are told where each is.
fn node(nats: String, replicas: usize, postgres: Option<&str>, public: Option<&str>) -> anyhow::Result<Join> {
    if postgres.is_none() {
        bail!("`nats` is for several servers on one database: give `postgres` too");
    }
    let at = public.and_then(|public| Text::new(public).ok());
    let at = at.context("`nats` needs `public`: HOST:PORT where devices reach this very server")?;
    Ok(Join { nats, at, replicas })
}

/// A number that was chosen, or the usual one.
fn within(name: &str, chosen: Option<usize>, usual: usize, most: usize) -> anyhow::Result<usize> {
    let number = chosen.unwrap_or(usual);
    if !(1..=most).contains(&number) {
        bail!("`{name}` is {number}: give a number from 1 to {most}");
    }
    Ok(number)
}

fn read(file: &Path) -> anyhow::Result<Choices> {
    let text = fs::read_to_string(file)
        .with_context(|| format!("the configuration {} can't be read", file.display()))?;
    toml::from_str(&text).with_context(|| format!("in the configuration {}", file.display()))
}

/// A variable that is misspelt would be a choice that silently does not hold.
fn check_variables(names: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let command = crate::args::Cli::command();
    let known = |name: &str| command.get_arguments().any(|arg| arg.get_env().is_some_and(|env| env == name));
    for name in names.filter(|name| name.starts_with(PREFIX)) {
        if !known(&name) {
            let all: Vec<_> = command.get_arguments().filter_map(|arg| arg.get_env()?.to_str()).collect();
            bail!("the environment has {name}, which is nothing to choose; there are: {}", all.join(", "));
        }
    }
    Ok(())
}

/// Where systemd says, else where programs of this user keep their data.
fn default_folder() -> anyhow::Result<PathBuf> {
    if let Some(folder) = env::var_os("STATE_DIRECTORY").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let of_user = directories::ProjectDirs::from("", "", "baro-server");
    of_user
        .map(|folders| folders.data_local_dir().to_owned())
        .context("there is no home folder: give --data FOLDER")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> anyhow::Result<Config> {
        toml::from_str::<Choices>(text)?.with_defaults()
    }

    #[test]
    fn the_stronger_holds() {
        let file: Choices = toml::from_str("data = '/file'\nreaders = 2\nlog = 'warn'").unwrap();
        let flags = Choices { readers: Some(3), ..Choices::default() };
        let config = flags.or(file).with_defaults().unwrap();
        assert_eq!((config.data, config.readers, config.log), ("/file".into(), 3, "warn".into()));
        assert_eq!(config.metrics.to_string(), METRICS);
        assert_eq!(config.limits, Limits::default());
    }

    #[test]
    fn fewer_connections_are_fewer_of_one_address() {
        let limits = |text| of(text).unwrap().limits;
        assert_eq!(limits("connections = 20"), Limits { connections: 20, per_address: 20 });
        let usual = Limits::default().per_address;
        assert_eq!(limits("connections = 9000"), Limits { connections: 9_000, per_address: usual });
        assert_eq!(limits("per_address = 2").per_address, 2);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, named) in [
            ("dta = '/x'", "dta"),
            ("listen = 'here'", "listen"),
            ("readers = 0", "readers"),
            ("log_format = 'xml'", "xml"),
            ("connections = 0", "connections"),
            ("connections = 10\nper_address = 11", "per_address"),
            ("nats = 'nats://x:4222'\npublic = 'a:1'", "postgres"),
            ("nats = 'nats://x:4222'\npostgres = 'postgres://x'", "public"),
            ("nats_replicas = 9", "nats_replicas"),
        ] {
            let error = format!("{:#}", of(text).err().unwrap());
            assert!(error.contains(named), "{error}");
        }
        let names = ["HOME", "BARO_SERVER_LISTEN", "BARO_SERVER_LISTN"].map(String::from);
        let error = check_variables(names.into_iter()).unwrap_err().to_string();
        assert!(error.contains("BARO_SERVER_LISTN,") && error.contains("BARO_SERVER_LISTEN"), "{error}");
    }
}
