//! Cameras, through nokhwa on a thread of our own.
//!
//! What this works around in nokhwa 0.10.11: its own threaded camera spins at full load when the device is
//! unplugged; opening without a format takes whatever comes first; a rate that the device does not list breaks the
//! next opening too; a device whose present rate is not a whole number is refused; time stamps may be missing.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
use linux as system;
#[cfg(not(target_os = "linux"))]
mod other;
#[cfg(not(target_os = "linux"))]
use other as system;

mod format;
mod grabber;

pub use format::{CameraFormat, CameraRequest, PixelFormat};

use super::{Source, SourceError, SourceInfo};
use crate::Frame;
use grabber::{Grab, Grabber};
use nokhwa::utils::{ApiBackend, CameraIndex};
use std::time::{Duration, Instant};

/// A camera that is silent for this long counts as lost.
const SILENCE: Duration = Duration::from_secs(5);

/// A camera of this machine.
#[derive(Debug, Clone, PartialEq)]
pub struct CameraInfo {
    /// The system's number for it.
    pub index: u32,
    /// The maker's name for it.
    pub name: String,
    /// What it offers, of the formats that are understood.
    pub formats: Vec<CameraFormat>,
    /// Why its formats could not be asked for: it is in use, or its use is not allowed.
    pub problem: Option<String>,
}

/// The cameras of this machine, with what they offer. Nodes that give no pictures are left out.
///
/// # Errors
/// The system can't be asked.
pub fn list_cameras() -> Result<Vec<CameraInfo>, SourceError> {
    let mut cameras = Vec::new();
    for (index, name) in devices()? {
        match system::formats(index) {
            Ok(formats) if formats.is_empty() => {}
            Ok(formats) => cameras.push(CameraInfo { index, name, formats, problem: None }),
            Err(detail) => {
                cameras.push(CameraInfo { index, name, formats: vec![], problem: Some(detail) });
            }
        }
    }
    Ok(cameras)
}

/// Numbers and names, without opening anything.
fn devices() -> Result<Vec<(u32, String)>, SourceError> {
    let found = nokhwa::query(ApiBackend::Auto).map_err(|e| SourceError::CameraMissing {
        wanted: "to be found".into(),
        found: format!("the system can't be asked: {e}"),
    })?;
    let mut devices: Vec<(u32, String)> = found
        .iter()
        .filter_map(|info| match info.index() {
            CameraIndex::Index(index) => Some((*index, info.human_name())),
            CameraIndex::String(_) => None,
        })
        .collect();
    devices.sort();
    Ok(devices)
}

/// An open camera.
pub(super) struct CameraSource {
    info: SourceInfo,
    chosen: CameraFormat,
    index: u32,
    grabber: Option<Grabber>,
    began: Instant,
}

impl CameraSource {
    /// Chooses a camera and a format, and opens it.
    pub fn open(request: &CameraRequest) -> Result<Self, SourceError> {
        let camera = choose_camera(list_cameras()?, request.index)?;
        if let Some(detail) = camera.problem {
            return Err(SourceError::CameraBusy { name: camera.name, detail });
        }
        let chosen = request.choose(&camera.formats).ok_or_else(|| SourceError::CameraFormat {
            name: camera.name.clone(),
            wanted: request.to_string(),
            offered: format::listed(&camera.formats),
        })?;
        let grabber = Grabber::open(camera.index, &camera.name, chosen)?;
        let info = SourceInfo {
            name: camera.name,
            live: true,
            frames: None,
            fps: Some(f64::from(chosen.fps)),
            width: chosen.width,
            height: chosen.height,
        };
        Ok(Self { info, chosen, index: camera.index, grabber: Some(grabber), began: Instant::now() })
    }

    fn lost(&self, detail: String) -> SourceError {
        SourceError::CameraLost { name: self.info.name.clone(), detail }
    }

    /// Looks for the camera under its name: after replugging it may have another number.
    fn reopen(&mut self) -> Result<Grabber, SourceError> {
        let found = devices().map_err(|e| self.lost(e.to_string()))?;
        let same_name = || found.iter().filter(|(_, name)| *name == self.info.name);
        // A camera has several nodes of one name; only some of them give pictures.
        let gives = |index: u32| system::formats(index).is_ok_and(|f| f.contains(&self.chosen));
        let again = same_name().map(|d| d.0).filter(|i| *i == self.index).chain(same_name().map(|d| d.0));
        let index = again.into_iter().find(|i| gives(*i)).ok_or_else(|| self.lost("unplugged".into()))?;
        let grabber =
            Grabber::open(index, &self.info.name, self.chosen).map_err(|e| self.lost(e.to_string()))?;
        self.index = index;
        Ok(grabber)
    }
}

impl Source for CameraSource {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
        let grabber = match self.grabber.take() {
            Some(grabber) => grabber,
            None => self.reopen()?,
        };
        match grabber.next(frame, SILENCE) {
            Grab::Picture(at) => {
                frame.time_s = at.saturating_duration_since(self.began).as_secs_f64();
                self.grabber = Some(grabber);
                Ok(true)
            }
            Grab::Silence => {
                // The driver may still hold the device; opening it again would only fail.
                self.grabber = Some(grabber);
                Err(self.lost(format!("no picture for {} seconds", SILENCE.as_secs())))
            }
            Grab::Over(detail) => Err(self.lost(detail)),
        }
    }
}

fn choose_camera(cameras: Vec<CameraInfo>, wanted: Option<u32>) -> Result<CameraInfo, SourceError> {
    let names: Vec<String> = cameras.iter().map(|c| format!("{} ({})", c.index, c.name)).collect();
    let mut cameras = cameras.into_iter();
    let chosen = match wanted {
        Some(index) => cameras.find(|c| c.index == index),
        // One that works, rather than one that is in use.
        None => {
            let (works, fails): (Vec<_>, Vec<_>) = cameras.partition(|c| c.problem.is_none());
            works.into_iter().chain(fails).next()
        }
    };
    chosen.ok_or_else(|| SourceError::CameraMissing {
        wanted: wanted.map_or("connected".into(), |i| format!("number {i}")),
        found: match names.is_empty() {
            true => "no camera was found; connect one, or choose a video with --source".into(),
            false => format!("found: {}", names.join(", ")),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn camera(index: u32, problem: Option<&str>) -> CameraInfo {
        CameraInfo { index, name: "cam".into(), formats: vec![], problem: problem.map(String::from) }
    }

    #[test]
    fn a_working_camera_is_preferred_and_a_missing_one_is_told() {
        let cameras = vec![camera(0, Some("busy")), camera(2, None)];
        assert_eq!(choose_camera(cameras.clone(), None).unwrap().index, 2);
        assert_eq!(choose_camera(cameras.clone(), Some(0)).unwrap().index, 0);
        let error = choose_camera(cameras, Some(1)).unwrap_err().to_string();
        assert!(error.contains("number 1") && error.contains("2 (cam)"), "{error}");
        let error = choose_camera(vec![], None).unwrap_err().to_string();
        assert!(error.contains("no camera was found"), "{error}");
    }
}
