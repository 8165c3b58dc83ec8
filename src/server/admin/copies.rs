//! Backup, restore, check.

use super::print;
use crate::{config::Config, folder::Folder, open};
use anyhow::{Context as _, bail};
use std::path::Path;

pub fn backup(config: &Config, folder: &Folder, file: &Path) -> anyhow::Result<()> {
    if config.postgres.is_some() {
        bail!("PostgreSQL has its own way: pg_dump --format=custom --file=FILE URL");
    }
    baro_store::backup(&folder.database(), file)?;
    let keys = "The server's keys are not in it: keep copies of server.key and identity.pem apart from it.";
    print(&format!("backup  {}\n\n{keys}\n", file.display()))
}

pub fn restore(config: &Config, folder: &Folder, file: &Path) -> anyhow::Result<()> {
    if config.postgres.is_some() {
        bail!("PostgreSQL has its own way: pg_restore --dbname=URL FILE, into an empty database");
    }
    baro_store::restore(file, &folder.database()).context("nothing was restored")?;
    print(
        "restored; what devices sent after this backup was made they send again; who was erased after it must be erased again\n",
    )
}

pub fn check(config: &Config, folder: &Folder) -> anyhow::Result<()> {
    open::check(config, folder)?;
    print(match config.postgres {
        Some(_) => "whole: the chain of the audit log (what is on PostgreSQL's disk, pg_amcheck tells)\n",
        None => "whole: pages, references, and the chain of the audit log\n",
    })
}
