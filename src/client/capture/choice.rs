//! Which source to show: the one that was asked for, else a camera, else the bundled demo.

use baro_vision::{CameraRequest, Source, SourceError, SourceSpec};
use std::path::{Path, PathBuf};

/// What the person asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum SourceChoice {
    /// The first camera that works, else the demo.
    #[default]
    Auto,
    /// The bundled demo.
    Demo,
    /// This source and no other.
    Given(SourceSpec),
}

/// What is shown, and why.
#[derive(Debug, Clone, PartialEq)]
pub enum SourceNote {
    /// A camera, by name.
    Camera(String),
    /// A file, by name.
    File(String),
    /// The bundled demo.
    Demo(DemoReason),
}

/// Why the demo is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum DemoReason {
    /// It was asked for.
    Asked,
    /// There is no camera.
    NoCamera,
    /// There are cameras, and none works; the last one's error.
    CameraFailed(String),
}

impl SourceNote {
    /// What the record calls it: never a name.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Camera(_) => "camera",
            Self::File(_) => "video",
            Self::Demo(_) => "demo",
        }
    }
}

/// An open source and what to say about it.
pub struct Opened {
    /// The source.
    pub source: Box<dyn Source>,
    /// What to say about it.
    pub note: SourceNote,
}

/// Opens the chosen source; `demo` is the clip of the exercise.
///
/// # Errors
/// The given source does not open; or neither a camera nor the demo does.
pub fn open(choice: &SourceChoice, demo: &Path) -> Result<Opened, SourceError> {
    match choice {
        SourceChoice::Given(spec) => given(spec),
        SourceChoice::Demo => open_demo(demo, DemoReason::Asked),
        SourceChoice::Auto => match first_camera() {
            Ok(opened) => Ok(opened),
            Err(reason) => open_demo(demo, reason),
        },
    }
}

fn given(spec: &SourceSpec) -> Result<Opened, SourceError> {
    let source = baro_vision::open(spec)?;
    let name = source.info().name.clone();
    let note = if source.info().live { SourceNote::Camera(name) } else { SourceNote::File(name) };
    Ok(Opened { source, note })
}

fn open_demo(demo: &Path, reason: DemoReason) -> Result<Opened, SourceError> {
    let source = baro_vision::open(&SourceSpec::Video(PathBuf::from(demo)))?;
    Ok(Opened { source, note: SourceNote::Demo(reason) })
}

/// The first camera that opens, or why there is none.
fn first_camera() -> Result<Opened, DemoReason> {
    given(&SourceSpec::Camera(CameraRequest::default())).map_err(|error| match error {
        SourceError::CameraMissing { .. } => DemoReason::NoCamera,
        error => DemoReason::CameraFailed(error.to_string()),
    })
}
