//! Where the PostgreSQL server is, and what must hold before it is trusted with anything.

use crate::{Result, StoreError};
use postgres::config::{Host, SslMode};
use postgres::{Client, Config};
use rustls::pki_types::{CertificateDer, pem::PemObject as _};
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use std::{error::Error as _, net::IpAddr, path::PathBuf, str::FromStr as _, sync::Arc, time::Duration};
use tokio_postgres_rustls::MakeRustlsConnect;

/// For a server that does not answer.
const CONNECT: Duration = Duration::from_secs(10);
/// For one that was there and is silent.
const SILENCE: Duration = Duration::from_secs(30);

/// Nobody holds a turn for longer, and no transaction of a process that hangs stays open.
const SETTINGS: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '60s'";

pub struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Server {
    pub fn parse(url: &str) -> Result<Self> {
        let (url, authorities) = without_authorities(url);
        let mut config = Config::from_str(&url).map_err(|error| refused(&whole(&error)))?;
        if !is_here(&config) {
            if config.get_ssl_mode() == SslMode::Disable {
                return Err(refused("sslmode=disable would send health data openly to another machine"));
            }
            config.ssl_mode(SslMode::Require);
        } else if config.get_ssl_mode() == SslMode::Prefer {
            // Debian's server offers a certificate that nobody knows.
            config.ssl_mode(SslMode::Disable);
        }
        config.application_name("baro").connect_timeout(CONNECT).tcp_user_timeout(SILENCE);
        Ok(Self { config, tls: tls(authorities)? })
    }

    pub fn connect(&self) -> Result<Client> {
        let connected = self.config.connect(self.tls.clone());
        let mut client = connected.map_err(|error| StoreError::Unreachable(whole(&error)))?;
        client.batch_execute(SETTINGS)?;
        let mut setting = |name: &str| -> Result<String> {
            Ok(client.query_one("SELECT current_setting($1)", &[&name])?.try_get(0)?)
        };
        if setting("fsync")? == "off" {
            return Err(refused("it runs with fsync=off and would lose what it acknowledged in a power cut"));
        }
        if setting("server_encoding")? != "UTF8" {
            return Err(refused("its database is not in UTF8; make one with ENCODING 'UTF8'"));
        }
        // Stronger than `on` may stay: it waits for other machines, too.
        if setting("synchronous_commit")? == "off" {
            client.batch_execute("SET synchronous_commit = on")?;
        }
        Ok(client)
    }
}

/// libpq's name for a file of authorities, which `Config` does not know.
fn without_authorities(url: &str) -> (String, Option<PathBuf>) {
    const NAME: &str = "sslrootcert=";
    let Some(at) = url.find(NAME).filter(|at| url[..*at].ends_with(['?', '&', ' '])) else {
        return (url.into(), None);
    };
    let (before, rest) = (&url[..at], &url[at + NAME.len()..]);
    let (path, after) = rest.split_at(rest.find(['&', ' ']).unwrap_or(rest.len()));
    let after = after.strip_prefix('&').unwrap_or(after);
    (format!("{before}{after}").trim_end_matches(['?', '&']).into(), Some(path.into()))
}

/// What does not leave this machine.
fn is_here(config: &Config) -> bool {
    let by_name = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => name == "localhost" || IpAddr::from_str(name).is_ok_and(|ip| ip.is_loopback()),
        Host::Unix(_) => true,
    });
    by_name && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

fn tls(authorities: Option<PathBuf>) -> Result<MakeRustlsConnect> {
    let mut roots = RootCertStore::empty();
    match authorities {
        Some(path) => {
            let read = CertificateDer::pem_file_iter(&path)
                .and_then(Iterator::collect::<std::result::Result<Vec<_>, _>>);
            let found = read.map_err(|error| refused(&format!("sslrootcert {}: {error}", path.display())))?;
            if roots.add_parsable_certificates(found).0 == 0 {
                return Err(refused(&format!("sslrootcert {}: no certificate in it", path.display())));
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| refused(&error.to_string()))?;
    Ok(MakeRustlsConnect::new(config.with_root_certificates(roots).with_no_client_auth()))
}

fn refused(why: &str) -> StoreError {
    StoreError::Refused(why.into())
}

fn whole(error: &postgres::Error) -> String {
    error.source().map_or_else(|| error.to_string(), |source| format!("{error}: {source}"))
}
