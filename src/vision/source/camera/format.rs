//! What a camera offers, and what is taken.

use std::fmt;

/// How a camera packs its pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PixelFormat {
    /// JPEG pictures, one after another.
    Mjpeg,
    /// 4:2:2, two pixels in four bytes.
    Yuyv,
    /// 4:2:0, a plane of luma and one of chroma.
    Nv12,
}

impl fmt::Display for PixelFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mjpeg => "MJPEG",
            Self::Yuyv => "YUYV",
            Self::Nv12 => "NV12",
        })
    }
}

/// One of the modes that a camera offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CameraFormat {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pictures a second.
    pub fps: u32,
    /// How pictures are packed.
    pub pixels: PixelFormat,
}

impl fmt::Display for CameraFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{} {} at {} fps", self.width, self.height, self.pixels, self.fps)
    }
}

/// Which camera, and what is wanted of it. What is left open is chosen to suit the tracker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CameraRequest {
    /// The system's number for it; the first that works if left open.
    pub index: Option<u32>,
    /// Pixels.
    pub width: Option<u32>,
    /// Pixels.
    pub height: Option<u32>,
    /// Pictures a second.
    pub fps: Option<u32>,
    /// How pictures are packed.
    pub pixels: Option<PixelFormat>,
}

/// The models look at 256 pixels; more than this costs time and shows nothing more.
const WANTED_AREA: f64 = 640.0 * 480.0;
const WANTED_FPS: f64 = 30.0;

impl CameraRequest {
    /// The offer that fulfils every wish and suits the tracker best. Only offers are ever asked of a device.
    pub fn choose(&self, offered: &[CameraFormat]) -> Option<CameraFormat> {
        let fits = |o: &&CameraFormat| {
            self.width.is_none_or(|w| w == o.width)
                && self.height.is_none_or(|h| h == o.height)
                && self.fps.is_none_or(|r| r == o.fps)
                && self.pixels.is_none_or(|p| p == o.pixels)
        };
        offered.iter().filter(fits).min_by(|a, b| cost(a).total_cmp(&cost(b))).copied()
    }
}

fn cost(format: &CameraFormat) -> f64 {
    let area = f64::from(format.width) * f64::from(format.height);
    let size = (area.max(1.0) / WANTED_AREA).ln().abs();
    let fps = f64::from(format.fps.max(1));
    // Slow is bad, faster than needed only a waste.
    let rate = if fps < WANTED_FPS { 3.0 * (WANTED_FPS / fps).ln() } else { 0.2 * (fps / WANTED_FPS).ln() };
    let unpacking = if format.pixels == PixelFormat::Mjpeg { 0.1 } else { 0.0 };
    size + rate + unpacking
}

impl fmt::Display for CameraRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let open = |value: Option<u32>| value.map_or("any".into(), |v: u32| v.to_string());
        let pixels = self.pixels.map_or("any format".into(), |p| p.to_string());
        write!(f, "{}x{} {pixels} at {} fps", open(self.width), open(self.height), open(self.fps))
    }
}

/// The offers in one line.
pub(super) fn listed(formats: &[CameraFormat]) -> String {
    match formats.is_empty() {
        true => "nothing that is understood (MJPEG, YUYV, NV12)".into(),
        false => formats.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use PixelFormat::*;

    fn format(width: u32, height: u32, fps: u32, pixels: PixelFormat) -> CameraFormat {
        CameraFormat { width, height, fps, pixels }
    }

    #[test]
    fn wishes_are_kept_and_the_rest_suits_the_tracker() {
        let offered = [
            format(320, 180, 1, Yuyv),
            format(640, 480, 30, Mjpeg),
            format(640, 480, 30, Yuyv),
            format(1280, 720, 10, Yuyv),
            format(1280, 720, 30, Mjpeg),
            format(1920, 1080, 60, Nv12),
        ];
        let choose = |request: CameraRequest| request.choose(&offered);
        assert_eq!(choose(CameraRequest::default()), Some(offered[2]));
        assert_eq!(choose(CameraRequest { width: Some(1280), ..Default::default() }), Some(offered[4]));
        assert_eq!(choose(CameraRequest { pixels: Some(Nv12), ..Default::default() }), Some(offered[5]));
        assert_eq!(choose(CameraRequest { fps: Some(25), ..Default::default() }), None);
        assert_eq!(CameraRequest::default().choose(&[]), None);
    }
}
