//! The crates that stand in the program, as cargo tells.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::sh;

pub struct Crate {
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub licence: String,
    pub authors: Vec<String>,
    pub folder: PathBuf,
    /// Whether it is one of this workspace.
    pub is_ours: bool,
    /// SHA-256 of what crates.io serves.
    pub checksum: Option<String>,
    /// Places in the list of the crates that it uses.
    pub uses: Vec<usize>,
}

/// What `cargo metadata` prints.
pub fn metadata(arguments: &[&str]) -> Result<Value> {
    let said = sh::cargo().args(["metadata", "--locked", "--format-version", "1"]).args(arguments).read()?;
    serde_json::from_str(&said).context("can't read what `cargo metadata` printed")
}

/// The crates compiled into `baro` on this target, without those that only run while it is built; sorted by name.
pub fn in_program(target: &str) -> Result<Vec<Crate>> {
    // `cargo metadata` mixes the features of all members; `cargo tree` knows what this package switches on.
    let tree = sh::cargo()
        .args([
            "tree",
            "--locked",
            "--package",
            "baro",
            "--edges",
            "normal,no-proc-macro",
            "--target",
            target,
        ])
        .args(["--prefix", "none", "--format", "{p}"])
        .read()?;
    let lock = std::fs::read_to_string(sh::root().join("Cargo.lock")).context("can't read Cargo.lock")?;
    let metadata = metadata(&["--filter-platform", target])?;
    select(&metadata, &names(&tree), &checksums(&lock))
}

/// Name and version of each line of `cargo tree`, such as `serde v1.0.228 (*)`.
fn names(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
        })
        .collect()
}

/// Checksum of each package that has one in Cargo.lock.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let field = |block: &str, name: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = \""))?;
        Some(line.trim_end_matches('"').to_owned())
    };
    lock.split("[[package]]")
        .filter_map(|block| {
            Some(((field(block, "name")?, field(block, "version")?), field(block, "checksum")?))
        })
        .collect()
}

fn select(
    metadata: &Value,
    wanted: &BTreeSet<(String, String)>,
    checksums: &BTreeMap<(String, String), String>,
) -> Result<Vec<Crate>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut found: Vec<(String, Crate)> = Vec::new();
    for package in list(&metadata["packages"]) {
        let key = (text(&package["name"]), text(&package["version"]));
        if !wanted.contains(&key) {
            continue;
        }
        let folder = PathBuf::from(text(&package["manifest_path"]));
        let folder = folder.parent().context("a manifest in no folder")?.to_owned();
        let licence = package["license"].as_str().with_context(|| format!("{} names no licence", key.0))?;
        let one = Crate {
            // Older crates separate alternatives with a slash, which SPDX does not know.
            licence: licence.replace('/', " OR "),
            authors: list(&package["authors"]).iter().map(text).collect(),
            folder,
            is_ours: package["source"].is_null(),
            checksum: checksums.get(&key).cloned(),
            uses: Vec::new(),
            name: key.0,
            version: key.1,
        };
        found.push((text(&package["id"]), one));
    }
    anyhow::ensure!(found.len() == wanted.len(), "cargo's tree and its metadata name different crates");
    found.sort_by(|a, b| (&a.1.name, &a.1.version).cmp(&(&b.1.name, &b.1.version)));
    let place: BTreeMap<String, usize> =
        found.iter().enumerate().map(|(index, (id, _))| (id.clone(), index)).collect();
    for node in list(&metadata["resolve"]["nodes"]) {
        if let Some(&index) = place.get(&text(&node["id"])) {
            let uses = list(&node["dependencies"]);
            found[index].1.uses = uses.iter().filter_map(|id| place.get(&text(id)).copied()).collect();
        }
    }
    Ok(found.into_iter().map(|(_, one)| one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_the_tree_names_is_taken_with_its_checksum_and_what_it_uses() {
        let metadata = json!({
            "packages": [
                { "id": "b", "name": "bee", "version": "2.0.0", "license": "MIT/Apache-2.0", "authors": ["B"],
                  "manifest_path": "/r/bee-2.0.0/Cargo.toml", "source": "registry" },
                { "id": "a", "name": "ant", "version": "1.0.0", "license": "MIT", "authors": [],
                  "manifest_path": "/w/Cargo.toml", "source": null },
                { "id": "t", "name": "only-in-tests", "version": "1.0.0", "license": "MIT", "authors": [],
                  "manifest_path": "/r/t/Cargo.toml", "source": "registry" },
            ],
            "resolve": { "nodes": [{ "id": "a", "dependencies": ["b", "t"] }, { "id": "b", "dependencies": [] }] },
        });
        let lock =
            "[[package]]\nname = \"bee\"\nversion = \"2.0.0\"\nsource = \"r\"\nchecksum = \"c0ffee\"\n";
        let tree = "ant v1.0.0 (/w)\nbee v2.0.0\nbee v2.0.0 (*)\n";
        let crates = select(&metadata, &names(tree), &checksums(lock)).unwrap();
        assert_eq!(crates.len(), 2);
        let [ant, bee] = [&crates[0], &crates[1]];
        assert!(ant.name == "ant" && ant.is_ours && ant.checksum.is_none() && ant.uses == [1]);
        assert!(bee.licence == "MIT OR Apache-2.0" && bee.checksum.as_deref() == Some("c0ffee"));
        assert!(select(&metadata, &names("wasp v1.0.0"), &checksums(lock)).is_err());
    }
}
