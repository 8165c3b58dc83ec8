//! Pictures of every screen: the blessed ones that the tests compare with, and sheets in the smallest and the largest size.

use std::path::Path;

use anyhow::{Context, Result};

use crate::{
    sh::{cargo, root, sh},
    suite::in_window,
};

/// The window's smallest size, and 4K.
const SIZES: [&str; 2] = ["1024x640", "3840x2160"];
const LANGUAGES: [&str; 2] = ["en", "ko"];
/// As the tests have it, so that nothing is built twice.
const SAME: [&str; 3] = ["--workspace", "--features", "baro-store/postgres"];
/// Width of a picture on a sheet, pixels, and how many stand side by side.
const TILE: (u32, u32) = (480, 4);

/// Draws all pictures anew into `docs/screenshots`.
pub fn take() -> Result<()> {
    tour("bless", "")?;
    let pictures = root().join("docs/screenshots");
    let folder = std::env::temp_dir().join("baro-screenshots");
    for size in SIZES {
        let _ = std::fs::remove_dir_all(&folder);
        tour(&folder.to_string_lossy(), size)?;
        for language in LANGUAGES {
            sheet(&folder.join(language), &pictures.join(format!("all-{size}-{language}.jpg")))?;
        }
    }
    for size in SIZES.into_iter().chain(["1280x720"]) {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        for language in LANGUAGES {
            class(&folder, size, language)?;
        }
        sheet(&folder, &pictures.join(format!("class-{size}.jpg")))?;
    }
    Ok(())
}

/// A class needs a server and several windows; see `tests/class.rs`.
fn class(into: &Path, size: &str, language: &str) -> Result<()> {
    let command = cargo().arg("test").args(SAME).args(["--test", "class"]);
    let command = command.env("BARO_CLASS_PICTURES", into);
    in_window(command.env("BARO_CLASS_SIZE", size).env("BARO_CLASS_LANG", language), size)?.run()
}

/// The walk through every screen; see `src/client/tour.rs`.
fn tour(into: &str, size: &str) -> Result<()> {
    let command = cargo().arg("test").args(SAME).args(["--lib", "tour::"]);
    command.env("BARO_TOUR", into).env("BARO_TOUR_SIZE", size).run()
}

/// All pictures of a folder on one sheet, in the order of their names.
fn sheet(folder: &Path, into: &Path) -> Result<()> {
    let count =
        std::fs::read_dir(folder).with_context(|| format!("no pictures in {}", folder.display()))?.count();
    let (width, columns) = TILE;
    let rows = count.div_ceil(columns as usize);
    sh("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y", "-pattern_type", "glob", "-i"])
        .arg(folder.join("*.jpg"))
        .args(["-frames:v", "1", "-q:v", "4", "-vf"])
        .arg(format!("scale={width}:-2:flags=lanczos,tile={columns}x{rows}:padding=6:color=white"))
        .arg(into)
        .run()
}
