//! From a file to the score, through the whole program.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{demo, made, made_by_ffmpeg, run, shared_data};
    use serde_json::Value;
    use std::path::{Path, PathBuf};

    fn score(file: &Path, exercise: &str) -> Value {
        run(&["score", file.to_str().unwrap(), "--exercise", exercise, "--json"]).json()
    }

    /// (complete, begun and not finished) of a report.
    fn counts(report: &Value) -> (u64, u64) {
        (report["count"].as_u64().unwrap(), report["partial"].as_u64().unwrap())
    }

    /// Times lie in order, scores in their range, and every lost point has its reason.
    fn assert_sound(report: &Value) {
        let mut before = 0.0;
        for rep in report["reps"].as_array().unwrap() {
            let time = |name: &str| rep[name].as_f64().unwrap();
            assert!(before <= time("start_s") && time("start_s") <= time("peak_s"), "{rep}");
            assert!(time("peak_s") <= time("end_s"), "{rep}");
            before = time("end_s");
            assert!((0.0..=100.0).contains(&time("score")), "{rep}");
            for fault in rep["faults"].as_array().unwrap() {
                assert!(!fault["rule"].as_str().unwrap().is_empty());
                assert!(fault["value"].is_number() && fault["limit"].is_number(), "{fault}");
                assert!(fault["points"].as_f64().unwrap() > 0.0, "{fault}");
                assert!(fault["from_s"].as_f64() <= fault["to_s"].as_f64(), "{fault}");
            }
        }
    }

    /// The angle that an exercise is about, frame by frame as the demo was posed: (seconds, degrees).
    fn true_angles(truth: &Value, exercise: &str) -> Vec<(f64, f64)> {
        let wanted = if exercise == "squat" { "knee_flexion_deg" } else { "shoulder_abduction_deg" };
        let columns = truth["columns"].as_array().unwrap().iter().enumerate();
        let sides: Vec<usize> =
            columns.filter(|(_, name)| name.as_str().unwrap().ends_with(wanted)).map(|(i, _)| i).collect();
        assert_eq!(sides.len(), 2);
        let frames = truth["frames"].as_array().unwrap().iter();
        let number = |value: &Value| value.as_f64().unwrap();
        frames
            .map(|row| (number(&row[0]), sides.iter().map(|&i| number(&row[i])).fold(f64::MIN, f64::max)))
            .collect()
    }

    /// The demo was rendered, so what it shows is known: each repetition is found, with its peak where the body truly was
    /// at its far end, and each fault costs points.
    #[test]
    fn the_bundled_demos_are_scored_as_they_were_made() {
        for exercise in ["squat", "shoulder-abduction"] {
            let clip = demo(exercise);
            let truth = std::fs::read_to_string(clip.with_extension("truth.json")).unwrap();
            let truth: Value = serde_json::from_str(&truth).unwrap();
            let angles = true_angles(&truth, exercise);
            let truth = truth["reps"].as_array().unwrap();
            let report = score(&clip, exercise);
            assert_sound(&report);
            let reps = report["reps"].as_array().unwrap();
            assert_eq!(reps.len(), truth.len(), "{exercise}: {report}");
            for (rep, truth) in reps.iter().zip(truth) {
                let during = truth["start_s"].as_f64().unwrap()..=truth["end_s"].as_f64().unwrap();
                let peak_s = rep["peak_s"].as_f64().unwrap();
                assert!(during.contains(&peak_s), "{exercise}: {rep} but {truth}");
                let highest =
                    angles.iter().filter(|a| during.contains(&a.0)).map(|a| a.1).fold(0.0, f64::max);
                let at_peak = angles.iter().find(|a| a.0 >= peak_s).unwrap().1;
                assert!(at_peak > 0.9 * highest, "{exercise}: {at_peak} of {highest} degrees at {rep}");
                let is_faulty = !truth["faults"].as_array().unwrap().is_empty();
                let lost_points = 100.0 - rep["score"].as_f64().unwrap();
                assert!(!is_faulty || lost_points >= 5.0, "{exercise}: {rep} but {truth}");
            }
        }
    }

    #[test]
    fn three_squats_the_last_unfinished() {
        let Some(video) = shared_data("video/pose_squats.mp4") else { return };
        let report = score(&video, "squat");
        assert_sound(&report);
        let complete: Vec<_> =
            report["reps"].as_array().unwrap().iter().map(|rep| rep["complete"].as_bool().unwrap()).collect();
        assert_eq!(complete, [true, true, false], "{report}");
        assert_eq!(counts(&report), (2, 1));
    }

    /// The demo's first seconds, small, in this container and with these filters.
    fn beginning(name: &str, filter: &str) -> PathBuf {
        let demo = demo("squat");
        made_by_ffmpeg(name, &["-i", demo.to_str().unwrap(), "-t", "12", "-an", "-vf", filter])
    }

    /// The same repetitions at the same times, and at least one. At the far end a body is nearly still: the moment of the
    /// peak is less sharp than the beginning and the end.
    fn assert_alike(one: &Value, other: &Value) {
        assert!(counts(one).0 > 0, "{one}");
        assert_eq!(counts(one), counts(other), "{one}\n{other}");
        let reps = |report: &Value| report["reps"].as_array().unwrap().clone();
        for (one, other) in reps(one).iter().zip(reps(other)) {
            for (time, within_s) in [("start_s", 0.25), ("peak_s", 0.5), ("end_s", 0.25)] {
                let apart_s = one[time].as_f64().unwrap() - other[time].as_f64().unwrap();
                assert!(apart_s.abs() < within_s, "{time}: {one}\n{other}");
            }
        }
    }

    #[test]
    fn a_portrait_video_scores_like_the_wide_one() {
        let wide = beginning("wide.mp4", "scale=-2:360");
        let portrait = beginning("portrait.mp4", "scale=-2:360,crop=ih*3/4:ih");
        assert_alike(&score(&wide, "squat"), &score(&portrait, "squat"));
    }

    #[test]
    fn a_video_stored_sideways_scores_like_the_upright_one() {
        let upright = beginning("upright.mp4", "scale=-2:360");
        // Turned to the left in the file, and marked to be shown turned to the right.
        let stored = beginning("stored_sideways.mp4", "scale=-2:360,transpose=cclock");
        let recipe = stored.display().to_string();
        let sideways = made("sideways.mp4", &recipe, |file| {
            let mut bytes = std::fs::read(&stored).unwrap();
            let header = find(&bytes, b"tkhd").unwrap();
            // ISO 14496-12: the matrix stands 44 bytes after the box's name, as nine big-endian numbers.
            let clockwise: [i32; 9] = [0, 1 << 16, 0, -(1 << 16), 0, 0, 360 << 16, 0, 1 << 30];
            for (index, number) in clockwise.iter().enumerate() {
                let at = header + 44 + index * 4;
                bytes[at..at + 4].copy_from_slice(&number.to_be_bytes());
            }
            std::fs::write(file, bytes).unwrap();
        });
        assert_alike(&score(&upright, "squat"), &score(&sideways, "squat"));
    }

    fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
        bytes.windows(pattern.len()).position(|window| window == pattern)
    }

    #[test]
    fn an_uneven_frame_rate_keeps_count_and_times() {
        let even = beginning("even.mkv", "scale=-2:360");
        // Two of three pictures, then all, by turns of half a second: Matroska keeps the uneven times.
        let uneven = beginning("uneven.mkv", "scale=-2:360,select='if(lt(mod(t,1),0.5),1,mod(n,3))'");
        assert_alike(&score(&even, "squat"), &score(&uneven, "squat"));
    }
}
