//! `baro score INPUT --exercise ID`: counts and scores the repetitions in a video, image sequence, marker file or record.

use crate::{
    output::{print, print_json, progress_bar},
    paths::shipped,
};
use anyhow::{Context as _, bail};
use baro_coach::{Coach, Exercise, Rep, RepSide, Report, SideChoice, Sight};
use baro_motion::{LandmarkId, PoseFrame};
use baro_record::{MovementFile, Recording};
use baro_vision::{
    Complexity, Frame, ModelStore, PoseEstimator, Source, SourceSpec, Tracker, TrackerOptions,
    find_onnxruntime, open,
};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

/// Count and score the repetitions in a recording.
#[derive(clap::Args)]
pub struct Args {
    /// A video, a folder of pictures, a marker file (`.trc`) or a recorded session (`.baro`).
    input: PathBuf,
    /// Id of the exercise, or path of an exercise file. May be left out for a recorded session, which names its own.
    #[arg(long, value_name = "ID")]
    exercise: Option<String>,
    /// Side to score, for exercises that are done with each side on its own: `left`, `right` or `auto`.
    #[arg(long)]
    side: Option<SideChoice>,
    /// Print the report as JSON (docs/score-json.md).
    #[arg(long)]
    json: bool,
    /// Pose model for pictures: `lite` is fastest, `heavy` the most exact.
    #[arg(long, default_value = "full")]
    model: Complexity,
    /// Pictures a second of a folder of pictures.
    #[arg(long, value_name = "RATE", value_parser = rate)]
    fps: Option<f64>,
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let report = score(&args)?;
    if args.json { print_json(&report) } else { print(&table(&report)) }
}

fn rate(text: &str) -> Result<f64, String> {
    let rate: f64 =
        text.parse().map_err(|_| format!("`{text}` is no rate; write pictures a second, as in 30"))?;
    if (0.1..=1000.0).contains(&rate) { Ok(rate) } else { Err("write a rate from 0.1 to 1000".into()) }
}

fn score(args: &Args) -> anyhow::Result<Report> {
    let input = &args.input;
    let has_extension = |wanted: &str| input.extension().is_some_and(|e| e.eq_ignore_ascii_case(wanted));
    if has_extension("baro") {
        let recording = Recording::read(input)?;
        let exercise = match &args.exercise {
            Some(name) => find_exercise(name)?,
            None => Exercise::from_toml(&recording.header.exercise_toml)
                .with_context(|| format!("the exercise stored in {} can't be read", input.display()))?,
        };
        let mut set = Set::new(exercise, args.side.unwrap_or(recording.header.side));
        recording.frames().for_each(|frame| set.step(frame));
        return set.finish(input);
    }
    let Some(name) = &args.exercise else {
        bail!("say which exercise it is with --exercise; known are {}", known_exercises()?.join(", "));
    };
    let mut set = Set::new(find_exercise(name)?, args.side.unwrap_or_default());
    if let Some(kind) = MovementFile::of(input) {
        let frames = kind.read(input).with_context(|| format!("can't score {}", input.display()))?;
        frames.iter().for_each(|frame| set.step(frame));
    } else {
        // Before the model is loaded: a wrong file name should be told at once.
        let source = open(&SourceSpec::from_path(input, args.fps))?;
        let store = ModelStore::open(&shipped("models"), &find_onnxruntime()?)?;
        let options = TrackerOptions { complexity: args.model, ..TrackerOptions::default() };
        watch(source, Tracker::new(&store, options)?, &mut set)?;
    }
    set.finish(input)
}

/// Scores every picture of a source.
fn watch(mut source: Box<dyn Source>, mut tracker: impl PoseEstimator, set: &mut Set) -> anyhow::Result<()> {
    let progress = progress_bar(source.info().frames);
    let mut frame = Frame::default();
    while source.read(&mut frame)? {
        let pose = tracker.estimate(&frame)?;
        set.step(&PoseFrame { time_s: frame.time_s, pose });
        progress.inc(1);
    }
    progress.finish_and_clear();
    Ok(())
}

/// A set that is being scored, and what was seen of it.
struct Set {
    coach: Coach,
    exercise: String,
    frames: u64,
    seen: u64,
    clear: u64,
    missing: Option<LandmarkId>,
}

impl Set {
    fn new(exercise: Exercise, side: SideChoice) -> Self {
        let id = exercise.id.clone();
        let coach = Coach::new(Arc::new(exercise), side);
        Self { coach, exercise: id, frames: 0, seen: 0, clear: 0, missing: None }
    }

    fn step(&mut self, frame: &PoseFrame) {
        self.frames += 1;
        match self.coach.step(frame).sight {
            Sight::Lost => {}
            Sight::Partial(landmark) => {
                self.seen += 1;
                self.missing = Some(landmark);
            }
            Sight::Clear => {
                self.seen += 1;
                self.clear += 1;
            }
        }
    }

    /// The report; an error where nothing could be measured at all.
    fn finish(mut self, input: &Path) -> anyhow::Result<Report> {
        let (input, exercise) = (input.display(), &self.exercise);
        match self.missing {
            _ if self.frames == 0 => bail!("{input} holds no frames; there is nothing to score"),
            _ if self.seen == 0 => bail!(
                "can't see anybody in {input} ({} frames); the whole body should be in the picture, and well lit",
                self.frames
            ),
            Some(landmark) if self.clear == 0 => bail!(
                "can't see what {exercise} needs in {input}: {} is missing in all {} frames; show the whole body, or choose \
                 another exercise",
                landmark.name(),
                self.frames
            ),
            _ => Ok(self.coach.finish().clone()),
        }
    }
}

/// The exercise with this id among those that the program ships with, or in this file.
fn find_exercise(name: &str) -> anyhow::Result<Exercise> {
    let shipped = shipped("assets").join("exercises").join(format!("{}.toml", name.replace('-', "_")));
    let path = if name.ends_with(".toml") {
        PathBuf::from(name)
    } else if !name.contains(['/', '\\']) && shipped.is_file() {
        shipped
    } else {
        bail!(
            "there is no exercise `{name}`; known are {}; a file of your own needs a name that ends in .toml",
            known_exercises()?.join(", ")
        );
    };
    let text = std::fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    Exercise::from_toml(&text).with_context(|| format!("{} is no usable exercise file", path.display()))
}

/// Ids of the exercises that the program ships with, sorted.
fn known_exercises() -> anyhow::Result<Vec<String>> {
    let folder = shipped("assets").join("exercises");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("can't read {}", folder.display()))?;
    let files = entries.filter_map(Result::ok).map(|entry| entry.path());
    let mut ids: Vec<String> = files
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.replace('_', "-")))
        .collect();
    ids.sort();
    Ok(ids)
}

/// The report for people.
fn table(report: &Report) -> String {
    let score = report.score.map_or_else(String::new, |score| format!(", score {score:.0} of 100"));
    let mut out =
        format!("{}: {} complete, {} partial{score}\n", report.exercise, report.count, report.partial);
    if report.reps.is_empty() {
        return out;
    }
    out += "\n  #   start    peak     end  side   score  range  form  tempo\n";
    for (i, rep) in report.reps.iter().enumerate() {
        let Rep { start_s, peak_s, end_s, sub, .. } = rep;
        let side = match rep.side {
            RepSide::Left => "left",
            RepSide::Right => "right",
            RepSide::Both => "both",
        };
        out += &format!(
            "{:>3} {start_s:>7.2} {peak_s:>7.2} {end_s:>7.2}  {side:<5}  {:>5.0}  {:>5.0} {:>5.0}  {:>5.0}{}\n",
            i + 1,
            rep.score,
            sub.range,
            sub.form,
            sub.tempo,
            if rep.complete { "" } else { "  partial" },
        );
        for fault in &rep.faults {
            out += &format!(
                "      -{:<4.1} {} {} {} (limit {}), {:.1} to {:.1} s\n",
                fault.points, fault.rule, fault.value, fault.unit, fault.limit, fault.from_s, fault.to_s
            );
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_exercises_are_found_by_their_ids() {
        let known = known_exercises().unwrap();
        assert!(known.contains(&"squat".into()) && known.contains(&"shoulder-abduction".into()), "{known:?}");
        for id in known {
            assert_eq!(find_exercise(&id).unwrap().id, id, "the file is named like its exercise");
        }
        let error = find_exercise("moonwalk").unwrap_err().to_string();
        assert!(error.contains("moonwalk") && error.contains("squat"), "{error}");
        assert!(find_exercise("../exercises/squat").is_err());
    }
}
