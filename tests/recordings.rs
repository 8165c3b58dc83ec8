//! Score, report, teach and lint on every kind of file, through the whole program.

#[cfg(test)]
mod support;

#[cfg(test)]
mod tests {
    use crate::support::{made, movement, run, shared_data, text};
    use baro_datasets::{Episode, or_skip, shared};
    use baro_motion::{LandmarkId, PoseFrame, Skeleton};
    use serde_json::Value;
    use std::path::{Path, PathBuf};

    fn path(file: &Path) -> &str {
        file.to_str().unwrap()
    }

    fn score(file: &Path, exercise: &str) -> Value {
        run(&["score", path(file), "--exercise", exercise, "--json"]).json()
    }

    fn count(file: &Path, exercise: &str) -> u64 {
        score(file, exercise)["count"].as_u64().unwrap()
    }

    /// The page of a recording; what it says.
    fn page(file: &Path, lang: &str) -> String {
        let out = file.with_extension(format!("{lang}.html"));
        let outcome =
            run(&["report", path(file), "--exercise", "squat", "--lang", lang, "--out", path(&out)]);
        assert!(outcome.success, "{}", outcome.said());
        std::fs::read_to_string(out).unwrap()
    }

    #[test]
    fn every_kind_of_file_is_scored_and_reported_alike() {
        for file in movement::squats_in_every_format() {
            let report = score(&file, "squat");
            assert_eq!(
                (&report["count"], &report["partial"]),
                (&3.into(), &0.into()),
                "{}: {report}",
                file.display()
            );
            assert!(report["score"].as_f64().unwrap() > 85.0, "{}: {report}", file.display());
            assert!(page(&file, "en").contains("Repetitions"));
            assert!(page(&file, "ko").contains("<html lang=\"ko\">"));
        }
    }

    #[test]
    fn a_record_names_its_own_exercise() {
        let record = movement::squats_in_every_format()
            .into_iter()
            .find(|f| f.extension().unwrap() == "baro")
            .unwrap();
        assert_eq!(run(&["score", path(&record), "--json"]).json()["exercise"], "squat");
        let trc =
            movement::squats_in_every_format().into_iter().find(|f| f.extension().unwrap() == "trc").unwrap();
        run(&["score", path(&trc)]).assert_refused(&["--exercise", "squat"]);
    }

    #[test]
    fn a_report_is_a_page_or_a_picture() {
        let trc = &movement::squats_in_every_format()[0];
        let png = trc.with_extension("png");
        let outcome = run(&["report", path(trc), "--exercise", "squat", "--lang", "ko", "--out", path(&png)]);
        assert!(outcome.success, "{}", outcome.said());
        let picture = image::open(&png).unwrap();
        assert!(picture.width() > 1000 && picture.height() > 1000);
        run(&["report", path(trc), "--exercise", "squat", "--out", "report.pdf"])
            .assert_refused(&[".html", ".png"]);
        run(&["report", path(trc), "--exercise", "squat", "--lang", "xx"]).assert_refused(&["en or ko"]);
    }

    #[test]
    fn five_squats_of_opensim() {
        let Some(file) = shared_data("opencap/squats1_videoAndMocap.mot") else { return };
        let report = score(&file, "squat");
        assert_eq!((&report["count"], &report["partial"]), (&5.into(), &0.into()), "{report}");
    }

    /// UI-PRMD's deep squats as `.trc` files, with the Kinect's own joint names and with the Vicon's markers.
    #[test]
    fn marker_files_of_other_systems_are_scored() {
        if shared("uiprmd/kinect_mm_30hz.npy.gz").is_none() {
            println!("skipped: UI-PRMD is not there");
            return;
        }
        let wanted = |e: &Episode| e.movement == 1 && e.subject == 2 && e.correct && e.number == 3;
        let kinect = or_skip(baro_datasets::uiprmd_kinect()).unwrap().unwrap();
        let kinect = kinect.iter().find(|e| wanted(e)).unwrap();
        let names: Vec<&str> = Skeleton::Kinect22.points().to_vec();
        let rows: Rows =
            kinect.frames.iter().map(|frame| names.iter().map(|name| joint(frame, name)).collect()).collect();
        let file = trc("kinect.trc", &names, 30.0, &rows);
        assert_eq!(count(&file, "squat"), 1);

        let vicon = or_skip(baro_datasets::uiprmd_vicon_markers()).unwrap().unwrap();
        let same = |e: &&baro_datasets::MarkerEpisode| {
            e.movement == 1 && e.subject == 2 && e.correct && e.number == 3
        };
        let vicon = vicon.iter().find(same).unwrap();
        let rows: Vec<Vec<Option<[f32; 3]>>> = vicon
            .frames
            .iter()
            .map(|row| row.iter().map(|p| p.map(|p| [p.x, -p.y, -p.z])).collect())
            .collect();
        let file = trc("vicon.trc", Skeleton::PlugInGait.points(), 50.0, &rows);
        assert_eq!(count(&file, "squat"), 1);
    }

    fn joint(frame: &PoseFrame, name: &str) -> Option<[f32; 3]> {
        let id: LandmarkId = baro_motion::landmark_from_name(name)?;
        let landmark = frame.pose.as_ref()?.world[id];
        (landmark.visibility > 0.0).then(|| [landmark.position.x, -landmark.position.y, -landmark.position.z])
    }

    type Rows = Vec<Vec<Option<[f32; 3]>>>;

    /// A marker file, y up, metres: the rows between a second of stillness before and after.
    fn trc(name: &str, names: &[&str], rate: f64, rows: &Rows) -> PathBuf {
        let still = |row: &Vec<_>| vec![row.clone(); rate as usize];
        let rows = [still(&rows[0]), rows.clone(), still(&rows[rows.len() - 1])].concat();
        let (frames, points) = (rows.len(), names.len());
        let mut content = format!(
            "PathFileType\t4\t(X/Y/Z)\t{name}\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\t\
             OrigDataStartFrame\tOrigNumFrames\n{rate}\t{rate}\t{frames}\t{points}\tm\t{rate}\t1\t{frames}\nFrame#\tTime"
        );
        names.iter().for_each(|name| content += &format!("\t{name}\t\t"));
        content += "\n\n";
        for (i, row) in rows.iter().enumerate() {
            content += &format!("{}\t{:.4}", i + 1, i as f64 / rate);
            for point in row {
                content += &point.map_or("\t\t\t".into(), |[x, y, z]| format!("\t{x}\t{y}\t{z}"));
            }
            content += "\n";
        }
        text(name, &content)
    }

    #[test]
    fn what_is_shipped_passes_the_lint() {
        let outcome = run(&["lint-exercises"]);
        assert!(outcome.success && outcome.stdout.contains("nothing to correct"), "{}", outcome.said());
    }

    #[test]
    fn lint_names_file_and_line() {
        let squat = include_str!("../assets/exercises/squat.toml");
        let broken = text("squat.toml", &squat.replace("reach = 70", "reach = 95"));
        let outcome = run(&["lint-exercises", path(&broken)]);
        // The six values are told of together, at the last of them.
        let line = 1 + squat.lines().position(|line| line == "target = 90").unwrap();
        assert!(!outcome.success);
        assert!(outcome.stdout.contains(&format!("{}:{line}:", broken.display())), "{}", outcome.said());
        let folder = broken.parent().unwrap();
        run(&["lint-exercises", path(folder)]).assert_refused(&["to correct"]);
        run(&["lint-exercises", "/no/such/file.toml"]).assert_refused(&["/no/such/file.toml"]);
    }

    #[test]
    fn an_exercise_is_taught_and_counts_what_it_learned_from() {
        let files = movement::squats_in_every_format();
        let out = made("unused.txt", "teach", |file| std::fs::write(file, "").unwrap())
            .with_file_name("knee_bend.toml");
        let _ = std::fs::remove_file(&out);
        let outcome =
            run(&["teach", path(&files[0]), path(&files[1]), "--out", path(&out), "--name", "Knee bend"]);
        assert!(outcome.success, "{}", outcome.said());
        assert_eq!(count(&files[0], path(&out)), 3);
        run(&["teach", path(&files[0]), "--out", path(&out)]).assert_refused(&["already"]);
        // With reference motion of its own, which lies beside it.
        let (own, motion) = (out.with_file_name("own_bend.toml"), out.with_file_name("own-bend.ref"));
        [&own, &motion].into_iter().for_each(|file| drop(std::fs::remove_file(file)));
        let outcome = run(&[
            "teach",
            path(&files[0]),
            path(&files[1]),
            "--out",
            path(&own),
            "--reference",
            path(&motion),
        ]);
        assert!(outcome.success, "{}", outcome.said());
        let report = score(&files[0], path(&own));
        assert_eq!(report["count"], 3, "{report}");
        assert!(report["reps"][0]["similarity"].as_f64().unwrap() > 90.0, "{report}");
        let elsewhere = run(&["lint-exercises", path(&own)]).said();
        assert!(!elsewhere.contains("own-bend.ref"), "{elsewhere}");
        std::fs::remove_file(&motion).unwrap();
        run(&["score", path(&files[0]), "--exercise", path(&own)])
            .assert_refused(&["own-bend.ref", "missing"]);
        assert!(run(&["lint-exercises", path(&own)]).said().contains("own-bend.ref"));
        let other = out.with_file_name("not_written.toml");
        run(&["teach", path(&files[0]), "--out", path(&other), "--reference", path(&out)])
            .assert_refused(&["already"]);
        assert!(!other.exists());
    }
}
