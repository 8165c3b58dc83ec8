//! Finding exercise files.

use crate::paths::shipped;
use anyhow::{Context as _, bail};
use baro_coach::{Exercise, reference::Reference};
use std::path::{Path, PathBuf};

/// An exercise, and reference motion of its own.
#[derive(Debug)]
pub struct Found {
    /// The exercise.
    pub exercise: Exercise,
    /// What lies beside its file under the name that it gives; `None`: what ships under that name, if it gives one.
    pub reference: Option<Reference>,
}

/// The exercise with this id among those that the program ships with, or in this file.
pub fn find_exercise(name: &str) -> anyhow::Result<Found> {
    let shipped = shipped("assets").join("exercises").join(format!("{}.toml", name.replace('-', "_")));
    let path = if name.ends_with(".toml") {
        PathBuf::from(name)
    } else if !name.contains(['/', '\\']) && shipped.is_file() {
        shipped
    } else {
        bail!(
            "there is no exercise `{name}`; known are {}; a file of your own needs a name that ends in .toml",
            known_exercises()?.join(", ")
        );
    };
    let text = read(&path)?;
    let exercise = Exercise::from_toml(&text)
        .with_context(|| format!("{} is no usable exercise file", path.display()))?;
    let reference = own_reference(&path, &exercise)?;
    Ok(Found { exercise, reference })
}

/// The reference motion beside an exercise file.
fn own_reference(path: &Path, exercise: &Exercise) -> anyhow::Result<Option<Reference>> {
    let Some(name) = &exercise.reference else { return Ok(None) };
    let beside = path.with_file_name(name);
    if !beside.is_file() {
        if Reference::shipped(name).is_none() {
            bail!(
                "{} compares with {name}, which is missing; put it into the same folder, or take [reference] out",
                path.display()
            );
        }
        return Ok(None);
    }
    let reference = Reference::from_text(&read(&beside)?)
        .with_context(|| format!("{} is no usable reference motion", beside.display()))?;
    if reference.exercise != exercise.id {
        bail!(
            "{} is reference motion of `{}`, not of `{}`; name the right one in [reference]",
            beside.display(),
            reference.exercise,
            exercise.id
        );
    }
    Ok(Some(reference))
}

/// The text of a file.
pub fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))
}

/// Ids of the exercises that the program ships with, sorted.
pub fn known_exercises() -> anyhow::Result<Vec<String>> {
    let files = toml_files(&shipped("assets").join("exercises"))?;
    Ok(files.iter().filter_map(|path| Some(path.file_stem()?.to_str()?.replace('_', "-"))).collect())
}

/// The `.toml` files of a folder, sorted.
pub fn toml_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("can't read {}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.filter_map(Result::ok).map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_exercises_are_found_by_their_ids() {
        let known = known_exercises().unwrap();
        assert!(known.contains(&"squat".into()) && known.contains(&"shoulder-abduction".into()), "{known:?}");
        for id in known {
            assert_eq!(find_exercise(&id).unwrap().exercise.id, id, "the file is named like its exercise");
        }
        let error = find_exercise("moonwalk").unwrap_err().to_string();
        assert!(error.contains("moonwalk") && error.contains("squat"), "{error}");
        assert!(find_exercise("../exercises/squat").is_err());
    }

    #[test]
    fn reference_motion_lies_beside_an_own_exercise() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep_squat.toml");
        let text = read(&shipped("assets").join("exercises/deep_squat.toml")).unwrap();
        std::fs::write(&file, &text).unwrap();
        let name = file.to_str().unwrap();
        assert!(find_exercise(name).unwrap().reference.is_none(), "what ships is found by its name");
        std::fs::write(&file, text.replace("deep-squat.ref", "mine.ref")).unwrap();
        let error = |name| find_exercise(name).err().unwrap().to_string();
        assert!(error(name).contains("mine.ref, which is missing"), "{}", error(name));
        let own = read(&shipped("assets").join("references/deep-squat.ref")).unwrap();
        std::fs::write(folder.path().join("mine.ref"), &own).unwrap();
        assert_eq!(find_exercise(name).unwrap().reference.unwrap().exercise, "deep-squat");
        std::fs::write(folder.path().join("mine.ref"), own.replace("\"deep-squat\"", "\"bridge\"")).unwrap();
        assert!(error(name).contains("of `bridge`, not of `deep-squat`"), "{}", error(name));
    }
}
