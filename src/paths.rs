//! Where the program finds what it ships with.

use std::path::{Path, PathBuf};

/// The source tree that this was built from. A packaged program (`cargo xtask dist`) knows none: it must not look into a folder
/// of the machine that it was built on, which on another may be anybody's.
const SOURCES: Option<&str> =
    if option_env!("BARO_PACKAGED").is_some() { None } else { Some(env!("CARGO_MANIFEST_DIR")) };

/// The folder `name` (`assets`, `models`): beside the program where it was installed, else in the source tree.
pub fn shipped(name: &str) -> PathBuf {
    let beside = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|folder| folder.join(name)));
    match (beside, SOURCES) {
        (Some(folder), None) => folder,
        (Some(folder), _) if folder.is_dir() => folder,
        (_, Some(sources)) => Path::new(sources).join(name),
        (None, None) => PathBuf::from(name),
    }
}
