//! Erasing a person, with a receipt.

use super::{find_person, print};
use crate::{folder::Folder, keys, now_ms};
use anyhow::{Context as _, bail};
use baro_store::Store;
use baro_sync::{Written, erasure};
use baro_wire::{Digest, PostId, PublicKey, Receipt, Signature};
use serde_json::json;
use std::{
    fs::OpenOptions,
    io::Write as _,
    path::{Path, PathBuf},
};
use uuid::Uuid;

pub fn run(
    store: &mut dyn Store,
    folder: &Folder,
    person: &str,
    receipt: Option<&Path>,
    yes: bool,
) -> anyhow::Result<()> {
    let (_, state) = find_person(store, person)?;
    let person = state.person;
    if !yes {
        bail!("this destroys all records and posts of {person} for good; add --yes to do it");
    }
    let own = folder.key()?;
    let path = receipt.map_or_else(|| PathBuf::from(format!("erased-{person}.json")), Path::to_owned);
    // Where the receipt can't be written, nothing is destroyed.
    let mut file = (OpenOptions::new().write(true).create_new(true).open(&path))
        .with_context(|| format!("the receipt {} can't be written", path.display()))?;
    let erased = store.erase(person, now_ms())?;
    let Some(Written::Erased { erased_ms, records, posts, audit }) = erased else {
        bail!("there is nobody of this id any more");
    };
    let receipt = Receipt {
        post: PostId(*Uuid::now_v7().as_bytes()),
        person,
        erased_ms,
        records,
        posts,
        audit,
        signature: Signature { r: Digest::default(), s: Digest::default() },
    };
    let receipt = erasure::seal(receipt, |message| keys::sign(&own, message));
    let text = written(&receipt, PublicKey(own.verifying_key().to_bytes()))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all())?;
    let backups = "Backups that were made before still hold the data: destroy them.";
    print(&format!("{text}\nreceipt  {}\n{backups}\n", path.display()))
}

/// For people and programs; what is signed stands in `src/sync/erasure.rs`.
pub fn written(receipt: &Receipt, server: PublicKey) -> anyhow::Result<String> {
    let Receipt { post, person, erased_ms, records, posts, audit, signature } = receipt;
    let receipt = json!({
        "post": post.to_string(),
        "person": person.to_string(),
        "erased_ms": erased_ms,
        "records": records,
        "posts": posts,
        "audit": audit.to_string(),
        "signature": format!("{}{}", signature.r, signature.s),
        "server": server.to_string(),
    });
    Ok(serde_json::to_string_pretty(&receipt)? + "\n")
}
