//! Opens the store that was chosen.

use crate::{config::Config, folder::Folder, pool::Connection};
use baro_store::{Options, Sqlite};

/// One connection.
pub fn one(config: &Config, folder: &Folder) -> anyhow::Result<Connection> {
    match &config.postgres {
        Some(url) => postgres(url).map(|store| Box::new(store) as Connection),
        None => Ok(Box::new(sqlite(folder)?)),
    }
}

/// The connections of a server that runs: to write, and to read.
pub fn many(config: &Config, folder: &Folder) -> anyhow::Result<(Connection, Vec<Connection>)> {
    let writer = one(config, folder)?;
    let readers = (0..config.readers).map(|_| one(config, folder)).collect::<anyhow::Result<_>>()?;
    Ok((writer, readers))
}

/// Reads all that can be checked.
pub fn check(config: &Config, folder: &Folder) -> anyhow::Result<()> {
    match &config.postgres {
        Some(url) => Ok(postgres(url)?.check()?),
        None => Ok(sqlite(folder)?.check()?),
    }
}

fn sqlite(folder: &Folder) -> anyhow::Result<Sqlite> {
    Ok(Sqlite::open(&folder.database(), Options::default())?)
}

#[cfg(feature = "postgres")]
fn postgres(url: &str) -> anyhow::Result<baro_store::Postgres> {
    Ok(baro_store::Postgres::connect(url)?)
}

#[cfg(not(feature = "postgres"))]
fn postgres(_: &str) -> anyhow::Result<Sqlite> {
    anyhow::bail!(
        "this program was built without PostgreSQL: leave --postgres out, or build it with the feature `postgres`"
    )
}
