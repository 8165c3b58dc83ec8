//! The distribution's own kernel, unpacked into the user's cache and never installed: it carries the virtual
//! video driver.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{onnxruntime, os, sh};

/// The package that always names the newest kernel, on Debian and on Ubuntu. Cloud kernels have no video drivers.
const META_PACKAGES: &[&str] = &["linux-image-amd64", "linux-image-generic"];

/// An unpacked kernel.
pub struct Kernel {
    /// The folder that holds `lib/modules`.
    base: PathBuf,
    /// Such as `6.1.0-56-amd64`.
    version: String,
    /// The bootable image.
    pub image: PathBuf,
}

/// Finds the kernel in the cache, or downloads it there.
pub fn get() -> Result<Kernel> {
    let kernels = onnxruntime::cache_dir()?.join("kernel");
    let package = match image_package() {
        Some(package) => package,
        None => {
            os::apt_update()?;
            image_package().with_context(|| {
                format!(
                    "apt knows none of the kernel packages {}; test-camera needs one",
                    META_PACKAGES.join(", ")
                )
            })?
        }
    };
    let dir = kernels.join(&package);
    if !dir.is_dir() {
        unpack(&package, &kernels, &dir)?;
    }
    let version = package.trim_start_matches("linux-image-").trim_start_matches("unsigned-").to_owned();
    // Newer packages follow the merged /usr.
    let base = [dir.clone(), dir.join("usr")]
        .into_iter()
        .find(|base| base.join("lib/modules").join(&version).is_dir())
        .with_context(|| format!("{} holds no modules; delete it and start again", dir.display()))?;
    let image = dir.join("boot").join(format!("vmlinuz-{version}"));
    if !image.is_file() {
        bail!("{} holds no kernel image; delete it and start again", dir.display());
    }
    Ok(Kernel { base, version, image })
}

/// The real package behind the first meta package that apt knows.
fn image_package() -> Option<String> {
    META_PACKAGES.iter().find_map(|meta| {
        let listing = sh::sh("apt-cache").args(["depends", meta]).read().ok()?;
        first_image(&listing)
    })
}

fn first_image(listing: &str) -> Option<String> {
    listing
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Depends: "))
        .find(|name| name.starts_with("linux-image-"))
        .map(str::to_owned)
}

fn unpack(package: &str, kernels: &Path, dir: &Path) -> Result<()> {
    let work = kernels.join(format!(".getting-{}", std::process::id()));
    let root = work.join("root");
    fs::create_dir_all(&root).with_context(|| format!("can't make the folder {}", root.display()))?;
    println!("Getting {package}: it is unpacked into {} and not installed", dir.display());
    for part in parts(package) {
        sh::sh("apt-get").args(["download", &part]).dir(&work).run()?;
    }
    for entry in fs::read_dir(&work)? {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "deb") {
            sh::sh("dpkg-deb").arg("-x").arg(&file).arg(&root).run()?;
        }
    }
    let merged = root.join("usr/lib/modules");
    let base = if merged.is_dir() { root.join("usr") } else { root.clone() };
    let version = package.trim_start_matches("linux-image-");
    program("depmod")?.arg("-b").arg(&base).arg(version).run()?;
    fs::rename(&root, dir).with_context(|| format!("can't write to {}", kernels.display()))?;
    fs::remove_dir_all(&work).with_context(|| format!("can't remove {}", work.display()))
}

/// The packages that make up a kernel: Ubuntu puts its modules into two more.
fn parts(package: &str) -> Vec<String> {
    let version = package.trim_start_matches("linux-image-");
    let more = ["linux-modules-", "linux-modules-extra-"].map(|prefix| format!("{prefix}{version}"));
    let known = |name: &String| sh::sh("apt-cache").args(["show", "--quiet=0", name]).succeeds();
    std::iter::once(package.to_owned()).chain(more.into_iter().filter(known)).collect()
}

impl Kernel {
    /// The files that load this module, in load order: what it depends on comes first.
    pub fn module_files(&self, module: &str) -> Result<Vec<PathBuf>> {
        let listing = program("modprobe")?
            .arg("-d")
            .arg(&self.base)
            .args(["-S", &self.version, "--show-depends", module])
            .read()
            .with_context(|| format!("this kernel has no module {module}"))?;
        let files = listing
            .lines()
            .filter_map(|line| line.strip_prefix("insmod "))
            .filter_map(|line| line.split_whitespace().next().map(PathBuf::from))
            .collect();
        Ok(files)
    }
}

/// A program of the system folders, which a user's PATH leaves out.
fn program(name: &str) -> Result<sh::Sh> {
    let file = sh::find_program(name).with_context(|| format!("{name} was not found"))?;
    Ok(sh::sh(&file.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meta_package_leads_to_the_real_one() {
        let debian = "linux-image-amd64\n  Depends: linux-image-6.1.0-56-amd64\n";
        assert_eq!(first_image(debian).as_deref(), Some("linux-image-6.1.0-56-amd64"));
        let ubuntu =
            "linux-image-generic\n  Depends: linux-firmware\n  Depends: linux-image-6.8.0-88-generic\n";
        assert_eq!(first_image(ubuntu).as_deref(), Some("linux-image-6.8.0-88-generic"));
        assert_eq!(first_image("linux-image-amd64\n"), None);
    }
}
