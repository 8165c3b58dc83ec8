//! Running programs and looking at their time and memory.

use crate::sh::{find_program, root, sh};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Reading the memory of a process this often misses nothing: the kernel keeps the peak.
const LOOK_EVERY: Duration = Duration::from_millis(10);
const MEDIAPIPE: &str = "mediapipe==0.10.21";
/// Carries the lite and heavy models, which the Python package leaves out.
const MODELS_PACKAGE: &str = "@mediapipe/pose@0.5.1675469404";

/// What a finished program said, and the peak of its memory with all its children's.
pub struct Measured {
    pub said: String,
    pub peak_mib: f64,
}

impl Measured {
    pub fn number(&self, key: &str) -> Result<f64> {
        number(&self.said, key)
    }
}

/// The number that follows `key`.
pub fn number(text: &str, key: &str) -> Result<f64> {
    // A key inside a longer word is another key.
    let mut places = text
        .match_indices(key)
        .filter(|(at, _)| !text[..*at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
    let (at, _) = places.next().with_context(|| format!("`{key}` is missing in: {text}"))?;
    let rest = text[at + key.len()..].trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(rest.len());
    rest[..end].parse().with_context(|| format!("no number after `{key}` in: {text}"))
}

/// Runs a program to its end.
pub fn measure(mut command: Command) -> Result<Measured> {
    let shown = format!("{command:?}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start {shown}"))?;
    let mut peak_kib = 0;
    while child.try_wait()?.is_none() {
        peak_kib = peak_kib.max(peak_with_children_kib(child.id()));
        std::thread::sleep(LOOK_EVERY);
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("{shown} failed ({}): {}", output.status, String::from_utf8_lossy(&output.stderr).trim());
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(Measured { said, peak_mib: peak_kib as f64 / 1024.0 })
}

/// Linux only; 0 elsewhere.
fn peak_with_children_kib(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let own =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse().ok());
    let threads = std::fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let children = threads.filter_map(|thread| std::fs::read_to_string(thread.path().join("children")).ok());
    let children = children.flat_map(|ids| {
        ids.split_whitespace()
            .filter_map(|id| id.parse().ok())
            .map(peak_with_children_kib)
            .collect::<Vec<_>>()
    });
    own.unwrap_or(0) + children.sum::<u64>()
}

/// Python MediaPipe in an environment of its own, in the user's cache.
pub struct Peer {
    python: PathBuf,
    scripts: PathBuf,
}

impl Peer {
    /// Installs it through pip and npm, unless it is there.
    pub fn install() -> Result<Self> {
        let home = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
        let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache")));
        let dir = home.context("neither XDG_CACHE_HOME nor HOME is set")?.join("baro/bench-mediapipe");
        let python = dir.join("bin/python");
        let done = dir.join("installed");
        if !done.exists() {
            for program in ["python3", "npm", "tar"] {
                if find_program(program).is_none() {
                    bail!(
                        "`{program}` is missing; the bench needs python3 (3.9 to 3.12) with venv, npm and tar"
                    );
                }
            }
            sh("python3").args(["-m", "venv"]).arg(&dir).run()?;
            sh(&python.to_string_lossy()).args(["-m", "pip", "install", "--quiet", MEDIAPIPE]).run()?;
            install_models(&dir, &python)?;
            std::fs::write(&done, MEDIAPIPE)?;
        }
        Ok(Self { python, scripts: root().join("xtask/peers") })
    }

    /// `mediapipe_pose.py` with these options.
    pub fn pose(&self, input: &Path, options: &[&str]) -> Result<Measured> {
        let mut command = Command::new(&self.python);
        command.arg(self.scripts.join("mediapipe_pose.py")).arg(input).args(options);
        measure(command)
    }

    /// `agreement.py` with these words and files.
    pub fn python(&self, words: &[&str], files: &[&Path]) -> Result<String> {
        let mut command = Command::new(&self.python);
        command.arg(self.scripts.join("agreement.py")).args(words).args(files);
        Ok(measure(command)?.said)
    }

    pub fn agreement(
        &self,
        words: &[&str],
        ours: &Path,
        reference: &Path,
        (width, height): (u32, u32),
        more: &[&str],
    ) -> Result<String> {
        let (width, height) = (width.to_string(), height.to_string());
        let mut files = vec![ours, reference, Path::new(&width), Path::new(&height)];
        files.extend(more.iter().map(Path::new));
        self.python(words, &files)
    }

    /// The peer's landmarks in the form of ours, a line a frame.
    pub fn as_lines(&self, file: &Path) -> Result<PathBuf> {
        let out = file.with_extension("jsonl");
        let script = "import json, sys\n\
            frames = json.load(open(sys.argv[1]))['frames']\n\
            open(sys.argv[2], 'w').write('\\n'.join(map(json.dumps, frames)))";
        let mut command = Command::new(&self.python);
        command.args(["-c", script]).arg(file).arg(&out);
        measure(command)?;
        Ok(out)
    }

    /// Decodes a JPEG into a PNG, so that both sides see the same pixels, and says its size.
    pub fn decoded(&self, picture: &Path, png: &Path) -> Result<(u32, u32)> {
        const SCRIPT: &str = "import cv2, sys\n\
            picture = cv2.imread(sys.argv[1])\n\
            cv2.imwrite(sys.argv[2], picture)\n\
            print(f'width={picture.shape[1]} height={picture.shape[0]}')";
        let mut command = Command::new(&self.python);
        command.args(["-c", SCRIPT]).arg(picture).arg(png);
        let said = measure(command)?;
        Ok((said.number("width=")? as u32, said.number("height=")? as u32))
    }
}

fn install_models(dir: &Path, python: &Path) -> Result<()> {
    let script = "import mediapipe, os; print(os.path.dirname(mediapipe.__file__))";
    let package = sh(&python.to_string_lossy()).args(["-c", script]).read()?;
    let target = Path::new(package.trim()).join("modules/pose_landmark");
    let tarball = sh("npm").args(["pack", "--silent", MODELS_PACKAGE]).dir(dir).read()?;
    sh("tar").args(["xf", tarball.trim()]).dir(dir).run()?;
    for model in ["lite", "heavy"] {
        let name = format!("pose_landmark_{model}.tflite");
        std::fs::copy(dir.join("package").join(&name), target.join(&name)).with_context(|| name.clone())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_after_whole_keys() {
        let text = "px=1.5 percent_p95=2 percent=0.25, \"fps\": 57.25,\n";
        assert_eq!(number(text, "percent=").unwrap(), 0.25);
        assert_eq!(number(text, "\"fps\":").unwrap(), 57.25);
        assert!(number(text, "mm=").is_err());
        assert_eq!(number("world_mm=3 mm=4", "mm=").unwrap(), 4.0);
    }
}
