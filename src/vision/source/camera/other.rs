//! Systems other than Linux: nokhwa is asked.

use super::format::{CameraFormat, PixelFormat};
use nokhwa::Camera;
use nokhwa::utils::{CameraIndex, FrameFormat, RequestedFormat, RequestedFormatType};

/// The modes that a device lists.
pub(super) fn formats(index: u32) -> Result<Vec<CameraFormat>, String> {
    let kinds = [FrameFormat::MJPEG, FrameFormat::YUYV, FrameFormat::NV12];
    let request = RequestedFormat::with_formats(RequestedFormatType::None, &kinds);
    let mut camera = Camera::new(CameraIndex::Index(index), request).map_err(|e| e.to_string())?;
    let listed = camera.compatible_camera_formats().map_err(|e| e.to_string())?;
    let mut formats: Vec<CameraFormat> = listed
        .iter()
        .filter_map(|f| {
            let pixels = match f.format() {
                FrameFormat::MJPEG => PixelFormat::Mjpeg,
                FrameFormat::YUYV => PixelFormat::Yuyv,
                FrameFormat::NV12 => PixelFormat::Nv12,
                _ => return None,
            };
            Some(CameraFormat { width: f.width(), height: f.height(), fps: f.frame_rate(), pixels })
        })
        .collect();
    formats.sort();
    formats.dedup();
    Ok(formats)
}

/// Nothing to prepare.
pub(super) fn prepare(_index: u32, _format: CameraFormat) -> Result<(), String> {
    Ok(())
}
