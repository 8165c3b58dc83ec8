//! Opens the store that was chosen.

use crate::{config::Config, folder::Folder, pool::Connection};
use baro_store::{Options, Sqlite, StoreError};

/// The embedded store.
pub fn sqlite(folder: &Folder) -> Result<Sqlite, StoreError> {
    Sqlite::open(&folder.database(), Options::default())
}

/// One connection.
pub fn one(_: &Config, folder: &Folder) -> anyhow::Result<Connection> {
    Ok(Box::new(sqlite(folder)?))
}

/// The connections of a server that runs: to write, and to read.
pub fn many(config: &Config, folder: &Folder) -> anyhow::Result<(Connection, Vec<Connection>)> {
    let writer = one(config, folder)?;
    let readers = (0..config.readers).map(|_| one(config, folder)).collect::<anyhow::Result<_>>()?;
    Ok((writer, readers))
}
