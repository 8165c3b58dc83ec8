//! `baro track INPUT`: the landmarks of every picture, and where the time went.

mod landmark_file;
mod render;
mod summary;

use crate::{output::progress_bar, recording::Pictures};
use anyhow::{Context as _, anyhow, bail};
use baro_motion::PoseFrame;
use baro_vision::{Capture, CaptureEvent, Frame, Pacing, PoseEstimator, Smoothing, Tracker};
use landmark_file::LandmarkFile;
use render::Renderer;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use summary::Summary;

/// A source that brings no picture for this long is taken for broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// Find the body in every picture of a video, a still or a folder of stills.
#[derive(clap::Args)]
pub struct Args {
    /// A video, a JPEG or PNG picture, or a folder of them.
    input: PathBuf,
    #[command(flatten)]
    pictures: Pictures,
    /// Threads inside one inference [default: 2, or 1 on a single core].
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=64))]
    threads: Option<u16>,
    /// Write the landmarks: .trc (OpenSim, world landmarks in metres) or .jsonl (everything, a line a picture).
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the summary as JSON.
    #[arg(long)]
    json: bool,
    /// Write a video with the skeleton drawn over the picture.
    #[arg(long, value_name = "FILE.mp4")]
    render: Option<PathBuf>,
    /// Give landmarks as measured in each picture.
    #[arg(long)]
    no_smoothing: bool,
    /// Look for the person anew in every picture, as if each were a still of its own.
    #[arg(long)]
    stills: bool,
}

impl Args {
    fn tracker(&self) -> anyhow::Result<Tracker> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let smoothing = if self.no_smoothing || self.stills { Smoothing::Off } else { Smoothing::On };
        let threads = self.threads.map_or(cores.min(2), usize::from);
        self.pictures.tracker(threads, smoothing)
    }
}

/// Runs the command. Fails if the input can't be read to its end, or shows nobody at all.
pub fn run(args: Args) -> anyhow::Result<()> {
    let source = args.pictures.open(&args.input)?;
    let mut job = Job {
        tracker: args.tracker()?,
        out: args.out.as_deref().map(LandmarkFile::create).transpose()?,
        renderer: None,
        summary: Summary::new(args.pictures.model.name()),
        args: &args,
    };
    let capture = Capture::spawn(source, Pacing::EveryFrame)?;
    let began = Instant::now();
    let outcome = job.track_all(capture);
    job.summary.wall_s = began.elapsed().as_secs_f64();
    // What was written until a failure is kept, and is whole.
    let finished = job.finish();
    outcome.and(finished)?;
    let name = args.input.display();
    match job.summary.found {
        0 => {
            bail!("{name}: I can't see anybody in it; the whole body should be in the picture, in good light")
        }
        _ => Ok(()),
    }
}

struct Job<'a> {
    tracker: Tracker,
    out: Option<LandmarkFile>,
    renderer: Option<Renderer>,
    summary: Summary,
    args: &'a Args,
}

impl Job<'_> {
    fn track_all(&mut self, mut capture: Capture) -> anyhow::Result<()> {
        let progress = progress_bar(capture.info().frames);
        let fps = self.args.pictures.fps.or(capture.info().fps).unwrap_or(30.0);
        loop {
            let frame = match capture.next(PATIENCE) {
                CaptureEvent::Frame(frame) => frame,
                CaptureEvent::Ended => return Ok(()),
                CaptureEvent::Failed(error) => return Err(error.into()),
                CaptureEvent::TimedOut => bail!("{}: no picture for {PATIENCE:?}", self.args.input.display()),
                CaptureEvent::CameraLost(why) => return Err(anyhow!(why)),
                CaptureEvent::CameraBack => continue,
            };
            self.track_one(frame, fps)?;
            self.summary.decoded(capture.read_s());
            progress.inc(1);
        }
    }

    fn track_one(&mut self, frame: &Frame, fps: f64) -> anyhow::Result<()> {
        if self.args.stills {
            self.tracker.reset();
        }
        let pose = self.tracker.estimate(frame)?;
        self.summary.add(self.tracker.timings(), pose.is_some());
        let pose = PoseFrame { time_s: frame.time_s, pose };
        if let Some(out) = &mut self.out {
            out.write(&pose)?;
        }
        let Some(path) = &self.args.render else { return Ok(()) };
        let renderer = match &mut self.renderer {
            Some(renderer) => renderer,
            None => self.renderer.insert(Renderer::start(path, frame, fps)?),
        };
        renderer.draw(frame, pose.pose.as_ref())
    }

    /// Closes the files and prints the summary.
    fn finish(&mut self) -> anyhow::Result<()> {
        let written =
            self.out.take().map_or(Ok(()), LandmarkFile::finish).context("can't write the landmarks");
        let rendered = self.renderer.take().map_or(Ok(()), Renderer::finish);
        if self.summary.frames > 0 {
            self.summary.print(self.args.json)?;
        }
        written.and(rendered)
    }
}
