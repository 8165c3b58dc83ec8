//! The Debian package.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Release;
use super::stage::Tree;
use crate::{needs, onnxruntime, sh};

/// `apt` installs these by default, and people may leave them out: a driver that did not come by `apt` is as good as
/// Mesa's, and without a voice there are the bundled recordings.
const RECOMMENDED: [(&str, &str); 3] = [
    ("mesa-vulkan-drivers", "mesa-vulkan-drivers | vulkan-icd"),
    ("speech-dispatcher", "speech-dispatcher"),
    ("speech-dispatcher-espeak-ng", "speech-dispatcher-espeak-ng"),
];

/// Packs the tree. No script runs when it is installed or removed, so people's data is never touched.
pub fn write(release: &Release, tree: &Tree) -> Result<PathBuf> {
    let root = release.out.join("deb");
    if root.exists() {
        fs::remove_dir_all(&root).with_context(|| format!("can't empty {}", root.display()))?;
    }
    fs::create_dir_all(root.join("DEBIAN"))?;
    // Hard links: the same files under another root.
    sh::sh("cp").args(["--archive", "--link"]).arg(tree.root()).arg(root.join("usr")).read()?;
    fs::write(root.join("DEBIAN/control"), control(release, &linked(release, tree)?, kibibytes(&root)?))?;
    let sums = sh::sh("sh")
        .args(["-c", "find usr -type f | LC_ALL=C sort | xargs -d '\\n' md5sum"])
        .dir(&root)
        .read()?;
    fs::write(root.join("DEBIAN/md5sums"), sums)?;
    sh::sh("chmod").args(["0755"]).arg(&root).arg(root.join("DEBIAN")).read()?;
    sh::sh("chmod")
        .args(["0644"])
        .arg(root.join("DEBIAN/control"))
        .arg(root.join("DEBIAN/md5sums"))
        .read()?;
    let file = release.out.join(format!("baro_{}_{}.deb", release.version, release.arch));
    sh::sh("dpkg-deb")
        .args(["--root-owner-group", "-Zxz", "--build"])
        .arg(&root)
        .arg(&file)
        .env("SOURCE_DATE_EPOCH", release.unix_s.to_string())
        .run()?;
    fs::remove_dir_all(&root)?;
    Ok(file)
}

/// What the program and the library are linked with, as Debian computes it: `libasound2 (>= 1.0.16), libc6 (>= 2.34)`.
fn linked(release: &Release, tree: &Tree) -> Result<String> {
    let work = release.out.join("shlibdeps");
    fs::create_dir_all(work.join("debian"))?;
    // It reads this file, of which nothing matters but that it is there.
    fs::write(work.join("debian/control"), "Source: baro\n\nPackage: baro\nArchitecture: any\n")?;
    let library = tree.root().join("lib/baro").join(onnxruntime::LIBRARY);
    let said = sh::sh("dpkg-shlibdeps").arg("-O").arg(release.program()).arg(library).dir(&work).read();
    fs::remove_dir_all(&work)?;
    let said = said?;
    let list = said.lines().find_map(|line| line.strip_prefix("shlibs:Depends="));
    Ok(list.context("dpkg-shlibdeps printed no list")?.to_owned())
}

fn kibibytes(root: &std::path::Path) -> Result<u64> {
    let said = sh::sh("du")
        .args(["--summarize", "--apparent-size", "--block-size=1024"])
        .arg(root.join("usr"))
        .read()?;
    said.split_whitespace()
        .next()
        .and_then(|number| number.parse().ok())
        .context("can't read the size from `du`")
}

fn control(release: &Release, linked: &str, kibibytes: u64) -> String {
    let (recommended, opened): (Vec<&str>, Vec<&str>) =
        needs::at_run_time().partition(|package| RECOMMENDED.iter().any(|(name, _)| name == package));
    let recommends: Vec<&str> = RECOMMENDED
        .iter()
        .filter(|(name, _)| recommended.contains(name))
        .map(|(_, alternatives)| *alternatives)
        .collect();
    format!(
        "Package: baro\n\
         Version: {}\n\
         Section: education\n\
         Priority: optional\n\
         Architecture: {}\n\
         Maintainer: {}\n\
         Installed-Size: {kibibytes}\n\
         Depends: {linked}, {}\n\
         Recommends: {}\n\
         Description: coach for exercises at home that sees how you move\n\
         \x20A webcam and a pose model on this computer measure your body; your form is\n\
         \x20scored while you move, and Baro tells you by picture and voice what to change.\n\
         \x20.\n\
         \x20It speaks English and Korean, works without a network, and never stores or\n\
         \x20sends the camera's picture. It does not replace a doctor or a physiotherapist.\n",
        release.version,
        release.arch,
        release.maintainer,
        opened.join(", "),
        recommends.join(", "),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_needed_at_run_time_is_named_once() {
        let release = Release {
            version: "1.2.3".into(),
            arch: "amd64".into(),
            target: String::new(),
            maintainer: "Ann <ann@example.org>".into(),
            commit: String::new(),
            unix_s: 0,
            target_dir: PathBuf::new(),
            out: PathBuf::new(),
        };
        let control = control(&release, "libc6 (>= 2.34)", 7);
        let field = |name: &str| control.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        let named = format!("{}, {}", field("Depends: "), field("Recommends: "));
        for package in needs::at_run_time() {
            assert_eq!(
                named.split(", ").filter(|entry| entry.split(' ').next() == Some(package)).count(),
                1,
                "{package}"
            );
        }
        assert!(field("Depends: ").contains("libvulkan1") && !field("Depends: ").contains("mesa"));
        assert!(control.lines().all(|line| !line.is_empty()), "an empty line would end the description");
    }
}
