//! Where the program finds what it ships with.

use std::path::{Path, PathBuf};

/// The folder `name` (`assets`, `models`): beside the program where it was installed, else in the source tree that it
/// was built from.
pub fn shipped(name: &str) -> PathBuf {
    let installed = std::env::current_exe().ok().and_then(|exe| exe.parent().map(|folder| folder.join(name)));
    match installed {
        Some(folder) if folder.is_dir() => folder,
        _ => Path::new(env!("CARGO_MANIFEST_DIR")).join(name),
    }
}
