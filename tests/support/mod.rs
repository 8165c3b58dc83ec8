//! What the whole-product tests share: the program, videos made on the spot, and the recordings beside the checkout.

// Each test program uses a part of this.
#![allow(dead_code)]

pub mod movement;
pub mod server;

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// No command of these tests may take longer.
const LIMIT: Duration = Duration::from_secs(120);

/// The program under test, in English whatever the machine speaks.
pub fn baro() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baro"));
    command.env("LC_ALL", "C.UTF-8").env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// What a finished program left.
pub struct Outcome {
    pub success: bool,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    fn of(output: &Output) -> Outcome {
        Outcome {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Both streams, for messages of tests.
    pub fn said(&self) -> String {
        format!("stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr)
    }

    /// Fails the test unless the program failed in an orderly way and said every one of `words` on stderr.
    pub fn assert_refused(&self, words: &[&str]) {
        self.assert_no_panic();
        assert!(!self.success, "it should have failed; {}", self.said());
        for word in words {
            assert!(
                self.stderr.to_lowercase().contains(&word.to_lowercase()),
                "stderr should say `{word}`; {}",
                self.said()
            );
        }
    }

    pub fn assert_no_panic(&self) {
        assert!(!self.stderr.contains("panicked at"), "{}", self.said());
        assert!(!self.stderr.contains("RUST_BACKTRACE"), "{}", self.said());
    }

    /// Fails the test unless the program succeeded; its stdout as JSON.
    pub fn json(&self) -> serde_json::Value {
        self.assert_no_panic();
        assert!(self.success, "it should have succeeded; {}", self.said());
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("no JSON ({error}); {}", self.said()))
    }
}

/// Runs it to its end, at most for the limit.
pub fn finish(command: &mut Command) -> Outcome {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
    let id = child.id();
    let (done, waiting) = std::sync::mpsc::sync_channel::<()>(1);
    let watchdog = std::thread::Builder::new()
        .name("watchdog".into())
        .spawn(move || {
            if waiting.recv_timeout(LIMIT) == Err(std::sync::mpsc::RecvTimeoutError::Timeout) {
                let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
                return true;
            }
            false
        })
        .expect("a thread");
    let output = child.wait_with_output().expect("the program ends");
    drop(done);
    let killed = watchdog.join().expect("the watchdog ends");
    let outcome = Outcome::of(&output);
    assert!(!killed, "it did not end within {LIMIT:?}; {}", outcome.said());
    outcome
}

/// Runs `baro` with these arguments.
pub fn run<A: AsRef<std::ffi::OsStr>>(arguments: &[A]) -> Outcome {
    finish(baro().args(arguments))
}

/// A file that FFmpeg makes from these arguments, once for all tests: another process may be making it too.
pub fn made_by_ffmpeg(name: &str, arguments: &[&str]) -> PathBuf {
    made(name, &arguments.join(" "), |file| {
        let output = Command::new("ffmpeg")
            .args(["-hide_banner", "-loglevel", "error", "-nostdin", "-y"])
            .args(arguments)
            .arg(file)
            .output()
            .expect("ffmpeg starts; `cargo xtask test` installs it");
        assert!(output.status.success(), "ffmpeg: {}", String::from_utf8_lossy(&output.stderr));
    })
}

/// A file that `make` writes, once for all tests; `recipe` tells old contents from new ones of the same name.
pub fn made(name: &str, recipe: &str, make: impl FnOnce(&Path)) -> PathBuf {
    let mut hasher = std::hash::DefaultHasher::new();
    recipe.hash(&mut hasher);
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fixtures/{:016x}", hasher.finish()));
    std::fs::create_dir_all(&dir).expect("a folder for fixtures");
    let file = dir.join(name);
    if !file.exists() {
        // Keeps its extension, by which FFmpeg chooses the format.
        let part = dir.join(format!("part-{}-{name}", std::process::id()));
        make(&part);
        std::fs::rename(&part, &file).expect("the fixture moves into place");
    }
    file
}

/// A file with this text.
pub fn text(name: &str, content: &str) -> PathBuf {
    made(name, content, |file| std::fs::write(file, content).expect("the text file"))
}

/// The same file with its second half cut off.
pub fn truncated(whole: &Path, name: &str) -> PathBuf {
    let bytes = std::fs::read(whole).expect("the whole file");
    let recipe = format!("first half of {}", whole.display());
    made(name, &recipe, |file| std::fs::write(file, &bytes[..bytes.len() / 2]).expect("the cut file"))
}

/// The bundled demo clip of an exercise.
pub fn demo(exercise: &str) -> PathBuf {
    let clip = root().join(format!("assets/demo/{exercise}.mp4"));
    assert!(clip.is_file(), "{} is part of the project", clip.display());
    clip
}

/// A recording of the shared test data; none, said aloud, where it is not there.
pub fn shared_data(path: &str) -> Option<PathBuf> {
    let file = root().join("../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is not there", file.display());
    None
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Asks until the answer is yes, at most for `limit`.
pub fn wait_until(limit: Duration, mut holds: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + limit;
    while !holds() {
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    true
}
