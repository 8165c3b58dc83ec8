//! `cargo xtask bench vision`: the tracker beside Python MediaPipe on the same videos, in one run.
//!
//! The machine may be busy with other things, so the two take turns and only the ratio of neighbours counts.

mod measure;

use crate::sh::{build_baro, root, sh};
use anyhow::{Context, Result, bail};
use bench_table::Table;
use measure::{Measured, Peer, measure, number};
use std::path::{Path, PathBuf};

const MODELS: [&str; 3] = ["lite", "full", "heavy"];
/// The rate that MediaPipe's Python interface assumes of every video (33,333 µs a picture).
const PEER_RATE: &str = "30.0003";

/// Measures, prints a table, and writes it into `docs/measurements.md`.
///
/// `--baro PROGRAM` measures that program instead of building it; `--quick` takes one turn instead of three.
pub fn run(arguments: &[String]) -> Result<()> {
    let mut options = Options { baro: None, rounds: 3 };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--baro" => options.baro = Some(rest.next().context("--baro needs a program")?.into()),
            "--quick" => options.rounds = 1,
            other => bail!("`{other}` is unknown; there are --baro PROGRAM and --quick"),
        }
    }
    let bench = Bench::prepare(&options)?;
    let mut table = Table::default();
    bench.speed(&mut table)?;
    bench.stills(&mut table)?;
    bench.tracking(&mut table)?;
    bench.squats(&mut table)?;
    bench.two_people(&mut table)?;
    bench.cue_latency(&mut table)?;
    print!("\n{}", table.to_markdown());
    table.write_into(&root().join("docs/measurements.md"), "vision", "cargo xtask bench vision")
}

struct Options {
    baro: Option<PathBuf>,
    rounds: usize,
}

struct Bench {
    baro: PathBuf,
    peer: Peer,
    video: PathBuf,
    scratch: PathBuf,
    rounds: usize,
}

impl Bench {
    fn prepare(options: &Options) -> Result<Self> {
        let video = root().join("../shared/data/video");
        if !video.is_dir() {
            bail!("{} is missing: the bench measures on the shared recordings", video.display());
        }
        let baro = match &options.baro {
            Some(baro) => baro.clone(),
            None => build_baro()?,
        };
        let scratch = std::env::temp_dir().join("baro-bench-vision");
        std::fs::create_dir_all(&scratch)?;
        let small = scratch.join("sports2d_640x360.mp4");
        let source = video.join("sports2d_demo.mp4");
        sh("ffmpeg")
            .args(["-v", "error", "-nostdin", "-y", "-i"])
            .arg(source)
            .args(["-vf", "scale=640:360", "-an", "-c:v", "libx264", "-crf", "18"])
            .arg(small)
            .run()?;
        Ok(Self { baro, peer: Peer::install()?, video, scratch, rounds: options.rounds })
    }

    fn small(&self) -> PathBuf {
        self.scratch.join("sports2d_640x360.mp4")
    }

    fn track(&self, input: &Path, options: &[&str]) -> Result<Measured> {
        let mut command = std::process::Command::new(&self.baro);
        command.arg("track").arg(input).arg("--json").args(options);
        measure(command)
    }

    /// Tracks into a file and returns it.
    fn landmarks(&self, input: &Path, options: &[&str]) -> Result<PathBuf> {
        let out = self.scratch.join("ours.jsonl");
        let out_text = out.to_string_lossy().into_owned();
        self.track(input, &[options, &["--out", &out_text]].concat())?;
        Ok(out)
    }

    /// Pictures a second and peak memory, by turns.
    fn speed(&self, table: &mut Table) -> Result<()> {
        let small = self.small();
        for (complexity, model) in MODELS.into_iter().enumerate() {
            // Three turns of heavy would take minutes and tell nothing more.
            let rounds = if model == "heavy" { 1 } else { self.rounds };
            let mut turns = Vec::new();
            for _ in 0..rounds {
                let one = self.track(&small, &["--model", model, "--threads", "1"])?;
                let peer = self.peer.pose(&small, &["--complexity", &complexity.to_string()])?;
                let two = self.track(&small, &["--model", model, "--threads", "2"])?;
                turns.push((one, peer, two));
            }
            let fps = |m: &Measured| m.number("\"fps\":").or_else(|_| m.number("fps="));
            for threads in [1, 2] {
                let mut ratios = Vec::new();
                for (one, peer, two) in &turns {
                    let ours = fps(if threads == 1 { one } else { two })?;
                    ratios.push((ours / fps(peer)?, ours, fps(peer)?));
                }
                ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
                let (ratio, ours, theirs) = ratios[ratios.len() / 2];
                let goal = match (model, threads) {
                    ("full", 1) => Some(1.5),
                    ("full", 2) => Some(2.2),
                    _ => None,
                };
                let what = format!(
                    "640x360, {model}, {threads} inference thread(s): pictures a second over MediaPipe's"
                );
                table.at_least(&what, ratio, "×", goal, &format!("{ours:.1} against {theirs:.1}"));
            }
            if let Some((one, peer, two)) = turns.first() {
                let (ours, theirs) = (one.peak_mib.max(two.peak_mib), peer.peak_mib);
                let note = format!("{ours:.0} MiB (with its decoder process) against {theirs:.0} MiB");
                let what = format!("640x360, {model}: peak memory over MediaPipe's");
                table.at_most(&what, ours / theirs, "×", Some(1.2), &note);
                if model == "full" {
                    self.stages(table, one)?;
                }
            }
        }
        Ok(())
    }

    /// Where the time goes, full model, one thread.
    fn stages(&self, table: &mut Table, measured: &Measured) -> Result<()> {
        for stage in ["decode", "preprocess", "detect", "landmark", "post"] {
            let (_, text) =
                measured.said.split_once(&format!("\"{stage}\"")).context("a stage is missing")?;
            let (median, p95) = (number(text, "\"median_ms\":")?, number(text, "\"p95_ms\":")?);
            let what = format!("640x360, full, 1 thread: stage {stage}, median");
            table.told(&what, median, "ms", &format!("95 of 100 within {p95:.2} ms"));
        }
        Ok(())
    }

    /// Single pictures against MediaPipe's static mode.
    fn stills(&self, table: &mut Table) -> Result<()> {
        let reference = self.video.join("mediapipe_ref/pose2sim_cam01_first12_cx2_static.json.gz");
        let ours =
            self.landmarks(&self.video.join("pose2sim/cam01.mp4"), &["--model", "heavy", "--stills"])?;
        self.agree(table, "stills of cam01, heavy", &ours, &reference, (1080, 1920), (0.3, 5.0), &[])?;
        let picture = self.scratch.join("pose.png");
        let size = self.peer.decoded(&self.video.join("pose.jpg"), &picture)?;
        let out = self.scratch.join("peer.json");
        for (complexity, model) in MODELS.into_iter().enumerate() {
            let complexity = complexity.to_string();
            let out_text = out.to_string_lossy();
            self.peer.pose(&picture, &["--complexity", &complexity, "--static", "--out", &out_text])?;
            let ours = self.landmarks(&picture, &["--model", model])?;
            self.agree(table, &format!("pose.jpg, {model}"), &ours, &out, size, (0.3, 5.0), &[])?;
        }
        Ok(())
    }

    /// Tracking against the stored landmarks of MediaPipe 0.10.21.
    fn tracking(&self, table: &mut Table) -> Result<()> {
        let videos = [
            ("sports2d_demo_640x360", self.small(), (640, 360)),
            ("pose2sim_cam01", self.video.join("pose2sim/cam01.mp4"), (1080, 1920)),
            ("pose2sim_cam03", self.video.join("pose2sim/cam03.mp4"), (1088, 1920)),
        ];
        for (name, video, size) in &videos {
            for (complexity, model) in MODELS.into_iter().enumerate() {
                for (smoothing, more) in [("smooth", &[][..]), ("raw", &["--no-smoothing"][..])] {
                    let options = [&["--model", model, "--fps", PEER_RATE], more].concat();
                    let ours = self.landmarks(video, &options)?;
                    let file = format!("mediapipe_ref/{name}_cx{complexity}_{smoothing}.json.gz");
                    let what = format!("{name}, {model}, {smoothing}");
                    self.agree(table, &what, &ours, &self.video.join(file), *size, (1.5, 40.0), &[])?;
                }
            }
        }
        Ok(())
    }

    /// tfjs-models' expected landmarks of the squats; MediaPipe's own distance to them stands beside ours.
    fn squats(&self, table: &mut Table) -> Result<()> {
        let video = self.video.join("pose_squats.mp4");
        let (image, world) =
            (self.video.join("pose_squats.full.json"), self.video.join("pose_squats_3d.full.json"));
        let world = world.to_string_lossy().into_owned();
        let size = (720, 1280);
        let peer_out = self.scratch.join("peer.json");
        self.peer.pose(&video, &["--complexity", "1", "--out", &peer_out.to_string_lossy()])?;
        let peer = self.peer.as_lines(&peer_out)?;
        let peer = self.peer.agreement(&["compare"], &peer, &image, size, &[&world])?;
        let note = format!(
            "MediaPipe itself: {:.2} %, {:.1} mm",
            number(&peer, "percent=")?,
            number(&peer, "world_mm=")?
        );
        let ours = self.landmarks(&video, &["--fps", PEER_RATE])?;
        self.agree_with_note(
            table,
            "pose_squats, full, MediaPipe's clock",
            &ours,
            &image,
            size,
            (1.5, 40.0),
            &[&world],
            &note,
        )?;
        let ours = self.landmarks(&video, &[])?;
        self.agree(
            table,
            "pose_squats, full, the video's own clock (5 a second)",
            &ours,
            &image,
            size,
            (1.5, 40.0),
            &[&world],
        )
    }

    fn two_people(&self, table: &mut Table) -> Result<()> {
        let out = self.scratch.join("peer.json");
        for (complexity, model) in MODELS.into_iter().enumerate() {
            let complexity = complexity.to_string();
            self.peer.pose(&self.small(), &["--complexity", &complexity, "--out", &out.to_string_lossy()])?;
            let peer = self.peer.python(&["switches"], &[&out])?;
            let ours = self.landmarks(&self.small(), &["--model", model])?;
            let said = self.peer.python(&["switches"], &[&ours])?;
            let note = format!(
                "seen in {:.0} pictures; MediaPipe: {:.0} switches, {:.0} pictures",
                number(&said, "found=")?,
                number(&peer, "switches=")?,
                number(&peer, "found=")?
            );
            let what = format!("sports2d_demo, {model}: switches between two people");
            table.at_most(&what, number(&said, "switches=")?, "", Some(0.0), &note);
        }
        Ok(())
    }

    /// From a landmark result to the cue, on the squats' own landmarks.
    fn cue_latency(&self, table: &mut Table) -> Result<()> {
        let out = self.scratch.join("squats.trc");
        self.track(&self.video.join("pose_squats.mp4"), &["--out", &out.to_string_lossy()])?;
        let exercise = root().join("assets/exercises/squat.toml");
        let said = crate::sh::cargo()
            .args(["run", "--quiet", "--package", "baro-record", "--example", "cue_latency", "--"])
            .arg(out)
            .arg(exercise)
            .run_and_read()?;
        let note = format!(
            "median {:.1} µs over {:.0} frames",
            number(&said, "median_us=")?,
            number(&said, "frames=")?
        );
        let p99_ms = number(&said, "p99_us=")? / 1000.0;
        table.at_most("from a landmark result to the cue, 99 of 100 within", p99_ms, "ms", Some(2.0), &note);
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "a row of the table")]
    fn agree(
        &self,
        table: &mut Table,
        what: &str,
        ours: &Path,
        reference: &Path,
        size: (u32, u32),
        goals: (f64, f64),
        more: &[&str],
    ) -> Result<()> {
        self.agree_with_note(table, what, ours, reference, size, goals, more, "")
    }

    #[expect(clippy::too_many_arguments, reason = "a row of the table")]
    fn agree_with_note(
        &self,
        table: &mut Table,
        what: &str,
        ours: &Path,
        reference: &Path,
        size: (u32, u32),
        (percent, world_mm): (f64, f64),
        more: &[&str],
        note: &str,
    ) -> Result<()> {
        let said = self.peer.agreement(&["compare"], ours, reference, size, more)?;
        let mut notes = vec![format!("{:.2} px", number(&said, "px=")?)];
        for (key, text) in [("other_person=", "of another person"), ("only_one=", "seen by only one")] {
            let frames = number(&said, key)?;
            if frames > 0.0 {
                notes.push(format!("{frames:.0} frames {text} left out"));
            }
        }
        if !note.is_empty() {
            notes.push(note.to_owned());
        }
        let notes = notes.join("; ");
        table.at_most(
            &format!("{what}: image"),
            number(&said, "percent=")?,
            "% of height",
            Some(percent),
            &notes,
        );
        table.at_most(&format!("{what}: world"), number(&said, "world_mm=")?, "mm", Some(world_mm), "");
        Ok(())
    }
}
