//! The window: drawn without a graphics card on a virtual screen. Skipped, said aloud, where there is no screen.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{baro, finish, run, wait_until};
    use std::collections::HashSet;
    use std::path::{Path, PathBuf};
    use std::process::Stdio;
    use std::time::Duration;

    fn there_is_a_screen() -> bool {
        let there = std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
        if !there {
            println!("skipped: there is no DISPLAY; `cargo xtask test` makes one");
        }
        there
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
    }

    /// The records in a folder, and below it.
    fn records(dir: &Path) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(dir) else { return Vec::new() };
        let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
        paths
            .flat_map(|path| match path.extension() {
                _ if path.is_dir() => records(&path),
                Some(extension) if extension == "baro" => vec![path],
                _ => Vec::new(),
            })
            .collect()
    }

    /// Coaches the demo for some seconds, takes a picture, and checks that there is something to see.
    fn picture(language: &str, dir: &Path) -> image::RgbImage {
        let file = dir.join(format!("{language}.png"));
        let outcome = finish(
            baro()
                .args([
                    "--exercise",
                    "squat",
                    "--source",
                    "demo",
                    "--mute",
                    "--size",
                    "960x540",
                    "--lang",
                    language,
                ])
                .args(["--exit-after", "14", "--records"])
                .arg(dir.join("records"))
                .arg("--screenshot-at")
                .arg(format!("10:{}", file.display())),
        );
        outcome.assert_no_panic();
        assert!(outcome.success, "{}", outcome.said());
        let picture =
            image::open(&file).unwrap_or_else(|error| panic!("{error}; {}", outcome.said())).to_rgb8();
        assert_eq!(picture.dimensions(), (960, 540));
        let colours: HashSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
        assert!(colours.len() > 500, "only {} colours: a blank picture?", colours.len());
        picture
    }

    #[test]
    fn the_window_shows_the_coach_in_both_languages_and_its_record_replays() {
        if !there_is_a_screen() {
            return;
        }
        let dir = folder();
        let english = picture("en", dir.path());
        let korean = picture("ko", dir.path());
        assert_eq!(english.dimensions(), korean.dimensions());
        assert!(english != korean, "the languages look alike");

        let records = records(&dir.path().join("records"));
        assert!(!records.is_empty(), "nothing was recorded");
        for record in records {
            let outcome = run(&["replay", record.to_str().unwrap()]);
            outcome.assert_no_panic();
            assert!(outcome.success && outcome.stderr.contains("match"), "{}", outcome.said());
        }
    }

    #[test]
    fn a_killed_window_leaves_a_record_that_replays() {
        if !there_is_a_screen() {
            return;
        }
        let dir = folder();
        let mut child = baro()
            .args(["--exercise", "squat", "--source", "demo", "--mute", "--size", "640x360", "--records"])
            .arg(dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let size =
            || records(dir.path()).first().and_then(|file| file.metadata().ok()).map_or(0, |m| m.len());
        // The header and a first chunk, in the middle of the set.
        let recording = wait_until(Duration::from_secs(90), || size() > 10_000);
        // SIGKILL: nothing is flushed, nothing is closed.
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(recording, "no record grew; {} bytes", size());

        let record = records(dir.path()).remove(0);
        let outcome = run(&["replay", record.to_str().unwrap()]);
        outcome.assert_no_panic();
        assert!(outcome.success, "{}", outcome.said());
        assert!(outcome.stderr.contains("breaks off"), "{}", outcome.said());
        let frames = outcome.stdout.split(", ").find_map(|part| part.trim().strip_suffix(" frames"));
        let frames: u32 = frames.and_then(|number| number.parse().ok()).unwrap();
        assert!(frames > 20, "{}", outcome.said());
    }

    #[test]
    fn without_a_screen_it_says_so() {
        let outcome =
            finish(baro().env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").args(["--exit-after", "5"]));
        outcome.assert_refused(&["display"]);
    }
}
