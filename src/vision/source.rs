//! Where pictures come from: one trait, and the errors that people see.

mod camera;
pub mod convert;
mod ffmpeg;
mod image;
mod video;

pub use camera::{CameraFormat, CameraInfo, CameraRequest, PixelFormat, list_cameras};

use crate::Frame;
use std::path::{Path, PathBuf};

/// What is known about a source once it is open.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceInfo {
    /// What to call it: a file name, or the camera's name.
    pub name: String,
    /// Pictures come when they come (a camera), and old ones are worth nothing.
    pub live: bool,
    /// How many pictures there will be, where the source says so; an estimate.
    pub frames: Option<u64>,
    /// Pictures a second, where they come at a steady rate.
    pub fps: Option<f64>,
    /// Width in pixels as shown (after rotation).
    pub width: u32,
    /// Height in pixels as shown (after rotation).
    pub height: u32,
}

/// A stream of pictures.
pub trait Source: Send {
    /// What is known about it.
    fn info(&self) -> &SourceInfo;

    /// Puts the next picture into `frame`, reusing its buffer; false at the end of the stream.
    ///
    /// # Errors
    /// [`SourceError::CameraLost`] passes: reading again tries to open the camera anew. All others are final.
    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError>;
}

/// Names a source before it is opened. The bundled demo is a `Video`.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceSpec {
    /// A camera of this machine.
    Camera(CameraRequest),
    /// A video file, in any format that FFmpeg reads.
    Video(PathBuf),
    /// A single still, JPEG or PNG.
    Image(PathBuf),
    /// A folder of stills, taken in the order of their names.
    ImageSequence {
        /// The folder.
        dir: PathBuf,
        /// Pictures a second.
        fps: f64,
    },
}

/// Pictures a second of an image sequence for which nobody gave a rate.
const DEFAULT_SEQUENCE_FPS: f64 = 30.0;

impl SourceSpec {
    /// Tells by a path what it names: a folder is a sequence, `.jpg` and `.png` are stills, all else is video.
    pub fn from_path(path: &Path, fps: Option<f64>) -> Self {
        if path.is_dir() {
            Self::ImageSequence { dir: path.to_owned(), fps: fps.unwrap_or(DEFAULT_SEQUENCE_FPS) }
        } else if image::has_image_name(path) {
            Self::Image(path.to_owned())
        } else {
            Self::Video(path.to_owned())
        }
    }
}

/// Opens a source.
///
/// # Errors
/// Says what is wrong with the file, folder or camera, and what to do about it.
pub fn open(spec: &SourceSpec) -> Result<Box<dyn Source>, SourceError> {
    Ok(match spec {
        SourceSpec::Camera(request) => Box::new(camera::CameraSource::open(request)?),
        SourceSpec::Video(path) => Box::new(video::VideoSource::open(path)?),
        SourceSpec::Image(path) => Box::new(image::ImageSource::open(path)?),
        SourceSpec::ImageSequence { dir, fps } => Box::new(image::SequenceSource::open(dir, *fps)?),
    })
}

/// Why a source could not be opened or went wrong. The sentences are for people.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SourceError {
    /// There is no such file or folder, or it can't be read.
    #[error("can't open {}: {detail}", path.display())]
    Unreadable {
        /// What was asked for.
        path: PathBuf,
        /// The system's own words.
        detail: String,
    },
    /// The file has no bytes.
    #[error("{} is empty (zero bytes); record or copy it again", path.display())]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// FFmpeg finds no media in the file.
    #[error("{} is not a video that FFmpeg can read, or it is cut off: {detail}", path.display())]
    NotVideo {
        /// The file.
        path: PathBuf,
        /// FFmpeg's own words.
        detail: String,
    },
    /// The file is media, but holds no pictures.
    #[error("{} has no video in it (sound only?)", path.display())]
    NoVideoStream {
        /// The file.
        path: PathBuf,
    },
    /// The `ffmpeg` or `ffprobe` program is not there.
    #[error(
        "the program `{program}` is missing; install FFmpeg (Debian and Ubuntu: sudo apt-get install ffmpeg)"
    )]
    FfmpegMissing {
        /// Which program.
        program: String,
    },
    /// The decoder gave up, or the file ends early. Frames before that were given.
    #[error("{} breaks off after {frames} pictures: {detail}", path.display())]
    BreaksOff {
        /// The file.
        path: PathBuf,
        /// Pictures read until then.
        frames: u64,
        /// FFmpeg's own words.
        detail: String,
    },
    /// A still could not be decoded.
    #[error("{} is not a JPEG or PNG picture, or it is damaged: {detail}", path.display())]
    BadImage {
        /// The file.
        path: PathBuf,
        /// The decoder's own words.
        detail: String,
    },
    /// A folder without stills.
    #[error("{} holds no .jpg or .png pictures", dir.display())]
    EmptySequence {
        /// The folder.
        dir: PathBuf,
    },
    /// A rate that is not a positive number.
    #[error("{fps} pictures a second is not a rate; give a number above 0")]
    BadRate {
        /// What was asked for.
        fps: f64,
    },
    /// No such camera.
    #[error("there is no camera {wanted}; {found}")]
    CameraMissing {
        /// What was asked for.
        wanted: String,
        /// Which cameras are there.
        found: String,
    },
    /// Another program has the camera, or its use is not allowed.
    #[error(
        "the camera {name} can't be opened ({detail}); close other programs that use it, or allow its use"
    )]
    CameraBusy {
        /// The camera.
        name: String,
        /// The system's own words.
        detail: String,
    },
    /// The camera does not offer what was asked for.
    #[error("the camera {name} does not offer {wanted}; it offers {offered}")]
    CameraFormat {
        /// The camera.
        name: String,
        /// What was asked for.
        wanted: String,
        /// What it offers.
        offered: String,
    },
    /// The camera was unplugged or fell silent. Passes: reading again looks for it anew.
    #[error("the camera {name} is gone ({detail}); plug it in again")]
    CameraLost {
        /// The camera.
        name: String,
        /// The system's own words.
        detail: String,
    },
    /// A thread could not be started, or died.
    #[error("the capture thread failed: {detail}")]
    Thread {
        /// What happened.
        detail: String,
    },
}

impl SourceError {
    /// Whether reading again can mend it.
    pub fn passes(&self) -> bool {
        matches!(self, Self::CameraLost { .. })
    }
}
