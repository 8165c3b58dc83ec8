//! A model or library that is wrong, cut off or missing is refused with a sentence that says what to do.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{Outcome, baro, finish, made_by_ffmpeg, root, text};
    use std::fs;
    use std::path::{Path, PathBuf};
    use std::process::Command;

    /// The program beside a models folder of its own: it looks there first.
    struct Installed {
        dir: tempfile::TempDir,
    }

    impl Installed {
        fn new() -> Installed {
            let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
            fs::hard_link(env!("CARGO_BIN_EXE_baro"), dir.path().join("baro")).unwrap();
            fs::create_dir(dir.path().join("models")).unwrap();
            for entry in fs::read_dir(root().join("models")).unwrap() {
                let file = entry.unwrap().path();
                if file.is_file() {
                    fs::copy(&file, dir.path().join("models").join(file.file_name().unwrap())).unwrap();
                }
            }
            Installed { dir }
        }

        fn model(&self, name: &str) -> PathBuf {
            self.dir.path().join("models").join(name)
        }

        fn track(&self) -> Outcome {
            finish(Command::new(self.dir.path().join("baro")).arg("track").arg(clip()))
        }
    }

    fn clip() -> PathBuf {
        made_by_ffmpeg("black.mp4", &["-f", "lavfi", "-i", "color=c=black:s=320x240:d=0.4:r=10"])
    }

    const FULL: &str = "pose_landmark_full.fp16w.onnx";
    const DETECTOR: &str = "pose_detection.fp16w.onnx";

    #[test]
    fn a_missing_model_is_named() {
        let installed = Installed::new();
        fs::remove_file(installed.model(FULL)).unwrap();
        installed.track().assert_refused(&[FULL, "missing", "git checkout models"]);
    }

    #[test]
    fn a_truncated_model_is_refused() {
        let installed = Installed::new();
        let file = installed.model(DETECTOR);
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
        installed.track().assert_refused(&[DETECTOR, "not the right one"]);
    }

    #[test]
    fn a_model_with_one_wrong_bit_is_refused() {
        let installed = Installed::new();
        let file = installed.model(FULL);
        let mut bytes = fs::read(&file).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(&file, bytes).unwrap();
        installed.track().assert_refused(&[FULL, "not the right one"]);
    }

    #[test]
    fn a_models_folder_without_its_manifest_is_refused() {
        let installed = Installed::new();
        fs::remove_file(installed.model("manifest.json")).unwrap();
        installed.track().assert_refused(&["manifest.json"]);
    }

    fn track_with_library(library: &Path) -> Outcome {
        finish(baro().env("BARO_ONNXRUNTIME", library).arg("track").arg(clip()))
    }

    #[test]
    fn without_its_library_it_says_how_to_get_it() {
        track_with_library(Path::new("/no/such/library.so")).assert_refused(&["cargo xtask setup"]);
        let no_library = text("libonnxruntime.so", "not a library");
        track_with_library(&no_library).assert_refused(&["cargo xtask setup"]);
    }
}
