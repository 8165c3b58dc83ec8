//! The tree of files that the packages hold: what lies below `/usr`, or in the tarball's folder.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Release;
use crate::{onnxruntime, sh};

const ICON_SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];
/// What makes or describes the bundled files, and is of no use where they are installed.
const LEFT_OUT: [&str; 4] = [".py", ".sh", ".md", ".truth.json"];

/// Licences and the desktop's files have their own places.
const ELSEWHERE: [&str; 4] = ["LICENSE", "NOTICE", "OFL.txt", "linux"];

pub struct Tree {
    /// Stands for `/usr`.
    root: PathBuf,
}

impl Tree {
    /// An empty one, in place of an older one.
    pub fn empty(release: &Release) -> Result<Tree> {
        let root = release.out.join("tree");
        if root.exists() {
            fs::remove_dir_all(&root).with_context(|| format!("can't empty {}", root.display()))?;
        }
        fs::create_dir_all(&root).with_context(|| format!("can't make {}", root.display()))?;
        Ok(Tree { root })
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Puts the program in, and all that it needs and that announces it.
    pub fn fill(&self, release: &Release, runtime: &Path, bill: &Path) -> Result<()> {
        // All in one folder, where the program looks beside itself; found through the link in `bin`, wherever the
        // tree is put. Not in `share/baro`: below ~/.local that is where people's data lies.
        let program = self.copy(&release.program(), "lib/baro/baro")?;
        set_mode(&program, 0o755)?;
        self.copy(&runtime.join(onnxruntime::LIBRARY), &format!("lib/baro/{}", onnxruntime::LIBRARY))?;
        fs::create_dir_all(self.root.join("bin"))?;
        symlink("../lib/baro/baro", self.root.join("bin/baro"))?;
        self.copy_folder(&sh::root().join("assets"), "lib/baro/assets")?;
        self.copy_folder(&sh::root().join("models"), "lib/baro/models")?;
        self.desktop(release)?;
        self.write_compressed("share/doc/baro/baro.cdx.json", &fs::read_to_string(bill)?)
    }

    /// What makes it a program of the desktop.
    fn desktop(&self, release: &Release) -> Result<()> {
        let linux = sh::root().join("assets/linux");
        self.copy(&linux.join("baro.desktop"), "share/applications/baro.desktop")?;
        let icon = linux.join("baro.svg");
        self.copy(&icon, "share/icons/hicolor/scalable/apps/baro.svg")?;
        for size in ICON_SIZES {
            let file = self.place(&format!("share/icons/hicolor/{size}x{size}/apps/baro.png"))?;
            let pixels = size.to_string();
            sh::sh("rsvg-convert").args(["--width", &pixels, "--output"]).arg(&file).arg(&icon).read()?;
        }
        let filled = |name: &str| -> Result<String> {
            let text = fs::read_to_string(linux.join(name)).with_context(|| format!("can't read {name}"))?;
            Ok(text.replace("@VERSION@", &release.version).replace("@DATE@", &release.date("+%Y-%m-%d")?))
        };
        self.write("share/metainfo/baro.metainfo.xml", &filled("baro.metainfo.xml")?)?;
        self.write_compressed("share/man/man1/baro.1", &filled("baro.1")?)
    }

    /// Packs it for systems without `dpkg`.
    pub fn tarball(&self, release: &Release) -> Result<PathBuf> {
        for (from, name) in [("LICENSE", "LICENSE"), ("assets/linux/README.txt", "README.txt")] {
            self.copy(&sh::root().join(from), name)?;
        }
        let arch = release.target.split('-').next().context("a target without a processor")?;
        let name = format!("baro-{}-linux-{arch}", release.version);
        let file = release.out.join(format!("{name}.tar.gz"));
        sh::sh("tar")
            .args(["--create", "--gzip", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"])
            .arg(format!("--mtime=@{}", release.unix_s))
            .arg(format!("--transform=s,^\\.,{name},S"))
            .arg("--file")
            .arg(&file)
            .arg("--directory")
            .arg(&self.root)
            .arg(".")
            .run()?;
        Ok(file)
    }

    /// Writes a text.
    pub fn write(&self, path: &str, text: &str) -> Result<()> {
        let file = self.place(path)?;
        fs::write(&file, text).with_context(|| format!("can't write {}", file.display()))?;
        set_mode(&file, 0o644)
    }

    /// Writes a text as Debian wants long ones: compressed, `.gz` added to the name.
    pub fn write_compressed(&self, path: &str, text: &str) -> Result<()> {
        self.write(path, text)?;
        let file = self.root.join(path);
        // Neither name nor time in it: the same text makes the same file.
        sh::sh("gzip").args(["--force", "--best", "--no-name"]).arg(&file).read().map(drop)
    }

    fn copy_folder(&self, from: &Path, to: &str) -> Result<()> {
        for entry in fs::read_dir(from).with_context(|| format!("can't read {}", from.display()))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let to = format!("{to}/{name}");
            if is_left_out(&name) {
                continue;
            }
            if entry.file_type()?.is_dir() {
                self.copy_folder(&entry.path(), &to)?;
            } else {
                self.copy(&entry.path(), &to)?;
            }
        }
        Ok(())
    }

    fn copy(&self, from: &Path, to: &str) -> Result<PathBuf> {
        let file = self.place(to)?;
        fs::copy(from, &file).with_context(|| format!("can't copy {}", from.display()))?;
        set_mode(&file, 0o644)?;
        Ok(file)
    }

    /// Path of a file to be, its folder made, with modes that do not hang on the user's `umask`.
    fn place(&self, path: &str) -> Result<PathBuf> {
        let file = self.root.join(path);
        let mut folder = file.parent();
        if let Some(folder) = folder {
            fs::create_dir_all(folder).with_context(|| format!("can't make {}", folder.display()))?;
        }
        while let Some(here) = folder.filter(|here| here.starts_with(&self.root)) {
            set_mode(here, 0o755)?;
            folder = here.parent();
        }
        Ok(file)
    }
}

fn is_left_out(name: &str) -> bool {
    LEFT_OUT.iter().any(|end| name.ends_with(end)) || ELSEWHERE.contains(&name)
}

fn set_mode(path: &Path, mode: u32) -> Result<()> {
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .with_context(|| format!("can't set the mode of {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_reads_is_packed_and_what_made_it_is_not() {
        for name in ["squat.toml", "sunhee.glb", "squat.mp4", "manifest.json", "cue-good.ogg", "window.ftl"] {
            assert!(!is_left_out(name), "{name}");
        }
        for name in ["make_avatars.py", "make_sounds.sh", "README.md", "squat.truth.json", "LICENSE", "linux"]
        {
            assert!(is_left_out(name), "{name}");
        }
    }

    #[test]
    fn a_long_text_is_compressed_without_a_time_and_readable_by_all() {
        let dir = tempfile::tempdir().unwrap();
        let tree = Tree { root: dir.path().to_owned() };
        tree.write_compressed("share/doc/a", "text").unwrap();
        let file = dir.path().join("share/doc/a.gz");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
        assert_eq!(fs::read(&file).unwrap()[4..8], [0; 4]);
    }
}
