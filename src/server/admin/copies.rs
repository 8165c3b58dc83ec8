//! Backup, restore, check.

use super::print;
use crate::{folder::Folder, open};
use anyhow::Context as _;
use std::path::Path;

pub fn backup(folder: &Folder, file: &Path) -> anyhow::Result<()> {
    baro_store::backup(&folder.database(), file)?;
    let keys = "The server's keys are not in it: keep copies of server.key and identity.pem apart from it.";
    print(&format!("backup  {}\n\n{keys}\n", file.display()))
}

pub fn restore(folder: &Folder, file: &Path) -> anyhow::Result<()> {
    baro_store::restore(file, &folder.database()).context("nothing was restored")?;
    print("restored; who was erased after this backup was made must be erased again\n")
}

pub fn check(folder: &Folder) -> anyhow::Result<()> {
    open::sqlite(folder)?.check()?;
    print("whole: pages, references, and the chain of the audit log\n")
}
