//! What system this is, and how packages get onto it.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::sh;

/// How packages are managed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// Debian, Ubuntu, or a child of theirs.
    Debian,
    /// Anything else: this program only says what to install.
    Other,
}

/// Reads `/etc/os-release`.
pub fn system() -> System {
    // /usr/lib is where the standard puts it when /etc has none.
    ["/etc/os-release", "/usr/lib/os-release"]
        .iter()
        .find_map(|file| std::fs::read_to_string(file).ok())
        .map_or(System::Other, |text| system_of(&text))
}

fn system_of(os_release: &str) -> System {
    let is_debian = os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|value| value.trim_matches(['"', '\'']).split_whitespace())
        .any(|id| matches!(id, "debian" | "ubuntu"));
    if is_debian { System::Debian } else { System::Other }
}

/// Of these packages those that dpkg does not count as installed.
pub fn missing_packages<'a>(packages: &[&'a str]) -> Result<Vec<&'a str>> {
    // dpkg-query fails when one of them is unknown, yet prints the others: the output is what counts.
    let output = std::process::Command::new("dpkg-query")
        .args(["--show", "--showformat=${Package} ${db:Status-Status}\n"])
        .args(packages)
        .output()
        .context("could not start `dpkg-query`")?;
    let installed = String::from_utf8_lossy(&output.stdout);
    Ok(packages.iter().copied().filter(|package| !is_installed(&installed, package)).collect())
}

fn is_installed(listing: &str, package: &str) -> bool {
    listing.lines().any(|line| line.split_once(' ') == Some((package, "installed")))
}

/// Installs Debian packages, and only these and what they depend on.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get install --no-install-recommends {}", packages.join(" "));
    println!("Missing system packages: {}", packages.join(" "));
    let Some(root) = way_to_root()? else {
        bail!(
            "installing packages needs root or sudo. Ask an administrator to run:\n    {by_hand}\nand start this \
             command again."
        );
    };
    // A fresh machine has no package lists, and old lists name files that are gone.
    if let Err(error) = apt(root).arg("update").run() {
        println!("Going on with the package lists that are here: {error:#}");
    }
    apt(root).args(["install", "--yes", "--no-install-recommends"]).args(packages).run().with_context(|| {
        format!(
            "the system packages could not be installed. What apt-get says stands above: a dead network, or a \
             lock held by another package manager. When that is mended, start this command again, or run \
             yourself:\n    {by_hand}\n"
        )
    })
}

/// Gets the package lists: on a fresh machine there are none, and nothing can be looked up.
pub fn apt_update() -> Result<()> {
    match way_to_root()? {
        Some(root) => apt(root).arg("update").run(),
        None => bail!("`apt-get update` needs root or sudo; have it run, then start this command again"),
    }
}

/// A command that root has to run.
pub fn as_root(program: &str) -> Result<sh::Sh> {
    Ok(match way_to_root()? {
        Some([]) => sh::sh(program),
        Some(root) => sh::sh(root[0]).args(&root[1..]).arg(program),
        None => bail!("`{program}` needs root or sudo"),
    })
}

/// What stands before a command that root has to run; none where there is no way.
fn way_to_root() -> Result<Option<&'static [&'static str]>> {
    Ok(match sh::sh("id").arg("-u").read()?.trim() {
        "0" => Some(&[]),
        _ if sh::find_program("sudo").is_some() => Some(&["sudo"]),
        _ => None,
    })
}

fn apt(root: &[&str]) -> sh::Sh {
    // Through `env`, since sudo drops what this program would set.
    let words = [root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]].concat();
    sh::sh(words[0]).args(&words[1..]).args(["--quiet", "--option", "DPkg::Lock::Timeout=120"])
}

/// Whether the dynamic linker knows a library of this name (a prefix of it, such as `libvulkan.so`).
pub fn has_library(name: &str) -> bool {
    let ldconfig = sh::find_program("ldconfig").unwrap_or_else(|| Path::new("ldconfig").to_path_buf());
    sh::sh(&ldconfig.to_string_lossy())
        .arg("-p")
        .read()
        .is_ok_and(|list| list.lines().any(|line| line.trim_start().starts_with(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_and_its_children_are_told_from_others() {
        assert_eq!(system_of("NAME=\"Debian GNU/Linux\"\nID=debian\n"), System::Debian);
        assert_eq!(system_of("ID=ubuntu\nID_LIKE=debian\n"), System::Debian);
        assert_eq!(system_of("ID=pop\nID_LIKE=\"ubuntu debian\"\n"), System::Debian);
        assert_eq!(system_of("ID=fedora\n"), System::Other);
        assert_eq!(system_of("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n"), System::Other);
        assert_eq!(system_of("NAME=debian\n"), System::Other);
    }

    #[test]
    fn a_package_that_was_removed_is_not_installed() {
        let listing = "ffmpeg installed\nxvfb config-files\n";
        assert!(is_installed(listing, "ffmpeg"));
        assert!(!is_installed(listing, "xvfb"));
        assert!(!is_installed(listing, "ff"));
    }
}
