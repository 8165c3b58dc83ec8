//! Files that are broken or show nobody: a sentence that says what is wrong, and never a panic.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{made_by_ffmpeg, run, text, truncated};
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
}
