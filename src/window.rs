//! `baro` without a command: the window. And `baro cameras`.

use crate::{clinic::Here, output::print, paths::shipped};
use anyhow::{Context as _, bail};
use baro_client::{
    At, ClassChoice, EstimatorFactory, Language, LoadedEstimator, Options, Quality, ScreenshotAt, Shown,
    SourceChoice,
};
use baro_coach::SideChoice;
use baro_vision::{
    CameraRequest, Complexity, ModelError, ModelStore, PixelFormat, SourceSpec, Tracker, TrackerOptions,
    find_onnxruntime, list_cameras as cameras,
};
use std::{path::PathBuf, str::FromStr, sync::Arc};

/// How to open the window.
#[derive(clap::Args)]
pub struct Args {
    /// What to coach: a video, a picture, a folder of pictures, `camera`, `camera:N` or `demo`. Left out: the first
    /// camera that works, else the demo.
    #[arg(long, value_name = "SOURCE")]
    source: Option<String>,
    /// Ask the camera for this mode: `640x480`, `640x480@30`, with `:mjpeg`, `:yuyv` or `:nv12` (see `baro cameras`).
    #[arg(long, value_name = "MODE")]
    camera_mode: Option<CameraMode>,
    /// Do only this exercise, without the questions of a visit; give it again for more, in order. Left out: a home visit.
    #[arg(long = "exercise", value_name = "ID")]
    exercises: Vec<String>,
    /// Play a game instead: `reach`, `balloon`, `hurdles` or `board`.
    #[arg(long, value_name = "ID")]
    game: Option<String>,
    /// How hard the game is.
    #[arg(long, value_name = "1-3", default_value_t = 1, requires = "game", value_parser = clap::value_parser!(u8).range(1..=9))]
    level: u8,
    /// Go straight into the class with this code, as who was here last; a clinic must be connected (`baro pair`).
    #[arg(long, value_name = "CODE", conflicts_with_all = ["exercises", "game"])]
    class: Option<String>,
    /// Open a class of this name; for who leads. Its code is printed.
    #[arg(long, value_name = "NAME", requires = "digits", conflicts_with_all = ["exercises", "game", "class"])]
    open_class: Option<String>,
    /// Open the desk of who treats instead of the coach: whom they treat, recorded sets, comments; a clinic must be connected
    /// (`baro pair`).
    #[arg(long, conflicts_with_all = ["exercises", "game", "class", "open_class"])]
    review: bool,
    /// The six digits of the second factor, for who leads or treats.
    #[arg(long, value_name = "DIGITS")]
    digits: Option<String>,
    /// What the others in the class see: `avatar`, `repetitions`, `score`, with commas. Left out: nothing.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = shown)]
    show: Vec<Shown>,
    /// Side to train, where an exercise trains one.
    #[arg(long, default_value = "auto")]
    side: SideChoice,
    /// Language of the window: `en` or `ko`. Left out: the system's.
    #[arg(long)]
    lang: Option<String>,
    /// Pose model: `lite` is fastest, `heavy` the most exact.
    #[arg(long, default_value = "full")]
    model: Complexity,
    /// Threads of one inference.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=16))]
    threads: u8,
    /// Folder for settings, people and what they did; with --exercise, for the records.
    #[arg(long, value_name = "DIR")]
    records: Option<PathBuf>,
    /// Folder with the program's assets.
    #[arg(long, value_name = "DIR")]
    assets: Option<PathBuf>,
    /// Folder with the pose models.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// `low` for machines without graphics hardware, `medium` for weak graphics, `high` otherwise. Left out: chosen by the hardware.
    #[arg(long, value_parser = quality)]
    quality: Option<Quality>,
    /// Size of the window.
    #[arg(long, value_name = "WxH", default_value = "1280x720", value_parser = size)]
    size: (u32, u32),
    /// Start without voice.
    #[arg(long)]
    mute: bool,
    /// Save a picture of the window after so many seconds; give it again for more.
    #[arg(long = "screenshot-at", value_name = "SECONDS:FILE", value_parser = screenshot, hide = true)]
    screenshots: Vec<ScreenshotAt>,
    /// Close the window after so many seconds.
    #[arg(long, value_name = "SECONDS", hide = true)]
    exit_after: Option<f64>,
}

/// Opens the window; returns when it is closed.
pub fn run(args: Args) -> anyhow::Result<()> {
    // Without one the window library panics. Wayland desktops offer X11 too, which is what is built in.
    if cfg!(target_os = "linux") && std::env::var_os("DISPLAY").is_none_or(|name| name.is_empty()) {
        bail!(
            "there is no display to open a window on; start it from a desktop, or without one under `xvfb-run -a`"
        );
    }
    let source = match args.source.as_deref() {
        None if args.camera_mode.is_none() => SourceChoice::Auto,
        Some("demo") => SourceChoice::Demo,
        other => SourceChoice::Given(source(other.unwrap_or("camera"), args.camera_mode)?),
    };
    let digits = args.digits.as_deref().and_then(|digits| digits.parse().ok());
    let here = args.review.then(|| Here::last(args.records.as_deref())).transpose()?;
    let desk = here.as_ref().map(|here| here.desk(digits));
    let data_dir = match args.records {
        Some(folder) => folder,
        None if args.exercises.is_empty() => data_folder()?,
        None => data_folder()?.join("records"),
    };
    let options = Options {
        // Bevy would look for a relative folder beside the program.
        assets_dir: std::path::absolute(args.assets.unwrap_or_else(|| shipped("assets")))?,
        data_dir,
        estimator: tracker(args.models.unwrap_or_else(|| shipped("models")), args.model, args.threads.into()),
        source,
        exercises: args.exercises,
        game: args.game.map(|id| (id, args.level.into())),
        class: args.class.map(At::Code).or(args.open_class.map(At::New)).map(|at| ClassChoice {
            at,
            digits: args.digits.unwrap_or_default(),
            shows: args.show.into_iter().collect(),
        }),
        desk,
        side: args.side,
        language: args.lang.as_deref().map(Language::from_tag),
        quality: args.quality,
        window_size: args.size,
        muted: args.mute,
        screenshots: args.screenshots,
        exit_after_s: args.exit_after,
    };
    Ok(baro_client::run(options)?)
}

/// `baro cameras`.
pub fn list_cameras() -> anyhow::Result<()> {
    let cameras = cameras()?;
    if cameras.is_empty() {
        bail!("no camera was found; plug one in, or use --source with a video");
    }
    let mut text = String::new();
    for camera in cameras {
        text += &format!("camera:{} {}\n", camera.index, camera.name);
        for format in &camera.formats {
            text += &format!("    {format}\n");
        }
        if let Some(problem) = &camera.problem {
            text += &format!("    {problem}\n");
        }
    }
    print(&text)
}

/// What of oneself is shown to a class.
fn shown(text: &str) -> Result<Shown, String> {
    Shown::from_id(text)
        .ok_or_else(|| format!("{text} is not shown to a class; there are avatar, repetitions and score"))
}

fn tracker(models: PathBuf, complexity: Complexity, threads: usize) -> EstimatorFactory {
    Arc::new(move || -> Result<LoadedEstimator, ModelError> {
        let store = ModelStore::open(&models, &find_onnxruntime()?)?;
        let options = TrackerOptions { complexity, threads, ..TrackerOptions::default() };
        Ok(LoadedEstimator {
            estimator: Box::new(Tracker::new(&store, options)?),
            model: complexity.name().into(),
            model_sha256: store.sha256(complexity).unwrap_or_default().into(),
        })
    })
}

/// Where everything is kept that nobody chose another place for.
pub fn data_folder() -> anyhow::Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "baro")
        .context("the system names no folder for your data; say where to keep it with --records")?;
    Ok(folders.data_dir().to_owned())
}

fn source(name: &str, mode: Option<CameraMode>) -> anyhow::Result<SourceSpec> {
    let index = match name.strip_prefix("camera") {
        Some("") => None,
        Some(number) if number.starts_with(':') => {
            let number = &number[1..];
            Some(number.parse().with_context(|| {
                format!("`{number}` is no camera number; `baro cameras` lists them, as in --source camera:0")
            })?)
        }
        _ => return Ok(SourceSpec::from_path(name.as_ref(), None)),
    };
    let request = mode.map_or_else(CameraRequest::default, |mode| mode.0);
    Ok(SourceSpec::Camera(CameraRequest { index, ..request }))
}

/// A mode as written on the command line; `index` stays open.
#[derive(Clone, Copy)]
struct CameraMode(CameraRequest);

impl FromStr for CameraMode {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (text, pixels) = match text.split_once(':') {
            None => (text, None),
            Some((rest, "mjpeg")) => (rest, Some(PixelFormat::Mjpeg)),
            Some((rest, "yuyv")) => (rest, Some(PixelFormat::Yuyv)),
            Some((rest, "nv12")) => (rest, Some(PixelFormat::Nv12)),
            Some((_, other)) => return Err(format!("`{other}` is no format; choose mjpeg, yuyv or nv12")),
        };
        let (text, fps) = match text.split_once('@') {
            None => (text, None),
            Some((rest, fps)) => {
                let fps = fps.parse().map_err(|_| format!("`{fps}` is no frame rate; write `640x480@30`"))?;
                (rest, Some(fps))
            }
        };
        let (width, height) = size(text)?;
        Ok(Self(CameraRequest { index: None, width: Some(width), height: Some(height), fps, pixels }))
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let parsed = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    parsed
        .filter(|&(w, h): &(u32, u32)| (1..=16_384).contains(&w) && (1..=16_384).contains(&h))
        .ok_or_else(|| format!("`{text}` is no size; write width x height, as in 1280x720"))
}

fn quality(text: &str) -> Result<Quality, String> {
    match text {
        "low" => Ok(Quality::Low),
        "medium" => Ok(Quality::Medium),
        "high" => Ok(Quality::High),
        _ => Err("choose low, medium or high".into()),
    }
}

fn screenshot(text: &str) -> Result<ScreenshotAt, String> {
    let (at_s, path) = text.split_once(':').ok_or("write SECONDS:FILE")?;
    let at_s = at_s.parse().map_err(|_| format!("`{at_s}` is no number of seconds"))?;
    Ok(ScreenshotAt { at_s, path: path.into() })
}
