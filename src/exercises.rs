//! Finding exercise files.

use crate::paths::shipped;
use anyhow::{Context as _, bail};
use baro_coach::Exercise;
use std::path::{Path, PathBuf};

/// The exercise with this id among those that the program ships with, or in this file.
pub fn find_exercise(name: &str) -> anyhow::Result<Exercise> {
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
    let text = std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    Exercise::from_toml(&text).with_context(|| format!("{} is no usable exercise file", path.display()))
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
            assert_eq!(find_exercise(&id).unwrap().id, id, "the file is named like its exercise");
        }
        let error = find_exercise("moonwalk").unwrap_err().to_string();
        assert!(error.contains("moonwalk") && error.contains("squat"), "{error}");
        assert!(find_exercise("../exercises/squat").is_err());
    }
}
