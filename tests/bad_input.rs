//! Files that are broken or show nobody: a sentence that says what is wrong, and never a panic.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{made_by_ffmpeg, movement, run, text, truncated};
    use baro_motion::PoseFrame;
    use baro_record::format_jsonl_line;
    use proptest::{
        prelude::*,
        test_runner::{Config, TestRunner},
    };
    use std::path::Path;

    /// Scores and tracks the same file; both must refuse it in these words.
    fn assert_refused(file: &Path, words: &[&str]) {
        let file = file.to_str().unwrap();
        run(&["score", file, "--exercise", "squat"]).assert_refused(words);
        run(&["track", file]).assert_refused(words);
    }

    #[test]
    fn a_missing_file_is_named() {
        assert_refused(Path::new("/no/such/clip.mp4"), &["/no/such/clip.mp4"]);
    }

    #[test]
    fn an_empty_file_is_called_empty() {
        assert_refused(&text("empty.mp4", ""), &["empty.mp4", "empty"]);
    }

    #[test]
    fn a_file_that_is_no_video_is_refused() {
        assert_refused(&text("letter.mp4", "Dear Sir or Madam\n"), &["letter.mp4", "not a video"]);
    }

    #[test]
    fn a_video_without_its_index_is_refused() {
        // The index of an MP4 stands at its end: half a file has none.
        let whole = made_by_ffmpeg("whole.mp4", &["-f", "lavfi", "-i", "testsrc=s=160x120:d=2"]);
        assert_refused(&truncated(&whole, "no_index.mp4"), &["no_index.mp4"]);
    }

    #[test]
    fn a_video_that_breaks_off_says_where() {
        let source = ["-f", "lavfi", "-i", "testsrc2=s=320x240:d=4", "-movflags", "+faststart"];
        let whole = made_by_ffmpeg("whole_faststart.mp4", &source);
        assert_refused(&truncated(&whole, "breaks_off.mp4"), &["breaks_off.mp4", "breaks off after"]);
    }

    #[test]
    fn sound_alone_is_no_video() {
        let sound = made_by_ffmpeg("sound.m4a", &["-f", "lavfi", "-i", "sine=d=1"]);
        assert_refused(&sound, &["no video"]);
    }

    #[test]
    fn a_damaged_picture_is_refused() {
        let whole = made_by_ffmpeg("still.png", &["-f", "lavfi", "-i", "testsrc=s=64x64", "-frames:v", "1"]);
        assert_refused(&truncated(&whole, "half_still.png"), &["half_still.png"]);
        assert_refused(&text("no_still.jpg", "nothing"), &["no_still.jpg"]);
    }

    #[test]
    fn one_pixel_black_and_an_empty_room_show_nobody() {
        let one = ["-f", "lavfi", "-i", "color=c=white:s=16x16:d=0.4:r=10,scale=1:1", "-c:v", "ffv1"];
        let black = ["-f", "lavfi", "-i", "color=c=black:s=320x240:d=0.4:r=10"];
        let room = ["-f", "lavfi", "-i", "testsrc=s=640x360:d=0.4:r=10"];
        for (name, source) in
            [("one_pixel.mkv", &one[..]), ("black.mp4", &black[..]), ("empty_room.mp4", &room[..])]
        {
            let file = made_by_ffmpeg(name, source);
            let file = file.to_str().unwrap();
            run(&["score", file, "--exercise", "squat"]).assert_refused(&[name, "see"]);
            run(&["track", file]).assert_refused(&[name, "see"]);
        }
    }

    #[test]
    fn an_unknown_exercise_is_refused_with_the_known_ones() {
        let black = made_by_ffmpeg("black.mp4", &["-f", "lavfi", "-i", "color=c=black:s=320x240:d=0.4:r=10"]);
        run(&["score", black.to_str().unwrap(), "--exercise", "moonwalk"]).assert_refused(&[
            "moonwalk",
            "squat",
            "shoulder-abduction",
        ]);
    }

    #[test]
    fn cameras_are_listed_or_said_to_be_missing() {
        let outcome = run(&["cameras"]);
        outcome.assert_no_panic();
        if !outcome.success {
            outcome.assert_refused(&["no camera"]);
        }
    }

    #[test]
    fn a_record_that_is_none_is_refused() {
        let record = text("letter.baro", "Dear Sir or Madam\n");
        run(&["replay", record.to_str().unwrap()]).assert_refused(&["letter.baro"]);
        let empty = text("empty.baro", "");
        run(&["replay", empty.to_str().unwrap()]).assert_refused(&["empty.baro"]);
        run(&["replay", "/no/such/session.baro"]).assert_refused(&["/no/such/session.baro"]);
    }

    #[test]
    fn a_trc_with_nan_or_without_sense_is_refused() {
        let header = "PathFileType\t4\t(X/Y/Z)\tx.trc\n\
            DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames\n\
            30\t30\t3\t2\tm\t30\t1\t3\n\
            Frame#\tTime\tleft_hip\t\t\tright_hip\t\t\n\t\tX1\tY1\tZ1\tX2\tY2\tZ2\n\n";
        let nan = format!("{header}1\t0.0\tNaN\tNaN\tNaN\t0.1\t0\t0\n2\t0.033\t0\tNaN\t0\t0.1\t0\t0\n");
        let file = text("nan.trc", &nan);
        let outcome = run(&["score", file.to_str().unwrap(), "--exercise", "squat"]);
        outcome.assert_refused(&["nan.trc"]);

        let words = text("words.trc", &format!("{header}1\t0.0\tleft\tright\tup\tdown\tin\tout\n"));
        run(&["score", words.to_str().unwrap(), "--exercise", "squat"]).assert_refused(&["words.trc"]);
        let short = text("short.trc", "PathFileType\t4\n");
        run(&["score", short.to_str().unwrap(), "--exercise", "squat"]).assert_refused(&["short.trc"]);
    }

    fn squats(extension: &str) -> String {
        let files = movement::squats_in_every_format();
        let file = files.iter().find(|file| file.extension().unwrap() == extension).unwrap();
        std::fs::read_to_string(file).unwrap()
    }

    /// The text with one cell changed; lines and cells count from 1.
    fn with_cell(text: &str, line: usize, cell: usize, value: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut cells: Vec<&str> = text.lines().nth(line - 1).unwrap().split('\t').collect();
        cells[cell - 1] = value;
        lines[line - 1] = cells.join("\t");
        lines.join("\n")
    }

    #[test]
    fn streams_that_make_no_sense_are_refused_with_their_line() {
        let (trc, mot, jsonl) = (squats("trc"), squats("mot"), squats("jsonl"));
        let no_hips = trc.replace("left_hip", "left_hat").replace("right_hip", "right_hat");
        for (name, content, words) in [
            ("times_repeat.trc", with_cell(&trc, 8, 2, "0.0"), &["line 8", "not after"][..]),
            ("infinite.trc", with_cell(&trc, 8, 4, "inf"), &["line 8", "inf"]),
            ("times_fall.mot", with_cell(&mot, 9, 1, "-1.0"), &["line 9", "not after"]),
            ("nan.mot", with_cell(&mot, 9, 3, "NaN"), &["line 9", "NaN"]),
            (
                "times_fall.jsonl",
                jsonl.replacen("\"time_s\":0.0,", "\"time_s\":5.0,", 1),
                &["line 2", "not after"],
            ),
            ("nan.jsonl", jsonl.replacen("0.5", "NaN", 1), &["line 1"]),
            ("huge.jsonl", jsonl.replacen("0.5", "1e60", 1), &["line 1"]),
            ("no_hips.trc", no_hips, &["hip", "missing"]),
            ("empty.jsonl", String::new(), &["empty"]),
            ("cut.mot", mot[..mot.len() / 2].to_owned(), &["line"]),
        ] {
            let file = text(name, &content);
            let file = file.to_str().unwrap();
            run(&["score", file, "--exercise", "squat"]).assert_refused(words);
            let out = format!("{file}.html");
            run(&["report", file, "--exercise", "squat", "--out", &out]).assert_refused(words);
            assert!(!Path::new(&out).exists(), "no page is written of nothing");
        }
    }

    #[test]
    fn a_thousand_frames_a_second_and_long_gaps_are_no_trouble() {
        let (mut fast, mut gaps) = (String::new(), String::new());
        for (i, frame) in movement::squats().iter().enumerate() {
            // Each frame again and again, a thousandth of a second apart.
            for k in 0..33 {
                let time_s = frame.time_s + f64::from(k) / 1000.0;
                fast += &(format_jsonl_line(0, &PoseFrame { time_s, ..*frame }) + "\n");
            }
            // Nobody knows what happened in the 100 s after the first squat.
            if i != 160 {
                let time_s = frame.time_s + if i > 160 { 100.0 } else { 0.0 };
                gaps += &(format_jsonl_line(0, &PoseFrame { time_s, ..*frame }) + "\n");
            }
        }
        for (name, content) in [("fast.jsonl", fast), ("gaps.jsonl", gaps)] {
            let file = text(name, &content);
            let report = run(&["score", file.to_str().unwrap(), "--exercise", "squat", "--json"]).json();
            assert_eq!(report["count"], 3, "{name}: {report}");
        }
    }

    #[test]
    fn exercise_files_that_make_no_sense_are_refused_with_their_line() {
        let trc = &movement::squats_in_every_format()[0];
        let squat = include_str!("../assets/exercises/squat.toml");
        for (name, content, word) in [
            ("unknown.toml", squat.replace("unseen_cue", "unseen_que"), "unseen_que"),
            ("impossible.toml", squat.replace("reach = 70", "reach = 95"), "reach"),
            ("nan.toml", squat.replace("target = 90", "target = nan"), "target"),
            ("no.toml", "Dear Sir or Madam".into(), ":1:"),
        ] {
            let file = text(name, &content);
            let file = file.to_str().unwrap();
            assert_linted(file, word);
            run(&["score", trc.to_str().unwrap(), "--exercise", file]).assert_refused(&[name, "line"]);
        }
        let own = squat.replace("id = \"squat\"", "id = \"circle\"\neasier = \"circle\"");
        assert_linted(text("circle.toml", &own).to_str().unwrap(), "circle");
    }

    /// Lint fails, and names the file, the line and this.
    fn assert_linted(file: &str, word: &str) {
        let linted = run(&["lint-exercises", file]);
        linted.assert_no_panic();
        let found =
            linted.stdout.lines().any(|line| line.starts_with(&format!("{file}:")) && line.contains(word));
        assert!(!linted.success && found, "{word}: {}", linted.said());
    }

    /// Any damage to a file: it is still scored, or refused by name, and never a panic.
    #[test]
    fn any_damage_is_survived() {
        let wholes = ["trc", "mot", "jsonl"].map(|extension| (extension, squats(extension).into_bytes()));
        let folder = tempfile::tempdir().unwrap();
        let damage = (
            0..wholes.len(),
            any::<prop::sample::Index>(),
            prop::collection::vec(any::<u8>(), 0..6),
            0..200_usize,
        );
        let mut runner =
            TestRunner::new(Config { cases: 40, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&damage, |(which, at, bytes, cut)| {
            let (extension, whole) = &wholes[which];
            let at = at.index(whole.len());
            let mut damaged = whole.clone();
            damaged.splice(at..(at + cut).min(whole.len()), bytes);
            let file = folder.path().join(format!("damaged.{extension}"));
            std::fs::write(&file, damaged).unwrap();
            let outcome = run(&["score", file.to_str().unwrap(), "--exercise", "squat"]);
            outcome.assert_no_panic();
            prop_assert!(outcome.success || outcome.stderr.contains("damaged."), "{}", outcome.said());
            Ok(())
        });
        outcome.unwrap();
    }
}
