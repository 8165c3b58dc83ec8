//! Video files through FFmpeg: right times, right side up, and clear words about broken ones.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{BLUE, RED, color_at, ffmpeg, near, read_all};
    use baro_vision::{Capture, CaptureEvent, Pacing, SourceError, SourceSpec, open};
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    fn video(path: &Path) -> SourceSpec {
        SourceSpec::Video(path.to_owned())
    }

    fn refused(path: &Path) -> SourceError {
        match open(&video(path)) {
            Err(error) => error,
            Ok(mut source) => match read_all(&mut *source) {
                (_, Err(error)) => error,
                (frames, Ok(())) => panic!("{} gave {} frames", path.display(), frames.len()),
            },
        }
    }

    /// Red on the left, blue on the right.
    const HALVES: &[&str] = &[
        "-f",
        "lavfi",
        "-i",
        "color=red:s=160x240:d=1:r=10",
        "-f",
        "lavfi",
        "-i",
        "color=blue:s=160x240:d=1:r=10",
        "-filter_complex",
        "[0][1]hstack",
    ];

    fn made(dir: &Path, name: &str, arguments: &[&str]) -> PathBuf {
        let file = dir.join(name);
        ffmpeg(arguments, &file);
        file
    }

    #[test]
    fn pictures_come_whole_in_order_and_on_time() {
        let dir = tempfile::tempdir().unwrap();
        let file = made(dir.path(), "halves.mp4", HALVES);
        let mut source = open(&video(&file)).unwrap();
        let info = source.info().clone();
        assert_eq!(
            (info.width, info.height, info.frames, info.fps, info.live),
            (320, 240, Some(10), Some(10.0), false)
        );
        assert_eq!(info.name, "halves.mp4");
        let (frames, end) = read_all(&mut *source);
        end.unwrap();
        assert_eq!(frames.len(), 10);
        for (i, frame) in frames.iter().enumerate() {
            assert!(frame.is_whole());
            assert!((frame.time_s - i as f64 * 0.1).abs() < 1e-6, "{i}: {}", frame.time_s);
            assert!(near(color_at(frame, 0.2, 0.5), RED) && near(color_at(frame, 0.8, 0.5), BLUE));
        }
    }

    #[test]
    fn a_turned_video_is_shown_upright() {
        let dir = tempfile::tempdir().unwrap();
        let file = made(dir.path(), "halves.mp4", HALVES);
        let turned = dir.path().join("turned.mp4");
        // The way that phones store it; the option's name changed with FFmpeg 6.
        let output = std::process::Command::new("ffmpeg")
            .args(["-v", "error", "-display_rotation", "90", "-i"])
            .arg(&file)
            .args(["-c", "copy"])
            .arg(&turned)
            .output()
            .unwrap();
        if !output.status.success() {
            ffmpeg(&["-i", file.to_str().unwrap(), "-c", "copy", "-metadata:s:v:0", "rotate=270"], &turned);
        }
        let mut source = open(&video(&turned)).unwrap();
        assert_eq!((source.info().width, source.info().height), (240, 320));
        let (frames, end) = read_all(&mut *source);
        end.unwrap();
        let first = &frames[0];
        assert_eq!((first.width, first.height), (240, 320));
        let (top, bottom) = (color_at(first, 0.5, 0.2), color_at(first, 0.5, 0.8));
        assert!(
            near(top, RED) && near(bottom, BLUE) || near(top, BLUE) && near(bottom, RED),
            "{top:?} {bottom:?}"
        );
    }

    #[test]
    fn a_variable_frame_rate_keeps_its_times() {
        let dir = tempfile::tempdir().unwrap();
        let timed = [
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=64x48:r=30:d=1",
            "-vf",
            "select='not(mod(n,7))+not(mod(n,5))'",
            "-fps_mode",
            "vfr",
        ];
        let file = made(dir.path(), "vfr.mkv", &timed);
        let (frames, end) = read_all(&mut *open(&video(&file)).unwrap());
        end.unwrap();
        let expected: Vec<f64> =
            (0..30).filter(|n| n % 7 == 0 || n % 5 == 0).map(|n| f64::from(n) / 30.0).collect();
        assert_eq!(frames.len(), expected.len());
        for (frame, time_s) in frames.iter().zip(expected) {
            assert!((frame.time_s - time_s).abs() < 2e-3, "{} instead of {time_s}", frame.time_s);
        }
    }

    #[test]
    fn odd_and_tiny_and_stretched_pictures() {
        let dir = tempfile::tempdir().unwrap();
        for (name, size, shown) in [("one.mkv", "1:1", (1, 1)), ("odd.mkv", "33:17", (33, 17))] {
            let scaled = format!("format=rgb24,scale={size},setsar=1");
            let source = ["-f", "lavfi", "-i", "color=red:s=64x64:d=0.3:r=10", "-vf", &scaled];
            let file = made(dir.path(), name, &[&source[..], &["-c:v", "ffv1", "-pix_fmt", "bgr0"]].concat());
            let (frames, end) = read_all(&mut *open(&video(&file)).unwrap());
            end.unwrap();
            assert_eq!((frames[0].width, frames[0].height, frames.len()), (shown.0, shown.1, 3));
            assert!(near(color_at(&frames[0], 0.5, 0.5), RED));
        }
        let wide = ["-f", "lavfi", "-i", "color=red:s=100x100:d=0.2:r=10", "-vf", "setsar=2/1"];
        let file = made(dir.path(), "wide.mp4", &wide);
        let mut source = open(&video(&file)).unwrap();
        assert_eq!((source.info().width, source.info().height), (200, 100));
        let (frames, end) = read_all(&mut *source);
        end.unwrap();
        assert_eq!((frames[0].width, frames[0].height), (200, 100));
    }

    #[test]
    fn broken_files_are_refused_in_clear_words() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            let file = dir.path().join(name);
            std::fs::write(&file, bytes).unwrap();
            file
        };
        assert!(matches!(refused(Path::new("/no/such.mp4")), SourceError::Unreadable { .. }));
        assert!(matches!(refused(dir.path()), SourceError::Unreadable { .. }));
        assert!(matches!(refused(&at("empty.mp4", b"")), SourceError::Empty { .. }));
        assert!(matches!(refused(&at("letter.mp4", b"Dear Sir")), SourceError::NotVideo { .. }));
        let noise: Vec<u8> = (0..100_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let error = refused(&at("noise.mp4", &noise));
        assert!(matches!(error, SourceError::NotVideo { .. } | SourceError::NoVideoStream { .. }), "{error}");
        let sound = made(dir.path(), "sound.m4a", &["-f", "lavfi", "-i", "sine=d=1"]);
        assert!(matches!(refused(&sound), SourceError::NoVideoStream { .. }));
        let whole = made(dir.path(), "whole.mp4", &["-f", "lavfi", "-i", "testsrc2=s=320x240:d=4"]);
        let bytes = std::fs::read(whole).unwrap();
        assert!(matches!(
            refused(&at("no_index.mp4", &bytes[..bytes.len() / 2])),
            SourceError::NotVideo { .. }
        ));
    }

    #[test]
    fn a_video_that_breaks_off_gives_what_it_has_and_says_so() {
        let dir = tempfile::tempdir().unwrap();
        let source = ["-f", "lavfi", "-i", "testsrc2=s=320x240:d=4", "-movflags", "+faststart"];
        let whole = made(dir.path(), "whole.mp4", &source);
        let bytes = std::fs::read(whole).unwrap();
        let cut = dir.path().join("cut.mp4");
        std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
        let (frames, end) = read_all(&mut *open(&video(&cut)).unwrap());
        assert!(!frames.is_empty() && frames.len() < 95, "{}", frames.len());
        let error = end.unwrap_err();
        assert!(
            matches!(&error, SourceError::BreaksOff { frames: n, .. } if *n == frames.len() as u64),
            "{error}"
        );
    }

    #[test]
    fn names_that_look_like_options_or_protocols_are_files() {
        let dir = tempfile::tempdir().unwrap();
        let file = made(dir.path(), "halves.mp4", HALVES);
        for name in ["-y.mp4", "http:x.mp4", "한글 이름.mp4", "a%03d.mp4"] {
            let renamed = dir.path().join(name);
            std::fs::copy(&file, &renamed).unwrap();
            assert_eq!(read_all(&mut *open(&video(&renamed)).unwrap()).0.len(), 10, "{name}");
        }
    }

    #[test]
    fn a_source_dropped_in_the_middle_leaves_no_process() {
        let dir = tempfile::tempdir().unwrap();
        let file = made(dir.path(), "long.mp4", &["-f", "lavfi", "-i", "testsrc2=s=640x480:d=20:r=30"]);
        let running = || {
            let name = file.to_string_lossy().into_owned();
            let commands = std::fs::read_dir("/proc").unwrap().flatten();
            let commands = commands.filter_map(|e| std::fs::read(e.path().join("cmdline")).ok());
            commands.filter(|c| String::from_utf8_lossy(c).contains(&name)).count()
        };
        let mut capture = Capture::spawn(open(&video(&file)).unwrap(), Pacing::EveryFrame).unwrap();
        assert!(matches!(capture.next(Duration::from_secs(60)), CaptureEvent::Frame(_)));
        if cfg!(target_os = "linux") {
            assert_eq!(running(), 1);
            drop(capture);
            assert_eq!(running(), 0);
        }
    }
}
