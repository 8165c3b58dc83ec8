//! `cargo xtask dist`: what people install. `docs/packaging.md` tells what is in it and why.

mod bundled;
mod check;
mod copyright;
mod crates;
mod deb;
mod sbom;
mod stage;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{needs, onnxruntime, sh, toolchain};

/// What is made, of what, and where.
struct Release {
    version: String,
    /// Debian's name of the processor: `amd64`.
    arch: String,
    /// Rust's name of the system: `x86_64-unknown-linux-gnu`.
    target: String,
    /// `NAME <ADDRESS>`.
    maintainer: String,
    commit: String,
    /// Of the commit: the same sources make the same packages.
    unix_s: u64,
    /// Cargo's.
    target_dir: PathBuf,
    /// Where the packages go.
    out: PathBuf,
}

/// What was made.
struct Packages {
    deb: PathBuf,
}

/// Builds the program and packs it.
pub fn make() -> Result<()> {
    pack().map(drop)
}

/// The same, and tries it in a clean system.
pub fn make_and_check() -> Result<()> {
    needs::install(needs::Purpose::DistCheck)?;
    let (release, packages) = pack()?;
    check::run(&release, &packages.deb)
}

fn pack() -> Result<(Release, Packages)> {
    toolchain::check()?;
    needs::install(needs::Purpose::Dist)?;
    let runtime = onnxruntime::with_notices()?;
    let release = Release::of_this_commit()?;
    build(&release)?;
    let crates = crates::in_program(&release.target)?;
    let tree = stage::Tree::empty(&release)?;
    let bill = sbom::write(&release, &crates, &runtime)?;
    copyright::write(&release, &crates, &runtime, &tree)?;
    tree.fill(&release, &runtime, &bill)?;
    let deb = deb::write(&release, &tree)?;
    let tarball = tree.tarball(&release)?;
    println!();
    for file in [&deb, &tarball, &bill] {
        let megabytes = fs::metadata(file)?.len() as f64 / 1e6;
        println!("{} {megabytes:.1} MB, sha256 {}", file.display(), onnxruntime::sha256(file)?);
    }
    Ok((release, Packages { deb }))
}

impl Release {
    fn of_this_commit() -> Result<Release> {
        let metadata = crates::metadata(&[])?;
        let version = metadata["packages"]
            .as_array()
            .and_then(|packages| packages.iter().find(|package| package["name"] == "baro"))
            .and_then(|package| package["version"].as_str())
            .context("cargo knows no package baro")?;
        let target_dir = metadata["target_directory"].as_str().context("cargo names no target folder")?;
        let git = |format: &str| {
            let said = sh::sh("git").dir(sh::root()).args(["log", "-1", format]).read();
            said.map(|text| text.trim().to_owned()).context("packages are made from a git checkout")
        };
        if !sh::sh("git").dir(sh::root()).args(["diff", "--quiet", "HEAD"]).succeeds() {
            println!("Some changes are not committed: the packages will name a commit that they are not.");
        }
        Ok(Release {
            version: version.to_owned(),
            arch: sh::sh("dpkg").arg("--print-architecture").read()?.trim().to_owned(),
            target: sh::sh("rustc").args(["--print", "host-tuple"]).read()?.trim().to_owned(),
            maintainer: maintainer(git("--format=%an <%ae>")?),
            commit: git("--format=%H")?,
            unix_s: git("--format=%ct")?.parse().context("git tells no time of the commit")?,
            target_dir: target_dir.into(),
            out: Path::new(target_dir).join("packages"),
        })
    }

    /// The commit's time in this `date` format.
    fn date(&self, format: &str) -> Result<String> {
        let at = format!("@{}", self.unix_s);
        let text = sh::sh("date").env("LC_ALL", "C").args(["--utc", "--date", &at, format]).read()?;
        Ok(text.trim().to_owned())
    }

    /// The program that was built.
    fn program(&self) -> PathBuf {
        self.target_dir.join("dist/baro")
    }
}

/// Who answers for the package: as Debian's own tools are told, else the author of the commit.
fn maintainer(author: String) -> String {
    match (std::env::var("DEBFULLNAME"), std::env::var("DEBEMAIL")) {
        (Ok(name), Ok(address)) => format!("{name} <{address}>"),
        _ => author,
    }
}

fn build(release: &Release) -> Result<()> {
    let cargo_home = match std::env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?).join(".cargo"),
    };
    // What the program says of its sources must not name the folders of who built it.
    let remap = |from: &Path, to: &str| format!("--remap-path-prefix={}={to}", from.display());
    let flags = [remap(&cargo_home, "/cargo"), remap(&sh::root(), "/baro")].join("\x1f");
    sh::cargo()
        .args(["build", "--locked", "--profile", "dist", "--package", "baro", "--target-dir"])
        .arg(&release.target_dir)
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        // Read by src/paths.rs.
        .env("BARO_PACKAGED", "1")
        .run()
}
