//! A camera without a camera: boots a stock kernel with the virtual video driver `vivid` in QEMU and runs
//! `src/vision/examples/camera_check.rs` in it, which takes frames through the product's own capture code.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};

use anyhow::{Context, Result, bail};

use crate::kernel::{self, Kernel};
use crate::{needs, onnxruntime, sh, toolchain};

/// One capture device with one webcam input, which shows moving colour bars.
const VIVID: &str = "vivid n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0";
/// Seconds; a run takes a quarter of this under emulation.
const LIMIT: &str = "280";
/// What the check prints last when nothing failed.
const ALL_PASSED: &str = "camera_check: all passed";

/// Runs the check; success only when every part of it passed.
pub fn test_camera() -> Result<ExitCode> {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) {
        bail!(
            "test-camera boots an x86-64 kernel beside programs of this machine: it runs on x86-64 Linux only"
        );
    }
    if crate::os::system() != crate::os::System::Debian {
        bail!("test-camera takes its kernel from Debian's or Ubuntu's packages, and this is another system");
    }
    toolchain::check()?;
    needs::install(needs::Purpose::Camera)?;
    let kernel = kernel::get()?;
    let program = build_check()?;

    let work = onnxruntime::cache_dir()?.join("test-camera");
    let initrd = make_initrd(&kernel, &program, &work)?;
    let log = work.join("console.log");
    let passed = boot(&kernel, &initrd, &log)?;
    println!("\nThe machine's console is kept in {}", log.display());
    if passed {
        println!("test-camera: passed");
        Ok(ExitCode::SUCCESS)
    } else {
        println!("test-camera: FAILED");
        Ok(ExitCode::FAILURE)
    }
}

fn build_check() -> Result<PathBuf> {
    let messages = sh::cargo()
        .args(["build", "--package", "baro-vision", "--example", "camera_check"])
        .args(["--message-format", "json-render-diagnostics"])
        .run_and_read()?;
    messages
        .lines()
        .filter_map(|line| line.split_once("\"executable\":\"")?.1.split_once('"'))
        .map(|(path, _)| PathBuf::from(path))
        .find(|path| path.ends_with("camera_check"))
        .context("cargo did not say where camera_check is")
}

/// Packs program, libraries and kernel modules into a file system that lives in memory.
fn make_initrd(kernel: &Kernel, program: &Path, work: &Path) -> Result<PathBuf> {
    let root = work.join("root");
    if root.exists() {
        fs::remove_dir_all(&root).with_context(|| format!("can't clear {}", root.display()))?;
    }
    for dir in ["bin", "dev", "proc", "sys", "modules", "tmp"] {
        fs::create_dir_all(root.join(dir))?;
    }
    let busybox = sh::find_program("busybox").context("busybox was not found")?;
    fs::copy(busybox, root.join("bin/busybox"))?;
    let inside = root.join("bin/camera_check");
    sh::sh("strip").arg("-o").arg(&inside).arg(program).run()?;
    copy_libraries(program, &root)?;
    let mut order = String::new();
    for file in kernel.module_files("vivid")? {
        order.push_str(&copy_module(&file, &root.join("modules"))?);
        order.push('\n');
    }
    fs::write(root.join("modules/order"), order)?;
    write_script(&root.join("init"), INIT)?;

    let initrd = work.join("initrd.cpio");
    let pack = format!("find . | cpio --create --format=newc --quiet > '{}'", initrd.display());
    sh::sh("sh").args(["-c", &pack]).dir(&root).run()?;
    Ok(initrd)
}

fn copy_libraries(program: &Path, root: &Path) -> Result<()> {
    let listing = sh::sh("ldd").arg(program).read()?;
    let libraries = listing.split_whitespace().filter(|word| word.starts_with('/'));
    for library in libraries {
        let to = root.join(library.trim_start_matches('/'));
        if let Some(dir) = to.parent() {
            fs::create_dir_all(dir)?;
        }
        fs::copy(library, &to).with_context(|| format!("can't copy {library}"))?;
    }
    Ok(())
}

/// Copies a module, unpacked (some distributions compress them), and returns its name.
fn copy_module(file: &Path, into: &Path) -> Result<String> {
    let name = file.file_name().context("a module without a name")?.to_string_lossy().into_owned();
    let copy = into.join(&name);
    fs::copy(file, &copy).with_context(|| format!("can't copy {}", file.display()))?;
    let unpack = match copy.extension().and_then(|extension| extension.to_str()) {
        Some("xz") => "xz",
        Some("zst") => "zstd",
        _ => return Ok(name),
    };
    sh::sh(unpack).args(["--decompress", "--quiet"]).arg(&copy).read()?;
    Ok(name.trim_end_matches(".xz").trim_end_matches(".zst").to_owned())
}

fn write_script(file: &Path, text: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::write(file, text.replace("@VIVID@", VIVID.trim_start_matches("vivid ")))?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o755))
        .with_context(|| format!("can't make {} executable", file.display()))
}

/// The machine's first and only program besides the check.
const INIT: &str = "\
#!/bin/busybox sh
B=/bin/busybox
$B mount -t proc proc /proc
$B mount -t sysfs sys /sys
$B mount -t devtmpfs dev /dev
while read module; do
    options=
    [ $module = vivid.ko ] && options='@VIVID@'
    $B insmod /modules/$module $options || echo \"init: $module could not be loaded\"
done < /modules/order
RUST_BACKTRACE=1 /bin/camera_check
echo \"init: camera_check ended with $?\"
$B poweroff -f
";

/// Boots, shows the console while it runs, and says whether everything passed.
fn boot(kernel: &Kernel, initrd: &Path, log: &Path) -> Result<bool> {
    // Emulation always: with KVM the machine hung where virtualisation is nested.
    let mut child = sh::sh("timeout")
        .args([LIMIT, "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max", "-machine", "q35"])
        .args(["-smp", "1", "-m", "768", "-nodefaults", "-no-reboot", "-display", "none", "-serial", "stdio"])
        .arg("-kernel")
        .arg(&kernel.image)
        .arg("-initrd")
        .arg(initrd)
        .args(["-append", "console=ttyS0 panic=-1 quiet mitigations=off rdinit=/init"])
        .into_command()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("could not start QEMU")?;
    let console = child.stdout.take().context("QEMU has no console")?;
    let mut log_file = fs::File::create(log).with_context(|| format!("can't write {}", log.display()))?;
    let mut passed = false;
    // By bytes: firmware and kernel may print what is no text.
    for line in BufReader::new(console).split(b'\n') {
        let line = line?;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end_matches('\r');
        println!("| {text}");
        writeln!(log_file, "{text}")?;
        passed |= text == ALL_PASSED;
    }
    let status = child.wait()?;
    if status.code() == Some(124) {
        println!("The machine was stopped after {LIMIT} s.");
        return Ok(false);
    }
    Ok(passed && status.success())
}
