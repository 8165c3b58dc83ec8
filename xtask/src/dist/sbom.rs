//! The bill of materials: CycloneDX 1.6 as JSON.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::Release;
use super::bundled::BUNDLED;
use super::crates::Crate;
use crate::onnxruntime;

/// Writes it beside the packages.
pub fn write(release: &Release, crates: &[Crate], runtime: &Path) -> Result<PathBuf> {
    let library = onnxruntime::sha256(&runtime.join(onnxruntime::LIBRARY))?;
    let bill = bill(release, &release.date("+%Y-%m-%dT%H:%M:%SZ")?, crates, &library)?;
    let file = release.out.join(format!("baro-{}.cdx.json", release.version));
    fs::write(&file, serde_json::to_string_pretty(&bill)? + "\n")
        .with_context(|| format!("can't write {}", file.display()))?;
    Ok(file)
}

fn bill(release: &Release, at: &str, crates: &[Crate], library_sha256: &str) -> Result<Value> {
    let program =
        crates.iter().position(|one| one.name == "baro").context("the program is not in its own tree")?;
    let sha256 = |sum: &str| json!([{ "alg": "SHA-256", "content": sum }]);
    let mut components = Vec::new();
    for (index, one) in crates.iter().enumerate().filter(|(index, _)| *index != program) {
        let mut component = json!({
            "type": "library", "bom-ref": reference(&crates[index]), "name": one.name, "version": one.version,
            "licenses": [{ "expression": one.licence }],
        });
        if !one.is_ours {
            component["purl"] = json!(reference(one));
        }
        if let Some(sum) = &one.checksum {
            component["hashes"] = sha256(sum);
        }
        components.push(component);
    }
    for part in &BUNDLED {
        let kind = match part.name {
            "onnxruntime" => "library",
            "blazepose-models" => "machine-learning-model",
            _ => "data",
        };
        let mut component = json!({
            "type": kind, "bom-ref": part.from, "purl": part.from, "name": part.name, "version": part.version,
            "licenses": [{ "license": { "id": part.licence } }],
        });
        if part.name == "onnxruntime" {
            component["hashes"] = sha256(library_sha256);
        }
        components.push(component);
    }
    let dependencies: Vec<Value> = crates
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let mut uses: Vec<String> = one.uses.iter().map(|&used| reference(&crates[used])).collect();
            if index == program {
                uses.extend(BUNDLED.iter().map(|part| part.from.to_owned()));
            }
            json!({ "ref": reference(one), "dependsOn": uses })
        })
        .collect();
    Ok(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": at,
            "component": {
                "type": "application", "bom-ref": reference(&crates[program]), "name": "baro",
                "version": release.version, "licenses": [{ "license": { "id": "Apache-2.0" } }],
                "properties": [
                    { "name": "commit", "value": release.commit }, { "name": "target", "value": release.target },
                ],
            },
        },
        "components": components, "dependencies": dependencies,
    }))
}

/// Package URL of a crate; of one of ours the name alone.
fn reference(one: &Crate) -> String {
    match one.is_ours {
        true => one.name.clone(),
        // `+` has a meaning of its own in a URL.
        false => format!("pkg:cargo/{}@{}", one.name, one.version.replace('+', "%2B")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn one(name: &str, is_ours: bool, uses: &[usize]) -> Crate {
        Crate {
            name: name.into(),
            version: "1.0.0+x".into(),
            licence: "MIT".into(),
            authors: Vec::new(),
            folder: PathBuf::new(),
            is_ours,
            checksum: (!is_ours).then(|| "ab".into()),
            uses: uses.to_vec(),
        }
    }

    #[test]
    fn every_part_stands_once_and_every_use_leads_to_a_part() {
        let release = Release {
            version: "1.0.0".into(),
            arch: String::new(),
            target: String::new(),
            maintainer: String::new(),
            commit: String::new(),
            unix_s: 0,
            target_dir: PathBuf::new(),
            out: PathBuf::new(),
        };
        let crates = [one("baro", true, &[1]), one("baro-coach", true, &[2]), one("serde", false, &[])];
        let bill = bill(&release, "2026-01-01T00:00:00Z", &crates, "cd").unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let parts = bill["components"].as_array().unwrap();
        let mut refs: BTreeSet<String> = parts.iter().map(|part| text(&part["bom-ref"])).collect();
        assert_eq!(refs.len(), parts.len());
        assert!(refs.contains("pkg:cargo/serde@1.0.0%2Bx"));
        refs.insert(text(&bill["metadata"]["component"]["bom-ref"]));
        for dependency in bill["dependencies"].as_array().unwrap() {
            assert!(refs.contains(&text(&dependency["ref"])));
            assert!(
                dependency["dependsOn"].as_array().unwrap().iter().all(|used| refs.contains(&text(used)))
            );
        }
    }
}
