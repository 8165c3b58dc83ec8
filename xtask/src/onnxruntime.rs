//! ONNX Runtime, pinned: taken from its Python wheel, checked twice, put into the user's cache.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use crate::needs;
use crate::os::{self, System};
use crate::sh;

pub const VERSION: &str = "1.31.1";
pub const LIBRARY: &str = "libonnxruntime.so.1.31.1";
/// Lies beside the library, and goes wherever it goes.
pub const NOTICES: [&str; 2] = ["LICENSE", "ThirdPartyNotices.txt"];
/// Names the library in another place; the product reads it too.
const OVERRIDE: &str = "BARO_ONNXRUNTIME";

/// The wheel for one processor, and what it must hold.
struct Wheel {
    arch: &'static str,
    platform: &'static str,
    wheel_sha256: &'static str,
    library_sha256: &'static str,
}

/// Both need glibc 2.28 or newer: Debian 10, Ubuntu 18.10.
const WHEELS: &[Wheel] = &[
    Wheel {
        arch: "x86_64",
        platform: "manylinux_2_28_x86_64",
        wheel_sha256: "5752bd508126ae7c49894d3b9d2e83f0c3d487319246d04c444b393308d7ad7f",
        library_sha256: "fc44112fbe06d7d689c57e11d3862031f64711007e4ee020f8eed5185fd2c1d3",
    },
    Wheel {
        arch: "aarch64",
        platform: "manylinux_2_28_aarch64",
        wheel_sha256: "da05378364c44d4407e463982d2bf8d5e4cfea873283757e48beeb41df97b7f3",
        library_sha256: "8aa3b76b28c778a2b1dd660d34161adb1d508c9ccd04ff9dc80e26eca5df8467",
    },
];

/// Installs the library where the product looks for it, unless it is there already.
pub fn install() -> Result<()> {
    if let Some(path) = std::env::var_os(OVERRIDE) {
        let path = PathBuf::from(path);
        if !path.is_file() {
            bail!("{OVERRIDE} names {}, which is no file; correct it, or unset it", path.display());
        }
        println!("Using ONNX Runtime at {} ({OVERRIDE}); its checksum is not verified.", path.display());
        return Ok(());
    }
    in_cache(&[]).map(drop)
}

/// The folder of the pinned library and its notices, for passing on: what the user set makes no difference.
pub fn with_notices() -> Result<PathBuf> {
    in_cache(&NOTICES)
}

/// The folder with the library as pinned and these notices, filled where they are missing.
fn in_cache(notices: &[&str]) -> Result<PathBuf> {
    let wheel = wheel_for_this_machine()?;
    let dir = cache_dir()?.join("onnxruntime").join(VERSION);
    let library = dir.join(LIBRARY);
    if library.is_file() {
        let is_pinned = sha256(&library)? == wheel.library_sha256;
        if is_pinned && notices.iter().all(|notice| dir.join(notice).is_file()) {
            return Ok(dir);
        }
        println!("{} is damaged, or lacks its notices; getting it anew.", library.display());
    }
    println!("Getting ONNX Runtime {VERSION} for {}", wheel.arch);
    fs::create_dir_all(&dir).with_context(|| format!("can't make the folder {}", dir.display()))?;
    let work = WorkDir::new(&dir)?;
    let downloaded = download(wheel, &work.0)?;
    place(wheel, &downloaded, &work.0, &dir)?;
    println!("Installed {}", library.display());
    Ok(dir)
}

fn wheel_for_this_machine() -> Result<&'static Wheel> {
    let arch = std::env::consts::ARCH;
    WHEELS.iter().find(|wheel| wheel.arch == arch && cfg!(target_os = "linux")).with_context(|| {
        format!(
            "no pinned ONNX Runtime for {arch} on {}; get the library of version {VERSION} for this system and \
             set {OVERRIDE} to its path",
            std::env::consts::OS
        )
    })
}

/// `baro` in the user's cache folder; the product looks there too.
pub fn cache_dir() -> Result<PathBuf> {
    let from_xdg = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|dir| dir.is_absolute());
    let base = match from_xdg {
        Some(dir) => dir,
        None => PathBuf::from(std::env::var_os("HOME").context("HOME is not set: there is no cache folder")?)
            .join(".cache"),
    };
    Ok(base.join("baro"))
}

/// A folder beside the target (so that renaming stays on one file system) that goes when this does.
struct WorkDir(PathBuf);

impl WorkDir {
    fn new(beside: &Path) -> Result<WorkDir> {
        let dir = beside.join(format!(".getting-{}", std::process::id()));
        fs::create_dir_all(&dir).with_context(|| format!("can't make the folder {}", dir.display()))?;
        Ok(WorkDir(dir))
    }
}

impl Drop for WorkDir {
    fn drop(&mut self) {
        // What is left of a failed clean-up is only disk space.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn download(wheel: &Wheel, into: &Path) -> Result<PathBuf> {
    let python = python_with_pip()?;
    sh::sh(&python)
        .args(["-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--implementation", "cp"])
        .args(["--python-version", "3.11", "--platform", wheel.platform, "--disable-pip-version-check"])
        .args(["--quiet", "--dest"])
        .arg(into)
        .arg(format!("onnxruntime=={VERSION}"))
        .run()
        .with_context(|| {
            format!(
                "ONNX Runtime could not be downloaded. Check the network and start this command again; or get \
                 {LIBRARY} yourself and set {OVERRIDE} to its path"
            )
        })?;
    fs::read_dir(into)?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
        .context("pip reported success and left no wheel")
}

/// A Python with pip, Debian's own installed when there is none.
pub fn python_with_pip() -> Result<String> {
    let works = |python: &str| sh::sh(python).args(["-m", "pip", "--version"]).succeeds();
    let candidates = ["python3", "/usr/bin/python3"];
    if let Some(python) = candidates.iter().find(|python| works(python)) {
        return Ok((*python).to_owned());
    }
    if os::system() == System::Debian {
        needs::install_packages(&["python3-pip"])?;
        if works("/usr/bin/python3") {
            return Ok("/usr/bin/python3".to_owned());
        }
    }
    bail!("Python 3 with pip is needed to get what is pinned; install it and start this command again")
}

/// Takes library and licences out of a wheel, and puts them in place only when every checksum is right.
fn place(wheel: &Wheel, file: &Path, work: &Path, dir: &Path) -> Result<()> {
    check(file, wheel.wheel_sha256, "the downloaded wheel")?;
    // pip's own Python also unpacks it: one program less to install.
    let python = python_with_pip()?;
    const UNPACK: &str = "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1]) as z:\n [z.extract(n, sys.argv[2]) for n in sys.argv[3:]]";
    let library = format!("onnxruntime/capi/{LIBRARY}");
    let notices = NOTICES.map(|notice| format!("onnxruntime/{notice}"));
    sh::sh(&python).args(["-c", UNPACK]).arg(file).arg(work).arg(&library).args(&notices).read()?;
    let library = work.join(library);
    check(&library, wheel.library_sha256, "the library in the wheel")?;
    for notice in notices {
        let from = work.join(notice);
        let name = from.file_name().context("a notice without a name")?.to_owned();
        fs::rename(&from, dir.join(name))?;
    }
    // Last, and in one step: where the library stands, it is whole.
    fs::rename(&library, dir.join(LIBRARY)).with_context(|| format!("can't write to {}", dir.display()))
}

fn check(file: &Path, expected: &str, what: &str) -> Result<()> {
    let found = sha256(file)?;
    if found != expected {
        bail!(
            "{what} is not the one this project pins; nothing was installed.\n  expected sha256 {expected}\n  \
             found    sha256 {found}\nA broken download: start this command again. If it stays so, the package \
             source serves something else: do not use it."
        );
    }
    Ok(())
}

/// The checksum of a file.
pub fn sha256(file: &Path) -> Result<String> {
    let mut reader = fs::File::open(file).with_context(|| format!("can't read {}", file.display()))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let count = reader.read(&mut buffer).with_context(|| format!("can't read {}", file.display()))?;
        if count == 0 {
            break;
        }
        hasher.update(&buffer[..count]);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_sha256() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("abc");
        fs::write(&file, "abc").unwrap();
        assert_eq!(
            sha256(&file).unwrap(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_wheel_that_differs_is_refused_and_nothing_is_installed() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("installed");
        fs::create_dir(&target).unwrap();
        let file = dir.path().join("onnxruntime.whl");
        fs::write(&file, "not the wheel").unwrap();
        let error = place(&WHEELS[0], &file, dir.path(), &target).unwrap_err().to_string();
        assert!(error.contains("nothing was installed"), "{error}");
        assert!(error.contains(WHEELS[0].wheel_sha256), "{error}");
        assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
    }

    #[test]
    fn the_work_folder_goes_with_its_owner() {
        let dir = tempfile::tempdir().unwrap();
        let work = WorkDir::new(dir.path()).unwrap();
        fs::write(work.0.join("part"), "x").unwrap();
        drop(work);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
