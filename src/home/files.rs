//! Files that are written whole, and files that are put aside.

use crate::HomeError;
use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

/// Damaged files that are kept of one name; then the last is written over.
const KEPT_ASIDE: u32 = 20;

/// Writes a file so that after a crash either the old or the new one is there, whole.
pub fn write_whole(path: &Path, text: &str) -> Result<(), HomeError> {
    let part = with_suffix(path, ".part");
    let write = || -> io::Result<()> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut file = File::create(&part)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&part, path)
    };
    write().map_err(|source| {
        // A half-written file is of no use to anyone; that it can't be removed changes nothing.
        let _ = fs::remove_file(&part);
        HomeError::Write { path: path.to_owned(), source }
    })
}

/// The text of a file; `None` where there is none.
pub fn read_text(path: &Path) -> Result<Option<String>, HomeError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(HomeError::read(path)(error)),
    }
}

/// Keeps a damaged file beside its place as `NAME.bad-1`, `NAME.bad-2` and so on; where it is now.
pub fn keep_aside(path: &Path) -> Option<PathBuf> {
    let name = |n| with_suffix(path, &format!(".bad-{n}"));
    let kept = (1..KEPT_ASIDE).map(name).find(|kept| !kept.exists()).unwrap_or_else(|| name(KEPT_ASIDE));
    fs::copy(path, &kept).ok().map(|_| kept)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
