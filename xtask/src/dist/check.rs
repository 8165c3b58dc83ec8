//! Tries the Debian package as a person would: in a clean Debian, made for it in a folder, with nothing else in it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use super::Release;
use crate::{os, sh};

/// A window in which nothing is drawn makes a picture of a few kB.
const LEAST_PICTURE_BYTES: u64 = 40_000;
/// The bundled clip shows six squats, of which one is too shallow.
const SQUATS: std::ops::RangeInclusive<u64> = 4..=6;

/// Checks the package's form, then installs it, starts the program without a network, and removes it again.
pub fn run(release: &Release, deb: &Path) -> Result<()> {
    check_form(release, deb)?;
    let shared = release.out.join("check");
    if shared.exists() {
        fs::remove_dir_all(&shared).with_context(|| format!("can't empty {}", shared.display()))?;
    }
    fs::create_dir_all(&shared)?;
    fs::copy(deb, shared.join("baro.deb"))?;
    let root = CleanRoot::make(release)?;
    root.run(Network::On, &shared, INSTALL)?;
    root.run(Network::Off, &shared, START)?;
    looked_at(&shared)?;
    root.run(Network::Off, &shared, REMOVE)?;
    println!(
        "\nIn a clean Debian the package installs, starts, coaches, and leaves people's data when it goes."
    );
    println!("Pictures to look at: {}", shared.display());
    Ok(())
}

const INSTALL: &str = "
apt-get install --quiet --yes /srv/baro.deb
useradd --create-home person";

/// As someone who may do nothing but use it, on the screen that is lent from outside.
const START: &str = r#"
runuser --user person -- env --ignore-environment \
    HOME=/home/person PATH=/usr/bin:/bin LANG=C.UTF-8 DISPLAY="$DISPLAY" sh -exc '
    cd
    baro --version
    baro lint-exercises
    baro score /usr/lib/baro/assets/demo/squat.mp4 --exercise squat --json > score.json
    baro --exercise squat --source demo --lang en --screenshot-at 15:exercise.png --screenshot-at 45:result.png --exit-after 60
    baro --lang ko --screenshot-at 15:visit.png --exit-after 30'
cp /home/person/score.json /home/person/*.png /srv"#;

const REMOVE: &str = "
apt-get purge --quiet --yes baro
test ! -e /usr/lib/baro
test ! -e /usr/bin/baro
ls -l /home/person/.local/share/baro/records/*.baro";

/// What the tools say that know the rules.
fn check_form(release: &Release, deb: &Path) -> Result<()> {
    // `baro.desktop` names no domain, since the project has none.
    let files = release.out.join("tree/share");
    sh::sh("appstreamcli")
        .args(["validate", "--no-net", "--override=cid-desktopapp-is-not-rdns=info"])
        .arg(files.join("metainfo/baro.metainfo.xml"))
        .run()?;
    sh::sh("desktop-file-validate").arg(files.join("applications/baro.desktop")).run()?;
    // ONNX Runtime comes as it is released, with libraries of its own.
    sh::sh("lintian")
        .args(["--fail-on", "error,warning", "--suppress-tags", "embedded-library"])
        .arg(deb)
        .run()
}

/// What the program made is what it should.
fn looked_at(shared: &Path) -> Result<()> {
    let score = fs::read_to_string(shared.join("score.json")).context("no score was written")?;
    let score: serde_json::Value = serde_json::from_str(&score).context("the score is no JSON")?;
    let count = score["count"].as_u64().unwrap_or_default();
    ensure!(SQUATS.contains(&count), "{count} squats were counted in the bundled clip");
    for name in ["exercise.png", "result.png", "visit.png"] {
        let bytes =
            fs::metadata(shared.join(name)).with_context(|| format!("the window left no {name}"))?.len();
        ensure!(bytes >= LEAST_PICTURE_BYTES, "{name} has {bytes} bytes: the window is empty");
    }
    Ok(())
}

/// The screen is the only thing lent: no library for it comes into the clean system.
const ENTER: &str = r#"
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/tmp"
mkdir -m 1777 "$1/tmp/.X11-unix"
mount --bind /tmp/.X11-unix "$1/tmp/.X11-unix"
mount --bind "$2" "$1/srv"
exec chroot "$1" sh -c "$3""#;

#[derive(PartialEq)]
enum Network {
    On,
    Off,
}

/// A minimal Debian in a folder; gone when this is dropped.
struct CleanRoot(PathBuf);

impl CleanRoot {
    /// Of the same release of Debian as this machine's: the package is linked with its libraries.
    fn make(release: &Release) -> Result<CleanRoot> {
        let os_release = fs::read_to_string("/etc/os-release").context("can't tell this system's release")?;
        let Some(suite) = os_release.lines().find_map(|line| line.strip_prefix("VERSION_CODENAME=")) else {
            bail!("/etc/os-release names no VERSION_CODENAME");
        };
        let root = CleanRoot(release.out.join("clean-root"));
        root.remove()?;
        // What it downloads is kept for the next time.
        let cache = release.out.join("debs");
        fs::create_dir_all(&cache)?;
        os::as_root("debootstrap")?
            .arg("--variant=minbase")
            .arg(format!("--cache-dir={}", cache.display()))
            .arg(suite)
            .arg(&root.0)
            .run()?;
        Ok(root)
    }

    /// Runs a script in it as root, with a folder shared at `/srv`; mounts and processes end with it.
    fn run(&self, network: Network, shared: &Path, script: &str) -> Result<()> {
        let mut command = os::as_root("unshare")?.args(["--mount", "--pid", "--fork", "--kill-child"]);
        if network == Network::Off {
            command = command.arg("--net");
        }
        let script = format!("set -e\nexport DEBIAN_FRONTEND=noninteractive{script}");
        command
            .args(["sh", "-ec", ENTER, "enter"])
            .arg(&self.0)
            .arg(shared)
            .arg(script)
            .under("xvfb-run", &["--auto-servernum", "--server-args=-screen 0 1280x720x24 -ac -nolisten tcp"])
            .run()
    }

    fn remove(&self) -> Result<()> {
        os::as_root("rm")?.args(["--recursive", "--force", "--one-file-system"]).arg(&self.0).read().map(drop)
    }
}

impl Drop for CleanRoot {
    fn drop(&mut self) {
        if let Err(error) = self.remove() {
            eprintln!("Left behind: {} ({error:#})", self.0.display());
        }
    }
}
