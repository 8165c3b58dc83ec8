//! Stills, alone or as a folder of them.

use super::{Source, SourceError, SourceInfo};
use crate::Frame;
use image::{DynamicImage, ImageDecoder, ImageReader};
use std::path::{Path, PathBuf};

/// Whether the file's name is that of a still which can be read.
pub(super) fn has_image_name(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    matches!(extension.as_deref(), Some("jpg" | "jpeg" | "png"))
}

/// Decodes a still, turned the way that its EXIF data says.
fn load(path: &Path) -> Result<image::RgbImage, SourceError> {
    let unreadable =
        |e: std::io::Error| SourceError::Unreadable { path: path.to_owned(), detail: e.to_string() };
    let bad = |e: image::ImageError| SourceError::BadImage { path: path.to_owned(), detail: e.to_string() };
    if std::fs::metadata(path).map_err(unreadable)?.len() == 0 {
        return Err(SourceError::Empty { path: path.to_owned() });
    }
    let reader = ImageReader::open(path).map_err(unreadable)?.with_guessed_format().map_err(unreadable)?;
    let mut decoder = reader.into_decoder().map_err(bad)?;
    let orientation = decoder.orientation().map_err(bad)?;
    let mut image = DynamicImage::from_decoder(decoder).map_err(bad)?;
    image.apply_orientation(orientation);
    Ok(image.into_rgb8())
}

fn put(image: image::RgbImage, time_s: f64, frame: &mut Frame) {
    (frame.width, frame.height, frame.time_s) = (image.width(), image.height(), time_s);
    frame.rgb = image.into_raw();
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// One still, given once.
pub(super) struct ImageSource {
    info: SourceInfo,
    image: Option<image::RgbImage>,
}

impl ImageSource {
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let image = load(path)?;
        let (width, height) = image.dimensions();
        let info = SourceInfo { name: name_of(path), live: false, frames: Some(1), fps: None, width, height };
        Ok(Self { info, image: Some(image) })
    }
}

impl Source for ImageSource {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
        let Some(image) = self.image.take() else { return Ok(false) };
        put(image, 0.0, frame);
        Ok(true)
    }
}

/// A folder of stills in the order of their names.
pub(super) struct SequenceSource {
    info: SourceInfo,
    paths: Vec<PathBuf>,
    next: usize,
    fps: f64,
}

impl SequenceSource {
    pub fn open(dir: &Path, fps: f64) -> Result<Self, SourceError> {
        if !(fps.is_finite() && fps > 0.0) {
            return Err(SourceError::BadRate { fps });
        }
        let unreadable =
            |e: std::io::Error| SourceError::Unreadable { path: dir.to_owned(), detail: e.to_string() };
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(unreadable)? {
            let path = entry.map_err(unreadable)?.path();
            if path.is_file() && has_image_name(&path) {
                paths.push(path);
            }
        }
        paths.sort();
        let Some(first) = paths.first() else {
            return Err(SourceError::EmptySequence { dir: dir.to_owned() });
        };
        let (width, height) = load(first)?.dimensions();
        let frames = Some(paths.len() as u64);
        let info = SourceInfo { name: name_of(dir), live: false, frames, fps: Some(fps), width, height };
        Ok(Self { info, paths, next: 0, fps })
    }
}

impl Source for SequenceSource {
    fn info(&self) -> &SourceInfo {
        &self.info
    }

    fn read(&mut self, frame: &mut Frame) -> Result<bool, SourceError> {
        let Some(path) = self.paths.get(self.next) else { return Ok(false) };
        put(load(path)?, self.next as f64 / self.fps, frame);
        self.next += 1;
        Ok(true)
    }
}
