//! Asking Video4Linux directly, where nokhwa's answers can't be trusted.

use super::format::{CameraFormat, PixelFormat};
use v4l::frameinterval::FrameIntervalEnum;
use v4l::framesize::FrameSizeEnum;
use v4l::video::Capture;
use v4l::video::capture::Parameters;
use v4l::{Device, Format, FourCC};

const KINDS: [(PixelFormat, &[u8; 4]); 3] =
    [(PixelFormat::Mjpeg, b"MJPG"), (PixelFormat::Yuyv, b"YUYV"), (PixelFormat::Nv12, b"NV12")];
/// Sizes that are offered of a device which takes any size.
const USUAL_SIZES: [(u32, u32); 4] = [(640, 360), (640, 480), (1280, 720), (1920, 1080)];
/// Rates that are offered of a device which takes any rate.
const USUAL_RATES: [u32; 4] = [15, 25, 30, 60];

/// The modes that a device lists. Only whole rates: "2/25" would otherwise be taken for 25.
pub(super) fn formats(index: u32) -> Result<Vec<CameraFormat>, String> {
    let device = Device::new(index as usize).map_err(|e| e.to_string())?;
    let listed = device.enum_formats().map_err(|e| e.to_string())?;
    let mut formats = Vec::new();
    for (pixels, code) in KINDS {
        let code = FourCC::new(code);
        if !listed.iter().any(|f| f.fourcc == code) {
            continue;
        }
        for (width, height) in sizes(&device, code) {
            for fps in rates(&device, code, width, height) {
                formats.push(CameraFormat { width, height, fps, pixels });
            }
        }
    }
    formats.sort();
    formats.dedup();
    Ok(formats)
}

fn sizes(device: &Device, code: FourCC) -> Vec<(u32, u32)> {
    let mut sizes = Vec::new();
    for listed in device.enum_framesizes(code).unwrap_or_default() {
        match listed.size {
            FrameSizeEnum::Discrete(size) => sizes.push((size.width, size.height)),
            FrameSizeEnum::Stepwise(range) => {
                let step = |min: u32, max: u32, step: u32, v: u32| {
                    (min..=max).contains(&v) && (v - min).is_multiple_of(step.max(1))
                };
                let fits = |size: &&(u32, u32)| {
                    step(range.min_width, range.max_width, range.step_width, size.0)
                        && step(range.min_height, range.max_height, range.step_height, size.1)
                };
                sizes.extend(USUAL_SIZES.iter().filter(fits));
            }
        }
    }
    sizes
}

fn rates(device: &Device, code: FourCC, width: u32, height: u32) -> Vec<u32> {
    let mut rates = Vec::new();
    for listed in device.enum_frameintervals(code, width, height).unwrap_or_default() {
        match listed.interval {
            FrameIntervalEnum::Discrete(interval) => {
                let (above, below) = (interval.denominator, interval.numerator);
                if below > 0 && above > 0 && above.is_multiple_of(below) {
                    rates.push(above / below);
                }
            }
            FrameIntervalEnum::Stepwise(range) => {
                let seconds = |f: v4l::Fraction| f64::from(f.numerator) / f64::from(f.denominator);
                let bounds = seconds(range.min)..=seconds(range.max);
                rates.extend(USUAL_RATES.iter().filter(|fps| bounds.contains(&(1.0 / f64::from(**fps)))));
            }
        }
    }
    rates
}

/// Puts the device into the mode before nokhwa opens it. nokhwa refuses a device whose present rate is not a
/// whole number, whatever is asked for.
pub(super) fn prepare(index: u32, format: CameraFormat) -> Result<(), String> {
    let code = KINDS.iter().find(|(pixels, _)| *pixels == format.pixels).map(|(_, code)| FourCC::new(code));
    let code = code.ok_or("the format is unknown")?;
    let device = Device::new(index as usize).map_err(|e| e.to_string())?;
    let wanted = Format::new(format.width, format.height, code);
    let got = device.set_format(&wanted).map_err(|e| e.to_string())?;
    if (got.width, got.height, got.fourcc) != (format.width, format.height, code) {
        return Err(format!(
            "it answers with {}x{} {} instead of {format}",
            got.width, got.height, got.fourcc
        ));
    }
    // Some drivers know no rates at all; nokhwa's own question decides then.
    if let Ok(got) = device.set_params(&Parameters::with_fps(format.fps)) {
        let (above, below) = (got.interval.denominator, got.interval.numerator);
        if below > 0 && above != format.fps * below {
            return Err(format!(
                "it answers with {above}/{below} pictures a second instead of {}",
                format.fps
            ));
        }
    }
    Ok(())
}
