//! What the product needs from the system, what for, and how it gets there.

use anyhow::{Result, bail};

use crate::os::{self, System};
use crate::sh;

/// What the machine is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Compile the workspace.
    Build,
    /// Start the program.
    Run,
    /// Run every test.
    Test,
    /// Measure the window and the servers.
    Bench,
    /// Run the virtual camera.
    Camera,
    /// Make the packages.
    Dist,
    /// Try the packages.
    DistCheck,
}

impl Purpose {
    pub fn from_name(name: &str) -> Option<Purpose> {
        match name {
            "build" => Some(Purpose::Build),
            "run" => Some(Purpose::Run),
            "test" => Some(Purpose::Test),
            "bench" => Some(Purpose::Bench),
            "camera" => Some(Purpose::Camera),
            "dist" => Some(Purpose::Dist),
            "dist-check" => Some(Purpose::DistCheck),
            _ => None,
        }
    }

    /// Whether what `need` is for belongs to this purpose.
    fn includes(self, need: Purpose) -> bool {
        match self {
            // The virtual camera builds a program without a window and needs nothing to show one.
            Purpose::Camera => matches!(need, Purpose::Build | Purpose::Camera),
            Purpose::Dist => matches!(need, Purpose::Build | Purpose::Dist),
            Purpose::DistCheck => !matches!(need, Purpose::Camera | Purpose::Bench),
            Purpose::Build | Purpose::Run | Purpose::Test | Purpose::Bench => need <= self,
        }
    }
}

/// How to tell, on a system whose packages have other names, that a need is met.
enum Probe {
    Program(&'static str),
    /// pkg-config knows it: its headers are there.
    Headers(&'static str),
    /// The dynamic linker knows it.
    Library(&'static str),
}

struct Need {
    purpose: Purpose,
    /// The Debian package.
    package: &'static str,
    /// What it is, for people with another system.
    role: &'static str,
    probe: Probe,
}

use Probe::{Headers, Library, Program};
use Purpose::{Build, Camera, Dist, DistCheck, Run, Test};

const fn need(purpose: Purpose, package: &'static str, probe: Probe, role: &'static str) -> Need {
    Need { purpose, package, role, probe }
}

/// Only what was seen to be used, on a bare Debian 12.
const NEEDS: &[Need] = &[
    need(Build, "gcc", Program("cc"), "a C compiler and linker"),
    need(Build, "libc6-dev", Program("cc"), "the C library's headers"),
    need(Build, "pkg-config", Program("pkg-config"), "pkg-config"),
    need(Build, "libclang-dev", Library("libclang"), "libclang with its headers (camera bindings)"),
    need(Build, "libasound2-dev", Headers("alsa"), "ALSA's headers (sound)"),
    need(Build, "cmake", Program("cmake"), "CMake (libopus, for voices)"),
    need(Build, "make", Program("make"), "make (libopus, for voices)"),
    need(Build, "libspeechd-dev", Headers("speech-dispatcher"), "speech-dispatcher's headers (spoken cues)"),
    need(Run, "ffmpeg", Program("ffmpeg"), "FFmpeg's programs ffmpeg and ffprobe (video files)"),
    need(Run, "libvulkan1", Library("libvulkan.so.1"), "the Vulkan loader"),
    need(
        Run,
        "mesa-vulkan-drivers",
        Library("libvulkan.so.1"),
        "a Vulkan driver: the graphics card's, or Mesa's",
    ),
    need(Run, "libx11-xcb1", Library("libX11-xcb.so.1"), "libX11-xcb (window)"),
    need(Run, "libxcursor1", Library("libXcursor.so.1"), "libXcursor (window)"),
    need(Run, "libxi6", Library("libXi.so.6"), "libXi (window)"),
    need(Run, "libxkbcommon-x11-0", Library("libxkbcommon-x11.so.0"), "libxkbcommon-x11 (keyboard)"),
    need(Run, "speech-dispatcher", Program("speech-dispatcher"), "speech-dispatcher (spoken cues)"),
    need(Run, "speech-dispatcher-espeak-ng", Program("speech-dispatcher"), "its voice espeak-ng"),
    need(Test, "xvfb", Program("xvfb-run"), "Xvfb (windows without a screen)"),
    need(Test, "xdotool", Program("xdotool"), "xdotool (keys for the window)"),
    need(Test, "xauth", Program("xauth"), "xauth (for xvfb-run)"),
    need(
        Test,
        "pulseaudio",
        Program("pulseaudio"),
        "PulseAudio (microphone and loudspeaker without a sound card)",
    ),
    need(Test, "libasound2-plugins", Program("pulseaudio"), "ALSA's way to PulseAudio"),
    need(Test, "postgresql", Program("initdb"), "PostgreSQL's server, initdb in the PATH"),
    need(
        Test,
        "poppler-utils",
        Program("pdftotext"),
        "poppler's pdfinfo, pdffonts and pdftotext (the report's page)",
    ),
    need(Test, "nats-server", Program("nats-server"), "NATS's server"),
    need(Camera, "qemu-system-x86", Program("qemu-system-x86_64"), "QEMU for x86-64"),
    need(Camera, "busybox-static", Program("busybox"), "a static busybox"),
    need(Camera, "cpio", Program("cpio"), "cpio"),
    need(Camera, "kmod", Program("modprobe"), "kmod"),
    need(Camera, "binutils", Program("strip"), "binutils"),
    need(Camera, "xz-utils", Program("xz"), "xz"),
    need(Camera, "zstd", Program("zstd"), "zstd"),
    need(Dist, "dpkg-dev", Program("dpkg-shlibdeps"), "Debian's tools for making packages"),
    need(Dist, "librsvg2-bin", Program("rsvg-convert"), "rsvg-convert (icons)"),
    need(DistCheck, "debootstrap", Program("debootstrap"), "debootstrap (a clean Debian in a folder)"),
    need(DistCheck, "lintian", Program("lintian"), "lintian"),
    need(DistCheck, "desktop-file-utils", Program("desktop-file-validate"), "desktop-file-validate"),
    need(DistCheck, "appstream", Program("appstreamcli"), "appstreamcli"),
];

/// The Debian packages that the running program opens by itself: no tool can read them off its file.
pub fn at_run_time() -> impl Iterator<Item = &'static str> {
    NEEDS.iter().filter(|need| need.purpose == Run).map(|need| need.package)
}

impl Need {
    fn is_met(&self) -> bool {
        match self.probe {
            Probe::Program(name) => sh::find_program(name).is_some(),
            Probe::Headers(name) => sh::sh("pkg-config").args(["--exists", name]).succeeds(),
            Probe::Library(name) => os::has_library(name),
        }
    }
}

/// Installs what is missing for this purpose; on other systems than Debian's says what is.
pub fn install(purpose: Purpose) -> Result<()> {
    let needs: Vec<&Need> = NEEDS.iter().filter(|need| purpose.includes(need.purpose)).collect();
    match os::system() {
        System::Debian => install_packages(&needs.iter().map(|need| need.package).collect::<Vec<_>>()),
        System::Other => look_for(&needs),
    }
}

/// Installs those of these Debian packages that are missing.
pub fn install_packages(packages: &[&str]) -> Result<()> {
    let missing = os::missing_packages(packages)?;
    if missing.is_empty() {
        return Ok(());
    }
    os::apt_install(&missing)?;
    let still = os::missing_packages(packages)?;
    if !still.is_empty() {
        bail!("apt-get reported success, yet these packages are still missing: {}", still.join(" "));
    }
    Ok(())
}

fn look_for(needs: &[&Need]) -> Result<()> {
    let missing: Vec<_> = needs.iter().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("This is neither Debian nor Ubuntu. With this system's package manager, install:");
    for need in &missing {
        println!("  - {} (Debian's package is {})", need.role, need.package);
    }
    if cfg!(target_os = "linux") {
        bail!(
            "{} things that are needed were not found; install them and start this command again",
            missing.len()
        );
    }
    println!("Going on: on this kind of system it can't be told whether they are there.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packages(purpose: Purpose) -> Vec<&'static str> {
        NEEDS.iter().filter(|need| purpose.includes(need.purpose)).map(|need| need.package).collect()
    }

    #[test]
    fn each_purpose_brings_what_it_builds_on() {
        assert!(!packages(Purpose::Build).contains(&"ffmpeg"));
        assert!(packages(Purpose::Run).contains(&"gcc"));
        assert!(!packages(Purpose::Run).contains(&"xvfb"));
        assert!(packages(Purpose::Test).contains(&"ffmpeg"));
        assert!(packages(Purpose::Test).contains(&"postgresql"));
        assert!(packages(Purpose::Test).contains(&"nats-server"));
        assert!(!packages(Purpose::Test).contains(&"qemu-system-x86"));
        assert!(packages(Purpose::Camera).contains(&"libclang-dev"));
        assert!(!packages(Purpose::Camera).contains(&"xvfb"));
        assert!(packages(Purpose::Dist).contains(&"libclang-dev"));
        assert!(!packages(Purpose::Dist).contains(&"ffmpeg"));
        assert!(packages(Purpose::DistCheck).contains(&"dpkg-dev"));
        assert!(packages(Purpose::DistCheck).contains(&"xvfb"));
        assert!(at_run_time().any(|package| package == "libvulkan1"));
    }

    #[test]
    fn no_package_is_named_twice() {
        let mut names: Vec<_> = NEEDS.iter().map(|need| need.package).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_program_in_the_path_meets_its_need() {
        assert!(need(Build, "x", Program("sh"), "a shell").is_met());
        assert!(!need(Build, "x", Program("no-such-program-anywhere"), "").is_met());
        assert!(!need(Build, "x", Library("libno-such-library"), "").is_met());
    }
}
